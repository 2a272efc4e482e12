package eval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// Files and folders of a suite.
const (
	corpusFile       = "corpus.jsonl"
	queriesFile      = "queries.jsonl"
	judgmentsFile    = "qrels.tsv"
	unanswerableFile = "unanswerable.txt"
	documentsFolder  = "documents"
	questionsFile    = "questions.jsonl"
	listFile         = "documents.list"
)

// Reader reads the document in a file. Where the file is none that it can
// read, it returns a [fault.Unreadable].
type Reader func(ctx context.Context, path string) (*document.Document, error)

// Suite is a set of questions, what they are asked of, and which passages
// answer them. Nobody changes it after it was loaded.
type Suite struct {
	// Name is the folder's name, or what [Suite.On] was told.
	Name string
	// Documents have distinct ids and pass [document.Document.Validate].
	Documents []*document.Document
	// Queries are in the order of the file.
	Queries []Query
	// Left is what was left out of the folder.
	Left Left

	// ids are the suite's names of passages, nil where they are their refs.
	ids map[document.Ref]string
	// gold is the document whose pincites the judgments of a list of
	// questions name; empty for other layouts.
	gold string
}

// Query is one question of a suite.
type Query struct {
	ID   string
	Text string
	// Style groups questions of a kind; empty where the suite does not.
	Style string
	// Grades are the judgments by passage id. A passage answers where its
	// grade is above 0.
	Grades map[string]int
	// Unanswerable is true where the suite says that no passage answers.
	Unanswerable bool
}

// Answerable reports whether some passage is judged to answer the question.
func (q *Query) Answerable() bool {
	for _, grade := range q.Grades {
		if grade > 0 {
			return true
		}
	}
	return false
}

// relevant are the ids of the passages that answer, the highest grade first.
func (q *Query) relevant() []string {
	var ids []string
	for id, grade := range q.Grades {
		if grade > 0 {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(q.Grades[b], q.Grades[a]), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return ids
}

// Judged reports whether the suite says what the right reply is. Other
// questions are asked too, but count in no figure of quality.
func (q *Query) Judged() bool { return q.Unanswerable || q.Answerable() }

// Left counts what a suite has that could not be used.
type Left struct {
	// EmptyPassages have neither text nor title.
	EmptyPassages int `json:"emptyPassages"`
	// UnknownJudgments name a query or a passage that the suite lacks. The
	// latter still count as passages that should have been found.
	UnknownJudgments int `json:"unknownJudgments"`
	// UnknownFirst is the place of the first of them, FILE:LINE, and its id.
	UnknownFirst string `json:"unknownFirst,omitempty"`
	// UnreadDocuments are the files that the reader did not understand.
	UnreadDocuments []string `json:"unreadDocuments,omitempty"`
}

func (l *Left) unknown(file string, line int, id string) {
	if l.UnknownJudgments == 0 {
		l.UnknownFirst = fmt.Sprintf("%s:%d %q", file, line, id)
	}
	l.UnknownJudgments++
}

// ID is the suite's name of a passage.
func (s *Suite) ID(ref document.Ref) string {
	if s.ids == nil {
		return ref.String()
	}
	return s.ids[ref]
}

// Passages is the number of passages of all documents.
func (s *Suite) Passages() int {
	n := 0
	for _, d := range s.Documents {
		n += len(d.Passages)
	}
	return n
}

// names is the set of the names of all passages.
func (s *Suite) names() map[string]bool {
	names := make(map[string]bool, s.Passages())
	for _, d := range s.Documents {
		for i := range d.Passages {
			names[s.ID(d.Ref(&d.Passages[i]))] = true
		}
	}
	return names
}

// Load reads the suite in a folder: queries.jsonl and qrels.tsv with
// corpus.jsonl or documents/, or else questions.jsonl with the documents that
// lie beside it or that documents.list names. A folder or file that is missing
// is a [fault.NotFound]; a line that cannot be read is a [fault.Unreadable]
// that names it as FILE:LINE.
func Load(ctx context.Context, folder string, read Reader) (*Suite, error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return nil, fmt.Errorf("eval: load %s: %w", folder, err)
	}
	s := &Suite{Name: filepath.Base(abs)}
	switch info, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(fault.NotFound, err, "There is no folder %s; name the folder of a question set.", folder)
	case err != nil:
		return nil, fmt.Errorf("eval: load %s: %w", folder, err)
	case !info.IsDir():
		return nil, fault.New(fault.Invalid, "%s is a file; name the folder of a question set.", folder)
	}
	switch {
	case exists(folder, queriesFile):
		err = s.loadBEIR(ctx, folder, read)
	case exists(folder, questionsFile):
		err = s.loadQuestions(ctx, folder, read)
	default:
		err = fault.New(fault.NotFound, "%s holds no question set: it has neither %s nor %s.", folder, queriesFile, questionsFile)
	}
	if err != nil {
		return nil, fmt.Errorf("eval: load %s: %w", folder, err)
	}
	return s, nil
}

func exists(folder, name string) bool {
	_, err := os.Stat(filepath.Join(folder, name))
	return err == nil
}

// add appends a document, whose id must be new.
func (s *Suite) add(d *document.Document) error {
	if err := d.Validate(); err != nil {
		return err
	}
	for _, other := range s.Documents {
		if other.ID == d.ID {
			return fault.New(fault.Invalid, "Two documents of the question set have the id %s; rename one.", d.ID)
		}
	}
	s.Documents = append(s.Documents, d)
	return nil
}

// On is the same list of questions asked of other documents: what the suite
// judges of its own document holds for the passages of the same pincites of
// the document gold, which is one of docs.
func (s *Suite) On(name, gold string, docs ...*document.Document) (*Suite, error) {
	if s.gold == "" {
		return nil, fmt.Errorf("eval: %s: its judgments are of more than one document", s.Name)
	}
	other := &Suite{Name: name, gold: gold}
	for _, d := range docs {
		if err := other.add(d); err != nil {
			return nil, fmt.Errorf("eval: %s on %s: %w", s.Name, name, err)
		}
	}
	names := other.names()
	for _, q := range s.Queries {
		grades := make(map[string]int, len(q.Grades))
		for id, grade := range q.Grades {
			ref, err := document.ParseRef(id)
			if err != nil {
				return nil, fmt.Errorf("eval: %s on %s: %w", s.Name, name, err)
			}
			if ref.Document == s.gold {
				ref.Document = gold
			}
			if !names[ref.String()] {
				return nil, fmt.Errorf("eval: %s on %s: question %s: there is no %s", s.Name, name, q.ID, ref)
			}
			grades[ref.String()] = grade
		}
		q.Grades = grades
		other.Queries = append(other.Queries, q)
	}
	return other, nil
}
