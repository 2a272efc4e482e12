package ingest

import (
	"strconv"
	"strings"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxReadability bounds the work that readability is asked to do: the sum,
// over all text and elements, of their size times the elements around them,
// in bytes. It looks at each from each of those, for about 9 ns: 1 MB of text
// within 400 elements took 3.7 s, and nobody can interrupt it. The bound
// leaves pages of 5 MB as sites write them, and half a second.
const maxReadability = 40_000_000

// elementEffort is what an element or text costs beside that, in the same
// measure: readability searches all of them some twenty times.
const elementEffort = 300

// positionID is what the ids begin with that carry an element's position
// through readability: where it exchanges elements, it keeps their ids.
const positionID = "at"

// locate finds the element that the text is in, and what of the page is text
// for certain. Readability says where the text is; the words are then read
// from the page itself, for readability also takes out what it should not:
// short notes, lists with links.
func (p *htmlPage) locate() int32 {
	p.kept = p.readability()
	p.surely = p.kept != nil
	if p.kept == nil {
		p.kept = p.prose()
	}
	for _, i := range p.spared {
		for j := i; j < p.nodes[i].end; j++ {
			p.kept[j] = true
		}
	}
	// mass is the size of the certain text before each position; callers of
	// footnotes are certain as well.
	mass := make([]int32, len(p.nodes)+1)
	for i := range p.nodes {
		n := &p.nodes[i]
		mass[i+1] = mass[i]
		if n.isText && p.kept[i] || n.call > 0 && !n.gone && n.note == 0 {
			mass[i+1] += max(n.size, 1)
		}
	}
	within := func(i int32) int32 { return mass[p.nodes[i].end] - mass[i] }
	region := p.body
	total := within(region)
	if total == 0 {
		return region
	}
	for {
		inner := int32(-1)
		for c := region + 1; c < p.nodes[region].end; c = p.nodes[c].end {
			// The last fiftieth may be a line above or below the text, which
			// readability took in, but no caller of a footnote.
			if !p.nodes[c].isText && p.nodes[c].block && within(c)*50 >= total*49 && !p.callsOutside(c) {
				inner = c
			}
		}
		if inner < 0 || p.is(inner, atom.P, atom.Blockquote, atom.Pre, atom.Table, atom.Ul, atom.Ol, atom.Dl) {
			return region
		}
		region = inner
	}
}

// callsOutside reports whether a paragraph outside of i calls a footnote.
func (p *htmlPage) callsOutside(i int32) bool {
	for _, at := range p.callers {
		if n := &p.nodes[at]; !p.holds(i, at) && n.note == 0 && !n.gone {
			return true
		}
	}
	return false
}

// prose marks the text in blocks that are sentences rather than links and
// labels.
func (p *htmlPage) prose() []bool {
	kept := make([]bool, len(p.nodes))
	for i := range p.nodes {
		n := &p.nodes[i]
		if !n.isText || n.gone || n.note != 0 {
			continue
		}
		b := &p.nodes[p.blockAround(int32(i))]
		kept[i] = b.size >= 80 && b.linked*3 < b.size
	}
	return kept
}

// readability marks the text that readability finds; nil where it finds none
// or would take too long.
func (p *htmlPage) readability() []bool {
	effort := 0
	depth := make([]int32, len(p.nodes))
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.parent >= 0 {
			depth[i] = depth[n.parent] + 1
		}
		effort += elementEffort + int(depth[i])*(len(n.text)+16)
		if effort > maxReadability {
			return nil
		}
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	parser.KeepClasses = true
	article, err := parser.ParseAndMutate(p.copy(0), nil)
	if err != nil || article.Node == nil {
		return nil
	}
	found := make([]bool, len(p.nodes))
	markKept(article.Node, found)
	// A text is kept where the element around it is, or one that readability
	// merged into that.
	kept := make([]bool, len(p.nodes))
	some := false
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.isText && n.size > 0 && !n.gone && n.note == 0 {
			around := n.parent
			for around > p.body && !found[around] {
				wrapper := p.nodes[around].parent
				if blockTags[p.nodes[around].tag] && p.nodes[wrapper].size != p.nodes[around].size {
					break
				}
				around = wrapper
			}
			kept[i] = around >= 0 && found[around]
			some = some || kept[i]
		}
	}
	if !some {
		return nil
	}
	return kept
}

// markKept notes the positions of an element and of what is within it.
func markKept(n *html.Node, found []bool) {
	for _, a := range n.Attr {
		if digits, ok := strings.CutPrefix(a.Val, positionID); ok && a.Key == "id" {
			if i, err := strconv.Atoi(digits); err == nil && i >= 0 && i < len(found) {
				found[i] = true
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		markKept(c, found)
	}
}

// copy makes the tree that readability alters, without furniture, footnotes
// and their callers, each element with its position.
func (p *htmlPage) copy(i int32) *html.Node {
	n := &p.nodes[i]
	if n.isText {
		return &html.Node{Type: html.TextNode, Data: n.text}
	}
	c := &html.Node{Type: html.ElementNode, DataAtom: n.tag, Data: n.tag.String()}
	switch {
	case i == 0:
		c.Type, c.Data = html.DocumentNode, ""
	case n.tag == 0:
		c.Data = "div"
	}
	for _, key := range []string{"href", "role"} {
		if v := htmlAttr(n, key); v != "" {
			c.Attr = append(c.Attr, html.Attribute{Key: key, Val: v})
		}
	}
	if i > 0 {
		// Readability looks for the same words in ids and classes.
		if names := strings.TrimSpace(htmlAttr(n, "class") + " " + htmlAttr(n, "id")); names != "" {
			c.Attr = append(c.Attr, html.Attribute{Key: "class", Val: names})
		}
		c.Attr = append(c.Attr, html.Attribute{Key: "id", Val: positionID + strconv.Itoa(int(i))})
	}
	for j := i + 1; j < n.end; j = p.nodes[j].end {
		if m := &p.nodes[j]; !m.gone && m.tag != atom.Head && m.call == 0 && (m.note == 0 || !m.isText) {
			c.AppendChild(p.copy(j))
		}
	}
	return c
}
