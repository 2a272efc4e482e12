package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pincite/internal/document"
)

// TestPrintReport prints the report of the suites in the folders that
// PINCITE_EVAL lists between commas, for whoever changes the ranking. The
// names article, edition, base, own, own_check, rules, or_sharc, squad2_oos and
// scifact stand for those of TestFigures. With PINCITE_EVAL_VERBOSE=1 it prints every question.
func TestPrintReport(t *testing.T) {
	folders := os.Getenv("PINCITE_EVAL")
	if folders == "" {
		t.Skip("PINCITE_EVAL names no folder")
	}
	for folder := range strings.SplitSeq(folders, ",") {
		s := suite(t, folder)
		c := config()
		verbose := os.Getenv("PINCITE_EVAL_VERBOSE") == "1"
		if c.JudgedOnly = true; !verbose {
			c.Depth = 10
		}
		out, err := Run(t.Context(), s, c)
		if err != nil {
			t.Fatal(err)
		}
		if verbose {
			if err := out.WriteDetails(os.Stdout); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Report.WriteText(os.Stdout); err != nil {
			t.Fatal(err)
		}
	}
}

// suite loads a suite by the name that it has in the committed figures, or by
// its folder.
func suite(t testing.TB, name string) *Suite {
	t.Helper()
	switch name {
	case "article":
		return load(t, shared(t, "article"))
	case "edition", "base":
		s, docs := suite(t, "article"), builtIn(t)
		if name == "edition" {
			docs = only(docs, edition)
		}
		other, err := s.On(name, edition, docs...)
		if err != nil {
			t.Fatal(err)
		}
		return other
	case "own", "own_check":
		return half(load(t, filepath.Join("testdata", "own")), name, name == "own")
	case "rules":
		return load(t, filepath.Join("testdata", name))
	case "or_sharc", "squad2_oos", "scifact":
		return load(t, shared(t, "bench/"+name))
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(root(t), name)
	}
	return load(t, name)
}

// edition is the built-in document that follows the article paragraph by
// paragraph.
const edition = "cartel-strikes"

func only(docs []*document.Document, id string) []*document.Document {
	for _, d := range docs {
		if d.ID == id {
			return []*document.Document{d}
		}
	}
	return nil
}

func load(t testing.TB, folder string) *Suite {
	t.Helper()
	s, err := Load(t.Context(), folder, readFile)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
