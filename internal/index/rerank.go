package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pincite/internal/document"
	"pincite/internal/words"
)

// rerank reads the best of the first pass word by word and orders them anew.
func (v *View) rerank(ctx context.Context, q Query, found *Hits, best []scored) ([]Hit, error) {
	byStem := make(map[string][]*match)
	for i, c := range q.Clauses {
		for _, alt := range c.Alternatives {
			m := &match{clause: i, weight: alt.Weight, words: 1 + len(alt.More)}
			for _, stem := range alt.stems() {
				byStem[stem] = append(byStem[stem], m)
			}
		}
	}
	r := reader{view: v, query: q, found: found, byStem: byStem}
	for _, c := range q.Clauses {
		stem := c.Alternatives[0].Stem
		r.grams = append(r.grams, grams(nil, stem))
		r.initials[stem[0]] = true
	}
	r.bigrams = make(map[Bigram]int, len(q.Bigrams))
	for i, b := range q.Bigrams {
		r.bigrams[b] = i
	}
	hits := make([]Hit, 0, len(best))
	for i, s := range best {
		h, err := r.read(ctx, s, i < reranked)
		if err != nil {
			return nil, err
		}
		hits = append(hits, h)
	}
	n := min(len(hits), reranked)
	closely, rest := hits[:n:n], hits[n:]
	r.scoreBigrams(closely)
	closely, err := r.callers(ctx, closely)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(closely, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	// What was not read word by word stays behind what was.
	for _, h := range rest {
		if !slices.ContainsFunc(closely, func(c Hit) bool { return c.Passage == h.Passage }) {
			h.Score = min(h.Score, closely[len(closely)-1].Score)
			closely = append(closely, h)
		}
	}
	return closely, nil
}

// match says which clause an alternative belongs to, and with what weight.
type match struct {
	clause int
	weight float64
	words  int // of the alternative
	// have are the distinct words of a phrase that the passage has so far.
	have []string
	hit  *Hit // the passage that have is of
}

// met notes a word of the alternative and reports whether the passage now has
// all of them.
func (m *match) met(h *Hit, stem string) bool {
	if m.words == 1 {
		return true
	}
	if m.hit != h {
		m.hit, m.have = h, m.have[:0]
	}
	if !slices.Contains(m.have, stem) {
		m.have = append(m.have, stem)
	}
	return len(m.have) == m.words
}

// whole reports whether the passage has all words of the alternative, once met was
// told of its words.
func (m *match) whole(h *Hit) bool { return m.words == 1 || (m.hit == h && len(m.have) == m.words) }

// reader reads candidates word by word for one query.
type reader struct {
	view   *View
	query  Query
	found  *Hits
	byStem map[string][]*match
	tokens []words.Token
	length float64 // of the passage, in words that are no function words
	last   []int   // by clause: position of its last word, from 1
	// met are the places of the passage's tokens that match, in order.
	met []meeting
	// grams are those of each clause's first alternative.
	grams [][]uint32
	buf   []uint32
	sums  []float64 // of whoever is counting
	// bigrams are the query's, by position, and counts how often each passage
	// that was read closely has each of them.
	bigrams map[Bigram]int
	counts  []int
	// initials are the first bytes of the stems that may have a near one.
	initials [256]bool
}

// read makes a hit of a candidate.
func (r *reader) read(ctx context.Context, s scored, closely bool) (Hit, error) {
	p := &r.view.parts[s.part]
	at := int(p.passages[s.ordinal].doc)
	d, err := r.view.document(ctx, place{s.part, at})
	if err != nil {
		return Hit{}, err
	}
	h := Hit{
		Document: d,
		Passage:  &d.Passages[s.ordinal-p.docs[at].first],
		Language: p.docs[at].language,
		Score:    s.score,
		Matched:  make([]float64, len(r.query.Clauses)),
		Near:     make([]float64, len(r.query.Clauses)),
	}
	r.tokens = r.view.words.In(h.Language).AppendTokens(r.tokens[:0], h.Passage.Text)
	r.length = float64(p.passages[s.ordinal].textLength)
	pairs := r.mark(&h)
	if !closely {
		return h, nil
	}
	r.countBigrams()
	r.meet(&h)
	var all, met float64
	for i, w := range h.Matched {
		all += r.found.Rarity[i]
		met += w * r.found.Rarity[i]
	}
	for i, n := range pairs {
		pair := r.query.Pairs[i]
		mean := (r.found.Rarity[pair.First] + r.found.Rarity[pair.Second]) / 2
		h.Score += r.view.weights.Pair * mean * bm25(float64(n), 1, r.view.weights.Saturation, 0)
	}
	h.Score += r.view.weights.Similar*r.near(&h) + r.wording(&h) + r.view.weights.Likelihood*r.likelihood()
	if all > 0 {
		h.Score *= 1 - r.view.weights.Coverage*(1-met/all)
	}
	return h, nil
}

// similarBeside is the share of its likeness that a word counts for where other
// words are known that stand for the question's: those are likelier meant.
const similarBeside = 0.5

// leastSimilar is the similarity from which two stems may be one word misspelt,
// or two of one family, and leastNear the length in bytes of the shortest stem
// that is compared.
const (
	leastSimilar = 0.5
	leastNear    = 4
)

// near finds the words that the question has almost, and returns the sum of
// their rarity, each by its likeness. A word and its near one begin with the
// same letter.
func (r *reader) near(h *Hit) float64 {
	for _, tok := range r.tokens {
		if tok.Stop || len(tok.Stem) < leastNear || !r.initials[tok.Stem[0]] {
			continue
		}
		r.buf = grams(r.buf[:0], tok.Stem)
		for i, own := range r.grams {
			if h.Matched[i] > 0 || r.query.Clauses[i].Alternatives[0].Stem[0] != tok.Stem[0] {
				continue
			}
			if s := similarity(own, r.buf); s >= leastSimilar {
				h.Near[i] = max(h.Near[i], s)
			}
		}
	}
	sum := 0.0
	for i, near := range h.Near {
		if len(r.query.Clauses[i].Alternatives) > 1 {
			near *= similarBeside
		}
		sum += near * r.query.Clauses[i].Alternatives[0].Weight * r.found.Rarity[i]
	}
	return sum
}

// mark notes the words that match and counts, for each pair of the query, how
// often its words stand side by side, function words aside.
func (r *reader) mark(h *Hit) []int {
	pairs := make([]int, len(r.query.Pairs))
	r.last = slices.Grow(r.last[:0], len(r.query.Clauses))[:len(r.query.Clauses)]
	clear(r.last)
	position := 0
	for _, tok := range r.tokens {
		if tok.Stop {
			continue
		}
		position++
		matches := r.byStem[tok.Stem]
		if len(matches) == 0 {
			continue
		}
		h.Spans = append(h.Spans, words.Span{Start: tok.Start, End: tok.End})
		for _, m := range matches {
			if !m.met(h, tok.Stem) {
				continue
			}
			h.Matched[m.clause] = max(h.Matched[m.clause], m.weight)
			for p, pair := range r.query.Pairs {
				if pair.Second == m.clause && r.last[pair.First] == position-1 && position > 1 {
					pairs[p]++
				}
			}
		}
		for _, m := range matches {
			r.last[m.clause] = position
		}
	}
	return pairs
}

// countBigrams counts the query's bigrams in the tokens of a passage.
func (r *reader) countBigrams() {
	n := len(r.query.Bigrams)
	if n == 0 {
		return
	}
	r.counts = append(r.counts, make([]int, n)...)
	counts := r.counts[len(r.counts)-n:]
	for i := 1; i < len(r.tokens); i++ {
		if at, ok := r.bigrams[Bigram{r.tokens[i-1].Stem, r.tokens[i].Stem}]; ok {
			counts[at]++
		}
	}
}

// scoreBigrams adds what the bigrams count in the passages that were read
// closely. How rare one is in the whole corpus no index says; among passages
// that have the question's words it is rare enough to tell.
func (r *reader) scoreBigrams(hits []Hit) {
	n := len(r.query.Bigrams)
	for b := range n {
		having := 0
		for k := range hits {
			if r.counts[k*n+b] > 0 {
				having++
			}
		}
		weight := r.view.weights.Bigram * Rarity(len(hits), having)
		for k := range hits {
			hits[k].Score += weight * bm25(float64(r.counts[k*n+b]), 1, r.view.weights.Saturation, 0)
		}
	}
}

// Explanation is how the first pass scores one clause in one passage, for
// tests and for whoever wonders.
type Explanation struct {
	Stem       string
	Passages   int     // of the view
	Having     int     // of them, with the stem in their text
	Rarity     float64 // see Rarity
	Frequency  int     // of the stem in this passage
	Length     int     // of this passage, in terms
	MeanLength float64 // over all passages of the view
	Score      float64
}

// Explain shows how the words of a query's first alternatives score in one
// passage.
func (v *View) Explain(ctx context.Context, q Query, ref document.Ref) ([]Explanation, error) {
	at, ok := v.position[ref.Document]
	if !ok {
		return nil, fmt.Errorf("index: explain %s: no such document", ref)
	}
	d, err := v.document(ctx, at)
	if err != nil {
		return nil, err
	}
	i, ok := d.Index(ref.Pincite)
	if !ok {
		return nil, fmt.Errorf("index: explain %s: no such passage", ref)
	}
	p := &v.parts[at.part]
	ordinal := p.docs[at.doc].first + uint32(i)
	var all []Explanation
	for _, c := range q.Clauses {
		e := Explanation{
			Stem: c.Alternatives[0].Stem, Passages: v.passages,
			Length: int(p.passages[ordinal].textLength), MeanLength: v.meanText,
		}
		if e.Having, err = v.frequency(ctx, fieldText, e.Stem); err != nil {
			return nil, err
		}
		e.Rarity = Rarity(e.Passages, e.Having)
		err := p.postings(ctx, fieldText, e.Stem, func(o uint32, n int) {
			if o == ordinal {
				e.Frequency = n
			}
		})
		if err != nil {
			return nil, err
		}
		e.Score = e.Rarity * bm25(float64(e.Frequency), float64(e.Length)/e.MeanLength, v.weights.Saturation, v.weights.Length)
		all = append(all, e)
	}
	return all, nil
}
