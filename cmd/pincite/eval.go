package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"pincite/internal/answer"
	"pincite/internal/document"
	"pincite/internal/eval"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/lexicon"
	"pincite/internal/words"
)

type evalCommand struct {
	Suite   string `arg:"" optional:"" help:"The folder of the question set."`
	Run     string `placeholder:"FILE" help:"Write the rankings as a TREC run."`
	Answers string `placeholder:"FILE" help:"Write one JSON object a line for each question."`
}

// Help is what is said after the usage.
func (*evalCommand) Help() string {
	return "The folder holds queries.jsonl, qrels.tsv and either corpus.jsonl or a folder documents; or questions.jsonl beside a document or a documents.list that names some. Its own documents are searched, not the corpus."
}

func (c *evalCommand) run(ctx context.Context, a *app) error {
	if strings.TrimSpace(c.Suite) == "" {
		return usage("No question set was named; write its folder behind the command: pincite eval SUITE.")
	}
	suite, err := eval.Load(ctx, c.Suite, func(ctx context.Context, path string) (*document.Document, error) {
		source, err := a.file(path)
		if err != nil {
			return nil, err
		}
		reading, err := ingest.Read(ctx, source, a.limits())
		if err != nil {
			return nil, err
		}
		return reading.Document, nil
	})
	if err != nil {
		return err
	}
	analyzer := words.NewAnalyzer()
	bar := a.progress()
	out, err := eval.Run(ctx, suite, eval.Config{
		Words: analyzer, Answerer: answer.New(analyzer, lexicon.Builtin()), Clock: time.Now, Log: a.log,
		Progress: func(stage eval.Stage, done, total int) { bar.set(string(stage), done, total) },
	})
	bar.clear()
	if err != nil {
		return err
	}
	err = writeFile(c.Run, func(w io.Writer) error { return eval.WriteRun(w, out.Results, "pincite") })
	if err != nil {
		return err
	}
	err = writeFile(c.Answers, func(w io.Writer) error { return eval.WriteAnswers(w, out.Results) })
	if err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(&out.Report)
	}
	var report strings.Builder
	if err := out.Report.WriteText(&report); err != nil {
		return err
	}
	a.out.raw(report.String()) // its lines are columns, which are not wrapped
	return nil
}

// writeFile writes a file, where one is named.
func writeFile(path string, write func(io.Writer) error) (err error) {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return fault.Wrap(fault.Storage, err, "%s cannot be written: check the folder and its permissions.", path)
	}
	if err = write(f); err == nil {
		err = f.Close()
	} else {
		f.Close() //nolint:errcheck // writing has failed already
	}
	if err != nil {
		return fault.Wrap(fault.Storage, fmt.Errorf("write %s: %w", path, err), "%s could not be written: is the disk full?", path)
	}
	return nil
}
