package ingest

import (
	"slices"
	"strings"
)

// plainNotes takes the last paragraphs of a page without linked footnotes for
// notes, as in Markdown without such footnotes: below a rule or a heading
// "Notes", to the end, labelled or numbered, the first of them called above.
// Markers that are raised digits become "[n]", as markers are printed.
func (p *htmlPage) plainNotes() error {
	m := &markdown{ctx: p.ctx, in: p.in, draft: p.draft, ordinals: p.ordinals, openings: p.openings}
	if err := m.plainNotes(); err != nil {
		return err
	}
	for i := range p.draft.paragraphs {
		bracket(&p.draft.paragraphs[i])
	}
	for i := range p.draft.notes {
		bracket(&p.draft.notes[i])
	}
	return nil
}

// doubtMarkers reports what looks like a marker and calls nothing.
func (p *htmlPage) doubtMarkers() {
	for i := range p.draft.paragraphs {
		b := &p.draft.paragraphs[i]
		calls := b.calls
		for at := strings.IndexByte(b.text, '['); at >= 0; {
			for len(calls) > 0 && calls[0].end <= at {
				calls = calls[1:]
			}
			if called := len(calls) > 0 && calls[0].start <= at; !called {
				if mk, ok := looksLikeMarker(b.text, at); ok {
					p.in.doubts.add(DoubtMarker, paragraph(i+1), "“%s” calls no footnote and was taken as text.", mk)
				}
			}
			next := strings.IndexByte(b.text[at+1:], '[')
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
}

// bracket writes the markers of a block that are superscript characters as
// plain digits in brackets.
func bracket(b *block) {
	if !slices.ContainsFunc(b.calls, func(c call) bool { return b.text[c.start] != '[' }) {
		return
	}
	var s strings.Builder
	at := 0
	for i, c := range b.calls {
		s.WriteString(b.text[at:c.start])
		start := s.Len()
		label := b.text[c.start:c.end]
		if digits, end := superscripts(label); end == len(label) && digits != "" {
			label = "[" + digits + "]"
		}
		s.WriteString(label)
		b.calls[i].start, b.calls[i].end = start, s.Len()
		at = c.end
	}
	s.WriteString(b.text[at:])
	b.text = s.String()
}
