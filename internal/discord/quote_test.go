package discord

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/document"
	"pincite/internal/words"
)

func TestQuote(t *testing.T) {
	long := "One is first.[1] Two has the *answer* in it.[2] Three is a third sentence. Four ends it."
	answer := words.Span{Start: strings.Index(long, "Two"), End: strings.Index(long, " Three")}
	for name, test := range map[string]struct {
		text     string
		evidence []words.Span
		limit    int
		want     string
	}{
		"whole": {
			long,
			[]words.Span{answer},
			500,
			`> One is first.\[1] **Two has the \*answer\* in it.\[2]** Three is a third sentence. Four ends it.`,
		},
		"no evidence": {long, nil, 70, `> One is first.\[1] Two has the \*answer\* in it.\[2] \[…]`},
		"cut between sentences": {
			long,
			[]words.Span{answer},
			80,
			`> \[…] **Two has the \*answer\* in it.\[2]** Three is a third sentence. \[…]`,
		},
		"two places": {
			long,
			[]words.Span{{Start: 0, End: 3}, {Start: len(long) - 3, End: len(long) - 1}},
			60,
			`> **One** is first.\[1] \[…] Four ends **it**.`,
		},
		"lines":                               {"a\nb c\n\nd", []words.Span{{Start: 0, End: 5}}, 500, "> **a**\n> **b c**\n> \n> d"},
		"white space at the ends is not bold": {"a b c", []words.Span{{Start: 1, End: 4}}, 500, "> a **b** c"},
		"touching":                            {"abcdef", []words.Span{{Start: 2, End: 4}, {Start: 0, End: 2}}, 500, "> **abcd**ef"},
		"bold within an address": {
			"see https://a.example/x_y now",
			[]words.Span{{Start: 22, End: 23}},
			500,
			`> see https\://a.example/**x**\_y now`,
		},
		"address in bold": {"see https://a.example/x_y.", []words.Span{{Start: 0, End: 26}}, 500, `> **see https://a.example/x_y.**`},
		"bad ranges":      {"éa", []words.Span{{Start: 1, End: 2}, {Start: -1, End: 1}, {Start: 0, End: 9}, {Start: 2, End: 2}}, 500, "> éa"},
		"a sentence too long": {
			"Begin " + strings.Repeat("word ", 40) + "key " + strings.Repeat("more ", 40),
			[]words.Span{{Start: 206, End: 209}},
			60,
			`> \[…] **key** ` + strings.TrimSpace(strings.Repeat("more ", 8)) + ` \[…]`,
		},
		"one word too long": {strings.Repeat("x", 100), nil, 60, "> " + strings.Repeat("x", 53) + ` \[…]`},
	} {
		p := &document.Passage{Kind: document.Paragraph, Number: 1, Text: test.text}
		q := quote(p, test.evidence, test.limit)
		if diff := cmp.Diff(test.want, q.markdown); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// FuzzQuote holds promise 1: whatever the passage and the evidence, what every
// client shows is the passage's own bytes but for the elisions, what is bold is
// the evidence, and the size is kept.
func FuzzQuote(f *testing.F) {
	for i, seed := range markdownSeeds() {
		f.Add(seed, 0, 3+i, 5+i, 9+i, 60+i)
	}
	f.Add(strings.Repeat("A sentence here.[1] ", 30), 200, 220, 300, 320, 150)
	f.Add(strings.Repeat("word", 100), 100, 120, 0, 0, 70)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d, limit int) {
		text = strings.TrimSpace(text)
		if !utf8.ValidString(text) || text == "" || limit > 5000 {
			return
		}
		p := &document.Passage{Kind: document.Paragraph, Number: 1, Text: text}
		evidence := []words.Span{{Start: a, End: b}, {Start: c, End: d}}
		q := quote(p, evidence, limit)
		if n := measure(q.markdown); n > max(limit, minQuotation) {
			t.Fatalf("measures %d, not %d: %q", n, max(limit, minQuotation), q.markdown)
		}
		if n, err := verify("before\n"+q.markdown+"\nafter", []quotation{q}); err != nil || n != 1 {
			t.Fatalf("verify: %d, %v", n, err)
		}
		// What is shown, byte by byte: of the text, or of an elision.
		var want []byte
		var bold []bool
		show := func(s string, marked func(int) bool) {
			want = append(want, s...)
			for i := range len(s) {
				bold = append(bold, marked(i))
			}
		}
		plain := func(int) bool { return false }
		for i, s := range q.kept {
			if s.Start >= s.End || s.End > len(text) || i > 0 && s.Start <= q.kept[i-1].End || !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("kept %+v of %d bytes", q.kept, len(text))
			}
			switch {
			case i > 0:
				show(" "+elision+" ", plain)
			case s.Start > 0:
				show(elision+" ", plain)
			}
			show(text[s.Start:s.End], func(i int) bool { return marked(text, evidence, s.Start+i) })
		}
		if q.kept[len(q.kept)-1].End < len(text) {
			show(" "+elision, plain)
		}
		for _, c := range clients()[:2] { // embeds link
			for _, markdown := range []string{q.markdown, q.markdown + "\n\nafter"} {
				shown := c.read(markdown)
				if got := strings.TrimSuffix(shown.text, "\n\nafter"); got != string(want) && got+"\n" != string(want) || len(shown.other) > 0 {
					t.Fatalf("%+v shows %q as %q with %q, want %q", c, markdown, got, shown.other, want)
				}
				for i := range min(len(bold), len(shown.text)) {
					r, _ := utf8.DecodeRuneInString(shown.text[i:])
					if shown.bold[i] != bold[i] && !unicode.IsSpace(r) && utf8.RuneStart(shown.text[i]) {
						t.Fatalf("%+v shows byte %d of %q bold: %v, want %v", c, i, markdown, shown.bold[i], bold[i])
					}
				}
			}
		}
	})
}

// marked reports whether the byte at a place is evidence, white space apart.
func marked(text string, evidence []words.Span, at int) bool {
	for _, e := range spansWithin(text, evidence) {
		if e.Start <= at && at < e.End {
			return true
		}
	}
	return false
}

func TestVerify(t *testing.T) {
	p := &document.Passage{Kind: document.Paragraph, Number: 1, Text: "One. Two."}
	q := quote(p, nil, 500)
	for markdown, ok := range map[string]bool{
		"> One. Two.":                true,
		"> **One.** Two.":            true,
		"> One. Two…":                false, // cut
		"> One. two.":                false,
		"> One.\n> Two.":             false,
		"> One. Two.\n\n> One. Two.": false, // not made by quote
		"> One. Two. \\[…]":          false,
	} {
		if _, err := verify(markdown, []quotation{q}); (err == nil) != ok {
			t.Errorf("verify %q: %v", markdown, err)
		}
	}
	if n, err := verify("nothing", []quotation{q}); n != 0 || err != nil {
		t.Errorf("verify without a quotation: %d, %v", n, err)
	}
}

func BenchmarkQuote(b *testing.B) {
	text := strings.Repeat("Members refrain from the threat or use of force against any state.[1] ", 60)
	p := &document.Passage{Kind: document.Paragraph, Number: 1, Text: strings.TrimSpace(text)}
	evidence := []words.Span{{Start: 1500, End: 1560}}
	b.ReportAllocs()
	for b.Loop() {
		quote(p, evidence, firstQuote)
	}
}
