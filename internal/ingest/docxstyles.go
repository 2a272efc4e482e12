package ingest

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordStyle is what a paragraph or character style says about a block.
type wordStyle struct {
	name    string
	based   string
	role    role
	level   int  // of a heading, from 1; 0 where the style leaves it to others
	plain   bool // the style says that it is no heading
	bold    bool
	centred bool
	list    string // the list that its paragraphs are items of
}

// maxBased bounds the styles that one is based on, which may form a ring.
const maxBased = 12

// readStyles reads the styles, and the language of the document.
func (w *word) readStyles(part string) error {
	w.styles = map[string]wordStyle{}
	err := w.bundle.each(w.ctx, part, wordPrefixes(), func(s *stream, e xml.StartElement, name string) error {
		switch name {
		case "w:docDefaults":
			return w.readDefaults(s)
		case "w:style":
			id := s.attr(e, "w:styleId")
			style, err := readStyle(s)
			if id != "" {
				w.styles[id] = style
			}
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	resolved := make(map[string]wordStyle, len(w.styles))
	for id := range w.styles {
		resolved[id] = w.resolve(id)
	}
	w.styles = resolved
	return nil
}

// readDefaults reads the language that text has unless it says otherwise.
func (w *word) readDefaults(s *stream) error {
	var within func(e xml.StartElement, name string) error
	within = func(e xml.StartElement, name string) error {
		if name == "w:lang" && w.language == "" {
			w.language = s.attr(e, "w:val")
		}
		return s.children(within, nil)
	}
	return s.children(within, nil)
}

// readStyle reads one style.
func readStyle(s *stream) (wordStyle, error) {
	var style wordStyle
	err := s.children(func(e xml.StartElement, name string) error {
		switch name {
		case "w:name":
			style.name = strings.ToLower(oneLine(s.attr(e, "w:val")))
			style.role, style.level = namedRole(style.name)
		case "w:basedOn":
			style.based = s.attr(e, "w:val")
		case "w:rPr":
			return s.children(func(e xml.StartElement, name string) error {
				if name == "w:b" {
					style.bold = on(s.attr(e, "w:val"), true)
				}
				return nil
			}, nil)
		case "w:pPr":
			var p paragraphStyle
			err := p.read(s)
			style.list, style.centred = p.list, p.centred
			switch {
			case style.role != roleBody || p.outline == "":
			case p.level() > 0:
				style.role, style.level = roleHeading, p.level()
			default:
				style.plain = true
			}
			return err
		}
		return nil
	}, nil)
	return style, err
}

// resolve fills what a style leaves to those that it is based on: each says
// only in what it differs.
func (w *word) resolve(id string) wordStyle {
	style := w.styles[id]
	based := style.based
	for range maxBased {
		below, ok := w.styles[based]
		if !ok {
			break
		}
		if style.role == roleBody && !style.plain {
			style.role, style.level, style.plain = below.role, below.level, below.plain
		}
		style.bold = style.bold || below.bold
		style.centred = style.centred || below.centred
		if style.list == "" {
			style.list = below.list
		}
		based = below.based
	}
	return style
}

// namedRole tells a role by a style's name, in lower case. Word and
// LibreOffice store the names of their own styles in English in every
// language; the others are those of pandoc, Google Docs and Pages.
func namedRole(name string) (role, int) {
	if rest, ok := strings.CutPrefix(name, "heading"); ok {
		n, err := strconv.Atoi(strings.TrimSpace(rest))
		switch {
		case rest == "":
			return roleHeading, 1
		case err == nil && n >= 1 && n <= 10:
			return roleHeading, n
		}
	}
	if rest, ok := strings.CutPrefix(name, "toc "); ok && rest != "" {
		return roleSkip, 0
	}
	switch name {
	case "title":
		return roleTitle, 0
	case "subtitle":
		return roleSubtitle, 0
	case "author", "authors", "byline":
		return roleAuthor, 0
	case "date":
		return roleDate, 0
	case "quote", "intense quote", "block text", "block quote", "block quotation", "blockquote", "quotation", "quotations", "quote block":
		return roleQuote, 0
	case "list continue", "list continue 2", "list continue 3", "list continue 4", "list continue 5":
		return roleMore, 0
	case "table of figures", "table of authorities", "toa heading", "contents heading",
		"index heading", "index 1", "index 2", "index 3":
		return roleSkip, 0
	}
	return roleBody, 0
}

// wordList tells which levels of a list print a mark: those that do not go on
// with the item above.
type wordList struct {
	blank    [9]bool
	numbered [9]bool
}

// readNumbering reads the lists.
func (w *word) readNumbering(part string) error {
	abstract := map[string]wordList{}
	w.lists = map[string]wordList{}
	return w.bundle.each(w.ctx, part, wordPrefixes(), func(s *stream, e xml.StartElement, name string) error {
		switch name {
		case "w:abstractNum":
			var l wordList
			err := s.children(func(e xml.StartElement, name string) error {
				if name == "w:lvl" {
					return l.read(s, s.attr(e, "w:ilvl"))
				}
				return nil
			}, nil)
			abstract[s.attr(e, "w:abstractNumId")] = l
			return err
		case "w:num":
			id := s.attr(e, "w:numId")
			return s.children(func(e xml.StartElement, name string) error {
				if name == "w:abstractNumId" {
					w.lists[id] = abstract[s.attr(e, "w:val")]
				}
				return nil
			}, nil)
		}
		return nil
	})
}

// read reads one level of a list.
func (l *wordList) read(s *stream, level string) error {
	i, err := strconv.Atoi(level)
	if err != nil || i < 0 || i >= len(l.blank) {
		return nil
	}
	return s.children(func(e xml.StartElement, name string) error {
		switch val := s.attr(e, "w:val"); name {
		case "w:numFmt":
			l.numbered[i] = val != "bullet" && val != "none"
		case "w:lvlText":
			l.blank[i] = strings.TrimSpace(val) == ""
		}
		return nil
	}, nil)
}

// paragraphStyle is what a paragraph says about itself.
type paragraphStyle struct {
	style   string
	outline string // its outline level, from 0; 9 is body text
	list    string // of an item; "0" takes it out of the list of its style
	depth   int
	centred bool
	goesOn  bool // its end was deleted: the next paragraph goes on with it
	dropCap bool // it is the first letter of the next
}

// level is the level of a heading from 1; 0 for others.
func (p *paragraphStyle) level() int {
	if n, err := strconv.Atoi(p.outline); err == nil && n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

// read reads the properties of a paragraph, or of the paragraphs of a style.
func (p *paragraphStyle) read(s *stream) error {
	return s.children(func(e xml.StartElement, name string) error {
		val := s.attr(e, "w:val")
		switch name {
		case "w:pStyle":
			p.style = val
		case "w:outlineLvl":
			p.outline = val
		case "w:jc":
			p.centred = val == "center"
		case "w:framePr":
			kind := s.attr(e, "w:dropCap")
			p.dropCap = kind != "" && kind != "none"
		case "w:numPr":
			return s.children(func(e xml.StartElement, name string) error {
				switch val := s.attr(e, "w:val"); name {
				case "w:numId":
					p.list = val
				case "w:ilvl":
					if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 9 {
						p.depth = n
					}
				}
				return nil
			}, nil)
		case "w:rPr":
			return s.children(func(_ xml.StartElement, name string) error {
				switch name {
				case "w:del", "w:moveFrom":
					p.goesOn = true
				}
				return nil
			}, nil)
		}
		return nil
	}, nil)
}

// on reads a switch: the attribute may be left out where it is on.
func on(val string, missing bool) bool {
	switch val {
	case "":
		return missing
	case "0", "false", "off":
		return false
	}
	return true
}
