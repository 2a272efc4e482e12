package eval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// untitled is the title of a passage that has none: a document must have one,
// and this one holds no word that could be found.
const untitled = "—"

// loadBEIR reads the layout of BEIR (Thakur et al., 2021), with a list of
// unanswerable questions and a folder of documents as additions of our own.
func (s *Suite) loadBEIR(ctx context.Context, folder string, read Reader) error {
	var err error
	switch {
	case exists(folder, corpusFile):
		err = s.loadCorpus(folder)
	case exists(folder, documentsFolder):
		err = s.loadDocuments(ctx, filepath.Join(folder, documentsFolder), read)
	default:
		err = fault.New(fault.NotFound, "The question set has neither %s nor %s.", corpusFile, documentsFolder)
	}
	if err != nil {
		return err
	}
	lines := make(map[string]int)
	err = eachJSON(folder, queriesFile, func(number int, q struct {
		ID    identifier `json:"_id"`
		Text  string     `json:"text"`
		Style string     `json:"style"`
	},
	) error {
		if err := register(lines, q.ID, number); err != nil {
			return err
		}
		s.Queries = append(s.Queries, Query{ID: string(q.ID), Text: q.Text, Style: q.Style, Grades: make(map[string]int)})
		return nil
	})
	if err != nil {
		return err
	}
	if len(s.Queries) == 0 {
		return fault.New(fault.Unreadable, "%s holds no questions.", queriesFile)
	}
	position := make(map[string]int, len(s.Queries))
	for i := range s.Queries {
		position[s.Queries[i].ID] = i
	}
	if err := s.loadJudgments(folder, position); err != nil {
		return err
	}
	if !exists(folder, unanswerableFile) {
		return nil
	}
	return eachLine(folder, unanswerableFile, func(number int, line []byte) error {
		i, ok := position[string(line)]
		switch {
		case !ok:
			s.Left.unknown(unanswerableFile, number, string(line))
			return nil
		case s.Queries[i].Answerable():
			return fmt.Errorf("question %q has an answer in %s", line, judgmentsFile)
		}
		s.Queries[i].Unanswerable = true
		return nil
	})
}

// loadCorpus reads corpus.jsonl: each line is a passage. Neighbours that share
// a title are the paragraphs of one document; each other passage is a document
// of its own.
func (s *Suite) loadCorpus(folder string) error {
	s.ids = make(map[document.Ref]string)
	lines := make(map[string]int)
	var open *document.Document
	last := ""
	err := eachJSON(folder, corpusFile, func(number int, p struct {
		ID    identifier `json:"_id"`
		Title string     `json:"title"`
		Text  string     `json:"text"`
	},
	) error {
		if err := register(lines, p.ID, number); err != nil {
			return err
		}
		// What was decoded from JSON is UTF-8.
		title, text := strings.Join(strings.Fields(p.Title), " "), strings.TrimSpace(p.Text)
		if text == "" {
			text = title
		}
		if text == "" {
			s.Left.EmptyPassages++
			return nil
		}
		if open == nil || title == "" || title != last {
			open = &document.Document{ID: "d" + strconv.Itoa(len(s.Documents)+1), Title: title}
			if title == "" {
				open.Title = untitled
			}
			s.Documents = append(s.Documents, open)
		}
		last = title
		open.Passages = append(open.Passages, document.Passage{
			Kind: document.Paragraph, Number: len(open.Passages) + 1, Text: text,
		})
		s.ids[open.Ref(&open.Passages[len(open.Passages)-1])] = string(p.ID)
		return nil
	})
	if err != nil {
		return err
	}
	if len(s.Documents) == 0 {
		return fault.New(fault.Unreadable, "%s holds no passages.", corpusFile)
	}
	for _, d := range s.Documents {
		if err := d.Validate(); err != nil {
			return fmt.Errorf("%s: %w", corpusFile, err)
		}
	}
	return nil
}

// loadDocuments reads the files of a folder and its subfolders, but for those
// that are hidden or tell about the folder (README).
func (s *Suite) loadDocuments(ctx context.Context, folder string, read Reader) error {
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		hidden := path != folder && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			return err
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || !entry.Type().IsRegular() || isReadme(entry.Name()):
			return nil
		}
		d, err := read(ctx, path)
		if fault.KindOf(err) == fault.Unreadable {
			s.Left.UnreadDocuments = append(s.Left.UnreadDocuments, filepath.Base(path))
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", filepath.Base(path), err)
		}
		return s.add(d)
	})
	if err != nil {
		return err
	}
	if len(s.Documents) == 0 {
		return fault.New(fault.Unreadable, "%s holds no document that can be read.", filepath.Base(folder))
	}
	return nil
}

func isReadme(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return strings.EqualFold(stem, "readme")
}

// loadJudgments reads qrels.tsv: after a header line, a query, a passage and a
// grade, between tabs. Sets that were cut from larger ones keep judgments of
// what was cut away; they are counted, and only where nothing is known the
// file is refused as that of another set.
func (s *Suite) loadJudgments(folder string, position map[string]int) error {
	names := s.names()
	known, first := 0, true
	err := eachLine(folder, judgmentsFile, func(number int, line []byte) error {
		fields := strings.Split(string(line), "\t")
		if len(fields) != 3 {
			return errors.New("want a query, a passage and a grade, between tabs")
		}
		grade, err := strconv.Atoi(strings.TrimSpace(fields[2]))
		header := first
		first = false
		if err != nil && header {
			return nil
		}
		if err != nil {
			return fmt.Errorf("grade %q is no whole number", fields[2])
		}
		query, passage := fields[0], fields[1]
		i, ok := position[query]
		if !ok {
			s.Left.unknown(judgmentsFile, number, query)
			return nil
		}
		if _, judged := s.Queries[i].Grades[passage]; judged {
			return fmt.Errorf("passage %q is judged twice for query %q", passage, query)
		}
		s.Queries[i].Grades[passage] = grade
		if !names[passage] {
			s.Left.unknown(judgmentsFile, number, passage)
			return nil
		}
		known++
		return nil
	})
	if err != nil {
		return err
	}
	if known == 0 && s.Left.UnknownJudgments > 0 {
		return fault.New(fault.Invalid, "%s judges no passage of the question set; the first unknown id is at %s.", judgmentsFile, s.Left.UnknownFirst)
	}
	return nil
}
