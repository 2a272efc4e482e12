package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

type addCommand struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files, folders, patterns such as '*.md', or URLs."`
	As    string   `placeholder:"ID" help:"Keep the document under this id, instead of one made of the file's name."`
	By    string   `placeholder:"NAME" help:"Who adds it, for the history."`
}

// Help is what is said after the usage.
func (*addCommand) Help() string {
	return "A changed file of the same id becomes the document's next version; the earlier ones are kept. " +
		"Of a folder, all documents in it and below are added, but hidden ones; of an archive that pincite export wrote, all, and its lexicon where there is none yet. " +
		"Files that cannot be read are reported, the others are added, and the exit status is 1."
}

func (c *addCommand) run(ctx context.Context, a *app) (err error) {
	if len(c.Files) == 0 {
		return usage("No file was named; write its path behind the command: pincite add analysis.md.")
	}
	origins, err := expand(c.Files)
	if err != nil {
		return err
	}
	origins, closeArchives := unpackArchives(origins)
	defer func() { err = errors.Join(err, closeArchives()) }()
	if c.As != "" && len(origins) > 1 {
		return usage("--as names one document, and there are %d files: add them one by one.", len(origins))
	}
	if err := a.requireDataFolder(); err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	outcomes, err := a.addAll(ctx, s, c, origins)
	if ctx.Err() == nil {
		err = errors.Join(err, a.restoreLexicons(ctx, s, origins))
	}
	if a.JSON {
		list := make([]addedJSON, 0, len(outcomes))
		for i := range outcomes {
			list = append(list, outcomes[i].json())
		}
		err = errors.Join(err, a.out.json(list))
	} else if len(origins) > 1 {
		a.out.text("", plain, summary(outcomes))
	}
	return err
}

// outcome is what came of one file.
type outcome struct {
	path  string
	added *desk.Added
	err   error
}

// addAll adds files one after the other and reports each. Its error is
// errReported where one failed, and the context's where it ended.
func (a *app) addAll(ctx context.Context, s *session, c *addCommand, origins []origin) ([]outcome, error) {
	defer s.bar.clear()
	var outcomes []outcome
	failed := false
	taken := make(taken)
	for i, from := range origins {
		o := outcome{path: from.path, err: from.err}
		s.bar.set("adding", i, len(origins))
		if o.err == nil {
			o.added, o.err = a.addOne(ctx, s, c, from, taken)
		}
		if ctx.Err() != nil {
			return outcomes, ctx.Err()
		}
		outcomes = append(outcomes, o)
		s.bar.clear()
		if o.err != nil {
			failed = true
			a.log.Error("not added", "file", o.path, "error", o.err)
			say(a.stderr, named(o.path, sentence(o.err)))
		} else if !a.JSON {
			a.showAdded(&o)
			if err := a.out.flush(); err != nil {
				return outcomes, err
			}
		}
	}
	if failed {
		return outcomes, errReported
	}
	return outcomes, nil
}

func (a *app) addOne(ctx context.Context, s *session, c *addCommand, from origin, taken taken) (*desk.Added, error) {
	addition, err := a.addition(ctx, from)
	if err != nil {
		return nil, err
	}
	addition.ID = cmp.Or(c.As, addition.ID)
	addition.By = cmp.Or(c.By, addition.By)
	reading, err := s.Preview(ctx, addition)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(addition.Source.Bytes)
	id := reading.Document.ID
	if first, ok := taken[id]; ok && first.sum != sum {
		return nil, fault.New(fault.Invalid, "%s would get the id %s, which %s has just got: add it by itself, with --as.", from.path, id, first.path)
	}
	added, err := s.Keep(ctx, s.who, addition, reading)
	if err == nil {
		taken[id] = taker{path: from.path, sum: sum}
	}
	return added, quotaRaisable(err)
}

// taken are the ids that one call has given, each with the file that has it.
// Files in several folders often have one name: the second must not pass for
// the next version of the first.
type taken map[string]taker

type taker struct {
	path string
	sum  [sha256.Size]byte
}

// showAdded says on one line what came of a file, and then what is doubtful.
func (a *app) showAdded(o *outcome) {
	e, previous := &o.added.Entry, o.added.Previous
	head := stretch{string(o.added.Change) + " " + e.ID, good}
	rest := fmt.Sprintf(": %s (%s, %s)", e.Title, count(e.Paragraphs, "paragraph", "paragraphs"), count(e.Footnotes, "footnote", "footnotes"))
	switch o.added.Change {
	case library.Unchanged:
		head.style = plain
		rest = ": " + o.path + " is there already, byte for byte"
		if e.Corpus == library.Base {
			rest += ", in the base corpus"
		}
	case library.Replaced, library.Reread:
		rest += fmt.Sprintf(", version %d", e.Version)
		if previous != nil {
			rest += fmt.Sprintf("; version %d of %s is kept", previous.Version, previous.AddedAt.Format(time.DateOnly))
		}
	}
	a.out.line("", head, stretch{rest, plain})
	if o.added.Change != library.Unchanged {
		a.showDoubts(margin, o.added.Reading.Doubts)
	}
}

// summary counts what came of all files.
func summary(outcomes []outcome) string {
	counted := make(map[string]int)
	for i := range outcomes {
		counted[outcomes[i].change()]++
	}
	var parts []string
	for _, change := range []string{string(library.Added), string(library.Replaced), string(library.Reread), string(library.Unchanged), changeFailed} {
		if n := counted[change]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, change))
		}
	}
	return strings.Join(parts, ", ") + "."
}

// changeFailed stands beside the library's changes for a file that could not
// be added.
const changeFailed = "failed"

func (o *outcome) change() string {
	if o.err != nil {
		return changeFailed
	}
	return string(o.added.Change)
}

type addedJSON struct {
	Path       string      `json:"path"`
	ID         string      `json:"id"`
	Title      string      `json:"title"`
	Change     string      `json:"change"` // added, replaced, reread, unchanged or failed
	Version    int         `json:"version"`
	Hash       string      `json:"hash"`
	Paragraphs int         `json:"paragraphs"`
	Footnotes  int         `json:"footnotes"`
	Doubts     []doubtJSON `json:"doubts"`
	Error      string      `json:"error"` // empty where it was added
}

type doubtJSON struct {
	Kind    ingest.DoubtKind `json:"kind"`
	Passage string           `json:"passage"` // p8 or n1; empty where it is none
	Text    string           `json:"text"`
}

func (o *outcome) json() addedJSON {
	out := addedJSON{Path: o.path, Change: o.change(), Doubts: []doubtJSON{}}
	if o.err != nil {
		out.Error = sentence(o.err)
		return out
	}
	e := &o.added.Entry
	out.ID, out.Title, out.Version, out.Hash = e.ID, e.Title, e.Version, e.Hash
	out.Paragraphs, out.Footnotes = e.Paragraphs, e.Footnotes
	for _, d := range o.added.Reading.Doubts {
		passage := ""
		if d.At.Number > 0 {
			passage = d.At.Key()
		}
		out.Doubts = append(out.Doubts, doubtJSON{Kind: d.Kind, Passage: passage, Text: d.Text})
	}
	return out
}
