package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"pincite/internal/document"
)

// Remove deletes a document with all its versions, also a damaged one. Its
// faults are those of Add, and NotFound.
func (l *Library) Remove(ctx context.Context, c CorpusID, id string) error {
	if err := c.checkWritable(); err != nil {
		return err
	}
	if !document.ValidID(id) {
		return noDocument(c, id)
	}
	dir := l.documentDir(c, id)
	removed, err := l.removeDirs(ctx, c, func() ([]string, error) {
		versions, err := folders(dir)
		if len(versions) == 0 {
			return nil, err
		}
		return []string{dir}, err
	})
	if err != nil {
		return fmt.Errorf("remove %s from %s: %w", id, c, err)
	}
	if !removed {
		return noDocument(c, id)
	}
	l.cache.drop(func(k cacheKey) bool { return k.corpus == c && k.id == id })
	l.log.Info("document removed", slog.String("corpus", string(c)), slog.String("document", id))
	return nil
}

// Purge deletes a corpus with all that was ever added to it, and its drafts, as
// when a server sends the bot away. Nothing is done where there is nothing.
func (l *Library) Purge(ctx context.Context, c CorpusID) error {
	if err := c.checkWritable(); err != nil {
		return err
	}
	// The documents last: should the process be killed between the two, the
	// corpus is still listed, and can be purged again.
	dirs := []string{l.draftsDir(c), l.corpusDir(c)}
	removed, err := l.removeDirs(ctx, c, func() ([]string, error) { return existing(dirs) })
	if err != nil {
		return fmt.Errorf("purge %s: %w", c, err)
	}
	l.cache.drop(func(k cacheKey) bool { return k.corpus == c })
	if removed {
		l.log.Info("corpus purged", slog.String("corpus", string(c)))
	}
	return nil
}

// existing gives those of the paths at which there is something.
func existing(paths []string) ([]string, error) {
	var found []string
	for _, path := range paths {
		_, err := os.Stat(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if err == nil {
			found = append(found, path)
		}
	}
	return found, nil
}

// removeDirs takes folders of a corpus away, all or none, and then deletes
// them. It asks there, which lists them, before it writes anything, and again
// under the lock. It reports whether there were any.
func (l *Library) removeDirs(ctx context.Context, c CorpusID, there func() ([]string, error)) (bool, error) {
	if dirs, err := there(); err != nil || len(dirs) == 0 {
		if err != nil {
			err = readFault(err)
		}
		return false, err
	}
	bin, err := l.bin()
	if err != nil {
		return false, writeFault(err)
	}
	// After the lock is given back: deleting may take long, and need not last.
	defer bin.empty()
	unlock, err := l.lock(ctx, c)
	if err != nil {
		return false, err
	}
	defer unlock()
	dirs, err := there()
	if err != nil {
		return false, readFault(err)
	}
	if len(dirs) == 0 {
		return false, nil
	}
	if err := ctx.Err(); err != nil {
		return false, givenUp(err)
	}
	if err := l.moveAll(dirs, bin); err != nil {
		return false, writeFault(err)
	}
	return true, nil
}

// moveAll moves folders into a bin. Where one fails, those before it are put
// back; errNotUndone says that not even that could be done.
func (l *Library) moveAll(dirs []string, bin *bin) error {
	if len(dirs) == 0 {
		return nil
	}
	dir, to := dirs[0], bin.next()
	if err := l.move(dir, to, filepath.Dir(dir)); err != nil {
		return err
	}
	if err := l.moveAll(dirs[1:], bin); err != nil {
		if back := l.disk.Rename(to, dir); back != nil {
			return fmt.Errorf("%w: %w; %w", errNotUndone, err, back)
		}
		return err
	}
	return nil
}
