package discord

import "strconv"

// replaceAction replaces a document by what was previewed, undoAction makes it
// what it was before, if its version is still the one that was shown. Draft has
// the 16 digits of library.Library.KeepDraft. leaveAction does neither.
type (
	replaceAction struct {
		Draft, Document string
		Version         version
	}
	undoAction struct {
		Document string
		Version  version
	}
	leaveAction struct{}
)

// maxReplaceDraft is how long the draft's id of a replaceAction may be.
const maxReplaceDraft = 16

// historyAction shows a page of a document's history, from 0.
type historyAction struct {
	Document string
	Page     int
}

// repasteAction is the form into which a document's new text is pasted.
type repasteAction struct{ Document string }

func (a replaceAction) customID() string {
	return join("replace", a.Draft, a.Document, string(a.Version))
}

func (a undoAction) customID() string    { return join("undo", a.Document, string(a.Version)) }
func (a leaveAction) customID() string   { return join("leave") }
func (a historyAction) customID() string { return join("history", a.Document, strconv.Itoa(a.Page)) }
func (a repasteAction) customID() string { return join("repaste", a.Document) }

// versions reads the actions of this file; nil for another name.
func (f *fieldReader) versions(name string) action {
	switch name {
	case "replace":
		a := replaceAction{f.draft(), f.oneDocument(), f.version()}
		f.bad = f.bad || len(a.Draft) > maxReplaceDraft
		return a
	case "undo":
		return undoAction{f.oneDocument(), f.version()}
	case "leave":
		return leaveAction{}
	case "history":
		return historyAction{f.oneDocument(), f.number()}
	case "repaste":
		return repasteAction{f.oneDocument()}
	}
	return nil
}

// oneDocument is a document's id that has to be there.
func (f *fieldReader) oneDocument() string {
	id := f.document()
	f.bad = f.bad || id == ""
	return id
}
