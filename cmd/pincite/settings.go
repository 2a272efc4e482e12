package main

import (
	"encoding"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"
)

// settings is the one table of what can be set for every command: flag,
// environment variable, default and meaning. A flag wins over its variable.
type settings struct {
	Data           string   `group:"settings" env:"PINCITE_DATA" placeholder:"DIR" help:"Folder for added documents and indexes. Default: $$XDG_DATA_HOME/pincite or ~/.local/share/pincite."`
	Corpus         string   `group:"settings" env:"PINCITE_CORPUS" placeholder:"DIR" help:"Folder of the base corpus. Default: the built-in one."`
	Server         string   `group:"settings" placeholder:"ID" help:"Discord server whose documents to use. Default: none; the base corpus and what the command line added."`
	MaxBytes       byteSize `group:"settings" env:"PINCITE_MAX_BYTES" default:"20MB" placeholder:"SIZE" help:"Largest file that is read. Default: ${default}."`
	MaxDocuments   quantity `group:"settings" env:"PINCITE_MAX_DOCUMENTS" default:"1000" placeholder:"NUMBER" help:"Most documents a server may add. Default: ${default}."`
	MaxPassages    quantity `group:"settings" env:"PINCITE_MAX_PASSAGES" default:"200000" placeholder:"NUMBER" help:"Most passages a server's documents may have. Default: ${default}."`
	MaxServerBytes byteSize `group:"settings" env:"PINCITE_MAX_SERVER_BYTES" default:"500MB" placeholder:"SIZE" help:"Most room that a server's documents may take, with their earlier versions. Default: ${default}."`
	JSON           bool     `group:"settings" name:"json" help:"Print JSON for programs."`
	Verbose        bool     `group:"settings" short:"v" help:"Log details to standard error."`

	Version kong.VersionFlag `group:"settings" help:"Print the version."`
}

// settingsGroup is the heading of the settings in the help.
func settingsGroup() kong.Group {
	return kong.Group{Key: "settings", Title: "Settings of every command:"}
}

// byteSize is a number of bytes, written 500000, 500KB, 20MB or 1GB; the
// letters stand for powers of 1000.
type byteSize int64

var (
	_ encoding.TextUnmarshaler = (*byteSize)(nil)
	_ encoding.TextMarshaler   = byteSize(0)
)

// UnmarshalText reads a size of at least one byte.
func (b *byteSize) UnmarshalText(text []byte) error {
	s := strings.ToUpper(strings.TrimSpace(string(text)))
	digits := strings.TrimRightFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	unit, known := map[string]int64{"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9}[strings.TrimSpace(s[len(digits):])]
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || !known || n < 1 || n > 1<<50/unit {
		return fmt.Errorf("%q is no size; write it like 500KB or 20MB", text)
	}
	*b = byteSize(n * unit)
	return nil
}

// MarshalText writes the size as UnmarshalText reads it.
func (b byteSize) MarshalText() ([]byte, error) {
	return strconv.AppendInt(nil, int64(b), 10), nil
}

// quantity is a number of things, at least one.
type quantity int

var (
	_ encoding.TextUnmarshaler = (*quantity)(nil)
	_ encoding.TextMarshaler   = quantity(0)
)

// UnmarshalText reads a number from 1 to a thousand million.
func (q *quantity) UnmarshalText(text []byte) error {
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || n < 1 || n > 1e9 {
		return fmt.Errorf("%q is no number from 1 on", text)
	}
	*q = quantity(n)
	return nil
}

// MarshalText writes the number as UnmarshalText reads it.
func (q quantity) MarshalText() ([]byte, error) {
	return strconv.AppendInt(nil, int64(q), 10), nil
}

// The variables that are not Pincite's own: where a user keeps data, and how
// the terminal wants its text.
const (
	envDataHome = "XDG_DATA_HOME"
	envHome     = "HOME"
	envNoColor  = "NO_COLOR"
	envTerm     = "TERM"
	envColumns  = "COLUMNS"
)

// fromEnvironment resolves what no flag sets. kong by itself would read the
// process's environment and not getenv.
func fromEnvironment(getenv func(string) string) kong.ResolverFunc {
	return func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, name := range flag.Envs {
			if value := getenv(name); value != "" {
				return value, nil
			}
		}
		return nil, nil
	}
}

// forgetEnvironment keeps kong from reading the variables itself; flag.Envs
// still names them.
func forgetEnvironment(parser *kong.Kong) {
	for _, flag := range parser.Model.Flags {
		flag.Tag.Envs = nil
	}
}

// describe is the help of a flag, with the variable that sets it too.
func describe(value *kong.Value) string {
	if value.Flag == nil || len(value.Flag.Envs) == 0 {
		return value.Help
	}
	return value.Help + " Or set " + strings.Join(value.Flag.Envs, ", ") + "."
}
