// Package fault carries an error's two readers: the user, who gets one safe
// sentence that says what to do, and the operator, whose log gets the whole
// chain. A sentence holds nothing that a stranger may not read: no path of the
// machine beyond the one that the user gave, no token, no address.
package fault

import (
	"errors"
	"fmt"
)

// Kind sorts faults by who must act; callers choose an exit status or a reply
// by it.
type Kind int

// The kinds.
const (
	// Internal: nothing that the user did; the default for other errors.
	Internal Kind = iota
	// Invalid: used wrongly; asking again the same way cannot succeed.
	Invalid
	// NotFound: a document, passage or file that is not there.
	NotFound
	// Unreadable: input that is damaged or of a kind that is not read.
	Unreadable
	// TooLarge: input beyond a limit that the operator can set.
	TooLarge
	// Forbidden: the user may not do this.
	Forbidden
	// Busy: another is at it, or the time ran out; later it may succeed.
	Busy
	// Storage: the data folder cannot be written or read.
	Storage
)

// Error is a fault with its sentence. Err, which may be nil, is for the log.
type Error struct {
	Kind     Kind
	Sentence string
	Err      error

	// What Sentence was printed with, for [In].
	format string
	args   []any
}

// New makes a fault that has no deeper cause.
func New(kind Kind, format string, args ...any) error {
	return Wrap(kind, nil, format, args...)
}

// Wrap gives err a sentence for the user and keeps err for the log.
func Wrap(kind Kind, err error, format string, args ...any) error {
	return &Error{Kind: kind, Sentence: fmt.Sprintf(format, args...), Err: err, format: format, args: args}
}

// Error is the operator's text: the sentence and what lies below it.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Sentence
	}
	return e.Sentence + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Sentence is what a user may read of err: the outermost sentence in its
// chain, else one that gives nothing away.
func Sentence(err error) string {
	if f, ok := errors.AsType[*Error](err); ok {
		return f.Sentence
	}
	return Unknown
}

// Unknown is the sentence for an error that has none.
const Unknown = "Something went wrong here; the operator's log says what."

// In is Sentence in another language. wording gives the format that stands
// there for one of New's or Wrap's, with the same verbs in the same order;
// where it gives none, In is Sentence.
func In(err error, wording func(format string) (string, bool)) string {
	f, ok := errors.AsType[*Error](err)
	if !ok {
		f = &Error{Sentence: Unknown, format: Unknown}
	}
	if format, ok := wording(f.format); ok && f.format != "" {
		return fmt.Sprintf(format, f.args...)
	}
	return f.Sentence
}

// KindOf is the kind of the outermost fault in err's chain; Internal where
// there is none.
func KindOf(err error) Kind {
	if f, ok := errors.AsType[*Error](err); ok {
		return f.Kind
	}
	return Internal
}
