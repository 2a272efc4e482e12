package main

import (
	"errors"
	"io"
	"os"

	"pincite/internal/desk"
	"pincite/internal/fault"
)

// unpackArchives replaces the archives among what is to be added by the
// documents in them. What it has opened is closed by the function that it
// gives, once all are added.
func unpackArchives(origins []origin) ([]origin, func() error) {
	var (
		out  []origin
		open []*os.File
	)
	for _, o := range origins {
		if o.err != nil || isURL(o.path) {
			out = append(out, o)
			continue
		}
		f, archive, err := openArchive(o.path)
		if f != nil {
			open = append(open, f)
		}
		switch {
		case err != nil:
			out = append(out, origin{path: o.path, err: err})
		case archive == nil:
			out = append(out, o)
		case archive.Len() == 0:
			out = append(out, origin{path: o.path, err: fault.New(fault.Unreadable, "%s holds no documents.", o.path)})
		default:
			for i := range archive.Len() {
				out = append(out, origin{path: o.path + ": " + archive.ID(i), archive: archive, at: i})
			}
		}
	}
	return out, func() error {
		var errs []error
		for _, f := range open {
			errs = append(errs, f.Close())
		}
		return errors.Join(errs...)
	}
}

// openArchive opens a file that is an archive of export; nil and no error
// where it is none, or cannot be read, which reading it as a document says
// best.
func openArchive(path string) (*os.File, *desk.Archive, error) {
	// What is no regular file is not opened: a pipe would wait for its writer.
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil
	}
	head := make([]byte, 64)
	n, err := f.ReadAt(head, 0)
	if (err != nil && !errors.Is(err, io.EOF)) || !desk.IsArchive(head[:n]) {
		return nil, nil, f.Close()
	}
	archive, err := desk.OpenArchive(f, info.Size())
	return f, archive, err
}
