package quote

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pincite/internal/cite"
)

// TestCited checks that a quotation with its citation behind it, as Pincite
// itself prints it in each style, is exact: on a line of its own, behind closing
// marks, in parentheses, and in a block quotation. One with a word replaced is
// not.
func TestCited(t *testing.T) {
	docs := builtin(t)
	web := plain("web", string(readFile(t, "testdata/ferry.txt")))
	web.Title, web.Site, web.URL = "Fares & Ferries, a Study: Is It “Fair”?", "Harbor Review", "https://example.org/fares?page=2"
	web.Authors, web.Date = []string{"Ann B. Doe", "Harbor Institute"}, "2024-03-17"
	docs = append(docs, web)
	b := over(t, docs...)
	added := cite.Version{Added: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}
	n := 0
	for _, d := range docs {
		for i := 0; i < len(d.Passages); i += 3 { // enough of each kind
			p := &d.Passages[i]
			src := newSource(d, p)
			from, to, ok := stretch(src, 0, 7)
			if !ok {
				continue
			}
			words := p.Text[src.tokens[from].start:src.tokens[to].end]
			replaced := "quagga " + p.Text[src.tokens[min(from+1, to)].start:src.tokens[to].end]
			for _, style := range []cite.Style{cite.Plain, cite.Bluebook, cite.OSCOLA, cite.APA} {
				c, err := cite.Passage(d, p.Pincite(), style, added)
				if err != nil {
					t.Fatal(err)
				}
				text := c.Text()
				line, _, _ := strings.Cut(text, "\n")
				for _, form := range []func(string) string{
					func(q string) string { return q + "\n" + text },
					func(q string) string { return "“" + q + "” " + text },
					func(q string) string { return "“" + q + ",” (" + line + ")" },
					func(q string) string { return "> " + q + "\n> " + text + "\n" + cite.Link(d, p.Pincite(), cite.Span{}) },
				} {
					n++
					r := b.check(t, form(words))
					if r.Verdict != Exact || !slices.Contains(kindsOf(r), Reference) {
						t.Errorf("%q is %s %v", form(words), r.Verdict, kindsOf(r))
					}
					if r := b.check(t, form(replaced)); r.Verdict == Exact {
						t.Errorf("%q is exact", form(replaced))
					}
				}
			}
		}
	}
	t.Logf("%d quotations with citations", n)
}
