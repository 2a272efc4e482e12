package main

import (
	"context"
	"fmt"
	"time"

	"pincite/internal/library"
)

type listCommand struct{}

func (*listCommand) run(ctx context.Context, a *app) (err error) {
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	entries, err := s.List(ctx, s.who)
	if err != nil {
		return err
	}
	if a.JSON {
		list := make([]entryJSON, 0, len(entries))
		for i := range entries {
			list = append(list, newEntryJSON(&entries[i]))
		}
		return a.out.json(list)
	}
	if len(entries) == 0 {
		a.out.text("", plain, "There are no documents; pincite add FILE adds one.")
	}
	for i := range entries {
		e := &entries[i]
		origin := "base corpus"
		if e.Corpus != library.Base {
			origin = fmt.Sprintf("version %d, added %s", e.Version, e.AddedAt.Format(time.DateOnly))
			if e.AddedBy != "" {
				origin += " by " + e.AddedBy
			}
		}
		a.out.line("", stretch{e.ID, strong}, stretch{"  " + e.Title, plain},
			stretch{fmt.Sprintf("  (%s, %s; %s)", count(e.Paragraphs, "paragraph", "paragraphs"), count(e.Footnotes, "footnote", "footnotes"), origin), faint})
	}
	return nil
}

type entryJSON struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Corpus     string `json:"corpus"` // base or own
	Name       string `json:"name"`   // of the file
	Paragraphs int    `json:"paragraphs"`
	Footnotes  int    `json:"footnotes"`
	Version    int    `json:"version"` // 0 in the base corpus
	Added      string `json:"added"`   // RFC 3339, UTC; empty in the base corpus
	By         string `json:"by"`
	Hash       string `json:"hash"`
}

func newEntryJSON(e *library.Entry) entryJSON {
	out := entryJSON{
		ID: e.ID, Title: e.Title, Corpus: "own", Name: e.Name, Paragraphs: e.Paragraphs, Footnotes: e.Footnotes,
		Version: e.Version, By: e.AddedBy, Hash: e.Hash,
	}
	if e.Corpus == library.Base {
		out.Corpus = "base"
	}
	if !e.AddedAt.IsZero() {
		out.Added = e.AddedAt.Format(time.RFC3339)
	}
	return out
}
