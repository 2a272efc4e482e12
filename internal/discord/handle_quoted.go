package discord

import (
	"context"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/fault"
)

// context shows a passage that was quoted, whole and with its evidence; where
// its document has been replaced since, as it was then, and what has become of
// it.
func (b *Bot) context(ctx context.Context, ev *event, a contextAction) (*message, error) {
	q, err := b.quoted(ctx, ev, a.Ref, a.Version)
	if err != nil {
		return nil, err
	}
	if q.Then == nil {
		return contextMessage(q.Now, false, ev.locale)
	}
	q.Then.Evidence = evidenceOf(a.Evidence)
	if q.Replaced() {
		return formerMessage(q, ev.locale)
	}
	return contextMessage(q.Then, true, ev.locale)
}

// quoted finds a passage that a message quotes, as it was and as it is.
func (b *Bot) quoted(ctx context.Context, ev *event, ref document.Ref, v version) (*desk.Quoted, error) {
	q, err := b.cfg.Desk.Quoted(ctx, ev.who, ref, string(v))
	if fault.KindOf(err) == fault.NotFound {
		if gone := b.removedSince(ctx, ev, ref.Document); gone != nil {
			return nil, gone
		}
		return nil, fault.Wrap(fault.NotFound, err, "%s has been replaced since that message, and the present version has no %s.", ref.Document, ref.Pincite)
	}
	if err != nil {
		return nil, fmt.Errorf("discord: quoted %s: %w", ref, err)
	}
	return q, nil
}

// removedSince says that a document is not there any more; nil where it is.
func (b *Bot) removedSince(ctx context.Context, ev *event, id string) error {
	if _, _, err := b.cfg.Desk.Document(ctx, ev.who, id); fault.KindOf(err) == fault.NotFound {
		return fault.Wrap(fault.NotFound, err, "The document %s has been removed since that message; nothing of it is here any more.", id)
	}
	return nil
}

// more shows further passages of the answer in a message, and says which of
// the documents that the message quotes have been replaced or removed since.
func (b *Bot) more(ctx context.Context, ev *event, q question, offset int, components []discordgo.MessageComponent) (*message, error) {
	if q.document != "" {
		if err := b.removedSince(ctx, ev, q.document); err != nil {
			return nil, err
		}
	}
	var seen []string
	for _, a := range quotedIn(components) {
		id := a.Ref.Document
		if slices.Contains(seen, id) {
			continue
		}
		seen = append(seen, id)
		_, entry, err := b.cfg.Desk.Document(ctx, ev.who, id)
		switch {
		case fault.KindOf(err) == fault.NotFound:
			q.outdated = append(q.outdated, id)
		case err == nil && a.Version != "" && versionOf(entry) != a.Version:
			q.outdated = append(q.outdated, entry.Title)
		}
	}
	return b.answer(ctx, ev, q, offset)
}

// quotedIn lists what a message quotes: its buttons say it, with the versions.
func quotedIn(components []discordgo.MessageComponent) []contextAction {
	var quoted []contextAction
	for _, c := range components {
		row, ok := c.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, c := range row.Components {
			button, ok := c.(*discordgo.Button)
			if !ok {
				continue
			}
			if act, err := parseAction(button.CustomID); err == nil {
				if a, ok := act.(contextAction); ok {
					quoted = append(quoted, a)
				}
			}
		}
	}
	return quoted
}
