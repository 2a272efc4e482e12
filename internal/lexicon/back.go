package lexicon

import (
	"cmp"
	"slices"
	"strings"

	"pincite/internal/words"
)

// Bounds of the way back, from English to Spanish: an entry was written for the
// other way, so that its weight counts for less, and an English word stands on
// the right of many.
const (
	backWeight = 0.7
	maxBack    = 6
)

// InSpanish is what Spanish texts may have for a word of an English question,
// given its English stem: the Spanish words whose entries name it, by falling
// weight, at most six. Entries of phrases are left aside. The first call reads
// the whole lexicon, which takes some milliseconds.
func (l *Lexicon) InSpanish(stem string) []Term {
	return l.back()[stem]
}

// readBack reads the Spanish words of all layers. For a word that two layers
// have, that of the first holds.
func (l *Lexicon) readBack() map[string][]Term {
	const single = "w:"
	back, done := make(map[string][]Term), make(map[string]bool)
	for _, layer := range l.layers {
		rest := string(layer[layer.lowerBound(single):])
		for line := range strings.Lines(rest) {
			key, terms, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			word, isWord := strings.CutPrefix(key, single)
			if !isWord {
				break
			}
			if !ok || done[word] {
				continue
			}
			done[word] = true
			for _, t := range appendTerms(nil, terms) {
				if len(t.Stems) == 1 {
					back[t.Stems[0]] = appendBack(back[t.Stems[0]], words.SpanishStem(word), t.Weight*backWeight)
				}
			}
		}
	}
	for stem, terms := range back {
		slices.SortFunc(terms, func(a, b Term) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Stems[0], b.Stems[0]))
		})
		back[stem] = terms[:min(len(terms), maxBack)]
	}
	return back
}

// appendBack adds a stem, or raises its weight where it is there.
func appendBack(terms []Term, stem string, weight float64) []Term {
	for i := range terms {
		if terms[i].Stems[0] == stem {
			terms[i].Weight = max(terms[i].Weight, weight)
			return terms
		}
	}
	return append(terms, Term{Stems: []string{stem}, Weight: weight})
}
