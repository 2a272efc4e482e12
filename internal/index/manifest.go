package index

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// formatVersion changes with anything that makes an older index wrong: the
// analysis of words, the authorities that are found, the fields, the files. An
// index of another version is built anew.
const formatVersion = 8

// Files of a part's folder.
const (
	bleveFolder   = "bleve"
	lengthsFile   = "lengths"
	signedFile    = "signatures"
	manifestFile  = "manifest.json"
	asidePrefix   = "aside-"
	maxManifestMB = 256
)

// errOtherFormat marks a manifest of another version of the program.
var errOtherFormat = errors.New("index of another format")

// manifest says what a part's folder was built from and what its files must
// be. It is written last.
type manifest struct {
	Format    int               `json:"format"`
	Documents []manifestDoc     `json:"documents"`
	Files     map[string]uint32 `json:"files"` // CRC-32C by path below the folder
}

type manifestDoc struct {
	ID         string `json:"id"`
	Hash       string `json:"hash"`
	Language   string `json:"language"`
	Paragraphs uint32 `json:"paragraphs"`
	Footnotes  uint32 `json:"footnotes"`
}

// partName is the name of the folder for a set of documents: equal sets share
// one, whoever builds it.
func partName(set []identity) string {
	lines := make([]string, len(set))
	for i, id := range set {
		lines[i] = id.id + "\x00" + id.hash
	}
	slices.Sort(lines)
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\n%s", formatVersion, strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:12])
}

// identities are those of the manifest's documents.
func (m manifest) identities() []identity {
	set := make([]identity, len(m.Documents))
	for i, d := range m.Documents {
		set[i] = identity{d.ID, d.Hash}
	}
	return set
}

// writeManifest completes the folder that bleve's files were built in.
func writeManifest(folder string, b built) error {
	lengths := make([]byte, 0, 8*len(b.passages))
	for _, p := range b.passages {
		lengths = binary.LittleEndian.AppendUint32(lengths, p.textLength)
		lengths = binary.LittleEndian.AppendUint32(lengths, p.headLength)
	}
	if err := os.WriteFile(filepath.Join(folder, lengthsFile), lengths, 0o600); err != nil {
		return err
	}
	if err := writeSignatures(filepath.Join(folder, signedFile), b.signed); err != nil {
		return err
	}
	m := manifest{Format: formatVersion}
	for i := range b.docs {
		d := &b.docs[i]
		m.Documents = append(m.Documents, manifestDoc{ID: d.id, Hash: d.hash, Language: d.language, Paragraphs: d.paragraphs, Footnotes: d.footnotes})
	}
	var err error
	if m.Files, err = checksums(folder); err != nil {
		return err
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, manifestFile), raw, 0o600)
}

// readManifest reads the manifest of a part's folder, which must be the one for
// the folder's name, without looking at the files that it speaks of.
func readManifest(folder string) (manifest, error) {
	f, err := os.Open(filepath.Join(folder, manifestFile))
	if err != nil {
		return manifest{}, err
	}
	defer f.Close()
	var m manifest
	if err := json.NewDecoder(io.LimitReader(f, maxManifestMB<<20)).Decode(&m); err != nil {
		return manifest{}, fmt.Errorf("manifest: %w", err)
	}
	if m.Format != formatVersion {
		return manifest{}, fmt.Errorf("%w: %d, not %d", errOtherFormat, m.Format, formatVersion)
	}
	if name := partName(m.identities()); name != filepath.Base(folder) {
		return manifest{}, fmt.Errorf("manifest is that of %s", name)
	}
	return m, nil
}

// open checks every byte of the folder against the manifest and opens it.
// bleve itself opens a damaged folder without complaint and then searches
// wrongly.
func (m manifest) open(folder string) (*part, error) {
	sums, err := checksums(folder)
	if err != nil {
		return nil, err
	}
	for name, want := range m.Files {
		if got, ok := sums[name]; !ok || got != want {
			return nil, fmt.Errorf("%s is missing or damaged", name)
		}
	}
	lengths, err := os.ReadFile(filepath.Join(folder, lengthsFile))
	if err != nil {
		return nil, err
	}
	b, err := m.built(lengths)
	if err != nil {
		return nil, err
	}
	if b.signed, err = readSignatures(filepath.Join(folder, signedFile), len(b.passages)); err != nil {
		return nil, err
	}
	engine, err := openScorch(filepath.Join(folder, bleveFolder), nil)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	p, err := newPart(engine, b, folder)
	if err != nil {
		engine.Close() //nolint:errcheck // opening has failed already
		return nil, err
	}
	return p, nil
}

func writeSignatures(path string, list []signature) error {
	raw := make([]byte, 0, signatureSize*len(list))
	for i := range list {
		for _, w := range list[i] {
			raw = binary.LittleEndian.AppendUint64(raw, w)
		}
	}
	return os.WriteFile(path, raw, 0o600)
}

// readSignatures reads as many signatures as there are passages.
func readSignatures(path string, count int) ([]signature, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() != int64(signatureSize)*int64(count) {
		return nil, errors.New("there are not as many signatures as passages")
	}
	list := make([]signature, count)
	r := bufio.NewReaderSize(f, 64<<10)
	var raw [signatureSize]byte
	for i := range list {
		if _, err := io.ReadFull(r, raw[:]); err != nil {
			return nil, err
		}
		for j := range list[i] {
			list[i][j] = binary.LittleEndian.Uint64(raw[8*j:])
		}
	}
	return list, nil
}

func (m manifest) built(lengths []byte) (built, error) {
	var b built
	for i, d := range m.Documents {
		info := partDoc{
			identity:   identity{d.ID, d.Hash},
			language:   d.Language,
			first:      uint32(len(b.passages)),
			paragraphs: d.Paragraphs,
			footnotes:  d.Footnotes,
		}
		if len(lengths) < 8*info.count() {
			return built{}, errors.New("lengths end early")
		}
		for range info.count() {
			p := partPassage{
				doc:        uint32(i),
				textLength: binary.LittleEndian.Uint32(lengths),
				headLength: binary.LittleEndian.Uint32(lengths[4:]),
			}
			info.textLength += uint64(p.textLength)
			info.headLength += uint64(p.headLength)
			b.passages = append(b.passages, p)
			lengths = lengths[8:]
		}
		b.docs = append(b.docs, info)
	}
	if len(lengths) != 0 {
		return built{}, errors.New("lengths go on after the last passage")
	}
	return b, nil
}

// checksums are the CRC-32C of all files below folder but the manifest.
func checksums(folder string) (map[string]uint32, error) {
	table := crc32.MakeTable(crc32.Castagnoli)
	sums := make(map[string]uint32)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == manifestFile {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		sum := crc32.New(table)
		if _, err := io.Copy(sum, f); err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		sums[filepath.ToSlash(name)] = sum.Sum32()
		return err
	})
	return sums, err
}

// covers counts the passages of the folder, and those of wanted documents.
func (m manifest) covers(wanted map[identity]Entry) (passages, all int) {
	for _, d := range m.Documents {
		n := int(d.Paragraphs + d.Footnotes)
		all += n
		if _, ok := wanted[identity{d.ID, d.Hash}]; ok {
			passages += n
		}
	}
	return passages, all
}
