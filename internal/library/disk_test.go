package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pincite/internal/fault"
)

// faulty is a disk on which the steps from number first to last fail with err,
// counted from 0. A file that fails to be written is half there.
type faulty struct {
	osDisk
	first, last int
	err         error

	mu    sync.Mutex
	steps []string // done and failed
}

func (d *faulty) step(op, path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := len(d.steps)
	d.steps = append(d.steps, op+" "+path)
	if n < d.first || n > d.last {
		return nil
	}
	return &fs.PathError{Op: op, Path: path, Err: d.err}
}

func (d *faulty) Mkdir(path string) error {
	if err := d.step("mkdir", path); err != nil {
		return err
	}
	return d.osDisk.Mkdir(path)
}

func (d *faulty) Write(path string, data []byte) error {
	if err := d.step("write", path); err != nil {
		return errors.Join(err, os.WriteFile(path, data[:len(data)/2], fileMode))
	}
	return noSync{}.Write(path, data)
}

func (d *faulty) Sync(dir string) error {
	if err := d.step("sync", dir); err != nil {
		return err
	}
	return noSync{}.Sync(dir)
}

func (d *faulty) Rename(from, to string) error {
	if err := d.step("rename", to); err != nil {
		return err
	}
	return d.osDisk.Rename(from, to)
}

func (d *faulty) Touch(dir string, at time.Time) error {
	if err := d.step("touch", dir); err != nil {
		return err
	}
	return d.osDisk.Touch(dir, at)
}

func (d *faulty) RemoveAll(path string) error {
	if err := d.step("delete", path); err != nil {
		return err
	}
	return d.osDisk.RemoveAll(path)
}

// never is a step that no change reaches.
const never = 1 << 30

// change is something to interrupt: do, between two states of the corpus.
type change struct {
	before, after map[string]Addition
	do            func(ctx context.Context, l *Library) error
}

func changes() map[string]change {
	one, two, b := addition("a", "one"), addition("a", "two"), addition("b", "other")
	add := func(a Addition) func(context.Context, *Library) error {
		return func(ctx context.Context, l *Library) error {
			_, err := l.Add(ctx, Local, a)
			return err
		}
	}
	return map[string]change{
		"first":   {nil, map[string]Addition{"a": one}, add(one)},
		"another": {map[string]Addition{"b": b}, map[string]Addition{"a": one, "b": b}, add(one)},
		"replace": {map[string]Addition{"a": one, "b": b}, map[string]Addition{"a": two, "b": b}, add(two)},
		"remove": {map[string]Addition{"a": one, "b": b}, map[string]Addition{"b": b}, func(ctx context.Context, l *Library) error {
			return l.Remove(ctx, Local, "a")
		}},
		"purge": {map[string]Addition{"a": one, "b": b}, nil, func(ctx context.Context, l *Library) error {
			return l.Purge(ctx, Local)
		}},
	}
}

// prepare brings a data folder into the state before a change.
func prepare(t *testing.T, before map[string]Addition) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	l, err := Open(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	l.disk = noSync{}
	for _, a := range before {
		mustAdd(t, l, Local, a)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Each single step of each change fails once, in each of the ways that disks
// fail. What is reported as failed has not happened; what is reported as done
// has, in full.
func TestEveryStepFailsOnce(t *testing.T) {
	for name, c := range changes() {
		for _, cause := range []error{syscall.ENOSPC, syscall.EROFS, syscall.EIO} {
			t.Run(fmt.Sprintf("%s/%v", name, cause), func(t *testing.T) {
				for step := 0; ; step++ {
					dir := prepare(t, c.before)
					l := open(t, dir)
					d := &faulty{first: step, last: step, err: cause}
					l.disk = d
					err := c.do(t.Context(), l)
					d.first = never
					what := "finished"
					if step < len(d.steps) {
						what = d.steps[step]
					}
					want := c.after
					if err != nil {
						want = c.before
						wantKind(t, err, fault.Storage)
						if errors.Is(cause, syscall.ENOSPC) && !strings.Contains(fault.Sentence(err), "full") {
							t.Errorf("%s: %q does not say that the disk is full", what, fault.Sentence(err))
						}
						if errors.Is(cause, syscall.EROFS) && !strings.Contains(fault.Sentence(err), "read-only") {
							t.Errorf("%s: %q does not say that the folder is read-only", what, fault.Sentence(err))
						}
					}
					checkWhole(t, open(t, dir), Local, want)
					if err := c.do(t.Context(), l); err != nil && fault.KindOf(err) != fault.NotFound {
						t.Errorf("%s: not possible afterwards: %v", what, err)
					}
					checkWhole(t, open(t, dir), Local, c.after)
					if t.Failed() {
						t.Fatalf("after step %d failed: %s (%v)", step, what, err)
					}
					if step >= len(d.steps) {
						break
					}
					if err != nil && (strings.HasPrefix(what, "touch") || strings.HasPrefix(what, "delete")) {
						t.Errorf("%s failed, which nothing depends on: %v", what, err)
					}
				}
			})
		}
	}
}

// The process stops at each single step of each change: from there on it does
// nothing at all. Its successor finds the change whole or absent, and sweeps.
func TestStopAtEveryStep(t *testing.T) {
	stopped := errors.New("stopped")
	for name, c := range changes() {
		t.Run(name, func(t *testing.T) {
			for step := 0; ; step++ {
				dir := prepare(t, c.before)
				l, err := Open(Config{Dir: dir})
				if err != nil {
					t.Fatal(err)
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
				next := open(t, dir)
				before, after := matches(t, next, c.before), matches(t, next, c.after)
				if (err == nil && !after) || (!before && !after) {
					t.Fatalf("stopped at step %d, %s: reported %v; before %t, after %t", step, d.steps[len(d.steps)-1], err, before, after)
				}
				mustAdd(t, next, Local, addition("next", fmt.Sprint("next ", step)))
				left, err := os.ReadDir(next.tmpDir())
				if err != nil || len(left) != 1 || left[0].Name() != filepath.Base(next.session.dir) {
					t.Fatalf("stopped at step %d: tmp still holds %v (%v)", step, left, err)
				}
				if step >= len(d.steps) {
					return
				}
			}
		})
	}
}

// matches reports whether the corpus holds exactly these documents, whole.
func matches(t *testing.T, l *Library, want map[string]Addition) bool {
	t.Helper()
	problems, err := l.Problems(t.Context(), Local)
	if err != nil || len(problems) > 0 {
		t.Fatalf("problems %v (%v)", problems, err)
	}
	entries := mustList(t, l, Local)
	for _, e := range entries {
		a, ok := want[e.ID]
		if !ok || e.SourceHash != hashOf(a.Original) {
			return false
		}
		if _, err := l.Load(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Original(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	return len(entries) == len(want)
}

// What survives a loss of power is what was synced before it was depended on:
// files, then their folder, then the name, then every folder above.
func TestOrderOfSyncs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	l := open(t, dir)
	d := &faulty{first: never, last: never}
	l.disk = d
	e := mustAdd(t, l, Local, addition("a", "one")).Entry
	path, err := l.locate(e)
	if err != nil {
		t.Fatal(err)
	}
	at := func(step string) int {
		i := slices.Index(d.steps, step)
		if i < 0 {
			t.Fatalf("no %q in %q", step, d.steps)
		}
		return i
	}
	name := at("rename " + path)
	var staged string
	for _, s := range d.steps[:name] {
		if file, ok := strings.CutPrefix(s, "write "); ok {
			staged = filepath.Dir(file)
		}
	}
	for _, f := range []string{originalFile, documentFile, manifestFile} {
		if at("write "+filepath.Join(staged, f)) > at("sync "+staged) {
			t.Errorf("the folder was synced before %s was written", f)
		}
	}
	if at("sync "+staged) > name {
		t.Error("the version got its name before it was synced")
	}
	for _, above := range l.above(Local, "a") {
		if !slices.Contains(d.steps[name:], "sync "+above) {
			t.Errorf("%s was not synced after the version got its name", above)
		}
	}
	if made := at("sync " + filepath.Dir(dir)); made > name {
		t.Error("the data folder was made and not synced")
	}
	n := len(d.steps)
	if out := mustAdd(t, l, Local, addition("a", "one")); out.Change != Unchanged {
		t.Fatal(out)
	}
	for _, s := range d.steps[n:] {
		if !strings.HasPrefix(s, "sync ") {
			t.Errorf("an unchanged document caused: %s", s)
		}
	}
	for _, above := range l.above(Local, "a") {
		if !slices.Contains(d.steps[n:], "sync "+above) {
			t.Errorf("%s was not synced before a document was called unchanged", above)
		}
	}
}

func TestRollbackFails(t *testing.T) {
	dir := prepare(t, nil)
	l := open(t, dir)
	d := &faulty{first: never, last: never, err: syscall.EIO}
	l.disk = d
	mustAdd(t, l, Local, addition("a", "one"))
	name := slices.IndexFunc(d.steps, func(s string) bool { return strings.HasPrefix(s, "rename ") })
	dir = prepare(t, nil)
	l = open(t, dir)
	d = &faulty{first: name + 1, last: never, err: syscall.EIO}
	l.disk = d
	_, err := l.Add(t.Context(), Local, addition("a", "one"))
	d.first = never
	wantKind(t, err, fault.Storage)
	if !errors.Is(err, errNotUndone) || strings.Contains(fault.Sentence(err), "nothing was changed") {
		t.Errorf("claims to have undone what it could not: %v", err)
	}
	checkWhole(t, l, Local, map[string]Addition{"a": addition("a", "one")})
}

func TestFileInPlaceOfFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), fileMode); err != nil {
		t.Fatal(err)
	}
	l := open(t, file)
	_, err := l.List(t.Context(), Local)
	wantKind(t, err, fault.Storage)
	_, err = l.Add(t.Context(), Local, addition("a", "one"))
	wantKind(t, err, fault.Storage)
	if s := fault.Sentence(err); !strings.Contains(s, "is a file") {
		t.Errorf("%q does not say what is wrong", s)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "x" {
		t.Errorf("the file holds %q (%v)", data, err)
	}
	dir := prepare(t, map[string]Addition{"b": addition("b", "other")})
	l = open(t, dir)
	if err := os.RemoveAll(l.tmpDir()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(l.tmpDir(), nil, fileMode); err != nil {
		t.Fatal(err)
	}
	_, err = l.Add(t.Context(), Local, addition("a", "one"))
	wantKind(t, err, fault.Storage)
	checkWhole(t, l, Local, map[string]Addition{"b": addition("b", "other")})
}

func TestNoRightToWrite(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	b := addition("b", "other")
	dir := prepare(t, map[string]Addition{"b": b})
	var closed []string
	for _, sub := range []string{"corpora/local/b", "corpora/local", "corpora", "tmp", "locks", "."} {
		path := filepath.Join(dir, sub)
		if err := os.Chmod(path, 0o500); err != nil {
			t.Fatal(err)
		}
		closed = append(closed, path)
	}
	t.Cleanup(func() {
		for _, path := range slices.Backward(closed) {
			if err := os.Chmod(path, dirMode); err != nil {
				t.Error(err)
			}
		}
	})
	l := open(t, dir)
	_, err := l.Add(t.Context(), Local, addition("a", "one"))
	wantKind(t, err, fault.Storage)
	if s := fault.Sentence(err); !strings.Contains(s, "read-only") {
		t.Errorf("%q does not say what is wrong", s)
	}
	wantKind(t, l.Remove(t.Context(), Local, "b"), fault.Storage)
	checkWhole(t, l, Local, map[string]Addition{"b": b})
	// What is there already needs no writing.
	if out := mustAdd(t, l, Local, b); out.Change != Unchanged {
		t.Errorf("outcome %+v", out)
	}
}
