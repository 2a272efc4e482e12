package ingest_test

import (
	"strings"
	"testing"

	"pincite/internal/ingest"
)

const odfSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"` +
	` xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
	` xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"` +
	` xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"`

// odf makes an OpenDocument text of the blocks of its body and further parts.
func odf(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	return packed(t, append([]string{
		"mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<?xml version="1.0"?><office:document-content` + odfSpaces + `><office:automatic-styles>` +
			`<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>` +
			`<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Title"/>` +
			`<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>` +
			`<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/></text:list-style>` +
			`</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
	}, parts...)...)
}

func odfNote(class, citation string, paragraphs ...string) string {
	return `<text:note text:note-class="` + class + `"><text:note-citation` + citation + `>9</text:note-citation><text:note-body><text:p>` +
		strings.Join(paragraphs, "</text:p><text:p>") + `</text:p></text:note-body></text:note>`
}

func TestReadsODT(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{
			"white space, tabs, breaks, spans, links",
			"<text:p>The\n   <text:span>pi</text:span>lot<text:s text:c=\"4\"/><text:a>left</text:a><text:tab/>the<text:line-break/>tug<text:soft-page-break/>.</text:p><text:p/>", `
p1 The pilot left the tug.
`,
		},
		{
			"headings, the title by its style, quotes, sections, tables of contents",
			`<text:p text:style-name="P2">On Ferries</text:p><text:p text:style-name="Author">Ada North</text:p>` +
				`<text:table-of-content><text:index-body><text:p>The Lock 1</text:p></text:index-body></text:table-of-content>` +
				`<text:h text:outline-level="1">The Lock</text:h><text:section><text:p>One.</text:p></text:section>` +
				`<text:section text:display="none"><text:p>Hidden.</text:p></text:section>` +
				`<text:p text:style-name="P1">Quoted,</text:p><text:p text:style-name="P1">twice.</text:p>`, `
title On Ferries
by Ada North
p1 [The Lock] One.
p2 [The Lock] Quoted,⏎twice.
`,
		},
		{
			"notes of both kinds, with two paragraphs, with a mark, within each other",
			`<text:p>One` + odfNote("footnote", "", "A.", "More.") + `, two.` + odfNote("endnote", "", "B."+odfNote("footnote", "", "In it.")) + `</text:p>` +
				`<text:p>Three.` + odfNote("footnote", ` text:label="*"`, "C.") + `</text:p>`, `
p1 One[1]→1, two.[2]→2
p2 Three.[*]→4
n1 A.⏎More.
n2 B.[3]→3
n3 In it.
n4 (*) C.
`,
		},
		{
			"lists, in each other, with headings and paragraphs below",
			`<text:p>Two:</text:p><text:list><text:list-item><text:p>first</text:p><text:p>and more</text:p></text:list-item>` +
				`<text:list-item><text:p>second</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list><text:p>below</text:p></text:list-item></text:list>` +
				`<text:list><text:list-item><text:h text:outline-level="2">The Tug</text:h></text:list-item></text:list><text:p>Three.</text:p>`, `
p1 Two:
p2 first⏎and more
p3 second
p4 inner
p5 below
p6 [The Tug] Three.
`,
		},
		{
			"tracked changes, comments, frames, tables",
			`<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
				`<text:p>One.<office:annotation><dc:creator>X</dc:creator><text:p>Why?</text:p></office:annotation><text:change/>` +
				`<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame></text:p>` +
				`<table:table><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell><table:table-cell><text:p>Dues</text:p></table:table-cell></table:table-row></table:table>`, `
p1 One.
p2 Boxed.
p3 Port⏎Dues
`,
		},
		{
			"bold lines",
			`<text:p><text:span text:style-name="T1">The Lock</text:span></text:p><text:p>One came late.</text:p><text:p><text:span text:style-name="T1">The</text:span> Tug</text:p><text:p>Two came late.</text:p>`, `
title The Lock
p1 One came late.
p2 The Tug
p3 Two came late.
`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPackage(t, "case.odt", odf(t, tt.body), tt.want) })
	}
}

func TestReadsODTProperties(t *testing.T) {
	raw := odf(t, `<text:p>The ferry was late.</text:p>`,
		"meta.xml", `<office:document-meta`+odfSpaces+`><office:meta><dc:title>On Ferries</dc:title><dc:creator>Ed Itor</dc:creator>`+
			`<meta:initial-creator>Ada North</meta:initial-creator><dc:date>2001-02-03</dc:date><meta:creation-date>2001-02-03</meta:creation-date>`+
			`<meta:user-defined meta:name="Source">https://example.org/f</meta:user-defined></office:meta></office:document-meta>`,
		"styles.xml", `<office:document-styles`+odfSpaces+`><office:styles><style:default-style style:family="paragraph">`+
			`<style:text-properties fo:language="fr" fo:country="CA"/></style:default-style></office:styles></office:document-styles>`)
	d := read(t, ingest.Source{Name: "case.bin", Bytes: raw}).Document
	if d.Title != "On Ferries" || strings.Join(d.Authors, "|") != "Ada North" || d.Date != "" || d.URL != "https://example.org/f" || d.Language != "fr-CA" {
		t.Errorf("%+v", d)
	}
}
