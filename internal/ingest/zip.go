package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"

	"pincite/internal/fault"
)

// Bounds of what is read from one archive. They hold for what comes out of
// it, whatever its directory declares.
const (
	// maxEntries bounds the files in an archive. A book of a hundred chapters
	// with its pictures has hundreds; each costs memory before any is read.
	maxEntries = 10_000
	// maxPartName bounds the name of a part, in bytes: references to parts are
	// resolved against it.
	maxPartName = 255
	// maxUnpacked bounds the bytes unpacked from all parts together. A page
	// of a Word document takes 5 to 30 KB, so that this is a thousand pages.
	maxUnpacked = 32 << 20
)

// bundle is a document that is an archive of parts. Nothing of it is ever
// written to a file: the names in it are keys and no paths.
type bundle struct {
	in       *input
	what     string // with its article: "a Word document"
	parts    map[string]*zip.File
	unpacked int64 // bytes unpacked so far
	elements int   // XML elements read so far
}

// openBundle reads the directory of the source.
func openBundle(in *input, what string) (*bundle, error) {
	r, err := openZip(in.source.Bytes)
	b := &bundle{in: in, what: what}
	switch {
	case errors.Is(err, errEntries):
		return nil, fault.Wrap(fault.TooLarge, err, "%s holds more than %d files: give the analysis alone.", in.name, maxEntries)
	case err != nil:
		return nil, b.damaged(err)
	}
	b.parts = make(map[string]*zip.File, len(r.File))
	for _, f := range r.File {
		name := partName(f.Name)
		if strings.HasSuffix(name, "/") || len(name) > maxPartName {
			continue // a folder, or nothing that a document has
		}
		if b.parts[name] != nil {
			// Two programs would read two different documents.
			return nil, b.damaged(errors.New("two parts are named " + shorten(oneLine(name), maxLabel)))
		}
		b.parts[name] = f
	}
	return b, nil
}

// partName is the key of a part: names in packages are the same in capitals
// and small letters, and some programs write backslashes.
func partName(name string) string {
	return strings.ToLower(strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"))
}

var errEntries = errors.New("too many entries")

// openZip reads an archive's directory, if that has no more than maxEntries:
// archive/zip believes an archive's own count, so that the signatures of the
// directory's entries are counted first.
func openZip(raw []byte) (*zip.Reader, error) {
	if bytes.Count(raw, []byte("PK\x01\x02")) > maxEntries {
		return nil, errEntries
	}
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil
	}
	return r, err
}

// has reports whether a part is there.
func (b *bundle) has(name string) bool { return b.parts[partName(name)] != nil }

// open begins to read a part. The reader ends with a fault beyond the bounds.
func (b *bundle) open(name string) (io.ReadCloser, error) {
	f := b.parts[partName(name)]
	if f == nil {
		return nil, b.damaged(errors.New("there is no part " + shorten(oneLine(name), maxLabel)))
	}
	if f.Flags&1 != 0 {
		return nil, b.locked()
	}
	r, err := f.Open()
	if err != nil {
		return nil, b.damaged(err)
	}
	return &unpacking{bundle: b, ReadCloser: r}, nil
}

// unpacking counts what a part unpacks to.
type unpacking struct {
	bundle *bundle
	io.ReadCloser
}

// Read implements io.Reader.
func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	if u.bundle.unpacked += int64(n); u.bundle.unpacked > maxUnpacked {
		return 0, fault.New(fault.TooLarge, "%s unpacks to more than %d MB: give its text alone.", u.bundle.in.name, maxUnpacked>>20)
	}
	return n, err
}

// small reads a part whole that cannot have more than 256 KB; of a longer one
// it reads as much.
func (b *bundle) small(name string) ([]byte, error) {
	r, err := b.open(name)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(r, 256<<10))
	if cerr := r.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, b.readFault(err)
	}
	return raw, nil
}

// readFault is what an error from reading a part means to the user.
func (b *bundle) readFault(err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return b.damaged(err)
}

// fits refuses a paragraph that is too long for a passage, before more of it
// is read.
func (b *bundle) fits(g *gather) error {
	if limit := b.in.limits.PassageBytes; len(g.buf) > limit {
		return fault.New(fault.TooLarge, "%s holds a paragraph of more than %s: part its text by paragraphs.", b.in.name, size(int64(limit)))
	}
	return nil
}

// damaged is the fault of an archive that does not hold what it should.
func (b *bundle) damaged(err error) error {
	return fault.Wrap(fault.Unreadable, err, "%s is %s, but damaged or incomplete: save it again, or give it as plain text.", b.in.name, b.what)
}

// locked is the fault of a document that only its password opens.
func (b *bundle) locked() error {
	return fault.New(fault.Unreadable, "%s is protected by a password: save it without one.", b.in.name)
}

// packaged recognises the documents that are archives: by the media type that
// one declares in it or, where the directory at its end is lost, by the names
// of its parts.
func packaged(f Format) func([]byte) bool {
	return func(raw []byte) bool {
		if !bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
			return false
		}
		kind, ok := packageFormat(raw)
		if ok {
			return kind == f
		}
		switch f {
		case EPUB:
			return zipWith("mimetypeapplication/epub+zip")(raw)
		case ODT:
			return zipWith("mimetypeapplication/vnd.oasis.opendocument.text")(raw)
		case DOCX:
			return zipWith("word/document.xml")(raw)
		}
		return false
	}
}

// packageFormat tells what an archive declares itself to be; it is empty for
// other archives. It reports false where that cannot be read.
func packageFormat(raw []byte) (Format, bool) {
	r, err := openZip(raw)
	if err != nil {
		return "", false
	}
	b := &bundle{in: &input{}, parts: make(map[string]*zip.File, 4)}
	declared := map[string][]byte{}
	for _, f := range r.File {
		switch name := partName(f.Name); name {
		case "mimetype", "[content_types].xml", "meta-inf/container.xml", "meta-inf/manifest.xml":
			b.parts[name] = f
			if declared[name], err = b.small(name); err != nil {
				return "", false
			}
		}
	}
	holds := func(part string, media ...string) bool {
		return slices.ContainsFunc(media, func(s string) bool { return bytes.Contains(declared[part], []byte(s)) })
	}
	untyped := !b.has("mimetype")
	switch {
	case holds("mimetype", "application/epub+zip"), untyped && holds("meta-inf/container.xml", "oebps-package+xml"):
		return EPUB, true
	case holds("mimetype", "vnd.oasis.opendocument.text"), untyped && holds("meta-inf/manifest.xml", "vnd.oasis.opendocument.text"):
		return ODT, true
	case holds("[content_types].xml", "wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml",
		"ms-word.document.macroEnabled.main+xml", "ms-word.template.macroEnabledTemplate.main+xml"):
		return DOCX, true
	}
	return "", true
}

// encryptedPackage recognises what Office makes of a document with a
// password: a compound file with a stream of this name, which is stored in
// UTF-16 (MS-OFFCRYPTO 1.3.3).
func encryptedPackage(raw []byte) bool {
	return starts(compoundFile)(raw) && bytes.Contains(raw, wideName("EncryptedPackage"))
}

// compoundFile is the signature of Office's files before 2007 and of its
// encrypted ones (MS-CFB 2.2).
const compoundFile = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

func wideName(name string) []byte {
	var raw []byte
	for _, unit := range utf16.Encode([]rune(name)) {
		raw = binary.LittleEndian.AppendUint16(raw, unit)
	}
	return raw
}
