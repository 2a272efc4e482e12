package main

import (
	"pincite/internal/answer"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/words"
)

// The JSON that the commands print is a promise: names and types stay, an
// array is never null. What is unknown is an empty string.

type passageJSON struct {
	ID       string        `json:"id"`
	Document string        `json:"document"`
	Title    string        `json:"title"`
	Kind     document.Kind `json:"kind"`
	Locator  string        `json:"locator"`
	Section  string        `json:"section"`
	Text     string        `json:"text"`
	Evidence []words.Span  `json:"evidence"` // bytes of Text
	Notes    []string      `json:"notes"`
	Citation string        `json:"citation"`
	URL      string        `json:"url"`
	Score    float64       `json:"score"`
	// Receipt is for the evidence, or for all of Text where there is none; it is
	// printed where it was asked for.
	Receipt string `json:"receipt,omitempty"`
}

func passagesJSON(passages []desk.Passage) []passageJSON {
	out := make([]passageJSON, 0, len(passages))
	for i := range passages {
		p := &passages[i]
		out = append(out, passageJSON{
			ID:       p.Ref().String(),
			Document: p.Document.ID,
			Title:    p.Document.Title,
			Kind:     p.Passage.Kind,
			Locator:  p.Passage.Pincite().String(),
			Section:  p.Passage.Section,
			Text:     p.Passage.Text,
			Evidence: notNull(p.Evidence),
			Notes:    refs(p.Document, p.Notes),
			Citation: p.Citation.Text(),
			URL:      p.URL,
			Score:    p.Score,
		})
	}
	return out
}

type answeredJSON struct {
	Question   string         `json:"question"`
	Verdict    answer.Verdict `json:"verdict"`
	Confidence float64        `json:"confidence"`
	Missing    []string       `json:"missing"`
	// Mended are the misspelt words and what they were taken for; Chatter is
	// what a text is that is no question. Both are left out where there is none.
	Mended   []mendedJSON   `json:"mended,omitempty"`
	Chatter  answer.Chatter `json:"chatter,omitempty"`
	Passages []passageJSON  `json:"passages"`
}

type mendedJSON struct {
	Written string `json:"written"`
	As      string `json:"as"`
}

func answerJSON(said *desk.Answer) answeredJSON {
	var mended []mendedJSON
	for _, m := range said.Mended {
		mended = append(mended, mendedJSON(m))
	}
	return answeredJSON{
		Mended:     mended,
		Chatter:    said.Chatter,
		Question:   said.Question,
		Verdict:    said.Verdict,
		Confidence: said.Confidence,
		Missing:    notNull(said.Missing),
		Passages:   passagesJSON(said.Passages),
	}
}

// refs are the ids of passages of a document.
func refs(d *document.Document, passages []*document.Passage) []string {
	ids := make([]string, 0, len(passages))
	for _, p := range passages {
		ids = append(ids, d.Ref(p).String())
	}
	return ids
}

func notNull[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

type searchJSON struct {
	Hits  []passageJSON `json:"hits"`
	Total int           `json:"total"` // of all pages
}
