package discord

import (
	"context"
	"strings"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// read shows a passage of a document, the first paragraph where none is named.
func (b *Bot) read(ctx context.Context, ev *event, id, passage string) (*message, error) {
	doc, _, err := b.cfg.Desk.Document(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	at := document.Pincite{Kind: document.Paragraph, Number: 1}
	if passage != "" {
		if at, err = readPincite(passage); err != nil {
			return nil, err
		}
	}
	return b.readAt(ctx, ev, document.Ref{Document: doc.ID, Pincite: at})
}

// readPincite reads a pincite as people type it; a number alone is a paragraph's.
func readPincite(s string) (document.Pincite, error) {
	at, err := document.ParsePincite(s)
	if err == nil {
		return at, nil
	}
	if at, err := document.ParsePincite("p" + strings.TrimSpace(s)); err == nil {
		return at, nil
	}
	return document.Pincite{}, fault.Wrap(fault.Invalid, err, "%q names no passage; write 8 or ¶ 8 for paragraph 8, n1 for footnote 1.", s)
}

// readAt shows a passage with its footnotes and buttons to its neighbours.
func (b *Bot) readAt(ctx context.Context, ev *event, ref document.Ref) (*message, error) {
	p, err := b.cfg.Desk.Passage(ctx, ev.who, ref.String())
	if err != nil {
		return nil, err
	}
	return passageMessage(p, ev.locale)
}
