package ingest

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"pincite/internal/fault"
)

// File reads a file whole, as the source of a document. Its faults name the
// path as it was given: NotFound where nothing is there, Invalid for a folder
// or a device, TooLarge beyond l.Bytes, Unreadable where the system refuses.
func File(path string, l Limits) (_ Source, err error) {
	limit := l.orDefault().Bytes
	// What is no regular file is refused before it is opened: opening a pipe
	// would wait for its writer.
	info, err := os.Stat(path)
	if err != nil {
		return Source{}, fileFault(err, path)
	}
	if err := regular(info, path); err != nil {
		return Source{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return Source{}, fileFault(err, path)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fileFault(cerr, path)
		}
	}()
	if info, err = f.Stat(); err != nil {
		return Source{}, fileFault(err, path)
	}
	if err := regular(info, path); err != nil {
		return Source{}, err
	}
	if info.Size() > limit {
		return Source{}, tooLarge(path, limit)
	}
	// The size is a hint only: a file may grow while it is read, and those of
	// some file systems claim to be empty.
	raw, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return Source{}, fileFault(err, path)
	}
	if int64(len(raw)) > limit {
		return Source{}, tooLarge(path, limit)
	}
	return Source{Name: filepath.Base(path), Bytes: raw}, nil
}

// regular refuses what is no file of bytes.
func regular(info fs.FileInfo, path string) error {
	switch {
	case info.IsDir():
		return fault.New(fault.Invalid, "%s is a folder: name the files in it.", path)
	case !info.Mode().IsRegular():
		return fault.New(fault.Invalid, "%s is no ordinary file: save what it gives to a file and name that.", path)
	}
	return nil
}

// fileFault says what the system's error means for the user.
func fileFault(err error, path string) error {
	switch {
	case path == "":
		return fault.Wrap(fault.Invalid, err, "No file was named.")
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(fault.NotFound, err, "There is no file %s: check the spelling and the folder.", path)
	case errors.Is(err, fs.ErrPermission):
		return fault.Wrap(fault.Unreadable, err, "%s may not be read by this user: change its permissions.", path)
	}
	return fault.Wrap(fault.Unreadable, err, "%s could not be read: the system reported an error.", path)
}
