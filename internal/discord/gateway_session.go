package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Errors of a connection that the bot itself gives up.
var (
	errHung    = errors.New("discord: gateway: opening took too long")
	errNoReady = errors.New("discord: gateway: neither READY nor RESUMED came")
)

// resumesToTry is how many connections in a row may fail to resume a session
// before a new one is begun.
const resumesToTry = 2

// session is a discordgo session and what is known of its connection. Only its
// shard's goroutine uses it; events come on discordgo's.
type session struct {
	*shard
	dg    *discordgo.Session
	conn  atomic.Pointer[gatewayConn] // of this attempt, nil before it is made
	begun chan struct{}               // gets READY and RESUMED; room for one
	cut   context.CancelFunc          // ends this attempt, with its connection

	known   bool // has had READY: can be resumed
	lives   bool // READY or RESUMED came in this attempt
	resumes int  // attempts in a row in which it did not
}

// newSession prepares a session that begins with IDENTIFY.
func (s *shard) newSession() (*session, error) {
	dg, err := discordgo.New(s.token.authorization())
	if err != nil {
		return nil, redactError(err, s.token)
	}
	dg.LogLevel = discordgo.LogError // below it, packets are printed
	dg.UserAgent = userAgent
	dg.ShouldReconnectOnError = false // the shard reconnects; discordgo would, from two goroutines at once
	dg.ShouldRetryOnRateLimit = false
	dg.MaxRestRetries = 0
	dg.StateEnabled = false // nothing asks for it, and it grows with the servers
	dg.SyncEvents = true    // events keep their order and start no goroutine
	dg.Compress, dg.Identify.Compress = false, false
	dg.Identify.Intents = intents
	dg.ShardID, dg.ShardCount = s.id, s.count
	c := &session{shard: s, dg: dg, begun: make(chan struct{}, 1)}
	c.listen()
	return c, nil
}

// listen hands events to the handlers, guarded.
func (c *session) listen() {
	h := &c.handlers
	c.dg.AddHandler(func(_ *discordgo.Session, e *discordgo.Ready) {
		c.begin()
		c.event("READY", func() {
			if e.User == nil {
				c.guard.drop("READY", "it names no user")
				return
			}
			appID := e.User.ID // the same, except for the oldest applications
			if e.Application != nil && e.Application.ID != "" {
				appID = e.Application.ID
			}
			h.ready(appID, e.User)
		})
	})
	c.dg.AddHandler(func(*discordgo.Session, *discordgo.Resumed) { c.begin() })
	c.dg.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageCreate) {
		c.event("MESSAGE_CREATE", func() {
			if m := c.guard.message(e); m != nil {
				h.message(m)
			}
		})
	})
	c.dg.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildCreate) {
		c.event("GUILD_CREATE", func() {
			if e.Guild != nil && e.Guild.ID != "" {
				h.guildCreate(e.Guild)
			}
		})
	})
	c.dg.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		switch e.Type {
		case "GUILD_DELETE":
			c.event(e.Type, func() { c.guildDelete(e.RawData) })
		case "INTERACTION_CREATE":
			c.event(e.Type, func() {
				created, _ := e.Struct.(*discordgo.InteractionCreate)
				if i := c.guard.interaction(created); i != nil {
					h.interaction(i, uploadLimit(e.RawData))
				}
			})
		}
	})
}

// begin notes that the session has begun or goes on.
func (c *session) begin() {
	select {
	case c.begun <- struct{}{}:
	default:
	}
}

// event runs a handler unless the bot is stopping.
func (c *session) event(name string, handle func()) {
	if c.stopping.Load() {
		c.log.LogAttrs(context.Background(), slog.LevelDebug, "discord: an event came while stopping", slog.String(keyEvent, name))
		return
	}
	c.guard.run(name, handle)
}

// guildDelete reads the event itself: of one that does not decode, discordgo
// would hand on `unavailable` as false, and the server's documents would go.
func (c *session) guildDelete(raw json.RawMessage) {
	var d struct {
		ID          string `json:"id"`
		Unavailable bool   `json:"unavailable"`
	}
	if err := json.Unmarshal(raw, &d); err != nil || d.ID == "" {
		c.guard.drop("GUILD_DELETE", "it did not decode")
		return
	}
	c.handlers.guildDelete(d.ID, d.Unavailable)
}

// open opens a connection and waits until the session has begun or goes on.
// Where that takes too long, the connection is cut, and where discordgo hangs
// all the same, the session is left behind, with errHung.
func (c *session) open(ctx context.Context) error {
	attempt, cut := context.WithCancel(context.WithoutCancel(ctx))
	c.cut = cut
	c.conn.Store(nil)
	c.lives = false
	select {
	case <-c.begun:
	default:
	}
	if err := c.prepare(attempt); err != nil {
		return err
	}
	limit, cancel := context.WithTimeout(ctx, c.openLimit)
	defer cancel()
	opened := make(chan error, 1)
	go func() {
		err := errHung
		c.guard.run("Open", func() { err = c.dg.Open() })
		opened <- err
	}()
	var err error
	select {
	case err = <-opened:
	case <-limit.Done():
		cut()
		if !c.soon(opened) {
			c.log.LogAttrs(ctx, slog.LevelError, "discord: a session hangs and was left behind", slog.Int(keyShard, c.id))
		}
		return errHung
	}
	conn := c.conn.Load() // not nil where Open succeeded: its dialer stored it
	if err != nil {
		if conn != nil && closeCodeOf(err) == 0 && conn.closeCode() != 0 {
			err = &closedError{conn.closeCode()}
		}
		return err
	}
	select {
	case <-c.begun:
		c.known, c.lives, c.resumes = true, true, 0
		return nil
	case <-conn.closed:
		return &closedError{conn.closeCode()}
	case <-limit.Done():
		c.close(closeResume)
		return errNoReady
	}
}

// prepare points discordgo's HTTP client and dialer at this attempt.
func (c *session) prepare(attempt context.Context) error {
	u, err := url.Parse(c.address)
	if err != nil {
		return fmt.Errorf("discord: gateway: its address: %w", redactError(err, c.token))
	}
	c.dg.Client = &http.Client{
		Transport: &sessionTransport{next: c.rest.client.Transport, ctx: attempt},
		Timeout:   requestTimeout,
	}
	d := &dialer{ctx: attempt, tls: c.tls, proxy: c.proxy, attach: func(conn *gatewayConn) { c.conn.Store(conn) }}
	c.dg.Dialer = d.websocket(u.Scheme == "wss", u.Host)
	return nil
}

// soon reports whether a call that was cut off ends within a second.
func (c *session) soon(done <-chan error) bool {
	late := make(chan struct{})
	t := c.clock.AfterFunc(time.Second, func() { close(late) })
	defer t.Stop()
	select {
	case <-done:
		return true
	case <-late:
		return false
	}
}

// close closes the connection with a code, within closeLimit.
func (c *session) close(code int) {
	done := make(chan error, 1)
	go func() { done <- c.dg.CloseWithCode(code) }()
	late := make(chan struct{})
	t := c.clock.AfterFunc(closeLimit, func() { close(late) })
	defer t.Stop()
	select {
	case <-done:
	case <-late:
		c.cut()
		c.soon(done)
	}
}

// reusable reports whether the session may be opened again after err.
func (c *session) reusable(err error) bool {
	if errors.Is(err, errHung) || errors.Is(err, errNoReady) {
		return false
	}
	if code := closeCodeOf(err); code == closeInvalidSeq || code == closeTimedOut {
		return false
	}
	conn := c.conn.Load()
	if conn == nil || !conn.opaque && conn.interval() == 0 {
		return true // it came to neither IDENTIFY nor RESUME
	}
	if !c.lives {
		c.resumes++
	}
	return c.known && c.resumes < resumesToTry
}
