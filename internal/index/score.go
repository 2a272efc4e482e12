package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"pincite/internal/document"
)

// reranked is how many of the first pass's best are read word by word.
const reranked = 32

// Rarity is the inverse document frequency of BM25, in the form that is never
// negative, of a term that so many of the passages have.
func Rarity(passages, having int) float64 {
	return math.Log(1 + (float64(passages)-float64(having)+0.5)/(float64(having)+0.5))
}

// Search finds the passages that fit a query best. Without clauses it finds
// nothing.
func (v *View) Search(ctx context.Context, q Query) (hits Hits, err error) {
	// bleve 2.6.1 can dereference nil in rare states of its readers. One
	// search must not end the process.
	defer func() {
		if r := recover(); r != nil {
			hits, err = Hits{}, fmt.Errorf("index: search panicked: %v", r)
		}
	}()
	if q.Limit < 1 {
		return Hits{}, errors.New("index: a search without a limit")
	}
	s := newScores(v)
	defer s.release()
	hits = Hits{Frequencies: make([]int, len(q.Clauses)), Rarity: make([]float64, len(q.Clauses))}
	for i, c := range q.Clauses {
		if hits.Frequencies[i], hits.Rarity[i], err = s.add(ctx, c); err != nil {
			return Hits{}, fmt.Errorf("index: %w", err)
		}
	}
	best, total := s.best(q, max(q.Limit, reranked))
	hits.Total = total
	if hits.Hits, err = v.rerank(ctx, q, &hits, best); err != nil {
		return Hits{}, err
	}
	hits.Hits = hits.Hits[:min(len(hits.Hits), q.Limit)]
	return hits, nil
}

// scores are the sums of all passages of a view, by part and ordinal.
type scores struct {
	view  *View
	parts []*partScores
	kin   int // passages that kin have, so far
}

// maxKinPostings is how many passages of kin a search goes through, the nearest
// kin of the clauses in their order. A large corpus has the words themselves, and
// kin would cost more than all else.
const maxKinPostings = 2000

type partScores struct {
	sums    []float32
	touched []uint32 // ordinals whose sum is not 0
	// clause and inClause are the scores of the clause that is being added,
	// where it has alternatives.
	clause   []float32
	inClause []uint32
}

// newScores takes the arrays of a search from those that earlier ones left.
func newScores(v *View) *scores {
	s := &scores{view: v, parts: make([]*partScores, len(v.parts))}
	for i := range v.parts {
		if kept, ok := v.parts[i].scratch.Get().(*partScores); ok {
			s.parts[i] = kept
		} else {
			s.parts[i] = &partScores{sums: make([]float32, len(v.parts[i].passages))}
		}
	}
	return s
}

// release leaves the arrays, all zero, for a later search. Nothing that was
// selected refers to them.
func (s *scores) release() {
	for i, p := range s.parts {
		for _, o := range p.touched {
			p.sums[o] = 0
		}
		for _, o := range p.inClause { // left by a search that failed
			p.clause[o] = 0
		}
		p.touched, p.inClause = p.touched[:0], p.inClause[:0]
		s.view.parts[i].scratch.Put(p)
	}
}

func (p *partScores) addTo(ordinal uint32, score float32) {
	if p.sums[ordinal] == 0 {
		p.touched = append(p.touched, ordinal)
	}
	p.sums[ordinal] += score
}

// raise keeps the larger of the scores that a clause's alternatives reach.
func (p *partScores) raise(ordinal uint32, score float32) {
	if p.clause == nil {
		p.clause = make([]float32, len(p.sums))
	}
	if p.clause[ordinal] == 0 {
		p.inClause = append(p.inClause, ordinal)
	}
	p.clause[ordinal] = max(p.clause[ordinal], score)
}

// add scores all passages for a clause and returns how many passages have its
// commonest alternative, kin aside, and its rarity: that of the questioner's own
// word, which comes first, unless the corpus lacks it.
func (s *scores) add(ctx context.Context, c Clause) (frequency int, rare float64, err error) {
	into := (*partScores).addTo
	if len(c.Alternatives) > 1 {
		into = (*partScores).raise
	}
	most := 0 // of any alternative
	for _, alt := range c.Alternatives {
		n, own, err := s.alternative(ctx, alt, into)
		if err != nil {
			return 0, 0, err
		}
		if most == 0 {
			rare = own
		}
		most = max(most, n)
		if !alt.Kin {
			frequency = max(frequency, n)
		}
	}
	for _, p := range s.parts {
		p.settle()
	}
	return frequency, rare, nil
}

// alternative scores all passages for one way to say a clause, and returns how
// many passages have it, at most, and its rarity.
func (s *scores) alternative(ctx context.Context, alt Alternative, into adder) (frequency int, rare float64, err error) {
	if len(alt.More) > 0 {
		return s.phrase(ctx, alt, into)
	}
	if frequency, err = s.view.frequency(ctx, fieldText, alt.Stem); err != nil {
		return 0, 0, err
	}
	rare = Rarity(s.view.passages, frequency)
	if alt.Kin {
		if s.kin += frequency; s.kin > maxKinPostings {
			return frequency, rare, nil
		}
	}
	weight := alt.Weight * rare
	if err := s.term(ctx, fieldText, alt.Stem, weight, s.view.weights.Length, s.view.meanText, into); err != nil {
		return 0, 0, err
	}
	// The head's share adds to the text's.
	return frequency, rare, s.head(ctx, alt.Stem, weight)
}

// phrase is alternative for several words.
func (s *scores) phrase(ctx context.Context, alt Alternative, into adder) (frequency int, rare float64, err error) {
	stems := alt.stems()
	having := make(map[string]int, len(stems))
	for _, stem := range stems {
		if having[stem], err = s.view.frequency(ctx, fieldText, stem); err != nil {
			return 0, 0, err
		}
		rare += Rarity(s.view.passages, having[stem]) / float64(len(stems))
	}
	slices.SortStableFunc(stems, func(a, b string) int { return cmp.Compare(having[a], having[b]) })
	if having[stems[0]] == 0 {
		return 0, rare, nil
	}
	weights := make([]float64, len(stems))
	for i, stem := range stems {
		weights[i] = alt.Weight * Rarity(s.view.passages, having[stem]) / float64(len(stems))
	}
	w := &s.view.weights
	for i := range s.view.parts {
		part, sums := &s.view.parts[i], s.parts[i]
		err := part.phrase(ctx, fieldText, stems, func(ordinal uint32, frequencies []int) {
			if !part.sees(ordinal) {
				return
			}
			length, sum := float64(part.passages[ordinal].textLength)/s.view.meanText, 0.0
			for k, n := range frequencies {
				sum += weights[k] * bm25(float64(n), length, w.Saturation, w.Length)
			}
			into(sums, ordinal, float32(sum))
		})
		if err != nil {
			return 0, 0, err
		}
	}
	return having[stems[0]], rare, nil
}

// adder is how a term's score goes into the scores of a part.
type adder func(p *partScores, ordinal uint32, score float32)

// settle adds the clause's scores to the sums.
func (p *partScores) settle() {
	for _, o := range p.inClause {
		p.addTo(o, p.clause[o])
		p.clause[o] = 0
	}
	p.inClause = p.inClause[:0]
}

// term scores one term of one field; b is the share of length normalisation.
func (s *scores) term(ctx context.Context, field, stem string, weight, b, mean float64, into adder) error {
	for i := range s.view.parts {
		part, sums := &s.view.parts[i], s.parts[i]
		err := part.postings(ctx, field, stem, func(ordinal uint32, frequency int) {
			if !part.sees(ordinal) {
				return
			}
			length := float64(part.passages[ordinal].textLength)
			into(sums, ordinal, float32(weight*bm25(float64(frequency), length/mean, s.view.weights.Saturation, b)))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// head adds what a term counts in the title or section of passages.
func (s *scores) head(ctx context.Context, stem string, weight float64) error {
	w := &s.view.weights
	for i := range s.view.parts {
		part, sums := &s.view.parts[i], s.parts[i]
		err := part.postings(ctx, fieldHead, stem, func(ordinal uint32, frequency int) {
			if !part.sees(ordinal) {
				return
			}
			share := w.Head * (1 + w.HeadAlone/float64(part.docs[part.passages[ordinal].doc].count()))
			sums.addTo(ordinal, float32(weight*share*bm25(float64(frequency), 1, w.Saturation, 0)))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bm25 is the weight of a term that a passage has so often, between 0 and
// saturation + 1. length is that of the passage as a multiple of the mean.
func bm25(frequency, length, saturation, b float64) float64 {
	return frequency * (saturation + 1) / (frequency + saturation*(1-b+b*length))
}

// scored is a passage with the sum of the first pass.
type scored struct {
	part    int
	ordinal uint32
	score   float64
}

// best selects the n best passages that the query's restrictions allow, best
// first, and counts all that matched.
func (s *scores) best(q Query, n int) ([]scored, int) {
	only, restricted := place{}, q.Document != ""
	if restricted {
		var ok bool
		if only, ok = s.view.position[q.Document]; !ok {
			return nil, 0
		}
	}
	var best []scored // a heap with the worst on top once it is full
	total := 0
	for i := range s.parts {
		part := &s.view.parts[i]
		if restricted && i != only.part {
			continue
		}
		for _, o := range s.parts[i].touched {
			if restricted && int(part.passages[o].doc) != only.doc {
				continue
			}
			if q.Kind != "" && part.kind(o) != q.Kind {
				continue
			}
			total++
			best = keep(best, scored{i, o, s.withNeighbours(i, o)}, n, s.view)
		}
	}
	slices.SortFunc(best, s.view.compare)
	return best, total
}

// withNeighbours is the sum of a passage and a share of its neighbours'.
func (s *scores) withNeighbours(part int, o uint32) float64 {
	p, sums := &s.view.parts[part], s.parts[part].sums
	kind, doc := p.kind(o), p.passages[o].doc
	var beside float32
	if o > 0 && p.passages[o-1].doc == doc && p.kind(o-1) == kind {
		beside = sums[o-1]
	}
	if int(o)+1 < len(sums) && p.passages[o+1].doc == doc && p.kind(o+1) == kind {
		beside = max(beside, sums[o+1])
	}
	return float64(sums[o]) + s.view.weights.Neighbour*float64(beside)
}

// kind is the kind of the passage with that ordinal.
func (p *viewPart) kind(o uint32) document.Kind {
	d := &p.docs[p.passages[o].doc]
	if o-d.first < d.paragraphs {
		return document.Paragraph
	}
	return document.Footnote
}

// compare orders better before worse. Equal scores are ordered by document and
// place, so that an answer is the same however the index is divided.
func (v *View) compare(a, b scored) int {
	if c := cmp.Compare(b.score, a.score); c != 0 {
		return c
	}
	p, q := &v.parts[a.part], &v.parts[b.part]
	if c := cmp.Compare(p.docs[p.passages[a.ordinal].doc].id, q.docs[q.passages[b.ordinal].doc].id); c != 0 {
		return c
	}
	return cmp.Compare(a.ordinal, b.ordinal)
}

// keep adds a passage to a heap of at most n, the worst on top.
func keep(heap []scored, s scored, n int, v *View) []scored {
	if len(heap) < n {
		heap = append(heap, s)
		for i := len(heap) - 1; i > 0; {
			up := (i - 1) / 2
			if v.compare(heap[i], heap[up]) <= 0 {
				break
			}
			heap[i], heap[up] = heap[up], heap[i]
			i = up
		}
		return heap
	}
	if v.compare(s, heap[0]) >= 0 {
		return heap
	}
	heap[0] = s
	for i := 0; ; {
		worst := i
		for _, down := range []int{2*i + 1, 2*i + 2} {
			if down < n && v.compare(heap[down], heap[worst]) > 0 {
				worst = down
			}
		}
		if worst == i {
			return heap
		}
		heap[i], heap[worst] = heap[worst], heap[i]
		i = worst
	}
}
