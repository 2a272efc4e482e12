package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
)

// Corpus is the index of one corpus of the library, kept in step with it by
// Sync. It consists of parts that never change: the bulk in folders, what was
// added since in memory. How it is divided does not show in any score.
type Corpus struct {
	store *Store
	name  string

	syncing sync.Mutex // held by Sync
	mu      sync.Mutex // guards entries and parts
	entries []Entry
	parts   []*part
}

// Corpus makes the index of the corpus with the given name, empty until the
// first Sync. The name is the corpus's folder.
func (s *Store) Corpus(name string) *Corpus {
	return &Corpus{store: s, name: name}
}

// Sync makes the entries, whose ids are distinct, what the corpus holds. Parts
// that an earlier build left are used where they are whole; what they lack is
// built. After an error the corpus holds what it held before.
func (c *Corpus) Sync(ctx context.Context, entries []Entry, progress Progress) error {
	c.syncing.Lock()
	defer c.syncing.Unlock()

	wanted := make(map[identity]Entry, len(entries))
	ids := make(map[string]bool, len(entries))
	for _, e := range entries {
		if ids[e.ID] {
			return fmt.Errorf("index %s: %s occurs twice", c.name, e.ID)
		}
		ids[e.ID] = true
		wanted[e.identity()] = e
	}
	parts := c.reuse(wanted)
	rest := lacking(entries, parts)
	if len(rest) > 0 && len(parts) >= c.store.maxParts {
		parts = parts[:1] // the largest; the small ones are joined
		rest = lacking(entries, parts)
	}
	if len(rest) > 0 {
		p, err := c.store.build(ctx, c.name, rest, progress)
		if err != nil {
			return fmt.Errorf("index %s: %w", c.name, err)
		}
		parts = append(parts, p)
	}

	inUse := make(map[string]bool)
	for _, p := range parts {
		inUse[p.folder] = true
	}
	c.store.sweep(c.name, inUse)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries, c.parts = slices.Clone(entries), parts
	return nil
}

// snapshot is what the corpus holds now.
func (c *Corpus) snapshot() ([]Entry, []*part) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries, c.parts
}

// candidate is a part that may be used: open already, or kept in a folder.
type candidate struct {
	open     *part
	kept     kept
	passages int // how many of its passages are wanted
}

// reuse chooses from the parts that are open or kept those that bring wanted
// documents, the largest first. One that is mostly of documents that are gone
// is left out: it costs more than it brings.
func (c *Corpus) reuse(wanted map[identity]Entry) []*part {
	var candidates []candidate
	isOpen := make(map[string]bool)
	_, parts := c.snapshot()
	for _, p := range parts {
		isOpen[p.folder] = true
		n := 0
		for i := range p.docs {
			if _, ok := wanted[p.docs[i].identity]; ok {
				n += p.docs[i].count()
			}
		}
		if 2*n >= len(p.passages) {
			candidates = append(candidates, candidate{open: p, passages: n})
		}
	}
	for _, k := range c.store.kept(c.name) {
		if n, all := k.manifest.covers(wanted); !isOpen[k.folder] && 2*n >= all {
			candidates = append(candidates, candidate{kept: k, passages: n})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.passages, a.passages) })

	var chosen []*part
	covered := make(map[identity]bool)
	for _, cand := range candidates {
		if !cand.brings(wanted, covered) {
			continue
		}
		p := cand.open
		if p == nil {
			var err error
			if p, err = c.store.open(cand.kept); err != nil {
				continue // logged; what it held is built anew
			}
		}
		for i := range p.docs {
			covered[p.docs[i].identity] = true
		}
		chosen = append(chosen, p)
	}
	return chosen
}

// brings reports whether the candidate has a wanted document that no chosen
// part covers.
func (c *candidate) brings(wanted map[identity]Entry, covered map[identity]bool) bool {
	missing := func(id identity) bool {
		_, ok := wanted[id]
		return ok && !covered[id]
	}
	if c.open != nil {
		return slices.ContainsFunc(c.open.docs, func(d partDoc) bool { return missing(d.identity) })
	}
	return slices.ContainsFunc(c.kept.manifest.Documents, func(d manifestDoc) bool {
		return missing(identity{d.ID, d.Hash})
	})
}

// lacking lists the entries that no part holds.
func lacking(entries []Entry, parts []*part) []Entry {
	var rest []Entry
	for _, e := range entries {
		if !slices.ContainsFunc(parts, func(p *part) bool { _, ok := p.known[e.identity()]; return ok }) {
			rest = append(rest, e)
		}
	}
	return rest
}
