package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are the verbs of the scripts beyond testscript's own.
func scriptCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"status":   cmdStatus,
		"json":     cmdJSON,
		"keys":     cmdKeys,
		"sameText": cmdSameText,
		"bytes":    cmdBytes,
		"capture":  cmdCapture,
		"long":     cmdLong,
		"damage":   cmdDamage,
		"readonly": cmdReadOnly,
		"tmpfs":    cmdTmpfs,
	}
}

// condition knows [mount]: a small or read-only file system can be mounted,
// and [root], whom permissions do not stop.
func condition(name string) (bool, error) {
	switch name {
	case "mount":
		return canMount(), nil
	case "root":
		return os.Geteuid() == 0, nil
	}
	return false, fmt.Errorf("no condition %q", name)
}

// cmdCapture sets a variable to what a regular expression finds in a file, such
// as stdout: capture NAME FILE REGEXP.
func cmdCapture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: capture name file regexp")
	}
	found := regexp.MustCompile(args[2]).FindString(ts.ReadFile(args[1]))
	if found == "" {
		ts.Fatalf("%s has no %s", args[1], args[2])
	}
	ts.Setenv(args[0], found)
}

// cmdStatus runs a command that must exit with a status: status N command….
func cmdStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
	// Whatever went wrong is said in one line, and only then.
	said := ts.ReadFile("stderr")
	if (want == statusDone || want == statusNone) && strings.Contains(said, "pincite: ") && !strings.Contains(said, "warning: ") {
		ts.Fatalf("an error is said, and the status is %d", got)
	}
	if want == statusUsage && args[1] != "pincite-tty" && strings.Count(said, "\n") != 1 {
		ts.Fatalf("not one line on standard error")
	}
}

// cmdJSON compares a value: json FILE PATH WANT, where PATH is like
// passages.0.id or passages.len for a length, and WANT the value as JSON, or as
// it is where it is a string.
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: json file path want")
	}
	value := lookUp(ts, args[0], args[1])
	got, isString := value.(string)
	if !isString {
		encoded, err := json.Marshal(value)
		ts.Check(err)
		got = string(encoded)
	}
	if (got == args[2]) == neg {
		ts.Fatalf("%s is %s", args[1], got)
	}
}

// cmdKeys compares the names in an object, in any order: keys FILE PATH NAME….
func cmdKeys(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: keys file path name...")
	}
	object, ok := lookUp(ts, args[0], args[1]).(map[string]any)
	if !ok {
		ts.Fatalf("%s is no object", args[1])
	}
	var got []string
	for name := range object {
		got = append(got, name)
	}
	slices.Sort(got)
	want := slices.Sorted(slices.Values(args[2:]))
	if !slices.Equal(got, want) {
		ts.Fatalf("%s has %q, want %q", args[1], got, want)
	}
}

// lookUp reads a value of a file of JSON; "." is the whole of it.
func lookUp(ts *testscript.TestScript, file, path string) any {
	text := ts.ReadFile(file)
	if strings.Count(strings.TrimRight(text, "\n"), "\n") > 0 {
		ts.Fatalf("%s is not on one line", file)
	}
	var value any
	ts.Check(json.Unmarshal([]byte(text), &value))
	if path == "." {
		return value
	}
	for step := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			next, ok := v[step]
			if !ok {
				ts.Fatalf("%s: there is no %s", path, step)
			}
			value = next
		case []any:
			if step == "len" {
				value = len(v)
				continue
			}
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(v) {
				ts.Fatalf("%s: there is no %s of %d", path, step, len(v))
			}
			value = v[i]
		default:
			ts.Fatalf("%s: nothing below %s", path, step)
		}
	}
	return value
}

// cmdSameText compares a string of JSON, byte for byte, with a line of a file:
// sameText FILE PATH TEXTFILE LINE, lines counted from 1.
func cmdSameText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: sameText file path textfile line")
	}
	n, err := strconv.Atoi(args[3])
	ts.Check(err)
	lines := strings.Split(ts.ReadFile(args[2]), "\n")
	if n < 1 || n > len(lines) {
		ts.Fatalf("%s has %d lines", args[2], len(lines))
	}
	if got := lookUp(ts, args[0], args[1]); got != lines[n-1] {
		ts.Fatalf("%s is not line %d of %s: %q", args[1], n, args[2], got)
	}
}

// cmdBytes writes a file of a Go string's escapes: bytes FILE 'caf\xe9'.
func cmdBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes file escapes")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// cmdLong writes a text of N paragraphs, each with a word of its own: long
// FILE N. It is long enough for its index to be kept on disk from 500 on.
func cmdLong(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: long file paragraphs")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	var b strings.Builder
	b.WriteString("# A Long Register\n\n")
	for i := range n {
		fmt.Fprintf(&b, "Entry %d of the register names the vessel lot%dx and its berth for the season.\n\n", i+1, i+1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}

// cmdDamage changes a byte in the middle of every file below a folder.
func cmdDamage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: damage folder")
	}
	names, err := files(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(names) == 0 {
		ts.Fatalf("nothing to damage")
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		ts.Check(err)
		if len(data) > 0 {
			data[len(data)/2] ^= 0xff
		}
		ts.Check(os.Chmod(name, 0o600))
		ts.Check(os.WriteFile(name, data, 0o600))
	}
}

// cmdReadOnly makes a folder read-only, also for root: readonly FOLDER.
func cmdReadOnly(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: readonly folder")
	}
	dir := ts.MkAbs(args[0])
	if os.Geteuid() == 0 {
		release, err := mountReadOnly(dir)
		ts.Check(err)
		ts.Defer(release)
		return
	}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	ts.Check(err)
	for _, name := range append(names, dir) {
		ts.Check(os.Chmod(name, 0o500))
		ts.Defer(func() { os.Chmod(name, 0o700) }) //nolint:errcheck // for the removal of the folder
	}
}

// cmdTmpfs mounts an empty file system of a size on a folder: tmpfs FOLDER
// SIZE.
func cmdTmpfs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tmpfs folder size")
	}
	release, err := mountSmall(ts.MkAbs(args[0]), args[1])
	ts.Check(err)
	ts.Defer(release)
}
