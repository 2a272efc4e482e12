package discordtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
)

// ErrNotConnected is returned where the bot has no gateway session that an event could go to, now or after a RESUME.
var ErrNotConnected = errors.New("discordtest: the bot is not connected to the gateway")

// replayLimit is how many dispatches a session keeps for RESUME.
const replayLimit = 1000

// session is what IDENTIFY begins. It outlives its connection.
type session struct {
	id      string
	shard   [2]int
	intents int

	mu      sync.Mutex
	seq     int64
	log     []packet // the last replayLimit dispatches
	dropped int64    // the seq of the last one that the log has lost
	conn    *conn    // nil while nobody is connected
	dead    bool     // cannot be resumed
}

// packet is a dispatch that was, or would have been, delivered.
type packet struct {
	seq  int64
	data []byte
}

// event is something that the gateway tells sessions about.
type event struct {
	name    string
	guildID string // "" for direct messages, which go to shard 0
	intent  int    // the intent that it takes, or 0
	payload any
	// redacted is delivered instead of payload to sessions without the message content intent, where it is set.
	redacted any
	user     bool // caused by a user: a message or an interaction
}

// dispatch delivers e to every session that may see it, or keeps it for RESUME. It reports whether there was one.
func (g *gateway) dispatch(e event) bool {
	g.mu.Lock()
	sessions := append([]*session(nil), g.sessions...)
	times := 1
	if e.user {
		g.lastUser = &e
		if g.twice > 0 {
			g.twice--
			times = 2
		}
	}
	g.mu.Unlock()
	taken := false
	for range times {
		for _, sess := range sessions {
			taken = sess.deliver(e) || taken
		}
	}
	return taken
}

// sees reports whether the session gets the event.
func (s *session) sees(e event) bool {
	return (e.intent == 0 || s.intents&e.intent != 0) && shardOf(e.guildID, s.shard[1]) == s.shard[0]
}

// deliver writes e to the session's connection and keeps it for replay.
func (s *session) deliver(e event) bool {
	if !s.sees(e) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dead {
		return false
	}
	d := e.payload
	if e.redacted != nil && s.intents&intentMessageContent == 0 {
		d = e.redacted
	}
	s.put(e.name, d)
	return true
}

// put numbers a dispatch, keeps it and sends it where somebody listens. The caller holds s.mu.
func (s *session) put(name string, d any) {
	s.seq++
	seq := s.seq
	data, err := json.Marshal(frame{Op: opDispatch, D: d, S: &seq, T: &name})
	if err != nil {
		panic("discordtest: " + name + " does not encode: " + err.Error())
	}
	s.log = append(s.log, packet{seq, data})
	if len(s.log) > replayLimit {
		s.dropped = s.log[0].seq
		s.log = s.log[1:]
	}
	if s.conn != nil && !s.conn.isZombie() {
		s.conn.gateway.server.opts.Logf("gateway: %s seq %d to %s", name, seq, s.id)
		s.conn.sendRaw(data)
	}
}

// detach takes the connection c off the session, if it is still its.
func (s *session) detach(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == c {
		s.conn = nil
	}
}

// kill makes the session impossible to resume.
func (s *session) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead, s.log = true, nil
}

// identify answers IDENTIFY.
func (c *conn) identify(d json.RawMessage) {
	g, s := c.gateway, c.gateway.server
	var id struct {
		Token      string         `json:"token"`
		Properties map[string]any `json:"properties"`
		Intents    *int           `json:"intents"`
		Shard      *[2]int        `json:"shard"`
	}
	if err := json.Unmarshal(d, &id); err != nil || id.Intents == nil || id.Properties == nil {
		c.closeWith(4002, "Error while decoding payload.")
		return
	}
	var identifies int
	s.count(func(st *Stats) { st.Identifies++; identifies = st.Identifies })
	if identifies > maxIdentifies {
		s.violate(Violation{Where: "gateway", Problem: "more than 1000 IDENTIFY a day"})
	}
	shard := [2]int{0, 1}
	if id.Shard != nil {
		shard = *id.Shard
	}
	refusal, refused := g.takeRefusal()
	switch {
	case refused:
		c.closeWith(refusal, "refused by the test")
	case c.identified():
		c.closeWith(4005, "Already authenticated.")
	case !g.goodToken(id.Token):
		c.closeWith(4004, "Authentication failed.")
	case shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1]:
		c.closeWith(4010, "Invalid shard.")
	case *id.Intents&^knownIntents != 0:
		c.closeWith(4013, "Invalid intent(s).")
	case *id.Intents&privilegedIntents&^s.opts.PrivilegedIntents != 0:
		c.closeWith(4014, "Disallowed intent(s).")
	case s.guildsOn(shard) > maxPerShard:
		c.closeWith(4011, "Sharding required.")
	default:
		if c.answerFirst() {
			return
		}
		c.ready(shard, *id.Intents)
	}
}

// answerFirst plays a first packet that a test asked for in place of READY or RESUMED. It reports whether the
// answer ends there: after an ACK, READY still comes.
func (c *conn) answerFirst() bool {
	op, ok := c.gateway.takeFirst(AtReady)
	if !ok {
		return false
	}
	c.send(frame{Op: op, D: firstData(op)})
	return op != opHeartbeatACK
}

// guildsOn counts the servers of a shard.
func (s *Server) guildsOn(shard [2]int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for id, g := range s.world.guildsByID {
		if g.joined && shardOf(id, shard[1]) == shard[0] {
			n++
		}
	}
	return n
}

// ready begins a session: READY with the servers as unavailable, then GUILD_CREATE for each.
func (c *conn) ready(shard [2]int, intents int) {
	g, s := c.gateway, c.gateway.server
	sess := &session{shard: shard, intents: intents, conn: c}
	// Held until the session has had its servers, so that no other event overtakes READY.
	sess.mu.Lock()
	defer sess.mu.Unlock()
	g.mu.Lock()
	sess.id = fmt.Sprintf("session-%d", len(g.sessions)+1)
	g.sessions = append(g.sessions, sess)
	c.session = sess
	g.mu.Unlock()

	var creates []event
	var stubs []map[string]any
	s.mu.Lock()
	bot := s.world.bot.User
	for _, gd := range s.world.guildsInOrder() {
		if !gd.joined || shardOf(gd.id, shard[1]) != shard[0] {
			continue
		}
		stubs = append(stubs, map[string]any{"id": gd.id, "unavailable": true})
		if e := s.world.guildCreate(gd); !gd.unavailable && sess.sees(e) {
			creates = append(creates, e)
		}
	}
	s.mu.Unlock()
	if stubs == nil {
		stubs = []map[string]any{}
	}
	sess.put("READY", map[string]any{
		"v": 9, "user": bot, "guilds": stubs, "session_id": sess.id, "session_type": "normal",
		"resume_gateway_url": s.GatewayURL(), "shard": shard, "private_channels": []any{},
		"application": map[string]any{"id": bot.ID, "flags": 0},
	})
	for _, e := range creates {
		sess.put(e.name, e.payload)
	}
	g.mu.Lock()
	g.announce()
	g.mu.Unlock()
}

// resume answers RESUME: what was missed and RESUMED, or Invalid Session.
func (c *conn) resume(d json.RawMessage) {
	g := c.gateway
	var r struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	if err := json.Unmarshal(d, &r); err != nil {
		c.closeWith(4002, "Error while decoding payload.")
		return
	}
	g.server.count(func(st *Stats) { st.Resumes++ })
	switch {
	case c.identified():
		c.closeWith(4005, "Already authenticated.")
		return
	case !g.goodToken(r.Token):
		c.closeWith(4004, "Authentication failed.")
		return
	case c.answerFirst():
		return
	}
	sess := g.find(r.SessionID)
	if sess == nil {
		c.send(frame{Op: opInvalidSession, D: false})
		return
	}
	sess.mu.Lock()
	if sess.dead || r.Seq < sess.dropped {
		sess.mu.Unlock()
		c.send(frame{Op: opInvalidSession, D: false})
		return
	}
	if r.Seq > sess.seq {
		sess.mu.Unlock()
		c.closeWith(4007, "Invalid seq.")
		return
	}
	old := sess.conn
	sess.conn = c
	g.mu.Lock()
	c.session = sess
	if old != nil {
		old.session = nil
	}
	g.mu.Unlock()
	for _, p := range sess.log {
		if p.seq > r.Seq {
			c.sendRaw(p.data)
		}
	}
	sess.put("RESUMED", map[string]any{})
	sess.mu.Unlock()
	if old != nil {
		old.closeWith(4000, "Resumed elsewhere.")
	}
	g.mu.Lock()
	g.announce()
	g.mu.Unlock()
}

func (g *gateway) find(id string) *session {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.sessions {
		if s.id == id {
			return s
		}
	}
	return nil
}

// live reports whether a session of the server's shard has a working connection. The caller holds g.mu; a session
// with a connection has had READY or RESUMED, or is about to have it before any other event.
func (g *gateway) live(guildID string) bool {
	for c := range g.conns {
		if c.session != nil && !c.zombie && !c.closing &&
			shardOf(guildID, c.session.shard[1]) == c.session.shard[0] {
			return true
		}
	}
	return false
}

// wait blocks until done, called under g.mu, returns true.
func (g *gateway) wait(ctx context.Context, done func() bool) error {
	for {
		g.mu.Lock()
		ok, changed := done(), g.changed
		g.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-g.server.done:
			return ErrNotConnected
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// WaitOnline blocks until the bot has a working gateway connection, READY or RESUMED included, for the shard of the
// named server, or of direct messages where server is "".
func (s *Server) WaitOnline(ctx context.Context, server string) error {
	id := s.ServerID(server)
	return s.gateway.wait(ctx, func() bool { return s.gateway.live(id) })
}

// WaitOffline blocks until the bot has no gateway connection at all.
func (s *Server) WaitOffline(ctx context.Context) error {
	return s.gateway.wait(ctx, func() bool { return len(s.gateway.conns) == 0 })
}
