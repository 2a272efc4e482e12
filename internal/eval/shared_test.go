package eval

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pincite/internal/answer"
	"pincite/internal/document"
	"pincite/internal/ingest"
	"pincite/internal/lexicon"
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
	return Config{Words: a, Answerer: answer.New(a, lexicon.Builtin()), Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
}

// readFile reads a document as adding it does.
func readFile(ctx context.Context, path string) (*document.Document, error) {
	source, err := ingest.File(path, ingest.DefaultLimits())
	if err != nil {
		return nil, err
	}
	reading, err := ingest.Read(ctx, source, ingest.DefaultLimits())
	if err != nil {
		return nil, err
	}
	return reading.Document, nil
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
		d, err := readFile(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}
