package library

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watchTimes are the intervals of a watch.
type watchTimes struct {
	gather time.Duration // from the first event to the look that it causes
	poll   time.Duration // between looks where events fail
	safety time.Duration // between looks where events work, for those that get lost
}

func defaultWatchTimes() watchTimes {
	return watchTimes{gather: 100 * time.Millisecond, poll: 2 * time.Second, safety: 10 * time.Second}
}

// Watch reports each corpus whose documents changed after the call, whichever
// process changed them, once for the changes that come close together. A report
// says "look again", and may come once too often. A slow receiver holds nothing
// up and misses nothing. The channel is closed when ctx ends or the library is
// closed. The base corpus is never reported.
//
// The file system's events only cause a look, and a look compares the time of
// change of each document's folder, so that reports do not depend on which
// events a system sends. Where it sends none, looks are taken every two
// seconds.
func (l *Library) Watch(ctx context.Context) (<-chan CorpusID, error) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(l.ctx, cancel)
	w := &watch{lib: l, out: make(chan CorpusID), seen: map[CorpusID]uint64{}}
	w.open()
	w.look(nil)
	w.pending = nil // what was there before is no change
	err := l.start(func() {
		defer cancel()
		defer stop()
		w.run(ctx)
	})
	if err != nil {
		stop()
		cancel()
		w.close()
		return nil, err
	}
	return w.out, nil
}

// watch is the state of one call of Watch, used by one goroutine.
type watch struct {
	lib      *Library
	notify   *fsnotify.Watcher // nil where events fail
	ancestor string            // watched because the data folder does not exist
	out      chan CorpusID
	seen     map[CorpusID]uint64 // what the last look found
	pending  []CorpusID          // to be reported
}

func (w *watch) open() {
	notify, err := w.lib.newWatcher()
	if err != nil {
		w.degrade(err)
		return
	}
	w.notify = notify
}

func (w *watch) close() {
	if w.notify == nil {
		return
	}
	if err := w.notify.Close(); err != nil {
		w.lib.log.Warn("watch of the data folder not closed", slog.Any("err", err))
	}
	w.notify = nil
}

// degrade goes over to polling.
func (w *watch) degrade(err error) {
	w.lib.log.Warn("no events from the data folder's file system; looking every few seconds instead", slog.Any("err", err))
	w.close()
}

func (w *watch) interval() time.Duration {
	if w.notify == nil {
		return w.lib.watchTimes.poll
	}
	return w.lib.watchTimes.safety
}

func (w *watch) run(ctx context.Context) {
	defer close(w.out)
	defer w.close()
	tick := time.NewTimer(w.interval())
	defer tick.Stop()
	gather := time.NewTimer(0)
	<-gather.C
	defer gather.Stop()
	gathering := false
	dirty := map[CorpusID]bool{} // to be looked at; the empty id is all
	for {
		var (
			out    chan CorpusID
			first  CorpusID
			events chan fsnotify.Event
			errs   chan error
		)
		if len(w.pending) > 0 {
			out, first = w.out, w.pending[0]
		}
		if w.notify != nil {
			events, errs = w.notify.Events, w.notify.Errors
		}
		select {
		case <-ctx.Done():
			return
		case out <- first:
			w.pending = w.pending[1:]
			continue
		case e, ok := <-events:
			if !ok {
				w.degrade(errors.New("the watch was closed"))
				dirty[""] = true
				break
			}
			c, concerns := w.corpus(e.Name)
			if !concerns {
				continue
			}
			dirty[c] = true
		case err := <-errs:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				w.degrade(err)
			}
			dirty[""] = true
		case <-gather.C:
			gathering = false
			w.look(dirty)
			clear(dirty)
			continue
		case <-tick.C:
			w.look(nil)
			tick.Reset(w.interval())
			continue
		}
		if !gathering {
			gathering = true
			gather.Reset(w.lib.watchTimes.gather)
		}
		if w.notify == nil {
			tick.Reset(w.interval())
		}
	}
}

// corpus says which corpus a path belongs to; "" is all of them. Not ok where
// it has nothing to do with documents, such as what is staged.
func (w *watch) corpus(path string) (CorpusID, bool) {
	rel, err := filepath.Rel(w.lib.corporaDir(), path)
	if err != nil {
		return "", true
	}
	if rel == "." || strings.Trim(filepath.ToSlash(rel), "./") == "" {
		return "", true // corpora/ or a folder above it
	}
	first, _, _ := strings.Cut(rel, string(filepath.Separator))
	c := CorpusID(first)
	return c, c.checkWritable() == nil
}

// look compares the corpora that are dirty, or all where dirty is nil or has
// the empty id, with what the last look found.
func (w *watch) look(dirty map[CorpusID]bool) {
	if dirty == nil || dirty[""] {
		w.attach()
		stored, err := w.lib.stored()
		if err != nil {
			w.lib.log.Warn("data folder not watched", slog.Any("err", err))
			return
		}
		for c := range w.seen {
			if !slices.Contains(stored, c) {
				stored = append(stored, c)
			}
		}
		for _, c := range stored {
			w.compare(c)
		}
		return
	}
	for c := range dirty {
		w.compare(c)
	}
}

// compare looks at one corpus and notes it where it has changed.
func (w *watch) compare(c CorpusID) {
	w.add(w.lib.corpusDir(c)) // before looking, so that nothing falls between
	now, err := w.state(c)
	if err != nil {
		w.lib.log.Warn("corpus not watched", slog.String("corpus", string(c)), slog.Any("err", err))
		return
	}
	if now == w.seen[c] {
		return
	}
	w.seen[c] = now
	if now == 0 {
		delete(w.seen, c)
	}
	if !slices.Contains(w.pending, c) {
		w.pending = append(w.pending, c)
	}
}

// state sums up a corpus: the ids and the times of change of their folders,
// which change with each version. 0 where there are none.
func (w *watch) state(c CorpusID) (uint64, error) {
	dirs, err := os.ReadDir(w.lib.corpusDir(c))
	if errors.Is(err, fs.ErrNotExist) || len(dirs) == 0 && err == nil {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	h := fnv.New64a()
	var at [8]byte
	for _, d := range dirs {
		info, err := d.Info()
		if err != nil {
			continue // removed meanwhile; the next event tells
		}
		binary.LittleEndian.PutUint64(at[:], uint64(info.ModTime().UnixNano()))
		h.Write([]byte(d.Name()))
		h.Write(at[:])
	}
	return h.Sum64(), nil
}

// attach watches the data folder and its corpora/, or, as long as there is no
// data folder, the nearest folder above it that exists.
func (w *watch) attach() {
	if w.notify == nil {
		return
	}
	for {
		at := nearest(w.lib.root)
		if at != w.ancestor && w.ancestor != "" {
			// The error is that the folder is gone, and its watch with it.
			if err := w.notify.Remove(w.ancestor); err != nil {
				w.lib.log.Debug("watch of a folder above the data folder was gone", slog.Any("err", err))
			}
			w.ancestor = ""
		}
		if at != w.lib.root {
			w.ancestor = at
		}
		w.add(at)
		// A folder made before the watch was set announced itself to nobody.
		if w.notify == nil || nearest(w.lib.root) == at {
			break
		}
	}
	w.add(w.lib.corporaDir())
}

// add watches a folder if it is there.
func (w *watch) add(dir string) {
	if w.notify == nil {
		return
	}
	if err := w.notify.Add(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.degrade(err)
	}
}

// nearest is the innermost folder of a path that exists.
func nearest(path string) string {
	for {
		info, err := os.Stat(path)
		if parent := filepath.Dir(path); (err != nil || !info.IsDir()) && parent != path {
			path = parent
			continue
		}
		return path
	}
}
