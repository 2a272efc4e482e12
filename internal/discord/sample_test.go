package discord

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/answer"
	"pincite/internal/cite"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/library"
	"pincite/internal/words"
)

// harbour is an invented analysis: four paragraphs, three footnotes.
func harbour() *document.Document {
	d := &document.Document{
		ID: "harbour-closure", Title: "Closing the Harbour: A Note", Authors: []string{"Ines Calder"}, Date: "2024-05-02",
		Site: "Invented Review", URL: "https://review.example/harbour_(closure)", Language: "en",
		Note: "An invented text for tests. Do not quote it.",
	}
	add := func(section, text string) {
		p := document.Passage{Kind: document.Paragraph, Number: len(d.Passages) + 1, Section: section, Text: text}
		for n := 1; n <= 3; n++ {
			mark := fmt.Sprintf("[%d]", n)
			if i := strings.Index(text, mark); i >= 0 {
				p.Markers = append(p.Markers, document.Marker{Start: i, End: i + len(mark), Note: n})
			}
		}
		d.Passages = append(d.Passages, p)
	}
	add("", "The harbour master closed the port on 3 March.")
	add("Who may close it", "The statute gives that power to the council alone.[1] A harbour master may *suspend* traffic for two days, and no longer.[2] Whether he may renew it is disputed.")
	add("Who may close it", "Two days passed on 5 March. The port stayed closed.")
	add("Remedies", "A shipowner may ask the court to lift a closure; @everyone else may not.[3]")
	for i, text := range []string{"Harbour Act, s. 4(1).", "Harbour Act, s. 9; see https://acts.example/harbour_act#s9.", "Rules of Court, r. 12."} {
		d.Passages = append(d.Passages, document.Passage{Kind: document.Footnote, Number: i + 1, Text: text})
	}
	d.Passages[6].Label = "*"
	return d
}

// handed is a passage as the desk hands it out, with the evidence that begins
// and ends with some words.
func handed(t testing.TB, d *document.Document, at document.Pincite, evidence ...string) desk.Passage {
	t.Helper()
	ps, ok := d.Passage(at)
	if !ok {
		t.Fatalf("%s has no %s", d.ID, at)
	}
	p := desk.Passage{
		Document: d, Passage: ps, Notes: d.NotesOf(ps),
		Entry: library.Entry{
			Corpus: "server-1", ID: d.ID, Title: d.Title, Hash: strings.Repeat("0123456789abcdef", 4), Version: 2,
			AddedAt: time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC), Paragraphs: len(d.Paragraphs()), Footnotes: len(d.Footnotes()),
		},
	}
	for _, e := range evidence {
		i := strings.Index(ps.Text, e)
		if i < 0 {
			t.Fatalf("%s does not say %q", p.Ref(), e)
		}
		p.Evidence = append(p.Evidence, words.Span{Start: i, End: i + len(e)})
	}
	complete(t, &p)
	return p
}

// complete cites a passage and links to it, as the desk does.
func complete(t testing.TB, p *desk.Passage) {
	t.Helper()
	c, err := cite.Passage(p.Document, p.Passage.Pincite(), cite.Plain, cite.Version{Added: p.Entry.AddedAt})
	if err != nil {
		t.Fatal(err)
	}
	p.Citation = c
	var span cite.Span
	if n := len(p.Evidence); n > 0 {
		span = cite.Span{Start: p.Evidence[0].Start, End: p.Evidence[n-1].End}
	}
	p.URL = cite.Link(p.Document, p.Passage.Pincite(), span)
}

func paragraph(n int) document.Pincite { return document.Pincite{Kind: document.Paragraph, Number: n} }
func footnote(n int) document.Pincite  { return document.Pincite{Kind: document.Footnote, Number: n} }

// suspension is an answer with two passages that are shown and one more.
func suspension(t testing.TB) *desk.Answer {
	d := harbour()
	return &desk.Answer{
		Question: "How long may a harbour master *close* the port?", Verdict: answer.Answered, Confidence: 0.8, Missing: []string{"customs"},
		Passages: []desk.Passage{
			handed(t, d, paragraph(2), "A harbour master may *suspend* traffic for two days, and no longer.[2]"),
			handed(t, d, footnote(1), "Harbour Act, s. 4(1)."),
			handed(t, d, paragraph(3), "Two days passed on 5 March."),
			handed(t, d, paragraph(1), "The harbour master closed the port on 3 March."),
		},
	}
}

// printed is a message as it is sent, for a golden.
func printed(m *message) string {
	var b strings.Builder
	line := func(bar, s string) {
		for l := range strings.SplitSeq(s, "\n") {
			b.WriteString(strings.TrimRight(bar+l, " ") + "\n")
		}
	}
	if m.Private {
		line("", "(private)")
	}
	if m.Content != "" {
		line("", m.Content)
	}
	for _, e := range m.Embeds {
		line("", "+")
		if e.Author != nil {
			line("| ", "~ "+e.Author.Name)
		}
		if e.Title != "" {
			line("| ", "# "+e.Title)
		}
		if e.Description != "" {
			line("| ", e.Description)
		}
		if e.Footer != nil {
			line("| ", "-- "+e.Footer.Text)
		}
	}
	for _, row := range m.Components {
		for _, c := range row.(discordgo.ActionsRow).Components {
			button := c.(discordgo.Button)
			line("", fmt.Sprintf("[%s] %s%s", button.Label, button.CustomID, button.URL))
		}
	}
	return b.String()
}
