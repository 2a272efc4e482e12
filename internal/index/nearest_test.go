package index

import "testing"

func TestEdits(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"treaty", "treaty", 0},
		{"treaty", "traety", 1},
		{"treaty", "treat", 1},
		{"treaty", "treetis", 3},
		{"shienbaum", "sheinbaum", 1},
		{"quintaro", "quintero", 1},
		{"war", "peace", 4},
	} {
		if got := edits([]rune(test.a), []rune(test.b), 3); got != test.want {
			t.Errorf("%q to %q takes %d edits, want %d", test.a, test.b, got, test.want)
		}
		if got := edits([]rune(test.b), []rune(test.a), 3); got != test.want {
			t.Errorf("%q to %q takes %d edits, want %d", test.b, test.a, got, test.want)
		}
	}
}

// FuzzEdits holds that edits is a metric up to its limit.
func FuzzEdits(f *testing.F) {
	f.Add("kitten", "sitting")
	f.Add("ab", "ba")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := []rune(a), []rune(b)
		if len(x) > 30 || len(y) > 30 {
			return
		}
		d := edits(x, y, 30)
		if d != edits(y, x, 30) || (d == 0) != (string(x) == string(y)) || d > max(len(x), len(y)) || d < len(x)-len(y) || d < len(y)-len(x) {
			t.Fatalf("%q and %q are %d apart, and %d", a, b, d, edits(y, x, 30))
		}
		if d > 2 && edits(x, y, 2) != 3 {
			t.Fatalf("%q and %q are %d apart, %d within 2", a, b, d, edits(x, y, 2))
		}
	})
}

func TestNearest(t *testing.T) {
	store := testStore(t, "")
	v := viewOf(t, synced(t, store.Corpus("x"),
		entryOf("a", "Sovereignty of Sheinbaum's state", "sovereign states", "the treaties", "an extradition"),
		entryOf("b", "treaty treaty", "cases")))
	for stem, want := range map[string]string{
		"soverignti": "sovereignti", "shienbaum": "sheinbaum", "treati": "treati", "trety": "", "extradict": "extradit",
		"cas": "", "zeppelin": "", "weather": "", "": "",
	} {
		near, err := v.Nearest(t.Context(), stem)
		if err != nil {
			t.Fatal(err)
		}
		if near != want {
			t.Errorf("%q is mended as %q, want %q", stem, near, want)
		}
	}
}
