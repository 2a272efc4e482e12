package discord

import (
	"context"
	"log/slog"

	"pincite/internal/fault"
)

// shard is one of the bot's connections.
type shard struct {
	*gateway
	id, count int
	address   string // of the gateway
}

// run keeps the shard connected until ctx ends. The error is a fault: Discord
// refuses the bot for good.
func (s *shard) run(ctx context.Context) error {
	var sess *session
	for failures := 1; ; failures++ {
		began := s.clock.Now()
		err := s.connect(ctx, &sess)
		if ctx.Err() != nil {
			return nil
		}
		if refused := s.refused(err); refused != nil {
			return refused
		}
		if s.clock.Now().Sub(began) >= steadyAfter {
			failures = 1
		}
		pause := s.pause(failures, err)
		s.log.LogAttrs(ctx, slog.LevelWarn, "discord: reconnecting", slog.Int(keyShard, s.id),
			slog.Any(keyError, redactError(err, s.token)), slog.Bool(keyResume, sess != nil && sess.known),
			slog.Duration(keyWait, pause))
		if wait(ctx, s.clock, pause) != nil {
			return nil
		}
	}
}

// connect opens a connection, resuming *sess where there is one, and stays
// with it until it ends. It leaves in *sess what may be resumed, or nil.
func (s *shard) connect(ctx context.Context, sess **session) error {
	if *sess == nil {
		if err := s.permit(ctx); err != nil {
			return err
		}
		fresh, err := s.newSession()
		if err != nil {
			return fault.Wrap(fault.Internal, err, "The connection to Discord could not be prepared.")
		}
		*sess = fresh
	}
	c := *sess
	err := c.open(ctx)
	if err == nil {
		err = c.watch(ctx)
	}
	c.cut()
	if !c.reusable(err) {
		*sess = nil
	}
	return err
}
