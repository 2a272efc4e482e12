package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/fault"
)

// handler finds what handles an interaction. It decides at once whether the
// reply is private and whether it updates a message, since Discord must be
// told with the first response.
func (b *Bot) handler(i *discordgo.Interaction) handling {
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		return handling{name: "autocomplete", lane: quick, free: true, run: func(ctx context.Context, ev *event) (*message, error) {
			return nil, b.complete(ctx, ev, i.ApplicationCommandData())
		}}
	case discordgo.InteractionApplicationCommand:
		return b.command(i)
	case discordgo.InteractionMessageComponent:
		return b.component(i)
	case discordgo.InteractionModalSubmit:
		return b.form(i)
	}
	return refused("interaction", unknownAction("an interaction of type "+i.Type.String()))
}

// refused is the handling of what cannot be handled.
func refused(name string, err error) handling {
	return handling{name: name, lane: quick, private: true, run: func(context.Context, *event) (*message, error) {
		return nil, err
	}}
}

// command handles a slash command or message command.
func (b *Bot) command(i *discordgo.Interaction) handling {
	data := i.ApplicationCommandData()
	o := readOptions(data.Options)
	h := handling{name: data.Name, lane: quick, private: o.flag(optPrivate)}
	switch data.Name {
	case cmdAsk:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.ask(ctx, ev, question{text: o.text(optQuestion), document: o.text(optDocument)})
		}
	case cmdSearch:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.search(ctx, ev, keywordsOf(o), 0)
		}
	case cmdRead:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.read(ctx, ev, o.text(optDocument), o.text(optPassage))
		}
	case cmdCite:
		h.private = true
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.citePassage(ctx, ev, o.text(optPassage), o.text(optStyle))
		}
	case cmdVerify:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			text := o.text(optQuote)
			if _, err := desk.ParseReceipt(text); err == nil {
				return b.prove(ctx, ev, text)
			}
			return b.verify(ctx, ev, []string{text})
		}
	case cmdAuthorities:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.authorities(ctx, ev, o.text(optDocument), 0)
		}
	case cmdCiting:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			return b.citing(ctx, ev, o.text(optAuthority), 0)
		}
	case cmdCorpus:
		return b.corpus(i, o)
	case cmdHelp:
		h.private = true
		h.run = func(_ context.Context, ev *event) (*message, error) { return helpMessage(ev.locale), nil }
	case cmdPrivacy:
		h.private = true
		h.run = func(_ context.Context, ev *event) (*message, error) { return privacyMessage(ev.locale), nil }
	case menuAsk:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			text, err := textOf(data)
			if err != nil {
				return nil, err
			}
			return b.ask(ctx, ev, question{text: text})
		}
	case menuVerify:
		h.run = func(ctx context.Context, ev *event) (*message, error) {
			quotations, err := quotationsIn(data)
			if err != nil {
				return nil, err
			}
			return b.verify(ctx, ev, quotations)
		}
	case menuAdd:
		return b.addMessage(i, data)
	default:
		return refused(data.Name, unknownAction("the command "+data.Name))
	}
	return h
}

// textOf is the question in the message that a message command was used on:
// its text, or, in one of the bot's own answers, the question that it answers.
func textOf(data discordgo.ApplicationCommandInteractionData) (string, error) {
	if data.Resolved != nil {
		if m := data.Resolved.Messages[data.TargetID]; m != nil {
			if asked, ok := questionOf(m.Embeds); ok {
				return asked, nil
			}
			if strings.TrimSpace(m.Content) != "" {
				return m.Content, nil
			}
		}
	}
	return "", fault.New(fault.Invalid, "That message has no text to ask about.")
}

// options are what was filled in for a command, its subcommand's included.
type options struct {
	sub     string
	values  map[string]*discordgo.ApplicationCommandInteractionDataOption
	focused *discordgo.ApplicationCommandInteractionDataOption
}

func readOptions(list []*discordgo.ApplicationCommandInteractionDataOption) options {
	o := options{values: make(map[string]*discordgo.ApplicationCommandInteractionDataOption)}
	for _, opt := range list {
		if opt.Type == discordgo.ApplicationCommandOptionSubCommand {
			inner := readOptions(opt.Options)
			inner.sub = opt.Name
			return inner
		}
		o.values[opt.Name] = opt
		if opt.Focused {
			o.focused = opt
		}
	}
	return o
}

// text is the value of a text option, trimmed; empty where it was left out.
func (o options) text(name string) string {
	opt, ok := o.values[name]
	if !ok {
		return ""
	}
	s, _ := opt.Value.(string)
	return strings.TrimSpace(s)
}

func (o options) flag(name string) bool {
	opt, ok := o.values[name]
	if !ok {
		return false
	}
	set, _ := opt.Value.(bool)
	return set
}
