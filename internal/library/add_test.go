package library

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/document"
	"pincite/internal/fault"
)

func TestChanges(t *testing.T) {
	base := fstest.MapFS{"charter.md": {Data: []byte("raw charter")}}
	l := openWith(t, Config{Dir: t.TempDir(), Base: base, Read: readSample})
	first := mustAdd(t, l, Local, addition("a", "one"))

	t.Run("same", func(t *testing.T) {
		out := mustAdd(t, l, Local, addition("a", "one"))
		if out.Change != Unchanged || out.Entry != first.Entry {
			t.Errorf("outcome %+v", out)
		}
	})
	t.Run("same under another id", func(t *testing.T) {
		out := mustAdd(t, l, Local, addition("b", "one"))
		if out.Change != Unchanged || out.Entry != first.Entry {
			t.Errorf("outcome %+v", out)
		}
	})
	t.Run("same as in the base corpus", func(t *testing.T) {
		out := mustAdd(t, l, Local, addition("mine", "charter"))
		if out.Change != Unchanged || out.Entry.Corpus != Base || out.Entry.ID != "charter" {
			t.Errorf("outcome %+v", out)
		}
	})
	t.Run("same in another corpus", func(t *testing.T) {
		other, err := Server("42")
		if err != nil {
			t.Fatal(err)
		}
		out := mustAdd(t, l, other, addition("a", "one"))
		if out.Change != Added {
			t.Errorf("one server's document counts for another: %+v", out)
		}
	})
	var second Outcome
	t.Run("other bytes", func(t *testing.T) {
		second = mustAdd(t, l, Local, addition("a", "two"))
		if second.Change != Replaced || second.Entry.Version != 2 || second.Previous == nil || *second.Previous != first.Entry {
			t.Errorf("outcome %+v", second)
		}
	})
	t.Run("same bytes read differently", func(t *testing.T) {
		a := addition("a", "two")
		a.Document.Title = "Better title"
		out := mustAdd(t, l, Local, a)
		if out.Change != Reread || out.Entry.Version != 3 || *out.Previous != second.Entry || out.Entry.Title != "Better title" {
			t.Errorf("outcome %+v", out)
		}
		checkWhole(t, l, Local, map[string]Addition{"a": a})
	})
	t.Run("earlier bytes again", func(t *testing.T) {
		out := mustAdd(t, l, Local, addition("a", "one"))
		if out.Change != Replaced || out.Entry.Version != 4 || out.Entry.Hash != first.Entry.Hash {
			t.Errorf("outcome %+v", out)
		}
	})
	t.Run("history", func(t *testing.T) {
		history, err := l.History(t.Context(), Local, "a")
		if err != nil {
			t.Fatal(err)
		}
		var versions []int
		for _, e := range history {
			versions = append(versions, e.Version)
			if _, err := l.Load(t.Context(), e); err != nil {
				t.Errorf("version %d: %v", e.Version, err)
			}
		}
		if !cmp.Equal(versions, []int{4, 3, 2, 1}) || history[3] != first.Entry {
			t.Errorf("history %+v", history)
		}
	})
	t.Run("removed", func(t *testing.T) {
		if err := l.Remove(t.Context(), Local, "a"); err != nil {
			t.Fatal(err)
		}
		wantKind(t, l.Remove(t.Context(), Local, "a"), fault.NotFound)
		checkWhole(t, l, Local, nil)
		_, err := l.Load(t.Context(), second.Entry)
		wantKind(t, err, fault.NotFound)
		_, err = l.Original(t.Context(), second.Entry)
		wantKind(t, err, fault.NotFound)
		if out := mustAdd(t, l, Local, addition("a", "one")); out.Change != Added || out.Entry.Version != 1 {
			t.Errorf("added again: %+v", out)
		}
	})
	t.Run("purged", func(t *testing.T) {
		if err := l.Purge(t.Context(), Local); err != nil {
			t.Fatal(err)
		}
		checkWhole(t, l, Local, nil)
	})
}

// damage is a way to spoil the current version of a document, of which dir is
// the folder.
type damage struct {
	spoil  func(dir string) error
	loaded bool // seen only when the document is loaded
}

func damages() map[string]damage {
	replace := func(file, from, to string) func(string) error {
		return func(dir string) error {
			path := filepath.Join(dir, file)
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, []byte(strings.Replace(string(data), from, to, 1)), fileMode)
		}
	}
	remove := func(file string) func(string) error {
		return func(dir string) error { return os.Remove(filepath.Join(dir, file)) }
	}
	empty := func(file string) func(string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, file), nil, fileMode) }
	}
	return map[string]damage{
		"no manifest":        {spoil: remove(manifestFile)},
		"no document":        {spoil: remove(documentFile)},
		"no original":        {spoil: remove(originalFile)},
		"empty manifest":     {spoil: empty(manifestFile)},
		"empty document":     {spoil: empty(documentFile)},
		"empty folder":       {spoil: func(dir string) error { return removeContent(dir) }},
		"later format":       {spoil: replace(manifestFile, `"format": 1`, `"format": 2`)},
		"other author":       {spoil: replace(manifestFile, "someone", "someboy")},
		"altered passage":    {spoil: replace(documentFile, "First", "Worst"), loaded: true},
		"no JSON, same size": {spoil: replace(documentFile, "{", "["), loaded: true},
	}
}

func removeContent(dir string) error {
	for _, f := range []string{manifestFile, documentFile, originalFile} {
		if err := os.Remove(filepath.Join(dir, f)); err != nil {
			return err
		}
	}
	return nil
}

func TestDamage(t *testing.T) {
	for name, d := range damages() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writer := open(t, dir)
			old := mustAdd(t, writer, Local, addition("a", "one"))
			current := mustAdd(t, writer, Local, addition("a", "secret words"))
			other := addition("b", "other")
			mustAdd(t, writer, Local, other)
			path, err := writer.locate(current.Entry)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.spoil(path); err != nil {
				t.Fatal(err)
			}
			var log logBuffer
			l := openWith(t, Config{Dir: dir, Log: log.logger()})
			if d.loaded {
				_, err := l.Load(t.Context(), current.Entry)
				wantKind(t, err, fault.Storage)
			}
			entries := mustList(t, l, Local)
			if len(entries) != 1 || entries[0].ID != "b" {
				t.Errorf("listed %+v", entries)
			}
			problems, err := l.Problems(t.Context(), Local)
			if err != nil || len(problems) != 1 || problems[0].Name != "a" || problems[0].Err == nil {
				t.Errorf("problems %+v (%v)", problems, err)
			}
			if n := strings.Count(log.String(), "document left out"); n != 1 {
				t.Errorf("logged %d times:\n%s", n, log.String())
			}
			if strings.Contains(log.String(), "secret words") {
				t.Errorf("a document's text is in the log:\n%s", log.String())
			}
			if _, err := l.Load(t.Context(), old.Entry); err != nil {
				t.Errorf("the earlier version: %v", err)
			}
			// The same bytes again heal it.
			healed := addition("a", "secret words")
			if out := mustAdd(t, l, Local, healed); out.Change != Replaced || out.Entry.Version != 3 {
				t.Errorf("healing: %+v", out)
			}
			checkWhole(t, l, Local, map[string]Addition{"a": healed, "b": other})
			if err := l.Remove(t.Context(), Local, "a"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDamageMended(t *testing.T) {
	l := open(t, t.TempDir())
	a := addition("a", "one")
	e := mustAdd(t, l, Local, a).Entry
	path, err := l.locate(e)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(path, documentFile)
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bad := append([]byte("x"), good[1:]...)
	if err := os.WriteFile(file, bad, fileMode); err != nil {
		t.Fatal(err)
	}
	_, err = l.Load(t.Context(), e)
	wantKind(t, err, fault.Storage)
	if entries := mustList(t, l, Local); len(entries) != 0 {
		t.Errorf("listed %+v", entries)
	}
	if err := os.WriteFile(file, good, fileMode); err != nil {
		t.Fatal(err)
	}
	checkWhole(t, l, Local, map[string]Addition{"a": a})
}

// A damaged original is found by nobody but those who ask for it, or add it.
func TestDamagedOriginal(t *testing.T) {
	l := open(t, t.TempDir())
	a := addition("a", "one")
	e := mustAdd(t, l, Local, a).Entry
	path, err := l.locate(e)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(path, originalFile), []byte("raw eno"), fileMode); err != nil {
		t.Fatal(err)
	}
	_, err = l.Original(t.Context(), e)
	wantKind(t, err, fault.Storage)
	if out := mustAdd(t, l, Local, a); out.Change != Replaced {
		t.Errorf("a damaged copy keeps the good one out: %+v", out)
	}
	checkWhole(t, l, Local, map[string]Addition{"a": a})
}

func TestStrangersInTheFolder(t *testing.T) {
	l := open(t, t.TempDir())
	a := addition("a", "one")
	mustAdd(t, l, Local, a)
	for _, name := range []string{".hidden", "empty-document"} {
		if err := os.Mkdir(filepath.Join(l.corpusDir(Local), name), dirMode); err != nil {
			t.Fatal(err)
		}
	}
	checkWhole(t, l, Local, map[string]Addition{"a": a})
	if err := os.WriteFile(filepath.Join(l.corpusDir(Local), "notes.txt"), nil, fileMode); err != nil {
		t.Fatal(err)
	}
	problems, err := l.Problems(t.Context(), Local)
	if err != nil || len(problems) != 1 || problems[0].Name != "notes.txt" {
		t.Errorf("problems %+v (%v)", problems, err)
	}
	if out := mustAdd(t, l, Local, addition("empty-document", "x")); out.Change != Added {
		t.Errorf("outcome %+v", out)
	}
}

// readSample is a Config.Read for files that begin with "raw ".
func readSample(_ context.Context, name string, raw []byte) (*document.Document, error) {
	body, ok := strings.CutPrefix(string(raw), "raw ")
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	if body == "not of the corpus" {
		return nil, nil
	}
	return sample(document.Slug(strings.TrimSuffix(filepath.Base(name), ".md")), body), nil
}
