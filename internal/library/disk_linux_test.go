package library

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"pincite/internal/fault"
)

// A real file system of 256 KiB runs full, and is then mounted read-only.
func TestSmallDisk(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("mounting a small file system takes root")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("no small file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	l := open(t, dir)
	kept := map[string]Addition{}
	var full error
	for i := 0; full == nil && i < 100; i++ {
		a := addition(fmt.Sprintf("d%d", i), fmt.Sprint("text ", i))
		a.Original = bytes.Repeat([]byte{byte(i)}, 20<<10)
		if _, full = l.Add(t.Context(), Local, a); full == nil {
			kept[a.Document.ID] = a
		}
	}
	wantKind(t, full, fault.Storage)
	if s := fault.Sentence(full); !strings.Contains(s, "full") {
		t.Errorf("%q does not say what is wrong", s)
	}
	if len(kept) == 0 {
		t.Fatal("nothing could be added at all")
	}
	checkWhole(t, open(t, dir), Local, kept)
	// Removing makes room, also on a full disk.
	if err := l.Remove(t.Context(), Local, "d0"); err != nil {
		t.Fatal(err)
	}
	delete(kept, "d0")
	small := addition("small", "small")
	mustAdd(t, l, Local, small)
	kept["small"] = small
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}

	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("cannot be made read-only here: %v", err)
	}
	l = open(t, dir)
	_, err := l.Add(t.Context(), Local, addition("a", "one"))
	wantKind(t, err, fault.Storage)
	if s := fault.Sentence(err); !strings.Contains(s, "read-only") {
		t.Errorf("%q does not say what is wrong", s)
	}
	wantKind(t, l.Remove(t.Context(), Local, "small"), fault.Storage)
	if out := mustAdd(t, l, Local, small); out.Change != Unchanged {
		t.Errorf("outcome %+v", out)
	}
	checkWhole(t, l, Local, kept)
}
