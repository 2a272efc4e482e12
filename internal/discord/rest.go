package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// apiRoot is Discord's REST API in the version that discordgo's types are of.
const apiRoot = "https://discord.com/api/v9"

// userAgent is in the form that Discord asks for:
// https://discord.com/developers/docs/reference#user-agent
const userAgent = "DiscordBot (https://pkg.go.dev/pincite, 1)"

// Discord allows 50 requests a second for the whole bot, interaction
// endpoints exempt. A tenth is left to the clocks' difference.
const (
	requestsPerSecond = 45
	requestBurst      = 5
)

const (
	// requestTimeout bounds one attempt, connecting and reading included.
	requestTimeout = 15 * time.Second
	// maxAnswer bounds what is read of an answer. The longest that the bot
	// asks for is its list of commands: 130 of at most 8000 characters each
	// language.
	maxAnswer = 8 << 20
	// maxAttempts bounds how often one request is tried in all.
	maxAttempts = 4
	// patience is the longest that a request waits for a rate limit in all,
	// where its context allows it.
	patience = 60 * time.Second
	// firstPause is the mean pause before the second attempt after a failure
	// of the server's; each further one is twice as long.
	firstPause = 250 * time.Millisecond
)

// rest talks to Discord's REST API. It keeps nothing for single routes, so
// that 20,000 interactions leave nothing behind, and it retries only what
// cannot happen twice. Its errors are *restError and hold no secret.
type rest struct {
	client  *http.Client
	token   Token
	log     *slog.Logger
	clock   clock
	random  func() float64 // in [0, 1), safe for concurrent use
	limiter *rate.Limiter

	mu     sync.Mutex
	paused time.Time // until when a global rate limit holds everything but interactions back
}

// restConfig is what a rest is made of.
type restConfig struct {
	token  Token
	http   *http.Client // its transport is used; nil means net/http's own
	api    *url.URL     // scheme and host that stand in for Discord's, or nil
	log    *slog.Logger
	clock  clock
	random func() float64
}

func newRest(c restConfig) *rest {
	client := &http.Client{
		Transport: newTransport(c.http, c.api),
		// Discord's API redirects nowhere; the token follows no redirect.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &rest{
		client: client, token: c.token, log: c.log, clock: c.clock, random: c.random,
		limiter: rate.NewLimiter(requestsPerSecond, requestBurst),
	}
}

// request is one call of the API.
type request struct {
	method string
	path   string  // below apiRoot; may hold an interaction's token
	route  string  // what errors and logs call it; holds no secret
	body   any     // encoded as JSON; nil for none
	upload *upload // sent beside the body; nil for none

	// interaction requests carry their token in the path instead of the
	// bot's, and count against no limit of the bot's.
	interaction bool
	// repeatable says that having been carried out already makes a further
	// attempt harmless. GET, PUT, PATCH and DELETE always are.
	repeatable bool
	// once is the code of the error by which Discord says that an earlier
	// attempt was carried out; 0 for none.
	once int
	// patience replaces the constant of that name where it is not 0.
	patience time.Duration
}

// mayRepeat reports whether the request may be sent again when it is unknown
// whether it was carried out.
func (q *request) mayRepeat() bool {
	switch q.method {
	case http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return true
	}
	return q.repeatable
}

// do sends a request, until it is answered for good, and decodes the answer
// into out where that is not nil.
func (r *rest) do(ctx context.Context, q request, out any) error {
	body, err := encode(&q)
	if err != nil {
		return &restError{route: q.route, err: fmt.Errorf("encoding the request: %w", redactError(err, r.token))}
	}
	waited := time.Duration(0)
	most := q.patience
	if most == 0 {
		most = patience
	}
	for attempt := 1; ; attempt++ {
		if err := r.admit(ctx, &q); err != nil {
			return err
		}
		answer, err := r.attempt(ctx, &q, body)
		if err == nil {
			return decode(q.route, answer, out)
		}
		if attempt > 1 && q.once != 0 && err.code == q.once {
			return nil // the attempt before, whose answer was lost, did it
		}
		pause, again := r.pause(&q, err, attempt)
		if !again || waited+pause > most || ctx.Err() != nil {
			return err
		}
		if deadline, ok := ctx.Deadline(); ok && r.clock.Now().Add(pause).After(deadline) {
			return err // waiting would only make the caller's failure later
		}
		waited += pause
		r.log.LogAttrs(ctx, slog.LevelInfo, "discord: trying again",
			slog.String(keyRoute, q.route), slog.Int(keyStatus, err.status), slog.Duration(keyWait, pause))
		if wait(ctx, r.clock, pause) != nil {
			return err
		}
	}
}

// pause says how long to wait before the next attempt, if there may be one.
func (r *rest) pause(q *request, err *restError, attempt int) (time.Duration, bool) {
	switch {
	case attempt >= maxAttempts:
		return 0, false
	case err.status == http.StatusTooManyRequests:
		// Refused before it was carried out: safe to send again, however it is made.
		return err.retryAfter, true
	case err.status == 0 || err.status >= http.StatusInternalServerError:
		mean := firstPause << (attempt - 1)
		return mean/2 + time.Duration(r.random()*float64(mean)), q.mayRepeat() && !errors.Is(err, context.Canceled)
	}
	return 0, false
}

// admit waits until the bot's own limits let a request through.
func (r *rest) admit(ctx context.Context, q *request) error {
	if q.interaction {
		return nil
	}
	r.mu.Lock()
	paused := r.paused.Sub(r.clock.Now())
	r.mu.Unlock()
	if paused > 0 {
		if err := wait(ctx, r.clock, paused); err != nil {
			return &restError{route: q.route, retryAfter: paused, err: fmt.Errorf("waiting for the rate limit: %w", err)}
		}
	}
	if err := r.limiter.Wait(ctx); err != nil {
		if ctx.Err() == nil {
			err = context.DeadlineExceeded // the limiter saw that it would pass
		}
		return &restError{route: q.route, err: fmt.Errorf("waiting for the rate limit: %w", err)}
	}
	return nil
}

// attempt sends a request once and returns the body of a good answer.
func (r *rest) attempt(ctx context.Context, q *request, body content) ([]byte, *restError) {
	fail := func(what string, err error) *restError {
		return &restError{route: q.route, err: fmt.Errorf("%s: %w", what, redactError(err, r.token))}
	}
	timeout := requestTimeout
	if q.upload != nil {
		timeout = uploadTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, q.method, apiRoot+q.path, body.reader())
	if err != nil {
		return nil, fail("making the request", err)
	}
	req.ContentLength, req.GetBody = body.size(), func() (io.ReadCloser, error) { return io.NopCloser(body.reader()), nil }
	req.Header.Set("User-Agent", userAgent)
	if body.kind != "" { // Discord refuses a Content-Type without a body
		req.Header.Set("Content-Type", body.kind)
	}
	if !q.interaction {
		req.Header.Set("Authorization", r.token.authorization())
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return nil, fail("sending the request", err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err == nil && len(data) > maxAnswer {
		err = fmt.Errorf("more than %d bytes", maxAnswer)
	}
	if err != nil {
		return nil, fail("reading the answer", err)
	}
	if failed := classify(q.route, resp, data); failed != nil {
		failed.message = redact(failed.message, r.token)
		if failed.global && !q.interaction {
			r.hold(failed.retryAfter)
		}
		return nil, failed
	}
	return data, nil
}

// hold lets nothing but interactions through for d.
func (r *rest) hold(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if until := r.clock.Now().Add(d); until.After(r.paused) {
		r.paused = until
	}
}

func decode(route string, data []byte, out any) error {
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return &restError{route: route, err: fmt.Errorf("decoding the answer: %w", err)}
	}
	return nil
}

// wait waits for d, or until ctx ends, whose error it returns then.
func wait(ctx context.Context, c clock, d time.Duration) error {
	passed := make(chan struct{})
	t := c.AfterFunc(d, func() { close(passed) })
	defer t.Stop()
	select {
	case <-passed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
