package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"pincite/internal/ingest"
)

// samplePage makes a page of about size bytes, with a heading for each 20
// paragraphs and a footnote for each third, within what sites put around one.
func samplePage(size int) []byte {
	var body, notes strings.Builder
	for i, n := 0, 0; body.Len()+notes.Len() < size; i++ {
		if i%20 == 0 {
			body.WriteString("<h2>Berths and Their Holders</h2>\n")
		}
		body.WriteString("<p>" + ferry + " It is said in <em>Pilots v. Tugs</em> to be <a href=\"https://example.org/tugs\">settled</a>, &ldquo;whatever the weather&rdquo;; " + lock)
		if i%3 == 0 {
			n++
			fmt.Fprintf(&body, `<sup class="footnote"><a href="#fn%[1]d" id="fnref%[1]d">%[1]d</a></sup>`, n%9000+1)
			fmt.Fprintf(&notes, `<li id="fn%[1]d"><p>Harbour Board Minutes, vol. %[1]d, at 12 &amp; 13. <a href="#fnref%[1]d">↩</a></p></li>`+"\n", n%9000+1)
		}
		body.WriteString("</p>\n")
	}
	return []byte("<!DOCTYPE html><html><head><title>Berths</title></head><body>" + siteHead + "<main><article><h1>Berths</h1>" + body.String() +
		"<ol class=\"footnotes\">" + notes.String() + "</ol></article></main>" + siteFoot + "</body></html>")
}

func BenchmarkReadHTML(b *testing.B) {
	for _, size := range []int{50_000, 1_000_000, 10_000_000} {
		raw := samplePage(size)
		b.Run(fmt.Sprintf("%dKB", size/1000), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ingest.Read(b.Context(), ingest.Source{Name: "berths.html", Bytes: raw}, ingest.DefaultLimits()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
