package desk

import (
	"context"
	"crypto/sha256"

	"pincite/internal/answer"
	"pincite/internal/fault"
	"pincite/internal/lexicon"
	"pincite/internal/library"
)

// maxLexicons bounds the texts of the lexicons that are kept read, in bytes. In
// memory one takes some five times its text.
const maxLexicons = 10_000_000

// Lexicon is a corpus's own lexicon.
type Lexicon struct {
	// Text is as it was set.
	Text string
	// Entries is how many entries it has; 0 for one that this version of the
	// program does not understand.
	Entries int
}

// Lexicon gives the lexicon of a corpus, and nil where it has none.
func (d *Desk) Lexicon(ctx context.Context, who library.CorpusID) (*Lexicon, error) {
	text, err := d.cfg.Library.Lexicon(ctx, who)
	if err != nil || text == "" {
		return nil, err
	}
	l, err := lexicon.Parse("lexicon", text, d.cfg.Words)
	if err != nil {
		return &Lexicon{Text: text}, nil
	}
	return &Lexicon{Text: text, Entries: l.Len()}, nil
}

// SetLexicon makes a text the lexicon of a corpus, in the place of the one that
// it had, and gives the number of its entries. Questions are expanded with it
// beside the built-in one, in this corpus alone. When it returns, the text is
// kept for good and counts. name is what errors call the text. Beside the faults
// of [lexicon.Parse] and of the library there is Invalid for a text without an
// entry.
func (d *Desk) SetLexicon(ctx context.Context, who library.CorpusID, name, text string) (int, error) {
	l, err := lexicon.Parse(name, text, d.cfg.Words)
	if err != nil {
		return 0, err
	}
	if l.Len() == 0 {
		return 0, fault.New(fault.Invalid, "There is no entry in this lexicon; one looks like this: toll => harbour fee.")
	}
	if err := d.cfg.Library.SetLexicon(ctx, who, text); err != nil {
		return 0, err
	}
	return l.Len(), d.sync(ctx, d.shelf(who), true)
}

// ClearLexicon deletes the lexicon of a corpus. Beside the faults of the library
// there is NotFound where it has none.
func (d *Desk) ClearLexicon(ctx context.Context, who library.CorpusID) error {
	cleared, err := d.cfg.Library.ClearLexicon(ctx, who)
	if err != nil {
		return err
	}
	if !cleared {
		return noLexicon()
	}
	return d.sync(ctx, d.shelf(who), true)
}

func noLexicon() error {
	return fault.New(fault.NotFound, "There is no lexicon of your own here; the built-in one is always used.")
}

// answererOf is what answers in a corpus. A lexicon that cannot be read, or is
// not understood any more, is left out and said to the operator: it must not
// take the documents with it.
func (d *Desk) answererOf(ctx context.Context, who library.CorpusID) *answer.Answerer {
	text, err := d.cfg.Library.Lexicon(ctx, who)
	if err == nil && text == "" {
		return d.answerer
	}
	var own *answer.Answerer
	if err == nil {
		own, err = d.answerers.get(sha256.Sum256([]byte(text)), func() (*answer.Answerer, int, error) {
			l, err := lexicon.Parse("lexicon", text, d.cfg.Words)
			if err != nil {
				return nil, 0, err
			}
			return d.answerer.With(lexicon.Merge(l, lexicon.Builtin())), len(text), nil
		})
	}
	if err != nil {
		d.cfg.Log.Error("desk: lexicon left out", "corpus", who, "error", err)
		return d.answerer
	}
	return own
}
