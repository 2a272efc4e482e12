package ingest

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// skips reports the elements within text that are none of it: links back
// from notes, and links that show where a heading can be linked to.
func (g *gatherer) skips(i int32) bool {
	n := &g.p.nodes[i]
	if g.note > 0 && strings.Contains(htmlAttr(n, "class"), "cite-backlink") {
		return true
	}
	if n.tag != atom.A || n.call > 0 {
		return false
	}
	href := htmlAttr(n, "href")
	if g.note > 0 {
		_, local := g.p.fragment(href)
		return local && g.p.saysBack(i)
	}
	if !strings.Contains(href, "#") || n.size > 1 {
		return false
	}
	switch g.p.plainText(i, n.end, 8) {
	case "#", "¶", "§", "🔗":
		return true
	}
	return false
}

// br breaks the line, or the paragraph where another break follows.
func (g *gatherer) br(i int32) error {
	p := g.p
	next := i + 1
	for next < p.nodes[p.nodes[i].parent].end && p.nodes[next].isText && p.nodes[next].size == 0 {
		next++
	}
	if g.flow.raw || next >= p.nodes[p.nodes[i].parent].end || p.nodes[next].tag != atom.Br {
		g.flow.br()
		return nil
	}
	if g.note > 0 || g.joined > 0 {
		g.flow.newPart()
		return nil
	}
	return g.flush()
}

// superscript reads digits that are raised and call nothing as the
// characters for that, so that a power stays one; of what is raised around
// markers, commas and brackets are left out.
func (g *gatherer) superscript(i int32) (skip bool) {
	p := g.p
	n := &p.nodes[i]
	for j := i + 1; j < n.end; j++ {
		if p.nodes[j].call > 0 {
			g.sup = n.end
			return false
		}
	}
	if n.note != g.note || n.size > 4 {
		return false
	}
	s := p.plainText(i, n.end, 16)
	digits := strings.Trim(s, "[]() ")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		// A comma between two markers.
		return g.flow.endsInCall() && strings.Trim(s, ",;[]() ") == ""
	}
	if digits != s {
		g.flow.text("[" + digits + "]")
	} else {
		g.flow.text(raise(digits))
	}
	g.flow.size += int32(len(digits))
	return true
}

// raise writes digits as superscript characters.
func raise(digits string) string {
	var b strings.Builder
	for _, c := range digits {
		b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0'])
	}
	return b.String()
}

// text gathers the text at i.
func (g *gatherer) text(i int32) {
	n := &g.p.nodes[i]
	s := n.text
	if i < g.sup && strings.Trim(s, ",;[]()\u00a0 \n\t") == "" {
		return
	}
	if g.flow.endsInCall() {
		s = g.unbracket(s)
	}
	if n.size > 0 && g.flow.first == 0 {
		g.flow.first = i + 1
	}
	g.flow.size += n.size
	if i < g.link {
		g.flow.linked += n.size
	}
	if i < g.boldEnd {
		g.flow.bold += n.size
	}
	g.flow.text(s)
}

// unbracket takes the brackets away that stand around the marker just
// written, for a marker has its own.
func (g *gatherer) unbracket(rest string) string {
	f := &g.flow
	c := &f.calls[len(f.calls)-1]
	if c.start == 0 || f.buf[c.start-1] != '[' || !strings.HasPrefix(rest, "]") {
		return rest
	}
	f.buf = append(f.buf[:c.start-1], f.buf[c.start:]...)
	c.start--
	c.end--
	return rest[1:]
}

// marker writes the marker of a note, counted from 1.
func (g *gatherer) marker(note int32) {
	if g.flow.first == 0 {
		g.flow.first = 1
	}
	g.flow.marker(g.p.printed(int(note-1)), int(note-1))
}
