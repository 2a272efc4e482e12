package discord

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

const (
	// usualHeartbeat is what Discord's HELLO asks for, used where HELLO could
	// not be read.
	usualHeartbeat = 41250 * time.Millisecond
	// patienceBeats is how many intervals after the last acknowledgement a
	// connection counts as dead. Alive, it gets one each interval, so a
	// quarter, 10 s of Discord's 41.25, is left for a slow one. With the
	// second that discordgo takes to close, a dead connection is resumed
	// within 2.5 intervals where an interval is at least 1 s.
	patienceBeats = 1.25
	// aliveEvery is how often a connection that lives is reported.
	aliveEvery = 5 * time.Second
)

// errZombie ends a connection that is open and dead.
var errZombie = errors.New("discord: gateway: heartbeats are not acknowledged")

// watch stays with an open connection until it ends, and ends it where nobody
// is at the other end: discordgo would notice after five intervals and then
// close with 1000, which gives the session up. When ctx ends, watch closes the
// connection for good.
func (c *session) watch(ctx context.Context) error {
	conn := c.conn.Load()
	interval := conn.interval()
	if interval <= 0 {
		interval = usualHeartbeat
	}
	limit := time.Duration(patienceBeats * float64(interval))
	c.log.LogAttrs(ctx, slog.LevelInfo, "discord: connected", slog.Int(keyShard, c.id))
	for {
		silent := c.clock.Now().Sub(c.acknowledged())
		if silent >= limit {
			c.log.LogAttrs(ctx, slog.LevelWarn, "discord: the connection is dead",
				slog.Int(keyShard, c.id), slog.Duration("silent", silent))
			c.close(closeResume)
			return errZombie
		}
		if c.alive != nil {
			c.alive()
		}
		due := make(chan struct{})
		t := c.clock.AfterFunc(min(limit-silent, aliveEvery), func() { close(due) })
		select {
		case <-due:
		case <-conn.closed:
			t.Stop()
			return &closedError{conn.closeCode()}
		case <-ctx.Done():
			t.Stop()
			c.close(closeNormal)
			return ctx.Err()
		}
	}
}

// acknowledged returns when the last heartbeat was acknowledged.
func (c *session) acknowledged() time.Time {
	c.dg.RLock()
	defer c.dg.RUnlock()
	return c.dg.LastHeartbeatAck
}
