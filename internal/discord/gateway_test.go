package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"pincite/internal/discord/discordtest"
	"pincite/internal/fault"
)

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
// Row 1 again, where the packets cannot be seen: a session that hangs is left
// behind, and a new one takes its place.
// Row 2: these codes are final, before READY and after it.
// Row 2: after any other code the session is resumed, once, by one loop.
// A session that Discord no longer knows is replaced.
// Row 3: a dead connection is resumed within 2.5 heartbeats.
// Row 4: what does not decode reaches no handler, and nothing stops.
// Row 5: a handler that panics ends nothing.
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
	until(t, "the message to come", func() bool { return strings.Contains(o.logs.String(), "while stopping") || len(o.messages) > 0 })
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

// Each shard that Discord asks for is connected, and a refusal of one ends the
// bot.
func TestGatewayShards(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	alive := make(chan struct{}, 100)
	o := runGateway(t, s, func(c *gatewayConfig) {
		next := c.rest.client.Transport
		c.rest.client.Transport = roundTrip(func(q *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(q)
			if err != nil || !strings.HasSuffix(q.URL.Path, "/gateway/bot") {
				return resp, err
			}
			defer resp.Body.Close()
			data, err := io.ReadAll(resp.Body)
			if err != nil {
				return nil, err
			}
			return answerTo(q, resp.StatusCode, strings.Replace(string(data), `"shards":1`, `"shards":3`, 1)), nil
		})
		c.alive = func() { alive <- struct{}{} }
	})
	for range 3 {
		receive(t, o.readies, "READY of a shard")
		receive(t, alive, "a sign of life")
	}
	o.waitOnline(t)
	o.hears(t)
	if n := s.Stats().Identifies; n != 3 {
		t.Errorf("%d IDENTIFY, want 3", n)
	}
	s.RefuseIdentify(4004, 1)
	s.CloseGateway(4009)
	if err := o.result(t); !strings.Contains(fault.Sentence(err), "token") {
		t.Errorf("run ended with %v", err)
	}
}

// The pauses double from a quarter of a second to a minute, half of each at
// random, and are never shorter than a rate limit asks.
func TestGatewayPause(t *testing.T) {
	for _, random := range []float64{0, 0.5, 0.999} {
		g := newGateway(gatewayConfig{random: func() float64 { return random }})
		most := firstReopen
		for failures := 1; failures < 100; failures++ {
			if d := g.pause(failures, io.EOF); d < most/2 || d >= most {
				t.Errorf("after %d failures: %v, want from %v to %v", failures, d, most/2, most)
			}
			most = min(2*most, lastReopen)
		}
		if d := g.pause(1, &restError{retryAfter: time.Hour}); d != time.Hour {
			t.Errorf("told to wait for an hour: %v", d)
		}
	}
}

// No more sessions are started than Discord allows: one each 5 s, and none
// once the day's are used up.
func TestGatewayPermits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		left := 1
		r := memoryRest(func(q *http.Request) (*http.Response, error) {
			body := fmt.Sprintf(`{"shards":1,"session_start_limit":{"total":1000,"remaining":%d,"reset_after":60000}}`, left)
			return answerTo(q, 200, body), nil
		})
		g := newGateway(gatewayConfig{rest: r, log: r.log, clock: r.clock, random: half})
		g.start = rate.NewLimiter(rate.Every(g.identifyEvery), 1)
		begin := time.Now()
		for range 3 {
			if err := g.permit(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(begin); took != 2*identifyEvery {
			t.Errorf("3 sessions within %v", took)
		}
		left, begin = 0, time.Now()
		if err := g.permit(t.Context()); err != nil || time.Since(begin) != identifyEvery+time.Minute {
			t.Errorf("with none left: after %v, %v", time.Since(begin), err)
		}
	})
}

// Goroutines end with run, however often the connection ended before.
func TestGatewayLeavesNoGoroutines(t *testing.T) {
	names := []string{"discordgo.(*Session)", "discord.(*session)", "discord.(*shard)", "discord.(*gateway)"}
	before := goroutinesOf(names...)
	s := startDiscord(t, discordtest.Options{})
	s.FirstPacket(7, discordtest.AtHello, 1)
	s.FirstPacket(11, discordtest.AtReady, 1)
	o := runGateway(t, s, nil)
	o.waitOnline(t)
	o.hears(t)
	if goroutinesOf(names...) < before+3 {
		t.Fatal("the goroutines of a connection go by other names")
	}
	s.Drop()
	until(t, "a RESUME", func() bool { return s.Stats().Resumes == 1 })
	o.waitOnline(t)
	o.hears(t)
	o.stop()
	if err := o.result(t); err != nil {
		t.Error(err)
	}
	until(t, "the goroutines to end", func() bool {
		return goroutinesOf(names...) <= before
	})
}

// goroutinesOf counts the goroutines that have one of the names in their
// stacks.
func goroutinesOf(names ...string) int {
	buf := make([]byte, 4<<20)
	n := 0
	for stack := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(stack, name) }) {
			n++
		}
	}
	return n
}
