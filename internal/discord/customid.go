package discord

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"pincite/internal/document"
	"pincite/internal/library"
	"pincite/internal/words"
)

// maxCustomID is how many characters a custom_id may have. Those below are of
// ASCII alone.
const maxCustomID = 100

// idVersion begins every custom_id. A later program reads the earlier
// versions, for buttons stay in channels for ever.
const idVersion = "1"

// errUnknownAction is in the chain of the error for a custom_id that this
// program did not write, or that a later one did.
var errUnknownAction = errors.New("no action of this program")

// action is what a button or a form does: all that it needs, since it may be
// pressed after a restart, years later.
type action interface {
	// customID is the action as a button carries it, at most maxCustomID
	// characters where its fields are as their comments say.
	customID() string
}

// version names a version of a document: the first eight hexadecimal digits of
// its hash. It is empty where it does not matter.
type version string

func versionOf(e library.Entry) version { return version(e.Hash[:min(len(e.Hash), versionDigits)]) }

const versionDigits = 8

// contextAction shows a passage between its neighbours.
type contextAction struct {
	Ref     document.Ref
	Version version // of which the button was made
	// Evidence is what is bold; the zero span for nothing. It holds for
	// Version only.
	Evidence words.Span
}

// citeAction shows every citation of a passage.
type citeAction struct {
	Ref      document.Ref
	Version  version
	Evidence words.Span // what is quoted above the citations; as in contextAction
}

// readAction shows a passage with its footnotes.
type readAction struct{ Ref document.Ref }

// moreAction shows the passages of the answer in the message from Offset on.
type moreAction struct {
	Offset   int
	Document string // the only document to look in, or empty
}

// nearestAction shows the nearest passages to a question without an answer.
type nearestAction struct {
	Document string // the only document to look in, or empty
}

// searchPageAction shows the results of the search in the message from Offset on.
type searchPageAction struct{ Offset int }

// authoritiesPageAction shows the table of authorities from a row on.
type authoritiesPageAction struct {
	Offset   int
	Document string // the only document that it is of, or empty
}

// citingPageAction shows the passages that name the authority in the message
// from Offset on.
type citingPageAction struct{ Offset int }

// corpusPageAction shows the list of documents from Offset on.
type corpusPageAction struct{ Offset int }

// corpusAddAction adds what was previewed, corpusCancelAction drops it. Draft
// is made of letters, figures, - and _, at most maxDraft.
type (
	corpusAddAction    struct{ Draft string }
	corpusCancelAction struct{ Draft string }
)

const maxDraft = 64

// fixTitleAction opens the form in which the title of what was previewed is
// corrected, and is that form. Draft is as above.
type fixTitleAction struct{ Draft string }

// corpusRemoveAction removes a document that was asked about, if its version
// is still that one. corpusKeepAction does not.
type (
	corpusRemoveAction struct {
		Document string
		Version  version
	}
	corpusKeepAction struct{}
)

// pasteAction is the form into which a document is pasted.
type pasteAction struct{}

// pasteInput and pasteTitleInput name the form's two inputs.
const (
	pasteInput      = "text"
	pasteTitleInput = "title"
)

func (a contextAction) customID() string {
	return join("context", a.Ref.String(), string(a.Version), spanField(a.Evidence))
}

func (a citeAction) customID() string {
	return join("cite", a.Ref.String(), string(a.Version), spanField(a.Evidence))
}

func (a authoritiesPageAction) customID() string {
	return join("authorities", strconv.Itoa(a.Offset), a.Document)
}

func (a readAction) customID() string         { return join("read", a.Ref.String()) }
func (a moreAction) customID() string         { return join("more", strconv.Itoa(a.Offset), a.Document) }
func (a nearestAction) customID() string      { return join("nearest", a.Document) }
func (a searchPageAction) customID() string   { return join("search", strconv.Itoa(a.Offset)) }
func (a citingPageAction) customID() string   { return join("citing", strconv.Itoa(a.Offset)) }
func (a corpusPageAction) customID() string   { return join("list", strconv.Itoa(a.Offset)) }
func (a corpusAddAction) customID() string    { return join("add", a.Draft) }
func (a corpusCancelAction) customID() string { return join("cancel", a.Draft) }
func (a fixTitleAction) customID() string     { return join("title", a.Draft) }
func (a corpusRemoveAction) customID() string { return join("remove", a.Document, string(a.Version)) }
func (a corpusKeepAction) customID() string   { return join("keep") }
func (a pasteAction) customID() string        { return join("paste") }

// join writes a custom_id. No field holds a colon.
func join(fields ...string) string { return idVersion + ":" + strings.Join(fields, ":") }

// spanField writes a range in base 36, so that the longest custom_id has room
// for it; nothing for the zero span.
func spanField(s words.Span) string {
	if s == (words.Span{}) {
		return ""
	}
	return strconv.FormatInt(int64(s.Start), 36) + "-" + strconv.FormatInt(int64(s.End), 36)
}

// parseAction reads a custom_id. Its error has errUnknownAction in its chain
// for all that customID does not write.
func parseAction(id string) (action, error) {
	fields := fieldReader{rest: strings.Split(id, ":")}
	if v := fields.next(); v != idVersion {
		return nil, fmt.Errorf("custom_id %q of version %q: %w", id, v, errUnknownAction)
	}
	a := fields.action()
	// What does not print as it was read was not written by customID.
	if a == nil || fields.bad || a.customID() != id {
		return nil, fmt.Errorf("custom_id %q: %w", id, errUnknownAction)
	}
	return a, nil
}

// fieldReader reads the fields of a custom_id; bad is set by one that is not
// what it should be.
type fieldReader struct {
	rest []string
	bad  bool
}

func (f *fieldReader) action() action {
	switch name := f.next(); name {
	case "context":
		return contextAction{f.ref(), f.version(), f.span()}
	case "cite":
		return citeAction{f.ref(), f.version(), f.span()}
	case "read":
		return readAction{f.ref()}
	case "more":
		return moreAction{f.number(), f.document()}
	case "nearest":
		return nearestAction{f.document()}
	case "search":
		return searchPageAction{f.number()}
	case "authorities":
		return authoritiesPageAction{f.number(), f.document()}
	case "citing":
		return citingPageAction{f.number()}
	case "list":
		return corpusPageAction{f.number()}
	case "add":
		return corpusAddAction{f.draft()}
	case "cancel":
		return corpusCancelAction{f.draft()}
	case "title":
		return fixTitleAction{f.draft()}
	case "remove":
		a := corpusRemoveAction{f.document(), f.version()}
		f.bad = f.bad || a.Document == ""
		return a
	case "keep":
		return corpusKeepAction{}
	case "paste":
		return pasteAction{}
	default:
		return f.versions(name)
	}
}

func (f *fieldReader) next() string {
	if len(f.rest) == 0 {
		f.bad = true
		return ""
	}
	s := f.rest[0]
	f.rest = f.rest[1:]
	return s
}

func (f *fieldReader) ref() document.Ref {
	ref, err := document.ParseRef(f.next())
	f.bad = f.bad || err != nil
	return ref
}

func (f *fieldReader) document() string {
	id := f.next()
	f.bad = f.bad || id != "" && !document.ValidID(id)
	return id
}

func (f *fieldReader) version() version {
	v := f.next()
	f.bad = f.bad || len(v) > versionDigits || strings.Trim(v, "0123456789abcdef") != ""
	return version(v)
}

func (f *fieldReader) number() int {
	n, err := strconv.Atoi(f.next())
	f.bad = f.bad || err != nil || n < 0
	return n
}

func (f *fieldReader) span() words.Span {
	field := f.next()
	if field == "" {
		return words.Span{}
	}
	start, end, _ := strings.Cut(field, "-")
	a, errStart := strconv.ParseInt(start, 36, 32)
	b, errEnd := strconv.ParseInt(end, 36, 32)
	f.bad = f.bad || errStart != nil || errEnd != nil || a < 0 || b <= a
	return words.Span{Start: int(a), End: int(b)}
}

func (f *fieldReader) draft() string {
	d := f.next()
	f.bad = f.bad || d == "" || len(d) > maxDraft || strings.ContainsFunc(d, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	return d
}
