package lexicon

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/fault"
	"pincite/internal/words"
)

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ text, reason string }{
		{"bomb, strike", "no =>"},
		{"=> strike", "nothing stands before"},
		{"a b => c => d", "more than one"},
		{"FTO <=>", "nothing stands behind"},
		{"bomb => strike 2.0", "weight 2.0"},
		{"bomb => strike 0.0", "weight 0.0"},
		{"bomb => strike 0.5.5", "weight 0.5.5"},
		{"bomb => strike 1", "weight or part of the term"},
		{"bomb => article 51", "weight or part of the term"},
		{"bomb => strike 0,8", "weight or part of the term"},
		{"bomb => 0.5", "stands behind a term"},
		{`bomb => "strike" hard`, "weight hard"},
		{"bomb 0.5 => strike", "behind a term on the right"},
		{"bomb,, bombing => strike", "between two commas"},
		{`bomb => ""`, "between two commas or quotation marks"},
		{`bomb => "strike`, "not closed"},
		{`bomb => a "strike"`, "around a whole word"},
		{"bomb => the", "no word that can be searched for"},
		{"bomb => …", "no word that can be searched for"},
		{"the => article", "function word"},
		{"… => article", "no letters or digits"},
		{"bomb => bombing, bombs", "the same here"},
		{"bomb =>\nbombs => strike", "into nothing in one entry"},
		{"[fr]\nbombe => bomb", "[en] or [es]"},
		{"[es]\nley <=> law", "<=> is for [en]"},
		{"[es]\nlos => the men", "function word"},
		{"bomb => \xff", "plain text"},
		{"bomb\x00 => strike", "plain text"},
		{"a b c d e f g h i j k l m => strike", "more than 12 words"},
		{strings.Repeat("x, ", 41) + "=> strike", "at most 40"},
	} {
		text := "# first\n\n" + test.text
		l, err := Parse("own.txt", text, words.NewAnalyzer())
		var errs *ParseError
		if !errors.As(err, &errs) || l != nil {
			t.Errorf("%q: %v, %v", test.text, l, err)
			continue
		}
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: kind %v", test.text, fault.KindOf(err))
		}
		wrong := errs.List[0]
		if lines := strings.Split(text, "\n"); wrong.Line < 3 || wrong.Line > len(lines) || !strings.Contains(wrong.Reason, test.reason) ||
			wrong.Text != excerpt(lines[wrong.Line-1]) {
			t.Errorf("%q: line %d %q: %s, want %s", test.text, wrong.Line, wrong.Text, wrong.Reason, test.reason)
		}
		if s := fault.Sentence(err); !strings.Contains(s, fmt.Sprintf("line %d", wrong.Line)) || !strings.Contains(s, test.reason) {
			t.Errorf("%q: the user reads %q", test.text, s)
		}
		var one *Error
		if !errors.As(err, &one) || one != wrong {
			t.Errorf("%q: the line's error is not in the chain", test.text)
		}
	}
}

// TestParseReportsAllErrors holds that a moderator sees every wrong line at
// once, in order, also those that are found later than others, and that a text
// of the wrong kind does not make a flood.
func TestParseReportsAllErrors(t *testing.T) {
	_, err := Parse("own.txt", "bomb\nthe => article\nhouse => dwelling\nspy => of\nx => y 9.9", words.NewAnalyzer())
	var errs *ParseError
	if !errors.As(err, &errs) {
		t.Fatal(err)
	}
	var lines []int
	for _, one := range errs.List {
		lines = append(lines, one.Line)
	}
	if diff := cmp.Diff([]int{1, 2, 4, 5}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	_, err = Parse("own.txt", strings.Repeat("nonsense without end\n", 1000), words.NewAnalyzer())
	if !errors.As(err, &errs) || len(errs.List) != maxErrors || errs.More != 1000-maxErrors {
		t.Errorf("a text without entries: %d errors and %d more", len(errs.List), errs.More)
	}
	if s := fault.Sentence(err); len(s) > 1900 || !strings.Contains(s, "and 995 more") {
		t.Errorf("the user reads %q", s)
	}
}

func TestParseBounds(t *testing.T) {
	a := words.NewAnalyzer()
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "word%d => strike\n", i)
		}
		return b.String()
	}
	if _, err := Parse("own.txt", many(MaxEntries), a); err != nil {
		t.Errorf("%d entries: %v", MaxEntries, err)
	}
	for name, text := range map[string]string{
		"an entry too many": many(MaxEntries + 1),
		"too many pairs":    strings.Repeat(strings.Repeat("x,", maxLeft)+"=>"+strings.Repeat("y,", maxRight)+"\n", maxPairs/maxLeft/maxRight+1),
		"a byte too many":   "x => y\n" + strings.Repeat("#", MaxSize-6),
	} {
		l, err := Parse("own.txt", text, a)
		if err == nil || l != nil {
			t.Errorf("%s passed", name)
		} else if s := fault.Sentence(err); !strings.Contains(s, "at most") {
			t.Errorf("%s: the user reads %q", name, s)
		}
	}
}

func TestString(t *testing.T) {
	l := parse(t, "\uFEFF"+sample)
	again := parse(t, l.String())
	if diff := cmp.Diff(l.String(), again.String()); diff != "" {
		t.Errorf("printed, read and printed again (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(string(l.layers[0]), string(again.layers[0])); diff != "" {
		t.Errorf("printed and read, it means (-before +after):\n%s", diff)
	}
}

// FuzzParse holds that what can be read prints as a text that reads as the
// same, and that every line of its table can be found and read.
func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("a, \"b, c\" => \"d => e\" 0.25, \"f 1\" 1.0\n[ES]\nx =>")
	f.Add("x <=> y z 0.00001 # c\n\"#\" => \"[en]\"")
	a := words.NewAnalyzer()
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse("fuzz", text, a)
		if err != nil {
			if l != nil {
				t.Fatal("a lexicon and an error")
			}
			var errs *ParseError
			if fault.KindOf(err) == fault.Invalid && (!errors.As(err, &errs) || len(errs.List) == 0) {
				t.Fatalf("no line is to blame: %v", err)
			}
			return
		}
		errs := &ParseError{}
		again := read(l.String(), errs)
		if len(errs.List) > 0 {
			t.Fatalf("%q prints as %q: %v", text, l.String(), errs)
		}
		entries := make([]entry, len(again))
		for i, s := range again {
			entries[i] = s.entry
		}
		if len(entries) != len(l.own) || (len(entries) > 0 && !cmp.Equal(entries, l.own, cmp.AllowUnexported(entry{}, weighted{}))) {
			t.Fatalf("%q prints as %q", text, l.String())
		}
		checkTable(t, l.layers[0])
	})
}

// checkTable holds that each line is found by its key, and that its terms are
// whole, within bounds and in order.
func checkTable(t *testing.T, tab table) {
	t.Helper()
	before := ""
	for line := range strings.Lines(string(tab)) {
		if line <= before {
			t.Fatalf("%q comes after %q", line, before)
		}
		before = line
		key, rest, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if got, found, _ := tab.find([]byte(key)); !ok || !found || got != rest {
			t.Fatalf("%q is found as %q, %v", line, got, found)
		}
		terms := appendTerms(nil, rest)
		if want := strings.Count(rest, "\t") + 1; len(terms) != want && rest != "" {
			t.Fatalf("%q has %d terms of %d", line, len(terms), want)
		}
		checkTerms(t, terms)
	}
}

func checkTerms(t *testing.T, terms []Term) {
	t.Helper()
	for i, term := range terms {
		if !(term.Weight > 0 && term.Weight <= 1) || len(term.Stems) == 0 {
			t.Fatalf("term %v", term)
		}
		for _, stem := range term.Stems {
			if stem == "" || strings.ContainsAny(stem, " \t\n") {
				t.Fatalf("term %q", term.Stems)
			}
		}
		if i > 0 && terms[i-1].Weight < term.Weight {
			t.Fatalf("%v before %v", terms[i-1], term)
		}
	}
}

// BenchmarkParse reads a server's file of the largest size.
func BenchmarkParse(b *testing.B) {
	var text strings.Builder
	for i := 0; text.Len() < MaxSize-60; i++ {
		fmt.Fprintf(&text, "word%d, other thing%d => strike 0.8, use of force\n", i, i)
	}
	a := words.NewAnalyzer()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("own.txt", text.String(), a); err != nil {
			b.Fatal(err)
		}
	}
}
