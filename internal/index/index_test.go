package index

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/document"
	"pincite/internal/words"
)

// entryOf is a document of the paragraphs given.
func entryOf(id string, paragraphs ...string) Entry {
	d := &document.Document{ID: id, Title: "On " + id}
	for i, text := range paragraphs {
		d.Passages = append(d.Passages, document.Passage{Kind: document.Paragraph, Number: i + 1, Text: text})
	}
	return entryFor(d)
}

func entryFor(d *document.Document) Entry {
	return Entry{
		ID: d.ID, Hash: fmt.Sprintf("%x", fmt.Sprint(d.Passages)), Passages: len(d.Passages),
		Load: func(context.Context) (*document.Document, error) { return d, nil },
	}
}

func testStore(t testing.TB, folder string) *Store {
	return NewStore(folder, words.NewAnalyzer(), time.Now, slog.New(slog.NewTextHandler(t.Output(), nil)))
}

func synced(t testing.TB, c *Corpus, entries ...Entry) *Corpus {
	t.Helper()
	if err := c.Sync(t.Context(), entries, nil); err != nil {
		t.Fatal(err)
	}
	return c
}

func viewOf(t testing.TB, corpora ...*Corpus) *View {
	t.Helper()
	v, err := NewView(corpora...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func question(a *words.Analyzer, text string) Query {
	q := Query{Limit: 10}
	for i, stem := range content(nil, a, text) {
		q.Clauses = append(q.Clauses, Clause{Alternatives: []Alternative{{Stem: stem, Weight: 1}}})
		if i > 0 {
			q.Pairs = append(q.Pairs, Pair{i - 1, i})
		}
	}
	tokens := a.Tokens(text)
	for i := 1; i < len(tokens); i++ {
		q.Bigrams = append(q.Bigrams, Bigram{tokens[i-1].Stem, tokens[i].Stem})
	}
	return q
}

// ranking is what a search finds, with its scores.
func ranking(t testing.TB, v *View, text string) []string {
	t.Helper()
	hits, err := v.Search(t.Context(), question(v.words, text))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for i := range hits.Hits {
		lines = append(lines, fmt.Sprintf("%s %.9g", hits.Hits[i].Ref(), hits.Hits[i].Score))
	}
	return append(lines, fmt.Sprintf("%d in all, of %d; %v", hits.Total, v.Passages(), hits.Frequencies))
}

func TestTrueMeanLength(t *testing.T) {
	v := viewOf(t, synced(t, testStore(t, "").Corpus("base"),
		entryOf("a", "treaty", "treaty obligations bind treaty parties equally", "nothing else here matters"),
		entryOf("b", "the courts and the treaty")))
	// Content words: 1, 6, 4 (nothing, else, here, matters less the function
	// words "else" and "here": 2), and 2.
	explained, err := v.Explain(t.Context(), question(v.words, "treaty"), document.Ref{
		Document: "a", Pincite: document.Pincite{Kind: document.Paragraph, Number: 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	e := explained[0]
	want := Explanation{Stem: e.Stem, Passages: 4, Having: 3, Frequency: 2, Length: 6, MeanLength: (1 + 6 + 2 + 2) / 4.0}
	want.Rarity = math.Log(1 + (4-3+0.5)/(3+0.5))
	w := DefaultWeights()
	want.Score = want.Rarity * 2 * (w.Saturation + 1) / (2 + w.Saturation*(1-w.Length+w.Length*6/want.MeanLength))
	if diff := cmp.Diff(want, e, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })); diff != "" {
		t.Errorf("explanation (-want +got):\n%s", diff)
	}
}

// Of two passages with the same words the one is better that has them in the
// question's order, function words included; and a bigram that every candidate
// has is worth less than one that few have.
func TestBigrams(t *testing.T) {
	v := viewOf(t, synced(t, testStore(t, "").Corpus("base"),
		entryOf("a", "The claim of a tenant who must apply is for the council.", "A tenant must apply for the claim of the council."),
		entryOf("b", "Council and claim.", "Tenants claim.", "They apply with a claim.")))
	search := func(bigrams ...Bigram) []string {
		q := question(v.words, "apply claim")
		q.Pairs, q.Bigrams = nil, bigrams
		hits, err := v.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		for i := range hits.Hits {
			order = append(order, fmt.Sprintf("%s %.6f", hits.Hits[i].Ref(), hits.Hits[i].Score))
		}
		return order
	}
	without := search()
	stem := v.words.Stem
	gain := func(b Bigram) float64 {
		var before, after float64
		for i, list := range [][]string{without, search(b)} {
			for _, s := range list {
				if rest, ok := strings.CutPrefix(s, "a/p2 "); ok {
					if _, err := fmt.Sscan(rest, []*float64{&before, &after}[i]); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		return after - before
	}
	rare, none := gain(Bigram{stem("apply"), "for"}), gain(Bigram{"for", stem("apply")})
	if rare <= 0 || none != 0 {
		t.Errorf("a bigram that a passage has brings %g, one that it lacks %g", rare, none)
	}
	if every := gain(Bigram{stem("must"), stem("apply")}); every >= rare {
		t.Errorf("a bigram of two candidates brings %g, of one %g", every, rare)
	}
}

var vocabulary = strings.Fields("treaty court senate war power finding strike border cartel charter force " +
	"defence armed attack resolution president congress vote report notice")

func randomEntry(r *rand.Rand, id string) Entry {
	paragraphs := make([]string, 1+r.IntN(6))
	for i := range paragraphs {
		var text []string
		for range 3 + r.IntN(20) {
			text = append(text, vocabulary[r.IntN(len(vocabulary))])
		}
		paragraphs[i] = strings.Join(text, " ")
	}
	return entryOf(id, paragraphs...)
}

// TestDivisionDoesNotShow adds, replaces and removes documents at random, with
// bounds so small that parts are kept, joined and left, and holds that every
// search is what an index built at once would give.
func TestDivisionDoesNotShow(t *testing.T) {
	folder := t.TempDir()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 1))
		store := testStore(t, folder)
		store.memoryPassages, store.maxParts = 8, 3
		corpus := store.Corpus("local")
		held := make(map[string]Entry)
		for step := range 25 {
			for range 1 + r.IntN(3) {
				id := fmt.Sprintf("d%d", r.IntN(12))
				if _, ok := held[id]; ok && r.IntN(3) == 0 {
					delete(held, id)
				} else {
					held[id] = randomEntry(r, id)
				}
			}
			var entries []Entry
			for _, e := range held {
				entries = append(entries, e) // in any order
			}
			if r.IntN(4) == 0 { // another process
				store = testStore(t, folder)
				store.memoryPassages, store.maxParts = 8, 3
				corpus = store.Corpus("local")
			}
			synced(t, corpus, entries...)
			got := viewOf(t, corpus)
			want := viewOf(t, synced(t, testStore(t, "").Corpus("local"), entries...))
			for range 3 {
				text := strings.Join([]string{vocabulary[r.IntN(20)], vocabulary[r.IntN(20)], vocabulary[r.IntN(20)]}, " ")
				if diff := cmp.Diff(ranking(t, want, text), ranking(t, got, text)); diff != "" {
					t.Fatalf("seed %d, step %d, %q over %d parts (-at once +divided):\n%s", seed, step, text, len(got.parts), diff)
				}
			}
		}
	}
}

// TestNoLeak holds that what a server's own documents say changes no score of
// those who do not see them.
func TestNoLeak(t *testing.T) {
	store := testStore(t, "")
	base := synced(t, store.Corpus("base"), entryOf("a", "treaty law", "border law"), entryOf("b", "war law"))
	before := ranking(t, viewOf(t, base), "treaty war law")
	own := synced(t, store.Corpus("server-1"), entryOf("secret", "treaty treaty treaty law", "war plans"))
	if diff := cmp.Diff(before, ranking(t, viewOf(t, base), "treaty war law")); diff != "" {
		t.Errorf("another server's documents show:\n%s", diff)
	}
	if slices.Equal(before, ranking(t, viewOf(t, base, own), "treaty war law")) {
		t.Error("a server's own documents do not count for itself")
	}
}

func TestOwnDocumentHidesBase(t *testing.T) {
	store := testStore(t, "")
	base := synced(t, store.Corpus("base"), entryOf("a", "the old treaty"), entryOf("b", "another treaty"))
	own := synced(t, store.Corpus("server-1"), entryOf("a", "the new treaty", "with a second paragraph on the treaty"))
	got := ranking(t, viewOf(t, base, own), "treaty")
	want := ranking(t, viewOf(t, synced(t, testStore(t, "").Corpus("x"),
		entryOf("a", "the new treaty", "with a second paragraph on the treaty"), entryOf("b", "another treaty"))), "treaty")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-as one corpus +hidden):\n%s", diff)
	}
}

// kept builds an index in a folder, and returns what a search on it finds.
func keptIndex(t *testing.T, folder string, entries []Entry) []string {
	t.Helper()
	store := testStore(t, folder)
	store.memoryPassages = 0
	return ranking(t, viewOf(t, synced(t, store.Corpus("local"), entries...)), "treaty senate vote")
}

// TestAnyDoubtRebuilds damages every file of a kept index in turn.
func TestAnyDoubtRebuilds(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var entries []Entry
	for i := range 20 {
		entries = append(entries, randomEntry(r, fmt.Sprintf("d%d", i)))
	}
	folder := t.TempDir()
	want := keptIndex(t, folder, entries)
	files, err := filepath.Glob(filepath.Join(folder, "local", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	deeper, err := filepath.Glob(filepath.Join(folder, "local", "*", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	damages := map[string]func(path string, raw []byte) error{
		"one byte": func(path string, raw []byte) error {
			raw[len(raw)/2] ^= 0x40
			return os.WriteFile(path, raw, 0o600)
		},
		"cut short": func(path string, raw []byte) error { return os.WriteFile(path, raw[:len(raw)/2], 0o600) },
		"gone":      func(path string, _ []byte) error { return os.Remove(path) },
	}
	tried := 0
	for _, path := range append(files, deeper...) {
		for name, damage := range damages {
			if info, err := os.Stat(path); err != nil || info.IsDir() {
				continue
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := damage(path, raw); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, keptIndex(t, folder, entries)); diff != "" {
				t.Errorf("%s, %s (-whole +damaged):\n%s", filepath.Base(path), name, diff)
			}
			tried++
		}
	}
	if tried != 15 {
		t.Errorf(" %d damages tried: where are the files?", tried)
	}
}

// TestTwoProcesses holds that an index that one has open is open to another,
// and that neither is disturbed when the other replaces it.
func TestTwoProcesses(t *testing.T) {
	folder := t.TempDir()
	one, two := testStore(t, folder), testStore(t, folder)
	one.memoryPassages, two.memoryPassages = 0, 0
	first := []Entry{entryOf("a", "treaty one", "treaty two"), entryOf("b", "senate vote")}
	open := viewOf(t, synced(t, one.Corpus("local"), first...))
	before := ranking(t, open, "treaty vote")
	also := viewOf(t, synced(t, two.Corpus("local"), first...))
	if diff := cmp.Diff(before, ranking(t, also, "treaty vote")); diff != "" {
		t.Errorf("two readers differ:\n%s", diff)
	}
	if err := two.Purge("local"); err != nil {
		t.Fatal(err)
	}
	synced(t, two.Corpus("local"), entryOf("c", "vote"))
	if diff := cmp.Diff(before, ranking(t, open, "treaty vote")); diff != "" {
		t.Errorf("an open view changed:\n%s", diff)
	}
}

func TestUnwritableFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := keptIndex(t, t.TempDir(), []Entry{entryOf("a", "treaty")})
	if diff := cmp.Diff(want, keptIndex(t, filepath.Join(file, "index"), []Entry{entryOf("a", "treaty")})); diff != "" {
		t.Errorf("where nothing can be kept (-want +got):\n%s", diff)
	}
}

func TestLoadErrorNamesTheDocument(t *testing.T) {
	corpus := synced(t, testStore(t, "").Corpus("local"), entryOf("a", "treaty"))
	bad := entryOf("b", "senate")
	bad.Load = func(context.Context) (*document.Document, error) { return nil, os.ErrNotExist }
	err := corpus.Sync(t.Context(), []Entry{entryOf("a", "treaty"), bad}, nil)
	if err == nil || !strings.Contains(err.Error(), "load b") {
		t.Errorf("error %v", err)
	}
	if got := ranking(t, viewOf(t, corpus), "treaty"); len(got) != 2 {
		t.Errorf("after a failed Sync the corpus holds %v", got)
	}
}
