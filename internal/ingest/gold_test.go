package ingest_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	reading, err := ingest.Read(context.Background(), source, ingest.DefaultLimits())
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

func TestReadsCovertMarkdownAsItsGold(t *testing.T) {
	reading := readFile(t, shared(t, "documents", "covert.md"))
	raw, err := os.ReadFile(shared(t, "documents", "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
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
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	d := reading.Document
	if d.ID != "covert" || d.Title != gold.Title || d.Date != gold.Date || d.URL != gold.URL || d.Language != "en-US" {
		t.Errorf("metadata: id %q, title %q, date %q, URL %q, language %q", d.ID, d.Title, d.Date, d.URL, d.Language)
	}
	if strings.Join(d.Authors, "|") != strings.Join(gold.Authors, "|") {
		t.Errorf("authors %q, want %q", d.Authors, gold.Authors)
	}
	if len(d.Paragraphs()) != len(gold.Paragraphs) || len(d.Footnotes()) != len(gold.Notes) {
		t.Fatalf("%d paragraphs and %d footnotes, want %d and %d",
			len(d.Paragraphs()), len(d.Footnotes()), len(gold.Paragraphs), len(gold.Notes))
	}
	for i, p := range d.Paragraphs() {
		want := gold.Paragraphs[i]
		if p.Number != want.Number || p.Section != want.Section || fold(p.Text) != fold(want.Text) {
			t.Errorf("¶ %d in %q: %q\nwant ¶ %d in %q: %q", p.Number, p.Section, p.Text, want.Number, want.Section, want.Text)
		}
	}
	for i, n := range d.Footnotes() {
		if want := gold.Notes[i]; n.Number != want.Number || fold(n.Text) != fold(want.Text) {
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
