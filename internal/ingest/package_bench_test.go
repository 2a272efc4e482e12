package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"pincite/internal/ingest"
)

// sampleWord makes a Word document whose main part has about size bytes, with
// the markup that Word writes: properties of every run, spelling marks and
// ids of revisions. A third of its paragraphs have a footnote.
func sampleWord(t testing.TB, size int) []byte {
	t.Helper()
	const properties = `<w:rPr><w:rFonts w:ascii="Garamond" w:hAnsi="Garamond" w:cs="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB"/></w:rPr>`
	run := func(text string) string {
		return `<w:r w:rsidRPr="00A77B3E">` + properties + `<w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	var body, notes strings.Builder
	for i := 0; body.Len() < size; i++ {
		if i%20 == 0 {
			body.WriteString(wp("Titre1", run("Berths and Their Holders")))
		}
		reference := ""
		if i%3 == 0 {
			reference = `<w:r>` + properties + `<w:footnoteReference w:id="` + fmt.Sprint(i+1) + `"/></w:r>`
			notes.WriteString(wordNote("footnote", fmt.Sprint(i+1), fmt.Sprintf("Harbour Board Minutes, vol. %d, at 12 and 13.", i)))
		}
		body.WriteString(`<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr><w:spacing w:after="120"/><w:jc w:val="both"/>` + properties + `</w:pPr>` +
			run("The harbour board held that a pilot who leaves the bridge without a relief answers for what follows, “whatever the weather”; its members were ") +
			`<w:proofErr w:type="spellStart"/>` + run("of two minds") + `<w:proofErr w:type="spellEnd"/>` +
			run(" about the tug, which nobody had called and everybody had paid for since 1911. It is said to be settled that the berth goes with the keel.") + reference + `</w:p>`)
	}
	return docx(t, body.String(), "word/footnotes.xml", wordNotes("footnote", notes.String()))
}

func sampleODT(t testing.TB, size int) []byte {
	t.Helper()
	var body strings.Builder
	for i := 0; body.Len() < size; i++ {
		body.WriteString(`<text:p text:style-name="P7">The harbour board held that a pilot who leaves the bridge <text:span text:style-name="T1">without</text:span> a relief answers for what follows, whatever the weather.` +
			odfNote("footnote", "", "Harbour Board Minutes.") + `</text:p>`)
	}
	return odf(t, body.String())
}

func sampleEPUB(t testing.TB, size int) []byte {
	t.Helper()
	var chapters []string
	for total := 0; total < size; {
		var b, notes strings.Builder
		b.WriteString("<h1>Berths and Their Holders</h1>")
		for i := range 30 {
			fmt.Fprintf(&b, `<p>The harbour board held that a pilot who leaves the bridge <em>without</em> a relief answers for what follows, whatever the weather.<a epub:type="noteref" href="#n%d" id="r%d">%d</a></p>`, i, i, i+1)
			fmt.Fprintf(&notes, `<aside epub:type="footnote" id="n%d"><p><a href="#r%d">%d</a> Harbour Board Minutes.</p></aside>`, i, i, i+1)
		}
		chapters = append(chapters, b.String()+notes.String())
		total += b.Len() + notes.Len()
	}
	return epub(t, "", chapters...)
}

// The rates are of bytes of XML, unpacked: files are smaller by a factor that
// differs.
func benchmarkPackage(b *testing.B, name string, raw []byte, size int) {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ingest.Read(b.Context(), ingest.Source{Name: name, Bytes: raw}, ingest.DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadDOCX(b *testing.B) {
	b.Run("40pages", func(b *testing.B) { benchmarkPackage(b, "pilots.docx", sampleWord(b, 600_000), 600_000) })
	b.Run("10MB", func(b *testing.B) { benchmarkPackage(b, "pilots.docx", sampleWord(b, 10_000_000), 10_000_000) })
}

func BenchmarkReadODT(b *testing.B) {
	benchmarkPackage(b, "pilots.odt", sampleODT(b, 5_000_000), 5_000_000)
}

func BenchmarkReadEPUB(b *testing.B) {
	benchmarkPackage(b, "pilots.epub", sampleEPUB(b, 5_000_000), 5_000_000)
}
