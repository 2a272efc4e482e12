package ingest

import (
	"slices"
	"strings"
	"unicode"
)

// region is a part of a page that is read from top to bottom: a column, or
// what spans several.
type pdfRegion struct {
	page  int
	lines []pdfLine
	// left and right are the edges of its text, in pixels, where most lines
	// begin and the longest end.
	left, right int
}

// maxColumns bounds how often a page is cut into columns within columns.
const maxColumns = 4

// pdfGutters counts the gutters that a document's pages have by their places,
// so that a page whose last column is too short to show its edge is read as
// the others are.
type pdfGutters map[int]int

// add counts a gutter.
func (k pdfGutters) add(g pdfGutter) { k[g.x/gutterStep]++ }

// gutterStep is the width within which gutters are one, in pixels.
const gutterStep = 4

// regionsOf cuts a page into regions, in reading order.
func regionsOf(frags []pdfFragment, page int, known pdfGutters) []*pdfRegion {
	var regions []*pdfRegion
	for _, part := range columns(frags, maxColumns, known) {
		part, caps := initials(part)
		rows := rowsOf(part)
		r := &pdfRegion{page: page}
		for _, row := range rows {
			if l := lineOf(part, row, page); l.text != "" {
				l.region = r
				r.lines = append(r.lines, l)
			}
		}
		if len(r.lines) > 0 {
			r.prefix(caps)
			regions = append(regions, r)
		}
	}
	return regions
}

// gutters counts the gutters of all pages.
func (d *pdfLayout) gutters() pdfGutters {
	found := pdfGutters{}
	for i := range d.pages {
		frags := d.pages[i].frags
		if g, ok := findGutter(frags, rowsOf(frags)); ok {
			found.add(g)
		}
	}
	return found
}

// columns cuts fragments at gutters: bands that span them are read in their
// place, and between those the left column before the right one.
func columns(frags []pdfFragment, depth int, known pdfGutters) [][]pdfFragment {
	if depth == 0 || len(frags) < 2 {
		return [][]pdfFragment{frags}
	}
	rows := rowsOf(frags)
	g, ok := findGutter(frags, rows)
	if !ok {
		g, ok = known.among(frags, rows)
	}
	if !ok {
		return [][]pdfFragment{frags}
	}
	var parts [][]pdfFragment
	var band [3][]pdfFragment // left, right, spanning
	flush := func() {
		switch {
		case len(band[2]) > 0:
			parts = append(parts, band[2])
		case len(band[0]) > 0 || len(band[1]) > 0:
			for _, side := range band[:2] {
				if len(side) > 0 {
					parts = append(parts, columns(side, depth-1, known)...)
				}
			}
		}
		band = [3][]pdfFragment{}
	}
	left := frags[0].x0
	for i := range frags {
		left = min(left, frags[i].x0)
	}
	// What begins at no column's edge and keeps a distance from the columns
	// below stands over both: the lines of a centred head.
	loose := true
	for k := 0; k < len(rows); k++ {
		r := rows[k]
		if g.spanned(frags, r) || len(band[2]) > 0 && lone(frags, rows, k, g) {
			if len(band[2]) == 0 {
				flush()
			}
			for _, i := range r.items {
				band[2] = append(band[2], frags[i])
			}
			continue
		}
		apart := k > 0 && r.y0-rows[k-1].y1 > r.y1-r.y0
		if len(band[2]) > 0 || loose && apart && g.aligned(frags, r, left) {
			flush()
			loose = true
		}
		loose = loose && !g.aligned(frags, r, left)
		for _, i := range r.items {
			side := 0
			if frags[i].x0+frags[i].x1 > 2*g.x {
				side = 1
			}
			band[side] = append(band[side], frags[i])
		}
	}
	flush()
	return parts
}

// lone reports whether row k is the short last line of a spanning block: it
// lies on one side, close below the row above, and the next row spans or
// keeps a distance.
func lone(frags []pdfFragment, rows []pdfRow, k int, g pdfGutter) bool {
	left, right := g.sides(frags, rows[k])
	if left && right {
		return false
	}
	h := rows[k].y1 - rows[k].y0
	if rows[k].y0-rows[k-1].y1 > h/2 {
		return false
	}
	return k+1 == len(rows) || g.spanned(frags, rows[k+1]) || rows[k+1].y0-rows[k].y1 > h
}

// gutter is the white space between two columns.
type pdfGutter struct {
	x     int // the left edge of the column on its right
	reach int // how far a line must reach over it on both sides to span it
}

// spanned reports whether a row reaches over the gutter.
func (g pdfGutter) spanned(frags []pdfFragment, r pdfRow) bool {
	return slices.ContainsFunc(r.items, func(i int) bool {
		return frags[i].x0 < g.x-g.reach && frags[i].x1 > g.x+g.reach
	})
}

// aligned reports whether a row begins at the edge of a column.
func (g pdfGutter) aligned(frags []pdfFragment, r pdfRow, left int) bool {
	return slices.ContainsFunc(r.items, func(i int) bool {
		x, em := frags[i].x0, 2*frags[i].size
		return x < left+em || x >= g.x-2 && x < g.x+em
	})
}

// sides reports on which sides of the gutter a row has text.
func (g pdfGutter) sides(frags []pdfFragment, r pdfRow) (left, right bool) {
	for _, i := range r.items {
		if frags[i].x0+frags[i].x1 > 2*g.x {
			right = true
		} else {
			left = true
		}
	}
	return left, right
}

// findGutter looks for the left edge of a second column: a place where at
// least 4 rows begin anew behind white space, where few rows reach over, and
// whose two sides hold lines of text and not numbers or cells.
func findGutter(frags []pdfFragment, rows []pdfRow) (pdfGutter, bool) {
	if len(frags) < 8 {
		return pdfGutter{}, false
	}
	left, right := frags[0].x0, frags[0].x1
	sizes := map[int]int{}
	for i := range frags {
		left, right = min(left, frags[i].x0), max(right, frags[i].x1)
		sizes[frags[i].size] += len(frags[i].text)
	}
	size := mostly(sizes)
	width := right - left
	edges := map[int]int{}
	for _, r := range rows {
		for n, i := range r.items {
			x := frags[i].x0
			if x < left+width/5 || x > right-width/6 || n > 0 && x-frags[r.items[n-1]].x1 < size/2 {
				continue
			}
			edges[x]++
		}
	}
	var best pdfGutter
	most := 0
	for x := range edges {
		n := 0
		for d := -2; d <= 2; d++ {
			n += edges[x+d]
		}
		if n < 4 || n < most || n == most && x-3 >= best.x {
			continue
		}
		if g := (pdfGutter{x: x - 3, reach: 2 * size}); g.parts(frags, rows, width) {
			best, most = g, n
		}
	}
	return best, most > 0
}

// among finds a gutter of other pages, two or more, at which a row of this one
// begins anew and that few of its rows span.
func (k pdfGutters) among(frags []pdfFragment, rows []pdfRow) (pdfGutter, bool) {
	for _, r := range rows {
		for n, i := range r.items {
			f := &frags[i]
			at := (f.x0 - 3) / gutterStep
			if k[at-1]+k[at]+k[at+1] < 2 || n > 0 && f.x0-frags[r.items[n-1]].x1 < f.size/2 {
				continue
			}
			g := pdfGutter{x: f.x0 - 3, reach: 2 * f.size}
			spanning, lefts := 0, 0
			for _, o := range rows {
				left, _ := g.sides(frags, o)
				if g.spanned(frags, o) {
					spanning++
				} else if left {
					lefts++
				}
			}
			if lefts > 0 && spanning*3 <= len(rows) {
				return g, true
			}
		}
	}
	return pdfGutter{}, false
}

// parts reports whether a gutter parts two columns.
func (g pdfGutter) parts(frags []pdfFragment, rows []pdfRow, width int) bool {
	var lefts, rights []int // widths of what stands on either side
	from, to := [2]int{1 << 30, 1 << 30}, [2]int{-1 << 30, -1 << 30}
	for _, r := range rows {
		if g.spanned(frags, r) {
			continue
		}
		var w [2]int
		for _, i := range r.items {
			side := 0
			if frags[i].x0+frags[i].x1 > 2*g.x {
				side = 1
			}
			w[side] += frags[i].x1 - frags[i].x0
		}
		for side, n := range w {
			if n > 0 {
				from[side], to[side] = min(from[side], r.y0), max(to[side], r.y1)
			}
		}
		if w[0] > 0 {
			lefts = append(lefts, w[0])
		}
		if w[1] > 0 {
			rights = append(rights, w[1])
		}
	}
	if len(lefts) < 4 || len(rights) < 4 || median(lefts)*6 < width || median(rights)*6 < width {
		return false
	}
	// The columns must stand beside each other for at least half of the
	// shorter one, and few rows may reach over there.
	top, foot := max(from[0], from[1]), min(to[0], to[1])
	if (foot-top)*2 < min(to[0]-from[0], to[1]-from[1]) {
		return false
	}
	beside, spanning := 0, 0
	for _, r := range rows {
		if r.y0 < top || r.y1 > foot {
			continue
		}
		if g.spanned(frags, r) {
			spanning++
		} else {
			beside++
		}
	}
	return spanning*3 <= beside
}

func median(v []int) int {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}

// mostly is the key of the largest count, the greater one of equals.
func mostly(counts map[int]int) int {
	best := 0
	for k, n := range counts {
		if n > counts[best] || n == counts[best] && k > best {
			best = k
		}
	}
	return best
}

// initials takes drop caps out: one or two letters in a size that is far
// above that of the others.
func initials(frags []pdfFragment) (rest, caps []pdfFragment) {
	sizes := map[int]int{}
	for i := range frags {
		sizes[frags[i].size] += len(frags[i].text)
	}
	size := mostly(sizes)
	for _, f := range frags {
		letters := strings.TrimLeft(strings.TrimSpace(f.text), "“\"‘'")
		if len(letters) <= 2 && f.size*5 > size*9 && allLetters(letters) {
			caps = append(caps, f)
		} else {
			rest = append(rest, f)
		}
	}
	return rest, caps
}

// prefix puts drop caps before the rest of their words: the first line beside
// each of them.
func (r *pdfRegion) prefix(caps []pdfFragment) {
	for _, c := range caps {
		i := slices.IndexFunc(r.lines, func(l pdfLine) bool { return l.y1 > c.y0 && l.x0 > c.x0 && l.x0-c.x1 < 2*l.size })
		if i < 0 {
			continue
		}
		l, s := &r.lines[i], strings.TrimSpace(c.text)
		l.prefix(s, 0)
		l.initial = len(s)
		l.x0, l.indent = c.x0, c.x0
		// The lines beside it are not indented.
		for k := i + 1; k < len(r.lines) && r.lines[k].y0 < c.y1 && r.lines[k].x0 >= c.x1-l.size/4; k++ {
			r.lines[k].x0, r.lines[k].indent = c.x0, c.x0
		}
	}
}

// prefix puts s before a line's text in place of its first n bytes.
func (l *pdfLine) prefix(s string, n int) {
	l.text = s + l.text[n:]
	for k := range l.marks {
		l.marks[k].start += len(s) - n
		l.marks[k].end += len(s) - n
	}
	for k := range l.cells {
		l.cells[k] += len(s) - n
	}
}

// allLetters reports one or more letters and nothing else.
func allLetters(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}
