package ingest

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"unicode"

	"pincite/internal/document"
)

// story is a sequence of blocks of a Word document: its body, or one note.
type story struct {
	*word
	s *stream
	// emit takes the blocks as they come.
	emit func(piece) error
	// held is text that the next paragraph goes on with.
	held gather
	// fields are the fields that are open, the outermost first. They may span
	// paragraphs.
	fields []field
	boxes  []piece // of text boxes in the paragraph that is read
}

// readBody reads the document itself.
func (w *word) readBody(part string) error {
	s, err := w.bundle.xml(w.ctx, part, wordPrefixes())
	if err != nil {
		return err
	}
	defer s.close() //nolint:errcheck // reading is what can fail, and was checked
	body := &story{word: w, s: s, emit: w.flow.add}
	err = s.root(func(_ xml.StartElement, name string) error {
		if name != "w:document" {
			return w.bundle.damaged(fmt.Errorf("%s is %q", part, name))
		}
		return s.children(func(_ xml.StartElement, name string) error {
			if name != "w:body" {
				return nil
			}
			return body.blocks()
		}, nil)
	})
	if err != nil {
		return err
	}
	return body.release()
}

// readNotes reads the footnotes or endnotes. Their keys begin with the name
// of the element, for both are numbered from the same. Separators are told by
// their type: their ids differ from program to program.
func (w *word) readNotes(part, element string) error {
	return w.bundle.each(w.ctx, part, wordPrefixes(), func(s *stream, e xml.StartElement, name string) error {
		if kind := s.attr(e, "w:type"); name != element || kind != "" && kind != "normal" {
			return nil
		}
		var pieces []piece
		note := &story{word: w, s: s, emit: func(p piece) error {
			if !p.empty() {
				pieces = append(pieces, p)
			}
			return nil
		}}
		if err := note.blocks(); err != nil {
			return err
		}
		if err := note.release(); err != nil {
			return err
		}
		w.flow.note(name+s.attr(e, "w:id"), merge(pieces))
		return nil
	})
}

// blocks reads the blocks in the element that was entered last.
func (t *story) blocks() error {
	chosen := false
	return t.s.children(func(_ xml.StartElement, name string) error {
		switch name {
		case "w:p":
			return t.paragraph()
		case "w:tbl":
			return t.table()
		case "w:sdt":
			return t.control(t.blocks)
		case "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag", "mc:AlternateContent":
			return t.blocks()
		case "mc:Choice", "mc:Fallback":
			if chosen {
				return nil
			}
			chosen = true
			return t.blocks()
		case "w:del", "w:moveFrom":
			return t.deletion()
		case "w:altChunk":
			t.bundle.in.doubts.add(DoubtLayout, document.Pincite{},
				"A part of the text is embedded as a file in another format and was left out.")
		}
		return nil
	}, nil)
}

// control reads what a content control holds, unless that is a prompt or a
// table of contents.
func (t *story) control(content func() error) error {
	furniture := false
	return t.s.children(func(_ xml.StartElement, name string) error {
		switch name {
		case "w:sdtPr":
			return t.s.children(func(_ xml.StartElement, name string) error {
				// A prompt for text that nobody has typed.
				furniture = furniture || name == "w:showingPlcHdr"
				if name != "w:docPartObj" {
					return nil
				}
				return t.s.children(func(e xml.StartElement, name string) error {
					furniture = furniture || name == "w:docPartGallery" && t.s.attr(e, "w:val") == "Table of Contents"
					return nil
				}, nil)
			}, nil)
		case "w:sdtContent":
			if furniture {
				return nil
			}
			return content()
		}
		return nil
	}, nil)
}

// deletion skips deleted text, and notes which notes went with it.
func (t *story) deletion() error {
	var within func(e xml.StartElement, name string) error
	within = func(e xml.StartElement, name string) error {
		if key, ok := noteKey(t.s, e, name); ok {
			t.deleted[key] = true
		}
		return t.s.children(within, nil)
	}
	return t.s.children(within, nil)
}

// noteKey is the key of the note that an element calls.
func noteKey(s *stream, e xml.StartElement, name string) (string, bool) {
	switch name {
	case "w:footnoteReference":
		return "w:footnote" + s.attr(e, "w:id"), true
	case "w:endnoteReference":
		return "w:endnote" + s.attr(e, "w:id"), true
	}
	return "", false
}

// paragraph reads a paragraph into a piece; text boxes in it follow it.
func (t *story) paragraph() error {
	outer := t.boxes
	t.boxes = nil
	var style paragraphStyle
	p := &inlines{story: t, gather: t.held, spans: map[string]int{}}
	t.held = gather{}
	err := t.s.children(func(e xml.StartElement, name string) error {
		if name != "w:pPr" {
			return p.element(e, name)
		}
		if err := style.read(t.s); err != nil {
			return err
		}
		if r, _ := t.roleOf(&style); r == roleHeading {
			// No field reaches over a heading: its end is missing.
			t.fields = nil
		}
		p.bold = t.styles[style.style].bold
		return nil
	}, nil)
	boxes := t.boxes
	t.boxes = outer
	if err != nil {
		return err
	}
	t.closeInstructions()
	for language, n := range p.spans {
		t.spoken[language] += n
	}
	if style.goesOn || style.dropCap && len(p.gather.buf) <= 8 {
		t.held = p.gather
	} else if err := t.put(p, &style); err != nil {
		return err
	}
	for _, box := range boxes {
		if err := t.emit(box); err != nil {
			return err
		}
	}
	return nil
}

// put emits a paragraph in its role.
func (t *story) put(p *inlines, style *paragraphStyle) error {
	role, level := t.roleOf(style)
	out := p.piece(role)
	out.level = level
	named := t.styles[style.style]
	out.strong = p.strong()
	out.centred = style.centred || named.centred
	list := style.list
	if list == "" {
		list = named.list
	}
	if (role == roleBody || role == roleItem) && list != "" && list != "0" && out.text != "" {
		out.role = roleItem
		kind := t.lists[list]
		if kind.blank[style.depth] {
			out.role = roleMore
		} else if kind.numbered[style.depth] {
			key := list + "/" + strconv.Itoa(style.depth)
			t.ordinals[key]++
			out.ordinal = t.ordinals[key]
		}
	}
	return t.emit(out)
}

// roleOf is a paragraph's role by what it says itself, else by its style.
func (w *word) roleOf(p *paragraphStyle) (role, int) {
	style := w.styles[p.style]
	switch {
	case style.role != roleBody && style.role != roleHeading:
		return style.role, 0
	case p.level() > 0:
		return roleHeading, p.level()
	case p.outline != "":
		return roleBody, 0
	}
	return style.role, style.level
}

// release emits the text that no paragraph went on with.
func (t *story) release() error {
	p := t.held.piece(roleBody)
	t.held = gather{}
	if p.empty() {
		return nil
	}
	return t.emit(p)
}

// table reads the rows of a table, see emitRow.
func (t *story) table() error {
	var rows func(e xml.StartElement, name string) error
	rows = func(_ xml.StartElement, name string) error {
		switch name {
		case "w:tr":
			return t.row()
		case "w:sdt", "w:sdtContent", "w:customXml", "w:ins":
			return t.s.children(rows, nil)
		}
		return nil
	}
	return t.s.children(rows, nil)
}

// row reads one row of a table.
func (t *story) row() error {
	var pieces []piece
	single, gone := true, false
	var cells func(e xml.StartElement, name string) error
	cells = func(_ xml.StartElement, name string) error {
		switch name {
		case "w:trPr":
			return t.s.children(func(_ xml.StartElement, name string) error {
				gone = gone || name == "w:del"
				return nil
			}, nil)
		case "w:tc":
			if gone {
				return t.deletion()
			}
			from := len(pieces)
			outer := t.emit
			t.emit = func(p piece) error {
				if !p.empty() {
					pieces = append(pieces, p)
				}
				return nil
			}
			err := t.blocks()
			if err == nil {
				err = t.release()
			}
			t.emit = outer
			single = single && len(pieces)-from <= 1
			return err
		case "w:sdt", "w:sdtContent", "w:customXml":
			return t.s.children(cells, nil)
		}
		return nil
	}
	if err := t.s.children(cells, nil); err != nil {
		return err
	}
	return emitRow(pieces, single, t.emit)
}

// letters counts the letters in a text.
func letters(text []byte) int {
	n := 0
	for _, r := range string(text) {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
