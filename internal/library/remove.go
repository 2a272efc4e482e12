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
	there := func() (bool, error) {
		versions, err := folders(dir)
		return len(versions) > 0, err
	}
	removed, err := l.removeDir(ctx, c, dir, there)
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

// Purge deletes a corpus with all that was ever added to it, as when a server
// sends the bot away. Nothing is done where there is nothing.
func (l *Library) Purge(ctx context.Context, c CorpusID) error {
	if err := c.checkWritable(); err != nil {
		return err
	}
	dir := l.corpusDir(c)
	there := func() (bool, error) {
		_, err := os.Stat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return err == nil, err
	}
	removed, err := l.removeDir(ctx, c, dir, there)
	if err != nil {
		return fmt.Errorf("purge %s: %w", c, err)
	}
	l.cache.drop(func(k cacheKey) bool { return k.corpus == c })
	if removed {
		l.log.Info("corpus purged", slog.String("corpus", string(c)))
	}
	return nil
}

// removeDir takes a folder of a corpus away at once and then deletes it. It
// asks there before it writes anything, and again under the lock.
func (l *Library) removeDir(ctx context.Context, c CorpusID, dir string, there func() (bool, error)) (bool, error) {
	if ok, err := there(); err != nil || !ok {
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
	defer l.discard(filepath.Dir(bin))
	unlock, err := l.lock(ctx, c)
	if err != nil {
		return false, err
	}
	defer unlock()
	ok, err := there()
	if err != nil {
		return false, readFault(err)
	}
	if !ok {
		return false, nil
	}
	if err := ctx.Err(); err != nil {
		return false, givenUp(err)
	}
	if err := l.move(dir, bin, filepath.Dir(dir)); err != nil {
		return false, writeFault(err)
	}
	return true, nil
}
