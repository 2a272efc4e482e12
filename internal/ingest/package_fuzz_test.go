package ingest_test

import (
	"regexp"
	"strings"
	"testing"

	"pincite/internal/ingest"
)

// tag is an element's beginning or end.
var tag = regexp.MustCompile(`<[^>]*>`)

// fuzzPackage holds the reading of an archive to what is true of each, and to
// what its text must keep: the letters of every passage stand between the
// tags, in their order.
func fuzzPackage(t *testing.T, name string, raw []byte, markup string) {
	t.Helper()
	r, err := ingest.Read(t.Context(), ingest.Source{Name: name, Bytes: raw}, fuzzLimits())
	if err != nil {
		checkFault(t, err)
		return
	}
	if r.Format != ingest.Format(strings.TrimPrefix(name, "case.")) {
		t.Fatalf("read as %q", r.Format)
	}
	// What is unpacked, and not the archive, bounds the text.
	checkReading(t, []byte(markup), r, fuzzLimits())
	// Entities, symbols and sections of character data are letters that look
	// otherwise, or tags that are none.
	if strings.Contains(markup, "&") || strings.Contains(markup, "sym") || strings.Contains(markup, "<!") || strings.Contains(markup, "<?") {
		return
	}
	input := alphanumeric(tag.ReplaceAllString(markup, " "))
	for i := range r.Document.Passages {
		p := &r.Document.Passages[i]
		if _, ok := after(input, alphanumeric(withoutMarkers(p))); !ok {
			t.Fatalf("%s %q is not in the input, or not in order", p.Pincite(), p.Text)
		}
	}
}

func FuzzDOCX(f *testing.F) {
	for _, body := range []string{
		wp("Titre", wr("On Ferries")) + wp("Titre1", wr("The Lock")) + wp("", wr("One."), footnoteRef("1"), wr(" Two."), footnoteRef("2")) + wp("Zitat", wr("Q.")),
		wp("", wr(`<w:fldChar w:fldCharType="begin"/><w:instrText>REF</w:instrText><w:fldChar w:fldCharType="separate"/>`), wr("x"), wr(`<w:fldChar w:fldCharType="end"/>`)),
		wp("", `<w:del>`+footnoteRef("1")+`</w:del>`, wr(`<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>`), wr(" a ")),
		`<w:tbl><w:tr><w:tc>` + wp("", wr("a")) + `</w:tc><w:tc>` + wp("Liste", wr("b")) + `</w:tc></w:tr></w:tbl><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + wr("c") + `</w:p>`,
		wp("", wr(`<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>`+wp("", wr("box"), footnoteRef("1"))+`</w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent>`)),
		wp("", footnoteRef("1"), wr(" x\n"), footnoteRef("1")) + `<w:sdt><w:sdtContent>` + wp("Auteur", wr("By Ada North;B")) + `</w:sdtContent></w:sdt>`,
	} {
		f.Add(body, wordNote("footnote", "1", "A.", "B.")+wordNote("footnote", "2", "* C."))
	}
	f.Fuzz(func(t *testing.T, body, notes string) {
		raw := docx(t, body, "word/footnotes.xml", wordNotes("footnote", notes))
		fuzzPackage(t, "case.docx", raw, body+" "+notes)
	})
}

func FuzzODT(f *testing.F) {
	for _, body := range []string{
		`<text:p text:style-name="P2">On Ferries</text:p><text:h text:outline-level="1">The Lock</text:h><text:p>One.` + odfNote("footnote", "", "A.", "B.") + ` Two.</text:p>`,
		`<text:list text:style-name="L1"><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list><text:p>c</text:p></text:list-item></text:list>`,
		`<text:p>a` + odfNote("endnote", ` text:label="*"`, "* x"+odfNote("footnote", "", "y")) + `<draw:frame><draw:text-box><text:p text:style-name="P1">z</text:p></draw:text-box></draw:frame></text:p>`,
		`<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		fuzzPackage(t, "case.odt", odf(t, body), body)
	})
}

func FuzzEPUB(f *testing.F) {
	for _, chapters := range [][2]string{
		{`<h1>The Lock</h1><p>One.<a epub:type="noteref" href="#f">1</a></p><aside epub:type="footnote" id="f"><a href="#r">1</a>. A.</aside>`, `<p>Two.</p>`},
		{`<p>One[<a href="c1.xhtml#f1" id="r1">1</a>] two<a href="c1.xhtml#f2" id="r2"><sup>*</sup></a></p>`, `<p id="f1"><a href="c0.xhtml#r1">1</a> A.</p><p>B.</p><p id="f2"><a href="c0.xhtml#r2">*</a> C.</p>`},
		{`<ul><li>a<ol><li>b</li></ol>c</li></ul><blockquote><p>d</p>e</blockquote><table><tr><td>f</td><td>g</td></tr></table><hr/>`, `<section epub:type="titlepage"><h1>T</h1><p class="author">A</p></section><p>One<p>Two<br>`},
		{`<dl><dt id="f"><a href="#r">1</a></dt><dd>A</dd></dl><p>x<a href="#f" id="r">1</a></p>`, `<li epub:type="footnote">x</li>`},
	} {
		f.Add(chapters[0], chapters[1])
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		fuzzPackage(t, "case.epub", epub(t, "", one, two), one+" "+two)
	})
}

// FuzzZip feeds archives as they are: damaged, nested, lying.
func FuzzZip(f *testing.F) {
	for _, raw := range samplePackages(f) {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ingest.Read(t.Context(), ingest.Source{Name: "case.docx", Bytes: raw}, fuzzLimits())
		if err != nil {
			checkFault(t, err)
			return
		}
		if err := r.Document.Validate(); err != nil {
			t.Fatal(err)
		}
	})
}
