package desk

import (
	"context"
	"slices"
	"strings"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
)

// Quoted is a passage that was quoted at some time, seen from now.
type Quoted struct {
	// Entry is the present version of its document.
	Entry library.Entry
	// Then is the passage as it was quoted; nil where that version is not kept.
	Then *Passage
	// Now is the passage in the present version: Then itself where that is the
	// present one; else the passage that Then has become, whatever its number;
	// nil where it was removed. Where Then is nil, it is the one that has the
	// number now, if there is one.
	Now *Passage
}

// Replaced reports whether the document has been replaced since.
func (q *Quoted) Replaced() bool { return q.Then == nil || q.Then.Entry.Hash != q.Entry.Hash }

// Quoted finds a passage that was quoted from a version of a document that a
// server sees. hash is the beginning of that version's Entry.Hash; empty for
// the present one. Its faults are NotFound where the document is not there any
// more, or has no such passage and never had, and Storage.
func (d *Desk) Quoted(ctx context.Context, who library.CorpusID, ref document.Ref, hash string) (*Quoted, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	entry, ok := s.entries[ref.Document]
	if !ok {
		return nil, s.noDocument(ref.Document)
	}
	q := &Quoted{Entry: entry}
	version := entry
	if !strings.HasPrefix(entry.Hash, hash) {
		if version, ok, err = d.versionOf(ctx, who, ref.Document, hash); err != nil {
			return nil, err
		}
	}
	if ok {
		q.Then, err = d.passageOf(ctx, version, ref.Pincite)
		if err != nil && (version.Hash == entry.Hash || ctx.Err() != nil) {
			return nil, err
		}
		if err != nil { // A damaged copy of an old version hinders nobody.
			d.cfg.Log.Warn("desk: quoted version not shown", "corpus", version.Corpus, "document", version.ID, "version", version.Version, "error", err)
		}
	}
	if !q.Replaced() {
		q.Now = q.Then
		return q, nil
	}
	at, ok := ref.Pincite, true
	if q.Then != nil {
		present, err := d.cfg.Library.Load(ctx, entry)
		if err != nil {
			return nil, err
		}
		at, ok = became(q.Then, present)
	}
	if !ok {
		return q, nil
	}
	q.Now, err = d.passageOf(ctx, entry, at)
	if fault.KindOf(err) == fault.NotFound && q.Then != nil {
		err = nil
	}
	return q, err
}

// versionOf finds the version of a document whose hash begins so: in the
// history of the server's own, or, where that stands in its place, of the base
// corpus.
func (d *Desk) versionOf(ctx context.Context, who library.CorpusID, id, hash string) (library.Entry, bool, error) {
	for _, corpus := range slices.Compact([]library.CorpusID{who, library.Base}) {
		entries, err := d.cfg.Library.History(ctx, corpus, id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return library.Entry{}, false, err
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Hash, hash) {
				return e, true, nil
			}
		}
	}
	return library.Entry{}, false, nil
}

// passageOf is a passage of a version of a document.
func (d *Desk) passageOf(ctx context.Context, e library.Entry, at document.Pincite) (*Passage, error) {
	doc, err := d.cfg.Library.Load(ctx, e)
	if err != nil {
		return nil, err
	}
	p, ok := doc.Passage(at)
	if !ok {
		return nil, noPassage(doc, at)
	}
	out := &Passage{Document: doc, Passage: p}
	return out, d.complete(ctx, e, out)
}

// noPassage says that a document has no such passage.
func noPassage(doc *document.Document, at document.Pincite) error {
	return fault.New(fault.NotFound, "%s has no %s: it has %d paragraphs and %d footnotes.",
		doc.ID, at, len(doc.Paragraphs()), len(doc.Footnotes()))
}

// became finds the passage that one has become in another version, as History
// tells it; ok is false where it was removed.
func became(p *Passage, present *document.Document) (at document.Pincite, ok bool) {
	before, after := p.Document.Paragraphs(), present.Paragraphs()
	if p.Passage.Kind == document.Footnote {
		before, after = p.Document.Footnotes(), present.Footnotes()
	}
	for _, pair := range pair(before, after) {
		if pair.before >= 0 && pair.after >= 0 && before[pair.before].Number == p.Passage.Number {
			return after[pair.after].Pincite(), true
		}
	}
	return document.Pincite{}, false
}
