package words

import (
	"strings"
	"unicode"
)

// Span is a range of bytes of a text: text[Start:End].
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Sentences parts a text into its sentences. A span begins at its first
// character and ends after the closing punctuation, quotation marks, brackets
// and footnote markers; the white space between two belongs to neither. A
// period after an abbreviation, an initial or within a citation ends nothing:
// it is better to show two sentences than half of one.
func Sentences(text string) []Span {
	var spans []Span
	start := skipSpace(text, 0)
	for at := start; at < len(text); {
		r, size := decode(text, at)
		switch {
		case r == '\n': // passages of several paragraphs
			spans = appendSpan(spans, text, start, at)
			start = skipSpace(text, at)
			at = start
		case r == '.' || r == '!' || r == '?' || r == '…':
			end := skipClosers(text, at+size)
			if end >= len(text) || (isSpaceAt(text, end) && beginsSentence(text, end) && (r != '.' || !abbreviates(text, start, at, end))) {
				spans = appendSpan(spans, text, start, end)
				start = skipSpace(text, end)
				at = max(start, end)
				continue
			}
			at += size
		default:
			at += size
		}
	}
	return appendSpan(spans, text, start, len(text))
}

func appendSpan(spans []Span, text string, start, end int) []Span {
	end = start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))
	if end <= start {
		return spans
	}
	return append(spans, Span{Start: start, End: end})
}

func skipSpace(text string, at int) int {
	return at + len(text[at:]) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
}

func isSpaceAt(text string, at int) bool {
	r, _ := decode(text, at)
	return unicode.IsSpace(r)
}

// skipClosers passes what follows the end of a sentence and belongs to it:
// further punctuation, closing quotation marks and brackets, and markers such
// as [12] or ¹.
func skipClosers(text string, at int) int {
	for at < len(text) {
		r, size := decode(text, at)
		switch {
		case strings.ContainsRune(`.!?…"'”’»)]`, r), unicode.Is(unicode.No, r):
			at += size
		case r == '[':
			end := strings.IndexByte(text[at:], ']')
			if end < 2 || end > 5 || strings.Trim(text[at+1:at+end], "0123456789") != "" {
				return at
			}
			at += end + 1
		default:
			return at
		}
	}
	return at
}

// beginsSentence reports whether the word after white space can begin one:
// with a capital, a figure, an opening mark before one, or a mark that opens a
// Spanish question or exclamation.
func beginsSentence(text string, at int) bool {
	for _, r := range text[skipSpace(text, at):] {
		switch {
		case unicode.IsUpper(r), unicode.IsDigit(r), r == '¿', r == '¡':
			return true
		case strings.ContainsRune(`"'“‘«([—–-*`, r):
		default:
			return unicode.IsLetter(r) && !unicode.IsLower(r)
		}
	}
	return false
}

// abbreviates reports whether the period at dot belongs to an abbreviation or
// an initial rather than to the end of a sentence. At the end of a long
// sentence "U.S." is ambiguous; it is taken for an abbreviation. end is where
// the closing marks behind the period end.
func abbreviates(text string, start, dot, end int) bool {
	word := text[start:dot]
	if i := strings.LastIndexFunc(word, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`([“"‘'—–`, r)
	}); i >= 0 {
		_, size := decode(word, i)
		word = word[i+size:]
	}
	if word == "" {
		// An ellipsis spaced as ". . ." goes on, unless a quotation ends with it.
		return !strings.ContainsAny(text[dot:end], `"”’»`)
	}
	if r, size := decode(word, 0); size == len(word) && unicode.IsUpper(r) && r != 'I' {
		return true // an initial
	}
	if strings.Contains(word, ".") {
		// U.S, e.g, Pub.L and the like: single letters between periods.
		for part := range strings.SplitSeq(word, ".") {
			if len([]rune(part)) == 1 {
				return true
			}
		}
	}
	_, known := abbreviations[strings.ToLower(word)]
	return known
}

// abbreviations are words that are written with a period and go on: titles,
// months, reporters and the parts of citations. Those that often end a
// sentence too (etc, inc, co) are left out.
var abbreviations = func() map[string]struct{} {
	const list = `
mr mrs ms dr prof hon rev gen col lt sgt capt cmdr adm sen rep gov pres st jr sr
jan feb mar apr jun jul aug sept sep oct nov dec
no nos art arts sec secs cl para paras pt pts ch chs vol vols ed eds tit subsec app supp n nn p pp
u.s f f.2d f.3d f.4th s ct l pub stat cong const amend res doc fed reg cir exec rec sess
v vs cf eg ie viz al id see infra supra op cit et seq
sra sras srta dra dras lic gral cnel tte ud uds núm núms pág págs párr párrs fracc cfr ee uu
int'l int’l nat'l nat’l dep't dep’t gov't gov’t ass'n ass’n
`
	words := make(map[string]struct{})
	for word := range strings.FieldsSeq(list) {
		words[word] = struct{}{}
	}
	return words
}()
