package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// draft is a document as a reader found it: what every format's reader
// delivers, before numbers and names are given.
type draft struct {
	meta       metadata
	paragraphs []block
	notes      []block
	// headed are the notes that a title or heading calls, by position in
	// notes: a heading is no passage, so that its marker is lost.
	headed map[int]bool
}

// block is the text of one passage.
type block struct {
	section string
	label   string // of a note, as printed, without brackets
	text    string
	calls   []call
}

// call is a marker: text[start:end] calls the note at position note.
type call struct{ start, end, note int }

// maxHeading bounds a title and a section's name, in characters. Each passage
// carries its section: without a bound a long heading would be stored a
// thousand times.
const maxHeading = 300

// document numbers the passages, names the document, and reports what does
// not fit together. It keeps d's blocks.
func (d *draft) document(in *input) (*document.Document, error) {
	if len(d.paragraphs) == 0 {
		return nil, in.holdsNoText()
	}
	if n := len(d.paragraphs) + len(d.notes); n > in.limits.Passages {
		return nil, in.tooManyPassages()
	}
	doc := &document.Document{
		Authors: d.meta.authors, Date: d.meta.date, Site: d.meta.site,
		URL: d.meta.url, Language: d.meta.language, Note: d.meta.note,
	}
	if doc.URL == "" {
		doc.URL = webAddress(in.source.URL)
	}
	doc.Title, doc.ID = d.names(in)
	doc.Passages = make([]document.Passage, 0, len(d.paragraphs)+len(d.notes))
	called := make([]bool, len(d.notes))
	for i := range d.paragraphs {
		doc.Passages = append(doc.Passages, d.paragraphs[i].passage(document.Paragraph, i+1, called))
	}
	for i := range d.notes {
		p := d.notes[i].passage(document.Footnote, i+1, called)
		p.Section = ""
		doc.Passages = append(doc.Passages, p)
	}
	for i := range doc.Passages {
		if p := &doc.Passages[i]; len(p.Text) > in.limits.PassageBytes {
			return nil, fault.New(fault.TooLarge,
				"%s holds a passage (%s) of %s: part its paragraphs by blank lines.", in.name, p.Pincite(), size(int64(len(p.Text))))
		}
	}
	for i, ok := range called {
		switch {
		case !ok && d.headed[i]:
			in.doubts.add(DoubtNote, footnote(i+1), "Footnote %s is called by a heading only, which is no passage.", d.notes[i].name(i+1))
		case !ok:
			in.doubts.add(DoubtNote, footnote(i+1), "Footnote %s is called by no passage.", d.notes[i].name(i+1))
		}
	}
	if err := doc.Validate(); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "%s could not be brought into passages.", in.name)
	}
	return doc, nil
}

// tooManyPassages is the fault of a source beyond Limits.Passages.
func (in *input) tooManyPassages() error {
	return fault.New(fault.TooLarge, "%s holds more than %d passages: split it into parts.", in.name, in.limits.Passages)
}

// passage numbers a block and marks the notes that it calls.
func (b *block) passage(kind document.Kind, number int, called []bool) document.Passage {
	p := document.Passage{Kind: kind, Number: number, Section: shorten(b.section, maxHeading), Text: b.text}
	if kind == document.Footnote && b.label != decimal(number) {
		p.Label = b.label
	}
	if len(b.calls) > 0 {
		p.Markers = make([]document.Marker, len(b.calls))
	}
	for i, c := range b.calls {
		p.Markers[i] = document.Marker{Start: c.start, End: c.end, Note: c.note + 1}
		called[c.note] = true
	}
	return p
}

// name is how a doubt speaks of a note: by what is printed before it.
func (b *block) name(number int) string {
	if b.label == "" {
		return decimal(number)
	}
	return shorten(b.label, 40)
}

// names gives the title and the id. The title falls back to the file's name
// made readable, then to how the text begins; the id is a slug of the file's
// name, then of the title.
func (d *draft) names(in *input) (title, id string) {
	base := baseName(in.source.Name)
	stem := strings.TrimSuffix(base, path.Ext(base))
	if extensionOf(base) == "" {
		stem = base
	}
	title = shorten(d.meta.title, maxHeading)
	if title == "" {
		title = readable(stem)
	}
	if title == "" {
		title = opening(d.paragraphs[0].text)
	}
	id = document.Slug(stem)
	if id == "" {
		id = document.Slug(title)
	}
	if id == "" {
		// A name in a script that slugs do not write.
		sum := sha256.Sum256([]byte(stem + "\x00" + title))
		id = "document-" + hex.EncodeToString(sum[:4])
	}
	return title, id
}

// readable makes a title of a file's name: "cartel-strikes" is "Cartel
// strikes".
func readable(stem string) string {
	words := strings.FieldsFunc(stem, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	s := strings.Join(words, " ")
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return shorten(string(unicode.ToUpper(r))+s[n:], maxHeading)
}

// opening makes a title of a text's first words, at most eight of them.
func opening(text string) string {
	words := strings.Fields(text[:min(len(text), 4*maxHeading)])
	if len(words) <= 8 && len(text) <= 4*maxHeading {
		return shorten(strings.Join(words, " "), 60)
	}
	return shorten(strings.ToValidUTF8(strings.Join(words[:min(len(words), 8)], " "), ""), 60) + "…"
}

// webAddress returns s where it is an absolute http or https URL, else "".
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil {
		return ""
	}
	return u.String()
}
