package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// paragraphGap is the distance, in percent of the pitch, from which a line
// begins a paragraph. A superscript can push a line to 116 %; the smallest
// gap that a typesetter makes is a quarter of a line.
const paragraphGap = 122

// pdfBlock is a run of lines that belong together: a paragraph, a heading, a
// note or a paragraph of one.
type pdfBlock struct {
	lines  []*pdfLine
	spaced bool   // more than a pitch stands before it
	label  string // of a note
	item   bullet // where it begins with the sign of a list item
	inset  bool   // the item is set in, or its lines hang
	note   bool
	head   bool // a heading
}

func (b *pdfBlock) first() *pdfLine { return b.lines[0] }
func (b *pdfBlock) last() *pdfLine  { return b.lines[len(b.lines)-1] }

// pdfFlow cuts a stream of lines into blocks.
type pdfFlow struct {
	*pdfMeasures
	blocks []*pdfBlock
	list   list
}

// run cuts lines, which are in reading order and all of the body or all of
// notes.
func (f *pdfFlow) run(lines []*pdfLine) []*pdfBlock {
	for i, l := range lines {
		var prev, next *pdfLine
		if i > 0 {
			prev = lines[i-1]
		}
		if i+1 < len(lines) {
			next = lines[i+1]
		}
		f.add(prev, l, next)
	}
	return f.blocks
}

// add puts a line into the current block or begins one.
func (f *pdfFlow) add(prev, cur, next *pdfLine) {
	item, isItem := itemOf(cur)
	if prev != nil {
		b := f.blocks[len(f.blocks)-1]
		hangs := next != nil && next.region == cur.region && next.x0-cur.x0 > em(cur) && next.size == cur.size
		due := b.item.rest != "" && item.style != signed && item.number == f.list.last[item.style]+1 && closes(prev.text)
		takes := isItem && cur.label == "" && (due || f.opensItem(b, prev, cur, hangs)) && f.list.takes(item, true)
		if !takes && !f.begins(b, prev, cur, next) {
			b.lines = append(b.lines, cur)
			return
		}
	} else if isItem {
		f.list.takes(item, true)
	}
	b := &pdfBlock{lines: []*pdfLine{cur}, label: cur.label, note: cur.note}
	b.spaced = prev == nil || prev.region != cur.region || (cur.y1-prev.y1)*100 > f.pitch(cur.size)*paragraphGap
	if isItem && cur.label == "" {
		b.item = item
		b.inset = cur.x0-cur.region.left > em(cur)
	}
	f.blocks = append(f.blocks, b)
}

// em is the tolerance for a line's beginning: what is less is no indent.
func em(l *pdfLine) int { return max(3, l.size*6/10) }

// itemOf reads the sign of a list item at a line's beginning. A letter "o"
// that stands by itself is the hollow bullet of word processors.
func itemOf(l *pdfLine) (bullet, bool) {
	if rest, ok := strings.CutPrefix(l.text, "o "); ok && len(l.cells) > 0 && l.cells[0] == 2 {
		return bullet{style: signed, sign: "o", rest: rest}, true
	}
	for _, sign := range []string{"■", "□", "●", "○", "➢", "➤", "✓", "✔", "❖", "", "‒", "—"} {
		if rest, ok := strings.CutPrefix(l.text, sign+" "); ok && sign != "" && rest != "" {
			return bullet{style: signed, sign: sign, rest: rest}, true
		}
	}
	return bulletOf(l.text)
}

// opensItem reports whether a line that begins with an item's sign stands
// where a list may begin. A wrapped line can begin with any number.
func (f *pdfFlow) opensItem(b *pdfBlock, prev, cur *pdfLine, hangs bool) bool {
	if prev.region != cur.region {
		return cur.x0-cur.region.left > em(cur) || hangs && closes(prev.text)
	}
	gap := (cur.y1-prev.y1)*100 > f.pitch(cur.size)*paragraphGap
	edge := b.last().x0
	switch {
	case gap, cur.x0-edge > em(cur), hangs && closes(prev.text):
		return true
	case len(b.lines) > 1 && edge-cur.x0 > em(cur):
		return b.item.rest != "" || closes(prev.text)
	case b.item.rest != "" && distance(b.first().x0, cur.x0) <= 3 && len(b.lines) == 1:
		return closes(prev.text) || f.fits(prev, cur)
	}
	return closes(prev.text) && f.fits(prev, cur)
}

// begins reports whether a line begins a block after prev, the last line of
// b.
func (f *pdfFlow) begins(b *pdfBlock, prev, cur, next *pdfLine) bool {
	if cur.label != "" && cur.note || f.differs(prev, cur) {
		return true
	}
	if prev.region != cur.region {
		return !f.continues(b, prev, cur, next)
	}
	gap, pitch := cur.y1-prev.y1, f.pitch(cur.size)
	if cur.size*10 > f.body*11 {
		// A heading's lines stand wider apart.
		return gap*10 > 17*cur.size
	}
	if gap*100 > pitch*paragraphGap || gap < 0 {
		return true
	}
	d := cur.indent - b.edge()
	one := len(b.lines) == 1
	open := !closes(prev.text) && startsLower(cur.text)
	if closes(prev.text) && !startsLower(cur.text) && f.leads(cur, next) {
		return true
	}
	switch {
	case d > em(cur) && one && b.item.rest != "":
		return f.short(prev, cur)
	case d > em(cur) && one:
		both := next != nil && next.region == cur.region && distance(next.x0, cur.x0) <= em(cur)
		return !open && (!both || closes(prev.text) || f.fits(prev, cur))
	case d > em(cur):
		return !open
	case d < -em(cur) && !one:
		return !open
	case b.item.rest != "" && closes(prev.text) && !startsLower(cur.text) && f.fits(prev, cur):
		return true
	}
	return f.short(prev, cur)
}

// leads reports whether a line is the first of a paragraph, as can be told
// from itself and the next: it is full, and the next begins farther left.
func (f *pdfFlow) leads(cur, next *pdfLine) bool {
	return next != nil && next.region == cur.region && next.size == cur.size && next.label == "" &&
		cur.x0-next.x0 > em(cur) && !f.fits(cur, next) && cur.x0-next.x0 < 6*cur.size &&
		(next.y1-cur.y1)*100 <= f.pitch(cur.size)*paragraphGap
}

// edge is where a block's lines begin: the second and later ones, or the only
// one.
func (b *pdfBlock) edge() int {
	if len(b.lines) == 1 {
		return b.first().indent
	}
	return b.last().x0
}

// differs reports whether two lines are of different type: another size, or
// bold as a whole and not.
func (f *pdfFlow) differs(a, b *pdfLine) bool {
	if d := distance(a.size, b.size); d > max(1, max(a.size, b.size)/12) {
		return true
	}
	if a.bold == b.bold {
		return false
	}
	return closes(a.text) || !startsLower(b.text) || f.fits(a, b)
}

// short reports whether prev was ended on purpose, by what is left of its
// line. Where paragraphs are indented or parted by space, cur is neither, and
// only a line that ends far from the edge is believed.
func (f *pdfFlow) short(prev, cur *pdfLine) bool {
	if startsLower(cur.text) || !f.fits(prev, cur) {
		return false
	}
	spare, width := edgeOf(prev)-prev.x1, edgeOf(prev)-prev.x0
	if f.indents || f.spaces {
		return closes(prev.text) && spare*4 > width && spare > cur.first+3*cur.size || spare*2 > width
	}
	return closes(prev.text) && spare > cur.first*5/4+cur.size || spare*10 > 4*width
}

// fits reports whether the first word of cur has room behind prev. A word can
// be wider than it seems: spaces that do not break are spaces here.
func (f *pdfFlow) fits(prev, cur *pdfLine) bool {
	return edgeOf(prev)-prev.x1 > cur.first*9/8+cur.size*6/10
}

// edgeOf is the right edge that a line was filled to: that of its region, or,
// within lines that are set in alike, the farthest of three or more, and that
// of a quotation set in on both sides.
func edgeOf(l *pdfLine) int {
	r := l.region
	if l.x0-r.left <= em(l) {
		return r.right
	}
	i := 0
	for i < len(r.lines) && r.lines[i].y1 < l.y1 {
		i++
	}
	from, to := i, i
	alike := func(k int) bool {
		return k >= 0 && k < len(r.lines) && distance(r.lines[k].x0, l.x0) <= 3 && r.lines[k].size == l.size
	}
	for alike(from-1) && i-from < 40 {
		from--
	}
	for alike(to+1) && to-i < 40 {
		to++
	}
	right := 0
	for k := from; k <= to && k < len(r.lines); k++ {
		right = max(right, r.lines[k].x1)
	}
	inset := l.x0 - r.left
	switch {
	case to == from:
		return r.right
	case right <= r.right-inset*4/5:
		return max(right, r.right-inset)
	case to-from < 2:
		return r.right
	}
	return right
}

// continues reports whether a paragraph runs on over the end of a column or
// page.
func (f *pdfFlow) continues(b *pdfBlock, prev, cur, next *pdfLine) bool {
	if prev.size*10 > f.body*11 || prev.bold && !b.note {
		return false // headings end where their column ends
	}
	was, is := b.last().x0-prev.region.left, cur.x0-cur.region.left
	one := len(b.lines) == 1
	switch lower := startsLower(cur.text); {
	case lower && !closes(prev.text):
		return true
	case closes(prev.text) && f.leads(cur, next):
		return false
	case is-was > em(cur):
		// Set in further: a paragraph's first line, a quotation, or the rest
		// of an item whose first line alone is on the page before.
		return one && b.item.rest != "" && !closes(prev.text)
	case was-is > em(cur) && !one:
		return !closes(prev.text) && !f.fits(prev, cur)
	case lower:
		return !f.fits(prev, cur) || !closes(prev.text)
	case !closes(prev.text):
		spare := prev.region.right - prev.x1
		return spare*10 <= 4*(prev.region.right-prev.region.left)
	case f.indents && is <= em(cur) && b.item.rest == "":
		return (edgeOf(prev)-prev.x1)*2 < edgeOf(prev)-prev.x0 // new ones are indented
	case edgeOf(prev)-prev.x1 > cur.first*21/20+cur.size/4:
		return false
	case f.indents:
		return true
	}
	return b.item.rest == ""
}

// closes reports whether a line ends as a sentence or clause does, markers,
// quotation marks and brackets apart.
func closes(s string) bool {
	for {
		i := strings.LastIndexByte(s, '[')
		if i <= 0 || len(s)-i > 8 || !strings.HasSuffix(s, "]") {
			break
		}
		s = s[:i]
	}
	s = strings.TrimRightFunc(s, func(r rune) bool { return strings.ContainsRune("\"'”’»)]*†‡ ", r) || superscript(r) >= 0 })
	if bare := strings.TrimRight(s, "0123456789"); len(s)-len(bare) <= 3 && bare != "" && behindPunctuation(bare) {
		s = strings.TrimRight(bare, "\"'”’»)]")
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && strings.ContainsRune(".!?:;…", r)
}

// startsLower reports whether a line goes on in lower case, as the middle of
// a sentence does.
func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘([—–"))
	return unicode.IsLower(r)
}
