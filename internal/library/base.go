package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// base is the base corpus as this process has read it. A folder that changes
// afterwards is not read again until the next start.
type base struct {
	listing
	sources map[string]int // SourceHash → position in entries, from 1
}

func (b *base) source(hash string) (Entry, bool) {
	i := b.sources[hash]
	if i == 0 {
		return Entry{}, false
	}
	return b.entries[i-1], true
}

// baseLoad is the one reading of the base corpus, finished or under way.
type baseLoad struct {
	done chan struct{}
	base *base
	err  error
}

// readBaseOnce gives the base corpus. The first call has it read in the
// background, so that a caller who gives up spoils nothing for the others. A
// reading that failed as a whole is tried again by the next call.
func (l *Library) readBaseOnce(ctx context.Context) (*base, error) {
	l.mu.Lock()
	load := l.base
	if load == nil {
		if l.closed {
			l.mu.Unlock()
			return nil, errClosed
		}
		load = &baseLoad{done: make(chan struct{})}
		l.base = load
		l.wg.Go(func() { l.fill(load) })
	}
	l.mu.Unlock()
	select {
	case <-load.done:
		return load.base, load.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *Library) fill(load *baseLoad) {
	defer close(load.done)
	load.base, load.err = l.readBase(l.ctx)
	if load.err != nil {
		l.mu.Lock()
		l.base = nil
		l.mu.Unlock()
		return
	}
	l.tell(Base, load.base.problems)
}

// baseFile is what came of one file.
type baseFile struct {
	doc    *document.Document // nil: none of the corpus
	hash   string
	source string
	bytes  int64
	err    error
}

// readBase reads all files, as many at a time as there are processors. A file
// that cannot be read is a problem and keeps no other out.
func (l *Library) readBase(ctx context.Context) (*base, error) {
	names, err := l.baseNames()
	if err != nil {
		return nil, fault.Wrap(fault.Storage, fmt.Errorf("list base corpus: %w", err), "The base corpus cannot be read; see that its folder is there.")
	}
	files := make([]baseFile, len(names))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(names)) {
		workers.Go(func() {
			for i := range next {
				files[i] = l.readBaseFile(ctx, names[i])
				if f := &files[i]; f.doc != nil {
					l.cache.put(cacheKey{corpus: Base, id: f.doc.ID, hash: f.hash}, f.doc)
				}
			}
		})
	}
	for i := range names {
		next <- i
	}
	close(next)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read base corpus: %w", err)
	}
	return assemble(names, files), nil
}

// baseNames lists the files of the base corpus in lexical order.
func (l *Library) baseNames() ([]string, error) {
	if l.cfg.Base == nil {
		return nil, nil
	}
	var names []string
	err := fs.WalkDir(l.cfg.Base, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case name != "." && strings.ContainsAny(d.Name()[:1], "._"):
			if d.IsDir() {
				return fs.SkipDir
			}
		case err != nil || !d.IsDir():
			// An unreadable folder is read as a file, and so becomes a problem.
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// assemble makes the corpus of what was read. Of two files with the same id the
// first counts; two with the same bytes and different ids both do, since a
// question set may name either.
func assemble(names []string, files []baseFile) *base {
	b := &base{sources: map[string]int{}}
	ids := map[string]string{}
	for i, f := range files {
		name := names[i]
		switch {
		case f.err == nil && f.doc == nil:
			continue
		case f.err == nil && ids[f.doc.ID] != "":
			f.err = fmt.Errorf("its id %s is that of %s", f.doc.ID, ids[f.doc.ID])
		}
		if f.err != nil {
			b.problems = append(b.problems, Problem{Corpus: Base, Name: name, Err: f.err})
			continue
		}
		ids[f.doc.ID] = name
		b.entries = append(b.entries, Entry{
			Corpus: Base, ID: f.doc.ID, Title: f.doc.Title, Name: name,
			Hash: f.hash, SourceHash: f.source,
			Paragraphs: len(f.doc.Paragraphs()), Footnotes: len(f.doc.Footnotes()), Bytes: f.bytes,
		})
	}
	slices.SortFunc(b.entries, func(x, y Entry) int { return cmp.Compare(x.ID, y.ID) })
	for i := range b.entries {
		if hash := b.entries[i].SourceHash; b.sources[hash] == 0 {
			b.sources[hash] = i + 1
		}
	}
	return b
}

// readBaseFile reads and validates one file.
func (l *Library) readBaseFile(ctx context.Context, name string) baseFile {
	if err := ctx.Err(); err != nil {
		return baseFile{err: err}
	}
	raw, err := l.baseBytes(name)
	if err != nil {
		return baseFile{err: err}
	}
	d, err := l.cfg.Read(ctx, name, raw)
	if err != nil || d == nil {
		return baseFile{err: err}
	}
	if err := d.Validate(); err != nil {
		return baseFile{err: err}
	}
	encoded, err := encodeDocument(d)
	if err != nil {
		return baseFile{err: err}
	}
	return baseFile{doc: d, hash: hashOf(encoded), source: hashOf(raw), bytes: int64(len(raw))}
}

func (l *Library) baseBytes(name string) ([]byte, error) {
	// Stat follows links, with which mounted configuration is often made up.
	info, err := fs.Stat(l.cfg.Base, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	if info.Size() > l.cfg.MaxBaseFile {
		return nil, fmt.Errorf("%d bytes are more than the %d that a file of the base corpus may have", info.Size(), l.cfg.MaxBaseFile)
	}
	return fs.ReadFile(l.cfg.Base, name)
}

// loadBase reads a base document again that the cache no longer holds.
func (l *Library) loadBase(e Entry) (*document.Document, error) {
	b, err := l.readBaseOnce(l.ctx)
	if err != nil {
		return nil, err
	}
	known, ok := b.find(e.ID)
	if !ok || known.Hash != e.Hash {
		return nil, loadFault(e, fmt.Errorf("base document %s: %w", e.ID, fs.ErrNotExist))
	}
	f := l.readBaseFile(l.ctx, known.Name)
	switch {
	case f.err != nil:
		return nil, fault.Wrap(fault.Storage, f.err, "The document %q can no longer be read.", clip(e.ID))
	case f.doc == nil || f.hash != e.Hash:
		return nil, changedBase(e)
	}
	return f.doc, nil
}

func (l *Library) baseOriginal(e Entry) ([]byte, error) {
	b, err := l.readBaseOnce(l.ctx)
	if err != nil {
		return nil, err
	}
	known, ok := b.find(e.ID)
	if !ok || known.SourceHash != e.SourceHash {
		return nil, loadFault(e, fmt.Errorf("base document %s: %w", e.ID, fs.ErrNotExist))
	}
	raw, err := l.baseBytes(known.Name)
	if err != nil {
		return nil, fault.Wrap(fault.Storage, err, "The document %q can no longer be read.", clip(e.ID))
	}
	if hashOf(raw) != e.SourceHash {
		return nil, changedBase(e)
	}
	return raw, nil
}

func changedBase(e Entry) error {
	return fault.New(fault.Storage, "The file of %q was changed after this program was started; start it again to read the new one.", clip(e.ID))
}
