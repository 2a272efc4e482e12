package library

import (
	"errors"
	"slices"
	"strings"
	"syscall"
	"testing"

	"pincite/internal/fault"
)

// Purging takes documents and drafts or neither, at whichever step it fails.
func TestPurgeTakesBothOrNeither(t *testing.T) {
	a := addition("a", "one")
	for step := 0; ; step++ {
		dir := prepare(t, map[string]Addition{"a": a})
		l := open(t, dir)
		l.disk = noSync{}
		id := mustKeep(t, l, Local, draft("one"))
		d := &faulty{first: step, last: step, err: syscall.EIO}
		l.disk = d
		err := l.Purge(t.Context(), Local)
		d.first = never
		if err != nil {
			wantKind(t, err, fault.Storage)
			checkWhole(t, open(t, dir), Local, map[string]Addition{"a": a})
			checkDraft(t, l, Local, id, draft("one"))
		} else {
			checkWhole(t, open(t, dir), Local, nil)
			checkNoDraft(t, l, Local, id)
		}
		if t.Failed() {
			t.Fatalf("after step %d of %q (%v)", step, d.steps, err)
		}
		if step >= len(d.steps) {
			return
		}
	}
}

// A purge of which the second half fails and the first cannot be undone does
// not claim that nothing was changed.
func TestPurgeNotUndone(t *testing.T) {
	dir := prepare(t, map[string]Addition{"a": addition("a", "one")})
	l := open(t, dir)
	mustKeep(t, l, Local, draft("one"))
	counting := &faulty{first: never, last: never}
	l.disk = counting
	mustKeep(t, l, Local, draft("one"))
	n := len(counting.steps)
	if err := l.Purge(t.Context(), Local); err != nil {
		t.Fatal(err)
	}
	renames := 0
	second := slices.IndexFunc(counting.steps[n:], func(s string) bool {
		if strings.HasPrefix(s, "rename ") {
			renames++
		}
		return renames == 2
	})
	if second < 0 {
		t.Fatalf("no second rename in %q", counting.steps[n:])
	}
	a := addition("a", "one")
	mustAdd(t, l, Local, a)
	mustKeep(t, l, Local, draft("one"))
	l.disk = &faulty{first: second, last: never, err: syscall.EIO}
	err := l.Purge(t.Context(), Local)
	l.disk = osDisk{}
	wantKind(t, err, fault.Storage)
	if !errors.Is(err, errNotUndone) || strings.Contains(fault.Sentence(err), "nothing was changed") {
		t.Errorf("claims to have undone what it could not: %v", err)
	}
	checkWhole(t, l, Local, map[string]Addition{"a": a})
}
