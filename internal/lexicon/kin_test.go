package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pincite/internal/words"
)

// kinOf asks for the kin of an English word, as "word weight" between commas.
func kinOf(l *Lexicon, a *words.Analyzer, word string) string {
	tokens := a.Tokens(word)
	var terms []Term
	for _, e := range l.appendEnglish(nil, tokens, nil) {
		terms = append(terms, e.Terms...)
	}
	var said []string
	for _, t := range l.Kin(tokens[0].Stem, terms) {
		said = append(said, fmt.Sprintf("%s %.2f", strings.Join(t.Stems, " "), t.Weight))
	}
	return strings.Join(said, ", ")
}

func TestKin(t *testing.T) {
	a := words.NewAnalyzer()
	base := parse(t, `bomb => strike 0.8, explosion 0.6
blast => explosion 0.9
zap => strike 0.5
tap => explosion 0.3
blow up => explosion 0.9
mob => armed crowd 0.9
horde => armed crowd 0.9
[es]
bombazo => explosion 0.9
`)
	for word, want := range map[string]string{
		"strike":    "bomb 0.48, zap 0.30",
		"bomb":      "blast 0.32, zap 0.24", // tap is too far
		"blast":     "bomb 0.32",
		"explosion": "blast 0.54, bomb 0.36", // no phrase, and no Spanish word
		"mob":       "",                      // nor over a phrase
		"harbour":   "",
	} {
		if got := kinOf(base, a, word); got != want {
			t.Errorf("%q is kin to %q, want %q", word, got, want)
		}
	}
	own := Merge(parse(t, "zap =>\nblast => gust 0.9\nbreeze => gust 0.8\nlob => strike 0.9"), base)
	for word, want := range map[string]string{
		"strike":    "lob 0.54, bomb 0.48", // zap is taken back
		"explosion": "bomb 0.36",           // blast is another thing here
		"blast":     "breez 0.43",
	} {
		if got := kinOf(own, a, word); got != want {
			t.Errorf("with a lexicon of one's own %q is kin to %q, want %q", word, got, want)
		}
	}
	if got := kinOf(base.WithoutKin(), a, "strike"); got != "" {
		t.Errorf("without kin there is %q", got)
	}
}

// TestKinLaws holds for every word of the built-in lexicon that its kin are within
// bounds and in order, that none is the word itself or a term of it, and that
// every one leads to the word or to a term that the word leads to.
func TestKinLaws(t *testing.T) {
	l := Builtin()
	termsOf := func(stem string) []Term {
		line, _, _ := l.find([]byte("e:" + stem))
		return appendTerms(nil, line)
	}
	weight := func(terms []Term, stem string) float64 {
		for _, t := range terms {
			if len(t.Stems) == 1 && t.Stems[0] == stem {
				return t.Weight
			}
		}
		return 0
	}
	asked := 0
	for line := range strings.Lines(builtin) {
		stem, isKin := strings.CutPrefix(line[:strings.IndexByte(line, '\t')], kinPrefix)
		if !isKin {
			continue
		}
		asked++
		terms := termsOf(stem)
		kin := l.Kin(stem, terms)
		checkTerms(t, kin)
		if len(kin) > maxKin {
			t.Fatalf("%q has %d kin", stem, len(kin))
		}
		for _, k := range kin {
			if len(k.Stems) != 1 || k.Stems[0] == stem || k.Weight < leastKin || slices.ContainsFunc(terms, func(t Term) bool { return slices.Equal(t.Stems, k.Stems) }) {
				t.Fatalf("%q has the kin %v", stem, k)
			}
			own := termsOf(k.Stems[0])
			best := weight(own, stem)
			for _, term := range terms {
				if len(term.Stems) == 1 {
					best = max(best, term.Weight*weight(own, term.Stems[0]))
				}
			}
			if diff := k.Weight - kinWeight*best; diff > 1e-9 || diff < -1e-9 {
				t.Fatalf("%q has the kin %v, which leads there with %.3f", stem, k, best)
			}
		}
	}
	if asked < 5000 {
		t.Errorf("only %d words were asked for", asked)
	}
}

func BenchmarkKin(b *testing.B) {
	l := Builtin()
	line, _, _ := l.find([]byte("e:kill"))
	terms := appendTerms(nil, line)
	b.ReportAllocs()
	for b.Loop() {
		l.Kin("kill", terms)
	}
}
