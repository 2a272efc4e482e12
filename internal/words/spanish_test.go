package words

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSpanishStems holds that inflections of a Spanish word have one stem, with
// accents or without, and that different words have different ones.
func TestSpanishStems(t *testing.T) {
	a := NewAnalyzer().In(Spanish)
	for _, family := range []string{
		"concesión concesiones concesion CONCESIONES",
		"juez jueces",
		"niño niños nino ninos niña niñas",
		"anular anuló anularon anulada anulados anulaba",
		"prohibir prohíbe prohibió prohibieron prohibido prohibición prohibiciones",
		"indígena indígenas",
		"tribunal tribunales",
		"ley leyes",
		"país países pais paises",
		"art. artículo articulo",
		"CONSTITUCIONES constitución",
	} {
		var stems []string
		for _, tok := range a.Tokens(strings.ReplaceAll(family, "art.", "art. 5")) {
			if tok.Word != "5" {
				stems = append(stems, tok.Stem)
			}
		}
		if slices.Sort(stems); len(slices.Compact(stems)) != 1 {
			t.Errorf("%s: stems %v", family, stems)
		}
	}
	for _, pair := range []string{"guerra guerrilla", "ley leche", "juez juego"} {
		words := strings.Fields(pair)
		if a.Stem(words[0]) == a.Stem(words[1]) {
			t.Errorf("%s have one stem, %s", pair, a.Stem(words[0]))
		}
	}
}

// TestTokensStandTheSame holds that the analyzers of both languages cut a text
// in the same places.
func TestTokensStandTheSame(t *testing.T) {
	a := NewAnalyzer()
	text := "El Sr. Ibáñez (art. 27) dijo: «los EE. UU. no pagarán 14.157 dólares»; U.S. law isn't ours."
	type place struct {
		Start, End int
		Word       string
	}
	places := func(tokens []Token) (list []place) {
		for _, tok := range tokens {
			list = append(list, place{tok.Start, tok.End, tok.Word})
		}
		return list
	}
	if diff := cmp.Diff(places(a.Tokens(text)), places(a.In(Spanish).Tokens(text))); diff != "" {
		t.Errorf("(-English +Spanish):\n%s", diff)
	}
	if a.In(Spanish).In(English) != a || a.In("fr") != a || a.In(Spanish).In(Spanish) != a.In(Spanish) {
		t.Error("the analyzers do not know each other")
	}
}

func TestTextLanguage(t *testing.T) {
	a := NewAnalyzer()
	spanish := "El consejo aprobó la construcción de la presa, pero los regantes protestaron porque no se les había consultado. "
	english := "The council approved the dam, but the farmers protested because they had not been consulted by anybody. "
	for _, test := range []struct{ declared, text, want string }{
		{"", spanish, Spanish},
		{"", english, English},
		{"es", "Presa", Spanish},
		{"es-MX", "Presa", Spanish},
		{"ES_ar", "Presa", Spanish},
		{"spa", "Presa", Spanish},
		{"Español", "Presa", Spanish},
		{"en", "Presa", English},
		{"", "Presa", English},
		{"", "La presa queda cerrada los domingos.", Spanish},
		{"", "El Paso, Los Angeles and the San Juan River", English},
		{"", "He wrote to the mayor of La Paz and to Los Angeles about the Convención de la Paz.", English},
		{"", "Tren de Aragua, Cártel de Sinaloa and Cártel de Jalisco were designated by the Secretary of State.", English},
		// What a page says of its frame holds until the text speaks clearly.
		{"en", spanish, English},
		{"en-US", strings.Repeat(spanish, 20), Spanish},
		{"es", strings.Repeat(english, 20), English},
		{"es", english, Spanish},
		// A quotation in the other language changes nothing.
		{"", strings.Repeat(spanish, 3) + english, Spanish},
		{"", strings.Repeat(english, 3) + spanish, English},
		// Other languages are analysed as English.
		{"", "O conselho da bacia aprovou a construção da barragem, mas os agricultores não foram consultados pela empresa.", English},
		{"", "Le conseil a approuvé le barrage, mais les paysans ne sont pas d'accord avec cette décision dans la vallée.", English},
		{"", "Il consiglio ha approvato la diga, ma gli agricoltori non sono stati ascoltati per questa decisione della valle.", English},
		{"", "El consell va aprovar la presa, però els pagesos no estan d'acord amb aquesta decisió per la vall dels rius.", English},
		{"pt", strings.Repeat(spanish, 20), English},
		{"", "", English},
		{"", "12 34 56", English},
	} {
		// In pieces, as passages are.
		if got := a.TextLanguage(test.declared, slices.Values(strings.SplitAfter(test.text, ". "))); got != test.want {
			t.Errorf("declared %q, %.60q: %s, want %s", test.declared, test.text, got, test.want)
		}
	}
}

func TestSpanishSentences(t *testing.T) {
	for _, want := range [][]string{
		{"Según el art. 27 de la ley, se otorga.", "¿Hubo concesión?", "¡Ninguna!", "La alcaldesa calló."},
		{"¿vienes?", "¡sí!", "¿y tú?", "Yo también."},
		{"El Sr. Ibáñez y la Sra. Gómez recurrieron (véase núm. 4, pág. 12).", "Ganaron."},
		{"Los EE. UU. protestaron.", "Nadie contestó."},
		{"El Gral. Ruiz mandó; la Dra. Luz curó.", "—¿Quién pagó?", "—Nadie."},
		{"Dijo «basta».", "«¿Por qué?»", "Salió."},
	} {
		text := strings.Join(want, " ")
		var got []string
		for _, s := range Sentences(text) {
			got = append(got, text[s.Start:s.End])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// FuzzTextLanguage holds that every text has one of the two languages, whatever
// pieces it comes in, and that a text that says it is Spanish, and is short, is.
func FuzzTextLanguage(f *testing.F) {
	for _, seed := range []string{"El consejo aprobó la presa.", "The council approved it.", "\xff¿", ""} {
		f.Add("", seed)
		f.Add("es-MX", seed)
	}
	a := NewAnalyzer()
	f.Fuzz(func(t *testing.T, declared, text string) {
		got := a.TextLanguage(declared, slices.Values([]string{text}))
		if got != English && got != Spanish {
			t.Fatalf("language %q", got)
		}
		if primaryLanguage(declared) == Spanish && len(a.Tokens(text)) < much/fullWord && got != Spanish {
			t.Fatalf("declared %q, is %s", declared, got)
		}
	})
}
