package discordtest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

func TestInvalidSession(t *testing.T) {
	t.Parallel()
	for _, resumable := range []bool{true, false} {
		s := start(t, discordtest.Options{})
		c := dial(t, s)
		c.want("op 10")
		c.identify()
		id := sessionID(t, c.want("READY"))
		c.want("GUILD_CREATE")
		s.InvalidateSession(resumable)
		if p := c.want("op 9"); string(p.D) != fmt.Sprint(resumable) {
			t.Errorf("op 9 says %s, want %v", p.D, resumable)
		}
		c.resume(id, 2)
		want := map[bool]string{true: "RESUMED", false: "op 9"}
		c.want(want[resumable])
	}
}

func TestFirstPacket(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	for _, op := range []int{7, 9, 11} {
		s.FirstPacket(op, discordtest.AtHello, 1)
		dial(t, s).want(fmt.Sprint("op ", op))
	}
	s.FirstPacket(7, discordtest.AtReady, 1)
	c := dial(t, s)
	c.want("op 10")
	c.identify()
	c.want("op 7")
	s.FirstPacket(11, discordtest.AtReady, 1)
	c = dial(t, s)
	c.want("op 10")
	c.identify()
	c.want("op 11", "READY")
}

// The fault that this stands for: discordgo's Open never returns.
func TestFirstPacketDeadlocksDiscordgo(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	s.FirstPacket(11, discordtest.AtReady, 1)
	d := session(t, s)
	opened := make(chan error, 1)
	go func() { opened <- d.Open() }()
	select {
	case err := <-opened:
		t.Errorf("Open returned %v: the fault does not bite any more", err)
	case <-time.After(200 * time.Millisecond): // it returns at once where it returns
	}
	// The goroutine stays behind in Open, as a bot's would.
}

func TestZombie(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{HeartbeatInterval: 10 * time.Millisecond})
	c := dial(t, s)
	if p := c.want("op 10"); string(p.D) != `{"heartbeat_interval":10}` {
		t.Errorf("HELLO %s", p.D)
	}
	c.identify()
	id := sessionID(t, c.want("READY"))
	c.want("GUILD_CREATE")
	s.Zombie()
	c.send(1, 2)
	must(t)(s.Say("alice", "#general", "@pincite hello?"))
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := s.WaitOnline(ctx, "law"); err == nil {
		t.Error("a zombie counts as online")
	}
	_ = c.ws.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	if _, data, err := c.ws.ReadMessage(); err == nil {
		t.Errorf("a zombie sent %s", data)
	}
	c = dial(t, s)
	c.want("op 10")
	c.resume(id, 2)
	c.want("MESSAGE_CREATE", "RESUMED")
	c.send(1, 4)
	c.want("op 11")
}

func TestTwiceAndMalformed(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	c := dial(t, s)
	c.want("op 10")
	c.identify()
	c.want("READY", "GUILD_CREATE")
	s.DeliverTwice(1)
	must(t)(s.Say("alice", "#general", "@pincite once"))
	a, b := c.want("MESSAGE_CREATE"), c.want("MESSAGE_CREATE")
	if string(a.D) != string(b.D) || a.S+1 != b.S {
		t.Errorf("delivered %d %s and %d %s", a.S, a.D, b.S, b.D)
	}
	if !s.Redeliver() {
		t.Error("nothing to redeliver")
	}
	if p := c.want("MESSAGE_CREATE"); string(p.D) != string(a.D) {
		t.Errorf("redelivered %s", p.D)
	}
	for m, want := range map[discordtest.Malformed]string{
		discordtest.MessageUndecodable: "MESSAGE_CREATE", discordtest.MessageNoAuthor: "MESSAGE_CREATE",
		discordtest.InteractionEmpty: "INTERACTION_CREATE", discordtest.InteractionUndecodable: "INTERACTION_CREATE",
	} {
		if !s.SendMalformed(m) {
			t.Errorf("%s was not sent", m)
		}
		p := c.want(want)
		var decoded any
		if want == "MESSAGE_CREATE" {
			decoded = &discordgo.Message{}
		} else {
			decoded = &discordgo.Interaction{}
		}
		err := json.Unmarshal(p.D, decoded)
		if undecodable := strings.HasSuffix(string(m), "undecodable"); undecodable != (err != nil) {
			t.Errorf("%s decodes with error %v", m, err)
		}
	}
	if s.SendMalformed("no such kind") {
		t.Error("an unknown kind was sent")
	}
}
