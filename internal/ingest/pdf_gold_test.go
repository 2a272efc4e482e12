package ingest_test

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/ingest"
)

// needPDFToHTML skips a test where poppler is not installed.
func needPDFToHTML(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("pdftohtml"); err != nil {
		t.Skip("pdftohtml (poppler-utils) is not installed: PDFs cannot be read")
	}
}

// pdfScore is how much of the gold a reading has.
type pdfScore struct {
	paragraphs, sections, notes, links int
	extra                              int // passages that are not in the gold
	credits                            bool
}

// score counts the gold's paragraphs and notes that a reading has word for
// word, in order, and the markers that stand in their paragraph and call the
// note of their number.
func (g *gold) score(r *ingest.Reading) pdfScore {
	d := r.Document
	var s pdfScore
	s.credits = d.Title == g.Title && d.Date == g.Date && strings.Join(d.Authors, "|") == strings.Join(g.Authors, "|")
	match := func(got []document.Passage, want int, text func(int) string, hit func(p *document.Passage, i int)) {
		i := 0
		for k := range got {
			for m := i; m < want; m++ {
				if fold(got[k].Text) == fold(text(m)) {
					hit(&got[k], m)
					i = m + 1
					break
				}
			}
		}
	}
	match(d.Paragraphs(), len(g.Paragraphs), func(i int) string { return g.Paragraphs[i].Text }, func(p *document.Passage, i int) {
		s.paragraphs++
		if p.Section == g.Paragraphs[i].Section {
			s.sections++
		}
		for _, m := range p.Markers {
			note, ok := d.Passage(document.Pincite{Kind: document.Footnote, Number: m.Note})
			if ok && p.Text[m.Start:m.End] == fmt.Sprintf("[%d]", m.Note) && fold(note.Text) == fold(g.Notes[min(m.Note, len(g.Notes))-1].Text) {
				s.links++
			}
		}
	})
	match(d.Footnotes(), len(g.Notes), func(i int) string { return g.Notes[i].Text }, func(*document.Passage, int) { s.notes++ })
	s.extra = len(d.Passages) - s.paragraphs - s.notes
	return s
}

func TestReadsCovertPDFs(t *testing.T) {
	needPDFToHTML(t)
	g := readGold(t)
	t.Logf("%-28s %10s %9s %6s %6s %6s %8s %7s", "rendering", "paragraphs", "sections", "notes", "links", "extra", "credits", "doubts")
	for _, tt := range []struct {
		name              string
		paragraphs, notes int // the least
		exact             bool
	}{
		{"covert.latex.pdf", 16, 13, true},
		{"covert.libreoffice.pdf", 16, 13, true},
		{"covert.latex-twocolumn.pdf", 14, 12, false},
		{"covert.wkhtmltopdf.pdf", 14, 12, false},
		{"covert.weasyprint.pdf", 14, 12, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reading := readFile(t, shared(t, "documents", tt.name))
			s := g.score(reading)
			t.Logf("%-28s %7d/%2d %6d/%2d %3d/%2d %3d/%2d %6d %8v %7d", tt.name,
				s.paragraphs, len(g.Paragraphs), s.sections, len(g.Paragraphs), s.notes, len(g.Notes), s.links, len(g.Notes), s.extra, s.credits, len(reading.Doubts))
			if s.paragraphs < tt.paragraphs || s.notes < tt.notes {
				t.Errorf("%d paragraphs and %d notes, want %d and %d at least", s.paragraphs, s.notes, tt.paragraphs, tt.notes)
			}
			if tt.exact {
				g.check(t, reading)
			}
			if t.Failed() || testing.Verbose() && s.extra > 0 {
				for i := range reading.Document.Passages {
					p := &reading.Document.Passages[i]
					t.Logf("%s {%s} %q", p.Pincite(), p.Section, p.Text)
				}
			}
			for _, d := range reading.Doubts {
				t.Logf("doubt: %s %s", d.At, d.Text)
			}
		})
	}
}
