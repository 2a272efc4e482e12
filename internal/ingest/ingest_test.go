package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pincite/internal/fault"
	"pincite/internal/ingest"
)

// read reads a source that must be readable.
func read(t *testing.T, s ingest.Source) *ingest.Reading {
	t.Helper()
	reading, err := ingest.Read(t.Context(), s, ingest.DefaultLimits())
	if err != nil {
		t.Fatalf("Read(%s): %v", s.Name, err)
	}
	if err := reading.Document.Validate(); err != nil {
		t.Fatalf("Read(%s): %v", s.Name, err)
	}
	return reading
}

// outline prints what was understood, one passage a line: "p1 [section] text"
// and "n1 (label) text", each marker with the footnote that it calls, as in
// "[5]→1", and the doubts. The title is left out where it is the file's name.
func outline(r *ingest.Reading) string {
	var b strings.Builder
	d := r.Document
	if d.Title != "Case" {
		fmt.Fprintf(&b, "title %s\n", d.Title)
	}
	if len(d.Authors) > 0 {
		fmt.Fprintf(&b, "by %s\n", strings.Join(d.Authors, "; "))
	}
	if d.Date != "" {
		fmt.Fprintf(&b, "date %s\n", d.Date)
	}
	for i := range d.Passages {
		p := &d.Passages[i]
		b.WriteString(p.Pincite().Key())
		if p.Section != "" {
			fmt.Fprintf(&b, " [%s]", p.Section)
		}
		if p.Label != "" {
			fmt.Fprintf(&b, " (%s)", p.Label)
		}
		b.WriteByte(' ')
		at := 0
		for _, m := range p.Markers {
			fmt.Fprintf(&b, "%s→%d", p.Text[at:m.End], m.Note)
			at = m.End
		}
		b.WriteString(strings.ReplaceAll(p.Text[at:], "\n", "⏎") + "\n")
	}
	for _, doubt := range r.Doubts {
		b.WriteString("? " + string(doubt.Kind))
		if doubt.At.Number > 0 {
			b.WriteString(" " + doubt.At.Key())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

type outlineTest struct{ name, give, want string }

// checkOutlines reads each text under the name case.EXT.
func checkOutlines(t *testing.T, ext string, tests []outlineTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := outline(read(t, ingest.Source{Name: "case" + ext, Bytes: []byte(tt.give)}))
			if want := strings.TrimPrefix(tt.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestNamesTheDocument(t *testing.T) {
	const text = "the ferry was late. nobody minded, for it was June and the bar was open."
	for _, tt := range []struct{ name, text, wantID, wantTitle string }{
		{"cartel-strikes.txt", text, "cartel-strikes", "Cartel strikes"},
		{"docs/Ferry_rules v2.txt", text, "ferry-rules-v2", "Ferry rules v2"},
		{`C:\texts\Ferry.TXT`, text, "ferry", "Ferry"},
		{"Vol. 2", text, "vol-2", "Vol. 2"},
		{"élan vital.md", text, "elan-vital", "Élan vital"},
		{"", text, "the-ferry-was-late-nobody-minded-for-it", "the ferry was late. nobody minded, for it…"},
		{"", "# On Ferries\n\n" + text, "on-ferries", "On Ferries"},
		{"ferry.md", "# On Ferries\n\n" + text, "ferry", "On Ferries"},
		{"渡し船.txt", text, "", "渡し船"},
	} {
		d := read(t, ingest.Source{Name: tt.name, Bytes: []byte(tt.text)}).Document
		if tt.name == "渡し船.txt" {
			tt.wantID = d.ID // any, but the same each time
			if again := read(t, ingest.Source{Name: tt.name, Bytes: []byte(tt.text)}).Document.ID; again != d.ID {
				t.Errorf("%q: id %q and then %q", tt.name, d.ID, again)
			}
		}
		if d.ID != tt.wantID || d.Title != tt.wantTitle {
			t.Errorf("%q: id %q, title %q; want %q, %q", tt.name, d.ID, d.Title, tt.wantID, tt.wantTitle)
		}
	}
}

func TestKeepsWhereItWasFetched(t *testing.T) {
	s := ingest.Source{Bytes: []byte("The ferry was late."), URL: "https://example.org/ferry"}
	if got := read(t, s).Document.URL; got != s.URL {
		t.Errorf("URL %q, want %q", got, s.URL)
	}
	s.Bytes = []byte("---\ncanonical: https://example.org/canonical\n---\nThe ferry was late.")
	if got := read(t, s).Document.URL; got != "https://example.org/canonical" {
		t.Errorf("URL %q, want the canonical one", got)
	}
}

// A refusal is one sentence that names the file and says what to do, and is of
// a kind that tells who must act.
func TestRefuses(t *testing.T) {
	small := ingest.Limits{Bytes: 1000, Passages: 5, PassageBytes: 200}
	for _, tt := range []struct {
		name, give string
		kind       fault.Kind
		want       string
	}{
		{"empty.txt", "", fault.Unreadable, "empty.txt holds no text."},
		{"blank.md", " \r\n\t\u00a0\n", fault.Unreadable, "blank.md holds no text."},
		{"front.md", "---\ntitle: Nothing Else\n---\n", fault.Unreadable, "front.md holds no text."},
		{"marks.md", "<!-- todo -->\n\n***\n", fault.Unreadable, "marks.md holds no text."},
		{"heads.md", "# One\n\n## Two\n", fault.Unreadable, "heads.md holds no text."},
		{"rule.txt", "____\n\n----\n", fault.Unreadable, "rule.txt holds no text."},
		{"a.bin", "ab\x00cd", fault.Unreadable, "a.bin is not text: it holds NUL bytes."},
		{"a.bin", "\x01\x02abcd\x03", fault.Unreadable, "a.bin is not text: many of its bytes are control characters."},
		{"a.txt", strings.Repeat("\ufffd? ", 20), fault.Unreadable, "a.txt is wrongly encoded"},
		{"a.pdf", "%PDF-1.7\n1 0 obj", fault.Unreadable, "a.pdf is a PDF, "},
		{"notes.txt", "%PDF-1.7\n1 0 obj", fault.Unreadable, "notes.txt is a PDF, "},
		{"a.pdf", "garbage\x00", fault.Unreadable, "a.pdf is named like a PDF but is damaged or none"},
		{"a.docx", "PK\x03\x04....word/document.xml", fault.Unreadable, "a.docx is a Word document, but damaged or incomplete"},
		{"a.md", "PK\x03\x04....mimetypeapplication/epub+zip", fault.Unreadable, "a.md is an EPUB, but damaged or incomplete"},
		{"a.odt", "PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", fault.Unreadable, "a.odt is an OpenDocument text, but damaged or incomplete"},
		{"a.zip", "PK\x03\x04....", fault.Unreadable, "a.zip is an archive, not text: unpack it"},
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", fault.Unreadable, "a.doc is an old Word document, not text: save it"},
		{"a.rtf", `{\rtf1\ansi Hello}`, fault.Unreadable, "a.rtf is a Rich Text document, not text"},
		{"a.txt", "\x89PNG\r\n\x1a\n", fault.Unreadable, "a.txt is an image, not text"},
		{"a.txt", "\x7fELF\x02\x01", fault.Unreadable, "a.txt is a program, not text"},
		{"a.txt", "\n<!-- saved -->\n<HTML lang=en>", fault.Unreadable, "a.txt holds no text."},
		{"a.xml", `<?xml version="1.0"?><a/>`, fault.Unreadable, "a.xml is an XML file, not text"},
		{"a.md", "---\ntitle: Open\n\nA paragraph.\n", fault.Unreadable, "a.md opens front matter with \"---\" in line 1 and does not close it"},
		{"big.txt", strings.Repeat("abcd ", 201), fault.TooLarge, "big.txt is larger than the 1 KB that a document may have"},
		{"many.txt", strings.Repeat("One.\n\n", 6), fault.TooLarge, "many.txt holds more than 5 passages"},
		{"many.md", strings.Repeat("One.\n\n", 6), fault.TooLarge, "many.md holds more than 5 passages"},
		{"notes.md", "One.[^1]\n\n" + strings.Repeat("[^1]: n\n", 6), fault.TooLarge, "notes.md holds more than 5 passages"},
		{"long.txt", strings.Repeat("abcd ", 50), fault.TooLarge, "long.txt holds 249 bytes without a break"},
		{"long.txt", strings.Repeat("abcd abcd\n", 25) + "\nOne.\n\nTwo.", fault.TooLarge, "long.txt holds a passage (¶ 1) of 249 bytes"},
		{"long.md", strings.Repeat("abcd ", 50), fault.TooLarge, "long.md holds a passage (¶ 1) of 249 bytes"},
		{"deep.md", strings.Repeat("> ", 60) + "a", fault.TooLarge, "deep.md nests lists or quotes more than 48 deep in line 1"},
	} {
		_, err := ingest.Read(t.Context(), ingest.Source{Name: tt.name, Bytes: []byte(tt.give)}, small)
		if err == nil {
			t.Errorf("%q: read without an error", tt.give)
			continue
		}
		if got := fault.Sentence(err); !strings.HasPrefix(got, tt.want) || fault.KindOf(err) != tt.kind || !strings.HasSuffix(got, ".") {
			t.Errorf("%.40q: %q (kind %d), want %q (kind %d)", tt.give, got, fault.KindOf(err), tt.want, tt.kind)
		}
	}
}

// A hostile name stays on one line and short in what is said about it.
func TestRefusalKeepsTheNameShort(t *testing.T) {
	name := "a\n@everyone\x1b[31m" + strings.Repeat("x", 500) + ".bin"
	_, err := ingest.Read(t.Context(), ingest.Source{Name: name, Bytes: []byte{0}}, ingest.Limits{})
	got := fault.Sentence(err)
	if len(got) > 300 || strings.ContainsAny(got, "\n\x1b") {
		t.Errorf("sentence %q", got)
	}
}

func TestReadStopsWithItsContext(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancelLate := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancelLate()
	for _, name := range []string{"big.txt", "big.md"} {
		for _, tt := range []struct {
			ctx   context.Context
			cause error
		}{{cancelled, context.Canceled}, {late, context.DeadlineExceeded}} {
			_, err := ingest.Read(tt.ctx, ingest.Source{Name: name, Bytes: sample(1_000_000, name == "big.md")}, ingest.Limits{})
			if fault.KindOf(err) != fault.Busy || !errors.Is(err, tt.cause) {
				t.Errorf("%s: %v, want a fault of kind Busy from %v", name, err, tt.cause)
			}
		}
	}
}

// A reading that is under way ends with its context, too: the context ends
// only after Read has begun.
func TestReadStopsUnderWay(t *testing.T) {
	for _, name := range []string{"big.txt", "big.md"} {
		ctx, cancel := context.WithCancel(t.Context())
		raw := sample(15_000_000, name == "big.md")
		began := make(chan struct{})
		go func() {
			<-began
			cancel()
		}()
		_, err := ingest.Read(&beginning{Context: ctx, began: began}, ingest.Source{Name: name, Bytes: raw}, ingest.Limits{})
		if !errors.Is(err, context.Canceled) || fault.KindOf(err) != fault.Busy {
			t.Errorf("%s: %v, want a fault of kind Busy", name, err)
		}
		cancel()
	}
}

// beginning tells when it is first asked for its end.
type beginning struct {
	context.Context
	began chan struct{}
	told  bool
}

func (c *beginning) Done() <-chan struct{} {
	if !c.told {
		c.told = true
		close(c.began)
	}
	return c.Context.Done()
}

func TestReadsTheSameEachTime(t *testing.T) {
	for _, name := range []string{"a.txt", "a.md"} {
		s := ingest.Source{Name: name, Bytes: sample(20_000, name == "a.md")}
		first := outline(read(t, s))
		for range 5 {
			if again := outline(read(t, s)); again != first {
				t.Fatalf("%s: two readings differ", name)
			}
		}
	}
}

func TestBoundsDoubts(t *testing.T) {
	r := read(t, ingest.Source{Name: "a.txt", Bytes: []byte(strings.Repeat("A sentence.[7]\n\n", 5000))})
	if len(r.Doubts) != ingest.MaxDoubts || !strings.Contains(r.Doubts[ingest.MaxDoubts-1].Text, "4901 more") {
		t.Errorf("%d doubts, the last %+v", len(r.Doubts), r.Doubts[len(r.Doubts)-1])
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good.txt", "The ferry was late.")
	s, err := ingest.File(good, ingest.Limits{})
	if err != nil || s.Name != "good.txt" || string(s.Bytes) != "The ferry was late." {
		t.Errorf("File(good.txt) = %+v, %v", s, err)
	}
	for _, tt := range []struct {
		path string
		kind fault.Kind
		want string
	}{
		{filepath.Join(dir, "none.txt"), fault.NotFound, "There is no file "},
		{"", fault.Invalid, "No file was named."},
		{dir, fault.Invalid, dir + " is a folder"},
		{"/dev/zero", fault.Invalid, "/dev/zero is no ordinary file"},
		{filepath.Join(good, "x"), fault.Unreadable, ""},
		{write("large.txt", strings.Repeat("x", 2001)), fault.TooLarge, dir},
		{"a\x00b", fault.Unreadable, ""},
	} {
		_, err := ingest.File(tt.path, ingest.Limits{Bytes: 2000})
		if err == nil || fault.KindOf(err) != tt.kind || !strings.HasPrefix(fault.Sentence(err), tt.want) {
			t.Errorf("File(%q): %v (kind %d), want kind %d and %q", tt.path, err, fault.KindOf(err), tt.kind, tt.want)
		}
	}
}
