package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pincite/internal/fault"
)

// draftChange is something to interrupt: do, between two sets of drafts of the
// corpus Local, each by its body.
type draftChange struct {
	before, after []string
	// swept may be gone whatever comes of do; evicted may still be there where
	// do has succeeded.
	swept, evicted []string
	count          int // the most drafts
	do             func(ctx context.Context, l *Library) error
}

func draftChanges() map[string]draftChange {
	keep := func(body string) func(context.Context, *Library) error {
		return func(ctx context.Context, l *Library) error {
			_, err := l.KeepDraft(ctx, Local, draft(body))
			return err
		}
	}
	return map[string]draftChange{
		"first":   {after: []string{"one"}, do: keep("one")},
		"another": {before: []string{"two"}, after: []string{"one", "two"}, do: keep("one")},
		"again":   {before: []string{"one", "two"}, after: []string{"one", "two"}, do: keep("one")},
		"crowd":   {before: []string{"1", "2", "3"}, after: []string{"3", "one"}, evicted: []string{"1", "2"}, count: 2, do: keep("one")},
		"sweep":   {before: []string{"two", "lapsed"}, after: []string{"one", "two"}, swept: []string{"lapsed"}, do: keep("one")},
		"drop": {before: []string{"one", "two"}, after: []string{"two"}, do: func(ctx context.Context, l *Library) error {
			p, err := packDraft(draft("one"))
			return errors.Join(err, l.DropDraft(ctx, Local, p.id))
		}},
		"purge": {before: []string{"one", "two"}, do: func(ctx context.Context, l *Library) error {
			return l.Purge(ctx, Local)
		}},
	}
}

// prepareDrafts brings a data folder into the state before a change.
func prepareDrafts(t *testing.T, before []string) string {
	t.Helper()
	dir := prepare(t, nil)
	var now time.Time
	l, err := Open(Config{Dir: dir, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	l.disk = noSync{}
	for n, body := range before {
		now = time.Now().Add(time.Duration(n)*time.Second - time.Minute)
		if body == "lapsed" {
			now = now.Add(-DraftLife)
		}
		mustKeep(t, l, Local, draft(body))
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// drafts gives the bodies of the drafts that are there, sorted, and fails
// unless each is whole.
func drafts(t *testing.T, l *Library) []string {
	t.Helper()
	found, err := draftFolders(l.draftsDir(Local))
	if err != nil || len(found) != draftCount(t, l, Local) {
		t.Fatalf("%d drafts in %d folders (%v)", len(found), draftCount(t, l, Local), err)
	}
	bodies := []string{}
	for _, f := range found {
		d, err := readDraft(filepath.Join(l.draftsDir(Local), f.name()), f)
		if err != nil {
			t.Fatal(err)
		}
		checkDraft(t, l, Local, f.id, draft(strings.TrimPrefix(string(d.Original), "raw ")))
		bodies = append(bodies, strings.TrimPrefix(string(d.Original), "raw "))
	}
	slices.Sort(bodies)
	return slices.Compact(bodies)
}

// within reports whether drafts are all of must and no more than these and may.
func within(got, must, may []string) bool {
	for _, body := range must {
		if !slices.Contains(got, body) {
			return false
		}
	}
	for _, body := range got {
		if !slices.Contains(must, body) && !slices.Contains(may, body) {
			return false
		}
	}
	return true
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(some, s) })
}

// isBefore and isAfter say whether these drafts are a state that the change may
// leave when it has failed or succeeded. full is whether nothing at all failed.
func (c *draftChange) isBefore(got []string) bool {
	return within(got, without(c.before, c.swept), c.swept)
}

func (c *draftChange) isAfter(got []string, full bool) bool {
	if full {
		return within(got, c.after, nil)
	}
	return within(got, c.after, append(slices.Clone(c.swept), c.evicted...))
}

func (c *draftChange) open(t *testing.T, dir string) *Library {
	t.Helper()
	l := open(t, dir)
	if c.count > 0 {
		l.draftLimits.count = c.count
	}
	return l
}

// Each single step of each change of the drafts fails once. What is reported as
// failed has not happened; what is reported as done has.
func TestEveryDraftStepFailsOnce(t *testing.T) {
	for name, c := range draftChanges() {
		for _, cause := range []error{syscall.ENOSPC, syscall.EROFS, syscall.EIO} {
			t.Run(fmt.Sprintf("%s/%v", name, cause), func(t *testing.T) {
				failed := 0
				for step := 0; ; step++ {
					dir := prepareDrafts(t, c.before)
					l := c.open(t, dir)
					d := &faulty{first: step, last: step, err: cause}
					l.disk = d
					err := c.do(t.Context(), l)
					d.first = never
					full := step >= len(d.steps)
					what := "finished"
					if !full {
						what = d.steps[step]
					}
					got := drafts(t, c.open(t, dir))
					if err != nil {
						failed++
						wantKind(t, err, fault.Storage)
						if full || !c.isBefore(got) {
							t.Errorf("reported as failed: %v; drafts are %v", err, got)
						}
					} else if !c.isAfter(got, full) {
						t.Errorf("reported as done; drafts are %v", got)
					}
					if err := c.do(t.Context(), l); err != nil {
						t.Errorf("not possible afterwards: %v", err)
					}
					if got := drafts(t, c.open(t, dir)); !c.isAfter(got, true) {
						t.Errorf("done again; drafts are %v", got)
					}
					if t.Failed() {
						t.Fatalf("after step %d failed: %s (%v)", step, what, err)
					}
					if full {
						break
					}
				}
				if failed == 0 {
					t.Error("no step that failed was reported")
				}
			})
		}
	}
}

// The process stops at each single step of each change. Its successor finds
// each draft whole or absent, and sweeps.
func TestStopAtEveryDraftStep(t *testing.T) {
	stopped := errors.New("stopped")
	for name, c := range draftChanges() {
		t.Run(name, func(t *testing.T) {
			for step := 0; ; step++ {
				dir := prepareDrafts(t, c.before)
				l, err := Open(Config{Dir: dir})
				if err != nil {
					t.Fatal(err)
				}
				if c.count > 0 {
					l.draftLimits.count = c.count
				}
				d := &faulty{first: step, last: never, err: stopped}
				l.disk = d
				err = c.do(t.Context(), l)
				// What the kernel does for a process that is gone.
				if l.session != nil {
					if err := l.session.lock.Unlock(); err != nil {
						t.Fatal(err)
					}
				}
				next := c.open(t, dir)
				got := drafts(t, next)
				full := step >= len(d.steps)
				before, after := c.isBefore(got), c.isAfter(got, full)
				if (err == nil && !after) || (!before && !after) {
					t.Fatalf("stopped at step %d, %s: reported %v; drafts are %v", step, d.steps[len(d.steps)-1], err, got)
				}
				if err := c.do(t.Context(), next); err != nil {
					t.Fatal(err)
				}
				if got := drafts(t, next); !c.isAfter(got, true) || draftCount(t, next, Local) != len(got) {
					t.Fatalf("stopped at step %d: done again, drafts are %v in %d folders", step, got, draftCount(t, next, Local))
				}
				mustAdd(t, next, Local, addition("next", "next"))
				left, err := os.ReadDir(next.tmpDir())
				if err != nil || len(left) != 1 || left[0].Name() != filepath.Base(next.session.dir) {
					t.Fatalf("stopped at step %d: tmp still holds %v (%v)", step, left, err)
				}
				if full {
					return
				}
			}
		})
	}
}

// A drop that can be neither finished nor undone is reported as that, and one
// that failed because the bin is gone is not taken for one that another has
// done.
func TestDropDraftFails(t *testing.T) {
	for name, cause := range map[string]error{"broken disk": syscall.EIO, "no bin": syscall.ENOENT} {
		t.Run(name, func(t *testing.T) {
			l := open(t, prepareDrafts(t, nil))
			id := mustKeep(t, l, Local, draft("one"))
			counting := &faulty{first: never, last: never}
			l.disk = counting
			if err := l.DropDraft(t.Context(), Local, id); err != nil {
				t.Fatal(err)
			}
			rename := slices.IndexFunc(counting.steps, func(s string) bool { return strings.HasPrefix(s, "rename ") })
			mustKeep(t, l, Local, draft("one"))
			if errors.Is(cause, syscall.EIO) {
				rename++ // the sync and the renaming back
			}
			l.disk = &faulty{first: rename, last: never, err: cause}
			err := l.DropDraft(t.Context(), Local, id)
			l.disk = osDisk{}
			wantKind(t, err, fault.Storage)
			if errors.Is(cause, syscall.ENOENT) {
				checkDraft(t, l, Local, id, draft("one"))
			} else if !errors.Is(err, errNotUndone) || strings.Contains(fault.Sentence(err), "nothing was changed") {
				t.Errorf("claims to have undone what it could not: %v", err)
			}
		})
	}
}

// A file where the drafts should be is reported as that, and left alone.
func TestFileInPlaceOfDrafts(t *testing.T) {
	for _, name := range []string{"drafts", "drafts/local"} {
		t.Run(name, func(t *testing.T) {
			a := addition("a", "one")
			dir := prepare(t, map[string]Addition{"a": a})
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), dirMode); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("x"), fileMode); err != nil {
				t.Fatal(err)
			}
			l := open(t, dir)
			_, keep := l.KeepDraft(t.Context(), Local, draft("one"))
			_, read := l.Draft(t.Context(), Local, "0123456789abcdef")
			drop := l.DropDraft(t.Context(), Local, "0123456789abcdef")
			for what, err := range map[string]error{"keep": keep, "read": read, "drop": drop} {
				wantKind(t, err, fault.Storage)
				if s := fault.Sentence(err); !strings.Contains(s, "is a file") {
					t.Errorf("%s: %q does not say what is wrong", what, s)
				}
			}
			// What is no id is not looked for at all.
			checkNoDraft(t, l, Local, "../local")
			if err := l.DropDraft(t.Context(), Local, "../local"); err != nil {
				t.Error(err)
			}
			if data, err := os.ReadFile(path); err != nil || string(data) != "x" {
				t.Errorf("the file holds %q (%v)", data, err)
			}
			checkWhole(t, l, Local, map[string]Addition{"a": a})
		})
	}
}

// Whoever gives up, at whichever moment before the draft has its name, has kept
// none, and crowded none out.
func TestDraftGivenUp(t *testing.T) {
	// The clock is looked at for sweeping, and then under the lock.
	for moment := 1; moment <= 2; moment++ {
		dir := prepareDrafts(t, []string{"two"})
		ctx, cancel := context.WithCancel(t.Context())
		looks := 0
		l := openWith(t, Config{Dir: dir, Clock: func() time.Time {
			if looks++; looks == moment {
				cancel()
			}
			return time.Now()
		}})
		l.disk, l.draftLimits.count = noSync{}, 1
		_, err := l.KeepDraft(ctx, Local, draft("one"))
		cancel()
		wantKind(t, err, fault.Busy)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the cause is lost: %v", err)
		}
		if got := drafts(t, l); !slices.Equal(got, []string{"two"}) || looks != moment {
			t.Errorf("drafts are %v, after %d looks at the clock", got, looks)
		}
	}
}

// What survives a loss of power is what was synced before it was depended on.
func TestOrderOfDraftSyncs(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "data"))
	d := &faulty{first: never, last: never}
	l.disk = d
	for range 2 {
		d.steps = nil
		id := mustKeep(t, l, Local, draft("one"))
		copies, err := draftCopies(l.draftsDir(Local), id)
		if err != nil || len(copies) != 1 {
			t.Fatal(copies, err)
		}
		path := filepath.Join(l.draftsDir(Local), copies[0].name())
		name := slices.Index(d.steps, "rename "+path)
		var staged string
		wrote := 0
		for i, s := range d.steps {
			if file, ok := strings.CutPrefix(s, "write "); ok {
				staged, wrote = filepath.Dir(file), i
			}
		}
		if synced := slices.Index(d.steps, "sync "+staged); synced < wrote || synced > name {
			t.Errorf("the draft got its name before it was synced: %q", d.steps)
		}
		rest := d.steps[name:]
		for _, above := range []string{l.draftsDir(Local), l.allDraftsDir(), l.root} {
			at := slices.Index(rest, "sync "+above)
			deleted := slices.IndexFunc(rest, func(s string) bool { return strings.Contains(s, "removed-") })
			if at < 0 || deleted >= 0 && deleted < at {
				t.Errorf("%s was not synced before an earlier copy went: %q", above, rest)
			}
		}
		d.steps = nil
		if err := l.DropDraft(t.Context(), Local, id); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(d.steps, "sync "+l.draftsDir(Local)) {
			t.Errorf("a dropped draft may come back: %q", d.steps)
		}
		mustKeep(t, l, Local, draft("one")) // so that the second round replaces a copy
	}
}
