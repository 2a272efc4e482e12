package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/library"
)

// corpusReplace previews what a file or a page would change in a document, or
// opens a form to paste its new text into.
func (b *Bot) corpusReplace(i *discordgo.Interaction, o options, h handling) handling {
	id, title, address := o.text(optDocument), o.text(optTitle), o.text(optURL)
	file, attached := o.values[optFile]
	switch {
	case attached && address != "":
		return refused(h.name, oneSource())
	case !attached && address == "":
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			entry, err := b.ownDocument(ctx, ev, id)
			if err != nil {
				return nil, err
			}
			if title == "" {
				title = entry.Title
			}
			form, heading, rows := repasteForm(entry.ID, title, ev.locale)
			return nil, ev.modal(ctx, form, heading, rows)
		}
		return h
	}
	fetch := func(ctx context.Context, ev *event) (library.Draft, error) {
		return b.fetchPage(ctx, ev, address, title)
	}
	if attached {
		attachment, _ := file.Value.(string)
		fetch = func(ctx context.Context, ev *event) (library.Draft, error) {
			a, err := attachedTo(i, attachment)
			if err != nil {
				return library.Draft{}, err
			}
			return b.fetchFile(ctx, ev, a, title)
		}
	}
	h.lane = slow
	h.run = func(ctx context.Context, ev *event) (*message, error) {
		if _, err := b.ownDocument(ctx, ev, id); err != nil {
			return nil, err // before anything is fetched
		}
		draft, err := fetch(ctx, ev)
		if err != nil {
			return nil, err
		}
		return b.previewReplacement(ctx, ev, id, draft)
	}
	return h
}

// ownDocument finds a document that the server added itself.
func (b *Bot) ownDocument(ctx context.Context, ev *event, id string) (library.Entry, error) {
	_, entry, err := b.cfg.Desk.Document(ctx, ev.who, id)
	if err == nil && entry.Corpus != ev.who {
		err = fault.New(fault.Forbidden, "%s belongs to the base corpus, which every server has; it cannot be changed here.", entry.ID)
	}
	return entry, err
}

// asReplacement is what adding a draft means that replaces a document.
func asReplacement(d library.Draft, id string) desk.Addition {
	a := additionOf(d)
	a.ID = id
	return a
}

// previewReplacement shows what a draft would change in a document, and keeps
// it, which counts for nothing until somebody presses Replace.
func (b *Bot) previewReplacement(ctx context.Context, ev *event, id string, draft library.Draft) (*message, error) {
	entry, err := b.ownDocument(ctx, ev, id)
	if err != nil {
		return nil, err
	}
	ev.progress(ev.locale.words().Reading)
	reading, err := b.cfg.Desk.Preview(ctx, asReplacement(draft, entry.ID))
	if err != nil {
		return nil, err
	}
	entry, changes, err := b.cfg.Desk.Compare(ctx, ev.who, entry.ID, reading.Document)
	if err != nil {
		return nil, err
	}
	kept, err := b.cfg.Library.KeepDraft(ctx, ev.who, draft)
	if err != nil {
		return nil, err
	}
	return replacementMessage(reading, entry, changes, kept, ev.locale)
}

// repasted previews what was pasted as a document's new text.
func (b *Bot) repasted(ctx context.Context, ev *event, id, title, text string) (*message, error) {
	return b.previewReplacement(ctx, ev, id, library.Draft{By: ev.member, Title: title, Original: []byte(text)})
}

// replaceDocument replaces a document by a draft, unless it has been replaced
// since the preview was shown: what that said would no longer be so.
func (b *Bot) replaceDocument(ctx context.Context, ev *event, a replaceAction) (*message, error) {
	if err := b.stillOf(ctx, ev, a.Document, a.Version); err != nil {
		return nil, err
	}
	draft, err := b.cfg.Library.Draft(ctx, ev.who, a.Draft)
	if err != nil {
		return nil, err
	}
	addition := asReplacement(draft, a.Document)
	ev.progress(ev.locale.words().Reading)
	reading, err := b.cfg.Desk.Preview(ctx, addition)
	if err != nil {
		return nil, err
	}
	ev.progress(ev.locale.words().Indexing)
	added, err := b.cfg.Desk.Keep(ctx, ev.who, addition, reading)
	if err != nil {
		return nil, err
	}
	b.dropDraft(ctx, ev, a.Draft)
	return addedMessage(added, ev.locale)
}

// stillOf refuses to go on where a document is not of the version any more
// that was shown.
func (b *Bot) stillOf(ctx context.Context, ev *event, id string, v version) error {
	entry, err := b.ownDocument(ctx, ev, id)
	if err != nil {
		return err
	}
	if versionOf(entry) != v {
		return fault.New(fault.Invalid, "%s has been replaced since you were shown what would change; use the command again if you still want to.", entry.ID)
	}
	return nil
}
