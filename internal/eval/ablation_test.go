package eval

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"

	"pincite/internal/answer"
	"pincite/internal/index"
	"pincite/internal/lexicon"
)

// ablations are what is taken away, one at a time.
var ablations = []struct {
	name    string
	without func(c *Config, w *index.Weights)
}{
	{"nothing", func(*Config, *index.Weights) {}},
	{"lexicon", func(c *Config, _ *index.Weights) { c.Answerer = answer.New(c.Words, nil) }},
	{"kin", func(c *Config, _ *index.Weights) { c.Answerer = answer.New(c.Words, lexicon.Builtin().WithoutKin()) }},
	{"likelihood", func(_ *Config, w *index.Weights) { w.Likelihood = 0 }},
	{"form", func(_ *Config, w *index.Weights) { w.Form = 0 }},
	{"sentence", func(_ *Config, w *index.Weights) { w.Sentence = 0 }},
	{"proximity", func(_ *Config, w *index.Weights) { w.Proximity = 0 }},
	{"pairs", func(_ *Config, w *index.Weights) { w.Pair = 0 }},
	{"bigrams", func(_ *Config, w *index.Weights) { w.Bigram = 0 }},
	{"similar words", func(_ *Config, w *index.Weights) { w.Similar = 0 }},
	{"coverage", func(_ *Config, w *index.Weights) { w.Coverage = 0 }},
	{"neighbours", func(_ *Config, w *index.Weights) { w.Neighbour = 0 }},
	{"titles", func(_ *Config, w *index.Weights) { w.Head = 0 }},
	{"titles of one passage", func(_ *Config, w *index.Weights) { w.HeadAlone = 0 }},
	{"length 0.4 as in bleve's mend", func(_ *Config, w *index.Weights) { w.Length = 0.4 }},
}

// TestAblation measures what each part of the ranking brings, by taking it
// away, and compares the table with the committed one, which the package's
// documentation names. It runs where PINCITE_ABLATION is 1, for it takes some
// minutes:
//
//	PINCITE_ABLATION=1 go test ./internal/eval -run TestAblation -v [-update]
func TestAblation(t *testing.T) {
	if os.Getenv("PINCITE_ABLATION") != "1" {
		t.Skip("PINCITE_ABLATION is not 1")
	}
	suites := []string{"article", "edition", "base", "or_sharc", "squad2_oos", "scifact", "own", "own_check", "rules"}
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "nDCG@10 without\t"+strings.Join(suites, "\t"))
	for _, a := range ablations {
		row := []string{a.name}
		for _, name := range suites {
			c := config()
			c.JudgedOnly, c.Depth = true, 10
			weights := index.DefaultWeights()
			a.without(&c, &weights)
			c.Weights = &weights
			out, err := Run(t.Context(), suite(t, name), c)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, figure(out.Report.Ranking.NDCG10))
		}
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", b.String())
	path := filepath.Join("testdata", "ablation.txt")
	if updating() {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s says\n%s", path, want)
	}
}
