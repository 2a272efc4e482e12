package ingest

import (
	"sort"
	"strings"
)

// findNotes finds the notes of a book: what a marker links to. A link is one
// if it says so (EPUB 3), or if it is a number or sign whose target says that
// it is a note or links back to it, as those made by Calibre, Sigil and
// InDesign do.
func (k *book) findNotes() error {
	var links []*element
	backs := map[[2]*element]bool{} // that a link leads from an element into a block
	for _, c := range k.spine {
		c.root.each(func(n *element) {
			if n.tag != "a" || n.href() == (address{}) {
				return
			}
			links = append(links, n)
			if to := k.nodes[n.href()]; to != nil {
				// From its paragraph, and from the item or aside around that.
				from := n.block()
				for range 3 {
					if from != nil {
						backs[[2]*element{from, to.block()}] = true
						from = from.parent
					}
				}
			}
		})
	}
	for _, a := range links {
		target := k.nodes[a.href()]
		if target == nil || target == a {
			continue
		}
		home := noteHome(target)
		if home == nil || home == a.block() || within(a, home) || within(target, a) {
			continue
		}
		said := a.is("noteref", "doc-noteref") || a.named("footnote-ref", "noteref", "footnoteref", "endnoteref")
		label := a.shown(16)
		if !said && !isMark(label) {
			continue
		}
		if !said && !saysNote(home) && !saysNote(target) && !backs[[2]*element{home, a.block()}] {
			continue
		}
		// The notes themselves link to where they are called.
		if k.calls[a] == "" && !k.isBack(a) {
			k.call(a, home)
		}
	}
	// What says that it is a note is one, called or not.
	for _, c := range k.spine {
		c.root.each(func(n *element) {
			if n.is("footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote") && k.notes[n] == "" && !k.inNote(n) && k.noneWithin(n) {
				k.notes[n] = "n" + decimal(len(k.notes))
			}
		})
	}
	return k.readNotes()
}

// each calls f for every element in order.
func (n *element) each(f func(*element)) {
	for _, kid := range n.kids {
		if kid.tag != "" {
			f(kid)
			kid.each(f)
		}
	}
}

// call notes that a link calls the note at home.
func (k *book) call(a, home *element) {
	key := k.notes[home]
	if key == "" {
		key = "n" + decimal(len(k.notes))
		k.notes[home] = key
		k.labels[home] = markLabel(a.shown(16))
	}
	k.calls[a] = key
}

// withoutOwn cuts a note's own label off its text, if punctuation says that
// it is one: a bare number may be that of a volume.
func withoutOwn(text, label string) string {
	if label == "" {
		return text
	}
	for _, own := range []string{"[" + label + "]", "(" + label + ")", label + ".", label + ")", label + ":"} {
		if rest, ok := strings.CutPrefix(text, own); ok && strings.TrimSpace(rest) != "" && strings.HasPrefix(rest, " ") {
			return strings.TrimSpace(rest)
		}
	}
	return text
}

// isBack reports a link that stands in a note and leads to its call.
func (k *book) isBack(a *element) bool {
	to := k.nodes[a.href()]
	if !k.inNote(a) || to == nil {
		return false
	}
	b := to.block()
	return !k.inNote(b) || a.is("backlink", "doc-backlink")
}

// inNote reports whether an element stands in a note that was found.
func (k *book) inNote(n *element) bool {
	for ; n != nil; n = n.parent {
		if k.notes[n] != "" {
			return true
		}
	}
	return false
}

// noneWithin reports that no note was found within an element.
func (k *book) noneWithin(n *element) bool {
	none := true
	n.each(func(e *element) { none = none && k.notes[e] == "" })
	return none
}

func within(n, outer *element) bool {
	for ; n != nil; n = n.parent {
		if n == outer {
			return true
		}
	}
	return false
}

// noteHome is the element that holds the text of a note, from the target of
// its link: the target itself, or the block that it stands in, or the list
// item or aside whose first paragraph that is.
func noteHome(target *element) *element {
	home := target.block()
	switch home.tag {
	case "", "html", "body", "main", "article", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table":
		return nil
	case "p", "div":
		if up := home.parent; up != nil && (up.tag == "li" || up.tag == "aside" || up.tag == "dd" || saysOneNote(up)) && firstBlock(up) == home {
			return up
		}
	case "dt":
		// A term with its number, and the text below.
		if next := home.next(); next != nil && next.tag == "dd" {
			return next
		}
	}
	return home
}

// firstBlock is the first element within n.
func firstBlock(n *element) *element {
	for _, k := range n.kids {
		if k.tag != "" {
			return k
		}
		if strings.TrimSpace(k.text) != "" {
			return nil
		}
	}
	return nil
}

// next is the element after n.
func (n *element) next() *element {
	if n.parent == nil {
		return nil
	}
	for _, k := range n.parent.kids[n.at+1:] {
		if k.tag != "" {
			return k
		}
	}
	return nil
}

func saysOneNote(n *element) bool {
	return n.is("footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote") || n.named("footnote", "endnote")
}

// saysNote reports an element that says that it is a note, or stands in what
// says that it holds notes.
func saysNote(n *element) bool {
	for ; n != nil; n = n.parent {
		if saysOneNote(n) || n.is("footnotes", "endnotes", "rearnotes", "doc-endnotes") || n.named("footnotes", "endnotes") {
			return true
		}
	}
	return false
}

// isMark reports a label that can be the marker of a note: a number or signs,
// with or without brackets.
func isMark(label string) bool {
	label = markLabel(label)
	if label == "" {
		return false
	}
	return strings.Trim(label, "0123456789") == "" && len(label) <= 4 || isLabel(label)
}

// readNotes reads the text of the notes, in the order of the book. Paragraphs
// between a note that is a paragraph and the next one go on with it, where
// several notes stand side by side.
func (k *book) readNotes() error {
	homes := make([]*element, 0, len(k.notes))
	beside := map[*element]int{}
	for n := range k.notes {
		homes = append(homes, n)
		beside[n.parent]++
	}
	sort.Slice(homes, func(i, j int) bool { return homes[i].order < homes[j].order })
	for _, home := range homes {
		var pieces []piece
		t := &bookStory{book: k, note: home, own: k.labels[home], emit: func(p piece) error {
			if !p.empty() {
				pieces = append(pieces, p)
			}
			return nil
		}}
		parts := []*element{home}
		if home.tag == "p" && beside[home.parent] > 1 {
			for next := home.next(); next != nil && next.tag == "p" && k.notes[next] == "" && k.noneWithin(next); next = next.next() {
				parts = append(parts, next)
				k.goesOn[next] = true
			}
		}
		for _, part := range parts {
			if err := t.blocks(part); err != nil {
				return err
			}
			if err := t.flush(); err != nil {
				return err
			}
		}
		p := merge(pieces)
		if home.tag != "li" && len(p.refs) == 0 { // items of a list have their numbers from it
			p.text = withoutOwn(p.text, k.labels[home])
		}
		k.flow.note(k.notes[home], p)
	}
	return nil
}
