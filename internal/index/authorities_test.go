package index

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/document"
)

func TestCovers(t *testing.T) {
	for _, test := range []struct {
		key, asked string
		want       bool
	}{
		{"usc/50/3091", "usc/50/3091", true},
		{"usc/50/3091", "usc/50/309", false},
		{"usc/50/1541-1548", "usc/50/1541", true},
		{"usc/50/1541-1548", "usc/50/1546a", true},
		{"usc/50/1541-1548", "usc/50/1548", true},
		{"usc/50/1541-1548", "usc/50/1548a", false},
		{"usc/50/1541-1548", "usc/50/1549", false},
		{"usc/50/1541-1548", "usc/5/1543", false},
		{"usc/50/1541-1548", "usc/50/1543-1544", true},
		{"usc/50/1543", "usc/50/1541-1548", true},
		{"usc/50/1541-1544", "usc/50/1543-1548", false},
		// The hyphen is the section's own.
		{"usc/42/2000e-5", "usc/42/2000e", false},
		{"usc/42/2000e-5", "usc/42/4", false},
		{"usc/42/1320a-7b", "usc/42/8", false},
		{"usc/42/2000e-5", "usc/42/1999-2001", false},
		{"un-charter/2(4)", "un-charter/2", true},
		{"un-charter/2", "un-charter/2(4)", false},
		{"un-charter/25", "un-charter/2", false},
		{"const/article-2/section-2", "const/article-2", true},
		{"const/amendment-14", "const/amendment-1", false},
		{"cfr/10/810.2", "cfr/10/810", true},
		{"cfr/10/810.2", "cfr/10/81", false},
		{"cfr/10/810.25", "cfr/10/810.2", false},
		{"publ/107/40", "publ/107/4", false},
		{"eo/12333", "eo/123", false},
		{"", "usc/50/3091", false},
		{"?", "usc/50/3091", false},
	} {
		if got := Covers(test.key, test.asked); got != test.want {
			t.Errorf("%s covers %s: %t", test.key, test.asked, got)
		}
	}
}

// named prints a view's authorities.
func named(t testing.TB, v *View) []string {
	t.Helper()
	list, err := v.Authorities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, a := range list {
		line := a.Key + ":"
		for _, r := range a.Passages {
			line += " " + r.String()
		}
		lines = append(lines, line)
	}
	return lines
}

func TestAuthoritiesOfView(t *testing.T) {
	v := viewOf(t, synced(t, testStore(t, "").Corpus("base"),
		entryOf("b", "Under 50 U.S.C. § 3091 notice is due; 50 U.S.C. § 3091 says so.", "Nothing."),
		entryOf("a", "Pub. L. No. 107-40 is not Article 51.", "It adds to 50 U.S.C. § 3091.")))
	want := []string{": a/p1", "publ/107/40: a/p1", "usc/50/3091: a/p2 b/p1"}
	if diff := cmp.Diff(want, named(t, v)); diff != "" {
		t.Errorf("authorities (-want +got):\n%s", diff)
	}
	if got := named(t, viewOf(t, synced(t, testStore(t, "").Corpus("base"), entryOf("c", "No law is named.")))); got != nil {
		t.Errorf("a corpus that names nothing has %v", got)
	}
}

// TestAuthoritiesWhateverTheDivision adds, replaces and removes documents at
// random, and holds that what is named and found by it is what an index built
// at once would give.
func TestAuthoritiesWhateverTheDivision(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	store := testStore(t, t.TempDir())
	store.memoryPassages, store.maxParts = 4, 3
	base, own := store.Corpus("base"), store.Corpus("own")
	held := map[*Corpus]map[string]Entry{base: {}, own: {}}
	keys := func(corpora ...*Corpus) string {
		v := viewOf(t, corpora...)
		lines := named(t, v)
		for n := range 12 {
			key := fmt.Sprintf("usc/50/%d", 3090+n)
			hits, err := v.Find(t.Context(), Keywords{Cites: []Cites{{Key: key}}}, 0, 100)
			if err != nil {
				t.Fatal(err)
			}
			line := fmt.Sprintf("%s found %d:", key, hits.Total)
			for _, h := range hits.Hits {
				line += " " + h.Ref().String()
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	for step := range 30 {
		corpus := base
		if r.IntN(2) == 0 {
			corpus = own
		}
		id := fmt.Sprintf("d%d", r.IntN(6))
		if _, ok := held[corpus][id]; ok && r.IntN(3) == 0 {
			delete(held[corpus], id)
		} else {
			var paragraphs []string
			for range 1 + r.IntN(5) {
				paragraphs = append(paragraphs, fmt.Sprintf("See 50 U.S.C. § %d and 50 U.S.C. § %d.", 3090+r.IntN(12), 3090+r.IntN(12)))
			}
			held[corpus][id] = entryOf(id, paragraphs...)
		}
		fresh := testStore(t, "")
		var once []*Corpus
		for _, c := range []*Corpus{base, own} {
			var entries []Entry
			for _, e := range held[c] {
				entries = append(entries, e)
			}
			synced(t, c, entries...)
			once = append(once, synced(t, fresh.Corpus(c.name), entries...))
		}
		if diff := cmp.Diff(keys(once...), keys(base, own)); diff != "" {
			t.Fatalf("step %d (-built at once +kept in step):\n%s", step, diff)
		}
	}
}

func TestNamedFollowsTheMarkers(t *testing.T) {
	d := &document.Document{ID: "a", Title: "A", Passages: []document.Passage{
		{Kind: document.Paragraph, Number: 1, Text: "It is law.[1]", Markers: []document.Marker{{Start: 10, End: 13, Note: 1}}},
		{Kind: document.Paragraph, Number: 2, Text: "So is 5 U.S.C. § 551.[2]", Markers: []document.Marker{{Start: 22, End: 25, Note: 2}}},
		{Kind: document.Footnote, Number: 1, Text: "50 U.S.C. § 3091."},
		{Kind: document.Footnote, Number: 2, Text: "Id. at 7."},
	}}
	found := Named(d)
	if len(found) != 4 || len(found[0]) != 0 || len(found[1]) != 1 || found[1][0].Key != "usc/5/551" || len(found[2]) != 1 || found[2][0].Key != "usc/50/3091" {
		t.Fatalf("found %+v", found)
	}
	for i, list := range found {
		for _, f := range list {
			if f.Start < 0 || f.End > len(d.Passages[i].Text) || f.Start >= f.End {
				t.Errorf("%s is not within its passage: %d–%d", f.Key, f.Start, f.End)
			}
		}
	}
	// What "id." in footnote 2 stands for is the authority of ¶ 2, which is read
	// just before it, and never the one of footnote 1.
	for _, f := range found[3] {
		if f.Key == "usc/50/3091" {
			t.Errorf("id. is taken for the footnote before: %+v", f)
		}
	}
}

func TestParseCites(t *testing.T) {
	for keywords, want := range map[string][]Cites{
		`cites:usc/50/3091`:                             {{Key: "usc/50/3091"}},
		`+cites:usc/50/3091`:                            {{Key: "usc/50/3091"}},
		`notice cites:"50 U.S.C. § 3091" kind:note`:     {{Key: "usc/50/3091"}},
		`cites:«Pub. L. No. 107-40» -cites:"5 USC 551"`: {{Key: "publ/107/40"}, {Key: "usc/5/551", Not: true}},
		`notice -cites:“5 USC 551”`:                     {{Key: "usc/5/551", Not: true}},
	} {
		k, err := ParseKeywords(testStore(t, "").words, keywords)
		if err != nil {
			t.Errorf("%s: %v", keywords, err)
			continue
		}
		if diff := cmp.Diff(want, k.Cites); diff != "" {
			t.Errorf("%s (-want +got):\n%s", keywords, diff)
		}
	}
	for keywords, want := range map[string]string{
		`cites:`:                                     "cites: takes a law",
		`cites:50 U.S.C. § 3091`:                     "in quotation marks where it has spaces",
		`notice cites:"the rules"`:                   "at character 14 (\"the rules\")",
		`cites:"50 U.S.C. § 3091`:                    "the quotation mark has no partner",
		`notice OR cites:usc/50/3091`:                "cites: cannot be joined by OR",
		`-cites:usc/50/3091`:                         "there is no word to search for",
		strings.Repeat("cites:usc/5/1 ", maxTerms+1): "at most 40",
	} {
		_, err := ParseKeywords(testStore(t, "").words, keywords)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", keywords, err, want)
		}
	}
}
