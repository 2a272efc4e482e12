package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// Thousands of files are read once in a process, whoever asks, and one that is
// bad is a problem and keeps no other out.
func TestBaseIsReadOnce(t *testing.T) {
	files := fstest.MapFS{
		"bad.md":            {Data: []byte("no document")},
		"sub/large.md":      {Data: []byte("raw " + strings.Repeat("x", 2000))},
		"sub/twice.md":      {Data: []byte("raw first")},
		"twice.md":          {Data: []byte("raw second")},
		"readme.md":         {Data: []byte("raw not of the corpus")},
		".git/config":       {Data: []byte("no document")},
		"_drafts/d.md":      {Data: []byte("no document")},
		"sub/.hidden.md":    {Data: []byte("no document")},
		"sub/invalid id.md": {Data: []byte("raw invalid")},
	}
	const n = 2000
	for i := range n {
		files[fmt.Sprintf("d%04d.md", i)] = &fstest.MapFile{Data: []byte(fmt.Sprint("raw text ", i))}
	}
	var reads sync.Map
	var log logBuffer
	l := openWith(t, Config{
		Dir: t.TempDir(), Base: files, MaxBaseFile: 1000, Log: log.logger(),
		Read: func(ctx context.Context, name string, raw []byte) (*document.Document, error) {
			if _, twice := reads.LoadOrStore(name, true); twice {
				t.Errorf("%s was read twice", name)
			}
			d, err := readSample(ctx, name, raw)
			if name == "sub/invalid id.md" {
				d.ID = "invalid id"
			}
			return d, err
		},
	})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			entries, err := l.List(t.Context(), Base)
			if err != nil || len(entries) != n+1 {
				t.Errorf("%d documents (%v)", len(entries), err)
			}
			for _, e := range entries {
				if _, err := l.Load(t.Context(), e); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	problems, err := l.Problems(t.Context(), Base)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range problems {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "bad.md sub/invalid id.md sub/large.md twice.md" {
		t.Errorf("problems %q", got)
	}
	if got := strings.Count(log.String(), "document left out"); got != len(problems) {
		t.Errorf("logged %d problems:\n%s", got, log.String())
	}
	entries := mustList(t, l, Base)
	e := entries[7]
	if e.ID != "d0007" || e.Version != 0 || !e.AddedAt.IsZero() || e.Name != "d0007.md" || e.Paragraphs != 2 || e.SourceHash != hashOf([]byte("raw text 7")) {
		t.Errorf("entry %+v", e)
	}
	history, err := l.History(t.Context(), Base, "d0007")
	if err != nil || len(history) != 1 || history[0] != e {
		t.Errorf("history %+v (%v)", history, err)
	}
	_, err = l.History(t.Context(), Base, "d9999")
	wantKind(t, err, fault.NotFound)
}

// A list may be changed by who asked for it.
func TestListIsTheCallers(t *testing.T) {
	l := openWith(t, Config{Dir: t.TempDir(), Base: fstest.MapFS{"a.md": {Data: []byte("raw a")}}, Read: readSample})
	mustList(t, l, Base)[0].Title = "scribbled over"
	if got := mustList(t, l, Base)[0].Title; got != "On a" {
		t.Errorf("title %q", got)
	}
}

// Where memory is short a base document is read again when it is asked for,
// and not given out if its file has changed.
func TestBaseBeyondMemory(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.md")
	write := func(s string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(s), fileMode); err != nil {
			t.Fatal(err)
		}
	}
	write("raw one")
	l := openWith(t, Config{Dir: t.TempDir(), Base: os.DirFS(dir), Read: readSample, CacheBytes: -1})
	e := mustList(t, l, Base)[0]
	if d, err := l.Load(t.Context(), e); err != nil || d.Passages[0].Text != "First: one[1]" {
		t.Errorf("loaded %v (%v)", d, err)
	}
	if raw, err := l.Original(t.Context(), e); err != nil || string(raw) != "raw one" {
		t.Errorf("original %q (%v)", raw, err)
	}
	write("raw two")
	_, err := l.Load(t.Context(), e)
	wantKind(t, err, fault.Storage)
	_, err = l.Original(t.Context(), e)
	wantKind(t, err, fault.Storage)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	_, err = l.Load(t.Context(), e)
	wantKind(t, err, fault.Storage)
	e.Hash = hashOf(nil)
	_, err = l.Load(t.Context(), e)
	wantKind(t, err, fault.NotFound)
}

// A base folder that is missing is said, keeps nobody from adding, and is read
// when it is there.
func TestBaseFolderMissing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "base")
	l := openWith(t, Config{Dir: t.TempDir(), Base: os.DirFS(dir), Read: readSample})
	_, err := l.List(t.Context(), Base)
	wantKind(t, err, fault.Storage)
	mustAdd(t, l, Local, addition("a", "one"))
	if err := os.Mkdir(dir, dirMode); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.md"), []byte("raw b"), fileMode); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b.md", filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	if entries := mustList(t, l, Base); len(entries) != 2 {
		t.Errorf("listed %+v", entries)
	}
}

// Who gives up waiting for the base corpus spoils nothing for the others.
func TestBaseReadingOutlivesItsCaller(t *testing.T) {
	started, release := make(chan bool), make(chan bool)
	l := openWith(t, Config{
		Dir: t.TempDir(), Base: fstest.MapFS{"a.md": {Data: []byte("raw a")}},
		Read: func(ctx context.Context, name string, raw []byte) (*document.Document, error) {
			close(started)
			select {
			case <-release:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
			return readSample(ctx, name, raw)
		},
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-started
		cancel()
	}()
	if _, err := l.List(ctx, Base); !errors.Is(err, context.Canceled) {
		t.Errorf("gave up with %v", err)
	}
	close(release)
	if entries := mustList(t, l, Base); len(entries) != 1 {
		t.Errorf("listed %+v", entries)
	}
}

func TestCacheKeepsItsBound(t *testing.T) {
	size := sizeOf(sample("d0", "x"))
	c := newCache(3 * size)
	var reads atomic.Int64
	get := func(id string) {
		t.Helper()
		d, err := c.get(t.Context(), cacheKey{corpus: Local, id: id}, func() (*document.Document, error) {
			reads.Add(1)
			return sample(id, "x"), nil
		})
		if err != nil || d.ID != id {
			t.Fatalf("got %v (%v)", d, err)
		}
		if c.used > c.limit || c.used != int64(c.order.Len())*size || len(c.items) != c.order.Len() {
			t.Fatalf("%d bytes of %d in %d documents", c.used, c.limit, c.order.Len())
		}
	}
	for _, step := range []struct {
		id    string
		reads int64 // in all, after it
	}{{"d1", 1}, {"d2", 2}, {"d3", 3}, {"d1", 3}, {"d4", 4}, {"d1", 4}, {"d3", 4}, {"d2", 5}, {"d1", 5}} {
		if get(step.id); reads.Load() != step.reads {
			t.Fatalf("%s: %d reads, not %d", step.id, reads.Load(), step.reads)
		}
	}
	c.drop(func(k cacheKey) bool { return k.id == "d1" })
	if get("d1"); reads.Load() != 6 {
		t.Errorf("a dropped document was kept")
	}
	large := newCache(size - 1)
	large.put(cacheKey{id: "d1"}, sample("d1", "x"))
	if large.used != 0 || large.order.Len() != 0 {
		t.Error("kept a document larger than the cache")
	}
}

// One reads, the others wait, and an error is nobody's afterwards.
func TestCacheReadsOnce(t *testing.T) {
	c := newCache(1 << 20)
	key := cacheKey{corpus: Local, id: "a"}
	var reads atomic.Int64
	release := make(chan bool)
	read := func() (*document.Document, error) {
		<-release
		if reads.Add(1) == 1 {
			return nil, fs.ErrInvalid
		}
		return sample("a", "x"), nil
	}
	const n = 8
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			for {
				d, err := c.get(t.Context(), key, read)
				if err == nil && d.ID == "a" {
					return
				}
				if !errors.Is(err, fs.ErrInvalid) {
					t.Errorf("got %v (%v)", d, err)
					return
				}
			}
		})
	}
	for !c.reading(key) {
		runtime.Gosched()
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.get(ctx, key, read); !errors.Is(err, context.Canceled) {
		t.Errorf("waited with an ended context: %v", err)
	}
	close(release)
	all.Wait()
	if reads.Load() != 2 {
		t.Errorf("%d reads, not one that failed and one", reads.Load())
	}
}

// reading reports whether a document is being read.
func (c *cache) reading(key cacheKey) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls[key] != nil
}
