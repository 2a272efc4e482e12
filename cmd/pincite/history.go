package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/library"
)

type historyCommand struct {
	Document string `arg:"" optional:"" help:"The document's id."`
}

// Help is what is said after the usage.
func (*historyCommand) Help() string {
	return "The newest version comes first. A passage that kept most of its words is altered; otherwise one was removed and another added."
}

func (c *historyCommand) run(ctx context.Context, a *app) (err error) {
	id, err := documentID(c.Document)
	if err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	versions, err := s.History(ctx, s.who, id)
	if err != nil {
		return err
	}
	if a.JSON {
		list := make([]versionJSON, 0, len(versions))
		for i := range versions {
			list = append(list, newVersionJSON(&versions[i]))
		}
		return a.out.json(list)
	}
	for i := range versions {
		a.showVersion(&versions[i], i == len(versions)-1)
	}
	return nil
}

// documentID reads the id that a command needs.
func documentID(arg string) (string, error) {
	id := strings.ToLower(strings.TrimSpace(arg))
	if id == "" {
		return "", usage("No document was named; pincite list prints the ids.")
	}
	return id, nil
}

// showVersion prints a version and what it changed, a line for each kind.
func (a *app) showVersion(v *desk.Version, first bool) {
	e := &v.Entry
	head, origin := fmt.Sprintf("version %d", e.Version), ", "+e.AddedAt.Format(time.DateTime)+" UTC"
	if e.Corpus == library.Base {
		head, origin = "base corpus", ""
	}
	if e.AddedBy != "" {
		origin += " by " + e.AddedBy
	}
	a.out.line("", stretch{head, strong}, stretch{origin, plain},
		stretch{fmt.Sprintf(": %s (%s, %s)", e.Title, count(e.Paragraphs, "paragraph", "paragraphs"), count(e.Footnotes, "footnote", "footnotes")), plain})
	switch {
	case first:
	case v.Unknown:
		a.out.text(margin, poor, "What it changed is not known: a stored copy is damaged.")
	case len(v.Changes) == 0:
		a.out.text(margin, faint, "No passage was changed.")
	}
	for _, kind := range []desk.ChangeKind{desk.PassageAdded, desk.PassageRemoved, desk.PassageAltered} {
		var places []string
		for i := range v.Changes {
			if c := &v.Changes[i]; c.Kind == kind {
				places = append(places, place(c))
			}
		}
		if len(places) > 0 {
			a.out.line(margin, stretch{string(kind) + " ", fair}, stretch{strings.Join(places, ", "), plain})
		}
	}
}

// place names the passage of a change: by its number in the later version,
// with the earlier one where that differs.
func place(c *desk.Change) string {
	before, after := c.Before.Pincite, c.After.Pincite
	switch {
	case after == document.Pincite{}:
		return before.String()
	case before == document.Pincite{} || before == after:
		return after.String()
	}
	return fmt.Sprintf("%s (was %s)", after, before)
}

type versionJSON struct {
	entryJSON
	Changes []changeJSON `json:"changes"` // against the version before
	Unknown bool         `json:"unknown"` // a stored copy is damaged, and Changes empty
}

type changeJSON struct {
	Kind   desk.ChangeKind `json:"kind"`   // added, removed or altered
	Before *sideJSON       `json:"before"` // null where added
	After  *sideJSON       `json:"after"`  // null where removed
}

type sideJSON struct {
	ID   string `json:"id"` // in its version
	Text string `json:"text"`
}

func newVersionJSON(v *desk.Version) versionJSON {
	out := versionJSON{entryJSON: newEntryJSON(&v.Entry), Changes: []changeJSON{}, Unknown: v.Unknown}
	side := func(s desk.Side) *sideJSON {
		if s.Pincite.Number == 0 {
			return nil
		}
		return &sideJSON{ID: document.Ref{Document: v.Entry.ID, Pincite: s.Pincite}.String(), Text: s.Text}
	}
	for _, c := range v.Changes {
		out.Changes = append(out.Changes, changeJSON{Kind: c.Kind, Before: side(c.Before), After: side(c.After)})
	}
	return out
}
