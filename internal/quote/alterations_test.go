package quote

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/words"
)

// alteration makes a quotation of a sentence, and of another one of another
// passage.
type alteration struct {
	name string
	want Verdict
	make func(random *rand.Rand, sentence, other []string) []string
}

// alterations are what people do to a sentence that they quote.
func alterations() []alteration {
	const name = "Zanzibar" // which no built-in document has
	within := func(random *rand.Rand, words []string) int { return 1 + random.IntN(len(words)-2) }
	return []alteration{
		{"cut at both ends", Exact, func(_ *rand.Rand, s, _ []string) []string { return s[len(s)/4 : len(s)-len(s)/4] }},
		{"cut short, with a period", Exact, func(_ *rand.Rand, s, _ []string) []string {
			cut := slices.Clone(s[:len(s)*2/3])
			last := len(cut) - 1
			cut[last] = strings.TrimRight(cut[last], ".,;:") + "."
			return cut
		}},
		{"two words behind an ellipsis", Exact, func(_ *rand.Rand, s, _ []string) []string {
			return slices.Concat(s[:len(s)/3], []string{". . ."}, s[len(s)/3+2:])
		}},
		{"a word dropped", Altered, func(r *rand.Rand, s, _ []string) []string { at := within(r, s); return slices.Concat(s[:at], s[at+1:]) }},
		{"“not” put in", Altered, func(r *rand.Rand, s, _ []string) []string {
			return slices.Insert(slices.Clone(s), within(r, s), "not")
		}},
		{"a word replaced", Altered, func(r *rand.Rand, s, _ []string) []string {
			s = slices.Clone(s)
			s[r.IntN(len(s))] = name
			return s
		}},
		{"a word of six replaced", Altered, func(r *rand.Rand, s, _ []string) []string {
			at := r.IntN(len(s) - 5)
			s = slices.Clone(s[at : at+6])
			s[1+r.IntN(4)] = name
			return s
		}},
		{"three words replaced", Altered, func(r *rand.Rand, s, _ []string) []string {
			s = slices.Clone(s)
			for _, at := range r.Perm(len(s))[:3] {
				s[at] = name
			}
			return s
		}},
		{"two words swapped", Altered, func(r *rand.Rand, s, _ []string) []string {
			s = slices.Clone(s)
			at := within(r, s)
			s[at], s[at+1] = s[at+1], s[at]
			return s
		}},
		{"joined with another passage", Altered, func(_ *rand.Rand, s, o []string) []string { return slices.Concat(s[:len(s)/2+1], o[len(o)/2:]) }},
		{"two sentences joined", Altered, func(_ *rand.Rand, s, o []string) []string { return slices.Concat(s, o) }},
	}
}

// TestAlterations checks what is said of each sentence of the built-in
// documents once it was altered in each way. The figures are a committed file:
// how many got the right verdict, and how many of those the right passage among
// those that they are said to be of. None is exact that was not to be, or the
// other way round.
func TestAlterations(t *testing.T) {
	docs := builtin(t)
	b := over(t, docs...)
	type sentence struct {
		ref    document.Ref
		fields []string
	}
	var sentences []sentence
	for _, d := range docs {
		for i := range d.Passages {
			p := &d.Passages[i]
			for _, s := range words.Sentences(p.Text) {
				if fields := strings.Fields(p.Text[s.Start:s.End]); len(fields) >= 8 {
					sentences = append(sentences, sentence{d.Ref(p), fields})
				}
			}
		}
	}
	var table strings.Builder
	for _, a := range alterations() {
		random := rand.New(rand.NewPCG(1, 9))
		n, verdicts, passages := 0, 0, 0
		for _, s := range sentences {
			o := sentences[random.IntN(len(sentences))]
			if o.ref == s.ref {
				continue
			}
			quotation := strings.Join(a.make(random, s.fields, o.fields), " ")
			r := b.check(t, quotation)
			n++
			if r.Verdict != a.want {
				if r.Verdict == Exact || a.want == Exact {
					t.Errorf("%s: %q is %s (%.2f)", a.name, quotation, r.Verdict, r.Likeness)
				}
				continue
			}
			verdicts++
			if slices.ContainsFunc(r.Found, func(found Occurrence) bool {
				return slices.ContainsFunc(found.Parts, func(p Part) bool { return p.Ref() == s.ref })
			}) {
				passages++
			}
		}
		fmt.Fprintf(&table, "%-30s %-8s %d of %d, %d of the right passage\n", a.name, a.want, verdicts, n, passages)
	}
	t.Log("\n" + table.String())
	golden(t, "testdata/alterations.txt", table.String())
}
