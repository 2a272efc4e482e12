package index

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/words"
)

// TestSharing finds the passages that have all of some words, and those that
// have the rarest, in a view of two corpora of which one hides a document.
func TestSharing(t *testing.T) {
	store := testStore(t, "")
	base := synced(t, store.Corpus("base"),
		entryOf("rules", "Pilots board at the breakwater.", "Pilots wait."),
		entryOf("hidden", "Pilots board a lantern at the breakwater."))
	own := synced(t, store.Corpus("own"),
		entryOf("hidden", "Nothing of that."),
		entryOf("atlas", "The breakwater was drawn by pilots who board.", "A lantern."))
	v := viewOf(t, base, own)
	a := words.NewAnalyzer()
	found := func(list []Sharer) []string {
		var ids []string
		for _, s := range list {
			d, p, err := s.Load(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, d.Ref(p).String())
		}
		return ids
	}
	for _, tt := range []struct {
		words     []string
		most      int
		all, best []string
	}{
		{[]string{"pilots", "board", "breakwater", "board"}, 9, []string{"atlas/p1", "rules/p1"}, []string{"atlas/p1", "rules/p1", "rules/p2"}},
		{[]string{"pilots", "board", "breakwater"}, 1, []string{"atlas/p1", "rules/p1"}, []string{"atlas/p1"}},
		{[]string{"lantern"}, 9, []string{"atlas/p2"}, []string{"atlas/p2"}},
		{[]string{"lantern", "whale"}, 9, nil, []string{"atlas/p2"}},
		{[]string{"whale"}, 9, nil, nil},
		{nil, 9, nil, nil},
	} {
		var stems []string
		for _, w := range tt.words {
			stems = append(stems, a.Stem(w))
		}
		shared, err := v.Sharing(t.Context(), stems, tt.most)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.all, found(shared.All)); diff != "" {
			t.Errorf("all with %v (-want +got):\n%s", tt.words, diff)
		}
		if diff := cmp.Diff(tt.best, found(shared.Most)); diff != "" {
			t.Errorf("most of %v (-want +got):\n%s", tt.words, diff)
		}
	}
	want := []string{"atlas/p1", "atlas/p2", "hidden/p1", "rules/p1", "rules/p2"}
	if got := found(v.Everything()); !slices.Equal(got, want) {
		t.Errorf("everything: %v, want %v", got, want)
	}
}
