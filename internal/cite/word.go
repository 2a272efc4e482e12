package cite

import (
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
)

// word is a word that a term of a fragment can begin or end with.
type word struct {
	// start and end are its letters and digits, with what joins them. A
	// browser sees word boundaries there.
	start, end int
	// left and right are the same with the punctuation around it, so that
	// between a word's right and the next one's left is only white space.
	left, right int
	// run numbers the stretches of text without a marker or line break.
	run int
}

// wordsOf parts a passage's text. Words that a marker is glued to are left
// out: on a page they may run on into its number.
func wordsOf(p *document.Passage) []word {
	var words []word
	run, from := 0, 0
	cut := func(to int, gluedLeft, gluedRight bool) {
		words = append(words, wordsIn(p.Text, from, to, run, gluedLeft, gluedRight)...)
		run++
	}
	marker := 0
	glued := false
	for i := 0; i < len(p.Text); {
		switch {
		case marker < len(p.Markers) && p.Markers[marker].Start == i:
			cut(i, glued, true)
			i = p.Markers[marker].End
			from, glued = i, true
			marker++
		case p.Text[i] == '\n':
			cut(i, glued, false)
			i++
			from, glued = i, false
		default:
			i++
		}
	}
	cut(len(p.Text), glued, false)
	return words
}

// wordsIn parts text[from:to], a run; glued says at which ends a marker is.
func wordsIn(text string, from, to, run int, gluedLeft, gluedRight bool) []word {
	var words []word
	loose := -1 // where punctuation stands that begins the run
	attach := func(begin, end int) {
		if len(words) > 0 {
			words[len(words)-1].right = end
		} else if loose < 0 {
			loose = begin
		}
	}
	for i := from; i < to; {
		begin, start, end, letters := i, -1, -1, false
		for i < to {
			r, size := utf8.DecodeRuneInString(text[i:to])
			if separates(r) {
				break
			}
			if wordRune(r) {
				if start < 0 {
					start = i
				}
				end = i + size
				letters = letters || unicode.IsLetter(r) || unicode.IsNumber(r)
			}
			i += size
		}
		switch {
		case letters && loose >= 0:
			words = append(words, word{start: start, end: end, left: loose, right: i, run: run})
			loose = -1
		case letters:
			words = append(words, word{start: start, end: end, left: begin, right: i, run: run})
		case begin < i:
			attach(begin, i) // a dash, a section sign
		}
		if i < to {
			r, size := utf8.DecodeRuneInString(text[i:to])
			if !unicode.IsSpace(r) {
				attach(i, i+size)
			}
			i += size
		}
	}
	return unglue(text, words, from, to, gluedLeft, gluedRight)
}

// unglue drops the words at the ends of a run that a marker's number could
// lengthen: those that touch it, and numbers with only a period or comma
// between, which would read as "2025.1".
func unglue(text string, words []word, from, to int, gluedLeft, gluedRight bool) []word {
	if n := len(words); n > 0 && gluedRight && words[n-1].right == to {
		r, _ := utf8.DecodeLastRuneInString(text[:words[n-1].end])
		if words[n-1].end == to || unicode.IsDigit(r) {
			words = words[:n-1]
		}
	}
	if len(words) > 0 && gluedLeft && words[0].left == from {
		r, _ := utf8.DecodeRuneInString(text[words[0].start:])
		if words[0].start == from || unicode.IsDigit(r) {
			words = words[1:]
		}
	}
	return words
}

// separates reports whether a character parts words: white space, and the
// punctuation of Chinese and Japanese, which stand without it.
func separates(r rune) bool {
	return unicode.IsSpace(r) || (r >= 0x3001 && r <= 0x303F && unicode.IsPunct(r)) ||
		(r >= 0xFF01 && r <= 0xFF0F) || r == 0xFF1A || r == 0xFF1B || r == 0xFF1F
}

// wordRune reports whether a character belongs to a word wherever it stands:
// letters, digits, the marks on them, joiners, and the underscore.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) ||
		unicode.Is(unicode.Cf, r) || r == '_'
}
