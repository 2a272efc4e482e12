package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// patience is how long an event is waited for before the test fails. It is no
// measure of anything.
const patience = 20 * time.Second

// expect waits for a report of a corpus. Reports of others, which may come once
// too often, are passed over.
func expect(t *testing.T, reports <-chan CorpusID, want CorpusID) {
	t.Helper()
	end := time.After(patience)
	for {
		select {
		case c, ok := <-reports:
			if !ok {
				t.Fatalf("the watch ended before %q was reported", want)
			}
			if c == want {
				return
			}
		case <-end:
			t.Fatalf("no report of %q", want)
		}
	}
}

// quiet takes the reports that are on their way, so that those of one change
// are not taken for those of the next. Should it end too early, a test passes
// that might have failed, never the other way round.
func quiet(reports <-chan CorpusID) {
	for {
		select {
		case <-reports:
		case <-time.After(50 * time.Millisecond):
			return
		}
	}
}

// onlyEvents is a watch that hears of nothing but by events.
func onlyEvents() watchTimes {
	return watchTimes{gather: time.Millisecond, poll: time.Hour, safety: time.Hour}
}

// onlyPolls is a watch that has no events.
func onlyPolls() watchTimes {
	return watchTimes{gather: time.Millisecond, poll: 5 * time.Millisecond, safety: time.Hour}
}

func noEvents() (*fsnotify.Watcher, error) { return nil, errors.New("no events here") }

// Each kind of change, made by another process, is reported, with events and
// without, beginning before there is a data folder.
func TestWatchSeesEachChange(t *testing.T) {
	server, err := Server("5")
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range map[string]func(*Library){
		"events": func(l *Library) { l.watchTimes = onlyEvents() },
		"polls":  func(l *Library) { l.watchTimes, l.newWatcher = onlyPolls(), noEvents },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "not", "yet", "there")
			watcher, writer := open(t, dir), open(t, dir)
			set(watcher)
			reports, err := watcher.Watch(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, step := range []struct {
				name   string
				corpus CorpusID
				do     func() error
			}{
				{"first", Local, adding(writer, Local, "a", "one")},
				{"replaced", Local, adding(writer, Local, "a", "two")},
				{"replaced again", Local, adding(writer, Local, "a", "three")},
				{"first of another", server, adding(writer, server, "a", "one")},
				{"one more", Local, adding(writer, Local, "b", "other")},
				{"removed", Local, func() error { return writer.Remove(t.Context(), Local, "a") }},
				{"purged", server, func() error { return writer.Purge(t.Context(), server) }},
				{"after the purge", server, adding(writer, server, "a", "one")},
				{"replaced after the purge", server, adding(writer, server, "a", "two")},
				{"its own", Local, adding(watcher, Local, "c", "own")},
			} {
				if err := step.do(); err != nil {
					t.Fatalf("%s: %v", step.name, err)
				}
				if expect(t, reports, step.corpus); t.Failed() {
					t.Fatal(step.name)
				}
				quiet(reports)
			}
		})
	}
}

func adding(l *Library, c CorpusID, id, body string) func() error {
	return func() error {
		_, err := l.Add(context.Background(), c, addition(id, body))
		return err
	}
}

// A receiver that comes late is told once of all that it missed, and looks then
// at the last state.
func TestWatchSlowReceiver(t *testing.T) {
	dir := t.TempDir()
	watcher, writer := open(t, dir), open(t, dir)
	watcher.watchTimes = onlyEvents()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	reports, err := watcher.Watch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	const n = 20
	for i := range n {
		mustAdd(t, writer, Local, addition("a", fmt.Sprint(i)))
	}
	for got := 0; got < n; {
		expect(t, reports, Local)
		got = mustList(t, watcher, Local)[0].Version
	}
	quiet(reports)
	cancel()
	for c := range reports {
		t.Errorf("reported %q after the last change", c)
	}
}

// What was there before the watch is no change; what is staged or indexed is
// none either.
func TestWatchReportsNoOther(t *testing.T) {
	l := open(t, t.TempDir())
	l.watchTimes = onlyEvents()
	mustAdd(t, l, Local, addition("a", "one"))
	reports, err := l.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir, err := l.stage()
	if err != nil {
		t.Fatal(err)
	}
	l.discard(dir)
	mustAdd(t, l, Local, addition("a", "one"))
	if err := os.MkdirAll(filepath.Join(l.root, "index", "local"), dirMode); err != nil {
		t.Fatal(err)
	}
	server, err := Server("9")
	if err != nil {
		t.Fatal(err)
	}
	mustAdd(t, l, server, addition("b", "two"))
	select {
	case c := <-reports:
		if c != server {
			t.Errorf("reported %q, which nobody changed", c)
		}
	case <-time.After(patience):
		t.Error("no report")
	}
}

// A watch ends with its context or its library, and leaves no goroutine.
func TestWatchEnds(t *testing.T) {
	for name, set := range map[string]func(*Library){
		"events": func(*Library) {},
		"polls":  func(l *Library) { l.newWatcher = noEvents },
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Open(Config{Dir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			set(l)
			ctx, cancel := context.WithCancel(t.Context())
			first, err := l.Watch(ctx)
			if err != nil {
				t.Fatal(err)
			}
			second, err := l.Watch(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			mustAdd(t, l, Local, addition("a", "one")) // nobody receives it
			cancel()
			for range first {
				t.Log("a report on its way")
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			for range second {
				t.Log("a report on its way")
			}
			end := time.Now().Add(patience)
			for leaked() != "" {
				if time.Now().After(end) {
					t.Fatalf("still running:\n%s", leaked())
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
}

// leaked gives the goroutines of watches.
func leaked() string {
	buf := make([]byte, 1<<20)
	all := string(buf[:runtime.Stack(buf, true)])
	var found []string
	for g := range strings.SplitSeq(all, "\n\n") {
		if strings.Contains(g, "(*watch).run") || strings.Contains(g, "fsnotify.") {
			found = append(found, g)
		}
	}
	return strings.Join(found, "\n\n")
}

// When events fail later on, the watch goes over to polling.
func TestWatchDegrades(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	l.watchTimes = onlyPolls()
	var events *fsnotify.Watcher
	l.newWatcher = func() (*fsnotify.Watcher, error) {
		var err error
		events, err = fsnotify.NewWatcher()
		return events, err
	}
	reports, err := l.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := events.Close(); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, open(t, dir), Local, addition("a", "one"))
	expect(t, reports, Local)
}

func TestWatchOverflow(t *testing.T) {
	l := open(t, t.TempDir())
	l.watchTimes = onlyEvents()
	var events *fsnotify.Watcher
	l.newWatcher = func() (*fsnotify.Watcher, error) {
		var err error
		events, err = fsnotify.NewWatcher()
		return events, err
	}
	reports, err := l.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range events.WatchList() {
		if err := events.Remove(dir); err != nil {
			t.Fatal(err)
		}
	}
	mustAdd(t, l, Local, addition("a", "one"))
	events.Errors <- fsnotify.ErrEventOverflow
	expect(t, reports, Local)
}
