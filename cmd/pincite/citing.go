package main

import (
	"context"
	"fmt"
	"strings"

	"pincite/internal/authority"
	"pincite/internal/desk"
)

type citingCommand struct {
	Authority []string `arg:"" optional:"" help:"The authority, in any spelling, such as 50 U.S.C. § 3091."`
	Offset    int      `help:"Passages to skip."`
	Limit     int      `default:"10" help:"Most passages to show (${default})."`
}

// Help is what is said after the usage.
func (*citingCommand) Help() string {
	return "A passage that names a range of sections names each of them, and one that names a part of an article names the article; both are said. pincite authorities lists what can be asked for."
}

func (c *citingCommand) run(ctx context.Context, a *app) (err error) {
	asked := strings.TrimSpace(strings.Join(c.Authority, " "))
	if asked == "" {
		return usage("No authority was named; write it behind the command: pincite citing 50 U.S.C. § 3091. pincite authorities lists them.")
	}
	if err := checkLimit(c.Limit); err != nil {
		return err
	}
	if c.Offset < 0 {
		return usage("--offset %d is out of range; give 0 or more.", c.Offset)
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	found, err := s.Citing(ctx, s.who, asked, c.Offset, c.Limit)
	if err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(newCitingJSON(found))
	}
	a.showCiting(found, c.Offset)
	return nil
}

func (a *app) showCiting(found *desk.Citing, offset int) {
	a.out.line("", stretch{found.Name, strong})
	if found.URL != "" {
		a.out.text("", plain, found.URL)
	}
	names := count(found.Total, "passage names it", "passages name it")
	switch n := len(found.Hits); {
	case found.Total == 0:
		a.out.text("", plain, "No passage names it; pincite authorities lists what is named.")
		return
	case n == 0:
		a.out.text("", plain, fmt.Sprintf("%s; none is left after %d.", names, offset))
		return
	case n < found.Total:
		a.out.text("", plain, fmt.Sprintf("%s; these are %d to %d.", names, offset+1, offset+n))
	default:
		a.out.text("", plain, names+".")
	}
	for i := range found.Hits {
		p := &found.Hits[i]
		a.out.gap()
		a.out.line("", append([]stretch{{p.Ref().String() + "  ", strong}}, citationStretches(p.Citation)...)...)
		if len(p.As) > 0 {
			a.out.text(margin, faint, "As "+strings.Join(namesOf(p.As), ", ")+".")
		}
		a.out.line(margin, snippet(p.Passage.Passage.Text, p.Evidence)...)
	}
}

func namesOf(list []desk.Authority) []string {
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	return names
}

type citingJSON struct {
	Key   string              `json:"key"`
	Name  string              `json:"name"`
	Kind  authority.Kind      `json:"kind"`
	URL   string              `json:"url"`
	Hits  []citingPassageJSON `json:"hits"`
	Total int                 `json:"total"` // of all pages
}

type citingPassageJSON struct {
	passageJSON
	// As are the keys under which the passage names what was asked for, where
	// that is not its own.
	As []string `json:"as"`
}

func newCitingJSON(found *desk.Citing) citingJSON {
	out := citingJSON{
		Key: found.Key, Name: found.Name, Kind: found.Kind, URL: found.URL, Total: found.Total, Hits: []citingPassageJSON{},
	}
	for i := range found.Hits {
		h := &found.Hits[i]
		as := []string{}
		for _, a := range h.As {
			as = append(as, a.Key)
		}
		out.Hits = append(out.Hits, citingPassageJSON{passagesJSON([]desk.Passage{h.Passage})[0], as})
	}
	return out
}
