package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"pincite/internal/fault"
)

// DraftLife is how long a draft is kept at least, unless others crowd it out.
// Whoever is to approve a document may be away over a week-end or a holiday,
// which seven days outlast. It is not longer, because what was uploaded and
// then left alone is nobody's document, and holding on to it serves no one.
const DraftLife = 7 * 24 * time.Hour

// Draft is what somebody has uploaded or pasted and sees previewed, before it
// is added or dropped.
type Draft struct {
	Name      string // the file's name, for people
	MediaType string // as it was declared
	URL       string // where it was fetched from; empty: nowhere
	By        string // who wants to add it; the caller's business
	Title     string // the title that a moderator has fixed; empty: the one that is read
	// At is when it was last kept, UTC, to the millisecond. KeepDraft sets it
	// by the library's clock, whatever it is given.
	At       time.Time
	Original []byte // the bytes to be read
}

// KeepDraft stores a draft and gives its id: 16 hexadecimal digits that the
// content and all but At decide, short enough for the button that will name it.
// Keeping the same again leaves one copy, whose life begins anew. When it
// returns without an error the draft is on the disk; otherwise no draft has
// come, and none has gone but such as had outlived DraftLife. Its faults:
// Invalid for a draft without bytes, TooLarge for one larger than all drafts of
// a corpus may be together, Forbidden for the base corpus, Busy where other
// changes to the corpus take too long, Storage where the disk is full,
// read-only or broken.
//
// It also deletes the drafts of any corpus that have outlived DraftLife, and
// the oldest of this corpus beyond 50 or 200 MiB.
func (l *Library) KeepDraft(ctx context.Context, c CorpusID, d Draft) (string, error) {
	if err := c.checkWritable(); err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	p, err := packDraft(d)
	if err != nil {
		return "", fmt.Errorf("keep draft for %s: %w", c, err)
	}
	if p.size() > l.draftLimits.bytes {
		return "", fault.Wrap(fault.TooLarge, fmt.Errorf("draft of %d bytes for %s", p.size(), c),
			"This document is too large for a preview; %d MB is the most.", l.draftLimits.bytes>>20)
	}
	if err := l.keepDraft(ctx, c, p); err != nil {
		return "", fmt.Errorf("keep draft %s for %s: %w", p.id, c, err)
	}
	l.log.Info("draft kept", slog.String("corpus", string(c)), slog.String("draft", p.id), slog.Int64("bytes", p.size()))
	return p.id, nil
}

func (l *Library) keepDraft(ctx context.Context, c CorpusID, p *draftParcel) error {
	l.sweepDrafts() // first, since it may make the room that this one needs
	dir, err := l.stage()
	if err != nil {
		return writeFault(err)
	}
	defer l.discard(dir)
	for name, data := range map[string][]byte{originalFile: p.original, draftFile: p.encoded} {
		if err := l.disk.Write(filepath.Join(dir, name), data); err != nil {
			return writeFault(err)
		}
	}
	if err := l.disk.Sync(dir); err != nil {
		return writeFault(err)
	}
	if err := l.commitDraft(ctx, c, p.id, dir); err != nil {
		return err
	}
	l.boundDrafts(c, p.id)
	return nil
}

// commitDraft gives a staged draft its name, which is later than that of any
// earlier copy of it. The copies go afterwards, so that there is always one.
func (l *Library) commitDraft(ctx context.Context, c CorpusID, id, staged string) error {
	unlock, err := l.lock(ctx, c)
	if err != nil {
		return err
	}
	defer unlock()
	dir := l.draftsDir(c)
	found, err := draftFolders(dir)
	if err != nil {
		return readFault(err)
	}
	f := draftFolder{id: id, at: max(0, l.cfg.Clock().UnixMilli())}
	for _, earlier := range found {
		if earlier.id == id {
			f.at = max(f.at, earlier.at+1)
		}
	}
	if err := ctx.Err(); err != nil { // the last moment to turn back
		return givenUp(err)
	}
	if err := l.makeDir(dir); err != nil {
		return writeFault(err)
	}
	if err := l.move(staged, filepath.Join(dir, f.name()), dir, l.allDraftsDir(), l.root); err != nil {
		return writeFault(err)
	}
	return nil
}

// Draft gives a draft that was kept, as long as it is there, which may be
// longer than DraftLife. Its bytes are checked against their hash. Its faults:
// NotFound where it was dropped, swept or crowded out, or never was; Storage
// where it is damaged or cannot be read.
func (l *Library) Draft(ctx context.Context, c CorpusID, id string) (Draft, error) {
	if err := c.checkWritable(); err != nil {
		return Draft{}, err
	}
	if err := ctx.Err(); err != nil {
		return Draft{}, err
	}
	d, err := l.draft(ctx, c, id)
	switch {
	case err == nil:
		return d, nil
	case errors.Is(err, fs.ErrNotExist):
		return Draft{}, fault.Wrap(fault.NotFound, fmt.Errorf("draft for %s: %w", c, err), "This preview has expired; add the document again.")
	}
	err = fmt.Errorf("draft %s for %s: %w", id, c, err)
	if errors.Is(err, errDamaged) {
		return Draft{}, fault.Wrap(fault.Storage, err, "What was kept for this preview is damaged; add the document again.")
	}
	return Draft{}, readFault(err)
}

// draft reads a draft. Its error is fs.ErrNotExist where there is none.
func (l *Library) draft(ctx context.Context, c CorpusID, id string) (Draft, error) {
	if !draftIDPattern.MatchString(id) {
		return Draft{}, fmt.Errorf("%q is no draft's id: %w", clip(id), fs.ErrNotExist)
	}
	d, err := l.readCopies(c, id)
	if !errors.Is(err, fs.ErrNotExist) {
		return d, err
	}
	if _, err := os.Stat(l.draftsDir(c)); err != nil {
		return Draft{}, err
	}
	// A draft that is kept again meanwhile moves to a newer folder, which a
	// listing may have passed by. Nobody keeps one under the lock; where somebody
	// sits on it, the second look is without.
	unlock, err := l.lock(ctx, c)
	switch {
	case err == nil:
		defer unlock()
	case fault.KindOf(err) != fault.Busy:
		return Draft{}, err
	}
	return l.readCopies(c, id)
}

// readCopies reads a draft from any copy of it that is whole, for all are of
// the same content. Its error is fs.ErrNotExist where none is there any more.
func (l *Library) readCopies(c CorpusID, id string) (Draft, error) {
	dir := l.draftsDir(c)
	copies, err := draftCopies(dir, id)
	if err != nil {
		return Draft{}, err
	}
	problem := fs.ErrNotExist
	for _, f := range copies {
		d, err := readDraft(filepath.Join(dir, f.name()), f)
		if err == nil {
			return d, nil
		}
		if errors.Is(problem, fs.ErrNotExist) {
			problem = err
		}
	}
	return Draft{}, problem
}

// DropDraft deletes a draft, damaged or not; one that is not there is no error.
// Its faults: Forbidden for the base corpus, Storage.
func (l *Library) DropDraft(ctx context.Context, c CorpusID, id string) error {
	if err := c.checkWritable(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if !draftIDPattern.MatchString(id) {
		return nil
	}
	dropped, err := l.dropDraft(c, id)
	if err != nil {
		return fmt.Errorf("drop draft %s for %s: %w", id, c, err)
	}
	if dropped {
		l.log.Info("draft dropped", slog.String("corpus", string(c)), slog.String("draft", id))
	}
	return nil
}

func (l *Library) dropDraft(c CorpusID, id string) (bool, error) {
	dir := l.draftsDir(c)
	copies, err := draftCopies(dir, id)
	if err != nil {
		return false, readFault(err)
	}
	if len(copies) == 0 {
		return false, nil
	}
	bin, err := l.bin()
	if err != nil {
		return false, writeFault(err)
	}
	defer bin.empty()
	for _, f := range copies {
		path := filepath.Join(dir, f.name())
		if err := l.move(path, bin.next(), dir); err != nil {
			if _, gone := os.Stat(path); errors.Is(err, fs.ErrNotExist) && errors.Is(gone, fs.ErrNotExist) {
				continue // another was faster
			}
			return false, writeFault(err)
		}
	}
	return true, nil
}
