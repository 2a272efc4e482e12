package discord

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"pincite/internal/fault"
)

// redacted is what stands where a secret stood.
const redacted = "REDACTED"

// Token is the bot token. However it is printed, encoded or logged, it shows
// as REDACTED; only this package can read it. The zero Token is no token.
type Token struct {
	// A pointer, because fmt prints the unexported fields of other structs
	// without asking their methods, but follows no pointer there.
	secret *string
}

func newToken(secret string) Token { return Token{&secret} }

// reveal returns the token itself, "" for none.
func (t Token) reveal() string {
	if t.secret == nil {
		return ""
	}
	return *t.secret
}

// Where a token comes from, for sentences that send somebody there.
const tokenAdvice = "Copy the bot token from https://discord.com/developers/applications (your application, Bot, Reset Token)"

// The settings that ReadToken reads.
const (
	tokenVariable     = "DISCORD_TOKEN"
	tokenFileVariable = "DISCORD_TOKEN_FILE"
)

// ReadToken reads the bot token from the setting DISCORD_TOKEN or from the
// file that DISCORD_TOKEN_FILE names. White space around it and a leading
// "Bot " are dropped. The error is a fault whose sentence says what to set.
func ReadToken(getenv func(string) string, readFile func(string) ([]byte, error)) (Token, error) {
	text, file := getenv(tokenVariable), getenv(tokenFileVariable)
	from := tokenVariable
	switch {
	case text != "" && file != "":
		return Token{}, fault.New(fault.Invalid, "%s and %s are both set: keep one.", tokenVariable, tokenFileVariable)
	case text == "" && file == "":
		return Token{}, fault.New(fault.Invalid, "No bot token: set %s, or %s to a file that holds it. %s.",
			tokenVariable, tokenFileVariable, tokenAdvice)
	case file != "":
		data, err := readFile(file)
		if err != nil {
			return Token{}, fault.Wrap(fault.Invalid, err, "The file %s that %s names cannot be read.", file, tokenFileVariable)
		}
		text, from = string(data), tokenFileVariable
	}
	text = strings.TrimPrefix(strings.TrimSpace(text)+" ", "Bot ")
	text = strings.TrimSpace(text)
	if text == "" {
		return Token{}, fault.New(fault.Invalid, "%s holds no bot token. %s.", from, tokenAdvice)
	}
	// A header takes no control characters, and a token has only letters,
	// digits, '.', '_' and '-'. Whatever else is there was copied by mistake.
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return Token{}, fault.New(fault.Invalid, "What %s holds is not a bot token: it has characters that no token has. %s.",
			from, tokenAdvice)
	}
	return newToken(text), nil
}

// authorization is the value of the Authorization header.
func (t Token) authorization() string { return "Bot " + t.reveal() }

// String returns REDACTED, or "" for no token.
func (t Token) String() string {
	if t.secret == nil {
		return ""
	}
	return redacted
}

// Format prints String for every verb, so that %#v and %x give nothing away
// either.
func (t Token) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

// LogValue is String, for log/slog.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText returns String.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// MarshalJSON returns String as a JSON string.
func (t Token) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }
