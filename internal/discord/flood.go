package discord

import (
	"container/list"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// A member may ask floodBurst times at once and then every floodEvery:
	// faster than anyone reads answers.
	floodBurst = 6
	floodEvery = 2 * time.Second
	// floodMost is how many members are remembered, about 3 MiB. Those who
	// were quiet longest are forgotten first.
	floodMost = 10_000
)

// flood keeps single members from taking the bot's time from all others.
type flood struct {
	clock clock
	every time.Duration
	burst int

	mu      sync.Mutex
	members map[string]*list.Element // of *flooder
	order   *list.List               // the last to ask in front
}

// flooder is one member's allowance.
type flooder struct {
	id      string
	limiter *rate.Limiter
	told    bool // has been told to slow down since the allowance was last full
}

// newFlood lets each member ask burst times at once and then every once.
func newFlood(c clock, burst int, every time.Duration) *flood {
	return &flood{clock: c, every: every, burst: burst, members: map[string]*list.Element{}, order: list.New()}
}

// admission is what flood says to one question.
type admission struct {
	ok bool
	// tell is true for the first refusal. Further ones are silent until the
	// member has been quiet long enough to have the whole burst again.
	tell bool
	// seconds is how long to wait, at least 1, where ok is false.
	seconds int
}

// admit takes one question of a member's.
func (f *flood) admit(member string) admission {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.clock.Now()
	m := f.member(member)
	tokens := m.limiter.TokensAt(now)
	if tokens >= float64(f.burst) {
		m.told = false
	}
	if m.limiter.AllowN(now, 1) {
		return admission{ok: true}
	}
	first := !m.told
	m.told = true
	missing := time.Duration((1 - tokens) * float64(f.every))
	return admission{tell: first, seconds: max(1, int(math.Ceil(missing.Seconds())))}
}

// member returns a member's allowance, as the last to have asked.
func (f *flood) member(id string) *flooder {
	if e, ok := f.members[id]; ok {
		f.order.MoveToFront(e)
		return e.Value.(*flooder)
	}
	m := &flooder{id: id, limiter: rate.NewLimiter(rate.Every(f.every), f.burst)}
	f.members[id] = f.order.PushFront(m)
	if f.order.Len() > floodMost {
		oldest := f.order.Remove(f.order.Back()).(*flooder)
		delete(f.members, oldest.id)
	}
	return m
}
