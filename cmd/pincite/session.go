package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"pincite/corpus"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/ingest"
	"pincite/internal/library"
	"pincite/internal/words"
)

// session is the desk, opened for the length of one command.
type session struct {
	*desk.Desk
	who     library.CorpusID
	library *library.Library
	bar     *progress
}

// Folders below the data folder that are not the library's.
const indexFolder = "index"

// open opens the desk for the corpus that the settings name. Nothing is
// written before a document is added or a large index built. The caller
// closes the session.
func (a *app) open(ctx context.Context) (*session, error) {
	who, err := a.corpusID()
	if err != nil {
		return nil, err
	}
	base, err := a.base()
	if err != nil {
		return nil, err
	}
	limits := a.limits()
	// The base corpus is the operator's own choice; a low limit for what is
	// added must not empty it.
	baseLimits := limits
	baseLimits.Bytes = max(limits.Bytes, ingest.DefaultLimits().Bytes)
	dir, indexes := a.dataFolder(), ""
	if dir == "" {
		// Nobody's documents can be anywhere, so only the base is asked for,
		// and this, which can never be a folder, is not looked at.
		dir, who = os.DevNull, library.Base
	} else {
		indexes = filepath.Join(dir, indexFolder)
	}
	lib, err := library.Open(library.Config{
		Dir: dir, Base: base, MaxBaseFile: baseLimits.Bytes, Clock: time.Now, Log: a.log,
		Read: func(ctx context.Context, name string, raw []byte) (*document.Document, error) {
			return a.readBase(ctx, name, raw, baseLimits)
		},
	})
	if err != nil {
		return nil, err
	}
	analyzer, bar := words.NewAnalyzer(), a.progress()
	s := &session{
		Desk: desk.New(desk.Config{
			Library:  lib,
			Indexes:  index.NewStore(indexes, analyzer, time.Now, a.log),
			Words:    analyzer,
			Limits:   limits,
			Quota:    desk.Quota{Documents: int(a.MaxDocuments), Passages: int(a.MaxPassages), Bytes: int64(a.MaxServerBytes)},
			Log:      a.log,
			Progress: func(done, total int) { bar.set("indexing", done, total) },
		}),
		who: who, library: lib, bar: bar,
	}
	return s, a.warn(ctx, s)
}

// maxWarnings is how many documents that are left out are named.
const maxWarnings = 3

// warn says which documents are left out because they are damaged: an answer
// that they would change must not pass for the whole.
func (a *app) warn(ctx context.Context, s *session) error {
	for _, id := range slices.Compact([]library.CorpusID{library.Base, s.who}) {
		problems, err := s.library.Problems(ctx, id)
		if err != nil {
			return errors.Join(err, s.library.Close())
		}
		for i, p := range problems {
			switch {
			case i == maxWarnings:
				say(a.stderr, fmt.Sprintf("warning: %d more are left out; --verbose says which.", len(problems)-i))
			case i > maxWarnings:
			case p.Corpus == library.Base:
				say(a.stderr, fmt.Sprintf("warning: %s of the base corpus cannot be read and is left out; --verbose says why.", p.Name))
			default:
				say(a.stderr, fmt.Sprintf("warning: %s is damaged and left out; add it again.", p.Name))
			}
		}
	}
	return nil
}

// close ends the session and adds its error to that of the command.
func (s *session) close(err *error) {
	s.bar.clear()
	*err = errors.Join(*err, s.library.Close())
}

// corpusID is whose documents are used beside the base corpus.
func (a *app) corpusID() (library.CorpusID, error) {
	if a.Server == "" {
		return library.Local, nil
	}
	return library.Server(a.Server)
}

// limits bound what is read.
func (a *app) limits() ingest.Limits {
	l := ingest.DefaultLimits()
	l.Bytes = int64(a.MaxBytes)
	return l
}

// dataFolder is where documents are kept; empty where none is set and the
// user has no home.
func (a *app) dataFolder() string {
	if a.Data != "" {
		return a.Data
	}
	// The XDG specification has relative paths ignored.
	if home := a.getenv(envDataHome); filepath.IsAbs(home) {
		return filepath.Join(home, "pincite")
	}
	if home := a.getenv(envHome); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "share", "pincite")
	}
	return ""
}

// requireDataFolder is for commands that write.
func (a *app) requireDataFolder() error {
	if a.dataFolder() == "" {
		return usage("There is no folder to keep documents in: name one with --data, or set PINCITE_DATA.")
	}
	return nil
}

// base is the base corpus: the built-in one or the folder that is set.
func (a *app) base() (fs.FS, error) {
	if a.Corpus == "" {
		return corpus.Files(), nil
	}
	info, err := os.Stat(a.Corpus)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(fault.Invalid, err, "There is no folder %s: name that of the base corpus with --corpus, or leave it out for the built-in one.", a.Corpus)
	case err != nil:
		return nil, fault.Wrap(fault.Storage, err, "The folder %s of the base corpus cannot be opened: check its permissions.", a.Corpus)
	case !info.IsDir():
		return nil, usage("%s is a file: --corpus takes the folder of the base corpus.", a.Corpus)
	}
	return os.DirFS(a.Corpus), nil
}

// readBase reads a file of the base corpus. What is no document, such as an
// image that a document shows, is passed over.
func (a *app) readBase(ctx context.Context, name string, raw []byte, limits ingest.Limits) (*document.Document, error) {
	reading, err := ingest.Read(ctx, ingest.Source{Name: name, Bytes: raw}, limits)
	if fault.KindOf(err) == fault.Unreadable {
		a.log.Warn("file of the base corpus passed over", slog.String("name", name), slog.Any("error", err))
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return reading.Document, nil
}
