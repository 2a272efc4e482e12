package authority_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"pincite/internal/authority"
)

var update = flag.Bool("update", false, "write the goldens anew")

// expected is what a sentence is marked to name; the key is empty for what is
// to be found without one.
type expected struct {
	key        string
	start, end int
}

// sentence is a line of testdata/sentences.txt.
type sentence struct {
	line     int
	family   string
	passages []string
	// want is by passage.
	want [][]expected
}

// sentences reads testdata/sentences.txt, whose head says how it is written.
func sentences(t testing.TB) []sentence {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "sentences.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var list []sentence
	family := ""
	for n, line := range strings.Split(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, "## "); ok {
			family = rest
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		s := sentence{line: n + 1, family: family}
		for _, p := range strings.Split(line, " || ") {
			text, want := unmark(t, n+1, p)
			s.passages = append(s.passages, text)
			s.want = append(s.want, want)
		}
		list = append(list, s)
	}
	return list
}

// unmark takes the marks out of a passage.
func unmark(t testing.TB, line int, marked string) (text string, want []expected) {
	t.Helper()
	for {
		before, rest, ok := strings.Cut(marked, "{")
		text += before
		if !ok {
			return text, want
		}
		inside, after, ok := strings.Cut(rest, "}")
		key, span, ok2 := strings.Cut(inside, ": ")
		if !ok || !ok2 {
			t.Fatalf("line %d: a mark has no end or no key", line)
		}
		if key == "?" {
			key = ""
		}
		want = append(want, expected{key, len(text), len(text) + len(span)})
		text += span
		marked = after
	}
}

// tally counts what a family's sentences name and what is found.
type tally struct{ sentences, named, found, right int }

// The least that is to be found of what the sentences name; nothing else may be.
const (
	sentencesPrecision = 1.0
	sentencesRecall    = 0.97
)

// TestSentences finds what the sentences name, with the same spans, and prints
// how much of it by family.
//
// The 70 sentences under "hard" and "hard none" that came first were all written
// with what they name before any was run. In their first run 69 of 75 finds were
// right, and 69 of 75 names were found: precision and recall .92. Two of the six
// wrong finds were spans that the marks had drawn otherwise than those of the
// sentences above; the marks were changed. Three were articles of an instrument
// that has no key, found without one.
func TestSentences(t *testing.T) {
	families := []string{}
	tallies := map[string]*tally{}
	for _, s := range sentences(t) {
		y := tallies[s.family]
		if y == nil {
			y = &tally{}
			tallies[s.family] = y
			families = append(families, s.family)
		}
		y.sentences++
		for p, found := range authority.FindAll(s.passages) {
			got := make([]expected, len(found))
			for i, f := range found {
				got[i] = expected{f.Key, f.Start, f.End}
			}
			y.named += len(s.want[p])
			y.found += len(got)
			for _, g := range got {
				if slices.Contains(s.want[p], g) {
					y.right++
				} else {
					t.Errorf("line %d: %q is found as %q", s.line, s.passages[p][g.start:g.end], g.key)
				}
			}
			for _, w := range s.want[p] {
				if !slices.Contains(got, w) {
					t.Logf("line %d: %q is not found as %q", s.line, s.passages[p][w.start:w.end], w.key)
				}
			}
		}
	}
	total := tally{}
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "family\tsentences\tnamed\tfound\tright\tprecision\trecall\t")
	row := func(name string, y tally) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%s\t%s\t\n", name, y.sentences, y.named, y.found, y.right,
			share(y.right, y.found), share(y.right, y.named))
	}
	for _, f := range families {
		row(f, *tallies[f])
		total.sentences += tallies[f].sentences
		total.named += tallies[f].named
		total.found += tallies[f].found
		total.right += tallies[f].right
	}
	row("all", total)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	golden(t, "sentences.golden", b.Bytes())
	if p := float64(total.right) / float64(total.found); p < sentencesPrecision {
		t.Errorf("precision %.3f, want %.2f", p, sentencesPrecision)
	}
	if r := float64(total.right) / float64(total.named); r < sentencesRecall {
		t.Errorf("recall %.3f, want at least %.2f", r, sentencesRecall)
	}
}

func share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", float64(part)/float64(whole))
}

// golden compares with a file in testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs (go test ./internal/authority -update writes it):\n%s", path, got)
	}
}

// TestSentencesAlone holds what each find of the sentences promises: what is
// resolved on its own is read back from its span as the same key, in each kind
// of space and dash that typesetters use.
func TestSentencesAlone(t *testing.T) {
	for _, s := range sentences(t) {
		for p, text := range s.passages {
			if p > 0 {
				break
			}
			for i, f := range authority.Find(text) {
				if f.Key == "" {
					continue
				}
				checkKey(t, f.Key)
				span := text[f.Start:f.End]
				if alone := authority.Find(span); len(alone) == 1 && alone[0].Key != "" && alone[0].Key != f.Key {
					t.Errorf("line %d: %q is %q on its own and %q in its sentence", s.line, span, alone[0].Key, f.Key)
				}
				if i > 0 {
					continue
				}
				for _, other := range []struct{ old, new string }{{" ", "\u00a0"}, {" ", "\u2009"}, {" ", "\n"}, {"–", "-"}, {"-", "–"}} {
					typed := strings.ReplaceAll(text, other.old, other.new)
					found := authority.Find(typed)
					if len(found) == 0 || found[0].Key != f.Key {
						t.Errorf("line %d: %q is not found with %q for %q", s.line, f.Key, other.new, other.old)
					}
				}
			}
		}
	}
}

// TestKinds orders the kinds, and knows each that the sentences name.
func TestKinds(t *testing.T) {
	kinds := authority.Kinds()
	sorted := slices.Compact(slices.SortedFunc(slices.Values(kinds), cmp.Compare))
	if len(sorted) != len(kinds) {
		t.Errorf("a kind is listed twice: %v", kinds)
	}
	used := map[authority.Kind]bool{}
	for _, s := range sentences(t) {
		for _, found := range authority.FindAll(s.passages) {
			for _, f := range found {
				if f.Key == "" {
					continue
				}
				used[f.Kind] = true
				if f.Kind != authority.KindOf(f.Key) || !slices.Contains(kinds, f.Kind) {
					t.Errorf("%q is of the kind %q", f.Key, f.Kind)
				}
			}
		}
	}
	for _, k := range kinds {
		if !used[k] {
			t.Errorf("no sentence names a %s", k)
		}
	}
}
