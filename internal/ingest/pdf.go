package ingest

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// PDF is the format of pages that are ready to be printed.
const PDF Format = "pdf"

// readPDF reads a PDF by the rules of the package's documentation.
func readPDF(ctx context.Context, in *input) (*draft, error) {
	p, err := findPoppler()
	if err != nil {
		return nil, in.pdfFault(err)
	}
	return in.readPDFWith(ctx, p)
}

// readPDFWith reads a PDF with the given pdftohtml. Where nothing is drawn as
// text, what a scanner's program put behind the pictures is read.
func (in *input) readPDFWith(ctx context.Context, p poppler) (*draft, error) {
	layout, out, err := in.layOutPDF(ctx, p, false)
	if err != nil {
		return nil, err
	}
	if layout.empty() {
		if layout, out, err = in.layOutPDF(ctx, p, true); err != nil {
			return nil, err
		}
		if !layout.empty() {
			in.doubts.add(DoubtLayout, document.Pincite{}, "The pages are pictures whose text a program recognised: compare it with them.")
		}
	}
	if strings.Contains(out.complaints, "Syntax Error") {
		in.doubts.add(DoubtLayout, document.Pincite{}, "The PDF is damaged in places: some of its text may be missing.")
	}
	return in.pdfDraft(ctx, layout)
}

// layOutPDF runs pdftohtml and parses what it wrote.
func (in *input) layOutPDF(ctx context.Context, p poppler, hidden bool) (*pdfLayout, laidOut, error) {
	out, err := p.layOut(ctx, in.source.Bytes, hidden)
	if err != nil {
		if ctx.Err() != nil {
			return nil, out, ctx.Err()
		}
		return nil, out, in.pdfFault(err)
	}
	layout, err := parsePDF(ctx, string(out.xml))
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, out, ctx.Err()
	case err != nil:
		return nil, out, in.pdfFault(err)
	case len(layout.pages) > pdfPages:
		return nil, out, fault.New(fault.TooLarge, "%s has more than %d pages: split it into parts.", in.name, pdfPages)
	}
	return layout, out, nil
}

// empty reports whether no page has text.
func (d *pdfLayout) empty() bool {
	return !slices.ContainsFunc(d.pages, func(p pdfPage) bool { return len(p.frags) > 0 })
}

// pdfReader is a PDF on its way from its layout to a draft.
type pdfReader struct {
	*pdfMeasures
	in      *input
	layout  *pdfLayout
	draft   *draft
	regions []*pdfRegion
	words   *pdfWords
	body    []*pdfBlock
	notes   [][]*pdfBlock
	headed  []pdfMark // markers in the title and headings

	// marks and pages of the draft's paragraphs and notes
	ofBody, ofNotes []pdfPlace
}

// pdfPlace is where a paragraph or note came from.
type pdfPlace struct {
	from, to int // pages
	marks    []pdfMark
}

// maxPDFDamage is the share of characters, one in so many, that no font
// explains, from which a text is refused: of a page of such a font, no word
// is right.
const maxPDFDamage = 5

// pdfDraft makes a draft of a layout.
func (in *input) pdfDraft(ctx context.Context, layout *pdfLayout) (*draft, error) {
	r := &pdfReader{in: in, layout: layout, draft: &draft{headed: map[int]bool{}}}
	if layout.empty() {
		return nil, fault.New(fault.Unreadable, "%s holds pictures of pages and no text (a scan): run text recognition (OCR) on it first.", in.name)
	}
	if d := layout.damage; (d.controls+d.replacements)*maxPDFDamage > d.characters {
		return nil, fault.New(fault.Unreadable, "The text of %s cannot be read: its fonts do not say which letters they show.", lowerThe(in.name))
	} else if n := d.controls + d.replacements; n > 0 {
		in.doubts.add(DoubtEncoding, document.Pincite{}, "%s without meaning: its font does not say what it shows.", are(n, "character"))
	}
	r.doubtPages()
	f := layout.stripFurniture()
	f.doubt(in)
	gutters := layout.gutters()
	for i := range layout.pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.regions = append(r.regions, regionsOf(layout.pages[i].frags, i, gutters)...)
	}
	r.dropContents()
	if len(r.regions) == 0 {
		return nil, in.holdsNoText()
	}
	r.pdfMeasures = measurePDF(r.regions)
	r.words = newPDFWords(r.regions)
	for _, region := range r.regions {
		for i := range region.lines {
			r.words.spaceInitial(&region.lines[i])
		}
	}
	if err := r.cut(ctx); err != nil {
		return nil, err
	}
	insetLists(r.body)
	r.findHeads()
	r.findTitle()
	r.findEndnotes()
	if err := r.write(ctx); err != nil {
		return nil, err
	}
	return r.draft, r.link(ctx)
}

// cut parts the notes from the body and cuts both into blocks.
func (r *pdfReader) cut(ctx context.Context) error {
	body, notes := &pdfFlow{pdfMeasures: r.pdfMeasures}, &pdfFlow{pdfMeasures: r.pdfMeasures}
	markNotes(body, r.regions)
	var lines [2][]*pdfLine
	labelled := false
	for _, region := range r.regions {
		for i := range region.lines {
			l := &region.lines[i]
			labelled = labelled || l.note && l.label != ""
			if !labelled {
				l.note = false // what no label opens is no note
			}
			if l.note {
				lines[1] = append(lines[1], l)
			} else {
				l.unlabel()
				lines[0] = append(lines[0], l)
			}
		}
	}
	if len(lines[0]) == 0 {
		// Notes to no text are the text.
		lines[0], lines[1] = lines[1], nil
		for _, l := range lines[0] {
			l.note = false
			l.unlabel()
		}
	}
	r.body = body.run(lines[0])
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, b := range notes.run(lines[1]) {
		if b.label != "" {
			r.notes = append(r.notes, []*pdfBlock{b})
		} else if n := len(r.notes); n > 0 {
			r.notes[n-1] = append(r.notes[n-1], b)
		}
	}
	return ctx.Err()
}

// unlabel puts a raised sign at the beginning of a line of the body back into
// its text, as a marker.
func (l *pdfLine) unlabel() {
	if l.label == "" {
		return
	}
	s := "[" + l.label + "]"
	l.prefix(s, 0)
	l.marks = slices.Insert(l.marks, 0, pdfMark{start: 0, end: len(s), label: l.label, page: l.page})
	l.label, l.indent = "", l.x0
}

// findEndnotes takes notes off the end of the body, where it has markers that
// call none at the pages' feet.
func (r *pdfReader) findEndnotes() {
	called := map[string]bool{}
	for _, b := range r.body {
		for _, l := range b.lines {
			for _, m := range l.marks {
				called[m.label] = true
			}
		}
	}
	for _, n := range r.notes {
		delete(called, n[0].label)
	}
	body, notes := endnotes(r.body, called)
	r.body, r.notes = body, append(r.notes, notes...)
}

// write joins the lines of the blocks into the draft's texts.
func (r *pdfReader) write(ctx context.Context) error {
	section := ""
	for i, b := range r.body {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		j := &pdfJoiner{words: r.words}
		for k, l := range b.lines {
			if k == 0 {
				l = b.withoutSign()
			}
			j.add(l)
		}
		text, marks := j.trimmed()
		switch {
		case b.head:
			section = withoutMarks(text, marks)
			r.headed = append(r.headed, marks...)
		case text != "":
			if len(r.draft.paragraphs) >= r.in.limits.Passages {
				return r.in.tooManyPassages()
			}
			r.draft.paragraphs = append(r.draft.paragraphs, block{section: section, text: text})
			r.ofBody = append(r.ofBody, pdfPlace{b.first().page, b.last().page, marks})
		}
	}
	for i, note := range r.notes {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var text strings.Builder
		place := pdfPlace{from: note[0].first().page, to: note[len(note)-1].last().page}
		for _, b := range note {
			j := &pdfJoiner{words: r.words}
			for _, l := range b.lines {
				j.add(l)
			}
			s, marks := j.trimmed()
			s = trimArrow(s)
			if text.Len() > 0 && s != "" {
				text.WriteByte('\n')
			}
			for _, m := range marks {
				if m.end <= len(s) {
					place.marks = append(place.marks, pdfMark{m.start + text.Len(), m.end + text.Len(), m.label, m.page})
				}
			}
			text.WriteString(s)
		}
		if text.Len() == 0 {
			continue
		}
		r.draft.notes = append(r.draft.notes, block{label: note[0].label, text: text.String()})
		r.ofNotes = append(r.ofNotes, place)
	}
	return nil
}

// withoutSign is a block's first line without the sign of its list item: a
// bullet always; a number or letter where the item is set in or hangs, as a
// program sets lists. What is typed as part of a text stays.
func (b *pdfBlock) withoutSign() *pdfLine {
	l := *b.first()
	switch b.item.style {
	case none:
		return &l
	case signed:
	case letteredIn, romanIn:
		if !b.hangs() {
			return &l
		}
	default:
		if !b.inset {
			return &l
		}
	}
	l.marks = slices.Clone(l.marks)
	l.cutPrefix(len(l.text) - len(b.item.rest))
	return &l
}

// hangs reports whether a block's second line begins right of its first.
func (b *pdfBlock) hangs() bool {
	return len(b.lines) > 1 && b.lines[1].region == b.first().region && b.lines[1].x0-b.first().x0 > em(b.first())
}

// insetLists makes items that stand in one list alike: where one is set in or
// hangs, a program has set them all.
func insetLists(blocks []*pdfBlock) {
	for i := 0; i < len(blocks); {
		end, inset := i, false
		for ; end < len(blocks) && blocks[end].item.style == blocks[i].item.style; end++ {
			inset = inset || blocks[end].inset || blocks[end].hangs()
		}
		for ; i < end; i++ {
			blocks[i].inset = inset
		}
	}
}

// trimmed is the text without white space at its ends, and its markers.
func (j *pdfJoiner) trimmed() (string, []pdfMark) {
	s := string(j.text)
	lead := len(s) - len(strings.TrimLeft(s, " "))
	s = strings.TrimSpace(s)
	marks := j.marks[:0]
	for _, m := range j.marks {
		m.start, m.end = m.start-lead, m.end-lead
		if m.start >= 0 && m.end <= len(s) {
			marks = append(marks, m)
		}
	}
	return s, marks
}

// withoutMarks is a heading's text without its markers.
func withoutMarks(s string, marks []pdfMark) string {
	for i := len(marks) - 1; i >= 0; i-- {
		s = s[:marks[i].start] + s[marks[i].end:]
	}
	return strings.TrimSpace(s)
}

// fewWords is how many words a page has that is no page of text: a plate, a
// blank or a scan among others. A page of a report has 300 and more.
const fewWords = 12

// doubtPages reports pages without text, or with hardly any.
func (r *pdfReader) doubtPages() {
	var empty []string
	for i, p := range r.layout.pages {
		n := 0
		for _, f := range p.frags {
			n += len(strings.Fields(f.text))
		}
		if n < fewWords && (i+1 < len(r.layout.pages) || n == 0) {
			empty = append(empty, decimal(i+1))
		}
	}
	switch n := len(empty); {
	case n == 0:
	case n <= 8:
		r.in.doubts.add(DoubtLayout, document.Pincite{}, "Hardly any words on page %s of %d: is a picture there?", strings.Join(empty, ", "), len(r.layout.pages))
	default:
		r.in.doubts.add(DoubtLayout, document.Pincite{}, "Hardly any words on %d of %d pages: are they pictures?", n, len(r.layout.pages))
	}
}

// doubt reports words that were left out because they repeat from page to
// page.
func (f pdfFurniture) doubt(in *input) {
	for i, s := range f.heads {
		if i == 6 {
			in.doubts.add(DoubtLayout, document.Pincite{}, "%d more lines repeat from page to page and were left out.", len(f.heads)-i)
			return
		}
		in.doubts.add(DoubtLayout, document.Pincite{}, "“%s” repeats from page to page and was left out.", shorten(s, 100))
	}
}

// leader matches a line of a table of contents: dots up to a page's number.
var leader = regexp.MustCompile(`(\. ?){4,}\s*([0-9]{1,4}|[ivxlc]{1,7})$`)

// dropContents leaves tables of contents out: three lines or more in a region
// that dots lead to a page number.
func (r *pdfReader) dropContents() {
	for _, region := range r.regions {
		n := 0
		for i := range region.lines {
			if leader.MatchString(region.lines[i].text) {
				n++
			}
		}
		if n < 3 {
			continue
		}
		region.lines = slices.DeleteFunc(region.lines, func(l pdfLine) bool { return leader.MatchString(l.text) })
		r.in.doubts.add(DoubtLayout, document.Pincite{}, "A table of contents (page %d, %d lines) was left out.", region.page+1, n)
	}
	r.regions = slices.DeleteFunc(r.regions, func(g *pdfRegion) bool { return len(g.lines) == 0 })
}
