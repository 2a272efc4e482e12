package ingest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// xmlPage is a page of pdftohtml's, of lines "left top size text".
func xmlPage(number int, lines ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<page number=\"%d\" top=\"0\" left=\"0\" height=\"1188\" width=\"918\">\n", number)
	for size := 8; size < 30; size++ {
		fmt.Fprintf(&b, "<fontspec id=\"%d\" size=\"%d\" family=\"Times\" color=\"#000000\"/>\n", size, size)
	}
	for _, l := range lines {
		var left, top, size int
		if _, err := fmt.Sscan(l, &left, &top, &size); err != nil {
			panic(err)
		}
		text := strings.Join(strings.Fields(l)[3:], " ")
		fmt.Fprintf(&b, "<text top=\"%d\" left=\"%d\" width=\"%d\" height=\"%d\" font=\"%d\">%s</text>\n", top, left, size*utf8.RuneCountInString(text)/2, size, size, text)
	}
	return b.String() + "</page>\n"
}

// readXML makes a document of pdftohtml's XML.
func readXML(t *testing.T, xml string, limits Limits) (*document.Document, *input, error) {
	t.Helper()
	in := &input{name: "case.pdf", source: Source{Name: "case.pdf"}, limits: limits, doubts: &doubts{}}
	layout, err := parsePDF(t.Context(), xml)
	if err != nil {
		return nil, in, in.pdfFault(err)
	}
	d, err := in.pdfDraft(t.Context(), layout)
	if err != nil {
		return nil, in, err
	}
	doc, err := d.document(in)
	return doc, in, err
}

// letterCount counts the letters of s in lower case.
func letterCount(s string, into map[rune]int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			into[unicode.ToLower(r)]++
		}
	}
}

func FuzzPDFLayout(f *testing.F) {
	f.Add(xmlPage(1, "200 100 26 A Title", "300 140 16 Jane Doe", "108 200 16 The board held<b>that", "400 196 10 1", "108 220 16 it rose.", "108 900 9 1", "118 900 12 Note one."))
	f.Add(xmlPage(1, "108 100 16 One.", "108 120 16 Two is a line that is long-", "108 140 16 er than it.", "466 100 16 Three.", "466 120 16 Four.", "466 140 16 Five.", "466 160 16 Six.", "108 160 16 S.") +
		xmlPage(2, "108 100 16 1. a", "108 120 16 2. b", "130 140 16 • c", "108 160 16 Notes", "108 180 16 1. d", "455 1100 12 2"))
	f.Add("<page number=\"1\"><text top=\"-5\" left=\"1e9\" width=\"NaN\" height=\"0\" font=\"x\"><b>a<i>b</b>&lt;&#xfb01;</i><br/>c</text><text><a href=\"https://example.org/a-b\">https://example.org/a-</a>")
	f.Add(strings.Repeat("<page><text top=\"1\" left=\"1\" width=\"9\" height=\"9\">1</text>", 5) + "<outline><item page=\"1\">a</item>")
	f.Add(xmlPage(1, "108 100 40 W", "150 100 16 hen it rained", "150 120 16 it poured.1 And", "108 140 16 then[2] it.", "108 900 12 1 x", "108 915 12 2y"))
	limits := Limits{Bytes: 64 << 10, Passages: 300, PassageBytes: 20_000}
	f.Fuzz(func(t *testing.T, xml string) {
		if len(xml) > 64<<10 {
			t.Skip()
		}
		doc, in, err := readXML(t, xml, limits)
		if err != nil {
			if k := fault.KindOf(err); k != fault.Unreadable && k != fault.TooLarge || !strings.HasSuffix(fault.Sentence(err), ".") {
				t.Fatalf("fault %v", err)
			}
			return
		}
		if err := doc.Validate(); err != nil {
			t.Fatal(err)
		}
		if len(doc.Passages) > limits.Passages || len(in.doubts.all()) > MaxDoubts {
			t.Errorf("%d passages, %d doubts", len(doc.Passages), len(in.doubts.all()))
		}
		// No letter is invented: there are never more of one than in the input.
		had, has := map[rune]int{}, map[rune]int{}
		layout, err := parsePDF(t.Context(), xml)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range layout.pages {
			for _, f := range p.frags {
				letterCount(f.text, had)
			}
		}
		for i := range doc.Passages {
			p := &doc.Passages[i]
			letterCount(p.Text, has)
			for _, m := range p.Markers {
				note, ok := doc.Passage(document.Pincite{Kind: document.Footnote, Number: m.Note})
				if !ok {
					t.Fatalf("%s calls n. %d, which is not there", p.Pincite(), m.Note)
				}
				label := note.Label
				if label == "" {
					label = decimal(note.Number)
				}
				if p.Text[m.Start:m.End] != "["+label+"]" {
					t.Errorf("%s calls n. %d (%s) with %q", p.Pincite(), m.Note, label, p.Text[m.Start:m.End])
				}
			}
		}
		for r, n := range has {
			if n > had[r] {
				t.Errorf("%d of the letter %q, and %d in the input", n, r, had[r])
			}
		}
		// The same layout gives the same document.
		again, _, err := readXML(t, xml, limits)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(doc) {
			t.Errorf("read again, it is another document: %v", err)
		}
	})
}
