package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// head is the current version of a document, by the name of its folder, which
// vouches for the entry.
type head struct {
	folder string
	entry  Entry
}

// listing is one look at a corpus.
type listing struct {
	entries  []Entry // sorted by id
	problems []Problem
}

func (s *listing) find(id string) (*Entry, bool) {
	i, ok := slices.BinarySearchFunc(s.entries, id, func(e Entry, id string) int { return cmp.Compare(e.ID, id) })
	if !ok {
		return nil, false
	}
	return &s.entries[i], true
}

// List gives the current versions of a corpus, sorted by id; none where nobody
// has added to it. The first call for the base corpus reads and parses its
// files; each later one of any corpus costs a look at its folders. What is
// damaged is left out and logged, see [Library.Problems].
func (l *Library) List(ctx context.Context, c CorpusID) ([]Entry, error) {
	s, err := l.look(ctx, c)
	if err != nil {
		return nil, err
	}
	return slices.Clone(s.entries), nil
}

// Problems lists the documents of a corpus that List leaves out, and why.
func (l *Library) Problems(ctx context.Context, c CorpusID) ([]Problem, error) {
	s, err := l.look(ctx, c)
	if err != nil {
		return nil, err
	}
	return slices.Clone(s.problems), nil
}

// Corpora lists the corpora that hold or held documents, Base first, the
// others sorted.
func (l *Library) Corpora(ctx context.Context) ([]CorpusID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	stored, err := l.stored()
	if err != nil {
		return nil, readFault(fmt.Errorf("list corpora: %w", err))
	}
	return append([]CorpusID{Base}, stored...), nil
}

// stored lists the corpora that have a folder.
func (l *Library) stored() ([]CorpusID, error) {
	dirs, err := os.ReadDir(l.corporaDir())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var found []CorpusID
	for _, d := range dirs {
		if c := CorpusID(d.Name()); d.IsDir() && c.checkWritable() == nil {
			found = append(found, c)
		}
	}
	return found, nil
}

// look lists a corpus and logs its problems, each once.
func (l *Library) look(ctx context.Context, c CorpusID) (*listing, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if c == Base {
		b, err := l.readBaseOnce(ctx)
		if err != nil {
			return nil, err
		}
		return &b.listing, nil
	}
	s, err := l.scan(ctx, c)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, readFault(fmt.Errorf("list %s: %w", c, err))
	}
	l.tell(c, s.problems)
	return s, nil
}

// scan reads the heads of a stored corpus.
func (l *Library) scan(ctx context.Context, c CorpusID) (*listing, error) {
	dirs, err := os.ReadDir(l.corpusDir(c))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	l.mu.Lock()
	known := l.heads[c]
	l.mu.Unlock()
	var s listing
	seen := make(map[string]head, len(dirs))
	for _, d := range dirs {
		id := d.Name()
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if strings.HasPrefix(id, ".") {
			continue // what file managers leave
		}
		if !d.IsDir() || !document.ValidID(id) {
			s.problems = append(s.problems, Problem{Corpus: c, Name: id, Err: errors.New("not a document's folder")})
			continue
		}
		h, ok, err := l.head(c, id, known[id])
		if err != nil {
			s.problems = append(s.problems, Problem{Corpus: c, Name: id, Err: err})
		}
		if ok {
			seen[id] = h
			s.entries = append(s.entries, h.entry)
		}
	}
	l.mu.Lock()
	l.heads[c] = seen
	l.mu.Unlock()
	return &s, nil
}

// head finds the current version of a document; not ok where there is none or
// it is damaged. known is what an earlier scan found.
func (l *Library) head(c CorpusID, id string, known head) (head, bool, error) {
	dir := l.documentDir(c, id)
	// The document may be removed and added again between two steps, hence
	// again; a third time in a row nobody manages.
	for range 3 {
		versions, err := folders(dir)
		if err != nil || len(versions) == 0 {
			return head{}, false, err
		}
		top := versions[len(versions)-1]
		path := filepath.Join(dir, top.name)
		if err := l.recheck(path, id, top, dir); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return head{}, false, fmt.Errorf("version %d: %w", top.version, err)
		}
		if known.folder == top.name {
			return known, true, nil
		}
		m, err := readManifest(dir, id, top)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return head{}, false, fmt.Errorf("version %d: %w", top.version, err)
		}
		return head{folder: top.name, entry: m.entry(c)}, true, nil
	}
	return head{}, false, nil
}

// recheck looks again at a version that was found damaged when it was loaded:
// somebody may have put a good copy in its place.
func (l *Library) recheck(path, id string, f folder, dir string) error {
	l.mu.Lock()
	suspect := l.damaged[path]
	l.mu.Unlock()
	if !suspect {
		return nil
	}
	m, err := readManifest(dir, id, f)
	if err != nil {
		return err
	}
	data, err := readSummed(path, documentFile, m.Document.SHA256)
	if err != nil {
		return err
	}
	if _, err := decodeDocument(data, id); err != nil {
		return err
	}
	l.mu.Lock()
	delete(l.damaged, path)
	l.mu.Unlock()
	return nil
}

// problemKey names a problem in Library.told.
type problemKey struct {
	corpus CorpusID
	name   string
}

// tell logs the problems that were not logged before, or are new again.
func (l *Library) tell(c CorpusID, problems []Problem) {
	now := make(map[problemKey]string, len(problems))
	for _, p := range problems {
		now[problemKey{c, p.Name}] = p.Err.Error()
	}
	l.mu.Lock()
	var fresh []Problem
	for _, p := range problems {
		if l.told[problemKey{c, p.Name}] != p.Err.Error() {
			fresh = append(fresh, p)
		}
	}
	for k := range l.told {
		if k.corpus == c {
			delete(l.told, k)
		}
	}
	for k, text := range now {
		l.told[k] = text
	}
	l.mu.Unlock()
	for _, p := range fresh {
		l.log.Error("document left out", slog.String("corpus", string(c)), slog.String("document", p.Name), slog.Any("err", p.Err))
	}
}

// History lists the readable versions of a document, newest first. The base
// corpus has one of each, of version 0.
func (l *Library) History(ctx context.Context, c CorpusID, id string) ([]Entry, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if c == Base {
		s, err := l.look(ctx, c)
		if err != nil {
			return nil, err
		}
		e, ok := s.find(id)
		if !ok {
			return nil, noDocument(c, id)
		}
		return []Entry{*e}, nil
	}
	if !document.ValidID(id) {
		return nil, noDocument(c, id)
	}
	entries, err := l.history(c, id)
	if err != nil {
		return nil, readFault(fmt.Errorf("history of %s in %s: %w", id, c, err))
	}
	if len(entries) == 0 {
		return nil, noDocument(c, id)
	}
	return entries, nil
}

// history lists the readable versions, newest first; the others are logged.
func (l *Library) history(c CorpusID, id string) ([]Entry, error) {
	dir := l.documentDir(c, id)
	versions, err := folders(dir)
	if err != nil {
		return nil, err
	}
	var entries []Entry
	for _, f := range slices.Backward(versions) {
		m, err := readManifest(dir, id, f)
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed meanwhile
		}
		if err != nil {
			l.log.Error("version left out", slog.String("corpus", string(c)), slog.String("document", id), slog.Int("version", f.version), slog.Any("err", err))
			continue
		}
		entries = append(entries, m.entry(c))
	}
	return entries, nil
}

func noDocument(c CorpusID, id string) error {
	return fault.Wrap(fault.NotFound, fmt.Errorf("corpus %s", c), "There is no document %q here.", clip(id))
}

// clip keeps a sentence short whatever the user typed.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "�")
	if r := []rune(s); len(r) > document.MaxID {
		return string(r[:document.MaxID]) + "…"
	}
	return s
}
