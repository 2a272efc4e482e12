package quote

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pincite/internal/document"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestCases checks quotations of three documents of our own, two of them of
// similar wording and one in Spanish, each with the reason why it is one, and
// compares the table of what is said of them. A passage that is not of the first
// is given with its document.
func TestCases(t *testing.T) {
	var docs []*document.Document
	for _, id := range []string{"compact", "ferry", "lonja"} {
		docs = append(docs, plain(id, string(readFile(t, "testdata/"+id+".txt"))))
	}
	b := over(t, docs...)
	var table strings.Builder
	wrong := 0
	for _, c := range readCases(t, "testdata/cases.jsonl") {
		r := b.check(t, c.Quote)
		kinds, passage := kindsOf(r), passageOf(r)
		if len(r.Found) > 0 && r.Found[0].Parts[0].Document != docs[0] {
			passage = r.Found[0].Parts[0].Document.ID + "/" + passage
		}
		if r.Verdict != c.Verdict || passage != c.Passage || (c.Kinds != nil && !slices.Equal(kinds, c.Kinds)) {
			wrong++
			t.Errorf("%s: %q: %s in %q (%.2f) %v, want %s in %q %v", c.Why, c.Quote, r.Verdict, passage, r.Likeness, kinds, c.Verdict, c.Passage, c.Kinds)
		}
		fmt.Fprintf(&table, "%-7s  %-9s  %.2f  %s\n", r.Verdict, passage, r.Likeness, c.Why)
		if len(r.Found) == 0 {
			continue
		}
		for _, d := range r.Found[0].Differences {
			fmt.Fprintf(&table, "%26s%s: %s → %s\n", "", d.Kind, orNone(d.Source), orNone(d.Quote))
		}
	}
	t.Log("\n" + table.String())
	golden(t, "testdata/table.txt", table.String())
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return strings.Join(strings.Fields(s), " ")
}

// golden compares with a committed file, or rewrites it.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what is printed; see -update", path)
	}
}
