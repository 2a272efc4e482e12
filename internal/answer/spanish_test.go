package answer

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/document"
)

// presa is a small analysis in Spanish of an invented dispute. It does not say
// in which language it is written.
func presa() *document.Document {
	d := &document.Document{ID: "presa", Title: "La presa de Valdehondo y los regantes"}
	for i, text := range []string{
		"El consejo de la cuenca aprobó la construcción de la presa el 12 de marzo de 2019. Los regantes protestaron en seguida.",
		"Según el art. 27 de la Ley de Aguas, las concesiones las otorga el ministerio. ¿Hubo concesión? ¡Ninguna! La alcaldesa lo llamó un descuido.",
		"La empresa Hidronorte se negó a indemnizar a los agricultores. Administra tres embalses en la montaña.",
		"Los jueces anularon las licencias porque las autoridades no habían consultado a las comunidades indígenas.",
		"Los niños del pueblo pescan truchas en el río durante el otoño.",
		"El Sr. Ibáñez recurrió la sentencia ante el tribunal supremo, que prohibió vaciar el embalse.",
	} {
		d.Passages = append(d.Passages, document.Passage{Kind: document.Paragraph, Number: i + 1, Text: text})
	}
	return d
}

// TestSpanishDocuments asks in Spanish, with other inflections than the text
// has, without accents, and misspelt; an English document stands beside.
func TestSpanishDocuments(t *testing.T) {
	ask := asker(t, presa())
	for question, want := range map[string]string{
		// Singular and plural, and verbs in other forms.
		"¿Quién otorga una concesión?":                             `presa/p2 "Según el art. 27 de la Ley de Aguas, las concesiones las otorga el ministerio."`,
		"¿Qué juez anuló la licencia?":                             `presa/p4 "Los jueces anularon las licencias porque las autoridades no habían consultado a las comunidades indígenas."`,
		"¿Por qué fueron anuladas?":                                `presa/p4 "Los jueces anularon las licencias porque las autoridades no habían consultado a las comunidades indígenas."`,
		"¿A qué agricultor debe indemnización la empresa?":         `presa/p3 "La empresa Hidronorte se negó a indemnizar a los agricultores."`,
		"¿Qué pez pesca un niño?":                                  `presa/p5 "Los niños del pueblo pescan truchas en el río durante el otoño."`,
		"¿Quién protestaba contra las presas?":                     `presa/p1 "Los regantes protestaron en seguida."`,
		"¿Cómo calificó la alcaldesa el descuido?":                 `presa/p2 "La alcaldesa lo llamó un descuido."`,
		"¿Qué prohíbe el tribunal?":                                `presa/p6 "El Sr. Ibáñez recurrió la sentencia ante el tribunal supremo, que prohibió vaciar el embalse."`,
		"¿Quién administra los embalses de la montaña?":            `presa/p3 "Administra tres embalses en la montaña."`,
		"¿Cuándo se aprobó construir la presa?":                    `presa/p1 "El consejo de la cuenca aprobó la construcción de la presa el 12 de marzo de 2019."`,
		"que dice el articulo 27":                                  `presa/p2 "Según el art. 27 de la Ley de Aguas, las concesiones las otorga el ministerio."`,
		"Se consultó a la comunidad indigena":                      `presa/p4 "Los jueces anularon las licencias porque las autoridades no habían consultado a las comunidades indígenas."`, // accents missing
		"que pescan los ninos en otono":                            `presa/p5 "Los niños del pueblo pescan truchas en el río durante el otoño."`,                                            // ñ missing
		"recurso de Ibanez":                                        `presa/p6 "El Sr. Ibáñez recurrió la sentencia ante el tribunal supremo, que prohibió vaciar el embalse."`,
		"¿Cuántos embalses tiene Hidronorte?":                      `presa/p3 "Administra tres embalses en la montaña."`,
		"¿Quién tiene que aprobar el peaje del puerto?":            `harbour/p2 "Under section 12 of the Ports Act, a toll must be approved by the minister.[1]"`, // the English document
		"Who pays the farmers under the Ley de Aguas concesiones?": `presa/p2 "Según el art. 27 de la Ley de Aguas, las concesiones las otorga el ministerio."`,
		// English questions of the Spanish document.
		"Why did the judges annul the licences?":       `presa/p4 "Los jueces anularon las licencias porque las autoridades no habían consultado a las comunidades indígenas."`,
		"Which court prohibited it?":                   `presa/p6 "El Sr. Ibáñez recurrió la sentencia ante el tribunal supremo, que prohibió vaciar el embalse."`,
		"Were the farmers compensated by the company?": `presa/p3 "La empresa Hidronorte se negó a indemnizar a los agricultores."`,
		"What do the kids do at the river?":            `presa/p5 "Los niños del pueblo pescan truchas en el río durante el otoño."`,
		"Who must approve a toll?":                     `harbour/p2 "Under section 12 of the Ports Act, a toll must be approved by the minister.[1]"`,
	} {
		a, err := ask(t.Context(), Request{Question: question, Limit: 1})
		if err != nil {
			t.Errorf("%q: %v", question, err)
			continue
		}
		got := "nothing"
		if len(a.Passages) > 0 {
			p := &a.Passages[0]
			got = fmt.Sprintf("%s %q", p.Ref(), p.Passage.Text[p.Evidence[0].Start:p.Evidence[0].End])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", question, diff)
		}
	}
}

// TestSpanishSpelling holds that misspelt Spanish words are mended by Spanish
// texts, and that what the texts lack is named as it was written.
func TestSpanishSpelling(t *testing.T) {
	ask := asker(t, presa())
	for question, want := range map[string]string{
		"¿Qué empresa administra los embalces?":         "[{embalces embalses}] []",
		"¿Quién otorga las consesiones?":                "[{consesiones concesiones}] []",
		"¿Qué hizo Hidronrte?":                          "[{Hidronrte Hidronorte}] []",
		"¿Quién fue la alcaldeza?":                      "[{alcaldeza alcaldesa}] []",
		"¿Qué submarino vendió el astronauta al museo?": "[] [submarino vendió astronauta museo]",
	} {
		a, err := ask(t.Context(), Request{Question: question})
		if err != nil {
			t.Errorf("%q: %v", question, err)
			continue
		}
		if diff := cmp.Diff(want, fmt.Sprint(a.Mended, " ", a.Missing)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", question, diff)
		}
	}
}
