package discordtest

import (
	"strconv"
	"time"
)

// discordEpoch is where snowflake timestamps start: 2015-01-01T00:00:00Z, in Unix milliseconds.
// https://discord.com/developers/docs/reference#snowflakes
const discordEpoch = 1420070400000

// worldEpoch is the instant that the fake world's ids and message timestamps count from. It is fixed, so that an id
// depends only on how many of its kind came before it and goldens stay the same from run to run.
const worldEpoch = 1767225600000 // 2026-01-01T00:00:00Z in Unix milliseconds

// kind separates the id sequences, so that a message more does not shift the ids of interactions.
type kind int

const (
	kindUser kind = iota + 1
	kindServer
	kindChannel
	kindRole
	kindMessage
	kindInteraction
	kindCommand
	kindAttachment
)

// snowflakes hands out ids: a sequence for each kind, each id later than the one before it.
type snowflakes struct {
	last map[kind]int64
}

// next returns the next id of kind k. Ids of one kind are 1001 ms apart: an odd number, so that servers spread over
// any number of shards (shard = id>>22 mod count).
func (s *snowflakes) next(k kind) string {
	if s.last == nil {
		s.last = make(map[kind]int64)
	}
	s.last[k]++
	ms := worldEpoch - discordEpoch + s.last[k]*1001
	return strconv.FormatInt(ms<<22|int64(k), 10)
}

// snowflakeTime returns the creation time that id carries, or the zero time where id is not a snowflake.
func snowflakeTime(id string) time.Time {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(n>>22 + discordEpoch).UTC()
}

// shardOf returns the shard, of count, that Discord routes a server's events to.
func shardOf(serverID string, count int) int {
	n, err := strconv.ParseInt(serverID, 10, 64)
	if err != nil || count < 2 {
		return 0
	}
	return int((n >> 22) % int64(count))
}
