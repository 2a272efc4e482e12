package desk

import (
	"context"
	"slices"

	"pincite/internal/library"
	"pincite/internal/quote"
)

// Verification is what came of checking a quotation, with passages that can be
// shown and cited.
type Verification struct {
	Quote   string
	Verdict quote.Verdict
	// Places are where it is from, as quote.Result.Found has them.
	Places []VerifiedPlace
	More   bool // there are more places than those
	// Likeness is that of quote.Result, from 0 to 1.
	Likeness float64
}

// VerifiedPlace is where a quotation is from.
type VerifiedPlace struct {
	// Passages are the passages that it is of, each with the stretch that it is
	// of as its evidence, and with the version that it was compared with. There
	// is one, but for a quotation of several paragraphs or joined of two.
	Passages []Passage
	// Main is the position of the one that has most of it.
	Main int
	// Differences are what there is to name.
	Differences []quote.Difference
}

// Marked reports whether the quotation marks itself as other than its source: an
// ellipsis or a bracket stands for words.
func (p *VerifiedPlace) Marked() bool {
	return slices.ContainsFunc(p.Differences, func(d quote.Difference) bool {
		return (d.Kind == quote.Elision || d.Kind == quote.Bracket) && d.Source != ""
	})
}

// Verify says whether a quotation is in the documents that a server sees, word
// for word. Its faults are those of quote.Checker.Check.
func (d *Desk) Verify(ctx context.Context, who library.CorpusID, text string) (*Verification, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	r, err := d.checker.Check(ctx, s.view, text)
	if err != nil {
		return nil, err
	}
	v := &Verification{Quote: r.Quote, Verdict: r.Verdict, More: r.More, Likeness: r.Likeness}
	for _, o := range r.Found {
		place := VerifiedPlace{Main: o.Main, Differences: o.Differences}
		for _, part := range o.Parts {
			p := Passage{Document: part.Document, Passage: part.Passage}
			if part.Span.End > part.Span.Start {
				p.Evidence = append(p.Evidence, part.Span)
			}
			if err := d.handOut(ctx, s, &p); err != nil {
				return nil, err
			}
			place.Passages = append(place.Passages, p)
		}
		v.Places = append(v.Places, place)
	}
	return v, nil
}
