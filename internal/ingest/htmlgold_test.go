package ingest_test

import (
	"testing"

	"pincite/internal/ingest"
)

// The same analysis as producers of web pages write it.
func TestReadsTheGoldFromPages(t *testing.T) {
	for _, name := range []string{"covert.pandoc.html", "covert.word.html", "covert.wordpress.html", "covert.substack.html"} {
		t.Run(name, func(t *testing.T) {
			g := readGold(t)
			reading := readFile(t, shared(t, "documents", name))
			g.check(t, reading)
			d := reading.Document
			if reading.Format != ingest.HTML || d.ID != "covert-"+name[len("covert."):len(name)-len(".html")] || d.Language != "en-US" {
				t.Errorf("format %q, id %q, language %q", reading.Format, d.ID, d.Language)
			}
			// pandoc's page says nothing of where it is published.
			if name != "covert.pandoc.html" && (d.URL != g.URL || d.Site != "Example Law Blog") {
				t.Errorf("URL %q, site %q", d.URL, d.Site)
			}
		})
	}
}
