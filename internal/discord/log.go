package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/bwmarrin/discordgo"
)

// Keys of log attributes.
const (
	keyError  = "error"
	keyRoute  = "route"
	keyStatus = "status"
	keyCode   = "code"
	keyWait   = "wait"
	keyShard  = "shard"
	keyEvent  = "event"
	keyServer = "server"
	keyReason = "reason"
	keyStack  = "stack"
	keyResume = "resume"
)

// secretPaths matches the part of a REST path that an interaction's token
// follows, with the token. An interaction token lets whoever holds it write in
// the bot's name for 15 minutes.
var secretPaths = regexp.MustCompile(`((?:interactions|webhooks)/[0-9]+/)[^/?#\s"']+`)

// queries matches an address up to its query, and the query. That of an
// attachment is a signature, which opens a file to whoever holds it.
var queries = regexp.MustCompile(`(https?://[^\s"'?]+\?)[^\s"']+`)

// redact returns text without the bot token t, without the interaction tokens
// of any address in it, and without their queries.
func redact(text string, t Token) string {
	if secret := t.reveal(); secret != "" {
		text = strings.ReplaceAll(text, secret, redacted)
	}
	text = secretPaths.ReplaceAllString(text, "${1}"+redacted)
	return queries.ReplaceAllString(text, "${1}"+redacted)
}

// redactError returns err without secrets. Of a *url.Error, which prints the
// address, only the cause is kept; everything else but its text is dropped,
// except that it still is context.Canceled or context.DeadlineExceeded where
// it was.
func redactError(err error, t Token) error {
	if err == nil {
		return nil
	}
	cause := err
	for {
		u, ok := errors.AsType[*url.Error](cause)
		if !ok {
			break
		}
		cause = u.Err
	}
	text := redact(cause.Error(), t)
	for _, known := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return &redactedError{text, known}
		}
	}
	return errors.New(text)
}

// redactedError is a text that is safe to log and the known error that it
// stood for.
type redactedError struct {
	text string
	is   error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.is }

// sink is where discordgo's own log lines go.
type sink struct {
	log   *slog.Logger
	token Token
}

// discordgo has one Logger for the whole process, which its goroutines read
// without a lock: it is set once, before the first session, and finds out at
// each line where to write.
//
//nolint:gochecknoglobals // discordgo.Logger is global; see above
var (
	currentSink atomic.Pointer[sink]
	setLogger   sync.Once
)

// routeDiscordgo sends discordgo's log lines to log, redacted, until the next
// call. Sessions log errors only: what is below prints packets.
func routeDiscordgo(log *slog.Logger, t Token) {
	currentSink.Store(&sink{log, t})
	setLogger.Do(func() { discordgo.Logger = logDiscordgo })
}

// logDiscordgo is discordgo.Logger.
func logDiscordgo(level, _ int, format string, args ...any) {
	s := currentSink.Load()
	if s == nil {
		return
	}
	l := slog.LevelDebug
	switch level {
	case discordgo.LogError:
		l = slog.LevelError
	case discordgo.LogWarning:
		l = slog.LevelWarn
	case discordgo.LogInformational:
		l = slog.LevelInfo
	}
	s.log.Log(context.Background(), l, "discordgo", "text", redact(fmt.Sprintf(format, args...), s.token))
}
