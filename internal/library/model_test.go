package library

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pincite/internal/fault"
)

// model is what a library should be: for each corpus and id the versions,
// oldest first.
type model map[CorpusID]map[string][]Addition

// add says what adding should do.
func (m model) add(c CorpusID, a Addition) (Change, string) {
	docs, id := m[c], a.Document.ID
	current := func(id string) *Addition {
		if v := docs[id]; len(v) > 0 {
			return &v[len(v)-1]
		}
		return nil
	}
	same := func(x *Addition) bool { return x != nil && string(x.Original) == string(a.Original) }
	own := current(id)
	change := Added
	switch {
	case same(own) && own.Document.Title == a.Document.Title:
		return Unchanged, id
	case same(own):
		change = Reread
	default:
		for other := range docs {
			if other != id && same(current(other)) {
				return Unchanged, other
			}
		}
		if own != nil {
			change = Replaced
		}
	}
	docs[id] = append(docs[id], a)
	return change, id
}

// follow runs a program, two bytes an operation, on a library and on a model,
// and compares them after each.
func follow(t *testing.T, program []byte) {
	dir := filepath.Join(t.TempDir(), "data")
	clock := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	start := func() *Library {
		l, err := Open(Config{Dir: dir, CacheBytes: 1500, Clock: func() time.Time {
			clock = clock.Add(time.Hour)
			return clock
		}})
		if err != nil {
			t.Fatal(err)
		}
		l.disk = noSync{}
		return l
	}
	l := start()
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	server, err := Server("7")
	if err != nil {
		t.Fatal(err)
	}
	m := model{Local: {}, server: {}}
	for i := 0; i+1 < len(program) && i < 80; i += 2 {
		op, arg := program[i], program[i+1]
		c := []CorpusID{Local, server}[op>>7]
		id := string(rune('a' + arg%4))
		switch op % 16 {
		case 0:
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			l = start()
		case 1:
			if err := l.Purge(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			m[c] = map[string][]Addition{}
		case 2, 3, 4:
			err := l.Remove(t.Context(), c, id)
			if _, there := m[c][id]; there != (err == nil) || (err != nil && fault.KindOf(err) != fault.NotFound) {
				t.Fatalf("step %d: removing %s (there: %t): %v", i, id, there, err)
			}
			delete(m[c], id)
		default:
			a := addition(id, fmt.Sprint("body ", arg>>2%6))
			if op&0x40 != 0 {
				a.Document.Title = "Corrected"
			}
			change, at := m.add(c, a)
			out := mustAdd(t, l, c, a)
			// Several documents may have the same bytes by way of Reread.
			if out.Change != change || (change != Unchanged && out.Entry.ID != at) {
				t.Fatalf("step %d: adding %s was %s at %s, not %s at %s", i, id, out.Change, out.Entry.ID, change, at)
			}
			if out.Entry.SourceHash != hashOf(a.Original) {
				t.Fatalf("step %d: reports other bytes than were added", i)
			}
		}
		for c, docs := range m {
			compare(t, l, c, docs)
		}
		if t.Failed() {
			t.Fatalf("after step %d of %x", i, program)
		}
	}
}

func compare(t *testing.T, l *Library, c CorpusID, docs map[string][]Addition) {
	t.Helper()
	want := map[string]Addition{}
	for id, versions := range docs {
		want[id] = versions[len(versions)-1]
		history, err := l.History(t.Context(), c, id)
		if err != nil || len(history) != len(versions) {
			t.Errorf("%s/%s has %d versions, not %d (%v)", c, id, len(history), len(versions), err)
			continue
		}
		slices.Reverse(history)
		for n, e := range history {
			if e.Version != n+1 || e.SourceHash != hashOf(versions[n].Original) || e.Title != versions[n].Document.Title {
				t.Errorf("%s/%s version %d is %+v", c, id, n+1, e)
			}
			if n > 0 && !history[n-1].AddedAt.Before(e.AddedAt) {
				t.Errorf("%s/%s version %d is not later than the one before", c, id, n+1)
			}
		}
	}
	checkWhole(t, l, c, want)
}

// FuzzSequence holds any sequence of additions, replacements, removals, purges
// and restarts against the model.
func FuzzSequence(f *testing.F) {
	f.Add([]byte{5, 0, 5, 4, 5, 0, 2, 0, 5, 0, 0, 0, 1, 0})
	f.Add([]byte{5, 0, 5, 1, 0x45, 0, 0x45, 1, 0x85, 0, 0x81, 0, 0, 0})
	f.Fuzz(func(t *testing.T, program []byte) { follow(t, program) })
}

func TestRandomSequences(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	for range 10 {
		program := make([]byte, 60)
		for i := range program {
			program[i] = byte(rnd.Uint32())
		}
		follow(t, program)
	}
}

// FuzzDamage alters a stored version at any place and in any file. What is
// loaded is then the document that was stored, or an error; never another.
func FuzzDamage(f *testing.F) {
	f.Add(uint8(0), uint16(3), uint8(1), false)
	f.Add(uint8(1), uint16(40), uint8(0x20), false)
	f.Add(uint8(2), uint16(0), uint8(9), true)
	f.Fuzz(func(t *testing.T, file uint8, at uint16, flip uint8, cut bool) {
		dir := t.TempDir()
		l := open(t, dir)
		l.disk = noSync{}
		a := addition("a", "one")
		e := mustAdd(t, l, Local, a).Entry
		path, err := l.locate(e)
		if err != nil {
			t.Fatal(err)
		}
		name := []string{originalFile, documentFile, manifestFile}[file%3]
		changed := alter(t, filepath.Join(path, name), at, flip, cut)
		fresh := open(t, dir)
		entries := mustList(t, fresh, Local)
		if !changed || name != manifestFile && !cut {
			if len(entries) != 1 || entries[0] != e {
				t.Fatalf("listed %+v, not %+v", entries, e)
			}
		} else if len(entries) != 0 {
			t.Fatalf("%s was altered and is listed: %+v", name, entries)
		}
		for _, e := range entries {
			d, err := fresh.Load(t.Context(), e)
			if (err != nil) != (changed && name == documentFile) {
				t.Fatalf("%s altered: %t; loaded: %v", name, changed, err)
			}
			if err == nil && d.Passages[0].Text != a.Document.Passages[0].Text {
				t.Fatalf("loaded another text: %q", d.Passages[0].Text)
			}
			raw, err := fresh.Original(t.Context(), e)
			if (err != nil) != (changed && name == originalFile) || (err == nil && string(raw) != string(a.Original)) {
				t.Fatalf("%s altered: %t; original %q, %v", name, changed, raw, err)
			}
		}
		mustAdd(t, fresh, Local, a)
		checkWhole(t, fresh, Local, map[string]Addition{"a": a})
	})
}

// alter flips bits of one byte of a file, or cuts the file off there, and
// reports whether that changed anything.
func alter(t *testing.T, path string, at uint16, flip uint8, cut bool) bool {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	i := int(at) % len(data)
	if !cut {
		data[i] ^= flip
	} else {
		data = data[:i]
	}
	if err := os.WriteFile(path, data, fileMode); err != nil {
		t.Fatal(err)
	}
	return cut || flip != 0
}
