package desk

import (
	"slices"

	"pincite/internal/authority"
	"pincite/internal/document"
	"pincite/internal/index"
)

// DocumentJSON is a document for programs, as show --json prints it.
type DocumentJSON struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Authors  []string      `json:"authors"`
	Date     string        `json:"date"`
	URL      string        `json:"url"`
	Language string        `json:"language"`
	Passages []PassageJSON `json:"passages"`
}

// PassageJSON is a passage of a DocumentJSON; it names others by their ids.
type PassageJSON struct {
	ID          string        `json:"id"`
	Kind        document.Kind `json:"kind"`
	Number      int           `json:"number"`
	Section     string        `json:"section"`
	Text        string        `json:"text"`
	Notes       []string      `json:"notes"`
	NotedBy     []string      `json:"notedBy"`
	Authorities []string      `json:"authorities"`
}

// NewDocumentJSON is a document with some of its passages.
func NewDocumentJSON(d *document.Document, passages []document.Passage) DocumentJSON {
	out := DocumentJSON{
		ID: d.ID, Title: d.Title, Authors: append([]string{}, d.Authors...), Date: d.Date, URL: d.URL, Language: d.Language,
		Passages: make([]PassageJSON, 0, len(passages)),
	}
	callers := callersOf(d)
	named, footnotes := index.Named(d), len(d.Paragraphs())
	for i := range passages {
		p := &passages[i]
		notes := []string{}
		for _, note := range d.NotesOf(p) {
			notes = append(notes, d.Ref(note).String())
		}
		out.Passages = append(out.Passages, PassageJSON{
			ID: d.Ref(p).String(), Kind: p.Kind, Number: p.Number, Section: p.Section, Text: p.Text,
			Notes: notes, NotedBy: append([]string{}, callers[p.Pincite()]...),
			Authorities: keysOf(named[positionOf(p, footnotes)]),
		})
	}
	return out
}

// keysOf lists the keys of the authorities that a passage names, in the order
// of the text, each once.
func keysOf(found []authority.Found) []string {
	keys := []string{}
	for _, f := range found {
		if f.Key != "" && !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// positionOf is where a passage stands in its document, whose footnotes begin
// at the position given.
func positionOf(p *document.Passage, footnotes int) int {
	if p.Kind == document.Footnote {
		return footnotes + p.Number - 1
	}
	return p.Number - 1
}

// callersOf lists for each footnote the passages that call it, in one pass.
func callersOf(d *document.Document) map[document.Pincite][]string {
	callers := make(map[document.Pincite][]string)
	for i := range d.Passages {
		p := &d.Passages[i]
		id := d.Ref(p).String()
		for _, m := range p.Markers {
			note := document.Pincite{Kind: document.Footnote, Number: m.Note}
			if !slices.Contains(callers[note], id) {
				callers[note] = append(callers[note], id)
			}
		}
	}
	return callers
}
