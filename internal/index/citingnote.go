package index

import (
	"context"
	"slices"

	"pincite/internal/authority"
	"pincite/internal/document"
	"pincite/internal/words"
)

// callerShare is what the lower of two scores adds to the higher, where a
// sentence and its note both have something of the question.
const callerShare = 0.3

// mostBeside is how many content words a note may have beside its authorities
// and still say nothing: a signal, an author, "as amended".
const mostBeside = 3

// onlyCites finds the notes among hits that say nothing but which authorities
// their sentences rest on.
func onlyCites(a *words.Analyzer, hits []Hit) map[*document.Passage]bool {
	var notes []*document.Passage
	var texts []string
	for i := range hits {
		if p := hits[i].Passage; p.Kind == document.Footnote {
			notes, texts = append(notes, p), append(texts, p.Text)
		}
	}
	if len(notes) == 0 {
		return nil
	}
	only := make(map[*document.Passage]bool, len(notes))
	for i, found := range authority.FindAll(texts) {
		only[notes[i]] = len(found) > 0 && wordsBeside(a, texts[i], found) <= mostBeside
	}
	return only
}

// wordsBeside counts the content words of a text outside of what is found in it.
func wordsBeside(a *words.Analyzer, text string, found []authority.Found) int {
	beside, at := 0, 0
	for _, tok := range a.Tokens(text) {
		for at < len(found) && found[at].End <= tok.Start {
			at++
		}
		within := at < len(found) && found[at].Start <= tok.Start
		if !within && !tok.Stop && !isFigure(tok.Word) {
			beside++
		}
	}
	return beside
}

// isFigure reports whether a word is a number, such as that of a page or a year.
func isFigure(word string) bool { return word[0] >= '0' && word[0] <= '9' }

// callers puts in the place of each note that only cites the paragraph that
// calls it: whoever asks for an authority wants what is said of it.
func (r *reader) callers(ctx context.Context, hits []Hit) ([]Hit, error) {
	if r.query.Kind == document.Footnote {
		return hits, nil
	}
	only := onlyCites(r.view.words, hits)
	for i := 0; i < len(hits); i++ {
		note := &hits[i]
		if !only[note.Passage] {
			continue
		}
		by := note.Document.NotedBy(note.Passage.Pincite())
		if len(by) == 0 || by[0].Kind != document.Paragraph {
			continue
		}
		at := slices.IndexFunc(hits, func(h Hit) bool { return h.Passage == by[0] })
		if at < 0 {
			caller, err := r.caller(ctx, note, by[0])
			if err != nil {
				return nil, err
			}
			hits[i] = caller
			continue
		}
		hits[at].join(note)
		hits = slices.Delete(hits, i, i+1)
		i--
	}
	return hits, nil
}

// caller is the hit of a paragraph that was not found by its own words.
func (r *reader) caller(ctx context.Context, note *Hit, p *document.Passage) (Hit, error) {
	if err := ctx.Err(); err != nil {
		return Hit{}, err
	}
	h := Hit{
		Document: note.Document, Passage: p, Language: note.Language,
		Matched: make([]float64, len(note.Matched)), Near: make([]float64, len(note.Near)),
	}
	r.tokens = r.view.words.In(h.Language).AppendTokens(r.tokens[:0], p.Text)
	r.mark(&h)
	h.join(note)
	return h, nil
}

// join adds to a paragraph what a note that it calls has of the question.
func (h *Hit) join(note *Hit) {
	h.Score = max(h.Score, note.Score) + callerShare*min(h.Score, note.Score)
	for i := range h.Matched {
		h.Matched[i] = max(h.Matched[i], note.Matched[i])
		h.Near[i] = max(h.Near[i], note.Near[i])
	}
	h.Cited = append(h.Cited, note.Passage)
}
