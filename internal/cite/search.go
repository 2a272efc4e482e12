package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
)

// joint is a place in folded text where white space may stand or not, and a
// new block may begin: between a directive's prefix, start and suffix.
const joint = -1

// pattern is what a browser looks for, in one piece.
func pattern(prefix, start, suffix string) []rune {
	want := fold(start)
	if prefix != "" {
		want = append(append(fold(prefix), joint), want...)
	}
	if suffix != "" {
		want = append(append(want, joint), fold(suffix)...)
	}
	return want
}

// cursor is an offset in the document's title or a heading, or in a passage.
type cursor struct {
	doc     *document.Document
	passage int // position in doc.Passages; -1 for the title and headings
	text    string
	at      int
}

// unique reports whether a browser that looks for a directive's start finds it
// only once in the title, the headings and the passages. The pattern as a
// whole begins and ends at word boundaries.
//
// It looks for the pattern's rarest letter in each of its forms and compares
// around it, so that a book costs about a pass of strings.Index.
func unique(d *document.Document, want []rune) bool {
	pivot := rarest(want)
	forms := variants(want[pivot])
	found := 0
	in := func(passage int, text string) {
		for _, form := range forms {
			for from := 0; found < 2; {
				i := strings.Index(text[from:], form)
				if i < 0 {
					break
				}
				if differs(text, from+i-1, want, pivot-1) || differs(text, from+i+len(form), want, pivot+1) {
					from += i + len(form)
					continue
				}
				hit := cursor{doc: d, passage: passage, text: text, at: from + i}
				from += i + len(form)
				if start, ok := hit.backward(want[:pivot]); !ok || !boundary(start.text, start.at) {
					continue
				}
				if end, ok := hit.forward(want[pivot:]); ok && boundary(end.text, end.at) {
					found++
				}
			}
		}
	}
	in(-1, d.Title)
	section := ""
	for i := range d.Passages {
		p := &d.Passages[i]
		if p.Section != section {
			section = p.Section
			in(-1, section)
		}
		in(i, p.Text)
		if found > 1 {
			break
		}
	}
	return found == 1
}

// differs reports whether the letter beside a hit cannot be that of the
// pattern: a cheap test that spares most hits the comparison.
func differs(text string, i int, want []rune, k int) bool {
	if i < 0 || i >= len(text) || k < 0 || k >= len(want) {
		return false
	}
	return text[i] < utf8.RuneSelf && ' ' < want[k] && want[k] < utf8.RuneSelf && foldRune(rune(text[i])) != want[k]
}

// firstBounded is where folded text first occurs in text[from:] between word
// boundaries; -1 where it does not.
func firstBounded(text string, from int, want []rune) int {
	for i := range text[from:] {
		start := cursor{passage: -1, text: text, at: from + i}
		if end, ok := start.forward(want); ok && boundary(text, start.at) && boundary(text, end.at) {
			return start.at
		}
	}
	return -1
}

// boundary reports whether a browser may see a word boundary at an offset. It
// holds where it is in doubt: a place too many makes a fragment longer, one
// too few makes it wrong.
func boundary(text string, at int) bool {
	before, size := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text[:at], ignored))
	after, room := utf8.DecodeRuneInString(strings.TrimLeftFunc(text[at:], ignored))
	return size == 0 || room == 0 || !wordRune(before) || !wordRune(after) || unspaced(before) || unspaced(after)
}

// unspaced reports whether a character is of a script without spaces, whose
// words a browser finds in a dictionary.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
		unicode.Khmer, unicode.Myanmar)
}

// forward matches folded text from the cursor on and returns its end, the
// marks on its last letter included.
func (c cursor) forward(want []rune) (cursor, bool) {
	for _, w := range want {
		if w == ' ' || w == joint {
			end := len(c.text) - len(strings.TrimLeftFunc(c.text[c.at:], blank))
			if w == ' ' && strings.IndexFunc(c.text[c.at:end], unicode.IsSpace) < 0 {
				return c, false
			}
			c.at = end
			if w == joint && end == len(c.text) && c.passage >= 0 && c.passage+1 < len(c.doc.Passages) {
				c.passage++
				c.text, c.at = c.doc.Passages[c.passage].Text, 0
			}
			continue
		}
		c.at = len(c.text) - len(strings.TrimLeftFunc(c.text[c.at:], ignored))
		r, size := utf8.DecodeRuneInString(c.text[c.at:])
		if size == 0 || foldRune(r) != w {
			return c, false
		}
		c.at += size
	}
	c.at = len(c.text) - len(strings.TrimLeftFunc(c.text[c.at:], ignored))
	return c, true
}

// backward matches folded text that ends at the cursor and returns its start.
func (c cursor) backward(want []rune) (cursor, bool) {
	for i := len(want) - 1; i >= 0; i-- {
		w := want[i]
		if w == ' ' || w == joint {
			start := len(strings.TrimRightFunc(c.text[:c.at], blank))
			if w == ' ' && strings.IndexFunc(c.text[start:c.at], unicode.IsSpace) < 0 {
				return c, false
			}
			c.at = start
			if w == joint && start == 0 && c.passage > 0 {
				c.passage--
				c.text = c.doc.Passages[c.passage].Text
				c.at = len(c.text)
			}
			continue
		}
		c.at = len(strings.TrimRightFunc(c.text[:c.at], ignored))
		r, size := utf8.DecodeLastRuneInString(c.text[:c.at])
		if size == 0 || foldRune(r) != w {
			return c, false
		}
		c.at -= size
	}
	return c, true
}

// blank reports whether a character may stand between words.
func blank(r rune) bool { return unicode.IsSpace(r) || ignored(r) }
