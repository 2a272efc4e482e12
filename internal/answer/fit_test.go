package answer_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"pincite/internal/answer"
	"pincite/internal/document"
	"pincite/internal/eval"
	"pincite/internal/index"
	"pincite/internal/ingest"
	"pincite/internal/lexicon"
	"pincite/internal/words"
)

// sample is a question with the measures of its answer.
type sample struct {
	id         string
	x          []float64 // measures, after a 1 for the constant
	answerable bool
	weight     float64
	heldOut    bool
}

// fitted are the question sets that the confidence is fitted on, and the weight
// of each. Of those whose questions all have an answer it is low: they say
// only that the regression may not refuse everything.
var fitted = []struct {
	folder string
	on     string // the built-in document that is asked instead; empty for the set's own
	parts  int    // into which the documents are divided; 0 for none
	sample int    // of the questions about other parts one in so many is asked
	weight float64
}{
	{folder: "bench/squad2_oos", weight: 2},
	{folder: "bench/squad2_oos", parts: 4, sample: 6, weight: 0.4},
	{folder: "bench/squad2_oos", parts: 16, sample: 20, weight: 0.4},
	{folder: "article", weight: 0.6},
	{folder: "article", on: "cartel-strikes", weight: 0.4},
	{folder: "article", on: "*", weight: 0.6}, // the edition among all built-in documents
	{folder: "own", weight: 0.6},              // its even ids
	{folder: "bench/or_sharc", weight: 0.3},
	{folder: "bench/or_sharc", parts: 3, sample: 4, weight: 0.3},
	{folder: "bench/or_sharc", parts: 13, sample: 10, weight: 0.3},
	{folder: "bench/scifact", weight: 0.3},
}

// answerableShare is the share of the questions in a channel that are taken to
// have an answer.
const answerableShare = 0.72

// TestFitConfidence fits the logistic regression of the confidence anew and
// prints it beside the one in use, with the figures of both on the questions
// that were left out of the fit. It runs where PINCITE_FIT is 1; the
// coefficients are copied by hand.
func TestFitConfidence(t *testing.T) {
	if os.Getenv("PINCITE_FIT") != "1" {
		t.Skip("PINCITE_FIT is not 1")
	}
	var all []sample
	for _, set := range fitted {
		var samples []sample
		for _, s := range suites(t, set.folder, set.on, set.parts, set.sample) {
			samples = append(samples, collect(t, s)...)
		}
		counts := map[bool]float64{}
		for i := range samples {
			// Half of the largest set is left out, and of our own.
			h := fnv.New32a()
			h.Write([]byte(samples[i].id))
			switch set.folder {
			case "bench/squad2_oos":
				samples[i].heldOut = h.Sum32()%2 == 0
			case "own":
				n, err := strconv.Atoi(samples[i].id)
				if err != nil {
					t.Fatal(err)
				}
				samples[i].heldOut = n%2 == 1
			}
			if !samples[i].heldOut {
				counts[samples[i].answerable]++
			}
		}
		for i := range samples {
			share := answerableShare
			if !samples[i].answerable {
				share = 1 - answerableShare
			}
			samples[i].weight = share * set.weight / counts[samples[i].answerable]
		}
		t.Logf("%-17s %-15s %2d in use: %s; left out: %s", set.folder, set.on, set.parts,
			figures(samples, answer.Coefficients()), figures(onlyHeldOut(samples), answer.Coefficients()))
		all = append(all, samples...)
	}
	c := fit(all)
	t.Logf("fitted %.2f, in use %.2f", c, answer.Coefficients())
	t.Logf("left out: fitted %s; in use %s", figures(onlyHeldOut(all), c), figures(onlyHeldOut(all), answer.Coefficients()))
}

func onlyHeldOut(all []sample) []sample {
	var out []sample
	for _, s := range all {
		if s.heldOut {
			out = append(out, s)
		}
	}
	return out
}

// asked is a set of documents and what is asked of it.
type asked struct {
	documents []*document.Document
	questions []question
}

type question struct {
	id, text   string
	answerable bool
}

// suites is a question set, or its parts: of each the documents that follow each
// other, with the questions about them and a sample of the others.
func suites(t *testing.T, folder, on string, parts, sample int) []asked {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", filepath.FromSlash(folder))
	if folder == "own" || folder == "rules" {
		path = filepath.Join("..", "eval", "testdata", folder)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the measuring data ../shared/%s is not here", folder)
	}
	s, err := eval.Load(t.Context(), path, read)
	if err != nil {
		t.Fatal(err)
	}
	if on != "" {
		if s, err = s.On(on, "cartel-strikes", builtIn(t, on)...); err != nil {
			t.Fatal(err)
		}
	}
	var list []asked
	size := len(s.Documents)
	if parts > 0 {
		size = (size + parts - 1) / parts
	}
	for part := range slices.Chunk(s.Documents, size) {
		set := asked{documents: part}
		in := make(map[string]bool)
		for _, d := range part {
			for i := range d.Passages {
				in[s.ID(d.Ref(&d.Passages[i]))] = true
			}
		}
		others := 0
		for i := range s.Queries {
			q := &s.Queries[i]
			if !q.Judged() {
				continue
			}
			answerable := false
			for id, grade := range q.Grades {
				answerable = answerable || grade > 0 && in[id]
			}
			if parts > 0 && !answerable {
				if others++; others%sample != 0 {
					continue
				}
			}
			set.questions = append(set.questions, question{q.ID, q.Text, answerable})
		}
		list = append(list, set)
	}
	return list
}

// collect asks every question of a set.
func collect(t *testing.T, set asked) []sample {
	t.Helper()
	a := words.NewAnalyzer()
	corpus := index.NewStore("", a, time.Now, slog.New(slog.DiscardHandler)).Corpus("set")
	var entries []index.Entry
	for _, d := range set.documents {
		entries = append(entries, index.Entry{
			ID: d.ID, Hash: "1", Passages: len(d.Passages),
			Load: func(context.Context) (*document.Document, error) { return d, nil },
		})
	}
	if err := corpus.Sync(t.Context(), entries, nil); err != nil {
		t.Fatal(err)
	}
	view, err := index.NewView(corpus)
	if err != nil {
		t.Fatal(err)
	}
	answerer := answer.New(a, lexicon.Builtin())
	var samples []sample
	for _, q := range set.questions {
		m, err := answerer.Measures(t.Context(), view, answer.Request{Question: q.text})
		if err != nil || !slices.ContainsFunc(m, func(x float64) bool { return x != 0 }) {
			continue // a question without words, chatter, or nothing found
		}
		samples = append(samples, sample{id: q.id, x: append([]float64{1}, m...), answerable: q.answerable})
	}
	return samples
}

func read(ctx context.Context, path string) (*document.Document, error) {
	source, err := ingest.File(path, ingest.DefaultLimits())
	if err != nil {
		return nil, err
	}
	reading, err := ingest.Read(ctx, source, ingest.DefaultLimits())
	if err != nil {
		return nil, err
	}
	return reading.Document, nil
}

// builtIn are the built-in documents: one, or all for "*".
func builtIn(t *testing.T, id string) []*document.Document {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "corpus", id+".md"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no built-in document %s: %v", id, err)
	}
	var docs []*document.Document
	for _, path := range paths {
		d, err := read(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}

func probability(c, x []float64) float64 {
	z := 0.0
	for i := range c {
		z += c[i] * x[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// fit maximises the weighted likelihood by Newton's method, with a little
// ridge so that the coefficients stay finite.
func fit(samples []sample) []float64 {
	const ridge = 0.002
	n := len(samples[0].x)
	c := make([]float64, n)
	for range 50 {
		m := make([][]float64, n) // the Hessian, and the gradient beside it
		for i := range m {
			m[i] = make([]float64, n+1)
			m[i][i], m[i][n] = ridge, ridge*c[i]
		}
		for _, s := range samples {
			if s.heldOut {
				continue
			}
			p := probability(c, s.x)
			miss := p
			if s.answerable {
				miss = p - 1
			}
			for i := range n {
				m[i][n] += s.weight * miss * s.x[i]
				for j := range n {
					m[i][j] += s.weight * p * (1 - p) * s.x[i] * s.x[j]
				}
			}
		}
		for i, step := range solve(m) {
			c[i] -= step
		}
	}
	return c
}

// solve solves a positive definite system by Gauss–Jordan elimination.
func solve(m [][]float64) []float64 {
	n := len(m)
	for i := range m {
		for j := n; j >= i; j-- {
			m[i][j] /= m[i][i]
		}
		for k := range m {
			if f := m[k][i]; k != i {
				for j := i; j <= n; j++ {
					m[k][j] -= f * m[i][j]
				}
			}
		}
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = m[i][n]
	}
	return x
}

// figures are the AUROC of a regression and what it calls answered.
func figures(samples []sample, c []float64) string {
	var yes, no []float64
	for _, s := range samples {
		if p := probability(c, s.x); s.answerable {
			yes = append(yes, p)
		} else {
			no = append(no, p)
		}
	}
	share := func(ps []float64) float64 {
		n := 0.0
		for _, p := range ps {
			if p >= answer.AnsweredFrom {
				n++
			}
		}
		return n / float64(max(len(ps), 1))
	}
	return fmt.Sprintf("answered %.3f, of unanswerable %.3f, AUROC %.4f", share(yes), share(no), eval.AUROC(yes, no))
}
