package ingest

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// gatherer reads a stretch of a page into passages: of the body, where each
// block is one, or of a note, where all blocks are parts of one.
type gatherer struct {
	p       *htmlPage
	note    int32 // 1 + the note that is read; 0 in the body
	section string
	flow    htmlFlow
	open    []openBlock
	joined  int   // open items, quotes and cells whose blocks are one passage
	quoted  int   // open quotes: what is in them is one passage, lists too
	link    int32 // the end of the link, and of the bold print, that was entered last
	boldEnd int32
	sup     int32 // the end of a superscript that holds markers
	// unlinked: a link was left out at the beginning of a note, which may
	// have had brackets around it or a point behind it.
	unlinked bool
	// weak are the paragraphs that are links alone; begun: one was read that is
	// not.
	weak  []bool
	begun bool
	// headed: the text has headings that are marked as such, so that bold
	// lines are none; pending is a bold line that may be one.
	headed  bool
	pending string
	item    bool
	ordinal map[int]int // the numbers of paragraphs that are numbered items
	opens   []int       // positions where notes without links may begin
}

// openBlock is a block that the gatherer is in.
type openBlock struct {
	end  int32
	kind blockKind
}

// blockKind says how a block's text is parted.
type blockKind int

const (
	plainBlock blockKind = iota // each block in it is a passage
	itemBlock                   // a list item
	quoteBlock                  // a block quote
	tableBlock                  // a table of data
	preBlock                    // text whose white space is kept
)

// readBody reads the region that holds the text into paragraphs.
func (p *htmlPage) readBody(region int32) error {
	g := &gatherer{p: p, ordinal: map[int]int{}, headed: p.hasHeadings(region)}
	if err := g.read(region, p.nodes[region].end); err != nil {
		return err
	}
	g.keepPending()
	g.trimWeak()
	p.ordinals, p.openings = g.ordinal, g.opens
	return nil
}

// readNotes reads the footnotes.
func (p *htmlPage) readNotes() error {
	for k := range p.notes {
		n := &p.notes[k]
		g := &gatherer{p: p, note: int32(k + 1)}
		if err := g.read(n.from, n.to); err != nil {
			return err
		}
		g.flow.unlabel(p.printed(k), g.unlinked)
		s, calls := g.flow.whole()
		s, calls = trimBack(s, calls)
		if s == "" {
			// Nothing but what was taken for a label or a way back.
			s, calls = firstOf(p.plainText(n.from, n.to, p.in.limits.PassageBytes), p.printed(k)), nil
		}
		p.draft.notes = append(p.draft.notes, block{label: p.printed(k), text: s, calls: calls})
	}
	return nil
}

// printed is what the page prints where it calls note k; its number where
// that is left to the style sheet.
func (p *htmlPage) printed(k int) string {
	if l := p.notes[k].label; l != "" {
		return l
	}
	return decimal(k + 1)
}

// read gathers the nodes at [from, to).
func (g *gatherer) read(from, to int32) error {
	p := g.p
	for i := from; i < to; i++ {
		if i%4096 == 0 {
			if err := p.ctx.Err(); err != nil {
				return err
			}
		}
		for len(g.open) > 0 && g.open[len(g.open)-1].end <= i {
			if err := g.close(); err != nil {
				return err
			}
		}
		n := &p.nodes[i]
		switch {
		case n.gone:
			if !n.isText && g.note == 0 && n.end > i+1 && p.keepsNothing(i) {
				i = n.end - 1
			}
		case n.call > 0 && n.call != g.note:
			if n.note == g.note || n.note == n.call {
				g.marker(n.call)
			}
			i = n.end - 1
		case n.isText:
			if n.note == g.note {
				g.text(i)
			} else if n.size == 0 && g.note == 0 && strings.TrimSpace(n.text) != "" {
				g.dropNotesHeading()
			}
		case g.skips(i):
			g.unlinked = g.unlinked || len(g.flow.buf) < 3
			i = n.end - 1
		default:
			skip, err := g.element(i)
			if err != nil {
				return err
			}
			if skip {
				i = n.end - 1
			}
		}
	}
	for len(g.open) > 0 {
		if err := g.close(); err != nil {
			return err
		}
	}
	if g.note > 0 {
		return nil
	}
	return g.flush()
}

// dropNotesHeading takes a paragraph "Notes" away that stands directly above
// the footnotes: it is their heading.
func (g *gatherer) dropNotesHeading() {
	d := g.p.draft
	last := len(d.paragraphs) - 1
	if last < 0 || len(g.flow.buf) > 0 || len(d.paragraphs[last].calls) > 0 || !notesHeading(d.paragraphs[last].text) {
		return
	}
	d.paragraphs, g.weak = d.paragraphs[:last], g.weak[:last]
}

// keepsNothing reports an element that was taken out as a whole.
func (p *htmlPage) keepsNothing(i int32) bool {
	return p.nodes[p.nodes[i].end-1].gone
}

// element begins an element; it reports whether what is in it was read.
func (g *gatherer) element(i int32) (skip bool, err error) {
	p := g.p
	n := &p.nodes[i]
	switch {
	case n.tag == atom.Br:
		return false, g.br(i)
	case n.tag == atom.Sup:
		return g.superscript(i), nil
	case n.tag == atom.A:
		if href := htmlAttr(n, "href"); href != "" && !strings.HasPrefix(href, "#") {
			g.link = max(g.link, n.end)
		}
		return false, nil
	case !blockTags[n.tag]:
		if hasHTMLAttr(n, boldAttr) {
			g.boldEnd = max(g.boldEnd, n.end)
		}
		return false, nil
	case g.note > 0 || g.quoted > 0:
		g.flow.newPart()
		if n.tag == atom.Pre {
			g.push(i, preBlock)
		} else {
			g.push(i, plainBlock)
		}
		return false, nil
	case isHeading(n.tag):
		if err := g.flush(); err != nil {
			return false, err
		}
		g.heading(i)
		return true, nil
	}
	switch n.tag {
	case atom.Hr:
		g.opens = append(g.opens, len(p.draft.paragraphs))
		return false, g.flush()
	case atom.Ul, atom.Ol, atom.Dl, atom.Dir:
		// Lists within an item are paragraphs of their own.
		if err := g.flush(); err != nil {
			return false, err
		}
		g.push(i, plainBlock)
	case atom.Li:
		return false, g.begin(i, itemBlock)
	case atom.Blockquote:
		if p.first(i, atom.H1, atom.H2, atom.H3, atom.H4) >= 0 {
			return false, g.begin(i, plainBlock)
		}
		if g.joined > 0 {
			g.flow.newPart()
			g.push(i, plainBlock)
			return false, nil
		}
		return false, g.begin(i, quoteBlock)
	case atom.Pre:
		if g.joined > 0 {
			g.flow.newPart()
			g.push(i, preBlock)
			return false, nil
		}
		return false, g.begin(i, preBlock)
	case atom.Table:
		if p.dataTable(i) {
			return true, g.table(i)
		}
		return false, g.begin(i, plainBlock)
	default:
		if g.joined > 0 {
			g.flow.newPart()
			g.push(i, plainBlock)
			return false, nil
		}
		return false, g.begin(i, plainBlock)
	}
	return false, nil
}

// begin ends the passage above and opens a block.
func (g *gatherer) begin(i int32, kind blockKind) error {
	if g.joined == 0 || kind == itemBlock {
		if err := g.flush(); err != nil {
			return err
		}
	}
	g.push(i, kind)
	return nil
}

// push opens a block.
func (g *gatherer) push(i int32, kind blockKind) {
	g.open = append(g.open, openBlock{g.p.nodes[i].end, kind})
	switch kind {
	case itemBlock:
		g.joined++
		g.item = true
		g.number(i)
	case quoteBlock:
		g.joined++
		g.quoted++
	case preBlock:
		g.flow.raw = true
	}
}

// close ends the innermost block.
func (g *gatherer) close() error {
	last := g.open[len(g.open)-1]
	g.open = g.open[:len(g.open)-1]
	switch last.kind {
	case itemBlock:
		err := g.flush()
		g.joined--
		return err
	case quoteBlock:
		g.quoted--
		err := g.flush()
		g.joined--
		return err
	case preBlock:
		g.flow.raw = false
	}
	if g.note > 0 || g.joined > 0 {
		g.flow.newPart()
		return nil
	}
	return g.flush()
}

// number notes the number of a numbered item.
func (g *gatherer) number(i int32) {
	p := g.p
	if !p.is(p.nodes[i].parent, atom.Ol) {
		return
	}
	number := 0
	if start := newNote(noNote, htmlAttr(&p.nodes[p.nodes[i].parent], "start"), "").number; start > 0 {
		number = start - 1
	}
	if p.lastOl == p.nodes[i].parent {
		number = p.lastNumber
	}
	p.lastOl, p.lastNumber = p.nodes[i].parent, number+1
	g.ordinal[len(p.draft.paragraphs)] = number + 1
}

// flush ends a paragraph.
func (g *gatherer) flush() error {
	if g.note > 0 {
		g.flow.newPart()
		return nil
	}
	f := g.flow
	item := g.item
	g.flow = htmlFlow{raw: f.raw, buf: f.buf[:0:0]}
	g.item = false
	d := g.p.draft
	for _, b := range f.pieces() {
		if !unicodeWord(b.text) {
			continue
		}
		if len(d.paragraphs) >= g.p.in.limits.Passages {
			return g.p.in.tooManyPassages()
		}
		if g.p.isFurniture(&f, b.text, item) || !g.begun && g.p.isCredit(b.text) {
			continue
		}
		if !g.headed && !item && f.bold == f.size && boldHeading(b) {
			g.opensNotes(b.text)
			g.pending = b.text
			continue
		}
		if g.pending != "" {
			g.section, g.pending = g.pending, ""
		}
		b.section = g.section
		d.paragraphs = append(d.paragraphs, b)
		weak := !item && len(b.calls) == 0 && f.linked*10 >= f.size*9 && len(strings.Fields(b.text)) <= 12
		g.weak = append(g.weak, weak)
		g.begun = g.begun || !weak
	}
	return nil
}

// trimWeak takes lines that are links alone off the beginning and the end.
func (g *gatherer) trimWeak() {
	d := g.p.draft
	from, to := 0, len(d.paragraphs)
	for from < to && g.weak[from] {
		from++
	}
	for to > from && g.weak[to-1] {
		to--
	}
	if from == to || to-from == len(d.paragraphs) {
		return
	}
	d.paragraphs = d.paragraphs[from:to]
	moved := map[int]int{}
	for at, number := range g.ordinal {
		moved[at-from] = number
	}
	g.ordinal = moved
	for k := range g.opens {
		g.opens[k] = min(max(g.opens[k]-from, 0), len(d.paragraphs))
	}
}
