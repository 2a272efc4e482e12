package index

import (
	"context"
	"errors"
	"fmt"

	"pincite/internal/document"
	"pincite/internal/words"
)

// View is what one server can search: one or more corpora as they were at one
// moment. It never changes and is safe for concurrent use. All statistics are
// taken over exactly the documents of the view, so that nothing of one
// server's documents shows in another's scores, and how the documents are
// divided into parts shows nowhere.
type View struct {
	words    *words.Analyzer
	spanish  bool // some document was analysed in Spanish
	weights  Weights
	parts    []viewPart
	position map[string]place // of documents, by id
	passages int
	// The mean lengths of the fields, in terms, over all passages.
	meanText, meanHead float64
}

// viewPart is a part as the view sees it.
type viewPart struct {
	*part
	// load reads the part's documents; nil for those that the view does not
	// see, because they were removed, replaced, or are hidden by a later
	// corpus's document of the same id.
	load []func(context.Context) (*document.Document, error)
	// partial is true where load has a nil.
	partial bool
}

// place is where a document stands in a view.
type place struct{ part, doc int }

// NewView joins corpora that share one store's analyzer. Where two hold a
// document of the same id, the later corpus's is seen.
func NewView(corpora ...*Corpus) (*View, error) {
	if len(corpora) == 0 {
		return nil, errors.New("index: a view of no corpus")
	}
	v := &View{words: corpora[0].store.words, weights: DefaultWeights(), position: make(map[string]place)}
	var text, head uint64
	for at := len(corpora) - 1; at >= 0; at-- {
		entries, parts := corpora[at].snapshot()
		wanted := make(map[identity]Entry, len(entries))
		for _, e := range entries {
			if _, hidden := v.position[e.ID]; !hidden {
				wanted[e.identity()] = e
			}
		}
		for _, p := range parts {
			vp := viewPart{part: p, load: make([]func(context.Context) (*document.Document, error), len(p.docs))}
			for i := range p.docs {
				d := &p.docs[i]
				e, ok := wanted[d.identity]
				if !ok {
					vp.partial = true
					continue
				}
				delete(wanted, d.identity)
				vp.load[i] = e.Load
				v.position[d.id] = place{len(v.parts), i}
				v.passages += d.count()
				v.spanish = v.spanish || d.language == words.Spanish
				text += d.textLength
				head += d.headLength
			}
			v.parts = append(v.parts, vp)
		}
		if len(wanted) > 0 {
			return nil, fmt.Errorf("index: %s lacks %d documents", corpora[at].name, len(wanted))
		}
	}
	v.meanText = float64(text) / float64(max(v.passages, 1))
	v.meanHead = float64(head) / float64(max(v.passages, 1))
	return v, nil
}

// Passages is the number of passages that the view sees.
func (v *View) Passages() int { return v.passages }

// Languages are those that the view's documents were analysed in: English, and
// Spanish where there is a Spanish one.
func (v *View) Languages() []string {
	if v.spanish {
		return []string{words.English, words.Spanish}
	}
	return []string{words.English}
}

// Has reports whether the view sees a document of that id.
func (v *View) Has(id string) bool {
	_, ok := v.position[id]
	return ok
}

// sees reports whether a passage of a part is of the view.
func (p *viewPart) sees(ordinal uint32) bool {
	return !p.partial || p.load[p.passages[ordinal].doc] != nil
}

// frequency is the number of passages of the view that have a term in a field.
// Where a part holds passages that the view does not see, they are counted out.
func (v *View) frequency(ctx context.Context, field, term string) (int, error) {
	n := 0
	for i := range v.parts {
		p := &v.parts[i]
		if !p.partial {
			of, err := p.part.frequency(ctx, field, term)
			if err != nil {
				return 0, err
			}
			n += of
			continue
		}
		err := p.postings(ctx, field, term, func(ordinal uint32, _ int) {
			if p.sees(ordinal) {
				n++
			}
		})
		if err != nil {
			return 0, err
		}
	}
	return n, nil
}

// document loads a document of a part.
func (v *View) document(ctx context.Context, at place) (*document.Document, error) {
	p := &v.parts[at.part]
	d, err := p.load[at.doc](ctx)
	if err != nil {
		return nil, fmt.Errorf("index: load %s: %w", p.docs[at.doc].id, err)
	}
	if len(d.Passages) != p.docs[at.doc].count() {
		return nil, fmt.Errorf("index: %s has %d passages, was indexed with %d", d.ID, len(d.Passages), p.docs[at.doc].count())
	}
	return d, nil
}
