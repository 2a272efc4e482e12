package authority

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// none is the offset that a reader returns where it read nothing.
const none = -1

// isSpace reports whether a rune separates words in a citation. Go's \s knows
// the ASCII ones only; typesetters put no-break and thin spaces after § and
// between the letters of an abbreviation.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r >= 0x2000 && r <= 0x200B || r == 0x2060 || r == 0xFEFF
}

// isDash reports whether a rune joins the ends of a range or the parts of a
// number: hyphens, the figure dash, the en dash and the minus sign. An em dash
// breaks a sentence and joins nothing.
func isDash(r rune) bool {
	return r == '-' || r >= 0x2010 && r <= 0x2013 || r == 0x2212
}

// isWord reports whether a rune can be within a word.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// lower is an ASCII letter in lower case; other bytes stay as they are.
func lower(c byte) byte {
	if isUpper(c) {
		return c | 0x20
	}
	return c
}

// text is what is read, with the readers of its small parts. They all take an
// offset and return the offset behind what they read, or none.
type text string

// at is the byte at an offset, 0 behind the end and before the start.
func (t text) at(i int) byte {
	if i < 0 || i >= len(t) {
		return 0
	}
	return t[i]
}

// space skips white space, and no blank line: a citation does not cross a
// paragraph. It never fails.
func (t text) space(i int) int {
	lines := 0
	for i < len(t) {
		c := t[i]
		if c == ' ' || c == '\t' {
			i++
			continue
		}
		if c == '\n' {
			if lines++; lines > 1 {
				return i
			}
			i++
			continue
		}
		if c != '\r' && c < utf8.RuneSelf {
			return i
		}
		r, n := utf8.DecodeRuneInString(string(t[i:]))
		if !isSpace(r) {
			return i
		}
		i += n
	}
	return i
}

// dash reads one dash, or the two hyphens of a typewriter.
func (t text) dash(i int) int {
	if i >= len(t) {
		return none
	}
	if t[i] == '-' {
		if t.at(i+1) == '-' {
			return i + 2
		}
		return i + 1
	}
	if t[i] < utf8.RuneSelf {
		return none
	}
	if r, n := utf8.DecodeRuneInString(string(t[i:])); isDash(r) {
		return i + n
	}
	return none
}

// ends reports whether a word or a number can end before an offset.
func (t text) ends(i int) bool {
	if i >= len(t) {
		return true
	}
	if t[i] < utf8.RuneSelf {
		return !isLetter(t[i]) && !isDigit(t[i])
	}
	r, _ := utf8.DecodeRuneInString(string(t[i:]))
	return !isWord(r)
}

// beforeSpace is the offset before the white space that a text ends in.
func (t text) beforeSpace() int {
	i := len(t)
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(string(t[:i]))
		if !isSpace(r) {
			break
		}
		i -= n
	}
	return i
}

// match reads a pattern in any case. In it a space stands for white space, a
// tilde for white space that may be missing, a period for one that may be
// missing, a hyphen for any dash and an apostrophe for either form. A tilde and
// a space stand for white space that only a period can replace. A pattern that
// ends in a letter matches whole words only.
func (t text) match(i int, pattern string) int {
	if i < 0 {
		return none
	}
	for p := 0; p < len(pattern); p++ {
		switch c := pattern[p]; c {
		case ' ':
			j := t.space(i)
			if j == i && p > 0 && pattern[p-1] == '~' && !isSpaceBefore(t, i) && t.at(i-1) != '.' {
				return none
			}
			if j == i && (p == 0 || pattern[p-1] != '~') {
				return none
			}
			i = j
		case '~':
			i = t.space(i)
		case '.':
			if t.at(i) == '.' {
				i++
			}
		case '-':
			if i = t.dash(i); i == none {
				return none
			}
		case '\'':
			switch {
			case t.at(i) == '\'':
				i++
			case strings.HasPrefix(string(t[i:]), "’"):
				i += len("’")
			default:
				return none
			}
		default:
			// Letters beyond ASCII and signs are matched byte by byte.
			if i >= len(t) || lower(t[i]) != c {
				return none
			}
			i++
		}
	}
	if isLetter(t.at(i-1)) && i < len(t) && !t.ends(i) && !isDigit(t[i]) {
		return none
	}
	return i
}

// isSpaceBefore reports whether white space ends at an offset.
func isSpaceBefore(t text, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(string(t[:i]))
	return isSpace(r)
}

// first reads the first pattern that matches.
func (t text) first(i int, patterns ...string) int {
	c := lower(t.at(i))
	for _, p := range patterns {
		if isLetter(p[0]) && p[0] != c {
			continue
		}
		if j := t.match(i, p); j != none {
			return j
		}
	}
	return none
}

// skip reads the first pattern that matches, and nothing where none does.
func (t text) skip(i int, patterns ...string) int {
	if j := t.first(i, patterns...); j != none {
		return j
	}
	return i
}

// maxDigits bounds a number that is read; none in a citation is longer.
const maxDigits = 7

// digits reads a whole number without a leading zero.
func (t text) digits(i int) (value, end int) {
	j := i
	for j >= 0 && j < len(t) && isDigit(t[j]) {
		if j-i >= maxDigits {
			return 0, none
		}
		value = value*10 + int(t[j]-'0')
		j++
	}
	if j == i || i < 0 || t[i] == '0' {
		return 0, none
	}
	return value, j
}

// grouped reads a whole number that may have commas between its thousands, as
// "14,157".
func (t text) grouped(i int) (value, end int) {
	value, end = t.digits(i)
	if end == none || end-i > 3 {
		return value, end
	}
	for t.at(end) == ',' && isDigit(t.at(end+1)) && isDigit(t.at(end+2)) && isDigit(t.at(end+3)) &&
		!isDigit(t.at(end+4)) && value < 10000 {
		value = value*1000 + int(t[end+1]-'0')*100 + int(t[end+2]-'0')*10 + int(t[end+3]-'0')
		end += 4
	}
	return value, end
}

// closes reports whether a number ends before an offset: not in a letter, and
// not in a decimal.
func (t text) closes(i int) bool {
	if !t.ends(i) {
		return false
	}
	c := t.at(i)
	return (c != '.' && c != ',') || !isDigit(t.at(i+1)) || c == ',' && !t.thousands(i)
}

// thousands reports whether a comma is followed by exactly three digits.
func (t text) thousands(i int) bool {
	return isDigit(t.at(i+1)) && isDigit(t.at(i+2)) && isDigit(t.at(i+3)) && !isDigit(t.at(i+4))
}

// roman reads a number in Roman numerals, in capitals or in small letters
// throughout, up to 399.
func (t text) roman(i int) (value, end int) {
	j := i
	for j < len(t) && strings.IndexByte("IVXLC", t[j]&^0x20) >= 0 && isLetter(t[j]) {
		j++
	}
	if j == i || j-i > 9 || !t.ends(j) {
		return 0, none
	}
	s := string(t[i:j])
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return 0, none
	}
	s = strings.ToUpper(s)
	previous := 0
	for k := len(s) - 1; k >= 0; k-- {
		n := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}[s[k]]
		if n < previous {
			value -= n
		} else {
			value, previous = value+n, n
		}
	}
	if romanOf(value) != s {
		return 0, none
	}
	return value, j
}

// romanOf prints a number in Roman capitals, from 1 to 399.
func romanOf(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

// small are the numbers that are one word, from 1.
func small() []string {
	return []string{
		"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	}
}

// tens are the words for 20, 30 and so on.
func tens() []string {
	return []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
}

// spelled reads a number in words, up to 199.
func (t text) spelled(i int) (value, end int) {
	for _, p := range []string{"one hundred", "a hundred"} {
		if j := t.match(i, p); j != none {
			k := t.skip(t.space(j), "and ")
			if n, e := t.spelled(t.space(k)); e != none && n < 100 {
				return 100 + n, e
			}
			return 100, j
		}
	}
	for n, w := range tens() {
		if j := t.match(i, w); j != none {
			k := t.dash(j)
			if k == none {
				k = t.space(j)
			}
			for u, w := range small()[:9] {
				if e := t.match(k, w); e != none && k > j {
					return (n+2)*10 + u + 1, e
				}
			}
			return (n + 2) * 10, j
		}
	}
	for n, w := range small() {
		if j := t.match(i, w); j != none {
			return n + 1, j
		}
	}
	return 0, none
}

// ordinals are the amendments' ordinals in words, from the first to the last.
func ordinals() []string {
	return []string{
		"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
		"eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
		"eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
		"twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh",
	}
}

// nth reads an ordinal in figures: 118th, 93d, 93rd, 92nd, 101st.
func (t text) nth(i int) (value, end int) {
	value, j := t.digits(i)
	if j == none {
		return 0, none
	}
	for _, suffix := range []string{"th", "st", "nd", "rd", "d"} {
		if e := t.match(j, suffix); e != none && t.ends(e) {
			return value, e
		}
	}
	return 0, none
}

// sections counts the section signs at an offset, "§§" or "§ §" being two.
func (t text) sections(i int) (count, end int) {
	end = i
	for strings.HasPrefix(string(t[min(i, len(t)):]), "§") {
		count++
		end = i + len("§")
		i = t.space(end)
	}
	return count, end
}
