package authority_test

import (
	"strings"
	"testing"

	"pincite/internal/authority"
)

// BenchmarkFindAll reads the sentences, which are full of citations, between
// paragraphs of plain prose, as a document has them.
func BenchmarkFindAll(b *testing.B) {
	const prose = "The committee has long held that a state may answer an attack where it must, and only then; " +
		"in practice its members have asked for less. By the spring of 2011 some 40 governments had written to it. "
	var texts []string
	size := 0
	for _, s := range sentences(b) {
		for _, p := range s.passages {
			texts = append(texts, strings.Repeat(prose, 2)+p)
			size += len(texts[len(texts)-1])
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		authority.FindAll(texts)
	}
}

// BenchmarkFindAllDense reads the sentences alone.
func BenchmarkFindAllDense(b *testing.B) {
	var texts []string
	size := 0
	for _, s := range sentences(b) {
		texts = append(texts, s.passages...)
		for _, p := range s.passages {
			size += len(p)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		authority.FindAll(texts)
	}
}
