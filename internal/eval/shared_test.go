package eval

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pincite/internal/answer"
	"pincite/internal/document"
	"pincite/internal/words"
)

// root is the folder of go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

// shared is a folder of the data that lies beside the project; the test is
// skipped where it is not there.
func shared(t testing.TB, path string) string {
	t.Helper()
	folder := filepath.Join(root(t), "..", "shared", filepath.FromSlash(path))
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the measuring data ../shared/%s is not here", path)
	}
	return folder
}

// config is a run's configuration as the program has it.
func config() Config {
	a := words.NewAnalyzer()
	return Config{Words: a, Answerer: answer.New(a), Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
}

var (
	footnoteLine = regexp.MustCompile(`^\[\^?(\d+)\]:? (.*)$`)
	callInText   = regexp.MustCompile(`\[\^(\d+)\]`)
)

// readPlain reads the layouts of the article and of the built-in documents:
// front matter, headings, a paragraph a line, footnotes as [n] text.
func readPlain(_ context.Context, path string) (*document.Document, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d := &document.Document{ID: document.Slug(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))}
	d.Title = d.ID
	text := string(raw)
	if head, rest, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n"); ok {
		text = rest
		for line := range strings.Lines(head) {
			if title, ok := strings.CutPrefix(line, "title:"); ok {
				d.Title = strings.Trim(strings.TrimSpace(title), `"`)
			}
		}
	}
	section, notes := "", []document.Passage(nil)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.Trim(line, "_") == "" {
			continue
		}
		if heading, ok := strings.CutPrefix(line, "#"); ok {
			section = strings.TrimSpace(strings.TrimLeft(heading, "#"))
			continue
		}
		if m := footnoteLine.FindStringSubmatch(line); m != nil {
			notes = append(notes, document.Passage{Kind: document.Footnote, Number: len(notes) + 1, Text: m[2]})
			continue
		}
		line = callInText.ReplaceAllString(line, "[$1]")
		d.Passages = append(d.Passages, document.Passage{
			Kind: document.Paragraph, Number: len(d.Passages) + 1, Section: section, Text: line,
		})
	}
	d.Passages = append(d.Passages, notes...)
	for i := range d.Passages {
		p := &d.Passages[i]
		for n := range notes {
			mark := "[" + string(rune('1'+n)) + "]"
			if at := strings.Index(p.Text, mark); at >= 0 {
				p.Markers = append(p.Markers, document.Marker{Start: at, End: at + len(mark), Note: n + 1})
			}
		}
	}
	return d, nil
}

// builtIn are the documents of the folder corpus.
func builtIn(t testing.TB) []*document.Document {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root(t), "corpus", "*.md"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no built-in documents: %v", err)
	}
	var docs []*document.Document
	for _, path := range paths {
		d, err := readPlain(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}
