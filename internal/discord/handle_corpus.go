package discord

import (
	"context"
	"log/slog"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

// mayManage refuses whoever may not tend the server's documents. Discord hides
// the command from them already, unless the server's settings say otherwise;
// the last word is here.
func mayManage(i *discordgo.Interaction) error {
	const needed = discordgo.PermissionManageGuild | discordgo.PermissionAdministrator
	if i.GuildID == "" || i.Member == nil {
		return fault.New(fault.Forbidden, "Documents belong to a server; use this in one.")
	}
	if i.Member.Permissions&needed == 0 {
		return fault.New(fault.Forbidden, "This is for members who may manage the server.")
	}
	return nil
}

// corpus handles /corpus. All its replies are private: they are a moderator's
// work, not the channel's.
func (b *Bot) corpus(i *discordgo.Interaction, o options) handling {
	h := handling{name: cmdCorpus + " " + o.sub, lane: quick, private: true}
	if err := mayManage(i); err != nil {
		return refused(h.name, err)
	}
	switch o.sub {
	case subAdd:
		return b.corpusAdd(i, o, h)
	case subList:
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.corpusList(ctx, ev, 0) }
	case subShow:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.corpusShow(ctx, ev, o.text(optDocument))
		}
	case subRemove:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.corpusAskRemove(ctx, ev, o.text(optDocument))
		}
	case subReplace:
		return b.corpusReplace(i, o, h)
	case subHistory:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.corpusHistory(ctx, ev, o.text(optDocument), 0)
		}
	case subUndo:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.corpusAskUndo(ctx, ev, o.text(optDocument))
		}
	case subLexicon:
		return b.corpusLexicon(i, o, h)
	case subExport:
		h.lane, h.run = slow, b.corpusExport
	default:
		return refused(h.name, unknownAction("the command "+h.name))
	}
	return h
}

// corpusAdd previews an attachment or a page, or opens a form to paste a text
// into.
func (b *Bot) corpusAdd(i *discordgo.Interaction, o options, h handling) handling {
	file, attached := o.values[optFile]
	address := o.text(optURL)
	switch {
	case attached && address != "":
		return refused(h.name, oneSource())
	case address != "":
		return b.addPage(address, o.text(optTitle), h)
	case !attached:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			id, title, rows := pasteForm(o.text(optTitle), ev.locale)
			return nil, ev.modal(ctx, id, title, rows)
		}
		return h
	}
	id, _ := file.Value.(string)
	h.lane = slow
	h.run = func(ctx context.Context, ev *event) (*message, error) {
		a, err := attachedTo(i, id)
		if err != nil {
			return nil, err
		}
		return b.addFile(ctx, ev, a, o.text(optTitle))
	}
	return h
}

// oneSource refuses a file and an address at once.
func oneSource() error {
	return fault.New(fault.Invalid, "Give a file or an address, one of them at a time.")
}

// preview shows what was understood of a document and keeps it as a draft,
// which counts for nothing until somebody adds it.
func (b *Bot) preview(ctx context.Context, ev *event, draft library.Draft) (*message, error) {
	m, _, err := b.previewDraft(ctx, ev, draft)
	return m, err
}

// previewDraft is preview, with the draft's id.
func (b *Bot) previewDraft(ctx context.Context, ev *event, draft library.Draft) (m *message, id string, err error) {
	ev.progress(ev.locale.words().Reading)
	reading, err := b.cfg.Desk.Preview(ctx, additionOf(draft))
	if err != nil {
		return nil, "", err
	}
	if id, err = b.cfg.Library.KeepDraft(ctx, ev.who, draft); err != nil {
		return nil, "", err
	}
	replaces, err := b.replaced(ctx, ev, reading.Document.ID)
	if err != nil {
		return nil, "", err
	}
	m, err = previewMessage(reading, replaces, id, ev.locale)
	return m, id, err
}

// replaced is the server's own document with an id, which one that is added
// under it would replace; nil where there is none.
func (b *Bot) replaced(ctx context.Context, ev *event, id string) (*library.Entry, error) {
	entries, err := b.cfg.Desk.List(ctx, ev.who)
	if err != nil {
		return nil, err
	}
	for i := range entries {
		if e := &entries[i]; e.ID == id && e.Corpus == ev.who {
			return e, nil
		}
	}
	return nil, nil
}

// additionOf is what adding a draft means to the desk.
func additionOf(d library.Draft) desk.Addition {
	return desk.Addition{
		Source: ingest.Source{Name: d.Name, Bytes: d.Original, MediaType: d.MediaType, URL: d.URL},
		Title:  d.Title, By: d.By,
	}
}

// pasted previews what was pasted into the form.
func (b *Bot) pasted(ctx context.Context, ev *event, title, text string) (*message, error) {
	return b.preview(ctx, ev, library.Draft{By: ev.member, Title: title, Original: []byte(text)})
}

// addDraft adds a draft that was previewed.
func (b *Bot) addDraft(ctx context.Context, ev *event, id string) (*message, error) {
	draft, err := b.cfg.Library.Draft(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	addition := additionOf(draft)
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
	b.dropDraft(ctx, ev, id)
	return addedMessage(added, ev.locale)
}

// dropDraft forgets a draft. One that stays is swept in time.
func (b *Bot) dropDraft(ctx context.Context, ev *event, id string) {
	if err := b.cfg.Library.DropDraft(ctx, ev.who, id); err != nil {
		b.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "discord: draft not dropped", slog.Any(keyError, err))
	}
}

// corpusList lists the documents that the server sees.
func (b *Bot) corpusList(ctx context.Context, ev *event, offset int) (*message, error) {
	entries, err := b.cfg.Desk.List(ctx, ev.who)
	if err != nil {
		return nil, err
	}
	return corpusListMessage(entries, offset, ev.locale)
}

// corpusShow shows what is known of a document.
func (b *Bot) corpusShow(ctx context.Context, ev *event, id string) (*message, error) {
	doc, entry, err := b.cfg.Desk.Document(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	return corpusShowMessage(doc, entry, ev.locale)
}

// corpusAskRemove asks before a document is removed.
func (b *Bot) corpusAskRemove(ctx context.Context, ev *event, id string) (*message, error) {
	_, entry, err := b.cfg.Desk.Document(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	if entry.Corpus != ev.who {
		return nil, fault.New(fault.Forbidden, "%s belongs to the base corpus, which every server has; it cannot be removed here.", entry.ID)
	}
	return removeMessage(entry, ev.locale)
}

// removeDocument removes a document that was asked about, unless it has been
// replaced since.
func (b *Bot) removeDocument(ctx context.Context, ev *event, a corpusRemoveAction) (*message, error) {
	_, entry, err := b.cfg.Desk.Document(ctx, ev.who, a.Document)
	if err != nil {
		return nil, err
	}
	if versionOf(entry) != a.Version {
		return nil, fault.New(fault.Invalid, "%s has been replaced since you were asked; remove it again if you still want to.", entry.ID)
	}
	removed, err := b.cfg.Desk.Remove(ctx, ev.who, a.Document)
	if err != nil {
		return nil, err
	}
	return removedMessage(removed, ev.locale)
}
