package eval

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
)

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the committed figures anew")
	m.Run()
}

// updating reports whether the committed figures are to be written anew.
func updating() bool { return flag.Lookup("update").Value.String() == "true" }

// tolerance is how far a figure may be from the committed one, in either
// direction. The smallest change of the article's figures, one question of
// 60, is three times that.
const tolerance = 0.005

// columns name the committed figures, see [Report]. In the row of a style
// stand the share of its questions that got an answer and the figures of its
// first three passages.
const columns = "suite nDCG@10 P@1 R@1 R@5 hit@3 MRR@10 answered unanswerable AUROC"

// TestFigures holds the quality of the ranking and of the verdicts to what is
// committed, so that every change of it is seen. After an intended change:
//
//	go test ./internal/eval -run TestFigures -update
func TestFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("measuring takes half a minute")
	}
	update := updating()
	path := filepath.Join("testdata", "figures.txt")
	want := make(map[string][]string)
	if !update {
		want = readFigures(t, path)
	}
	suites := []string{"article", "edition", "base", "own", "own_check", "rules", "or_sharc", "squad2_oos", "scifact"}
	var all [][]string
	for _, name := range suites {
		t.Run(name, func(t *testing.T) {
			if raceDetector && !slices.Contains([]string{"article", "own", "rules", "or_sharc"}, name) {
				t.Skip("too slow under the race detector")
			}
			c := config()
			c.JudgedOnly, c.Depth = true, 10
			out, err := Run(t.Context(), suite(t, name), c)
			if err != nil {
				t.Fatal(err)
			}
			rows := figures(&out.Report)
			all = append(all, rows...)
			if !update {
				compare(t, name, rows, want)
			}
		})
	}
	if !update || t.Failed() {
		return
	}
	done := make(map[string]bool)
	for _, row := range all {
		done[row[0]] = true
	}
	for _, name := range suites {
		if !done[name] {
			t.Fatalf("the figures are not written: %s was not measured", name)
		}
	}
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{strings.Fields(columns)}, all...) {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// figures are the rows of a report: that of the suite, and those of its
// styles under "suite/style".
func figures(r *Report) [][]string {
	row := func(name string, values ...*float64) []string {
		cells := []string{name}
		for _, v := range values {
			cells = append(cells, figure(v))
		}
		return cells
	}
	q, a := r.Ranking, r.Abstention
	rows := [][]string{row(r.Suite, q.NDCG10, q.P1, q.R1, q.R5, q.Hit3, q.MRR10, a.Answerable, a.Unanswerable, a.AUROC)}
	for _, s := range r.Styles {
		share := new(float64(s.Answered) / float64(s.Questions))
		answered, wrongly := share, (*float64)(nil)
		if !s.Answerable {
			answered, wrongly = nil, share
		}
		rows = append(rows, row(r.Suite+"/"+s.Style, nil, s.P1, nil, nil, s.Hit3, nil, answered, wrongly, nil))
	}
	return rows
}

// readFigures reads the committed figures by the name of their row.
func readFigures(t *testing.T, path string) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string][]string)
	for line := range strings.Lines(string(raw)) {
		fields := strings.Fields(line)
		if len(fields) != len(strings.Fields(columns)) {
			t.Fatalf("%s: a row of %d columns: %s", path, len(fields), line)
		}
		rows[fields[0]] = fields
	}
	return rows
}

// compare reports each cell that is further from the committed one than the
// tolerance, and rows that are committed but were not measured.
func compare(t *testing.T, suite string, rows [][]string, want map[string][]string) {
	t.Helper()
	for name := range want {
		ofSuite := name == suite || strings.HasPrefix(name, suite+"/")
		if ofSuite && !slices.ContainsFunc(rows, func(row []string) bool { return row[0] == name }) {
			t.Errorf("%s has committed figures but was not measured", name)
		}
	}
	for _, row := range rows {
		committed := want[row[0]]
		if committed == nil {
			t.Errorf("%s has no committed figures", row[0])
			continue
		}
		for i, column := range strings.Fields(columns)[1:] {
			if got, was := row[i+1], committed[i+1]; !agree(got, was) {
				t.Errorf("%s: %s is %s, committed %s", row[0], column, got, was)
			}
		}
	}
}

// agree compares two printed figures; "-" agrees with itself alone.
func agree(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return a == b
	}
	return math.Abs(x-y) <= tolerance+1e-9
}

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"0.9000", "0.9000", true},
		{"0.9000", "0.9050", true},
		{"0.9050", "0.9000", true},
		{"0.9000", "0.9051", false},
		{"0.9051", "0.9000", false},
		{"-", "-", true},
		{"-", "0.0000", false},
		{"0.0000", "-", false},
	} {
		if got := agree(c.a, c.b); got != c.want {
			t.Errorf("%s and %s agree: %v", c.a, c.b, got)
		}
	}
}
