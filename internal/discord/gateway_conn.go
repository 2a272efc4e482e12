package discord

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"
)

// Opcodes of the gateway that matter before a session has begun:
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
const (
	opReconnect    = 7
	opHello        = 10
	opHeartbeatACK = 11
)

// Opcodes of WebSocket frames, RFC 6455 section 5.2.
const (
	frameContinuation = 0x0
	frameText         = 0x1
	frameBinary       = 0x2
	frameClose        = 0x8
)

const (
	// maxFrame bounds one frame. The largest is a GUILD_CREATE.
	maxFrame = 32 << 20
	// maxHandshake bounds the answer to the HTTP request that begins a
	// WebSocket.
	maxHandshake = 64 << 10
	// readSize is how much is asked for at once; a buffer of more than
	// keptBuffer is given back when it is empty.
	readSize   = 4 << 10
	keptBuffer = 64 << 10
	// writeLimit bounds one write. discordgo sets no limit and holds its lock
	// while it writes, for ever where the other end is gone.
	writeLimit = 5 * time.Second
)

// errOutOfTurn is what Open gets in place of a packet that would make it wait
// for a lock that it holds itself.
var errOutOfTurn = errors.New("discord: gateway: a packet out of turn")

// gatewayConn is the connection below discordgo's WebSocket. discordgo keeps
// to itself why a connection was closed and how often it has to send a
// heartbeat, and its Open deadlocks on some first packets. All three pass
// through here, so here they are read: each frame from the server is handed
// on when it is whole and has been looked at. Logged text would be the other
// source, but it belongs to no session and may change with a word.
type gatewayConn struct {
	net.Conn
	opaque bool // what passes is encrypted: nothing is looked at

	// Used by the reader only.
	ready    bytes.Buffer // may be handed on
	held     []byte       // not whole yet
	upgraded bool         // the HTTP answer has passed
	message  []byte       // the data message so far, while it is one of the first two
	begun    int          // data messages of the handshake that passed: HELLO; READY or RESUMED
	failed   error

	closing sync.Once
	closed  chan struct{} // closed with the connection

	mu        sync.Mutex
	code      int           // of the server's close frame, 0 for none
	heartbeat time.Duration // from HELLO, 0 before it
}

func newGatewayConn(c net.Conn, opaque bool) *gatewayConn {
	return &gatewayConn{Conn: c, opaque: opaque, closed: make(chan struct{})}
}

// Close closes the connection and what waits for that.
func (c *gatewayConn) Close() error {
	c.closing.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// Write writes within writeLimit.
func (c *gatewayConn) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(writeLimit)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// closeCode returns the code of the server's close frame, 0 for none.
func (c *gatewayConn) closeCode() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.code
}

// interval returns how often HELLO asked for a heartbeat, 0 where it is
// unknown.
func (c *gatewayConn) interval() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.heartbeat
}

// Read hands on what has been looked at.
func (c *gatewayConn) Read(p []byte) (int, error) {
	if c.opaque {
		return c.Conn.Read(p)
	}
	for c.ready.Len() == 0 {
		if c.failed != nil {
			return 0, c.failed
		}
		c.held = slices.Grow(c.held, readSize)
		n, err := c.Conn.Read(c.held[len(c.held):cap(c.held)])
		c.held = c.held[:len(c.held)+n]
		c.look()
		if err != nil && c.failed == nil {
			// What is not whole any more is handed on as it is.
			c.ready.Write(c.held)
			c.held, c.failed = nil, err
		}
	}
	return c.ready.Read(p)
}

// look moves what is whole from held to ready.
func (c *gatewayConn) look() {
	seen := 0
	for c.failed == nil {
		size, keep := c.next(c.held[seen:])
		if size == 0 {
			break
		}
		if keep {
			c.ready.Write(c.held[seen : seen+size])
		}
		seen += size
	}
	c.held = append(c.held[:0], c.held[seen:]...)
	if len(c.held) == 0 && cap(c.held) > keptBuffer {
		c.held = nil
	}
}

// next returns the size of the first whole thing in data, 0 where there is
// none or the connection has failed, and whether to hand it on.
func (c *gatewayConn) next(data []byte) (size int, keep bool) {
	if !c.upgraded {
		end := bytes.Index(data, []byte("\r\n\r\n"))
		if end < 0 {
			if len(data) > maxHandshake {
				c.failed = fmt.Errorf("discord: gateway: more than %d bytes of header", maxHandshake)
			}
			return 0, false
		}
		c.upgraded = true
		return end + 4, true
	}
	f, size, err := parseFrame(data)
	if err == nil && size > 0 {
		keep, err = c.inspect(f)
	}
	if err != nil {
		c.failed = err
		return 0, false
	}
	return size, keep
}

// inspect looks at one frame. keep is false for one that discordgo must not
// see, and an error ends the connection for it.
func (c *gatewayConn) inspect(f frame) (keep bool, err error) {
	switch f.opcode {
	case frameClose:
		if len(f.payload) >= 2 {
			c.mu.Lock()
			c.code = int(binary.BigEndian.Uint16(f.payload))
			c.mu.Unlock()
		}
		return true, nil
	case frameText, frameBinary, frameContinuation:
	default:
		return true, nil
	}
	if c.begun == 2 {
		return true, nil
	}
	c.message = append(c.message, f.payload...)
	if !f.final {
		return true, nil
	}
	message := c.message
	c.message = nil
	return c.handshake(message, f.opcode != frameContinuation)
}

// handshake looks at a packet that comes before the session has begun. whole
// says that the packet is a single frame, which can be left out.
func (c *gatewayConn) handshake(packet []byte, whole bool) (keep bool, err error) {
	var p struct {
		Op int `json:"op"`
		D  struct {
			Interval int64 `json:"heartbeat_interval"` // milliseconds
		} `json:"d"`
	}
	// A packet whose d is no object leaves Interval 0; one that is no JSON is
	// for discordgo to refuse.
	_ = json.Unmarshal(packet, &p)
	switch {
	case c.begun == 0 && p.Op != opHello, p.Op == opReconnect:
		return false, fmt.Errorf("%w: op %d", errOutOfTurn, p.Op)
	case p.Op == opHeartbeatACK && whole:
		return false, nil
	case p.Op == opHeartbeatACK:
		return false, fmt.Errorf("%w: op %d", errOutOfTurn, p.Op)
	case c.begun == 0:
		c.mu.Lock()
		c.heartbeat = time.Duration(p.D.Interval) * time.Millisecond
		c.mu.Unlock()
	}
	c.begun++
	return true, nil
}

// frame is a WebSocket frame.
type frame struct {
	final   bool
	opcode  int
	payload []byte
}

// parseFrame reads the frame that data begins with and returns its size in
// bytes, 0 where it is not whole. A server's frames are not masked, RFC 6455
// section 5.1.
func parseFrame(data []byte) (f frame, size int, err error) {
	if len(data) < 2 {
		return frame{}, 0, nil
	}
	if data[1]&0x80 != 0 {
		return frame{}, 0, errors.New("discord: gateway: a masked frame")
	}
	head, length := 2, uint64(data[1])
	switch length {
	case 126:
		if head = 4; len(data) < head {
			return frame{}, 0, nil
		}
		length = uint64(binary.BigEndian.Uint16(data[2:]))
	case 127:
		if head = 10; len(data) < head {
			return frame{}, 0, nil
		}
		length = binary.BigEndian.Uint64(data[2:])
	}
	if length > maxFrame {
		return frame{}, 0, fmt.Errorf("discord: gateway: a frame of %d bytes", length)
	}
	size = head + int(length)
	if len(data) < size {
		return frame{}, 0, nil
	}
	return frame{final: data[0]&0x80 != 0, opcode: int(data[0] & 0x0f), payload: data[head:size]}, size, nil
}
