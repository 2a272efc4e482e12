package ingest_test

import (
	"strings"
	"testing"

	"pincite/internal/ingest"
)

func TestReadsWord(t *testing.T) {
	const prose = "The board met in the old hall and heard both pilots before it rose."
	fieldOf := func(command, result string) string {
		return wr(`<w:fldChar w:fldCharType="begin"/>`) + wr(`<w:instrText> `+command+` </w:instrText>`) +
			wr(`<w:fldChar w:fldCharType="separate"/>`) + wr(result) + wr(`<w:fldChar w:fldCharType="end"/>`)
	}
	for _, tt := range []struct{ name, body, want string }{
		{"runs are joined, white space folded", wp("", wr("The  pi"), wr("lot "), wr(" left"), wr(`<w:tab/><w:t>the</w:t><w:br/><w:t>tug&#160;alone&#173;.</w:t>`)), `
p1 The pilot left the tug alone.
`},
		{
			"styles by their names, in any language, and by outline levels",
			wp("Titre1", wr("The Lock")) + wp("", wr("One.")) + wp("Chap", wr("The Tug")) + wp("", wr("Two.")) +
				wp("Lvl", wr("The Keel")) + wp("", wr("Three.")) + wp("Flat", wr("Four.")) +
				`<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>` + wr("The Bar") + `</w:p>` + wp("Titre2", wr("  ")) + wp("", wr("Five.")), `
p1 [The Lock] One.
p2 [The Tug] Two.
p3 [The Keel] Three.
p4 [The Keel] Four.
p5 [The Bar] Five.
`,
		},
		{
			"title, subtitle, authors, date",
			wp("Titre", wr("On Ferries")) + wp("Sub", wr("A Note")) + wp("Auteur", wr("Ada North; Bo West")) + wp("Auteur", wr("By Cy South")) +
				wp("Datum", wr("March 3, 2019")) + wp("", wr(prose)), `
title On Ferries: A Note
by Ada North; Bo West; Cy South
date 2019-03-03
p1 ` + prose + `
`,
		},
		{
			"a date that is not understood is no paragraph",
			wp("Titre", wr("On Ferries")) + wp("Datum", wr("At Michaelmas")) + wp("", wr(prose)), `
title On Ferries
p1 ` + prose + `
? metadata
`,
		},
		{
			"byline and date below the title without styles",
			wp("Titre", wr("On Ferries")) + wp("", wr("By Ada North and Bo West")) + wp("", wr("3 March 2019")) + wp("", wr(prose)), `
title On Ferries
by Ada North; Bo West
date 2019-03-03
p1 ` + prose + `
`,
		},
		{
			"a bold first line and bold headings where no style says more",
			wp("", wr(`<w:rPr><w:b/></w:rPr><w:t>On Ferries and Their Crews</w:t>`)) + wp("", wr(prose)) +
				wp("", wr(`<w:rPr><w:rStyle w:val="Gras"/></w:rPr><w:t>The Lock</w:t>`)) + wp("", wr(prose)) +
				wp("", wr(`<w:rPr><w:b/></w:rPr><w:t>not so here</w:t>`)) + wp("", wr(prose)) +
				wp("", wr(`<w:rPr><w:b w:val="0"/></w:rPr><w:t>Nor So Here</w:t>`)) + wp("", wr(prose)), `
title On Ferries and Their Crews
p1 ` + prose + `
p2 [The Lock] ` + prose + `
p3 [The Lock] not so here
p4 [The Lock] ` + prose + `
p5 [The Lock] Nor So Here
p6 [The Lock] ` + prose + `
`,
		},
		{
			"bold lines stay paragraphs where headings have a style",
			wp("Titre1", wr("The Lock")) + wp("", wr(prose)) + wp("", wr(`<w:rPr><w:b/></w:rPr><w:t>The Tug</w:t>`)) + wp("", wr(prose)) + wp("Titre1", wr("The Keel")), `
p1 [The Lock] ` + prose + `
p2 [The Lock] The Tug
p3 [The Lock] ` + prose + `
`,
		},
		{
			"the only heading, if it comes first, is the title",
			wp("Titre1", wr("The Lock")) + wp("", wr(prose)), `
title The Lock
p1 ` + prose + `
`,
		},
		{
			"revisions: what was inserted and moved here, not what was deleted",
			wp("", wr("The "), `<w:ins w:id="1">`+wr("late ")+`</w:ins>`, `<w:del w:id="2">`+wr(`<w:delText>early </w:delText>`)+wr("x")+`</w:del>`,
				`<w:moveFrom w:id="3">`+wr("away ")+`</w:moveFrom>`, `<w:moveTo w:id="4">`+wr("tug ")+`</w:moveTo>`, wr("left.")) +
				`<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>` + wr("One") + `</w:p>` + wp("", wr(" whole.")) +
				`<w:del w:id="6"><w:p>` + wr("Gone.") + `</w:p></w:del>`, `
p1 The late tug left.
p2 One whole.
`,
		},
		{
			"alternatives are read once, text boxes below their paragraph",
			wp("", wr("One."), wr(`<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>`+wp("", wr("Boxed."))+
				`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>`+wp("", wr("Boxed."))+
				`</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>`), wr(" Still one.")) + wp("", wr("Two.")), `
p1 One. Still one.
p2 Boxed.
p3 Two.
`,
		},
		{
			"fields: their results, but not their code nor tables of contents",
			wp("TM1", wr("The Lock 1")) +
				wp("", wr(`<w:fldChar w:fldCharType="begin"/>`), wr(`<w:instrText>TOC \o</w:instrText>`), wr(`<w:fldChar w:fldCharType="separate"/>`), wr("The Tug 2")) +
				wp("", wr("The Keel 3"), wr(`<w:fldChar w:fldCharType="end"/>`)) +
				wp("", wr("See "), fieldOf("REF x", "page 4"), wr(", "), `<w:fldSimple w:instr=" DATE ">`+wr("May 1")+`</w:fldSimple>`, wr("; "), fieldOf("PAGE", "9"), wr("end.")) +
				wp("", wr("Cut "), wr(`<w:fldChar w:fldCharType="begin"/>`), wr(`<w:instrText>REF y</w:instrText>`)) + wp("", wr("Not lost.")), `
p1 See page 4, May 1; end.
p2 Cut
p3 Not lost.
`,
		},
		{
			"a table of contents that does not end, ends at a heading",
			wp("", wr(`<w:fldChar w:fldCharType="begin"/>`), wr(`<w:instrText>TOC</w:instrText>`), wr(`<w:fldChar w:fldCharType="separate"/>`), wr("The Lock 1")) +
				wp("Titre1", wr("The Lock")) + wp("", wr("One.")) + wp("Titre1", wr("The Tug")), `
p1 [The Lock] One.
`,
		},
		{
			"content controls, smart tags, links, bookmarks, comments, formulas",
			`<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + wp("", wr("Click to enter text")) + `</w:sdtContent></w:sdt>` +
				`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + wp("", wr("Contents")) + `</w:sdtContent></w:sdt>` +
				`<w:sdt><w:sdtContent>` + wp("", `<w:bookmarkStart w:id="0" w:name="x"/>`, `<w:smartTag>`+wr("Ada ")+`</w:smartTag>`, `<w:hyperlink>`+wr("here")+`</w:hyperlink>`,
				`<w:commentRangeStart w:id="0"/>`, wr(`<w:commentReference w:id="0"/>`), `<w:sdt><w:sdtContent>`+wr(" and ")+`</w:sdtContent></w:sdt>`,
				`<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>`) + `</w:sdtContent></w:sdt>`, `
p1 Ada here and a+b
`,
		},
		{
			"hyphens, symbols, hidden text, a drop cap",
			wp("", wr(`<w:t>tug</w:t><w:noBreakHyphen/><w:t>boat</w:t><w:softHyphen/><w:t>s</w:t>`), wr(`<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>`),
				wr(`<w:sym w:font="Times" w:char="00A7"/>`), wr(`<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/>`)) +
				`<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>` + wr("T") + `</w:p>` + wp("", wr("he tug.")), `
p1 tug-boats§α
p2 The tug.
`,
		},
		{
			"list items, with what goes on with them, and quotes",
			wp("", wr("Two:")) +
				`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>` + wr("first") + `</w:p>` +
				`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr>` + wr("more of it") + `</w:p>` +
				wp("Liste", wr("second")) +
				wp("Zitat", wr("Whoever leaves the bridge")) + wp("Zitat", wr("answers.")) + wp("", wr("So it is.")), `
p1 Two:
p2 first⏎more of it
p3 second
p4 Whoever leaves the bridge⏎answers.
p5 So it is.
`,
		},
		{
			"tables: a row is a paragraph, unless its cells hold several",
			`<w:tbl><w:tr><w:tc>` + wp("", wr("Port")) + `</w:tc><w:tc>` + wp("", wr("Dues")) + `</w:tc></w:tr>` +
				`<w:tr><w:trPr><w:del/></w:trPr><w:tc>` + wp("", wr("Gone")) + `</w:tc></w:tr>` +
				`<w:tr><w:tc>` + wp("", wr("One.")) + wp("", wr("Two.")) + `</w:tc><w:tc>` + wp("", wr("Three.")) + `</w:tc></w:tr></w:tbl>`, `
p1 Port⏎Dues
p2 One.
p3 Two.
p4 Three.
`,
		},
		{
			"notes typed by hand below a heading",
			wp("Titre1", wr("The Lock")) + wp("", wr("It is closed.[1] It was open.[2]")) + wp("Titre1", wr("Notes")) +
				wp("", wr("[1] Board Minutes.")) + wp("", wr("[2] Id.")), `
p1 [The Lock] It is closed.[1]→1 It was open.[2]→2
n1 Board Minutes.
n2 Id.
`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPackage(t, "case.docx", docx(t, tt.body), tt.want) })
	}
}

func TestReadsWordNotes(t *testing.T) {
	custom := wr(`<w:footnoteReference w:customMarkFollows="1" w:id="7"/><w:t>*</w:t>`)
	for _, tt := range []struct {
		name, body, footnotes, endnotes, want string
	}{
		{
			"numbered in reading order, whatever their ids; two in one paragraph; two paragraphs in one",
			wp("", wr("One"), footnoteRef("9"), wr(", two."), footnoteRef("0")) + wp("", wr("Three."), footnoteRef("4")),
			wordNotes("footnote",
				`<w:footnote w:id="-1" w:type="separator"><w:p>`+wr(`<w:separator/>`)+`</w:p></w:footnote>`,
				`<w:footnote w:id="1" w:type="continuationNotice"><w:p>`+wr("Continued")+`</w:p></w:footnote>`,
				wordNote("footnote", "0", " B."), wordNote("footnote", "4", "C.", "More."), wordNote("footnote", "9", "\tA.")), "", `
p1 One[1]→1, two.[2]→2
p2 Three.[3]→3
n1 A.
n2 B.
n3 C.⏎More.
`,
		},
		{
			"footnotes and endnotes alike, one within the other",
			wp("", wr("One."), wr(`<w:endnoteReference w:id="1"/>`)) + wp("", wr("Two."), footnoteRef("1")),
			wordNotes("footnote", wordNote("footnote", "1", "Foot.")),
			wordNotes("endnote", `<w:endnote w:id="1"><w:p>`+wr("End.")+footnoteRef("2")+`</w:p></w:endnote>`), `
p1 One.[1]→1
p2 Two.[2]→2
n1 End.
n2 Foot.
? marker n1
`,
		},
		{
			"a mark of its own; those after it are numbered as Word does",
			wp("Titre", wr("On Ferries"), custom) + wp("", wr("One."), footnoteRef("1")),
			wordNotes("footnote", wordNote("footnote", "1", "A."), `<w:footnote w:id="7"><w:p>`+wr("*")+wr(" Pilot.")+`</w:p></w:footnote>`), "", `
title On Ferries
p1 One.[1]→2
n1 (*) Pilot.
n2 (1) A.
? note n1
`,
		},
		{
			"a mark in the text, given as a symbol",
			wp("", wr("One."), wr(`<w:footnoteReference w:customMarkFollows="1" w:id="7"/><w:sym w:font="Symbol" w:char="F02A"/>`), wr(" Two.")),
			wordNotes("footnote", `<w:footnote w:id="7"><w:p>`+wr(`<w:sym w:font="Times" w:char="002A"/>`)+wr(" Pilot.")+`</w:p></w:footnote>`), "", `
p1 One.[*]→1 Two.
n1 (*) Pilot.
`,
		},
		{
			"a note whose call was deleted is gone, one that was never called is not",
			wp("", wr("One."), `<w:del w:id="1">`+footnoteRef("1")+`</w:del>`) + wp("", wr("Two."), footnoteRef("3")),
			wordNotes("footnote", wordNote("footnote", "1", "Gone."), wordNote("footnote", "2", "Kept."), wordNote("footnote", "3", "Called."), wordNote("footnote", "3", "Twice.")), "", `
p1 One.
p2 Two.[1]→1
n1 Called.
n2 Kept.
? note n2
`,
		},
		{
			"a call without a note, or of an empty one, prints nothing",
			wp("", wr("One "), footnoteRef("8"), wr(" two."), footnoteRef("1")),
			wordNotes("footnote", wordNote("footnote", "1", " ")), "", `
p1 One two.
? marker p1
? marker p1
`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parts := []string{"word/footnotes.xml", tt.footnotes}
			if tt.endnotes != "" {
				parts = append(parts, "word/endnotes.xml", tt.endnotes)
			}
			checkPackage(t, "case.docx", docx(t, tt.body, parts...), tt.want)
		})
	}
}

// Strict documents have other namespaces, other programs other names of
// parts: relations and content types say what is what.
func TestReadsStrictWordUnderAnyName(t *testing.T) {
	strict := strings.NewReplacer(
		"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main",
		`xmlns:w=`, `xmlns:x=`, "<w:", "<x:", "</w:", "</x:", " w:", " x:",
		"word/document.xml", `word\document2.xml`)
	const relation = `http://purl.oclc.org/ooxml/officeDocument/relationships/`
	rels := func(kind, target string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="` + relation + kind + `" Target="` + target + `"/></Relationships>`
	}
	raw := packed(t,
		"[Content_Types].xml", strict.Replace(wordTypes),
		"_rels/.rels", rels("officeDocument", "/word/document2.xml"),
		`word\document2.xml`, strict.Replace(`<w:document`+wordSpaces+`><w:body>`+wp("", wr("One."), footnoteRef("2"))+`</w:body></w:document>`),
		`word/_rels/document2.xml.rels`, rels("footnotes", "notes/mine.xml"),
		"word/notes/mine.xml", strict.Replace(wordNotes("footnote", wordNote("footnote", "2", "A."))),
	)
	for _, name := range []string{"case.docx", "case.txt", "case.pdf", "case"} {
		checkPackage(t, name, raw, `
p1 One.[1]→1
n1 A.
`)
	}
}

func TestReadsWordProperties(t *testing.T) {
	const core = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">`
	const custom = `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`
	body := wp("", wr("On Ferries")) + wp("", wr("Ada North and Bo West")) + wp("", wr("The ferry was late, and nobody minded."))
	r := read(t, ingest.Source{Name: "case.docx", Bytes: docx(t, body,
		"docProps/core.xml", core+`<dc:title> On  ferries</dc:title><dc:creator>Ada North;Bo West; </dc:creator>`+
			`<dcterms:created>2001-02-03T00:00:00Z</dcterms:created></cp:coreProperties>`,
		"docProps/custom.xml", custom+`<property name="Date"><vt:lpwstr>2019-03</vt:lpwstr></property>`+
			`<property name="source"><vt:lpwstr>https://example.org/f</vt:lpwstr></property><property name="URL"><vt:lpwstr>Westlaw</vt:lpwstr></property></Properties>`)})
	d := r.Document
	if d.Title != "On Ferries" || strings.Join(d.Authors, "|") != "Ada North|Bo West" || d.Date != "2019-03" || d.URL != "https://example.org/f" ||
		len(d.Passages) != 1 || len(r.Doubts) > 0 {
		t.Errorf("%+v, doubts %v", d, r.Doubts)
	}
	// The date of the file is none of publication, and what programs write
	// for want of better is no title and no author.
	d = read(t, ingest.Source{Name: "ferry-rules.docx", Bytes: docx(t, wp("", wr("The ferry was late.")),
		"docProps/core.xml", core+`<dc:title>Microsoft Word - Document1</dc:title><dc:creator>python-docx</dc:creator>`+
			`<dcterms:created>2001-02-03T00:00:00Z</dcterms:created></cp:coreProperties>`)}).Document
	if d.Title != "Ferry rules" || len(d.Authors) > 0 || d.Date != "" {
		t.Errorf("title %q, authors %q, date %q", d.Title, d.Authors, d.Date)
	}
}

// The language is that of most of the text.
func TestReadsTheLanguageOfWord(t *testing.T) {
	in := func(language, text string) string {
		return wr(`<w:rPr><w:lang w:val="` + language + `"/></w:rPr><w:t>` + text + `</w:t>`)
	}
	styles := strings.Replace(wordStyles, ">", `><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault></w:docDefaults>`, 1)
	for _, tt := range []struct{ body, want string }{
		{wp("", wr("The ferry was late.")), "en-US"},
		{wp("", wr("The ferry."), in("fr-FR", "Le bac avait du retard.")), "fr-FR"},
	} {
		raw := packed(t, "[Content_Types].xml", wordTypes, "word/styles.xml", styles,
			"word/document.xml", `<w:document`+wordSpaces+`><w:body>`+tt.body+`</w:body></w:document>`)
		if got := read(t, ingest.Source{Name: "case.docx", Bytes: raw}).Document.Language; got != tt.want {
			t.Errorf("language %q, want %q", got, tt.want)
		}
	}
}
