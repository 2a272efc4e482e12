package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/ingest"
)

type showCommand struct {
	What string `arg:"" optional:"" name:"document" help:"A document's id, a passage's (ID/p8, ID/n1), the path of a file, or a URL."`
}

// Help is what is said after the usage.
func (*showCommand) Help() string {
	return "A file is read as add would read it, with what is doubtful about it; nothing is added. An id goes before a file of the same name: write ./NAME for the file."
}

func (c *showCommand) run(ctx context.Context, a *app) (err error) {
	if strings.TrimSpace(c.What) == "" {
		return usage("Nothing was named; write a document's id, a passage's, or a path: pincite show ID/p8. pincite list prints the ids.")
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	if isURL(c.What) {
		return a.preview(ctx, s, c.What)
	}
	isPath, err := s.namesFile(ctx, c.What)
	if err != nil {
		return err
	}
	if isPath {
		return a.preview(ctx, s, c.What)
	}
	id := strings.ToLower(strings.TrimSpace(c.What))
	if strings.Contains(id, "/") {
		p, err := s.Passage(ctx, s.who, id)
		if err != nil {
			return err
		}
		if a.JSON {
			return a.out.json(showPassageJSON(p))
		}
		a.showPassage(p, true)
		a.showNote(margin, p.Document)
		return nil
	}
	d, _, err := s.Document(ctx, s.who, id)
	if err != nil {
		return err
	}
	return a.showDocument(d)
}

// namesFile decides between a document and a file: what is a known document's
// id, or begins with one and a slash, is that; what is there as a file, or
// looks like a path, is a file.
func (s *session) namesFile(ctx context.Context, what string) (bool, error) {
	id, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(what)), "/")
	if document.ValidID(id) {
		_, _, err := s.Document(ctx, s.who, id)
		if err == nil || fault.KindOf(err) != fault.NotFound {
			return false, err
		}
	}
	if _, err := os.Stat(what); !errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if _, err := document.ParseRef(what); err == nil {
		return false, nil
	}
	return filepath.Ext(what) != "" || strings.ContainsRune(what, filepath.Separator), nil
}

// preview prints what add would understand of a file or a page.
func (a *app) preview(ctx context.Context, s *session, path string) error {
	source, err := a.source(ctx, path)
	if err != nil {
		return err
	}
	reading, err := s.Preview(ctx, desk.Addition{Source: source})
	if err != nil {
		return err
	}
	if !a.JSON {
		a.out.text("", faint, "Read as "+string(reading.Format)+", "+counts(reading.Document)+". Not added; add would keep it as "+reading.Document.ID+".")
		a.showDoubts("", reading.Doubts)
		a.out.gap()
	}
	return a.showDocument(reading.Document)
}

// counts are the numbers of a document's passages.
func counts(d *document.Document) string {
	return count(len(d.Paragraphs()), "paragraph", "paragraphs") + ", " + count(len(d.Footnotes()), "footnote", "footnotes")
}

func (a *app) showDoubts(indent string, doubts []ingest.Doubt) {
	for _, d := range doubts {
		a.out.line(indent, stretch{"Doubtful: ", fair}, stretch{d.Text, plain})
	}
}

// showDocument prints a document with every passage on a line of its own.
func (a *app) showDocument(d *document.Document) error {
	if a.JSON {
		return a.out.json(desk.NewDocumentJSON(d, d.Passages))
	}
	out := a.out
	out.text("", strong, d.Title)
	byline := strings.Join(d.Authors, ", ")
	for _, part := range []string{d.Site, d.Date} {
		if byline != "" && part != "" {
			byline += ", "
		}
		byline += part
	}
	for _, l := range []string{byline, d.URL} {
		if l != "" {
			out.text("", plain, l)
		}
	}
	a.showNote("", d)
	section := ""
	for i := range d.Passages {
		p := &d.Passages[i]
		if i == 0 || p.Section != section || (p.Kind == document.Footnote && p.Number == 1) {
			out.gap()
			if p.Section != "" {
				out.text("", strong, p.Section)
			}
			section = p.Section
		}
		out.line(margin, stretch{p.Pincite().String() + "  ", faint}, stretch{p.Text, plain})
	}
	return nil
}

// showNote prints what a reader must know before quoting from a document.
func (a *app) showNote(indent string, d *document.Document) {
	if d.Note != "" {
		a.out.text(indent, faint, "Note: "+d.Note)
	}
}

// showPassageJSON is the document with one passage and the footnotes that it
// calls.
func showPassageJSON(p *desk.Passage) desk.DocumentJSON {
	passages := []document.Passage{*p.Passage}
	for _, note := range p.Notes {
		passages = append(passages, *note)
	}
	return desk.NewDocumentJSON(p.Document, passages)
}
