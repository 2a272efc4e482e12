package answer

import (
	"pincite/internal/index"
	"pincite/internal/words"
)

// repeats is the share of common words from which one piece of evidence says
// the same as another (Jaccard index of the sets of content stems).
const repeats = 0.8

// list makes the answer's passages of the hits: each with its evidence and its
// notes, without those whose evidence repeats that of a better one.
func (a *Answerer) list(q *question, hits *index.Hits, limit int) []Passage {
	var list []Passage
	var said []map[string]struct{}
	for i := range hits.Hits {
		if len(list) == limit {
			break
		}
		h := &hits.Hits[i]
		evidence, _ := a.evidence(q, hits, h)
		stems := a.contentStems(h.Passage.Text[evidence.Start:evidence.End])
		if repeated(said, stems) {
			continue
		}
		said = append(said, stems)
		list = append(list, Passage{
			Document: h.Document,
			Passage:  h.Passage,
			Evidence: []words.Span{evidence},
			Notes:    h.Document.NotesOf(h.Passage),
			Score:    h.Score,
		})
	}
	return list
}

func (a *Answerer) contentStems(text string) map[string]struct{} {
	stems := make(map[string]struct{})
	for _, tok := range a.words.Tokens(text) {
		if !tok.Stop {
			stems[tok.Stem] = struct{}{}
		}
	}
	return stems
}

func repeated(said []map[string]struct{}, stems map[string]struct{}) bool {
	for _, other := range said {
		common := 0
		for stem := range stems {
			if _, ok := other[stem]; ok {
				common++
			}
		}
		if union := len(stems) + len(other) - common; union > 0 && float64(common) >= repeats*float64(union) {
			return true
		}
	}
	return false
}
