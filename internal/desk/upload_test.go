package desk

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"pincite/internal/answer"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

// TestAsksAreAnsweredWhileADocumentIsRead reads a document that takes long,
// again and again, for one server, and asks for another in the meantime. The
// reading ends when it is cancelled and not before.
func TestAsksAreAnsweredWhileADocumentIsRead(t *testing.T) {
	d := open(t, t.TempDir())
	one, two := server(t, "111111111111111111"), server(t, "222222222222222222")
	stairs := ""
	for depth := range 40 {
		stairs += strings.Repeat("  ", depth) + "- item\n"
	}
	slow := source("stairs.md", strings.Repeat(stairs, 1000))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	began, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		close(began)
		for {
			if _, err := d.Preview(ctx, slow); err != nil {
				ended <- err
				return
			}
		}
	}()
	<-began
	add(t, d, two, source("zebras.txt", "Zebra crossings are striped."))
	for range 20 {
		if ref, _ := first(t, d, two, "Are zebra crossings striped?"); ref != "zebras/p1" {
			t.Errorf("found %q", ref)
		}
		if ref, _ := first(t, d, one, "Is a toll a charge for passage?"); ref != "tolls/p1" {
			t.Errorf("found %q", ref)
		}
	}
	select {
	case err := <-ended:
		t.Errorf("the reading ended by itself: %v", err)
	default:
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) || fault.KindOf(err) != fault.Busy {
		t.Errorf("%v, want a fault of kind Busy", err)
	}
}

// The prose of a page of the benchmarks: 40 lines of about 80 characters.
func pageLines(page int) []string {
	var lines []string
	for i := range 40 {
		lines = append(lines, fmt.Sprintf("On page %d the harbour board held, in line %d, that the berth goes with the keel.", page, i))
	}
	return lines
}

// longDOCX is a Word document of pages of prose.
func longDOCX(b *testing.B, pages int) []byte {
	b.Helper()
	var body strings.Builder
	for page := range pages {
		lines := pageLines(page)
		for i := 0; i < len(lines); i += 8 {
			body.WriteString(`<w:p><w:pPr><w:jc w:val="both"/></w:pPr>`)
			for _, l := range lines[i : i+8] {
				body.WriteString(`<w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">` + l + ` </w:t></w:r>`)
			}
			body.WriteString("</w:p>")
		}
	}
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`},
	} {
		f, err := w.Create(part[0])
		if err == nil {
			_, err = f.Write([]byte(part[1]))
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return file.Bytes()
}

// longPDF is a PDF of pages of prose.
func longPDF(pages int) []byte {
	var file bytes.Buffer
	var offsets []int
	object := func(content string) {
		offsets = append(offsets, file.Len())
		fmt.Fprintf(&file, "%d 0 obj\n%s\nendobj\n", len(offsets), content)
	}
	file.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for page := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*page)
	}
	object(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", pages, kids.String()))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>")
	for page := range pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", 5+2*page))
		var content strings.Builder
		content.WriteString("BT /F1 11 Tf 14 TL 72 740 Td\n")
		for i, l := range pageLines(page) {
			if i > 0 && i%8 == 0 {
				content.WriteString("T*\n")
			}
			content.WriteString("(" + l + ") Tj T*\n")
		}
		content.WriteString("ET")
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", content.Len(), content.String()))
	}
	at := file.Len()
	fmt.Fprintf(&file, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&file, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&file, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return file.Bytes()
}

// BenchmarkUpload measures what a moderator waits for: 40 pages, from their
// bytes until a question finds their last page.
func BenchmarkUpload(b *testing.B) {
	const pages = 40
	b.Run("docx", func(b *testing.B) { benchmarkUpload(b, "berths.docx", longDOCX(b, pages), pages) })
	b.Run("pdf", func(b *testing.B) {
		if _, err := exec.LookPath("pdftohtml"); err != nil {
			b.Skip("pdftohtml (poppler-utils) is not installed: PDFs cannot be read")
		}
		benchmarkUpload(b, "berths.pdf", longPDF(pages), pages)
	})
}

func benchmarkUpload(b *testing.B, name string, raw []byte, pages int) {
	d := open(b, b.TempDir())
	question := fmt.Sprintf("What did the board hold on page %d?", pages-1)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	passages := 0
	for n := 0; b.Loop(); n++ {
		id := fmt.Sprintf("berths-%d", n)
		added, err := d.Add(b.Context(), library.Local, Addition{ID: id, Source: ingest.Source{Name: name, Bytes: raw}})
		if err != nil {
			b.Fatal(err)
		}
		passages = len(added.Reading.Document.Passages)
		a, err := d.Ask(b.Context(), library.Local, answer.Request{Question: question, Document: id})
		if err != nil || len(a.Passages) == 0 {
			b.Fatalf("%d passages, %v", len(a.Passages), err)
		}
		if _, err := d.Remove(b.Context(), library.Local, id); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(passages), "passages")
}
