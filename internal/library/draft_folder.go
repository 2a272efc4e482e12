package library

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"pincite/internal/fault"
)

// draftFile is the file of a draft that holds its manifest.
const draftFile = "draft.json"

// draftManifest is the content of draft.json. The time is not part of it, so
// that the same draft has the same id whenever it is kept.
type draftManifest struct {
	Format    int    `json:"format"`
	Name      string `json:"name,omitempty"`
	MediaType string `json:"mediaType,omitempty"`
	URL       string `json:"url,omitempty"`
	By        string `json:"by,omitempty"`
	Title     string `json:"title,omitempty"`
	Original  sum    `json:"original"`
}

// draftParcel is a draft ready to be written.
type draftParcel struct {
	id       string
	encoded  []byte // draft.json
	original []byte
}

func (p *draftParcel) size() int64 { return int64(len(p.encoded)) + int64(len(p.original)) }

func packDraft(d Draft) (*draftParcel, error) {
	if len(d.Original) == 0 {
		return nil, fault.New(fault.Invalid, "There is nothing to add: the document is empty.")
	}
	valid := func(s string) string { return strings.ToValidUTF8(s, "�") }
	encoded, err := json.MarshalIndent(draftManifest{
		Format: format, Name: valid(d.Name), MediaType: valid(d.MediaType), URL: valid(d.URL),
		By: valid(d.By), Title: valid(d.Title), Original: sumOf(d.Original),
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", draftFile, err)
	}
	encoded = append(encoded, '\n')
	return &draftParcel{id: draftID(encoded), encoded: encoded, original: d.Original}, nil
}

// idDigits is how much of the hash of draft.json is the draft's id: 64 bits. Of
// the few drafts of a corpus no two agree in them by chance. Whoever makes two
// that do has tried some 2³² times, and both are by himself, since By is part
// of what is hashed.
const idDigits = 16

func draftID(encoded []byte) string { return hashOf(encoded)[:idDigits] }

// draftIDPattern matches an id, which comes back from outside and becomes part
// of a path.
var draftIDPattern = regexp.MustCompile(`^[0-9a-f]{16}$`)

// draftName matches the name of a draft's folder.
var draftName = regexp.MustCompile(`^([0-9a-f]{16})-([0-9]{15})$`)

// draftFolder is a draft's folder by its name: the id, which vouches for what
// is in it, and when the draft was kept. Of one id there are several for a
// moment, while it is kept again, or where a process was killed then.
type draftFolder struct {
	id string
	at int64 // milliseconds since 1970
}

func (f draftFolder) name() string { return fmt.Sprintf("%s-%015d", f.id, f.at) }

func parseDraftFolder(name string) (draftFolder, bool) {
	m := draftName.FindStringSubmatch(name)
	if m == nil {
		return draftFolder{}, false
	}
	at, err := strconv.ParseInt(m[2], 10, 64)
	return draftFolder{id: m[1], at: at}, err == nil
}

// size is how many bytes a draft takes up; what cannot be measured counts for
// nothing.
func (f draftFolder) size(dir string) int64 {
	var n int64
	for _, name := range []string{originalFile, draftFile} {
		if info, err := os.Stat(filepath.Join(dir, f.name(), name)); err == nil {
			n += info.Size()
		}
	}
	return n
}

func (l *Library) allDraftsDir() string        { return filepath.Join(l.root, "drafts") }
func (l *Library) draftsDir(c CorpusID) string { return filepath.Join(l.allDraftsDir(), string(c)) }

// draftFolders lists the drafts in a corpus's folder of them, newest first;
// none where there is no such folder.
func draftFolders(dir string) ([]draftFolder, error) {
	names, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []draftFolder
	for _, n := range names {
		if f, ok := parseDraftFolder(n.Name()); ok {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b draftFolder) int { return cmp.Compare(b.at, a.at) })
	return found, nil
}

// draftCopies lists the folders of one draft, newest first.
func draftCopies(dir, id string) ([]draftFolder, error) {
	found, err := draftFolders(dir)
	return slices.DeleteFunc(found, func(f draftFolder) bool { return f.id != id }), err
}

// readDraft reads a draft and checks all of it. Its error is fs.ErrNotExist
// where the folder itself is gone, and errDamaged where a check fails.
func readDraft(path string, f draftFolder) (Draft, error) {
	data, err := os.ReadFile(filepath.Join(path, draftFile))
	if err != nil {
		return Draft{}, missing(path, err)
	}
	if draftID(data) != f.id {
		return Draft{}, damaged("%s is not what the name of its folder says", draftFile)
	}
	var m draftManifest
	if err := json.Unmarshal(data, &m); err != nil {
		return Draft{}, damaged("%s: %w", draftFile, err)
	}
	if m.Format < 1 || m.Format > format {
		return Draft{}, damaged("written in format %d by a later program; this one reads up to %d", m.Format, format)
	}
	original, err := readSummed(path, originalFile, m.Original.SHA256)
	if err != nil {
		return Draft{}, err
	}
	return Draft{
		Name: m.Name, MediaType: m.MediaType, URL: m.URL, By: m.By, Title: m.Title,
		At: time.UnixMilli(f.at).UTC(), Original: original,
	}, nil
}
