package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is what looks like a marker in a text.
type mark struct {
	start, end int
	label      string // without brackets; superscripts as plain digits
	// style is that of the mark: bracketed, raised, symbolic, or bare for
	// plain digits behind punctuation.
	style    noteStyle
	attached bool // nothing stands between it and the text before
}

// numeric reports whether the label is a number.
func (m mark) numeric() bool { return m.label[0] >= '0' && m.label[0] <= '9' }

// marksIn finds what looks like markers, in order. The beginning of a text is
// no place for one: there it is a label. Nor is a bracketed number a marker
// where it pinpoints a paragraph of a judgment ("at [34]", "UKSC 5, [34]",
// "[34]–[36]"), or a letter that was put into a quotation ("[i]t").
func marksIn(s string, into []mark) []mark {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '[':
			m, ok := bracketAt(s, i)
			if ok && i > 0 {
				into = append(into, m)
			}
			if ok {
				i = m.end
				continue
			}
		case c == 0xc2 || c == 0xe2:
			r, n := utf8.DecodeRuneInString(s[i:])
			if superscript(r) >= 0 {
				label, end := superscripts(s[i:])
				if i > 0 && !isPower(s[:i]) {
					into = append(into, mark{i, i + end, label, raised, true})
				}
				i += end
				continue
			}
			if r == '†' || r == '‡' {
				into, i = symbolAt(s, i, r, into)
				continue
			}
			i += n
			continue
		case c == '*':
			into, i = symbolAt(s, i, '*', into)
			continue
		case c >= '1' && c <= '9' && i > 0 && !isDigit(s[i-1]):
			end := i
			for end < len(s) && isDigit(s[end]) {
				end++
			}
			if end-i <= 3 && behindPunctuation(s[:i]) && (end == len(s) || s[end] == ' ') && certainBare(s, i, end) {
				into = append(into, mark{i, end, s[i:end], bare, true})
			}
			i = end
			continue
		}
		i++
	}
	return into
}

// surroundings bounds how far back from a mark its surroundings are looked at, in
// bytes: the time for a text must not grow with the square of its length.
const surroundings = 48

// lastWord is the word that s ends in, as far as it matters.
func lastWord(s string) string {
	s = s[max(0, len(s)-surroundings):]
	return s[strings.LastIndexByte(s, ' ')+1:]
}

// bracketAt reads "[label]" at s[i]. The mark is empty where it is no marker
// but something else in brackets of that form.
func bracketAt(s string, i int) (mark, bool) {
	length := strings.IndexByte(s[i:min(len(s), i+12)], ']')
	if length < 0 || !isLabel(s[i+1:i+length]) {
		return mark{}, false
	}
	m := mark{start: i, end: i + length + 1, label: s[i+1 : i+length], style: bracketed, attached: i > 0 && s[i-1] != ' '}
	if !m.numeric() {
		r, _ := utf8.DecodeRuneInString(s[m.end:])
		return m, !unicode.IsLetter(r)
	}
	before := s[:i]
	if m.attached {
		return m, !strings.HasSuffix(before, "-") && !strings.HasSuffix(before, "–") && !strings.HasSuffix(before, "(")
	}
	before = strings.TrimRight(before[max(0, len(before)-surroundings):], " ")
	if digits, ok := strings.CutSuffix(before, ","); ok && digits != "" && isDigit(digits[len(digits)-1]) {
		return m, false
	}
	word := lastWord(before)
	// "UKSC 41 [34]", but not "in 1984 [3]"
	if word != "" && len(word) != 4 && strings.Trim(word, "0123456789") == "" {
		return m, false
	}
	switch strings.ToLower(strings.TrimLeft(word, "(")) {
	case "at", "para", "para.", "paras", "paras.", "paragraph", "paragraphs", "¶", "¶¶", "from", "to", "–", "-":
		return m, false
	}
	return m, true
}

// symbolAt reads a run of one sign at s[i]: a marker where it is attached to
// what stands before and a space or punctuation follows.
func symbolAt(s string, i int, sign rune, into []mark) ([]mark, int) {
	end := i + len(s[i:]) - len(strings.TrimLeft(s[i:], string(sign)))
	runes := (end - i) / utf8.RuneLen(sign)
	if i > 0 && s[i-1] != ' ' && runes <= 3 && (end == len(s) || strings.IndexByte(" .,;:!?)", s[end]) >= 0) {
		into = append(into, mark{i, end, s[i:end], symbolic, true})
	}
	return into, end
}

// isPower reports whether superscript digits after s are an exponent or do
// not touch a word: after a space, a digit, or a unit of length.
func isPower(s string) bool {
	last := s[len(s)-1]
	if last == ' ' || isDigit(last) {
		return true
	}
	switch lastWord(s) {
	case "m", "km", "cm", "mm", "mi", "ft", "yd", "in":
		return true
	}
	return false
}

// behindPunctuation reports whether s ends in punctuation that closes, as a
// sentence's end or a quotation's does, and not in a number's point.
func behindPunctuation(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune(".,;:!?”’\"')", r) {
		return false
	}
	bare := strings.TrimRight(s[max(0, len(s)-surroundings):], ".,;:!?”’\"')")
	return bare != "" && !isDigit(bare[len(bare)-1]) && !strings.HasSuffix(bare, " ")
}

// certainBare reports whether plain digits at s[i:end] can be a marker alone:
// not the number after an abbreviation ("No.1", "art.5"), and after a full
// stop only where the text ends or a new sentence begins.
func certainBare(s string, i, end int) bool {
	if s[i-1] != '.' {
		return s[i-1] != ':'
	}
	if word := strings.TrimLeft(lastWord(s[:i-1]), "(["); abbreviations[strings.ToLower(word)] {
		return false
	}
	rest := strings.TrimLeft(s[end:min(len(s), end+surroundings)], " ")
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsUpper(r) || strings.ContainsRune("“\"‘", r)
}

// abbreviations are those that a number follows.
var abbreviations = map[string]bool{
	"no": true, "nos": true, "art": true, "arts": true, "sec": true, "s": true, "ss": true, "para": true, "p": true, "pp": true,
	"vol": true, "v": true, "ch": true, "cl": true, "fig": true, "figs": true, "pt": true, "app": true, "ex": true, "n": true,
	"nn": true, "fn": true, "r": true, "reg": true, "rev": true, "ver": true, "col": true,
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// callsIn finds for each label the first line that seems to call it.
func callsIn(lines []line) map[string]int {
	calls := map[string]int{}
	var marks []mark
	for i := range lines {
		marks = marksIn(lines[i].text, marks[:0])
		for _, m := range marks {
			if _, ok := calls[m.label]; !ok {
				calls[m.label] = i
			}
		}
	}
	return calls
}

// stripCall takes a marker off the end of a heading.
func stripCall(s string) (bare, label string) {
	if s == "" || !strings.ContainsRune("]*†‡", lastRune(s)) && superscript(lastRune(s)) < 0 {
		return s, ""
	}
	marks := marksIn(s, nil)
	if len(marks) == 0 || marks[len(marks)-1].end != len(s) {
		return s, ""
	}
	m := marks[len(marks)-1]
	return strings.TrimRight(s[:m.start], " "), m.label
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
