// Package desk is the reference desk: whoever asks, from Discord or from the
// command line, asks here, for one server. It finds, quotes, verifies, cites
// and reads out of the library, adds to it and removes from it, and keeps the
// index in step with it.
//
// A caller says for whom it asks by a [library.CorpusID]: a server's, the
// command line's, or library.Base for someone with no documents of their own,
// as in a direct message. What is seen is the base corpus and that one.
package desk

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
	"unicode/utf8"
	"weak"

	"pincite/internal/answer"
	"pincite/internal/authority"
	"pincite/internal/cite"
	"pincite/internal/document"
	"pincite/internal/index"
	"pincite/internal/ingest"
	"pincite/internal/lexicon"
	"pincite/internal/library"
	"pincite/internal/quote"
	"pincite/internal/words"
)

// Config is what a desk works with.
type Config struct {
	Library *library.Library
	Indexes *index.Store
	Words   *words.Analyzer // that of Indexes
	Limits  ingest.Limits
	// Quota bounds each corpus; a zero field stands for its default.
	Quota Quota
	Log   *slog.Logger
	// Progress is told how far an index is built; nil is allowed. It is called
	// from one goroutine at a time for each corpus.
	Progress index.Progress
	// Clock gives the time of use; nil: time.Now.
	Clock func() time.Time
}

// Desk answers for all servers. It is safe for concurrent use.
type Desk struct {
	cfg      Config
	answerer *answer.Answerer // with the built-in lexicon alone
	checker  *quote.Checker
	// answerers are those with a corpus's own lexicon, by the hash of its text.
	answerers *cache[[sha256.Size]byte, *answer.Answerer]
	// What documents name, by version, and the tables of that by sight.
	found  *cache[versionKey, [][]authority.Found]
	tables *cache[weak.Pointer[sight], *Authorities]

	mu      sync.Mutex // guards shelves; never held during work
	shelves map[library.CorpusID]*shelf
}

// New opens a desk.
func New(cfg Config) *Desk {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	return &Desk{
		cfg: cfg, answerer: answer.New(cfg.Words, lexicon.Builtin()), checker: quote.New(cfg.Words),
		answerers: newCache[[sha256.Size]byte, *answer.Answerer](maxLexicons),
		shelves:   make(map[library.CorpusID]*shelf),
		found:     newCache[versionKey, [][]authority.Found](maxFound),
		tables:    newCache[weak.Pointer[sight], *Authorities](maxTabled),
	}
}

// Passage is a passage as the desk hands it out: with what is needed to show
// and to cite it.
type Passage struct {
	Document *document.Document
	Passage  *document.Passage
	// Entry is the version of the document that the passage was cut from.
	Entry library.Entry
	// Evidence are the ranges of the text that answer or match, in order.
	Evidence []words.Span
	// Notes are the footnotes that the passage calls.
	Notes []*document.Passage
	// Citation is the plain citation.
	Citation cite.Citation
	// URL opens the source at the evidence; empty where there is no source.
	URL   string
	Score float64
	// named finds what the passages of the document name; see NamedBy. It is
	// nil for a passage that no desk handed out.
	named func() [][]authority.Found
}

// Ref is the passage's id.
func (p *Passage) Ref() document.Ref { return p.Document.Ref(p.Passage) }

// errNotVerbatim is returned rather than a quotation that the library does not
// hold word for word.
var errNotVerbatim = errors.New("desk: the quotation is not that of the library")

// handOut completes a passage. Before anything is quoted, text and evidence
// are compared with what the library holds of that very version.
func (d *Desk) handOut(ctx context.Context, s *sight, p *Passage) error {
	entry, ok := s.entries[p.Document.ID]
	if !ok {
		return fmt.Errorf("desk: %s is not of this corpus", p.Document.ID)
	}
	return d.complete(ctx, entry, p)
}

// complete is handOut for a passage of any version of a document.
func (d *Desk) complete(ctx context.Context, entry library.Entry, p *Passage) error {
	p.Entry = entry
	kept, err := d.cfg.Library.Load(ctx, entry)
	if err != nil {
		return err
	}
	same, ok := kept.Passage(p.Passage.Pincite())
	if !ok || same.Text != p.Passage.Text {
		return fmt.Errorf("%w: %s", errNotVerbatim, p.Ref())
	}
	for _, e := range p.Evidence {
		if e.Start < 0 || e.End > len(same.Text) || e.Start > e.End || !utf8.ValidString(same.Text[e.Start:e.End]) {
			return fmt.Errorf("%w: %s, bytes %d–%d", errNotVerbatim, p.Ref(), e.Start, e.End)
		}
	}
	p.Notes = p.Document.NotesOf(p.Passage)
	p.Citation, err = cite.Passage(p.Document, p.Passage.Pincite(), cite.Plain, cite.Version{Added: entry.AddedAt})
	if err != nil {
		return fmt.Errorf("desk: cite %s: %w", p.Ref(), err)
	}
	var span cite.Span
	if len(p.Evidence) > 0 {
		span = cite.Span{Start: p.Evidence[0].Start, End: p.Evidence[len(p.Evidence)-1].End}
	}
	p.URL = cite.Link(p.Document, p.Passage.Pincite(), span)
	p.named = func() [][]authority.Found {
		// The document is at hand already; where its copy in the library has
		// gone meanwhile, what was shown of it still names the same.
		_, named, err := d.named(context.WithoutCancel(ctx), entry)
		if err != nil {
			return index.Named(p.Document)
		}
		return named
	}
	return nil
}
