package answer

import (
	"slices"

	"pincite/internal/index"
	"pincite/internal/words"
)

// A paragraph repeats its neighbour where the neighbour's evidence has this
// share of the words of its own, function words aside, and there are enough of
// them to tell. It is a neighbour up to so many paragraphs away.
const (
	repeats    = 0.8
	tellingly  = 3
	neighbours = 2
)

// leastScore is the share of the best passage's score below which a passage is
// weak, see [Request.Weak]: it has a word in common with the question and no more.
const leastScore = 0.3

// list makes the answer's passages of the hits: each with its evidence and its
// notes, without those whose evidence repeats that of a better one, and without weak
// ones unless they are wanted.
func (a *Answerer) list(q *question, hits *index.Hits, weak bool, limit int) []Passage {
	var list []Passage
	var said []saying
	cues := q.cues()
	for i := range hits.Hits {
		h := &hits.Hits[i]
		if len(list) == limit || (!weak && h.Score < leastScore*hits.Hits[0].Score) {
			break
		}
		evidence := a.evidence(q, cues, hits, h)
		stems := a.contentStems(h.Language, h.Passage.Text[evidence.Start:evidence.End])
		if slices.ContainsFunc(said, func(s saying) bool { return s.repeatedBy(h, stems) }) {
			continue
		}
		said = append(said, saying{h, stems})
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

func (a *Answerer) contentStems(language, text string) map[string]struct{} {
	stems := make(map[string]struct{})
	for _, tok := range a.words.In(language).Tokens(text) {
		if !tok.Stop {
			stems[tok.Stem] = struct{}{}
		}
	}
	return stems
}

// saying is what a passage of the list has for evidence.
type saying struct {
	hit   *index.Hit
	stems map[string]struct{}
}

// repeatedBy reports whether a neighbouring passage says the same.
func (s saying) repeatedBy(h *index.Hit, stems map[string]struct{}) bool {
	apart := s.hit.Passage.Number - h.Passage.Number
	if s.hit.Document != h.Document || s.hit.Passage.Kind != h.Passage.Kind || max(apart, -apart) > neighbours {
		return false
	}
	common := 0
	for stem := range stems {
		if _, ok := s.stems[stem]; ok {
			common++
		}
	}
	return len(stems) >= tellingly && float64(common) >= repeats*float64(len(stems))
}
