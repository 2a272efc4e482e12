package answer

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/document"
	"pincite/internal/words"
)

// TestIrregularForms holds that a form of an irregular word that the corpus has
// in another form is neither misspelt nor missing, and finds it.
func TestIrregularForms(t *testing.T) {
	ask := asker(t, documentOf("forms", "Ministers write their own minutes.", "The strike on the quay was long.", "A captain may seek a berth.", "One child drowned.", "The master swore an oath."))
	for question, want := range map[string]string{
		"Who wrote the minutes?":            "forms/p1 [] []",
		"Which minutes were written?":       "forms/p1 [] []",
		"Who struck the quay?":              "forms/p2 [] []",
		"Who sought a berth?":               "forms/p3 [] []",
		"How many children drowned?":        "forms/p4 [] []",
		"Does the master swear an oath?":    "forms/p5 [] []", // and the other way
		"Which master spoke the oath?":      "forms/p5 [] [spoke]",
		"Did the captain steal the berth?":  "forms/p3 [] [steal]",
		"Does Slovenia write minutes?":      "forms/p1 [] [Slovenia]",
		"Was the oath sworn by the mastre?": "forms/p5 [{mastre master}] []",
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

func documentOf(id string, paragraphs ...string) *document.Document {
	d := &document.Document{ID: id, Title: strings.ToUpper(id[:1]) + id[1:]}
	for i, text := range paragraphs {
		d.Passages = append(d.Passages, document.Passage{Kind: document.Paragraph, Number: i + 1, Text: text})
	}
	return d
}

// made makes a word of syllables, which no language has.
func made(r *rand.Rand, syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteByte("bdfgklmnprtvz"[r.IntN(13)])
		b.WriteByte("aeiou"[r.IntN(5)])
	}
	return b.String() + string("lnrm"[r.IntN(4)])
}

// misspelt changes a word by one edit after its first letter.
func misspelt(r *rand.Rand, word string) string {
	b := []byte(word)
	at := 1 + r.IntN(len(b)-2)
	switch r.IntN(4) {
	case 0:
		b[at], b[at+1] = b[at+1], b[at]
	case 1:
		b = slices.Delete(b, at, at+1)
	case 2:
		b = slices.Insert(b, at, byte('a'+r.IntN(26)))
	default:
		b[at] = byte('a' + r.IntN(26))
	}
	return string(b)
}

// distance is the number of letters to insert, delete or replace between two
// words, a swap of neighbours counting as two. It is written anew here, not to
// test the speller by itself.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := before
			if a[i-1] != b[j-1] {
				cost++
			}
			before, row[j] = row[j], min(row[j]+1, row[j-1]+1, cost)
		}
	}
	return row[len(b)]
}

// TestSpellerLaws asks a corpus of made words for its own words, for misspelt
// ones, and for others, and holds of every answer that:
//
//   - a word that the corpus has is never mended;
//   - a mended word is in the corpus, begins alike, and is near: one letter in
//     four of the stem, a swap counting as two in this count;
//   - what is mended is not missing, and what is neither had nor mended is;
//   - a word that nothing in the corpus is like is never mended.
func TestSpellerLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 1948))
	a := words.NewAnalyzer()
	vocabulary := make(map[string]bool) // words by their stems
	var list []string
	var paragraphs []string
	for range 12 {
		var p []string
		for range 25 {
			word := made(r, 2+r.IntN(3))
			vocabulary[a.Stem(word)] = true
			list, p = append(list, word), append(p, word)
		}
		paragraphs = append(paragraphs, strings.Join(p, " ")+".")
	}
	ask := asker(t, documentOf("made", paragraphs...))
	mended, missing := 0, 0
	for range 600 {
		own := list[r.IntN(len(list))]
		asked := own
		switch r.IntN(3) {
		case 0:
			asked = misspelt(r, own)
		case 1:
			asked = made(r, 3+r.IntN(2))
		}
		ans, err := ask(t.Context(), Request{Question: "Who may " + asked + " the toll?"})
		if err != nil {
			t.Fatalf("%q: %v", asked, err)
		}
		if ans.Chatter != "" {
			continue
		}
		has := vocabulary[a.Stem(asked)]
		isMissing := slices.Contains(ans.Missing, asked)
		for _, m := range ans.Mended {
			mended++
			stem, as := a.Stem(m.Written), a.Stem(m.As)
			switch {
			case m.Written != asked:
				t.Errorf("%q is mended to %q, and was not asked", m.Written, m.As)
			case has:
				t.Errorf("the corpus has %q, which is mended to %q", asked, m.As)
			case !vocabulary[as]:
				t.Errorf("%q is mended to %q, which the corpus lacks", asked, m.As)
			case stem[0] != as[0] || distance(stem, as) > 2*min(len(stem)/4, 3):
				t.Errorf("%q is mended to %q, which is %d letters away", asked, m.As, distance(stem, as))
			case isMissing:
				t.Errorf("%q is both mended to %q and missing", asked, m.As)
			}
		}
		if isMissing {
			missing++
		}
		if isMissing == (has || len(ans.Mended) > 0) {
			t.Errorf("%q: had %v, mended %v, missing %v", asked, has, ans.Mended, ans.Missing)
		}
		near := false
		for stem := range vocabulary {
			near = near || (stem[0] == asked[0] && distance(stem, a.Stem(asked)) <= 6)
		}
		if !near && len(ans.Mended) > 0 {
			t.Errorf("nothing is like %q, which is mended to %v", asked, ans.Mended)
		}
	}
	if mended < 50 || missing < 50 {
		t.Errorf("only %d words were mended and %d missing; the laws were hardly tried", mended, missing)
	}
}

// TestWordsAreNotMended holds of words that a corpus lacks, and has the like of,
// that they are not taken for misspelt, while what is no word and as near is
// mended.
func TestWordsAreNotMended(t *testing.T) {
	ask := asker(t, documentOf("like", "Bacteria breach the simple county computer.", "The statue in Slovakia was brown.", "A margin of a treatise.", "Clarinda Ostrovsky kept the accounts of Strovel."))
	for _, test := range []struct{ word, typo, as string }{
		{"statute", "statuee", "statue"},
		{"Slovenia", "Slovanka", "Slovakia"},
		{"commuter", "comqputer", "computer"},
		{"Slovenian", "Slovakai", "Slovakia"},
		{"country", "counnty", "county"},
		// A capital within the sentence is no reason to leave a name as it is.
		{"treaty", "Ostrovksy", "Ostrovsky"},
		{"strove", "Strove", "Strovel"},
	} {
		for _, asked := range []string{test.word, test.typo} {
			a, err := ask(t.Context(), Request{Question: "Tell me about the " + asked + " there"})
			if err != nil {
				t.Fatal(err)
			}
			var want []Mended
			if asked == test.typo {
				want = []Mended{{asked, test.as}}
			}
			if diff := cmp.Diff(want, a.Mended); diff != "" {
				t.Errorf("%q is mended (-want +got):\n%s", asked, diff)
			}
		}
	}
}
