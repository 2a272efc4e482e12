package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes a text in lower case without accents and compatibility forms
// (ligatures, full-width letters). Offsets do not survive it.
func Fold(s string) string {
	if isLowerASCII(s) {
		return s
	}
	s = strings.ToLower(s)
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == '’':
			b.WriteByte('\'')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isLowerASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || (s[i] >= 'A' && s[i] <= 'Z') {
			return false
		}
	}
	return true
}

// normal is a word as it is compared: folded, without the possessive ending,
// the apostrophes of contractions, the commas of 14,157 and the periods of an
// acronym. acronym is true for U.S. and for US, which are not the pronoun.
func normal(raw string) (word string, acronym bool) {
	word = Fold(raw)
	if word == "" { // combining marks with no letter
		return "", false
	}
	if isDigit(rune(word[0])) {
		return strings.ReplaceAll(word, ",", ""), false
	}
	if strings.Contains(word, ".") {
		return strings.ReplaceAll(word, ".", ""), true
	}
	if strings.Contains(word, "'") {
		word = strings.TrimSuffix(word, "'s")
		word = strings.ReplaceAll(word, "'", "")
	}
	return word, len(raw) > 1 && isUpperASCII(raw)
}

func isUpperASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}
