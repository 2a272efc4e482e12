package discord

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync/atomic"

	"github.com/bwmarrin/discordgo"
)

// guard stands before every handler: it lets through only what is whole and
// meant for the bot, and keeps a handler's panic from ending the process.
type guard struct {
	log     *slog.Logger
	dropped atomic.Int64 // malformed events
	panics  atomic.Int64
}

func newGuard(log *slog.Logger) *guard { return &guard{log: log} }

// message returns the message of an event, or nil where there is nothing to
// handle: a message that did not decode, or one by a bot, a webhook or Discord
// itself.
func (g *guard) message(e *discordgo.MessageCreate) *discordgo.Message {
	switch {
	case e == nil || e.Message == nil:
		g.drop("MESSAGE_CREATE", "it did not decode")
	case e.Author == nil || e.Author.ID == "":
		g.drop("MESSAGE_CREATE", "it has no author")
	case e.ID == "" || e.ChannelID == "":
		g.drop("MESSAGE_CREATE", "it has no id or no channel")
	case e.Author.Bot, e.Author.System, e.WebhookID != "":
	case e.Type != discordgo.MessageTypeDefault && e.Type != discordgo.MessageTypeReply:
	default:
		return e.Message
	}
	return nil
}

// interaction returns the interaction of an event, or nil where it did not
// decode: discordgo then hands on what it could read, up to nothing.
func (g *guard) interaction(e *discordgo.InteractionCreate) *discordgo.Interaction {
	if e == nil || e.Interaction == nil {
		g.drop("INTERACTION_CREATE", "it did not decode")
		return nil
	}
	i := e.Interaction
	switch {
	case i.ID == "" || i.Token == "" || i.AppID == "":
		g.drop("INTERACTION_CREATE", "it has no id, token or application")
	case !hasData(i):
		g.drop("INTERACTION_CREATE", "its data are not those of its type")
	case user(i) == nil || user(i).ID == "":
		g.drop("INTERACTION_CREATE", "it has no user")
	default:
		return i
	}
	return nil
}

// hasData reports whether an interaction is of a type that the bot knows and
// has that type's data, without which discordgo's accessors panic.
func hasData(i *discordgo.Interaction) bool {
	switch i.Type {
	case discordgo.InteractionApplicationCommand, discordgo.InteractionApplicationCommandAutocomplete:
		d, ok := i.Data.(discordgo.ApplicationCommandInteractionData)
		return ok && d.Name != ""
	case discordgo.InteractionMessageComponent:
		_, ok := i.Data.(discordgo.MessageComponentInteractionData)
		return ok && i.Message != nil
	case discordgo.InteractionModalSubmit:
		_, ok := i.Data.(discordgo.ModalSubmitInteractionData)
		return ok
	}
	return false
}

// user returns who used an interaction, in a server or in direct messages, or
// nil.
func user(i *discordgo.Interaction) *discordgo.User {
	if i.Member != nil && i.Member.User != nil {
		return i.Member.User
	}
	return i.User
}

// drop counts and logs an event that is not handled, without its content.
func (g *guard) drop(event, reason string) {
	g.dropped.Add(1)
	g.log.LogAttrs(context.Background(), slog.LevelWarn, "discord: an event was dropped",
		slog.String(keyEvent, event), slog.String(keyReason, reason))
}

// run calls f and reports whether it returned. A panic is logged with its
// stack and counted. What was thrown is logged only where the Go runtime
// threw it: anything else could hold a member's words.
func (g *guard) run(what string, f func()) (returned bool) {
	defer func() {
		if returned {
			return
		}
		thrown := recover()
		g.panics.Add(1)
		text := fmt.Sprintf("%T", thrown)
		if e, ok := thrown.(runtime.Error); ok {
			text = e.Error()
		}
		g.log.LogAttrs(context.Background(), slog.LevelError, "discord: a handler panicked",
			slog.String(keyEvent, what), slog.String(keyError, text), slog.String(keyStack, string(debug.Stack())))
	}()
	f()
	return true
}
