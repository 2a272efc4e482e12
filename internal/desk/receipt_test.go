package desk

import (
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
	"pincite/internal/words"
)

// TestReceipt proves a receipt, and refuses each way in which one can be wrong.
func TestReceipt(t *testing.T) {
	d := open(t, t.TempDir())
	ctx, who := t.Context(), library.Local
	add(t, d, who, source("rules.txt", "Bicycles “must” ring at the gate.\n\nDogs wait outside.\n\nTrams may pass."))
	p, err := d.Passage(ctx, who, "rules/p1")
	if err != nil {
		t.Fatal(err)
	}
	r := p.Receipt(words.Span{Start: 9, End: 27})
	proof, err := d.CheckReceipt(ctx, who, " "+r.String()+"\n")
	if err != nil || proof.Failing != "" || proof.Replaced() || proof.Now != nil {
		t.Fatalf("%+v, %v", proof, err)
	}
	if e := proof.Passage.Evidence[0]; proof.Passage.Passage.Text[e.Start:e.End] != "“must” ring at" {
		t.Errorf("proves %q", proof.Passage.Passage.Text[e.Start:e.End])
	}
	if whole, err := d.CheckReceipt(ctx, who, p.Receipt(words.Span{}).String()); err != nil || whole.Failing != "" {
		t.Errorf("of the whole passage: %+v, %v", whole, err)
	}
	for name, tt := range map[string]struct {
		spoil func(*Receipt)
		want  Failing
	}{
		"another document":         {func(r *Receipt) { r.Passage.Document = "tramway" }, NoSuchDocument},
		"another version":          {func(r *Receipt) { r.Version = strings.Repeat("0", receiptDigits) }, NoSuchVersion},
		"another passage":          {func(r *Receipt) { r.Passage.Number = 4 }, NoSuchPassage},
		"a footnote":               {func(r *Receipt) { r.Passage.Kind = document.Footnote }, NoSuchPassage},
		"past the end":             {func(r *Receipt) { r.Span.End = 400 }, NoSuchRange},
		"through a character":      {func(r *Receipt) { r.Span.Start = 10 }, NoSuchRange},
		"through another":          {func(r *Receipt) { r.Span.End = 10 }, NoSuchRange},
		"a byte more":              {func(r *Receipt) { r.Span.End++ }, OtherText},
		"another text's":           {func(r *Receipt) { r.Text = digestOf("Dogs") }, OtherText},
		"the same bytes elsewhere": {func(r *Receipt) { r.Passage.Number, r.Span = 2, words.Span{End: 4} }, OtherText},
	} {
		bad := r
		tt.spoil(&bad)
		proof, err := d.CheckReceipt(ctx, who, bad.String())
		if err != nil || proof.Failing != tt.want || proof.Passage != nil {
			t.Errorf("%s: %+v, %v; want %q", name, proof, err, tt.want)
		}
	}
	for _, bad := range []string{
		"", "rules/p1", r.String() + "0", strings.ToUpper(r.String()), strings.Replace(r.String(), ":9-", ":-9-", 1),
		strings.Replace(r.String(), "pincite1", "pincite2", 1), strings.Replace(r.String(), ":9-27", ":09-27", 1),
		strings.Replace(r.String(), ":9-27", ":27-9", 1),
	} {
		if _, err := d.CheckReceipt(ctx, who, bad); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if other, err := d.CheckReceipt(ctx, server(t, "111111111111111111"), r.String()); err != nil || other.Failing != NoSuchDocument {
		t.Errorf("another server: %+v, %v", other, err)
	}

	// The version is replaced, and kept; the receipt holds and says so.
	add(t, d, who, source("rules.txt", "Carts are new here.\n\nBicycles must stop at the gate.\n\nTrams may pass."))
	proof, err = d.CheckReceipt(ctx, who, r.String())
	if err != nil || proof.Failing != "" || !proof.Replaced() || proof.Passage.Entry.Version != 1 || proof.Present.Version != 2 {
		t.Fatalf("after the replacement: %+v, %v", proof, err)
	}
	if proof.Now == nil || proof.Now.Passage.Number != 2 {
		t.Errorf("it has become %+v", proof.Now)
	}
	if _, err := d.Remove(ctx, who, "rules"); err != nil {
		t.Fatal(err)
	}
	if proof, err := d.CheckReceipt(ctx, who, r.String()); err != nil || proof.Failing != NoSuchDocument {
		t.Errorf("after the removal: %+v, %v", proof, err)
	}
}

// FuzzParseReceipt holds that what parses prints as it was read.
func FuzzParseReceipt(f *testing.F) {
	digest := strings.Repeat("0a", receiptDigits/2)
	for _, seed := range []string{"pincite1:a/p1:" + digest + ":0-1:" + digest, "pincite1:a/n. 1:" + digest + ":0-1:" + digest, "pincite1::::", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if r, err := ParseReceipt(s); err == nil && r.String() != strings.TrimSpace(s) {
			t.Fatalf("%q reads as %q", s, r)
		}
	})
}
