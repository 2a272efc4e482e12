package index

import "math"

// prior is how many words of the corpus at large a passage is taken to have
// beside its own, so that a word that it lacks is not impossible. It is the mu of
// Dirichlet smoothing.
const prior = 80

// likelihood is a second opinion on how well a passage fits, which does not level
// off as the first does: the logarithm of how much likelier the passage makes the
// question than the corpus at large does, with Dirichlet smoothing (Zhai and
// Lafferty, "A study of smoothing methods for language models applied to
// information retrieval", 2004). Whatever stands for one of the question's
// words counts with its weight, and so all of them add up: a passage that keeps
// speaking of a thing by many names is about it.
func (r *reader) likelihood() float64 {
	r.sums = resized(r.sums, len(r.query.Clauses))
	for _, m := range r.met {
		r.sums[m.clause] += m.share
	}
	length := math.Log(prior / (prior + r.length))
	sum := 0.0
	for i, count := range r.sums {
		// A passage of mean length that has the word has it once, more or less.
		common := math.Exp(-r.found.Rarity[i]) / r.view.meanText
		sum += r.query.Clauses[i].Alternatives[0].Weight * (math.Log1p(count/(prior*common)) + length)
	}
	return sum
}
