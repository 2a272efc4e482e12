package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// Load gives the document of an entry, of any version. It is shared with
// others and must not be changed. What is read from the disk is checked against
// the entry's hash and validated before it is given to anybody. Its faults:
// NotFound where the document was removed meanwhile, Storage where it is
// damaged or cannot be read.
func (l *Library) Load(ctx context.Context, e Entry) (*document.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	key := cacheKey{corpus: e.Corpus, id: e.ID, hash: e.Hash}
	d, err := l.cache.get(ctx, key, func() (*document.Document, error) {
		if e.Corpus == Base {
			return l.loadBase(e)
		}
		return l.loadStored(e)
	})
	if err != nil {
		return nil, fmt.Errorf("load %s of %s: %w", e.ID, e.Corpus, err)
	}
	return d, nil
}

func (l *Library) loadStored(e Entry) (*document.Document, error) {
	path, err := l.locate(e)
	if err != nil {
		return nil, loadFault(e, err)
	}
	data, err := readSummed(path, documentFile, e.Hash)
	if err != nil {
		return nil, l.suspect(e, path, err)
	}
	d, err := decodeDocument(data, e.ID)
	if err != nil {
		return nil, l.suspect(e, path, err)
	}
	return d, nil
}

// suspect marks a version as damaged, so that it is no longer listed.
func (l *Library) suspect(e Entry, path string, err error) error {
	if errors.Is(err, errDamaged) {
		l.mu.Lock()
		l.damaged[path] = true
		l.mu.Unlock()
	}
	return loadFault(e, err)
}

func loadFault(e Entry, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(fault.NotFound, err, "The document %q is no longer here.", clip(e.ID))
	case errors.Is(err, errDamaged):
		return fault.Wrap(fault.Storage, err, "The stored copy of %q is damaged. Add the document again.", clip(e.ID))
	default:
		return readFault(err)
	}
}

// locate finds the folder of a stored entry. Its error is fs.ErrNotExist where
// there is none of that version and hash.
func (l *Library) locate(e Entry) (string, error) {
	if e.Corpus.checkWritable() != nil || !document.ValidID(e.ID) {
		return "", fmt.Errorf("entry of %q in %q: %w", e.ID, e.Corpus, fs.ErrNotExist)
	}
	dir := l.documentDir(e.Corpus, e.ID)
	versions, err := folders(dir)
	if err != nil {
		return "", err
	}
	var problem error
	for _, f := range versions {
		if f.version != e.Version {
			continue
		}
		m, err := readManifest(dir, e.ID, f)
		if err != nil {
			problem = err
			continue
		}
		if m.Document.SHA256 == e.Hash && m.Original.SHA256 == e.SourceHash {
			return filepath.Join(dir, f.name), nil
		}
	}
	if problem != nil {
		return "", problem
	}
	return "", fmt.Errorf("version %d: %w", e.Version, fs.ErrNotExist)
}

// Original gives the bytes that an entry's document was read from, checked
// against its hash. Its faults are those of Load.
func (l *Library) Original(ctx context.Context, e Entry) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	data, err := l.original(e)
	if err != nil {
		return nil, fmt.Errorf("original of %s in %s: %w", e.ID, e.Corpus, err)
	}
	return data, nil
}

func (l *Library) original(e Entry) ([]byte, error) {
	if e.Corpus == Base {
		return l.baseOriginal(e)
	}
	path, err := l.locate(e)
	if err != nil {
		return nil, loadFault(e, err)
	}
	data, err := readSummed(path, originalFile, e.SourceHash)
	if err != nil {
		return nil, loadFault(e, err)
	}
	return data, nil
}
