package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pincite/internal/document"
)

// Bounds of Sharing. A text is known by its rarest words: twelve of them tell
// passages apart, and a common one adds much reading and no knowledge.
const (
	maxShared      = 12
	leastShared    = 4
	sharedPostings = 60_000 // after leastShared; some 2 ms
)

// Shared are the passages that have a text's rarest stems.
type Shared struct {
	// All have every one of them, by document id and in reading order. There
	// is no bound on their number.
	All []Sharer
	// Most have the rarest of them in sum, best first, those of All included.
	Most []Sharer
}

// Sharer is a passage that has some stems of a text.
type Sharer struct {
	view *View
	scored
}

// Load reads the passage.
func (s Sharer) Load(ctx context.Context) (*document.Document, *document.Passage, error) {
	part := &s.view.parts[s.part]
	of := int(part.passages[s.ordinal].doc)
	d, err := s.view.document(ctx, place{s.part, of})
	if err != nil {
		return nil, nil, err
	}
	return d, &d.Passages[s.ordinal-part.docs[of].first], nil
}

// Key tells passages of one view apart.
func (s Sharer) Key() uint64 { return uint64(s.part)<<32 | uint64(s.ordinal) }

// Everything lists all passages of the view, by document id and in reading
// order.
func (v *View) Everything() []Sharer {
	var all []Sharer
	for i := range v.parts {
		for o := range v.parts[i].passages {
			if v.parts[i].sees(uint32(o)) {
				all = append(all, Sharer{v, scored{part: i, ordinal: uint32(o)}})
			}
		}
	}
	slices.SortFunc(all, v.reading)
	return all
}

// Sharing finds the passages whose texts have the rarest of some stems; most is
// how many Shared.Most holds at most. Function words, which have no postings,
// must not be among the stems. Where a stem is in no passage, none has all.
func (v *View) Sharing(ctx context.Context, stems []string, most int) (shared Shared, err error) {
	defer func() { // see Search
		if r := recover(); r != nil {
			shared, err = Shared{}, fmt.Errorf("index: sharing panicked: %v", r)
		}
	}()
	type rare struct {
		stem string
		in   int
	}
	var known []rare
	missing := false
	stems = slices.Clone(stems)
	slices.Sort(stems)
	for _, stem := range slices.Compact(stems) {
		n, err := v.frequency(ctx, fieldText, stem)
		if err != nil {
			return Shared{}, fmt.Errorf("index: %w", err)
		}
		if n == 0 {
			missing = true
			continue
		}
		known = append(known, rare{stem, n})
	}
	slices.SortStableFunc(known, func(a, b rare) int { return cmp.Compare(a.in, b.in) })

	s := newScores(v)
	defer s.release()
	postings, total := 0, float32(0)
	for i, k := range known {
		if postings += k.in; i >= maxShared || (i >= leastShared && postings > sharedPostings) {
			break
		}
		weight := float32(Rarity(v.passages, k.in))
		total += weight
		for i := range v.parts {
			part, sums := &v.parts[i], s.parts[i]
			err := part.postings(ctx, fieldText, k.stem, func(ordinal uint32, _ int) {
				if part.sees(ordinal) {
					sums.addTo(ordinal, weight)
				}
			})
			if err != nil {
				return Shared{}, fmt.Errorf("index: %w", err)
			}
		}
	}
	better := func(a, b Sharer) int { return cmp.Or(cmp.Compare(b.score, a.score), v.reading(a, b)) }
	for i, p := range s.parts {
		for _, o := range p.touched {
			sum := p.sums[o]
			// The weights were added in one order, so that equal sums are equal.
			if !missing && sum == total {
				shared.All = append(shared.All, Sharer{v, scored{i, o, float64(sum)}})
			}
			if n := len(shared.Most); n < most || (n > 0 && float64(sum) >= shared.Most[n-1].score) {
				shared.Most = keepBest(shared.Most, Sharer{v, scored{i, o, float64(sum)}}, most, better)
			}
		}
	}
	slices.SortFunc(shared.All, v.reading)
	return shared, nil
}

// reading compares by document id, then by place in the document.
func (v *View) reading(a, b Sharer) int {
	id := func(s Sharer) string {
		p := &v.parts[s.part]
		return p.docs[p.passages[s.ordinal].doc].id
	}
	return cmp.Or(cmp.Compare(id(a), id(b)), cmp.Compare(a.ordinal, b.ordinal))
}

// keepBest adds an item to a list that is in a total order and keeps its first
// n.
func keepBest[T any](list []T, item T, n int, order func(a, b T) int) []T {
	at, _ := slices.BinarySearchFunc(list, item, order)
	list = slices.Insert(list, at, item)
	return list[:min(len(list), n)]
}
