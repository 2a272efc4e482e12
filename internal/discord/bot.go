package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

// Config is what a bot works with.
type Config struct {
	Desk *desk.Desk
	// Library keeps the documents that a moderator has previewed and not yet
	// added.
	Library *library.Library
	Token   Token
	// API replaces the scheme and host of Discord's addresses; nil for
	// Discord itself.
	API *url.URL
	// Proxy finds the outbound proxy for a request; nil for none.
	Proxy func(*http.Request) (*url.URL, error)
	// DevServer is the id of the one server that gets the commands, for
	// developing; empty for all.
	DevServer string
	// MaxAttachment is the largest attachment that is fetched, in bytes.
	MaxAttachment int64
	// Fetch fetches a page or file that a moderator gives the address of. It
	// keeps to public addresses, bounds size and time, and its errors are
	// faults: see ingest.Fetch, which nil stands for, with its default limits.
	Fetch func(ctx context.Context, address string) (ingest.Source, error)
	Log   *slog.Logger
	// Alive is called every few seconds while the bot is connected; nil is
	// allowed.
	Alive func()
}

// The pool's shares. Answers take milliseconds, so that a few workers serve
// thousands a second; more than the cores have only waits for the disk.
const (
	quickWorkers, quickPerServer, quickQueue, quickTotal = 16, 4, 200, 5000
	slowWorkers, slowPerServer, slowQueue, slowTotal     = 4, 2, 20, 200
)

// Bot is Pincite on Discord.
type Bot struct {
	cfg   Config
	rest  *rest
	guard *guard
	seen  *seen
	pool  *pool
	flood *flood
	clock clock
	id    atomic.Value // string: the bot's user id, once Discord has told it
}

// New makes a bot; Run connects it.
func New(cfg Config) *Bot {
	c := wallClock{}
	g := newGuard(cfg.Log)
	if cfg.Fetch == nil {
		cfg.Fetch = func(ctx context.Context, address string) (ingest.Source, error) {
			return ingest.Fetch(ctx, address, ingest.DefaultLimits())
		}
	}
	return &Bot{
		cfg: cfg, guard: g, clock: c,
		rest: newRest(restConfig{
			token: cfg.Token, api: cfg.API, log: cfg.Log, clock: c, random: rand.Float64,
			http: &http.Client{Transport: proxied(cfg.Proxy)},
		}),
		seen:  newSeen(c),
		flood: newFlood(c, floodBurst, floodEvery),
		pool: newPool(g,
			laneLimits{workers: quickWorkers, perServer: quickPerServer, queue: quickQueue, total: quickTotal},
			laneLimits{workers: slowWorkers, perServer: slowPerServer, queue: slowQueue, total: slowTotal}),
	}
}

// proxied is net/http's transport with another choice of proxy.
func proxied(proxy func(*http.Request) (*url.URL, error)) http.RoundTripper {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	t = t.Clone()
	t.Proxy = proxy
	return t
}

// Run keeps the bot connected until ctx ends, then lets the answers that were
// begun finish, within 5 s, and returns nil. Where Discord refuses the bot for
// good it returns a fault whose sentence says what to fix.
func (b *Bot) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	defer background.Wait()
	defer stop()
	background.Go(func() {
		if err := b.cfg.Desk.Follow(ctx); err != nil && ctx.Err() == nil {
			b.cfg.Log.LogAttrs(ctx, slog.LevelError, "discord: what other processes add is not noticed", slog.Any(keyError, err))
		}
	})
	// The first question should not wait for the corpus to be indexed.
	background.Go(func() {
		if _, err := b.cfg.Desk.List(ctx, library.Base); err != nil && ctx.Err() == nil {
			b.cfg.Log.LogAttrs(ctx, slog.LevelError, "discord: the base corpus cannot be read", slog.Any(keyError, err))
		}
	})
	var registered sync.Once
	g := newGateway(gatewayConfig{
		rest: b.rest, token: b.cfg.Token, proxy: b.cfg.Proxy, alive: b.cfg.Alive,
		log: b.cfg.Log, clock: b.clock, random: rand.Float64, guard: b.guard,
		drain: func(ctx context.Context) {
			if err := b.pool.drain(ctx); err != nil {
				b.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "discord: stopped before all answers were sent", slog.Any(keyError, err))
			}
		},
		handlers: gatewayHandlers{
			ready: func(appID string, self *discordgo.User) {
				b.id.Store(self.ID)
				registered.Do(func() {
					background.Go(func() { b.register(ctx, appID) })
				})
			},
			message: b.onMessage, interaction: b.onInteraction, guildDelete: b.onLeave,
			guildCreate: func(*discordgo.Guild) {},
		},
	})
	return g.run(ctx)
}

// register registers the commands. A bot without them still answers mentions,
// so that a failure ends nothing.
func (b *Bot) register(ctx context.Context, appID string) {
	if err := registerCommands(ctx, b.rest, appID, b.cfg.DevServer, b.cfg.Log); err != nil && ctx.Err() == nil {
		b.cfg.Log.LogAttrs(ctx, slog.LevelError, "discord: slash commands are not up to date; a restart tries again", slog.Any(keyError, err))
	}
}

// event is what somebody waits on: who asks, for which server, and
// the responder that will tell them.
type event struct {
	*responder
	who    library.CorpusID
	server string // the pool's queue: the server's id, or the member's in direct messages
	member string
	locale locale
	upload int64 // bytes that a reply to an interaction may upload
}

// corpusOf is the corpus of a server, or the base corpus in direct messages.
func corpusOf(guildID string) (library.CorpusID, error) {
	if guildID == "" {
		return library.Base, nil
	}
	return library.Server(guildID)
}

// onInteraction begins the reply to an interaction, which may upload so many
// bytes, and queues the work.
func (b *Bot) onInteraction(i *discordgo.Interaction, upload int64) {
	if !b.seen.first(i.ID) {
		return
	}
	who, err := corpusOf(i.GuildID)
	if err != nil {
		b.guard.drop("INTERACTION_CREATE", "its server has no valid id")
		return
	}
	member := user(i).ID
	server := i.GuildID
	if server == "" {
		server = member
	}
	h := b.handler(i)
	ev := &event{
		responder: newInteractionResponder(b.rest, i, h.private, h.kind, b.clock),
		who:       who, server: server, member: member, locale: localeOf(i.Locale), upload: upload,
	}
	if h.free {
		b.queue(ev, h)
		return
	}
	if a := b.flood.admit(member); !a.ok {
		// Discord shows an error of its own under an interaction that gets no
		// reply, so each is told.
		b.pool.submit(quick, server, func(ctx context.Context) {
			b.deliver(ctx, ev, h.name, ev.notice(ctx, slowDownMessage(a.seconds, ev.locale)))
		})
		return
	}
	b.queue(ev, h)
}

// onMessage answers a message that mentions the bot or was sent to it.
func (b *Bot) onMessage(m *discordgo.Message) {
	if !b.addressed(m) || !b.seen.first(m.ID) {
		return
	}
	who, err := corpusOf(m.GuildID)
	if err != nil {
		b.guard.drop("MESSAGE_CREATE", "its server has no valid id")
		return
	}
	server := m.GuildID
	if server == "" {
		server = m.Author.ID
	}
	a := b.flood.admit(m.Author.ID)
	if !a.ok && !a.tell {
		return
	}
	ev := &event{
		responder: newMessageResponder(b.rest, m, b.clock),
		who:       who, server: server, member: m.Author.ID,
	}
	h := handling{name: "mention", lane: quick, run: func(ctx context.Context, ev *event) (*message, error) {
		return b.mention(ctx, ev, m)
	}}
	if !a.ok {
		h.run = func(context.Context, *event) (*message, error) { return slowDownMessage(a.seconds, ev.locale), nil }
	}
	b.queue(ev, h)
}

// handling is how one kind of event is handled.
type handling struct {
	name    string // for the log
	lane    lane
	kind    responseKind
	private bool
	// free work is not counted against the member: what Discord asks for while
	// somebody types.
	free bool
	// run makes the reply; nil where it has sent one itself.
	run func(context.Context, *event) (*message, error)
}

// queue runs h in the pool and sends what it makes.
func (b *Bot) queue(ev *event, h handling) {
	accepted := b.pool.submit(h.lane, ev.server, func(ctx context.Context) {
		m, err := h.run(ctx, ev)
		switch {
		case err != nil:
			b.apologise(ctx, ev, h, err)
		case m != nil:
			b.deliver(ctx, ev, h.name, ev.send(ctx, m))
		}
	})
	if accepted {
		return
	}
	b.cfg.Log.Warn("discord: a queue is full", slog.String(keyEvent, h.name), slog.String(keyServer, ev.server))
	if h.free {
		return
	}
	// There is no worker to spare; one short request may have its own.
	go b.guard.run(h.name, func() {
		ctx, cancel := context.WithTimeout(context.Background(), deferTimeout)
		defer cancel()
		b.deliver(ctx, ev, h.name, ev.notice(ctx, busyMessage(ev.locale)))
	})
}

// apologise tells the member what went wrong in one sentence, and the log all
// of it.
func (b *Bot) apologise(ctx context.Context, ev *event, h handling, err error) {
	level := slog.LevelInfo
	if kind := fault.KindOf(err); kind == fault.Internal || kind == fault.Storage {
		level = slog.LevelError
	}
	b.cfg.Log.LogAttrs(ctx, level, "discord: could not answer", slog.String(keyEvent, h.name), slog.Any(keyError, err))
	b.deliver(ctx, ev, h.name, ev.notice(ctx, errorMessage(err, ev.locale)))
}

// deliver logs what became of a reply. One that Discord refused is a fault of
// the program; the member gets a plain one instead.
func (b *Bot) deliver(ctx context.Context, ev *event, name string, err error) {
	if err == nil || errors.Is(err, errAnswered) {
		return
	}
	b.cfg.Log.LogAttrs(ctx, slog.LevelError, "discord: reply not delivered", slog.String(keyEvent, name), slog.Any(keyError, err))
	if hasStatus(err, http.StatusBadRequest) {
		if err := ev.notice(ctx, errorMessage(err, ev.locale)); err != nil {
			b.cfg.Log.LogAttrs(ctx, slog.LevelError, "discord: apology not delivered", slog.String(keyEvent, name), slog.Any(keyError, err))
		}
	}
}

// onLeave forgets a server that the bot was removed from. In an outage, the
// server is only unavailable and comes back.
func (b *Bot) onLeave(guildID string, unavailable bool) {
	if unavailable {
		return
	}
	who, err := library.Server(guildID)
	if err != nil {
		b.guard.drop("GUILD_DELETE", "its server has no valid id")
		return
	}
	accepted := b.pool.submit(slow, guildID, func(ctx context.Context) {
		if err := b.cfg.Desk.Purge(ctx, who); err != nil {
			b.cfg.Log.LogAttrs(ctx, slog.LevelError, "discord: a server's documents could not be deleted",
				slog.String(keyServer, guildID), slog.Any(keyError, err))
			return
		}
		b.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "discord: left a server, its documents are deleted", slog.String(keyServer, guildID))
	})
	if !accepted {
		b.cfg.Log.Error("discord: a server's documents were not deleted: the queue is full", slog.String(keyServer, guildID))
	}
}

// unknownAction is for a button or command of another version of the program.
func unknownAction(what string) error {
	return fault.Wrap(fault.Invalid, fmt.Errorf("discord: %s is not known", what),
		"This program does not know that button or command any more; ask again.")
}
