package quote

import (
	"cmp"
	"context"
	"slices"

	"pincite/internal/words"
)

// sourceLikeness is the least likeness with which a passage counts as the
// source of a quotation that it does not have, joinedLikeness the least with
// which two do, since two passages together always have more of any text.
//
// The first was set on the sentences of the built-in documents, in
// testdata/likeness.txt: with a fifth of the words of a sentence replaced by
// others, none falls below it, and with three in ten one in fourteen does; of the
// 235 sentences looked for in the other documents, which are on the same
// subjects and name the same laws, one reaches it. The second leaves room for
// one changed word in seven.
const (
	sourceLikeness = 0.55
	joinedLikeness = 0.7
)

// joinedRun is how many words on end a quotation must have of each of two
// passages to count as joined of them, and how many of its words at least no one
// passage may have: two passages that both say "on May 3" are not joined by a
// changed year. joinedGain is how much of it, as a share, the second must add to
// what the first alone has.
const (
	joinedRun  = 3
	joinedGain = 0.15
)

// comparison is a quotation set beside one passage.
type comparison struct {
	source *source
	ops    []op
	run    []int
	alike  int // weight of what both have, side by side with another word
	score  int32
}

// altered compares a quotation with the passages that share its rare words, and
// says which was its source, if one was.
func (s *searcher) altered(ctx context.Context, text string, r reading, result *Result) error {
	c := s.compared(text, r.tokens)
	total := c.total()
	if total == 0 || len(s.near) == 0 {
		return nil
	}
	var all []comparison
	cells := 0
	seen := make(map[uint64]bool)
	for _, src := range s.near {
		if seen[src.key] {
			continue
		}
		seen[src.key] = true
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		size := len(c.tokens) * min(len(src.tokens), 4*len(c.tokens)+64)
		if cells += size; cells > maxCells && len(all) > 0 {
			break
		}
		ops, score := align(c, src.tokens)
		k := comparison{source: src, ops: ops, run: runs(c, ops), score: score}
		for q, n := range k.run {
			if n > 1 {
				k.alike += c.weight(q)
			}
		}
		all = append(all, k)
	}
	best := 0
	for i := range all {
		// As alike are also a passage with words that the quotation leaves out
		// and one with other signs.
		if cmp.Or(cmp.Compare(all[i].alike, all[best].alike), cmp.Compare(all[i].score, all[best].score)) > 0 {
			best = i
		}
	}
	first, second, at, both := joined(c, all)
	switch {
	case first >= 0 && all[best].lacks(c) >= joinedRun && float64(both-all[best].alike) >= joinedGain*float64(total) && float64(both) >= joinedLikeness*float64(total):
		result.Verdict, result.Likeness = Altered, float64(both)/float64(total)
		result.Found = []Occurrence{s.join(text, c, &all[first], &all[second], at)}
		result.Found[0].Differences = append(result.Found[0].Differences, r.aside...)
	case float64(all[best].alike) >= sourceLikeness*float64(total):
		result.Verdict, result.Likeness = Altered, float64(all[best].alike)/float64(total)
		o := all[best].occurrence(text, c)
		if len(o.Differences) == 0 {
			o.Differences = all[best].calls(c)
		}
		o.Differences = append(o.Differences, r.aside...)
		result.Found = []Occurrence{o}
	default:
		result.Likeness = float64(max(all[best].alike, both)) / float64(total)
	}
	return nil
}

// compared prepares a quotation's own tokens for alignment.
func (s *searcher) compared(text string, tokens []token) *compared {
	c := &compared{}
	gapped := false
	put := func(t token, free bool) {
		content := false
		if t.kind == word {
			of := s.checker.words.Tokens(t.text)
			content = len(of) > 0 && !of[0].Stop
		}
		c.tokens, c.content = append(c.tokens, t), append(c.content, content)
		c.gap, c.free = append(c.gap, gapped), append(c.free, free)
		gapped = false
	}
	for _, e := range parse(tokens) {
		if e.form == gap {
			gapped = true
			continue
		}
		if label, calls := e.marker(); calls && (e.form == bracket || e.tokens[0].kind == note) {
			c.calls = append(c.calls, call{label, e.text(text)})
			continue
		}
		for _, t := range e.tokens {
			put(t, e.form == bracket)
		}
	}
	// The marks that it was typed in are none of its own.
	from, to := 0, len(c.tokens)
	for from < to && c.tokens[from].kind == sign && c.tokens[from].text == `"` {
		from++
	}
	for to > from && c.tokens[to-1].kind == sign && (c.tokens[to-1].text == `"` || c.tokens[to-1].text == "." || c.tokens[to-1].text == ",") {
		to--
		c.ending = &c.tokens[to]
	}
	c.tokens, c.content, c.gap, c.free = c.tokens[from:to], c.content[from:to], c.gap[from:to], c.free[from:to]
	return c
}

// occurrence is a comparison as it is told.
func (k *comparison) occurrence(text string, c *compared) Occurrence {
	src := k.source
	ref := src.document.Ref(src.passage)
	o := Occurrence{
		Parts:       []Part{k.part(k.ops)},
		Differences: differences(text, c, k.ops, src.tokens, src.passage, ref),
	}
	if len(k.ops) == 0 {
		return o
	}
	o.Differences = append(o.Differences, cut(text, c, k.ops, src.tokens, src.passage, ref)...)
	// A period in the place of a question mark makes another sentence of it.
	if next := k.ops[len(k.ops)-1].s + 1; next > 0 && c.ending != nil && c.ending.text != `"` && asks(src.tokens, next) {
		d := Difference{Kind: Punctuation, Quote: c.ending.text, Passage: ref, Start: src.tokens[next].start, End: src.tokens[next].end}
		d.Source = src.passage.Text[d.Start:d.End]
		o.Differences = append(o.Differences, d)
	}
	return o
}

// calls lists the footnote markers of a quotation that the source does not have:
// a raised figure is also an exponent.
func (k *comparison) calls(c *compared) []Difference {
	var list []Difference
	for _, q := range c.calls {
		has := func(t token) bool { return t.kind == note && t.text == q.label }
		if !slices.ContainsFunc(k.source.tokens, has) {
			list = append(list, Difference{Kind: Added, Quote: q.text, Passage: k.source.document.Ref(k.source.passage)})
		}
	}
	return list
}

// lacks counts the words of a quotation that a passage does not have side by
// side with another.
func (k *comparison) lacks(c *compared) int {
	n := 0
	for q := range c.tokens {
		if c.weight(q) > 0 && k.run[q] < 2 {
			n++
		}
	}
	return n
}

// part is the stretch of the passage that an alignment reaches over.
func (k *comparison) part(ops []op) Part {
	first, last := -1, -1
	for _, o := range ops {
		if o.s >= 0 {
			if first < 0 {
				first = o.s
			}
			last = o.s
		}
	}
	if first < 0 {
		return Part{Document: k.source.document, Passage: k.source.passage, Span: words.Span{}}
	}
	return k.source.part(first, last)
}

// joined finds the two passages of which one has the beginning of a quotation
// and the other the rest, and where the rest begins; -1 where there are none.
// both is the weight of what the two have.
func joined(c *compared, all []comparison) (first, second, at, both int) {
	first, second = -1, -1
	m := len(c.tokens)
	type most struct{ weight, of int }
	heads, tails := make([]most, m+1), make([]most, m+1)
	for i := range all {
		sum := 0
		for q := range m {
			if all[i].run[q] >= joinedRun {
				sum += c.weight(q)
			}
			if sum > heads[q+1].weight {
				heads[q+1] = most{sum, i}
			}
		}
		sum = 0
		for q := m - 1; q >= 0; q-- {
			if all[i].run[q] >= joinedRun {
				sum += c.weight(q)
			}
			if sum > tails[q].weight {
				tails[q] = most{sum, i}
			}
		}
	}
	for q := 1; q < m; q++ {
		h, t := heads[q], tails[q]
		if h.weight == 0 || t.weight == 0 || h.of == t.of || c.tokens[q].kind != word {
			continue // signs belong to what is before them
		}
		if h.weight+t.weight > both {
			first, second, at, both = h.of, t.of, q, h.weight+t.weight
		}
	}
	return first, second, at, both
}

// join tells a quotation of two passages: each half beside its own.
func (s *searcher) join(text string, c *compared, first, second *comparison, at int) Occurrence {
	head, tail := c.slice(0, at), c.slice(at, len(c.tokens))
	a, b := comparison{source: first.source}, comparison{source: second.source}
	a.ops, _ = align(head, first.source.tokens)
	b.ops, _ = align(tail, second.source.tokens)
	o := a.occurrence(text, head)
	rest := b.occurrence(text, tail)
	o.Parts = append(o.Parts, rest.Parts...)
	o.Differences = append(o.Differences, Difference{
		Kind:    Joined,
		Quote:   text[tail.tokens[0].start:tail.tokens[len(tail.tokens)-1].end],
		Passage: second.source.document.Ref(second.source.passage),
		Start:   rest.Parts[0].Span.Start, End: rest.Parts[0].Span.End,
		Source: second.source.passage.Text[rest.Parts[0].Span.Start:rest.Parts[0].Span.End],
	})
	o.Differences = append(o.Differences, rest.Differences...)
	// Of two halves the first is the one that a reader looks up first.
	if 2*tail.total() > 3*head.total() {
		o.Main = 1
	}
	return o
}

// slice is a part of a quotation.
func (c *compared) slice(from, to int) *compared {
	part := &compared{tokens: c.tokens[from:to], content: c.content[from:to], gap: c.gap[from:to], free: c.free[from:to]}
	if to == len(c.tokens) {
		part.ending = c.ending
	}
	return part
}
