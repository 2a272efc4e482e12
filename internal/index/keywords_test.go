package index

import (
	"errors"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/words"
)

// print writes parsed keywords in one line, for comparison.
func (k Keywords) print() string {
	var b strings.Builder
	for _, g := range k.Groups {
		b.WriteString([]string{" ", " +", " -"}[g.Occurs])
		for i, t := range g.Terms {
			if i > 0 {
				b.WriteString("|")
			}
			b.WriteString(strings.Join(t.Words, "_"))
			if t.Prefix {
				b.WriteString("*")
			}
		}
	}
	if k.Document != "" {
		b.WriteString(" in:" + k.Document)
	}
	if k.Kind != "" {
		b.WriteString(" kind:" + string(k.Kind))
	}
	return strings.TrimSpace(b.String())
}

func TestParseKeywords(t *testing.T) {
	a := words.NewAnalyzer()
	for in, want := range map[string]string{
		"cartel":                            "cartel",
		`"use of force"  treaty`:            "use_of_force treaty",
		"+cartel -syria strik*":             "+cartel -syria strik*",
		"law OR treaty war":                 "law|treaty war",
		`+"self defence" OR "self-defense"`: "+self_defence|self_defense",
		"force in:article kind:note":        "force in:article kind:footnote",
		"force kind:paragraph":              "force kind:paragraph",
		"“curly quotes”":                    "curly_quotes",
		"what's the law?":                   "law",
		"art.51 9:30":                       "art_51 9_30",
		`a"b`:                               "",
		"-":                                 "",
		"+ x":                               "",
		"OR law":                            "",
		"law OR":                            "",
		"law OR OR war":                     "",
		"law OR +war":                       "",
		"law OR in:x":                       "",
		`"open`:                             "",
		"the":                               "",
		"+the law":                          "",
		"the OR law":                        "",
		`"to be"`:                           "",
		"a*":                                "",
		"st*r":                              "",
		"-law":                              "",
		"":                                  "",
		"  ":                                "",
		"?!":                                "",
		"in:":                               "",
		"in:Some_Thing law":                 "",
		"in:a in:b law":                     "",
		"kind:chapter law":                  "",
		"in:article":                        "",
		"law-abiding*":                      "",
		strings.Repeat("law ", 600):         "",
		strings.Repeat("law ", maxTerms+1):  "",
		"ſ* café OR CAFÉ":                   "",
		"caf* OR café":                      "caf*|cafe",
		"+law OR war -peace":                "+law|war -peace",
	} {
		got, err := ParseKeywords(a, in)
		if want == "" {
			var bad *SyntaxError
			if !errors.As(err, &bad) {
				t.Errorf("%q reads as %q, %v; want an error that shows the place", in, got.print(), err)
			}
			continue
		}
		if err != nil || got.print() != want {
			t.Errorf("%q reads as %q, %v; want %q", in, got.print(), err, want)
		}
	}
}

func TestSyntaxErrorShowsThePlace(t *testing.T) {
	for in, want := range map[string]string{
		`treaty "of Rome`: `at character 8 ("of Rome), the quotation mark has no partner`,
		`law OR`:          `at character 5 (OR), OR needs a word on both sides`,
		`kind:chapter`:    `at character 6 (chapter), kind: takes note or paragraph`,
		`-law`:            `at the end, there is no word to search for`,
	} {
		if _, err := ParseKeywords(words.NewAnalyzer(), in); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

func keywordView(t testing.TB) *View {
	d := &document.Document{ID: "law", Title: "Strikes", Passages: []document.Passage{
		{Kind: document.Paragraph, Number: 1, Text: "The policy of strikes.[1]", Markers: []document.Marker{{Start: 22, End: 25, Note: 1}}},
		{Kind: document.Paragraph, Number: 2, Text: "Self-defense and the use of force; force again."},
		{Kind: document.Paragraph, Number: 3, Text: "Force of use: a striking designation."},
		{Kind: document.Footnote, Number: 1, Text: "On policies and designing them."},
	}}
	store := testStore(t, "")
	return viewOf(t, synced(t, store.Corpus("x"), entryFor(d), entryOf("war", "A policy on war.", "No strike.")))
}

func TestFind(t *testing.T) {
	v := keywordView(t)
	for in, want := range map[string]string{
		"policy":                 "law/n1 law/p1 war/p1",
		"policy kind:note":       "law/n1",
		"policy in:war":          "war/p1",
		"+policy war":            "war/p1 law/n1 law/p1",
		"strike -policy":         "war/p2 law/p3",
		`"use of force"`:         "law/p2",
		`"force of use"`:         "law/p3",
		"designat*":              "law/p3",
		"design*":                "law/n1 law/p3",
		"polic*":                 "law/n1 law/p1 war/p1",
		"war OR designation":     "war/p1 law/n1 law/p3",
		"+force +policy":         "",
		"+war OR force":          "war/p1 law/p2 law/p3",
		"unheard":                "",
		`"self defense" unheard`: "law/p2",
	} {
		k, err := ParseKeywords(v.words, in)
		if err != nil {
			t.Fatal(err)
		}
		hits, err := v.Find(t.Context(), k, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		var refs []string
		for i := range hits.Hits {
			refs = append(refs, hits.Hits[i].Ref().String())
			for _, s := range hits.Hits[i].Spans {
				if s.Start >= s.End || s.End > len(hits.Hits[i].Passage.Text) {
					t.Errorf("%q: span %+v", in, s)
				}
			}
		}
		// Which of two equal passages is first depends on their lengths.
		if got := strings.Join(refs, " "); !sameSet(got, want) || hits.Total != len(refs) {
			t.Errorf("%q finds %q, %d in all; want %q", in, got, hits.Total, want)
		}
	}
}

func sameSet(a, b string) bool {
	count := make(map[string]int)
	for x := range strings.FieldsSeq(a) {
		count[x]++
	}
	for x := range strings.FieldsSeq(b) {
		count[x]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestFindPages(t *testing.T) {
	v := keywordView(t)
	k, err := ParseKeywords(v.words, "policy OR force OR strike")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := v.Find(t.Context(), k, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var paged []string
	for offset := 0; offset < whole.Total+2; offset += 2 {
		page, err := v.Find(t.Context(), k, offset, 2)
		if err != nil || page.Total != whole.Total {
			t.Fatalf("page at %d: %v, %d in all of %d", offset, err, page.Total, whole.Total)
		}
		for i := range page.Hits {
			paged = append(paged, page.Hits[i].Ref().String())
		}
	}
	for i := range whole.Hits {
		if i >= len(paged) || paged[i] != whole.Hits[i].Ref().String() {
			t.Fatalf("pages %v, whole %v", paged, whole.Hits)
		}
	}
}

// TestFindIsExact holds Find against reading every passage.
func TestFindIsExact(t *testing.T) {
	v := keywordView(t)
	for prefix := range strings.FieldsSeq("po pol polic policy de des desi designa designation st strik striki fo force wa us") {
		k, err := ParseKeywords(v.words, prefix+"*")
		if err != nil {
			t.Fatal(err)
		}
		hits, err := v.Find(t.Context(), k, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, p := range v.parts {
			for i := range p.docs {
				d, err := p.load[i](t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, passage := range d.Passages {
					for _, tok := range v.words.Tokens(passage.Text) {
						if strings.HasPrefix(tok.Word, prefix) && !tok.Stop {
							want++
							break
						}
					}
				}
			}
		}
		if hits.Total != want {
			t.Errorf("%s* finds %d passages, reading finds %d", prefix, hits.Total, want)
		}
	}
}

// FuzzParseKeywords holds that any input either parses to something that can
// be searched for or gives an error whose place is within it.
func FuzzParseKeywords(f *testing.F) {
	for _, seed := range []string{`+a "b c" -d*`, "what's the law?", ">5", `"`, "in:x kind:note y", "OR", "é*", "+\"\"", "a OR \xff"} {
		f.Add(seed)
	}
	a := words.NewAnalyzer()
	v := keywordView(f)
	f.Fuzz(func(t *testing.T, s string) {
		k, err := ParseKeywords(a, s)
		if err != nil {
			var bad *SyntaxError
			if !errors.As(err, &bad) || bad.At < 0 || bad.At > len(s) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		for _, g := range k.Groups {
			for _, term := range g.Terms {
				if len(term.Words) == 0 || len(term.Words) != len(term.Stems) {
					t.Fatalf("%q has the term %+v", s, term)
				}
			}
		}
		if k.Document != "" && !v.Has(k.Document) {
			return
		}
		if _, err := v.Find(t.Context(), k, 0, 5); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
	})
}
