package library

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"pincite/internal/fault"
)

// lockRetry is how often a lock that another process holds is tried again.
const lockRetry = 5 * time.Millisecond

// lock takes the right to change a corpus, against other goroutines and other
// processes, and gives the function that returns it. It waits for at most
// l.lockWait and no longer than ctx. The lock's file stays: deleting it could
// leave two processes with a lock each.
func (l *Library) lock(ctx context.Context, c CorpusID) (func(), error) {
	wait, cancel := context.WithTimeout(ctx, l.lockWait)
	defer cancel()
	// The goroutines of this process queue here, in order, so that the polling
	// below is between processes alone.
	queue := l.queue(c)
	select {
	case queue <- true:
	case <-wait.Done():
		return nil, busy(c, wait.Err())
	}
	dir := filepath.Join(l.root, "locks")
	if err := l.makeDir(dir); err != nil {
		<-queue
		return nil, writeFault(fmt.Errorf("lock corpus %s: %w", c, err))
	}
	file := flock.New(filepath.Join(dir, string(c)+".lock"), flock.SetPermissions(fileMode))
	locked, err := file.TryLockContext(wait, lockRetry)
	if !locked {
		<-queue
		if wait.Err() != nil {
			return nil, busy(c, wait.Err())
		}
		return nil, writeFault(fmt.Errorf("lock corpus %s: %w", c, err))
	}
	return func() {
		if err := file.Unlock(); err != nil {
			l.log.Error("lock of a corpus not released", slog.String("corpus", string(c)), slog.Any("err", err))
		}
		<-queue
	}, nil
}

func (l *Library) queue(c CorpusID) chan bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	q := l.queues[c]
	if q == nil {
		q = make(chan bool, 1)
		l.queues[c] = q
	}
	return q
}

func busy(c CorpusID, err error) error {
	return fault.Wrap(fault.Busy, fmt.Errorf("lock corpus %s: %w", c, err),
		"Another change to these documents is still under way; nothing was changed. Try again in a moment.")
}

// givenUp is the fault of a change whose caller no longer waits for it.
func givenUp(err error) error {
	return fault.Wrap(fault.Busy, err, "This took too long and was given up; nothing was changed. Try again.")
}
