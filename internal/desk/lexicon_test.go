package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pincite/internal/answer"
	"pincite/internal/fault"
	"pincite/internal/lexicon"
	"pincite/internal/library"
)

// wordsOfOurs makes "gizmo" ask for molybdenum, which no other words do.
const wordsOfOurs = "# Ours.\ngizmo => molybdenum 0.9\n"

func setLexicon(t testing.TB, d *Desk, who library.CorpusID, text string) {
	t.Helper()
	if _, err := d.SetLexicon(t.Context(), who, "ours.txt", text); err != nil {
		t.Fatal(err)
	}
}

// knows reports whether a corpus finds what the lexicon leads to, and then has
// no word missing.
func knows(t testing.TB, d *Desk, who library.CorpusID) bool {
	t.Helper()
	a, err := d.Ask(t.Context(), who, answer.Request{Question: "What does it say about a gizmo?", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	found := len(a.Passages) == 1 && a.Passages[0].Ref().String() == "metals/p2"
	if missing := strings.Join(a.Missing, " "); found == (missing == "gizmo") {
		t.Fatalf("found %v, missing %q", found, missing)
	}
	return found
}

func metals(t testing.TB, d *Desk, who library.CorpusID) {
	t.Helper()
	add(t, d, who, source("metals.txt", "Copper is red.\n\nMolybdenum is dense."))
}

// TestLexiconIsOfOneServer: what one corpus set counts there at once, for the
// next process and in a copy of the data folder, and nowhere else.
func TestLexiconIsOfOneServer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	d := open(t, dir)
	ours, theirs := server(t, "111111111111111111"), server(t, "222222222222222222")
	for _, who := range []library.CorpusID{ours, theirs, library.Local} {
		metals(t, d, who)
		if knows(t, d, who) {
			t.Fatalf("%s knows the word before it was told", who)
		}
	}
	if n, err := d.SetLexicon(t.Context(), ours, "ours.txt", wordsOfOurs); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	backup := filepath.Join(t.TempDir(), "copy")
	copyPlainly(t, dir, backup)
	for name, other := range map[string]*Desk{"the same": d, "another process": open(t, dir), "a copy": open(t, backup)} {
		for who, want := range map[library.CorpusID]bool{ours: true, theirs: false, library.Local: false} {
			if knows(t, other, who) != want {
				t.Errorf("%s: %s knows the word: %v", name, who, !want)
			}
		}
		if a, err := other.Ask(t.Context(), library.Base, answer.Request{Question: "gizmo"}); err != nil || len(a.Missing) != 1 {
			t.Errorf("%s: in a direct message: %+v, %v", name, a, err)
		}
		if own, err := other.Lexicon(t.Context(), ours); err != nil || own.Text != wordsOfOurs || own.Entries != 1 {
			t.Errorf("%s: %+v, %v", name, own, err)
		}
		if own, err := other.Lexicon(t.Context(), theirs); err != nil || own != nil {
			t.Errorf("%s: theirs is %+v, %v", name, own, err)
		}
	}
	// What the built-in lexicon has can be taken back, here alone.
	setLexicon(t, d, theirs, "gizmo =>")
	if knows(t, d, theirs) || !knows(t, d, ours) {
		t.Error("two lexicons are mixed up")
	}
	if err := d.Purge(t.Context(), ours); err != nil {
		t.Fatal(err)
	}
	metals(t, d, ours)
	if knows(t, d, ours) {
		t.Error("the lexicon outlived its corpus")
	}
}

func TestLexiconIsCleared(t *testing.T) {
	d := open(t, t.TempDir())
	metals(t, d, library.Local)
	if err := d.ClearLexicon(t.Context(), library.Local); fault.KindOf(err) != fault.NotFound {
		t.Errorf("nothing to clear: %v", err)
	}
	setLexicon(t, d, library.Local, wordsOfOurs)
	if err := d.ClearLexicon(t.Context(), library.Local); err != nil || knows(t, d, library.Local) {
		t.Errorf("cleared: %v", err)
	}
}

// TestFaultyLexicon: one that is not understood changes nothing, and each wrong
// line is named.
func TestFaultyLexicon(t *testing.T) {
	d := open(t, t.TempDir())
	metals(t, d, library.Local)
	setLexicon(t, d, library.Local, wordsOfOurs)
	for text, want := range map[string]string{
		"# ok\na => b\nno arrow\nc => d 7.0\n": "line 3 (no arrow)",
		"# nothing but a remark":               "no entry",
		"":                                     "no entry",
		strings.Repeat("#", 300_000):           "at most 200000 bytes",
	} {
		_, err := d.SetLexicon(t.Context(), library.Local, "ours.txt", text)
		if err == nil || !strings.Contains(fault.Sentence(err), want) {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
		if strings.Contains(text, "arrow") && !strings.Contains(fault.Sentence(err), "line 4 (c => d 7.0)") {
			t.Errorf("the second wrong line is not named: %v", err)
		}
	}
	if _, err := d.SetLexicon(t.Context(), library.Base, "ours.txt", wordsOfOurs); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("of the base corpus: %v", err)
	}
	if !knows(t, d, library.Local) {
		t.Error("the lexicon that was there is gone")
	}
}

// TestUnreadableLexicon: one that is damaged on the disk, or that another
// version of the program wrote, takes nothing else with it.
func TestUnreadableLexicon(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	metals(t, d, library.Local)
	setLexicon(t, d, library.Local, wordsOfOurs)
	files, err := filepath.Glob(filepath.Join(dir, "corpora", "local", ".lexicon", "*.txt"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.Truncate(files[0], 10); err != nil {
		t.Fatal(err)
	}
	other := open(t, dir)
	if ref, _ := first(t, other, library.Local, "copper"); ref != "metals/p1" || knows(t, other, library.Local) {
		t.Errorf("found %q", ref)
	}
	if _, err := other.Lexicon(t.Context(), library.Local); fault.KindOf(err) != fault.Storage {
		t.Errorf("shown: %v", err)
	}
	if err := other.cfg.Library.SetLexicon(t.Context(), library.Local, "of a later format ==>> x ==>> y"); err != nil {
		t.Fatal(err)
	}
	later := open(t, dir)
	if ref, _ := first(t, later, library.Local, "copper"); ref != "metals/p1" {
		t.Errorf("found %q", ref)
	}
	if own, err := later.Lexicon(t.Context(), library.Local); err != nil || own.Entries != 0 || !strings.HasPrefix(own.Text, "of a later") {
		t.Errorf("shown: %+v, %v", own, err)
	}
}

// TestLexiconIsParsedOnce: as long as the text is the same, so is what answers,
// whatever is added beside it, and in another server too.
func TestLexiconIsParsedOnce(t *testing.T) {
	d := open(t, t.TempDir())
	ours, theirs := server(t, "111111111111111111"), server(t, "222222222222222222")
	answererOf := func(who library.CorpusID) *answer.Answerer {
		s, err := d.see(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		return s.answerer
	}
	setLexicon(t, d, ours, wordsOfOurs)
	before := answererOf(ours)
	metals(t, d, ours)
	setLexicon(t, d, theirs, wordsOfOurs)
	if answererOf(ours) != before || answererOf(theirs) != before {
		t.Error("the same lexicon is read twice")
	}
	if before == d.answerer || answererOf(library.Local) != d.answerer {
		t.Error("the lexicon counts where it was not set, or not where it was")
	}
	setLexicon(t, d, ours, wordsOfOurs+"# changed\n")
	if answererOf(ours) == before {
		t.Error("a changed lexicon is not read")
	}
}

// TestFollowLexicon: what another process sets counts without a restart.
func TestFollowLexicon(t *testing.T) {
	dir := t.TempDir()
	bot, shell := open(t, dir), open(t, dir)
	who := server(t, "111111111111111111")
	metals(t, shell, who)
	if knows(t, bot, who) {
		t.Fatal("known before it was set")
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- bot.Follow(ctx) }()
	wait := func(want bool) {
		t.Helper()
		deadline := time.After(20 * time.Second)
		for knows(t, bot, who) != want {
			select {
			case <-deadline:
				t.Fatalf("the lexicon counts: %v", !want)
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
	setLexicon(t, shell, who, wordsOfOurs)
	wait(true)
	if err := shell.ClearLexicon(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	wait(false)
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Follow ended with %v", err)
	}
}

// TestExportWithLexicon: the lexicon comes with the documents, and what is not
// the one that was exported is not read.
func TestExportWithLexicon(t *testing.T) {
	d := open(t, t.TempDir())
	metals(t, d, library.Local)
	setLexicon(t, d, library.Local, wordsOfOurs)
	raw := export(t, d, library.Local)
	if !bytes.Equal(raw, export(t, d, library.Local)) {
		t.Error("two exports differ")
	}
	a, err := OpenArchive(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := a.Lexicon(); text != wordsOfOurs || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	large := strings.Repeat("#", lexicon.MaxSize+1)
	sum := sha256.Sum256([]byte(large))
	bomb := forge(t, archiveManifest, `{"format":1,"documents":[],"lexicon":"`+hex.EncodeToString(sum[:])+`"}`, archiveLexicon, large)
	hostile, err := OpenArchive(bytes.NewReader(bomb), int64(len(bomb)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hostile.Lexicon(); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("one that is too large is read: %v", err)
	}
	a.lexicon = strings.Repeat("0", 64)
	if _, err := a.Lexicon(); fault.KindOf(err) != fault.Unreadable {
		t.Errorf("another lexicon is read: %v", err)
	}
	delete(a.files, archiveLexicon)
	if _, err := a.Lexicon(); fault.KindOf(err) != fault.Unreadable {
		t.Errorf("one that is not there is read: %v", err)
	}
}

// BenchmarkAskWithLexicon asks where a lexicon of the largest number of entries
// is set, which is parsed once.
func BenchmarkAskWithLexicon(b *testing.B) {
	d := open(b, b.TempDir())
	metals(b, d, library.Local)
	var text strings.Builder
	for i := range 4000 {
		text.WriteString("word" + strings.Repeat("x", i%7) + time.Duration(i).String() + " => term 0.8, fee\n")
	}
	setLexicon(b, d, library.Local, wordsOfOurs+text.String())
	b.ReportAllocs()
	for b.Loop() {
		if !knows(b, d, library.Local) {
			b.Fatal("not known")
		}
	}
}
