package library

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// A draft lives for seven days to the millisecond, counted from when it was
// kept last, and is swept whichever corpus the next one is kept in.
func TestDraftsAreSwept(t *testing.T) {
	now := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	l := openWith(t, Config{Dir: t.TempDir(), Clock: func() time.Time { return now }})
	server, err := Server("7")
	if err != nil {
		t.Fatal(err)
	}
	old, renewed, elsewhere := draft("old"), draft("renewed"), draft("elsewhere")
	oldID, renewedID, elsewhereID := mustKeep(t, l, Local, old), mustKeep(t, l, Local, renewed), mustKeep(t, l, server, elsewhere)
	stranger := filepath.Join(l.draftsDir(Local), "notes")
	if err := os.Mkdir(stranger, dirMode); err != nil {
		t.Fatal(err)
	}
	now = now.Add(DraftLife)
	mustKeep(t, l, Local, renewed)
	checkDraft(t, l, Local, oldID, old)
	checkDraft(t, l, server, elsewhereID, elsewhere)
	now = now.Add(time.Millisecond)
	checkDraft(t, l, Local, oldID, old) // nobody has swept yet
	mustKeep(t, l, Local, draft("new"))
	checkNoDraft(t, l, Local, oldID)
	checkNoDraft(t, l, server, elsewhereID)
	checkDraft(t, l, Local, renewedID, renewed)
	if _, err := os.Stat(stranger); err != nil {
		t.Errorf("what is no draft was swept: %v", err)
	}
	if left, err := os.ReadDir(l.session.dir); err != nil || len(left) != 1 {
		t.Errorf("the session holds %v (%v)", left, err)
	}
}

func TestDraftLimits(t *testing.T) {
	if got := defaultDraftLimits(); got.count != 50 || got.bytes != 200<<20 {
		t.Errorf("limits %+v, not those of the documentation", got)
	}
	now := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	start := func() *Library {
		l := openWith(t, Config{Dir: t.TempDir(), Clock: func() time.Time { return now }})
		l.disk = noSync{}
		return l
	}
	keep := func(l *Library, body string, size int) string {
		now = now.Add(time.Second)
		d := draft(body)
		d.Original = append(d.Original, bytes.Repeat([]byte("x"), size)...)
		return mustKeep(t, l, Local, d)
	}
	there := func(l *Library, ids ...string) (found []bool) {
		for _, id := range ids {
			_, err := l.Draft(t.Context(), Local, id)
			found = append(found, err == nil)
		}
		return found
	}

	t.Run("count", func(t *testing.T) {
		l := start()
		var ids []string
		for n := range 52 {
			ids = append(ids, keep(l, fmt.Sprint(n), 0))
			if n == 49 {
				keep(l, "0", 0) // the oldest is now 1
			}
		}
		want := make([]bool, 52)
		for n := range want {
			want[n] = n != 1 && n != 2
		}
		if got := there(l, ids...); !slices.Equal(got, want) || draftCount(t, l, Local) != 50 {
			t.Errorf("left are %v", got)
		}
	})
	t.Run("bytes", func(t *testing.T) {
		l := start()
		l.draftLimits.bytes = 100_000
		a, b, c := keep(l, "a", 30_000), keep(l, "b", 30_000), keep(l, "c", 30_000)
		if got := there(l, a, b, c); !slices.Equal(got, []bool{true, true, true}) {
			t.Errorf("what fits is gone: %v", got)
		}
		d := keep(l, "d", 50_000)
		if got := there(l, a, b, c, d); !slices.Equal(got, []bool{false, false, true, true}) {
			t.Errorf("left are %v", got)
		}
		// The older goes even where it is the small one.
		small, large, all := keep(l, "e", 10), keep(l, "f", 70_000), keep(l, "g", 99_000)
		if got := there(l, c, d, small, large, all); !slices.Equal(got, []bool{false, false, false, false, true}) {
			t.Errorf("left are %v", got)
		}
	})
	t.Run("bytes to the last", func(t *testing.T) {
		for _, missing := range []int64{0, 1} {
			l := start()
			var total int64
			for _, body := range []string{"a", "b"} {
				p, err := packDraft(draft(body))
				if err != nil {
					t.Fatal(err)
				}
				total += p.size()
			}
			l.draftLimits.bytes = total - missing
			a, b := keep(l, "a", 0), keep(l, "b", 0)
			if got := there(l, a, b); !slices.Equal(got, []bool{missing == 0, true}) {
				t.Errorf("with %d bytes too few, left are %v", missing, got)
			}
		}
	})
	t.Run("clock set back", func(t *testing.T) {
		l := start()
		l.draftLimits.count = 2
		a, b := keep(l, "a", 0), keep(l, "b", 0)
		now = now.Add(-time.Hour)
		c := keep(l, "c", 0)
		if got := there(l, a, b, c); !slices.Equal(got, []bool{false, true, true}) {
			t.Errorf("left are %v", got)
		}
	})
	t.Run("another corpus", func(t *testing.T) {
		l := start()
		l.draftLimits.count = 1
		server, err := Server("7")
		if err != nil {
			t.Fatal(err)
		}
		a := keep(l, "a", 0)
		mustKeep(t, l, server, draft("b"))
		if got := there(l, a); !got[0] {
			t.Error("one server's draft crowds out another's")
		}
	})
}

// modelDraft is a draft as it should be.
type modelDraft struct {
	id   string
	body string
	at   time.Time
	size int64
}

// draftModel is what the drafts of each corpus should be, oldest first.
type draftModel map[CorpusID][]modelDraft

func (m draftModel) drop(c CorpusID, id string) {
	m[c] = slices.DeleteFunc(m[c], func(d modelDraft) bool { return d.id == id })
}

func (m draftModel) keep(c CorpusID, d modelDraft, limits draftLimits) {
	for c := range m {
		m[c] = slices.DeleteFunc(m[c], func(o modelDraft) bool { return d.at.Sub(o.at) > DraftLife })
	}
	m.drop(c, d.id)
	m[c] = append(m[c], d)
	var total int64
	for _, d := range m[c] {
		total += d.size
	}
	for len(m[c]) > limits.count || total > limits.bytes {
		total -= m[c][0].size
		m[c] = m[c][1:]
	}
}

// followDrafts runs a program, two bytes an operation, on a library and on a
// model, and compares them after each.
func followDrafts(t *testing.T, program []byte) {
	dir := filepath.Join(t.TempDir(), "data")
	now := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	limits := draftLimits{count: 4, bytes: 4000}
	start := func() *Library {
		l, err := Open(Config{Dir: dir, Clock: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		l.disk, l.draftLimits = noSync{}, limits
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
	m := draftModel{Local: nil, server: nil}
	all := map[string]bool{}
	for i := 0; i+1 < len(program) && i < 120; i += 2 {
		op, arg := program[i], program[i+1]
		c := []CorpusID{Local, server}[op>>7]
		body := string(bytes.Repeat([]byte{'a' + arg%8}, 1+int(arg%8)*400))
		p, err := packDraft(draft(body))
		if err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Second)
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
			m[c] = nil
		case 2, 3:
			if err := l.DropDraft(t.Context(), c, p.id); err != nil {
				t.Fatal(err)
			}
			m.drop(c, p.id)
		case 4, 5:
			now = now.Add(time.Duration(arg) * time.Hour)
		default:
			if id := mustKeep(t, l, c, draft(body)); id != p.id {
				t.Fatalf("kept as %s, not %s", id, p.id)
			}
			m.keep(c, modelDraft{id: p.id, body: body, at: now, size: p.size()}, limits)
			all[p.id] = true
		}
		for c, drafts := range m {
			there := map[string]bool{}
			for _, d := range drafts {
				want := draft(d.body)
				want.At = d.at
				checkDraft(t, l, c, d.id, want)
				there[d.id] = true
			}
			for id := range all {
				if !there[id] {
					checkNoDraft(t, l, c, id)
				}
			}
			if n := draftCount(t, l, c); n != len(drafts) {
				t.Errorf("%s has %d folders, not %d", c, n, len(drafts))
			}
		}
		if t.Failed() {
			t.Fatalf("after step %d of %x", i, program)
		}
	}
}

// FuzzDrafts holds any sequence of keeping, dropping, purging, waiting and
// restarting against the model.
func FuzzDrafts(f *testing.F) {
	f.Add([]byte{6, 0, 6, 1, 6, 0, 2, 0, 6, 7, 6, 6, 0, 0, 1, 0})
	f.Add([]byte{6, 0, 0x86, 1, 4, 160, 6, 0, 4, 20, 6, 2, 0x81, 0})
	f.Fuzz(func(t *testing.T, program []byte) { followDrafts(t, program) })
}

func TestRandomDrafts(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	for range 20 {
		program := make([]byte, 120)
		for i := range program {
			program[i] = byte(rnd.Uint32())
		}
		followDrafts(t, program)
	}
}
