package answer

import (
	"slices"

	"pincite/internal/document"
	"pincite/internal/index"
	"pincite/internal/words"
)

// lengthPenalty is what a sentence of twice the mean length loses of its
// score, as a share: a long sentence holds more words of any question.
const lengthPenalty = 0.15

// askedBonus is what a sentence gains, as a share of its score, that names a
// thing of the kind that was asked for.
const askedBonus = 0.25

// cue is what a word of a sentence says for a term of the question.
type cue struct {
	term   int
	weight float64 // of the term, or of what stands for it
}

// cues are the words that speak for a sentence, by stem.
func (q *question) cues() map[string][]cue {
	cues := make(map[string][]cue)
	add := func(stem string, c cue) { cues[stem] = append(cues[stem], c) }
	addAlternative := func(term int, a index.Alternative, weight float64) {
		weight *= a.Weight / float64(1+len(a.More))
		add(a.Stem, cue{term, weight})
		for _, stem := range a.More {
			add(stem, cue{term, weight})
		}
	}
	for i, t := range q.terms {
		if t.stem != "" {
			add(t.stem, cue{i, t.weight})
		}
		if t.foreign != "" {
			add(t.foreign, cue{i, t.weight})
		}
		for _, spelling := range t.compounds {
			for _, stem := range append([]string{spelling.Stem}, spelling.More...) {
				add(stem, cue{i, spelling.Weight * t.weight / float64(1+len(spelling.More))})
			}
		}
		for _, stem := range t.inflected {
			add(stem, cue{i, inflectedWeight * t.weight})
		}
		for _, stem := range t.own {
			add(stem, cue{i, t.weight / float64(len(t.own))})
		}
		if t.mended != "" {
			add(t.mended, cue{i, mendedWeight * t.weight})
		}
		for _, other := range t.others {
			addAlternative(i, other, othersWeight*t.weight)
		}
		for _, in := range t.spanish {
			addAlternative(i, in, t.weight)
		}
	}
	return cues
}

// evidence chooses the sentence of a hit that answers best: the one with the
// most of the question's weight, where rare words and words side by side count
// most. The first of equals is taken.
func (a *Answerer) evidence(q *question, cues map[string][]cue, hits *index.Hits, h *index.Hit) words.Span {
	text := h.Passage.Text
	sentences := words.Sentences(text)
	best, bestScore := words.Span{End: len(text)}, -1.0
	for _, s := range sentences {
		score := a.sentenceScore(q, cues, hits, h.Language, text[s.Start:s.End])
		for _, note := range h.Cited {
			if calls(h.Passage, s, note.Number) {
				score += a.sentenceScore(q, cues, hits, h.Language, note.Text)
			}
		}
		score /= 1 + lengthPenalty*float64((s.End-s.Start)*len(sentences))/float64(len(text))
		if score > bestScore {
			best, bestScore = s, score
		}
	}
	return best
}

// calls reports whether a sentence has the marker of a note.
func calls(p *document.Passage, sentence words.Span, note int) bool {
	return slices.ContainsFunc(p.Markers, func(m document.Marker) bool {
		return m.Note == note && sentence.Start <= m.Start && m.End <= sentence.End
	})
}

// sentenceScore is the rarity of the question's words that a sentence has, each
// once and at its best weight, and half as much again for two of them side by
// side.
func (a *Answerer) sentenceScore(q *question, cues map[string][]cue, hits *index.Hits, language, sentence string) float64 {
	position, adjacent := 0, 0.0
	positions, met := make([]int, len(q.terms)), make([]float64, len(q.terms))
	tokens := a.words.In(language).Tokens(sentence)
	for _, tok := range tokens {
		if tok.Stop {
			continue
		}
		position++
		for _, c := range cues[tok.Stem] {
			met[c.term] = max(met[c.term], c.weight)
			for _, pair := range q.pairs {
				if pair.Second == c.term && position > 1 && positions[pair.First] == position-1 {
					adjacent += (hits.Rarity[pair.First] + hits.Rarity[pair.Second]) / 4
				}
			}
		}
		for _, c := range cues[tok.Stem] {
			positions[c.term] = position
		}
	}
	score := adjacent
	for i, weight := range met {
		score += weight * hits.Rarity[i]
	}
	if q.asked != askedAny {
		score *= 1 + askedBonus*q.asked.has(sentence, tokens, language, q.counted)
	}
	return score
}
