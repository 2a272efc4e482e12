package ingest

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// noteStyle is the way in which notes are labelled.
type noteStyle int

const (
	noNote    noteStyle = iota
	bracketed           // [1] text
	raised              // ¹ text
	pointed             // 1. text, 1) text, (1) text
	bare                // 1 Text
	symbolic            // * text, † text
)

// strong styles are seldom anything but notes; the others are lists as well.
func (s noteStyle) strong() bool { return s == bracketed || s == raised }

// noteStart is the beginning of a note.
type noteStart struct {
	style  noteStyle
	label  string // without brackets; superscripts as plain digits
	number int    // 0 where the label is none
	rest   string
}

// noteAt reads the beginning of a note from the beginning of a line.
func noteAt(s string) (noteStart, bool) {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == '[':
		label, _, ok := strings.Cut(s[1:min(len(s), 12)], "]")
		if !ok || !isLabel(label) {
			return noteStart{}, false
		}
		rest := s[1+len(label)+1:]
		rest = strings.TrimLeft(strings.TrimPrefix(rest, ":"), " ")
		return newNote(bracketed, label, rest), true
	case superscript(r) >= 0:
		label, end := superscripts(s)
		return newNote(raised, label, strings.TrimLeft(s[end:], " ")), true
	case r >= '1' && r <= '9' || r == '(':
		if item, ok := bulletOf(s); ok && (item.style == numbered || item.style == enclosed) {
			return newNote(pointed, decimal(item.number), item.rest), true
		}
		label, rest, ok := strings.Cut(s, " ")
		rest = strings.TrimLeft(rest, " ")
		if !ok || len(label) > 3 || strings.Trim(label, "0123456789") != "" || rest == "" {
			return noteStart{}, false
		}
		if first, _ := utf8.DecodeRuneInString(rest); !unicode.IsUpper(first) && !unicode.IsDigit(first) && !strings.ContainsRune("“\"‘'", first) {
			return noteStart{}, false
		}
		return newNote(bare, label, rest), true
	case r == '*' || r == '†' || r == '‡':
		label := s[:len(s)-len(strings.TrimLeft(s, string(r)))]
		rest := strings.TrimLeft(s[len(label):], " ")
		return newNote(symbolic, label, rest), len(label) <= 3*n && rest != ""
	}
	return noteStart{}, false
}

func newNote(style noteStyle, label, rest string) noteStart {
	number, err := strconv.Atoi(label)
	if err != nil {
		number = 0
	}
	return noteStart{style: style, label: label, number: number, rest: rest}
}

// isLabel reports what brackets hold around a note's label: a number of up to
// three digits, a letter, a small roman numeral, or signs.
func isLabel(s string) bool {
	if s == "" || len(s) > 9 {
		return false
	}
	if strings.Trim(s, "0123456789") == "" {
		return len(s) <= 3 && s[0] != '0'
	}
	return len(s) == 1 && s[0] >= 'a' && s[0] <= 'z' || len(s) <= 6 && roman(s) > 0 || strings.Trim(s, "*†‡") == "" && len(s) <= 9
}

// superscript is the digit that a superscript character shows, -1 for others.
func superscript(r rune) int {
	switch r {
	case '¹':
		return 1
	case '²':
		return 2
	case '³':
		return 3
	case '⁰':
		return 0
	}
	if r >= '⁴' && r <= '⁹' {
		return int(r-'⁴') + 4
	}
	return -1
}

// superscripts reads the superscript digits at the beginning of s.
func superscripts(s string) (label string, end int) {
	var digits []byte
	for i, r := range s {
		d := superscript(r)
		if d < 0 || len(digits) > 4 {
			return string(digits), i
		}
		digits = append(digits, byte('0'+d))
	}
	return string(digits), len(s)
}

// follows reports whether n can be the next note after one numbered last.
// At the beginning of a block a strong label is always one, and a weak one
// may leave out a few numbers or begin again at 1; within a block the order
// must be near: a wrapped line can begin with any number.
func (n noteStart) follows(last int, block bool) bool {
	if n.number == 0 {
		return block
	}
	near := n.number > last && n.number <= last+3
	switch {
	case block && n.style.strong():
		return true
	case block:
		return n.number == 1 || near
	case n.style.strong():
		return n.number == 1 || near
	}
	return n.number == last+1
}

// findNotes finds the notes of each segment and reads them.
func (t *plain) findNotes(segments []part, lines []line) {
	calls := callsIn(lines)
	prosed := false // whether a paragraph stands above
	for i, p := range segments {
		opened := i > 0 // by a rule
		for {
			p.notes, p.skip = notesFrom(&p, opened, prosed, i == len(segments)-1, calls)
			if n := len(t.segments); opened && p.notes == 0 && n > 0 {
				t.segments[n-1].dropHeading()
			}
			rest := t.readNotes(&p, calls)
			t.segments = append(t.segments, p)
			if !prosed {
				prosed = slices.ContainsFunc(blocksOf(p.body()), prose)
			}
			if len(rest) == 0 {
				break
			}
			// A heading and prose stand below the notes.
			p = part{from: p.from + len(p.lines), lines: rest}
			opened = false
		}
	}
}

// dropHeading takes a last line "Notes" away, which is the heading of notes
// below the rule.
func (p *part) dropHeading() {
	if n := len(p.lines); p.skip == n && n > 0 && notesHeading(p.lines[n-1].text) {
		p.lines, p.skip, p.notes = p.lines[:n-1], n-1, n-1
	}
}

// notesFrom finds where the notes of a segment begin, and where its body ends.
func notesFrom(p *part, opened, prosed, last bool, calls map[string]int) (notes, body int) {
	end := len(p.lines)
	called := func(label string, at int) bool {
		line, ok := calls[label]
		return ok && line < p.from+at
	}
	if opened && prosed && end > 0 {
		if n, ok := noteAt(p.lines[0].text); ok && opensNotes(p, n, last, called(n.label, 0)) {
			return 0, 0
		}
	}
	for k := range max(0, end-1) {
		if !notesHeading(p.lines[k].text) || !p.lines[k].gap && p.lines[k+1].gap {
			continue
		}
		n, ok := noteAt(p.lines[k+1].text)
		if ok && (n.style.strong() || n.number == 1 || called(n.label, k)) && (k > 0 || prosed) {
			return k + 1, k
		}
	}
	if last {
		if k, ok := trailingNotes(p.lines, called); ok {
			return k, k
		}
	}
	return end, end
}

// opensNotes reports whether a segment that begins, below a rule, with n is
// notes. A number in brackets or raised is enough. Other labels need a call
// above or, without one, the last place in the text and numbers that run from
// 1 through all its blocks.
func opensNotes(p *part, n noteStart, last, called bool) bool {
	switch {
	case called || n.style.strong() && n.number > 0:
		return true
	case n.style == symbolic || n.number != 1 || !last:
		return false
	}
	next := 1
	for _, b := range blocksOf(p.lines) {
		m, ok := noteAt(b[0].text)
		if !ok && b[0].indent == 0 || ok && m.number != next {
			return false
		}
		for _, l := range b {
			if m, ok := noteAt(l.text); ok && m.number == next {
				next++
			}
		}
	}
	return true
}

// notesHeading reports a line that is the heading of notes.
func notesHeading(s string) bool {
	if len(s) > 40 {
		return false
	}
	s = strings.ToLower(strings.TrimRight(s[numberLen(s):], ":. "))
	switch strings.Trim(s, "*_#[] ") {
	case "notes", "note", "footnotes", "endnotes", "references", "citations", "notes and references", "sources":
		return true
	}
	return false
}

// trailingNotes finds notes at the end of a text that neither a rule nor a
// heading opens: they are certain where they run from 1 in brackets or
// superscripts, one a block or line, to the end, and each is called above.
func trailingNotes(lines []line, called func(string, int) bool) (int, bool) {
	start, next := -1, 0
	for k, l := range lines {
		n, ok := noteAt(l.text)
		switch {
		case k > 0 && ok && n.style.strong() && n.number == 1:
			start, next = k, 2
		case start >= 0 && ok && n.style.strong() && n.number == next:
			next++
		case start >= 0 && l.gap && l.indent == 0:
			start = -1
		}
	}
	if start < 0 {
		return 0, false
	}
	for n := 1; n < next; n++ {
		if !called(decimal(n), start) {
			return 0, false
		}
	}
	return start, true
}

// readNotes reads the notes of a segment. What follows the first of them
// without a label goes on with the note above; a heading with prose below
// ends the notes: those lines are taken off the segment and returned.
func (t *plain) readNotes(p *part, calls map[string]int) (rest []line) {
	lines := p.lines[p.notes:]
	if len(lines) == 0 {
		return nil
	}
	// All numbers are labelled in the style of the first; signs mix with them
	// where they are called.
	numbers := noNote
	label, last := "", 0
	starts := func(j int, begins bool) (noteStart, bool) {
		n, ok := noteAt(lines[j].text)
		switch {
		case !ok:
			return n, false
		case n.style == symbolic:
			_, called := calls[n.label]
			return n, j == 0 || called
		case numbers == noNote:
			return n, j == 0 || begins && n.number == 1
		}
		return n, n.style == numbers && n.follows(last, begins)
	}
	parted := slices.ContainsFunc(lines[1:], func(l line) bool { return l.gap })
	var text strings.Builder
	flush := func() {
		if s := strings.TrimSpace(trimArrow(text.String())); s != "" {
			t.draft.notes = append(t.draft.notes, block{label: label, text: s})
			t.ofNote = append(t.ofNote, len(t.segments))
		}
		text.Reset()
	}
	defer flush()
	for j, l := range lines {
		begins := j == 0 || l.gap || !parted
		if n, ok := starts(j, begins); ok {
			flush()
			label = n.label
			if n.style != symbolic {
				numbers, last = n.style, n.number
			}
			text.WriteString(n.rest)
			continue
		}
		if l.gap && resumes(lines[j:]) {
			p.lines = p.lines[:p.notes+j]
			return lines[j:]
		}
		switch {
		case text.Len() == 0:
		case l.gap || !parted && len(lines[j-1].text) > maxHeadingLine:
			text.WriteByte('\n')
		case !glued(lines[j-1].text, l.text):
			text.WriteByte(' ')
		}
		text.WriteString(l.text)
	}
	return nil
}

// resumes reports whether lines within notes are a heading and its prose.
func resumes(lines []line) bool {
	blocks := blocksOf(lines[:min(len(lines), 40)])
	if len(blocks) < 2 || !headingCandidate(blocks[0]) || !prose(blocks[1]) {
		return false
	}
	if lines[0].indent > 0 || blocks[1][0].indent > 0 {
		return false
	}
	_, label := noteAt(blocks[1][0].text)
	return !label
}

// trimArrow takes the arrow off that links a note back in a web page.
func trimArrow(s string) string {
	return strings.TrimRight(s, " \ufe0e\ufe0f↩")
}
