package eval

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// loadQuestions reads questions.jsonl and its documents. A question's gold are
// the passages that answer it, the best first: refs, or with a single document
// pincites alone. Their grades stand in the same order and are 1 where a
// question has none; a question without gold has no answer.
func (s *Suite) loadQuestions(ctx context.Context, folder string, read Reader) error {
	if err := s.loadBeside(ctx, folder, read); err != nil {
		return err
	}
	if err := s.loadListed(ctx, folder, read); err != nil {
		return err
	}
	if len(s.Documents) == 0 {
		return fault.New(fault.NotFound, "There is no .txt or .md document beside %s, and no %s that names one.", questionsFile, listFile)
	}
	if len(s.Documents) == 1 {
		s.gold = s.Documents[0].ID
	}
	names := s.names()
	lines := make(map[string]int)
	return eachJSON(folder, questionsFile, func(number int, q struct {
		ID       identifier `json:"id"`
		Style    string     `json:"style"`
		Question string     `json:"question"`
		Gold     []string   `json:"gold"`
		Grades   []int      `json:"grades"`
	},
	) error {
		if err := register(lines, q.ID, number); err != nil {
			return err
		}
		if len(q.Grades) > 0 && len(q.Grades) != len(q.Gold) {
			return fmt.Errorf("it has %d grades for %d passages", len(q.Grades), len(q.Gold))
		}
		query := Query{
			ID: string(q.ID), Text: q.Question, Style: q.Style,
			Grades: make(map[string]int, len(q.Gold)), Unanswerable: len(q.Gold) == 0,
		}
		for i, gold := range q.Gold {
			ref, err := s.goldRef(gold)
			if err != nil {
				return err
			}
			if !names[ref.String()] {
				s.Left.unknown(questionsFile, number, gold)
			}
			grade := 1
			if len(q.Grades) > 0 {
				grade = q.Grades[i]
			}
			if grade < 1 {
				return fmt.Errorf("grade %d of %s: a passage that answers has at least 1", grade, gold)
			}
			query.Grades[ref.String()] = grade
		}
		s.Queries = append(s.Queries, query)
		return nil
	})
}

// loadBeside reads the documents of the folder itself.
func (s *Suite) loadBeside(ctx context.Context, folder string, read Reader) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		ext := strings.ToLower(filepath.Ext(e.Name()))
		if !e.Type().IsRegular() || isReadme(e.Name()) || !slices.Contains([]string{".txt", ".md"}, ext) {
			continue
		}
		d, err := read(ctx, filepath.Join(folder, e.Name()))
		if err != nil {
			return fmt.Errorf("read %s: %w", e.Name(), err)
		}
		if err := s.add(d); err != nil {
			return err
		}
	}
	return nil
}

// loadListed reads the documents that documents.list names, where there is
// one: a path in each line, relative to the folder, and with slashes.
func (s *Suite) loadListed(ctx context.Context, folder string, read Reader) error {
	if !exists(folder, listFile) {
		return nil
	}
	return eachLine(folder, listFile, func(_ int, line []byte) error {
		path := filepath.FromSlash(string(line))
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		d, err := read(ctx, path)
		if err != nil {
			return fmt.Errorf("read %s: %w", line, err)
		}
		return s.add(d)
	})
}

// goldRef reads the name of a passage that answers.
func (s *Suite) goldRef(gold string) (document.Ref, error) {
	if strings.Contains(gold, "/") {
		return document.ParseRef(gold)
	}
	if s.gold == "" {
		return document.Ref{}, fmt.Errorf("gold %q does not say of which document it is", gold)
	}
	at, err := document.ParsePincite(gold)
	if err != nil {
		return document.Ref{}, err
	}
	return document.Ref{Document: s.gold, Pincite: at}, nil
}
