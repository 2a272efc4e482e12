package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pincite/internal/words"
)

// Defaults of a store's bounds.
const (
	memoryPassages = 400
	maxParts       = 8
	// unusedAge is how old a folder must be before a process that does not
	// need it removes it: another may have built it for documents that were
	// added a moment ago.
	unusedAge = 10 * time.Minute
)

// Store keeps the indexes of all corpora below one folder, which may be lost
// or deleted at any time.
type Store struct {
	folder string
	words  *words.Analyzer
	log    *slog.Logger
	now    func() time.Time
	// memoryPassages is the most that is indexed anew in memory at each start:
	// 400 take some 40 ms on one core. More than that is kept in a folder.
	memoryPassages int
	// maxParts is the most parts of one corpus; each costs a look-up a term.
	maxParts int
}

// NewStore makes a store. With an empty folder everything stays in memory.
func NewStore(folder string, a *words.Analyzer, now func() time.Time, log *slog.Logger) *Store {
	return &Store{
		folder: folder, words: a, now: now, log: log,
		memoryPassages: memoryPassages, maxParts: maxParts,
	}
}

// kept is a part's folder whose manifest was read.
type kept struct {
	folder   string
	manifest manifest
}

// kept lists the folders of a corpus that an earlier build left. A folder gets
// its name only when it is whole, so one without a readable manifest is
// damaged and removed; one of another format may be another program's and is
// only passed over.
func (s *Store) kept(corpus string) []kept {
	if s.folder == "" {
		return nil
	}
	dir := filepath.Join(s.folder, corpus)
	entries, err := os.ReadDir(dir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			s.log.Warn("index: folder cannot be read", "corpus", corpus, "error", err)
		}
		return nil
	}
	var found []kept
	for _, e := range entries {
		folder := filepath.Join(dir, e.Name())
		if !e.IsDir() || strings.HasPrefix(e.Name(), asidePrefix) {
			continue
		}
		m, err := readManifest(folder)
		if errors.Is(err, errOtherFormat) {
			s.log.Debug("index: not used", "corpus", corpus, "part", e.Name(), "error", err)
			continue
		}
		if err != nil {
			s.discard(folder, err)
			continue
		}
		found = append(found, kept{folder, m})
	}
	return found
}

// open opens a kept part. One that is damaged is removed.
func (s *Store) open(k kept) (*part, error) {
	p, err := k.manifest.open(k.folder)
	if err != nil {
		s.discard(k.folder, err)
		return nil, err
	}
	return p, nil
}

// discard removes a damaged part.
func (s *Store) discard(folder string, damage error) {
	s.log.Warn("index: damaged, will be rebuilt", "part", filepath.Base(folder), "error", damage)
	if err := os.RemoveAll(folder); err != nil {
		s.log.Warn("index: damaged part cannot be removed", "part", filepath.Base(folder), "error", err)
	}
}

// build makes a part of the entries: in memory where they are few, else in a
// folder, built aside and renamed when whole. Where the folder cannot be
// written the part is built in memory too, since an answer matters more.
func (s *Store) build(ctx context.Context, corpus string, entries []Entry, progress Progress) (*part, error) {
	passages := 0
	for _, e := range entries {
		passages += e.Passages
	}
	if s.folder == "" || passages <= s.memoryPassages {
		return buildInMemory(ctx, s.words, entries, progress)
	}
	p, err := s.buildKept(ctx, corpus, entries, progress)
	if err == nil || ctx.Err() != nil {
		return p, err
	}
	s.log.Warn("index: cannot be kept, building it in memory", "corpus", corpus, "error", err)
	return buildInMemory(ctx, s.words, entries, progress)
}

func (s *Store) buildKept(ctx context.Context, corpus string, entries []Entry, progress Progress) (*part, error) {
	dir := filepath.Join(s.folder, corpus)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	aside, err := os.MkdirTemp(dir, asidePrefix)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(aside) //nolint:errcheck // a leftover is swept later
	b, err := buildInFolder(ctx, s.words, entries, progress, aside)
	if err != nil {
		return nil, fmt.Errorf("build %s: %w", corpus, err)
	}
	if err := writeManifest(aside, b); err != nil {
		return nil, fmt.Errorf("build %s: %w", corpus, err)
	}
	// Nothing is synced: after a crash the checksums tell.
	set := make([]identity, len(entries))
	for i, e := range entries {
		set[i] = e.identity()
	}
	folder := filepath.Join(dir, partName(set))
	if err := os.Rename(aside, folder); err != nil {
		// Another process may have built the same.
		if _, statErr := os.Stat(folder); statErr != nil {
			return nil, fmt.Errorf("build %s: %w", corpus, err)
		}
	}
	m, err := readManifest(folder)
	if err != nil {
		return nil, fmt.Errorf("reopen %s: %w", corpus, err)
	}
	return s.open(kept{folder, m})
}

// sweep removes the folders of a corpus that are not in use and old enough
// for no other process to want them.
func (s *Store) sweep(corpus string, inUse map[string]bool) {
	if s.folder == "" {
		return
	}
	dir := filepath.Join(s.folder, corpus)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // nothing was kept
	}
	for _, e := range entries {
		folder := filepath.Join(dir, e.Name())
		info, err := e.Info()
		if err != nil || inUse[folder] || s.now().Sub(info.ModTime()) < unusedAge {
			continue
		}
		if err := os.RemoveAll(folder); err != nil {
			s.log.Warn("index: unused part cannot be removed", "corpus", corpus, "part", e.Name(), "error", err)
		}
	}
}

// Purge forgets everything that was kept of a corpus.
func (s *Store) Purge(corpus string) error {
	if s.folder == "" {
		return nil
	}
	if err := os.RemoveAll(filepath.Join(s.folder, corpus)); err != nil {
		return fmt.Errorf("index: purge %s: %w", corpus, err)
	}
	return nil
}
