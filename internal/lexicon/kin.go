package lexicon

import (
	"slices"
	"strings"
)

// Bounds of the kin of a word: it was written for another word, and so counts
// for less, and it is many.
const (
	kinWeight = 0.6
	leastKin  = 0.2
	maxKin    = 32
)

// Kin are the English words that are as near to a word as the lexicon can tell
// without an entry for the two: those that expand into it ("strike" is kin to
// "bomb", where an entry says "bomb => strike"), and those that expand into what
// it expands into ("bomb" and "blast", where both do into "explosion"). stem is
// the word's own, empty for a phrase, and terms are those that it expands into. A
// text may well use one everyday word where the question has another.
//
// Kin are by falling weight, then in the order of their letters, at most 32,
// without the word itself and without terms. A weight is 0.6 of that of the way, or
// of the product of both ways, and at least 0.2.
func (l *Lexicon) Kin(stem string, terms []Term) []Term {
	if l.noKin {
		return nil
	}
	var kin []Term
	add := func(to string, factor float64) {
		for _, t := range l.leadingTo(to) {
			word := t.Stems[0]
			known := func(o Term) bool { return len(o.Stems) == 1 && o.Stems[0] == word }
			if w := kinWeight * factor * t.Weight; w >= leastKin && word != stem && !slices.ContainsFunc(terms, known) {
				kin = append(kin, Term{Stems: t.Stems, Weight: w})
			}
		}
	}
	if stem != "" {
		add(stem, 1)
	}
	for _, t := range terms {
		if len(t.Stems) == 1 {
			add(t.Stems[0], t.Weight)
		}
	}
	kin = strongest(kin)
	return kin[:min(len(kin), maxKin)]
}

// leadingTo are the words that expand into a stem. What a layer has for a word
// holds, whatever those below have.
func (l *Lexicon) leadingTo(stem string) []Term {
	var all []Term
	for i, layer := range l.layers {
		line, found, _ := layer.find([]byte(kinPrefix + stem))
		if !found {
			continue
		}
		for _, t := range appendTerms(nil, line) {
			key := []byte("e:" + strings.Join(t.Stems, " "))
			if !slices.ContainsFunc(l.layers[:i], func(above table) bool { _, has, _ := above.find(key); return has }) {
				all = append(all, t)
			}
		}
	}
	return all
}
