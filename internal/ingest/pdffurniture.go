package ingest

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pdfFurniture is what pages carry that is no text: running heads and feet,
// page numbers, line numbers, stamps in the margin.
type pdfFurniture struct {
	heads []string // what repeats, as first printed, page numbers apart
	lines int      // how many lines of words were left out
}

// edgeRows is how many rows at the head and foot of a page may be furniture.
const edgeRows = 3

// edge is a row at the head or foot of a page.
type pdfEdge struct {
	page, y int
	head    bool
	key     string // its text with numbers as "#"
	numbers []int
	text    string
	items   []int
	apart   bool // it keeps a distance from the rows towards the middle
	away    int  // rows between it and the page's end
	strip   bool
}

// stripFurniture removes the furniture of all pages.
func (d *pdfLayout) stripFurniture() pdfFurniture {
	for i := range d.pages {
		p := &d.pages[i]
		p.frags = withoutDoubles(p.frags)
		p.frags = slices.DeleteFunc(p.frags, func(f pdfFragment) bool {
			// Text that runs up or down the page.
			n := utf8.RuneCountInString(strings.TrimSpace(f.text))
			return n > 3 && f.height() > 3*f.size && f.height() > 2*(f.x1-f.x0)
		})
		p.stripLineNumbers()
	}
	edges := make([][]pdfEdge, len(d.pages))
	for i := range d.pages {
		edges[i] = d.pages[i].edges(i)
	}
	for i := range edges {
		for k := range edges[i] {
			for j := i + 1; j <= i+2 && j < len(edges); j++ {
				for m := range edges[j] {
					if edges[i][k].repeats(&edges[j][m]) {
						edges[i][k].strip, edges[j][m].strip = true, true
					}
				}
			}
		}
	}
	var out pdfFurniture
	seen := map[string]bool{}
	for i := range edges {
		keepInner(edges[i])
		drop := map[int]bool{}
		for k := range edges[i] {
			e := &edges[i][k]
			// On a page by itself, its number alone can be told.
			lone := len(edges) == 1 && e.key == "#" && slices.Equal(e.numbers, []int{1}) && e.apart && e.away == 0
			if !e.strip && !lone {
				continue
			}
			for _, f := range e.items {
				drop[f] = true
			}
			if strings.Trim(e.key, "#-–—|/ ") == "" || pageOf(e.key) {
				continue
			}
			out.lines++
			if !seen[e.key] {
				seen[e.key] = true
				out.heads = append(out.heads, e.text)
			}
		}
		if len(drop) == 0 {
			continue
		}
		kept := d.pages[i].frags[:0:0]
		for k, f := range d.pages[i].frags {
			if !drop[k] {
				kept = append(kept, f)
			}
		}
		d.pages[i].frags = kept
	}
	return out
}

// keepInner keeps a row that has text between it and the page's end: nothing
// but furniture stands outside of furniture.
func keepInner(edges []pdfEdge) {
	for i := range edges {
		e := &edges[i]
		if !e.strip || e.away == 0 {
			continue
		}
		for j := range edges {
			if o := &edges[j]; o.head == e.head && o.away < e.away && !o.strip {
				e.strip = false
			}
		}
	}
}

// pageOf reports a page number with nothing but the word for it.
func pageOf(key string) bool {
	switch strings.Trim(strings.ToLower(key), "-–—|/[](). ") {
	case "page #", "page # of #", "# of #", "p. #", "pg. #", "seite #", "página #":
		return true
	}
	return false
}

// repeats reports whether two edges on pages near to each other are one piece
// of furniture: the same words at the same height, each number the same or
// counting on with the pages. A line that touches the text could be of it
// (two notes that both say "Ibid."), and has to be on the very edge.
func (e *pdfEdge) repeats(o *pdfEdge) bool {
	if e.head != o.head || e.key != o.key || len(e.numbers) != len(o.numbers) || max(e.y-o.y, o.y-e.y) > 3 {
		return false
	}
	counts := false
	for i, n := range e.numbers {
		switch o.numbers[i] - n {
		case 0:
		case o.page - e.page:
			counts = true
		default:
			return false
		}
	}
	if e.key == "#" && !counts {
		return false
	}
	if e.apart && o.apart {
		return true
	}
	words := len(strings.Fields(e.key))
	return e.away == 0 && o.away == 0 && words >= 3 && (!counts || e.head)
}

// edges finds the first and last rows of a page.
func (p *pdfPage) edges(page int) []pdfEdge {
	rows := rowsOf(p.frags)
	var out []pdfEdge
	add := func(k int, head bool, away int) {
		e := pdfEdge{page: page, y: rows[k].y0, head: head, items: rows[k].items, away: away}
		e.text = rowText(p.frags, rows[k])
		e.key, e.numbers = numberless(e.text)
		// Towards the middle of the page: the next row, or what follows
		// another row of furniture.
		next := k + 1
		if !head {
			next = k - 1
		}
		e.apart = next < 0 || next >= len(rows)
		if !e.apart {
			gap := rows[max(k, next)].y0 - rows[min(k, next)].y1
			e.apart = gap*10 > 6*(rows[k].y1-rows[k].y0)
		}
		out = append(out, e)
	}
	for k := 0; k < min(edgeRows, len(rows)); k++ {
		add(k, true, k)
	}
	for k := len(rows) - 1; k >= max(0, len(rows)-edgeRows); k-- {
		if rows[k].y0*2 > p.height || k >= edgeRows {
			add(k, false, len(rows)-1-k)
		}
	}
	// What lies outside of a row that keeps its distance is apart as well.
	for i := range out {
		for j := range out {
			if out[i].head == out[j].head && out[j].apart && out[i].away < out[j].away {
				out[i].apart = true
			}
		}
	}
	return out
}

// rowText is a row's text with single spaces.
func rowText(frags []pdfFragment, r pdfRow) string {
	var b strings.Builder
	for _, i := range r.items {
		b.WriteString(frags[i].text)
		b.WriteByte(' ')
	}
	return shorten(strings.Join(strings.Fields(b.String()), " "), maxHeading)
}

// numberless replaces the numbers in s, arabic ones and a roman one that
// stands alone, by "#".
func numberless(s string) (string, []int) {
	if n := roman(strings.ToLower(s)); n > 0 && len(s) <= 8 {
		return "#", []int{n}
	}
	var b strings.Builder
	var numbers []int
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			b.WriteByte(s[i])
			i++
			continue
		}
		end := i
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		n, err := strconv.Atoi(s[i:min(end, i+9)])
		if err != nil {
			n = 0
		}
		numbers = append(numbers, n)
		b.WriteByte('#')
		i = end
	}
	return b.String(), numbers
}

// withoutDoubles drops fragments that lie over the same text: bold letters
// that were made by printing them twice, and shadows.
func withoutDoubles(frags []pdfFragment) []pdfFragment {
	type place struct {
		text string
		x, y int
	}
	seen := make(map[place]bool, len(frags))
	return slices.DeleteFunc(frags, func(f pdfFragment) bool {
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				if seen[place{f.text, f.x0/2 + dx, f.y0/2 + dy}] && strings.TrimSpace(f.text) != "" && len(f.text) > 1 {
					return true
				}
			}
		}
		seen[place{f.text, f.x0 / 2, f.y0 / 2}] = true
		return false
	})
}

// minLineNumbers is how many numbers down the left margin are the numbers of
// lines: pleadings have 25 or 28 on a page.
const minLineNumbers = 12

// stripLineNumbers drops numbers that count down the left margin at even
// distances, from 1 or on from any number.
func (p *pdfPage) stripLineNumbers() {
	var at []int
	left := 1 << 30
	for i := range p.frags {
		f := &p.frags[i]
		s := strings.TrimSpace(f.text)
		if len(s) <= 4 && s != "" && strings.Trim(s, "0123456789") == "" {
			at = append(at, i)
		} else {
			left = min(left, f.x0)
		}
	}
	at = slices.DeleteFunc(at, func(i int) bool { return p.frags[i].x0 >= left })
	if len(at) < minLineNumbers {
		return
	}
	slices.SortStableFunc(at, func(a, b int) int { return p.frags[a].y0 - p.frags[b].y0 })
	number := func(i int) int {
		n, err := strconv.Atoi(strings.TrimSpace(p.frags[i].text))
		if err != nil {
			return -1
		}
		return n
	}
	pitch := (p.frags[at[len(at)-1]].y0 - p.frags[at[0]].y0) / (len(at) - 1)
	for k := 1; k < len(at); k++ {
		d := p.frags[at[k]].y0 - p.frags[at[k-1]].y0
		if number(at[k]) != number(at[k-1])+1 || max(d-pitch, pitch-d) > 1+pitch/8 {
			return
		}
	}
	drop := map[int]bool{}
	for _, i := range at {
		drop[i] = true
	}
	kept := p.frags[:0:0]
	for i, f := range p.frags {
		if !drop[i] {
			kept = append(kept, f)
		}
	}
	p.frags = kept
}
