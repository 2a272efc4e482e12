package answer

import (
	"testing"

	"pincite/internal/words"
)

// TestAsked holds what a question wants to know and how far a sentence has it: 1
// wholly, 0.6 a number of something else, 0 not at all.
func TestAsked(t *testing.T) {
	a := words.NewAnalyzer()
	for _, c := range []struct {
		question, sentence string
		want               float64
	}{
		{"How many members sit on the council?", "Fifteen members sit there.", 1},
		{"How many members sit on the council?", "It has 15 elected members.", 1},
		{"How many members sit on the council?", "The members meet four times a year.", 0.6},
		{"How many members sit on the council?", "Under 50 U.S.C. § 1543, Article 27 and section 4, members vote.", 0},
		{"How many members sit on the council?", "Its members were enlarged in 1965.[4]", 0},
		{"How long may troops stay?", "They leave within sixty days.", 1},
		{"How long may troops stay?", "They leave with 40 ships.", 0.6},
		{"How long may troops stay?", "They leave when it is over.", 0},
		{"How much does it cost?", "It costs 40 crowns.", 1},
		{"When was the toll raised?", "The toll was raised in May.", 1},
		{"When was the toll raised?", "The toll may be raised.", 0},
		{"When was the toll raised?", "It was raised in the 1970s.", 1},
		{"When may the toll be raised?", "Whenever the council agrees.", 1}, // asks for a condition
		{"When a ship sinks, what is owed?", "Nothing is.", 1},
		{"Who pays?", "The owner pays.", 1},
		{"Who pays?", "The ship was built by Alvarez.", 1},
		{"Who pays?", "Nothing is due after dusk.", 0},
		{"Why is it paid?", "Nothing is due.", 1},
	} {
		tokens := a.Tokens(c.question)
		got := askedBy(tokens).has(c.sentence, a.Tokens(c.sentence), words.English, countedBy(tokens))
		if got != c.want {
			t.Errorf("%q, of %q: %v, want %v", c.sentence, c.question, got, c.want)
		}
	}
}
