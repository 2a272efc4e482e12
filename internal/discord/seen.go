package discord

import (
	"hash/fnv"
	"strconv"
	"sync"
	"time"
)

const (
	// seenFor is how long an event's id is remembered: as long as an
	// interaction's token lives. A RESUME replays minutes, not more.
	seenFor = 15 * time.Minute
	// seenMost is how many ids one generation holds; two exist at most, about
	// 6 MiB together. Where events come faster than seenMost in seenFor, the
	// oldest are forgotten sooner.
	seenMost = 1 << 17
)

// seen remembers which events were handled, so that one that Discord delivers
// again is not.
type seen struct {
	clock clock

	mu      sync.Mutex
	current map[uint64]time.Time // id → when it was first seen
	last    map[uint64]time.Time // the generation before
	begun   time.Time            // when current began
}

func newSeen(c clock) *seen {
	return &seen{clock: c, current: map[uint64]time.Time{}, begun: c.Now()}
}

// first reports whether an event's id comes for the first time in seenFor, and
// remembers it.
func (s *seen) first(id string) bool {
	key := idKey(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	for _, g := range []map[uint64]time.Time{s.current, s.last} {
		if at, ok := g[key]; ok && now.Sub(at) < seenFor {
			return false
		}
	}
	// A generation that is dropped has no id younger than seenFor, except
	// where it was full.
	if now.Sub(s.begun) >= seenFor || len(s.current) >= seenMost {
		s.last, s.current, s.begun = s.current, map[uint64]time.Time{}, now
	}
	s.current[key] = now
	return true
}

// idKey is a snowflake's number; of anything else, a hash.
func idKey(id string) uint64 {
	if n, err := strconv.ParseUint(id, 10, 64); err == nil {
		return n
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return h.Sum64()
}
