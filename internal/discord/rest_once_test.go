package discord

import (
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

// Row 8: what was carried out although the answer was lost is not done twice.
func TestRestOnce(t *testing.T) {
	t.Parallel()
	for _, kind := range []discordtest.FaultKind{discordtest.FaultBadGateway, discordtest.FaultDrop, discordtest.FaultServerError} {
		for _, applied := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s applied=%t", kind, applied), func(t *testing.T) {
				t.Parallel()
				s := startDiscord(t, discordtest.Options{})
				o := runGateway(t, s, nil)
				o.waitOnline(t)
				registerAsk(t, o)
				for _, route := range []string{"POST /channels/*/messages", "POST /interactions/*/*/callback"} {
					if err := s.FailREST(discordtest.RESTFault{Route: route, Kind: kind, Applied: applied}); err != nil {
						t.Fatal(err)
					}
				}
				step, err := s.Say("alice", "law#general", "@pincite hello")
				if err != nil {
					t.Fatal(err)
				}
				m := receive(t, o.messages, "the message")
				if err := o.rest.reply(t.Context(), m.ChannelID, m.ID, &message{Content: "once"}, m.ID); err != nil {
					t.Error(err)
				}
				onlyReply(t, step, "once")
				if n := s.Stats().NonceRepeats; (n == 1) != applied {
					t.Errorf("the nonce saved %d repeats", n)
				}

				step, err = s.Slash("alice", "law#general", "ask", discordtest.Value{Name: "question", V: "why?"})
				if err != nil {
					t.Fatal(err)
				}
				i := receive(t, o.interactions, "the interaction")
				if err := o.rest.callback(t.Context(), i, discordgo.InteractionResponseChannelMessageWithSource, &message{Content: "once"}); err != nil {
					t.Error(err)
				}
				onlyReply(t, step, "once")
			})
		}
	}
}

// A follow-up has no nonce: it is not tried again, except where it was refused
// before it counted.
func TestRestFollowUpIsNotRepeated(t *testing.T) {
	for status, want := range map[int]int{500: 1, 502: 1, 0: 1, 429: maxAttempts} {
		synctest.Test(t, func(t *testing.T) {
			n := 0
			r := memoryRest(func(q *http.Request) (*http.Response, error) {
				n++
				if status == 0 {
					return nil, io.ErrUnexpectedEOF
				}
				return answerTo(q, status, "{}"), nil
			})
			if err := r.followUp(t.Context(), anInteraction(), &message{Content: "x"}); err == nil || n != want {
				t.Errorf("status %d: %d attempts, want %d; %v", status, n, want, err)
			}
		})
	}
}

// onlyReply fails where a step did not get exactly that reply.
func onlyReply(t *testing.T, step *discordtest.Step, content string) {
	t.Helper()
	if _, err := step.WaitReply(deadline); err != nil {
		t.Fatal(err)
	}
	all := step.Replies()
	if len(all) != 1 || all[0].Message == nil || all[0].Message.Content != content {
		t.Errorf("%d replies, want 1 with %q", len(all), content)
	}
}

// registerAsk registers commands and waits until they are there.
func registerAsk(t *testing.T, o *online) {
	t.Helper()
	cmds := []*discordgo.ApplicationCommand{
		{
			Name: "ask", Description: "Ask", NameLocalizations: &map[discordgo.Locale]string{discordgo.SpanishES: "preguntar"},
			Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What", Required: true},
				{Type: discordgo.ApplicationCommandOptionString, Name: "document", Description: "Where", Autocomplete: true},
				{Type: discordgo.ApplicationCommandOptionAttachment, Name: "file", Description: "A text"},
			},
		},
		{Name: "Ask about this", Type: discordgo.MessageApplicationCommand},
	}
	if _, err := o.rest.overwriteCommands(t.Context(), o.s.BotID(), "", cmds); err != nil {
		t.Fatal(err)
	}
}

func TestRestCommands(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	r, _ := newTestRest(t, s)
	registerAsk(t, &online{gateway: &gateway{gatewayConfig: gatewayConfig{rest: r}}, s: s})
	got, err := r.commands(t.Context(), s.BotID(), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].NameLocalizations == nil || (*got[0].NameLocalizations)[discordgo.SpanishES] != "preguntar" {
		t.Errorf("read back %d commands, %+v", len(got), got)
	}
	law := s.ServerID("law")
	if _, err := r.overwriteCommands(t.Context(), s.BotID(), law, nil); err != nil {
		t.Error(err)
	}
	if got, err = r.commands(t.Context(), s.BotID(), law); err != nil || len(got) != 0 {
		t.Errorf("%d commands of the server, %v", len(got), err)
	}
}
