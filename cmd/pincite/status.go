package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"pincite/internal/fault"
)

// The exit statuses.
const (
	statusDone   = 0
	statusFailed = 1
	statusUsage  = 2 // used wrongly: the same call can never succeed
	statusNone   = 3 // ask: the corpus holds no answer; verify: not that quotation
)

// Errors that were said already, on standard output or line by line; they
// carry a status and no sentence.
var (
	errNoAnswer = errors.New("the corpus holds no answer, or not that quotation")
	errReported = errors.New("a part failed and was reported")
)

// usage is the error of a command that was used wrongly.
func usage(format string, args ...any) error {
	return fault.New(fault.Invalid, format, args...)
}

// exit says an error on one line and gives the status to exit with.
func exit(stderr io.Writer, err error) int {
	switch {
	case err == nil:
		return statusDone
	case errors.Is(err, errNoAnswer):
		return statusNone
	case errors.Is(err, errReported):
		return statusFailed
	}
	say(stderr, sentence(err))
	if fault.KindOf(err) == fault.Invalid {
		return statusUsage
	}
	return statusFailed
}

// say writes a line to standard error. A terminal never gets control
// characters of a file's name or a question.
func say(stderr io.Writer, line string) {
	fmt.Fprintf(stderr, "pincite: %s\n", strings.Join(strings.Fields(printable(line)), " ")) //nolint:errcheck // the last resort is this writer
}

// sentence is what a person reads of an error.
func sentence(err error) string {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return fault.Sentence(err)
	}
	return "Something went wrong; run the command again with --verbose to see what."
}
