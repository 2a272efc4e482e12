package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// damage counts, in one pass over a text, what says that it was decoded with
// the wrong table or is no text.
type damage struct {
	characters   int
	controls     int // C0 and C1 controls beyond tabs, line and page breaks
	replacements int // U+FFFD
}

// maxDamage is the share of controls and replacement characters, one in so
// many, from which a text is refused. Random bytes have one in ten; texts
// that stray characters got into have one in thousands.
const maxDamage = 100

// beyond reports whether the text is no text any more.
func (d damage) beyond() bool {
	return (d.controls+d.replacements)*maxDamage > d.characters
}

// dropped reports the characters that are invisible and stand between
// letters without meaning there: the soft hyphen, zero-width spaces and
// joiners, byte order marks, and direction marks, which can make a quotation
// look other than it is. Zero-width joiners are kept in the scripts that
// write with them, see normalise.
func dropped(r rune) bool {
	switch r {
	case '\u00ad', '\u061c', '\u180e', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// joins reports the zero-width characters that some scripts and emoji spell
// with.
func joins(r rune) bool { return r == '\u200c' || r == '\u200d' }

// normalise brings a decoded text to the form that passages are cut from:
// line ends become "\n" (a page break, a vertical tab and U+2028 too, U+2029
// two of them), white space of any width becomes a plain space and is left
// out at the beginning of a line, where it is padding; invisible characters
// and stray controls are left out. Nothing else is altered: quotes, dashes
// and the composition of letters stay as they are.
func normalise(s string) (string, damage) {
	d := damage{}
	var b strings.Builder
	kept := 0 // s[:kept] is in b, once b is in use
	changed := false
	put := func(from, to int, with string) {
		if !changed {
			changed = true
			b.Grow(len(s))
		}
		b.WriteString(s[kept:from])
		b.WriteString(with)
		kept = to
	}
	lineStart := true
	last := rune(-1)
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < 0x7f || c == '\t' || c == '\n' {
			lineStart = c == '\n' || lineStart && (c == ' ' || c == '\t')
			last = rune(c)
			d.characters++
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		end := i + n
		d.characters++
		switch {
		case r == '\r':
			if end < len(s) && s[end] == '\n' {
				end++
			}
			put(i, end, "\n")
			lineStart = true
		case r == '\v', r == '\f', r == '\u0085', r == '\u2028':
			put(i, end, "\n")
			lineStart = true
		case r == '\u2029':
			put(i, end, "\n\n")
			lineStart = true
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			d.controls++
			put(i, end, "")
		case r == utf8.RuneError:
			d.replacements++
			if n == 1 { // not reached for valid UTF-8
				put(i, end, "\ufffd")
			}
			lineStart = false
		case unicode.IsSpace(r):
			with := " "
			if lineStart {
				with = ""
			}
			put(i, end, with)
			r = ' '
		case joins(r) && last >= '\u0590' && !dropped(last):
			// Arabic, Indic and other letters, and emoji, need their joiners.
			lineStart = false
		case dropped(r):
			put(i, end, "")
			r = last
		default:
			lineStart = false
		}
		last = r
		i = end
	}
	if !changed {
		return s, d
	}
	b.WriteString(s[kept:])
	return b.String(), d
}

// oneLine folds white space to single spaces and normalises, for metadata.
func oneLine(s string) string {
	s, _ = normalise(strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}
