package discord

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// deferAfter is when a responder asks for time: half of the 3 s that
	// Discord gives, so that the request itself may be slow too.
	deferAfter = 1500 * time.Millisecond
	// deferTimeout bounds asking for time, retries included.
	deferTimeout = 5 * time.Second
)

// responseKind says what the first response to an interaction is.
type responseKind int

const (
	newMessage responseKind = iota // posts a message
	update                         // changes the message whose component was used
)

// Errors of a responder, for the log: there is nobody left to tell.
var (
	errAnswered = errors.New("discord: answered already")
	errTooLate  = errors.New("discord: too late for this kind of response")
)

// responder gives one event its one reply. It is made when the event is
// received; where no reply has been sent deferAfter later, it asks Discord for
// time (or, for a message, shows the bot as typing), and the reply is edited
// in. Its methods may be called from any goroutine.
type responder struct {
	rest    *rest
	clock   clock
	i       *discordgo.Interaction // nil for a message
	m       *discordgo.Message     // nil for an interaction
	kind    responseKind
	private bool

	mu       sync.Mutex
	state    responseState
	timer    timer
	deferred chan struct{} // closed when the request for time, or the edit that shows progress, has been answered
	progressing
}

// responseState is how far a reply has come.
type responseState int

const (
	open      responseState = iota // nothing was sent that counts
	sending                        // a response is on its way
	deferring                      // the request for time is on its way
	waiting                        // Discord has given time
	showing                        // an edit that shows progress is on its way
	unsure                         // the request for time got no answer: Discord may have given it
	answered                       // done, well or not: nothing more may be sent
)

// newInteractionResponder begins the reply to an interaction that was received
// just now. private makes the response one that only the asker sees, also
// where it is deferred.
func newInteractionResponder(r *rest, i *discordgo.Interaction, private bool, kind responseKind, c clock) *responder {
	p := &responder{rest: r, clock: c, i: i, kind: kind, private: private, deferred: make(chan struct{})}
	if i.Type != discordgo.InteractionApplicationCommandAutocomplete { // which cannot be deferred
		p.arm(p.askForTime)
	}
	return p
}

// newMessageResponder begins the reply to a message that was received just now.
func newMessageResponder(r *rest, m *discordgo.Message, c clock) *responder {
	p := &responder{rest: r, clock: c, m: m}
	p.arm(p.showTyping)
	return p
}

// arm sets the timer; f may run before arm returns.
func (p *responder) arm(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer = p.clock.AfterFunc(deferAfter, f)
}

// askForTime sends the deferring callback, unless a response is under way.
func (p *responder) askForTime() {
	p.mu.Lock()
	if p.state != open {
		p.mu.Unlock()
		return
	}
	p.state = deferring
	p.mu.Unlock()
	defer close(p.deferred)

	kind := discordgo.InteractionResponseDeferredChannelMessageWithSource
	if p.kind == update {
		kind = discordgo.InteractionResponseDeferredMessageUpdate
	}
	ctx, cancel := context.WithTimeout(context.Background(), deferTimeout)
	defer cancel()
	err := p.rest.callback(ctx, p.i, kind, &message{Private: p.private})
	next := waiting
	if err != nil {
		p.note(ctx, "deferral", err)
		next = open
		if isLost(err) {
			next = unsure
		}
	}
	if isOver(err) {
		next = answered
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = next
	p.pace()
}

// showTyping shows the bot as typing, unless the reply is under way. It is a
// courtesy: its failure is only logged.
func (p *responder) showTyping() {
	p.mu.Lock()
	started := p.state != open
	p.mu.Unlock()
	if started {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), deferTimeout)
	defer cancel()
	if err := p.rest.typing(ctx, p.m.ChannelID); err != nil {
		p.note(ctx, "typing", err)
	}
}

// send sends the reply. When it fails in a way that leaves the event without
// one, such as a message that Discord refuses, send may be called once more
// with another message; otherwise a further call returns errAnswered.
func (p *responder) send(ctx context.Context, m *message) error {
	return p.respond(ctx, m, p.kind)
}

// notice sends the reply as a message of its own that only the asker sees,
// also where the response was to be an update: for errors.
func (p *responder) notice(ctx context.Context, m *message) error {
	private := *m
	private.Private = true
	return p.respond(ctx, &private, newMessage)
}

func (p *responder) respond(ctx context.Context, m *message, kind responseKind) error {
	before, err := p.begin(ctx)
	if err != nil {
		return err
	}
	if p.m != nil {
		err = p.rest.reply(ctx, p.m.ChannelID, p.m.ID, m, p.m.ID)
		p.settle(err, before)
		return err
	}
	if before == unsure {
		// Before its first response, an interaction has nothing to edit and
		// Discord says so; then it is still to be given.
		if err = p.amend(ctx, m, kind); hasCode(err, codeUnknownWebhook) {
			err = p.first(ctx, m, kind)
		}
	} else if before == waiting {
		err = p.amend(ctx, m, kind)
	} else {
		err = p.first(ctx, m, kind)
	}
	p.settle(err, before)
	return err
}

// first sends the reply as the first response.
func (p *responder) first(ctx context.Context, m *message, kind responseKind) error {
	shown := *m
	if kind == update {
		shown.Private = false // the message is what it was
		return p.rest.callback(ctx, p.i, discordgo.InteractionResponseUpdateMessage, &shown)
	}
	shown.Private = m.Private || p.private
	return p.rest.callback(ctx, p.i, discordgo.InteractionResponseChannelMessageWithSource, &shown)
}

// amend sends the reply after Discord has given time.
func (p *responder) amend(ctx context.Context, m *message, kind responseKind) error {
	if kind == newMessage && p.kind == update {
		// What was deferred is the update. It never comes, which leaves the
		// message with the component as it is.
		if err := p.restore(ctx); err != nil {
			p.note(ctx, "restoring a message", err)
		}
		return p.rest.followUp(ctx, p.i, m)
	}
	return p.rest.editOriginal(ctx, p.i, m)
}

// modal opens a form. That has to be the first response: once the responder
// has asked for time, the error is errTooLate.
func (p *responder) modal(ctx context.Context, customID, title string, rows []discordgo.MessageComponent) error {
	return p.only(ctx, func() error { return p.rest.modal(ctx, p.i, customID, title, rows) })
}

// choices answers an autocomplete interaction.
func (p *responder) choices(ctx context.Context, choices []*discordgo.ApplicationCommandOptionChoice) error {
	return p.only(ctx, func() error { return p.rest.autocomplete(ctx, p.i, choices) })
}

// only sends a response that cannot follow a deferral.
func (p *responder) only(ctx context.Context, send func() error) error {
	before, err := p.begin(ctx)
	if err != nil {
		return err
	}
	if before != open {
		err = errTooLate
	} else {
		err = send()
	}
	p.settle(err, before)
	return err
}

// begin claims the right to respond and returns the state before: open,
// waiting or unsure. While asking for time or showing progress is under way, it
// waits for the outcome, so that no progress comes after the reply.
func (p *responder) begin(ctx context.Context) (before responseState, err error) {
	for {
		p.mu.Lock()
		before = p.state
		switch before {
		case open, waiting, unsure:
			p.state, p.final = sending, true
			if p.timer != nil {
				p.timer.Stop()
			}
			p.mu.Unlock()
			return before, nil
		case sending, answered:
			p.mu.Unlock()
			return before, errAnswered
		case deferring, showing:
		}
		answer := p.deferred
		p.mu.Unlock()
		select {
		case <-answer:
		case <-ctx.Done():
			return before, ctx.Err()
		}
	}
}

// settle notes how a response went. Where it failed, the reply is as far as
// before, so that an error message can still be sent, unless the interaction
// is gone or answered: trying again could only be refused again.
func (p *responder) settle(err error, before responseState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = before
	if err == nil || isOver(err) {
		p.state = answered
	}
}

// isOver reports whether an interaction can no longer be responded to.
func isOver(err error) bool {
	return hasCode(err, codeUnknownInteraction) || hasCode(err, codeAcknowledged) || hasCode(err, codeInvalidToken)
}

// isLost reports whether it is unknown if a request was carried out.
func isLost(err error) bool {
	e, ok := errors.AsType[*restError](err)
	return ok && (e.status == 0 || e.status >= http.StatusInternalServerError)
}

// note logs what nobody waits for.
func (p *responder) note(ctx context.Context, what string, err error) {
	p.rest.log.LogAttrs(ctx, slog.LevelWarn, "discord: a response failed", slog.String(keyEvent, what), slog.Any(keyError, err))
}
