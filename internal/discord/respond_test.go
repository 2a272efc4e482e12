package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

func TestResponder(t *testing.T) {
	text := func(s string) *message { return &message{Content: s} }
	for _, c := range []struct {
		name    string
		kind    responseKind
		private bool
		do      func(ctx context.Context, p *responder) error
		shown   string
		calls   []string
	}{
		{"at once", newMessage, false, func(ctx context.Context, p *responder) error {
			return p.send(ctx, text("a"))
		}, "a", []string{"callback 4"}},
		{"at once, in private", newMessage, true, func(ctx context.Context, p *responder) error {
			return p.send(ctx, text("a"))
		}, "a", []string{"callback 4 private"}},
		{"just in time", newMessage, false, func(ctx context.Context, p *responder) error {
			time.Sleep(deferAfter - 1)
			return p.send(ctx, text("a"))
		}, "a", []string{"callback 4"}},
		{"late", newMessage, false, func(ctx context.Context, p *responder) error {
			time.Sleep(deferAfter + 1)
			return p.send(ctx, text("a"))
		}, "a", []string{"callback 5", "edit"}},
		{"late, in private", newMessage, true, func(ctx context.Context, p *responder) error {
			time.Sleep(time.Minute)
			return p.send(ctx, text("a"))
		}, "a", []string{"callback 5 private", "edit"}},
		{"an update", update, false, func(ctx context.Context, p *responder) error {
			return p.send(ctx, text("a"))
		}, "a", []string{"callback 7"}},
		{"a late update", update, false, func(ctx context.Context, p *responder) error {
			time.Sleep(2 * time.Second)
			return p.send(ctx, text("a"))
		}, "a", []string{"callback 6", "edit"}},
		{"an error in place of an update", update, false, func(ctx context.Context, p *responder) error {
			return p.notice(ctx, text("sorry"))
		}, "sorry", []string{"callback 4 private"}},
		{"a late error in place of an update", update, false, func(ctx context.Context, p *responder) error {
			time.Sleep(2 * time.Second)
			return p.notice(ctx, text("sorry"))
		}, "sorry", []string{"callback 6", "follow-up private"}},
		{"a refused message", newMessage, false, func(ctx context.Context, p *responder) error {
			if err := p.send(ctx, text("refused")); err == nil {
				return errors.New("no error")
			}
			return p.notice(ctx, text("sorry"))
		}, "sorry", []string{"callback 4", "callback 4 private"}},
		{"a refused message, late", newMessage, false, func(ctx context.Context, p *responder) error {
			time.Sleep(2 * time.Second)
			if err := p.send(ctx, text("refused")); err == nil {
				return errors.New("no error")
			}
			return p.notice(ctx, text("sorry"))
		}, "sorry", []string{"callback 5", "edit", "edit"}},
		{"twice", newMessage, false, func(ctx context.Context, p *responder) error {
			if err := p.send(ctx, text("a")); err != nil {
				return err
			}
			for _, again := range []func(context.Context, *message) error{p.send, p.notice} {
				if err := again(ctx, text("b")); !errors.Is(err, errAnswered) {
					return fmt.Errorf("the second time: %w", err)
				}
			}
			time.Sleep(time.Minute)
			return nil
		}, "a", []string{"callback 4"}},
		{"a form", newMessage, false, func(ctx context.Context, p *responder) error {
			return p.modal(ctx, "id", "Title", nil)
		}, "", []string{"callback 9"}},
		{"a late form", newMessage, false, func(ctx context.Context, p *responder) error {
			time.Sleep(2 * time.Second)
			if err := p.modal(ctx, "id", "Title", nil); !errors.Is(err, errTooLate) {
				return fmt.Errorf("the form: %w", err)
			}
			return p.notice(ctx, text("sorry"))
		}, "sorry", []string{"callback 5", "edit"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, r := newModel()
				p := newInteractionResponder(r, anInteraction(), c.private, c.kind, wallClock{})
				if err := c.do(t.Context(), p); err != nil {
					t.Error(err)
				}
				time.Sleep(time.Minute)
				d.expect(t, c.shown, c.calls...)
			})
		})
	}
}

// A slow request for time holds the reply back, so that there is something to
// edit.
func TestResponderWaitsForTheDeferral(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, r := newModel()
		d.before = func(call string) (bool, bool) {
			if call == "callback 5" {
				time.Sleep(time.Second)
			}
			return false, false
		}
		p := newInteractionResponder(r, anInteraction(), false, newMessage, wallClock{})
		time.Sleep(deferAfter + time.Millisecond)
		if err := p.send(t.Context(), &message{Content: "a"}); err != nil {
			t.Error(err)
		}
		d.expect(t, "a", "callback 5", "edit")
	})
}

// Where asking for time got no answer, it may have been carried out or not:
// either way the reply is seen.
func TestResponderUnsure(t *testing.T) {
	for _, carriedOut := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			d, r := newModel()
			asked := 0
			d.before = func(call string) (lose, loseAnswer bool) {
				if call != "callback 5" {
					return false, false
				}
				asked++
				return !carriedOut, true
			}
			p := newInteractionResponder(r, anInteraction(), false, newMessage, wallClock{})
			time.Sleep(deferAfter + time.Millisecond)
			if err := p.send(t.Context(), &message{Content: "a"}); err != nil {
				t.Error(err)
			}
			if asked < 2 || len(d.shown) != 1 || d.shown[0] != "a" {
				t.Errorf("carried out %t: asked for time %d times; shown %q after %q", carriedOut, asked, d.shown, d.calls)
			}
		})
	}
}

// An interaction that is gone is not tried again.
func TestResponderGone(t *testing.T) {
	for _, code := range []int{codeUnknownInteraction, codeAcknowledged, codeInvalidToken} {
		synctest.Test(t, func(t *testing.T) {
			n := 0
			r := memoryRest(func(q *http.Request) (*http.Response, error) {
				n++
				return answerTo(q, 404, fmt.Sprintf(`{"code":%d}`, code)), nil
			})
			p := newInteractionResponder(r, anInteraction(), false, newMessage, wallClock{})
			if err := p.send(t.Context(), &message{Content: "a"}); !hasCode(err, code) {
				t.Errorf("send: %v, want code %d", err, code)
			}
			if err := p.notice(t.Context(), &message{Content: "sorry"}); !errors.Is(err, errAnswered) {
				t.Errorf("notice: %v", err)
			}
			time.Sleep(time.Minute)
			if n != 1 {
				t.Errorf("code %d: %d requests, want 1", code, n)
			}
		})
	}
}

func TestResponderSuggests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, r := newModel()
		i := anInteraction()
		i.Type = discordgo.InteractionApplicationCommandAutocomplete
		p := newInteractionResponder(r, i, false, newMessage, wallClock{})
		time.Sleep(2 * time.Second) // such an interaction cannot be deferred
		if err := p.choices(t.Context(), nil); err != nil {
			t.Error(err)
		}
		d.expect(t, "", "callback 8")
	})
}

func TestResponderToAMessage(t *testing.T) {
	for after, calls := range map[time.Duration][]string{
		0: {"reply"}, deferAfter - 1: {"reply"}, time.Minute: {"typing", "reply"},
	} {
		synctest.Test(t, func(t *testing.T) {
			d, r := newModel()
			p := newMessageResponder(r, &discordgo.Message{ID: "44", ChannelID: "33"}, wallClock{})
			time.Sleep(after)
			if err := p.send(t.Context(), &message{Content: "a"}); err != nil {
				t.Error(err)
			}
			if err := p.send(t.Context(), &message{Content: "b"}); !errors.Is(err, errAnswered) {
				t.Errorf("the second time: %v", err)
			}
			time.Sleep(time.Minute)
			d.expect(t, "a", calls...)
		})
	}
}

// Promise 6: whatever is slow or lost, at most one reply is seen; and where no
// more than two requests went wrong, exactly one, and it is the answer.
func TestResponderOneReply(t *testing.T) {
	for seed := range uint64(3000) {
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 1))
			var mu sync.Mutex
			roll := func(n int64) int64 {
				mu.Lock()
				defer mu.Unlock()
				return rng.Int64N(n)
			}
			d, r := newModel()
			lost := int64(0)
			budget := roll(3)
			d.before = func(string) (bool, bool) {
				time.Sleep(time.Duration(roll(int64(2 * time.Second))))
				mu.Lock()
				defer mu.Unlock()
				if lost >= budget || rng.IntN(2) == 0 {
					return false, false
				}
				lost++
				return rng.IntN(2) == 0, true
			}
			var p *responder
			kind := newMessage
			switch roll(3) {
			case 0:
				p = newMessageResponder(r, &discordgo.Message{ID: "44", ChannelID: "33"}, wallClock{})
			case 1:
				kind = update
				fallthrough
			default:
				p = newInteractionResponder(r, anInteraction(), false, kind, wallClock{})
			}
			time.Sleep(time.Duration(roll(int64(4 * time.Second))))
			var wg sync.WaitGroup
			for range 1 + roll(2) { // a handler that answers twice, at once
				wg.Go(func() { _ = p.send(t.Context(), &message{Content: "a"}) })
			}
			wg.Wait()
			time.Sleep(time.Minute)
			d.mu.Lock()
			defer d.mu.Unlock()
			if len(d.shown) != 1 || d.shown[0] != "a" {
				t.Errorf("seed %d, kind %d: shown %q after %q, %d lost", seed, p.kind, d.shown, d.calls, lost)
			}
		})
		if t.Failed() {
			return
		}
	}
}

// Against the fake Discord: the real requests of each way to respond.
func TestResponderOnDiscord(t *testing.T) {
	t.Parallel()
	// The wall clock runs here, and a busy machine must not decide.
	s := startDiscord(t, discordtest.Options{CallbackTimeout: 20 * time.Second})
	o := runGateway(t, s, nil)
	o.waitOnline(t)
	registerAsk(t, o)
	ask := func(private bool, after time.Duration) *discordtest.Reply {
		t.Helper()
		step, err := s.Slash("alice", "law#general", "ask", discordtest.Value{Name: "question", V: "why?"})
		if err != nil {
			t.Fatal(err)
		}
		p := newInteractionResponder(o.rest, receive(t, o.interactions, "the command"), private, newMessage, wallClock{})
		time.Sleep(after)
		button := discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "More", CustomID: "more"}}}
		if err := p.send(t.Context(), &message{Content: "an answer", Components: []discordgo.MessageComponent{button}}); err != nil {
			t.Fatal(err)
		}
		got, err := step.WaitReply(deadline)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	late := deferAfter + 100*time.Millisecond
	for private, times := range map[bool][]time.Duration{true: {0}, false: {0, late}} {
		for _, after := range times {
			got := ask(private, after)
			if got.Ephemeral != private || got.Deferred != (after > 0) || got.Message.Content != "an answer" {
				t.Errorf("private %t, after %v: %+v", private, after, got)
			}
			step, err := s.Click("alice", got.Message.ID, "More")
			if err != nil {
				t.Fatal(err)
			}
			p := newInteractionResponder(o.rest, receive(t, o.interactions, "the click"), private, update, wallClock{})
			time.Sleep(after)
			if err := p.send(t.Context(), &message{Content: "more"}); err != nil {
				t.Fatal(err)
			}
			if got, err = step.WaitReply(deadline); err != nil || got.Kind != discordtest.KindEdit || got.Message.Content != "more" {
				t.Errorf("after the click: %+v, %v", got, err)
			}
		}
	}
	step, err := s.Autocomplete("alice", "law#general", "ask", "document", "car", discordtest.Value{Name: "question", V: "why?"})
	if err != nil {
		t.Fatal(err)
	}
	p := newInteractionResponder(o.rest, receive(t, o.interactions, "the request for suggestions"), false, newMessage, wallClock{})
	if err := p.choices(t.Context(), []*discordgo.ApplicationCommandOptionChoice{{Name: "Carriers", Value: "carriers"}}); err != nil {
		t.Fatal(err)
	}
	if got, err := step.WaitReply(deadline); err != nil || len(got.Choices) != 1 {
		t.Errorf("suggestions: %+v, %v", got, err)
	}
	step, err = s.Slash("bob", "law#general", "ask", discordtest.Value{Name: "question", V: "a form?"})
	if err != nil {
		t.Fatal(err)
	}
	p = newInteractionResponder(o.rest, receive(t, o.interactions, "the command"), false, newMessage, wallClock{})
	if err := p.modal(t.Context(), "paste", "Paste a text", []discordgo.MessageComponent{
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.TextInput{CustomID: "text", Label: "Text", Style: discordgo.TextInputParagraph},
		}},
	}); err != nil {
		t.Fatal(err)
	}
	if got, err := step.WaitReply(deadline); err != nil || got.Kind != discordtest.KindModal {
		t.Errorf("a form: %+v, %v", got, err)
	}
	if step, err = s.Say("alice", "law#general", "@pincite hello"); err != nil {
		t.Fatal(err)
	}
	p = newMessageResponder(o.rest, receive(t, o.messages, "the message"), wallClock{})
	if err := p.send(t.Context(), &message{Content: "hello @everyone"}); err != nil {
		t.Fatal(err)
	}
	onlyReply(t, step, "hello @everyone")
}
