package desk

import (
	"context"
	"strings"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

// Added is what came of adding a document.
type Added struct {
	library.Outcome
	Reading *ingest.Reading
}

// Addition is a source to add, and under what id.
type Addition struct {
	Source ingest.Source
	// ID is the document's id; empty for the one made of its name or title.
	ID string
	// Title is the document's title; empty for the one that is read.
	Title string
	// By says who adds it, for the history.
	By string
}

// Preview reads a source as Add would, and adds nothing.
func (d *Desk) Preview(ctx context.Context, a Addition) (*ingest.Reading, error) {
	reading, err := ingest.Read(ctx, a.Source, d.cfg.Limits)
	if err != nil {
		return nil, err
	}
	if title := strings.Join(strings.Fields(a.Title), " "); title != "" {
		reading.Document.Title = title
		// A text without a name gets its id from its title.
		if id := document.Slug(title); a.Source.Name == "" && a.Source.URL == "" && id != "" {
			reading.Document.ID = id
		}
	}
	if a.ID != "" {
		if !document.ValidID(a.ID) {
			return nil, fault.New(fault.Invalid, "%q cannot be a document's id; use lower-case letters, figures and hyphens, at most %d.", a.ID, document.MaxID)
		}
		reading.Document.ID = a.ID
	}
	return reading, nil
}

// Add reads a source and adds it to a corpus of its own. When it returns, the
// document is kept for good and can be found. Beside the faults of reading and
// of the library there is TooLarge where the corpus's quota is used up.
func (d *Desk) Add(ctx context.Context, who library.CorpusID, a Addition) (*Added, error) {
	reading, err := d.Preview(ctx, a)
	if err != nil {
		return nil, err
	}
	return d.Keep(ctx, who, a, reading)
}

// Keep adds a source that was previewed, as Add does.
func (d *Desk) Keep(ctx context.Context, who library.CorpusID, a Addition, reading *ingest.Reading) (*Added, error) {
	outcome, err := d.store(ctx, who, library.Addition{
		Document: reading.Document, Original: a.Source.Bytes, Name: a.Source.Name, By: a.By,
	})
	if err != nil {
		return nil, err
	}
	return &Added{Outcome: outcome, Reading: reading}, nil
}

// store adds a document to a corpus and makes it findable.
func (d *Desk) store(ctx context.Context, who library.CorpusID, a library.Addition) (library.Outcome, error) {
	s := d.shelf(who)
	s.adding.Lock()
	defer s.adding.Unlock()
	if err := d.checkQuota(ctx, s, a); err != nil {
		return library.Outcome{}, err
	}
	outcome, err := d.cfg.Library.Add(ctx, who, a)
	if err != nil {
		return library.Outcome{}, err
	}
	if outcome.Change != library.Unchanged {
		if err := d.sync(ctx, s, true); err != nil {
			return library.Outcome{}, err
		}
	}
	return outcome, nil
}

// Remove takes a document out of a server's own corpus.
func (d *Desk) Remove(ctx context.Context, who library.CorpusID, id string) (library.Entry, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return library.Entry{}, err
	}
	entry, ok := s.entries[id]
	switch {
	case !ok:
		return library.Entry{}, s.noDocument(id)
	case entry.Corpus != who:
		return library.Entry{}, fault.New(fault.Forbidden, "%s belongs to the base corpus, which everyone shares; it cannot be removed here.", id)
	}
	if err := d.cfg.Library.Remove(ctx, who, id); err != nil {
		return library.Entry{}, err
	}
	return entry, d.sync(ctx, d.shelf(who), true)
}

// Purge forgets everything of a corpus: its documents, their history and the
// index.
func (d *Desk) Purge(ctx context.Context, who library.CorpusID) error {
	if err := d.cfg.Library.Purge(ctx, who); err != nil {
		return err
	}
	d.mu.Lock()
	delete(d.shelves, who)
	d.mu.Unlock()
	return d.cfg.Indexes.Purge(string(who))
}
