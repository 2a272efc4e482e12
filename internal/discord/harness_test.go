package discord

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

// deadline bounds how long a test waits for something that should come soon.
const deadline = 20 * time.Second

// schema loads Discord's description once for all tests, nil where it is
// absent.
var schema = sync.OnceValue(func() *discordtest.Schema {
	s, err := discordtest.FindSchema()
	if err != nil {
		return nil
	}
	return s
})

// startDiscord starts a fake Discord with one server, "law", that alice
// manages and bob is in.
func startDiscord(tb testing.TB, o discordtest.Options) *discordtest.Server {
	tb.Helper()
	if o.Schema = schema(); o.Schema == nil {
		o.NoSchema = true
	}
	s := discordtest.Start(tb, o)
	for _, err := range []error{
		errOf(s.AddServer("law")), errOf(s.AddMember("alice", "law", true)), errOf(s.AddMember("bob", "law", false)),
	} {
		if err != nil {
			tb.Fatal(err)
		}
	}
	return s
}

func errOf(_ any, err error) error { return err }

// half is a random source without surprises.
func half() float64 { return 0.5 }

// logs collects what was logged.
type logs struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// newLogs returns a logger of everything, and what it logged. The test fails
// where the token was.
func newLogs(tb testing.TB, secret string) (*slog.Logger, *logs) {
	tb.Helper()
	l := &logs{}
	tb.Cleanup(func() {
		if secret != "" && strings.Contains(l.String(), secret) {
			tb.Error("the bot token was logged")
		}
		if tb.Failed() {
			tb.Logf("log:\n%s", l)
		}
	})
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})), l
}

// newTestRest returns a rest for a fake Discord.
func newTestRest(tb testing.TB, s *discordtest.Server) (*rest, *logs) {
	tb.Helper()
	api, err := url.Parse(s.URL())
	if err != nil {
		tb.Fatal(err)
	}
	log, l := newLogs(tb, s.Token())
	rt := &http.Transport{MaxIdleConnsPerHost: 16}
	tb.Cleanup(rt.CloseIdleConnections)
	return newRest(restConfig{
		token: newToken(s.Token()), http: &http.Client{Transport: rt}, api: api, log: log, clock: wallClock{}, random: half,
	}), l
}

// online is a gateway that runs.
type online struct {
	*gateway
	s     *discordtest.Server
	logs  *logs
	stop  context.CancelFunc
	ended chan error

	readies      chan string
	messages     chan *discordgo.Message
	interactions chan *discordgo.Interaction
	leaves       chan string // id, with "?" after it for an outage
}

// runGateway runs a gateway against a fake Discord until the test ends.
// change, which may be nil, changes its settings first.
func runGateway(t *testing.T, s *discordtest.Server, change func(*gatewayConfig)) *online {
	t.Helper()
	r, l := newTestRest(t, s)
	o := &online{
		s: s, logs: l, ended: make(chan error, 1),
		readies: make(chan string, 100), messages: make(chan *discordgo.Message, 100),
		interactions: make(chan *discordgo.Interaction, 100), leaves: make(chan string, 100),
	}
	c := gatewayConfig{
		rest: r, token: r.token, log: r.log, clock: r.clock, random: half, guard: newGuard(r.log),
		identifyEvery: time.Millisecond,
		handlers: gatewayHandlers{
			ready:       func(appID string, _ *discordgo.User) { o.readies <- appID },
			message:     func(m *discordgo.Message) { o.messages <- m },
			interaction: func(i *discordgo.Interaction, _ int64) { o.interactions <- i },
			guildCreate: func(*discordgo.Guild) {},
			guildDelete: func(id string, unavailable bool) {
				if unavailable {
					id += "?"
				}
				o.leaves <- id
			},
		},
	}
	if change != nil {
		change(&c)
	}
	o.gateway = newGateway(c)
	ctx, stop := context.WithCancel(t.Context())
	o.stop = stop
	go func() { o.ended <- o.run(ctx) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-o.ended:
		case <-time.After(deadline):
			t.Error("the gateway did not end")
		}
	})
	return o
}

// waitOnline waits until the bot is connected.
func (o *online) waitOnline(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	defer cancel()
	if err := o.s.WaitOnline(ctx, "law"); err != nil {
		t.Fatalf("the bot is not online: %v", err)
	}
}

// result waits until run ends, and returns its error.
func (o *online) result(t *testing.T) error {
	t.Helper()
	select {
	case err := <-o.ended:
		o.ended <- err
		return err
	case <-time.After(deadline):
		t.Fatal("the gateway did not end")
		return nil
	}
}

// hears says something to the bot and fails where the bot does not hear it.
func (o *online) hears(t *testing.T) {
	t.Helper()
	if _, err := o.s.Say("alice", "law#general", "@pincite are you there?"); err != nil {
		t.Fatal(err)
	}
	receive(t, o.messages, "the message")
}

// receive takes the next value that comes.
func receive[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(deadline):
		t.Fatalf("%s did not come", what)
		panic("unreachable")
	}
}

// until waits for a condition that nothing signals.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(deadline); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// The secrets of the tests below.
const (
	botSecret         = "MTIz.Secr3t.bot-token"
	interactionSecret = "aW50ZXJhY3Rpb24-token"
)

// roundTrip is a transport without a network, so that a synctest bubble can
// run it.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// memoryRest returns a rest whose requests go to f.
func memoryRest(f roundTrip) *rest {
	return newRest(restConfig{
		token: newToken(botSecret), http: &http.Client{Transport: f}, log: slog.New(slog.DiscardHandler), clock: wallClock{}, random: half,
	})
}

// answerTo makes an answer with pairs of header names and values.
func answerTo(r *http.Request, status int, body string, header ...string) *http.Response {
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{
		StatusCode: status, Status: fmt.Sprint(status, " ", http.StatusText(status)), Header: h, Request: r,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
}

// anInteraction is a slash command used by somebody.
func anInteraction() *discordgo.Interaction {
	return &discordgo.Interaction{
		ID: "11", AppID: "22", Token: interactionSecret, Type: discordgo.InteractionApplicationCommand, ChannelID: "33",
	}
}
