package lexicon

import (
	"testing"

	"pincite/internal/words"
)

func TestLanguage(t *testing.T) {
	a := words.NewAnalyzer()
	for text, want := range map[string]string{
		"Can the president bomb Mexico without Congress?": English,
		"what does it say about self-defense":             English,
		"war powers resolution reporting":                 English,
		"Who is El Chapo?":                                English,
		"Is Los Angeles in California?":                   English,
		"what did UN say re: Iran-Contra":                 English,
		"¿Puede el presidente bombardear México?":         Spanish,
		"que dice sobre la legitima defensa":              Spanish,
		"quien puede declarar la guerra":                  Spanish,
		"¿Cuáles son los requisitos para ser designado?":  Spanish,
		"acciones encubiertas":                            Spanish,
		"ley de poderes de guerra en los estados unidos":  Spanish,
		"es legal un ataque con drones en el extranjero":  Spanish,
		"¿Qué es una FTO?":                                Spanish,
		"cartel mexico":                                   "",
		"Sheinbaum":                                       "",
		"UN":                                              "",
		"El Paso":                                         "",
		"no":                                              "",
		"":                                                "",
		"51":                                              "",
		"¿Lo permite the War Powers Resolution, o lo prohíbe?":   "",
		"Does the phrase \"legítima defensa\" mean self-defense": English,
	} {
		if got := Language(a.Tokens(text)); got != want {
			t.Errorf("Language(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestStemES holds which forms of Spanish words meet, written without accents
// as they are compared.
func TestStemES(t *testing.T) {
	for _, family := range [][]string{
		{"ataque", "ataques", "atacar", "ataco", "atacaron", "atacando", "atacado", "atacara"},
		{"prohibir", "prohibe", "prohibido", "prohibio", "prohibicion", "prohibiciones", "prohiben"}, //nolint:misspell // Spanish
		{"acusacion", "acusaciones", "acusar", "acusado", "acusada"},
		{"amenaza", "amenazas", "amenazar", "amenace"},
		{"proteger", "protege", "proteja", "protegido"},
		{"bombardear", "bombardeo", "bombardeos", "bombardean", "bombardeara"},
		{"autorizar", "autorizacion", "autorizado", "autorizan"},
		{"detencion", "detenciones"},
	} {
		for _, word := range family[1:] {
			if got, want := words.SpanishStem(word), words.SpanishStem(family[0]); got != want {
				t.Errorf("%s has the stem %q, %s has %q", word, got, family[0], want)
			}
		}
	}
	for _, pair := range [][2]string{{"guerra", "guerrilla"}, {"policia", "politica"}, {"tratado", "trafico"}, {"defensa", "defecto"}} {
		if words.SpanishStem(pair[0]) == words.SpanishStem(pair[1]) {
			t.Errorf("%s and %s have one stem, %q", pair[0], pair[1], words.SpanishStem(pair[0]))
		}
	}
}

// FuzzStemES holds that a stem is there for every word and the same each time.
func FuzzStemES(f *testing.F) {
	for _, seed := range []string{"ataques", "ñ", "irán", "cion", "qu", "ïïïï", "51"} {
		f.Add(seed)
	}
	a := words.NewAnalyzer()
	f.Fuzz(func(t *testing.T, text string) {
		for _, tok := range a.Tokens(text) {
			stem := words.SpanishStem(tok.Word)
			if stem == "" || stem != words.SpanishStem(tok.Word) {
				t.Fatalf("%q has the stem %q", tok.Word, stem)
			}
			if forms := singularsES(tok.Word); forms[0] != tok.Word {
				t.Fatalf("%q is not its own first form: %q", tok.Word, forms)
			}
		}
	})
}

func TestSpanishStop(t *testing.T) {
	a := words.NewAnalyzer()
	for _, tok := range a.Tokens("¿Qué es? ¿Quién, cuándo, cómo, dónde, cuál, cuánto y por qué? El de la sin según también podría está") { //nolint:misspell // Spanish
		if !words.SpanishStop(tok.Word) {
			t.Errorf("%q is no function word", tok.Word)
		}
	}
	for _, tok := range a.Tokens("guerra ley México estado decir prohibir presidente") {
		if words.SpanishStop(tok.Word) {
			t.Errorf("%q is a function word", tok.Word)
		}
	}
}
