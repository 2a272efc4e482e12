package desk

import (
	"container/list"
	"sync"
)

// cache keeps what was worked out for keys, up to a total cost; what was not
// used for longest goes first. Each value is worked out once, however many ask
// for it at the same time. It is safe for concurrent use.
type cache[K comparable, V any] struct {
	limit int

	mu   sync.Mutex
	cost int
	used list.List // of *cached[K, V], the last used first
	at   map[K]*list.Element
}

type cached[K comparable, V any] struct {
	key   K
	once  sync.Once
	value V
	err   error
	cost  int // guarded by the cache's mu; 0 until it is known
}

func newCache[K comparable, V any](limit int) *cache[K, V] {
	return &cache[K, V]{limit: limit, at: make(map[K]*list.Element)}
}

// get finds the value for a key, or works it out; work says what it costs. An error
// is not kept.
func (c *cache[K, V]) get(key K, work func() (V, int, error)) (V, error) {
	c.mu.Lock()
	e, ok := c.at[key]
	if ok {
		c.used.MoveToFront(e)
	} else {
		e = c.used.PushFront(&cached[K, V]{key: key})
		c.at[key] = e
	}
	c.mu.Unlock()

	entry := e.Value.(*cached[K, V]) //nolint:forcetypeassert // nothing else is in the list
	entry.once.Do(func() {
		var cost int
		entry.value, cost, entry.err = work()
		c.settle(e, entry, max(cost, 1))
	})
	return entry.value, entry.err
}

// settle notes what an entry costs, or drops it where it failed, and makes
// room.
func (c *cache[K, V]) settle(e *list.Element, entry *cached[K, V], cost int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at[entry.key] != e {
		return // dropped while it was made
	}
	if entry.err != nil {
		c.drop(e)
		return
	}
	entry.cost = cost
	c.cost += cost
	for c.cost > c.limit && c.used.Len() > 1 && c.used.Back() != e {
		c.drop(c.used.Back())
	}
}

// drop takes an entry out. c.mu is held.
func (c *cache[K, V]) drop(e *list.Element) {
	entry := e.Value.(*cached[K, V]) //nolint:forcetypeassert // nothing else is in the list
	c.used.Remove(e)
	delete(c.at, entry.key)
	c.cost -= entry.cost
}
