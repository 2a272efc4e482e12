package discord

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
	"pincite/internal/fault"
)

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
		c.token = newToken("some.other.token")
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

func TestGatewayBeginsAnew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(*discordtest.Server)
		// resumes is how often it is tried before: where the code says that it
		// is pointless, not at all.
		resumes int
	}{
		{"op 9", func(s *discordtest.Server) { s.InvalidateSession(false) }, 0},
		{"close 4009", func(s *discordtest.Server) { s.CloseGateway(4009) }, 0},
		{"close 4007", func(s *discordtest.Server) { s.CloseGateway(4007) }, 0},
		{"close 1000", func(s *discordtest.Server) { s.CloseGateway(1000) }, 1},
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
			if st := s.Stats(); st.Identifies != 2 || st.Resumes != c.resumes {
				t.Errorf("%d IDENTIFY and %d RESUME, want 2 and %d", st.Identifies, st.Resumes, c.resumes)
			}
		})
	}
}

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
	if text := o.logs.String(); !strings.Contains(text, "gateway_fault_test.go") || strings.Contains(text, "private matter") {
		t.Error("the log has no stack, or the message's content")
	}
}

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
