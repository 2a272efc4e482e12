package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Codes of Discord's errors that the bot tells apart:
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015 // also: an interaction before its first response
	codeUnknownInteraction = 10062 // too late, or never known
	codeAcknowledged       = 40060 // the interaction has had its callback
	codeInvalidToken       = 50027 // the interaction's 15 minutes are over
)

// defaultRetryAfter is how long to wait after a 429 that does not say;
// longestRetryAfter is what more than it counts as.
const (
	defaultRetryAfter = time.Second
	longestRetryAfter = 24 * time.Hour
)

// restError is a REST request that failed. It prints no address and no token.
type restError struct {
	route      string        // the request, without ids
	status     int           // the HTTP status, 0 where no answer came
	code       int           // Discord's own code, 0 where there is none
	message    string        // Discord's own words
	retryAfter time.Duration // when to come back, where the status is 429
	global     bool          // the 429 is for the whole bot
	err        error         // the cause where no good answer came, free of secrets
}

func (e *restError) Error() string {
	var b strings.Builder
	b.WriteString("discord: " + e.route)
	if e.status != 0 {
		fmt.Fprintf(&b, ": %d", e.status)
	}
	if e.message != "" {
		b.WriteString(" " + e.message)
	}
	if e.code != 0 {
		fmt.Fprintf(&b, " (%d)", e.code)
	}
	if e.err != nil {
		b.WriteString(": " + e.err.Error())
	}
	return b.String()
}

func (e *restError) Unwrap() error { return e.err }

// hasCode reports whether err is Discord's error of that code.
func hasCode(err error, code int) bool {
	e, ok := errors.AsType[*restError](err)
	return ok && e.code == code
}

// hasStatus reports whether err is an answer with that HTTP status.
func hasStatus(err error, status int) bool {
	e, ok := errors.AsType[*restError](err)
	return ok && e.status == status
}

// classify turns an answer that is not a success into an error, nil for a
// success. A page of Cloudflare's, which is HTML, says only by its status and
// Retry-After what it means.
func classify(route string, resp *http.Response, body []byte) *restError {
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return nil
	}
	e := &restError{route: route, status: resp.StatusCode}
	var said struct {
		Message    string          `json:"message"`
		Code       int             `json:"code"`
		RetryAfter float64         `json:"retry_after"` // seconds
		Global     bool            `json:"global"`
		Errors     json.RawMessage `json:"errors"`
	}
	spoken := json.Unmarshal(body, &said) == nil
	if spoken {
		e.code, e.message = said.Code, said.Message
		if len(said.Errors) > 0 {
			e.message += " " + brief(said.Errors)
		}
	} else {
		e.message = http.StatusText(resp.StatusCode)
		if isPage(resp, body) {
			e.message += " (a page, not Discord's API)"
		}
	}
	if e.status != http.StatusTooManyRequests {
		return e
	}
	// The body is precise, the header in whole seconds.
	e.retryAfter = defaultRetryAfter
	if s, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64); err == nil {
		e.retryAfter = seconds(s)
	}
	if spoken && said.RetryAfter > 0 {
		e.retryAfter = seconds(said.RetryAfter)
	}
	// Cloudflare's refusal is for the whole address.
	e.global = said.Global || !spoken || resp.Header.Get("X-RateLimit-Global") == "true"
	return e
}

// seconds turns a wait that Discord asked for into one that is at least a
// millisecond and fits.
func seconds(s float64) time.Duration {
	if math.IsNaN(s) || s <= 0 {
		return time.Millisecond
	}
	if s >= longestRetryAfter.Seconds() {
		return longestRetryAfter
	}
	return max(time.Duration(s*float64(time.Second)), time.Millisecond)
}

func isPage(resp *http.Response, body []byte) bool {
	return strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") || bytes.HasPrefix(body, []byte("<"))
}

// brief is a compact JSON value of at most 300 bytes, for a log line. Discord's
// errors name fields and rules, not what was sent.
func brief(v json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, v) != nil {
		return ""
	}
	return strings.ToValidUTF8(string(b.Bytes()[:min(b.Len(), 300)]), "")
}
