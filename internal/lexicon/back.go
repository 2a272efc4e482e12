package lexicon

import (
	"cmp"
	"slices"
	"strings"

	"pincite/internal/words"
)

// Bounds of the way back, from English to Spanish: an entry was written for the
// other way, so that its weight counts for less, and an English word stands on
// the right of many. A way over an English word that the question has not is
// long, and so it has to be a sure one.
const (
	backWeight = 0.9
	maxBack    = 8
	leastBack  = 0.3
	// maxBackWords is how many words an English phrase has that is looked up.
	maxBackWords = 4
)

// InSpanish is what Spanish texts may have for the words of an English question,
// each with the words and phrases whose Spanish entries name it, by falling
// weight, at most eight: for a word, for words on end that an entry names as one
// ("sick leave"), and, over what [Lexicon.Expand] finds in English, for the terms
// of art that stand for them ("boss": employer, and so patrón). Function words
// within a phrase count for nothing.
//
// Expansions are ordered by First, then the longer first; for the same words
// there is one. Their terms may be those of several ways; the weight of a way
// over an English term is the product of both. The first call reads the whole
// lexicon, which takes some milliseconds.
func (l *Lexicon) InSpanish(tokens []words.Token) []Expansion {
	back := l.back()
	var found []Expansion
	add := func(first, count int, terms []Term, factor float64) {
		i := slices.IndexFunc(found, func(e Expansion) bool { return e.First == first && e.Count == count })
		if i < 0 {
			i, found = len(found), append(found, Expansion{First: first, Count: count, Language: Spanish})
		}
		for _, t := range terms {
			if w := t.Weight * factor; w >= leastBack {
				found[i].Terms = append(found[i].Terms, Term{Stems: t.Stems, Weight: w})
			}
		}
	}
	for first := range tokens {
		key := ""
		for last, count := first, 0; last < len(tokens) && count < maxBackWords; last++ {
			if tokens[last].Stop {
				if last == first {
					break
				}
				continue
			}
			key, count = strings.TrimPrefix(key+" "+tokens[last].Stem, " "), count+1
			if terms := back[key]; len(terms) > 0 {
				add(first, last-first+1, terms, 1)
			}
		}
	}
	for _, e := range l.appendEnglish(nil, tokens, nil) {
		for _, t := range e.Terms {
			add(e.First, e.Count, back[strings.Join(t.Stems, " ")], t.Weight)
		}
	}
	found = slices.DeleteFunc(found, func(e Expansion) bool { return len(e.Terms) == 0 })
	for i := range found {
		found[i].Terms = strongest(found[i].Terms)
		found[i].Terms = found[i].Terms[:min(len(found[i].Terms), maxBack)]
	}
	slices.SortFunc(found, func(a, b Expansion) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Count, a.Count))
	})
	return found
}

// readBack reads the Spanish words and phrases of all layers by the stems of the
// English terms that they have. For what two layers have that of the first holds.
func (l *Lexicon) readBack() map[string][]Term {
	back, done := make(map[string][]Term), make(map[string]bool)
	for _, layer := range l.layers {
		for _, prefix := range []string{"s:", "w:"} {
			rest := string(layer[layer.lowerBound(prefix):])
			for line := range strings.Lines(rest) {
				key, terms, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
				if !strings.HasPrefix(key, prefix) {
					break
				}
				stems := spanishStems(key)
				if !ok || done[key] || len(stems) == 0 {
					continue
				}
				done[key] = true
				for _, t := range appendTerms(nil, terms) {
					english := strings.Join(t.Stems, " ")
					back[english] = append(back[english], Term{Stems: stems, Weight: t.Weight * backWeight})
				}
			}
		}
	}
	for english, terms := range back {
		terms = strongest(terms)
		back[english] = terms[:min(len(terms), maxBack)]
	}
	return back
}

// spanishStems are the stems of a Spanish key, function words left out: those of
// a phrase, or of the word of a key "w:word". A key of a single stem gives none,
// since its words have keys of their own.
func spanishStems(key string) []string {
	if word, ok := strings.CutPrefix(key, "w:"); ok {
		return []string{words.SpanishStem(word)}
	}
	stems := strings.Fields(strings.TrimPrefix(key, "s:"))
	if len(stems) < 2 {
		return nil
	}
	return slices.DeleteFunc(stems, words.SpanishStop)
}
