package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"pincite/internal/cite"
	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
)

// List lists the documents that a server sees, by id.
func (d *Desk) List(ctx context.Context, who library.CorpusID) ([]library.Entry, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	entries := make([]library.Entry, 0, len(s.entries))
	for _, e := range s.entries {
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b library.Entry) int { return cmp.Compare(a.ID, b.ID) })
	return entries, nil
}

// Document finds a document that a server sees, by its id.
func (d *Desk) Document(ctx context.Context, who library.CorpusID, id string) (*document.Document, library.Entry, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, library.Entry{}, err
	}
	entry, ok := s.entries[strings.ToLower(strings.TrimSpace(id))]
	if !ok {
		return nil, library.Entry{}, s.noDocument(id)
	}
	doc, err := d.cfg.Library.Load(ctx, entry)
	return doc, entry, err
}

// Passage finds a passage that a server sees, by its id in any spelling that
// document.ParseRef knows.
func (d *Desk) Passage(ctx context.Context, who library.CorpusID, id string) (*Passage, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	ref, err := document.ParseRef(id)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%q names no passage; write DOCUMENT/p8 for paragraph 8, DOCUMENT/n1 for footnote 1.", id)
	}
	entry, ok := s.entries[ref.Document]
	if !ok {
		return nil, s.noDocument(ref.Document)
	}
	doc, err := d.cfg.Library.Load(ctx, entry)
	if err != nil {
		return nil, err
	}
	p, ok := doc.Passage(ref.Pincite)
	if !ok {
		return nil, noPassage(doc, ref.Pincite)
	}
	out := &Passage{Document: doc, Passage: p}
	if err := d.handOut(ctx, s, out); err != nil {
		return nil, err
	}
	return out, nil
}

// Cite is the citation of a passage in a style.
func (d *Desk) Cite(ctx context.Context, who library.CorpusID, id string, style cite.Style) (*Passage, cite.Citation, error) {
	p, err := d.Passage(ctx, who, id)
	if err != nil {
		return nil, cite.Citation{}, err
	}
	c, err := cite.Passage(p.Document, p.Passage.Pincite(), style, cite.Version{Added: p.Entry.AddedAt})
	return p, c, err
}

// noDocument says that there is no such document, and names one that may be
// meant.
func (s *sight) noDocument(id string) error {
	var near []string
	for known := range s.entries {
		if id != "" && (strings.Contains(known, document.Slug(id)) || strings.HasPrefix(id, known)) {
			near = append(near, known)
		}
	}
	if len(near) > 0 {
		return fault.New(fault.NotFound, "There is no document %q here. Is it %s?", id, slices.Min(near))
	}
	return fault.New(fault.NotFound, "There is no document %q here; the list of documents shows their ids.", id)
}
