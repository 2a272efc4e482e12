package library

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"

	"github.com/gofrs/flock"
)

// sessionLock is the file in a session's folder whose lock says that the
// session's process lives. The kernel gives it back however the process ends.
const sessionLock = "lock"

// session is this process's folder under tmp/.
type session struct {
	dir    string
	lock   *flock.Flock
	folder atomic.Uint64 // the last folder handed out
}

func (l *Library) tmpDir() string { return filepath.Join(l.root, "tmp") }

// stage makes an empty folder of the caller's own on the file system of the
// corpora, and sweeps what dead processes left. The caller ends with discard.
func (l *Library) stage() (string, error) {
	// Somebody may delete tmp/ under a running process, hence a second try.
	for try := 0; ; try++ {
		s, err := l.openSession()
		if err != nil {
			return "", err
		}
		l.sweep(s)
		dir := s.next()
		err = l.disk.Mkdir(dir)
		if errors.Is(err, fs.ErrNotExist) && try == 0 {
			l.dropSession(s)
			continue
		}
		return dir, err
	}
}

// bin is a staged folder for what is to be deleted.
type bin struct {
	lib   *Library
	dir   string
	moved int // paths handed out
}

// bin opens a bin. The caller ends with empty.
func (l *Library) bin() (*bin, error) {
	dir, err := l.stage()
	return &bin{lib: l, dir: dir}, err
}

// next is a path in the bin to move something to.
func (b *bin) next() string {
	b.moved++
	return filepath.Join(b.dir, "removed-"+strconv.Itoa(b.moved))
}

func (b *bin) empty() { b.lib.discard(b.dir) }

func (s *session) next() string {
	return filepath.Join(s.dir, strconv.FormatUint(s.folder.Add(1), 10))
}

// discard deletes a staged folder. What it cannot delete is swept later.
func (l *Library) discard(dir string) {
	if err := l.disk.RemoveAll(dir); err != nil {
		l.log.Warn("temporary folder not deleted; it will be swept later", slog.Any("err", err))
	}
}

// openSession gives this process's session, made at the first call.
func (l *Library) openSession() (*session, error) {
	l.sessionMu.Lock()
	defer l.sessionMu.Unlock()
	if l.session != nil {
		return l.session, nil
	}
	l.mu.Lock()
	closed := l.closed
	l.mu.Unlock()
	if closed {
		return nil, errClosed
	}
	for {
		s, err := l.newSession()
		if err != nil {
			return nil, err
		}
		if s != nil {
			l.session = s
			return s, nil
		}
	}
}

// newSession makes a session's folder and locks it; nil where a sweeper was
// faster and took the folder, still unlocked, for a dead one.
func (l *Library) newSession() (*session, error) {
	dir := filepath.Join(l.tmpDir(), rand.Text())
	if err := l.makeDir(dir); err != nil {
		return nil, fmt.Errorf("open session: %w", err)
	}
	lock := flock.New(filepath.Join(dir, sessionLock), flock.SetPermissions(fileMode))
	locked, err := lock.TryLock()
	if errors.Is(err, fs.ErrNotExist) || (err == nil && !locked) {
		return nil, nil
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open session: %w", err), l.disk.RemoveAll(dir))
	}
	// A lock on a file that was deleted just before holds nothing.
	if _, err := os.Stat(lock.Path()); err != nil {
		if unlock := lock.Unlock(); unlock != nil {
			return nil, fmt.Errorf("open session: %w", unlock)
		}
		return nil, nil
	}
	return &session{dir: dir, lock: lock}, nil
}

// dropSession forgets a session whose folder is gone.
func (l *Library) dropSession(s *session) {
	l.sessionMu.Lock()
	defer l.sessionMu.Unlock()
	if l.session == s {
		l.session = nil
		if err := s.lock.Unlock(); err != nil {
			l.log.Warn("lock of a lost session not released", slog.Any("err", err))
		}
	}
}

// closeSession deletes the session's folder and then gives its lock back.
func (l *Library) closeSession() error {
	l.sessionMu.Lock()
	defer l.sessionMu.Unlock()
	s := l.session
	if s == nil {
		return nil
	}
	l.session = nil
	if err := errors.Join(l.disk.RemoveAll(s.dir), s.lock.Unlock()); err != nil {
		return fmt.Errorf("close session: %w", err)
	}
	return nil
}

// sweep deletes the sessions of dead processes. Nothing depends on it, so its
// errors are logged and the next writer tries again.
func (l *Library) sweep(own *session) {
	names, err := os.ReadDir(l.tmpDir())
	if err != nil {
		l.log.Warn("temporary folders not swept", slog.Any("err", err))
		return
	}
	for _, n := range names {
		dir := filepath.Join(l.tmpDir(), n.Name())
		if !n.IsDir() || dir == own.dir {
			continue
		}
		switch swept, err := l.sweepSession(dir); {
		case err != nil:
			l.log.Warn("temporary folder not swept", slog.String("session", n.Name()), slog.Any("err", err))
		case swept:
			l.log.Info("swept what a process that ended early left", slog.String("session", n.Name()))
		}
	}
}

// sweepSession deletes a session if its process is dead.
func (l *Library) sweepSession(dir string) (bool, error) {
	// Without O_CREATE: only the session's own process makes the lock.
	lock := flock.New(filepath.Join(dir, sessionLock), flock.SetFlag(os.O_RDWR))
	locked, err := lock.TryLock()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return l.sweepUnlocked(dir)
	case err != nil:
		return false, err
	case !locked:
		return false, nil
	}
	return true, errors.Join(l.disk.RemoveAll(dir), lock.Unlock())
}

// sweepUnlocked deletes a session without a lock file. An empty one may be just
// being opened; deleting it then makes its process open another. One that has
// a lock file by now is alive. Otherwise a sweeper was killed after it had
// deleted the lock file.
func (l *Library) sweepUnlocked(dir string) (bool, error) {
	content, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, c := range content {
		if c.Name() == sessionLock {
			return false, nil
		}
	}
	if len(content) > 0 {
		return true, l.disk.RemoveAll(dir)
	}
	// Deletes an empty folder only: one that has got its lock meanwhile stays.
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		if still, readErr := os.ReadDir(dir); readErr == nil && len(still) > 0 {
			return false, nil
		}
		return false, err
	}
	return true, nil
}
