package desk

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/lexicon"
)

// Bounds of what is read from an archive. They hold for what comes out of it,
// whatever it declares; each original is bounded like any source.
const (
	maxArchived        = 10_000   // documents
	maxArchiveManifest = 16 << 20 // bytes unpacked; some 1.6 KB a document
	maxArchiveUnpacked = 4 << 30  // bytes, all originals together
	// maxArchiveDirectory bounds the list of files at the archive's end, which
	// is held in memory before anything is read: 46 bytes a file and its name.
	maxArchiveDirectory = 8 << 20
)

// Archive is an archive that Export wrote, or that says so: nothing in it is
// believed, and its names are never paths. It is for one goroutine.
type Archive struct {
	files     map[string]*zip.File
	documents []archivedDocument
	lexicon   string // the SHA-256 of its text; empty where there is none
	unpacked  int64
}

// IsArchive reports whether a file that begins so may be an archive of Export.
// The first 64 bytes are enough.
func IsArchive(head []byte) bool {
	const name = 30 // where a local header has it
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) && len(head) > name && bytes.HasPrefix(head[name:], []byte(archiveManifest))
}

// OpenArchive reads the manifest of an archive of size bytes. Its faults are
// Unreadable for a damaged one and TooLarge beyond its bounds.
func OpenArchive(r io.ReaderAt, size int64) (*Archive, error) {
	if err := checkDirectory(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damagedArchive(err)
	}
	a := &Archive{files: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if a.files[f.Name] != nil {
			// Two programs would read two different archives.
			return nil, damagedArchive(fmt.Errorf("two files are named %q", f.Name))
		}
		a.files[f.Name] = f
	}
	raw, err := a.unpack(archiveManifest, maxArchiveManifest)
	if err != nil {
		return nil, err
	}
	var m archived
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, damagedArchive(err)
	}
	switch {
	case m.Format < 1 || m.Format > archiveFormat:
		return nil, fault.New(fault.Unreadable, "The archive was written by a later version of the program: update this one.")
	case len(m.Documents) > maxArchived:
		return nil, fault.New(fault.TooLarge, "The archive holds more than %d documents.", maxArchived)
	}
	a.documents, a.lexicon = m.Documents, m.Lexicon
	return a, nil
}

// Len is the number of documents.
func (a *Archive) Len() int { return len(a.documents) }

// ID is the id of document i, for people where it is no valid one.
func (a *Archive) ID(i int) string {
	id := a.documents[i].ID
	if !document.ValidID(id) {
		return fmt.Sprintf("document %d", i+1)
	}
	return id
}

// Addition is document i, as it would be added again: its original, read anew,
// under its id and title, by whom the archive says. l bounds the original. Its
// faults are Unreadable for what is damaged and TooLarge.
func (a *Archive) Addition(i int, l ingest.Limits) (Addition, error) {
	m := &a.documents[i]
	if !document.ValidID(m.ID) {
		return Addition{}, damagedArchive(fmt.Errorf("the id %q", m.ID))
	}
	limit := l.Bytes
	if limit <= 0 {
		limit = ingest.DefaultLimits().Bytes
	}
	raw, err := a.unpack(archiveOriginals+m.ID, limit)
	if err != nil {
		return Addition{}, err
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != m.SourceHash {
		return Addition{}, damagedArchive(fmt.Errorf("the original of %s has not the hash %q", m.ID, m.SourceHash))
	}
	return Addition{
		Source: ingest.Source{Name: m.Name, Bytes: raw, URL: m.URL},
		ID:     m.ID, Title: m.Title, By: m.By,
	}, nil
}

// Lexicon is the text of the lexicon in the archive, to be set as any text is;
// "" where there is none. Its faults are those of Addition.
func (a *Archive) Lexicon() (string, error) {
	if a.lexicon == "" {
		return "", nil
	}
	raw, err := a.unpack(archiveLexicon, lexicon.MaxSize)
	if err != nil {
		return "", err
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != a.lexicon {
		return "", damagedArchive(fmt.Errorf("the lexicon has not the hash %q", a.lexicon))
	}
	return string(raw), nil
}

// unpack reads a file of the archive.
func (a *Archive) unpack(name string, limit int64) (_ []byte, err error) {
	f := a.files[name]
	if f == nil {
		return nil, damagedArchive(fmt.Errorf("there is no %s", name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, damagedArchive(err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	a.unpacked += int64(len(raw))
	switch {
	case int64(len(raw)) > limit:
		return nil, fault.Wrap(fault.TooLarge, errors.New(name), "A document in the archive is larger than a document may be.")
	case err != nil:
		return nil, damagedArchive(err)
	case a.unpacked > maxArchiveUnpacked:
		return nil, fault.New(fault.TooLarge, "The archive holds more than is read from one.")
	}
	return raw, nil
}

func damagedArchive(err error) error {
	return fault.Wrap(fault.Unreadable, err, "The archive is damaged: export it again.")
}

// checkDirectory bounds the list of files before it is read: archive/zip reads
// it from where the record at the end says to the end of the archive, whatever
// number of files that declares.
func checkDirectory(r io.ReaderAt, size int64) error {
	const (
		record  = 22 // bytes of the record at the end
		locator = 20 // of the one before it that a ZIP64 archive has
	)
	tail := make([]byte, min(size, locator+record+1<<16))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return damagedArchive(err)
	}
	i := bytes.LastIndex(tail[:max(0, len(tail)-record+4)], []byte("PK\x05\x06"))
	if i < 0 {
		return damagedArchive(errors.New("no end record"))
	}
	if i >= locator && bytes.HasPrefix(tail[i-locator:], []byte("PK\x06\x07")) {
		return fault.New(fault.TooLarge, "The archive is larger than is read: export fewer documents.")
	}
	length, offset := int64(binary.LittleEndian.Uint32(tail[i+12:])), int64(binary.LittleEndian.Uint32(tail[i+16:]))
	if length > maxArchiveDirectory || size-offset > maxArchiveDirectory {
		return fault.New(fault.TooLarge, "The archive lists more files than are read from one.")
	}
	return nil
}
