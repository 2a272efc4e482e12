package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// element is a part of a quotation, and what may stand for it in the source.
type element struct {
	form form
	// tokens are its own, of the quotation. A bracket's include the letters
	// that it is set into, as in prevent[ed].
	tokens []token
	// before and after are those letters; empty where there are none.
	before, after string
	// inside are the tokens between the brackets.
	inside []token
}

type form uint8

const (
	literal form = iota // stands there as it is
	gap                 // an ellipsis: the source's own, or any words of it
	bracket             // the quoter's words for some of the source, or for none
)

// maxBracketTokens bounds what is read as one bracket, and maxBracketed the
// source's words that one may stand for: a name for a pronoun, or a pronoun for
// a long name.
const (
	maxBracketTokens = 40
	maxBracketed     = 12
)

// parse reads the tokens of a quotation as a pattern.
func parse(tokens []token) []element {
	var pattern []element
	for i := 0; i < len(tokens); i++ {
		t := &tokens[i]
		if t.kind == dots {
			pattern = append(pattern, element{form: gap, tokens: tokens[i : i+1]})
			continue
		}
		end := closing(tokens, i)
		if end < 0 {
			pattern = append(pattern, element{form: literal, tokens: tokens[i : i+1]})
			continue
		}
		inside := tokens[i+1 : end]
		if len(inside) == 1 && inside[0].kind == dots {
			pattern = append(pattern, element{form: gap, tokens: tokens[i : end+1]})
			i = end
			continue
		}
		if t.text == "(" { // an ordinary parenthesis
			pattern = append(pattern, element{form: literal, tokens: tokens[i : i+1]})
			continue
		}
		e := element{form: bracket, tokens: tokens[i : end+1], inside: inside}
		from := i
		if last := len(pattern) - 1; last >= 0 && !t.spaced && pattern[last].form == literal && tokens[i-1].kind == word && !isNumber(inside) {
			e.before, from = tokens[i-1].text, i-1
			pattern = pattern[:last]
		}
		if end+1 < len(tokens) && tokens[end+1].kind == word && !tokens[end+1].spaced && !isNumber(inside) {
			end++
			e.after = tokens[end].text
		}
		e.tokens = tokens[from : end+1]
		pattern = append(pattern, e)
		i = end
	}
	return pattern
}

// closing is where the bracket that opens at i closes; -1 where none opens
// there, or it does not close. A round one matters only around an ellipsis.
func closing(tokens []token, i int) int {
	open := &tokens[i]
	if open.kind != sign || (open.text != "[" && open.text != "(") {
		return -1
	}
	want := "]"
	if open.text == "(" {
		want = ")"
		if i+2 >= len(tokens) || tokens[i+1].kind != dots || tokens[i+2].text != want {
			return -1
		}
	}
	for j := i + 1; j < len(tokens) && j-i <= maxBracketTokens; j++ {
		if tokens[j].kind == sign && tokens[j].text == want {
			return j
		}
		if tokens[j].kind == sign && tokens[j].text == "[" {
			return -1
		}
	}
	return -1
}

// isNumber reports whether the tokens between brackets are a marker's.
func isNumber(inside []token) bool {
	return len(inside) == 1 && inside[0].kind == word && len(inside[0].text) <= maxBareMarker && isFigure(inside[0].text)
}

// marker is the label of the footnote marker that an element may be.
func (e *element) marker() (string, bool) {
	switch {
	case e.form == literal && (e.tokens[0].kind == note || (!e.tokens[0].spaced && isNumber(e.tokens))):
		return e.tokens[0].text, true
	case e.form == bracket && isNumber(e.inside):
		return e.inside[0].text, true
	}
	return "", false
}

// fitsInto reports whether the letters around a bracket are those of a word.
// Where the bracket holds one letter, only its case differs, as in [T]he.
func (e *element) fitsInto(source string) bool {
	rest, ok := strings.CutPrefix(source, e.before)
	if !ok {
		return false
	}
	if rest, ok = strings.CutSuffix(rest, e.after); !ok {
		return false
	}
	if e.before == "" && len(e.inside) == 1 && utf8.RuneCountInString(e.inside[0].text) == 1 {
		r, _ := utf8.DecodeRuneInString(e.inside[0].text)
		s, n := utf8.DecodeRuneInString(rest)
		return n == len(rest) && unicode.ToLower(r) == unicode.ToLower(s)
	}
	return true
}

// marks counts the ellipses and brackets of a pattern.
func marks(pattern []element) int {
	n := 0
	for i := range pattern {
		if pattern[i].form != literal {
			n++
		}
	}
	return n
}

// phrases are the stretches of a pattern that its source must have word for
// word, for the index. What may be a footnote's marker ends one.
func phrases(pattern []element) []string {
	var list []string
	var b strings.Builder
	for i := 0; i <= len(pattern); i++ {
		if i < len(pattern) && pattern[i].form == literal && pattern[i].tokens[0].kind != note {
			if _, calls := pattern[i].marker(); !calls {
				if pattern[i].tokens[0].kind == word {
					b.WriteString(pattern[i].tokens[0].text)
					b.WriteByte(' ')
				}
				continue
			}
		}
		if b.Len() > 0 {
			list = append(list, b.String())
			b.Reset()
		}
	}
	return list
}

// leastWords is how many words a quotation with an ellipsis or a bracket must
// have of the source's own: two words around a gap are in every text. It must
// also have more of them than pieces between ellipses, since single words
// around gaps are no quotation, and as many as stand in brackets.
const leastWords = 3

// substantial reports whether a pattern has enough of its own words.
func substantial(pattern []element) bool {
	own, others, pieces, marked := 0, 0, 1, false
	for i := range pattern {
		e := &pattern[i]
		_, calls := e.marker()
		switch {
		case e.form == literal && e.tokens[0].kind == word:
			own++
		case e.form == bracket && !calls:
			marked = true
			for j := range e.inside {
				if e.inside[j].kind == word {
					others++
				}
			}
		case e.form == gap && i > 0 && i < len(pattern)-1:
			marked = true
			pieces++
		}
	}
	return own > 0 && (!marked || (own >= leastWords && own > pieces && own >= others))
}

// trimmed is a pattern without some of what surrounds it.
type trimmed struct {
	pattern []element
	// aside are the elements that were taken off and have to be named.
	aside []*element
	// stop is set where a final comma or period was taken off.
	stop bool
}

// maxTrimmed is how many elements may be taken off the end: such as .'" …
const maxTrimmed = 4

// trims lists the ways to read a quotation without the marks that surround it,
// that with the most left first. Quotation marks at its ends are those that it
// was typed in. A comma or a period before them is where American usage puts
// one that belongs to the sentence around the quotation. An ellipsis there says
// only that the source goes on.
func trims(pattern []element) []trimmed {
	var list []trimmed
	begin := trimmed{pattern: pattern}
	begins := []trimmed{begin}
	for len(begin.pattern) > 0 && (begin.pattern[0].is(`"`) || begin.pattern[0].form == gap) {
		if begin.pattern[0].form == gap {
			begin.aside = []*element{&begin.pattern[0]}
		}
		begin.pattern = begin.pattern[1:]
		begins = append(begins, begin)
	}
	for range maxTrimmed + 1 {
		list = append(list, begins...)
		var next []trimmed
		for _, t := range begins {
			if len(t.pattern) == 0 {
				continue
			}
			last := &t.pattern[len(t.pattern)-1]
			stop := last.is(",") || last.is(".")
			if !last.is(`"`) && last.form != gap && (!stop || t.stop) {
				continue
			}
			// Behind the closing mark it is no part of the quotation.
			outside := stop && len(t.pattern) > 1 && pattern[0].is(`"`) && t.pattern[len(t.pattern)-2].is(`"`)
			if !last.is(`"`) && !outside {
				t.aside = append(slices.Clone(t.aside), last)
			}
			t.stop = t.stop || (stop && !outside)
			t.pattern = t.pattern[:len(t.pattern)-1]
			next = append(next, t)
		}
		begins = next
	}
	return list
}

// is reports whether an element is a sign.
func (e *element) is(text string) bool {
	return e.form == literal && e.tokens[0].kind == sign && e.tokens[0].text == text
}
