package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// TestMain lets the test binary be a writer that a kill test kills.
func TestMain(m *testing.M) {
	for env, run := range map[string]func(out io.Writer, dir string, args []string) error{writerEnv: runWriter, draftWriterEnv: runDraftWriter} {
		if dir := os.Getenv(env); dir != "" {
			if err := run(os.Stdout, dir, os.Args[1:]); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			return
		}
	}
	os.Exit(m.Run())
}

// open gives a library on dir that is closed with the test.
func open(t testing.TB, dir string) *Library {
	t.Helper()
	return openWith(t, Config{Dir: dir})
}

func openWith(t testing.TB, cfg Config) *Library {
	t.Helper()
	l, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// sample is a document of a few paragraphs and one footnote that says body.
func sample(id, body string) *document.Document {
	return &document.Document{
		ID: id, Title: "On " + id, Authors: []string{"A. Writer"}, Date: "2024-05",
		Passages: []document.Passage{
			{
				Kind: document.Paragraph, Number: 1, Section: "Beginning", Text: "First: " + body + "[1]",
				Markers: []document.Marker{{Start: len("First: " + body), End: len("First: " + body + "[1]"), Note: 1}},
			},
			{Kind: document.Paragraph, Number: 2, Text: "Second <&> \u2028 done."},
			{Kind: document.Footnote, Number: 1, Text: "A note."},
		},
	}
}

func addition(id, body string) Addition {
	return Addition{Document: sample(id, body), Original: []byte("raw " + body), Name: id + ".md", By: "someone"}
}

func mustAdd(t testing.TB, l *Library, c CorpusID, a Addition) Outcome {
	t.Helper()
	out, err := l.Add(t.Context(), c, a)
	if err != nil {
		t.Fatalf("add: %v", err)
	}
	return out
}

func mustList(t testing.TB, l *Library, c CorpusID) []Entry {
	t.Helper()
	entries, err := l.List(t.Context(), c)
	if err != nil {
		t.Fatalf("list: %v", err)
	}
	return entries
}

// checkWhole fails unless the corpus has exactly the documents wanted, by id,
// each whole and with its original, and no problems.
func checkWhole(t testing.TB, l *Library, c CorpusID, want map[string]Addition) {
	t.Helper()
	entries := mustList(t, l, c)
	got := map[string]bool{}
	for _, e := range entries {
		got[e.ID] = true
		a, ok := want[e.ID]
		if !ok {
			t.Errorf("%s is listed and should not be", e.ID)
			continue
		}
		d, err := l.Load(t.Context(), e)
		if err != nil {
			t.Errorf("load %s: %v", e.ID, err)
			continue
		}
		if diff := cmp.Diff(a.Document, d); diff != "" {
			t.Errorf("%s (-added +loaded):\n%s", e.ID, diff)
		}
		raw, err := l.Original(t.Context(), e)
		if err != nil || !bytes.Equal(raw, a.Original) {
			t.Errorf("original of %s is %q (%v), not %q", e.ID, raw, err, a.Original)
		}
	}
	for id := range want {
		if !got[id] {
			t.Errorf("%s is not listed", id)
		}
	}
	problems, err := l.Problems(t.Context(), c)
	if err != nil || len(problems) > 0 {
		t.Errorf("problems %v (%v)", problems, err)
	}
}

func wantKind(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind {
		t.Fatalf("error %v, not of kind %d", err, kind)
	}
	if s := fault.Sentence(err); strings.Contains(s, os.TempDir()) || !strings.HasSuffix(s, ".") {
		t.Errorf("sentence %q shows a path or is no sentence", s)
	}
}

// noSync is the real disk without waiting for it, for tests of other things.
type noSync struct{ osDisk }

func (noSync) Sync(dir string) error { _, err := os.Stat(dir); return err }
func (noSync) Write(path string, data []byte) error {
	return os.WriteFile(path, data, fileMode)
}

// logBuffer collects a log.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func (b *logBuffer) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func TestServer(t *testing.T) {
	c, err := Server("81384788765712384")
	if err != nil || c.check() != nil || c.checkWritable() != nil {
		t.Fatalf("corpus %q: %v", c, err)
	}
	for _, bad := range []string{"", "0", "-1", "+1", "01", " 1", "1/..", "..", "local", "18446744073709551616", "१"} {
		if c, err := Server(bad); err == nil {
			t.Errorf("Server(%q) = %q", bad, c)
		}
	}
	l := open(t, t.TempDir())
	for _, bad := range []CorpusID{"", "..", "server-", "server-01", "server-../local", "other"} {
		_, err := l.List(t.Context(), bad)
		wantKind(t, err, fault.Invalid)
		_, err = l.Add(t.Context(), bad, addition("a", "b"))
		wantKind(t, err, fault.Invalid)
		wantKind(t, l.Purge(t.Context(), bad), fault.Invalid)
	}
}

func TestOpenWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet")
	l := open(t, dir)
	if entries := mustList(t, l, Local); len(entries) != 0 {
		t.Errorf("listed %v", entries)
	}
	if corpora, err := l.Corpora(t.Context()); err != nil || !cmp.Equal(corpora, []CorpusID{Base}) {
		t.Errorf("corpora %v (%v)", corpora, err)
	}
	_, err := l.History(t.Context(), Local, "a")
	wantKind(t, err, fault.NotFound)
	wantKind(t, l.Remove(t.Context(), Local, "a"), fault.NotFound)
	if err := l.Purge(t.Context(), Local); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	_, err := Open(Config{})
	wantKind(t, err, fault.Invalid)
	if _, err := Open(Config{Dir: "x", Base: os.DirFS(".")}); err == nil {
		t.Error("opened with a base corpus and no reader")
	}
}

func TestAddedIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "folder")
	now := time.Date(2025, 3, 4, 5, 6, 7, 89_123_456, time.FixedZone("", 3600))
	l := openWith(t, Config{Dir: dir, Clock: func() time.Time { return now }})
	a := addition("article", "one")
	out := mustAdd(t, l, Local, a)
	if out.Change != Added || out.Previous != nil {
		t.Errorf("outcome %+v", out)
	}
	want := Entry{
		Corpus: Local, ID: "article", Title: "On article", Name: "article.md",
		Hash: out.Entry.Hash, SourceHash: hashOf(a.Original), Version: 1,
		AddedAt: time.Date(2025, 3, 4, 4, 6, 7, 89_000_000, time.UTC), AddedBy: "someone",
		Paragraphs: 2, Footnotes: 1, Bytes: int64(len(a.Original)),
	}
	if diff := cmp.Diff(want, out.Entry); diff != "" {
		t.Error(diff)
	}
	again := open(t, dir)
	if entries := mustList(t, again, Local); len(entries) != 1 || entries[0] != out.Entry {
		t.Errorf("listed %+v, not what was reported", entries)
	}
	checkWhole(t, again, Local, map[string]Addition{"article": a})
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != dirMode {
		t.Errorf("data folder %v %v", info.Mode(), err)
	}
}

func TestAddRefuses(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "data"))
	_, err := l.Add(t.Context(), Base, addition("a", "b"))
	wantKind(t, err, fault.Forbidden)
	wantKind(t, l.Remove(t.Context(), Base, "a"), fault.Forbidden)
	wantKind(t, l.Purge(t.Context(), Base), fault.Forbidden)
	bad := sample("../../etc", "b")
	for name, a := range map[string]Addition{
		"none":     {Original: []byte("x")},
		"original": {Document: sample("a", "b")},
		"id":       {Document: bad, Original: []byte("x")},
	} {
		_, err := l.Add(t.Context(), Local, a)
		if wantKind(t, err, fault.Invalid); t.Failed() {
			t.Error(name)
		}
	}
	wantKind(t, l.Remove(t.Context(), Local, "../local"), fault.NotFound)
	_, err = l.Load(t.Context(), Entry{Corpus: Local, ID: "../x", Version: 1})
	wantKind(t, err, fault.NotFound)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Add(ended, Local, addition("a", "b")); !errors.Is(err, context.Canceled) {
		t.Errorf("added after the end: %v", err)
	}
	if _, err := os.Stat(l.root); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a refused addition left something: %v", err)
	}
}

func TestClosed(t *testing.T) {
	l, err := Open(Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	mustAdd(t, l, Local, addition("a", "b"))
	if err := errors.Join(l.Close(), l.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Add(t.Context(), Local, addition("c", "d")); !errors.Is(err, errClosed) {
		t.Errorf("added to a closed library: %v", err)
	}
	if _, err := l.Watch(t.Context()); !errors.Is(err, errClosed) {
		t.Errorf("watched a closed library: %v", err)
	}
	if left, err := os.ReadDir(l.tmpDir()); err != nil || len(left) > 0 {
		t.Errorf("tmp holds %v (%v)", left, err)
	}
}
