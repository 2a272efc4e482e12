package ingest

import (
	"context"
	"slices"
	"strings"

	"pincite/internal/document"
)

// flow is a document of pieces on its way to a draft.
type flow struct {
	in     *input
	pieces []piece
	notes  []pendingNote // in the order of the source
	byKey  map[string]int
	// meta is what the file says about itself; what is printed at the head of
	// the text counts more.
	meta metadata

	draft   *draft
	numbers []int // of each note, from 1; 0 before its first call
	order   []int // notes in the order of their first calls
	marked  int   // notes among them that print a mark of their own
	// ordinals and openings are as for Markdown.
	ordinals map[int]int
	openings []int
}

// pendingNote is a note before it has a number.
type pendingNote struct {
	text  string
	refs  []ref
	label string // as printed; set when it is numbered
	// gone notes are called by deleted text only.
	gone bool
}

// note adds a note under its key; the first of a key counts.
func (f *flow) note(key string, p piece) {
	if f.byKey == nil {
		f.byKey = map[string]int{}
	}
	if _, twice := f.byKey[key]; twice {
		return
	}
	f.byKey[key] = len(f.notes)
	f.notes = append(f.notes, pendingNote{text: p.text, refs: p.refs})
}

// fill gives a note that was added before its text.
func (f *flow) fill(key string, p piece) {
	n := &f.notes[f.byKey[key]]
	n.text, n.refs = p.text, p.refs
}

// add appends a piece, unless it is empty or furniture.
func (f *flow) add(p piece) error {
	if p.empty() || p.role == roleSkip {
		return nil
	}
	// Headings and titles are pieces, too; they are bounded by maxElements.
	if p.role == roleBody && len(f.pieces) > 2*f.in.limits.Passages {
		return f.in.tooManyPassages()
	}
	f.pieces = append(f.pieces, p)
	return nil
}

// finish makes the draft: it takes the title and credits off the head, joins
// what is one passage, numbers the notes and prints their calls.
func (f *flow) finish(ctx context.Context) (*draft, error) {
	f.draft = &draft{headed: map[int]bool{}}
	f.numbers = make([]int, len(f.notes))
	f.ordinals = map[int]int{}
	f.number()
	f.head()
	f.headings()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.join()
	section := ""
	for i := range f.pieces {
		p := &f.pieces[i]
		switch {
		case p.role == roleHeading:
			f.unprinted(p)
			if p.text != "" {
				section = oneLine(p.text)
				if notesHeading(section) {
					f.openings = append(f.openings, len(f.draft.paragraphs))
				}
			}
		case len(p.refs) == 0 && isRule(p.text):
			f.openings = append(f.openings, len(f.draft.paragraphs))
		default:
			f.paragraph(p, section)
		}
	}
	f.draft.meta = f.meta
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(f.order) == 0 {
		m := markdown{ctx: ctx, in: f.in, draft: f.draft, ordinals: f.ordinals, openings: f.openings}
		return f.draft, m.plainNotes()
	}
	return f.draft, f.printNotes(ctx)
}

// paragraph prints a piece as a passage.
func (f *flow) paragraph(p *piece, section string) {
	at := paragraph(len(f.draft.paragraphs) + 1)
	text, calls := f.print(p.text, p.refs, at)
	if text == "" {
		return
	}
	if p.ordinal > 0 {
		f.ordinals[len(f.draft.paragraphs)] = p.ordinal
	}
	f.draft.paragraphs = append(f.draft.paragraphs, block{section: section, text: text, calls: calls})
}

// print writes each call as "[n]", or the mark that the source prints in
// brackets. A call without a note prints nothing, with a doubt.
func (f *flow) print(text string, refs []ref, at document.Pincite) (string, []call) {
	out := flat{buf: make([]byte, 0, len(text)+8*len(refs))}
	last := 0
	for _, r := range refs {
		out.buf = append(out.buf, text[last:r.at]...)
		last = r.at
		i, ok := f.byKey[r.note]
		if !ok || f.numbers[i] == 0 {
			f.in.doubts.add(DoubtMarker, at, "A marker in %s calls a footnote that is empty or not there.", at)
			if strings.HasSuffix(string(out.buf[max(0, len(out.buf)-1):]), " ") && strings.HasPrefix(text[last:], " ") {
				last++
			}
			continue
		}
		start := len(out.buf)
		out.buf = append(append(append(out.buf, '['), f.notes[i].label...), ']')
		out.calls = append(out.calls, call{start: start, end: len(out.buf), note: f.numbers[i] - 1})
	}
	out.buf = append(out.buf, text[last:]...)
	s, calls := out.trimmed()
	m := markdown{in: f.in}
	m.doubtMarkers(&flat{calls: calls}, s, at)
	return s, calls
}

// printNotes prints the notes in the order of their numbers.
func (f *flow) printNotes(ctx context.Context) error {
	for n, i := range f.order {
		if err := ctx.Err(); err != nil {
			return err
		}
		note := &f.notes[i]
		text, calls := f.print(note.text, note.refs, footnote(n+1))
		f.draft.notes = append(f.draft.notes, block{label: note.label, text: text, calls: calls})
	}
	return nil
}

// number numbers the notes in the order of their first calls: those of the
// text, then those that notes call, then those that nothing calls. Notes
// without text get none: they cannot be passages.
func (f *flow) number() {
	drained := 0
	visit := func(refs []ref) {
		for _, r := range refs {
			i, ok := f.byKey[r.note]
			if !ok || f.numbers[i] > 0 || f.blank(i) {
				continue
			}
			f.take(i, r.mark)
		}
	}
	drain := func() {
		for ; drained < len(f.order); drained++ {
			visit(f.notes[f.order[drained]].refs)
		}
	}
	for i := range f.pieces {
		visit(f.pieces[i].refs)
		drain()
	}
	for i := range f.notes {
		if f.numbers[i] == 0 && !f.notes[i].gone && !f.blank(i) {
			f.take(i, "")
			drain()
		}
	}
}

// blank reports a note that prints no text of its own.
func (f *flow) blank(i int) bool { return strings.TrimSpace(f.notes[i].text) == "" }

// take gives a note the next number. Its label is its mark, else what a word
// processor counts: the notes that have no mark.
func (f *flow) take(i int, mark string) {
	f.order = append(f.order, i)
	f.numbers[i] = len(f.order)
	n := &f.notes[i]
	if n.label = markLabel(mark); n.label == "" {
		n.label = decimal(len(f.order) - f.marked)
		return
	}
	f.marked++
	// The note begins with its own mark.
	for _, own := range []string{strings.TrimSpace(mark), n.label, "[" + n.label + "]"} {
		rest, ok := strings.CutPrefix(n.text, own)
		if ok && strings.TrimSpace(rest) != "" && (len(n.refs) == 0 || n.refs[0].at >= len(own)) {
			cut := len(n.text) - len(rest)
			for k := range n.refs {
				n.refs[k].at -= cut
			}
			n.text = rest
			return
		}
	}
}

// maxMark bounds a mark that a source prints for a note, in characters: "***"
// or "xviii".
const maxMark = 8

// markLabel is a mark without brackets, with its superscripts as figures;
// empty where it is none.
func markLabel(mark string) string {
	mark = strings.Trim(oneLine(mark), "[]() ")
	if label, end := superscripts(mark); end == len(mark) && label != "" {
		mark = label
	}
	if len([]rune(mark)) > maxMark || strings.ContainsAny(mark, "[] ") {
		return ""
	}
	return mark
}

// unprinted notes which notes a title or heading calls.
func (f *flow) unprinted(p *piece) {
	for _, r := range p.refs {
		if i, ok := f.byKey[r.note]; ok && f.numbers[i] > 0 {
			f.draft.headed[f.numbers[i]-1] = true
		}
	}
}

// join makes one piece of those that are one passage: neighbouring quotes,
// and an item with what goes on with it.
func (f *flow) join() {
	joined := f.pieces[:0]
	for i := 0; i < len(f.pieces); {
		k := i + 1
		switch f.pieces[i].role {
		case roleQuote:
			for k < len(f.pieces) && f.pieces[k].role == roleQuote {
				k++
			}
		case roleItem:
			for k < len(f.pieces) && f.pieces[k].role == roleMore {
				k++
			}
		}
		if k == i+1 {
			joined = append(joined, f.pieces[i])
		} else {
			joined = append(joined, merge(slices.Clone(f.pieces[i:k])))
		}
		i = k
	}
	f.pieces = joined
}
