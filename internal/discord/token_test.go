package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"testing"

	"pincite/internal/fault"
)

func TestReadToken(t *testing.T) {
	files := map[string]string{"/run/token": " Bot abc.def-ghi\n", "/run/empty": "\n"}
	readFile := func(name string) ([]byte, error) {
		if text, ok := files[name]; ok {
			return []byte(text), nil
		}
		return nil, fs.ErrNotExist
	}
	for _, c := range []struct {
		name, variable, file string
		want, sentence       string
	}{
		{"as copied", "abc.def", "", "abc.def", ""},
		{"with its prefix and white space", "\tBot  abc.def \r\n", "", "abc.def", ""},
		{"from a file", "", "/run/token", "abc.def-ghi", ""},
		{"nothing", "", "", "", "set DISCORD_TOKEN"},
		{"both", "abc", "/run/token", "", "both set"},
		{"a prefix without a token", "Bot ", "", "", "no bot token"},
		{"an empty file", "", "/run/empty", "", "no bot token"},
		{"no such file", "", "/run/none", "", "cannot be read"},
		{"two lines", "abc\ndef", "", "", "not a bot token"},
		{"a sentence", "my bot's token", "", "", "not a bot token"},
		{"not ASCII", "abc…def", "", "", "not a bot token"},
	} {
		t.Run(c.name, func(t *testing.T) {
			settings := map[string]string{"DISCORD_TOKEN": c.variable, "DISCORD_TOKEN_FILE": c.file}
			got, err := ReadToken(func(name string) string { return settings[name] }, readFile)
			if got.reveal() != c.want || (err == nil) != (c.sentence == "") {
				t.Fatalf("token %q, error %v", got.reveal(), err)
			}
			if err == nil {
				return
			}
			if !strings.Contains(fault.Sentence(err), c.sentence) || fault.KindOf(err) != fault.Invalid {
				t.Errorf("sentence %q, want %q in it", fault.Sentence(err), c.sentence)
			}
			if v := strings.TrimSpace(c.variable); v != "" && v != "Bot" && strings.Contains(err.Error(), v) {
				t.Errorf("the error holds what was set: %v", err)
			}
		})
	}
	_, err := ReadToken(func(name string) string {
		return map[string]string{"DISCORD_TOKEN_FILE": "/run/none"}[name]
	}, readFile)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the cause is lost: %v", err)
	}
}

// However a token gets into a text, it is not in it.
func TestTokenIsRedacted(t *testing.T) {
	const secret = "abc.def-ghi"
	token := newToken(secret)
	type config struct {
		Token   Token
		Pointer *Token
		private Token
		Map     map[string]Token
	}
	nested := config{token, &token, token, map[string]Token{"t": token}}
	var texts []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10.3s", "%T %v"} {
		for _, v := range []any{token, &token, []Token{token}, struct{ T Token }{token}} {
			texts = append(texts, fmt.Sprintf(verb, v))
		}
	}
	texts = append(texts, token.String(), fmt.Sprint(nested), fmt.Sprintf("%+v", nested), fmt.Errorf("with %v", token).Error())
	data, err := json.Marshal(nested)
	if err != nil {
		t.Fatal(err)
	}
	texts = append(texts, string(data))
	var b bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		slog.New(h).Info("start", slog.Any("token", token), slog.Any("config", nested), slog.Group("g", slog.Any("token", &token)))
	}
	texts = append(texts, b.String())
	for _, text := range texts {
		if strings.Contains(text, secret) || strings.Contains(text, fmt.Sprintf("%x", secret)) {
			t.Errorf("the token is in %q", text)
		}
	}
	if Token.String(Token{}) != "" {
		t.Error("no token prints as one")
	}
}
