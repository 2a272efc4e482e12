package lexicon

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/words"
)

// entriesOf reads a text that has no errors.
func entriesOf(t *testing.T, text string) []entry {
	t.Helper()
	errs := &ParseError{Name: "test"}
	var entries []entry
	for _, s := range read(text, errs) {
		entries = append(entries, s.entry)
	}
	if len(errs.List) > 0 {
		t.Fatal(errs)
	}
	return entries
}

// TestDataPrintsAsItself holds that what format writes of the built-in data reads
// as the same entries, which together make the same table.
func TestDataPrintsAsItself(t *testing.T) {
	a := words.NewAnalyzer()
	for _, f := range readData(t) {
		var entries []entry
		for _, s := range f.entries {
			entries = append(entries, s.entry)
		}
		text := format(entries)
		if diff := cmp.Diff(entries, entriesOf(t, text), cmp.AllowUnexported(entry{}, weighted{})); diff != "" {
			t.Errorf("%s printed and read (-before +after):\n%s", f.name, diff)
		}
		l, err := Parse(f.name, text, a)
		if err != nil {
			t.Fatal(err)
		}
		if l.Len() != len(entries) {
			t.Errorf("%s has %d entries, and printed %d", f.name, len(entries), l.Len())
		}
		for line := range strings.Lines(string(l.layers[0])) {
			key, terms, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			whole, found, _ := table(builtin).find([]byte(key))
			if !found {
				t.Errorf("%s: %q is not in the built-in table", f.name, key)
			}
			for _, term := range appendTerms(nil, terms) {
				// Another file may give the term a higher weight.
				if !slices.ContainsFunc(appendTerms(nil, whole), func(b Term) bool { return slices.Equal(b.Stems, term.Stems) && b.Weight >= term.Weight }) {
					t.Errorf("%s: %q lacks %v in the built-in table", f.name, key, term)
				}
			}
		}
	}
}

// TestMergeTakesBack holds that a server can take back each left side of the
// built-in data, in whichever form it is asked, and only that.
func TestMergeTakesBack(t *testing.T) {
	a, c := words.NewAnalyzer(), newCompiler(words.NewAnalyzer())
	for _, f := range readData(t) {
		// Some at a time, since a lexicon of one's own is bounded.
		for some := range slices.Chunk(f.entries, MaxEntries/4) {
			taken := make(map[string]bool) // keys
			var back []entry
			for i, e := range some {
				if i%2 == 1 {
					continue
				}
				back = append(back, entry{language: e.language, left: e.left})
				for _, text := range e.left {
					keys, err := c.keys(e.language, text)
					if err != nil {
						t.Fatal(err)
					}
					for _, key := range keys {
						taken[key] = true
					}
				}
			}
			own, err := Parse(f.name, format(back), a)
			if err != nil {
				t.Fatal(err)
			}
			merged := Merge(own, Builtin())
			for _, e := range some {
				for _, text := range e.left {
					keys, err := c.keys(e.language, text)
					if err != nil {
						t.Fatal(err)
					}
					for _, key := range keys {
						line, found, _ := merged.find([]byte(key))
						before, _, _ := table(builtin).find([]byte(key))
						want := before
						if taken[key] {
							want = ""
						}
						if !found || line != want {
							t.Errorf("%s:%d: %q leads to %q after it was taken back (%v), was %q", f.name, e.number, key, line, taken[key], before)
						}
					}
				}
			}
		}
	}
}

// madeWord makes a word that no language has, and that no stemmer shortens.
func madeWord(r *rand.Rand) string {
	var b strings.Builder
	for range 3 {
		b.WriteByte("bdfgklmnprtvz"[r.IntN(13)])
		b.WriteByte("aou"[r.IntN(3)])
	}
	return b.String() + "k"
}

// TestOwnLexiconLaws makes lexicons of made words and holds of each that
//
//   - it prints as a text that reads as the same;
//   - each left side expands into the terms of all entries that have it, each
//     with its highest weight, or into nothing where it is taken back, and does
//     so laid over the built-in lexicon too;
//   - a <=> leads back;
//   - a word that it does not have expands as it does without it, and the
//     built-in lexicon knows nothing of it.
func TestOwnLexiconLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 11))
	a := words.NewAnalyzer()
	base := Builtin()
	for range 60 {
		pool := make([]string, 30)
		for i := range pool {
			pool[i] = madeWord(r)
			if r.IntN(4) == 0 {
				pool[i] += " " + madeWord(r)
			}
		}
		phrase := func(from, to int) string { return pool[from+r.IntN(to-from)] }
		want := make(map[string]map[string]float64) // left side → term → weight
		note := func(left, term string, weight float64) {
			if want[left] == nil {
				want[left] = make(map[string]float64)
			}
			want[left][term] = max(want[left][term], weight)
		}
		var text strings.Builder
		for range 25 {
			// The pool's parts keep what is asked apart from what is searched for.
			left, term, weight := phrase(0, 12), phrase(12, 24), float64(1+r.IntN(100))/100
			switch r.IntN(4) {
			case 0:
				fmt.Fprintf(&text, "%s <=> %s\n", left, term)
				note(left, term, defaultBothWeight)
				note(term, left, defaultBothWeight)
			case 1:
				fmt.Fprintf(&text, "%s => %s # as it is\n", left, term)
				note(left, term, defaultWeight)
			default:
				fmt.Fprintf(&text, "%s => \"%s\" %s\n", left, term, formatWeight(weight))
				note(left, term, weight)
			}
		}
		for _, left := range pool[24:] {
			fmt.Fprintf(&text, "%s =>\n", left)
			want[left] = nil
		}
		own := parse(t, text.String())
		if again := parse(t, own.String()); string(again.layers[0]) != string(own.layers[0]) || again.Len() != own.Len() {
			t.Fatalf("printed and read, it is another:\n%s", text.String())
		}
		merged := Merge(own, base)
		for left, terms := range want {
			tokens := a.Tokens(left)
			for name, l := range map[string]*Lexicon{"alone": own, "merged": merged} {
				got := make(map[string]float64)
				for _, e := range l.appendEnglish(nil, tokens, nil) {
					if e.First == 0 && e.Count == len(tokens) {
						for _, term := range e.Terms {
							got[strings.Join(term.Stems, " ")] = term.Weight
						}
					}
				}
				stems := make(map[string]float64)
				for term, w := range terms {
					s, err := newCompiler(a).term(term)
					if err != nil {
						t.Fatal(err)
					}
					stems[s] = w
				}
				if !maps.Equal(got, stems) {
					t.Errorf("%s: %q expands into %v, want %v, of\n%s", name, left, got, stems, text.String())
				}
			}
			if found := base.Expand(tokens); len(found) > 0 {
				t.Errorf("the built-in lexicon has learnt %q: %v", left, found)
			}
		}
		for _, question := range []string{"Can the feds bomb a boat?", "¿Puede el presidente atacar sin permiso?", "boots on the ground"} {
			tokens := a.Tokens(question)
			if diff := cmp.Diff(base.Expand(tokens), merged.Expand(tokens)); diff != "" {
				t.Errorf("%q (-built-in +merged):\n%s", question, diff)
			}
		}
	}
}
