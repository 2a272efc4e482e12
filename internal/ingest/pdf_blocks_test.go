package ingest_test

import (
	"fmt"
	"strings"
)

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
		centred(doc.title, fontBold, s.body*1.8, s.body)
		for _, a := range doc.authors {
			centred(a, fontRoman, s.body*1.1, 2)
		}
		centred(doc.date, fontRoman, s.body*1.1, 2*s.body)
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
				for _, l := range t.wrap(t.chips(p, fontRoman, s.body), t.columnWidth(), first+18, 18) {
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
		size, font, text := t.headingSize, fontBold, b.text
		if t.headingCaps {
			size, font, text = t.body, fontRoman, strings.ToUpper(b.text)
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
		lines := t.wrap(t.chips(b.text, fontRoman, t.body), t.columnWidth()-24, 24, 24)
		for i := range lines {
			lines[i].last = true
			t.put(lines[i])
		}
		t.y -= t.body/2 + t.gap
		return
	case setItem:
		chips := append([]chip{{font: fontRoman, size: t.body, text: t.bullets}}, t.chips(b.text, fontRoman, t.body)...)
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
	chips := t.chips(b.text, fontRoman, t.body)
	if t.dropCap && headed {
		t.dropCap = false
		letter := chips[0].text[:1]
		chips[0].text = chips[0].text[1:]
		size := t.body * 2.6
		w := widthOf(letter, size) + 2
		lines := t.wrap(chips, t.columnWidth(), w, w)
		initial := setLine{chips: []chip{{font: fontBold, size: size, text: letter, rise: -t.body * t.leading * 1}}, size: t.body, last: true}
		y := t.y
		t.put(initial)
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
				t.draw(setLine{chips: []chip{{font: fontRoman, size: t.body * .85, text: s}}, centre: true, size: 0}, f.y)
			}
		}
		for n := 1; t.lineNumbers && n <= 25; n++ {
			y := t.height - t.margin - float64(n)*(t.height-2*t.margin)/25
			fmt.Fprintf(p, "BT /F1 %.2f Tf 1 0 0 1 %.2f %.2f Tm (%d) Tj ET\n", t.body, t.margin*.6, y, n)
		}
	}
}
