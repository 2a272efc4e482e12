package library

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"pincite/internal/document"
)

// format is the version of the layout below a version's folder. A program
// reads its own and the earlier ones.
const format = 1

// The files of a version.
const (
	originalFile = "original"
	documentFile = "document.json"
	manifestFile = "version.json"
)

// manifest is the content of version.json.
type manifest struct {
	Format     int       `json:"format"`
	ID         string    `json:"id"`
	Version    int       `json:"version"`
	AddedAt    time.Time `json:"addedAt"`
	AddedBy    string    `json:"addedBy,omitempty"`
	Name       string    `json:"name,omitempty"`
	Title      string    `json:"title"`
	Paragraphs int       `json:"paragraphs"`
	Footnotes  int       `json:"footnotes"`
	Document   sum       `json:"document"`
	Original   sum       `json:"original"`
}

// sum vouches for a file.
type sum struct {
	SHA256 string `json:"sha256"` // lower-case hex
	Bytes  int64  `json:"bytes"`
}

func sumOf(data []byte) sum { return sum{SHA256: hashOf(data), Bytes: int64(len(data))} }

func hashOf(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// checkDigits is how much of the hash of version.json stands in the name of
// its folder: 48 bits, against damage and not against an attacker, who could
// as well write a folder of his own.
const checkDigits = 12

// versionName matches the name of a version's folder.
var versionName = regexp.MustCompile(`^([0-9]{6,9})-([0-9a-f]{12})$`)

// folder is a version's folder by its name.
type folder struct {
	name    string
	version int
	check   string
}

func parseFolder(name string) (folder, bool) {
	m := versionName.FindStringSubmatch(name)
	if m == nil {
		return folder{}, false
	}
	n, err := strconv.Atoi(m[1])
	return folder{name: name, version: n, check: m[2]}, err == nil && n > 0
}

// encode gives the content of version.json and the folder that vouches for it.
func (m *manifest) encode() ([]byte, folder, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, folder{}, fmt.Errorf("encode %s of %s: %w", manifestFile, m.ID, err)
	}
	data = append(data, '\n')
	check := hashOf(data)[:checkDigits]
	name := fmt.Sprintf("%06d-%s", m.Version, check)
	return data, folder{name: name, version: m.Version, check: check}, nil
}

func (m *manifest) entry(c CorpusID) Entry {
	return Entry{
		Corpus: c, ID: m.ID, Title: m.Title, Name: m.Name,
		Hash: m.Document.SHA256, SourceHash: m.Original.SHA256,
		Version: m.Version, AddedAt: m.AddedAt, AddedBy: m.AddedBy,
		Paragraphs: m.Paragraphs, Footnotes: m.Footnotes, Bytes: m.Original.Bytes,
	}
}

// errDamaged is in the chain of every error that says that what is stored is
// not what was stored.
var errDamaged = errors.New("damaged")

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %w", errDamaged, fmt.Errorf(format, args...))
}

// readManifest reads version.json and checks it against the folder's name, and
// that the other files are there in their length. Its error is fs.ErrNotExist
// where the folder itself is gone, and errDamaged where a check fails.
func readManifest(dir, id string, f folder) (*manifest, error) {
	path := filepath.Join(dir, f.name)
	data, err := os.ReadFile(filepath.Join(path, manifestFile))
	if err != nil {
		return nil, missing(path, err)
	}
	if hashOf(data)[:checkDigits] != f.check {
		return nil, damaged("%s is not what the name of its folder says", manifestFile)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, damaged("%s: %w", manifestFile, err)
	}
	switch {
	case m.Format < 1 || m.Format > format:
		return nil, damaged("written in format %d by a later program; this one reads up to %d", m.Format, format)
	case m.ID != id || m.Version != f.version:
		return nil, damaged("%s is of version %d of %q", manifestFile, m.Version, m.ID)
	}
	for name, want := range map[string]sum{documentFile: m.Document, originalFile: m.Original} {
		info, err := os.Stat(filepath.Join(path, name))
		if err != nil {
			return nil, missing(path, err)
		}
		if info.Size() != want.Bytes {
			return nil, damaged("%s has %d bytes, not %d", name, info.Size(), want.Bytes)
		}
	}
	return &m, nil
}

// missing tells a file missing from a version from a version that was removed
// meanwhile, as a whole, which is nobody's fault.
func missing(path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, gone := os.Stat(path); errors.Is(gone, fs.ErrNotExist) {
		return gone
	}
	return damaged("a file is missing: %w", withoutNotExist(err))
}

// withoutNotExist hides fs.ErrNotExist, which here means "removed meanwhile".
func withoutNotExist(err error) error { return errors.New(err.Error()) }

// readSummed reads a file of a version and checks its hash.
func readSummed(path, name, hash string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(path, name))
	if err != nil {
		return nil, missing(path, err)
	}
	if hashOf(data) != hash {
		return nil, damaged("%s does not have the hash %s", name, hash)
	}
	return data, nil
}

// folders lists the versions in a document's folder, oldest first; none where
// there is no such folder.
func folders(dir string) ([]folder, error) {
	names, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []folder
	for _, n := range names {
		if f, ok := parseFolder(n.Name()); ok {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b folder) int { return a.version - b.version })
	return found, nil
}

// encodeDocument gives the content of document.json: one line of JSON, whose
// hash is the document's version.
func encodeDocument(d *document.Document) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		return nil, fmt.Errorf("encode document %s: %w", d.ID, err)
	}
	return b.Bytes(), nil
}

// decodeDocument reads document.json and validates the document.
func decodeDocument(data []byte, id string) (*document.Document, error) {
	var d document.Document
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, damaged("%s: %w", documentFile, err)
	}
	if err := d.Validate(); err != nil {
		return nil, damaged("%s: %w", documentFile, err)
	}
	if d.ID != id {
		return nil, damaged("%s is of %q", documentFile, d.ID)
	}
	return &d, nil
}
