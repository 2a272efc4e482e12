package index

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/words"
)

// mixed is a corpus of a Spanish and an English document, kept in folder.
func mixed(t *testing.T, folder string) *View {
	t.Helper()
	store := testStore(t, folder)
	store.memoryPassages = 0
	return viewOf(t, synced(t, store.Corpus("base"),
		entryOf("presa",
			"Los jueces anularon las concesiones que el ministerio había otorgado a la empresa.",
			"Los derechos humanos de los niños importan. El pacto puede recurrirse.",
			"La OEA condenó los hechos; el Sr. Maduro no contestó."),
		entryOf("dam",
			"The first pact of the judges binds the company.",
			"Maduro was not a party. The OAS condemned the acts.")))
}

func TestSpanishKeywords(t *testing.T) {
	folder := t.TempDir()
	mixed(t, folder)
	v := mixed(t, folder) // as it was kept
	if got, want := v.Languages(), []string{words.English, words.Spanish}; !slices.Equal(got, want) {
		t.Fatalf("the kept index is of the languages %v, want %v", got, want)
	}
	for keywords, want := range map[string]string{
		"juez":                       `presa/p1 "jueces"`,
		"concesión":                  `presa/p1 "concesiones"`,
		"concesion":                  `presa/p1 "concesiones"`,
		"anular":                     `presa/p1 "anularon"`,
		"nino":                       `presa/p2 "niños"`,
		`"los derechos humanos"`:     `presa/p2 "Los derechos humanos"`,
		`"derechos humanos de los"`:  `presa/p2 "derechos humanos de los"`,
		`"derecho humano"`:           "",
		"derech*":                    `presa/p2 "derechos"`,
		"otorga* +empresas":          `presa/p1 "otorgado" "empresa"`,
		"+niño -derecho":             "",
		"pacto":                      `presa/p2 "pacto"`, // and no English "pact", though that is its Spanish stem
		"judges":                     `dam/p1 "judges"`,
		"maduro":                     `dam/p2 "Maduro" | presa/p3 "Maduro"`,
		"OEA OR OAS":                 `dam/p2 "OAS" | presa/p3 "OEA"`,
		"companies":                  `dam/p1 "company"`,
		"jueces in:dam":              "",
		`"the company" OR "empresa"`: `dam/p1 "the company" | presa/p1 "empresa"`,
	} {
		k, err := ParseKeywords(v.words, keywords)
		if err != nil {
			t.Errorf("%s: %v", keywords, err)
			continue
		}
		hits, err := v.Find(t.Context(), k, 0, 10)
		if err != nil {
			t.Errorf("%s: %v", keywords, err)
			continue
		}
		var found []string
		for i := range hits.Hits {
			h := &hits.Hits[i]
			line := h.Ref().String()
			for _, s := range h.Spans {
				line += ` "` + h.Passage.Text[s.Start:s.End] + `"`
			}
			found = append(found, line)
		}
		slices.Sort(found)
		if diff := cmp.Diff(want, strings.Join(found, " | ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", keywords, diff)
		}
	}
}

// TestEnglishPaysNothing holds that a view without a Spanish document is of
// English alone, also where a Spanish one is in the part and not in the view.
func TestEnglishPaysNothing(t *testing.T) {
	c := testStore(t, "").Corpus("base")
	synced(t, c, entryOf("dam", "The first pact of the judges binds the company."), entryOf("presa", "La parte afectada puede recurrir ante los jueces."))
	both := viewOf(t, c)
	synced(t, c, entryOf("dam", "The first pact of the judges binds the company."))
	if got := viewOf(t, c).Languages(); !slices.Equal(got, []string{words.English}) {
		t.Errorf("without the Spanish document the languages are %v", got)
	}
	if got := both.Languages(); len(got) != 2 {
		t.Errorf("with it they are %v", got)
	}
}
