package discord

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

// TestProgress holds what is asked of Discord while work says how far it is:
// nothing before Discord has given time, then the latest stage alone at a
// bounded rate, and nothing after the reply.
func TestProgress(t *testing.T) {
	stages := func(p *responder, n int, every time.Duration) {
		for range n {
			p.progress("Under way.")
			time.Sleep(every)
		}
	}
	done := func(ctx context.Context, p *responder) error { return p.send(ctx, &message{Content: "done"}) }
	for _, c := range []struct {
		name  string
		kind  responseKind
		do    func(ctx context.Context, p *responder) error
		shown string
		calls []string
	}{
		{"quick work", newMessage, func(ctx context.Context, p *responder) error {
			p.progress("Under way.")
			return done(ctx, p)
		}, "done", []string{"callback 4"}},
		{"work that ends soon after", newMessage, func(ctx context.Context, p *responder) error {
			p.progress("Under way.")
			time.Sleep(deferAfter + progressAfter - time.Millisecond)
			return done(ctx, p)
		}, "done", []string{"callback 5", "edit"}},
		{"long work", newMessage, func(ctx context.Context, p *responder) error {
			p.progress("Under way.")
			time.Sleep(time.Minute)
			return done(ctx, p)
		}, "done", []string{"callback 5", "edit", "edit"}},
		{"many stages", newMessage, func(ctx context.Context, p *responder) error {
			// The first is shown at 2.5 s, then one each 2 s until 10 s.
			stages(p, 1000, 10*time.Millisecond)
			return done(ctx, p)
		}, "done", []string{"callback 5", "edit", "edit", "edit", "edit", "edit"}},
		{"stages that are far apart", newMessage, func(ctx context.Context, p *responder) error {
			stages(p, 3, 10*time.Second)
			return done(ctx, p)
		}, "done", []string{"callback 5", "edit", "edit", "edit", "edit"}},
		{"stages after the reply", newMessage, func(ctx context.Context, p *responder) error {
			time.Sleep(10 * time.Second)
			if err := done(ctx, p); err != nil {
				return err
			}
			stages(p, 10, time.Second)
			return nil
		}, "done", []string{"callback 5", "edit"}},
		{"a stage after a reply that was refused", newMessage, func(ctx context.Context, p *responder) error {
			time.Sleep(10 * time.Second)
			if err := p.send(ctx, &message{Content: "refused"}); err == nil {
				t.Error("not refused")
			}
			stages(p, 3, 5*time.Second)
			return done(ctx, p)
		}, "done", []string{"callback 5", "edit", "edit"}},
		{"an update", update, func(ctx context.Context, p *responder) error {
			p.progress("Under way.")
			time.Sleep(10 * time.Second)
			return done(ctx, p)
		}, "done", []string{"callback 6", "edit", "edit"}},
		{"an update that fails leaves the message as it was", update, func(ctx context.Context, p *responder) error {
			p.progress("Under way.")
			time.Sleep(10 * time.Second)
			return p.notice(ctx, &message{Content: "sorry"})
		}, "as it was, sorry", []string{"callback 6", "edit", "edit", "follow-up private"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, r := newModel()
				i := anInteraction()
				i.Message = &discordgo.Message{Content: "as it was"}
				p := newInteractionResponder(r, i, false, c.kind, wallClock{})
				if err := c.do(t.Context(), p); err != nil {
					t.Error(err)
				}
				time.Sleep(time.Minute)
				d.expect(t, c.shown, c.calls...)
			})
		})
	}
}

// TestReplyWaitsForProgress: an edit on its way when the reply is ready is
// waited for, since it would otherwise take the reply's place.
func TestReplyWaitsForProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, r := newModel()
		edits := 0
		d.before = func(call string) (bool, bool) {
			if call == "edit" {
				if edits++; edits == 1 {
					time.Sleep(3 * time.Second)
				}
			}
			return false, false
		}
		p := newInteractionResponder(r, anInteraction(), false, newMessage, wallClock{})
		p.progress("Under way.")
		time.Sleep(deferAfter + progressAfter + time.Second) // while it is on its way
		if err := p.send(t.Context(), &message{Content: "done"}); err != nil {
			t.Error(err)
		}
		time.Sleep(time.Minute)
		d.expect(t, "done", "callback 5", "edit", "edit")
	})
}

// TestProgressOfAMessage: where a message is answered, there is nothing to
// edit.
func TestProgressOfAMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, r := newModel()
		p := newMessageResponder(r, &discordgo.Message{ID: "1", ChannelID: "2"}, wallClock{})
		p.progress("Under way.")
		time.Sleep(10 * time.Second)
		if err := p.send(t.Context(), &message{Content: "done"}); err != nil {
			t.Error(err)
		}
		d.expect(t, "done", "typing", "reply")
	})
}

// TestStageMessage: on a message with components, the stage stands above what
// was there, and the components are gone while the work lasts.
func TestStageMessage(t *testing.T) {
	i := anInteraction()
	i.Message = &discordgo.Message{
		Embeds:     []*discordgo.MessageEmbed{{Description: "a preview"}},
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{}},
	}
	m := (&responder{i: i, kind: update}).stageMessage("Under way.")
	if m.Content != "Under way." || len(m.Embeds) != 1 || len(m.Components) != 0 {
		t.Errorf("%+v", m)
	}
	if m = (&responder{i: i, kind: newMessage}).stageMessage("Under way."); !strings.Contains(printed(m), "Under way.") {
		t.Errorf("%+v", m)
	}
}
