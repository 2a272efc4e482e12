package library

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"pincite/internal/fault"
)

// Several libraries on one data folder stand for several processes: their
// locks are as strange to each other.
func TestConcurrentAdditions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	const writers, documents = 4, 12
	var (
		all     sync.WaitGroup
		mu      sync.Mutex
		changes = map[Change]int{}
	)
	want := map[string]Addition{}
	for n := range documents {
		a := addition(fmt.Sprintf("d%d", n), fmt.Sprint("text ", n))
		want[a.Document.ID] = a
	}
	for range writers {
		l := open(t, dir)
		for n := range documents {
			all.Go(func() {
				out, err := l.Add(t.Context(), Local, want[fmt.Sprintf("d%d", n)])
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				changes[out.Change]++
			})
		}
		// Readers meanwhile see whole documents or none.
		all.Go(func() {
			for range 20 {
				entries, err := l.List(t.Context(), Local)
				if err != nil {
					t.Error(err)
					return
				}
				for _, e := range entries {
					if _, err := l.Load(t.Context(), e); err != nil {
						t.Error(err)
					}
				}
				if problems, err := l.Problems(t.Context(), Local); err != nil || len(problems) > 0 {
					t.Errorf("problems %v (%v)", problems, err)
				}
			}
		})
	}
	all.Wait()
	if changes[Added] != documents || changes[Unchanged] != documents*(writers-1) || len(changes) != 2 {
		t.Errorf("changes %v", changes)
	}
	checkWhole(t, open(t, dir), Local, want)
}

// The same bytes under different ids, and different bytes under one id, all at
// once: no second copy, no lost version.
func TestConcurrentSameness(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	const n = 8
	var all sync.WaitGroup
	for i := range n {
		l := open(t, dir)
		all.Go(func() {
			if _, err := l.Add(t.Context(), Local, addition(fmt.Sprintf("copy%d", i), "the same")); err != nil {
				t.Error(err)
			}
			if _, err := l.Add(t.Context(), Local, addition("one", fmt.Sprint("version ", i))); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	l := open(t, dir)
	if entries := mustList(t, l, Local); len(entries) != 2 {
		t.Errorf("listed %+v", entries)
	}
	history, err := l.History(t.Context(), Local, "one")
	if err != nil || len(history) != n {
		t.Fatalf("%d versions (%v)", len(history), err)
	}
	sources := map[string]bool{}
	for i, e := range history {
		sources[e.SourceHash] = true
		if e.Version != n-i {
			t.Errorf("version %d at place %d", e.Version, i)
		}
	}
	if len(sources) != n {
		t.Errorf("%d different versions", len(sources))
	}
}

// Removing and adding again while others read: nobody sees a half, and nobody
// gets another error than "no longer here".
func TestReadersDuringRemoval(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	writer, reader := open(t, dir), openWith(t, Config{Dir: dir, CacheBytes: -1})
	writer.disk = noSync{}
	a := addition("a", "one")
	ctx, stop := context.WithCancel(t.Context())
	var reading sync.WaitGroup
	for range 2 {
		reading.Go(func() {
			for ctx.Err() == nil {
				entries, err := reader.List(t.Context(), Local)
				if err != nil {
					t.Error(err)
					return
				}
				for _, e := range entries {
					if _, err := reader.Load(t.Context(), e); err != nil && fault.KindOf(err) != fault.NotFound {
						t.Error(err)
					}
				}
				if problems, err := reader.Problems(t.Context(), Local); err != nil || len(problems) > 0 {
					t.Errorf("problems %v (%v)", problems, err)
				}
			}
		})
	}
	for i := range 40 {
		mustAdd(t, writer, Local, a)
		var err error
		if i%10 == 0 {
			err = writer.Purge(t.Context(), Local)
		} else {
			err = writer.Remove(t.Context(), Local, "a")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	stop()
	reading.Wait()
}

// A lock that somebody sits on makes an addition end, not hang; reading goes
// on, and so do the other corpora.
func TestBusy(t *testing.T) {
	l := open(t, t.TempDir())
	l.lockWait = 50 * time.Millisecond
	a := addition("a", "one")
	mustAdd(t, l, Local, a)
	other := flock.New(filepath.Join(l.root, "locks", "local.lock"))
	if ok, err := other.TryLock(); !ok {
		t.Fatal(err)
	}
	_, err := l.Add(t.Context(), Local, addition("b", "two"))
	wantKind(t, err, fault.Busy)
	wantKind(t, l.Remove(t.Context(), Local, "a"), fault.Busy)
	wantKind(t, l.Purge(t.Context(), Local), fault.Busy)
	checkWhole(t, l, Local, map[string]Addition{"a": a})
	server, err := Server("1")
	if err != nil {
		t.Fatal(err)
	}
	mustAdd(t, l, server, a)

	l.lockWait = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err = l.Add(ctx, Local, addition("b", "two"))
	if wantKind(t, err, fault.Busy); !errors.Is(err, context.Canceled) {
		t.Errorf("the cause is lost: %v", err)
	}
	if err := other.Unlock(); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, l, Local, addition("b", "two"))
}

// A session in use is not swept however old it is; one of a dead process is,
// in whatever state the process left it.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	alive := open(t, dir)
	staged, err := alive.stage()
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{"empty", "locked/1", "unlocked/1/deep"} {
		if err := alive.makeDir(filepath.Join(alive.tmpDir(), left)); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"locked/lock", "locked/1/original", "unlocked/1/deep/original"} {
		if err := alive.disk.Write(filepath.Join(alive.tmpDir(), file), nil); err != nil {
			t.Fatal(err)
		}
	}
	sweeper := open(t, dir)
	mustAdd(t, sweeper, Local, addition("a", "one"))
	for path, want := range map[string]bool{staged: true, alive.session.dir: true, sweeper.session.dir: true} {
		if got := nearest(path) == path; got != want {
			t.Errorf("%s is there: %t", path, got)
		}
	}
	for _, left := range []string{"empty", "locked", "unlocked"} {
		if path := filepath.Join(alive.tmpDir(), left); nearest(path) == path {
			t.Errorf("%s was not swept", left)
		}
	}
	// Sessions come and go at the same time as sweepers.
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 10 {
				l, err := Open(Config{Dir: dir})
				if err != nil {
					t.Error(err)
					return
				}
				l.disk = noSync{}
				if _, err := l.Add(t.Context(), Local, addition("b", fmt.Sprint(i))); err != nil {
					t.Error(err)
				}
				if err := l.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// Deleting tmp/ under a running process costs it nothing.
func TestTmpDeleted(t *testing.T) {
	l := open(t, t.TempDir())
	mustAdd(t, l, Local, addition("a", "one"))
	if err := l.disk.RemoveAll(l.tmpDir()); err != nil {
		t.Fatal(err)
	}
	b := addition("b", "two")
	mustAdd(t, l, Local, b)
	if err := l.Remove(t.Context(), Local, "a"); err != nil {
		t.Fatal(err)
	}
	checkWhole(t, l, Local, map[string]Addition{"b": b})
}
