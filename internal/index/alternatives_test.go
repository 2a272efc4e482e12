package index

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// bare are weights under which a passage scores by its words alone.
func bare() Weights { return Weights{Saturation: 0.9, Length: 0.6} }

// TestAlternatives holds, on random documents in several parts, that a clause
// scores by the best of its alternatives, and a phrase as the mean of its words
// where a passage has all of them and not at all where it lacks one.
func TestAlternatives(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 3))
	for range 30 {
		store := testStore(t, "")
		store.memoryPassages, store.maxParts = 8, 4
		var entries []Entry
		texts := make(map[string]string)
		for i := range 8 {
			e := randomEntry(r, fmt.Sprintf("d%d", i))
			entries = append(entries, e)
			d, err := e.Load(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for k := range d.Passages {
				texts[d.Ref(&d.Passages[k]).String()] = d.Passages[k].Text
			}
		}
		corpus := store.Corpus("base")
		synced(t, corpus, entries[:3]...)
		synced(t, corpus, entries...)
		v := viewOf(t, corpus).WithWeights(bare())
		// Titles have none of the words, and weigh nothing here.
		stem := func() string { return v.words.Stem(vocabulary[r.IntN(len(vocabulary))]) }
		phrase := Alternative{Stem: stem(), Weight: 0.7}
		for range 1 + r.IntN(2) {
			if s := stem(); !slices.Contains(phrase.stems(), s) {
				phrase.More = append(phrase.More, s)
			}
		}
		clause := Clause{Alternatives: []Alternative{{Stem: stem(), Weight: 1}, phrase}}
		if r.IntN(4) == 0 {
			clause.Alternatives[1].More = append(clause.Alternatives[1].More, "nowhere")
		}
		hits, err := v.Search(t.Context(), Query{Clauses: []Clause{clause}, Limit: len(texts)})
		if err != nil {
			t.Fatal(err)
		}
		got := make(map[string]float64)
		for i := range hits.Hits {
			got[hits.Hits[i].Ref().String()] = hits.Hits[i].Score
		}
		for ref, text := range texts {
			if want := clauseScore(v, clause, text, texts); math.Abs(got[ref]-want) > 1e-5 {
				t.Fatalf("%s %q scores %.6f for %v, want %.6f", ref, text, got[ref], clause, want)
			}
		}
	}
}

// clauseScore computes from the texts alone what a passage scores.
func clauseScore(v *View, c Clause, text string, texts map[string]string) float64 {
	count := func(text, stem string) (n, length int) {
		for _, s := range content(nil, v.words, text) {
			length++
			if s == stem {
				n++
			}
		}
		return n, length
	}
	best, words := 0.0, 0
	for _, other := range texts {
		_, length := count(other, "")
		words += length
	}
	mean := float64(words) / float64(len(texts))
	for _, alt := range c.Alternatives {
		sum, all := 0.0, true
		for _, stem := range alt.stems() {
			having := 0
			for _, other := range texts {
				if n, _ := count(other, stem); n > 0 {
					having++
				}
			}
			n, length := count(text, stem)
			all = all && n > 0
			sum += alt.Weight * Rarity(len(texts), having) / float64(len(alt.stems())) * bm25(float64(n), float64(length)/mean, v.weights.Saturation, v.weights.Length)
		}
		if all {
			best = max(best, sum)
		}
	}
	return best
}

// TestKinAreNoHave holds that kin help to find and do not hide that the corpus
// lacks the word; and that a search goes through so many passages of kin and no
// more.
func TestKinAreNoHave(t *testing.T) {
	const paragraphs = maxKinPostings/2 + 100
	texts := make([]string, paragraphs)
	for i := range texts {
		texts[i] = "A boat and a barge lie at the pier."
	}
	v := viewOf(t, synced(t, testStore(t, "").Corpus("base"), entryOf("a", texts...), entryOf("b", "A skiff lies at the pier.")))
	search := func(kin ...string) *Hits {
		c := Clause{Alternatives: []Alternative{{Stem: v.words.Stem("ferry"), Weight: 1}}}
		for _, word := range kin {
			c.Alternatives = append(c.Alternatives, Alternative{Stem: v.words.Stem(word), Weight: 0.4, Kin: true})
		}
		hits, err := v.Search(t.Context(), Query{Clauses: []Clause{c}, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		return &hits
	}
	if hits := search("skiff"); hits.Total != 1 || hits.Frequencies[0] != 0 {
		t.Errorf("%d passages, of %v", hits.Total, hits.Frequencies)
	}
	if hits := search("boat", "barge", "skiff"); hits.Total != paragraphs {
		t.Errorf("%d passages of kin", hits.Total)
	}
	if hits := search("skiff", "boat", "barge"); hits.Total != paragraphs+1 {
		t.Errorf("%d passages of kin", hits.Total)
	}
}

// TestWording holds that of two passages with the same words, each as often,
// the one gains that has them in the form that was asked, in one sentence, or
// near to each other, and by that weight alone.
func TestWording(t *testing.T) {
	for name, c := range map[string]struct {
		weight        func(w *Weights)
		better, worse string
		forms         []string // of the question
	}{
		"form": {
			func(w *Weights) { w.Form = 0.1 },
			"The council licensed ferries.", "The council licenses a ferry.",
			[]string{"licensed", "ferries"},
		},
		"sentence": {
			func(w *Weights) { w.Sentence = 0.1 },
			"Here licenses cover ferries. Piers are old.", "Here licenses cover piers. Ferries are old.",
			[]string{"license", "ferry"},
		},
		"proximity": {
			func(w *Weights) { w.Proximity = 0.1 },
			"License this ferry of the town by the old grey pier.", "License of the town by the old grey pier this ferry.",
			[]string{"license", "ferry"},
		},
	} {
		v := viewOf(t, synced(t, testStore(t, "").Corpus("base"), entryOf("a", c.worse, c.better), entryOf("b", "Nothing.", "Nobody.", "Never.")))
		q := Query{Limit: 10}
		for _, form := range c.forms {
			q.Clauses = append(q.Clauses, Clause{Form: form, Alternatives: []Alternative{{Stem: v.words.Stem(form), Weight: 1}}})
		}
		scores := func(w Weights) (better, worse float64) {
			hits, err := v.WithWeights(w).Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for i := range hits.Hits {
				switch hits.Hits[i].Passage.Text {
				case c.better:
					better = hits.Hits[i].Score
				case c.worse:
					worse = hits.Hits[i].Score
				}
			}
			return better, worse
		}
		if better, worse := scores(bare()); worse == 0 || math.Abs(better-worse) > 1e-9 {
			t.Errorf("%s: without it %q scores %f and %q %f", name, c.better, better, c.worse, worse)
		}
		w := bare()
		c.weight(&w)
		if better, worse := scores(w); better <= worse {
			t.Errorf("%s: %q scores %f and %q %f", name, c.better, better, c.worse, worse)
		}
	}
}

// TestLikelihood compares the second opinion with its formula, and holds that all
// that stands for a word adds up.
func TestLikelihood(t *testing.T) {
	v := viewOf(t, synced(t, testStore(t, "").Corpus("base"),
		entryOf("a", "ferry pier ferry boat", "ferry pier town council"), entryOf("b", "town", "council", "town council")))
	w := bare()
	before := v.WithWeights(w)
	w.Likelihood = 1
	after := v.WithWeights(w)
	q := Query{Limit: 10, Clauses: []Clause{
		{Alternatives: []Alternative{{Stem: v.words.Stem("ferry"), Weight: 1}, {Stem: v.words.Stem("boat"), Weight: 0.5}}},
		{Alternatives: []Alternative{{Stem: v.words.Stem("town"), Weight: 0.5}}},
	}}
	score := func(v *View, ref string) float64 {
		hits, err := v.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for i := range hits.Hits {
			if hits.Hits[i].Ref().String() == ref {
				return hits.Hits[i].Score
			}
		}
		t.Fatalf("%s was not found", ref)
		return 0
	}
	mean := (4 + 4 + 1 + 1 + 2) / 5.0
	common := func(having int) float64 { return math.Exp(-Rarity(5, having)) / mean }
	length := math.Log(prior / (prior + 4.0))
	for ref, want := range map[string]float64{
		"a/p1": math.Log1p(2.5/(prior*common(2))) + length + 0.5*length,
		"a/p2": math.Log1p(1/(prior*common(2))) + length + 0.5*(math.Log1p(0.5/(prior*common(3)))+length),
	} {
		if got := score(after, ref) - score(before, ref); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: the second opinion is %f, want %f", ref, got, want)
		}
	}
}
