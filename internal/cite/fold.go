package cite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold is a term as it is compared: without accents, marks and invisible
// characters, in one case, each stretch of white space one space.
func fold(s string) []rune {
	folded := make([]rune, 0, len(s))
	for _, r := range s {
		switch {
		case ignored(r):
		case !unicode.IsSpace(r):
			folded = append(folded, foldRune(r))
		case len(folded) == 0 || folded[len(folded)-1] != ' ':
			folded = append(folded, ' ')
		}
	}
	return folded
}

// ignored reports whether comparison passes over a character: combining
// marks, soft hyphens, joiners.
func ignored(r rune) bool {
	return r >= 0x80 && (unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r))
}

// foldRune maps the characters that a browser may take for one another to one
// of them. White space is not its matter.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	switch r {
	case '‘', '’', '‚', '‛', '′':
		return '\''
	case '“', '”', '„', '‟', '″':
		return '"'
	case '‐', '‑':
		return '-'
	}
	// The least of the runes that differ in case alone; ASCII, if among them.
	least := r
	for c := unicode.SimpleFold(r); c != r; c = unicode.SimpleFold(c) {
		least = min(least, c)
	}
	if least < utf8.RuneSelf {
		return foldRune(least)
	}
	return unaccent(least)
}

// unaccent takes the accent off a letter of Latin-1 or Latin Extended-A in the
// case of lesser value, which is upper case but for ÿ.
func unaccent(r rune) rune {
	switch r {
	case 'À', 'Á', 'Â', 'Ã', 'Ä', 'Å', 'Ā', 'Ă', 'Ą':
		return 'a'
	case 'Ç', 'Ć', 'Ĉ', 'Ċ', 'Č':
		return 'c'
	case 'Ď', 'Đ':
		return 'd'
	case 'È', 'É', 'Ê', 'Ë', 'Ē', 'Ĕ', 'Ė', 'Ę', 'Ě':
		return 'e'
	case 'Ĝ', 'Ğ', 'Ġ', 'Ģ':
		return 'g'
	case 'Ĥ', 'Ħ':
		return 'h'
	case 'Ì', 'Í', 'Î', 'Ï', 'Ĩ', 'Ī', 'Ĭ', 'Į', 'İ', 'ı':
		return 'i'
	case 'Ĵ':
		return 'j'
	case 'Ķ':
		return 'k'
	case 'Ĺ', 'Ļ', 'Ľ', 'Ŀ', 'Ł':
		return 'l'
	case 'Ñ', 'Ń', 'Ņ', 'Ň':
		return 'n'
	case 'Ò', 'Ó', 'Ô', 'Õ', 'Ö', 'Ø', 'Ō', 'Ŏ', 'Ő':
		return 'o'
	case 'Ŕ', 'Ŗ', 'Ř':
		return 'r'
	case 'Ś', 'Ŝ', 'Ş', 'Š':
		return 's'
	case 'Ţ', 'Ť', 'Ŧ':
		return 't'
	case 'Ù', 'Ú', 'Û', 'Ü', 'Ũ', 'Ū', 'Ŭ', 'Ů', 'Ű', 'Ų':
		return 'u'
	case 'Ŵ':
		return 'w'
	case 'Ý', 'Ŷ', 'ÿ':
		return 'y'
	case 'Ź', 'Ż', 'Ž':
		return 'z'
	}
	return r
}

// variants lists the characters that fold to r.
func variants(r rune) []string {
	forms := []string{string(r)}
	add := func(c rune) {
		for o := unicode.SimpleFold(c); o != c; o = unicode.SimpleFold(o) {
			if s := string(o); !slices.Contains(forms, s) {
				forms = append(forms, s)
			}
		}
		if s := string(c); !slices.Contains(forms, s) {
			forms = append(forms, s)
		}
	}
	add(r)
	for c := rune(0xC0); c <= 0x17F; c++ {
		if foldRune(c) == r {
			add(c)
		}
	}
	return forms
}

// rarest picks the letter or digit of a folded term that a search goes by:
// one with few forms that is rare in European languages, else any.
func rarest(term []rune) int {
	const order = "qxvbpfm0123456789zjkwyghdlcrsntuoiae"
	best, rank := 0, len(order)+1
	for i, r := range term {
		at := strings.IndexRune(order, r)
		if at < 0 {
			if !wordRune(r) {
				continue
			}
			at = len(order) // of another script
		}
		if at < rank {
			best, rank = i, at
		}
	}
	return best
}
