package desk

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/lexicon"
	"pincite/internal/library"
)

func export(t testing.TB, d *Desk, who library.CorpusID) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Export(t.Context(), who, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestExportAndBack: what is exported and added elsewhere is the same, but for
// the time of adding, and exports to the same originals and documents.
func TestExportAndBack(t *testing.T) {
	d, other := open(t, t.TempDir()), open(t, t.TempDir())
	who := library.Local
	if err := d.Export(t.Context(), who, &bytes.Buffer{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("nothing to export: %v", err)
	}
	add(t, d, who, source("rules.txt", "Bicycles must ring at the gate.[1]\n\nDogs wait.\n____\n[1] Of 1901."))
	page := source("../../etc/passwd", "<html><head><title>Of Locks</title></head><body><p>The keeper rings the bell at noon, and the gates are closed.</p></body></html>")
	page.Source.URL, page.ID, page.Title = "https://example.org/locks", "locks", "Of the Locks"
	add(t, d, who, page)
	add(t, d, server(t, "111111111111111111"), source("secret.txt", "A secret of another server."))
	archive := export(t, d, who)
	if !bytes.Equal(archive, export(t, d, who)) {
		t.Error("two exports differ")
	}
	if !IsArchive(archive[:64]) || bytes.Contains(archive, []byte("secret")) {
		t.Error("not an archive of this corpus alone")
	}
	a, err := OpenArchive(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Len() {
		addition, err := a.Addition(i, ingest.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if got := add(t, other, who, addition); got.Change != library.Added || got.Entry.AddedBy != "tester" {
			t.Errorf("%+v", got.Outcome)
		}
	}
	want, err := d.List(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	got, err := other.List(t.Context(), who)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d of %d, %v", len(got), len(want), err)
	}
	for i := range want {
		got[i].AddedAt = want[i].AddedAt
		if got[i] != want[i] {
			t.Errorf("got %+v, want %+v", got[i], want[i])
		}
	}
}

// forge writes an archive of any files, in this order.
func forge(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := z.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpensNoHostileArchive(t *testing.T) {
	many := make([]archivedDocument, maxArchived+1)
	tooMany, err := json.Marshal(archived{Format: 1, Documents: many})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := range maxArchiveDirectory/60_000 + 1 {
		names = append(names, fmt.Sprintf("%060000d", i), "")
	}
	tests := []struct {
		name string
		raw  []byte
		want fault.Kind
	}{
		{"nothing", nil, fault.Unreadable},
		{"no archive", []byte("PK\x03\x04 and so on"), fault.Unreadable},
		{"no manifest", forge(t, "other.json", "{}"), fault.Unreadable},
		{"a manifest that is none", forge(t, archiveManifest, "[]"), fault.Unreadable},
		{"a later format", forge(t, archiveManifest, `{"format":2}`), fault.Unreadable},
		{"two manifests", forge(t, archiveManifest, `{"format":1}`, archiveManifest, `{"format":1}`), fault.Unreadable},
		{"a huge manifest", forge(t, archiveManifest, strings.Repeat(" ", maxArchiveManifest+1)), fault.TooLarge},
		{"many documents", forge(t, archiveManifest, string(tooMany)), fault.TooLarge},
		{"many files", forge(t, names...), fault.TooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := OpenArchive(bytes.NewReader(tt.raw), int64(len(tt.raw))); fault.KindOf(err) != tt.want {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestArchiveBelievesNothing: each document of a forged archive fails by
// itself.
func TestArchiveBelievesNothing(t *testing.T) {
	doc := func(id, hash string) string {
		return fmt.Sprintf(`{"id":%q,"title":"T","name":"t.txt","sourceHash":%q}`, id, hash)
	}
	const hashOfA = "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd"
	raw := forge(
		t, archiveManifest, `{"format":1,"documents":[`+strings.Join([]string{
			doc("good", hashOfA), doc("../../etc/passwd", hashOfA), doc("forged", hashOfA), doc("gone", hashOfA), doc("bomb", hashOfA),
		}, ",")+`]}`,
		"originals/good", "A", "originals/../../etc/passwd", "A", "originals/forged", "B", "originals/bomb", strings.Repeat("A", 2000),
	)
	a, err := OpenArchive(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	limits := ingest.DefaultLimits()
	limits.Bytes = 1000
	for i, want := range []fault.Kind{-1, fault.Unreadable, fault.Unreadable, fault.Unreadable, fault.TooLarge} {
		addition, err := a.Addition(i, limits)
		if want < 0 {
			if err != nil || addition.ID != "good" || string(addition.Source.Bytes) != "A" {
				t.Errorf("%d: %+v, %v", i, addition, err)
			}
			continue
		}
		if fault.KindOf(err) != want {
			t.Errorf("%d: %v", i, err)
		}
	}
	if a.ID(1) != "document 2" {
		t.Errorf("an id that is a path is named %q", a.ID(1))
	}
}

// FuzzArchive: whatever an archive says, an addition has a valid id, and no
// more bytes than the limit allows; nor has its lexicon, which is the one whose
// hash the manifest has.
func FuzzArchive(f *testing.F) {
	f.Add(forge(f, archiveManifest, `{"format":1,"documents":[{"id":"a"}]}`, "originals/a", "A"))
	f.Add(forge(f, archiveManifest, `{"format":1}`))
	f.Add(forge(f, archiveManifest, `{"format":1,"documents":[],"lexicon":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}`, archiveLexicon, "a"))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := OpenArchive(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			if kind := fault.KindOf(err); kind != fault.Unreadable && kind != fault.TooLarge {
				t.Fatal(err)
			}
			return
		}
		for i := range a.Len() {
			addition, err := a.Addition(i, ingest.Limits{Bytes: 100})
			if err == nil && (!document.ValidID(addition.ID) || len(addition.Source.Bytes) > 100) {
				t.Fatalf("%+v", addition)
			}
		}
		text, err := a.Lexicon()
		if kind := fault.KindOf(err); err != nil && kind != fault.Unreadable && kind != fault.TooLarge {
			t.Fatal(err)
		}
		if sum := sha256.Sum256([]byte(text)); text != "" && (len(text) > lexicon.MaxSize || hex.EncodeToString(sum[:]) != a.lexicon) {
			t.Fatalf("a lexicon of %d bytes", len(text))
		}
	})
}
