package discordtest_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

// wait bounds how long a test waits for something that should come at once.
const wait = 10 * time.Second

// sharedSchema loads Discord's description once for all tests, nil where it is absent.
var sharedSchema = sync.OnceValues(discordtest.FindSchema)

// start starts a fake Discord with one server, "law", with alice (who may manage it) and bob.
func start(t *testing.T, opts discordtest.Options) *discordtest.Server {
	t.Helper()
	schema, err := sharedSchema()
	switch {
	case opts.NoSchema:
		schema = nil
	case errors.Is(err, discordtest.ErrNoSchema):
		t.Logf("without the OpenAPI check: %v", err)
		opts.NoSchema = true
	case err != nil:
		t.Fatal(err)
	}
	opts.Schema = schema
	s := discordtest.Start(t, opts)
	must(t)(s.AddServer("law"))
	must(t)(s.AddMember("alice", "law", true))
	must(t)(s.AddMember("bob", "law", false))
	return s
}

// must fails the test where a call gave an error.
func must(t *testing.T) func(any, error) {
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// rewrite sends every request to the fake.
type rewrite struct {
	to *url.URL
	rt *http.Transport
}

func (r rewrite) RoundTrip(q *http.Request) (*http.Response, error) {
	q = q.Clone(q.Context())
	q.URL.Scheme, q.URL.Host = r.to.Scheme, r.to.Host
	return r.rt.RoundTrip(q)
}

// transport is what the bot under test would use.
func transport(t *testing.T, s *discordtest.Server) http.RoundTripper {
	t.Helper()
	to, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	rt := &http.Transport{}
	t.Cleanup(rt.CloseIdleConnections)
	return rewrite{to, rt}
}

// session returns a discordgo session for the fake that is not open yet and does not reconnect by itself.
func session(t *testing.T, s *discordtest.Server) *discordgo.Session {
	t.Helper()
	d, err := discordgo.New("Bot " + s.Token())
	if err != nil {
		t.Fatal(err)
	}
	d.Client = &http.Client{Transport: transport(t, s)}
	d.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	d.ShouldReconnectOnError = false
	d.LogLevel = -1
	return d
}

// open opens the session and closes it when the test ends.
func open(t *testing.T, d *discordgo.Session) {
	t.Helper()
	if err := d.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.CloseWithCode(1000) })
}

// nobody is the allowed_mentions of every message.
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// commands are those of the bot under test.
func commands() []*discordgo.ApplicationCommand {
	manage := int64(discordgo.PermissionManageGuild)
	return []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask the corpus", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What", Required: true},
			{Type: discordgo.ApplicationCommandOptionString, Name: "document", Description: "Where", Autocomplete: true},
			{Type: discordgo.ApplicationCommandOptionBoolean, Name: "private", Description: "Only you"},
		}},
		{
			Name: "corpus", Description: "The documents", DefaultMemberPermissions: &manage,
			Options: []*discordgo.ApplicationCommandOption{
				{
					Type: discordgo.ApplicationCommandOptionSubCommand, Name: "add", Description: "Add",
					Options: []*discordgo.ApplicationCommandOption{
						{Type: discordgo.ApplicationCommandOptionAttachment, Name: "file", Description: "A text"},
					},
				},
			},
		},
		{Name: "Ask about this", Type: discordgo.MessageApplicationCommand},
	}
}

// register overwrites the global commands.
func register(t *testing.T, s *discordtest.Server, d *discordgo.Session) {
	t.Helper()
	must(t)(d.ApplicationCommandBulkOverwrite(s.BotID(), "", commands()))
}

// failures collects what went wrong in handlers, which run on goroutines of their own.
type failures struct {
	mu   sync.Mutex
	errs []error
}

func (f *failures) add(err error) {
	if err == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.errs = append(f.errs, err)
}

func (f *failures) report(t *testing.T) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, err := range f.errs {
		t.Errorf("in a handler: %v", err)
	}
}

// online opens a session with the commands registered, whose interactions and messages go to the handlers given.
func online(t *testing.T, s *discordtest.Server, handlers ...any) *discordgo.Session {
	t.Helper()
	d := session(t, s)
	for _, h := range handlers {
		d.AddHandler(h)
	}
	register(t, s, d)
	open(t, d)
	return d
}

// reply waits for the next reply of a step.
func reply(t *testing.T, step *discordtest.Step, err error) *discordtest.Reply {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	r, err := step.WaitReply(wait)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// shows fails where a reply does not render as wanted.
func shows(t *testing.T, r *discordtest.Reply, want string) {
	t.Helper()
	if got := r.Render(); got != want {
		t.Errorf("the reply reads\n%s\nwant\n%s", got, want)
	}
}

// receive takes the next value of a channel.
func receive[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(wait):
		t.Fatalf("waited in vain for %s", what)
		panic("unreachable")
	}
}

// eventually waits until ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(wait); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("waited in vain for %s", what)
}

// broke takes the violations and fails where none of them names the problem.
func broke(t *testing.T, s *discordtest.Server, problem string) {
	t.Helper()
	got := s.TakeViolations()
	if !slices.ContainsFunc(got, func(v discordtest.Violation) bool { return v.Problem == problem }) {
		t.Errorf("violations %v, want %q", got, problem)
	}
}
