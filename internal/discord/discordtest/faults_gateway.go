package discordtest

import (
	"encoding/json"
	"time"
)

// Stage says which answer of the gateway a FirstPacket stands in for.
type Stage int

// The stages of a connection.
const (
	AtHello Stage = iota // instead of HELLO
	AtReady              // instead of READY or RESUMED; before it where the packet is an ACK
)

// firstPacket is a fault that waits for its connection.
type firstPacket struct {
	op    int
	stage Stage
}

// firstData is the payload of a packet that is sent out of turn.
func firstData(op int) any {
	if op == opInvalidSession {
		return false
	}
	return nil
}

// FirstPacket makes the next `times` connections begin with a packet that does not belong there: op 7 (Reconnect),
// op 9 (Invalid Session, not resumable) or op 11 (an ACK that nobody asked for).
func (s *Server) FirstPacket(op int, at Stage, times int) {
	g := s.gateway
	g.mu.Lock()
	defer g.mu.Unlock()
	for range times {
		g.first = append(g.first, firstPacket{op, at})
	}
}

// takeFirst takes the oldest first packet for the stage.
func (g *gateway) takeFirst(at Stage) (op int, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, f := range g.first {
		if f.stage == at {
			g.first = append(g.first[:i:i], g.first[i+1:]...)
			return f.op, true
		}
	}
	return 0, false
}

// RefuseIdentify makes the next `times` IDENTIFYs be closed with code, such as 4004 or 4014.
func (s *Server) RefuseIdentify(code, times int) {
	g := s.gateway
	g.mu.Lock()
	defer g.mu.Unlock()
	for range times {
		g.refusals = append(g.refusals, code)
	}
}

func (g *gateway) takeRefusal() (code int, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.refusals) == 0 {
		return 0, false
	}
	code, g.refusals = g.refusals[0], g.refusals[1:]
	return code, true
}

// Reconnect sends op 7 on every connection: close and resume.
func (s *Server) Reconnect() {
	s.gateway.eachConn(func(c *conn) { c.send(frame{Op: opReconnect}) })
}

// InvalidateSession sends op 9 on every connection. Where resumable is false the sessions are gone.
func (s *Server) InvalidateSession(resumable bool) {
	g := s.gateway
	g.eachConn(func(c *conn) {
		g.mu.Lock()
		sess := c.session
		c.session = nil
		g.mu.Unlock()
		if sess != nil {
			sess.detach(c)
			if !resumable {
				sess.kill()
			}
		}
		c.send(frame{Op: opInvalidSession, D: resumable})
	})
}

// Zombie makes the present connections dead without closing them: no heartbeat is acknowledged and no event
// delivered. Events wait for RESUME. Connections made later work.
func (s *Server) Zombie() {
	g := s.gateway
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.conns {
		c.zombie = true
	}
	g.announce()
}

// CloseGateway closes every connection with code. Codes 4003, 4004, 4007, 4009 and 4010–4014 end the sessions as
// well; others, such as 4000, leave them to be resumed.
func (s *Server) CloseGateway(code int) {
	s.gateway.eachConn(func(c *conn) { c.closeWith(code, "closed by the test") })
}

// Drop cuts every connection without a close frame. Sessions can be resumed.
func (s *Server) Drop() {
	g := s.gateway
	g.eachConn(func(c *conn) {
		g.mu.Lock()
		c.closing = true
		sess := c.session
		g.mu.Unlock()
		if sess != nil {
			sess.detach(c)
		}
		_ = c.ws.Close()
	})
}

// SetHeartbeatInterval sets what HELLO asks for on connections made from now on.
func (s *Server) SetHeartbeatInterval(d time.Duration) {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	s.gateway.heartbeat = d
}

// DeliverTwice makes the next n messages or interactions of users arrive twice, each time as an event of its own.
func (s *Server) DeliverTwice(n int) {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	s.gateway.twice += n
}

// Redeliver sends the last message or interaction of a user again. It reports whether there was one to send and a
// session to take it.
func (s *Server) Redeliver() bool {
	s.gateway.mu.Lock()
	last := s.gateway.lastUser
	s.gateway.mu.Unlock()
	return last != nil && s.gateway.dispatch(*last)
}

// Malformed is a kind of event that no bot should meet and every bot does.
type Malformed string

// The malformed events that SendMalformed knows.
const (
	// MessageUndecodable is a MESSAGE_CREATE whose fields have the wrong types.
	MessageUndecodable Malformed = "message-undecodable"
	// MessageNoAuthor is a MESSAGE_CREATE without an author.
	MessageNoAuthor Malformed = "message-no-author"
	// InteractionEmpty is an INTERACTION_CREATE of type 0 with an empty id.
	InteractionEmpty Malformed = "interaction-empty"
	// InteractionUndecodable is an INTERACTION_CREATE whose data does not decode.
	InteractionUndecodable Malformed = "interaction-undecodable"
)

// malformed holds the payloads. They mention the bot by its id where a well-formed event would.
func malformed(m Malformed, botID, channelID string) (name, payload string) {
	switch m {
	case MessageUndecodable:
		return "MESSAGE_CREATE", `{"id":5,"channel_id":{},"content":["<@` + botID + `>"],"author":"nobody"}`
	case MessageNoAuthor:
		return "MESSAGE_CREATE", `{"id":"1","channel_id":"` + channelID + `","content":"<@` + botID +
			`> hello","mentions":[{"id":"` + botID + `","username":"pincite","bot":true}],"timestamp":"2026-01-01T00:00:00Z"}`
	case InteractionEmpty:
		return "INTERACTION_CREATE", `{"id":"","type":0,"token":""}`
	case InteractionUndecodable:
		return "INTERACTION_CREATE", `{"id":"1","type":2,"token":"t","channel_id":"` + channelID +
			`","data":{"id":7,"name":{},"options":"none"}}`
	}
	return "", ""
}

// SendMalformed dispatches a malformed event. It reports whether a session took it.
func (s *Server) SendMalformed(m Malformed) bool {
	channelID := "1"
	s.mu.Lock()
	for _, g := range s.world.guildsInOrder() {
		channelID = g.channels[0].id
		break
	}
	s.mu.Unlock()
	name, payload := malformed(m, s.BotID(), channelID)
	return name != "" && s.DispatchRaw(name, json.RawMessage(payload))
}

// DispatchRaw dispatches any event, to shard 0 and whatever the intents. payload has to be JSON.
func (s *Server) DispatchRaw(name string, payload json.RawMessage) bool {
	return s.gateway.dispatch(event{name: name, payload: payload})
}
