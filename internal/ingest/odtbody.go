package ingest

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// odtStory is a sequence of blocks of an OpenDocument text: its body, or what
// stands in a note, a cell or a frame.
type odtStory struct {
	*odt
	s    *stream
	emit func(piece) error
	// lists is how deep in lists the blocks stand.
	lists int
}

// blocks reads the blocks in the element that was entered last. What is no
// text of the document is named here; everything else is looked into.
func (t *odtStory) blocks() error {
	return t.s.children(func(e xml.StartElement, name string) error {
		switch name {
		case "text:p":
			return t.paragraph(e, roleBody)
		case "text:h":
			return t.paragraph(e, roleHeading)
		case "text:list":
			return t.list(e)
		case "table:table-row":
			return t.row()
		case "text:tracked-changes", "office:annotation", "office:forms", "office:event-listeners",
			"text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index",
			"text:alphabetical-index", "text:user-index", "svg:title", "svg:desc", "draw:object", "draw:image":
			return nil
		}
		if hiddenODT(t.s, e) {
			return nil
		}
		return t.blocks()
	}, nil)
}

// hiddenODT reports a section that is not shown.
func hiddenODT(s *stream, e xml.StartElement) bool {
	return s.attr(e, "text:display") == "none"
}

// paragraph reads a paragraph or heading; the text in its frames follows it.
func (t *odtStory) paragraph(e xml.StartElement, as role) error {
	name := t.s.attr(e, "text:style-name")
	style := t.style("paragraph", name)
	p := &odtInlines{story: t, bold: style.bold}
	if err := p.children(); err != nil {
		return err
	}
	if style.role != roleBody {
		as = style.role
	}
	out := p.piece(as)
	if as == roleHeading {
		out.level = 1
		if n, err := strconv.Atoi(t.s.attr(e, "text:outline-level")); err == nil && n > 0 {
			out.level = n
		}
	}
	out.strong = p.heavy > 0 && p.light == 0
	out.centred = style.centred
	if err := t.emit(out); err != nil {
		return err
	}
	for _, f := range p.frames {
		if err := t.emit(f); err != nil {
			return err
		}
	}
	return nil
}

// list reads a list: each item is a paragraph, and so are the items of lists
// within it and what stands below those. A heading in a list stays one.
func (t *odtStory) list(e xml.StartElement) error {
	numbered := !t.bullets[t.s.attr(e, "text:style-name")]
	ordinal := 0
	if t.lists++; t.lists > maxDepth {
		return nil
	}
	defer func() { t.lists-- }()
	return t.s.children(func(_ xml.StartElement, name string) error {
		if name != "text:list-item" && name != "text:list-header" {
			return nil
		}
		if name == "text:list-item" {
			ordinal++
		}
		first := true
		outer := t.emit
		inner := *t
		inner.emit = func(p piece) error {
			if p.empty() {
				return nil
			}
			if p.role == roleBody || p.role == roleQuote {
				p.role = roleMore
				if first {
					p.role = roleItem
					if numbered {
						p.ordinal = ordinal
					}
				}
			}
			first = false
			return outer(p)
		}
		return inner.item(&first)
	}, nil)
}

// item reads an item. What stands in it below an inner list is a paragraph
// of its own.
func (t *odtStory) item(first *bool) error {
	return t.s.children(func(e xml.StartElement, name string) error {
		switch name {
		case "text:p":
			return t.paragraph(e, roleBody)
		case "text:h":
			return t.paragraph(e, roleHeading)
		case "text:list":
			err := t.list(e)
			*first = true
			return err
		}
		return t.blocks()
	}, nil)
}

// row reads a row of a table: one paragraph, if no cell holds more than one.
func (t *odtStory) row() error {
	var pieces []piece
	single := true
	err := t.s.children(func(_ xml.StartElement, name string) error {
		if name != "table:table-cell" {
			return nil
		}
		from := len(pieces)
		cell := &odtStory{odt: t.odt, s: t.s, emit: func(p piece) error {
			if !p.empty() {
				pieces = append(pieces, p)
			}
			return nil
		}}
		err := cell.blocks()
		single = single && len(pieces)-from <= 1
		return err
	}, nil)
	if err != nil {
		return err
	}
	return emitRow(pieces, single, t.emit)
}

// emitRow emits what a row of a table holds: as one paragraph, its cells
// parted by line breaks, where each holds a single one, for what stands in a
// row belongs together. Else the table is there for the layout of the page.
func emitRow(pieces []piece, single bool, emit func(piece) error) error {
	if single && len(pieces) > 1 {
		row := merge(pieces)
		row.role, row.ordinal = roleBody, 0
		return emit(row)
	}
	for _, p := range pieces {
		if err := emit(p); err != nil {
			return err
		}
	}
	return nil
}

// odtInlines is the text of a paragraph as it is read.
type odtInlines struct {
	gather
	story        *odtStory
	bold         bool
	light, heavy int // letters that are bold and that are not
	frames       []piece
}

// children reads the content of the element that was entered last.
func (p *odtInlines) children() error {
	if err := p.story.bundle.fits(&p.gather); err != nil {
		return err
	}
	return p.story.s.children(p.element, func(text []byte) {
		n := letters(text)
		if p.bold {
			p.heavy += n
		} else {
			p.light += n
		}
		p.write(text)
	})
}

// element reads what stands in a paragraph.
func (p *odtInlines) element(e xml.StartElement, name string) error {
	s := p.story.s
	switch name {
	case "text:s", "text:tab", "text:line-break":
		p.space()
		return nil
	case "text:note":
		return p.note(e)
	case "text:span":
		outer := p.bold
		style := s.attr(e, "text:style-name")
		p.bold = p.bold || p.story.style("text", style).bold
		err := p.children()
		p.bold = outer
		return err
	case "office:annotation", "office:annotation-end", "text:ruby-text", "text:hidden-text", "text:hidden-paragraph",
		"text:page-number", "text:page-count", "svg:title", "svg:desc", "draw:image", "draw:object", "draw:object-ole",
		"draw:plugin", "script:event-listener", "office:event-listeners", "form:form", "text:toc-mark", "text:alphabetical-index-mark":
		return nil
	case "draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse":
		inner := &odtStory{odt: p.story.odt, s: s, emit: func(b piece) error {
			if !b.empty() {
				p.frames = append(p.frames, b)
			}
			return nil
		}}
		return inner.blocks()
	}
	return p.children()
}

// note reads a footnote or endnote where it is called.
func (p *odtInlines) note(_ xml.StartElement) error {
	s := p.story.s
	key := decimal(len(p.story.flow.notes))
	mark := ""
	var pieces []piece
	body := &odtStory{odt: p.story.odt, s: s, emit: func(b piece) error {
		if !b.empty() {
			pieces = append(pieces, b)
		}
		return nil
	}}
	// The note has its place before the notes that it calls itself.
	p.story.flow.note(key, piece{})
	err := s.children(func(e xml.StartElement, name string) error {
		switch name {
		case "text:note-citation":
			mark = strings.TrimSpace(s.attr(e, "text:label"))
		case "text:note-body":
			return body.blocks()
		}
		return nil
	}, nil)
	if err != nil {
		return err
	}
	p.story.flow.fill(key, merge(pieces))
	p.ref(key, mark)
	return nil
}
