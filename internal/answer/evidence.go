package answer

import (
	"pincite/internal/index"
	"pincite/internal/words"
)

// lengthPenalty is what a sentence of twice the mean length loses of its
// score, as a share: a long sentence holds more words of any question.
const lengthPenalty = 0.15

// evidence chooses the sentence of a hit that answers best: the one with the
// most of the question's weight, where rare words and words side by side count
// most. The first of equals is taken.
func (a *Answerer) evidence(q *question, hits *index.Hits, h *index.Hit) (words.Span, float64) {
	text := h.Passage.Text
	sentences := words.Sentences(text)
	best, bestScore := words.Span{End: len(text)}, -1.0
	for _, s := range sentences {
		score := a.sentenceScore(q, hits, text[s.Start:s.End])
		score /= 1 + lengthPenalty*float64((s.End-s.Start)*len(sentences))/float64(len(text))
		if score > bestScore {
			best, bestScore = s, score
		}
	}
	return best, bestScore
}

// sentenceScore is the rarity of the question's words that a sentence has, and
// half as much again for two of them side by side.
func (a *Answerer) sentenceScore(q *question, hits *index.Hits, sentence string) float64 {
	at := make(map[string]int, len(q.terms)) // last position by stem, from 1
	score, position := 0.0, 0
	positions := make([]int, len(q.terms))
	for i, t := range q.terms {
		at[t.stem] = i
	}
	for _, tok := range a.words.Tokens(sentence) {
		if tok.Stop {
			continue
		}
		position++
		i, ok := at[tok.Stem]
		if !ok {
			continue
		}
		if positions[i] == 0 {
			score += q.terms[i].weight * hits.Rarity[i]
		}
		positions[i] = position
		for _, pair := range q.pairs {
			if pair.Second == i && position > 1 && positions[pair.First] == position-1 {
				score += (hits.Rarity[pair.First] + hits.Rarity[pair.Second]) / 4
			}
		}
	}
	return score
}
