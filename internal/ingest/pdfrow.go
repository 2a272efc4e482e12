package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// row is what stands on one line across a page or region.
type pdfRow struct {
	y0, y1 int   // of its tallest pdfFragment
	items  []int // fragments, from left to right
}

// bucket is the height of the strips in which rows are looked up, in pixels.
const bucket = 16

// rowsOf groups fragments into rows, from top to bottom. A fragment belongs
// to the row that half of its height, or half of the row's, lies in. The
// tallest come first, so that a superscript joins the words that it hangs on
// and not the reverse; one that would cover others of the row begins its own.
func rowsOf(frags []pdfFragment) []pdfRow {
	order := make([]int, len(frags))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(frags[b].height(), frags[a].height()),
			cmp.Compare(frags[a].y0, frags[b].y0), cmp.Compare(frags[a].x0, frags[b].x0))
	})
	var rows []pdfRow
	strips := map[int][]int{}
	for _, i := range order {
		f := &frags[i]
		best, most := -1, 0
		for _, k := range strips[floorDiv((f.y0+f.y1)/2, bucket)] {
			r := &rows[k]
			overlap := min(f.y1, r.y1) - max(f.y0, r.y0)
			if overlap*2 >= min(f.height(), r.y1-r.y0) && overlap > most && !covers(frags, r, f) {
				best, most = k, overlap
			}
		}
		if best < 0 {
			best = len(rows)
			rows = append(rows, pdfRow{y0: f.y0, y1: f.y1})
			// A row taller than a few strips is no line of text.
			from, to := floorDiv(f.y0, bucket), floorDiv(f.y1, bucket)
			for s := from; s <= min(to, from+64); s++ {
				strips[s] = append(strips[s], best)
			}
		}
		rows[best].items = append(rows[best].items, i)
	}
	slices.SortStableFunc(rows, func(a, b pdfRow) int {
		return cmp.Or(cmp.Compare(a.y0+a.y1, b.y0+b.y1), cmp.Compare(a.y0, b.y0))
	})
	for k := range rows {
		slices.SortStableFunc(rows[k].items, func(a, b int) int {
			return cmp.Or(cmp.Compare(frags[a].x0, frags[b].x0), cmp.Compare(frags[a].x1, frags[b].x1))
		})
	}
	return rows
}

// covers reports whether a fragment would lie over others of a row at another
// height: lines that are set very tight.
func covers(frags []pdfFragment, r *pdfRow, f *pdfFragment) bool {
	if d := f.y0 + f.y1 - r.y0 - r.y1; max(d, -d)*10 <= 6*f.height() {
		return false
	}
	for _, i := range r.items[max(0, len(r.items)-16):] {
		g := &frags[i]
		if o := min(f.x1, g.x1) - max(f.x0, g.x0); o*2 > min(f.x1-f.x0, g.x1-g.x0) && o > 0 {
			return true
		}
	}
	return false
}

func floorDiv(a, b int) int {
	if a < 0 {
		return (a - b + 1) / b
	}
	return a / b
}

// pdfLine is one line of one column.
type pdfLine struct {
	page   int
	region *pdfRegion
	x0, x1 int
	y0, y1 int // of the fragments of its size
	size   int // of most of its characters
	bold   bool
	italic bool
	text   string
	marks  []pdfMark
	// label is the raised sign that the line begins with, which is not part
	// of its text; indent is where the text begins then, else x0.
	label  string
	indent int
	first  int   // width of its first word
	cells  []int // where text begins behind a wide gap, byte offsets
	link   [2]string
	note   bool // in a block of notes
	// initial is the length of a drop cap that was put before the text.
	initial int
}

// pdfMark is a raised marker in a text, printed there in brackets.
type pdfMark struct {
	start, end int
	label      string
	page       int
}

// lineOf makes a line of a row.
func lineOf(frags []pdfFragment, r pdfRow, page int) pdfLine {
	l := pdfLine{page: page, x0: frags[r.items[0]].x0}
	base := l.measure(frags, r)
	var b strings.Builder
	var raisedText string
	end := l.x0 // of what was written
	flush := func(next *pdfFragment) {
		if raisedText == "" {
			return
		}
		l.raise(&b, raisedText, next)
		raisedText = ""
	}
	for n, i := range r.items {
		f := &frags[i]
		l.x1 = max(l.x1, f.x1)
		if f.link != "" {
			if n == 0 {
				l.link[0] = f.link
			}
			l.link[1] = f.link
		} else if strings.TrimSpace(f.text) != "" {
			l.link[1] = ""
		}
		if isRaised(f, base) {
			switch {
			case raisedText != "" && f.x0-end > wordGap(f.size):
				raisedText += " "
			case raisedText == "" && b.Len() > 0 && f.x0-end > wordGap(base.size):
				b.WriteByte(' ')
			}
			raisedText += f.text
			end = f.x1
			continue
		}
		flush(f)
		gap := f.x0 - end
		if b.Len() > 0 && gap > wordGap(base.size) && !strings.HasSuffix(b.String()[b.Len()-1:], " ") {
			b.WriteByte(' ')
		}
		if b.Len() > 0 && gap > 2*l.size {
			l.cells = append(l.cells, b.Len())
		}
		if l.label != "" && b.Len() == 0 {
			l.indent = f.x0
		}
		appendSpaced(&b, f.text)
		end = f.x1
	}
	flush(nil)
	l.finish(b.String(), frags, r)
	return l
}

// measure finds the size and style of most of a row's characters, and returns
// the fragment that stands for them.
func (l *pdfLine) measure(frags []pdfFragment, r pdfRow) *pdfFragment {
	type share struct{ n, bold, italic int }
	sizes := map[int]share{}
	all := share{}
	for _, i := range r.items {
		f := &frags[i]
		n := len(strings.TrimSpace(f.text))
		s := sizes[f.size]
		s.n += n
		all.n += n
		if f.bold {
			all.bold += n
		}
		if f.italic {
			all.italic += n
		}
		sizes[f.size] = s
	}
	for size, s := range sizes {
		if s.n > sizes[l.size].n || s.n == sizes[l.size].n && size > l.size {
			l.size = size
		}
	}
	l.bold, l.italic = all.bold*10 > all.n*9, all.italic*10 > all.n*9
	var base *pdfFragment
	for _, i := range r.items {
		if f := &frags[i]; f.size == l.size && (base == nil || len(f.text) > len(base.text)) {
			base = f
		}
	}
	l.y0, l.y1 = base.y0, base.y1
	return base
}

// finish trims the text, keeps the offsets in step and pdfMeasures the first
// word.
func (l *pdfLine) finish(s string, frags []pdfFragment, r pdfRow) {
	l.text = strings.TrimRight(s, " ")
	lead := len(l.text) - len(strings.TrimLeft(l.text, " "))
	l.text = l.text[lead:]
	for i := range l.marks {
		l.marks[i].start = max(0, l.marks[i].start-lead)
		l.marks[i].end -= lead
		l.marks[i].page = l.page
	}
	for i := range l.cells {
		l.cells[i] = min(max(0, l.cells[i]-lead), len(l.text))
	}
	if l.label == "" {
		l.indent = l.x0
	}
	f := &frags[r.items[0]]
	word, _, _ := strings.Cut(l.text, " ")
	if n := utf8.RuneCountInString(f.text); n > 0 {
		l.first = utf8.RuneCountInString(word) * max(1, f.x1-f.x0) / n
	}
	// The first word may go on beyond its first fragment.
	l.first = min(l.first, l.x1-l.x0)
}

// wide is the gap, in pixels, from which two fragments are two words: about
// a seventh of the size; a space is a quarter to a third.
func wordGap(size int) int { return max(1, size*2/13) }

// appendSpaced writes s with its runs of spaces folded to one.
func appendSpaced(b *strings.Builder, s string) {
	space := b.Len() > 0 && strings.HasSuffix(b.String(), " ")
	for _, r := range s {
		if r == ' ' {
			if !space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(r)
	}
}

// raised reports whether a fragment is a superscript beside base: it ends
// above base's foot by an eighth of its height, and is smaller or begins
// above its head.
func isRaised(f, base *pdfFragment) bool {
	if f == base || base.y1-f.y1 < max(2, base.height()/8) {
		return false
	}
	if f.size >= base.size && f.y0 >= base.y0-base.height()/8 {
		return false
	}
	return f.size*20 <= base.size*19 && utf8.RuneCountInString(f.text) <= 16
}

// raise writes raised text: markers in brackets, at the line's beginning its
// label, and else the text as it is.
func (l *pdfLine) raise(b *strings.Builder, s string, next *pdfFragment) {
	labels, ok := raisedLabels(s)
	switch {
	case !ok:
		appendSpaced(b, strings.TrimSpace(s))
		if strings.HasSuffix(s, " ") {
			b.WriteByte(' ')
		}
		return
	case b.Len() == 0 && l.label == "" && len(labels) == 1 && next != nil:
		l.label = labels[0]
		return
	}
	// A marker hangs on the word before it.
	text := b.String()
	if trimmed := strings.TrimRight(text, " "); trimmed != "" && len(trimmed) < len(text) {
		b.Reset()
		b.WriteString(trimmed)
	}
	for _, label := range labels {
		start := b.Len()
		b.WriteString("[" + label + "]")
		l.marks = append(l.marks, pdfMark{start: start, end: b.Len(), label: label})
	}
	if strings.HasSuffix(s, " ") {
		b.WriteByte(' ')
	}
}

// raisedLabels reads what a superscript calls: "12", "1, 2", "*", "a", "iv",
// "[3]". Ordinal endings and words are none.
func raisedLabels(s string) ([]string, bool) {
	var labels []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		label := strings.Trim(part, "[]().")
		if label == "∗" {
			label = "*"
		}
		symbol := strings.Trim(label, "*†‡§¶‖#") == "" && utf8.RuneCountInString(label) <= 3
		number := strings.Trim(label, "0123456789") == "" && len(label) <= 3
		letter := len(label) == 1 && label[0] >= 'a' && label[0] <= 'z' || len(label) <= 5 && roman(label) > 0
		if label == "" || !symbol && !number && !letter || label[0] == '0' || strings.HasPrefix(part, ".") {
			return nil, false
		}
		labels = append(labels, label)
	}
	return labels, len(labels) > 0 && len(labels) <= 6
}
