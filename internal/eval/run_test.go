package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pincite/internal/answer"
)

func smallSuite(t testing.TB) *Suite {
	t.Helper()
	s, err := Load(t.Context(), folder(t, small()), noReader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRun(t *testing.T) {
	c := config()
	var stages []Stage
	c.Progress = func(stage Stage, done, total int) {
		if done < 1 || done > total {
			t.Errorf("%s: %d of %d", stage, done, total)
		}
		if done == total {
			stages = append(stages, stage)
		}
	}
	out, err := Run(t.Context(), smallSuite(t), c)
	if err != nil {
		t.Fatal(err)
	}
	if want := []Stage{Indexing, Ranking, Asking}; !slices.Equal(stages, want) {
		t.Errorf("stages %q, want %q", stages, want)
	}
	r := &out.Report
	if r.Documents != 4 || r.Passages != 5 || r.Questions != 5 || r.Answerable != 2 || r.Unanswerable != 2 || r.Unjudged != 1 || r.Refused != 1 {
		t.Errorf("counts: %+v", r)
	}
	// Each answerable question has words of one passage alone.
	for name, f := range map[string]*float64{
		"nDCG@10": r.Ranking.NDCG10, "P@1": r.Ranking.P1, "R@1": r.Ranking.R1,
		"R@5": r.Ranking.R5, "hit@3": r.Ranking.Hit3, "MRR@10": r.Ranking.MRR10,
	} {
		if f == nil || *f != 1 {
			t.Errorf("%s is %s", name, figure(f))
		}
	}
	if first := out.Results[0]; len(first.Ranking) == 0 || first.Ranking[0].ID != "a/1" || len(first.Shown) == 0 || first.Shown[0] != "a/1" {
		t.Errorf("q1: %+v", first)
	}
	if last := out.Results[4]; last.Refusal == "" || last.Verdict != answer.None || last.Confidence != 0 || last.Shown != nil {
		t.Errorf("a question without words: %+v", last)
	}
	if r.Speed.PassagesPerSecond <= 0 || r.Speed.P99Millis < r.Speed.P50Millis || r.Speed.Workers < 1 {
		t.Errorf("speed: %+v", r.Speed)
	}

	c.JudgedOnly = true
	if out, err = Run(t.Context(), smallSuite(t), c); err != nil {
		t.Fatal(err)
	}
	if r := out.Report; r.Questions != 4 || r.Unjudged != 0 {
		t.Errorf("judged only: %+v", r)
	}
}

// TestRunSaysTheSame runs one suite with one and with many at a time.
func TestRunSaysTheSame(t *testing.T) {
	s := smallSuite(t)
	said := func(workers int) string {
		c := config()
		c.Workers = workers
		out, err := Run(t.Context(), s, c)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		for i := range out.Results {
			for _, p := range out.Results[i].Ranking {
				b.WriteString(out.Results[i].Query.ID + " " + p.ID + "\n")
			}
		}
		if err := WriteAnswers(&b, out.Results); err != nil {
			t.Fatal(err)
		}
		out.Report.Speed = Speed{}
		if err := out.Report.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if one, many := said(1), said(7); one != many {
		t.Errorf("one at a time:\n%s\nseven at a time:\n%s", one, many)
	}
}

// TestShownIsTheTopOfTheRanking: the figures are of deep rankings, and hold for
// what a user sees only if the depth changes nothing at the top.
func TestShownIsTheTopOfTheRanking(t *testing.T) {
	s := &Suite{Name: "built-in", Documents: builtIn(t)}
	for i, text := range []string{
		"Would Article 51 cover strikes on cartels?", "who can declare war", "how long may forces stay without Congress",
		"what must a finding for a covert action contain", "armed attack", "why does the designation matter", "president",
	} {
		s.Queries = append(s.Queries, Query{ID: strconv.Itoa(i), Text: text, Unanswerable: true})
	}
	out, err := Run(t.Context(), s, config())
	if err != nil {
		t.Fatal(err)
	}
	for i := range out.Results {
		r := &out.Results[i]
		if ids := r.IDs(); len(r.Shown) == 0 || len(ids) <= len(r.Shown) || !slices.Equal(ids[:len(r.Shown)], r.Shown) {
			t.Errorf("%q shows %q, ranks %q", r.Query.Text, r.Shown, ids)
		}
	}
}

func TestRunRefusesDepths(t *testing.T) {
	for _, depth := range []int{-1, 9, Depth + 1} {
		c := config()
		c.Depth = depth
		if _, err := Run(t.Context(), smallSuite(t), c); err == nil {
			t.Errorf("a depth of %d is accepted", depth)
		}
	}
}

func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := config()
	c.Progress = func(stage Stage, _, _ int) {
		if stage == Ranking {
			cancel()
		}
	}
	if _, err := Run(ctx, smallSuite(t), c); !errors.Is(err, context.Canceled) {
		t.Errorf("a run whose context ended: %v", err)
	}
}

func TestTimes(t *testing.T) {
	s := Speed{}
	s.indexed(500, 250*time.Millisecond)
	if s.PassagesPerSecond != 2000 || s.IndexingMillis != 250 {
		t.Errorf("%+v", s)
	}
	results := make([]Result, 100)
	for i := range results {
		results[i].Time = time.Duration(i+1) * time.Millisecond
	}
	s.asked(results)
	if s.P50Millis != 50 || s.P99Millis != 99 || !near(s.QuestionsPerSecond, 100/5.05) {
		t.Errorf("%+v", s)
	}
	s.indexed(500, 0) // a clock that stands still
	if s.PassagesPerSecond != 0 {
		t.Errorf("%+v", s)
	}
}

// judged is a set of results whose figures are computed by hand below.
func judged() (*Suite, []Result) {
	queries := []Query{
		{ID: "1", Style: "natural", Grades: map[string]int{"a": 1}},
		{ID: "2", Style: "natural", Grades: map[string]int{"b": 1, "c": 1}},
		{ID: "3", Style: "typo", Grades: map[string]int{"d": 1}},
		{ID: "4", Style: "natural", Unanswerable: true},
		{ID: "5", Style: "chatter", Unanswerable: true},
		{ID: "6", Style: "typo", Grades: map[string]int{"d": 0}},
	}
	ranked := func(ids string) []Ranked {
		var list []Ranked
		for _, id := range strings.Fields(ids) {
			list = append(list, Ranked{ID: id})
		}
		return list
	}
	return &Suite{Name: "by-hand"}, []Result{
		{Query: &queries[0], Ranking: ranked("a b"), Verdict: answer.Answered, Confidence: 0.9},
		{Query: &queries[1], Ranking: ranked("a b c"), Verdict: answer.Related, Confidence: 0.4},
		{Query: &queries[2], Ranking: ranked("a b c d"), Verdict: answer.None, Confidence: 0.1},
		{Query: &queries[3], Ranking: ranked("a"), Verdict: answer.Answered, Confidence: 0.4},
		{Query: &queries[4], Verdict: answer.None, Refusal: "no words"},
		{Query: &queries[5], Verdict: answer.Answered, Confidence: 1},
	}
}

func TestReport(t *testing.T) {
	s, results := judged()
	r := newReport(s, results, Speed{})
	var b bytes.Buffer
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	// nDCG: 1, (1/log2 3 + 1/2) / (1 + 1/log2 3) = .6934, 1/log2 5 = .4307.
	// AUROC: of six pairs four are won and one is tied.
	const want = `suite      by-hand
documents  0
passages   0
questions  6: 3 answerable, 2 unanswerable, 1 not judged, 1 refused

nDCG@10  P@1     R@1     R@5     hit@3   MRR@10
0.7080   0.3333  0.3333  1.0000  0.6667  0.5833

answered of answerable  of unanswerable  AUROC of confidence
0.3333                  0.5000           0.7500

style    questions  P@1     hit@3   answered  related  none
natural  2          0.5000  1.0000  1         1        0
typo     1          0.0000  0.0000  0         0        1
chatter  1          -       -       0         0        1
natural  1          -       -       1         0        0

indexing  0 passages/s (0 ms)
asking    0 questions/s one by one, p50 0.00 ms, p99 0.00 ms
ranking   0 questions/s with 0 at a time, 0 passages deep
`
	if b.String() != want {
		t.Errorf("report:\n%s\nwant:\n%s", b.String(), want)
	}
}

// TestReportWithoutAnswers has no question of either kind: its figures are
// null, not 0.
func TestReportWithoutAnswers(t *testing.T) {
	raw, err := json.Marshal(newReport(&Suite{Name: "none"}, nil, Speed{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"ranking":{"ndcg10":null,"p1":null,"r1":null,"r5":null,"hit3":null,"mrr10":null}`,
		`"abstention":{"answerable":null,"unanswerable":null,"auroc":null}`,
	} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s lacks %s", raw, want)
		}
	}
}

func TestDetails(t *testing.T) {
	_, results := judged()
	var b bytes.Buffer
	if err := (&Outcome{Results: results}).WriteDetails(&b); err != nil {
		t.Fatal(err)
	}
	var marks []string
	for line := range strings.Lines(b.String()) {
		fields := strings.Fields(line)
		marks = append(marks, fields[0]+" "+fields[2])
	}
	if want := []string{"1 ok", "2 #2", "3 #4", "4 none", "5 none"}; !slices.Equal(marks, want) {
		t.Errorf("marks %q, want %q", marks, want)
	}
}

func TestReadMemory(t *testing.T) {
	m := ReadMemory()
	if m == (Memory{}) {
		t.Skip("the system does not say what memory the process has")
	}
	if m.Resident < 1<<20 || m.Peak < m.Resident {
		t.Errorf("%+v", m)
	}
}
