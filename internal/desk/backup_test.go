package desk

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pincite/internal/fault"
	"pincite/internal/library"
)

// copyPlainly copies a folder file by file, as cp -r does: in whatever state
// each file is when its turn comes, going on where one has gone meanwhile.
func copyPlainly(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		below, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, below), 0o700)
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, below), data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// busy changes corpora until stop is closed, and tells what is there for good.
type busy struct {
	round  chan struct{} // receives after each round whoever waits for it; closed at the end
	mu     sync.Mutex
	stable map[string]string // id → original, of documents that are never touched again
}

func (b *busy) run(t *testing.T, d *Desk, who library.CorpusID, name string, stop <-chan struct{}) {
	defer close(b.round)
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		case b.round <- struct{}{}:
		default:
		}
		id, text := fmt.Sprintf("%s-%d", name, n), fmt.Sprintf("The lantern %s%d burns.\n\n%s", name, n, strings.Repeat("A long night passes. ", n%40*50))
		if _, err := d.Add(t.Context(), who, source(id+".txt", text)); err != nil {
			t.Errorf("add: %v", err)
			return
		}
		b.mu.Lock()
		b.stable[id] = text
		b.mu.Unlock()
		// One document is replaced and removed all the time.
		for _, text := range []string{"It comes ", "It changes "} {
			if _, err := d.Add(t.Context(), who, source(name+"-restless.txt", text+fmt.Sprint(n))); err != nil {
				t.Errorf("replace: %v", err)
				return
			}
		}
		if n%2 == 0 {
			if _, err := d.Remove(t.Context(), who, name+"-restless"); err != nil {
				t.Errorf("remove: %v", err)
				return
			}
		}
	}
}

// TestBackupByCopy holds the promise of the README: a plain copy of the data
// folder, made while documents are added, replaced and removed, holds all that
// was acknowledged before the copy began, whole and findable; and nothing in
// it is passed off as whole that is not.
func TestBackupByCopy(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	corpora := []library.CorpusID{server(t, "1111"), server(t, "2222")}
	stop := make(chan struct{})
	var all sync.WaitGroup
	halt := sync.OnceFunc(func() {
		close(stop)
		all.Wait()
	})
	defer halt()
	work := map[library.CorpusID]*busy{}
	for i, who := range corpora {
		b := &busy{round: make(chan struct{}), stable: map[string]string{}}
		work[who] = b
		d := open(t, data) // as a process of its own
		all.Go(func() { b.run(t, d, who, fmt.Sprint("doc", i), stop) })
	}
	const copies = 6
	before := make([]map[library.CorpusID]map[string]string, copies)
	for n := range copies {
		// Each copy begins when both writers are in the middle of a further round.
		for _, b := range work {
			if _, ok := <-b.round; !ok {
				t.Fatal("a writer has given up")
			}
		}
		before[n] = map[library.CorpusID]map[string]string{}
		for who, b := range work {
			b.mu.Lock()
			before[n][who] = maps.Clone(b.stable)
			b.mu.Unlock()
		}
		copyPlainly(t, data, filepath.Join(dir, fmt.Sprint("copy", n)))
	}
	halt()
	acknowledged := 0
	for n := range copies {
		for _, who := range corpora {
			acknowledged += len(before[n][who])
			checkCopy(t, filepath.Join(dir, fmt.Sprint("copy", n)), who, before[n][who])
		}
	}
	if acknowledged == 0 {
		t.Error("nothing was there before any copy began")
	}
	t.Logf("%d documents in %d copies", acknowledged, copies)
}

// checkCopy opens a copy and looks for the documents.
func checkCopy(t *testing.T, dir string, who library.CorpusID, want map[string]string) {
	t.Helper()
	d := open(t, dir)
	entries, err := d.List(t.Context(), who)
	if err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	for _, e := range entries {
		// All that is listed can be read; what cannot be is not listed.
		if _, err := d.cfg.Library.Load(t.Context(), e); err != nil {
			t.Errorf("%s: %s is listed: %v", dir, e.ID, err)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(want)) {
		_, e, err := d.Document(t.Context(), who, id)
		if err != nil {
			t.Errorf("%s: %s was acknowledged: %v", dir, id, err)
			continue
		}
		if original, err := d.cfg.Library.Original(t.Context(), e); err != nil || !bytes.Equal(original, []byte(want[id])) {
			t.Errorf("%s: %s has %d bytes (%v)", dir, id, len(original), err)
		}
		found, err := d.Search(t.Context(), who, strings.ReplaceAll(id, "-", ""), 0, 1)
		if err != nil || found.Total != 1 || found.Hits[0].Document.ID != id {
			t.Errorf("%s: %s is not found (%v)", dir, id, err)
		}
	}
	problems, err := d.cfg.Library.Problems(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if _, ok := want[p.Name]; ok {
			t.Errorf("%s: %s was acknowledged, and is damaged: %v", dir, p.Name, p.Err)
		}
		// The next addition heals what was copied while it went.
		if _, err := d.Add(t.Context(), who, source(p.Name+".txt", "It is well again.")); err != nil {
			t.Errorf("%s: %s: %v", dir, p.Name, err)
		}
	}
	if _, err := d.Remove(t.Context(), who, "none"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("%s: %v", dir, err)
	}
}
