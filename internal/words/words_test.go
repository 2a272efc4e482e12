package words

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	for _, test := range []struct{ text, words, stems string }{
		{"The United States' strikes", "the united states strikes", "the unit state strike"},
		{"Mexico’s self-defence", "mexico self defence", "mexico self defens"},
		{"50 U.S.C. §§ 3091, 14,157 and 810.2", "50 usc 3091 14157 and 810.2", "50 usc 3091 14157 and 810.2"},
		{"don't isn’t", "dont isnt", "dont isnt"},
		{"Señora Peña", "senora pena", "senora pena"},
		{"organisations, organizations", "organisations organizations", "organ organ"},
		{"to strike.[1] Then¹ two", "to strike 1 then two", "to strike 1 then two"},
		{"Art. 51, arts 2 and the art of 3", "art 51 arts 2 and the art of 3", "articl 51 articl 2 and the art of 3"},
		{"US and us", "us and us", "us and us"},
	} {
		var words, stems []string
		for _, tok := range NewAnalyzer().Tokens(test.text) {
			words, stems = append(words, tok.Word), append(stems, tok.Stem)
		}
		if got := strings.Join(words, " "); got != test.words {
			t.Errorf("words of %q: %q, want %q", test.text, got, test.words)
		}
		if got := strings.Join(stems, " "); got != test.stems {
			t.Errorf("stems of %q: %q, want %q", test.text, got, test.stems)
		}
	}
}

func TestStops(t *testing.T) {
	var kept []string
	for _, tok := range NewAnalyzer().Tokens("Would it be lawful for the US to give us this, isn't it?") {
		if !tok.Stop {
			kept = append(kept, tok.Word)
		}
	}
	if got, want := strings.Join(kept, " "), "lawful us give"; got != want {
		t.Errorf("content words %q, want %q", got, want)
	}
}

func TestSentences(t *testing.T) {
	for _, want := range [][]string{
		{"One.", "Two!", "“Three?”", "Four"},
		{"The U.S. Senate met on Jan. 3 in Washington.[1]", "It rose."},
		{"See Pub. L. No. 80-253, 61 Stat. 495.", "Others differ."},
		{"Doe v. Roe was decided in 1999.¹", "It stands."},
		{"A court spoke of “an attack . . . .”", "Another did not."},
		{"He cited art. 51 of the Charter (see sec. 3).", "Then he sat."},
		{"J. Q. Doe wrote it.", "Who reads it?", "Nobody."},
	} {
		text := strings.Join(want, " ")
		var got []string
		for _, s := range Sentences(text) {
			got = append(got, text[s.Start:s.End])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sentences of %q (-want +got):\n%s", text, diff)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"The U.S. Code, 50 U.S.C. § 3091.[1]", "a’b c'", "1.2,3", "É́", "A.B.CD", "\xff\xfe x"} {
		f.Add(seed)
	}
	a := NewAnalyzer()
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, tok := range a.Tokens(text) {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("token %+v after offset %d of %d", tok, end, len(text))
			}
			end = tok.End
			if utf8.ValidString(text) && !utf8.ValidString(text[tok.Start:tok.End]) {
				t.Fatalf("token %q cuts a character", text[tok.Start:tok.End])
			}
			if again := a.Tokens(text[tok.Start:tok.End]); len(again) != 1 || again[0].Word != tok.Word {
				t.Fatalf("token %q by itself reads as %+v", text[tok.Start:tok.End], again)
			}
		}
	})
}

// FuzzSentences holds that sentences are in order and leave out white space
// only.
func FuzzSentences(f *testing.F) {
	for _, seed := range []string{"A. B. C.", "One.[1] Two.", " x\n\ny ", "…", "U.S. Then."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, s := range Sentences(text) {
			if s.Start < at || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("sentence %+v after offset %d of %d", s, at, len(text))
			}
			if gap := text[at:s.Start]; strings.TrimSpace(gap) != "" {
				t.Fatalf("%q is in no sentence", gap)
			}
			at = s.End
		}
		if strings.TrimSpace(text[at:]) != "" {
			t.Fatalf("%q is in no sentence", text[at:])
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("Under the Charter, members refrain from the threat or use of force against any state. ", 20)
	a := NewAnalyzer()
	tokens := a.Tokens(text)
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tokens = a.AppendTokens(tokens[:0], text)
	}
}

// TestIrregular holds that the forms of a word are each other's, that no word is
// in two families, and that stems do not join them anyway.
func TestIrregular(t *testing.T) {
	a := NewAnalyzer()
	families := 0
	seen := make(map[string]bool)
	for family := range strings.FieldsFuncSeq(irregular, func(r rune) bool { return r == '|' || r == '\n' }) {
		forms := strings.Fields(family)
		if len(forms) == 0 {
			continue
		}
		families++
		for i, form := range forms {
			others := slices.Concat(forms[:i], forms[i+1:])
			if got := Irregular(form); len(forms) < 2 || !slices.Equal(got, others) {
				t.Errorf("the other forms of %q are %q, want %q", form, got, others)
			}
			if seen[form] {
				t.Errorf("%q is in two families", form)
			}
			seen[form] = true
			if tokens := a.Tokens(form); len(tokens) != 1 || tokens[0].Word != form || tokens[0].Stop {
				t.Errorf("%q is read as %+v", form, tokens)
			}
			if i > 0 && a.Stem(form) == a.Stem(forms[0]) {
				t.Errorf("%q and %q have one stem; they need no family", form, forms[0])
			}
		}
	}
	if families < 100 {
		t.Errorf("only %d families", families)
	}
	for _, word := range []string{"", "|", "table", "writ", "writes", "wrote written"} {
		if got := Irregular(word); got != nil {
			t.Errorf("%q has the forms %q", word, got)
		}
	}
}
