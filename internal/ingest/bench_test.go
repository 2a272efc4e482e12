package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"pincite/internal/ingest"
)

// sample makes an analysis of about size bytes in either format, with a
// heading for each 20 paragraphs and a footnote for each third.
func sample(size int, markdown bool) []byte {
	const prose = "The harbour board held that a pilot who leaves the bridge without a relief answers for what follows, “whatever the weather”; " +
		"its members were of two minds about the tug, which nobody had called and everybody had paid for since 1911. "
	var body, notes strings.Builder
	for i, n := 0, 0; body.Len()+notes.Len() < size; i++ {
		if i%20 == 0 {
			if markdown {
				body.WriteString("## ")
			}
			fmt.Fprintf(&body, "Berths and Their Holders\n\n")
		}
		body.WriteString(prose)
		if markdown {
			body.WriteString("It is said in *Pilots v. Tugs* to be [settled](https://example.org/tugs) ")
		}
		body.WriteString("that the berth goes with the keel.")
		if i%3 == 0 {
			n++
			if markdown {
				fmt.Fprintf(&body, "[^%d]", n)
				fmt.Fprintf(&notes, "[^%d]: Harbour Board Minutes, vol. %d, at 12 & 13.\n\n", n, n)
			} else {
				fmt.Fprintf(&body, "[%d]", n%900+1)
				fmt.Fprintf(&notes, "[%d] Harbour Board Minutes, vol. %d, at 12 and 13.\n\n", n%900+1, n)
			}
		}
		body.WriteString("\n\n")
	}
	if !markdown {
		body.WriteString("____\n\n")
	}
	return []byte(body.String() + notes.String())
}

func benchmarkRead(b *testing.B, name string, size int) {
	raw := sample(size, strings.HasSuffix(name, ".md"))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ingest.Read(b.Context(), ingest.Source{Name: name, Bytes: raw}, ingest.DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadText(b *testing.B) {
	b.Run("50KB", func(b *testing.B) { benchmarkRead(b, "pilots.txt", 50_000) })
	b.Run("10MB", func(b *testing.B) { benchmarkRead(b, "pilots.txt", 10_000_000) })
}

func BenchmarkReadMarkdown(b *testing.B) {
	b.Run("50KB", func(b *testing.B) { benchmarkRead(b, "pilots.md", 50_000) })
	b.Run("10MB", func(b *testing.B) { benchmarkRead(b, "pilots.md", 10_000_000) })
}
