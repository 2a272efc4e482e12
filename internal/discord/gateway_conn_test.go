package discord

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"
	"time"
)

// piecemeal is a connection that delivers a stream in pieces of given sizes.
type piecemeal struct {
	net.Conn
	stream []byte
	sizes  []byte
}

func (p *piecemeal) Read(b []byte) (int, error) {
	if len(p.stream) == 0 {
		return 0, io.EOF
	}
	n := 1
	if len(p.sizes) > 0 {
		n += int(p.sizes[0])
		p.sizes = append(p.sizes[1:], p.sizes[0])
	}
	n = copy(b, p.stream[:min(n, len(p.stream))])
	p.stream = p.stream[n:]
	return n, nil
}

// frameOf encodes a frame of the server's.
func frameOf(final bool, opcode int, payload string) []byte {
	b := []byte{byte(opcode)}
	if final {
		b[0] |= 0x80
	}
	switch n := len(payload); {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, payload...)
}

func closeFrame(code int) []byte {
	return frameOf(true, frameClose, string(binary.BigEndian.AppendUint16(nil, uint16(code)))+"why")
}

const (
	upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
	hello   = `{"op":10,"d":{"heartbeat_interval":41250}}`
	ready   = `{"t":"READY","s":1,"op":0,"d":{"v":9}}`
)

// FuzzGatewayConn: whatever the frames are and however they arrive, what is
// handed on is what came, the close code and the interval are read, and a
// packet that Open cannot bear is not handed on.
func FuzzGatewayConn(f *testing.F) {
	f.Add("a dispatch", uint16(4004), []byte{0, 3, 200}, uint8(0), 2)
	f.Add("", uint16(1000), []byte{}, uint8(7), 0)
	f.Add("x", uint16(4014), []byte{255}, uint8(11), 1)
	f.Add("y", uint16(4000), []byte{5}, uint8(9), 3)
	f.Fuzz(func(t *testing.T, payload string, code uint16, sizes []byte, op uint8, cut int) {
		size := 0
		for _, n := range []int{len(payload), 125, 126, 1 << 16} {
			size = max(size, n)
		}
		long := payload + string(bytes.Repeat([]byte{'.'}, size-len(payload)))
		cut = max(0, min(cut, len(ready)))
		second := ready
		if op != 0 {
			second = fmt.Sprintf(`{"op":%d,"d":null}`, op)
			cut = min(cut, len(second))
		}
		var head, tail []byte
		head = append(head, upgrade...)
		head = append(head, frameOf(true, frameText, hello)...)
		head = append(head, frameOf(false, frameText, second[:cut])...)
		head = append(head, frameOf(true, 0x9, "ping")...)
		last := frameOf(true, frameContinuation, second[cut:])
		for _, p := range []string{payload, long[:125], long[:126], long[:min(len(long), 1<<16)]} {
			tail = append(tail, frameOf(true, frameText, p)...)
		}
		tail = append(tail, frameOf(true, frameText, `{"op":7}`)...) // in turn by now
		tail = append(tail, closeFrame(int(code))...)
		stream := bytes.Join([][]byte{head, last, tail}, nil)

		c := newGatewayConn(&piecemeal{stream: bytes.Clone(stream), sizes: sizes}, false)
		got, err := io.ReadAll(c)
		if c.interval() != 41250*time.Millisecond {
			t.Errorf("interval %v", c.interval())
		}
		if op == opReconnect || op == opHeartbeatACK {
			if !errors.Is(err, errOutOfTurn) || !bytes.Equal(got, head) {
				t.Errorf("op %d: %v, after %q", op, err, got)
			}
			return
		}
		if err != nil || !bytes.Equal(got, stream) {
			t.Errorf("%d bytes handed on of %d, %v", len(got), len(stream), err)
		}
		if c.closeCode() != int(code) {
			t.Errorf("close code %d, want %d", c.closeCode(), code)
		}
	})
}

func TestGatewayConn(t *testing.T) {
	ack := frameOf(true, frameText, `{"op":11}`)
	for _, c := range []struct {
		name   string
		stream []byte
		gone   []byte // what must not be handed on
		err    error
		code   int
	}{
		{"an ACK before READY is left out", streamOf([]byte(upgrade), textFrame(hello), ack, textFrame(ready)), ack, nil, 0},
		{"an ACK after READY is not", streamOf([]byte(upgrade), textFrame(hello), textFrame(ready), ack), nil, nil, 0},
		{"no HELLO", streamOf([]byte(upgrade), textFrame(ready)), textFrame(ready), errOutOfTurn, 0},
		{"closed in place of HELLO", streamOf([]byte(upgrade), closeFrame(4004)), nil, nil, 4004},
		{"a close frame without a code", streamOf([]byte(upgrade), frameOf(true, frameClose, "")), nil, nil, 0},
		{"half a frame", streamOf([]byte(upgrade), textFrame(hello)[:5]), nil, nil, 0},
		{"an endless header", bytes.Repeat([]byte("X: y\r\n"), maxHandshake), nil, errAny, 0},
		{"a masked frame", streamOf([]byte(upgrade), []byte{0x81, 0x80, 1, 2, 3, 4}), nil, errAny, 0},
		{"a frame beyond the limit", streamOf([]byte(upgrade), []byte{0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0}), nil, errAny, 0},
		{"no JSON for READY", streamOf([]byte(upgrade), textFrame(hello), textFrame("{")), nil, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := newGatewayConn(&piecemeal{stream: bytes.Clone(c.stream), sizes: []byte{2, 9}}, false)
			got, err := io.ReadAll(conn)
			switch {
			case c.err == nil && err != nil, c.err != nil && err == nil, errors.Is(c.err, errOutOfTurn) && !errors.Is(err, errOutOfTurn):
				t.Errorf("error %v", err)
			}
			want := c.stream
			if c.gone != nil {
				want = bytes.Replace(want, c.gone, nil, 1)
			}
			if !errors.Is(c.err, errAny) && !bytes.Equal(got, want) {
				t.Errorf("handed on %q, want %q", got, want)
			}
			if conn.closeCode() != c.code {
				t.Errorf("close code %d, want %d", conn.closeCode(), c.code)
			}
		})
	}
}

// errAny stands for any error.
var errAny = errors.New("any error")

func textFrame(payload string) []byte { return frameOf(true, frameText, payload) }

func streamOf(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
