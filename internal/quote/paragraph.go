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
func (s *searcher) spanning(ctx context.Context, text string, paragraphs [][]token, r *reading) ([]Occurrence, error) {
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
	span := spanner{
		text: text, reading: r, patterns: patterns,
		read: make(map[*document.Passage]*source), tried: make(map[*document.Passage]bool),
	}
	err := s.candidates(ctx, text, patterns[heaviest], func(src *source) bool {
		if o, ok := span.at(heaviest, src); ok {
			found = append(found, o)
		}
		return len(found) <= MaxFound && span.visits < maxVisits
	})
	s.near = append(near, s.near...)
	return found, err
}

func onlyGap(pattern []element) bool { return len(pattern) == 1 && pattern[0].form == gap }

// maxVisits bounds the passages that are compared with a paragraph of one
// quotation: where paragraphs are left out, each passage may begin it and each
// may go on with it.
const maxVisits = 50_000

// spanner matches the paragraphs of a quotation with passages on end.
type spanner struct {
	text     string
	reading  *reading
	patterns [][]element
	// read are the passages that were read, and tried those that a match was
	// begun at.
	read   map[*document.Passage]*source
	tried  map[*document.Passage]bool
	visits int
}

// at matches the paragraphs so that one of them is of a given passage.
func (s *spanner) at(paragraph int, src *source) (Occurrence, bool) {
	i, ok := src.document.Index(src.passage.Pincite())
	if !ok {
		return Occurrence{}, false
	}
	// The first paragraph is that many passages before, unless some are left
	// out in between; then each beginning before it is tried.
	first, last := i-paragraph, i-paragraph
	if slices.ContainsFunc(s.patterns[:paragraph], onlyGap) {
		first, last = 0, i-1
	}
	for b := max(first, 0); b <= last; b++ {
		p := &src.document.Passages[b]
		if p.Kind != src.passage.Kind || s.tried[p] {
			continue
		}
		s.tried[p] = true
		if o, ok := s.from(src.document, b); ok {
			return o, true
		}
	}
	return Occurrence{}, false
}

// from matches the paragraphs with passages from one on.
func (s *spanner) from(doc *document.Document, at int) (Occurrence, bool) {
	var o Occurrence
	longest := 0
	kind := doc.Passages[at].Kind
	skipping := false
	for i := 0; i < len(s.patterns); {
		if onlyGap(s.patterns[i]) {
			o.Differences = append(o.Differences, Difference{Kind: Elision, Quote: s.patterns[i][0].text(s.text), Passage: doc.Ref(&doc.Passages[at-1])})
			skipping = true
			i++
			continue
		}
		if s.visits++; at >= len(doc.Passages) || doc.Passages[at].Kind != kind || s.visits > maxVisits {
			return Occurrence{}, false
		}
		src := s.read[&doc.Passages[at]]
		if src == nil {
			src = newSource(doc, &doc.Passages[at])
			s.read[src.passage] = src
		}
		m, w := matchParagraph(s.patterns[i], src, i == 0, i == len(s.patterns)-1)
		at++
		if m == nil {
			if skipping {
				continue
			}
			return Occurrence{}, false
		}
		if i == len(s.patterns)-1 && s.reading.goesOn(src, m.last) {
			return Occurrence{}, false
		}
		skipping = false
		part := src.part(m.first, m.last)
		if n := part.Span.End - part.Span.Start; n > longest {
			longest, o.Main = n, len(o.Parts)
		}
		o.Parts = append(o.Parts, part)
		o.Differences = append(o.Differences, named(s.text, m, src.tokens, src.passage, doc.Ref(src.passage), w.aside)...)
		i++
	}
	o.Differences = append(o.Differences, s.reading.aside...)
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
