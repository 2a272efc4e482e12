package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pincite/internal/answer"
	"pincite/internal/cite"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/words"
)

func joined(stretches []stretch) string {
	var b strings.Builder
	for _, s := range stretches {
		b.WriteString(s.text)
	}
	return b.String()
}

// FuzzExcerpt: what an excerpt or a snippet shows is cut from the text as it
// stands, in order, with elisions where something is left out and nowhere
// else; all evidence of an excerpt is shown.
func FuzzExcerpt(f *testing.F) {
	f.Add("One two three. Four five six. Seven.", 15, 29, 30, 36)
	f.Add(strings.Repeat("The keeper lights the lantern. ", 40), 600, 620, 900, 910)
	f.Add(strings.Repeat("灯", 300), 300, 303, 600, 606)
	f.Add("x", 0, 0, 0, 1)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		if !utf8.ValidString(text) || strings.Contains(text, elision) {
			t.Skip()
		}
		cuts := []int{a, b, c, d}
		for i := range cuts {
			cuts[i] = runeAt(text, max(0, min(cuts[i], len(text))))
		}
		slices.Sort(cuts)
		spans := []words.Span{{Start: cuts[0], End: cuts[1]}, {Start: cuts[2], End: cuts[3]}}
		shown := joined(excerpt(text, spans))
		checkCut(t, text, shown)
		for _, s := range spans {
			if !strings.Contains(shown, text[s.Start:s.End]) {
				t.Errorf("evidence %q is not in %q", text[s.Start:s.End], shown)
			}
		}
		part := snippet(text, spans)
		checkCut(t, text, joined(part))
		if whole := joined(emphasised(text, 0, len(text), spans)); whole != text {
			t.Errorf("emphasised, %q became %q", text, whole)
		}
		if first := spans[0]; first.End > first.Start && !slices.ContainsFunc(part, func(s stretch) bool { return s.style == strong }) {
			t.Errorf("no match in snippet %q", joined(part))
		}
	})
}

// checkCut fails unless shown is pieces of text in order, parted by elisions.
func checkCut(t *testing.T, text, shown string) {
	t.Helper()
	rest := text
	pieces := strings.Split(shown, elision)
	for i, piece := range pieces {
		if i > 0 {
			piece = strings.TrimPrefix(piece, " ")
		}
		if i < len(pieces)-1 {
			piece = strings.TrimSuffix(piece, " ")
		}
		_, after, found := strings.Cut(rest, piece)
		if !found {
			t.Fatalf("%q is not in order in %q", piece, text)
		}
		rest = after
	}
	if len(pieces) == 1 && shown != text {
		t.Errorf("%q is cut without an elision to %q", text, shown)
	}
}

// TestShowAnswer holds the wording of each verdict apart from what makes it.
func TestShowAnswer(t *testing.T) {
	doc := &document.Document{
		ID: "lamps", Title: "On *Lamps*", Note: "This restates another text.",
		Passages: []document.Passage{
			{Kind: document.Paragraph, Number: 1, Section: "Oil", Text: "Oil is dear. Lamps burn it.[1] It smokes.", Markers: []document.Marker{{Start: 27, End: 30, Note: 1}}},
			{Kind: document.Paragraph, Number: 2, Text: "Gas is cheap. It glows."},
			{Kind: document.Footnote, Number: 1, Text: "A treatise."},
		},
	}
	if err := doc.Validate(); err != nil {
		t.Fatal(err)
	}
	passage := func(i int, evidence ...words.Span) desk.Passage {
		p := &doc.Passages[i]
		c, err := cite.Passage(doc, p.Pincite(), cite.Plain, cite.Version{Added: time.Time{}})
		if err != nil {
			t.Fatal(err)
		}
		return desk.Passage{Document: doc, Passage: p, Evidence: evidence, Notes: doc.NotesOf(p), Citation: c, URL: "https://example.org/lamps"}
	}
	passages := []desk.Passage{passage(0, words.Span{Start: 13, End: 30}), passage(1, words.Span{Start: 0, End: 13}), passage(2)}
	tests := []struct {
		name string
		said desk.Answer
		want string
	}{
		{"answered", desk.Answer{Verdict: answer.Answered, Passages: passages}, `Answer

Oil
Oil is dear. Lamps burn it.[1] It smokes.
On *Lamps*, ¶ 1.
https://example.org/lamps
n. 1: A treatise.
Note: This restates another text.

Gas is cheap. […]
On *Lamps*, ¶ 2.
https://example.org/lamps

A treatise.
On *Lamps*, ¶ 1, n. 1.
https://example.org/lamps
`},
		{"related", desk.Answer{Verdict: answer.Related, Missing: []string{"coal"}, Passages: passages[1:2]}, `Related, may not answer
The corpus never mentions: coal.

Gas is cheap. It glows.
On *Lamps*, ¶ 2.
https://example.org/lamps
Note: This restates another text.
`},
		{"none", desk.Answer{Verdict: answer.None, Missing: []string{"coal", "peat"}, Passages: passages[:1]}, `The corpus holds no answer.
It never mentions: coal, peat.

The nearest passages:

Oil
[…] Lamps burn it.[1] […]
On *Lamps*, ¶ 1.
https://example.org/lamps
Note: This restates another text.
`},
		{"nothing", desk.Answer{Verdict: answer.None}, "The corpus holds no answer.\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			a := &app{out: newConsole(&b, func(string) string { return "" })}
			a.showAnswer(&tt.said)
			if got := written(t, a.out, &b); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// FuzzCitation: in every style, the stretches of a citation are its text.
func FuzzCitation(f *testing.F) {
	f.Add("On *Lamps* and <lanterns>", `Ada \ Quill`, "https://example.org/a_b(c)")
	f.Add("# 1. *", "*", "")
	f.Fuzz(func(t *testing.T, title, author, url string) {
		doc := &document.Document{
			ID: "x", Title: title, Authors: []string{author}, URL: url,
			Passages: []document.Passage{{Kind: document.Paragraph, Number: 1, Text: "Text."}},
		}
		if doc.Validate() != nil || !utf8.ValidString(title+author+url) {
			t.Skip()
		}
		for _, style := range []cite.Style{cite.Plain, cite.Bluebook, cite.OSCOLA, cite.APA} {
			c, err := cite.Passage(doc, doc.Passages[0].Pincite(), style, cite.Version{})
			if err != nil {
				t.Fatal(err)
			}
			if got := joined(citationStretches(c)); got != c.Text() {
				t.Errorf("%s: got %q, want %q", style, got, c.Text())
			}
		}
	})
}
