package document_test

import (
	"slices"
	"testing"

	"pincite/internal/document"
)

func TestReadingOrder(t *testing.T) {
	calls := func(notes ...int) []document.Marker {
		var markers []document.Marker
		for i, n := range notes {
			markers = append(markers, document.Marker{Start: 3 * i, End: 3*i + 3, Note: n})
		}
		return markers
	}
	paragraph := func(n int, notes ...int) document.Passage {
		return document.Passage{Kind: document.Paragraph, Number: n, Text: "[1][2][3][4]", Markers: calls(notes...)}
	}
	note := func(n int, notes ...int) document.Passage {
		return document.Passage{Kind: document.Footnote, Number: n, Text: "[1][2][3][4]", Markers: calls(notes...)}
	}
	for name, test := range map[string]struct {
		passages []document.Passage
		want     []string
	}{
		"no notes":       {[]document.Passage{paragraph(1), paragraph(2)}, []string{"p1", "p2"}},
		"where called":   {[]document.Passage{paragraph(1, 1, 2), paragraph(2, 3), note(1), note(2), note(3)}, []string{"p1", "n1", "n2", "p2", "n3"}},
		"called twice":   {[]document.Passage{paragraph(1, 2), paragraph(2, 1, 2), note(1), note(2)}, []string{"p1", "n2", "p2", "n1"}},
		"never called":   {[]document.Passage{paragraph(1, 2), note(1), note(2)}, []string{"p1", "n2", "n1"}},
		"a note's note":  {[]document.Passage{paragraph(1, 1, 2), note(1, 3), note(2), note(3)}, []string{"p1", "n1", "n3", "n2"}},
		"notes in a row": {[]document.Passage{paragraph(1, 1), note(1, 2), note(2, 1)}, []string{"p1", "n1", "n2"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := document.Document{Passages: test.passages}
			var got []string
			for _, at := range d.ReadingOrder() {
				got = append(got, d.Passages[at].Pincite().Key())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("order %v, want %v", got, test.want)
			}
		})
	}
}
