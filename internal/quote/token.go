package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pincite/internal/document"
)

// kind is what a token is.
type kind uint8

const (
	word kind = iota // letters and digits
	sign             // one sign of punctuation, or several of a sort
	dots             // an ellipsis
	note             // the marker of a footnote
)

// token is the least that is compared. Two are the same where kind and text
// are; white space between tokens is no part of them.
type token struct {
	kind kind
	// text is folded: an apostrophe is ', any quotation mark ", any dash -, an
	// ellipsis …, also one of asterisks; of a marker it is the label without brackets.
	text       string
	start, end int // bytes of the text
	// spaced: white space stands before it; breaks is how many line breaks that
	// has.
	spaced bool
	breaks int
	// hyphen: a dash that is a single hyphen.
	hyphen bool
}

// tokenize folds a text. Markers are its calls of footnotes, in order, none of
// a quotation. Where bare is set, a number in square brackets behind a word is
// taken for a marker too, for there are documents whose notes were not found.
func tokenize(text string, markers []document.Marker, bare bool) []token {
	t := tokenizer{text: text, tokens: make([]token, 0, len(text)/5+1)}
	for t.at < len(text) {
		if len(markers) > 0 && t.at >= markers[0].Start {
			m := markers[0]
			markers = markers[1:]
			if m.Start == t.at {
				t.add(note, noteLabel(text[m.Start:m.End]), m.End)
			}
			continue
		}
		t.next(bare)
	}
	return t.tokens
}

type tokenizer struct {
	text   string
	at     int
	tokens []token
	spaced bool
	breaks int
}

func (t *tokenizer) add(k kind, text string, end int) {
	t.tokens = append(t.tokens, token{kind: k, text: text, start: t.at, end: end, spaced: t.spaced, breaks: t.breaks})
	t.at, t.spaced, t.breaks = end, false, 0
}

// next reads what stands at t.at.
func (t *tokenizer) next(bare bool) {
	r, size := utf8.DecodeRuneInString(t.text[t.at:])
	switch {
	case isSpace(r):
		t.spaced = true
		if r == '\n' || r == '\u2028' || r == '\u2029' {
			t.breaks++
		}
		t.at += size
	case isInvisible(r):
		t.at += size
	case isSuperscript(r):
		t.superscript()
	case isWord(r):
		t.word()
	case isQuotationMark(r):
		t.run(`"`, size)
	case isDash(r):
		t.run("-", size)
		last := &t.tokens[len(t.tokens)-1]
		last.hyphen = last.end-last.start == size && isHyphen(r)
	case r == '.' || r == '…':
		t.periods(size)
	case r == '*' && asterisks(t.text[t.at:]) > 0:
		t.add(dots, "…", t.at+asterisks(t.text[t.at:]))
	case r == '[' && bare && !t.spaced && len(t.tokens) > 0:
		if end := bareMarker(t.text, t.at); end > 0 {
			t.add(note, noteLabel(t.text[t.at:end]), end)
			return
		}
		t.add(sign, "[", t.at+size)
	default:
		t.add(sign, norm.NFC.String(string(r)), t.at+size)
	}
}

// run adds a sign of which several side by side are one: quotation marks within
// others, and dashes typed as hyphens.
func (t *tokenizer) run(text string, size int) {
	if last := len(t.tokens) - 1; last >= 0 && !t.spaced && t.tokens[last].kind == sign && t.tokens[last].text == text {
		t.at += size
		t.tokens[last].end = t.at
		return
	}
	t.add(sign, text, t.at+size)
}

// periods adds an ellipsis, which is three periods or more, spaced or not, or
// else a period.
func (t *tokenizer) periods(size int) {
	count, end := 0, t.at
	for at := t.at; at < len(t.text); {
		r, n := utf8.DecodeRuneInString(t.text[at:])
		switch {
		case r == '.':
			count++
			end = at + n
		case r == '…':
			count += 3
			end = at + n
		case !isSpace(r) || r == '\n':
			n = len(t.text) // ends the loop
		}
		at += n
	}
	if count < 3 {
		t.add(sign, ".", t.at+size)
		return
	}
	t.add(dots, "…", end)
}

// asterisks is the length of three asterisks or more with spaces between them,
// as American usage sets an ellipsis in the quotation of a law; 0 where there
// are none.
func asterisks(text string) int {
	count, end, spaced := 0, 0, true
	for i, r := range text {
		switch {
		case r == '*' && spaced:
			count++
			end, spaced = i+1, false
			continue
		case r != '\n' && isSpace(r):
			spaced = true
			continue
		}
		break
	}
	if count < 3 {
		return 0
	}
	return end
}

func (t *tokenizer) superscript() {
	end := t.at
	var b strings.Builder
	for _, r := range t.text[t.at:] {
		if !isSuperscript(r) {
			break
		}
		b.WriteString(norm.NFKC.String(string(r)))
		end += utf8.RuneLen(r)
	}
	t.add(note, b.String(), end)
}

// word adds a run of letters and digits. An apostrophe between letters belongs
// to it, and a period, comma or colon between digits.
func (t *tokenizer) word() {
	var b strings.Builder
	ascii, end, prev := true, t.at, rune(0)
	for at := t.at; at < len(t.text); {
		r, size := utf8.DecodeRuneInString(t.text[at:])
		switch {
		case isSuperscript(r):
			size = 0
		case isWord(r):
			b.WriteRune(r)
			ascii = ascii && r < utf8.RuneSelf
			prev, end = r, at+size
		case isInvisible(r):
		default:
			next, _ := utf8.DecodeRuneInString(t.text[at+size:])
			switch {
			case isApostrophe(r) && unicode.IsLetter(prev) && unicode.IsLetter(next):
				b.WriteByte('\'')
			case (r == '.' || r == ',' || r == ':') && unicode.IsDigit(prev) && unicode.IsDigit(next):
				b.WriteRune(r)
			default:
				size = 0
			}
		}
		if size == 0 {
			break
		}
		at += size
	}
	text := b.String()
	if !ascii {
		text = norm.NFC.String(ligatures.Replace(text))
	}
	t.add(word, text, end)
}

// ligatures are the letters that typesetters join; PDF files hold them.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) }

// isInvisible is true for soft hyphens, joiners, marks of direction and
// selectors of a glyph's form.
func isInvisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || (r >= '\ufe00' && r <= '\ufe0f')
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return (r >= '0' && r <= '9') || (r|0x20 >= 'a' && r|0x20 <= 'z')
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

func isSuperscript(r rune) bool {
	return r == '¹' || r == '²' || r == '³' || r == '⁰' || (r >= '⁴' && r <= '⁹')
}

func isApostrophe(r rune) bool { return strings.ContainsRune("'’‘ʼ′`´＇", r) }

func isQuotationMark(r rune) bool {
	return isApostrophe(r) || strings.ContainsRune(`"“”„‟‚‛″«»‹›＂`, r)
}

func isDash(r rune) bool { return unicode.Is(unicode.Pd, r) || r == '−' }

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

// noteLabel is a marker as it is compared: "[1]" and "¹" are "1".
func noteLabel(marker string) string {
	return norm.NFKC.String(strings.Trim(marker, "[]() ^"))
}

// maxBareMarker is how many digits a number in brackets may have to be taken
// for a marker: four are a year.
const maxBareMarker = 3

// bareMarker is the end of "[12]" at a place; 0 where there is none.
func bareMarker(text string, at int) int {
	digits, found := 0, false
	for i := at + 1; i < len(text); i++ {
		if c := text[i]; c == ']' {
			if found = digits > 0; found {
				return i + 1
			}
			return 0
		} else if c < '0' || c > '9' || digits == maxBareMarker {
			return 0
		}
		digits++
	}
	return 0
}

// same compares two tokens. Where first is set, their first letters may differ
// in case.
func same(a, b *token, first bool) bool {
	if a.kind != b.kind {
		return false
	}
	if a.text == b.text || a.kind == dots {
		return true
	}
	if !first || a.kind != word {
		return false
	}
	x, n := utf8.DecodeRuneInString(a.text)
	y, m := utf8.DecodeRuneInString(b.text)
	return a.text[n:] == b.text[m:] && unicode.ToLower(x) == unicode.ToLower(y)
}

// cutsBefore reports whether a quotation that begins with a token cuts a word
// in two, such as "binding" out of "non-binding" or "5" out of "$5".
func cutsBefore(src []token, i int) bool {
	if i == 0 || src[i].kind != word || src[i].spaced {
		return false
	}
	prev := &src[i-1]
	if isFigure(src[i].text) && strings.Contains("$€£¥", prev.text) && prev.kind == sign {
		return true
	}
	if isFigure(src[i].text) && prev.hyphen && (i == 1 || prev.spaced) {
		return true // a minus
	}
	return i > 1 && !prev.spaced && src[i-2].kind == word && joins(&src[i-2], prev, &src[i])
}

// cutsAfter is cutsBefore for the token that a quotation ends with.
func cutsAfter(src []token, i int) bool {
	if i+1 >= len(src) || src[i].kind != word {
		return false
	}
	next := &src[i+1]
	if isFigure(src[i].text) && next.kind == sign && strings.Contains("%‰°", next.text) {
		return true
	}
	return i+2 < len(src) && !next.spaced && !src[i+2].spaced && src[i+2].kind == word && joins(&src[i], next, &src[i+2])
}

// joins reports whether what stands between two words without white space makes
// them one: a hyphen, or the period of an acronym.
func joins(a, between, b *token) bool {
	return between.hyphen || (between.kind == sign && between.text == "." && utf8.RuneCountInString(a.text) == 1 && utf8.RuneCountInString(b.text) == 1)
}

func isFigure(text string) bool { return text != "" && text[0] >= '0' && text[0] <= '9' }
