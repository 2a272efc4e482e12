package ingest

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// maxLines bounds the lines of a source that are not blank, and with them the
// memory that reading takes: 20 MB of prose wrapped at 40 characters have half
// as many.
const maxLines = 1 << 20

// line is a line of plain text that is not blank.
type line struct {
	text   string // without white space around it
	indent int    // characters of white space before it
	gap    bool   // a blank line, or the beginning of the text, is before it
	under  bool   // it was underlined: a heading for certain
}

// readText reads plain text by the rules of the package's documentation.
func readText(ctx context.Context, in *input) (*draft, error) {
	lines, err := splitLines(ctx, in)
	if err != nil {
		return nil, err
	}
	t := &plain{in: in, draft: &draft{headed: map[int]bool{}}}
	t.findNotes(segment(lines), lines)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := t.readBody(ctx); err != nil {
		return nil, err
	}
	if err := t.link(ctx); err != nil {
		return nil, err
	}
	return t.draft, nil
}

// plain is a plain text on its way to a draft.
type plain struct {
	in       *input
	draft    *draft
	segments []part
	// ofBody and ofNote give the segment of each paragraph and note.
	ofBody, ofNote []int
}

// part is a stretch of lines between rules: body, then notes.
type part struct {
	from  int // position of the first line among all lines
	lines []line
	notes int // position in lines where notes begin; len(lines) where none do
	skip  int // position in lines where the body ends: before a heading "Notes"
}

// body are the lines of the segment that are no notes.
func (p *part) body() []line { return p.lines[:p.skip] }

// splitLines cuts a text into its lines, blank ones left out.
func splitLines(ctx context.Context, in *input) ([]line, error) {
	lines := make([]line, 0, len(in.text)/64+1)
	gap, n := true, 0
	for s := range strings.SplitSeq(in.text, "\n") {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		trimmed := strings.TrimSpace(s)
		if trimmed == "" {
			gap = true
			continue
		}
		if len(lines) == maxLines {
			return nil, fault.New(fault.TooLarge, "%s holds more than %d lines: split it into parts.", in.name, maxLines)
		}
		if len(trimmed) > in.limits.PassageBytes {
			return nil, in.unparted(n, len(trimmed))
		}
		indent := strings.Index(s, trimmed)
		if strings.IndexByte(trimmed, '\t') >= 0 {
			trimmed = strings.ReplaceAll(trimmed, "\t", " ")
		}
		lines = append(lines, line{text: trimmed, indent: indent, gap: gap})
		gap = false
	}
	return lines, nil
}

// unparted is the fault of text that is longer than any paragraph; at is the
// line where that was seen.
func (in *input) unparted(at, length int) error {
	return fault.New(fault.TooLarge, "%s holds %s without a break up to line %d: part its paragraphs by blank lines.", in.name, size(int64(length)), at)
}

// segment cuts the lines at rules. A rule of "=", "-" or "~" right below a
// line of its own length is that line's underline. The lines are moved
// together where rules stood.
func segment(lines []line) []part {
	var parts []part
	start, end := 0, 0 // lines[start:end] are those of the segment
	cut := func() {
		n := end - start
		parts = append(parts, part{from: start, lines: lines[start:end:end], notes: n, skip: n})
		start = end
	}
	ruled := false // the line before was a rule
	for _, l := range lines {
		switch {
		case !isRule(l.text):
			l.gap = l.gap || ruled
			lines[end] = l
			end++
			ruled = false
			continue
		case !ruled && end > start && underlines(l, lines[end-1]):
			lines[end-1].under = true
		default:
			cut()
		}
		ruled = true
	}
	cut()
	return parts
}

// isRule reports a line of three or more of one sign that rules are made of,
// with or without spaces between them.
func isRule(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("_-*=~–—―─━", first) {
		return false
	}
	n := 0
	for _, r := range s {
		switch r {
		case first:
			n++
		case ' ':
		default:
			return false
		}
	}
	return n >= 3
}

// underlines reports whether rule is the underline of above: below it without
// a gap, one line alone, equally long but for two characters.
func underlines(rule, above line) bool {
	if rule.gap || !above.gap || strings.IndexByte("=-~", rule.text[0]) < 0 {
		return false
	}
	d := utf8.RuneCountInString(above.text) - len(rule.text)
	return d >= -2 && d <= 2
}

// readBody reads the segments' bodies into paragraphs, with title, credits
// and sections.
func (t *plain) readBody(ctx context.Context) error {
	var parts [][][]line
	parted := false
	for i := range t.segments {
		blocks := blocksOf(t.segments[i].body())
		if len(parts) == 0 && len(blocks) > 0 {
			blocks = t.readHead(blocks, i)
		}
		parts = append(parts, blocks)
		parted = parted || len(blocks) > 1
	}
	section := ""
	for i, blocks := range parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !parted {
			for _, block := range blocks {
				t.readSolid(i, block)
			}
			continue
		}
		headings := headingsOf(blocks)
		for j, block := range blocks {
			if headings[j] {
				section = block[0].text
				section = t.unmark(section)
				continue
			}
			if err := t.readBlock(i, section, block); err != nil {
				return err
			}
		}
	}
	return nil
}

// blocksOf groups lines that no blank line parts. An underlined line is a
// block of its own.
func blocksOf(lines []line) [][]line {
	var blocks [][]line
	start := 0
	for i := 1; i <= len(lines); i++ {
		if i == len(lines) || lines[i].gap {
			blocks = append(blocks, lines[start:i])
			start = i
		}
	}
	return blocks
}

// add appends a paragraph of segment i.
func (t *plain) add(i int, section, text string) {
	t.draft.paragraphs = append(t.draft.paragraphs, block{section: section, text: text})
	t.ofBody = append(t.ofBody, i)
}

// readSolid reads the lines of a text without blank lines: each is a
// paragraph, but for a text that was plainly wrapped by a program.
func (t *plain) readSolid(i int, lines []line) {
	if !wrapped(lines) {
		for _, l := range lines {
			t.add(i, "", l.text)
		}
		return
	}
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l.text))
	}
	start := 0
	for j := 1; j <= len(lines); j++ {
		if j == len(lines) || !full(lines[j-1], lines[j], width) {
			t.add(i, "", join(lines[start:j]))
			start = j
		}
	}
	t.in.doubts.add(DoubtLayout, document.Pincite{},
		"No blank lines part the paragraphs of %s: lines that look wrapped were joined.", lowerThe(t.in.name))
}

// wrapped reports whether lines were filled by a program: no line is longer
// than 120 characters, nearly each takes as many words as fit, and most end
// within a sentence.
func wrapped(lines []line) bool {
	if len(lines) < 3 {
		return false
	}
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l.text))
	}
	if width < 40 || width > 120 {
		return false
	}
	filled, within := 0, 0
	for i := 1; i < len(lines); i++ {
		if full(lines[i-1], lines[i], width) {
			filled++
		}
		if !terminal(lines[i-1].text) {
			within++
		}
	}
	breaks := len(lines) - 1
	return filled*5 >= breaks*4 && within*2 > breaks
}

// full reports whether the first word of next would not have fitted onto l.
func full(l, next line, width int) bool {
	word, _, _ := strings.Cut(next.text, " ")
	return utf8.RuneCountInString(l.text)+1+utf8.RuneCountInString(word) > width
}

// longLines is the mean length, in bytes, from which the lines of a block are
// paragraphs: nobody wraps so late.
const longLines = 300

// readBlock reads a block between blank lines: one paragraph, or a list, of
// which each item is one, or several paragraphs of one long line each.
func (t *plain) readBlock(i int, section string, lines []line) error {
	if len(t.draft.paragraphs) > t.in.limits.Passages {
		return t.in.tooManyPassages()
	}
	total := 0
	for _, l := range lines {
		total += len(l.text)
	}
	if len(lines) > 1 && total > longLines*len(lines) {
		for _, l := range lines {
			t.add(i, section, l.text)
		}
		return nil
	}
	start := 0
	var items list
	listed := false // lines[start:] begin with an item
	flush := func(end int) {
		if end == start {
			return
		}
		text := join(lines[start:end])
		if item, ok := bulletOf(text); ok && listed && item.style == signed {
			text = item.rest
		}
		t.add(i, section, text)
		start = end
	}
	for j, l := range lines {
		item, ok := bulletOf(l.text)
		begins := j == 0 || !items.open && strings.HasSuffix(lines[j-1].text, ":") && item.first()
		if ok && items.takes(item, begins) {
			flush(j)
			listed = true
		}
	}
	flush(len(lines))
	return nil
}

// join puts the lines of a paragraph into one, with a space for each break,
// but for a break after the hyphen of a compound or an unspaced dash.
func join(lines []line) string {
	if len(lines) == 1 {
		return lines[0].text
	}
	n := len(lines)
	for _, l := range lines {
		n += len(l.text)
	}
	var b strings.Builder
	b.Grow(n)
	for i, l := range lines {
		if i > 0 && !glued(lines[i-1].text, l.text) {
			b.WriteByte(' ')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// glued reports whether a line ends in a hyphen or dash that belongs to the
// next one's first word.
func glued(line, next string) bool {
	if before, ok := strings.CutSuffix(line, "—"); ok {
		return before != "" && !strings.HasSuffix(before, " ")
	}
	before, ok := strings.CutSuffix(line, "-")
	if !ok || before == "" || !letter(before[len(before)-1]) || next[0] < 'a' || next[0] > 'z' {
		return false
	}
	word, _, _ := strings.Cut(next, " ")
	// "pre- and post-war"
	return word != "and" && word != "or" && word != "to"
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// decimal prints a number as it is printed before a footnote.
func decimal(n int) string { return strconv.Itoa(n) }
