package ingest

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// htmlNote is a footnote of a page: what stands at [from, to).
type htmlNote struct {
	target   int32 // the place that the callers name
	from, to int32
	label    string
	calls    []int32 // the links, or what else calls it
}

// findNotes finds the footnotes that links call, whatever made the page: a
// link calls a footnote if it shows a label, leads onward on the page, and is
// marked or raised as a caller, or the place that it leads to leads back.
func (p *htmlPage) findNotes() {
	p.readLinks()
	p.findCalls()
	if len(p.notes) == 0 {
		p.findSidenotes()
	}
	slices.SortFunc(p.notes, func(a, b htmlNote) int { return cmp.Compare(a.target, b.target) })
	p.joinNested()
	for k := range p.notes {
		if p.notes[k].to == 0 {
			p.delimit(k)
		}
	}
	for k := range p.notes {
		p.callers = append(p.callers, p.notes[k].calls...)
	}
	slices.Sort(p.callers)
	p.goOn()
	p.dropEmpty()
	for k := range p.notes {
		n := &p.notes[k]
		for i := n.from; i < n.to; i++ {
			if p.nodes[i].note == 0 {
				p.nodes[i].note = int32(k + 1)
			}
		}
	}
	for k := range p.notes {
		for _, at := range p.notes[k].calls {
			p.nodes[at].call = int32(k + 1)
		}
	}
}

// findCalls finds the links that call footnotes and gathers them by what they
// call.
func (p *htmlPage) findCalls() {
	back := p.backLinked()
	byTarget := map[int32]int{}
	call := func(l *localLink) {
		k, ok := byTarget[l.target]
		if !ok {
			k = len(p.notes)
			byTarget[l.target] = k
			p.notes = append(p.notes, htmlNote{target: l.target, label: l.label})
		}
		if n := &p.notes[k]; n.label == l.label || l.label == "" {
			n.calls = append(n.calls, l.at)
		}
	}
	var later []*localLink
	for i := range p.links {
		l := &p.links[i]
		switch {
		case l.label == "" && (!l.explicit || p.nodes[l.at].size > 0):
		case l.target <= l.at:
			later = append(later, l)
		case p.leadsToHeading(l.target):
		case l.explicit || back[l.at] || l.raised || noteFragment.MatchString(l.fragment) && p.attached(l.at):
			call(l)
		}
	}
	// A footnote may be called again from below it.
	for _, l := range later {
		if k, ok := byTarget[l.target]; ok && p.notes[k].label == l.label && !p.holds(p.blockAround(l.target), l.at) {
			call(l)
		}
	}
}

// backLinked are the links that a link below their target leads back to: to
// the link itself, to what is directly around it, or to an anchor before it.
func (p *htmlPage) backLinked() map[int32]bool {
	lowest := map[int32]int32{} // the last link to each target
	for i := range p.links {
		lowest[p.links[i].target] = p.links[i].at
	}
	back := map[int32]bool{}
	for i := range p.links {
		l := &p.links[i]
		if l.label == "" || l.target <= l.at {
			continue
		}
		for _, home := range p.homes(l.at) {
			if at, ok := lowest[home]; ok && at > l.at && at >= p.blockAround(l.target) {
				back[l.at] = true
			}
		}
	}
	return back
}

// homes are the places whose ids stand for a link: its own, those of inline
// elements around it, of what is within it, and of an empty anchor before it.
func (p *htmlPage) homes(at int32) []int32 {
	homes := []int32{at}
	for i := p.nodes[at].parent; i >= 0 && !blockTags[p.nodes[i].tag]; i = p.nodes[i].parent {
		homes = append(homes, i)
	}
	for i := at + 1; i < p.nodes[at].end && i < at+4; i++ {
		homes = append(homes, i)
	}
	if before := at - 1; before >= 0 && p.nodes[before].end == at && p.nodes[before].size == 0 {
		homes = append(homes, before)
	}
	return homes
}

// attached reports whether a word stands directly before a link.
func (p *htmlPage) attached(at int32) bool {
	for i := at - 1; i > 0 && !blockTags[p.nodes[i].tag]; i-- {
		if n := &p.nodes[i]; n.isText && n.text != "" {
			return !strings.ContainsRune(" \t\n\u00a0", lastRune(n.text))
		}
	}
	return false
}

// leadsToHeading reports a target that is, holds or directly precedes a
// heading: the links to it are a table of contents.
func (p *htmlPage) leadsToHeading(target int32) bool {
	n := &p.nodes[target]
	if isHeading(n.tag) || p.within(target, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) >= 0 {
		return true
	}
	if n.size == 0 {
		next := p.next(target)
		return next >= 0 && isHeading(p.nodes[next].tag)
	}
	for i := target + 1; i < n.end && i < target+200; i++ {
		if isHeading(p.nodes[i].tag) && p.nodes[i].size > 0 {
			return true
		}
	}
	return false
}

// joinNested makes one note of targets within each other. A target that
// holds several is the list of notes, and none itself.
func (p *htmlPage) joinNested() {
	var kept []htmlNote
	for k := 0; k < len(p.notes); k++ {
		n := p.notes[k]
		end := k + 1
		for end < len(p.notes) && p.holds(n.target, p.notes[end].target) && p.notes[end].to == 0 {
			end++
		}
		if end-k > 2 || end-k == 2 && !p.is(n.target, atom.Li, atom.P, atom.Dd, atom.Dt, atom.Div, atom.Aside, atom.Td, atom.Tr, atom.Span, atom.Sup) {
			continue
		}
		if end-k == 2 {
			n.calls = append(n.calls, p.notes[k+1].calls...)
			k++
		}
		kept = append(kept, n)
	}
	p.notes = kept
}

// targetsIn counts the notes whose targets are at [from, to).
func (p *htmlPage) targetsIn(from, to int32) int {
	at := func(x int32) int {
		i, _ := slices.BinarySearchFunc(p.notes, x, func(n htmlNote, x int32) int { return cmp.Compare(n.target, x) })
		return i
	}
	return at(to) - at(from)
}

// delimit finds where note k begins and ends: the block that its target is or
// is in, the row of a table, a term and its description, or, where several
// share a block, up to the next.
func (p *htmlPage) delimit(k int) {
	n := &p.notes[k]
	block := p.blockAround(n.target)
	if dt := p.within(n.target, atom.Dt); dt >= 0 {
		n.from, n.to = dt, p.nodes[dt].end
		for next := p.next(dt); next >= 0 && p.is(next, atom.Dd); next = p.next(next) {
			n.to = p.nodes[next].end
		}
		return
	}
	if cell := p.within(n.target, atom.Td, atom.Th); cell >= 0 && p.next(cell) >= 0 && p.nodes[cell].size <= int32(len(n.label))+4 {
		row := p.nodes[cell].parent
		if p.targetsIn(row, p.nodes[row].end) == 1 {
			n.from, n.to = row, p.nodes[row].end
			return
		}
	}
	shared := p.targetsIn(block, p.nodes[block].end) > 1
	if shared || p.is(block, atom.Body, atom.Article, atom.Main) || p.sizeBetween(block, n.target) > int32(len(n.label))+4 {
		n.from, n.to = n.target, p.inlineEnd(k, block)
		return
	}
	block = p.climb(block)
	n.from, n.to = block, p.nodes[block].end
	// A label alone stands before its note.
	if next := p.next(block); next >= 0 && !p.is(block, atom.Li, atom.Dd) && p.nodes[block].size <= int32(len(n.label))+4 && p.targetsIn(next, p.nodes[next].end) == 0 {
		n.to = p.nodes[next].end
	}
}

// sizeBetween is the size of the text from position a to position b.
func (p *htmlPage) sizeBetween(a, b int32) int32 {
	size := int32(0)
	for i := a; i < b && size < 64; i++ {
		if p.nodes[i].isText {
			size += p.nodes[i].size
		}
	}
	return size
}

// inlineEnd is where a note ends that begins within a block: at the next
// note, or at a block below some of its text.
func (p *htmlPage) inlineEnd(k int, block int32) int32 {
	end := p.nodes[block].end
	if k+1 < len(p.notes) {
		end = min(end, p.notes[k+1].target)
	}
	size := int32(0)
	for i := p.notes[k].target + 1; i < end; i++ {
		if m := &p.nodes[i]; m.isText {
			size += m.size
		} else if blockTags[m.tag] && size > int32(len(p.notes[k].label))+4 {
			return i
		}
	}
	return end
}

// climb widens a note's block to what is around it and holds this note only:
// a list item, or a division made for it.
func (p *htmlPage) climb(block int32) int32 {
	for {
		around := p.nodes[block].parent
		if around < 0 || p.targetsIn(around, p.nodes[around].end) != 1 || p.sizeBetween(around, block) > 0 {
			return block
		}
		n := &p.nodes[around]
		switch n.tag {
		case atom.Li, atom.Dd, atom.Aside:
		case atom.Div, atom.Section, atom.Span:
			if !p.madeForNote(around) {
				return block
			}
		default:
			return block
		}
		block = around
	}
}

// madeForNote reports a division that says that it is a note, or that has a
// neighbour which holds one note too.
func (p *htmlPage) madeForNote(at int32) bool {
	n := &p.nodes[at]
	if htmlAttr(n, noteAttr) == "note" || noteFragment.MatchString(htmlAttr(n, "id")) {
		return true
	}
	if class := strings.ToLower(htmlAttr(n, "class")); strings.Contains(class, "note") && !strings.Contains(class, "notes") {
		return true
	}
	next := p.next(at)
	if next < 0 || p.nodes[next].tag != n.tag || p.targetsIn(next, p.nodes[next].end) != 1 {
		// The last one's neighbour stands before it.
		before := p.previousBlock(at)
		return before >= 0 && p.nodes[before].tag == n.tag && p.targetsIn(before, p.nodes[before].end) == 1
	}
	return true
}

// previousBlock is the element before i with the same parent, where it ends
// within a few positions before i; -1 else.
func (p *htmlPage) previousBlock(i int32) int32 {
	for j := i - 1; j > p.nodes[i].parent && j > i-1024; j-- {
		if p.nodes[j].parent == p.nodes[i].parent && !p.nodes[j].isText {
			return j
		}
	}
	return -1
}

// maxContinuation bounds the blocks that go on with the note above them.
const maxContinuation = 4

// goOn gives a note the blocks that stand between it and the next one, where
// both are paragraphs side by side.
func (p *htmlPage) goOn() {
	for k := 0; k+1 < len(p.notes); k++ {
		n, next := &p.notes[k], &p.notes[k+1]
		if !p.is(n.from, atom.P, atom.Div) || p.nodes[n.from].parent != p.nodes[next.from].parent {
			continue
		}
		end, count := n.to, 0
		for i := p.next(p.lastOf(n)); i >= 0 && i < next.from; i = p.next(i) {
			if count++; count > maxContinuation || !p.is(i, atom.P, atom.Blockquote, atom.Ul, atom.Ol) || p.calls(i) {
				end = n.to
				break
			}
			end = p.nodes[i].end
		}
		n.to = end
	}
}

// lastOf is the last of a note's blocks.
func (p *htmlPage) lastOf(n *htmlNote) int32 {
	last := n.from
	for i := p.nodes[last].end; i < n.to; i = p.nodes[i].end {
		last = i
	}
	return last
}

// calls reports whether a footnote is called within i.
func (p *htmlPage) calls(i int32) bool {
	k, _ := slices.BinarySearch(p.callers, i)
	return k < len(p.callers) && p.callers[k] < p.nodes[i].end
}

// dropEmpty removes the notes without text, and the calls that stand within
// the note that they call.
func (p *htmlPage) dropEmpty() {
	p.notes = slices.DeleteFunc(p.notes, func(n htmlNote) bool {
		size := int32(0)
		for i := n.from; i < n.to; i++ {
			if m := &p.nodes[i]; m.isText {
				size += m.size
			} else if m.tag == atom.A && (p.saysBack(i)) {
				i = m.end - 1
			}
		}
		return size <= int32(len(n.label)) || size == 0
	})
	for k := range p.notes {
		n := &p.notes[k]
		n.calls = slices.DeleteFunc(n.calls, func(at int32) bool { return at >= n.from && at < n.to })
	}
	slices.SortStableFunc(p.notes, func(a, b htmlNote) int { return cmp.Compare(a.from, b.from) })
}
