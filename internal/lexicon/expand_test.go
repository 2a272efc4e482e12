package lexicon

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
PAYE => payroll deduction

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
		{"an acronym that a stem looks like", "who is paying the pay", nil},
		{"and typed small", "the paye office", []string{"en paye: paye 1 payrol+deduct 0.5"}},
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

// TestKnows holds that a word counts as known where it stands in an English
// entry or on the right of any, and not where it is a Spanish one or a part of
// another word.
func TestKnows(t *testing.T) {
	a := words.NewAnalyzer()
	l := Merge(parse(t, "blow up => airstrike\nfooled, foo => barred\n[es]\nanimal, ley de caza => hunting law, animal 0.9"), parse(t, "spy => agent"))
	for word, want := range map[string]bool{
		"blow": true, "airstrikes": true, "foo": true, "fool": true, "law": true, "hunted": true, "animals": true, "spies": true, "agents": true,
		"airs": false, "strike": false, "ley": false, "caza": false, "gent": false, "0.9": false, "": false,
	} {
		if got := l.Knows(a.Stem(word)); got != want {
			t.Errorf("%q is known: %v", word, got)
		}
	}
}

func BenchmarkKnows(b *testing.B) {
	l := Builtin()
	for _, stem := range []string{"hostag", "xylophonist", "tres"} {
		b.Run(stem, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Knows(stem)
			}
		})
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

// TestExpandApart holds that articles and pronouns are passed over within a
// phrase, and that an object may stand between a verb and its adverb or before
// the rest of a longer phrase, at most three words of it.
func TestExpandApart(t *testing.T) {
	a := words.NewAnalyzer()
	l := parse(t, `freeze accounts => block assets
freeze => ice
kick out => expel 0.9
get off the list => revocation 0.9
live in => reside
[es]
congelar cuentas => freeze assets
`)
	for question, want := range map[string]string{
		"Who froze their accounts?":                            "en froze their accounts: block+asset 0.5",
		"They froze.":                                          "", // phrases only
		"Who freezes their accounts?":                          "en freezes their accounts: block+asset 0.5",
		"Do they freeze all the accounts?":                     "en freeze all the accounts: block+asset 0.5",
		"freeze any of all the accounts":                       "en freeze: ice 0.5",
		"Can they kick him out?":                               "en kick him out: expel 0.9",
		"Can they kick a visitor out?":                         "en kick: expel 0.9",
		"She got a gang off the list":                          "en got: revoc 0.9",
		"Can they kick such a late visitor out?":               "",
		"Who gets a gang off the list?":                        "en gets: revoc 0.9",
		"Who gets off their list?":                             "",
		"They live quietly in it":                              "", // no adverb
		"¿Quién puede congelar las cuentas?":                   "es congelar las cuentas: freez+asset 0.5",
		"They freeze the river, kick the ball and get it off.": "en freeze: ice 0.5",
	} {
		tokens := a.Tokens(question)
		if got := joined(shown(question, tokens, l.Expand(tokens))); got != want {
			t.Errorf("%q expands into %q, want %q", question, got, want)
		}
	}
}

// TestIrregular holds that the verbs are stems, and the forms others.
func TestIrregular(t *testing.T) {
	a := words.NewAnalyzer()
	for form, verb := range irregular {
		if a.Stem(verb) != verb || a.Stem(form) == verb {
			t.Errorf("%s is a form of %s, of the stems %s and %s", form, verb, a.Stem(form), a.Stem(verb))
		}
	}
}
