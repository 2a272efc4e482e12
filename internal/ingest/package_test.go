package ingest_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"pincite/internal/ingest"
)

// The same analysis as word processors and converters write it.
func TestReadsTheGoldFromPackages(t *testing.T) {
	for _, name := range []string{"covert.pandoc.docx", "covert.libreoffice.docx", "covert.odt", "covert.epub"} {
		t.Run(name, func(t *testing.T) {
			g := readGold(t)
			reading := readFile(t, shared(t, "documents", name))
			g.check(t, reading)
			if d := reading.Document; d.URL != g.URL || d.Language != "en-US" {
				t.Errorf("URL %q, language %q", d.URL, d.Language)
			}
		})
	}
}

// packed makes an archive of parts, given as name and content in turn. The
// media type is not compressed, so that it can be read in the file.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		header := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if parts[i] == "mimetype" {
			header.Method = zip.Store
		}
		f, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	wordSpaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
	wordStyles = `<w:styles` + wordSpaces + `>` +
		`<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/><w:basedOn w:val="Titre1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Chap"><w:name w:val="Chapter Line"/><w:basedOn w:val="Titre1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Lvl"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Flat"><w:name w:val="Flat"/><w:basedOn w:val="Titre1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Subtitle"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Auteur"><w:name w:val="Author"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Datum"><w:name w:val="Date"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="character" w:styleId="Gras"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>` +
		`</w:styles>`
	wordNumbering = `<w:numbering` + wordSpaces + `>` +
		`<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num></w:numbering>`
)

// docx makes a Word document of the blocks of its body and further parts.
func docx(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	return packed(t, append([]string{
		"[Content_Types].xml", wordTypes,
		"word/document.xml", `<?xml version="1.0"?><w:document` + wordSpaces + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/styles.xml", wordStyles,
		"word/numbering.xml", wordNumbering,
	}, parts...)...)
}

// wp is a paragraph in a style, which may be empty, made of runs.
func wp(style string, runs ...string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return `<w:p>` + style + strings.Join(runs, "") + `</w:p>`
}

// wr is a run of text, or of elements where it begins with one.
func wr(content string) string {
	if !strings.HasPrefix(content, "<") {
		content = `<w:t xml:space="preserve">` + content + `</w:t>`
	}
	return `<w:r>` + content + `</w:r>`
}

// wordNotes is the part of the footnotes, or endnotes, with their ids.
func wordNotes(kind string, notes ...string) string {
	return `<w:` + kind + `s` + wordSpaces + `>` + strings.Join(notes, "") + `</w:` + kind + `s>`
}

func footnoteRef(id string) string { return wr(`<w:footnoteReference w:id="` + id + `"/>`) }

func wordNote(kind, id string, paragraphs ...string) string {
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(wp("", wr(`<w:`+kind+`Ref/>`), wr(p)))
	}
	return `<w:` + kind + ` w:id="` + id + `">` + b.String() + `</w:` + kind + `>`
}

// checkPackage reads an archive and compares what was understood.
func checkPackage(t *testing.T, name string, raw []byte, want string) {
	t.Helper()
	got := outline(read(t, ingest.Source{Name: name, Bytes: raw}))
	if want = strings.TrimPrefix(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
