package index

import (
	"pincite/internal/document"
	"pincite/internal/words"
)

// Query is a question in the index's terms.
type Query struct {
	// Clauses are what is asked for; their scores add up.
	Clauses []Clause
	// Pairs are clauses that stand side by side in the question; passages
	// where they do so too are preferred.
	Pairs []Pair
	// Bigrams are words that stand one behind the other in the question, the
	// "for" of "apply for" among them; passages that have them too are preferred,
	// the more the fewer of the other candidates do.
	Bigrams []Bigram
	// Document and Kind restrict the hits, where they are not empty.
	Document string
	Kind     document.Kind
	// Limit is the most hits to return; at least 1.
	Limit int
}

// Clause is one thing that is asked for. A passage scores by the alternative
// that fits it best.
type Clause struct {
	// Form is the word as it was asked, in the form of [words.Token.Word];
	// empty where there is no such word. A passage that has it in this very form
	// is preferred.
	Form         string
	Alternatives []Alternative
}

// Alternative is a way to say what a clause asks for: a word, or a phrase of
// which a passage must have all words, in any place. A phrase scores as the
// mean of its words.
type Alternative struct {
	Stem   string
	More   []string // the further stems of a phrase
	Weight float64  // 1 for the questioner's own word
	// Kin marks what is only akin to what was asked: a corpus that has it may
	// still lack the word.
	Kin bool
}

// stems are all stems of the alternative.
func (a Alternative) stems() []string { return append([]string{a.Stem}, a.More...) }

// Pair names two of a query's clauses by their position.
type Pair struct{ First, Second int }

// Bigram is two words on end, by their stems.
type Bigram struct{ First, Second string }

// Hit is a passage that was found.
type Hit struct {
	Document *document.Document
	Passage  *document.Passage
	// Language is the one that the passage was analysed in.
	Language string
	// Score orders the hits of one query; it means nothing across queries.
	Score float64
	// Spans are the words of the passage that matched, in order.
	Spans []words.Span
	// Matched is for each clause of the query the weight of the alternative
	// that the passage's own words met, 0 where none did.
	Matched []float64
	// Near is, for each clause that no word met, how like the nearest word of
	// the passage is to it: from leastSimilar to 1, or 0.
	Near []float64
	// Cited are notes of the passage that were found too and say nothing but
	// what its sentence cites; what they matched counts for the passage.
	Cited []*document.Passage
}

// Hits are the result of a search, best first.
type Hits struct {
	Hits []Hit
	// Total is how many passages matched.
	Total int
	// Frequencies are for each clause of the query how many passages of the
	// view have one of its alternatives, kin aside; 0 means that the corpus lacks
	// it.
	Frequencies []int
	// Rarity is for each clause its inverse document frequency: the natural
	// logarithm of how surprising it is that a passage has it.
	Rarity []float64
}

// Ref is the id of the hit's passage.
func (h *Hit) Ref() document.Ref { return h.Document.Ref(h.Passage) }
