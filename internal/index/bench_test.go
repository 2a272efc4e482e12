package index_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en" // the analyzer "en"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"pincite/internal/answer"
	"pincite/internal/document"
	"pincite/internal/index"
	"pincite/internal/lexicon"
	"pincite/internal/library"
	"pincite/internal/words"
)

// Sizes of the benchmarks.
const (
	largePassages  = 100_000
	shortPassages  = 10_000 // with -short
	largeQuestions = 1000
	bareBatch      = 1000
)

// BenchmarkLarge compares Pincite with bare bleve in one run, at 100,000
// passages: how fast it indexes, how fast it answers, and what memory it
// needs. The figures are metrics of their own; that of an operation covers
// both sides and means nothing. Run it with -benchtime=1x.
func BenchmarkLarge(b *testing.B) {
	passages := largePassages
	if testing.Short() {
		passages = shortPassages
	}
	s := newSynthesizer()
	docs := s.documents(passages)
	questions := s.questions(docs, largeQuestions)
	dir := b.TempDir()
	corpus := filepath.Join(dir, "documents")
	writeDocuments(b, corpus, docs)
	folder, bare := filepath.Join(dir, "ours"), filepath.Join(dir, "bare")

	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		var ours, theirs time.Duration
		for b.Loop() {
			for _, dir := range []string{folder, bare} {
				if err := os.RemoveAll(dir); err != nil {
					b.Fatal(err)
				}
			}
			ours += timed(b, func() error { return syncDocuments(b, folder, docs) })
			theirs += timed(b, func() error { return indexBare(bare, docs) })
		}
		n := float64(passages * b.N)
		b.ReportMetric(n/ours.Seconds(), "passages/s")
		b.ReportMetric(n/theirs.Seconds(), "bare-passages/s")
		b.ReportMetric(theirs.Seconds()/ours.Seconds(), "of-bare")
	})
	if _, err := os.Stat(bare); err != nil { // the part above was not asked for
		if err := indexBare(bare, docs); err != nil {
			b.Fatal(err)
		}
	}
	engine, err := bleve.OpenUsing(bare, map[string]any{"read_only": true})
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	askBare := func(question string) error {
		q := bleve.NewMatchQuery(question)
		q.SetField("text")
		_, err := engine.Search(bleve.NewSearchRequestOptions(q, 10, 0, false))
		return err
	}
	b.Run("ask", func(b *testing.B) {
		benchmarkAsk(b, questions, asker(b, folder, inMemory(docs)), askBare)
	})
	docs = nil
	b.Run("ask-library", func(b *testing.B) {
		benchmarkAsk(b, questions, asker(b, folder, inLibrary(b, corpus)), askBare)
	})
	b.Run("memory", func(b *testing.B) { benchmarkMemory(b, corpus, questions) })
}

// benchmarkAsk asks every question of both sides in turn.
func benchmarkAsk(b *testing.B, questions []string, ours, theirs func(string) error) {
	for _, q := range questions[:len(questions)/10] { // warm up
		timed(b, func() error { return ours(q) })
		timed(b, func() error { return theirs(q) })
	}
	debug.FreeOSMemory()
	b.ReportAllocs()
	var our, their []time.Duration
	for b.Loop() {
		for _, q := range questions {
			our = append(our, timed(b, func() error { return ours(q) }))
			their = append(their, timed(b, func() error { return theirs(q) }))
		}
	}
	slices.Sort(our)
	slices.Sort(their)
	at := func(times []time.Duration, percent int) float64 {
		return float64(times[(len(times)*percent+99)/100-1].Microseconds()) / 1000
	}
	b.ReportMetric(at(our, 50), "p50-ms")
	b.ReportMetric(at(our, 99), "p99-ms")
	b.ReportMetric(at(their, 50), "bare-p50-ms")
	b.ReportMetric(at(their, 99), "bare-p99-ms")
	b.ReportMetric(at(our, 50)/at(their, 50), "p50-of-bare")
}

func timed(b *testing.B, do func() error) time.Duration {
	b.Helper()
	began := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// mode says which half of benchmarkMemory a process of its own does.
const mode = "PINCITE_BENCH_MEMORY"

// benchmarkMemory measures in processes that do nothing else: one that
// indexes, and one that finds the index there and answers.
func benchmarkMemory(b *testing.B, corpus string, questions []string) {
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	folder := b.TempDir()
	asked := filepath.Join(folder, "questions")
	if err := os.WriteFile(asked, []byte(strings.Join(questions, "\n")), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for _, do := range []string{"index", "ask"} {
			cmd := exec.CommandContext(b.Context(), exe, "-test.run=^TestMemoryOfProcess$", "-test.v")
			cmd.Env = append(os.Environ(), mode+"="+do, mode+"_CORPUS="+corpus, mode+"_FOLDER="+folder)
			out, err := cmd.CombinedOutput()
			if err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			for line := range strings.Lines(string(out)) {
				_, figures, found := strings.Cut(line, "resident, peak: ")
				var resident, peak float64
				if _, err := fmt.Sscan(figures, &resident, &peak); found && err == nil {
					b.ReportMetric(resident, do+"-resident-MB")
					b.ReportMetric(peak, do+"-peak-MB")
				}
			}
		}
	}
}

// TestMemoryOfProcess is the process that benchmarkMemory starts.
func TestMemoryOfProcess(t *testing.T) {
	do := os.Getenv(mode)
	if do == "" {
		t.Skip("runs as a part of BenchmarkLarge/memory")
	}
	folder := os.Getenv(mode + "_FOLDER")
	ask := asker(t, filepath.Join(folder, "index"), inLibrary(t, os.Getenv(mode+"_CORPUS")))
	if do == "ask" {
		raw, err := os.ReadFile(filepath.Join(folder, "questions"))
		if err != nil {
			t.Fatal(err)
		}
		for q := range strings.Lines(string(raw)) {
			if err := ask(q); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("resident, peak: %.1f %.1f", statusMegabytes(t, "VmRSS"), statusMegabytes(t, "VmHWM"))
}

// statusMegabytes reads a size from /proc/self/status, in units of 10^6 bytes.
func statusMegabytes(t testing.TB, name string) float64 {
	t.Helper()
	f, err := os.Open("/proc/self/status")
	if err != nil {
		t.Skipf("the system does not say what memory a process has: %v", err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), name+":"); ok {
			n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			if err != nil {
				t.Fatal(err)
			}
			return n * 1024 / 1e6
		}
	}
	t.Fatalf("/proc/self/status has no %s", name)
	return 0
}

// writeDocuments writes each document as JSON, for a library to read.
func writeDocuments(b *testing.B, dir string, docs []*document.Document) {
	b.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	for _, d := range docs {
		raw, err := json.Marshal(d)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, d.ID+".json"), raw, 0o600)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// inMemory are the entries of documents that are at hand.
func inMemory(docs []*document.Document) []index.Entry {
	entries := make([]index.Entry, len(docs))
	for i, d := range docs {
		entries[i] = index.Entry{
			ID: d.ID, Hash: d.ID, Passages: len(d.Passages),
			Load: func(context.Context) (*document.Document, error) { return d, nil },
		}
	}
	return entries
}

// inLibrary are the entries of a library that has its documents in a folder
// and keeps those used last in memory.
func inLibrary(t testing.TB, dir string) []index.Entry {
	t.Helper()
	lib, err := library.Open(library.Config{
		Dir:  t.TempDir(),
		Base: os.DirFS(dir),
		Read: func(_ context.Context, _ string, raw []byte) (*document.Document, error) {
			d := &document.Document{}
			return d, json.Unmarshal(raw, d)
		},
		Clock: time.Now,
		Log:   slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lib.Close(); err != nil {
			t.Error(err)
		}
	})
	list, err := lib.List(t.Context(), library.Base)
	if err != nil {
		t.Fatal(err)
	}
	entries := make([]index.Entry, len(list))
	for i, e := range list {
		entries[i] = index.Entry{
			ID: e.ID, Hash: e.ID, Passages: e.Paragraphs + e.Footnotes,
			Load: func(ctx context.Context) (*document.Document, error) { return lib.Load(ctx, e) },
		}
	}
	return entries
}

// asker opens or builds the index in a folder and answers from it.
func asker(t testing.TB, folder string, entries []index.Entry) func(question string) error {
	t.Helper()
	a := words.NewAnalyzer()
	corpus := index.NewStore(folder, a, time.Now, slog.New(slog.DiscardHandler)).Corpus("large")
	if err := corpus.Sync(t.Context(), entries, nil); err != nil {
		t.Fatal(err)
	}
	view, err := index.NewView(corpus)
	if err != nil {
		t.Fatal(err)
	}
	answerer := answer.New(a, lexicon.Builtin())
	return func(question string) error {
		found, err := answerer.Answer(t.Context(), view, answer.Request{Question: question})
		if err == nil && len(found.Passages) == 0 {
			return fmt.Errorf("nothing found for %q", question)
		}
		return err
	}
}

func syncDocuments(b *testing.B, folder string, docs []*document.Document) error {
	store := index.NewStore(folder, words.NewAnalyzer(), time.Now, slog.New(slog.DiscardHandler))
	return store.Corpus("large").Sync(b.Context(), inMemory(docs), nil)
}

// indexBare indexes the passages with bleve as search engines are usually
// set up for speed: one field, nothing stored, batches of 1000.
func indexBare(folder string, docs []*document.Document) (err error) {
	text := bleve.NewTextFieldMapping()
	text.Analyzer = "en"
	text.Store, text.IncludeInAll, text.IncludeTermVectors, text.DocValues = false, false, false, false
	static := bleve.NewDocumentStaticMapping()
	static.AddFieldMappingsAt("text", text)
	mapping := bleve.NewIndexMapping()
	mapping.DefaultMapping = static
	mapping.ScoringModel = bleveindex.BM25Scoring
	engine, err := bleve.New(folder, mapping)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := engine.Close(); err == nil {
			err = closeErr
		}
	}()
	batch := engine.NewBatch()
	for _, d := range docs {
		for i := range d.Passages {
			p := &d.Passages[i]
			if err := batch.Index(d.Ref(p).String(), map[string]any{"text": p.Text}); err != nil {
				return err
			}
			if batch.Size() == bareBatch {
				if err := engine.Batch(batch); err != nil {
					return err
				}
				batch.Reset()
			}
		}
	}
	return engine.Batch(batch)
}
