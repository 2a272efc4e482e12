package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"pincite/internal/fault"
)

// commands are what can be typed after pincite.
type commands struct {
	settings

	Ask askCommand `cmd:"" help:"Answer a question with the passage that answers it."`
}

// command is one of them, with its arguments read.
type command interface {
	run(context.Context, *app) error
}

// app is what a command works with.
type app struct {
	settings
	stdin  io.Reader
	out    *console
	errors *console // standard error
	getenv func(string) string
	log    *slog.Logger
}

// run does what the arguments say. What it returns is still to be said, except
// errNoAnswer and errReported.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) error {
	a := &app{stdin: stdin, out: newConsole(stdout, getenv), errors: newConsole(stderr, getenv), getenv: getenv}
	c, err := a.parse(args)
	if err != nil || c == nil {
		return err
	}
	a.log = slog.New(slog.DiscardHandler)
	if a.Verbose {
		a.log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	err = c.run(ctx, a)
	if flushed := a.out.flush(); err == nil || errors.Is(err, errNoAnswer) {
		err = cmpErr(flushed, err)
	}
	if err != nil {
		a.log.Error("failed", slog.Any("error", err))
	}
	return err
}

// cmpErr is the first of two errors that is one.
func cmpErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

// parse reads the arguments. No command and no error: the arguments asked for
// help or the version, which was printed.
func (a *app) parse(args []string) (command, error) {
	if len(args) == 0 {
		args = []string{"--help"}
	}
	var line commands
	printed := false
	parser, err := kong.New(&line,
		kong.Name("pincite"),
		kong.Description("Answers questions about legal and policy analyses with the passage that answers, word for word, and its pinpoint citation."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true, WrapUpperBound: maxWidth}),
		kong.ValueFormatter(describe),
		kong.Resolvers(fromEnvironment(a.getenv)),
		kong.Writers(a.out, a.errors),
		kong.Vars{"version": version()},
		kong.Exit(func(int) { printed = true }),
	)
	if err != nil {
		return nil, fmt.Errorf("build parser: %w", err)
	}
	forgetEnvironment(parser)
	parsed, err := parser.Parse(args)
	switch {
	case printed:
		return nil, a.out.flush()
	case err != nil:
		return nil, wrongly(err)
	}
	a.settings = line.settings
	c, ok := parsed.Selected().Target.Addr().Interface().(command)
	if !ok {
		return nil, fmt.Errorf("%s is no command", parsed.Command())
	}
	return c, nil
}

// wrongly turns a parser's complaint into a sentence that says what to do.
func wrongly(err error) error {
	name := "pincite"
	if parse, ok := errors.AsType[*kong.ParseError](err); ok && parse.Context != nil {
		if node := parse.Context.Selected(); node != nil {
			name += " " + node.Name
		}
	}
	complaint := strings.TrimSuffix(err.Error(), ".")
	return fault.Wrap(fault.Invalid, err, "%s; see %s --help.", complaint, name)
}

// version names the build.
func version() string {
	v := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v = info.Main.Version
	}
	return fmt.Sprintf("pincite %s %s %s/%s", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
