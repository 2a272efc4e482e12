package quote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pincite/internal/document"
	"pincite/internal/index"
	"pincite/internal/words"
)

// bench is a checker with what it looks through.
type bench struct {
	*Checker
	view *index.View
}

func (b *bench) check(t testing.TB, text string) *Result {
	t.Helper()
	r, err := b.Check(t.Context(), b.view, text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return r
}

// over makes a checker of documents.
func over(t testing.TB, docs ...*document.Document) *bench {
	t.Helper()
	analyzer := words.NewAnalyzer()
	corpus := index.NewStore("", analyzer, time.Now, slog.New(slog.DiscardHandler)).Corpus("test")
	var entries []index.Entry
	for i, d := range docs {
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		entries = append(entries, index.Entry{
			ID: d.ID, Hash: fmt.Sprint(i), Passages: len(d.Passages),
			Load: func(context.Context) (*document.Document, error) { return d, nil },
		})
	}
	if err := corpus.Sync(t.Context(), entries, nil); err != nil {
		t.Fatal(err)
	}
	view, err := index.NewView(corpus)
	if err != nil {
		t.Fatal(err)
	}
	return &bench{New(analyzer), view}
}

// plain makes a document of paragraphs and, below a rule, footnotes; "[n]" in
// its text calls one.
func plain(id, text string) *document.Document {
	d := &document.Document{ID: id, Title: id}
	body, notes, _ := strings.Cut(strings.TrimSpace(text), "\n____\n")
	count := 0
	for line := range strings.Lines(notes) {
		if strings.TrimSpace(line) != "" {
			count++
		}
	}
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		p := document.Passage{Kind: document.Paragraph, Number: len(d.Passages) + 1, Text: line}
		for n := 1; n <= count; n++ {
			mark := fmt.Sprintf("[%d]", n)
			if at := strings.Index(line, mark); at >= 0 {
				p.Markers = append(p.Markers, document.Marker{Start: at, End: at + len(mark), Note: n})
			}
		}
		d.Passages = append(d.Passages, p)
	}
	n := 0
	for line := range strings.Lines(notes) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		n++
		d.Passages = append(d.Passages, document.Passage{
			Kind: document.Footnote, Number: n, Text: strings.TrimSpace(strings.TrimPrefix(line, fmt.Sprintf("[%d]", n))),
		})
	}
	return d
}

// readFile reads a file of test data, or skips the test with its name.
func readFile(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.FromSlash(path))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// quoteCase is a line of a set of quotations.
type quoteCase struct {
	Quote   string  `json:"quote"`
	Verdict Verdict `json:"verdict"`
	Passage string  `json:"passage"` // p8; of an exact quotation that spans several, the first
	// Kinds are the differences that are to be named, in order; nil where a set
	// does not say.
	Kinds []Kind `json:"kinds"`
	Why   string `json:"why"`
}

func readCases(t testing.TB, path string) []quoteCase {
	t.Helper()
	var list []quoteCase
	decoder := json.NewDecoder(strings.NewReader(string(readFile(t, path))))
	for decoder.More() {
		var c quoteCase
		if err := decoder.Decode(&c); err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
	return list
}

// passageOf is the passage that a result is about.
func passageOf(r *Result) string {
	if len(r.Found) == 0 {
		return ""
	}
	o := r.Found[0]
	part := o.Parts[o.Main]
	if r.Verdict == Exact {
		part = o.Parts[0]
	}
	return part.Passage.Pincite().Key()
}

func kindsOf(r *Result) []Kind {
	var list []Kind
	if len(r.Found) > 0 {
		for _, d := range r.Found[0].Differences {
			list = append(list, d.Kind)
		}
	}
	return list
}
