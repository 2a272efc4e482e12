package index

// Weights are what a search goes by. All are shares of a term's own score,
// from 0, unless said otherwise.
type Weights struct {
	// Saturation and Length are k1 and b of Okapi BM25 (Robertson and Zaragoza,
	// "The Probabilistic Relevance Framework", 2009).
	Saturation, Length float64
	// Head is what a term of the title or section counts, without regard to
	// length, and HeadAlone how many times as much more it counts where the
	// document has a single passage. With n passages it is the n-th part of
	// that: a title says of one abstract what it is about, and little of which
	// of many paragraphs below it answers.
	Head, HeadAlone float64
	// Neighbour is what a paragraph gets of the better of its two neighbours:
	// they say what a short paragraph is about.
	Neighbour float64
	// Pair is what two words count that stand side by side as in the question,
	// as a share of their mean rarity.
	Pair float64
	// Bigram is what a bigram counts, as a share of its rarity among the
	// passages that are read word by word.
	Bigram float64
	// Coverage is the share of its score that a passage loses which has none
	// of the question's weight.
	Coverage float64
	// Similar is what a word counts that is not the question's but like it.
	Similar float64
	// Form is what a word counts that a passage has in the form in which it was
	// asked, Sentence what the words count that stand in the sentence with most
	// of the question, and Proximity what two words count that stand near each
	// other, as a share of the less rare one's rarity and the less the farther
	// they stand apart. See wording.go.
	Form, Sentence, Proximity float64
	// Likelihood is the weight of the second opinion on how well a passage fits,
	// in units of its logarithm, see likelihood.go.
	Likelihood float64
}

// DefaultWeights are those that searches go by.
func DefaultWeights() Weights {
	return Weights{
		Saturation: 0.8, Length: 0.55,
		Head: 0.15, HeadAlone: 5, Neighbour: 0.1,
		Pair: 0.6, Bigram: 0.5, Coverage: 0.15, Similar: 0.6,
		Form: 0.05, Sentence: 0.05, Proximity: 0.1,
		Likelihood: 0.3,
	}
}

// WithWeights is the view with other weights, for measuring what each brings.
func (v *View) WithWeights(w Weights) *View {
	other := *v
	other.weights = w
	return &other
}
