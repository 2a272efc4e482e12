package library

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"pincite/internal/fault"
)

// The same draft kept by many at the same time is there throughout, and ends up
// as one copy.
func TestSameDraftConcurrently(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first := open(t, dir)
	first.disk = noSync{}
	d := draft("one")
	id := mustKeep(t, first, Local, d)
	ctx, stop := context.WithCancel(t.Context())
	var reading, writing sync.WaitGroup
	reader := open(t, dir)
	for range 2 {
		reading.Go(func() {
			for ctx.Err() == nil {
				checkDraft(t, reader, Local, id, d)
				if t.Failed() {
					return
				}
			}
		})
	}
	for range 3 {
		l := open(t, dir)
		l.disk = noSync{}
		for range 2 {
			writing.Go(func() {
				for range 10 {
					if got, err := l.KeepDraft(t.Context(), Local, d); err != nil || got != id {
						t.Errorf("kept as %s: %v", got, err)
					}
				}
			})
		}
	}
	writing.Wait()
	stop()
	reading.Wait()
	if n := draftCount(t, first, Local); n != 1 {
		t.Errorf("%d copies", n)
	}
}

// Keeping, dropping, crowding out, sweeping and purging at the same time, by
// several processes: whoever reads gets a whole draft or none, nobody gets an
// error, and the limits hold when all is done.
func TestDraftsConcurrently(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	server, err := Server("7")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for n := range 12 {
		p, err := packDraft(draft(fmt.Sprint(n)))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, p.id)
	}
	var clock atomic.Int64 // in days, so that drafts keep outliving DraftLife
	now := func() time.Time { return time.Now().AddDate(0, 0, int(clock.Load())) }
	ctx, stop := context.WithCancel(t.Context())
	var reading, writing sync.WaitGroup
	libraries := make([]*Library, 3)
	for i := range libraries {
		l := openWith(t, Config{Dir: dir, Clock: now})
		l.disk, l.draftLimits.count = noSync{}, 5
		libraries[i] = l
	}
	for i, l := range libraries {
		for _, c := range []CorpusID{Local, server} {
			rnd := rand.New(rand.NewPCG(uint64(i), uint64(len(c))))
			writing.Go(func() {
				for range 60 {
					n := rnd.IntN(len(ids))
					var err error
					switch rnd.IntN(12) {
					case 0, 1:
						err = l.DropDraft(t.Context(), c, ids[n])
					case 2:
						err = l.Purge(t.Context(), c)
					case 3:
						clock.Add(3)
					default:
						_, err = l.KeepDraft(t.Context(), c, draft(fmt.Sprint(n)))
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	reading.Go(func() {
		for ctx.Err() == nil {
			for n, id := range ids {
				d, err := libraries[0].Draft(t.Context(), Local, id)
				if err != nil && fault.KindOf(err) != fault.NotFound {
					t.Error(err)
				}
				if err == nil && string(d.Original) != fmt.Sprint("raw ", n) {
					t.Errorf("draft %d is %q", n, d.Original)
				}
			}
		}
	})
	writing.Wait()
	stop()
	reading.Wait()
	mustKeep(t, libraries[0], Local, draft("0"))
	mustKeep(t, libraries[0], server, draft("0"))
	for _, c := range []CorpusID{Local, server} {
		if n := draftCount(t, libraries[0], c); n > 5 {
			t.Errorf("%s has %d drafts", c, n)
		}
	}
}

// Somebody who sits on the lock of a corpus makes keeping end, not hang; what
// is there can be read and dropped meanwhile.
func TestDraftBusy(t *testing.T) {
	l := open(t, t.TempDir())
	l.lockWait = 50 * time.Millisecond
	id := mustKeep(t, l, Local, draft("one"))
	other := flock.New(filepath.Join(l.root, "locks", "local.lock"))
	if ok, err := other.TryLock(); !ok {
		t.Fatal(err)
	}
	_, err := l.KeepDraft(t.Context(), Local, draft("two"))
	wantKind(t, err, fault.Busy)
	checkDraft(t, l, Local, id, draft("one"))
	if n := draftCount(t, l, Local); n != 1 {
		t.Errorf("%d drafts", n)
	}
	if err := l.DropDraft(t.Context(), Local, id); err != nil {
		t.Error(err)
	}
	checkNoDraft(t, l, Local, id)
	if err := other.Unlock(); err != nil {
		t.Fatal(err)
	}
	mustKeep(t, l, Local, draft("two"))
}
