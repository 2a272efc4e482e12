package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"pincite/internal/ingest"
)

// epub makes a book of chapters, given as the content of their bodies; the
// first is c0.xhtml.
func epub(t testing.TB, metadata string, chapters ...string) []byte {
	t.Helper()
	var manifest, spine strings.Builder
	parts := []string{"mimetype", "application/epub+zip", "META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">` +
		`<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`}
	for i, c := range chapters {
		fmt.Fprintf(&manifest, `<item id="i%d" href="text/c%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		fmt.Fprintf(&spine, `<itemref idref="i%d"/>`, i)
		parts = append(parts, fmt.Sprintf("OPS/text/c%d.xhtml", i), `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">`+
			`<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Chapter</title><style>p{}</style></head><body>`+c+`</body></html>`)
	}
	return packed(t, append(parts, "OPS/book.opf", `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><metadata>`+
		metadata+`</metadata><manifest>`+manifest.String()+`<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="nav"/>`+spine.String()+`</spine></package>`)...)
}

func TestReadsEPUB(t *testing.T) {
	for _, tt := range []struct {
		name     string
		chapters []string
		want     string
	}{
		{"blocks", []string{`<h1>The Lock</h1><p>One <em>and</em>
			a&nbsp;half.<br/>More.</p><div>Two.<p>Three.</p>Four.</div><blockquote><p>Quoted,</p><p>twice.</p></blockquote><blockquote>Another.</blockquote>
			<ul><li>first</li><li><p>second</p><p>more</p><ol><li>inner</li></ol>below</li></ul><hr/>
			<table><tr><td>Port</td><td>Dues</td></tr></table><nav><a href="#x">Contents</a></nav><svg xmlns="http://www.w3.org/2000/svg"><text>Art</text></svg>`, `<h1>The Tug</h1><p>End.<span epub:type="pagebreak">12</span></p>`}, `
p1 [The Lock] One and a half. More.
p2 [The Lock] Two.
p3 [The Lock] Three.
p4 [The Lock] Four.
p5 [The Lock] Quoted,⏎twice.
p6 [The Lock] Another.
p7 [The Lock] first
p8 [The Lock] second⏎more
p9 [The Lock] inner
p10 [The Lock] below
p11 [The Lock] Port⏎Dues
p12 [The Tug] End.
`},
		{"notes of EPUB 3, in asides, numbered anew in each chapter", []string{
			`<p>One.<a epub:type="noteref" href="#n1">1</a> Two.<a epub:type="noteref" href="#n2">2</a></p><aside epub:type="footnote" id="n2"><p>B.</p><p>More.</p></aside><aside epub:type="footnote" id="n1"><p>1. A.</p></aside>`,
			`<p>Three.<a role="doc-noteref" href="#n1"><sup>1</sup></a></p><aside role="doc-footnote" id="n1"><a href="#r">1</a> C.</aside>`,
		}, `
p1 One.[1]→1 Two.[2]→2
p2 Three.[3]→3
n1 A.
n2 B.⏎More.
n3 C.
`},
		{"notes without types, linked both ways, in a part of their own", []string{
			`<p>One<a href="c1.xhtml#f1" id="r1"><sup>1</sup></a> and [<a href="c1.xhtml#f2" id="r2">2</a>] two. See <a href="#here">12</a>.</p><p id="here">Here.</p>`,
			`<h2>Notes</h2><p id="f1"><a href="c0.xhtml#r1">1</a>. A.</p><p>More.</p><p><a id="f2" href="c0.xhtml#r2">[2]</a> B.</p>`,
		}, `
p1 One[1]→1 and [2]→2 two. See 12.
p2 Here.
n1 A.⏎More.
n2 B.
`},
		{"notes with signs; one that nothing calls", []string{
			`<p>One.<a href="#f1" id="r1">*</a></p><section epub:type="footnotes"><ol><li id="f1" epub:type="footnote"><p>A. <a href="#r1" epub:type="backlink">↩</a></p></li><li id="f2" epub:type="footnote">2 U.S.C. § 1.</li></ol></section>`,
		}, `
p1 One.[*]→1
n1 (*) A.
n2 (1) 2 U.S.C. § 1.
? note n2
`},
		{"what is not well formed", []string{`<p>One.<p>Two.<br>More.</p><a id="x"/><p>Tom & Ann</p>`}, `
p1 One.
p2 Two. More.
p3 Tom & Ann
`},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPackage(t, "case.epub", epub(t, "", tt.chapters...), tt.want) })
	}
}

func TestReadsEPUBMetadata(t *testing.T) {
	raw := epub(t, `<dc:title>On Ferries</dc:title><dc:title>Second</dc:title><dc:creator id="a">Ada North</dc:creator><dc:creator id="b">Bo West</dc:creator><dc:creator opf:role="ill">Pic Tor</dc:creator>`+
		`<meta refines="#b" property="role">aut</meta><dc:date opf:event="modification">2020-01-01</dc:date><dc:date>2019-03-03T00:00:00+00:00</dc:date>`+
		`<dc:language>en-GB</dc:language><dc:identifier>urn:isbn:1</dc:identifier><dc:source>https://example.org/f</dc:source>`,
		`<section epub:type="titlepage"><h1 class="title">On Ferries</h1><p class="author">Ada North</p><p>Published by itself</p></section>`,
		`<h1>On Ferries</h1><p>The ferry was late.</p>`)
	d := read(t, ingest.Source{Name: "case.epub", Bytes: raw}).Document
	if d.Title != "On Ferries" || strings.Join(d.Authors, "|") != "Ada North" || d.Date != "2019-03-03" || d.Language != "en-GB" || d.URL != "https://example.org/f" || len(d.Passages) != 1 {
		t.Errorf("%+v", d)
	}
}
