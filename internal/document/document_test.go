package document

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// sample has two paragraphs and two notes: p1 calls both, p2 the first again.
func sample() *Document {
	return &Document{
		ID: "sample", Title: "A sample", Date: "2024-03",
		Passages: []Passage{
			{Kind: Paragraph, Number: 1, Text: "One.[1] Two.[2]", Markers: []Marker{{4, 7, 1}, {12, 15, 2}}},
			{Kind: Paragraph, Number: 2, Text: "Three.[1]", Markers: []Marker{{6, 9, 1}}},
			{Kind: Footnote, Number: 1, Text: "First note."},
			{Kind: Footnote, Number: 2, Text: "Second note."},
		},
	}
}

func TestEdgesBothWays(t *testing.T) {
	d := sample()
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	pincites := func(ps []*Passage) string {
		var b []string
		for _, p := range ps {
			b = append(b, p.Pincite().Key())
		}
		return strings.Join(b, " ")
	}
	if got := pincites(d.NotesOf(&d.Passages[0])); got != "n1 n2" {
		t.Errorf("notes of p1: %q", got)
	}
	if got := pincites(d.NotedBy(Pincite{Footnote, 1})); got != "p1 p2" {
		t.Errorf("n1 is noted by %q", got)
	}
	if got := pincites(d.NotedBy(Pincite{Paragraph, 1})); got != "" {
		t.Errorf("a paragraph is noted by %q", got)
	}
	for i := range d.Passages {
		p, ok := d.Passage(d.Passages[i].Pincite())
		if !ok || p != &d.Passages[i] {
			t.Errorf("passage %d is not found by its pincite", i)
		}
	}
	for _, at := range []Pincite{{}, {Paragraph, 0}, {Paragraph, 3}, {Footnote, 3}, {Footnote, -1}} {
		if p, ok := d.Passage(at); ok {
			t.Errorf("%+v finds %+v", at, p)
		}
	}
}

func TestValidateRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Document){
		"bad id":               func(d *Document) { d.ID = "A b" },
		"no title":             func(d *Document) { d.Title = " " },
		"bad date":             func(d *Document) { d.Date = "March 2024" },
		"no paragraphs":        func(d *Document) { d.Passages = d.Passages[2:] },
		"gap in numbers":       func(d *Document) { d.Passages[1].Number = 3 },
		"unknown kind":         func(d *Document) { d.Passages[1].Kind = "heading" },
		"note before a text":   func(d *Document) { d.Passages[1], d.Passages[2] = d.Passages[2], d.Passages[1] },
		"empty text":           func(d *Document) { d.Passages[1].Text, d.Passages[1].Markers = "", nil },
		"padded text":          func(d *Document) { d.Passages[2].Text += " " },
		"not UTF-8":            func(d *Document) { d.Passages[2].Text = "a\xff" },
		"marker out of bounds": func(d *Document) { d.Passages[1].Markers[0].End = 10 },
		"empty marker":         func(d *Document) { d.Passages[1].Markers[0].End = 6 },
		"markers overlap":      func(d *Document) { d.Passages[0].Markers[1].Start = 6 },
		"marker without note":  func(d *Document) { d.Passages[1].Markers[0].Note = 3 },
		"marker cuts a letter": func(d *Document) {
			d.Passages[1].Text = "éé"
			d.Passages[1].Markers = []Marker{{1, 2, 1}}
		},
	} {
		d := sample()
		spoil(d)
		if err := d.Validate(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestParsePincite(t *testing.T) {
	for in, want := range map[string]string{
		"p8": "¶ 8", "P8": "¶ 8", "¶8": "¶ 8", "¶\u00a08": "¶ 8", " para. 12 ": "¶ 12", "paragraph 3": "¶ 3",
		"n1": "n. 1", "n. 1": "n. 1", "note 4": "n. 4", "fn. 2": "n. 2", "Footnote 10": "n. 10",
		"p0": "", "8": "", "p-1": "", "p08": "", "n": "", "p1.5": "", "": "", "p9999999": "", "q1": "", "p1 n1": "",
	} {
		got, err := ParsePincite(in)
		if (err != nil) != (want == "") || (err == nil && got.String() != want) {
			t.Errorf("ParsePincite(%q) = %v, %v; want %q", in, got, err, want)
		}
	}
}

// FuzzParseRef holds that whatever parses prints as an id that parses to the
// same passage.
func FuzzParseRef(f *testing.F) {
	for _, seed := range []string{"article/p8", "a-b/¶ 12", "x/footnote 3", "x/", "/p1", "a/p1/n2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ref, err := ParseRef(s)
		if err != nil {
			return
		}
		again, err := ParseRef(ref.String())
		if err != nil || again != ref {
			t.Fatalf("%q reads as %v, which reads as %v, %v", s, ref, again, err)
		}
		if shown, err := ParsePincite(ref.Pincite.String()); err != nil || shown != ref.Pincite {
			t.Fatalf("%q prints as %q, which reads as %v, %v", s, ref.Pincite, shown, err)
		}
	})
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"article":                   "article",
		"Oversight of Covert – A":   "oversight-of-covert-a",
		"  Señor's Übung_2 ":        "senors-ubung-2",
		"文書":                        "",
		"---":                       "",
		strings.Repeat("word ", 30): "word-word-word-word-word-word-word-word-word-word-word-word",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzSlug holds that a slug is a valid id or empty, and its own slug.
func FuzzSlug(f *testing.F) {
	for _, seed := range []string{"A Title: of Things", "é", strings.Repeat("x", 80), strings.Repeat("ab-", 40)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		id := Slug(s)
		if id == "" {
			return
		}
		if !ValidID(id) || Slug(id) != id {
			t.Fatalf("Slug(%q) = %q: valid %v, its slug %q", s, id, ValidID(id), Slug(id))
		}
	})
}
