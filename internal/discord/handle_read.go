package discord

import (
	"context"
	"fmt"
	"strings"

	"pincite/internal/desk"
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

// context shows a passage that was quoted, whole and with its evidence, if its
// document is still the one that was quoted from.
func (b *Bot) context(ctx context.Context, ev *event, a contextAction) (*message, error) {
	p, same, err := b.quoted(ctx, ev, a.Ref, a.Version)
	if err != nil {
		return nil, err
	}
	if same {
		p.Evidence = evidenceOf(a.Evidence)
	}
	return contextMessage(p, same, ev.locale)
}

// quoted finds a passage that a message quotes. same is false where its
// document has been replaced since.
func (b *Bot) quoted(ctx context.Context, ev *event, ref document.Ref, v version) (p *desk.Passage, same bool, err error) {
	p, err = b.cfg.Desk.Passage(ctx, ev.who, ref.String())
	if fault.KindOf(err) == fault.NotFound {
		return nil, false, fault.Wrap(fault.NotFound, err, "%s of %s is not here any more: the document was removed or replaced since.", ref.Pincite, ref.Document)
	}
	if err != nil {
		return nil, false, fmt.Errorf("discord: quoted %s: %w", ref, err)
	}
	return p, v == "" || v == versionOf(p.Entry), nil
}
