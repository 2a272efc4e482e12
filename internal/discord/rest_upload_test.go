package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

// TestUploadOnEveryWay sends a file on each way that a message is sent, and
// has it come out at the other end as it went in.
func TestUploadOnEveryWay(t *testing.T) {
	data := bytes.Repeat([]byte("\r\n--boundary\x00\xff\""), 5000)
	m := &message{Content: "with a file", Private: true, Upload: &upload{name: "pincite.zip", kind: "application/zip", data: data}}
	ways := map[string]func(context.Context, *rest, *discordgo.Interaction) error{
		"first response": func(ctx context.Context, r *rest, i *discordgo.Interaction) error {
			return r.callback(ctx, i, discordgo.InteractionResponseChannelMessageWithSource, m)
		},
		"edit": func(ctx context.Context, r *rest, i *discordgo.Interaction) error {
			if err := r.callback(ctx, i, discordgo.InteractionResponseDeferredChannelMessageWithSource, m); err != nil {
				return err
			}
			return r.editOriginal(ctx, i, m)
		},
		"follow-up": func(ctx context.Context, r *rest, i *discordgo.Interaction) error {
			if err := r.callback(ctx, i, discordgo.InteractionResponseDeferredChannelMessageWithSource, m); err != nil {
				return err
			}
			return r.followUp(ctx, i, m)
		},
	}
	for name, send := range ways {
		t.Run(name, func(t *testing.T) {
			s := startDiscord(t, discordtest.Options{})
			o := runGateway(t, s, nil)
			o.waitOnline(t)
			registerAsk(t, o)
			step, err := s.Slash("alice", "law#general", "ask", discordtest.Value{Name: "question", V: "why?"})
			if err != nil {
				t.Fatal(err)
			}
			if err := send(t.Context(), o.rest, receive(t, o.interactions, "the command")); err != nil {
				t.Fatal(err)
			}
			reply, err := step.WaitReply(deadline)
			if err != nil {
				t.Fatal(err)
			}
			f, err := s.Download("alice", reply.Message.ID)
			if err != nil || f.Name != "pincite.zip" || !bytes.Equal(f.Data, data) || !reply.Ephemeral {
				t.Errorf("%q, %d bytes, ephemeral %t, %v", f.Name, len(f.Data), reply.Ephemeral, err)
			}
		})
	}
}

// TestUploadIsRepeatedWhole: a second attempt sends the file from its
// beginning, and says how long it is.
func TestUploadIsRepeatedWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var bodies []string
		r := memoryRest(func(q *http.Request) (*http.Response, error) {
			body, err := io.ReadAll(q.Body)
			if err != nil || int64(len(body)) != q.ContentLength {
				t.Errorf("%d bytes, declared %d, %v", len(body), q.ContentLength, err)
			}
			bodies = append(bodies, string(body))
			if len(bodies) == 1 {
				return nil, errors.New("connection reset")
			}
			return answerTo(q, 200, "{}"), nil
		})
		m := &message{Content: "x", Upload: &upload{name: "a.zip", kind: "application/zip", data: []byte("the file")}}
		if err := r.editOriginal(t.Context(), anInteraction(), m); err != nil {
			t.Fatal(err)
		}
		if len(bodies) != 2 || bodies[0] != bodies[1] || !strings.Contains(bodies[1], "\r\n\r\nthe file\r\n--") {
			t.Errorf("sent %q", bodies)
		}
	})
}

// TestUploadHasItsTime: an attempt with a file may take longer than others.
func TestUploadHasItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := memoryRest(func(q *http.Request) (*http.Response, error) {
			select {
			case <-time.After(requestTimeout + time.Second):
				return answerTo(q, 200, "{}"), nil
			case <-q.Context().Done():
				return nil, q.Context().Err()
			}
		})
		m := &message{Content: "x", Upload: &upload{name: "a.zip", kind: "application/zip"}}
		if err := r.editOriginal(t.Context(), anInteraction(), m); err != nil {
			t.Error(err)
		}
	})
}

func TestUploadLimit(t *testing.T) {
	for raw, want := range map[string]int64{
		`{}`: defaultUpload, `{"attachment_size_limit":0}`: defaultUpload, `{"attachment_size_limit":-4}`: defaultUpload,
		`{"attachment_size_limit":"x"}`: defaultUpload, `not JSON`: defaultUpload, `{"attachment_size_limit":26214400}`: 25 << 20,
		`{"attachment_size_limit":524288000}`: maxUpload,
	} {
		if got := uploadLimit(json.RawMessage(raw)); got != want {
			t.Errorf("%s: %d, want %d", raw, got, want)
		}
	}
}

// TestDeferNow asks for time once, also where the timer fires afterwards.
func TestDeferNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, r := newModel()
		p := newInteractionResponder(r, anInteraction(), true, newMessage, wallClock{})
		p.deferNow()
		p.deferNow()
		time.Sleep(2 * deferAfter)
		if err := p.send(t.Context(), &message{Content: "done"}); err != nil {
			t.Error(err)
		}
		d.expect(t, "done", "callback 5 private", "edit")
	})
}

// TestDeferNowThatFails leaves the reply to be the first response.
func TestDeferNowThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, r := newModel()
		d.before = func(call string) (lose, loseAnswer bool) { return call == "callback 5", false }
		p := newInteractionResponder(r, anInteraction(), false, newMessage, wallClock{})
		p.deferNow()
		time.Sleep(2 * deferAfter)
		if err := p.send(t.Context(), &message{Content: "done"}); err != nil {
			t.Error(err)
		}
		if got := strings.Join(d.shown, ", "); got != "done" {
			t.Errorf("shown %q", got)
		}
	})
}
