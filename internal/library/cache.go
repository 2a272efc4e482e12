package library

import (
	"container/list"
	"context"
	"errors"
	"sync"
	"unsafe"

	"pincite/internal/document"
)

// cacheKey names a stored document by its content, within its corpus.
type cacheKey struct {
	corpus CorpusID
	id     string
	hash   string
}

// cache keeps the documents used last, up to a size, and lets each be read by
// one goroutine at a time, for whose result the others wait.
type cache struct {
	limit int64

	mu    sync.Mutex
	used  int64
	order *list.List // of *cached, the last used first
	items map[cacheKey]*list.Element
	calls map[cacheKey]*call
}

type cached struct {
	key  cacheKey
	doc  *document.Document
	size int64
}

type call struct {
	done chan struct{}
	doc  *document.Document
	err  error
}

func newCache(limit int64) *cache {
	return &cache{limit: limit, order: list.New(), items: map[cacheKey]*list.Element{}, calls: map[cacheKey]*call{}}
}

// get gives a document from memory, or from read, which is called once however
// many ask at the same time. Errors are not kept.
func (c *cache) get(ctx context.Context, key cacheKey, read func() (*document.Document, error)) (*document.Document, error) {
	c.mu.Lock()
	if e, ok := c.items[key]; ok {
		c.order.MoveToFront(e)
		c.mu.Unlock()
		return value(e).doc, nil
	}
	if w, ok := c.calls[key]; ok {
		c.mu.Unlock()
		select {
		case <-w.done:
			return w.doc, w.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	w := &call{done: make(chan struct{}), err: errors.New("reading was cut off")}
	c.calls[key] = w
	c.mu.Unlock()
	// Deferred, so that those who wait get an error should read panic.
	defer func() {
		c.mu.Lock()
		delete(c.calls, key)
		c.mu.Unlock()
		close(w.done)
	}()
	w.doc, w.err = read()
	if w.err == nil {
		c.put(key, w.doc)
	}
	return w.doc, w.err
}

// put keeps a document and forgets those used longest ago that no longer fit.
// One that is larger than the whole cache is not kept.
func (c *cache) put(key cacheKey, d *document.Document) {
	size := sizeOf(d)
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.items[key]; ok || size > c.limit {
		return
	}
	c.items[key] = c.order.PushFront(&cached{key: key, doc: d, size: size})
	c.used += size
	for c.used > c.limit {
		c.forget(c.order.Back())
	}
}

// drop forgets the documents that match.
func (c *cache) drop(match func(cacheKey) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, e := range c.items {
		if match(key) {
			c.forget(e)
		}
	}
}

func (c *cache) forget(e *list.Element) {
	v := value(e)
	c.order.Remove(e)
	delete(c.items, v.key)
	c.used -= v.size
}

func value(e *list.Element) *cached {
	v, ok := e.Value.(*cached)
	if !ok {
		panic("library: a stranger in the cache")
	}
	return v
}

// sizeOf estimates the memory of a document: its strings and its structures.
func sizeOf(d *document.Document) int64 {
	n := len(d.ID) + len(d.Title) + len(d.Date) + len(d.Site) + len(d.URL) + len(d.Language) + len(d.Note)
	for _, a := range d.Authors {
		n += len(a) + int(unsafe.Sizeof(a))
	}
	for i := range d.Passages {
		p := &d.Passages[i]
		n += len(p.Section) + len(p.Text) + len(p.Label) + len(p.Markers)*int(unsafe.Sizeof(document.Marker{}))
	}
	return int64(n) + int64(unsafe.Sizeof(*d)) + int64(len(d.Passages))*int64(unsafe.Sizeof(document.Passage{}))
}
