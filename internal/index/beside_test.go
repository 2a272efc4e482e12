package index

import (
	"slices"
	"strings"
	"testing"

	"pincite/internal/document"
)

// TestBeside keeps the passages that have the words of each phrase side by side.
func TestBeside(t *testing.T) {
	v := viewOf(t, synced(t, testStore(t, "").Corpus("base"), entryOf("rules",
		"Pilots board at the breakwater, and no one else.",
		"At the board, pilots wait. It’s late—no one’s there.",
		"The of\ufb01ce closes at six (see [12] below).")))
	for _, tt := range []struct {
		phrases []string
		want    []string
	}{
		{nil, []string{"rules/p1", "rules/p2", "rules/p3"}},
		{[]string{"board"}, []string{"rules/p1", "rules/p2", "rules/p3"}}, // one word has no pair
		{[]string{"at the"}, []string{"rules/p1", "rules/p2"}},
		{[]string{"AT THE Breakwater"}, []string{"rules/p1"}},
		{[]string{"no one"}, []string{"rules/p1", "rules/p2"}},
		{[]string{"no one", "at the board"}, []string{"rules/p2"}},
		{[]string{"it's late -- no one's there"}, []string{"rules/p2"}},
		{[]string{"the office closes"}, []string{"rules/p3"}},
		{[]string{"see below"}, []string{"rules/p3"}}, // a marker left out
		{[]string{"see 12"}, []string{"rules/p3"}},
		{[]string{"pilots wait at"}, nil},
	} {
		var got []string
		for _, s := range v.Beside(v.Everything(), tt.phrases) {
			d, p, err := s.Load(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, d.Ref(p).String())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %v, want %v", tt.phrases, got, tt.want)
		}
	}
}

// FuzzSignature holds that a passage is kept for any stretch of its own words,
// with its markers or without them.
func FuzzSignature(f *testing.F) {
	for _, text := range []string{"a b c", "a [1] b", "x.[12][13] y", "a¹ b", "1 2 3", "it's a ﬁne cafe\u0301", "a-b—c", "[1] [2] [3] [4] [5] [6] [7] [8] [9] [10] a"} {
		f.Add(text, uint(0), uint(5), uint(2), uint(5))
	}
	f.Fuzz(func(t *testing.T, text string, i, j, from, to uint) {
		text = strings.TrimSpace(text)
		p := document.Passage{Kind: document.Paragraph, Number: 1, Text: text}
		a, b := int(from%uint(len(text)+1)), int(to%uint(len(text)+1))
		if a < b {
			p.Markers = []document.Marker{{Start: a, End: b, Note: 1}}
		}
		d := &document.Document{ID: "a", Title: "a", Passages: []document.Passage{p, {Kind: document.Footnote, Number: 1, Text: "a"}}}
		if d.Validate() != nil {
			return
		}
		type run struct {
			word   uint32
			marked bool
		}
		var runs []run
		eachRun(text, func(word uint32, start, end int) {
			runs = append(runs, run{word, a < b && start < b && end > a})
		})
		if len(runs) < 2 {
			return
		}
		first := int(i % uint(len(runs)))
		last := first + int(j%uint(len(runs)-first))
		var all, unmarked []uint32
		for _, r := range runs[first : last+1] {
			all = append(all, r.word)
			if !r.marked {
				unmarked = append(unmarked, r.word)
			}
		}
		s := sign(&p)
		for _, list := range [][]uint32{all, unmarked} {
			for k := 1; k < len(list); k++ {
				if !s.has(pair(list[k-1], list[k])) {
					t.Fatalf("%q has not the words %d and %d of %v side by side", text, k-1, k, runs)
				}
			}
		}
	})
}
