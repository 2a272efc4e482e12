package index

import (
	"fmt"
	"testing"

	"pincite/internal/document"
)

// noted is a document whose second paragraph calls a note that only cites, and
// whose third one that says something.
func noted() *document.Document {
	text := "Ships in distress are let in.[1]"
	more := "Dues are paid at noon.[2]"
	return &document.Document{ID: "sea", Title: "Sea", Passages: []document.Passage{
		{Kind: document.Paragraph, Number: 1, Text: "The harbour is closed at night."},
		{Kind: document.Paragraph, Number: 2, Text: text, Markers: []document.Marker{{Start: len(text) - 3, End: len(text), Note: 1}}},
		{Kind: document.Paragraph, Number: 3, Text: more, Markers: []document.Marker{{Start: len(more) - 3, End: len(more), Note: 2}}},
		{Kind: document.Footnote, Number: 1, Text: "See 50 U.S.C. § 1541(c), as amended."},
		{Kind: document.Footnote, Number: 2, Text: "Under 50 U.S.C. § 1542 no pilot, master or owner had ever paid before evening."},
		{Kind: document.Footnote, Number: 3, Text: "50 U.S.C. § 1543."},
	}}
}

// A note that only cites is found as the paragraph that calls it, also where
// that has none of the words; one that says something, and one that nothing
// calls, stand for themselves.
func TestCitingNotes(t *testing.T) {
	v := viewOf(t, synced(t, testStore(t, "").Corpus("base"), entryFor(noted())))
	for text, want := range map[string]string{
		"50 USC 1541":                   "sea/p2 n. 1",
		"50 USC 1542":                   "sea/n2",
		"50 USC 1543":                   "sea/n3",
		"ships in distress 50 USC 1541": "sea/p2 n. 1",
		"ships in distress":             "sea/p2",
	} {
		hits, err := v.Search(t.Context(), question(v.words, text))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(hits.Hits) > 0 {
			h := hits.Hits[0]
			got = h.Ref().String()
			for _, note := range h.Cited {
				got += fmt.Sprint(" ", note.Pincite())
			}
		}
		if got != want {
			t.Errorf("%q finds %s, want %s", text, got, want)
		}
		seen := make(map[document.Ref]bool)
		for i, h := range hits.Hits {
			if seen[h.Ref()] {
				t.Errorf("%q finds %s twice", text, h.Ref())
			}
			seen[h.Ref()] = true
			if h.Passage.Pincite().String() == "n. 1" {
				t.Errorf("%q finds the note that only cites", text)
			}
			if i > 0 && h.Score > hits.Hits[i-1].Score {
				t.Errorf("%q: hit %d has more than the one before", text, i)
			}
		}
	}
	q := question(v.words, "50 USC 1541")
	q.Kind = document.Footnote
	hits, err := v.Search(t.Context(), q)
	if err != nil || len(hits.Hits) == 0 || hits.Hits[0].Ref().String() != "sea/n1" {
		t.Errorf("among footnotes alone: %v, %v", hits.Hits, err)
	}
}
