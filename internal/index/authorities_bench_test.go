package index

import (
	"fmt"
	"testing"

	"pincite/internal/document"
)

// BenchmarkCites finds the passages that name an authority among 100,000 that
// name 5,000, and lists all that are named.
func BenchmarkCites(b *testing.B) {
	const documents, each = 1000, 100
	var entries []Entry
	for i := range documents {
		d := &document.Document{ID: fmt.Sprintf("d%d", i), Title: "A document"}
		for j := range each {
			n := i*each + j
			d.Passages = append(d.Passages, document.Passage{
				Kind: document.Paragraph, Number: j + 1,
				Text: fmt.Sprintf("The report number %d is due under 50 U.S.C. § %d and goes to the committee.", n, 1000+n%5000),
			})
		}
		entries = append(entries, entryFor(d))
	}
	v := viewOf(b, synced(b, testStore(b, b.TempDir()).Corpus("base"), entries...))
	find := func(b *testing.B, k Keywords, want int) {
		b.ReportAllocs()
		for b.Loop() {
			hits, err := v.Find(b.Context(), k, 0, 10)
			if err != nil || hits.Total != want {
				b.Fatalf("%d passages, want %d; %v", hits.Total, want, err)
			}
		}
	}
	b.Run("one", func(b *testing.B) { find(b, Keywords{Cites: []Cites{{Key: "usc/50/3091"}}}, 20) })
	b.Run("range", func(b *testing.B) { find(b, Keywords{Cites: []Cites{{Key: "usc/50/1000-1999"}}}, 20_000) })
	b.Run("words", func(b *testing.B) {
		k, err := ParseKeywords(v.words, `committee cites:"50 U.S.C. § 3091"`)
		if err != nil {
			b.Fatal(err)
		}
		find(b, k, 20)
	})
	b.Run("table", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			list, err := v.Authorities(b.Context())
			if err != nil || len(list) != 5000 {
				b.Fatalf("%d authorities, %v", len(list), err)
			}
		}
	})
}
