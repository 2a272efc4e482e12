package discord

import (
	"context"
	"time"
)

// progressEvery is the least time between two edits that show progress. Discord
// takes about five edits in five seconds to one interaction, and the reply
// itself must not wait for room among them.
const progressEvery = 2 * time.Second

// progressAfter is how long a stage waits to be shown: one that ends before
// would only flicker.
const progressAfter = time.Second

// progressing is what a responder knows of the progress of its work. The
// responder's mu guards it.
type progressing struct {
	stage   string // to be shown; empty: nothing new
	paced   timer  // runs show; nil while there is nothing to show
	final   bool   // the reply has been begun: no more progress is shown
	altered bool   // the message with the component shows progress
}

// progress says what is being done, in a sentence. It is shown only where
// Discord has given time, at most once every progressEvery, the latest
// sentence alone, and never after the reply. It does not wait for Discord.
func (p *responder) progress(sentence string) {
	if p.i == nil { // a message's author sees the bot typing
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stage = sentence
	p.pace()
}

// pace has the stage shown soon, where it can be and is not about to be. p.mu
// is held.
func (p *responder) pace() {
	if p.state == waiting && p.stage != "" && p.paced == nil && !p.final {
		p.paced = p.clock.AfterFunc(progressAfter, p.show)
	}
}

// show edits the stage in. It is a courtesy: its failure is only logged.
func (p *responder) show() {
	p.mu.Lock()
	if p.state != waiting || p.stage == "" || p.final {
		p.paced = nil
		p.mu.Unlock()
		return
	}
	m := p.stageMessage(p.stage)
	done := make(chan struct{})
	p.state, p.stage, p.deferred = showing, "", done
	p.altered = p.kind == update
	p.mu.Unlock()
	defer close(done)

	ctx, cancel := context.WithTimeout(context.Background(), deferTimeout)
	defer cancel()
	err := p.rest.editOriginal(ctx, p.i, m)
	if err != nil {
		p.note(ctx, "progress", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = waiting
	if isOver(err) {
		p.state = answered
	}
	// What came meanwhile waits for its turn; so does what comes next.
	p.paced = p.clock.AfterFunc(progressEvery, p.show)
}

// stageMessage is a stage as it is shown: by itself, or above the message whose
// component was used, which keeps all but its components, so that nobody uses
// them twice.
func (p *responder) stageMessage(sentence string) *message {
	if p.kind != update || p.i.Message == nil {
		return statement("", sentence)
	}
	return &message{Content: sentence, Embeds: p.i.Message.Embeds}
}

// restore takes progress off the message with the component, which the work
// that failed leaves as it was.
func (p *responder) restore(ctx context.Context) error {
	p.mu.Lock()
	altered := p.altered
	p.mu.Unlock()
	if !altered || p.i.Message == nil {
		return nil
	}
	return p.rest.editOriginal(ctx, p.i, &message{
		Content: p.i.Message.Content, Embeds: p.i.Message.Embeds, Components: p.i.Message.Components,
	})
}
