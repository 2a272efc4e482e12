package quote

import "testing"

// TestSpanishQuotations checks quotations of a Spanish document beside an
// English one, whose words have stems of their own.
func TestSpanishQuotations(t *testing.T) {
	b := over(t,
		plain("presa", "Los jueces anularon las concesiones que el ministerio había otorgado a la empresa.\n\nLos derechos de los niños importan sobre los del embalse.\n\nNo fue así, sino al revés."),
		plain("dam", "The judges annulled the concessions that the ministry had granted to the company."))
	for quote, want := range map[string]string{
		"Los jueces anularon las concesiones":      "exact p1",
		"los derechos de los niños importan":       "exact p2",
		"jueces anularon […] a la empresa":         "exact p1",
		"jueces anularon todas las concesiones":    "altered p1",
		"annulled the concessions":                 "exact p1",
		"No fue así, sino al revés":                "exact p3",
		"El submarino cruzó el estrecho de noche.": "absent ",
	} {
		r := b.check(t, quote)
		if got := string(r.Verdict) + " " + passageOf(r); got != want {
			t.Errorf("%q: %s, want %s", quote, got, want)
		}
	}
}
