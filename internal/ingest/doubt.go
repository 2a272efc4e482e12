package ingest

import (
	"fmt"
	"slices"

	"pincite/internal/document"
)

// DoubtKind sorts doubts for display.
type DoubtKind string

// The kinds of doubt.
const (
	// DoubtMarker: what looks like a marker calls no footnote.
	DoubtMarker DoubtKind = "marker"
	// DoubtNote: a footnote that no passage calls.
	DoubtNote DoubtKind = "note"
	// DoubtMetadata: a title, author, date or address that was not understood.
	DoubtMetadata DoubtKind = "metadata"
	// DoubtEncoding: characters that were damaged before they got here.
	DoubtEncoding DoubtKind = "encoding"
	// DoubtLayout: paragraphs could be counted in another way.
	DoubtLayout DoubtKind = "layout"
)

// Doubt is something that a person should look at before adding a document.
type Doubt struct {
	Kind DoubtKind
	// Text is one sentence for the user, of at most a few hundred characters.
	Text string
	// At is the passage concerned; the zero value where it is none.
	At document.Pincite
}

// MaxDoubts bounds the doubts of one reading: beyond, more of them say
// nothing more.
const MaxDoubts = 100

// doubts collects; the zero value is ready.
type doubts struct {
	list []Doubt
	more int
}

// add notes a doubt, up to MaxDoubts-1 of them; the last place is for the
// count of those left out.
func (d *doubts) add(kind DoubtKind, at document.Pincite, format string, args ...any) {
	if len(d.list) >= MaxDoubts-1 {
		d.more++
		return
	}
	d.list = append(d.list, Doubt{Kind: kind, Text: fmt.Sprintf(format, args...), At: at})
}

// all returns the doubts in the order of the text: those of the whole
// document, of its paragraphs, of its footnotes.
func (d *doubts) all() []Doubt {
	rank := func(p document.Pincite) int {
		switch p.Kind {
		case document.Paragraph:
			return 1
		case document.Footnote:
			return 2
		}
		return 0
	}
	slices.SortStableFunc(d.list, func(a, b Doubt) int {
		if c := rank(a.At) - rank(b.At); c != 0 {
			return c
		}
		return a.At.Number - b.At.Number
	})
	if d.more > 0 {
		return append(d.list, Doubt{Kind: DoubtLayout, Text: fmt.Sprintf("%d more doubts are not listed.", d.more)})
	}
	return d.list
}

// paragraph and footnote name a passage for a doubt.
func paragraph(n int) document.Pincite {
	return document.Pincite{Kind: document.Paragraph, Number: n}
}

func footnote(n int) document.Pincite {
	return document.Pincite{Kind: document.Footnote, Number: n}
}

// are begins a sentence with a number of things: "1 character is", "3
// characters are".
func are(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return fmt.Sprintf("%d %ss are", n, noun)
}
