package discordtest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"pincite/internal/discord/discordtest"
)

// client is a gateway client that does as it is told.
type client struct {
	t  *testing.T
	s  *discordtest.Server
	ws *websocket.Conn
}

// packet is a gateway packet as a client reads it.
type packet struct {
	Op int
	D  json.RawMessage
	S  int64
	T  string
}

func dial(t *testing.T, s *discordtest.Server) *client {
	t.Helper()
	ws, resp, err := websocket.DefaultDialer.Dial(s.GatewayURL()+"/?v=9&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	t.Cleanup(func() { ws.Close() })
	return &client{t, s, ws}
}

func (c *client) send(op int, d any) {
	c.t.Helper()
	if err := c.ws.WriteJSON(map[string]any{"op": op, "d": d}); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) read() packet {
	c.t.Helper()
	var p packet
	_ = c.ws.SetReadDeadline(time.Now().Add(wait))
	if err := c.ws.ReadJSON(&p); err != nil {
		c.t.Fatal(err)
	}
	return p
}

// want reads packets and compares their names, or opcodes where they have none.
func (c *client) want(names ...string) packet {
	c.t.Helper()
	var p packet
	for _, want := range names {
		p = c.read()
		got := p.T
		if got == "" {
			got = fmt.Sprint("op ", p.Op)
		}
		if got != want {
			c.t.Fatalf("got %s %s, want %s", got, p.D, want)
		}
	}
	return p
}

// closed reads on until the connection ends and returns the close code, 0 for none.
func (c *client) closed() int {
	c.t.Helper()
	_ = c.ws.SetReadDeadline(time.Now().Add(wait))
	for {
		_, _, err := c.ws.ReadMessage()
		var ce *websocket.CloseError
		switch {
		case errors.As(err, &ce) && ce.Code != websocket.CloseAbnormalClosure:
			return ce.Code
		case err != nil:
			return 0
		}
	}
}

func (c *client) identify(change ...func(map[string]any)) {
	c.t.Helper()
	id := map[string]any{
		"token": c.s.Token(), "properties": map[string]any{"os": "linux"}, "intents": 1 | 1<<9 | 1<<12,
	}
	for _, f := range change {
		f(id)
	}
	c.send(2, id)
}

func (c *client) resume(session string, seq int64) {
	c.t.Helper()
	c.send(6, map[string]any{"token": c.s.Token(), "session_id": session, "seq": seq})
}

// sessionID reads READY's.
func sessionID(t *testing.T, p packet) string {
	t.Helper()
	var d struct {
		SessionID string `json:"session_id"`
	}
	if err := json.Unmarshal(p.D, &d); err != nil || d.SessionID == "" {
		t.Fatalf("READY %s: %v", p.D, err)
	}
	return d.SessionID
}

func TestIdentifyAndHeartbeat(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	c := dial(t, s)
	hello := c.want("op 10")
	if string(hello.D) != `{"heartbeat_interval":41250}` {
		t.Errorf("HELLO %s", hello.D)
	}
	c.send(1, nil)
	c.want("op 11")
	c.identify()
	if p := c.want("READY"); p.S != 1 {
		t.Errorf("READY has seq %d", p.S)
	}
	if p := c.want("GUILD_CREATE"); p.S != 2 {
		t.Errorf("GUILD_CREATE has seq %d", p.S)
	}
	must(t)(s.AddServer("tax"))
	c.want("GUILD_CREATE")
	for _, f := range []func(string) error{s.Outage, s.Recover, s.Leave} {
		if err := f("tax"); err != nil {
			t.Fatal(err)
		}
	}
	if p := c.want("GUILD_DELETE"); !strings.Contains(string(p.D), `"unavailable":true`) {
		t.Errorf("outage: %s", p.D)
	}
	c.want("GUILD_CREATE")
	if p := c.want("GUILD_DELETE"); strings.Contains(string(p.D), "unavailable") {
		t.Errorf("removal: %s", p.D)
	}
}

func TestIdentifyRefused(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	for code, change := range map[int]func(map[string]any){
		4002: func(id map[string]any) { delete(id, "intents") },
		4004: func(id map[string]any) { id["token"] = "wrong" },
		4010: func(id map[string]any) { id["shard"] = []int{2, 2} },
		4013: func(id map[string]any) { id["intents"] = 1 << 30 },
		4014: func(id map[string]any) { id["intents"] = 1 << 15 },
	} {
		c := dial(t, s)
		c.want("op 10")
		c.identify(change)
		if got := c.closed(); got != code {
			t.Errorf("closed with %d, want %d", got, code)
		}
	}
	for code, send := range map[int]func(*client){
		4001: func(c *client) { c.send(99, nil) },
		4003: func(c *client) { c.send(3, map[string]any{}) },
		4005: func(c *client) { c.identify(); c.identify() },
	} {
		c := dial(t, s)
		c.want("op 10")
		send(c)
		if got := c.closed(); got != code {
			t.Errorf("closed with %d, want %d", got, code)
		}
	}
	s.RefuseIdentify(4014, 1)
	c := dial(t, s)
	c.identify()
	if got := c.closed(); got != 4014 {
		t.Errorf("closed with %d, want 4014", got)
	}
}

func TestSendLimit(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	c := dial(t, s)
	for range 121 {
		c.send(1, nil)
	}
	if got := c.closed(); got != 4008 {
		t.Errorf("closed with %d, want 4008", got)
	}
	broke(t, s, "more than 120 events in 60 s")
}

func TestShards(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	must(t)(s.AddServer("tax"))
	must(t)(s.AddMember("alice", "tax", false))
	clients := make([]*client, 2)
	for i := range clients {
		clients[i] = dial(t, s)
		clients[i].want("op 10")
		clients[i].identify(func(id map[string]any) { id["shard"] = []int{i, 2} })
		clients[i].want("READY", "GUILD_CREATE")
	}
	must(t)(s.Say("alice", "law#general", "one"))
	must(t)(s.Say("alice", "tax#general", "two"))
	must(t)(s.Say("alice", "@dm", "three"))
	var got []string
	for i, n := range []int{2, 1} { // the direct message goes to shard 0
		for range n {
			p := clients[i].want("MESSAGE_CREATE")
			got = append(got, string(p.D))
		}
	}
	if len(slices.Compact(got)) != 3 {
		t.Errorf("the shards got %q", got)
	}
}

func TestResume(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	if _, err := s.Say("alice", "#general", "@pincite nobody listens"); !errors.Is(err, discordtest.ErrNotConnected) {
		t.Errorf("speaking to nobody: %v", err)
	}
	c := dial(t, s)
	c.want("op 10")
	c.identify()
	id := sessionID(t, c.want("READY"))
	last := c.want("GUILD_CREATE")
	s.Drop()
	if got := c.closed(); got != 0 {
		t.Errorf("a drop closed with %d", got)
	}
	must(t)(s.Say("alice", "#general", "@pincite missed"))
	c = dial(t, s)
	c.want("op 10")
	c.resume(id, last.S)
	if p := c.want("MESSAGE_CREATE"); p.S != last.S+1 || !strings.Contains(string(p.D), "missed") {
		t.Errorf("replayed %d %s", p.S, p.D)
	}
	c.want("RESUMED")
	s.CloseGateway(4000)
	if got := c.closed(); got != 4000 {
		t.Errorf("closed with %d, want 4000", got)
	}
	for seq, want := range map[int64]int{999: 4007} {
		c = dial(t, s)
		c.want("op 10")
		c.resume(id, seq)
		if got := c.closed(); got != want {
			t.Errorf("resume from %d: closed with %d, want %d", seq, got, want)
		}
	}
	// A client that closes with 1000 gives its session up.
	c = dial(t, s)
	c.want("op 10")
	c.resume(id, last.S)
	c.want("MESSAGE_CREATE", "RESUMED")
	_ = c.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""))
	c.closed()
	if err := s.WaitOffline(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{id, "session-99"} {
		c = dial(t, s)
		c.want("op 10")
		c.resume(id, last.S)
		if p := c.want("op 9"); string(p.D) != "false" {
			t.Errorf("op 9 says %s", p.D)
		}
	}
	c.identify()
	c.want("READY")
}

func TestResumeWithDiscordgo(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	d := session(t, s)
	d.ShouldReconnectOnError = true
	got := make(chan string, 9)
	resumed := make(chan bool, 9)
	d.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m.Content })
	d.AddHandler(func(*discordgo.Session, *discordgo.Resumed) { resumed <- true })
	open(t, d)
	// discordgo's heartbeat loop, too, closes and reconnects where its write fails: let it have its first one.
	beat := func(n int) {
		t.Helper()
		eventually(t, "a heartbeat", func() bool { return s.Stats().Heartbeats >= n })
	}
	beat(1)
	s.Drop()
	must(t)(s.Say("alice", "#general", "@pincite while you were out"))
	if m := receive(t, "the message", got); !strings.Contains(m, "while you were out") {
		t.Errorf("got %q", m)
	}
	receive(t, "RESUMED", resumed)
	beat(2)
	s.Reconnect()
	receive(t, "RESUMED", resumed)
	if st := s.Stats(); st.Identifies != 1 || st.Resumes != 2 {
		t.Errorf("%d IDENTIFY and %d RESUME, want 1 and 2", st.Identifies, st.Resumes)
	}
}

func TestCloseEndsEverything(t *testing.T) {
	t.Parallel()
	s, err := discordtest.New(discordtest.Options{NoSchema: true})
	if err != nil {
		t.Fatal(err)
	}
	must(t)(s.AddServer("law"))
	c := dial(t, s)
	c.identify()
	c.want("op 10", "READY", "GUILD_CREATE")
	step, err := s.Say("alice", "@dm", "hello")
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	s.Close()
	if _, err := step.WaitReply(wait); !errors.Is(err, discordtest.ErrNoReply) {
		t.Errorf("after Close, waiting gives %v", err)
	}
	if got := c.closed(); got != 0 {
		t.Errorf("closed with %d", got)
	}
	if err := s.WaitOnline(t.Context(), ""); err == nil {
		t.Error("online after Close")
	}
}
