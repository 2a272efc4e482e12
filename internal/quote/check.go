package quote

import (
	"cmp"
	"context"
	"slices"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/words"
)

// Verdict says whether a quotation is in the documents.
type Verdict string

// The verdicts.
const (
	Exact   Verdict = "exact"
	Altered Verdict = "altered"
	Absent  Verdict = "absent"
)

// Result is what came of checking a quotation.
type Result struct {
	// Quote is the text as it was given.
	Quote   string
	Verdict Verdict
	// Found are the places that have an exact quotation, those with the least to
	// be named first, then by document id and in reading order, at most
	// MaxFound; the source of an altered one; none of an absent one.
	Found []Occurrence
	// More is set where there are more places than Found has.
	More bool
	// Likeness is the share of the quotation's words, from 0 to 1, that stand in
	// the passage nearest to it in their order and side by side with another;
	// 1 where it is exact.
	Likeness float64
}

// MaxFound is how many places of one quotation are listed.
const MaxFound = 20

// Occurrence is where a quotation is from.
type Occurrence struct {
	// Parts are the passages that it is of: one, or several on end where it has
	// the paragraph breaks too; of an altered one the two that were joined.
	Parts []Part
	// Main is the position in Parts of the one that has most of its words; of two
	// that were joined the first, unless the second has half as many again.
	Main int
	// Differences are what there is to name, in order.
	Differences []Difference
}

// Part is the stretch of a passage that a quotation is of.
type Part struct {
	Document *document.Document
	Passage  *document.Passage
	// Span are the bytes of the passage's text from the first word that the
	// quotation has to the last, signs included.
	Span words.Span
}

// Ref is the passage's id.
func (p *Part) Ref() document.Ref { return p.Document.Ref(p.Passage) }

// MaxQuote is the longest quotation that is checked, in bytes.
const MaxQuote = 16 << 10

// Bounds of a search for candidates.
const (
	// nearest is how many passages that share rare words with a quotation are
	// compared with it, for each run of perRun different content words.
	nearest = 24
	perRun  = 24
	// maxMarks is how many ellipses and brackets a quotation may have: each may
	// stand for words of any place.
	maxMarks = 100
	// maxScanned is how many passages are read through for a quotation without
	// a content word, which the index can find by its pairs of words only.
	maxScanned = 20_000
)

// Checker checks quotations. It is safe for concurrent use.
type Checker struct{ words *words.Analyzer }

// New makes a checker that reads words as the index does.
func New(a *words.Analyzer) *Checker { return &Checker{words: a} }

// source is a passage that may have a quotation.
type source struct {
	key      uint64
	document *document.Document
	passage  *document.Passage
	tokens   []token
}

// Check looks for a quotation in all that a view sees. Its faults are Invalid
// for a text without a word, one longer than MaxQuote, one with more than a
// hundred ellipses and brackets, and one of function words alone where there is too much to read through.
func (c *Checker) Check(ctx context.Context, v *index.View, text string) (*Result, error) {
	r := &Result{Quote: text, Verdict: Absent}
	if len(text) > MaxQuote {
		return nil, fault.New(fault.Invalid, "That quotation is too long to be checked at once: at most %d characters. Check a part of it.", MaxQuote)
	}
	search := searcher{checker: c, view: v, read: make(map[uint64]*source)}
	readings := readings(text)
	if len(wordsOf(readings[0].tokens)) == 0 {
		return nil, fault.New(fault.Invalid, "There is no word in that quotation.")
	}
	if n := marks(parse(readings[0].tokens)); n > maxMarks {
		return nil, fault.New(fault.Invalid, "That quotation has too many ellipses and brackets to be checked at once: at most %d. Check a part of it.", maxMarks)
	}
	for _, reading := range readings {
		found, err := search.exact(ctx, text, reading)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			slices.SortStableFunc(found, func(a, b Occurrence) int { return cmp.Compare(a.named(), b.named()) })
			r.Verdict, r.Likeness, r.More = Exact, 1, len(found) > MaxFound
			r.Found = found[:min(len(found), MaxFound)]
			return r, nil
		}
	}
	// A citation behind it is none of the quotation's words.
	last := readings[len(readings)-1]
	if err := search.altered(ctx, text, last, r); err != nil {
		return nil, err
	}
	if r.Verdict == Altered && len(last.aside) > 0 && len(r.Found[0].Differences) == len(last.aside) {
		// The citation is the source's own, with other words.
		*r = Result{Quote: text, Verdict: Absent}
		if err := search.altered(ctx, text, readings[0], r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// named counts what an occurrence has to name, markers left out: every reader
// leaves them out.
func (o *Occurrence) named() int {
	n := 0
	for _, d := range o.Differences {
		if d.Kind != Marker {
			n++
		}
	}
	return n
}

// searcher looks for one quotation. It reads each passage once.
type searcher struct {
	checker *Checker
	view    *index.View
	read    map[uint64]*source
	near    []*source // of the last search, best first
}

func (s *searcher) load(ctx context.Context, at index.Sharer) (*source, error) {
	if src, ok := s.read[at.Key()]; ok {
		return src, nil
	}
	doc, passage, err := at.Load(ctx)
	if err != nil {
		return nil, err
	}
	src := newSource(doc, passage)
	src.key = at.Key()
	s.read[src.key] = src
	return src, nil
}

func newSource(doc *document.Document, passage *document.Passage) *source {
	return &source{document: doc, passage: passage, tokens: tokenize(passage.Text, passage.Markers, true)}
}

// content are the stems of a pattern's own content words, as texts in a
// language have them.
func (c *Checker) content(language, text string, pattern []element) []string {
	analyzer := c.words.In(language)
	var stems []string
	var tokens []words.Token
	// A run of literal elements is read as one text, as the index read it.
	for i := 0; i < len(pattern); {
		if pattern[i].form != literal || pattern[i].tokens[0].kind == note {
			i++
			continue
		}
		j := i
		for j < len(pattern) && pattern[j].form == literal && pattern[j].tokens[0].kind != note {
			j++
		}
		// An abbreviation before a number has the stem of the whole word ("art."
		// of "article"), and the number may be the next word that is not quoted.
		run := text[pattern[i].tokens[0].start:pattern[j-1].tokens[0].end]
		tokens = analyzer.AppendTokens(tokens[:0], run+" 1")
		tokens = tokens[:len(tokens)-1]
		for k, t := range tokens {
			if !t.Stop && (k < len(tokens)-1 || t.Stem == analyzer.Stem(run[t.Start:t.End])) {
				stems = append(stems, t.Stem)
			}
		}
		i = j
	}
	return stems
}

// exact finds the places that have a reading of a quotation.
func (s *searcher) exact(ctx context.Context, text string, r reading) ([]Occurrence, error) {
	pattern := parse(r.tokens)
	ways, enough := trims(pattern), substantial(pattern)
	var found []Occurrence
	err := s.candidates(ctx, text, pattern, func(src *source) bool {
		if o, ok := occurrence(text, ways, enough, src, &r); ok {
			found = append(found, o)
		}
		return len(found) <= MaxFound
	})
	if err != nil || len(found) > 0 {
		return found, err
	}
	if segments := segments(r.tokens); enough && len(segments) > 1 {
		return s.spanning(ctx, text, segments, &r)
	}
	return nil, nil
}

// occurrence matches a pattern, in the first of several ways that fits. Where
// it is not enough, its ellipses and brackets must be the source's own.
func occurrence(text string, ways []trimmed, enough bool, src *source, r *reading) (Occurrence, bool) {
	for _, w := range ways {
		m := find(w.pattern, src.tokens, edges{})
		if m == nil || (!enough && m.cost() > 0) || (w.stop && asks(src.tokens, m.last+1)) || r.goesOn(src, m.last) {
			continue
		}
		ref := src.document.Ref(src.passage)
		list := named(text, m, src.tokens, src.passage, ref, w.aside)
		return Occurrence{Parts: []Part{src.part(m.first, m.last)}, Differences: append(list, r.aside...)}, true
	}
	return Occurrence{}, false
}

// asks reports whether a question or exclamation mark ends the sentence there:
// a period in its place makes another sentence of it.
func asks(src []token, at int) bool {
	return at < len(src) && src[at].kind == sign && (src[at].text == "?" || src[at].text == "!")
}

func (src *source) part(first, last int) Part {
	return Part{
		Document: src.document, Passage: src.passage,
		Span: words.Span{Start: src.tokens[first].start, End: src.tokens[last].end},
	}
}

// candidates hands out the passages that can have a pattern: all that have its
// rarest words, then those that have the most of them, until yield says that
// it has enough. The latter are kept for what follows.
func (s *searcher) candidates(ctx context.Context, text string, pattern []element, yield func(*source) bool) error {
	s.near = nil
	var all, most []index.Sharer
	phrases := phrases(pattern)
	unknown, languages := 0, s.view.Languages()
	for _, language := range languages {
		stems := distinct(s.checker.content(language, text, pattern))
		if len(stems) == 0 {
			// In texts of this language they are function words alone.
			everything := s.view.Beside(s.view.Everything(), phrases)
			if len(everything) <= maxScanned {
				all = append(all, everything...)
			} else {
				unknown++
			}
			continue
		}
		var have []index.Sharer // the words of every run are needed
		for run := range slices.Chunk(stems, perRun) {
			shared, err := s.view.Sharing(ctx, run, nearest)
			if err != nil {
				return err
			}
			if have == nil || len(shared.All) < len(have) {
				have = append([]index.Sharer{}, shared.All...)
			}
			most = append(most, shared.Most...)
		}
		all = append(all, s.view.Beside(have, phrases)...)
	}
	if unknown == len(languages) {
		return fault.New(fault.Invalid, "That quotation has no word that is not in every text; quote more of it.")
	}
	done := make(map[uint64]bool)
	going := true
	once := func(src *source) bool {
		if going && !done[src.key] {
			done[src.key] = true
			going = yield(src)
		}
		return going
	}
	if err := s.each(ctx, all, once); err != nil {
		return err
	}
	return s.each(ctx, most, func(src *source) bool {
		s.near = append(s.near, src)
		once(src)
		return true
	})
}

func (s *searcher) each(ctx context.Context, list []index.Sharer, yield func(*source) bool) error {
	for _, at := range list {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		src, err := s.load(ctx, at)
		if err != nil {
			return err
		}
		if !yield(src) {
			return nil
		}
	}
	return nil
}

func distinct(list []string) []string {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}
