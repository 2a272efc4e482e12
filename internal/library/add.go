package library

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

	"pincite/internal/document"
	"pincite/internal/fault"
)

// Addition is a document to add.
type Addition struct {
	Document *document.Document
	Original []byte // the bytes that Document was read from
	Name     string // of the file, for people
	By       string // who adds it; the caller's business
}

// Change is what an addition did.
type Change string

// The changes; the package comment says what decides.
const (
	// Added: a document that was not there.
	Added Change = "added"
	// Replaced: other bytes under an id that was there; the earlier version is
	// kept.
	Replaced Change = "replaced"
	// Reread: the same bytes, read differently; the earlier version is kept.
	Reread Change = "reread"
	// Unchanged: the same bytes are there already, and nothing was written.
	Unchanged Change = "unchanged"
)

// Outcome is what came of an addition.
type Outcome struct {
	// Entry is the current version. Where nothing changed it may have another
	// id than the document, or be of the base corpus: it is where the same
	// bytes are.
	Entry  Entry
	Change Change
	// Previous is the version that was current before; nil where none was
	// readable.
	Previous *Entry
}

// Add stores a document in a corpus, unless its bytes are there already. When
// it returns without an error the document is on the disk; otherwise nothing
// was changed. Its faults: Invalid for an addition without original or with a
// document that does not validate, Forbidden for the base corpus, Busy where
// other changes to the corpus take too long, Storage where the disk is full,
// read-only or broken.
func (l *Library) Add(ctx context.Context, c CorpusID, a Addition) (Outcome, error) {
	if err := c.checkWritable(); err != nil {
		return Outcome{}, err
	}
	p, err := pack(a)
	if err != nil {
		return Outcome{}, fmt.Errorf("add to %s: %w", c, err)
	}
	out, err := l.add(ctx, c, p)
	if err != nil {
		return Outcome{}, fmt.Errorf("add %s to %s: %w", p.id, c, err)
	}
	if out.Change != Unchanged {
		l.log.Info("document stored", slog.String("corpus", string(c)), slog.String("document", p.id),
			slog.String("change", string(out.Change)), slog.Int("version", out.Entry.Version), slog.String("hash", out.Entry.Hash))
	}
	return out, nil
}

// parcel is an addition ready to be written.
type parcel struct {
	id       string
	encoded  []byte // document.json
	original []byte
	manifest manifest // but for the version and the time
}

func pack(a Addition) (*parcel, error) {
	if a.Document == nil || len(a.Original) == 0 {
		return nil, fault.New(fault.Invalid, "There is nothing to add: the document is empty.")
	}
	d := a.Document
	if err := d.Validate(); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "This document was not understood well enough to be quoted, and was not added.")
	}
	encoded, err := encodeDocument(d)
	if err != nil {
		return nil, err
	}
	return &parcel{
		id: d.ID, encoded: encoded, original: a.Original,
		manifest: manifest{
			Format: format, ID: d.ID,
			AddedBy: strings.ToValidUTF8(a.By, "�"), Name: strings.ToValidUTF8(a.Name, "�"), Title: strings.ToValidUTF8(d.Title, "�"),
			Paragraphs: len(d.Paragraphs()), Footnotes: len(d.Footnotes()),
			Document: sumOf(encoded), Original: sumOf(a.Original),
		},
	}, nil
}

func (l *Library) add(ctx context.Context, c CorpusID, p *parcel) (Outcome, error) {
	// A first look without the lock: what is there already needs no writing.
	out, err := l.decide(ctx, c, p)
	if err != nil {
		return Outcome{}, err
	}
	if out.Change == Unchanged {
		return out, l.settle(out.Entry)
	}
	dir, err := l.stage()
	if err != nil {
		return Outcome{}, writeFault(err)
	}
	defer l.discard(dir)
	// The large files are written before the lock is taken.
	for name, data := range map[string][]byte{originalFile: p.original, documentFile: p.encoded} {
		if err := l.disk.Write(filepath.Join(dir, name), data); err != nil {
			return Outcome{}, writeFault(err)
		}
	}
	unlock, err := l.lock(ctx, c)
	if err != nil {
		return Outcome{}, err
	}
	defer unlock()
	out, err = l.decide(ctx, c, p)
	if err != nil {
		return Outcome{}, err
	}
	if out.Change == Unchanged {
		return out, l.settle(out.Entry)
	}
	out.Entry, err = l.commit(ctx, c, p, dir)
	if err != nil {
		return Outcome{}, err
	}
	return out, nil
}

// decide says what adding p would do: its Entry is set where that is nothing.
func (l *Library) decide(ctx context.Context, c CorpusID, p *parcel) (Outcome, error) {
	s, err := l.look(ctx, c)
	if err != nil {
		return Outcome{}, err
	}
	own, there := s.find(p.id)
	if there && l.same(own, p) {
		if own.Hash == p.manifest.Document.SHA256 {
			return Outcome{Entry: *own, Change: Unchanged}, nil
		}
		return Outcome{Change: Reread, Previous: own}, nil
	}
	for i := range s.entries {
		if e := &s.entries[i]; e.ID != p.id && l.same(e, p) {
			return Outcome{Entry: *e, Change: Unchanged}, nil
		}
	}
	base, err := l.readBaseOnce(ctx)
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	if err != nil {
		// A base corpus that cannot be read is no reason to refuse a document.
		l.log.Warn("base corpus not compared", slog.Any("err", err))
	} else if e, ok := base.source(p.manifest.Original.SHA256); ok {
		return Outcome{Entry: e, Change: Unchanged}, nil
	}
	if there {
		return Outcome{Change: Replaced, Previous: own}, nil
	}
	// A document whose current version is damaged is not listed; a new version
	// replaces it.
	earlier, err := l.history(c, p.id)
	if err != nil {
		return Outcome{}, readFault(err)
	}
	versions, err := folders(l.documentDir(c, p.id))
	switch {
	case err != nil:
		return Outcome{}, readFault(err)
	case len(earlier) > 0:
		return Outcome{Change: Replaced, Previous: &earlier[0]}, nil
	case len(versions) > 0:
		return Outcome{Change: Replaced}, nil
	}
	return Outcome{Change: Added}, nil
}

// same reports whether a version holds the bytes of p, whole: a damaged copy
// must not keep a good one out.
func (l *Library) same(e *Entry, p *parcel) bool {
	if e.SourceHash != p.manifest.Original.SHA256 {
		return false
	}
	path, err := l.locate(*e)
	if err == nil {
		_, err = readSummed(path, documentFile, e.Hash)
	}
	if err == nil {
		_, err = readSummed(path, originalFile, e.SourceHash)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.log.Error("stored copy not usable", slog.String("corpus", string(e.Corpus)), slog.String("document", e.ID), slog.Any("err", err))
	}
	return err == nil
}

// settle makes a version durable that another process may have only just
// committed: "unchanged" is a promise that it is kept.
func (l *Library) settle(e Entry) error {
	if e.Corpus == Base {
		return nil
	}
	for _, dir := range l.above(e.Corpus, e.ID) {
		if err := l.disk.Sync(dir); err != nil {
			return writeFault(err)
		}
	}
	return nil
}

// above lists the folders whose names lead to a document's versions, innermost
// first.
func (l *Library) above(c CorpusID, id string) []string {
	return []string{l.documentDir(c, id), l.corpusDir(c), l.corporaDir(), l.root}
}

// commit gives a staged version its number and its name. The caller holds the
// lock of the corpus.
func (l *Library) commit(ctx context.Context, c CorpusID, p *parcel, staged string) (Entry, error) {
	dir := l.documentDir(c, p.id)
	versions, err := folders(dir)
	if err != nil {
		return Entry{}, readFault(err)
	}
	m := p.manifest
	m.Version = 1
	if n := len(versions); n > 0 {
		m.Version = versions[n-1].version + 1
	}
	m.AddedAt = l.cfg.Clock().UTC().Truncate(time.Millisecond)
	data, f, err := m.encode()
	if err != nil {
		return Entry{}, err
	}
	if err := l.disk.Write(filepath.Join(staged, manifestFile), data); err != nil {
		return Entry{}, writeFault(err)
	}
	if err := l.disk.Sync(staged); err != nil {
		return Entry{}, writeFault(err)
	}
	if err := ctx.Err(); err != nil { // the last moment to turn back
		return Entry{}, givenUp(err)
	}
	if err := l.makeDir(dir); err != nil {
		return Entry{}, writeFault(err)
	}
	if err := l.move(staged, filepath.Join(dir, f.name), l.above(c, p.id)...); err != nil {
		// Deletes the document's folder where it is empty, that is, new.
		if empty := os.Remove(dir); empty != nil {
			l.log.Debug("document's folder kept", slog.Any("err", empty))
		}
		return Entry{}, writeFault(err)
	}
	// A watcher of the corpus's folder sees this; the rename it may not see.
	if err := l.disk.Touch(dir, time.Now()); err != nil {
		l.log.Warn("change not announced", slog.String("corpus", string(c)), slog.Any("err", err))
	}
	return m.entry(c), nil
}
