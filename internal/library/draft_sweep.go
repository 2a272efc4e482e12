package library

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
)

// draftLimits bound the drafts of a corpus. A moderator has a few previews open
// at a time; the limits are there for a flood.
type draftLimits struct {
	count int
	bytes int64
}

func defaultDraftLimits() draftLimits { return draftLimits{count: 50, bytes: 200 << 20} }

// sweepDrafts deletes the drafts that have outlived DraftLife, in all corpora,
// because nobody may ever keep another in the one that they are in. Nothing
// depends on it, so its errors are logged and the next to keep a draft tries
// again.
func (l *Library) sweepDrafts() {
	dirs, err := os.ReadDir(l.allDraftsDir())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.log.Warn("old drafts not swept", slog.Any("err", err))
	}
	oldest := l.cfg.Clock().Add(-DraftLife).UnixMilli()
	for _, d := range dirs {
		c := CorpusID(d.Name())
		if !d.IsDir() || c.checkWritable() != nil {
			continue
		}
		found, err := draftFolders(l.draftsDir(c))
		if err != nil {
			l.log.Warn("old drafts not swept", slog.String("corpus", string(c)), slog.Any("err", err))
		}
		l.evict(c, slices.DeleteFunc(found, func(f draftFolder) bool { return f.at >= oldest }))
	}
}

// boundDrafts deletes the oldest drafts of a corpus beyond the limits, though
// not the one that was just kept, and all copies of a draft but the newest. Its
// errors are logged, as in sweepDrafts.
func (l *Library) boundDrafts(c CorpusID, kept string) {
	dir := l.draftsDir(c)
	found, err := draftFolders(dir)
	if err != nil {
		l.log.Warn("drafts not bounded", slog.String("corpus", string(c)), slog.Any("err", err))
		return
	}
	// The one just kept comes first, although it is not the newest where the
	// clock was set back; the others follow, newest first.
	own := slices.IndexFunc(found, func(f draftFolder) bool { return f.id == kept })
	if own > 0 {
		f := found[own]
		found = slices.Insert(slices.Delete(found, own, own+1), 0, f)
	}
	var doomed []draftFolder
	var bytes int64
	seen := map[string]bool{}
	for _, f := range found {
		if seen[f.id] {
			doomed = append(doomed, f)
			continue
		}
		seen[f.id] = true
		bytes += f.size(dir)
		if len(seen) > l.draftLimits.count || bytes > l.draftLimits.bytes {
			doomed = append(doomed, f)
		}
	}
	l.evict(c, doomed)
}

// evict deletes drafts. Like all deleting of drafts it takes no lock: one
// rename takes a draft away, and one that is kept again meanwhile is in another
// folder.
func (l *Library) evict(c CorpusID, doomed []draftFolder) {
	if len(doomed) == 0 {
		return
	}
	bin, err := l.bin()
	if err != nil {
		l.log.Warn("drafts not deleted", slog.String("corpus", string(c)), slog.Any("err", err))
		return
	}
	defer bin.empty()
	for _, f := range doomed {
		err := l.disk.Rename(filepath.Join(l.draftsDir(c), f.name()), bin.next())
		switch {
		case err == nil:
			l.log.Info("draft deleted", slog.String("corpus", string(c)), slog.String("draft", f.id))
		case !errors.Is(err, fs.ErrNotExist): // else another was faster
			l.log.Warn("draft not deleted", slog.String("corpus", string(c)), slog.String("draft", f.id), slog.Any("err", err))
		}
	}
}
