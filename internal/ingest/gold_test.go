package ingest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pincite/internal/document"
	"pincite/internal/ingest"
)

// shared finds a file of the test data that lies beside the repository, and
// skips the test where it is not there.
func shared(t testing.TB, elements ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(append([]string{dir, "..", "shared"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the test data %s is missing", filepath.Join(append([]string{"../shared"}, elements...)...))
	}
	return path
}

// readFile reads a file to the end of Read.
func readFile(t testing.TB, path string) *ingest.Reading {
	t.Helper()
	source, err := ingest.File(path, ingest.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	reading, err := ingest.Read(t.Context(), source, ingest.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if err := reading.Document.Validate(); err != nil {
		t.Fatal(err)
	}
	return reading
}

// fold makes equal what differs in white space, quotation marks and dashes
// alone.
func fold(s string) string {
	s = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// gold is what must come out of each rendering of an analysis.
type gold struct {
	Title   string
	Authors []string
	Date    string
	URL     string
	Paragraphs,
	Notes []struct {
		Number  int
		Section string
		Text    string
	}
}

func readGold(t *testing.T) gold {
	t.Helper()
	raw, err := os.ReadFile(shared(t, "documents", "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var g gold
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// check compares a reading with the gold, white space, quotation marks and
// dashes folded.
func (g *gold) check(t *testing.T, reading *ingest.Reading) {
	t.Helper()
	d := reading.Document
	if d.Title != g.Title || d.Date != g.Date || strings.Join(d.Authors, "|") != strings.Join(g.Authors, "|") {
		t.Errorf("title %q, authors %q, date %q", d.Title, d.Authors, d.Date)
	}
	if len(d.Paragraphs()) != len(g.Paragraphs) || len(d.Footnotes()) != len(g.Notes) {
		t.Fatalf("%d paragraphs and %d footnotes, want %d and %d",
			len(d.Paragraphs()), len(d.Footnotes()), len(g.Paragraphs), len(g.Notes))
	}
	for i, p := range d.Paragraphs() {
		want := g.Paragraphs[i]
		if p.Number != want.Number || p.Section != want.Section || fold(p.Text) != fold(want.Text) {
			t.Errorf("¶ %d in %q: %q\nwant ¶ %d in %q: %q", p.Number, p.Section, p.Text, want.Number, want.Section, want.Text)
		}
	}
	for i, n := range d.Footnotes() {
		if want := g.Notes[i]; n.Number != want.Number || fold(n.Text) != fold(want.Text) {
			t.Errorf("n. %d: %q\nwant n. %d: %q", n.Number, n.Text, want.Number, want.Text)
		}
		if callers := d.NotedBy(n.Pincite()); len(callers) != 1 {
			t.Errorf("n. %d is called by %d passages, want 1", n.Number, len(callers))
		}
	}
	if len(reading.Doubts) > 0 {
		t.Errorf("doubts: %v", reading.Doubts)
	}
}

func TestReadsCovertMarkdownAsItsGold(t *testing.T) {
	g := readGold(t)
	reading := readFile(t, shared(t, "documents", "covert.md"))
	g.check(t, reading)
	if d := reading.Document; d.ID != "covert" || d.URL != g.URL || d.Language != "en-US" {
		t.Errorf("id %q, URL %q, language %q", d.ID, d.URL, d.Language)
	}
}

// The same analysis as people paste it: wrapped or not, its notes opened and
// labelled in several ways.
func TestReadsTheGoldFromPlainText(t *testing.T) {
	for _, tt := range []struct {
		name  string
		width int // 0: not wrapped
		open  string
		label func(n string) string
	}{
		{"brackets below a rule", 0, "____", func(n string) string { return "[" + n + "] " }},
		{"wrapped", 72, "---------------------", func(n string) string { return "[" + n + "] " }},
		{"points below a heading", 0, "Notes", func(n string) string { return n + ". " }},
		{"points below a heading and a rule, wrapped", 60, "NOTES\n\n____", func(n string) string { return n + ". " }},
		{"bare numbers below a rule, wrapped", 80, "_______", func(n string) string { return n + " " }},
		{"nothing", 0, "", func(n string) string { return "[" + n + "] " }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := readGold(t)
			var b strings.Builder
			b.WriteString(g.Title + "\n\nBy " + strings.Join(g.Authors, " and ") + "\n\nMarch 17, 2024\n\n")
			section := ""
			for _, p := range g.Paragraphs {
				if p.Section != section {
					section = p.Section
					b.WriteString(section + "\n\n")
				}
				text := p.Text
				if strings.HasSuffix(text, ";") || strings.HasSuffix(text, "; and") || strings.HasPrefix(text, "the avail") {
					text = "- " + text
				}
				b.WriteString(wrap(text, tt.width) + "\n\n")
			}
			b.WriteString(tt.open + "\n\n")
			for _, n := range g.Notes {
				b.WriteString(wrap(tt.label(strconv.Itoa(n.Number))+n.Text, tt.width) + "\n\n")
			}
			reading, err := ingest.Read(t.Context(), ingest.Source{Name: "covert.txt", Bytes: []byte(b.String())}, ingest.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			g.check(t, reading)
		})
	}
}

// wrap fills lines of up to width characters; 0 leaves the text alone.
func wrap(s string, width int) string {
	if width == 0 {
		return s
	}
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
		case column+1+n > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}

func TestReadsTheArticle(t *testing.T) {
	path := shared(t, "article", "article.txt")
	reading := readFile(t, path)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := reading.Document
	if d.ID != "article" || reading.Format != ingest.Text {
		t.Errorf("id %q, format %q", d.ID, reading.Format)
	}
	if len(d.Paragraphs()) != 12 || len(d.Footnotes()) != 1 {
		t.Fatalf("%d paragraphs and %d footnotes, want 12 and 1", len(d.Paragraphs()), len(d.Footnotes()))
	}
	for _, p := range d.Passages {
		if !strings.Contains(string(raw), p.Text) {
			t.Errorf("%s is not in the file byte for byte: %q", p.Pincite(), p.Text)
		}
		if want := p.Kind == document.Paragraph && p.Number == 2; want != (len(p.Markers) > 0) {
			t.Errorf("%s has markers %v", p.Pincite(), p.Markers)
		}
	}
	p2 := d.Passages[1]
	if m := p2.Markers[0]; p2.Text[m.Start:m.End] != "[1]" || m.Note != 1 {
		t.Errorf("¶ 2 has marker %v over %q", m, p2.Text[m.Start:m.End])
	}
	if len(reading.Doubts) > 0 {
		t.Errorf("doubts: %v", reading.Doubts)
	}
}
