package desk

import (
	"testing"

	"pincite/internal/fault"
	"pincite/internal/library"
	"pincite/internal/quote"
)

// TestVerify checks quotations against the base corpus and a server's own
// documents, in their present versions.
func TestVerify(t *testing.T) {
	d := open(t, t.TempDir())
	ctx, who := t.Context(), library.Local
	one := add(t, d, who, source("rules.txt", "Bicycles must ring at the gate.\n\nDogs wait outside.")).Entry
	v, err := d.Verify(ctx, who, "“bicycles must ring”")
	if err != nil || v.Verdict != quote.Exact || len(v.Places) != 1 {
		t.Fatalf("%+v, %v", v, err)
	}
	p := v.Places[0].Passages[0]
	if e := p.Evidence[0]; p.Ref().String() != "rules/p1" || p.Entry.Hash != one.Hash || p.Passage.Text[e.Start:e.End] != "Bicycles must ring" {
		t.Errorf("%s of %s, %v", p.Ref(), p.Entry.Hash, p.Evidence)
	}
	two := add(t, d, who, source("rules.txt", "Bicycles must stop at the gate.\n\nDogs wait outside.")).Entry
	v, err = d.Verify(ctx, who, "Bicycles must ring at the gate.")
	if err != nil || v.Verdict != quote.Altered || v.Places[0].Passages[0].Entry.Hash != two.Hash {
		t.Fatalf("of a replaced version: %+v, %v", v, err)
	}
	if diff := v.Places[0].Differences; len(diff) != 1 || diff[0].Quote != "ring" || diff[0].Source != "stop" {
		t.Errorf("differences: %+v", diff)
	}
	// Another server does not see it, and nothing is near.
	v, err = d.Verify(ctx, server(t, "111111111111111111"), "Bicycles must stop at the gate.")
	if err != nil || v.Verdict != quote.Absent || len(v.Places) != 0 {
		t.Errorf("another server: %+v, %v", v, err)
	}
	if _, err := d.Verify(ctx, who, "“…”"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("no words: %v", err)
	}
}
