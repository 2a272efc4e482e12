package ingest_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"pincite/internal/fault"
	"pincite/internal/ingest"
)

// bomb makes a Word document whose body is a text of size bytes, packed.
func bomb(t *testing.T, size int, head, repeated, tail string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	write := func(name string, content func(io.Writer) error) {
		f, err := w.Create(name)
		if err == nil {
			err = content(f)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write("[Content_Types].xml", func(f io.Writer) error { _, err := io.WriteString(f, wordTypes); return err })
	write("word/document.xml", func(f io.Writer) error {
		if _, err := io.WriteString(f, `<w:document`+wordSpaces+`><w:body>`+head); err != nil {
			return err
		}
		block := []byte(strings.Repeat(repeated, 1+(64<<10)/len(repeated)))
		for n := 0; n < size; n += len(block) {
			if _, err := f.Write(block); err != nil {
				return err
			}
		}
		_, err := io.WriteString(f, tail+`</w:body></w:document>`)
		return err
	})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is refused is refused in one sentence that says why.
func TestRefusesHostilePackages(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("<w:ins>", n) + strings.Repeat("</w:ins>", n) }
	good := docx(t, wp("", wr("The ferry was late.")))
	corrupt := bytes.Clone(good)
	corrupt[bytes.Index(corrupt, []byte("word/document.xml"))+60] ^= 0xff
	locked := bytes.Clone(good)
	for at := 0; ; {
		i := bytes.Index(locked[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		at += i + 4
		locked[at+4] |= 1 // the general purpose flags of the directory's entry
	}
	many := []string{"[Content_Types].xml", wordTypes, "word/document.xml", "<a/>"}
	for i := range 10_001 {
		many = append(many, fmt.Sprintf("word/media/%d", i), "")
	}
	wide := func(s string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
		return b.String()
	}
	const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	entity := func(declaration string) []byte {
		return packed(t, "[Content_Types].xml", wordTypes, "word/document.xml", declaration+`<w:document`+wordSpaces+`><w:body>`+wp("", wr("&a;"))+`</w:body></w:document>`)
	}
	const manifest = `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml">` +
		`<manifest:encryption-data/></manifest:file-entry></manifest:manifest>`
	const rights = `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>` +
		`<enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><enc:CipherData><enc:CipherReference URI="OPS/text/c0.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>`
	withPart := func(raw []byte, name, content string) []byte {
		r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, f := range r.File {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, content)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	book := epub(t, "", "<p>One.</p>")
	damaged := " is a Word document, but damaged or incomplete: save it again, or give it as plain text."
	for _, tt := range []struct {
		name string
		raw  []byte
		kind fault.Kind
		want string
	}{
		{"bomb of one text.docx", bomb(t, 64<<20, "<w:p><w:r><w:t>", "a", "</w:t></w:r></w:p>"), fault.TooLarge, " holds more than 512 KB without a paragraph"},
		{"bomb of runs.docx", bomb(t, 64<<20, "<w:p>", "<w:r><w:t>"+strings.Repeat("a", 5000)+"</w:t></w:r>", "</w:p>"), fault.TooLarge, " holds a paragraph of more than 262 KB"},
		{"bomb of paragraphs.docx", bomb(t, 64<<20, "", "<w:p><w:r><w:t>"+strings.Repeat("a", 5000)+"</w:t></w:r></w:p>", ""), fault.TooLarge, " unpacks to more than 32 MB"},
		{"long.odt", odf(t, "<text:p>"+strings.Repeat("<text:span>"+strings.Repeat("a", 1000)+"</text:span>", 300)+"</text:p>"), fault.TooLarge, " holds a paragraph of more than 262 KB"},
		{"long.epub", epub(t, "", "<p>"+strings.Repeat("<i>"+strings.Repeat("a", 1000)+"</i>", 300)+"</p>"), fault.TooLarge, " holds a paragraph of more than 262 KB"},
		{"bomb of a comment.docx", bomb(t, 64<<20, "<!--", "<", "-->"), fault.TooLarge, " unpacks to more than 32 MB"},
		{"bomb of elements.docx", bomb(t, 8<<20, "", "<w:p/>", ""), fault.TooLarge, " holds more than 300000 XML elements"},
		{"bomb of attributes.docx", bomb(t, 8<<20, "<w:p", ` a=""`, "/>"), fault.TooLarge, " holds more than 512 KB without a paragraph"},
		{"deep.docx", docx(t, deep(150)+wp("", wr("One."))), 0, ""},
		{"deeper.docx", docx(t, deep(400)), fault.TooLarge, " nests its elements more than 200 deep"},
		{"tables.docx", docx(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 100)), fault.TooLarge, " nests its elements more than 200 deep"},
		{"entities.docx", entity(`<!DOCTYPE w:document [<!ENTITY a "b">]>`), fault.Unreadable, " declares XML entities"},
		{"doctype.docx", entity(`<!DOCTYPE w:document SYSTEM "file:///etc/passwd">`), fault.Unreadable, " declares XML entities"},
		{"entity.docx", entity(``), fault.Unreadable, damaged},
		{"entities.epub", epub(t, "", `<p>One.</p>`), 0, ""},
		{"internal.epub", packed(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>`,
			"a.opf", `<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`,
			"a.xhtml", `<!DOCTYPE html [<!ENTITY a "aaaa">]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>&a;</p></body></html>`), fault.Unreadable, " declares XML entities"},
		{"not closed.docx", docx(t, "<w:p><w:r><w:t>One."), fault.Unreadable, damaged},
		{"truncated.docx", good[:len(good)/2], fault.Unreadable, damaged},
		{"head only.docx", good[:100], fault.Unreadable, " is an archive, not text"},
		{"corrupt.docx", corrupt, fault.Unreadable, damaged},
		{"no body.docx", packed(t, "[Content_Types].xml", wordTypes), fault.Unreadable, damaged},
		{"other root.docx", packed(t, "[Content_Types].xml", wordTypes, "word/document.xml", "<html/>"), fault.Unreadable, damaged},
		{"empty part.docx", packed(t, "[Content_Types].xml", wordTypes, "word/document.xml", ""), fault.Unreadable, damaged},
		{"blank.docx", docx(t, wp("", wr(" "))), fault.Unreadable, " holds no text."},
		{"twice.docx", packed(t, "[Content_Types].xml", wordTypes, "word/document.xml", "<a/>", "Word/Document.xml", "<a/>"), fault.Unreadable, damaged},
		{"many.docx", packed(t, many...), fault.TooLarge, " holds more than 10000 files"},
		{"zip password.docx", locked, fault.Unreadable, " is protected by a password: save it without one."},
		{"password.docx", []byte(compound + strings.Repeat("\x00", 500) + wide("EncryptedPackage")), fault.Unreadable, " is a document protected by a password, not text: save it without one."},
		{"old.doc", []byte(compound + strings.Repeat("\x00", 500) + wide("WordDocument")), fault.Unreadable, " is an old Word document, not text: save it as DOCX"},
		{"password.odt", packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", manifest, "content.xml", "\x00\x01"), fault.Unreadable, " is protected by a password: save it without one."},
		{"no content.odt", packed(t, "mimetype", "application/vnd.oasis.opendocument.text"), fault.Unreadable, " is an OpenDocument text, but damaged or incomplete"},
		{"rights.epub", withPart(book, "META-INF/encryption.xml", rights), fault.Unreadable, " is protected against copying"},
		{"fonts.epub", withPart(book, "META-INF/encryption.xml", strings.Replace(rights, "http://www.w3.org/2001/04/xmlenc#aes256-cbc", "http://www.idpf.org/2008/embedding", 1)), 0, ""},
		{"no chapter.epub", packed(t, "mimetype", "application/epub+zip", "META-INF/container.xml", "<container/>"), fault.Unreadable, " is an EPUB, but damaged or incomplete"},
		{"sheet.xlsx", packed(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<a/>"), fault.Unreadable, " is a spreadsheet, not text"},
		{"sheet.docx", packed(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>"), fault.Unreadable, " is a spreadsheet, not text"},
		{"escape.zip", packed(t, "../../etc/passwd", "x"), fault.Unreadable, " is an archive, not text"},
		{"escape.docx", withPart(good, "../../etc/passwd", "x"), 0, ""},
		{"zero.docx", nil, fault.Unreadable, " holds no text."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if raceDetector && strings.HasPrefix(tt.want, " unpacks to") {
				t.Skip("it takes a minute under the race detector")
			}
			r, err := ingest.Read(t.Context(), ingest.Source{Name: tt.name, Bytes: tt.raw}, ingest.Limits{})
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("%v", err)
			case tt.want == "":
			case err == nil:
				t.Errorf("read as %s", outline(r))
			case !strings.HasPrefix(fault.Sentence(err), tt.name+tt.want) || fault.KindOf(err) != tt.kind:
				t.Errorf("%q (kind %d), want %q (kind %d)", fault.Sentence(err), fault.KindOf(err), tt.want, tt.kind)
			default:
				checkFault(t, err)
			}
		})
	}
}

// Every document that is cut short, or has a byte changed, is read or
// refused in a sentence.
func TestReadsDamagedPackages(t *testing.T) {
	for name, raw := range samplePackages(t) {
		for i := 0; i < len(raw); i += 1 + len(raw)/150 {
			changed := bytes.Clone(raw)
			changed[i] ^= 0x55
			for _, damaged := range [][]byte{raw[:i], changed} {
				r, err := ingest.Read(t.Context(), ingest.Source{Name: name, Bytes: damaged}, ingest.Limits{})
				if err != nil {
					checkFault(t, err)
				} else if err := r.Document.Validate(); err != nil {
					t.Errorf("%s, damaged at %d: %v", name, i, err)
				}
			}
		}
	}
}

// samplePackages are a small document in each format.
func samplePackages(t testing.TB) map[string][]byte {
	t.Helper()
	return map[string][]byte{
		"case.docx": docx(t, wp("Titre", wr("On Ferries"))+wp("Titre1", wr("The Lock"))+wp("", wr("One."), footnoteRef("1"), wr(" Two."), footnoteRef("2"))+wp("Zitat", wr("Quoted.")),
			"word/footnotes.xml", wordNotes("footnote", wordNote("footnote", "1", "A.", "B."), wordNote("footnote", "2", "C."))),
		"case.odt":  odf(t, `<text:h text:outline-level="1">The Lock</text:h><text:p>One.`+odfNote("footnote", "", "A.")+`</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>`),
		"case.epub": epub(t, `<dc:title>On Ferries</dc:title>`, `<h1>The Lock</h1><p>One.<a epub:type="noteref" href="#f">1</a></p><aside epub:type="footnote" id="f">A.</aside>`, `<p>Two.</p>`),
	}
}

func TestPackagesStopWithTheirContext(t *testing.T) {
	for name, raw := range map[string][]byte{
		"big.docx": sampleWord(t, 1_000_000),
		"big.odt":  sampleODT(t, 1_000_000),
		"big.epub": sampleEPUB(t, 1_000_000),
	} {
		ctx, cancel := context.WithCancel(t.Context())
		began := make(chan struct{})
		go func() {
			<-began
			cancel()
		}()
		_, err := ingest.Read(&beginning{Context: ctx, began: began}, ingest.Source{Name: name, Bytes: raw}, ingest.Limits{})
		if !errors.Is(err, context.Canceled) || fault.KindOf(err) != fault.Busy {
			t.Errorf("%s: %v, want a fault of kind Busy", name, err)
		}
		cancel()
	}
}

// The heap grows by less than 256 MB over what it was, whatever is read.
func TestReadersTakeBoundedMemory(t *testing.T) {
	var attributes, prose strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&attributes, ` w:a%d=""`, i)
	}
	for i := range 60_000 {
		prose.WriteString("<w:p><w:r><w:t>")
		for k := range 40 {
			fmt.Fprintf(&prose, "%x ", (i*40+k)*2654435761)
		}
		prose.WriteString("</w:t></w:r></w:p>")
	}
	if raceDetector {
		t.Skip("the race detector takes memory of its own")
	}
	for name, raw := range map[string][]byte{
		"attributes.docx": docx(t, strings.Repeat("<w:p"+attributes.String()+"/>", 60)),
		"elements.epub":   epub(t, "", strings.Repeat("<p>a</p>", 140_000)),
		"links.epub":      epub(t, "", "<p>"+strings.Repeat(`<a id="x" href="#y">1</a>`, 140_000)+`</p><p id="y"><a href="#x">1</a></p>`),
		"notes.odt":       odf(t, "<text:p>"+strings.Repeat(odfNote("footnote", "", "x"), 50_000)+"</text:p>"),
		"prose.docx":      docx(t, prose.String()),
		"prose.txt":       sample(19_900_000, false),
		"prose.md":        sample(19_900_000, true),
		"prose.html":      samplePage(19_500_000),
		"short.txt":       []byte(strings.Repeat("a[1]\n\n", 99_990) + "____\n\n[1] b\n"),
		"items.md":        []byte(strings.Repeat("- a\n", 99_990)),
		"emphasis.md":     []byte(strings.Repeat("*a* b\n\n", 99_000)),
		"calls.md":        []byte(strings.Repeat(strings.Repeat("[^1]", 20)+"\n\n", 12_000) + "\n\n[^1]: a\n"),
		"elements.html":   []byte("<!DOCTYPE html>" + strings.Repeat("<p>a<b>b</b>", 49_000)),
		"attributes.html": []byte("<!DOCTYPE html>" + strings.Repeat(`<p a=b c=d e=f g=h id=i class=j>a`, 90_000)),
	} {
		runtime.GC()
		heap := func() uint64 {
			sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
			metrics.Read(sample)
			return sample[0].Value.Uint64()
		}
		before := heap()
		done, most := make(chan struct{}), make(chan uint64)
		go func() {
			peak := before
			for {
				select {
				case <-done:
					most <- peak
					return
				case <-time.After(10 * time.Millisecond):
					peak = max(peak, heap())
				}
			}
		}()
		_, err := ingest.Read(t.Context(), ingest.Source{Name: name, Bytes: raw}, ingest.Limits{})
		close(done)
		grown := <-most - before
		t.Logf("%-16s %6d KB: the heap grew by %3d MB (%v)", name, len(raw)/1000, grown>>20, err)
		if grown > 256<<20 {
			t.Errorf("%s: the heap grew by %d MB (%v)", name, grown>>20, err)
		}
	}
}
