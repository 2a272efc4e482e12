package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

func TestRedact(t *testing.T) {
	token := newToken(botSecret)
	for text, want := range map[string]string{
		"Authorization: Bot " + botSecret: "Authorization: Bot REDACTED",
		`Post "https://discord.com/api/v9/interactions/11/` + interactionSecret + `/callback": EOF`: `Post "https://discord.com/api/v9/interactions/11/REDACTED/callback": EOF`,
		"PATCH /webhooks/22/" + interactionSecret + "/messages/@original":                           "PATCH /webhooks/22/REDACTED/messages/@original",
		"https://cdn.discordapp.com/attachments/1/2/a.md?ex=1&hm=" + interactionSecret + " gone":    "https://cdn.discordapp.com/attachments/1/2/a.md?REDACTED gone",
		"nothing to hide": "nothing to hide",
	} {
		if got := redact(text, token); got != want {
			t.Errorf("redact(%q) = %q, want %q", text, got, want)
		}
	}
	if got := redact("as it is", Token{}); got != "as it is" {
		t.Errorf("without a token: %q", got)
	}
}

// FuzzRedact: whatever stands around them, no secret is left.
func FuzzRedact(f *testing.F) {
	f.Add("Post \"", "abc.def", "xyz", "\": EOF")
	f.Add("", "a", "b", "?")
	f.Add("interactions/1/", "t0", "t1", "/webhooks/2/")
	f.Fuzz(func(t *testing.T, before, bot, interaction, after string) {
		clean := func(s string) bool {
			return len(s) >= 8 && !strings.ContainsAny(s, "/?#\"' \t\r\n\v\f") && !strings.Contains(redacted, s)
		}
		if !clean(bot) || !clean(interaction) || strings.Contains(before+after, bot) || strings.Contains(before+after, interaction) ||
			strings.Contains(bot, interaction) || strings.Contains(interaction, bot) {
			return
		}
		u := "https://discord.com/api/v9/interactions/1/" + interaction + "/callback"
		text := redact(before+" "+u+" "+bot+" /webhooks/2/"+interaction+after, newToken(bot))
		if strings.Contains(text, bot) || strings.Contains(text, interaction) {
			t.Errorf("a secret is in %q", text)
		}
	})
}

func TestRedactError(t *testing.T) {
	token := newToken(botSecret)
	address := "https://discord.com/api/v9/webhooks/22/" + interactionSecret
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded, errors.New("refused by " + address)} {
		err := redactError(fmt.Errorf("sending: %w", &url.Error{Op: "Post", URL: address, Err: cause}), token)
		known := !strings.Contains(cause.Error(), "refused")
		if strings.Contains(err.Error(), interactionSecret) || errors.Is(err, cause) != known || errors.As(err, new(*url.Error)) {
			t.Errorf("redacted to %v", err)
		}
	}
	if redactError(nil, token) != nil {
		t.Error("no error became one")
	}
}

// Row 10: discordgo's own lines go to the bot's log, without secrets.
func TestDiscordgoLog(t *testing.T) {
	var b bytes.Buffer
	routeDiscordgo(slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug})), newToken(botSecret))
	for level, name := range map[int]string{
		discordgo.LogError: "ERROR", discordgo.LogWarning: "WARN", discordgo.LogInformational: "INFO", discordgo.LogDebug: "DEBUG",
	} {
		b.Reset()
		discordgo.Logger(level, 1, "%s for %s", "Bot "+botSecret, "/interactions/1/"+interactionSecret+"/callback")
		if text := b.String(); !strings.Contains(text, "level="+name) || strings.Contains(text, botSecret) || strings.Contains(text, interactionSecret) {
			t.Errorf("level %d: %s", level, text)
		}
	}
}
