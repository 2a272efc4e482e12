package ingest

import "strings"

// bookStory is a sequence of blocks of a book: a chapter, or one note.
type bookStory struct {
	*book
	emit func(piece) error
	// note is the note that is read; nil in a chapter.
	note *element
	role role
	// ordinal is the number of a list item.
	ordinal int
	line    gather
	// bracketed is set after a call whose brackets stand outside of its link.
	bracketed bool
	// own is the label that the note may print before its text; it is empty
	// once text has come. numbered is set after it, until text comes.
	own      string
	numbered bool
}

// flush ends the paragraph that is open.
func (t *bookStory) flush() error {
	p := t.line.piece(t.role)
	p.ordinal = t.ordinal
	t.line, t.bracketed = gather{}, false
	if p.empty() {
		return nil
	}
	if t.role == roleItem {
		t.role, t.ordinal = roleMore, 0
	}
	return t.emit(p)
}

// blocks reads what is in an element.
func (t *bookStory) blocks(n *element) error {
	for _, k := range n.kids {
		if k.tag == "" {
			t.write(k.text)
			if err := t.bundle.fits(&t.line); err != nil {
				return err
			}
			continue
		}
		if err := t.element(k); err != nil {
			return err
		}
	}
	return nil
}

// write appends text. A bracket that closes around a call was printed.
func (t *bookStory) write(text string) {
	if t.bracketed {
		text = strings.TrimPrefix(text, "]")
		t.bracketed = text == ""
	}
	if t.numbered {
		text = strings.TrimLeft(text, ".:)] \u00a0\n\t")
		t.numbered = text == ""
	}
	if strings.TrimSpace(text) != "" {
		t.own = ""
	}
	t.line.write([]byte(text))
}

// element reads one element.
func (t *bookStory) element(n *element) error {
	switch {
	case t.note != n && (t.notes[n] != "" || t.note == nil && t.goesOn[n]), skippedTag(n.tag), bookFurniture(n):
		return nil
	case t.calls[n] != "":
		t.call(n)
		return nil
	case n.tag == "a" && t.note != nil && t.backLink(n):
		t.numbered = t.own != ""
		return nil
	case t.own != "" && !blockTag(n.tag) && markLabel(strings.TrimRight(n.shown(16), ".: ")) == t.own:
		t.own, t.numbered = "", true
		return nil
	case n.tag == "br":
		t.line.space()
		return nil
	case !blockTag(n.tag):
		return t.blocks(n)
	}
	if err := t.flush(); err != nil {
		return err
	}
	if err := t.block(n); err != nil {
		return err
	}
	return t.flush()
}

// call prints a call, without the brackets that may stand around its link.
func (t *bookStory) call(n *element) {
	label := markLabel(n.shown(16))
	if strings.Trim(label, "0123456789") == "" {
		label = ""
	}
	if b := t.line.buf; len(b) > 0 && b[len(b)-1] == '[' && (len(t.line.refs) == 0 || t.line.refs[len(t.line.refs)-1].at < len(b)) {
		t.line.buf = b[:len(b)-1]
		t.bracketed = true
	}
	t.line.ref(t.calls[n], label)
}

// backLink reports a link of a note to its call: an arrow or the note's own
// label.
func (t *bookStory) backLink(n *element) bool {
	if n.is("backlink", "doc-backlink", "referrer") || n.named("footnote-back", "footnote-backref") {
		return true
	}
	to := t.nodes[n.href()]
	if to == nil || within(to, t.note) {
		return false
	}
	label := n.shown(16)
	return isMark(strings.TrimSuffix(label, ".")) || trimArrow(label) == ""
}

// bookFurniture reports what is no text of the book.
func bookFurniture(n *element) bool {
	return n.tag == "nav" || n.is("toc", "landmarks", "page-list", "cover", "pagebreak", "doc-pagebreak", "doc-toc",
		"copyright-page", "index", "doc-index")
}

// block reads an element that begins a line of its own.
func (t *bookStory) block(n *element) error {
	outer := *t
	restore := func() { t.role, t.ordinal, t.emit = outer.role, outer.ordinal, outer.emit }
	switch n.tag {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if t.note != nil {
			break
		}
		if err := t.blocks(n); err != nil {
			return err
		}
		p := t.line.piece(roleHeading)
		p.level = int(n.tag[1] - '0')
		if titlePage(n) {
			p.role = roleTitle
		}
		t.line = gather{}
		return t.emit(p)
	case "p", "div":
		if titlePage(n) && !n.holdsBlocks() {
			return t.credit(n)
		}
	case "hr":
		return t.emit(piece{text: "***"})
	case "blockquote":
		var pieces []piece
		t.emit = func(p piece) error { pieces = append(pieces, p); return nil }
		t.role, t.ordinal = roleBody, 0
		err := t.blocks(n)
		if err == nil {
			err = t.flush()
		}
		restore()
		if err != nil || len(pieces) == 0 {
			return err
		}
		quote := merge(pieces)
		quote.role = outer.role
		return t.emit(quote)
	case "ol", "ul":
		ordinal := 0
		for _, k := range n.kids {
			if k.tag == "li" && t.notes[k] == "" {
				ordinal++
				t.role, t.ordinal = roleItem, 0
				if n.tag == "ol" {
					t.ordinal = ordinal
				}
			}
			if k.tag != "" {
				if err := t.element(k); err != nil {
					return err
				}
			}
			restore()
		}
		// What stands below a list within an item is a paragraph anew.
		if t.role == roleMore {
			t.role = roleItem
		}
		return nil
	case "tr":
		var pieces []piece
		single := true
		for _, k := range n.kids {
			if k.tag == "" {
				continue
			}
			from := len(pieces)
			t.emit = func(p piece) error {
				if !p.empty() {
					pieces = append(pieces, p)
				}
				return nil
			}
			t.role, t.ordinal = roleBody, 0
			err := t.element(k)
			restore()
			if err != nil {
				return err
			}
			single = single && len(pieces)-from <= 1
		}
		return emitRow(pieces, single, t.emit)
	}
	return t.blocks(n)
}

// titlePage reports what stands on the page of the title.
func titlePage(n *element) bool {
	for ; n != nil; n = n.parent {
		if n.is("titlepage", "halftitlepage", "title-page") {
			return true
		}
	}
	return false
}

// credit reads a line of the title page. The package names the people and the
// date, too, so that what is not marked here is left out.
func (t *bookStory) credit(n *element) error {
	if err := t.blocks(n); err != nil {
		return err
	}
	p := t.line.piece(roleSkip)
	t.line = gather{}
	switch {
	case n.named("title"):
		p.role = roleTitle
	case n.named("subtitle"):
		p.role = roleSubtitle
	case n.named("author", "creator"):
		p.role = roleAuthor
	case n.named("date"):
		p.role = roleDate
	}
	return t.emit(p)
}
