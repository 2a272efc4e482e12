package main

import (
	"time"

	"pincite/internal/desk"
	"pincite/internal/quote"
	"pincite/internal/words"
)

// verdictJSON is a line of verify --lines.
type verdictJSON struct {
	Quote   string        `json:"quote"`
	Verdict quote.Verdict `json:"verdict"`
	// Passage is the id of the first passage that an exact quotation is of, or
	// of the one that has most of an altered one; empty for an absent one.
	Passage string     `json:"passage"`
	Diff    []diffJSON `json:"diff"`
}

// diffJSON is a difference: what the quotation has and what the passage has.
type diffJSON struct {
	Kind    quote.Kind `json:"kind"`
	Quote   string     `json:"quote"`
	Source  string     `json:"source"`
	Passage string     `json:"passage"` // of Source; empty where there is none
}

func newVerdictJSON(v *desk.Verification) verdictJSON {
	out := verdictJSON{Quote: v.Quote, Verdict: v.Verdict, Diff: []diffJSON{}}
	if len(v.Places) == 0 {
		return out
	}
	place := &v.Places[0]
	at := 0
	if v.Verdict == quote.Altered {
		at = place.Main
	}
	out.Passage = place.Passages[at].Ref().String()
	for _, d := range place.Differences {
		passage := ""
		if d.Passage.Document != "" {
			passage = d.Passage.String()
		}
		out.Diff = append(out.Diff, diffJSON{d.Kind, d.Quote, d.Source, passage})
	}
	return out
}

// verifiedJSON is what verify --json prints.
type verifiedJSON struct {
	verdictJSON
	// Passages are all that the quotation is of; several where it has their
	// breaks, or was joined of them.
	Passages []verifiedPassageJSON `json:"passages"`
	// Also are the ids of further passages that have an exact one, as far as
	// they are listed; More says that there are others.
	Also []string `json:"also"`
	More bool     `json:"more"`
}

type verifiedPassageJSON struct {
	passageJSON
	Version editionJSON `json:"version"`
	// Receipt is for the evidence; empty where the quotation is altered.
	Receipt string `json:"receipt"`
}

// editionJSON says which version of a document was read.
type editionJSON struct {
	Number int    `json:"number"` // 0 in the base corpus
	Hash   string `json:"hash"`
	Added  string `json:"added"` // empty in the base corpus
}

func newEditionJSON(p *desk.Passage) editionJSON {
	v := editionJSON{Number: p.Entry.Version, Hash: p.Entry.Hash}
	if !p.Entry.AddedAt.IsZero() {
		v.Added = p.Entry.AddedAt.Format(time.RFC3339)
	}
	return v
}

func newVerifiedJSON(v *desk.Verification) verifiedJSON {
	out := verifiedJSON{verdictJSON: newVerdictJSON(v), Passages: []verifiedPassageJSON{}, Also: []string{}, More: v.More}
	for i := range v.Places {
		place := &v.Places[i]
		if i > 0 {
			out.Also = append(out.Also, place.Passages[0].Ref().String())
			continue
		}
		for j, p := range passagesJSON(place.Passages) {
			of := verifiedPassageJSON{passageJSON: p, Version: newEditionJSON(&place.Passages[j])}
			if v.Verdict == quote.Exact {
				of.Receipt = place.Passages[j].Receipt(place.Passages[j].Evidence[0]).String()
			}
			out.Passages = append(out.Passages, of)
		}
	}
	return out
}

// proofJSON is what verify --receipt --json prints.
type proofJSON struct {
	Receipt string `json:"receipt"`
	Holds   bool   `json:"holds"`
	// Failing is why not: document, version, passage, range or text; empty
	// where it holds.
	Failing desk.Failing `json:"failing"`
	Passage string       `json:"passage"`
	// Text are the bytes that were proved.
	Text    string      `json:"text"`
	Version editionJSON `json:"version"`
	// Replaced says that there is a later version; Now is the id of what the
	// passage has become in it, empty where it was removed.
	Replaced bool   `json:"replaced"`
	Now      string `json:"now"`
}

func newProofJSON(proof *desk.Proof) proofJSON {
	out := proofJSON{
		Receipt: proof.Receipt.String(), Failing: proof.Failing, Holds: proof.Failing == "",
		Passage: proof.Receipt.Passage.String(), Replaced: proof.Replaced(), Version: editionJSON{Hash: proof.Receipt.Version},
	}
	if p := proof.Passage; p != nil {
		e := proof.Receipt.Span
		out.Text, out.Version = p.Passage.Text[e.Start:e.End], newEditionJSON(p)
	}
	if proof.Now != nil {
		out.Now = proof.Now.Ref().String()
	}
	return out
}

// receiptOf is the receipt for what a passage was shown for: from its first
// evidence to its last, or the whole of it.
func receiptOf(p *desk.Passage) string {
	var span words.Span
	if n := len(p.Evidence); n > 0 {
		span = words.Span{Start: p.Evidence[0].Start, End: p.Evidence[n-1].End}
	}
	return p.Receipt(span).String()
}
