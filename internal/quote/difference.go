package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
)

// Kind is a way in which a quotation differs from its source.
type Kind string

// What a quotation may have and still be exact. It is always named.
const (
	// Elision: Source is what the quotation's ellipsis stands for; empty at its
	// ends, or where nothing is left out.
	Elision Kind = "elision"
	// Bracket: Quote are the quoter's words; Source is what they stand for, if
	// anything.
	Bracket Kind = "bracket"
	// Marker: Source is a footnote marker that the quotation leaves out.
	Marker Kind = "marker"
	// Closing: Quote is a comma or period at the end that is not the source's.
	Closing Kind = "closing"
	// Reference: Quote is a citation behind the quotation, which was not
	// checked.
	Reference Kind = "reference"
)

// What makes a quotation altered.
const (
	// Number, Negation and Name are what a change of words comes to: a figure, a
	// word that denies or its prefix, a word with a capital letter.
	Number   Kind = "number"
	Negation Kind = "negation"
	Name     Kind = "name"
	// Word: other words; Added: words that the source does not have; Omitted:
	// words that only it has, with no ellipsis in their place.
	Word    Kind = "word"
	Added   Kind = "added"
	Omitted Kind = "omitted"
	// Case and Punctuation: nothing else differs there.
	Case        Kind = "case"
	Punctuation Kind = "punctuation"
	// Joined: Quote is of the passage that Passage names, and what is before it
	// of another.
	Joined Kind = "joined"
)

// Difference is one place at which a quotation differs from its source.
type Difference struct {
	Kind Kind
	// Quote and Source are what the two have there, each cut out of its text;
	// one of them may be empty.
	Quote, Source string
	// Passage is the passage that Source is of.
	Passage document.Ref
	// Start and End are the bytes of Source in that passage's text; both are
	// where it would stand where Source is empty, and 0 where that is unknown.
	Start, End int
}

// named lists what a match has to say of itself.
func named(text string, m *match, src []token, passage *document.Passage, ref document.Ref, aside []*element) []Difference {
	var list []Difference
	for _, s := range m.steps {
		d := Difference{Kind: Marker, Passage: ref}
		if s.from < s.to {
			d.Start, d.End = src[s.from].start, src[s.to-1].end
			d.Source = passage.Text[d.Start:d.End]
		} else if s.from > 0 {
			d.Start = src[s.from-1].end
			d.End = d.Start
		}
		if s.element != nil {
			d.Kind = Bracket
			if s.element.form == gap {
				d.Kind = Elision
			}
			d.Quote = s.element.text(text)
		}
		list = append(list, d)
	}
	for _, e := range aside {
		kind := Closing
		if e.form == gap {
			kind = Elision
		}
		list = append(list, Difference{Kind: kind, Quote: e.text(text), Passage: ref})
	}
	return list
}

// text is an element as the quotation has it.
func (e *element) text(quotation string) string {
	return quotation[e.tokens[0].start:e.tokens[len(e.tokens)-1].end]
}

// differences lists what an alignment changes, side by side places together.
func differences(text string, c *compared, ops []op, src []token, passage *document.Passage, ref document.Ref) []Difference {
	var list []Difference
	var quoted, source []token
	elided := false
	place := 0 // where the source was last read
	flush := func() {
		if len(quoted)+len(source) == 0 {
			return
		}
		d := Difference{Kind: kindOf(quoted, source), Passage: ref, Start: place, End: place}
		if elided {
			d.Kind, d.Quote = Elision, "…"
		}
		if len(quoted) > 0 {
			d.Quote = text[quoted[0].start:quoted[len(quoted)-1].end]
		}
		if len(source) > 0 {
			d.Start, d.End = source[0].start, source[len(source)-1].end
			d.Source = passage.Text[d.Start:d.End]
		}
		list = append(list, d)
		quoted, source, elided = nil, nil, false
	}
	first := 0
	for first < len(c.tokens)-1 && c.tokens[first].kind == sign {
		first++
	}
	for _, o := range ops {
		kept := o.action == keep && same(&c.tokens[o.q], &src[o.s], o.q == first)
		if kept || (o.action == elideIt) != elided {
			flush()
		}
		switch {
		case kept:
			place = src[o.s].end
			continue
		case o.action == elideIt:
			elided = true
		}
		if o.q >= 0 && !c.free[o.q] {
			quoted = append(quoted, c.tokens[o.q])
		}
		if o.s >= 0 {
			source = append(source, src[o.s])
		}
	}
	flush()
	return list
}

// cut lists the words that a quotation has in part, at its ends: "resident" of
// "non-resident".
func cut(text string, c *compared, ops []op, src []token, passage *document.Passage, ref document.Ref) []Difference {
	var list []Difference
	add := func(o op, from, to int) {
		list = append(list, Difference{
			Kind: kindOf(c.tokens[o.q:o.q+1], src[from:to+1]), Passage: ref,
			Quote: text[c.tokens[o.q].start:c.tokens[o.q].end], Source: passage.Text[src[from].start:src[to].end],
			Start: src[from].start, End: src[to].end,
		})
	}
	if o := ops[0]; o.action == keep && cutsBefore(src, o.s) {
		add(o, max(0, o.s-2), o.s)
	}
	if o := ops[len(ops)-1]; o.action == keep && cutsAfter(src, o.s) {
		add(o, o.s, min(o.s+2, len(src)-1))
	}
	return list
}

// kindOf says what a change comes to.
func kindOf(quoted, source []token) Kind {
	q, s := wordsOf(quoted), wordsOf(source)
	switch {
	case len(q)+len(s) == 0:
		return Punctuation
	case strings.EqualFold(strings.Join(q, " "), strings.Join(s, " ")):
		if strings.Join(q, " ") == strings.Join(s, " ") {
			return Punctuation
		}
		return Case
	case negations(q) != negations(s) || opposite(q, s):
		return Negation
	case len(s) == 0:
		return Added
	case len(q) == 0:
		return Omitted
	case strings.Join(figures(q), " ") != strings.Join(figures(s), " "):
		return Number
	case capital(q) && capital(s):
		return Name
	}
	return Word
}

func wordsOf(tokens []token) []string {
	var list []string
	for i := range tokens {
		if tokens[i].kind == word {
			list = append(list, tokens[i].text)
		}
	}
	return list
}

// figures are the numbers among words, in figures or written out.
func figures(list []string) []string {
	var found []string
	for _, w := range list {
		if isFigure(w) || isNumeral(w) {
			found = append(found, w)
		}
	}
	return found
}

// isNumeral reports whether a word is a number written out, English or Spanish.
func isNumeral(w string) bool {
	switch strings.ToLower(w) {
	case "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
		"fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
		"ninety", "hundred", "thousand", "million", "billion", "dozen", "half", "once", "twice",
		"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
		"dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "doce", "veinte", "cien", "mil":
		return true
	}
	return false
}

// negations counts the words that deny, English and Spanish.
func negations(list []string) int {
	n := 0
	for _, w := range list {
		switch w = strings.ToLower(w); w {
		case "not", "no", "non", "never", "nor", "neither", "none", "nobody", "nothing", "nowhere", "without", "cannot", "hardly", "unless",
			"nunca", "ni", "sin", "jamás", "tampoco", "ningún", "ninguna", "ninguno", "nada", "nadie":
			n++
		default:
			if strings.HasSuffix(w, "n't") {
				n++
			}
		}
	}
	return n
}

// opposite reports whether two lists of words differ by a prefix that denies,
// as legal and illegal do.
func opposite(q, s []string) bool {
	if len(q) != len(s) {
		return false
	}
	for i := range q {
		a, b := strings.ToLower(q[i]), strings.ToLower(s[i])
		for _, prefix := range []string{"il", "im", "in", "ir", "un", "non", "dis"} {
			if a == prefix+b || b == prefix+a {
				return true
			}
		}
	}
	return false
}

// capital reports whether all words of a list begin with a capital letter but
// those that join names.
func capital(list []string) bool {
	found := false
	for _, w := range list {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r):
			found = true
		case w == "of" || w == "the" || w == "and" || w == "de" || w == "la" || w == "del":
		default:
			return false
		}
	}
	return found
}
