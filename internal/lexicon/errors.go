package lexicon

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is what is wrong with one line of a lexicon.
type Error struct {
	// Line counts from 1; 0 stands for the text as a whole.
	Line int
	// Text is the line as it was written, cut to 60 characters.
	Text string
	// Reason says what is wrong and how it would be right.
	Reason string

	wrong *wrong // what Reason was printed with, for ReasonIn
}

// ReasonIn is Reason in another language. wording gives the format that stands
// there for an English one, with the same verbs in the same order; where it
// gives none, ReasonIn is Reason.
func (e *Error) ReasonIn(wording func(format string) (string, bool)) string {
	if e.wrong == nil {
		return e.Reason
	}
	format, ok := wording(e.wrong.format)
	if !ok {
		return e.Reason
	}
	return fmt.Sprintf(format, e.wrong.args...)
}

// wrong is what is wrong with an entry, before its line is known.
type wrong struct {
	format string
	args   []any
}

// wrongf makes a reason. Texts in it are cut as lines are.
func wrongf(format string, args ...any) error {
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			args[i] = excerpt(text)
		}
	}
	return &wrong{format: format, args: args}
}

func (w *wrong) Error() string { return fmt.Sprintf(w.format, w.args...) }

// Error names the line, what stands there and what is wrong with it.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Reason
	}
	return fmt.Sprintf("line %d (%s): %s", e.Line, e.Text, e.Reason)
}

// maxErrors is how many errors of one text are told apart; a text of the wrong
// kind has one on every line.
const maxErrors = 20

// ParseError holds the errors of a text in order of their lines, never empty.
type ParseError struct {
	// Name is the name that the text was given.
	Name string
	List []*Error
	// More counts the errors that came after the first 20 and are not listed.
	More int
}

// Error lists all errors, one a line.
func (e *ParseError) Error() string {
	var b strings.Builder
	b.WriteString(e.Name)
	for _, one := range e.List {
		b.WriteString("\n" + one.Error())
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "\nand %d more", e.More)
	}
	return b.String()
}

// Unwrap returns the errors of the lines.
func (e *ParseError) Unwrap() []error {
	list := make([]error, len(e.List))
	for i, one := range e.List {
		list[i] = one
	}
	return list
}

// add notes an error.
func (e *ParseError) add(line int, text string, reason error) {
	if len(e.List) == maxErrors {
		e.More++
		return
	}
	one := &Error{Line: line, Text: excerpt(text), Reason: reason.Error()}
	if w, ok := errors.AsType[*wrong](reason); ok {
		one.wrong = w
	}
	e.List = append(e.List, one)
}

// shownLine is the length to which a line is cut in an error, in characters.
const shownLine = 60

func excerpt(line string) string {
	line = strings.ToValidUTF8(strings.TrimSpace(line), "\uFFFD")
	if utf8.RuneCountInString(line) <= shownLine {
		return line
	}
	return string([]rune(line)[:shownLine-1]) + "…"
}
