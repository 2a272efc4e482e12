package ingest

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// flat is the text of one passage as it is gathered from nodes.
type flat struct {
	buf   []byte
	calls []call
	code  [][2]int // ranges of code, where brackets are no markers
	// headings are gathered without their calls, whose numbers go here.
	headings  bool
	unprinted []int
}

// trimmed is the text without white space around it, and its calls.
func (f *flat) trimmed() (string, []call) {
	body := bytes.TrimLeftFunc(f.buf, unicode.IsSpace)
	lead := len(f.buf) - len(body)
	for i := range f.calls {
		f.calls[i].start -= lead
		f.calls[i].end -= lead
	}
	for i := range f.code {
		f.code[i][0] -= lead
		f.code[i][1] -= lead
	}
	f.buf = bytes.TrimRightFunc(body, unicode.IsSpace)
	return string(f.buf), f.calls
}

// inCode reports whether position i, not below the last one asked for, is
// within code.
func (f *flat) inCode(i int) bool {
	for len(f.code) > 0 && f.code[0][1] <= i {
		f.code = f.code[1:]
	}
	return len(f.code) > 0 && f.code[0][0] <= i
}

// space writes a space, unless white space is there already.
func (f *flat) space() {
	if n := len(f.buf); n > 0 && f.buf[n-1] != ' ' && f.buf[n-1] != '\n' {
		f.buf = append(f.buf, ' ')
	}
}

// newPart begins another paragraph within the passage.
func (f *flat) newPart() {
	f.buf = bytes.TrimRightFunc(f.buf, unicode.IsSpace)
	if len(f.buf) > 0 {
		f.buf = append(f.buf, '\n')
	}
}

// joined gathers the blocks within a container, joined by line breaks.
func (m *markdown) joined(container ast.Node, f *flat) {
	for c := container.FirstChild(); c != nil; c = c.NextSibling() {
		m.part(c, f)
	}
}

// part gathers one block, and all that is in it.
func (m *markdown) part(n ast.Node, f *flat) {
	switch n.Kind() {
	case east.KindFootnoteList, ast.KindThematicBreak, ast.KindLinkReferenceDefinition:
	case ast.KindCodeBlock, ast.KindFencedCodeBlock:
		f.newPart()
		start := len(f.buf)
		f.lines(n, m.src)
		f.code = append(f.code, [2]int{start, len(f.buf)})
	case ast.KindHTMLBlock:
		f.newPart()
		var raw flat
		raw.lines(n, m.src)
		if h := n.(*ast.HTMLBlock); h.HasClosure() {
			raw.buf = append(raw.buf, h.ClosureLine.Value(m.src)...)
		}
		f.text(stripTags(string(raw.buf)))
	case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
		f.newPart()
		m.inline(n, f)
	default: // quotes, lists and their items
		m.joined(n, f)
	}
}

// lines gathers a block's lines as they stand.
func (f *flat) lines(n ast.Node, src []byte) {
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		f.buf = append(f.buf, l.Value(src)...)
	}
}

// inline gathers the inline nodes within n as their text.
func (m *markdown) inline(n ast.Node, f *flat) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			f.text(c.Segment.Value(m.src))
			if c.SoftLineBreak() || c.HardLineBreak() {
				f.space()
			}
		case *ast.String:
			f.text(c.Value)
		case *ast.CodeSpan:
			f.span(c, m.src)
		case *ast.AutoLink:
			f.buf = append(f.buf, c.Label(m.src)...)
		case *ast.RawHTML: // one segment a line, at least one
			if l := c.Segments.At(0); isBreak(l.Value(m.src)) {
				f.space()
			}
		case *callNode:
			m.marker(c, f)
		case *noteMark:
			f.buf = append(f.buf, "^["...)
		default: // emphasis, links, images: what is in them
			m.inline(c, f)
		}
	}
}

// marker writes a call as "[n]".
func (m *markdown) marker(c *callNode, f *flat) {
	d, ok := m.call(c.label)
	switch {
	case !ok:
		f.buf = append(append(append(f.buf, "[^"...), c.label...), ']')
	case f.headings:
		f.unprinted = append(f.unprinted, d.number)
	default:
		start := len(f.buf)
		f.buf = append(f.buf, '[')
		f.buf = strconv.AppendInt(f.buf, int64(d.number), 10)
		f.buf = append(f.buf, ']')
		f.calls = append(f.calls, call{start: start, end: len(f.buf), note: d.number - 1})
	}
}

// span gathers inline code: as it stands, line breaks as spaces.
func (f *flat) span(n ast.Node, src []byte) {
	start := len(f.buf)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		for _, b := range t.Segment.Value(src) {
			if b == '\n' || b == '\t' {
				b = ' '
			}
			f.buf = append(f.buf, b)
		}
	}
	f.code = append(f.code, [2]int{start, len(f.buf)})
}

// isBreak reports whether a tag is <br>.
func isBreak(tag []byte) bool {
	return len(tag) >= 4 && strings.EqualFold(string(tag[:3]), "<br") && (tag[3] == '>' || tag[3] == ' ' || tag[3] == '/')
}

// text gathers text with its backslash escapes and entities resolved, and
// tabs and line breaks as spaces.
func (f *flat) text(s []byte) {
	for len(s) > 0 {
		i := bytes.IndexAny(s, "\\&\t\n")
		if i < 0 {
			f.buf = append(f.buf, s...)
			return
		}
		f.buf = append(f.buf, s[:i]...)
		c := s[i]
		s = s[i+1:]
		switch {
		case c == '\t' || c == '\n':
			f.buf = append(f.buf, ' ')
		case c == '\\' && len(s) > 0 && util.IsPunct(s[0]):
			f.buf = append(f.buf, s[0])
			s = s[1:]
		case c == '&':
			if decoded, n := entity(s); n > 0 {
				f.buf = append(f.buf, decoded...)
				s = s[n:]
				continue
			}
			f.buf = append(f.buf, c)
		default:
			f.buf = append(f.buf, c)
		}
	}
}

// entity decodes the character reference whose "&" stands before s, and
// returns its length; 0 where there is none. Its text is normalised as all
// text is: a non-breaking space becomes a space, a soft hyphen nothing.
func entity(s []byte) (string, int) {
	// The longest name, CounterClockwiseContourIntegral, has 31 letters.
	end := bytes.IndexByte(s[:min(len(s), 33)], ';')
	if end < 1 {
		return "", 0
	}
	name := string(s[:end])
	decoded := ""
	if digits, numeric := strings.CutPrefix(name, "#"); numeric {
		base := 10
		if len(digits) > 1 && digits[0]|0x20 == 'x' {
			digits, base = digits[1:], 16
		}
		v, err := strconv.ParseUint(digits, base, 32)
		if err != nil || len(digits) > 7 {
			return "", 0
		}
		if v == 0 || v > unicode.MaxRune || !utf8.ValidRune(rune(v)) {
			v = unicode.ReplacementChar
		}
		decoded = string(rune(v))
	} else {
		e, ok := util.LookUpHTML5EntityByName(name)
		if !ok {
			return "", 0
		}
		decoded = string(e.Characters)
	}
	if decoded == "\n" || decoded == "\t" || decoded == "\u00a0" {
		return " ", end + 1
	}
	// A letter before it keeps normalise from taking it for a line's padding.
	clean, _ := normalise("x" + decoded)
	return strings.ReplaceAll(clean[1:], "\n", " "), end + 1
}

// stripTags leaves of raw HTML its text: without tags, comments, scripts and
// styles.
func stripTags(s string) []byte {
	var out []byte
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return append(out, s...)
		}
		out = append(out, s[:i]...)
		s = s[i:]
		if !tagLike(s) {
			out = append(out, '<')
			s = s[1:]
			continue
		}
		end := ">"
		switch lower := strings.ToLower(s[:min(len(s), 9)]); {
		case strings.HasPrefix(lower, "<!--"):
			end = "-->"
		case strings.HasPrefix(lower, "<script"):
			end = "</script>"
		case strings.HasPrefix(lower, "<style"):
			end = "</style>"
		}
		j := strings.Index(s, end)
		if j < 0 {
			return out
		}
		// Between tags words end.
		out = append(out, ' ')
		s = s[j+len(end):]
	}
}

// tagLike reports whether "<" begins a tag, a comment or a declaration.
func tagLike(s string) bool {
	return len(s) > 1 && (letter(s[1]) || s[1] == '/' || s[1] == '!' || s[1] == '?')
}
