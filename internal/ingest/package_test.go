package ingest_test

import (
	"testing"
)

// The same analysis as word processors and converters write it.
func TestReadsTheGoldFromPackages(t *testing.T) {
	for _, name := range []string{"covert.pandoc.docx", "covert.libreoffice.docx", "covert.odt", "covert.epub"} {
		t.Run(name, func(t *testing.T) {
			g := readGold(t)
			reading := readFile(t, shared(t, "documents", name))
			g.check(t, reading)
			if d := reading.Document; d.URL != g.URL || d.Language != "en-US" {
				t.Errorf("URL %q, language %q", d.URL, d.Language)
			}
		})
	}
}
