package main

import (
	"context"
	"fmt"
)

type undoCommand struct {
	Document string `arg:"" optional:"" help:"The document's id."`
	By       string `placeholder:"NAME" help:"Who undoes it, for the history."`
}

// Help is what is said after the usage.
func (*undoCommand) Help() string {
	return "What it was is added as a new version, so that nothing is lost: undoing twice brings back what was undone."
}

func (c *undoCommand) run(ctx context.Context, a *app) (err error) {
	id, err := documentID(c.Document)
	if err != nil {
		return err
	}
	if err := a.requireDataFolder(); err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	outcome, err := s.Undo(ctx, s.who, id, c.By)
	if err != nil {
		return quotaRaisable(err)
	}
	if a.JSON {
		return a.out.json(newEntryJSON(&outcome.Entry))
	}
	text := fmt.Sprintf(": %s, version %d", outcome.Entry.Title, outcome.Entry.Version)
	if outcome.Previous != nil {
		text += fmt.Sprintf("; version %d is kept", outcome.Previous.Version)
	}
	a.out.line("", stretch{"undone " + id, good}, stretch{text, plain})
	return nil
}
