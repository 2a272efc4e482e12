package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"pincite/internal/library"
)

type removeCommand struct {
	Document string `arg:"" optional:"" help:"The document's id."`
	Yes      bool   `short:"y" help:"Do not ask first."`
}

// Help is what is said after the usage.
func (*removeCommand) Help() string {
	return "The document goes with all its versions. Documents of the base corpus cannot be removed."
}

func (c *removeCommand) run(ctx context.Context, a *app) (err error) {
	id := strings.ToLower(strings.TrimSpace(c.Document))
	if id == "" {
		return usage("No document was named; pincite list prints the ids.")
	}
	_, asks := terminal(a.stdin)
	if !c.Yes && !asks {
		return usage("Nobody can be asked here: write pincite remove --yes %s to remove it for good.", id)
	}
	if err := a.requireDataFolder(); err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	if !c.Yes {
		sure, err := a.confirm(ctx, s, id)
		if err != nil || !sure {
			return err
		}
	}
	removed, err := s.Remove(ctx, s.who, id)
	if err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(newEntryJSON(&removed))
	}
	a.out.text("", plain, fmt.Sprintf("removed %s: %s", removed.ID, removed.Title))
	return nil
}

// confirm asks whether to remove a document. What cannot be removed is not
// asked about; Remove then says why.
func (a *app) confirm(ctx context.Context, s *session, id string) (bool, error) {
	entries, err := s.List(ctx, s.who)
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(entries, func(e library.Entry) bool { return e.ID == id })
	if i < 0 || entries[i].Corpus == library.Base {
		return true, nil
	}
	versions, err := s.library.History(ctx, s.who, id)
	if err != nil {
		return false, err
	}
	question := fmt.Sprintf("Remove %s (%s, %s) for good? [y/N] ", id, entries[i].Title, count(len(versions), "version", "versions"))
	fmt.Fprint(a.stderr, printable(question)) //nolint:errcheck // without it the answer is no
	reply := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(a.stdin).ReadString('\n') // no reply is no
		reply <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case said := <-reply:
		if said == "y" || said == "yes" {
			return true, nil
		}
		say(a.stderr, "Nothing was removed.")
		return false, errReported
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
