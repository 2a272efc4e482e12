package desk

import (
	"context"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
)

// Version is one version of a document in its history.
type Version struct {
	Entry library.Entry
	// Changes are what this version did to the one before it in the history,
	// paragraphs first and then footnotes, each in reading order; none of the
	// first version.
	Changes []Change
	// Unknown says that the two could not be compared, because the stored copy
	// of one is damaged.
	Unknown bool
}

// ChangeKind says what happened to a passage.
type ChangeKind string

// The kinds.
const (
	PassageAdded   ChangeKind = "added"
	PassageRemoved ChangeKind = "removed"
	// PassageAltered: the same passage, as far as most of its words say so,
	// with another text. A new number alone is no change.
	PassageAltered ChangeKind = "altered"
)

// Change is what a version did to one passage.
type Change struct {
	Kind ChangeKind
	// Before and After name the passage and hold its text in the version
	// before and in this one; zero where it is not in that version.
	Before, After Side
}

// Side is a passage in one of two versions.
type Side struct {
	Pincite document.Pincite
	Text    string
}

// History lists the readable versions of a document that a server sees, newest
// first, and what each changed. A document of the base corpus has one. Its
// faults are NotFound, and Storage where the data folder cannot be read.
func (d *Desk) History(ctx context.Context, who library.CorpusID, id string) ([]Version, error) {
	entries, err := d.history(ctx, who, id)
	if err != nil {
		return nil, err
	}
	versions := make([]Version, len(entries))
	var newer *document.Document // nil where it is damaged
	for i, e := range entries {
		versions[i].Entry = e
		doc, err := d.cfg.Library.Load(ctx, e)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			d.cfg.Log.Warn("desk: version not compared", "corpus", e.Corpus, "document", e.ID, "version", e.Version, "error", err)
			doc = nil
		}
		versions[i].Unknown = doc == nil && i < len(entries)-1
		if i > 0 {
			switch v := &versions[i-1]; {
			case doc == nil || newer == nil:
				v.Unknown = true
			default:
				v.Changes = changes(doc, newer)
			}
		}
		newer = doc
	}
	return versions, nil
}

// history lists the versions of a document that a server sees, newest first.
func (d *Desk) history(ctx context.Context, who library.CorpusID, id string) ([]library.Entry, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	entry, ok := s.entries[id]
	if !ok {
		return nil, s.noDocument(id)
	}
	return d.cfg.Library.History(ctx, entry.Corpus, id)
}

// Compare says what a document would change in the present version of one that
// a server added, and which version that is. Its faults are NotFound where
// there is no such document, and Forbidden where it is of the base corpus.
func (d *Desk) Compare(ctx context.Context, who library.CorpusID, id string, next *document.Document) (library.Entry, []Change, error) {
	doc, entry, err := d.Document(ctx, who, id)
	if err != nil {
		return library.Entry{}, nil, err
	}
	if err := mayChange(who, entry); err != nil {
		return library.Entry{}, nil, err
	}
	return entry, changes(doc, next), nil
}

// mayChange refuses to change a document of the base corpus.
func mayChange(who library.CorpusID, e library.Entry) error {
	if e.Corpus != who || who == library.Base {
		return fault.New(fault.Forbidden, "%s belongs to the base corpus, which everyone shares; it cannot be changed here.", e.ID)
	}
	return nil
}

// Reversal is what Undo does to a document.
type Reversal struct {
	Current library.Entry // the present version
	Earlier library.Entry // the one that becomes current again
	Changes []Change      // from Current to Earlier
}

// Reversal says what Undo would do, and does nothing. Its faults are those of
// Undo, Storage among them where one of the two versions is damaged.
func (d *Desk) Reversal(ctx context.Context, who library.CorpusID, id string) (*Reversal, error) {
	current, earlier, err := d.before(ctx, who, id)
	if err != nil {
		return nil, err
	}
	now, err := d.cfg.Library.Load(ctx, current)
	if err != nil {
		return nil, err
	}
	then, err := d.cfg.Library.Load(ctx, earlier)
	if err != nil {
		return nil, err
	}
	return &Reversal{Current: current, Earlier: earlier, Changes: changes(now, then)}, nil
}

// Undo makes the version before the current one current again, by adding it as
// a new version, so that undoing twice does the last step again. Its faults
// are those of Add; NotFound where there is no such document, Forbidden where
// it is of the base corpus, Invalid where there is no version before.
func (d *Desk) Undo(ctx context.Context, who library.CorpusID, id, by string) (library.Outcome, error) {
	_, earlier, err := d.before(ctx, who, id)
	if err != nil {
		return library.Outcome{}, err
	}
	return d.restore(ctx, who, earlier, by)
}

// before finds the current version of a document and the one before it.
func (d *Desk) before(ctx context.Context, who library.CorpusID, id string) (current, earlier library.Entry, err error) {
	entries, err := d.history(ctx, who, id)
	if err != nil {
		return current, earlier, err
	}
	current = entries[0]
	if err := mayChange(who, current); err != nil {
		return current, earlier, err
	}
	for _, e := range entries[1:] {
		// Between two versions that are the same lies one that is damaged.
		if e.Hash != current.Hash || e.SourceHash != current.SourceHash {
			return current, e, nil
		}
	}
	return current, earlier, fault.New(fault.Invalid, "There is nothing to undo: %s has no earlier version.", id)
}

// restore adds an earlier version as the newest.
func (d *Desk) restore(ctx context.Context, who library.CorpusID, e library.Entry, by string) (library.Outcome, error) {
	doc, err := d.cfg.Library.Load(ctx, e)
	if err != nil {
		return library.Outcome{}, err
	}
	original, err := d.cfg.Library.Original(ctx, e)
	if err != nil {
		return library.Outcome{}, err
	}
	outcome, err := d.store(ctx, who, library.Addition{Document: doc, Original: original, Name: e.Name, By: by})
	if err == nil && outcome.Change == library.Unchanged {
		// Its bytes are current elsewhere, where they count as the same.
		return library.Outcome{}, fault.New(fault.Invalid, "%s cannot be made what it was: that text is here as %s now.", e.ID, outcome.Entry.ID)
	}
	return outcome, err
}
