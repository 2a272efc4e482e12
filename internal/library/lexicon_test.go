package library

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"pincite/internal/fault"
)

func mustLexicon(t *testing.T, l *Library, c CorpusID, want string) {
	t.Helper()
	got, err := l.Lexicon(t.Context(), c)
	if err != nil || got != want {
		t.Fatalf("the lexicon of %s is %q (%v), want %q", c, got, err, want)
	}
}

func mustSetLexicon(t *testing.T, l *Library, c CorpusID, text string) {
	t.Helper()
	if err := l.SetLexicon(t.Context(), c, text); err != nil {
		t.Fatal(err)
	}
}

func TestLexicon(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	l := open(t, dir)
	mustLexicon(t, l, Local, "")
	if cleared, err := l.ClearLexicon(t.Context(), Local); cleared || err != nil {
		t.Errorf("cleared %v, %v, and there was none", cleared, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("looking wrote something")
	}
	other, err := Server("81384788765712384")
	if err != nil {
		t.Fatal(err)
	}
	mustAdd(t, l, Local, addition("a", "one"))
	mustSetLexicon(t, l, Local, "toll => fee")
	mustLexicon(t, l, other, "")
	mustSetLexicon(t, l, Local, "toll => fee\nbarge => ship")
	mustLexicon(t, open(t, dir), Local, "toll => fee\nbarge => ship")
	if names, err := os.ReadDir(l.lexiconDir(Local)); err != nil || len(names) != 1 {
		t.Errorf("%v is kept (%v)", names, err)
	}
	checkWhole(t, open(t, dir), Local, map[string]Addition{"a": addition("a", "one")})
	if problems, err := l.Problems(t.Context(), Local); err != nil || len(problems) > 0 {
		t.Errorf("problems %v (%v)", problems, err)
	}
	mustSetLexicon(t, l, other, "toll => duty")
	if cleared, err := l.ClearLexicon(t.Context(), Local); !cleared || err != nil {
		t.Errorf("cleared %v, %v", cleared, err)
	}
	mustLexicon(t, open(t, dir), Local, "")
	mustLexicon(t, open(t, dir), other, "toll => duty")
	checkWhole(t, open(t, dir), Local, map[string]Addition{"a": addition("a", "one")})
	if err := l.Purge(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	mustLexicon(t, open(t, dir), other, "")
	wantKind(t, l.SetLexicon(t.Context(), Base, "toll => fee"), fault.Forbidden)
	wantKind(t, l.SetLexicon(t.Context(), Local, ""), fault.Invalid)
	wantKind(t, l.SetLexicon(t.Context(), "../x", "toll => fee"), fault.Invalid)
	mustLexicon(t, l, Base, "")
}

// A lexicon whose bytes are not those that were set is said to be damaged, and
// setting or clearing it heals that. An earlier one never comes back for it.
func TestDamagedLexicon(t *testing.T) {
	for name, heal := range map[string]func(ctx context.Context, l *Library) (string, error){
		"set": func(ctx context.Context, l *Library) (string, error) {
			return "new => text", l.SetLexicon(ctx, Local, "new => text")
		},
		"clear": func(ctx context.Context, l *Library) (string, error) {
			_, err := l.ClearLexicon(ctx, Local)
			return "", err
		},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		l := open(t, dir)
		mustSetLexicon(t, l, Local, "toll => fee")
		files, err := lexiconFiles(l.lexiconDir(Local))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		// As in a copy that was broken off.
		files[0].number++
		if err := os.WriteFile(filepath.Join(l.lexiconDir(Local), files[0].name()), []byte("toll =>"), fileMode); err != nil {
			t.Fatal(err)
		}
		_, err = l.Lexicon(t.Context(), Local)
		wantKind(t, err, fault.Storage)
		want, err := heal(t.Context(), l)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		mustLexicon(t, open(t, dir), Local, want)
	}
}

// lexiconChanges are what is interrupted, each beginning with "toll => fee".
func lexiconChanges() map[string]struct {
	after string
	do    func(ctx context.Context, l *Library) error
} {
	return map[string]struct {
		after string
		do    func(ctx context.Context, l *Library) error
	}{
		"set":   {"barge => ship", func(ctx context.Context, l *Library) error { return l.SetLexicon(ctx, Local, "barge => ship") }},
		"clear": {"", func(ctx context.Context, l *Library) error { _, err := l.ClearLexicon(ctx, Local); return err }},
		"purge": {"", func(ctx context.Context, l *Library) error { return l.Purge(ctx, Local) }},
	}
}

// Each single step fails once, or the process stops there. What is reported as
// failed has not happened, what is reported as done has; after a stop it is one
// or the other.
func TestEveryStepOfALexicon(t *testing.T) {
	const before = "toll => fee"
	for name, c := range lexiconChanges() {
		for _, stops := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/stops=%v", name, stops), func(t *testing.T) {
				for step := 0; ; step++ {
					dir := filepath.Join(t.TempDir(), "data")
					first, err := Open(Config{Dir: dir})
					if err != nil {
						t.Fatal(err)
					}
					first.disk = noSync{}
					mustSetLexicon(t, first, Local, before)
					if err := first.Close(); err != nil {
						t.Fatal(err)
					}
					l, err := Open(Config{Dir: dir})
					if err != nil {
						t.Fatal(err)
					}
					d := &faulty{first: step, last: step, err: syscall.ENOSPC}
					if stops {
						d.last = never
					}
					l.disk = d
					err = c.do(t.Context(), l)
					what := "finished"
					if step < len(d.steps) {
						what = d.steps[step]
					}
					if l.session != nil {
						if err := l.session.lock.Unlock(); err != nil {
							t.Fatal(err)
						}
					}
					got, broken := open(t, dir).Lexicon(t.Context(), Local)
					switch {
					case broken != nil:
						t.Fatalf("step %d, %s: %v", step, what, broken)
					case err == nil && got != c.after, err != nil && !stops && got != before, got != before && got != c.after:
						t.Fatalf("step %d, %s: reported %v, and the lexicon is %q", step, what, err, got)
					}
					if err != nil && !stops {
						wantKind(t, err, fault.Storage)
						if !strings.Contains(fault.Sentence(err), "full") {
							t.Errorf("%q does not say that the disk is full", fault.Sentence(err))
						}
					}
					next := open(t, dir)
					if err := c.do(t.Context(), next); err != nil {
						t.Fatalf("step %d, %s: not possible afterwards: %v", step, what, err)
					}
					mustLexicon(t, open(t, dir), Local, c.after)
					if step >= len(d.steps) {
						return
					}
				}
			})
		}
	}
}

// A lexicon's bytes and its name are durable before it counts.
func TestLexiconSyncs(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "data"))
	d := &faulty{first: never, last: never}
	l.disk = d
	mustSetLexicon(t, l, Local, "toll => fee")
	steps := strings.Join(d.steps, "\n") + "\n"
	written := strings.Index(steps, "write ")
	named := strings.Index(steps, "rename "+l.lexiconDir(Local))
	if written < 0 || named < written {
		t.Fatalf("written and named in this order:\n%s", steps)
	}
	for _, dir := range []string{l.lexiconDir(Local), l.corpusDir(Local), l.corporaDir(), l.root} {
		if !strings.Contains(steps[named:], "sync "+dir+"\n") {
			t.Errorf("%s was not synced after the lexicon got its name", dir)
		}
	}
}

// Writers in several processes leave one of their lexicons, and a reader sees
// one or the other, never none and never half of one.
func TestLexiconsAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	text := func(i int) string { return strings.Repeat(fmt.Sprintf("word%d => term\n", i), 200) }
	mustSetLexicon(t, open(t, dir), Local, text(0))
	var all sync.WaitGroup
	for i := range 4 {
		l := open(t, dir)
		all.Go(func() {
			for range 15 {
				if err := l.SetLexicon(t.Context(), Local, text(i)); err != nil {
					t.Errorf("set: %v", err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	l := open(t, dir)
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		got, err := l.Lexicon(t.Context(), Local)
		if err != nil {
			t.Fatal(err)
		}
		whole := false
		for i := range 4 {
			whole = whole || got == text(i)
		}
		if !whole {
			t.Fatalf("the lexicon is %.40q, %d bytes", got, len(got))
		}
	}
}

// A change is announced to whoever watches.
func TestWatchSeesLexicons(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	writer, reader := open(t, dir), open(t, dir)
	mustAdd(t, writer, Local, addition("a", "one"))
	reader.watchTimes = onlyEvents()
	reports, err := reader.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"toll => fee", "barge => ship"} {
		mustSetLexicon(t, writer, Local, text)
		expect(t, reports, Local)
		quiet(reports)
	}
	if _, err := writer.ClearLexicon(t.Context(), Local); err != nil {
		t.Fatal(err)
	}
	expect(t, reports, Local)
}
