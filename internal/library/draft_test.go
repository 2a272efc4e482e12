package library

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/fault"
)

// draft is a draft whose bytes say body.
func draft(body string) Draft {
	return Draft{
		Name: "brief.md", MediaType: "text/markdown", URL: "https://example.org/brief",
		By: "someone", Title: "A <fixed> title", Original: []byte("raw " + body),
	}
}

func mustKeep(t testing.TB, l *Library, c CorpusID, d Draft) string {
	t.Helper()
	id, err := l.KeepDraft(t.Context(), c, d)
	if err != nil {
		t.Fatalf("keep draft: %v", err)
	}
	return id
}

// checkDraft fails unless the draft is there as it was kept; the time counts
// where it is set.
func checkDraft(t testing.TB, l *Library, c CorpusID, id string, want Draft) {
	t.Helper()
	got, err := l.Draft(t.Context(), c, id)
	if err != nil {
		t.Errorf("draft %s: %v", id, err)
		return
	}
	if want.At.IsZero() {
		got.At = want.At
	}
	if bytes.Equal(want.Original, got.Original) {
		got.Original = want.Original[:1:1] // cmp takes its time over long ones
		want.Original = got.Original
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("draft %s (-kept +read):\n%s", id, diff)
	}
}

// checkNoDraft fails unless the user is told that the draft has expired.
func checkNoDraft(t testing.TB, l *Library, c CorpusID, id string) {
	t.Helper()
	d, err := l.Draft(t.Context(), c, id)
	if fault.KindOf(err) != fault.NotFound || fault.Sentence(err) != "This preview has expired; add the document again." {
		t.Errorf("draft %q gave %+v, %v", id, d, err)
	}
}

// draftCount is how many folders the corpus's drafts take up.
func draftCount(t testing.TB, l *Library, c CorpusID) int {
	t.Helper()
	names, err := os.ReadDir(l.draftsDir(c))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return len(names)
}

func TestDraftIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	now := time.Date(2025, 3, 4, 5, 6, 7, 89_123_456, time.FixedZone("", 3600))
	l := openWith(t, Config{Dir: dir, Clock: func() time.Time { return now }})
	d := draft("one")
	d.At = now.Add(time.Hour) // counts for nothing
	id := mustKeep(t, l, Local, d)
	if !draftIDPattern.MatchString(id) {
		t.Errorf("id %q", id)
	}
	d.At = time.Date(2025, 3, 4, 4, 6, 7, 89_000_000, time.UTC)
	checkDraft(t, l, Local, id, d)

	now = now.Add(48 * time.Hour)
	again := openWith(t, Config{Dir: dir, Clock: func() time.Time { return now }})
	checkDraft(t, again, Local, id, d)
	if same := mustKeep(t, again, Local, d); same != id || draftCount(t, again, Local) != 1 {
		t.Errorf("kept again as %s, not %s, in %d folders", same, id, draftCount(t, again, Local))
	}
	d.At = d.At.Add(48 * time.Hour)
	checkDraft(t, l, Local, id, d)

	// The clock is set back; what was kept last is still the latest.
	now = now.Add(-time.Hour)
	mustKeep(t, again, Local, d)
	d.At = d.At.Add(time.Millisecond)
	checkDraft(t, l, Local, id, d)
	if n := draftCount(t, l, Local); n != 1 {
		t.Errorf("%d folders", n)
	}
}

// Whatever differs makes another draft, but not the time, and no text can be
// moved from one field to the next without being noticed.
func TestDraftID(t *testing.T) {
	l := open(t, t.TempDir())
	kept := map[string]string{}
	keep := func(what string, change func(d *Draft)) {
		d := draft("one")
		change(&d)
		id := mustKeep(t, l, Local, d)
		if other := kept[id]; other != "" {
			t.Errorf("%s and %s have one id", what, other)
		}
		kept[id] = what
		checkDraft(t, l, Local, id, d)
	}
	keep("as it is", func(*Draft) {})
	keep("other bytes", func(d *Draft) { d.Original = []byte("raw two") })
	keep("no title", func(d *Draft) { d.Title = "" })
	keep("other name", func(d *Draft) { d.Name = "brief" })
	keep("no type", func(d *Draft) { d.MediaType = "" })
	keep("no address", func(d *Draft) { d.URL = "" })
	keep("another's", func(d *Draft) { d.By = "someone else" })
	keep("name for title", func(d *Draft) { d.Name, d.Title = d.Title, d.Name })
	keep("nothing but bytes", func(d *Draft) { *d = Draft{Original: d.Original} })
	keep("bytes that are no text", func(d *Draft) { d.Original = []byte{0, 0xff, '\n'} })

	d := draft("one")
	d.Name = "a\xff\xfeb"
	id := mustKeep(t, l, Local, d)
	d.Name = "a�b"
	checkDraft(t, l, Local, id, d)
}

func TestDraftRefuses(t *testing.T) {
	root := filepath.Join(t.TempDir(), "data")
	l := open(t, root)
	_, err := l.KeepDraft(t.Context(), Local, Draft{Name: "x"})
	wantKind(t, err, fault.Invalid)
	_, err = l.KeepDraft(t.Context(), Base, draft("one"))
	wantKind(t, err, fault.Forbidden)
	_, err = l.Draft(t.Context(), Base, "0123456789abcdef")
	wantKind(t, err, fault.Forbidden)
	wantKind(t, l.DropDraft(t.Context(), Base, "0123456789abcdef"), fault.Forbidden)
	for _, bad := range []CorpusID{"", "..", "server-../local"} {
		_, err := l.KeepDraft(t.Context(), bad, draft("one"))
		wantKind(t, err, fault.Invalid)
		_, err = l.Draft(t.Context(), bad, "0123456789abcdef")
		wantKind(t, err, fault.Invalid)
		wantKind(t, l.DropDraft(t.Context(), bad, "0123456789abcdef"), fault.Invalid)
	}
	l.draftLimits.bytes = 1 << 20
	large := draft("")
	large.Original = bytes.Repeat([]byte("x"), 1<<20)
	_, err = l.KeepDraft(t.Context(), Local, large)
	wantKind(t, err, fault.TooLarge)
	if s := fault.Sentence(err); !strings.Contains(s, "1 MB") {
		t.Errorf("%q does not say how much may be kept", s)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.KeepDraft(ended, Local, draft("one")); !errors.Is(err, context.Canceled) {
		t.Errorf("kept after the end: %v", err)
	}
	if _, err := l.Draft(ended, Local, "0123456789abcdef"); !errors.Is(err, context.Canceled) {
		t.Errorf("read after the end: %v", err)
	}
	if err := l.DropDraft(ended, Local, "0123456789abcdef"); !errors.Is(err, context.Canceled) {
		t.Errorf("dropped after the end: %v", err)
	}
	checkNoDraft(t, l, Local, "0123456789abcdef")
	if err := l.DropDraft(t.Context(), Local, "0123456789abcdef"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(root); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was written: %v", err)
	}
}

// The drafts of a corpus are nobody else's, and an id from outside reaches
// nothing but a draft.
func TestDraftsAreApart(t *testing.T) {
	l := open(t, t.TempDir())
	server, err := Server("7")
	if err != nil {
		t.Fatal(err)
	}
	d := draft("one")
	id := mustKeep(t, l, server, d)
	checkNoDraft(t, l, Local, id)
	if err := l.DropDraft(t.Context(), Local, id); err != nil {
		t.Error(err)
	}
	checkDraft(t, l, server, id, d)
	mustKeep(t, l, Local, d)
	names, err := os.ReadDir(l.draftsDir(server))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	for _, bad := range []string{
		"", ".", "..", id[:15], id + "0", strings.ToUpper(id), id + "\n", "../" + string(server) + "/" + id, names[0].Name(), "../../server-7", "0123456789abcde/", strings.Repeat("/", 16), "................",
	} {
		if draftIDPattern.MatchString(bad) {
			t.Errorf("%q is taken for an id", bad)
		}
		checkNoDraft(t, l, Local, bad)
		checkNoDraft(t, l, server, bad)
		if err := l.DropDraft(t.Context(), server, bad); err != nil {
			t.Errorf("dropping %q: %v", bad, err)
		}
	}
	checkDraft(t, l, server, id, d)
	if err := l.DropDraft(t.Context(), server, id); err != nil {
		t.Error(err)
	}
	checkNoDraft(t, l, server, id)
	checkDraft(t, l, Local, id, d)
	if left, err := os.ReadDir(l.session.dir); err != nil || len(left) != 1 {
		t.Errorf("the session holds %v (%v)", left, err)
	}
}

// A draft is no document: it is not listed, has no corpus, keeps no document
// out, and goes with the corpus that is purged.
func TestDraftIsNoDocument(t *testing.T) {
	l := open(t, t.TempDir())
	d := draft("one")
	id := mustKeep(t, l, Local, d)
	checkWhole(t, l, Local, nil)
	if corpora, err := l.Corpora(t.Context()); err != nil || !cmp.Equal(corpora, []CorpusID{Base}) {
		t.Errorf("corpora %v (%v)", corpora, err)
	}
	a := addition("a", "one")
	if out := mustAdd(t, l, Local, a); out.Change != Added {
		t.Errorf("outcome %+v", out)
	}
	checkDraft(t, l, Local, id, d)
	if err := l.Remove(t.Context(), Local, "a"); err != nil {
		t.Fatal(err)
	}
	checkDraft(t, l, Local, id, d)

	server, err := Server("7")
	if err != nil {
		t.Fatal(err)
	}
	mustKeep(t, l, server, d)
	mustAdd(t, l, Local, a)
	if err := l.Purge(t.Context(), Local); err != nil {
		t.Fatal(err)
	}
	checkNoDraft(t, l, Local, id)
	checkWhole(t, l, Local, nil)
	checkDraft(t, l, server, id, d)
	if err := l.Purge(t.Context(), server); err != nil { // of drafts alone
		t.Fatal(err)
	}
	checkNoDraft(t, l, server, id)
	if n := draftCount(t, l, server); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
	if left, err := os.ReadDir(l.session.dir); err != nil || len(left) != 1 {
		t.Errorf("the session holds %v (%v)", left, err)
	}
}

// Keeping, keeping again and dropping a draft reports no corpus as changed.
func TestDraftsAreNotWatched(t *testing.T) {
	for name, times := range map[string]watchTimes{"events": onlyEvents(), "polls": onlyPolls()} {
		t.Run(name, func(t *testing.T) {
			l := open(t, t.TempDir())
			l.watchTimes = times
			if name == "polls" {
				l.newWatcher = noEvents
			}
			mustAdd(t, l, Local, addition("a", "one"))
			reports, err := l.Watch(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			id := mustKeep(t, l, Local, draft("one"))
			mustKeep(t, l, Local, draft("one"))
			if err := l.DropDraft(t.Context(), Local, id); err != nil {
				t.Fatal(err)
			}
			mustKeep(t, l, Local, draft("two"))
			server, err := Server("7")
			if err != nil {
				t.Fatal(err)
			}
			mustAdd(t, l, server, addition("a", "one"))
			select {
			case c := <-reports:
				if c != server {
					t.Errorf("%s was reported for a draft", c)
				}
			case <-time.After(patience):
				t.Error("no report of the document")
			}
		})
	}
}
