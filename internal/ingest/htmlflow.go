package ingest

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// htmlFlow is text as it is gathered from a page's inline content: white space
// folded, invisible characters left out.
type htmlFlow struct {
	buf    []byte
	calls  []call
	breaks []int // where single line breaks stood
	space  bool  // white space is due before the next text
	raw    bool  // white space is kept, as in <pre>
	linked int32 // characters within links to elsewhere
	bold   int32 // characters in bold
	size   int32 // characters that are no white space
	last   rune
	first  int32 // position of the first text, from 1; 0 for none
}

// text gathers text.
func (f *htmlFlow) text(s string) {
	for i := 0; i < len(s); {
		c := s[i]
		if c > ' ' && c < 0x7f {
			// A run of plain characters.
			j := i + 1
			for j < len(s) && s[j] > ' ' && s[j] < 0x7f {
				j++
			}
			f.due()
			f.buf = append(f.buf, s[i:j]...)
			f.last = rune(s[j-1])
			i = j
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case f.raw && (r == '\n' || r == '\t' || r == ' '):
			f.buf = append(f.buf, byte(r))
			f.last = r
		case unicode.IsSpace(r):
			f.space = true
		case r < 0x20 || r >= 0x7f && r < 0xa0, dropped(r) && !(joins(r) && f.last >= '\u0590'):
		default:
			f.due()
			f.buf = utf8.AppendRune(f.buf, r)
			f.last = r
		}
	}
}

// due writes the white space that is due.
func (f *htmlFlow) due() {
	if f.space {
		if n := len(f.buf); n > 0 && f.buf[n-1] != ' ' && f.buf[n-1] != '\n' {
			f.buf = append(f.buf, ' ')
		}
		f.space = false
	}
}

// br breaks the line: a space, whose place is remembered.
func (f *htmlFlow) br() {
	if f.raw {
		f.buf = append(f.buf, '\n')
		return
	}
	f.space = false
	f.trim()
	if n := len(f.buf); n > 0 && f.buf[n-1] != '\n' {
		f.breaks = append(f.breaks, n)
		f.buf = append(f.buf, ' ')
	}
}

// newPart begins another paragraph within the passage.
func (f *htmlFlow) newPart() {
	f.space = false
	f.trim()
	if n := len(f.buf); n > 0 && f.buf[n-1] != '\n' {
		f.buf = append(f.buf, '\n')
	}
}

// trim takes spaces off the end.
func (f *htmlFlow) trim() {
	if !f.raw {
		f.buf = bytes.TrimRight(f.buf, " ")
	}
}

// marker writes a call as "[label]", in place of brackets that the page has
// around it.
func (f *htmlFlow) marker(label string, note int) {
	f.due()
	start := len(f.buf)
	f.buf = append(append(append(f.buf, '['), label...), ']')
	f.calls = append(f.calls, call{start: start, end: len(f.buf), note: note})
	f.last = ']'
}

// endsInCall reports whether a marker was the last that was gathered.
func (f *htmlFlow) endsInCall() bool {
	return len(f.calls) > 0 && f.calls[len(f.calls)-1].end == len(f.buf)
}

// whole is the text without white space around it, and its calls.
func (f *htmlFlow) whole() (string, []call) {
	body := bytes.TrimLeft(f.buf, " \n\t")
	lead := len(f.buf) - len(body)
	for i := range f.calls {
		f.calls[i].start -= lead
		f.calls[i].end -= lead
	}
	for i := range f.breaks {
		f.breaks[i] -= lead
	}
	return string(bytes.TrimRight(body, " \n\t")), f.calls
}

// pieces are the paragraphs of a flow: one, or one for each line where the
// lines are as long as paragraphs are.
func (f *htmlFlow) pieces() []block {
	s, calls := f.whole()
	for n := len(f.breaks); n > 0 && f.breaks[n-1] >= len(s); n = len(f.breaks) {
		f.breaks = f.breaks[:n-1]
	}
	if len(f.breaks) == 0 || len(s) <= longLines*(len(f.breaks)+1) {
		return []block{{text: s, calls: calls}}
	}
	var pieces []block
	from := 0
	for k := 0; k <= len(f.breaks); k++ {
		to := len(s)
		if k < len(f.breaks) {
			to = min(max(f.breaks[k], from), len(s))
		}
		text := strings.TrimSpace(s[from:to])
		if text != "" {
			start := from + strings.Index(s[from:to], text)
			b := block{text: text}
			for len(calls) > 0 && calls[0].end <= to {
				b.calls = append(b.calls, call{calls[0].start - start, calls[0].end - start, calls[0].note})
				calls = calls[1:]
			}
			pieces = append(pieces, b)
		}
		from = to
	}
	return pieces
}
