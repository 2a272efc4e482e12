package main

import (
	"context"
	"strings"

	"pincite/internal/cite"
)

type citeCommand struct {
	Passage string `arg:"" optional:"" help:"The passage's id, such as ID/p8 or ID/n1."`
	Style   string `default:"plain" help:"One of ${styles} (${default})."`
}

// Help is what is said after the usage.
func (*citeCommand) Help() string {
	return "The link to the passage follows on a line of its own, where the document has a source; the records csl-json, bibtex and ris hold theirs."
}

func (c *citeCommand) run(ctx context.Context, a *app) (err error) {
	if strings.TrimSpace(c.Passage) == "" {
		return usage("No passage was named; write its id behind the command: pincite cite ID/p8. pincite list prints the documents' ids.")
	}
	style, err := cite.ParseStyle(c.Style)
	if err != nil {
		return usage("There is no citation style %q; --style takes %s.", c.Style, styles())
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	p, citation, err := s.Cite(ctx, s.who, strings.ToLower(c.Passage), style)
	if err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(citationJSON{ID: p.Ref().String(), Style: style, Citation: citation.Text(), URL: p.URL, Receipt: receiptOf(p)})
	}
	if isRecord(style) {
		// A record is for a file: its lines and their ends are kept.
		a.out.raw(citation.Text())
		return nil
	}
	a.out.line("", citationStretches(citation)...)
	if p.URL != "" {
		a.out.text("", plain, p.URL)
	}
	return nil
}

// isRecord reports whether a style is read by programs.
func isRecord(s cite.Style) bool {
	return s == cite.CSLJSON || s == cite.BibTeX || s == cite.RIS
}

// styles lists the names of all styles.
func styles() string {
	var names []string
	for _, s := range cite.Styles() {
		names = append(names, string(s))
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

type citationJSON struct {
	ID       string     `json:"id"`
	Style    cite.Style `json:"style"`
	Citation string     `json:"citation"`
	URL      string     `json:"url"`
	// Receipt is for the whole passage.
	Receipt string `json:"receipt"`
}
