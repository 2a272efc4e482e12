package ingest

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// Format names a kind of source that can be told from its content.
type Format string

// The formats that are read. The table in format.go lists more, which are
// recognised and refused.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
)

// Source is what a document is read from.
type Source struct {
	// Name is the file's name, a path or empty for pasted text. It is the
	// second hint of the format and gives the document its id.
	Name string
	// Bytes is the whole content. It must not change while Read runs, nor
	// after Read gave up because its context ended.
	Bytes []byte
	// MediaType is the declared content type, such as
	// "text/plain; charset=iso-8859-1", or empty.
	MediaType string
	// URL is where the content was fetched, or empty.
	URL string
}

// Limits bound what one source may hold. A zero field stands for its default.
type Limits struct {
	Bytes        int64 // size of the source
	Passages     int   // paragraphs and footnotes together
	PassageBytes int   // size of one passage's text
}

// DefaultLimits are 20 MB, 100,000 passages, and 256 KB for one passage: a
// "paragraph" beyond that is a text whose paragraphs are not parted, and to
// cut it at will would give numbers that nobody can check.
func DefaultLimits() Limits {
	return Limits{Bytes: 20_000_000, Passages: 100_000, PassageBytes: 256 << 10}
}

// orDefault fills the zero fields.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	if l.Passages <= 0 {
		l.Passages = d.Passages
	}
	if l.PassageBytes <= 0 {
		l.PassageBytes = d.PassageBytes
	}
	return l
}

// Reading is a source as it was understood.
type Reading struct {
	// Document passes document.Document.Validate.
	Document *document.Document
	Format   Format
	// Doubts are what a person should look at before the document is added,
	// in the order of the text; at most MaxDoubts.
	Doubts []Doubt
}

// input is a source on its way to a reader.
type input struct {
	name   string // for sentences: the base name, or "The text"
	source Source
	limits Limits
	text   string // decoded and normalised, for textual formats
	doubts *doubts
}

// Read recognises the format of s, by content first and by name second, and
// reads it into a document. Errors are faults: Unreadable for what is not
// text, is of a format that is not read, or holds no text; TooLarge for what
// is beyond l; Busy where ctx ended first. The same source gives the same
// reading, always.
//
// A reader that ctx has abandoned ends soon by itself: it looks at ctx as it
// goes, and what it hands to the Markdown parser is bounded beforehand.
func Read(ctx context.Context, s Source, l Limits) (*Reading, error) {
	in := &input{name: label(s), source: s, limits: l.orDefault(), doubts: &doubts{}}
	if err := ctx.Err(); err != nil {
		return nil, in.stopped(err)
	}
	if int64(len(s.Bytes)) > in.limits.Bytes {
		return nil, tooLarge(in.name, in.limits.Bytes)
	}
	type outcome struct {
		reading *Reading
		err     error
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		// Parsers meet what strangers send: a panic in one must cost that
		// source alone.
		defer func() {
			if r := recover(); r != nil {
				o.reading, o.err = nil, fault.Wrap(fault.Unreadable, fmt.Errorf("panic: %v\n%s", r, debug.Stack()),
					"%s cannot be read: something in it is damaged. Give it as plain text instead.", in.name)
			}
			done <- o
		}()
		o.reading, o.err = in.read(ctx)
	}()
	select {
	case o := <-done:
		return o.reading, o.err
	case <-ctx.Done():
		return nil, in.stopped(ctx.Err())
	}
}

// read does Read's work, in Read's goroutine.
func (in *input) read(ctx context.Context) (*Reading, error) {
	f, err := in.recognise()
	if err != nil {
		return nil, err
	}
	d, err := f.read(ctx, in)
	if err != nil {
		if ctxErr := ctx.Err(); ctxErr != nil && errors.Is(err, ctxErr) {
			return nil, in.stopped(err)
		}
		return nil, err
	}
	doc, err := d.document(in)
	if err != nil {
		return nil, err
	}
	return &Reading{Document: doc, Format: f.format, Doubts: in.doubts.all()}, nil
}

// stopped is the fault of a reading that ran out of time.
func (in *input) stopped(err error) error {
	if errors.Is(err, context.Canceled) {
		return fault.Wrap(fault.Busy, err, "Reading %s was cancelled.", lowerThe(in.name))
	}
	return fault.Wrap(fault.Busy, err, "Reading %s took too long and was stopped; try a smaller document.", lowerThe(in.name))
}

// tooLarge is the fault of a source beyond limit bytes.
func tooLarge(name string, limit int64) error {
	return fault.New(fault.TooLarge, "%s is larger than the %s that a document may have: split it into parts.", name, size(limit))
}

// holdsNoText is the fault of a source without a single paragraph.
func (in *input) holdsNoText() error {
	return fault.New(fault.Unreadable, "%s holds no text.", in.name)
}

// size prints a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1_000_000 && n%1_000_000 == 0:
		return fmt.Sprintf("%d MB", n/1_000_000)
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%d KB", n/1000)
	}
	return fmt.Sprintf("%d bytes", n)
}

// maxLabel bounds a file's name in a sentence, in characters.
const maxLabel = 80

// label names a source in a sentence, at its beginning. A hostile name is
// kept to one short line.
func label(s Source) string {
	name := baseName(s.Name)
	if name == "" {
		if s.URL != "" {
			return "The page"
		}
		return "The text"
	}
	return shorten(name, maxLabel)
}

// lowerThe fits a label into the middle of a sentence.
func lowerThe(label string) string {
	if label == "The page" || label == "The text" {
		return "t" + label[1:]
	}
	return label
}

// baseName is the last element of a path of either kind of slash, on one
// line, without control characters.
func baseName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || dropped(r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSpace(name)
	if name == "" {
		return ""
	}
	name = path.Base(name)
	if name == "/" || name == "." || name == ".." {
		return ""
	}
	return name
}

// shorten cuts s to n characters, the last of them "…" where it was longer.
func shorten(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := 0
	for i := range s {
		if runes == n-1 {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
		runes++
	}
	return s
}
