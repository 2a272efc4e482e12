package discord

import (
	"context"
	"strings"
)

// corpusHistory shows a page of a document's history. Like all of /corpus it
// is for those who may manage the server, as it says who added what; what
// members quoted from an earlier version is shown to them by the buttons of
// that answer.
func (b *Bot) corpusHistory(ctx context.Context, ev *event, id string, page int) (*message, error) {
	id = strings.ToLower(strings.TrimSpace(id))
	versions, err := b.cfg.Desk.History(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	return historyMessage(versions, page, ev.locale)
}

// corpusAskUndo asks before a document becomes what it was, and shows what
// that changes.
func (b *Bot) corpusAskUndo(ctx context.Context, ev *event, id string) (*message, error) {
	r, err := b.cfg.Desk.Reversal(ctx, ev.who, strings.ToLower(strings.TrimSpace(id)))
	if err != nil {
		return nil, err
	}
	return undoMessage(r, ev.locale)
}

// undoDocument makes a document what it was, unless it has been replaced since
// that was asked.
func (b *Bot) undoDocument(ctx context.Context, ev *event, a undoAction) (*message, error) {
	if err := b.stillOf(ctx, ev, a.Document, a.Version); err != nil {
		return nil, err
	}
	r, err := b.cfg.Desk.Reversal(ctx, ev.who, a.Document)
	if err != nil {
		return nil, err
	}
	outcome, err := b.cfg.Desk.Undo(ctx, ev.who, a.Document, ev.member)
	if err != nil {
		return nil, err
	}
	return undoneMessage(r.Earlier, outcome.Entry, ev.locale)
}
