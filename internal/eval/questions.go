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

// loadQuestions reads questions.jsonl and the text and Markdown documents
// beside it. A question's gold are the passages that answer it, the best
// first: refs, or with a single document pincites alone. All have grade 1; a
// question without gold has no answer.
func (s *Suite) loadQuestions(ctx context.Context, folder string, read Reader) error {
	if err := s.loadBeside(ctx, folder, read); err != nil {
		return err
	}
	names := s.names()
	lines := make(map[string]int)
	return eachJSON(folder, questionsFile, func(number int, q struct {
		ID       identifier `json:"id"`
		Style    string     `json:"style"`
		Question string     `json:"question"`
		Gold     []string   `json:"gold"`
	},
	) error {
		if err := register(lines, q.ID, number); err != nil {
			return err
		}
		query := Query{
			ID: string(q.ID), Text: q.Question, Style: q.Style,
			Grades: make(map[string]int, len(q.Gold)), Unanswerable: len(q.Gold) == 0,
		}
		for _, gold := range q.Gold {
			ref, err := s.goldRef(gold)
			if err != nil {
				return err
			}
			if !names[ref.String()] {
				s.Left.unknown(questionsFile, number, gold)
			}
			query.Grades[ref.String()] = 1
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
	if len(s.Documents) == 0 {
		return fault.New(fault.NotFound, "There is no .txt or .md document beside %s.", questionsFile)
	}
	if len(s.Documents) == 1 {
		s.gold = s.Documents[0].ID
	}
	return nil
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
