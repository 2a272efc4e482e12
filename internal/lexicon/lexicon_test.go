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

// shown writes expansions down for comparison: the words that were asked, the
// language, and the terms by their stems.
func shown(text string, tokens []words.Token, found []Expansion) []string {
	var lines []string
	for _, e := range found {
		span := text[tokens[e.First].Start:tokens[e.First+e.Count-1].End]
		line := fmt.Sprintf("%s %s:", e.Language, span)
		for _, t := range e.Terms {
			line += fmt.Sprintf(" %s %v", strings.Join(t.Stems, "+"), t.Weight)
		}
		lines = append(lines, line)
	}
	return lines
}

func parse(t testing.TB, text string) *Lexicon {
	t.Helper()
	l, err := Parse("test", text, words.NewAnalyzer())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

const sample = `# A comment.
bomb, bombing, blow up => strike 0.8, airstrike, "use of force" 0.6 # behind an entry
FTO <=> foreign terrorist organization
white house => president 0.9
house => dwelling 0.7
boots on the ground => troops 1.0
strike, attack, strikes => attack, strike 0.7
"article 51" => self-defense
US => United States 0.9
IRS => tax authority

[es]
ataque, atacar => attack 0.8
caso => case 0.9
casa => house 0.8
uso de la fuerza => use of force 0.9
fuerza => force 0.6
ley => law
`

func TestExpand(t *testing.T) {
	a, l := words.NewAnalyzer(), parse(t, sample)
	for _, test := range []struct {
		name, question string
		want           []string
	}{
		{"inflections are one word", "Who bombed it?", []string{"en bombed: strike 0.8 use+forc 0.6 airstrik 0.5"}},
		{"a phrase", "Did they blow up the boat?", []string{"en blow up: strike 0.8 use+forc 0.6 airstrik 0.5"}},
		{"function words within phrases are as written", "boots upon the ground", nil},
		{"a phrase with function words", "Are boots on the ground legal?", []string{"en boots on the ground: troop 1"}},
		{"both ways", "Is the FTO a foreign terrorist organization?", []string{
			"en FTO: foreign+terrorist+organ 0.9", "en foreign terrorist organization: fto 0.9",
		}},
		{"the longest holds, what is inside it does not expand", "the White House and the house", []string{
			"en White House: presid 0.9", "en house: dwell 0.7",
		}},
		{"no word expands into itself", "the strikes and the attacks", []string{"en strikes: attack 0.5", "en attacks: strike 0.7"}},
		{"numbers", "What does Article 51 say?", []string{"en Article 51: self+defens 0.5"}},
		{"an acronym that is a pronoun in small letters", "Does the US tell us?", []string{"en US: unit+state 0.9"}},
		{"an acronym typed small", "does the irs know", []string{"en irs: irs 1 tax+author 0.5"}},
		{"Spanish, plural and verb", "¿Por qué fueron los ataques? ¿Quién atacó?", []string{"es ataques: attack 0.8", "es atacó: attack 0.8"}},
		{"Spanish words that share a stem", "¿En qué casos y en qué casas?", []string{"es casos: case 0.9", "es casas: hous 0.8"}},
		{"words inside a Spanish phrase count half", "¿Qué dice sobre el uso de la fuerza?", []string{
			"es uso de la fuerza: use+forc 0.9", "es fuerza: forc 0.3",
		}},
		{"English words in a Spanish question", "¿Qué es una FTO según la ley?", []string{"en FTO: foreign+terrorist+organ 0.9", "es ley: law 0.5"}},
		{"no Spanish in an English question", "What is the casa and the ley of the fuerza?", nil},
		{"keywords in doubt go with the language that knows more of them", "ataque caso bomb", []string{"es ataque: attack 0.8", "es caso: case 0.9"}},
		{"nothing", "", nil},
	} {
		tokens := a.Tokens(test.question)
		if diff := cmp.Diff(joined(test.want), joined(shown(test.question, tokens, l.Expand(tokens)))); diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", test.name, test.question, diff)
		}
	}
}

func joined(lines []string) string {
	return strings.Join(lines, "\n")
}

func TestMerge(t *testing.T) {
	a := words.NewAnalyzer()
	own := parse(t, "bombings => explosion\nhouse =>\nwhite house =>\n[es]\nataque => strike")
	l := Merge(own, parse(t, sample))
	for question, want := range map[string]string{
		"the bomb":             "en bomb: explos 0.5",
		"the house":            "",
		"the White House":      "", // nor does the house inside it
		"the strike":           "en strike: attack 0.5",
		"¿Qué ataque es este?": "es ataque: strike 0.5",
		"¿Quién atacó la ley?": "es atacó: strike 0.5\nes ley: law 0.5",
	} {
		tokens := a.Tokens(question)
		if got := joined(shown(question, tokens, l.Expand(tokens))); got != want {
			t.Errorf("%q expands into %q, want %q", question, got, want)
		}
	}
	if got := Merge(nil, nil).Expand(a.Tokens("bomb the house")); got != nil {
		t.Errorf("a lexicon of nothing expands into %v", got)
	}
	if diff := cmp.Diff(own.String(), Merge(own, Builtin()).String()); diff != "" {
		t.Errorf("the built-in lexicon is printed with the own one:\n%s", diff)
	}
}

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
		var errs *Errors
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
	var errs *Errors
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
			var errs *Errors
			if fault.KindOf(err) == fault.Invalid && (!errors.As(err, &errs) || len(errs.List) == 0) {
				t.Fatalf("no line is to blame: %v", err)
			}
			return
		}
		errs := &Errors{}
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

// FuzzExpand holds that expansions lie within the question, are ordered, say
// something new, and are the same for the same question.
func FuzzExpand(f *testing.F) {
	for _, seed := range []string{
		"Can the feds whack drug lords without telling Congress?", "¿Puede el presidente bombardear un cártel sin permiso?",
		"boots on the ground on the ground", "FTO UN US WHO", "ataque aéreo strike", "de la de la uso de la fuerza",
	} {
		f.Add(seed, sample)
	}
	a := words.NewAnalyzer()
	f.Fuzz(func(t *testing.T, question, own string) {
		mine, err := Parse("fuzz", own, a)
		if err != nil {
			mine = nil
		}
		l := Merge(mine, Builtin())
		tokens := a.Tokens(question)
		found := l.Expand(tokens)
		for i, e := range found {
			if e.First < 0 || e.Count < 1 || e.First+e.Count > len(tokens) || len(e.Terms) == 0 || (e.Language != English && e.Language != Spanish) {
				t.Fatalf("%q: %+v of %d tokens", question, e, len(tokens))
			}
			if i > 0 && !ordered(found[i-1], e) {
				t.Fatalf("%q: %+v before %+v", question, found[i-1], e)
			}
			checkTerms(t, e.Terms)
			span := tokens[e.First : e.First+e.Count]
			for _, term := range e.Terms {
				if says(span, term) {
					t.Fatalf("%q: %+v repeats %v", question, e, term)
				}
			}
			if e.Count == 1 && e.Language == English && span[0].Stop {
				t.Fatalf("%q: a function word expands: %+v", question, e)
			}
		}
		if diff := cmp.Diff(found, l.Expand(tokens)); diff != "" {
			t.Fatalf("%q expands differently the second time:\n%s", question, diff)
		}
	})
}

func ordered(a, b Expansion) bool {
	if a.First != b.First {
		return a.First < b.First
	}
	if a.Count != b.Count {
		return a.Count > b.Count
	}
	return a.Language < b.Language
}

// says reports whether the words of a span say a whole term.
func says(span []words.Token, term Term) bool {
	for _, stem := range term.Stems {
		has := false
		for _, tok := range span {
			has = has || (!tok.Stop && tok.Stem == stem)
		}
		if !has {
			return false
		}
	}
	return true
}

func TestBuiltinTable(t *testing.T) { checkTable(t, table(builtin)) }

func BenchmarkBuiltin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Builtin()
	}
}

func BenchmarkExpand(b *testing.B) {
	a, l := words.NewAnalyzer(), Builtin()
	for name, question := range map[string]string{
		"english": "Can the feds blow up a drug lord's boat on the high seas without telling lawmakers first?",
		"spanish": "¿Puede el presidente atacar a los cárteles en México sin la autorización del Congreso?",
	} {
		tokens := a.Tokens(question)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Expand(tokens)
			}
		})
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
