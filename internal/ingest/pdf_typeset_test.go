package ingest_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// This file sets documents in type: a small typesetter whose output has the
// features of several producers, so that what comes out of reading it can be
// compared with what went in.

// set is a document to be set in type. A number in braces in a text, such as
// {3}, is a marker that calls that note.
type set struct {
	title   string
	authors []string
	date    string
	blocks  []setBlock
	notes   []string // several paragraphs are parted by "\n"
}

type setBlock struct {
	kind setKind
	text string
}

type setKind int

const (
	setParagraph setKind = iota
	setHeading
	setQuote
	setItem
)

// style is how a document is set.
type style struct {
	name          string
	width, height float64 // of the page, in points
	margin        float64
	columns       int
	gutter        float64
	body, note    float64 // sizes
	leading       float64 // of the size
	justify       bool
	hyphenate     bool
	indent        float64 // of first lines; 0: none
	gap           float64 // between paragraphs
	headingSize   float64
	headingCaps   bool // centred capitals in the body's type instead
	words         bool // each word is placed by itself
	plainMarkers  bool // markers and labels neither raised nor smaller
	endnotes      bool // below a heading "Notes", "1. Text"
	notesRestart  bool // numbers begin anew on each page
	head, foot    func(page, pages int) string
	lineNumbers   bool
	dropCap       bool
	labelGap      float64
	bullets       string
}

// The fonts, by the numbers of their names in the file: /F1 and /F2.
const (
	fontRoman = 1 + iota
	fontBold
)

// charWidths are those of Times for the characters from space to "~", in
// thousandths of the size. The fonts declare them, so that any reader agrees.
var charWidths = []int{
	250, 333, 408, 500, 500, 833, 778, 333, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
	921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
	333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
}

// winAnsi maps characters to WinAnsiEncoding.
var winAnsi = map[rune]byte{'“': 147, '”': 148, '‘': 145, '’': 146, '–': 150, '—': 151, '†': 134, '‡': 135, '•': 149, '§': 167, '¶': 182, 'é': 233}

func widthOf(s string, size float64) float64 {
	w := 0
	for _, r := range s {
		if r >= 32 && r < 127 {
			w += charWidths[r-32]
		} else {
			w += 500
		}
	}
	return float64(w) * size / 1000
}

// chip is a piece of a line: a word, a marker.
type chip struct {
	font   int
	size   float64
	rise   float64
	text   string
	glued  bool // no space before it
	note   int  // that it calls
	hyphen bool // its word goes on in the next line
}

type setLine struct {
	chips  []chip
	x      float64 // from the column's edge
	size   float64
	last   bool // of its paragraph: not justified
	after  float64
	centre bool
	notes  []int
	keep   bool // with the next line
}

// typesetter fills pages.
type typesetter struct {
	style
	doc   set
	pages []*bytes.Buffer
	page  *bytes.Buffer
	col   int
	y     float64 // of the next line
	floor float64 // top of the notes in this column
	// notes of the column, and what spilled over from the one before
	foot, spill []setLine
	labels      map[int]int // of notes, where they are not their numbers
	pageOf      []int       // of each note
	top         float64     // of the columns on the first page, below the title
}

func (t *typesetter) columnWidth() float64 {
	n := float64(t.columns)
	return (t.width - 2*t.margin - t.gutter*(n-1)) / n
}

// chips cuts a text into words and markers.
func (t *typesetter) chips(s string, font int, size float64) []chip {
	var out []chip
	for _, w := range strings.Fields(s) {
		first := true
		for w != "" {
			word, rest, ok := strings.Cut(w, "{")
			if word != "" {
				out = append(out, chip{font: font, size: size, text: word, glued: !first})
				first = false
			}
			if !ok {
				break
			}
			var label string
			label, w, _ = strings.Cut(rest, "}")
			n, err := strconv.Atoi(label)
			if err != nil {
				panic(err)
			}
			m := chip{font: fontRoman, size: size * .6, rise: size * .38, glued: !first, note: n}
			if t.plainMarkers {
				m.size, m.rise = size, 0
			}
			out = append(out, m)
			first = false
		}
	}
	return out
}

// wrap fills lines of a paragraph.
func (t *typesetter) wrap(chips []chip, width, first, rest float64) []setLine {
	var lines []setLine
	var cur setLine
	cur.x = first
	x := first
	size := 0.
	flush := func() {
		lines = append(lines, cur)
		cur = setLine{x: rest}
		x = rest
	}
	for i := 0; i < len(chips); i++ {
		c := chips[i]
		if c.note > 0 {
			c.text = fmt.Sprint(t.label(c.note))
		}
		size = max(size, c.size)
		space := widthOf(" ", c.size)
		if c.glued || len(cur.chips) == 0 {
			space = 0
		}
		// A word and what is glued to it stay together.
		need := widthOf(c.text, c.size)
		for k := i + 1; k < len(chips) && chips[k].glued; k++ {
			need += widthOf(chips[k].text+"00", chips[k].size)
		}
		if x+space+need > width && len(cur.chips) > 0 && !c.glued {
			if room := width - x - space; t.hyphenate && len(c.text) > 8 && room > widthOf(c.text[:4]+"-", c.size) && letters(c.text) {
				k := 4
				for k < len(c.text)-4 && widthOf(c.text[:k+1]+"-", c.size) <= room {
					k++
				}
				head := c
				head.text, head.hyphen = c.text[:k]+"-", true
				cur.chips = append(cur.chips, head)
				c.text = c.text[k:]
			}
			flush()
			space = 0
		}
		if len(cur.chips) == 0 {
			c.glued = true
		}
		if c.note > 0 {
			cur.notes = append(cur.notes, c.note)
		}
		cur.chips = append(cur.chips, c)
		x += space + widthOf(c.text, c.size)
	}
	if len(cur.chips) > 0 {
		flush()
	}
	for i := range lines {
		lines[i].size = size
	}
	if n := len(lines); n > 0 {
		lines[n-1].last = true
	}
	return lines
}

func letters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// label is the number that a note is printed with.
func (t *typesetter) label(note int) int {
	if n := t.labels[note]; n > 0 {
		return n
	}
	return note
}

// noteLines sets a note.
func (t *typesetter) noteLines(n int) []setLine {
	var lines []setLine
	for i, s := range strings.Split(t.doc.notes[n-1], "\n") {
		chips := t.chips(s, fontRoman, t.note)
		if i == 0 {
			l := chip{font: fontRoman, size: t.note * .65, rise: t.note * .35, text: fmt.Sprint(t.label(n))}
			if t.plainMarkers {
				l.size, l.rise = t.note, 0
			}
			chips[0].glued = t.labelGap == 0
			chips = append([]chip{l}, chips...)
		}
		first := t.indent
		if i > 0 {
			first = max(t.indent, 10)
		}
		lines = append(lines, t.wrap(chips, t.columnWidth(), first, 0)...)
	}
	return lines
}

func (t *typesetter) newPage() {
	t.page = &bytes.Buffer{}
	t.pages = append(t.pages, t.page)
}

// newColumn draws the notes of the column and goes on in the next.
func (t *typesetter) newColumn() {
	t.drawFoot()
	t.col++
	if t.col == t.columns {
		t.col = 0
		t.newPage()
	}
	t.y = t.height - t.margin
	if len(t.pages) == 1 {
		t.y = t.top
	}
	t.floor = t.margin
	t.foot, t.spill = t.spill, nil
	for _, l := range t.foot {
		t.floor += l.size * 1.15
	}
}

func (t *typesetter) drawFoot() {
	y := t.margin
	for i := len(t.foot) - 1; i >= 0; i-- {
		l := t.foot[i]
		t.draw(l, y)
		y += l.size * 1.15
	}
	t.foot = nil
}

// put places a line and the notes that it calls; notes that do not fit spill
// over into the next column.
func (t *typesetter) put(l setLine) {
	step := l.size * t.leading
	need := step
	if len(l.notes) > 0 {
		need += t.note * 1.15 * 2
	}
	if l.keep {
		need += 3 * step
	}
	if t.y-need < t.floor+8 {
		t.newColumn()
	}
	t.y -= step
	t.draw(l, t.y)
	t.y -= l.after
	if t.endnotes {
		return
	}
	for _, n := range l.notes {
		t.pageOf[n-1] = len(t.pages)
		for _, f := range t.noteLines(n) {
			if len(t.spill) > 0 || t.floor+t.note*1.15+8 > t.y {
				t.spill = append(t.spill, f)
				continue
			}
			t.foot = append(t.foot, f)
			t.floor += t.note * 1.15
		}
	}
}

// draw writes a line at a height.
func (t *typesetter) draw(l setLine, y float64) {
	x := t.margin + float64(t.col)*(t.columnWidth()+t.gutter) + l.x
	natural, spaces := 0., 0
	for i, c := range l.chips {
		natural += widthOf(c.text, c.size)
		if i > 0 && !c.glued {
			natural += widthOf(" ", c.size)
			spaces++
		}
	}
	extra := 0.
	if t.justify && !l.last && spaces > 0 && !l.centre {
		extra = (t.columnWidth() - l.x - natural) / float64(spaces)
	}
	if l.centre {
		x = t.margin + (t.width-2*t.margin-natural)/2
		if t.columns > 1 && l.size == t.body && l.keep {
			x = t.margin + float64(t.col)*(t.columnWidth()+t.gutter) + (t.columnWidth()-natural)/2
		}
	}
	var run strings.Builder
	at, prev := x, chip{}
	flush := func() {
		if run.Len() > 0 {
			fmt.Fprintf(t.page, "BT /F%d %.2f Tf %.3f Tw 1 0 0 1 %.2f %.2f Tm (%s) Tj ET\n", prev.font, prev.size, extra, at, y+prev.rise, escape(run.String()))
		}
		run.Reset()
		at = x
	}
	for i, c := range l.chips {
		if i > 0 && !c.glued {
			if t.words || c.font != prev.font || c.size != prev.size || c.rise != prev.rise {
				x += widthOf(" ", c.size) + extra
				flush()
			} else {
				run.WriteByte(' ')
				x += widthOf(" ", c.size) + extra
			}
		} else if c.font != prev.font || c.size != prev.size || c.rise != prev.rise {
			flush()
		}
		prev = c
		run.WriteString(c.text)
		x += widthOf(c.text, c.size)
	}
	flush()
}

func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '(' || r == ')' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 127:
			b.WriteRune(r)
		default:
			b.WriteByte(winAnsi[r])
		}
	}
	return b.String()
}
