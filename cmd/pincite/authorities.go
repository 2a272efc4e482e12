package main

import (
	"context"
	"strings"

	"pincite/internal/authority"
	"pincite/internal/desk"
	"pincite/internal/document"
)

type authoritiesCommand struct {
	Document string `arg:"" optional:"" help:"The document's id; left out: all documents."`
	Lines    bool   `help:"Read texts from the standard input, one JSON string a line, and print what each names, one JSON object a line."`
}

// Help is what is said after the usage.
func (*authoritiesCommand) Help() string {
	return "With --lines no document is read. start and end are bytes of the text; what is named and not certain is left out."
}

func (c *authoritiesCommand) run(ctx context.Context, a *app) (err error) {
	if c.Lines {
		if c.Document != "" {
			return usage("--lines reads texts from the standard input; leave the document %q out.", c.Document)
		}
		return a.findLines(ctx)
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	table, err := s.Authorities(ctx, s.who, c.Document)
	if err != nil {
		return err
	}
	mentions, err := s.Unresolved(ctx, s.who, table.Unresolved)
	if err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(newAuthoritiesJSON(table, mentions))
	}
	a.showAuthorities(table, mentions)
	return nil
}

// findLines prints what each text of the standard input names.
func (a *app) findLines(ctx context.Context) error {
	return eachLine(a.stdin, func(text string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		out := lineJSON{Text: text, Found: []foundJSON{}}
		for _, f := range authority.Find(text) {
			if f.Key != "" {
				out.Found = append(out.Found, foundJSON{Key: f.Key, Match: text[f.Start:f.End], Start: f.Start, End: f.End, URL: f.URL})
			}
		}
		return a.out.json(out)
	})
}

// showAuthorities prints a table of authorities, kind by kind.
func (a *app) showAuthorities(table *desk.Authorities, mentions []desk.Mention) {
	if len(table.Authorities) == 0 && len(mentions) == 0 {
		a.out.text("", plain, "No law, treaty, case or order is named.")
		return
	}
	var kind authority.Kind
	for i := range table.Authorities {
		au := &table.Authorities[i]
		if i == 0 || au.Kind != kind {
			if i > 0 {
				a.out.gap()
			}
			kind = au.Kind
			a.out.text("", strong, kindName(kind))
		}
		a.out.line(margin, stretch{au.Name, plain}, stretch{"  " + places(au.Passages), faint})
	}
	if len(mentions) == 0 {
		return
	}
	if len(table.Authorities) > 0 {
		a.out.gap()
	}
	a.out.text("", strong, "Named without saying of what")
	for _, m := range mentions {
		a.out.line(margin, stretch{m.Text, plain}, stretch{"  " + places([]document.Ref{m.Ref}), faint})
	}
}

// places prints passages, those of one document together: "tolls ¶¶ 2–4, n. 1".
func places(refs []document.Ref) string {
	var parts []string
	for at := 0; at < len(refs); {
		var list []document.Pincite
		end := at
		for end < len(refs) && refs[end].Document == refs[at].Document {
			list = append(list, refs[end].Pincite)
			end++
		}
		parts = append(parts, refs[at].Document+" "+document.Pincites(list))
		at = end
	}
	return strings.Join(parts, "; ")
}

type lineJSON struct {
	Text  string      `json:"text"`
	Found []foundJSON `json:"found"`
}

type foundJSON struct {
	Key   string `json:"key"`
	Match string `json:"match"`
	Start int    `json:"start"` // bytes of the text
	End   int    `json:"end"`
	URL   string `json:"url"`
}

type authoritiesJSON struct {
	Authorities []authorityJSON  `json:"authorities"`
	Unresolved  []unresolvedJSON `json:"unresolved"`
}

type authorityJSON struct {
	Key      string         `json:"key"`
	Name     string         `json:"name"`
	Kind     authority.Kind `json:"kind"`
	URL      string         `json:"url"`
	Passages []string       `json:"passages"`
}

// unresolvedJSON is a place that names something of which it is not certain
// what it is.
type unresolvedJSON struct {
	Passage string `json:"passage"`
	Match   string `json:"match"`
	Start   int    `json:"start"` // bytes of the passage's text
	End     int    `json:"end"`
}

func newAuthoritiesJSON(table *desk.Authorities, mentions []desk.Mention) authoritiesJSON {
	out := authoritiesJSON{Authorities: []authorityJSON{}, Unresolved: []unresolvedJSON{}}
	for i := range table.Authorities {
		au := &table.Authorities[i]
		ids := make([]string, len(au.Passages))
		for j, r := range au.Passages {
			ids[j] = r.String()
		}
		out.Authorities = append(out.Authorities, authorityJSON{Key: au.Key, Name: au.Name, Kind: au.Kind, URL: au.URL, Passages: ids})
	}
	for _, m := range mentions {
		out.Unresolved = append(out.Unresolved, unresolvedJSON{Passage: m.Ref.String(), Match: m.Text, Start: m.Span.Start, End: m.Span.End})
	}
	return out
}

// kindName is the heading of a kind in a table.
func kindName(k authority.Kind) string {
	switch k {
	case authority.Constitution:
		return "Constitution"
	case authority.Statute:
		return "Statutes"
	case authority.Regulation:
		return "Regulations"
	case authority.ExecutiveOrder:
		return "Executive orders"
	case authority.Bill:
		return "Bills"
	case authority.Report:
		return "Reports of Congress"
	case authority.Case:
		return "Cases"
	case authority.Treaty:
		return "Treaties"
	case authority.Resolution:
		return "Resolutions"
	case authority.International:
		return "International decisions"
	case authority.UnitedNations:
		return "Documents of the United Nations"
	}
	return string(k)
}
