package discordtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// Options are the settings of a Server. The zero value is a Discord that behaves as Discord does.
type Options struct {
	// Token is the bot token that the server accepts, without the "Bot " prefix. Default: DefaultToken.
	Token string
	// BotName is the bot's user name, and what Say turns into a mention when written @name. Default: "pincite".
	BotName string
	// HeartbeatInterval is what HELLO asks for. Default: 41.25 s, as Discord's.
	HeartbeatInterval time.Duration
	// CallbackTimeout is how long an interaction may go without a callback. Default: 3 s, as Discord's.
	CallbackTimeout time.Duration
	// TokenLife is how long an interaction's token is good for edits and followups. Default: 15 min, as Discord's.
	TokenLife time.Duration
	// UploadLimit is how many bytes a file of the bot's may have, which interactions say. Default: 10 MiB, as
	// Discord's without boosts.
	UploadLimit int
	// PrivilegedIntents are those of the privileged intents that the application was granted. IDENTIFY with another
	// one is closed with 4014. Default: none.
	PrivilegedIntents int
	// Schema checks requests against Discord's OpenAPI description. Where it is nil, New looks for the file (see
	// FindSchema); to load it once for many servers, share one.
	Schema *Schema
	// NoSchema turns the OpenAPI check off, for benchmarks: it costs about 10 ms a request.
	NoSchema bool
	// Logf, where set, gets a line for each gateway event, request and fault.
	Logf func(format string, args ...any)
}

// DefaultToken is the bot token that a Server accepts where Options names none.
const DefaultToken = "fake-token-for-tests-only"

// Discord's own intervals, https://discord.com/developers/docs/interactions/receiving-and-responding.
const (
	defaultHeartbeat       = 41250 * time.Millisecond
	defaultCallbackTimeout = 3 * time.Second
	defaultTokenLife       = 15 * time.Minute
)

// Server is a fake Discord: gateway, REST and CDN on one loopback address. Its methods may be called from any
// goroutine.
type Server struct {
	opts      Options
	schema    *Schema
	schemaWhy string // why the OpenAPI check is off

	listener net.Listener
	http     *http.Server
	gateway  *gateway
	routes   []route
	done     chan struct{}
	stop     context.CancelFunc
	wg       sync.WaitGroup
	closing  sync.Once

	mu         sync.Mutex
	closed     bool
	world      world
	faults     []*restFault
	violations []Violation
	pace       pace
	requests   []Request
	stats      Stats
	latencies  []time.Duration
}

// New starts a fake Discord on a free loopback port. The caller closes it.
func New(opts Options) (*Server, error) {
	setDefaults(&opts)
	s := &Server{opts: opts, done: make(chan struct{})}
	switch {
	case opts.NoSchema:
		s.schemaWhy = "turned off by Options.NoSchema"
	case opts.Schema != nil:
		s.schema = opts.Schema
	default:
		schema, err := FindSchema()
		switch {
		case errors.Is(err, ErrNoSchema):
			s.schemaWhy = err.Error()
		case err != nil:
			return nil, fmt.Errorf("discordtest: %w", err)
		}
		s.schema = schema
	}
	var err error
	s.listener, err = (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("discordtest: %w", err)
	}
	s.world = newWorld(opts.BotName)
	s.world.uploadLimit = opts.UploadLimit
	s.gateway = newGateway(s)
	s.routes = restRoutes()
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	s.wg.Go(func() { _ = s.http.Serve(s.listener) })
	return s, nil
}

// Start is New for a test: it fails tb where the server cannot start, closes the server when tb ends, and fails tb
// for each violation that the test has not taken with TakeViolations.
func Start(tb testing.TB, opts Options) *Server {
	tb.Helper()
	s, err := New(opts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		s.Close()
		for _, v := range s.TakeViolations() {
			tb.Errorf("discordtest: the bot broke a rule: %s", v)
		}
	})
	return s
}

func setDefaults(o *Options) {
	if o.Token == "" {
		o.Token = DefaultToken
	}
	if o.BotName == "" {
		o.BotName = "pincite"
	}
	if o.HeartbeatInterval == 0 {
		o.HeartbeatInterval = defaultHeartbeat
	}
	if o.CallbackTimeout == 0 {
		o.CallbackTimeout = defaultCallbackTimeout
	}
	if o.TokenLife == 0 {
		o.TokenLife = defaultTokenLife
	}
	if o.UploadLimit == 0 {
		o.UploadLimit = attachmentSizeLimit
	}
	if o.Logf == nil {
		o.Logf = func(string, ...any) {}
	}
}

// Close ends every connection and waits until all of the server's goroutines have ended. It may be called twice.
func (s *Server) Close() {
	s.closing.Do(func() {
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
		close(s.done)
		s.stop()
		_ = s.http.Close()
		s.gateway.closeAll()
	})
	s.wg.Wait()
}

// enter counts a request in, unless the server is closed: nothing may join the group that Close waits for.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.wg.Add(1)
	return true
}

// URL is the server's base address, such as http://127.0.0.1:40001, without a trailing slash. It stands in for
// https://discord.com, https://cdn.discordapp.com and https://media.discordapp.net.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// GatewayURL is the address that GET /gateway answers.
func (s *Server) GatewayURL() string { return "ws://" + s.listener.Addr().String() }

// Token is the bot token that the server accepts, without the "Bot " prefix.
func (s *Server) Token() string { return s.opts.Token }

// SchemaOn reports whether requests are checked against Discord's OpenAPI description and, where not, why.
func (s *Server) SchemaOn() (on bool, why string) { return s.schema != nil, s.schemaWhy }

// ServeHTTP answers REST under /api/, attachments under /attachments/ (and /ephemeral-attachments/), and takes the
// gateway's WebSocket at /.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	arrived := time.Now()
	if !s.enter() {
		http.Error(w, "closed", http.StatusServiceUnavailable)
		return
	}
	defer s.wg.Done()
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/"):
		s.serveREST(w, r, arrived)
	case strings.HasPrefix(r.URL.Path, "/attachments/"), strings.HasPrefix(r.URL.Path, "/ephemeral-attachments/"):
		s.serveCDN(w, r)
	case r.URL.Path == "/":
		s.gateway.serve(w, r)
	default:
		http.NotFound(w, r)
	}
}

// Stats counts what the bot did since the server started.
type Stats struct {
	Connections       int // gateway connections accepted
	Identifies        int // IDENTIFY received, good or bad
	Resumes           int // RESUME received, good or bad
	Heartbeats        int // heartbeats received
	Requests          int // REST requests received
	CommandOverwrites int // PUT of commands that was accepted
	NonceRepeats      int // message POSTs that a nonce turned into the first message
	Typing            int // typing indicators
	Downloads         int // requests to the CDN, counted as they arrive
	Invalid           int // answers 401, 403 and 429
}

// Stats returns the counts so far.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// count runs f on the counts under the lock.
func (s *Server) count(f func(*Stats)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.stats)
}

// Latencies returns, for each interaction that got its first callback, the time from just before INTERACTION_CREATE
// was written to the gateway until the callback's request arrived, in the order of the callbacks.
func (s *Server) Latencies() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]time.Duration(nil), s.latencies...)
}

// ResetLatencies forgets the latencies so far.
func (s *Server) ResetLatencies() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latencies = s.latencies[:0]
}
