package quote

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestCases checks quotations of a document of our own, each with the reason
// why it is one, and compares the table of what is said of them.
func TestCases(t *testing.T) {
	b := over(t, plain("compact", string(readFile(t, "testdata/compact.txt"))))
	var table strings.Builder
	wrong := 0
	for _, c := range readCases(t, "testdata/cases.jsonl") {
		r := b.check(t, c.Quote)
		kinds := kindsOf(r)
		if r.Verdict != c.Verdict || passageOf(r) != c.Passage || (c.Kinds != nil && !slices.Equal(kinds, c.Kinds)) {
			wrong++
			t.Errorf("%s: %q: %s in %q (%.2f) %v, want %s in %q %v", c.Why, c.Quote, r.Verdict, passageOf(r), r.Likeness, kinds, c.Verdict, c.Passage, c.Kinds)
		}
		fmt.Fprintf(&table, "%-7s  %-3s  %.2f  %s\n", r.Verdict, passageOf(r), r.Likeness, c.Why)
		if len(r.Found) == 0 {
			continue
		}
		for _, d := range r.Found[0].Differences {
			fmt.Fprintf(&table, "%20s%s: %s → %s\n", "", d.Kind, orNone(d.Source), orNone(d.Quote))
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
