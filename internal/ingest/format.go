package ingest

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"pincite/internal/fault"
)

// format is one row of the table of formats. A format that is read has a read
// function; the others are recognised in order to be refused by their name.
type format struct {
	format Format
	what   string // with its article: "a PDF"
	// magic recognises the format by its raw bytes; nil for textual formats.
	magic func(raw []byte) bool
	// textual formats are told apart after the bytes were decoded: by sniff,
	// which is certain, else by name or media type.
	textual bool
	sniff   func(text string) bool
	names   []string // extensions, lower case, with the dot
	media   []string // media types
	// read is nil where the format is not read (yet).
	read func(context.Context, *input) (*draft, error)
	// instead says what to do about a format that is not read; without it
	// the format is one that will be.
	instead string
}

// formats is the table, in the order of trying. The last row is the format of
// any text.
func formats() []format {
	return []format{
		{
			format: PDF, what: "a PDF", names: []string{".pdf"}, read: readPDF,
			magic: func(raw []byte) bool { return bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")) },
		},
		{format: EPUB, what: "an EPUB", names: []string{".epub"}, magic: packaged(EPUB), read: readEPUB},
		{format: ODT, what: "an OpenDocument text", names: []string{".odt", ".ott"}, magic: packaged(ODT), read: readODT},
		{format: DOCX, what: "a Word document", names: []string{".docx", ".docm", ".dotx"}, magic: packaged(DOCX), read: readWord},
		{what: "a spreadsheet", names: []string{".xlsx", ".ods", ".xls"}, magic: zipWith("xl/workbook.", "opendocument.spreadsheet"), instead: "give the analysis itself"},
		{what: "a presentation", names: []string{".pptx", ".odp", ".ppt"}, magic: zipWith("ppt/presentation.xml", "opendocument.presentation"), instead: "give the analysis itself"},
		{what: "a Pages document", names: []string{".pages"}, magic: zipWith("Index/Document.iwa"), instead: "export it as a Word document"},
		{what: "an archive", names: []string{".zip", ".gz", ".7z", ".rar", ".tar"}, magic: archive, instead: "unpack it and give the files in it"},
		{what: "a document protected by a password", magic: encryptedPackage, instead: "save it without one"},
		{what: "an old Word document", names: []string{".doc"}, magic: starts(compoundFile), instead: "save it as DOCX, or as plain text"},
		{what: "a Rich Text document", names: []string{".rtf"}, magic: starts(`{\rtf`), instead: "save it as plain text or Markdown"},
		{what: "a PostScript file", names: []string{".ps"}, magic: starts("%!PS"), instead: "give the text itself"},
		{what: "an image", names: []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".heic"}, magic: image, instead: "give the text itself"},
		{what: "a sound or film", names: []string{".mp3", ".mp4", ".wav", ".ogg", ".webm"}, magic: recording, instead: "give a transcript"},
		{what: "a program", names: []string{".exe", ".dll", ".so"}, magic: program, instead: "give the analysis as plain text or Markdown"},

		{
			format: HTML, what: "an HTML page", textual: true, sniff: isHTML, names: []string{".html", ".htm", ".xhtml"},
			media: []string{"text/html", "application/xhtml+xml"}, read: readHTML,
		},
		{what: "an XML file", textual: true, sniff: isXML, instead: "give the text itself"},
		{
			format: Markdown, what: "Markdown", textual: true, sniff: isMarkdown, names: []string{".md", ".markdown", ".mdown", ".mkd"},
			media: []string{"text/markdown", "text/x-markdown"}, read: readMarkdown,
		},
		{format: Text, what: "text", textual: true, names: []string{".txt", ".text"}, media: []string{"text/plain"}, read: readText},
	}
}

// recognise finds the source's format; for textual ones it decodes the text.
// Formats that are not read, and what is no text, are faults.
func (in *input) recognise() (format, error) {
	table := formats()
	if len(bytes.TrimSpace(in.source.Bytes)) == 0 {
		return format{}, in.holdsNoText()
	}
	for _, f := range table {
		if f.magic != nil && f.magic(in.source.Bytes) {
			return in.readable(f)
		}
	}
	if err := in.decode(); err != nil {
		return format{}, err
	}
	for _, f := range table {
		if f.sniff != nil && f.sniff(in.text) {
			return in.readable(f)
		}
	}
	if f, ok := in.claimed(); ok {
		return in.readable(f)
	}
	return table[len(table)-1], nil
}

// claimed is the textual format that the name says or, where the name says
// none, the media type. A claim to be HTML is believed of a text with a tag
// in it only.
func (in *input) claimed() (format, bool) {
	f, ok := byExtension(extensionOf(in.source.Name))
	if !ok || !f.textual {
		media, _, err := mime.ParseMediaType(in.source.MediaType)
		if err != nil {
			return format{}, false
		}
		i := slices.IndexFunc(formats(), func(f format) bool { return slices.Contains(f.media, media) })
		if i < 0 {
			return format{}, false
		}
		f = formats()[i]
	}
	if f.format == HTML && !strings.Contains(in.text, "</") {
		return format{}, false
	}
	return f, true
}

// readable passes a format that is read and refuses others.
func (in *input) readable(f format) (format, error) {
	switch {
	case f.read != nil:
		return f, nil
	case f.instead != "":
		return f, fault.New(fault.Unreadable, "%s is %s, not text: %s.", in.name, f.what, f.instead)
	}
	return f, fault.New(fault.Unreadable, "%s is %s, which is not read yet: give it as plain text or Markdown.", in.name, f.what)
}

// extensionOf is the extension of a file's name in lower case, with the dot:
// letters and digits after a last dot, a letter first. Else it is empty.
func extensionOf(name string) string {
	ext := strings.ToLower(path.Ext(baseName(name)))
	if len(ext) < 2 || len(ext) > 10 || ext[1] < 'a' || ext[1] > 'z' {
		return ""
	}
	for _, c := range []byte(ext[1:]) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return ""
		}
	}
	return ext
}

// byExtension finds the format that an extension stands for.
func byExtension(ext string) (format, bool) {
	for _, f := range formats() {
		if ext != "" && slices.Contains(f.names, ext) {
			return f, true
		}
	}
	return format{}, false
}

// starts recognises bytes by their beginning.
func starts(magic string) func([]byte) bool {
	return func(raw []byte) bool { return bytes.HasPrefix(raw, []byte(magic)) }
}

// zipWith recognises a ZIP archive by one of some names in it: near its
// beginning, or in its directory at the end at the latest.
func zipWith(names ...string) func([]byte) bool {
	return func(raw []byte) bool {
		if !bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
			return false
		}
		head, tail := raw[:min(len(raw), 64<<10)], raw[max(0, len(raw)-64<<10):]
		return slices.ContainsFunc(names, func(name string) bool {
			return bytes.Contains(head, []byte(name)) || bytes.Contains(tail, []byte(name))
		})
	}
}

func archive(raw []byte) bool {
	for _, magic := range []string{"PK\x03\x04", "PK\x05\x06", "\x1f\x8b", "7z\xbc\xaf\x27\x1c", "Rar!\x1a\x07", "BZh9", "\xfd7zXZ\x00", "\x28\xb5\x2f\xfd"} {
		if bytes.HasPrefix(raw, []byte(magic)) {
			return true
		}
	}
	return len(raw) > 262 && bytes.Equal(raw[257:262], []byte("ustar"))
}

// image and recording use the WHATWG's table of signatures, but for one that
// is two letters long ("BM", a bitmap) and could begin a sentence.
func image(raw []byte) bool {
	media := http.DetectContentType(raw)
	if media == "image/bmp" {
		return bytes.IndexByte(raw[:min(len(raw), 64)], 0) >= 0
	}
	return strings.HasPrefix(media, "image/") || bytes.HasPrefix(raw, []byte("II*\x00")) || bytes.HasPrefix(raw, []byte("MM\x00*"))
}

func recording(raw []byte) bool {
	media := http.DetectContentType(raw)
	return (strings.HasPrefix(media, "audio/") || strings.HasPrefix(media, "video/") || media == "application/ogg") &&
		bytes.IndexByte(raw[:min(len(raw), 512)], 0) >= 0
}

func program(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte("\x7fELF")) ||
		bytes.HasPrefix(raw, []byte("MZ")) && bytes.IndexByte(raw[:min(len(raw), 512)], 0) >= 0
}

// isHTML recognises a page by its first tag, after comments and an XML
// declaration. Fragments are not certain: Markdown may begin with a <div>.
func isHTML(text string) bool {
	s := strings.TrimSpace(text[:min(len(text), 8<<10)])
	for {
		switch {
		case strings.HasPrefix(s, "<!--"):
			_, rest, ok := strings.Cut(s, "-->")
			if !ok {
				return false
			}
			s = strings.TrimSpace(rest)
		case strings.HasPrefix(s, "<?xml"):
			_, rest, ok := strings.Cut(s, "?>")
			if !ok {
				return false
			}
			s = strings.TrimSpace(rest)
		default:
			for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<title"} {
				if len(s) > len(tag) && strings.EqualFold(s[:len(tag)], tag) && strings.IndexByte(" \t\n>/", s[len(tag)]) >= 0 {
					return true
				}
			}
			return false
		}
	}
}

func isXML(text string) bool {
	return strings.HasPrefix(strings.TrimSpace(text[:min(len(text), 512)]), "<?xml")
}

// isMarkdown recognises Markdown by what plain text does not have: front
// matter, a heading with "#" as the first line, or the definition of a
// footnote that is called.
func isMarkdown(text string) bool {
	if m, err := splitFrontMatter(text); m.format != nil || err != nil {
		return true
	}
	first, rest, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	if title, ok := strings.CutPrefix(first, "# "); ok && strings.TrimSpace(title) != "" && strings.HasPrefix(rest, "\n") {
		return true
	}
	// A few definitions are enough to tell; each costs a search of the text.
	at := 0
	for range 8 {
		i := strings.Index(text[at:], "\n[^")
		if i < 0 {
			return false
		}
		at += i + 1
		label, _, ok := strings.Cut(text[at:min(len(text), at+100)], "]:")
		if ok && !strings.ContainsAny(label[2:], "]\n ") && strings.Contains(text[:at], label+"]") {
			return true
		}
	}
	return false
}
