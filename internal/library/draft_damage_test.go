package library

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pincite/internal/fault"
)

// A damaged draft is given to nobody; keeping it again heals it, and dropping
// it is possible.
func TestDamagedDraft(t *testing.T) {
	write := func(file, content string) func(string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, file), []byte(content), fileMode) }
	}
	for name, spoil := range map[string]func(dir string) error{
		"no original":      func(dir string) error { return os.Remove(filepath.Join(dir, originalFile)) },
		"no manifest":      func(dir string) error { return os.Remove(filepath.Join(dir, draftFile)) },
		"another original": write(originalFile, "raw eno"),
		"empty original":   write(originalFile, ""),
		"another manifest": write(draftFile, `{"format": 1}`),
		"empty manifest":   write(draftFile, ""),
		"another title": func(dir string) error {
			path := filepath.Join(dir, draftFile)
			data, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path, bytes.Replace(data, []byte("fixed"), []byte("mixed"), 1), fileMode))
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := open(t, t.TempDir())
			d, other := draft("one"), draft("two")
			id, otherID := mustKeep(t, l, Local, d), mustKeep(t, l, Local, other)
			for range 2 {
				copies, err := draftCopies(l.draftsDir(Local), id)
				if err != nil || len(copies) != 1 {
					t.Fatal(copies, err)
				}
				if err := spoil(filepath.Join(l.draftsDir(Local), copies[0].name())); err != nil {
					t.Fatal(err)
				}
				_, err = l.Draft(t.Context(), Local, id)
				wantKind(t, err, fault.Storage)
				if s := fault.Sentence(err); !strings.Contains(s, "add the document again") {
					t.Errorf("%q does not say what to do", s)
				}
				checkDraft(t, l, Local, otherID, other)
				if again := mustKeep(t, l, Local, d); again != id {
					t.Errorf("healed as %s, not %s", again, id)
				}
				checkDraft(t, l, Local, id, d)
				if n := draftCount(t, l, Local); n != 2 {
					t.Errorf("%d folders", n)
				}
			}
			copies, err := draftCopies(l.draftsDir(Local), id)
			if err != nil || len(copies) != 1 {
				t.Fatal(copies, err)
			}
			if err := spoil(filepath.Join(l.draftsDir(Local), copies[0].name())); err != nil {
				t.Fatal(err)
			}
			if err := l.DropDraft(t.Context(), Local, id); err != nil {
				t.Fatal(err)
			}
			checkNoDraft(t, l, Local, id)
		})
	}
}

// A draft of a later program, its id as good as any, is not misread.
func TestDraftOfLaterFormat(t *testing.T) {
	l := open(t, t.TempDir())
	encoded := []byte(`{"format": 2}`)
	f := draftFolder{id: draftID(encoded), at: 1}
	path := filepath.Join(l.draftsDir(Local), f.name())
	if err := l.makeDir(path); err != nil {
		t.Fatal(err)
	}
	if err := l.disk.Write(filepath.Join(path, draftFile), encoded); err != nil {
		t.Fatal(err)
	}
	_, err := l.Draft(t.Context(), Local, f.id)
	if wantKind(t, err, fault.Storage); !strings.Contains(err.Error(), "format 2") {
		t.Errorf("the cause is lost: %v", err)
	}
}

// Of the copies that a killed process leaves a whole one is read; dropping
// takes all, keeping leaves one.
func TestDraftCopies(t *testing.T) {
	l := open(t, t.TempDir())
	d := draft("one")
	id := mustKeep(t, l, Local, d)
	dir := l.draftsDir(Local)
	leave := func() {
		t.Helper()
		copies, err := draftCopies(dir, id)
		if err != nil || len(copies) != 1 {
			t.Fatal(copies, err)
		}
		later := draftFolder{id: id, at: copies[0].at + 5}
		if err := os.CopyFS(filepath.Join(dir, later.name()), os.DirFS(filepath.Join(dir, copies[0].name()))); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, later.name(), originalFile), []byte("half"), fileMode); err != nil {
			t.Fatal(err)
		}
	}
	leave()
	checkDraft(t, l, Local, id, d)
	mustKeep(t, l, Local, d)
	checkDraft(t, l, Local, id, d)
	if n := draftCount(t, l, Local); n != 1 {
		t.Errorf("%d folders after keeping", n)
	}
	leave()
	if err := l.DropDraft(t.Context(), Local, id); err != nil {
		t.Fatal(err)
	}
	if n := draftCount(t, l, Local); n != 0 {
		t.Errorf("%d folders after dropping", n)
	}
	checkNoDraft(t, l, Local, id)
}

// FuzzDraftDamage alters a stored draft at any place and in any file. What is
// read is then the draft that was kept, or an error; never another.
func FuzzDraftDamage(f *testing.F) {
	f.Add(false, uint16(3), uint8(1), false)
	f.Add(true, uint16(40), uint8(0x20), false)
	f.Add(true, uint16(0), uint8(9), true)
	f.Fuzz(func(t *testing.T, manifest bool, at uint16, flip uint8, cut bool) {
		l := open(t, t.TempDir())
		l.disk = noSync{}
		id := mustKeep(t, l, Local, draft("one"))
		copies, err := draftCopies(l.draftsDir(Local), id)
		if err != nil || len(copies) != 1 {
			t.Fatal(copies, err)
		}
		name := originalFile
		if manifest {
			name = draftFile
		}
		if alter(t, filepath.Join(l.draftsDir(Local), copies[0].name(), name), at, flip, cut) {
			_, err := l.Draft(t.Context(), Local, id)
			wantKind(t, err, fault.Storage)
		} else {
			checkDraft(t, l, Local, id, draft("one"))
		}
		mustKeep(t, l, Local, draft("one"))
		checkDraft(t, l, Local, id, draft("one"))
	})
}
