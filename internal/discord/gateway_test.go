package discord

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
	"pincite/internal/fault"
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
		token: Token{s.Token()}, http: &http.Client{Transport: rt}, api: api, log: log, clock: wallClock{}, random: half,
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
			interaction: func(i *discordgo.Interaction) { o.interactions <- i },
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

func TestGatewayConnects(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	o := runGateway(t, s, nil)
	o.waitOnline(t)
	if id := receive(t, o.readies, "READY"); id != s.BotID() {
		t.Errorf("application %q, want %q", id, s.BotID())
	}
	o.hears(t)
	o.stop()
	if err := o.result(t); err != nil {
		t.Errorf("run ended with %v", err)
	}
}

// Row 1: op 7 or op 11 as the first packet makes discordgo's Open deadlock.
func TestGatewayFirstPacket(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		op    int
		stage discordtest.Stage
	}{
		{"reconnect for HELLO", 7, discordtest.AtHello},
		{"reconnect for READY", 7, discordtest.AtReady},
		{"ACK for HELLO", 11, discordtest.AtHello},
		{"ACK before READY", 11, discordtest.AtReady},
		{"invalid session for HELLO", 9, discordtest.AtHello},
		{"invalid session for READY", 9, discordtest.AtReady},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := startDiscord(t, discordtest.Options{})
			s.FirstPacket(c.op, c.stage, 2)
			o := runGateway(t, s, nil)
			o.waitOnline(t)
			o.hears(t)
			if strings.Contains(o.logs.String(), "left behind") {
				t.Error("a session was left behind: Open hung")
			}
		})
	}
}

// Row 1 again, where the packets cannot be seen: a session that hangs is left
// behind, and a new one takes its place.
func TestGatewayFirstPacketBehindAProxy(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	s.FirstPacket(7, discordtest.AtHello, 1)
	proxy := connectProxy(t)
	o := runGateway(t, s, func(c *gatewayConfig) {
		c.proxy = http.ProxyURL(proxy)
		c.openLimit = time.Second
	})
	o.waitOnline(t)
	o.hears(t)
	if !strings.Contains(o.logs.String(), "left behind") {
		t.Error("no session hung: the fault was not provoked")
	}
}

// Row 2: these codes are final, before READY and after it.
func TestGatewayStopsForGood(t *testing.T) {
	t.Parallel()
	words := map[int]string{
		4004: "token", 4010: "number of connections", 4011: "number of connections",
		4012: "Update", 4013: "intents", 4014: "intents",
	}
	for code, word := range words {
		for _, when := range []string{"at IDENTIFY", "after READY"} {
			t.Run(when, func(t *testing.T) {
				t.Parallel()
				s := startDiscord(t, discordtest.Options{})
				if when == "at IDENTIFY" {
					s.RefuseIdentify(code, 1)
				}
				o := runGateway(t, s, nil)
				if when == "after READY" {
					o.waitOnline(t)
					receive(t, o.readies, "READY")
					s.CloseGateway(code)
				}
				err := o.result(t)
				if !strings.Contains(fault.Sentence(err), word) || fault.KindOf(err) != fault.Invalid {
					t.Errorf("code %d: %v, sentence %q, want %q in it", code, err, fault.Sentence(err), word)
				}
				if n := s.Stats().Connections; n != 1 {
					t.Errorf("code %d: %d connections, want 1", code, n)
				}
			})
		}
	}
}

func TestGatewayRefusedToken(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	o := runGateway(t, s, func(c *gatewayConfig) {
		c.token = Token{"some.other.token"}
		c.rest.token = c.token
	})
	err := o.result(t)
	if !strings.Contains(fault.Sentence(err), developerPortal) || strings.Contains(err.Error(), "some.other") {
		t.Errorf("error %v, sentence %q", err, fault.Sentence(err))
	}
	if n := s.Stats().Connections; n != 0 {
		t.Errorf("%d connections with a token that REST refused", n)
	}
}

// Row 2: after any other code the session is resumed, once, by one loop.
func TestGatewayResumes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(*discordtest.Server)
	}{
		{"op 7", func(s *discordtest.Server) { s.Reconnect() }},
		{"close 4000", func(s *discordtest.Server) { s.CloseGateway(4000) }},
		{"close 1006", func(s *discordtest.Server) { s.Drop() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := startDiscord(t, discordtest.Options{})
			o := runGateway(t, s, nil)
			o.waitOnline(t)
			o.hears(t)
			c.do(s)
			// Said while nobody listens: RESUME brings it.
			if _, err := s.Say("bob", "law#general", "@pincite and now?"); err != nil {
				t.Fatal(err)
			}
			receive(t, o.messages, "the message said meanwhile")
			until(t, "one RESUME", func() bool { return s.Stats().Resumes == 1 })
			o.waitOnline(t)
			o.hears(t)
			if st := s.Stats(); st.Resumes != 1 || st.Identifies != 1 || st.Connections != 2 {
				t.Errorf("%d RESUME, %d IDENTIFY, %d connections; want 1, 1, 2", st.Resumes, st.Identifies, st.Connections)
			}
		})
	}
}

// A session that Discord no longer knows is replaced.
func TestGatewayBeginsAnew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(*discordtest.Server)
	}{
		{"op 9", func(s *discordtest.Server) { s.InvalidateSession(false) }},
		{"close 4009", func(s *discordtest.Server) { s.CloseGateway(4009) }},
		{"close 4007", func(s *discordtest.Server) { s.CloseGateway(4007) }},
		{"close 1000", func(s *discordtest.Server) { s.CloseGateway(1000) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := startDiscord(t, discordtest.Options{})
			o := runGateway(t, s, nil)
			o.waitOnline(t)
			o.hears(t)
			c.do(s)
			receive(t, o.readies, "the first READY")
			receive(t, o.readies, "the second READY")
			o.waitOnline(t)
			o.hears(t)
			if n := s.Stats().Identifies; n != 2 {
				t.Errorf("%d IDENTIFY, want 2", n)
			}
		})
	}
}

// Row 3: a dead connection is resumed within 2.5 heartbeats.
func TestGatewayZombie(t *testing.T) {
	t.Parallel()
	const beat = 2 * time.Second // long enough for a busy machine to be in time
	s := startDiscord(t, discordtest.Options{HeartbeatInterval: beat})
	o := runGateway(t, s, nil)
	o.waitOnline(t)
	o.hears(t)
	s.Zombie()
	begin := time.Now()
	if _, err := s.Say("bob", "law#general", "@pincite hello?"); err != nil {
		t.Fatal(err)
	}
	receive(t, o.messages, "the message said to a dead connection")
	if took := time.Since(begin); took > beat*5/2 {
		t.Errorf("recovered after %v, more than 2.5 heartbeats of %v", took, beat)
	}
	if st := s.Stats(); st.Resumes != 1 || st.Identifies != 1 {
		t.Errorf("%d RESUME and %d IDENTIFY, want 1 and 1", st.Resumes, st.Identifies)
	}
}

// Row 4: what does not decode reaches no handler, and nothing stops.
func TestGatewayMalformedEvents(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	o := runGateway(t, s, nil)
	o.waitOnline(t)
	o.hears(t)
	for _, m := range []discordtest.Malformed{
		discordtest.MessageUndecodable, discordtest.MessageNoAuthor,
		discordtest.InteractionEmpty, discordtest.InteractionUndecodable,
	} {
		if !s.SendMalformed(m) {
			t.Fatalf("%s was not sent", m)
		}
	}
	for _, raw := range []string{`{"id":"` + s.ServerID("law") + `","unavailable":"yes"}`, `[]`, `{"unavailable":false}`, `null`} {
		s.DispatchRaw("GUILD_DELETE", []byte(raw))
	}
	for _, name := range []string{"MESSAGE_CREATE", "INTERACTION_CREATE", "READY"} {
		s.DispatchRaw(name, []byte(`null`))
		s.DispatchRaw(name, []byte(`{}`))
	}
	o.hears(t)
	if n := len(o.interactions) + len(o.leaves); n != 0 {
		t.Errorf("%d malformed events reached a handler", n)
	}
	if o.guard.dropped.Load() < 8 {
		t.Errorf("%d events counted as dropped", o.guard.dropped.Load())
	}
	if o.guard.panics.Load() != 0 {
		t.Errorf("%d handlers panicked", o.guard.panics.Load())
	}
}

// Row 5: a handler that panics ends nothing.
func TestGatewayHandlerPanics(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	var once sync.Once
	var o *online
	heard := make(chan struct{}, 10)
	o = runGateway(t, s, func(c *gatewayConfig) {
		c.handlers.message = func(m *discordgo.Message) {
			heard <- struct{}{}
			once.Do(func() { panic("heard: " + m.Content) })
		}
	})
	o.waitOnline(t)
	for range 2 {
		if _, err := s.Say("alice", "law#general", "@pincite a private matter"); err != nil {
			t.Fatal(err)
		}
		receive(t, heard, "a message")
	}
	until(t, "the panic to be counted", func() bool { return o.guard.panics.Load() == 1 })
	if text := o.logs.String(); !strings.Contains(text, "gateway_test.go") || strings.Contains(text, "private matter") {
		t.Error("the log has no stack, or the message's content")
	}
}

func TestGatewayLeaveAndOutage(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	o := runGateway(t, s, nil)
	o.waitOnline(t)
	o.hears(t)
	id := s.ServerID("law")
	if err := s.Outage("law"); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, o.leaves, "the outage"); got != id+"?" {
		t.Errorf("an outage came as %q", got)
	}
	if err := errors.Join(s.Recover("law"), s.Leave("law")); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, o.leaves, "the leave"); got != id {
		t.Errorf("a leave came as %q", got)
	}
}

// Row 7 for the gateway's address: Cloudflare's page is no JSON, and the wait
// that it asks for is kept.
func TestGatewayAddressRefused(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	for _, route := range []string{"GET /gateway", "GET /gateway/bot"} {
		if err := s.FailREST(discordtest.RESTFault{Route: route, Kind: discordtest.FaultCloudflare, RetryAfter: time.Second}); err != nil {
			t.Fatal(err)
		}
	}
	begin := time.Now()
	o := runGateway(t, s, nil)
	o.waitOnline(t)
	if waited := time.Since(begin); waited < 2*time.Second {
		t.Errorf("online after %v, though told twice to wait for 1 s", waited)
	}
	if strings.Contains(o.logs.String(), "invalid character") {
		t.Error("a page was taken for JSON")
	}
}

// Stopping: no event is handled any more, answers finish, the session is given
// up, and all that within 5 s.
func TestGatewayStops(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	draining, finish := make(chan struct{}), make(chan struct{})
	o := runGateway(t, s, func(c *gatewayConfig) {
		c.drain = func(ctx context.Context) {
			close(draining)
			select {
			case <-finish:
			case <-ctx.Done():
			}
		}
	})
	o.waitOnline(t)
	o.hears(t)
	o.stop()
	<-draining
	if _, err := s.Say("bob", "law#general", "@pincite too late"); err != nil {
		t.Fatal(err)
	}
	if got := s.Stats().Connections; got != 1 {
		t.Errorf("%d connections", got)
	}
	close(finish)
	if err := o.result(t); err != nil {
		t.Errorf("run ended with %v", err)
	}
	if len(o.messages) != 0 {
		t.Error("a message that came while stopping was handled")
	}
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	defer cancel()
	if err := s.WaitOffline(ctx); err != nil {
		t.Errorf("still connected: %v", err)
	}
}
