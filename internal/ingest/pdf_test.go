package ingest_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/ingest"
)

// styles are layouts of producers that are common among analyses.
func styles() []style {
	letter := style{width: 612, height: 792, margin: 72, columns: 1, body: 12, note: 10, leading: 1.2, headingSize: 14, bullets: "•", labelGap: 1}
	with := func(name string, change func(*style)) style {
		s := letter
		s.name = name
		change(&s)
		return s
	}
	return []style{
		with("word processor", func(s *style) {
			s.gap, s.words = 8, true
			s.head = func(int, int) string { return "Harbour Studies Working Paper" }
			s.foot = func(page, pages int) string { return fmt.Sprintf("Page %d of %d", page, pages) }
		}),
		with("law review", func(s *style) {
			s.width, s.height, s.margin, s.body, s.note = 480, 720, 64, 11, 9
			s.justify, s.hyphenate, s.indent, s.headingCaps = true, true, 14, true
			s.head = func(page, _ int) string {
				switch {
				case page == 1:
					return ""
				case page%2 == 0:
					return fmt.Sprintf("%d HARBOUR LAW REVIEW [Vol. 12", 400+page)
				}
				return fmt.Sprintf("2019] BERTHS AND THEIR HOLDERS %d", 400+page)
			}
		}),
		with("figures that are not raised", func(s *style) {
			s.body, s.note, s.gap, s.justify, s.plainMarkers, s.labelGap = 11, 9.35, 9, true, true, 0
			s.foot = func(page, _ int) string { return fmt.Sprint(page) }
		}),
		with("two columns", func(s *style) {
			s.columns, s.gutter, s.body, s.note, s.justify, s.hyphenate, s.indent = 2, 18, 10, 8, true, true, 12
			s.leading, s.headingSize = 1.15, 12
			s.foot = func(page, _ int) string { return fmt.Sprintf("– %d –", page) }
		}),
		with("magazine", func(s *style) {
			s.columns, s.gutter, s.margin, s.body, s.note = 3, 14, 48, 9.5, 7.5
			s.indent, s.headingSize, s.dropCap, s.gap = 9, 12, true, 0
			s.head = func(page, _ int) string { return fmt.Sprintf("Quay Quarterly | Spring 2019 | %d", page) }
		}),
		with("endnotes", func(s *style) {
			s.endnotes, s.gap, s.leading = true, 10, 1.4
			s.foot = func(page, _ int) string {
				return strings.Fields("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi")[page-1]
			}
		}),
		with("notes in the type of the text", func(s *style) {
			s.note, s.gap = 12, 10
		}),
		with("numbers that begin anew", func(s *style) {
			s.notesRestart, s.indent = true, 18
		}),
		with("a pleading", func(s *style) {
			s.lineNumbers, s.leading, s.indent, s.margin = true, 2, 36, 90
			s.headingCaps = true
		}),
	}
}

// want is what a document that was set must be read as.
func (d set) want() (paragraphs, notes []string) {
	for _, b := range d.blocks {
		if b.kind == setHeading {
			continue
		}
		paragraphs = append(paragraphs, strings.NewReplacer("{", "[", "}", "]").Replace(b.text))
	}
	return paragraphs, d.notes
}

func TestReadsWhatWasSet(t *testing.T) {
	needPDFToHTML(t)
	t.Logf("%-30s %6s %11s %10s %10s %6s", "layout", "pages", "paragraphs", "notes", "links", "doubts")
	for _, s := range styles() {
		t.Run(s.name, func(t *testing.T) {
			doc := invented(36, 11)
			raw := typeset(doc, s)
			reading, err := ingest.Read(t.Context(), ingest.Source{Name: "berths.pdf", Bytes: raw}, ingest.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			checkReading(t, raw, reading, ingest.DefaultLimits())
			d := reading.Document
			paragraphs, notes := doc.want()
			hits, links, called := 0, 0, 0
			sections := 0
			for i, p := range d.Paragraphs() {
				for _, m := range p.Markers {
					note := d.Footnotes()[m.Note-1]
					// Notes are called in order, and no two are alike.
					if called++; called <= len(notes) && fold(note.Text) == fold(notes[called-1]) {
						links++
					}
				}
				if i < len(paragraphs) && sameButNumbers(p.Text, paragraphs[i], s.notesRestart) {
					hits++
				} else if i < len(paragraphs) && testing.Verbose() {
					t.Logf("¶ %d {%s} %q\nwant %q", i+1, p.Section, p.Text, paragraphs[i])
				}
				if p.Section != "" {
					sections++
				}
			}
			noteHits := 0
			for i, n := range d.Footnotes() {
				if i < len(notes) && fold(n.Text) == fold(notes[i]) {
					noteHits++
				} else if i < len(notes) && testing.Verbose() {
					t.Logf("n. %d %q\nwant %q", i+1, n.Text, notes[i])
				}
			}
			t.Logf("%-30s %6d %4d of %d %4d of %d %4d of %d %6d", s.name, strings.Count(string(raw), "/Type /Page "), hits, len(paragraphs), noteHits, len(notes), links, len(notes), len(reading.Doubts))
			if hits != len(paragraphs) || len(d.Paragraphs()) != len(paragraphs) {
				t.Errorf("%d of %d paragraphs are right; there are %d", hits, len(paragraphs), len(d.Paragraphs()))
			}
			if noteHits != len(notes) || len(d.Footnotes()) != len(notes) {
				t.Errorf("%d of %d notes are right; there are %d", noteHits, len(notes), len(d.Footnotes()))
			}
			if links != len(notes) {
				t.Errorf("%d of %d markers call their note", links, len(notes))
			}
			if d.Title != doc.title || d.Date != "2019-03-03" || strings.Join(d.Authors, "|") != strings.Join(doc.authors, "|") {
				t.Errorf("title %q, authors %q, date %q", d.Title, d.Authors, d.Date)
			}
			if sections != len(d.Paragraphs()) {
				t.Errorf("%d of %d paragraphs have a section", sections, len(d.Paragraphs()))
			}
			for _, doubt := range reading.Doubts {
				if doubt.Kind != ingest.DoubtLayout {
					t.Errorf("doubt: %s %s", doubt.At, doubt.Text)
				}
			}
		})
	}
}

// sameButNumbers compares texts; where the numbers of notes begin anew on each
// page, those in brackets may differ.
func sameButNumbers(got, want string, renumbered bool) bool {
	if !renumbered {
		return fold(got) == fold(want)
	}
	bare := func(s string) string {
		var b strings.Builder
		for s != "" {
			before, rest, ok := strings.Cut(s, "[")
			b.WriteString(before)
			if !ok {
				break
			}
			_, s, _ = strings.Cut(rest, "]")
			b.WriteString("[]")
		}
		return b.String()
	}
	return fold(bare(got)) == fold(bare(want))
}

// A PDF that needs a password to be opened says so.
func TestRefusesAPassword(t *testing.T) {
	needPDFToHTML(t)
	page := strings.NewReader("BT /F1 12 Tf 72 700 Td (Nobody may read that the board rose.) Tj ET")
	content, err := io.ReadAll(page)
	if err != nil {
		t.Fatal(err)
	}
	pages := []*bytes.Buffer{bytes.NewBuffer(content)}
	for password, want := range map[string]string{
		"":       "",
		"secret": "case.pdf is protected by a password: save a copy without one and give that.",
	} {
		raw := assemble(pages, 612, 792, []byte(password))
		r, err := ingest.Read(t.Context(), ingest.Source{Name: "case.pdf", Bytes: raw}, ingest.Limits{})
		switch {
		case want != "" && (err == nil || fault.Sentence(err) != want || fault.KindOf(err) != fault.Unreadable):
			t.Errorf("%q: %v, want %q", password, err, want)
		case want == "" && (err != nil || r.Document.Passages[0].Text != "Nobody may read that the board rose."):
			t.Errorf("an empty password is none: %v", err)
		}
	}
}

// Over many documents, nearly all of a layout are read without one wrong
// paragraph or note: a layout can be open to two readings, most often where
// notes are in the type of the text.
func TestReadsManyThatWereSet(t *testing.T) {
	needPDFToHTML(t)
	const documents = 6
	t.Logf("%-30s %s of %d documents", "layout", "without a fault", documents)
	for _, s := range styles() {
		least := documents - 1
		if s.note == s.body {
			least = documents - 3
		}
		exact := 0
		for seed := range uint64(documents) {
			doc := invented(24, 200+seed)
			r, err := ingest.Read(t.Context(), ingest.Source{Name: "berths.pdf", Bytes: typeset(doc, s)}, ingest.Limits{})
			if err != nil {
				t.Errorf("%s: %v", s.name, err)
				continue
			}
			paragraphs, notes := doc.want()
			same := func(got []document.Passage, want []string) bool {
				return slices.EqualFunc(got, want, func(p document.Passage, w string) bool { return sameButNumbers(p.Text, w, s.notesRestart) })
			}
			if same(r.Document.Paragraphs(), paragraphs) && same(r.Document.Footnotes(), notes) {
				exact++
			}
		}
		t.Logf("%-30s %d", s.name, exact)
		if exact < least {
			t.Errorf("%s: %d documents of %d were read without a fault, want %d", s.name, exact, documents, least)
		}
	}
}

// BenchmarkReadPDF reads a PDF of about 40 pages, pdftohtml included.
func BenchmarkReadPDF(b *testing.B) {
	needPDFToHTML(b)
	for _, s := range styles()[:2] {
		raw := typeset(invented(165, 5), s)
		b.Run(s.name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ingest.Read(b.Context(), ingest.Source{Name: "berths.pdf", Bytes: raw}, ingest.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(bytes.Count(raw, []byte("/Type /Page "))), "pages")
		})
	}
}
