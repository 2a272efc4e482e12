// Package document holds what Pincite quotes from: an analysis as numbered
// passages, the markers that call its footnotes, and the pincites that name
// a passage.
//
// A [Document] is a value that nobody changes after it was read. Its passages
// are the paragraphs in reading order, numbered from 1, and after them the
// footnotes, numbered from 1 likewise. A [Marker] is the place in a passage
// that calls a footnote; the edge is stored once, with the passage that
// calls, and answered in both directions by [Document.NotesOf] and
// [Document.NotedBy].
//
// All offsets are byte offsets into Passage.Text, which is valid UTF-8, so
// that text[start:end] is what is quoted.
package document

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kind says which of the two sorts of passage one is.
type Kind string

// The two kinds. Headings are no passages; list items and block quotes are
// paragraphs.
const (
	Paragraph Kind = "paragraph"
	Footnote  Kind = "footnote"
)

// Document is one analysis.
type Document struct {
	// ID is the slug that names the document within a corpus, see [ValidID].
	ID string `json:"id"`
	// Title is never empty; where the source gives none it is made of its name.
	Title string `json:"title"`
	// Authors are in the order of the source, each as printed there.
	Authors []string `json:"authors,omitempty"`
	// Date is the date of publication as far as it is known: 2006, 2006-01 or
	// 2006-01-02; empty where the source gives none.
	Date string `json:"date,omitempty"`
	// Site names the publication that carries the document, where known.
	Site string `json:"site,omitempty"`
	// URL is where the source was published; http or https, or empty.
	URL string `json:"url,omitempty"`
	// Language is a BCP 47 tag, or empty where unknown.
	Language string `json:"language,omitempty"`
	// Note is what a reader must know before quoting, such as that the text
	// restates another; shown at the head of the document.
	Note string `json:"note,omitempty"`
	// Passages are the paragraphs 1…P and then the footnotes 1…F.
	Passages []Passage `json:"passages"`
}

// Passage is the unit that is found and quoted.
type Passage struct {
	Kind   Kind `json:"kind"`
	Number int  `json:"number"`
	// Section is the nearest heading above a paragraph; empty for footnotes
	// and above the first heading.
	Section string `json:"section,omitempty"`
	// Text is what is quoted, markers included as the source prints them.
	Text string `json:"text"`
	// Label is what the source prints before a footnote where that is not its
	// number ("*", "iv", "12" in an excerpt); empty where they agree.
	Label string `json:"label,omitempty"`
	// Markers are the calls of footnotes within Text, in order, disjoint.
	Markers []Marker `json:"markers,omitempty"`
}

// Marker is a place that calls a footnote: the bytes Text[Start:End] of its
// passage, such as "[1]", stand for footnote Note.
type Marker struct {
	Start int `json:"start"`
	End   int `json:"end"`
	Note  int `json:"note"`
}

// Pincite names the passage within its document.
func (p *Passage) Pincite() Pincite { return Pincite{Kind: p.Kind, Number: p.Number} }

// Paragraphs are the passages that are paragraphs, in order.
func (d *Document) Paragraphs() []Passage { return d.Passages[:d.paragraphs()] }

// Footnotes are the passages that are footnotes, in order.
func (d *Document) Footnotes() []Passage { return d.Passages[d.paragraphs():] }

func (d *Document) paragraphs() int {
	return len(d.Passages) - countTail(d.Passages)
}

// countTail counts the footnotes, which stand at the end.
func countTail(passages []Passage) int {
	n := 0
	for n < len(passages) && passages[len(passages)-1-n].Kind == Footnote {
		n++
	}
	return n
}

// Index is the position of a passage in d.Passages.
func (d *Document) Index(at Pincite) (int, bool) {
	i, end := at.Number-1, d.paragraphs()
	if at.Kind == Footnote {
		i, end = i+end, len(d.Passages)
	}
	if at.Number < 1 || i >= end {
		return 0, false
	}
	return i, true
}

// Passage finds a passage by its pincite.
func (d *Document) Passage(at Pincite) (*Passage, bool) {
	i, ok := d.Index(at)
	if !ok {
		return nil, false
	}
	return &d.Passages[i], true
}

// Ref names a passage of d across documents.
func (d *Document) Ref(p *Passage) Ref { return Ref{Document: d.ID, Pincite: p.Pincite()} }

// NotesOf lists the footnotes that a passage calls, in the order of their
// markers, each once.
func (d *Document) NotesOf(p *Passage) []*Passage {
	var notes []*Passage
	for _, m := range p.Markers {
		note, ok := d.Passage(Pincite{Kind: Footnote, Number: m.Note})
		if ok && !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}

// NotedBy lists the passages whose markers call a footnote, in reading order.
func (d *Document) NotedBy(note Pincite) []*Passage {
	if note.Kind != Footnote {
		return nil
	}
	var callers []*Passage
	for i := range d.Passages {
		p := &d.Passages[i]
		if slices.ContainsFunc(p.Markers, func(m Marker) bool { return m.Note == note.Number }) {
			callers = append(callers, p)
		}
	}
	return callers
}

// date accepts the three precisions that Document.Date may have.
var date = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

// Validate reports the first broken rule: a bad id, no title, a date that is
// not one, no passages, numbers that do not run from 1, a footnote before a
// paragraph, text that is empty, padded with white space or not UTF-8, or
// markers out of bounds, out of order or without a footnote. A document that
// passes can be quoted and cited without further checks.
func (d *Document) Validate() error {
	switch {
	case !ValidID(d.ID):
		return fmt.Errorf("document %q: the id is no slug", d.ID)
	case strings.TrimSpace(d.Title) == "":
		return fmt.Errorf("document %s: no title", d.ID)
	case d.Date != "" && !date.MatchString(d.Date):
		return fmt.Errorf("document %s: date %q is not of the form 2006-01-02", d.ID, d.Date)
	case len(d.Paragraphs()) == 0:
		return fmt.Errorf("document %s: no paragraphs", d.ID)
	}
	notes, next := len(d.Footnotes()), map[Kind]int{Paragraph: 1, Footnote: 1}
	for i := range d.Passages {
		p := &d.Passages[i]
		want, known := next[p.Kind]
		if !known || p.Number != want || (p.Kind == Paragraph && next[Footnote] > 1) {
			return fmt.Errorf("document %s: passage %d of kind %q has number %d, not %d", d.ID, i, p.Kind, p.Number, want)
		}
		next[p.Kind]++
		if err := p.validate(notes); err != nil {
			return fmt.Errorf("document %s, %s: %w", d.ID, p.Pincite(), err)
		}
	}
	return nil
}

func (p *Passage) validate(notes int) error {
	if !utf8.ValidString(p.Text) || strings.TrimSpace(p.Text) == "" || strings.TrimSpace(p.Text) != p.Text {
		return errors.New("the text is empty, padded or not UTF-8")
	}
	end := 0
	for _, m := range p.Markers {
		switch {
		case m.Start < end || m.End <= m.Start || m.End > len(p.Text):
			return fmt.Errorf("marker at %d–%d is out of order or bounds", m.Start, m.End)
		case !utf8.RuneStart(p.Text[m.Start]) || (m.End < len(p.Text) && !utf8.RuneStart(p.Text[m.End])):
			return fmt.Errorf("marker at %d–%d cuts a character", m.Start, m.End)
		case m.Note < 1 || m.Note > notes:
			return fmt.Errorf("marker calls footnote %d of %d", m.Note, notes)
		}
		end = m.End
	}
	return nil
}
