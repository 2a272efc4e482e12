package quote

import (
	"strings"
	"testing"

	"pincite/internal/fault"
)

// TestHostileQuotations checks the longest quotations of one thing over and over,
// beside a document that has the same. Each is refused or looked for in the end:
// without its bounds the matching of some takes minutes, which the test's own
// limit tells.
func TestHostileQuotations(t *testing.T) {
	docs := append(builtin(t), plain("same", strings.Repeat("a … a [a] “a” the (a) * * * ¶ 1, ", 300)))
	b := over(t, docs...)
	for _, part := range []string{
		`"`, "“a” ", "“a ", "(", "[a", "[a] ", "> \n", "a\n", ". . . ", "a … ", "* * * ", "a * * * ", "¶ 1, ", "a, ¶ 1\n", "the ", "the … ",
		"the\n\n", "the …\n\n…\n\n", "a\n\n…\n\n", "President [a] ", "President … ", "President\n\n…\n\n", "“President” ¶ 1, ", "[… ",
		"(emphasis added) ", "[1] ", "¹ ", "a¹ ", "-", "'a' ", "https://a ", "\u00ad", "the War Powers Resolution … [a] ",
	} {
		for _, length := range []int{MaxQuote, 50 * len(part)} { // the second has fewer marks than are refused
			r, err := b.Check(t.Context(), b.view, strings.Repeat(part, length/len(part)))
			if err != nil && fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %v", part, err)
			}
			if err == nil && r.Verdict == Exact && len(r.Found) == 0 {
				t.Errorf("%q is exact nowhere", part)
			}
		}
	}
}
