package desk

import (
	"testing"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
)

func para(id string, n int) document.Ref {
	return document.Ref{Document: id, Pincite: document.Pincite{Kind: document.Paragraph, Number: n}}
}

// TestQuoted follows a passage through the versions of its document.
func TestQuoted(t *testing.T) {
	d := open(t, t.TempDir())
	who := library.Local
	one := add(t, d, who, source("rules.txt", "Bicycles must ring at the gate.\n\nDogs wait outside.\n\nTrams may pass.")).Entry
	same, err := d.Quoted(t.Context(), who, para("rules", 2), one.Hash[:8])
	if err != nil || same.Replaced() || same.Now != same.Then || same.Now.Passage.Text != "Dogs wait outside." {
		t.Fatalf("the present version: %+v, %v", same, err)
	}
	two := add(t, d, who, source("rules.txt", "Carts are new here.\n\nBicycles must stop at the gate.\n\nTrams may pass.")).Entry

	for _, tt := range []struct {
		number    int
		then, now string // now is empty where it was removed
		at        int
	}{
		{1, "Bicycles must ring at the gate.", "Bicycles must stop at the gate.", 2},
		{2, "Dogs wait outside.", "", 0},
		{3, "Trams may pass.", "Trams may pass.", 3},
	} {
		q, err := d.Quoted(t.Context(), who, para("rules", tt.number), one.Hash[:8])
		if err != nil || !q.Replaced() || q.Entry.Hash != two.Hash {
			t.Fatalf("¶ %d: %+v, %v", tt.number, q, err)
		}
		if q.Then == nil || q.Then.Passage.Text != tt.then || q.Then.Entry.Version != 1 || q.Then.Citation.Text() == "" {
			t.Errorf("¶ %d then: %+v", tt.number, q.Then)
		}
		switch {
		case tt.now == "" && q.Now != nil:
			t.Errorf("¶ %d is removed, and now %q", tt.number, q.Now.Passage.Text)
		case tt.now != "" && (q.Now == nil || q.Now.Passage.Text != tt.now || q.Now.Passage.Number != tt.at || q.Now.Entry.Version != 2):
			t.Errorf("¶ %d now: %+v", tt.number, q.Now)
		}
	}

	// Of a version that nobody kept, the number is all there is to go by.
	lost, err := d.Quoted(t.Context(), who, para("rules", 1), "00000000")
	if err != nil || lost.Then != nil || !lost.Replaced() || lost.Now.Passage.Text != "Carts are new here." {
		t.Errorf("an unknown version: %+v, %v", lost, err)
	}
	if _, err := d.Quoted(t.Context(), who, para("rules", 9), "00000000"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an unknown version's ¶ 9: %v", err)
	}
	if _, err := d.Quoted(t.Context(), server(t, "111111111111111111"), para("rules", 1), one.Hash[:8]); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another server reads an earlier version: %v", err)
	}
	if _, err := d.Remove(t.Context(), who, "rules"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Quoted(t.Context(), who, para("rules", 1), one.Hash[:8]); fault.KindOf(err) != fault.NotFound {
		t.Errorf("of a removed document: %v", err)
	}
}

// TestQuotedFromTheBaseCorpus: a server's document that has taken the place of
// one of the base corpus replaces it, and what was quoted is still shown.
func TestQuotedFromTheBaseCorpus(t *testing.T) {
	d := open(t, t.TempDir())
	_, base, err := d.Document(t.Context(), library.Local, "tolls")
	if err != nil {
		t.Fatal(err)
	}
	add(t, d, library.Local, source("tolls.md", "# Tolls\n\nNo toll is due.\n\nTolls are old.\n"))
	q, err := d.Quoted(t.Context(), library.Local, para("tolls", 2), base.Hash[:8])
	if err != nil || !q.Replaced() || q.Then == nil || q.Then.Entry.Corpus != library.Base || q.Now == nil || q.Now.Entry.Corpus != library.Local {
		t.Errorf("%+v, %v", q, err)
	}
}

// TestCompareAndReversal: what is said beforehand is what is then done.
func TestCompareAndReversal(t *testing.T) {
	d := open(t, t.TempDir())
	ctx, who := t.Context(), library.Local
	add(t, d, who, source("rules.txt", "Bicycles must ring at the gate.\n\nDogs wait outside."))
	if _, err := d.Reversal(ctx, who, "rules"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("nothing to undo: %v", err)
	}
	next := source("rules.txt", "Bicycles must stop at the gate.\n\nTrams may pass.")
	reading, err := d.Preview(ctx, next)
	if err != nil {
		t.Fatal(err)
	}
	entry, foreseen, err := d.Compare(ctx, who, "rules", reading.Document)
	if err != nil || entry.Version != 1 {
		t.Fatalf("%+v, %v", entry, err)
	}
	add(t, d, who, next)
	if versions, err := d.History(ctx, who, "rules"); err != nil || told(versions[0].Changes) != told(foreseen) || len(foreseen) != 3 {
		t.Errorf("foreseen %q, %v", told(foreseen), err)
	}
	r, err := d.Reversal(ctx, who, "rules")
	if err != nil || r.Current.Version != 2 || r.Earlier.Version != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := d.Undo(ctx, who, "rules", "Bo"); err != nil {
		t.Fatal(err)
	}
	if versions, err := d.History(ctx, who, "rules"); err != nil || told(versions[0].Changes) != told(r.Changes) || len(r.Changes) != 3 {
		t.Errorf("foreseen %q, %v", told(r.Changes), err)
	}
	for id, want := range map[string]fault.Kind{"tolls": fault.Forbidden, "none": fault.NotFound} {
		if _, _, err := d.Compare(ctx, who, id, reading.Document); fault.KindOf(err) != want {
			t.Errorf("compare %s: %v", id, err)
		}
		if _, err := d.Reversal(ctx, who, id); fault.KindOf(err) != want {
			t.Errorf("reversal of %s: %v", id, err)
		}
	}
}
