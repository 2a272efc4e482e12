package answer

import (
	"context"
	"slices"
	"unicode"
	"unicode/utf8"

	"pincite/internal/index"
	"pincite/internal/words"
)

// compoundWeight is the weight of a compound in its other spellings: air strike
// for airstrike, MS-13 for ms13.
const compoundWeight = 0.95

// shortestHalf is the length in bytes of the shortest half that a word without
// figures is parted into.
const shortestHalf = 3

// join finds, for two words of the question on end, the one that they make
// together where the corpus has that.
func (q *question) join(ctx context.Context, view *index.View, a *words.Analyzer) error {
	for _, pair := range q.pairs {
		first, second := &q.terms[pair.First], &q.terms[pair.Second]
		if first.idiom || second.idiom {
			continue
		}
		stem := a.Stem(first.word + second.word)
		n, err := view.Frequency(ctx, stem)
		if err != nil {
			return err
		}
		if n > 0 {
			together := index.Alternative{Stem: stem, Weight: compoundWeight}
			first.compounds = append(first.compounds, together)
			second.compounds = append(second.compounds, together)
		}
	}
	return nil
}

// part finds two words of the corpus that make the term's, which it lacks: one
// of letters and one of figures, or two of letters, of all such pairs the one
// with the longest shorter half.
func (t *term) part(ctx context.Context, view *index.View, a *words.Analyzer) error {
	longest := 0
	var parted []index.Alternative
	for at, r := range t.word {
		if at == 0 {
			continue
		}
		first, second := t.word[:at], t.word[at:]
		half := min(len(first), len(second))
		last, _ := utf8.DecodeLastRuneInString(first)
		if figures := unicode.IsDigit(r) != unicode.IsDigit(last); (!figures && half < shortestHalf) || half <= longest {
			continue
		}
		both := true
		stems := []string{a.Stem(first), a.Stem(second)}
		for _, stem := range stems {
			n, err := view.Frequency(ctx, stem)
			if err != nil {
				return err
			}
			both = both && n > 0
		}
		if both && !slices.Contains(stems, t.stem) {
			longest = half
			parted = []index.Alternative{{Stem: stems[0], More: stems[1:], Weight: compoundWeight}}
		}
	}
	t.compounds = append(t.compounds, parted...)
	return nil
}
