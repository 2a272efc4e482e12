package ingest

import (
	"slices"
)

// pdfMeasures are the habits of a document's typesetting, by which its lines are
// told apart. Lengths are in pixels.
type pdfMeasures struct {
	body    int         // size of the body's type
	pitches map[int]int // from line to line, by size
	width   int         // of a column
	// indents: paragraphs begin with an indented line; spaces: they are parted
	// by space. One of them, or neither.
	indents, spaces bool
	frames          []*pdfRegion // columns with enough lines to show their edges
}

// measurePDF finds a document's habits and the edges of its regions.
func measurePDF(regions []*pdfRegion) *pdfMeasures {
	m := &pdfMeasures{body: bodySize(regions), pitches: map[int]int{}}
	m.findPitches(regions)
	widths := map[int]int{}
	for _, r := range regions {
		r.findEdges()
		if len(r.lines) >= 5 {
			widths[(r.right-r.left)/8] += len(r.lines)
		}
	}
	if len(widths) > 0 {
		m.width = mostly(widths) * 8
	}
	for _, r := range regions {
		if w := r.right - r.left; len(r.lines) >= 8 && w*20 >= 19*m.width && w*20 <= 21*m.width {
			m.frames = append(m.frames, r)
		}
	}
	for _, r := range regions {
		if len(r.lines) < 8 || (r.right-r.left)*20 < 19*m.width {
			m.frame(r)
		}
	}
	m.findIndents(regions)
	return m
}

// bodySize is the size of the body's type: of those that a quarter of the
// text in the upper parts of the pages has, the largest. The lower parts are
// left out because of the notes, which can be longer than the text.
func bodySize(regions []*pdfRegion) int {
	sizes := map[int]int{}
	total := 0
	page, n := -1, 0
	var upper []*pdfLine
	count := func() {
		for _, l := range upper[:min(len(upper), max(5, len(upper)/3))] {
			sizes[l.size] += len(l.text)
			total += len(l.text)
		}
		upper = upper[:0]
	}
	for _, r := range regions {
		if r.page != page {
			count()
			page, n = r.page, 0
		}
		for i := range r.lines {
			upper = append(upper, &r.lines[i])
			n++
		}
	}
	count()
	best := 0
	for size := range sizes {
		if n := sizes[size] + sizes[size-1] + sizes[size+1]; n*4 >= total && sizes[size]*8 >= total && size > best {
			best = size
		}
	}
	if best == 0 {
		best = mostly(sizes)
	}
	return max(best, 1)
}

// findPitches finds for each size the most frequent distance from line to
// line.
func (m *pdfMeasures) findPitches(regions []*pdfRegion) {
	type step struct{ size, d int }
	steps := map[step]int{}
	for _, r := range regions {
		for i := 1; i < len(r.lines); i++ {
			a, b := &r.lines[i-1], &r.lines[i]
			if d := b.y1 - a.y1; a.size == b.size && d > a.size/2 && d < 3*a.size {
				steps[step{a.size, d}]++
			}
		}
	}
	most := map[int]int{}
	for s := range steps {
		n := 2*steps[s] + steps[step{s.size, s.d - 1}] + steps[step{s.size, s.d + 1}]
		if n > most[s.size] || n == most[s.size] && s.d < m.pitches[s.size] {
			most[s.size], m.pitches[s.size] = n, s.d
		}
	}
	for size, n := range most {
		if n < 6 && size != m.body {
			delete(m.pitches, size)
		}
	}
}

// pitch is the distance from line to line in a size.
func (m *pdfMeasures) pitch(size int) int {
	if p, ok := m.pitches[size]; ok {
		return p
	}
	for d := 1; d <= 1+size/12; d++ {
		for _, s := range []int{size - d, size + d} {
			if p, ok := m.pitches[s]; ok {
				return p
			}
		}
	}
	if p, ok := m.pitches[m.body]; ok {
		return max(p*size/m.body, size)
	}
	return size * 5 / 4
}

// findEdges finds where the lines of a region begin and end: the leftmost
// place where a tenth of them begins, and the rightmost that a twentieth
// reaches.
func (r *pdfRegion) findEdges() {
	lefts, rights := make([]int, len(r.lines)), make([]int, len(r.lines))
	for i := range r.lines {
		lefts[i], rights[i] = r.lines[i].x0, r.lines[i].x1
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	r.left, r.right = lefts[0], rights[len(rights)-1]
	few := max(2, len(lefts)/10)
	for i, x := range lefts {
		if n, _ := slices.BinarySearch(lefts, x+4); n-i >= few {
			r.left = x
			break
		}
	}
	few = max(2, len(rights)/20)
	size := r.lines[0].size
	for i := len(rights) - 1; i >= 0; i-- {
		if n, _ := slices.BinarySearch(rights, rights[i]-size/2); i+1-n >= few {
			r.right = rights[i]
			break
		}
	}
}

// frame gives a region of few lines the edges of the nearest column that it
// fits into, on the pages before or after.
func (m *pdfMeasures) frame(r *pdfRegion) {
	size := r.lines[0].size
	var best *pdfRegion
	for _, f := range m.frames {
		fits := f.left <= r.left+4 && f.right >= r.right-size/2 && r.left < f.left+m.width/2
		if fits && (best == nil || distance(f.page, r.page) < distance(best.page, r.page)) {
			best = f
		}
	}
	if best != nil {
		r.left, r.right = best.left, max(best.right, r.right)
		return
	}
	// What fits no column spans them.
	for _, f := range m.frames {
		if distance(f.page, r.page) <= 2 {
			r.left, r.right = min(r.left, f.left), max(r.right, f.right)
		}
	}
}

func distance(a, b int) int { return max(a-b, b-a) }

// findIndents tells the two ways of parting paragraphs from each other, by
// what comes more often: an indented line behind a full pitch with a flush
// line after it, or a flush line behind more than a pitch.
func (m *pdfMeasures) findIndents(regions []*pdfRegion) {
	indented, spaced := 0, 0
	for _, r := range regions {
		for i := 1; i+1 < len(r.lines); i++ {
			a, l, b := &r.lines[i-1], &r.lines[i], &r.lines[i+1]
			if l.size != m.body || a.size != m.body || b.size != m.body {
				continue
			}
			gap := (l.y1-a.y1)*100 > m.pitch(l.size)*paragraphGap
			flush := b.x0 <= r.left+3
			switch {
			case !gap && l.x0-r.left > l.size/2 && l.x0-r.left < 5*l.size && flush && a.x0 <= r.left+3:
				indented++
			case gap && l.x0 <= r.left+3 && flush:
				spaced++
			}
		}
	}
	m.indents, m.spaces = indented > spaced && indented > 1, spaced >= indented && spaced > 1
}
