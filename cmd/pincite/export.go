package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pincite/internal/fault"
)

type exportCommand struct {
	File string `arg:"" optional:"" help:"The archive to write, such as backup.zip."`
}

// Help is what is said after the usage.
func (*exportCommand) Help() string {
	return "The archive holds the added documents in their current versions, as they were given and as JSON, and the lexicon that was set. pincite add reads it back. A file that is there is not written over."
}

func (c *exportCommand) run(ctx context.Context, a *app) (err error) {
	if c.File == "" {
		return usage("No file was named; write where the archive goes: pincite export backup.zip.")
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	if _, err := os.Lstat(c.File); err == nil {
		return fault.New(fault.Invalid, "%s is there already: name another file, or delete it first.", c.File)
	}
	size, err := writeWhole(c.File, func(w *bufio.Writer) error { return s.Export(ctx, s.who, w) })
	if err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(exportedJSON{Path: c.File, Bytes: size})
	}
	a.out.text("", plain, fmt.Sprintf("exported to %s (%d bytes)", c.File, size))
	return nil
}

type exportedJSON struct {
	Path  string `json:"path"`
	Bytes int64  `json:"bytes"`
}

// writeWhole writes a file that is there whole or not at all, and gives its
// size. It is written under another name beside its place.
func writeWhole(path string, write func(*bufio.Writer) error) (size int64, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".pincite-export-*")
	if err != nil {
		return 0, writeFault(err, path)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		if fault.KindOf(err) == fault.Internal {
			err = writeFault(err, path)
		}
		return 0, err
	}
	if err := errors.Join(w.Flush(), f.Sync()); err != nil {
		return 0, writeFault(err, path)
	}
	info, err := f.Stat()
	if err != nil {
		return 0, writeFault(err, path)
	}
	// A link, unlike a rename, never takes the place of a file that came
	// meanwhile. Not all file systems have links.
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return 0, writeFault(err, path)
	} else if err != nil {
		if err := os.Rename(f.Name(), path); err != nil {
			return 0, writeFault(err, path)
		}
		return info.Size(), f.Close()
	}
	return info.Size(), errors.Join(f.Close(), os.Remove(f.Name()))
}

func writeFault(err error, path string) error {
	return fault.Wrap(fault.Storage, err, "%s could not be written: is there such a folder, and room in it?", path)
}
