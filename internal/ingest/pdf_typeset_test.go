package ingest_test

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
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

// font numbers: /F1 roman, /F2 bold, /F3 italic.
const (
	roman12 = 1 + iota
	bold12
	italic12
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
			n := 0
			fmt.Sscan(label, &n)
			m := chip{font: roman12, size: size * .6, rise: size * .38, glued: !first, note: n}
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
		chips := t.chips(s, roman12, t.note)
		if i == 0 {
			l := chip{font: roman12, size: t.note * .65, rise: t.note * .35, text: fmt.Sprint(t.label(n))}
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

// typeset sets a document. Where numbers begin anew on each page, it does so
// twice, for the pages have to be known.
func typeset(doc set, s style) []byte {
	t := setPages(doc, s, nil)
	if s.notesRestart {
		labels := map[int]int{}
		for i, n := range t.pageOf {
			labels[i+1] = 1
			if i > 0 && t.pageOf[i-1] == n {
				labels[i+1] = labels[i] + 1
			}
		}
		t = setPages(doc, s, labels)
	}
	return assemble(t.pages, s.width, s.height, nil)
}

func setPages(doc set, s style, labels map[int]int) *typesetter {
	t := &typesetter{style: s, doc: doc, labels: labels, pageOf: make([]int, len(doc.notes))}
	t.newPage()
	t.y, t.floor = s.height-s.margin, s.margin
	centred := func(text string, font int, size, after float64) {
		wide := *t
		wide.columns = 1
		for _, l := range t.wrap(t.chips(text, font, size), wide.columnWidth(), 0, 0) {
			l.centre, l.last = true, true
			t.put(l)
		}
		t.y -= after
	}
	if doc.title != "" {
		centred(doc.title, bold12, s.body*1.8, s.body)
		for _, a := range doc.authors {
			centred(a, roman12, s.body*1.1, 2)
		}
		centred(doc.date, roman12, s.body*1.1, 2*s.body)
	}
	t.top = t.y
	for i, b := range doc.blocks {
		t.block(b, i > 0 && doc.blocks[i-1].kind == setHeading)
	}
	if s.endnotes && len(doc.notes) > 0 {
		t.block(setBlock{setHeading, "Notes"}, false)
		for i, n := range doc.notes {
			for k, p := range strings.Split(n, "\n") {
				first := -18.
				if k == 0 {
					p = fmt.Sprintf("%d. %s", i+1, p)
				} else {
					first = 0
				}
				for _, l := range t.wrap(t.chips(p, roman12, s.body), t.columnWidth(), first+18, 18) {
					t.put(l)
				}
				t.y -= s.gap
			}
		}
	}
	for len(t.spill) > 0 {
		t.newColumn()
	}
	t.drawFoot()
	t.furnish()
	return t
}

// block sets one block; after a heading, first lines are not indented.
func (t *typesetter) block(b setBlock, headed bool) {
	switch b.kind {
	case setHeading:
		t.y -= t.body
		size, font, text := t.headingSize, bold12, b.text
		if t.headingCaps {
			size, font, text = t.body, roman12, strings.ToUpper(b.text)
		}
		lines := t.wrap(t.chips(text, font, size), t.columnWidth(), 0, 0)
		for _, l := range lines {
			l.last, l.keep, l.centre = true, true, t.headingCaps
			t.put(l)
		}
		t.y -= t.body / 2
		return
	case setQuote:
		t.y -= t.body / 2
		lines := t.wrap(t.chips(b.text, roman12, t.body), t.columnWidth()-24, 24, 24)
		for i := range lines {
			lines[i].last = true
			t.put(lines[i])
		}
		t.y -= t.body/2 + t.gap
		return
	case setItem:
		chips := append([]chip{{font: roman12, size: t.body, text: t.bullets}}, t.chips(b.text, roman12, t.body)...)
		for _, l := range t.wrap(chips, t.columnWidth(), 12, 12+widthOf(t.bullets+" ", t.body)) {
			t.put(l)
		}
		t.y -= t.gap / 2
		return
	}
	first := t.indent
	if headed {
		first = 0
	}
	chips := t.chips(b.text, roman12, t.body)
	if t.dropCap && headed {
		t.dropCap = false
		letter := chips[0].text[:1]
		chips[0].text = chips[0].text[1:]
		size := t.body * 2.6
		w := widthOf(letter, size) + 2
		lines := t.wrap(chips, t.columnWidth(), w, w)
		flat := t.wrap(chips, t.columnWidth(), w, 0)
		_ = flat
		cap := setLine{chips: []chip{{font: bold12, size: size, text: letter, rise: -t.body * t.leading * 1}}, size: t.body, last: true}
		y := t.y
		t.put(cap)
		t.y = y
		for i, l := range lines {
			if i >= 2 {
				// Below the initial the lines are full again.
				var rest []chip
				for _, m := range lines[i:] {
					for k, c := range m.chips {
						c.glued = c.glued && k > 0
						if c.note > 0 {
							c.glued = true
						}
						rest = append(rest, c)
					}
				}
				for _, m := range t.wrap(rest, t.columnWidth(), 0, 0) {
					t.put(m)
				}
				break
			}
			l.last = false
			t.put(l)
		}
		t.y -= t.gap
		return
	}
	for _, l := range t.wrap(chips, t.columnWidth(), first, 0) {
		t.put(l)
	}
	t.y -= t.gap
}

// furnish adds running heads and feet, and line numbers.
func (t *typesetter) furnish() {
	for i, p := range t.pages {
		t.page, t.col = p, 0
		for _, f := range []struct {
			text func(int, int) string
			y    float64
		}{{t.head, t.height - t.margin*.55}, {t.style.foot, t.margin * .5}} {
			if f.text == nil {
				continue
			}
			if s := f.text(i+1, len(t.pages)); s != "" {
				t.draw(setLine{chips: []chip{{font: roman12, size: t.body * .85, text: s}}, centre: true, size: 0}, f.y)
			}
		}
		for n := 1; t.lineNumbers && n <= 25; n++ {
			y := t.height - t.margin - float64(n)*(t.height-2*t.margin)/25
			fmt.Fprintf(p, "BT /F1 %.2f Tf 1 0 0 1 %.2f %.2f Tm (%d) Tj ET\n", t.body, t.margin*.6, y, n)
		}
	}
}

// assemble makes a PDF of the contents of its pages. With encrypt, streams
// are encrypted with RC4 for a user's password, as PDF 1.3 has it.
func assemble[B interface{ Bytes() []byte }](pages []B, width, height float64, encrypt []byte) []byte {
	var out bytes.Buffer
	var offsets []int
	obj := func(s string) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
	}
	out.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 6+2*i)
	}
	obj("<< /Type /Catalog /Pages 2 0 R >>")
	obj(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), kids.String()))
	widths := strings.Trim(fmt.Sprint(charWidths), "[]")
	wide := strings.TrimSpace(strings.Repeat("500 ", 255-126))
	for _, name := range []string{"Times-Roman", "Times-Bold", "Times-Italic"} {
		obj(fmt.Sprintf("<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [%s %s] >>", name, widths, wide))
	}
	id := []byte("0123456789abcdef")
	var key, owner, user []byte
	if encrypt != nil {
		key, owner, user = encryption(encrypt, id)
	}
	for i, p := range pages {
		obj(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>", width, height, 7+2*i))
		content := p.Bytes()
		if encrypt != nil {
			content = encrypted(content, key, 7+2*i)
		}
		obj(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	trailer := fmt.Sprintf("/Root 1 0 R /ID [<%x> <%x>]", id, id)
	if encrypt != nil {
		obj(fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /P -4 /O <%x> /U <%x> >>", owner, user))
		trailer += fmt.Sprintf(" /Encrypt %d 0 R", len(offsets))
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, trailer, at)
	return out.Bytes()
}

// passwordPadding is the string that PDF 32000-1, 7.6.3.3, pads passwords with.
const passwordPadding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// encryption computes the key and the two password entries of revision 2.
func encryption(password, id []byte) (key, owner, user []byte) {
	padded := append(append([]byte{}, password...), passwordPadding...)[:32]
	digest := md5.Sum(padded)
	owner = crypt(digest[:5], padded)
	h := md5.New()
	h.Write(padded)
	h.Write(owner)
	permissions := int32(-4)
	_ = binary.Write(h, binary.LittleEndian, permissions)
	h.Write(id)
	key = h.Sum(nil)[:5]
	return key, owner, crypt(key, []byte(passwordPadding))
}

// encrypted is a stream as object n has it.
func encrypted(content, key []byte, n int) []byte {
	digest := md5.Sum(append(append([]byte{}, key...), byte(n), byte(n>>8), byte(n>>16), 0, 0))
	return crypt(digest[:10], content)
}

func crypt(key, s []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(s))
	c.XORKeyStream(out, s)
	return out
}

// invented makes a document of n paragraphs, with headings, a quotation, a
// list and notes, from a fixed vocabulary.
func invented(n int, seed uint64) set {
	r := rand.New(rand.NewPCG(seed, 7))
	vocabulary := strings.Fields(`harbour board pilot relief bridge weather tug members keel berth vessel lantern customs inspector
		navigation obligation jurisdiction authorization notwithstanding the the the a of of in to and that which was were had been
		considered determination representative acknowledgement proportionality dredging channel tide quay warden licence appeal
		commissioners subsequently extraordinarily maintained pilotage responsibility any every some under between before after`)
	word := func() string { return vocabulary[r.IntN(len(vocabulary))] }
	sentence := func(least int) string {
		k := least + r.IntN(14)
		words := make([]string, k)
		for i := range words {
			words[i] = word()
			if i > 3 && i < k-2 && r.IntN(9) == 0 {
				words[i] += ","
			}
		}
		s := strings.Join(words, " ")
		return strings.ToUpper(s[:1]) + s[1:] + "."
	}
	doc := set{title: "Berths and Their Holders: An Inquiry", authors: []string{"Ada North", "Tom B. Quay"}, date: "3 March 2019"}
	headings := strings.Fields("Berths Pilots Relief Tides Wardens Lanterns Dredging Customs Appeals Licences")
	for p := 0; p < n; p++ {
		if p%5 == 0 {
			doc.blocks = append(doc.blocks, setBlock{setHeading, "The Law of " + headings[p/5%len(headings)]})
		}
		var b strings.Builder
		for range 3 + r.IntN(4) {
			b.WriteString(sentence(6))
			if r.IntN(4) == 0 {
				note := fmt.Sprintf("Harbour Board Minutes, vol. %d, at %d. ", len(doc.notes)+3, 10+r.IntN(800)) + sentence(5)
				for r.IntN(3) == 0 {
					note += " " + sentence(8)
				}
				if r.IntN(8) == 0 {
					note += "\n" + sentence(9)
				}
				doc.notes = append(doc.notes, note)
				fmt.Fprintf(&b, "{%d}", len(doc.notes))
			}
			b.WriteByte(' ')
		}
		doc.blocks = append(doc.blocks, setBlock{setParagraph, strings.TrimSpace(b.String())})
		switch p % 7 {
		case 3:
			doc.blocks = append(doc.blocks, setBlock{setQuote, sentence(16) + " " + sentence(12)})
		case 5:
			for range 3 {
				doc.blocks = append(doc.blocks, setBlock{setItem, sentence(9)})
			}
		}
	}
	return doc
}
