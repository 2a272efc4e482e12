package quote

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pincite/corpus"
	"pincite/internal/document"
	"pincite/internal/ingest"
	"pincite/internal/words"
)

// builtin reads the built-in documents.
func builtin(t testing.TB) []*document.Document {
	t.Helper()
	names, err := fs.Glob(corpus.Files(), "*.md")
	if err != nil {
		t.Fatal(err)
	}
	var docs []*document.Document
	for _, name := range names {
		raw, err := fs.ReadFile(corpus.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		reading, err := ingest.Read(t.Context(), ingest.Source{Name: name, Bytes: raw}, ingest.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, reading.Document)
	}
	return docs
}

// TestLikeness measures what sourceLikeness parts: sentences of the built-in
// documents, which are on neighbouring subjects, with some of their words
// replaced, and the same sentences looked for in the other documents, which do
// not have them. The figures are a committed file.
func TestLikeness(t *testing.T) {
	docs := builtin(t)
	everything := over(t, docs...)
	random := rand.New(rand.NewPCG(7, 11))
	var pool []string
	type sentence struct {
		of   int
		ref  document.Ref
		text string
	}
	var sentences []sentence
	for i, d := range docs {
		for j := range d.Passages {
			p := &d.Passages[j]
			pool = append(pool, strings.Fields(p.Text)...)
			for _, s := range words.Sentences(p.Text) {
				if text := p.Text[s.Start:s.End]; len(strings.Fields(text)) >= 8 {
					sentences = append(sentences, sentence{i, d.Ref(p), text})
				}
			}
		}
	}
	var table strings.Builder
	row := func(name string, likeness []float64, altered, right int) {
		slices.Sort(likeness)
		at := func(share float64) float64 { return likeness[int(share*float64(len(likeness)-1))] }
		fmt.Fprintf(&table, "%-34s %5d   min %.2f  1%% %.2f  10%% %.2f  median %.2f  90%% %.2f  99%% %.2f  max %.2f   %.3f altered", name,
			len(likeness), at(0), at(.01), at(.1), at(.5), at(.9), at(.99), at(1), float64(altered)/float64(len(likeness)))
		if right >= 0 {
			fmt.Fprintf(&table, ", %.3f of the right passage", float64(right)/float64(len(likeness)))
		}
		table.WriteByte('\n')
	}
	for _, share := range []int{10, 20, 30, 40, 50} {
		var likeness []float64
		altered, right := 0, 0
		for _, s := range sentences {
			fields := strings.Fields(s.text)
			for _, at := range random.Perm(len(fields))[:max(1, len(fields)*share/100)] {
				fields[at] = pool[random.IntN(len(pool))]
			}
			r := everything.check(t, strings.Join(fields, " "))
			if r.Verdict == Exact {
				continue // a word was replaced by itself
			}
			likeness = append(likeness, r.Likeness)
			if r.Verdict == Altered {
				altered++
				if o := r.Found[0]; o.Parts[o.Main].Ref() == s.ref {
					right++
				}
			}
		}
		row(fmt.Sprintf("%d %% of the words replaced", share), likeness, altered, right)
	}
	var likeness []float64
	altered := 0
	for i := range docs {
		rest := over(t, slices.Concat(docs[:i:i], docs[i+1:])...)
		for _, s := range sentences {
			if s.of != i {
				continue
			}
			r := rest.check(t, s.text)
			likeness = append(likeness, r.Likeness)
			if r.Verdict != Absent {
				altered++
				t.Logf("%s %.2f: %s\n\t%s", r.Verdict, r.Likeness, s.text, r.Found[0].Parts[0].Passage.Text)
			}
		}
	}
	row("in none of the documents", likeness, altered, -1)
	t.Log("\n" + table.String())
	golden(t, "testdata/likeness.txt", table.String())
}
