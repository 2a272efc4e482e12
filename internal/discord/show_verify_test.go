package discord

import (
	"slices"
	"strings"
	"testing"

	"pincite/internal/cite"
	"pincite/internal/desk"
	quoting "pincite/internal/quote"
	"pincite/internal/words"
)

// TestQuotationsOf finds what a message quotes.
func TestQuotationsOf(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                     nil,
		"  whole  ":                            {"whole"},
		"so:\n> one\n> two\n\n> three\nand so": {"one\ntwo", "three"},
		"so:\n>>> one\ntwo":                    {"one\ntwo"},
		"a > b is no quote":                    {"a > b is no quote"},
		"> \n>\n":                              {"> \n>"},
		`he said "one two three four" and "five" today`:       {`"one two three four"`},
		`5" and 6" are "the size of the planks"`:              {`"the size of the planks"`},
		"“one “two three four” and «uno dos tres cuatro»":     {"“one “two three four”", "«uno dos tres cuatro»"},
		`“open, one two three four`:                           {`“open, one two three four`},
		"> one\n\"two three four five\"":                      {"one"},
		`the "Code" says nothing`:                             {`the "Code" says nothing`},
		"„eins zwei drei vier“ \"five six seven eight\" rest": {"„eins zwei drei vier“", `"five six seven eight"`},
	} {
		if got := quotationsOf(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestWithoutMarks takes off what a writer has set around words, and no
// underscore within one.
func TestWithoutMarks(t *testing.T) {
	for text, want := range map[string]string{
		"**a** *b* __c__ _d_ ~~e~~ ||f|| `g`": "a b c d e f g",
		"snake_case":                          "snake_case",
		`a\*b \[x]`:                           "ab [x]",
	} {
		if got := withoutMarks(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestCiteOfNoRange: a button that names no range of the passage is answered
// with the receipt of the whole passage.
func TestCiteOfNoRange(t *testing.T) {
	p := handed(t, harbour(), paragraph(1))
	p.Evidence = []words.Span{{Start: 4, End: 4000}}
	m, err := citeMessage(&p, "", cite.Styles(), english)
	if err != nil || !strings.Contains(m.Content, p.Receipt(words.Span{}).String()) {
		t.Errorf("%+v, %v", m, err)
	}
}

// TestVerifyMessageFits holds that what is said of quotations is within
// Discord's limits and pings nobody, whatever was quoted.
func TestVerifyMessageFits(t *testing.T) {
	hostile := strings.Repeat("@everyone <@1> **x** [y](https://z.example) > # `\n", 120)
	d := harbour()
	d.Passages[1].Text = strings.Repeat("A *b* @here. ", 900) + "End."
	d.Passages[1].Markers = nil
	var differences []quoting.Difference
	for _, k := range []quoting.Kind{
		quoting.Elision, quoting.Bracket, quoting.Marker, quoting.Closing, quoting.Reference, quoting.Number, quoting.Negation,
		quoting.Name, quoting.Word, quoting.Added, quoting.Omitted, quoting.Case, quoting.Punctuation, quoting.Joined,
	} {
		differences = append(differences, quoting.Difference{Kind: k, Quote: hostile, Source: hostile}, quoting.Difference{Kind: k, Quote: hostile}, quoting.Difference{Kind: k, Source: hostile})
	}
	for _, verdict := range []quoting.Verdict{quoting.Exact, quoting.Altered, quoting.Absent} {
		v := desk.Verification{Quote: hostile, Verdict: verdict, More: true}
		if verdict != quoting.Absent {
			place := desk.VerifiedPlace{Passages: []desk.Passage{handed(t, d, paragraph(2), "End."), handed(t, d, paragraph(3))}, Differences: differences}
			v.Places = []desk.VerifiedPlace{place, place, place}
		}
		for _, l := range []locale{english, spanish} {
			m, err := verifyMessage([]desk.Verification{v, v, v}, 7, l)
			if err != nil {
				t.Fatal(err)
			}
			total := 0
			for _, e := range m.Embeds {
				if n := measure(e.Description); n > maxDescription {
					t.Errorf("%s: a description of %d", verdict, n)
				}
				total += measure(e.Description)
				for _, c := range clients() {
					if shown := c.read(e.Description); slices.Contains(shown.other, "mention") || strings.Contains(e.Description, " @everyone") {
						t.Errorf("%s: %q", verdict, e.Description)
					}
				}
			}
			last := m.Embeds[len(m.Embeds)-1].Description
			if said := l.words().VerifyLeft.of(7 + 3 - len(m.Embeds)); total > maxEmbedText || !strings.HasSuffix(last, said) {
				t.Errorf("%s: %d embeds of %d, the last ends %q", verdict, len(m.Embeds), total, last[max(0, len(last)-80):])
			}
		}
	}
}
