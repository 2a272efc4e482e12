package eval

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"pincite/internal/answer"
	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/words"
)

// Depth is the most passages of a ranking, enough for any figure that is usual
// for rankings of passages.
const Depth = 100

// Config is what a run needs. The fields up to Log are required.
type Config struct {
	Words    *words.Analyzer
	Answerer *answer.Answerer // made for Words
	Clock    func() time.Time
	Log      *slog.Logger
	// Progress is told how far a stage is; it may be called by several
	// goroutines, one at a time.
	Progress func(stage Stage, done, total int)
	// Workers is how many questions are asked at a time for the ranking; 0
	// means one for each core. For the time that an answer takes they are
	// asked one by one in any case.
	Workers int
	// Depth is how many passages of a question are ranked, from 10, which the
	// figures need, to [Depth]; 0 means the latter.
	Depth int
	// Weights are what searches go by; nil means [index.DefaultWeights].
	Weights *index.Weights
	// JudgedOnly leaves out the questions that the suite does not judge.
	JudgedOnly bool
}

// Stage is a part of a run.
type Stage string

// The stages, in order.
const (
	Indexing Stage = "indexing"
	Ranking  Stage = "ranking"
	Asking   Stage = "asking"
)

// Result is what was said to one question.
type Result struct {
	Query *Query
	// Ranking are up to Depth passages, best first.
	Ranking []Ranked
	// Verdict, Confidence and Shown are of the answer that a user gets: Shown
	// are the ids of its passages, at most [answer.DefaultLimit].
	Verdict    answer.Verdict
	Confidence float64
	Shown      []string
	// First is the first passage that is shown, with its evidence; nil where
	// none is.
	First *answer.Passage
	// Refusal is why the question could not be read; empty where it was.
	Refusal string
	// Time is how long the answer took that a user gets.
	Time time.Duration
}

// Ranked is a passage of a ranking.
type Ranked struct {
	ID    string
	Score float64
}

// IDs are the ids of the ranking.
func (r *Result) IDs() []string {
	ids := make([]string, len(r.Ranking))
	for i := range r.Ranking {
		ids[i] = r.Ranking[i].ID
	}
	return ids
}

// Outcome is what a run leaves.
type Outcome struct {
	Report Report
	// Results are in the order of the suite's questions.
	Results []Result
}

// Run indexes a suite's documents in a temporary folder, asks its questions
// and measures. A question that cannot be read counts as answered with
// nothing; any other error ends the run.
func Run(ctx context.Context, s *Suite, c Config) (*Outcome, error) {
	out, err := (&runner{suite: s, Config: c}).run(ctx)
	if err != nil {
		return nil, fmt.Errorf("eval: run %s: %w", s.Name, err)
	}
	return out, nil
}

type runner struct {
	Config
	suite *Suite
	view  *index.View
	mu    sync.Mutex // held while Progress is told of rankings
}

func (r *runner) run(ctx context.Context) (*Outcome, error) {
	if r.Progress == nil {
		r.Progress = func(Stage, int, int) {}
	}
	if r.Workers == 0 {
		r.Workers = runtime.GOMAXPROCS(0)
	}
	if r.Depth == 0 {
		r.Depth = Depth
	}
	if r.Depth < 10 || r.Depth > Depth {
		return nil, fmt.Errorf("a depth of %d passages is not from 10 to %d", r.Depth, Depth)
	}
	folder, err := os.MkdirTemp("", "pincite-eval-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the index: %w", err)
	}
	defer os.RemoveAll(folder) //nolint:errcheck // it is temporary
	speed := Speed{Workers: r.Workers, Depth: r.Depth}
	began := r.Clock()
	if err := r.index(ctx, folder); err != nil {
		return nil, err
	}
	speed.indexed(r.suite.Passages(), r.Clock().Sub(began))
	// What the collector has not yet freed says nothing about the need.
	debug.FreeOSMemory()
	speed.Memory = ReadMemory()

	var results []Result
	for i := range r.suite.Queries {
		if q := &r.suite.Queries[i]; q.Judged() || !r.JudgedOnly {
			results = append(results, Result{Query: q})
		}
	}
	began = r.Clock()
	if err := r.rank(ctx, results); err != nil {
		return nil, err
	}
	speed.ranked(len(results), r.Clock().Sub(began))
	if err := r.ask(ctx, results); err != nil {
		return nil, err
	}
	speed.asked(results)
	return &Outcome{Report: newReport(r.suite, results, speed), Results: results}, nil
}

// index makes the view of the suite's documents.
func (r *runner) index(ctx context.Context, folder string) error {
	corpus := index.NewStore(folder, r.Words, r.Clock, r.Log).Corpus(r.suite.Name)
	// The folder is new: no other content can stand in it under the same id.
	entries := make([]index.Entry, len(r.suite.Documents))
	for i, d := range r.suite.Documents {
		entries[i] = index.Entry{
			ID: d.ID, Hash: d.ID, Passages: len(d.Passages),
			Load: func(context.Context) (*document.Document, error) { return d, nil },
		}
	}
	progress := func(done, total int) { r.Progress(Indexing, done, total) }
	if err := corpus.Sync(ctx, entries, progress); err != nil {
		return err
	}
	var err error
	if r.view, err = index.NewView(corpus); err == nil && r.Weights != nil {
		r.view = r.view.WithWeights(*r.Weights)
	}
	return err
}

// rank fills in the rankings, several at a time.
func (r *runner) rank(ctx context.Context, results []Result) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	done := 0 // guarded by mu
	var wait sync.WaitGroup
	for range r.Workers {
		wait.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(results) {
					return
				}
				if err := r.rankOne(ctx, &results[i]); err != nil {
					cancel(err)
					return
				}
				r.mu.Lock()
				done++
				r.Progress(Ranking, done, len(results))
				r.mu.Unlock()
			}
		})
	}
	wait.Wait()
	return context.Cause(ctx)
}

func (r *runner) rankOne(ctx context.Context, result *Result) error {
	a, refusal, err := r.answer(ctx, result.Query, r.Depth)
	if err != nil {
		return err
	}
	result.Refusal = refusal
	for i := range a.Passages {
		p := &a.Passages[i]
		result.Ranking = append(result.Ranking, Ranked{ID: r.suite.ID(p.Ref()), Score: p.Score})
	}
	return nil
}

// ask asks one question after the other as a user would.
func (r *runner) ask(ctx context.Context, results []Result) error {
	for i := range results {
		result := &results[i]
		began := r.Clock()
		a, _, err := r.answer(ctx, result.Query, 0)
		result.Time = r.Clock().Sub(began)
		if err != nil {
			return err
		}
		result.Verdict, result.Confidence = a.Verdict, a.Confidence
		for j := range a.Passages {
			result.Shown = append(result.Shown, r.suite.ID(a.Passages[j].Ref()))
		}
		if len(a.Passages) > 0 {
			result.First = &a.Passages[0]
		}
		r.Progress(Asking, i+1, len(results))
	}
	return nil
}

// answer asks one question, as a user does where limit is 0, else for a ranking.
// One that cannot be read gets an empty answer and the reason.
func (r *runner) answer(ctx context.Context, q *Query, limit int) (*answer.Answer, string, error) {
	a, err := r.Answerer.Answer(ctx, r.view, answer.Request{Question: q.Text, Limit: limit, Weak: limit > 0})
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return &answer.Answer{Question: q.Text, Verdict: answer.None}, f.Sentence, nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("question %s: %w", q.ID, err)
	}
	return a, "", nil
}
