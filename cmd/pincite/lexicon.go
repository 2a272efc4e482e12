package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/lexicon"
)

type lexiconCommand struct {
	Show  lexiconShowCommand  `cmd:"" help:"Print the lexicon as it was set."`
	Set   lexiconSetCommand   `cmd:"" help:"Set a lexicon, in the place of the one that is there."`
	Clear lexiconClearCommand `cmd:"" help:"Do without a lexicon of your own; the built-in one stays."`
}

// Help is what is said after the usage.
func (*lexiconCommand) Help() string {
	return "A lexicon says what words of a question are searched for as well. Each line is an entry:\n\n" +
		"  barge, lighter => cargo vessel 0.8, ship\n" +
		"  HMO <=> harbour master's office\n\n" +
		"It counts beside the built-in one, for the documents of one server or of the command line alone. The README describes the format."
}

type lexiconShowCommand struct{}

func (*lexiconShowCommand) run(ctx context.Context, a *app) (err error) {
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	own, err := s.Lexicon(ctx, s.who)
	if err != nil {
		return err
	}
	if own == nil {
		return fault.New(fault.NotFound, "There is no lexicon of your own here; set one with pincite lexicon set FILE.")
	}
	if a.JSON {
		return a.out.json(lexiconJSON{Entries: own.Entries, Text: own.Text})
	}
	if !a.out.terminal {
		_, err = io.WriteString(a.out, own.Text)
		return err
	}
	a.out.text("", plain, own.Text)
	return nil
}

type lexiconSetCommand struct {
	File string `arg:"" optional:"" help:"The lexicon, a plain text; - reads standard input."`
}

func (c *lexiconSetCommand) run(ctx context.Context, a *app) (err error) {
	if c.File == "" {
		return usage("No file was named; write its path behind the command: pincite lexicon set words.txt.")
	}
	if err := a.requireDataFolder(); err != nil {
		return err
	}
	name, text, err := a.readLexicon(c.File)
	if err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	entries, err := s.SetLexicon(ctx, s.who, name, text)
	if err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(lexiconJSON{Entries: entries, Text: text})
	}
	a.out.text("", plain, "lexicon set: "+count(entries, "entry", "entries"))
	return nil
}

// readLexicon reads the text of a lexicon. Of one that is too large it reads so
// much that it is seen to be.
func (a *app) readLexicon(path string) (name, text string, err error) {
	in, name := a.stdin, "standard input"
	if path != "-" {
		name = filepath.Base(path)
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return "", "", fault.Wrap(fault.NotFound, err, "There is no file %s: check the spelling and the folder.", path)
		}
		if err != nil {
			return "", "", fault.Wrap(fault.Unreadable, err, "%s cannot be opened: check its permissions.", path)
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, lexicon.MaxSize+1))
	if err != nil {
		return "", "", fault.Wrap(fault.Unreadable, err, "%s cannot be read.", path)
	}
	return name, string(raw), nil
}

type lexiconClearCommand struct{}

func (*lexiconClearCommand) run(ctx context.Context, a *app) (err error) {
	if err := a.requireDataFolder(); err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	if err := s.ClearLexicon(ctx, s.who); err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(lexiconJSON{})
	}
	a.out.text("", plain, "lexicon cleared")
	return nil
}

// lexiconJSON is a corpus's own lexicon; without text there is none.
type lexiconJSON struct {
	Entries int    `json:"entries"`
	Text    string `json:"text"`
}

// restoreLexicons sets the lexicons of the archives among what was added. Its
// error is errReported where one failed.
func (a *app) restoreLexicons(ctx context.Context, s *session, origins []origin) error {
	var failed error
	for _, from := range origins {
		if from.archive == nil || from.at > 0 {
			continue
		}
		path := strings.TrimSuffix(from.path, ": "+from.archive.ID(0))
		if err := a.restoreLexicon(ctx, s, path, from.archive); err != nil {
			failed = errReported
			a.log.Error("lexicon not set", "file", path, "error", err)
			say(a.stderr, named(path, sentence(err)))
		}
	}
	return failed
}

// restoreLexicon sets the lexicon of an archive where there is none yet: what
// somebody has set since is not written over.
func (a *app) restoreLexicon(ctx context.Context, s *session, path string, archive *desk.Archive) error {
	text, err := archive.Lexicon()
	if err != nil || text == "" {
		return err
	}
	own, err := s.Lexicon(ctx, s.who)
	switch {
	case err != nil:
		return err
	case own != nil && own.Text == text:
		return nil
	case own != nil:
		say(a.stderr, fmt.Sprintf("%s: its lexicon is left out, for there is one here; to have it instead, use pincite lexicon clear, then add the archive again.", path))
		return nil
	}
	entries, err := s.SetLexicon(ctx, s.who, "its lexicon", text)
	if err == nil && !a.JSON {
		a.out.text("", plain, "lexicon set: "+count(entries, "entry", "entries"))
	}
	return err
}
