package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/fault"
	"pincite/internal/words"
)

// component handles a button.
func (b *Bot) component(i *discordgo.Interaction) handling {
	id := i.MessageComponentData().CustomID
	act, err := parseAction(id)
	if err != nil {
		return refused("button", fault.Wrap(fault.Invalid, err, "This button is of another version of the program; ask again."))
	}
	embeds := i.Message.Embeds
	h := handling{name: "button", lane: quick}
	// asked runs a button that needs the question or keywords of its message.
	asked := func(f func(ctx context.Context, ev *event, text string) (*message, error)) {
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			text, ok := questionOf(embeds)
			if !ok {
				return nil, fault.New(fault.Invalid, "The question is not in this message any more; ask again.")
			}
			return f(ctx, ev, text)
		}
	}
	switch a := act.(type) {
	case contextAction:
		h.private = true
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.context(ctx, ev, a) }
	case citeAction:
		h.private = true
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.cite(ctx, ev, a) }
	case readAction:
		h.kind = update
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.readAt(ctx, ev, a.Ref) }
	case moreAction:
		h.kind = update
		asked(func(ctx context.Context, ev *event, text string) (*message, error) {
			q := question{text: text, earlier: earlierOf(embeds), document: a.Document}
			return b.more(ctx, ev, q, a.Offset, i.Message.Components)
		})
	case nearestAction:
		h.private = true
		asked(func(ctx context.Context, ev *event, text string) (*message, error) {
			return b.nearest(ctx, ev, question{text: text, earlier: earlierOf(embeds), document: a.Document})
		})
	case searchPageAction:
		h.kind = update
		asked(func(ctx context.Context, ev *event, text string) (*message, error) {
			return b.search(ctx, ev, text, a.Offset)
		})
	case authoritiesPageAction:
		h.kind = update
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.authorities(ctx, ev, a.Document, a.Offset)
		}
	case citingPageAction:
		h.kind = update
		asked(func(ctx context.Context, ev *event, text string) (*message, error) {
			return b.citing(ctx, ev, text, a.Offset)
		})
	default:
		return b.corpusButton(i, act)
	}
	return h
}

// corpusButton handles the buttons of /corpus. Whoever presses one must still
// be allowed to.
func (b *Bot) corpusButton(i *discordgo.Interaction, act action) handling {
	h := handling{name: cmdCorpus + " button", lane: quick, kind: update}
	if err := mayManage(i); err != nil {
		return refused(h.name, err)
	}
	switch a := act.(type) {
	case corpusPageAction:
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.corpusList(ctx, ev, a.Offset) }
	case corpusAddAction:
		h.lane = slow
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.addDraft(ctx, ev, a.Draft) }
	case fixTitleAction:
		// Where the form cannot be opened, what is said is for one reader.
		h.kind, h.private = newMessage, true
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			id, title, rows := fixTitleForm(a.Draft, previewTitleOf(i.Message.Embeds), ev.locale)
			return nil, ev.modal(ctx, id, title, rows)
		}
	case corpusCancelAction:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			b.dropDraft(ctx, ev, a.Draft)
			return cancelledMessage(ev.locale), nil
		}
	case corpusRemoveAction:
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.removeDocument(ctx, ev, a) }
	case corpusKeepAction:
		h.run = func(_ context.Context, ev *event) (*message, error) { return keptMessage(ev.locale), nil }
	case replaceAction:
		h.lane = slow
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.replaceDocument(ctx, ev, a) }
	case undoAction:
		h.lane = slow
		h.run = func(ctx context.Context, ev *event) (*message, error) { return b.undoDocument(ctx, ev, a) }
	case leaveAction:
		h.run = func(_ context.Context, ev *event) (*message, error) { return leftMessage(ev.locale), nil }
	case historyAction:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.corpusHistory(ctx, ev, a.Document, a.Page)
		}
	default:
		return refused(h.name, unknownAction("that button"))
	}
	return h
}

// form handles a form that was filled in.
func (b *Bot) form(i *discordgo.Interaction) handling {
	data := i.ModalSubmitData()
	h := handling{name: cmdCorpus + " form", lane: slow, private: true}
	act, err := parseAction(data.CustomID)
	if err != nil {
		return refused(h.name, unknownAction("that form"))
	}
	if err := mayManage(i); err != nil {
		return refused(h.name, err)
	}
	switch a := act.(type) {
	case pasteAction:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.pasted(ctx, ev, input(data, pasteTitleInput), input(data, pasteInput))
		}
	case fixTitleAction:
		if i.Message != nil { // the preview, whose button opened the form
			h.kind = update
		}
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.fixTitle(ctx, ev, a.Draft, input(data, pasteTitleInput))
		}
	case repasteAction:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.repasted(ctx, ev, a.Document, input(data, pasteTitleInput), input(data, pasteInput))
		}
	default:
		return refused(h.name, unknownAction("that form"))
	}
	return h
}

// input is what was typed into one of a form's fields.
func input(data discordgo.ModalSubmitInteractionData, name string) string {
	for _, row := range data.Components {
		r, ok := row.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, c := range r.Components {
			if field, ok := c.(*discordgo.TextInput); ok && field.CustomID == name {
				return field.Value
			}
		}
	}
	return ""
}

// evidenceOf is the evidence that a custom_id carries.
func evidenceOf(s words.Span) []words.Span {
	if s == (words.Span{}) {
		return nil
	}
	return []words.Span{s}
}
