package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"pincite/internal/fault"
)

// Nobody but the owner reads a data folder: it holds what servers keep among
// themselves.
const (
	dirMode  fs.FileMode = 0o700
	fileMode fs.FileMode = 0o600
)

// disk is what the library does to the data folder's file system. It is an
// interface so that tests can fill the disk, break it, or stop at any step.
type disk interface {
	// Mkdir makes one folder.
	Mkdir(path string) error
	// Write makes a file that holds data and syncs it.
	Write(path string, data []byte) error
	// Sync makes the names in a folder durable.
	Sync(dir string) error
	// Rename moves a folder to a path that does not exist.
	Rename(from, to string) error
	// Touch sets a folder's time of change.
	Touch(dir string, at time.Time) error
	// RemoveAll deletes a tree.
	RemoveAll(path string) error
}

// osDisk is the real one.
type osDisk struct{}

func (osDisk) Mkdir(path string) error              { return os.Mkdir(path, dirMode) }
func (osDisk) Rename(from, to string) error         { return os.Rename(from, to) }
func (osDisk) RemoveAll(path string) error          { return os.RemoveAll(path) }
func (osDisk) Touch(dir string, at time.Time) error { return os.Chtimes(dir, at, at) }

func (osDisk) Write(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

func (osDisk) Sync(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

// makeDir makes a folder and those above it that are missing, and makes each
// durable in its parent.
func (l *Library) makeDir(path string) error {
	err := l.disk.Mkdir(path)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(path) != path {
		if err := l.makeDir(filepath.Dir(path)); err != nil {
			return err
		}
		err = l.disk.Mkdir(path)
	}
	if errors.Is(err, fs.ErrExist) {
		info, statErr := os.Stat(path)
		if statErr != nil {
			return statErr
		}
		if !info.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
		}
		return nil
	}
	if err != nil {
		return err
	}
	return l.disk.Sync(filepath.Dir(path))
}

// move renames a folder and syncs the folders whose names must last. Where a
// sync fails the rename is undone, so that what is reported as failed is
// absent; errUndone says that not even that could be done.
func (l *Library) move(from, to string, sync ...string) error {
	if err := l.disk.Rename(from, to); err != nil {
		return err
	}
	for _, dir := range sync {
		if err := l.disk.Sync(dir); err != nil {
			if back := l.disk.Rename(to, from); back != nil {
				return fmt.Errorf("%w: %w; %w", errNotUndone, err, back)
			}
			return err
		}
	}
	return nil
}

// errNotUndone is in the chain of an error that leaves a change in place
// although it may not last.
var errNotUndone = errors.New("the change could not be undone")

// writeFault gives an error of the data folder its sentence. Every caller has
// undone its change before, except where errNotUndone says otherwise.
func writeFault(err error) error {
	const storage = fault.Storage
	switch {
	case errors.Is(err, errNotUndone):
		return fault.Wrap(storage, err, "The data folder's disk failed half-way; list the documents to see whether the change was made.")
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return fault.Wrap(storage, err, "The data folder's disk is full; nothing was changed. Free some space, then try again.")
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fault.Wrap(storage, err, "The data folder is read-only; nothing was changed. Give this program the right to write there, or choose another folder.")
	case errors.Is(err, syscall.ENOTDIR):
		return fault.Wrap(storage, err, "The data folder, or what should be a folder in it, is a file; nothing was changed. Choose another folder.")
	default:
		return fault.Wrap(storage, err, "The data folder cannot be written; nothing was changed. The log says why.")
	}
}

// readFault gives an error of reading the data folder its sentence.
func readFault(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fault.Wrap(fault.Storage, err, "The data folder cannot be read: this program has no right to.")
	case errors.Is(err, syscall.ENOTDIR):
		return fault.Wrap(fault.Storage, err, "The data folder, or what should be a folder in it, is a file. Choose another folder.")
	default:
		return fault.Wrap(fault.Storage, err, "The data folder cannot be read. The log says why.")
	}
}
