package index

import (
	"context"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// part is an index of a fixed set of documents; nothing in it changes once it
// is built. A passage has an ordinal in it: documents in the order of docs,
// passages in reading order.
type part struct {
	docs     []partDoc
	known    map[identity]int // position in docs
	passages []partPassage    // by ordinal
	// signatures are by ordinal, too.
	signatures []signature
	ordinals   []uint32 // by bleve's document number
	reader     bleveindex.IndexReader
	folder     string // where it is kept; empty for one in memory
	// scratch are *partScores that no search uses.
	scratch sync.Pool
}

type partDoc struct {
	identity
	language               string // that it was analysed in; see words.TextLanguage
	first                  uint32 // ordinal of its first passage
	paragraphs, footnotes  uint32
	textLength, headLength uint64 // totals over its passages
}

func (d *partDoc) count() int { return int(d.paragraphs + d.footnotes) }

// partPassage is what scoring needs to know of a passage beside its terms.
type partPassage struct {
	doc        uint32 // position in part.docs
	textLength uint32
	headLength uint32
}

// newPart opens the engine that holds exactly the passages given, under their
// ordinals.
func newPart(engine bleveindex.Index, b built, folder string) (*part, error) {
	reader, err := engine.Reader()
	if err != nil {
		return nil, fmt.Errorf("reader: %w", err)
	}
	p := &part{docs: b.docs, passages: b.passages, signatures: b.signed, reader: reader, folder: folder}
	if p.ordinals, err = readOrdinals(reader, len(p.passages)); err != nil {
		return nil, err
	}
	p.known = make(map[identity]int, len(p.docs))
	for i := range p.docs {
		p.known[p.docs[i].identity] = i
	}
	// A part is shared by every view that was made while it was current, and a
	// search may run long. The last one that lets go of it closes the files.
	runtime.AddCleanup(p, func(engine bleveindex.Index) {
		reader.Close() //nolint:errcheck // nobody is left to tell
		engine.Close() //nolint:errcheck // likewise
	}, engine)
	return p, nil
}

// readOrdinals reads the ordinal of each of bleve's document numbers. It fails
// unless they are a permutation of 0…count-1.
func readOrdinals(reader bleveindex.IndexReader, count int) ([]uint32, error) {
	n, err := reader.DocCount()
	if err != nil {
		return nil, fmt.Errorf("count: %w", err)
	}
	if n != uint64(count) {
		return nil, fmt.Errorf("holds %d passages, want %d", n, count)
	}
	ordinals, seen := make([]uint32, count), make([]bool, count)
	var id bleveindex.IndexInternalID
	for i := range ordinals {
		id = bleveindex.NewIndexInternalID(id, uint64(i))
		name, err := reader.ExternalID(id)
		if err != nil {
			return nil, fmt.Errorf("passage %d: %w", i, err)
		}
		ordinal, ok := parseOrdinal(name)
		if !ok || int(ordinal) >= count || seen[ordinal] {
			return nil, fmt.Errorf("passage %d is named %q", i, name)
		}
		ordinals[i], seen[ordinal] = ordinal, true
	}
	return ordinals, nil
}

// ordinalName is a passage's id in bleve. It takes the fewest bytes and has a
// fixed width.
func ordinalName(ordinal uint32) string {
	return string(binary.BigEndian.AppendUint32(nil, ordinal))
}

func parseOrdinal(name string) (uint32, bool) {
	if len(name) != 4 {
		return 0, false
	}
	return binary.BigEndian.Uint32([]byte(name)), true
}

// postings calls yield for each passage that has a term in a field.
func (p *part) postings(ctx context.Context, field, term string, yield func(ordinal uint32, frequency int)) error {
	r, err := p.reader.TermFieldReader(ctx, []byte(term), field, true, false, false)
	if err != nil {
		return fmt.Errorf("term %q: %w", term, err)
	}
	defer r.Close()
	var doc bleveindex.TermFieldDoc
	for steps := 0; ; steps++ {
		if steps&0x3fff == 0x3fff && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		next, err := r.Next(doc.Reset())
		if err != nil {
			return fmt.Errorf("term %q: %w", term, err)
		}
		if next == nil {
			return nil
		}
		yield(p.ordinals[next.ID.Value()], int(next.Freq))
	}
}

// phrase calls yield for each passage that has all terms in a field, with how
// often it has each; the slice is used again. It goes through the passages of the
// first term, which is best the rarest, and looks the others up in those.
func (p *part) phrase(ctx context.Context, field string, terms []string, yield func(ordinal uint32, frequencies []int)) error {
	readers := make([]bleveindex.TermFieldReader, len(terms))
	for i, term := range terms {
		r, err := p.reader.TermFieldReader(ctx, []byte(term), field, true, false, false)
		if err != nil {
			return fmt.Errorf("term %q: %w", term, err)
		}
		defer r.Close()
		readers[i] = r
	}
	docs := make([]bleveindex.TermFieldDoc, len(terms))
	at := make([]*bleveindex.TermFieldDoc, len(terms))
	frequencies := make([]int, len(terms))
next:
	for steps := 0; ; steps++ {
		if steps&0x3fff == 0x3fff && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		first, err := readers[0].Next(docs[0].Reset())
		if err != nil {
			return fmt.Errorf("term %q: %w", terms[0], err)
		}
		if first == nil {
			return nil
		}
		frequencies[0] = int(first.Freq)
		for i := 1; i < len(terms); i++ {
			if at[i] == nil || at[i].ID.Compare(first.ID) < 0 {
				if at[i], err = readers[i].Advance(first.ID, docs[i].Reset()); err != nil {
					return fmt.Errorf("term %q: %w", terms[i], err)
				}
				if at[i] == nil {
					return nil // no passage from here on has it
				}
			}
			if !at[i].ID.Equals(first.ID) {
				continue next
			}
			frequencies[i] = int(at[i].Freq)
		}
		yield(p.ordinals[first.ID.Value()], frequencies)
	}
}

// frequency is the number of the part's passages that have a term in a field.
func (p *part) frequency(ctx context.Context, field, term string) (int, error) {
	r, err := p.reader.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return 0, fmt.Errorf("term %q: %w", term, err)
	}
	defer r.Close()
	return int(r.Count()), nil
}

// terms calls yield for the terms of a field that begin with prefix, in order,
// until it returns false. A part may hold passages that a view does not see.
func (p *part) terms(field, prefix string, yield func(term string, frequency int) bool) error {
	dict, err := p.reader.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return fmt.Errorf("terms %q: %w", prefix, err)
	}
	defer dict.Close()
	for {
		entry, err := dict.Next()
		if err != nil {
			return fmt.Errorf("terms %q: %w", prefix, err)
		}
		if entry == nil || !yield(strings.Clone(entry.Term), int(entry.Count)) {
			return nil
		}
	}
}

// openScorch opens bleve's engine; an empty folder means in memory, anything
// else read-only, so that any number of processes may have it open.
func openScorch(folder string, queue *bleveindex.AnalysisQueue) (bleveindex.Index, error) {
	config := map[string]any{"path": folder}
	if folder != "" {
		config["read_only"] = true
		config["bolt_timeout"] = "2s" // of a lock that nobody should hold
	}
	engine, err := scorch.NewScorch(scorch.Name, config, queue)
	if err != nil {
		return nil, err
	}
	if err := engine.Open(); err != nil {
		return nil, err
	}
	return engine, nil
}
