package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"pincite/internal/fault"
)

// lexiconFolder is the folder of a corpus that holds its lexicon. No document
// has an id that begins so.
const lexiconFolder = ".lexicon"

// lexiconName matches the name of a lexicon's file.
var lexiconName = regexp.MustCompile(`^([0-9]{6,9})-([0-9a-f]{12})\.txt$`)

// lexiconFile is a lexicon's file by its name: the highest number is the
// current one, and the check vouches for what is in it.
type lexiconFile struct {
	number int
	check  string
}

func (f lexiconFile) name() string { return fmt.Sprintf("%06d-%s.txt", f.number, f.check) }

func (l *Library) lexiconDir(c CorpusID) string { return filepath.Join(l.corpusDir(c), lexiconFolder) }

// Lexicon gives the text of a corpus's own lexicon, as SetLexicon took it; ""
// where it has none, as the base corpus always. Its fault is Storage, for one
// that is damaged too: what stands in its place is never passed off as it.
func (l *Library) Lexicon(ctx context.Context, c CorpusID) (string, error) {
	if err := c.check(); err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if c == Base {
		return "", nil
	}
	text, err := l.readLexicon(ctx, c)
	if err == nil {
		return text, nil
	}
	err = fmt.Errorf("lexicon of %s: %w", c, err)
	switch {
	case fault.KindOf(err) == fault.Busy:
		return "", err
	case errors.Is(err, errDamaged):
		return "", fault.Wrap(fault.Storage, err, "The stored lexicon is damaged; set it again.")
	}
	return "", readFault(err)
}

// readLexicon reads the current file. One that is replaced meanwhile goes after
// its successor has come, hence again; the third look is under the lock, where
// nobody replaces it.
func (l *Library) readLexicon(ctx context.Context, c CorpusID) (string, error) {
	for range 2 {
		text, err := readLexicon(l.lexiconDir(c))
		if !errors.Is(err, fs.ErrNotExist) {
			return text, err
		}
	}
	unlock, err := l.lock(ctx, c)
	if err != nil {
		return "", err
	}
	defer unlock()
	return readLexicon(l.lexiconDir(c))
}

// readLexicon reads the current file of a folder; "" where there is none. Its
// error is fs.ErrNotExist where the file has just gone.
func readLexicon(dir string) (string, error) {
	files, err := lexiconFiles(dir)
	if err != nil || len(files) == 0 {
		return "", err
	}
	f := files[len(files)-1]
	data, err := os.ReadFile(filepath.Join(dir, f.name()))
	switch {
	case err != nil:
		return "", err
	case hashOf(data)[:checkDigits] != f.check:
		return "", damaged("%s is not what its name says", f.name())
	}
	return string(data), nil
}

// lexiconFiles lists the files in a corpus's folder for its lexicon, the
// current one last; none where there is no such folder.
func lexiconFiles(dir string) ([]lexiconFile, error) {
	names, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []lexiconFile
	for _, n := range names {
		m := lexiconName.FindStringSubmatch(n.Name())
		if m == nil {
			continue
		}
		number, err := strconv.Atoi(m[1])
		if err != nil {
			return nil, err // nine digits are a number
		}
		found = append(found, lexiconFile{number: number, check: m[2]})
	}
	slices.SortStableFunc(found, func(a, b lexiconFile) int { return a.number - b.number })
	return found, nil
}

// SetLexicon makes a text the lexicon of a corpus, in the place of one that is
// there. When it returns without an error the text is on the disk; otherwise
// nothing was changed. What the text says is the caller's business. Its faults:
// Forbidden for the base corpus, Invalid for an empty text, Busy where other
// changes to the corpus take too long, Storage where the disk is full,
// read-only or broken.
func (l *Library) SetLexicon(ctx context.Context, c CorpusID, text string) error {
	if err := c.checkWritable(); err != nil {
		return err
	}
	if text == "" {
		return fault.New(fault.Invalid, "The lexicon is empty.")
	}
	if err := l.setLexicon(ctx, c, text); err != nil {
		return fmt.Errorf("set lexicon of %s: %w", c, err)
	}
	l.log.Info("lexicon set", slog.String("corpus", string(c)), slog.Int("bytes", len(text)))
	return nil
}

func (l *Library) setLexicon(ctx context.Context, c CorpusID, text string) error {
	staged, err := l.stage()
	if err != nil {
		return writeFault(err)
	}
	defer l.discard(staged)
	path := filepath.Join(staged, "lexicon")
	if err := l.disk.Write(path, []byte(text)); err != nil {
		return writeFault(err)
	}
	unlock, err := l.lock(ctx, c)
	if err != nil {
		return err
	}
	defer unlock()
	dir := l.lexiconDir(c)
	earlier, err := lexiconFiles(dir)
	if err != nil {
		return readFault(err)
	}
	f := lexiconFile{number: 1, check: hashOf([]byte(text))[:checkDigits]}
	if n := len(earlier); n > 0 {
		f.number = earlier[n-1].number + 1
	}
	if err := ctx.Err(); err != nil { // the last moment to turn back
		return givenUp(err)
	}
	if err := l.makeDir(dir); err != nil {
		return writeFault(err)
	}
	if err := l.move(path, filepath.Join(dir, f.name()), dir, l.corpusDir(c), l.corporaDir(), l.root); err != nil {
		return writeFault(err)
	}
	// The new one counts from here on. One that stays behind it does no harm
	// and goes with the next.
	for _, old := range earlier {
		if err := l.disk.RemoveAll(filepath.Join(dir, old.name())); err != nil {
			l.log.Warn("earlier lexicon not deleted", slog.String("corpus", string(c)), slog.Any("err", err))
		}
	}
	// A watcher of the corpus's folder sees this; the rename it may not see.
	if err := l.disk.Touch(dir, time.Now()); err != nil {
		l.log.Warn("change not announced", slog.String("corpus", string(c)), slog.Any("err", err))
	}
	return nil
}

// ClearLexicon deletes the lexicon of a corpus, also a damaged one, and reports
// whether there was one. Its faults are those of SetLexicon but for Invalid.
func (l *Library) ClearLexicon(ctx context.Context, c CorpusID) (bool, error) {
	if err := c.checkWritable(); err != nil {
		return false, err
	}
	dir := l.lexiconDir(c)
	cleared, err := l.removeDirs(ctx, c, func() ([]string, error) {
		files, err := lexiconFiles(dir)
		if len(files) == 0 {
			return nil, err
		}
		return []string{dir}, err
	})
	if err != nil {
		return false, fmt.Errorf("clear lexicon of %s: %w", c, err)
	}
	if cleared {
		l.log.Info("lexicon cleared", slog.String("corpus", string(c)))
	}
	return cleared, nil
}
