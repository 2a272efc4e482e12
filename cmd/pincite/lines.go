package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"pincite/internal/fault"
)

// maxLine is how long a line of a --lines command may be, in bytes.
const maxLine = 64 << 20

// eachLine reads JSON strings from in, one a line, and does something with each,
// in order. Lines of white space are passed over.
func eachLine(in io.Reader, do func(text string) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		// A null would be read as an empty string.
		var text *string
		if err := json.Unmarshal(line, &text); err != nil || text == nil {
			return fault.Wrap(fault.Invalid, err, "Line %d of the standard input is no JSON string; write each text as \"…\" on a line of its own.", n)
		}
		if err := do(*text); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return fault.Wrap(fault.TooLarge, err, "Line %d of the standard input is longer than %d MB.", n+1, maxLine>>20)
		}
		return fault.Wrap(fault.Storage, fmt.Errorf("read lines: %w", err), "The standard input could not be read.")
	}
	return nil
}
