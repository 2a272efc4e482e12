package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// heading names the section of what follows.
func (g *gatherer) heading(i int32) {
	p := g.p
	s := p.headingText(i)
	for j := i; j < p.nodes[i].end; j++ {
		if c := p.nodes[j].call; c > 0 {
			p.draft.headed[int(c-1)] = true
		}
	}
	if s == "" {
		return
	}
	g.opensNotes(s)
	g.section = s
	if strings.EqualFold(s, p.draft.meta.title) {
		g.section = ""
	}
}

// opensNotes notes the place of a heading "Notes".
func (g *gatherer) opensNotes(heading string) {
	if notesHeading(heading) {
		g.opens = append(g.opens, len(g.p.draft.paragraphs))
	}
}

// hasHeadings reports whether a region has headings of sections.
func (p *htmlPage) hasHeadings(region int32) bool {
	for i := region; i < p.nodes[region].end; i++ {
		n := &p.nodes[i]
		if isHeading(n.tag) && n.size > 0 && !n.gone {
			if s := p.headingText(i); !strings.EqualFold(s, p.draft.meta.title) && !notesHeading(s) {
				return true
			}
		}
	}
	return false
}

// boldHeading reports a paragraph in bold that can be a heading: one short
// line that does not end as a sentence does.
func boldHeading(b block) bool {
	return len(b.calls) == 0 && len(b.text) <= maxHeadingLine && !strings.Contains(b.text, "\n") && !terminal(b.text)
}

// keepPending makes a paragraph of a bold line that nothing follows.
func (g *gatherer) keepPending() {
	if g.pending == "" {
		return
	}
	d := g.p.draft
	d.paragraphs = append(d.paragraphs, block{section: g.section, text: g.pending})
	g.weak = append(g.weak, false)
}

// headingText is a heading on one line, without markers and anchors.
func (p *htmlPage) headingText(i int32) string {
	var f htmlFlow
	for j := i + 1; j < p.nodes[i].end; j++ {
		n := &p.nodes[j]
		class := ""
		if len(n.attr) > 0 {
			class = htmlAttr(n, "class")
		}
		switch {
		case n.isText:
			f.text(n.text)
		case n.tag == atom.Br:
			f.space = true
		case n.call > 0, strings.Contains(class, "anchor") && n.tag == atom.A && !unicodeWord(p.plainText(j, n.end, 40)),
			strings.Contains(class, "headerlink"), strings.Contains(class, "editsection"), strings.Contains(class, "edit-section"):
			j = n.end - 1
		}
	}
	s, _ := f.whole()
	return strings.TrimRight(strings.TrimSuffix(s, "¶"), " ")
}

// unicodeWord reports whether s has a letter or digit.
func unicodeWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
