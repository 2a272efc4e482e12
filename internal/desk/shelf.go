package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"pincite/internal/answer"
	"pincite/internal/document"
	"pincite/internal/index"
	"pincite/internal/library"
)

// maxShelves is how many corpora are kept open. An index in a folder takes two
// file descriptors and its share of memory; one that was dropped is opened
// again in milliseconds.
const maxShelves = 200

// shelf is one corpus with its index.
type shelf struct {
	id     library.CorpusID
	corpus *index.Corpus

	adding sync.Mutex           // held while a document is added; guards kept
	kept   map[string]keptBytes // by document id

	syncing sync.Mutex // held while the index is brought into step
	mu      sync.Mutex // guards what follows
	entries []library.Entry
	changes int // how often these were set; 0 means never
	// answerer expands questions with the corpus's own lexicon too.
	answerer *answer.Answerer
	used     time.Time
	seen     *sight
}

// sight is what one server sees at one moment.
type sight struct {
	view     *index.View
	entries  map[string]library.Entry // by document id
	answerer *answer.Answerer
	base     int // the changes of the base corpus and
	own      int // of the own one that it was made of
}

// shelf finds or makes the shelf of a corpus, and drops the one that was not
// used for longest where there are too many.
func (d *Desk) shelf(id library.CorpusID) *shelf {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.shelves[id]
	if !ok {
		s = &shelf{id: id, corpus: d.cfg.Indexes.Corpus(string(id))}
		d.shelves[id] = s
	}
	s.mu.Lock()
	s.used = d.cfg.Clock()
	s.mu.Unlock()
	if len(d.shelves) > maxShelves {
		d.dropOldest()
	}
	return s
}

// dropOldest drops the shelf that was not used for longest; the base corpus is
// always in use. d.mu is held.
func (d *Desk) dropOldest() {
	var oldest *shelf
	for _, s := range d.shelves {
		if s.id != library.Base && (oldest == nil || s.lastUse().Before(oldest.lastUse())) {
			oldest = s
		}
	}
	if oldest != nil {
		delete(d.shelves, oldest.id)
	}
}

func (s *shelf) lastUse() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.used
}

// open returns the shelf's entries, reading the library the first time.
func (d *Desk) open(ctx context.Context, s *shelf) ([]library.Entry, int, error) {
	s.mu.Lock()
	entries, changes := s.entries, s.changes
	s.mu.Unlock()
	if changes > 0 {
		return entries, changes, nil
	}
	if err := d.sync(ctx, s, false); err != nil {
		return nil, 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.entries, s.changes, nil
}

// sync brings a shelf into step with the library. Unless again is set, one
// that another caller has opened in the meantime is left as it is.
func (d *Desk) sync(ctx context.Context, s *shelf, again bool) error {
	s.syncing.Lock()
	defer s.syncing.Unlock()
	s.mu.Lock()
	changes := s.changes
	s.mu.Unlock()
	if changes > 0 && !again {
		return nil
	}
	entries, err := d.cfg.Library.List(ctx, s.id)
	if err != nil {
		return err
	}
	entries, err = d.index(ctx, s, entries)
	if err != nil {
		return fmt.Errorf("desk: open %s: %w", s.id, err)
	}
	answerer := d.answererOf(ctx, s.id)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries, s.answerer = entries, answerer
	s.changes++
	return nil
}

// index makes the entries searchable and returns those that are. A document
// that cannot be loaded is left out and said to the operator: it must not take
// the others with it.
func (d *Desk) index(ctx context.Context, s *shelf, entries []library.Entry) ([]library.Entry, error) {
	for {
		indexed := make([]index.Entry, len(entries))
		for i, e := range entries {
			indexed[i] = index.Entry{
				ID:       e.ID,
				Hash:     e.Hash,
				Passages: e.Paragraphs + e.Footnotes,
				Load: func(ctx context.Context) (*document.Document, error) {
					return d.cfg.Library.Load(ctx, e)
				},
			}
		}
		err := s.corpus.Sync(ctx, indexed, d.cfg.Progress)
		bad, ok := errors.AsType[*index.LoadError](err)
		if !ok || ctx.Err() != nil {
			return entries, err
		}
		d.cfg.Log.Error("desk: document left out", "corpus", s.id, "document", bad.ID, "error", bad.Err)
		entries = slices.DeleteFunc(slices.Clone(entries), func(e library.Entry) bool { return e.ID == bad.ID })
	}
}

// see is what a server sees now.
func (d *Desk) see(ctx context.Context, id library.CorpusID) (*sight, error) {
	base, own := d.shelf(library.Base), d.shelf(id)
	baseEntries, baseChanges, err := d.open(ctx, base)
	if err != nil {
		return nil, err
	}
	ownEntries, ownChanges, err := d.open(ctx, own)
	if err != nil {
		return nil, err
	}
	own.mu.Lock()
	seen, answerer := own.seen, own.answerer
	own.mu.Unlock()
	if seen != nil && seen.base == baseChanges && seen.own == ownChanges {
		return seen, nil
	}
	seen = &sight{entries: make(map[string]library.Entry), answerer: answerer, base: baseChanges, own: ownChanges}
	corpora := []*index.Corpus{base.corpus}
	for _, e := range baseEntries {
		seen.entries[e.ID] = e
	}
	if own != base {
		corpora = append(corpora, own.corpus)
		for _, e := range ownEntries {
			seen.entries[e.ID] = e
		}
	}
	if seen.view, err = index.NewView(corpora...); err != nil {
		return nil, err
	}
	own.mu.Lock()
	own.seen = seen
	own.mu.Unlock()
	return seen, nil
}

// Follow keeps the open corpora in step with what other processes add and
// remove, until ctx ends.
func (d *Desk) Follow(ctx context.Context) error {
	changed, err := d.cfg.Library.Watch(ctx)
	if err != nil {
		return err
	}
	for id := range changed {
		d.mu.Lock()
		s, open := d.shelves[id]
		d.mu.Unlock()
		if !open {
			continue
		}
		if err := d.sync(ctx, s, true); err != nil && ctx.Err() == nil {
			d.cfg.Log.Error("desk: corpus not brought up to date", "corpus", id, "error", err)
		}
	}
	return ctx.Err()
}
