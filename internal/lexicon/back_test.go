package lexicon

import (
	"testing"

	"pincite/internal/words"
)

// TestInSpanish holds that English words and phrases find what Spanish entries
// name them with, also over the terms of art that stand for them.
func TestInSpanish(t *testing.T) {
	a := words.NewAnalyzer()
	l := parse(t, `boss => employer 0.9, person
kick out => expel 0.5
[es]
patrón => employer 1.0, pattern 0.5
baja médica => sick leave 1.0
permiso => leave 1.0, permit
aguinaldo => Christmas bonus 1.0
expulsar del país => expel 1.0
correr => run 0.3
`)
	for question, want := range map[string]string{
		"Who is the employer?":                   "es employer: patron 0.9",
		"Can my boss read it?":                   "es boss: patron 0.81",
		"Is a sick leave paid?":                  "es sick leave: baj+medic 0.9\nes leave: permis 0.9",
		"Is the bonus for the Christmas due?":    "",
		"Is there a bonus at Christmas?":         "",
		"Who gets the Christmas bonus?":          "es Christmas bonus: aguinald 0.9",
		"Can they kick him out?":                 "es kick him out: expuls+pais 0.45",
		"Who runs?":                              "", // too weak
		"The pattern and the permit of a person": "es pattern: patron 0.45\nes permit: permis 0.45",
	} {
		tokens := a.Tokens(question)
		if got := joined(shown(question, tokens, l.InSpanish(tokens))); got != want {
			t.Errorf("%q is in Spanish %q, want %q", question, got, want)
		}
	}
}

func BenchmarkInSpanish(b *testing.B) {
	a, l := words.NewAnalyzer(), Builtin()
	tokens := a.Tokens("Can my boss fire me for taking sick leave when I am having a baby?")
	l.InSpanish(tokens)
	b.ReportAllocs()
	for b.Loop() {
		l.InSpanish(tokens)
	}
}
