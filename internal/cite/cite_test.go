package cite_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pincite/internal/cite"
	"pincite/internal/document"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

// added is a moment whose day differs between time zones.
var added = cite.Version{Added: time.Date(2026, time.November, 22, 21, 30, 0, 0, time.FixedZone("", -5*60*60))}

// shelf is a document of two paragraphs and three footnotes: one called by the
// second paragraph and by the third note, one of another label, one orphan.
func shelf(change func(*document.Document)) *document.Document {
	d := &document.Document{
		ID:    "pilotage",
		Title: "Pilotage in Narrow Waters",
		Passages: []document.Passage{
			{Kind: document.Paragraph, Number: 1, Text: "Pilots know the channel."},
			{Kind: document.Paragraph, Number: 2, Text: "Masters do not.[1] Some do.[2]", Markers: []document.Marker{
				{Start: 15, End: 18, Note: 1}, {Start: 27, End: 30, Note: 2},
			}},
			{Kind: document.Footnote, Number: 1, Text: "See the log."},
			{Kind: document.Footnote, Number: 2, Label: "iv", Text: "Few."},
			{Kind: document.Footnote, Number: 3, Text: "Called by nobody."},
		},
	}
	change(d)
	return d
}

func complete(d *document.Document) {
	d.Authors = []string{"Jane Q. Doe"}
	d.Date = "2024-03-17"
	d.Site = "Harbour Review"
	d.URL = "https://example.org/pilotage_in_(narrow)_waters"
	d.Language = "en"
}

// TestGolden prints every style of every kind of document and of passage.
func TestGolden(t *testing.T) {
	tests := []struct {
		name     string
		document *document.Document
		at       []document.Pincite
		version  cite.Version
	}{
		{"complete", shelf(complete), []document.Pincite{para(1), note(1), note(2), note(3)}, cite.Version{}},
		{"added", shelf(complete), []document.Pincite{para(1), note(1)}, added},
		{"bare", shelf(func(*document.Document) {}), []document.Pincite{para(2), note(3)}, cite.Version{}},
		{"bare-added", shelf(func(*document.Document) {}), []document.Pincite{para(2)}, added},
		{"no-author", shelf(func(d *document.Document) { complete(d); d.Authors = nil }), []document.Pincite{para(2)}, cite.Version{}},
		{"no-date", shelf(func(d *document.Document) { complete(d); d.Date = "" }), []document.Pincite{para(2)}, cite.Version{}},
		{"no-date-added", shelf(func(d *document.Document) { complete(d); d.Date = "" }), []document.Pincite{para(2), note(3)}, added},
		{"no-site", shelf(func(d *document.Document) { complete(d); d.Site = "" }), []document.Pincite{para(2)}, cite.Version{}},
		{"no-url", shelf(func(d *document.Document) { complete(d); d.URL = "" }), []document.Pincite{para(2)}, added},
		{"year", shelf(func(d *document.Document) { complete(d); d.Date = "2006" }), []document.Pincite{para(2)}, cite.Version{}},
		{"month", shelf(func(d *document.Document) { complete(d); d.Date = "2006-09" }), []document.Pincite{para(2)}, cite.Version{}},
		{"two-authors", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"Jane Q. Doe", "Jean-Paul van der Berg Jr."}
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"three-authors", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"Doe, Jane Q.", "J.R. Roe, PhD", "María de la Cruz"}
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"four-authors", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"Jane Doe", "Richard Roe", "The Pilots’ Guild", "Ann O’Hara"}
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"many-authors", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = family(22)
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"twenty-authors", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = family(20)
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"twenty-one-authors", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = family(21)
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"honorific", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"Prof. Dr. Ludwig van der Berg III", "Jane Roe, Ph.D."}
			d.Language = "de-AT"
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"corporate-comma", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"Department of Ports, Office of Pilotage", "Ann Roe"}
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"corporate-is-site-with-person", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"Harbour Review", "Ann Roe"}
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"title-marks", shelf(func(d *document.Document) {
			complete(d)
			d.Title = "Über «Lotsen»: {A} “Guide”, ‘Part 2’ — 船と港, El Niño & 50 % of Σ"
			d.Site = "Revista Marítima"
			d.Language = "tlh"
		}), []document.Pincite{para(2)}, added},
		{"no-author-no-date", shelf(func(d *document.Document) { complete(d); d.Authors, d.Date = nil, "" }), []document.Pincite{para(2), note(1)}, added},
		{"corporate", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"Office of the Harbour Master"}
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"corporate-is-site", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"harbour review"}
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"corporate-period", shelf(func(d *document.Document) {
			complete(d)
			d.Authors = []string{"Tide & Lock Inc."}
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"question", shelf(func(d *document.Document) { complete(d); d.Title = "Who Boards First?" }), []document.Pincite{para(2)}, cite.Version{}},
		{"question-no-author", shelf(func(d *document.Document) {
			complete(d)
			d.Title, d.Authors = "Boarding “Blind”? “Never!”", nil
		}), []document.Pincite{para(2)}, cite.Version{}},
		{"markup", shelf(func(d *document.Document) {
			complete(d)
			d.Title = "  *Locks*, [gates](https://evil.example) & `sluices` |_\\{}| <@1> @everyone\n#1 100% ~~ $x^2$ \x1b[0m "
			d.Site = "Tide_Table*s*"
			d.Authors = []string{"1. O_Brien_ <b>Ann</b>"}
		}), []document.Pincite{para(2)}, cite.Version{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			for _, at := range tt.at {
				for _, s := range cite.Styles() {
					c, err := cite.Passage(tt.document, at, s, tt.version)
					if err != nil {
						t.Fatal(err)
					}
					text := strings.TrimSuffix(strings.ReplaceAll(c.Text(), "\r\n", "\n"), "\n")
					fmt.Fprintf(&b, "-- %s %s --\n%s\n", at.Key(), s, text)
					if c.Markdown() != text {
						fmt.Fprintf(&b, "-- %s %s, Markdown --\n%s\n", at.Key(), s, c.Markdown())
					}
				}
			}
			golden(t, filepath.Join("testdata", tt.name+".golden"), b.String())
		})
	}
}

// family are as many persons of different names.
func family(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("Given Family%c", 'a'+i))
	}
	return names
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s", path, got)
	}
}
