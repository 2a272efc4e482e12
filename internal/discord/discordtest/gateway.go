package discordtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes, https://discord.com/developers/docs/topics/opcodes-and-status-codes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoiceState     = 4
	opResume         = 6
	opReconnect      = 7
	opRequestMembers = 8
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// Gateway intents that matter here.
const (
	intentGuilds         = 1 << 0
	intentMembers        = 1 << 1
	intentPresences      = 1 << 8
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	intentMessageContent = 1 << 15
	privilegedIntents    = intentMembers | intentPresences | intentMessageContent
	knownIntents         = 1<<22 - 1 | 1<<24 | 1<<25
)

// Limits of the gateway: a connection that sends more than 120 events in 60 s is closed with 4008; an application
// has 1000 IDENTIFY a day; a shard holds 2500 servers.
const (
	maxSends      = 120
	sendWindow    = 60 * time.Second
	maxIdentifies = 1000
	maxPerShard   = 2500
)

// writeWait bounds a write to a client that has stopped reading.
const writeWait = 2 * time.Second

// frame is a packet of the gateway.
type frame struct {
	Op int     `json:"op"`
	D  any     `json:"d"`
	S  *int64  `json:"s"`
	T  *string `json:"t"`
}

// gateway is the WebSocket side of a Server.
type gateway struct {
	server   *Server
	upgrader websocket.Upgrader

	mu        sync.Mutex
	closed    bool
	conns     map[*conn]bool
	sessions  []*session // in the order of their IDENTIFY
	heartbeat time.Duration
	first     []firstPacket
	refusals  []int // close codes for the next IDENTIFYs
	twice     int   // user events that are still to be delivered twice
	lastUser  *event
	changed   chan struct{} // closed, and replaced, whenever a session comes, goes or gets a connection
}

// conn is one client's connection.
type conn struct {
	gateway *gateway
	ws      *websocket.Conn
	write   sync.Mutex
	sent    []time.Time // events that the client sent in the last minute; used by the read loop only

	// Guarded by gateway.mu.
	session *session
	zombie  bool // neither acknowledges nor delivers
	closing bool // the server has sent its close frame
}

func newGateway(s *Server) *gateway {
	return &gateway{
		server:    s,
		upgrader:  websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }},
		conns:     make(map[*conn]bool),
		heartbeat: s.opts.HeartbeatInterval,
		changed:   make(chan struct{}),
	}
}

// announce wakes everyone who waits for a change. The caller holds g.mu.
func (g *gateway) announce() {
	close(g.changed)
	g.changed = make(chan struct{})
}

// serve runs one connection until it ends.
func (g *gateway) serve(w http.ResponseWriter, r *http.Request) {
	ws, err := g.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c := &conn{gateway: g, ws: ws}
	defer ws.Close()
	g.mu.Lock()
	if g.closed {
		g.mu.Unlock()
		return
	}
	g.conns[c] = true
	interval := g.heartbeat
	g.announce()
	g.mu.Unlock()
	defer g.forget(c)
	g.server.count(func(st *Stats) { st.Connections++ })
	if q := r.URL.Query(); q.Get("encoding") != "json" || q.Get("v") != "9" && q.Get("v") != "10" {
		c.closeWith(4012, "Invalid API version.")
	} else if op, ok := g.takeFirst(AtHello); ok {
		c.send(frame{Op: op, D: firstData(op)})
	} else {
		c.send(frame{Op: opHello, D: map[string]any{"heartbeat_interval": interval.Milliseconds()}})
	}
	// A client that sends no heartbeat is dead to Discord after a while.
	patience := 2*interval + 5*time.Second
	for {
		if !c.isClosing() {
			_ = ws.SetReadDeadline(time.Now().Add(patience))
		}
		_, data, err := ws.ReadMessage()
		if err != nil {
			c.ended(err)
			return
		}
		if c.isClosing() {
			continue // what the client sent before it saw the close frame
		}
		c.receive(data)
	}
}

// forget drops a connection that has ended; its session stays, to be resumed.
func (g *gateway) forget(c *conn) {
	g.mu.Lock()
	delete(g.conns, c)
	sess := c.session
	c.session = nil
	g.mu.Unlock()
	if sess != nil {
		sess.detach(c)
	}
	g.mu.Lock()
	g.announce()
	g.mu.Unlock()
}

// ended notes how the connection ended. A client that closes with 1000 or 1001 gives its session up, unless the
// server closed first.
func (c *conn) ended(err error) {
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		c.gateway.server.opts.Logf("gateway: connection lost: %v", err)
		return
	}
	c.gateway.server.opts.Logf("gateway: client closed with %d", closed.Code)
	c.gateway.mu.Lock()
	sess, closing := c.session, c.closing
	c.gateway.mu.Unlock()
	if sess != nil && !closing &&
		(closed.Code == websocket.CloseNormalClosure || closed.Code == websocket.CloseGoingAway) {
		sess.kill()
	}
}

func (c *conn) isClosing() bool {
	c.gateway.mu.Lock()
	defer c.gateway.mu.Unlock()
	return c.closing
}

// send writes one packet. An error is not the sender's business: the read loop sees the connection end.
func (c *conn) send(f frame) {
	data, err := json.Marshal(f)
	if err != nil {
		panic("discordtest: a packet does not encode: " + err.Error())
	}
	c.sendRaw(data)
}

func (c *conn) sendRaw(data []byte) {
	c.write.Lock()
	defer c.write.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(writeWait))
	_ = c.ws.WriteMessage(websocket.TextMessage, data)
}

// closeWith closes the connection from the server's side and, where the code says so, ends its session. The read
// loop goes on for up to a second, so that the close frame is not lost to a reset.
func (c *conn) closeWith(code int, reason string) {
	g := c.gateway
	g.mu.Lock()
	c.closing = true
	sess := c.session
	g.mu.Unlock()
	g.server.opts.Logf("gateway: closing with %d %s", code, reason)
	if sess != nil {
		sess.detach(c)
		if endsSession(code) {
			sess.kill()
		}
	}
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason),
		time.Now().Add(writeWait))
	_ = c.ws.SetReadDeadline(time.Now().Add(time.Second))
}

// endsSession reports whether a session is lost with this close code of the server's.
func endsSession(code int) bool {
	switch code {
	case websocket.CloseNormalClosure, websocket.CloseGoingAway, 4003, 4004, 4007, 4009:
		return true
	}
	return code >= 4010 && code <= 4014
}

// receive handles one packet from the client.
func (c *conn) receive(data []byte) {
	if !c.withinPace() {
		c.gateway.server.violate(Violation{Where: "gateway", Problem: "more than 120 events in 60 s"})
		c.closeWith(4008, "You are being rate limited.")
		return
	}
	var p struct {
		Op *int            `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	if err := json.Unmarshal(data, &p); err != nil || p.Op == nil {
		c.closeWith(4002, "Error while decoding payload.")
		return
	}
	switch *p.Op {
	case opHeartbeat:
		c.gateway.server.count(func(st *Stats) { st.Heartbeats++ })
		if !c.isZombie() {
			c.send(frame{Op: opHeartbeatACK})
		}
	case opIdentify:
		c.identify(p.D)
	case opResume:
		c.resume(p.D)
	case opPresence, opVoiceState, opRequestMembers:
		if !c.identified() {
			c.closeWith(4003, "Not authenticated.")
		}
	default:
		c.closeWith(4001, "Unknown opcode.")
	}
}

// withinPace counts one event of the client's against 120 in 60 s.
func (c *conn) withinPace() bool {
	t := time.Now()
	for len(c.sent) > 0 && t.Sub(c.sent[0]) > sendWindow {
		c.sent = c.sent[1:]
	}
	c.sent = append(c.sent, t)
	return len(c.sent) <= maxSends
}

func (c *conn) isZombie() bool {
	c.gateway.mu.Lock()
	defer c.gateway.mu.Unlock()
	return c.zombie
}

func (c *conn) identified() bool {
	c.gateway.mu.Lock()
	defer c.gateway.mu.Unlock()
	return c.session != nil
}

// goodToken reports whether a token from the gateway is the bot's, with or without its prefix.
func (g *gateway) goodToken(token string) bool {
	return strings.TrimPrefix(token, "Bot ") == g.server.opts.Token
}

// eachConn calls f for every connection, without the lock.
func (g *gateway) eachConn(f func(*conn)) {
	g.mu.Lock()
	conns := make([]*conn, 0, len(g.conns))
	for c := range g.conns {
		conns = append(conns, c)
	}
	g.mu.Unlock()
	for _, c := range conns {
		f(c)
	}
}

// closeAll ends every connection at once and lets no other begin.
func (g *gateway) closeAll() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.eachConn(func(c *conn) { _ = c.ws.Close() })
}
