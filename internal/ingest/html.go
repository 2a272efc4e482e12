package ingest

import (
	"context"
	"slices"

	"golang.org/x/net/html/atom"

	"pincite/internal/document"
)

// HTML is a web page.
const HTML Format = "html"

// htmlPage is an HTML page on its way to a draft.
type htmlPage struct {
	htmlTree
	ctx   context.Context
	in    *input
	draft *draft
	head  *headData
	body  int32
	links []localLink
	notes []htmlNote
	// callers are the positions of what calls a footnote, ascending.
	callers []int32
	// proseTo is the size of the text in sentences before each position.
	proseTo []int32
	// spared are the elements beside the text that may hold notes without
	// links.
	spared []int32
	// kept tells of each text whether it was found to be part of the article.
	// surely: readability found it; else it is what stands in sentences, and
	// short lines may be text too.
	kept   []bool
	surely bool
	// What the reader of notes without links needs to know of the body: the
	// numbers of the paragraphs that are numbered items, and where a rule or a
	// heading may open notes.
	ordinals map[int]int
	openings []int
	// The last numbered list that was read, and the number of its last item.
	lastOl     int32
	lastNumber int
}

// readHTML reads a page by the rules of the package's documentation.
func readHTML(ctx context.Context, in *input) (*draft, error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	t, err := in.parseTree(ctx, f.markup)
	if err != nil {
		return nil, err
	}
	p := &htmlPage{htmlTree: *t, ctx: ctx, in: in, draft: &draft{headed: map[int]bool{}}}
	p.body = p.first(0, atom.Body)
	if p.body < 0 {
		return nil, in.holdsNoText()
	}
	p.readHead(f.jsonLD)
	p.metadata()
	if text, ok := p.onlyPre(); ok {
		return p.readPre(text)
	}
	for _, step := range []func(){p.findNotes, p.prune} {
		step()
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	region := p.locate()
	if err := p.readBody(region); err != nil {
		return nil, err
	}
	if err := p.readNotes(); err != nil {
		return nil, err
	}
	if len(p.draft.notes) == 0 {
		if err := p.plainNotes(); err != nil {
			return nil, err
		}
	}
	p.in.doubts.list = slices.DeleteFunc(p.in.doubts.list, func(d Doubt) bool { return d.Kind == DoubtMarker && d.At.Kind == document.Paragraph })
	p.doubtMarkers()
	return p.draft, nil
}

// onlyPre is the text of a page that is plain text between tags: one <pre>
// holds nearly all of it.
func (p *htmlPage) onlyPre() (string, bool) {
	pre := p.first(p.body, atom.Pre)
	if pre < 0 || p.nodes[pre].size*10 < p.nodes[p.body].size*9 || p.nodes[pre].size < 200 {
		return "", false
	}
	f := htmlFlow{raw: true}
	for i := pre + 1; i < p.nodes[pre].end; i++ {
		switch n := &p.nodes[i]; {
		case n.isText:
			f.text(n.text)
		case n.tag == atom.Br:
			f.buf = append(f.buf, '\n')
		}
	}
	return string(f.buf), true
}

// readPre reads such a text as plain text, with what the page's head says.
func (p *htmlPage) readPre(text string) (*draft, error) {
	text, _ = normalise(text)
	in := *p.in
	in.text = text
	d, err := readText(p.ctx, &in)
	if err != nil {
		return nil, err
	}
	m := &p.draft.meta
	if m.title == "" {
		m.title = d.meta.title
	}
	if len(m.authors) == 0 {
		m.authors = d.meta.authors
	}
	if m.date == "" {
		m.date = d.meta.date
	}
	d.meta = *m
	return d, nil
}
