package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"

	"pincite/internal/fault"
)

// intents are what the bot asks the gateway for. None is privileged: message
// content arrives all the same where the bot is spoken to.
const intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

const (
	// Discord takes one IDENTIFY each 5 s (times max_concurrency).
	identifyEvery = 5 * time.Second
	// openLimit bounds opening a connection, up to READY or RESUMED.
	openLimit = 20 * time.Second
	// closeLimit bounds closing one. discordgo sleeps 1 s of it.
	closeLimit = 2500 * time.Millisecond
	// drainLimit is how long answers may still take once the bot is told to
	// stop. With closeLimit it stays below 5 s, after which an exit counts as
	// hung.
	drainLimit = 3 * time.Second
	// firstReopen and lastReopen bound the pause before reopening. The pause
	// doubles from one to the other; of each, a random half is left out, so
	// that shards, and bots, do not come back all at once.
	firstReopen = 250 * time.Millisecond
	lastReopen  = time.Minute
	// steadyAfter is how long a connection has to live for the next pause to
	// be the first again.
	steadyAfter = 30 * time.Second
)

// gatewayHandlers get what the gateway tells. They are called one at a time
// for each shard, on the goroutine that reads from it: they must return at
// once. What is malformed, or comes while the bot is stopping, does not reach
// them.
type gatewayHandlers struct {
	ready   func(appID string, self *discordgo.User) // for each session that begins, so maybe often
	message func(*discordgo.Message)
	// interaction gets how many bytes a reply may upload as well.
	interaction func(i *discordgo.Interaction, upload int64)
	guildCreate func(*discordgo.Guild)
	guildDelete func(id string, unavailable bool) // unavailable: an outage, the bot is still in the server
}

// gatewayConfig is what a gateway is made of.
type gatewayConfig struct {
	rest     *rest
	token    Token
	proxy    func(*http.Request) (*url.URL, error)
	tls      *tls.Config // nil for the usual
	log      *slog.Logger
	clock    clock
	random   func() float64 // in [0, 1), safe for concurrent use
	guard    *guard
	handlers gatewayHandlers
	// drain waits for the answers that are being made, until ctx ends. It is
	// called once, before the connections are closed.
	drain func(ctx context.Context)
	// alive, where it is not nil, is called at once and each aliveEvery while
	// a shard is connected and its heartbeats are acknowledged.
	alive func()

	openLimit     time.Duration // 0 means the constant
	identifyEvery time.Duration // 0 means the constant
}

// gateway keeps the bot connected: it owns the discordgo sessions, one a
// shard, reopens them and decides when to give up.
type gateway struct {
	gatewayConfig
	stopping atomic.Bool // events are dropped

	mu    sync.Mutex // held while waiting for a permit
	start *rate.Limiter
	fresh *discordgo.GatewayBotResponse // what find got, until it was used
}

func newGateway(c gatewayConfig) *gateway {
	if c.openLimit == 0 {
		c.openLimit = openLimit
	}
	if c.identifyEvery == 0 {
		c.identifyEvery = identifyEvery
	}
	return &gateway{gatewayConfig: c}
}

// run keeps the bot connected until ctx ends; then it drains, closes and
// returns nil within 5 s. Where Discord refuses the bot for good, it does the
// same and returns a fault whose sentence says what to fix.
func (g *gateway) run(ctx context.Context) error {
	routeDiscordgo(g.log, g.token)
	info, err := g.find(ctx)
	if info == nil {
		g.finish()
		return err
	}
	g.fresh = info
	g.start = rate.NewLimiter(rate.Every(g.identifyEvery), max(1, info.SessionStartLimit.MaxConcurrency))

	// A shard that fails for good ends the bot. Shards outlive ctx, so that
	// answers can finish first.
	shards, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	var wg sync.WaitGroup
	n := max(1, info.Shards)
	for id := range n {
		wg.Go(func() {
			s := &shard{gateway: g, id: id, count: n, address: info.URL}
			if err := s.run(shards); err != nil {
				stop(err)
			}
		})
	}
	select {
	case <-ctx.Done():
	case <-shards.Done():
	}
	g.finish()
	stop(nil)
	wg.Wait()
	g.rest.client.CloseIdleConnections()
	if err := context.Cause(shards); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// finish lets no event through any more and waits for the answers under way.
func (g *gateway) finish() {
	g.stopping.Store(true)
	if g.drain == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), drainLimit)
	defer cancel()
	g.drain(ctx)
}

// find asks for the gateway's address until there is one. It returns nil where
// ctx ends first, and a fault where the token is refused.
func (g *gateway) find(ctx context.Context) (*discordgo.GatewayBotResponse, error) {
	for attempt := 1; ; attempt++ {
		info, err := g.rest.gatewayBot(ctx)
		if err == nil {
			return info, nil
		}
		if refused := g.refused(err); refused != nil || ctx.Err() != nil {
			return nil, refused
		}
		pause := g.pause(attempt, err)
		g.log.LogAttrs(ctx, slog.LevelWarn, "discord: the gateway's address is not to be had",
			slog.Any(keyError, err), slog.Duration(keyWait, pause))
		if wait(ctx, g.clock, pause) != nil {
			return nil, nil
		}
	}
}

// pause is how long to wait after that many failures in a row, and at least as
// long as err asks for.
func (g *gateway) pause(failures int, err error) time.Duration {
	d := firstReopen
	for range failures - 1 {
		if d *= 2; d >= lastReopen {
			d = lastReopen
			break
		}
	}
	d = d/2 + time.Duration(g.random()*float64(d/2))
	if e, ok := errors.AsType[*restError](err); ok {
		d = max(d, e.retryAfter)
	}
	return d
}

// permit waits until a new session may be started.
func (g *gateway) permit(ctx context.Context) error {
	// One at a time: the first to find the day's sessions used up waits for all.
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.start.Wait(ctx); err != nil {
		return err
	}
	info := g.fresh
	g.fresh = nil
	if info == nil {
		var err error
		if info, err = g.rest.gatewayBot(ctx); err != nil {
			return err
		}
	}
	limit := info.SessionStartLimit
	if limit.Remaining > 0 || limit.Total == 0 {
		return nil
	}
	pause := time.Duration(limit.ResetAfter) * time.Millisecond
	g.log.LogAttrs(ctx, slog.LevelError, "discord: the day's sessions are used up", slog.Duration(keyWait, pause))
	return wait(ctx, g.clock, pause)
}

// Close codes of the gateway that mean something to the bot:
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
const (
	closeNormal        = 1000 // also ends the session when the bot says it
	closeResume        = 4000 // unknown error; said by the bot, it keeps the session
	closeBadToken      = 4004
	closeInvalidSeq    = 4007
	closeTimedOut      = 4009
	closeBadShard      = 4010
	closeShardsNeeded  = 4011
	closeBadVersion    = 4012
	closeBadIntents    = 4013
	closeDeniedIntents = 4014
)

const developerPortal = "https://discord.com/developers/applications"

// refused returns the fault for an error after which reopening is pointless,
// or nil.
func (g *gateway) refused(err error) error {
	if hasStatus(err, http.StatusUnauthorized) {
		return refusal(closeBadToken, err)
	}
	return refusal(closeCodeOf(err), redactError(err, g.token))
}

// refusal is the fault for a close code that is final, or nil for any other.
func refusal(code int, err error) error {
	switch code {
	case closeBadToken:
		return fault.Wrap(fault.Invalid, err, "Discord refuses the bot token. %s and set %s or %s to it.",
			tokenAdvice, tokenVariable, tokenFileVariable)
	case closeBadShard, closeShardsNeeded:
		return fault.Wrap(fault.Invalid, err, "Discord refuses this number of connections for the bot's servers. "+
			"Start the bot again: it asks for the right number when it starts.")
	case closeBadVersion:
		return fault.Wrap(fault.Invalid, err, "Discord no longer serves this version of its gateway. Update pincite.")
	case closeBadIntents, closeDeniedIntents:
		return fault.Wrap(fault.Invalid, err, "Discord refuses the intents that the bot asks for: guilds, guild messages and direct messages. "+
			"Check the application at %s (Bot, Privileged Gateway Intents) and start the bot again.", developerPortal)
	}
	return nil
}

// closeCodeOf returns the close code in err, 0 for none.
func closeCodeOf(err error) int {
	if e, ok := errors.AsType[*websocket.CloseError](err); ok {
		return e.Code
	}
	if e, ok := errors.AsType[*closedError](err); ok {
		return e.code
	}
	return 0
}

// closedError is a connection that ended after it was open.
type closedError struct {
	code int // the server's, 0 where there was none
}

func (e *closedError) Error() string {
	if e.code == 0 {
		return "discord: gateway: the connection was lost"
	}
	return fmt.Sprintf("discord: gateway: closed with %d", e.code)
}
