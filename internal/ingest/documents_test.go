package ingest_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pincite/internal/ingest"
)

// update writes goldens anew instead of comparing with them.
var update = flag.Bool("update", false, "write the goldens anew")

// rendering is one of the files of ../shared/documents, with the least that
// must come out of it. The rest must be exact.
type rendering struct {
	name              string
	format            ingest.Format
	exact             bool
	paragraphs, notes int
}

// renderings are in the order of the table. WeasyPrint's notes count only
// where poppler shows their numbers, which it did from some version on.
func renderings() []rendering {
	return []rendering{
		{"covert.md", ingest.Markdown, true, 16, 13},
		{"covert.pandoc.html", ingest.HTML, true, 16, 13},
		{"covert.word.html", ingest.HTML, true, 16, 13},
		{"covert.wordpress.html", ingest.HTML, true, 16, 13},
		{"covert.substack.html", ingest.HTML, false, 16, 13},
		{"covert.pandoc.docx", ingest.DOCX, true, 16, 13},
		{"covert.libreoffice.docx", ingest.DOCX, true, 16, 13},
		{"covert.odt", ingest.ODT, true, 16, 13},
		{"covert.epub", ingest.EPUB, true, 16, 13},
		{"covert.latex.pdf", ingest.PDF, true, 16, 13},
		{"covert.libreoffice.pdf", ingest.PDF, true, 16, 13},
		{"covert.latex-twocolumn.pdf", ingest.PDF, false, 14, 12},
		{"covert.wkhtmltopdf.pdf", ingest.PDF, false, 14, 12},
		{"covert.weasyprint.pdf", ingest.PDF, false, 14, 12},
	}
}

// TestDocumentsTable reads every rendering of ../shared/documents and holds
// what came out against the gold: paragraphs and notes word for word and in
// order, sections, links from the gold's paragraph to the gold's note,
// furniture (passages that are not in the gold), and what is said of the
// document. The table is a golden of figures alone, and each row is held to
// its floor as well, so that updating the golden cannot lower one.
func TestDocumentsTable(t *testing.T) {
	g := readGold(t)
	_, missing := exec.LookPath("pdftohtml")
	row := func(cells ...any) string {
		return fmt.Sprintf("%-27s %10s %8s %6s %6s %9s %6s %8s %5s %4s\n", cells...)
	}
	table := row("rendering", "paragraphs", "sections", "notes", "links", "furniture", "title", "authors", "date", "url")
	is := map[bool]string{true: "yes", false: "-"}
	of := func(got, all int) string { return fmt.Sprintf("%d/%d", got, all) }
	skipped := 0
	for _, want := range renderings() {
		if want.format == ingest.PDF && missing != nil {
			skipped++
			continue
		}
		reading := readFile(t, shared(t, "documents", want.name))
		d, s := reading.Document, g.score(reading)
		table += row(want.name, of(s.paragraphs, len(g.Paragraphs)), of(s.sections, len(g.Paragraphs)), of(s.notes, len(g.Notes)), of(s.links, len(g.Notes)), fmt.Sprint(s.extra),
			is[d.Title == g.Title], is[strings.Join(d.Authors, "|") == strings.Join(g.Authors, "|")], is[d.Date == g.Date], is[d.URL == g.URL])
		if reading.Format != want.format {
			t.Errorf("%s is read as %q", want.name, reading.Format)
		}
		if s.paragraphs < want.paragraphs || s.notes < want.notes {
			t.Errorf("%s: %d paragraphs and %d notes, want %d and %d at least", want.name, s.paragraphs, s.notes, want.paragraphs, want.notes)
		}
		if want.exact && (s.extra > 0 || s.links != len(g.Notes) || s.sections != len(g.Paragraphs)) {
			t.Errorf("%s: %d links, %d sections and %d pieces of furniture, want %d, %d and none", want.name, s.links, s.sections, s.extra, len(g.Notes), len(g.Paragraphs))
		}
	}
	t.Log("\n" + table)
	golden := filepath.Join("testdata", "documents.golden")
	if *update {
		if skipped > 0 {
			t.Fatal("pdftohtml (poppler-utils) is not installed: the golden needs it")
		}
		if err := os.WriteFile(golden, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	kept := ""
	for line := range strings.Lines(string(raw)) {
		if skipped == 0 || !strings.Contains(line, ".pdf ") {
			kept += line
		}
	}
	if table != kept {
		t.Errorf("the table is another than %s:\n%s", golden, kept)
	}
	if skipped > 0 && !t.Failed() {
		t.Skipf("pdftohtml (poppler-utils) is not installed: %d PDFs were not read", skipped)
	}
}
