package answer

import (
	"fmt"
	"testing"
)

// TestCompounds holds that a compound is found in each of its spellings, and is
// neither mended nor missing then.
func TestCompounds(t *testing.T) {
	ask := asker(t, documentOf("spellings", "The air strike hit a quay.", "MS-13 was listed in May.", "A selfemployed pilot pays dues.", "TDA2 sails at dawn.", "An anchor is let go."))
	for question, want := range map[string]string{
		"Did an airstrike happen?":  "spellings/p1 [] []",
		"When was ms13 listed?":     "spellings/p2 [] []",
		"Do the self-employed pay?": "spellings/p3 [] []",
		"When does TDA-2 sail?":     "spellings/p4 [] []",
		"What about the airquay?":   "spellings/p1 [] []", // made of words that the corpus has
		"Is an airship let go?":     "spellings/p5 [] [airship]",
	} {
		a, err := ask(t.Context(), Request{Question: question, Limit: 1})
		if err != nil || len(a.Passages) == 0 {
			t.Errorf("%q: %v, %v", question, a, err)
			continue
		}
		if got := fmt.Sprint(a.Passages[0].Ref(), " ", a.Mended, " ", a.Missing); got != want {
			t.Errorf("%q: %s, want %s", question, got, want)
		}
	}
}
