package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/lexicon"
)

// corpusLexicon sets the server's own lexicon, clears it, or sends it. What
// there was before comes with the reply, so that nothing is lost.
func (b *Bot) corpusLexicon(i *discordgo.Interaction, o options, h handling) handling {
	file, attached := o.values[optFile]
	clears := o.flag(optClear)
	h.lane = slow
	switch {
	case attached && clears:
		return refused(h.name, fault.New(fault.Invalid, "Give a file, or clear, one of them at a time."))
	case clears:
		h.run = b.clearLexicon
	case attached:
		id, _ := file.Value.(string)
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			a, err := attachedTo(i, id)
			if err != nil {
				return nil, err
			}
			return b.setLexicon(ctx, ev, a)
		}
	default:
		h.run = b.sendLexicon
	}
	return h
}

// setLexicon sets the lexicon to a file on Discord's hosts.
func (b *Bot) setLexicon(ctx context.Context, ev *event, a *discordgo.MessageAttachment) (*message, error) {
	if a.Size > lexicon.MaxSize {
		return nil, fault.New(fault.TooLarge, "%s is larger than the %d bytes that a lexicon may have.", a.Filename, lexicon.MaxSize)
	}
	ev.deferNow() // an upload may follow
	raw, err := b.rest.download(ctx, a.URL, lexicon.MaxSize)
	if err != nil {
		return nil, err
	}
	before := b.lexiconBefore(ctx, ev)
	entries, err := b.cfg.Desk.SetLexicon(ctx, ev.who, a.Filename, string(raw))
	if err != nil {
		return nil, err
	}
	if before == string(raw) {
		before = ""
	}
	return lexiconSetMessage(entries, before, ev.locale)
}

// lexiconBefore is the text that is about to go; "" where there is none, or
// none that can be read.
func (b *Bot) lexiconBefore(ctx context.Context, ev *event) string {
	own, err := b.cfg.Desk.Lexicon(ctx, ev.who)
	if err != nil || own == nil {
		return ""
	}
	return own.Text
}

func (b *Bot) clearLexicon(ctx context.Context, ev *event) (*message, error) {
	ev.deferNow()
	before := b.lexiconBefore(ctx, ev)
	if err := b.cfg.Desk.ClearLexicon(ctx, ev.who); err != nil {
		return nil, err
	}
	return lexiconClearedMessage(before, ev.locale)
}

func (b *Bot) sendLexicon(ctx context.Context, ev *event) (*message, error) {
	ev.deferNow()
	own, err := b.cfg.Desk.Lexicon(ctx, ev.who)
	if err != nil {
		return nil, err
	}
	if own == nil {
		own = &desk.Lexicon{}
	}
	return lexiconMessage(own, ev.locale)
}
