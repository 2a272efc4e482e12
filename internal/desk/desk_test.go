package desk

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pincite/internal/answer"
	"pincite/internal/cite"
	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/ingest"
	"pincite/internal/library"
	"pincite/internal/words"
)

// open opens a desk on a data folder, with a base corpus of one document.
func open(t testing.TB, dir string) *Desk {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	lib, err := library.Open(library.Config{
		Dir:  dir,
		Base: fstest.MapFS{"tolls.md": {Data: []byte("# Tolls\n\nA toll is a charge for passage.[^1]\n\nTolls are old.\n\n[^1]: Oxford.\n")}},
		Read: func(ctx context.Context, name string, raw []byte) (*document.Document, error) {
			reading, err := ingest.Read(ctx, ingest.Source{Name: name, Bytes: raw}, ingest.DefaultLimits())
			if err != nil {
				return nil, err
			}
			return reading.Document, nil
		},
		Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lib.Close() })
	a := words.NewAnalyzer()
	return New(Config{
		Library: lib, Words: a, Log: log,
		Indexes: index.NewStore(filepath.Join(dir, "index"), a, time.Now, log),
	})
}

func source(name, text string) Addition {
	return Addition{Source: ingest.Source{Name: name, Bytes: []byte(text)}, By: "tester"}
}

func add(t testing.TB, d *Desk, who library.CorpusID, a Addition) *Added {
	t.Helper()
	added, err := d.Add(t.Context(), who, a)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

// first is the id of the first passage of an answer, and its evidence.
func first(t testing.TB, d *Desk, who library.CorpusID, question string) (string, string) {
	t.Helper()
	a, err := d.Ask(t.Context(), who, answer.Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Passages) == 0 {
		return "", ""
	}
	p := &a.Passages[0]
	return p.Ref().String(), p.Passage.Text[p.Evidence[0].Start:p.Evidence[0].End]
}

func server(t testing.TB, id string) library.CorpusID {
	t.Helper()
	c, err := library.Server(id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAddIsFoundAtOnceAndByAnother(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	if ref, _ := first(t, d, library.Local, "zebra crossings"); ref != "" {
		t.Fatalf("found %s before it was added", ref)
	}
	added := add(t, d, library.Local, source("zebras.txt", "Zebra crossings are striped.\n\nThey protect walkers."))
	if added.Change != library.Added || added.Entry.Paragraphs != 2 {
		t.Errorf("added %+v", added.Outcome)
	}
	ref, evidence := first(t, d, library.Local, "Are zebra crossings striped?")
	if ref != "zebras/p1" || evidence != "Zebra crossings are striped." {
		t.Errorf("first is %s, %q", ref, evidence)
	}
	if ref, _ := first(t, open(t, dir), library.Local, "zebra crossings"); ref != "zebras/p1" {
		t.Errorf("another process finds %q first", ref)
	}
}

func TestReplacedAndRemoved(t *testing.T) {
	d := open(t, t.TempDir())
	add(t, d, library.Local, source("rules.txt", "Bicycles must ring."))
	if again := add(t, d, library.Local, source("rules.txt", "Bicycles must ring.")); again.Change != library.Unchanged {
		t.Errorf("the same again is %s", again.Change)
	}
	replaced := add(t, d, library.Local, source("rules.txt", "Bicycles must stop.\n\nTrams may pass."))
	if replaced.Change != library.Replaced || replaced.Previous == nil || replaced.Entry.Version != 2 {
		t.Errorf("replaced: %+v", replaced.Outcome)
	}
	if _, evidence := first(t, d, library.Local, "what must bicycles do"); evidence != "Bicycles must stop." {
		t.Errorf("the old text answers: %q", evidence)
	}
	if _, err := d.Remove(t.Context(), library.Local, "rules"); err != nil {
		t.Fatal(err)
	}
	if ref, _ := first(t, d, library.Local, "what must bicycles do"); ref != "" {
		t.Errorf("removed, and still found as %s", ref)
	}
	for _, id := range []string{"rules", "tolls"} {
		if _, err := d.Remove(t.Context(), library.Local, id); fault.KindOf(err) == fault.Internal {
			t.Errorf("remove %s: %v", id, err)
		}
	}
}

// TestServersDoNotSeeEachOther is promise 4: neither texts nor ids nor
// statistics of one server's documents reach another or someone without any.
func TestServersDoNotSeeEachOther(t *testing.T) {
	d := open(t, t.TempDir())
	one, two := server(t, "111111111111111111"), server(t, "222222222222222222")
	before, err := d.Ask(t.Context(), two, answer.Request{Question: "what is a toll and a secret plan"})
	if err != nil {
		t.Fatal(err)
	}
	add(t, d, one, source("secret.txt", "The secret plan is a toll on tolls.\n\nA secret toll."))
	for _, who := range []library.CorpusID{two, library.Base, library.Local} {
		after, err := d.Ask(t.Context(), who, answer.Request{Question: "what is a toll and a secret plan"})
		if err != nil {
			t.Fatal(err)
		}
		if after.Confidence != before.Confidence || after.Passages[0].Score != before.Passages[0].Score ||
			strings.Join(after.Missing, " ") != strings.Join(before.Missing, " ") {
			t.Errorf("%s: the other server's document shows: %+v, before %+v", who, after, before)
		}
		if _, _, err := d.Document(t.Context(), who, "secret"); fault.KindOf(err) != fault.NotFound || strings.Contains(fault.Sentence(err), "Is it") {
			t.Errorf("%s: document: %v", who, err)
		}
		if _, err := d.Passage(t.Context(), who, "secret/p1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: passage: %v", who, err)
		}
		if results, err := d.Search(t.Context(), who, "secret", 0, 10); err != nil || results.Total != 0 {
			t.Errorf("%s: search: %+v, %v", who, results, err)
		}
	}
	if ref, _ := first(t, d, one, "secret plan"); ref != "secret/p1" {
		t.Errorf("its own server finds %q", ref)
	}
	if err := d.Purge(t.Context(), one); err != nil {
		t.Fatal(err)
	}
	if ref, _ := first(t, d, one, "secret plan"); ref != "" {
		t.Errorf("purged, and still found as %s", ref)
	}
}

func TestFollow(t *testing.T) {
	dir := t.TempDir()
	bot, shell := open(t, dir), open(t, dir)
	who := server(t, "111111111111111111")
	add(t, shell, who, source("a.txt", "Quicksilver is a metal."))
	if ref, _ := first(t, bot, who, "quicksilver"); ref != "a/p1" {
		t.Fatalf("found %q", ref)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- bot.Follow(ctx) }()
	add(t, shell, who, source("b.txt", "Molybdenum is a metal too."))
	deadline := time.After(20 * time.Second)
	for {
		if ref, _ := first(t, bot, who, "molybdenum"); ref == "b/p1" {
			break
		}
		select {
		case <-deadline:
			t.Fatal("what another process added is not found")
		case <-time.After(20 * time.Millisecond):
		}
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Follow ended with %v", err)
	}
}

// TestDamagedDocumentIsLeftOut damages one of two stored documents.
func TestDamagedDocumentIsLeftOut(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	add(t, d, library.Local, source("good.txt", "Copper is red."))
	add(t, d, library.Local, source("bad.txt", "Lead is grey."))
	files, err := filepath.Glob(filepath.Join(dir, "corpora", "local", "bad", "*", "document.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("stored as %v, %v", files, err)
	}
	if err := os.Truncate(files[0], 10); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "index")); err != nil {
		t.Fatal(err)
	}
	other := open(t, dir)
	if ref, _ := first(t, other, library.Local, "copper red"); ref != "good/p1" {
		t.Errorf("the good one is found as %q", ref)
	}
	if ref, _ := first(t, other, library.Local, "lead grey"); ref != "" {
		t.Errorf("the damaged one is found as %q", ref)
	}
}

func TestPassageAndCitation(t *testing.T) {
	d := open(t, t.TempDir())
	p, err := d.Passage(t.Context(), library.Base, "tolls/¶ 1")
	if err != nil {
		t.Fatal(err)
	}
	if p.Passage.Text != "A toll is a charge for passage.[1]" || len(p.Notes) != 1 || p.Notes[0].Text != "Oxford." {
		t.Errorf("passage %+v with notes %v", p.Passage, p.Notes)
	}
	_, c, err := d.Cite(t.Context(), library.Base, "tolls/n1", cite.Plain)
	if err != nil || c.Text() != "Tolls, ¶ 1, n. 1." {
		t.Errorf("citation %q, %v", c.Text(), err)
	}
	for id, kind := range map[string]fault.Kind{
		"tolls/p3": fault.NotFound, "tols/p1": fault.NotFound, "tolls": fault.Invalid, "tolls/x": fault.Invalid, "": fault.Invalid,
	} {
		if _, err := d.Passage(t.Context(), library.Base, id); fault.KindOf(err) != kind {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// TestOnlyVerbatimIsHandedOut alters what a view would quote.
func TestOnlyVerbatimIsHandedOut(t *testing.T) {
	d := open(t, t.TempDir())
	s, err := d.see(t.Context(), library.Base)
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := d.Document(t.Context(), library.Base, "tolls")
	if err != nil {
		t.Fatal(err)
	}
	altered := doc.Passages[0]
	altered.Text = strings.Replace(altered.Text, "is a", "is no", 1)
	for name, p := range map[string]Passage{
		"altered text":         {Document: doc, Passage: &altered},
		"evidence beyond":      {Document: doc, Passage: &doc.Passages[0], Evidence: []words.Span{{Start: 0, End: 1000}}},
		"evidence upside down": {Document: doc, Passage: &doc.Passages[0], Evidence: []words.Span{{Start: 5, End: 2}}},
	} {
		if err := d.handOut(t.Context(), s, &p); !errors.Is(err, errNotVerbatim) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestManyServers(t *testing.T) {
	d := open(t, t.TempDir())
	for i := range maxShelves + 20 {
		who := server(t, "1000000000000000"+string(rune('0'+i/100))+string(rune('0'+i/10%10))+string(rune('0'+i%10)))
		if ref, _ := first(t, d, who, "which charge for passage"); ref != "tolls/p1" {
			t.Fatalf("server %d finds %q", i, ref)
		}
	}
	if n := len(d.shelves); n > maxShelves {
		t.Errorf("%d corpora are open, want at most %d", n, maxShelves)
	}
	if _, ok := d.shelves[library.Base]; !ok {
		t.Error("the base corpus was dropped")
	}
}
