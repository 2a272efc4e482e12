package ingest_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/ingest"
)

// alphanumeric keeps the letters and digits: what reading may never invent,
// lose within a passage, or put into another order.
func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// after finds the end of the first run in s that holds want as a subsequence.
func after(s, want string) (int, bool) {
	at := 0
	for _, r := range want {
		i := strings.IndexRune(s[at:], r)
		if i < 0 {
			return 0, false
		}
		at += i + utf8.RuneLen(r)
	}
	return at, true
}

// withoutMarkers is a passage's text without its markers.
func withoutMarkers(p *document.Passage) string {
	var b strings.Builder
	at := 0
	for _, m := range p.Markers {
		b.WriteString(p.Text[at:m.Start])
		at = m.End
	}
	return b.String() + p.Text[at:]
}

// checkReading holds a reading to what is true of each, whatever was read.
func checkReading(t *testing.T, raw []byte, r *ingest.Reading, limits ingest.Limits) {
	t.Helper()
	d := r.Document
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	if len(d.Passages) > limits.Passages || len(r.Doubts) > ingest.MaxDoubts {
		t.Errorf("%d passages, %d doubts", len(d.Passages), len(r.Doubts))
	}
	size := 0
	for i := range d.Passages {
		p := &d.Passages[i]
		size += len(p.Text)
		if len(p.Text) > limits.PassageBytes {
			t.Errorf("%s has %d bytes", p.Pincite(), len(p.Text))
		}
		for _, r := range p.Text {
			if r != '\n' && unicode.IsControl(r) && (r != '\t' || !strings.Contains(string(raw), "\t")) {
				t.Errorf("%s holds the control character %U", p.Pincite(), r)
			}
		}
		for _, m := range p.Markers {
			checkMarker(t, d, p, m)
		}
	}
	if size > 3*len(raw)+64 {
		t.Errorf("%d bytes of text from %d bytes", size, len(raw))
	}
	for _, doubt := range r.Doubts {
		if _, ok := d.Passage(doubt.At); !ok && doubt.At != (document.Pincite{}) {
			t.Errorf("doubt about %s, which is not there: %s", doubt.At, doubt.Text)
		}
		if len(doubt.Text) > 400 || strings.ContainsAny(doubt.Text, "\n\r") {
			t.Errorf("doubt %q is no short line", doubt.Text)
		}
	}
}

// checkMarker checks that a marker covers its note's number or label, as it
// is printed.
func checkMarker(t *testing.T, d *document.Document, p *document.Passage, m document.Marker) {
	t.Helper()
	note, ok := d.Passage(document.Pincite{Kind: document.Footnote, Number: m.Note})
	if !ok {
		t.Fatalf("%s calls n. %d, which is not there", p.Pincite(), m.Note)
	}
	want := note.Label
	if want == "" {
		want = strings.TrimPrefix(note.Pincite().Key(), "n")
	}
	printed := strings.Trim(p.Text[m.Start:m.End], "[]")
	superscripts := strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
	if got := superscripts.Replace(printed); got != want {
		t.Errorf("%s calls n. %d (%s) with %q", p.Pincite(), m.Note, want, printed)
	}
}

// fuzzLimits are small, so that fuzzing meets them.
func fuzzLimits() ingest.Limits {
	return ingest.Limits{Bytes: 64 << 10, Passages: 500, PassageBytes: 2000}
}

// checkFault holds an error to being a fault with a sentence of one line.
func checkFault(t *testing.T, err error) {
	t.Helper()
	s := fault.Sentence(err)
	if kind := fault.KindOf(err); kind == fault.Internal || kind == fault.Busy {
		t.Errorf("fault of kind %d: %v", kind, err)
	}
	if strings.Contains(err.Error(), "panic") || strings.ContainsAny(s, "\n\r") || len(s) > 400 {
		t.Errorf("fault %v", err)
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"One.[1]\n\nTwo.\n\n____\n\n[1] Note.\n",
		"One.¹\nTwo.\nNotes\n¹ Note.\n² Other, see [1].",
		"ON FERRIES*\nBy Ada North\n3 March 2019\n\nI. THE LOCK\n\nTwo:\n- a\n- b\n(i) c\n\n---\n* A.\n1. B",
		"One.1 Two.2\n\n* * *\n\n1. A\n2. B\n\n  more\n\nAbout Her\n\nText follows.",
		"Head\n====\n\na-\nb\u00a0c\u00ad\u200bd\n\n[3] x [i]t [i] ¹² km² *†\n\n___\n[i] r\n* s",
		"\x93caf\xe9\x94 \x96 \x85",
		"\xff\xfea\x00b\x00\n\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ingest.Read(t.Context(), ingest.Source{Name: "case.txt", Bytes: raw}, fuzzLimits())
		if err != nil {
			checkFault(t, err)
			return
		}
		checkReading(t, raw, r, fuzzLimits())
		// Other encodings are compared in TestDecodes.
		if r.Format != ingest.Text || !utf8.Valid(raw) || raw[0] == 0xfe || raw[0] == 0xff {
			return
		}
		// Every paragraph, and every note, stands in the input without a
		// letter more or less, in order.
		input := alphanumeric(string(raw))
		for _, passages := range [][]document.Passage{r.Document.Paragraphs(), r.Document.Footnotes()} {
			at := 0
			for _, p := range passages {
				text := alphanumeric(p.Text)
				i := strings.Index(input[at:], text)
				if i < 0 {
					t.Fatalf("%s %q is not in the input, or not in order", p.Pincite(), p.Text)
				}
				at += i + len(text)
			}
		}
		if text, all := allParagraphs(r.Document); all && !strings.ContainsAny(string(raw), "[*†‡⁰¹²³⁴⁵⁶⁷⁸⁹0123456789") && text != input {
			t.Errorf("of the letters\n%q\nthere are in the paragraphs\n%q", input, text)
		}
	})
}

// allParagraphs are the letters and digits of a document's paragraphs, and
// whether nothing else was made of its text: no title, credit, section, note.
func allParagraphs(d *document.Document) (string, bool) {
	var b strings.Builder
	all := d.Title == "Case" && len(d.Authors) == 0 && d.Date == "" && len(d.Footnotes()) == 0
	for _, p := range d.Paragraphs() {
		b.WriteString(alphanumeric(p.Text))
		all = all && p.Section == ""
	}
	return b.String(), all
}

func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{
		"---\ntitle: T\nauthor: [A, {name: B}]\ndate: 2019-03-03\n---\n# H\n\nOne.[^a]\n\n[^a]: Note.\n",
		"+++\ntitle = \"T\"\n+++\n> q[^b]\n> r\n\n1. a\n   - b\n\n     c\n2. d\n\n[^b]: B[^c]\n\n    more\n[^c]: C[^b]\n[^d]: D",
		"# T\n\nBy Ada North\n\nTwo *a **b** c* `d [1]` [e](f \"g\") ![h](i) <j@k.l> <b>m</b><br>n\\*o &amp; &#65;\n\np\n---\n",
		"```\ncode\n```\n\n    more\n\n<div>\nx <!-- y --> z\n</div>\n\nA[^x]![^y]\n\n[^y]: [^y]",
		"One.[1] Two.²\n\n***\n\n[1] A.\n\nB.\n\n[2] C.",
		"a[^\nb] `[^c]` \\[1\\] !\n[^d]",
		"| a | b |\n|---|---|\n\n- - - a\n\n[r]: https://example.org\n\n[r] [r][] [s][r]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ingest.Read(t.Context(), ingest.Source{Name: "case.md", Bytes: raw}, fuzzLimits())
		if err != nil {
			checkFault(t, err)
			return
		}
		checkReading(t, raw, r, fuzzLimits())
		// Entities stand for letters that the input does not hold.
		if r.Format != ingest.Markdown || !utf8.Valid(raw) || raw[0] == 0xfe || raw[0] == 0xff || strings.Contains(string(raw), "&") {
			return
		}
		input, at := alphanumeric(string(raw)), 0
		for i := range r.Document.Passages {
			p := &r.Document.Passages[i]
			if p.Kind == document.Footnote {
				at = 0 // definitions stand anywhere
			}
			end, ok := after(input[at:], alphanumeric(withoutMarkers(p)))
			if !ok {
				t.Fatalf("%s %q is not in the input, or not in order", p.Pincite(), p.Text)
			}
			at += end
		}
	})
}
