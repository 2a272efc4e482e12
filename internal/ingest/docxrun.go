package ingest

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// inlines is the text of a paragraph as it is read from its runs.
type inlines struct {
	gather
	story *story
	bold  bool           // as the paragraph's style says
	spans map[string]int // letters by language
	light int            // letters that are not bold
	heavy int            // letters that are
	// marking is set after a call that prints a mark of its own, until the
	// mark has come.
	marking bool
}

// run is what the properties of a run say.
type runStyle struct {
	bold     bool
	hidden   bool
	language string
}

// field is a field that is open: a page number, a citation, a link.
type field struct {
	code    bool // its instruction is being read, not its result
	hidden  bool // its result is furniture
	command []byte
}

// strong reports that all of the text is bold.
func (p *inlines) strong() bool { return p.heavy > 0 && p.light == 0 }

// element reads what stands in a paragraph.
func (p *inlines) element(e xml.StartElement, name string) error {
	s := p.story.s
	switch name {
	case "w:r":
		return p.run()
	case "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo",
		"w:ruby", "w:rubyBase", "w:rt", "m:oMathPara":
		if name == "w:rt" {
			return nil
		}
		return s.children(p.element, nil)
	case "w:sdt":
		return p.story.control(func() error { return s.children(p.element, nil) })
	case "w:fldSimple":
		p.story.fields = append(p.story.fields, field{hidden: furniture(s.attr(e, "w:instr"))})
		depth := len(p.story.fields)
		err := s.children(p.element, nil)
		p.story.fields = p.story.fields[:min(len(p.story.fields), depth-1)]
		return err
	case "mc:AlternateContent":
		return p.alternatives(p.element)
	case "m:oMath":
		return s.children(p.formula, nil)
	case "w:del", "w:moveFrom":
		return p.story.deletion()
	}
	return nil
}

// alternatives reads the first choice among several renderings of the same,
// else what is there for programs that know none.
func (p *inlines) alternatives(element func(xml.StartElement, string) error) error {
	chosen := false
	return p.story.s.children(func(_ xml.StartElement, name string) error {
		if chosen || name != "mc:Choice" && name != "mc:Fallback" {
			return nil
		}
		chosen = true
		return p.story.s.children(element, nil)
	}, nil)
}

// formula reads the text of a formula as it stands.
func (p *inlines) formula(_ xml.StartElement, name string) error {
	if name == "m:t" || name == "w:t" {
		text, err := p.story.s.text()
		p.print([]byte(text), runStyle{})
		return err
	}
	return p.story.s.children(p.formula, nil)
}

// run reads a run: text in one style.
func (p *inlines) run() error {
	style := runStyle{bold: p.bold}
	var mark gather // printed after a call instead of a number
	marked := p.marking
	var element func(e xml.StartElement, name string) error
	element = func(e xml.StartElement, name string) error {
		s := p.story.s
		if key, ok := noteKey(s, e, name); ok {
			if p.story.visible() && !style.hidden {
				p.story.kept[key] = true
				p.ref(key, "")
				if on(s.attr(e, "w:customMarkFollows"), false) {
					p.marking, marked = true, true
				}
			}
			return nil
		}
		switch name {
		case "w:rPr":
			return style.read(p.story)
		case "w:t":
			text, err := s.text()
			if marked {
				mark.write([]byte(text))
			} else {
				p.print([]byte(text), style)
			}
			return err
		case "w:sym":
			text := symbol(s.attr(e, "w:font"), s.attr(e, "w:char"))
			if marked {
				mark.write([]byte(text))
			} else {
				p.print([]byte(text), style)
			}
		case "w:tab", "w:br", "w:cr", "w:ptab":
			p.print([]byte(" "), style)
		case "w:noBreakHyphen":
			p.print([]byte("-"), style)
		case "w:fldChar":
			p.story.fieldChar(s.attr(e, "w:fldCharType"))
		case "w:instrText":
			text, err := s.text()
			p.story.instruction(text)
			return err
		case "w:drawing", "w:pict", "w:object":
			return p.boxes()
		case "w:ruby":
			return s.children(p.element, nil)
		case "mc:AlternateContent":
			return p.alternatives(element)
		}
		return nil
	}
	if err := p.story.s.children(element, nil); err != nil {
		return err
	}
	if text := string(mark.buf); marked && strings.TrimSpace(text) != "" {
		p.marking = false
		p.refs[len(p.refs)-1].mark = text
		if markLabel(text) == "" {
			// Too long for a mark: it is text, and the note has its number.
			p.refs[len(p.refs)-1].mark = ""
			p.print(mark.buf, style)
		}
	}
	return p.story.bundle.fits(&p.gather)
}

// read reads the properties of a run.
func (r *runStyle) read(t *story) error {
	return t.s.children(func(e xml.StartElement, name string) error {
		val := t.s.attr(e, "w:val")
		switch name {
		case "w:rStyle":
			r.bold = r.bold || t.styles[val].bold
		case "w:b":
			r.bold = on(val, true)
		case "w:vanish":
			r.hidden = on(val, true)
		case "w:lang":
			r.language = val
		}
		return nil
	}, nil)
}

// print appends text that is shown.
func (p *inlines) print(text []byte, style runStyle) {
	if style.hidden || !p.story.visible() {
		return
	}
	n := letters(text)
	if style.bold {
		p.heavy += n
	} else {
		p.light += n
	}
	language := style.language
	if language == "" {
		language = p.story.language
	}
	if language != "" && n > 0 {
		p.spans[language] += n
	}
	p.write(text)
}

// boxes reads the text boxes in a drawing. Their blocks follow the paragraph.
func (p *inlines) boxes() error {
	t := p.story
	if !t.visible() {
		return nil
	}
	chosen := map[int]bool{}
	var within func(e xml.StartElement, name string) error
	within = func(_ xml.StartElement, name string) error {
		switch name {
		case "w:txbxContent":
			outer, held, fields := t.emit, t.held, t.fields
			t.held, t.fields = gather{}, nil
			t.emit = func(b piece) error {
				if !b.empty() {
					t.boxes = append(t.boxes, b)
				}
				return nil
			}
			err := t.blocks()
			if err == nil {
				err = t.release()
			}
			t.emit, t.held, t.fields = outer, held, fields
			return err
		case "mc:AlternateContent":
			chosen[t.s.depth] = false
		case "mc:Choice", "mc:Fallback":
			if chosen[t.s.depth-1] {
				return nil
			}
			chosen[t.s.depth-1] = true
		}
		return t.s.children(within, nil)
	}
	return t.s.children(within, nil)
}

// visible reports whether text is shown: it is in no instruction of a field
// and in no field whose result is furniture.
func (t *story) visible() bool {
	for i := range t.fields {
		if t.fields[i].code || t.fields[i].hidden {
			return false
		}
	}
	return true
}

// maxFields bounds the fields within fields.
const maxFields = 64

// fieldChar begins a field, its result, or ends it.
func (t *story) fieldChar(kind string) {
	n := len(t.fields)
	switch {
	case kind == "begin" && n < maxFields:
		t.fields = append(t.fields, field{code: true})
	case kind == "separate" && n > 0:
		t.fields[n-1].code = false
		t.fields[n-1].hidden = furniture(string(t.fields[n-1].command))
	case kind == "end" && n > 0:
		t.fields = t.fields[:n-1]
	}
}

// instruction gathers the command of the innermost field.
func (t *story) instruction(text string) {
	if n := len(t.fields); n > 0 && t.fields[n-1].code && len(t.fields[n-1].command) < 64 {
		t.fields[n-1].command = append(t.fields[n-1].command, text[:min(len(text), 64)]...)
	}
}

// closeInstructions ends the fields whose instruction did not end in the
// paragraph: they are damaged, and would hide all that follows.
func (t *story) closeInstructions() {
	for i := range t.fields {
		if t.fields[i].code {
			t.fields = t.fields[:i]
			return
		}
	}
}

// furniture reports the fields whose result is no text of the document:
// tables of contents, indexes and page numbers.
func furniture(instruction string) bool {
	command, _, _ := strings.Cut(strings.TrimSpace(strings.ToUpper(instruction)), " ")
	switch command {
	case "TOC", "INDEX", "TOA", "PAGE", "NUMPAGES", "SECTIONPAGES":
		return true
	}
	return false
}

// symbol is a character given by its code in a font. The fonts of symbols
// have codes of their own, which Word moves to U+F000; of these only
// Adobe's Symbol is known here, and what others show is left out.
func symbol(font, code string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil || n < ' ' {
		return ""
	}
	if strings.EqualFold(font, "symbol") {
		if i := int(n&0xff) - ' '; i >= 0 {
			for k, r := range []rune(symbolFont) {
				if k == i {
					return string(r)
				}
			}
		}
		return map[uint64]string{
			0xa2: "′", 0xa3: "≤", 0xa5: "∞", 0xb0: "°", 0xb1: "±", 0xb2: "″", 0xb3: "≥", 0xb4: "×", 0xb7: "•",
			0xb9: "≠", 0xba: "≡", 0xbb: "≈", 0xbc: "…", 0xae: "→", 0xac: "←", 0xd2: "®", 0xd3: "©", 0xd4: "™",
		}[n&0xff]
	}
	if n >= 0xe000 && n <= 0xf8ff || n > utf8.MaxRune || n >= 0xd800 && n < 0xe000 {
		return ""
	}
	return string(rune(n))
}

// symbolFont are the characters of Adobe's Symbol font at 0x20 to 0x7e, with
// its asterisk as the one that marks notes.
const symbolFont = " !∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
