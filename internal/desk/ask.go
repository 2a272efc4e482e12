package desk

import (
	"context"
	"errors"
	"fmt"

	"pincite/internal/answer"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/library"
)

// Answer is an answer with passages that can be shown and cited.
type Answer struct {
	Question   string
	Verdict    answer.Verdict
	Confidence float64  // from 0 to 1
	Missing    []string // the question's words that no passage has
	Mended     []answer.Mended
	Chatter    answer.Chatter // what the text is where it is no question
	Passages   []Passage
}

// Ask answers a question from what a server sees.
func (d *Desk) Ask(ctx context.Context, who library.CorpusID, r answer.Request) (*Answer, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	if r.Document != "" {
		if _, ok := s.entries[r.Document]; !ok {
			return nil, s.noDocument(r.Document)
		}
	}
	a, err := s.answerer.Answer(ctx, s.view, r)
	if err != nil {
		return nil, err
	}
	said := &Answer{
		Question: a.Question, Verdict: a.Verdict, Confidence: a.Confidence,
		Missing: a.Missing, Mended: a.Mended, Chatter: a.Chatter,
	}
	for _, p := range a.Passages {
		out := Passage{Document: p.Document, Passage: p.Passage, Evidence: p.Evidence, Score: p.Score}
		if err := d.handOut(ctx, s, &out); err != nil {
			return nil, err
		}
		said.Passages = append(said.Passages, out)
	}
	return said, nil
}

// Results are a page of a keyword search.
type Results struct {
	Hits  []Passage
	Total int // of all pages
}

// Search lists the passages that match keywords, those from offset on, at most
// limit. Keywords that do not parse give a fault.Invalid that shows the place;
// the *index.SyntaxError is in its chain.
func (d *Desk) Search(ctx context.Context, who library.CorpusID, keywords string, offset, limit int) (*Results, error) {
	k, err := index.ParseKeywords(d.cfg.Words, keywords)
	if err != nil {
		if bad, ok := errors.AsType[*index.SyntaxError](err); ok {
			return nil, fault.Wrap(fault.Invalid, err, "The search cannot be read: %s.", bad.Error())
		}
		return nil, fmt.Errorf("desk: search: %w", err)
	}
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	if k.Document != "" {
		if _, ok := s.entries[k.Document]; !ok {
			return nil, s.noDocument(k.Document)
		}
	}
	hits, err := s.view.Find(ctx, k, offset, limit)
	if err != nil {
		return nil, err
	}
	results := &Results{Total: hits.Total}
	for _, h := range hits.Hits {
		out := Passage{Document: h.Document, Passage: h.Passage, Evidence: h.Spans, Score: h.Score}
		for _, c := range k.Cites {
			if c.Not {
				continue
			}
			if _, err := d.mark(ctx, s, &out, c.Key); err != nil {
				return nil, err
			}
		}
		if err := d.handOut(ctx, s, &out); err != nil {
			return nil, err
		}
		results.Hits = append(results.Hits, out)
	}
	return results, nil
}
