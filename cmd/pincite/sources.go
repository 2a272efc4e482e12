package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/ingest"
)

// fetchFunc fetches a page; it is ingest.Fetch but in tests.
type fetchFunc func(ctx context.Context, address string, l ingest.Limits) (ingest.Source, error)

// origin is one thing to add: a path, a URL or a document of an archive, or
// what about an argument kept it from becoming one.
type origin struct {
	path    string // as it is named to people
	err     error
	archive *desk.Archive // nil: none
	at      int           // the document in it
}

// expand replaces folders by the documents below them, and patterns that the
// shell left as they are by what matches. What is there is no pattern. An
// argument that stands for nothing becomes an origin with an error, so that it
// does not keep the others out; a pattern that cannot be read is wrong use.
// What two arguments name is added once.
func expand(args []string) ([]origin, error) {
	var origins []origin
	for _, arg := range args {
		if isURL(arg) {
			origins = append(origins, origin{path: arg})
			continue
		}
		paths := []string{arg}
		_, err := os.Lstat(arg)
		if errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?[") {
			if paths, err = filepath.Glob(arg); err != nil {
				return nil, usage("The pattern %s cannot be read; name the files instead.", arg)
			}
			paths = slices.DeleteFunc(paths, func(path string) bool { return hiddenMatch(arg, path) })
			if len(paths) == 0 {
				err := fault.New(fault.NotFound, "No file matches %s: check the spelling and the folder.", arg)
				origins = append(origins, origin{path: arg, err: err})
			}
		}
		for _, path := range paths {
			if info, err := os.Stat(path); err != nil || !info.IsDir() {
				origins = append(origins, origin{path: path})
				continue
			}
			origins = append(origins, below(path)...)
		}
	}
	seen := make(map[string]bool)
	return slices.DeleteFunc(origins, func(o origin) bool {
		twice := seen[o.path]
		seen[o.path] = true
		return twice
	}), nil
}

// below lists the documents in a folder and the folders in it, in the order of
// their names. Files that are hidden or of no kind that is read are passed
// over; a folder that cannot be listed is an origin with an error.
func below(dir string) []origin {
	var origins []origin
	// With a separator behind it, a link to a folder is followed; links within
	// are not, but to files, so that no circle has no end.
	root := strings.TrimRight(dir, string(filepath.Separator)) + string(filepath.Separator)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			origins = append(origins, origin{path: path, err: fault.Wrap(fault.Unreadable, err, "The folder %s cannot be listed: check its permissions.", path)})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case path != root && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && namesDocument(d.Name()):
			// A link to a folder that is called like a file is no document.
			if info, err := os.Stat(path); err != nil || !info.IsDir() {
				origins = append(origins, origin{path: path})
			}
		}
		return nil
	})
	switch {
	case err != nil:
		origins = append(origins, origin{path: dir, err: fault.Wrap(fault.Unreadable, err, "The folder %s cannot be listed: check its permissions.", dir)})
	case len(origins) == 0:
		origins = append(origins, origin{path: dir, err: fault.New(fault.NotFound, "There is no document in the folder %s: files of these kinds are looked for: %s.", dir, strings.Join(documentNames(), ", "))})
	}
	return origins
}

// documentNames are the extensions by which documents are found in a folder. A
// file that is named is read whatever it is called.
func documentNames() []string {
	return []string{".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".xhtml", ".docx", ".odt", ".epub", ".pdf"}
}

func namesDocument(name string) bool {
	return slices.Contains(documentNames(), strings.ToLower(filepath.Ext(name)))
}

// hiddenMatch reports whether a pattern's wildcard matched a hidden name, which
// shells keep it from.
func hiddenMatch(pattern, path string) bool {
	patterns := strings.Split(filepath.Clean(pattern), string(filepath.Separator))
	parts := strings.Split(filepath.Clean(path), string(filepath.Separator))
	for i := range min(len(parts), len(patterns)) {
		if strings.HasPrefix(parts[i], ".") && !strings.HasPrefix(patterns[i], ".") {
			return true
		}
	}
	return false
}

// addition reads what is to be added.
func (a *app) addition(ctx context.Context, from origin) (desk.Addition, error) {
	if from.archive != nil {
		addition, err := from.archive.Addition(from.at, a.limits())
		return addition, a.raisable(err)
	}
	source, err := a.source(ctx, from.path)
	return desk.Addition{Source: source}, err
}

// source reads a file, or fetches a URL, within the limits that are set.
func (a *app) source(ctx context.Context, path string) (ingest.Source, error) {
	if !isURL(path) {
		return a.file(path)
	}
	source, err := a.fetch(ctx, path, a.limits())
	return source, a.raisable(err)
}

// file reads a file within the limit that is set.
func (a *app) file(path string) (ingest.Source, error) {
	source, err := ingest.File(path, a.limits())
	return source, a.raisable(err)
}

// raisable adds to a fault of size how the limit is raised.
func (a *app) raisable(err error) error {
	if fault.KindOf(err) == fault.TooLarge {
		return fault.Wrap(fault.TooLarge, err, "%s Or raise the limit with --max-bytes.", fault.Sentence(err))
	}
	return err
}

// quotaRaisable adds to the fault of a corpus that is full how its limits are
// raised.
func quotaRaisable(err error) error {
	if fault.KindOf(err) == fault.TooLarge {
		return fault.Wrap(fault.TooLarge, err, "%s Or raise the limit with --max-documents, --max-passages or --max-server-bytes.", fault.Sentence(err))
	}
	return err
}

// named puts what a sentence is about before one that does not name it.
func named(path, sentence string) string {
	if isURL(path) || !strings.Contains(sentence, filepath.Base(path)) {
		return fmt.Sprintf("%s: %s", path, sentence)
	}
	return sentence
}

// scheme is the beginning of an address that is no path.
var scheme = regexp.MustCompile(`(?i)^[a-z][a-z0-9+.-]*://`)

func isURL(arg string) bool { return scheme.MatchString(arg) }
