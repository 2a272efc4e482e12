package eval

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pincite/internal/answer"
)

func TestWriteRun(t *testing.T) {
	results := []Result{
		{Query: &Query{ID: "q1"}, Ranking: []Ranked{{"a/1", 2.5}, {"b", 0.25}}},
		{Query: &Query{ID: "q2"}},
		{Query: &Query{ID: "3"}, Ranking: []Ranked{{"c", 1e-9}}},
	}
	var b bytes.Buffer
	if err := WriteRun(&b, results, "pincite"); err != nil {
		t.Fatal(err)
	}
	const want = `q1 Q0 a/1 1 2.5 pincite
q1 Q0 b 2 0.25 pincite
3 Q0 c 1 1e-09 pincite
`
	if b.String() != want {
		t.Errorf("run:\n%swant:\n%s", b.String(), want)
	}
}

// TestWriteRunKeepsTheOrder reads runs with tied scores, and with scores that
// differ by less than 32 bits show, as trec_eval does: by score, then by id,
// both falling.
func TestWriteRunKeepsTheOrder(t *testing.T) {
	for name, score := range map[string]func(i int) float64{
		"tied":         func(int) float64 { return 3 },
		"nearly tied":  func(i int) float64 { return 3 - float64(i)*1e-12 },
		"tied at zero": func(int) float64 { return 0 },
		"some tied":    func(i int) float64 { return 50 - float64(i/7) },
	} {
		var ranking []Ranked
		for i := range 130 {
			ranking = append(ranking, Ranked{fmt.Sprintf("d%03d", i), score(i)})
		}
		var b bytes.Buffer
		if err := WriteRun(&b, []Result{{Query: &Query{ID: "q"}, Ranking: ranking}}, "x"); err != nil {
			t.Fatal(err)
		}
		type line struct {
			id    string
			score float32
		}
		var lines []line
		for scan := bufio.NewScanner(&b); scan.Scan(); {
			fields := strings.Split(scan.Text(), " ")
			if len(fields) != 6 || fields[1] != "Q0" || fields[3] != strconv.Itoa(len(lines)+1) {
				t.Fatalf("%s: line %q", name, scan.Text())
			}
			f, err := strconv.ParseFloat(fields[4], 32)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, line{fields[2], float32(f)})
		}
		if len(lines) != Depth {
			t.Errorf("%s: %d lines, want %d", name, len(lines), Depth)
		}
		slices.SortFunc(lines, func(a, b line) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id))
		})
		for i, l := range lines {
			if l.id != ranking[i].ID {
				t.Fatalf("%s: rank %d is %s, want %s", name, i+1, l.id, ranking[i].ID)
			}
		}
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestWritersRefuse(t *testing.T) {
	for name, r := range map[string]Result{
		"query with a space":  {Query: &Query{ID: "q 1"}, Ranking: []Ranked{{"a", 1}}},
		"passage with a tab":  {Query: &Query{ID: "q"}, Ranking: []Ranked{{"a\tb", 1}}},
		"passage without id":  {Query: &Query{ID: "q"}, Ranking: []Ranked{{"", 1}}},
		"query with a nbsp":   {Query: &Query{ID: "q\u00a01"}, Ranking: []Ranked{{"a", 1}}},
		"passage with a line": {Query: &Query{ID: "q"}, Ranking: []Ranked{{"a\n", 1}}},
	} {
		if err := WriteRun(&bytes.Buffer{}, []Result{r}, "x"); err == nil {
			t.Errorf("%s is written", name)
		}
	}
	ok := []Result{{Query: &Query{ID: "q"}, Ranking: []Ranked{{"a", 1}}}}
	if err := WriteRun(&bytes.Buffer{}, ok, "my tag"); err == nil {
		t.Error("a tag with a space is written")
	}
	out := Outcome{Results: ok}
	for name, err := range map[string]error{
		"run":     WriteRun(brokenWriter{}, ok, "x"),
		"answers": WriteAnswers(brokenWriter{}, ok),
		"report":  out.Report.WriteText(brokenWriter{}),
	} {
		if !errors.Is(err, errBroken) {
			t.Errorf("%s to a broken writer: %v", name, err)
		}
	}
}

func TestWriteAnswers(t *testing.T) {
	results := []Result{
		{Query: &Query{ID: "q<1>"}, Verdict: answer.Answered, Confidence: 0.75, Shown: []string{"a b", "c"}},
		{Query: &Query{ID: "q2"}, Verdict: answer.None},
	}
	var b bytes.Buffer
	if err := WriteAnswers(&b, results); err != nil {
		t.Fatal(err)
	}
	const want = `{"id":"q<1>","verdict":"answered","confidence":0.75,"passages":["a b","c"]}
{"id":"q2","verdict":"none","confidence":0,"passages":[]}
`
	if b.String() != want {
		t.Errorf("answers:\n%swant:\n%s", b.String(), want)
	}
}
