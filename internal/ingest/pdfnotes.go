package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfZones finds the blocks of notes at the feet of the columns and marks their
// lines.
type pdfZones struct {
	*pdfFlow
	regions []*pdfRegion
	called  map[string]bool // labels of raised markers within lines
	raised  bool            // notes have raised labels
	last    *pdfLine        // of the block of notes before
	number  int             // the last number of a note
}

// markNotes marks the lines of notes.
func markNotes(f *pdfFlow, regions []*pdfRegion) {
	z := &pdfZones{pdfFlow: f, regions: regions, called: map[string]bool{}}
	for _, r := range regions {
		for i := range r.lines {
			l := &r.lines[i]
			for _, m := range l.marks {
				z.called[m.label] = true
			}
			z.raised = z.raised || l.label != "" && l.size < f.body
		}
	}
	for _, r := range regions {
		from, to := z.find(r)
		for i := from; i < to; i++ {
			r.lines[i].note = true
		}
		if to > from {
			z.last = &r.lines[to-1]
		}
	}
}

// find is the range of a region's lines that are notes.
func (z *pdfZones) find(r *pdfRegion) (from, to int) {
	n := len(r.lines)
	small := n
	for small > 0 && z.small(&r.lines[small-1]) {
		small--
	}
	first := small
	for first < n && !z.opens(r, first) {
		first++
	}
	switch {
	case first < n:
		from = first
		if z.near(r) && !inset(r, small, first) {
			from = small
		}
		z.count(r, first, n)
		return from, n
	case small < n && z.near(r) && !inset(r, small, n):
		return small, n
	}
	// Notes in the type of the body, or before other text.
	from = slices.IndexFunc(r.lines, func(l pdfLine) bool { return l.label != "" && (z.called[l.label] || z.small(&l)) })
	if from < 0 {
		if z.near(r) && !closes(z.last.text) {
			return z.reach(r, n), n
		}
		return n, n
	}
	to = n
	if size := r.lines[from].size; z.small(&r.lines[from]) {
		to = from + 1
		for to < n && r.lines[to].size <= size+1 {
			to++
		}
	}
	z.count(r, from, to)
	if z.open(r) {
		from = z.reach(r, from)
	}
	return from, to
}

// small reports a line in the type of notes: at least a sixteenth smaller than
// the body's, as 10 points are to 11 when both are rounded to pixels.
func (z *pdfZones) small(l *pdfLine) bool { return l.size*16 <= z.body*15 }

// inset reports whether two lines or more are all set in from the region's
// edge, as small type in a quotation is.
func inset(r *pdfRegion, from, to int) bool {
	return to-from > 1 && !slices.ContainsFunc(r.lines[from:to], func(l pdfLine) bool { return l.x0-r.left <= em(&l) })
}

// opens reports whether a small line begins a note: by a raised label or,
// where notes have none, by the number that is due.
func (z *pdfZones) opens(r *pdfRegion, i int) bool {
	l := &r.lines[i]
	if l.label != "" {
		return true
	}
	if z.raised {
		return false
	}
	label, _, ok := plainLabel(l.text)
	n := newNote(noNote, label, "").number
	if !ok || n == 0 {
		return ok && (z.called[label] || i == 0 || z.apart(r, i))
	}
	return n == z.number+1 || n == 1 && (z.apart(r, i) || z.called[label])
}

// apart reports whether a line keeps a distance from the one above.
func (z *pdfZones) apart(r *pdfRegion, i int) bool {
	return i == 0 || (r.lines[i].y1-r.lines[i-1].y1)*100 > z.pitch(r.lines[i].size)*paragraphGap
}

// count cuts the plain labels off the notes of a region and keeps count.
func (z *pdfZones) count(r *pdfRegion, from, to int) {
	for i := from; i < to; i++ {
		l := &r.lines[i]
		if l.label == "" && !z.raised && z.opens(r, i) {
			label, rest, _ := plainLabel(l.text)
			l.cutPrefix(len(l.text) - len(rest))
			l.label = label
		}
		if n := newNote(noNote, l.label, "").number; n > 0 {
			z.number = n
		}
	}
}

// cutPrefix takes the first n bytes off a line's text.
func (l *pdfLine) cutPrefix(n int) {
	l.text = l.text[n:]
	l.marks = slices.DeleteFunc(l.marks, func(m pdfMark) bool { return m.start < n })
	for i := range l.marks {
		l.marks[i].start -= n
		l.marks[i].end -= n
	}
	l.cells = nil
	l.indent += 2 * l.size // about the label's width
}

// plainLabel reads a note's label that is not raised: "1 Text", "1. Text",
// "[1] Text", "1Text", "* Text".
func plainLabel(s string) (label, rest string, ok bool) {
	if n, ok := noteAt(s); ok && n.rest != "" {
		return n.label, n.rest, true
	}
	digits := s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
	rest = strings.TrimLeft(s[len(digits):], " ")
	r, _ := utf8.DecodeRuneInString(rest)
	if digits == "" || len(digits) > 3 || digits[0] == '0' || rest == "" {
		return "", "", false
	}
	return digits, rest, unicode.IsLetter(r) || strings.ContainsRune("“\"‘'(§¶", r) || len(rest) < len(s)-len(digits)
}

// near reports whether the column or page before a region had notes, which
// may go on in it.
func (z *pdfZones) near(r *pdfRegion) bool {
	return z.last != nil && r.page-z.last.page <= 1 && z.last.region != r
}

// open reports whether the last note before a region certainly goes on in it,
// or may for all that its last line says: it has not ended, or is full.
func (z *pdfZones) open(r *pdfRegion) bool {
	if !z.near(r) {
		return false
	}
	return !closes(z.last.text) || !z.fits(z.last, &r.lines[0])
}

// reach goes up from the first labelled line of notes that are in the body's
// type, or the end of the region, over the rest of a note of the page before: lines without a gap, below
// one that is wider than those between paragraphs.
func (z *pdfZones) reach(r *pdfRegion, from int) int {
	for i := from - 1; i >= 0; i-- {
		l := &r.lines[i]
		if l.size != z.last.size || len(l.marks) > 0 {
			return from
		}
		if i == 0 {
			if from == len(r.lines) {
				return from
			}
			return 0 // all of it: the page holds notes alone
		}
		if (l.y1-r.lines[i-1].y1)*10 > z.pitch(l.size)*17 && startsLower(l.text) {
			return i
		}
	}
	return from
}

// endnotes takes the notes off the end of the body: below a heading "Notes"
// up to the next one, or the last items of the text, numbered from 1 and
// called above by raised markers.
func endnotes(blocks []*pdfBlock, called map[string]bool) (body []*pdfBlock, notes [][]*pdfBlock) {
	from, to := -1, len(blocks)
	for i := len(blocks) - 1; i >= 0; i-- {
		b := blocks[i]
		if b.head && notesHeading(b.first().text) && i+1 < to {
			if _, ok := endnote(blocks[i+1], 0); ok {
				from = i + 1
				break
			}
		}
		if b.head {
			to = i
		}
	}
	if from < 0 {
		to = len(blocks)
		for i := to - 1; i >= 0 && !blocks[i].head && from < 0; i-- {
			if n, ok := endnote(blocks[i], 0); ok && n == 1 {
				from = i
			}
		}
		if from < 1 || !mostlyCalled(blocks[from:], called) {
			return blocks, nil
		}
	}
	last := 0
	for _, b := range blocks[from:to] {
		if n, ok := endnote(b, last); ok {
			last = n
			notes = append(notes, []*pdfBlock{b})
			b.takeLabel()
		} else if len(notes) > 0 {
			notes[len(notes)-1] = append(notes[len(notes)-1], b)
		}
	}
	return slices.Concat(blocks[:from], blocks[to:]), notes
}

// endnote reads the number of a block that is the note after the one numbered
// last, or any note for 0.
func endnote(b *pdfBlock, last int) (int, bool) {
	if b.head {
		return 0, false
	}
	label, _, ok := plainLabel(b.first().text)
	if b.label != "" {
		label, ok = b.label, true
	}
	n := newNote(noNote, label, "").number
	return n, ok && n > 0 && (last == 0 && n == 1 || last > 0 && n > last && n <= last+3)
}

// takeLabel makes the number that a block begins with its label.
func (b *pdfBlock) takeLabel() {
	if b.label != "" {
		return
	}
	label, rest, _ := plainLabel(b.first().text)
	b.first().cutPrefix(len(b.first().text) - len(rest))
	b.label, b.item = label, bullet{}
}

// mostlyCalled reports whether at least half of the notes that blocks would
// be are called.
func mostlyCalled(blocks []*pdfBlock, called map[string]bool) bool {
	all, hits, last := 0, 0, 0
	for _, b := range blocks {
		if n, ok := endnote(b, last); ok {
			last = n
			all++
			if called[decimal(n)] {
				hits++
			}
		}
	}
	return hits > 0 && hits*2 >= all
}
