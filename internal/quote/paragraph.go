package quote

import (
	"context"
	"slices"

	"pincite/internal/document"
	"pincite/internal/words"
)

// segments are a quotation's paragraphs: parted by blank lines or, where it has
// none, by line breaks.
func segments(tokens []token) [][]token {
	least := 1
	for i := range tokens {
		if i > 0 && tokens[i].breaks > 1 {
			least = 2
		}
	}
	var list [][]token
	begin := 0
	for i := range tokens {
		if i > 0 && tokens[i].breaks >= least {
			list = append(list, tokens[begin:i])
			begin = i
		}
	}
	return append(list, tokens[begin:])
}

// spanning finds a quotation of several paragraphs: the end of one passage, all
// of those between, and the beginning of another, in one document. A paragraph
// that is only an ellipsis stands for any number of them.
func (s *searcher) spanning(ctx context.Context, text string, paragraphs [][]token, aside []Difference) ([]Occurrence, error) {
	patterns := make([][]element, len(paragraphs))
	heaviest, most := 0, -1
	for i, p := range paragraphs {
		patterns[i] = parse(p)
		if i > 0 { // quotation marks are repeated before each paragraph
			for len(patterns[i]) > 0 && patterns[i][0].is(`"`) {
				patterns[i] = patterns[i][1:]
			}
		}
		if len(patterns[i]) == 0 {
			return nil, nil
		}
		if n := len(distinct(s.checker.content(words.English, text, patterns[i]))); n > most {
			heaviest, most = i, n
		}
	}
	if most < 1 || onlyGap(patterns[0]) || onlyGap(patterns[len(patterns)-1]) {
		return nil, nil
	}
	near := s.near
	var found []Occurrence
	err := s.candidates(ctx, text, patterns[heaviest], func(src *source) bool {
		if o, ok := spanningAt(text, patterns, heaviest, src, aside); ok {
			found = append(found, o)
		}
		return len(found) <= MaxFound
	})
	s.near = append(near, s.near...)
	return found, err
}

func onlyGap(pattern []element) bool { return len(pattern) == 1 && pattern[0].form == gap }

// spanningAt matches paragraphs so that one of them is of a given passage.
func spanningAt(text string, patterns [][]element, at int, src *source, aside []Difference) (Occurrence, bool) {
	i, ok := src.document.Index(src.passage.Pincite())
	if !ok {
		return Occurrence{}, false
	}
	// The first paragraph is that many passages before, unless some are left
	// out in between; then each beginning before it is tried.
	begins := []int{i - at}
	if slices.ContainsFunc(patterns[:at], onlyGap) {
		begins = begins[:0]
		for b := range i {
			begins = append(begins, b)
		}
	}
	for _, b := range begins {
		if b < 0 || src.document.Passages[b].Kind != src.passage.Kind {
			continue
		}
		if o, ok := spanningFrom(text, patterns, src.document, b); ok {
			o.Differences = append(o.Differences, aside...)
			return o, true
		}
	}
	return Occurrence{}, false
}

// spanningFrom matches paragraphs with passages from one on.
func spanningFrom(text string, patterns [][]element, doc *document.Document, at int) (Occurrence, bool) {
	var o Occurrence
	longest := 0
	kind := doc.Passages[at].Kind
	skipping := false
	for i := 0; i < len(patterns); {
		if onlyGap(patterns[i]) {
			o.Differences = append(o.Differences, Difference{Kind: Elision, Quote: patterns[i][0].text(text), Passage: doc.Ref(&doc.Passages[at-1])})
			skipping = true
			i++
			continue
		}
		if at >= len(doc.Passages) || doc.Passages[at].Kind != kind {
			return Occurrence{}, false
		}
		src := newSource(doc, &doc.Passages[at])
		m, w := matchParagraph(patterns[i], src, i == 0, i == len(patterns)-1)
		at++
		if m == nil {
			if skipping {
				continue
			}
			return Occurrence{}, false
		}
		skipping = false
		part := src.part(m.first, m.last)
		if n := part.Span.End - part.Span.Start; n > longest {
			longest, o.Main = n, len(o.Parts)
		}
		o.Parts = append(o.Parts, part)
		o.Differences = append(o.Differences, named(text, m, src.tokens, src.passage, doc.Ref(src.passage), w.aside)...)
		i++
	}
	return o, len(o.Parts) > 1
}

// matchParagraph matches one paragraph of several: it reaches to the ends of
// its passage where others of the quotation follow or precede, unless it has an
// ellipsis there.
func matchParagraph(pattern []element, src *source, first, last bool) (*match, trimmed) {
	ways := []trimmed{{pattern: pattern}}
	if first || last {
		ways = trims(pattern)
	}
	begins, ends := pattern[0].form == gap, pattern[len(pattern)-1].form == gap
	for _, w := range ways {
		if !first && (len(w.pattern) == 0 || &w.pattern[0] != &pattern[0]) && !begins {
			continue
		}
		if !last && (len(w.pattern) == 0 || &w.pattern[len(w.pattern)-1] != &pattern[len(pattern)-1]) && !ends {
			continue
		}
		at := edges{atStart: !first && !begins, atEnd: !last && !ends, strict: !first}
		if m := find(w.pattern, src.tokens, at); m != nil && (!w.stop || !asks(src.tokens, m.last+1)) {
			return m, w
		}
	}
	return nil, trimmed{}
}
