package main

import (
	"strings"
	"unicode"

	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/words"
)

// margin is before every line that belongs to a passage, on a terminal.
const margin = "  "

// elision stands for words of a passage that are not shown.
const elision = "[…]"

// showPassage prints a passage with its section above it and its reference
// below: the whole text and its footnotes, or the evidence alone.
func (a *app) showPassage(p *desk.Passage, whole bool) {
	text := p.Passage.Text
	if p.Passage.Section != "" {
		a.out.text(margin, faint, p.Passage.Section)
	}
	if whole {
		a.out.line(margin, emphasised(text, 0, len(text), p.Evidence)...)
	} else {
		a.out.line(margin, excerpt(text, p.Evidence)...)
	}
	a.out.line(margin, citationStretches(p.Citation)...)
	if p.URL != "" {
		a.out.text(margin, plain, p.URL)
	}
	if !whole {
		return
	}
	for _, note := range p.Notes {
		a.out.line(margin, stretch{note.Pincite().String() + ": ", faint}, stretch{note.Text, plain})
	}
	a.showCallers(p)
}

// showCallers prints the sentences that call a footnote.
func (a *app) showCallers(p *desk.Passage) {
	for _, caller := range p.Document.NotedBy(p.Passage.Pincite()) {
		for _, m := range caller.Markers {
			if m.Note == p.Passage.Number {
				a.out.line(margin, stretch{"Called in " + caller.Pincite().String() + ": ", faint}, stretch{sentenceAt(caller, m), plain})
				break
			}
		}
	}
}

// sentenceAt is the sentence that a marker stands in.
func sentenceAt(p *document.Passage, m document.Marker) string {
	for _, s := range words.Sentences(p.Text) {
		if m.Start >= s.Start && m.Start < s.End {
			return p.Text[s.Start:s.End]
		}
	}
	return p.Text
}

// emphasised is text[start:end] with the spans in it set off. The spans are in
// order and disjoint.
func emphasised(text string, start, end int, spans []words.Span) []stretch {
	var out []stretch
	at := start
	for _, s := range spans {
		from, to := max(s.Start, at), min(s.End, end)
		if from >= to {
			continue
		}
		out = append(out, stretch{text[at:from], plain}, stretch{text[from:to], strong})
		at = to
	}
	return append(out, stretch{text[at:end], plain})
}

// excerpt is the evidence of a text, with elisions for the rest of it.
func excerpt(text string, evidence []words.Span) []stretch {
	if len(evidence) == 0 {
		return []stretch{{text, plain}}
	}
	var out []stretch
	at := 0
	for _, s := range evidence {
		out = append(out, elided(text[at:s.Start], at == 0, false)...)
		out = append(out, stretch{text[s.Start:s.End], strong})
		at = s.End
	}
	return append(out, elided(text[at:], false, true)...)
}

// elided stands for what lies before, between or after evidence.
func elided(text string, first, last bool) []stretch {
	if strings.TrimFunc(text, unicode.IsSpace) == "" {
		return []stretch{{text, plain}}
	}
	switch {
	case first:
		return []stretch{{elision + " ", faint}}
	case last:
		return []stretch{{" " + elision, faint}}
	}
	return []stretch{{" " + elision + " ", faint}}
}
