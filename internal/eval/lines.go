package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"pincite/internal/fault"
)

// eachLine calls yield for the lines of a file that are not blank, with their
// numbers from 1. An error of yield is returned as a [fault.Unreadable] that
// names the line.
func eachLine(folder, name string, yield func(number int, line []byte) error) error {
	f, err := os.Open(filepath.Join(folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(fault.NotFound, err, "The question set has no %s.", name)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	for number := 1; ; number++ {
		line, readErr := r.ReadBytes('\n')
		if readErr != nil && !errors.Is(readErr, io.EOF) {
			return fmt.Errorf("%s:%d: %w", name, number, readErr)
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := yield(number, line); err != nil {
				return fault.Wrap(fault.Unreadable, err, "%s:%d cannot be used: %s.", name, number, err)
			}
		}
		if readErr != nil {
			return nil
		}
	}
}

// eachJSON calls yield for the lines of a file, each of which is a JSON object.
func eachJSON[T any](folder, name string, yield func(number int, value T) error) error {
	return eachLine(folder, name, func(number int, line []byte) error {
		var value T
		if err := json.Unmarshal(line, &value); err != nil {
			return fmt.Errorf("it is not the JSON object that belongs there: %w", err)
		}
		return yield(number, value)
	})
}

// identifier is a JSON string or number, kept as it is written.
type identifier string

// UnmarshalJSON reads a string or a number.
func (id *identifier) UnmarshalJSON(raw []byte) error {
	var s string
	if err := json.Unmarshal(raw, &s); err == nil {
		*id = identifier(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return errors.New("an id is a string or a number")
	}
	*id = identifier(n)
	return nil
}

// register notes the line at which an id stands; an empty or repeated one is
// an error.
func register(lines map[string]int, id identifier, number int) error {
	if id == "" {
		return errors.New("it has no id")
	}
	if first, known := lines[string(id)]; known {
		return fmt.Errorf("its id %q stands in line %d already", string(id), first)
	}
	lines[string(id)] = number
	return nil
}
