package quote

import (
	"testing"
)

const (
	sharedArticle = "../../../shared/article/article.txt"
	sharedQuotes  = "../../../shared/article/quotes.jsonl"
)

// TestSharedQuotes checks the quotations that come with the article.
func TestSharedQuotes(t *testing.T) {
	b := over(t, plain("article", string(readFile(t, sharedArticle))))
	for _, c := range readCases(t, sharedQuotes) {
		r := b.check(t, c.Quote)
		t.Logf("%-8s %-4s %.2f %v", r.Verdict, passageOf(r), r.Likeness, kindsOf(r))
		if r.Verdict != c.Verdict || passageOf(r) != c.Passage {
			t.Errorf("%q: %s in %q (%.2f), want %s in %q", c.Quote, r.Verdict, passageOf(r), r.Likeness, c.Verdict, c.Passage)
		}
	}
}
