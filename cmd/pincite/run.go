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
	"pincite/internal/ingest"
)

// commands are what can be typed after pincite.
type commands struct {
	settings

	Ask     askCommand     `cmd:"" help:"Answer a question with the passage that answers it."`
	Search  searchCommand  `cmd:"" help:"Find passages by keyword."`
	Show    showCommand    `cmd:"" help:"Print a document or a passage, or what add would understand of a file."`
	Add     addCommand     `cmd:"" help:"Add documents."`
	List    listCommand    `cmd:"" help:"List the documents."`
	Remove  removeCommand  `cmd:"" help:"Remove an added document."`
	History historyCommand `cmd:"" help:"Say who added a document's versions, when, and what each changed."`
	Undo    undoCommand    `cmd:"" help:"Make the version before the current one current again."`
	Export  exportCommand  `cmd:"" help:"Write the added documents to one archive, which add reads back."`
	Lexicon lexiconCommand `cmd:"" help:"Show, set or clear the words of your own that questions are expanded with."`
	Verify  verifyCommand  `cmd:"" help:"Say whether a quotation is there, word for word."`
	Cite    citeCommand    `cmd:"" help:"Print the citation of a passage."`

	Authorities authoritiesCommand `cmd:"" help:"List the laws, treaties, cases and orders that the documents name."`
	Citing      citingCommand      `cmd:"" help:"Find the passages that name a law, treaty, case or order."`

	Eval   evalCommand   `cmd:"" help:"Measure quality and speed on a question set."`
	Serve  serveCommand  `cmd:"" help:"Run the Discord bot."`
	Health healthCommand `cmd:"" help:"Say whether the Discord bot is connected."`
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
	stderr io.Writer
	getenv func(string) string
	log    *slog.Logger
	fetch  fetchFunc
}

// run does what the arguments say. What it returns is still to be said, except
// errNoAnswer and errReported.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) error {
	a := &app{stdin: stdin, out: newConsole(stdout, getenv), stderr: stderr, getenv: getenv, fetch: ingest.Fetch}
	c, err := a.parse(args)
	if err != nil || c == nil {
		return err
	}
	a.log = slog.New(slog.DiscardHandler)
	if a.Verbose {
		a.log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	err = c.run(ctx, a)
	if unwritten := a.out.flush(); unwritten != nil && (err == nil || errors.Is(err, errNoAnswer)) {
		err = unwritten
	}
	if err != nil {
		a.log.Error("failed", slog.Any("error", err))
	}
	if err != nil && ctx.Err() != nil && !errors.Is(err, errNoAnswer) {
		// Whatever went wrong then did so because of the signal.
		err = fault.Wrap(fault.Busy, err, "Stopped.")
	}
	return err
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
		kong.ExplicitGroups([]kong.Group{settingsGroup()}),
		kong.Help(printHelp),
		kong.Resolvers(fromEnvironment(a.getenv)),
		kong.Writers(a.out, a.stderr),
		kong.Vars{"version": version(), "styles": styles()},
		kong.Exit(func(int) { printed = true }),
	)
	if err != nil {
		return nil, fmt.Errorf("build parser: %w", err)
	}
	forgetEnvironment(parser)
	args, err = excludedWords(parser.Model.Node, args)
	if err != nil {
		return nil, err
	}
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

// printHelp prints kong's help. To the parser every argument is optional,
// because the commands have better words for a missing one; to people it is
// not.
func printHelp(options kong.HelpOptions, parsed *kong.Context) error {
	if node := parsed.Selected(); node != nil {
		for _, argument := range node.Positional {
			argument.Required, argument.Tag.Optional = true, false
		}
	}
	return kong.DefaultHelpPrinter(options, parsed)
}

// wrongly turns a parser's complaint into a sentence that says what to do.
func wrongly(err error) error {
	complaint, name := err.Error(), "pincite"
	if parse, ok := errors.AsType[*kong.ParseError](err); ok && parse.Context != nil {
		if node := parse.Context.Selected(); node != nil {
			name = node.FullPath()
		} else if word, ok := strings.CutPrefix(complaint, "unexpected argument "); ok {
			complaint = "there is no command " + word
		}
	}
	if flag, _, ok := strings.Cut(complaint, `: expected`); ok && strings.Contains(complaint, `got "EOL"`) {
		complaint = flag + " needs a value behind it"
	}
	complaint = strings.ToUpper(complaint[:1]) + complaint[1:]
	if strings.HasSuffix(complaint, "?") {
		return fault.Wrap(fault.Invalid, err, "%s See %s --help.", complaint, name)
	}
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
