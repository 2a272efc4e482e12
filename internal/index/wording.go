package index

import "pincite/internal/words"

// meeting is a token of a passage that matches a clause.
type meeting struct {
	token  int // its position among the passage's tokens
	clause int
	// share is the weight of the alternative that it belongs to, in equal parts
	// for the words of a phrase.
	share float64
}

// meet notes what the passage's tokens match, in order, each clause once and at
// its most. Of a phrase that the passage has not wholly nothing counts.
func (r *reader) meet(h *Hit) {
	r.met = r.met[:0]
	for i, tok := range r.tokens {
		if tok.Stop {
			continue
		}
		own := len(r.met)
	next:
		for _, m := range r.byStem[tok.Stem] {
			if !m.whole(h) {
				continue
			}
			share := m.weight / float64(m.words)
			for k := own; k < len(r.met); k++ {
				if r.met[k].clause == m.clause {
					r.met[k].share = max(r.met[k].share, share)
					continue next
				}
			}
			r.met = append(r.met, meeting{i, m.clause, share})
		}
	}
}

// wording is what a passage gains by how it has the question's words: in the
// form that was asked, together in one sentence, and near to each other.
func (r *reader) wording(h *Hit) float64 {
	w := &r.view.weights
	return w.Form*r.sameForm() + w.Sentence*r.bestSentence(h.Passage.Text) + w.Proximity*r.proximity()
}

// weight is the rarity of a clause by the weight of the questioner's own word.
func (r *reader) weight(clause int) float64 {
	return r.found.Rarity[clause] * r.query.Clauses[clause].Alternatives[0].Weight
}

// sameForm is the weight of the words that the passage has as they were asked.
func (r *reader) sameForm() float64 {
	r.sums = resized(r.sums, len(r.query.Clauses))
	sum := 0.0
	for _, m := range r.met {
		if form := r.query.Clauses[m.clause].Form; form != "" && r.tokens[m.token].Word == form && r.sums[m.clause] == 0 {
			r.sums[m.clause] = 1
			sum += r.weight(m.clause)
		}
	}
	return sum
}

// bestSentence is the rarity of what the sentence has of the question that has
// the most of it.
func (r *reader) bestSentence(text string) float64 {
	best, at := 0.0, 0
	for _, s := range words.Sentences(text) {
		r.sums = resized(r.sums, len(r.query.Clauses))
		sum := 0.0
		for ; at < len(r.met) && r.tokens[r.met[at].token].Start < s.End; at++ {
			m := &r.met[at]
			if more := m.share - r.sums[m.clause]; more > 0 {
				r.sums[m.clause] = m.share
				sum += more * r.found.Rarity[m.clause]
			}
		}
		best = max(best, sum)
	}
	return best
}

// proximityWindow is how many words apart two words may stand to be near each other.
const proximityWindow = 8

// proximity sums up, over the pairs of clauses whose words stand near each other,
// the lesser weight of the two, divided by the distance in words.
func (r *reader) proximity() float64 {
	n := len(r.query.Clauses)
	r.sums = resized(r.sums, n*n)
	for i, first := range r.met {
		for _, second := range r.met[i+1:] {
			distance := second.token - first.token
			if distance > proximityWindow {
				break
			}
			if second.clause == first.clause {
				continue
			}
			pair := min(first.clause, second.clause)*n + max(first.clause, second.clause)
			r.sums[pair] = max(r.sums[pair], 1/float64(max(distance, 1)))
		}
	}
	sum := 0.0
	for pair, nearness := range r.sums {
		if nearness > 0 {
			sum += nearness * min(r.weight(pair/n), r.weight(pair%n))
		}
	}
	return sum
}

// resized is a slice of n zeros in the place of another.
func resized(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	s = s[:n]
	clear(s)
	return s
}
