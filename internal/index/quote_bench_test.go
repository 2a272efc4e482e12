package index_test

import (
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pincite/internal/index"
	"pincite/internal/quote"
	"pincite/internal/words"
)

// quotationsPerKind is how many quotations of each kind BenchmarkVerify checks.
const quotationsPerKind = 200

// BenchmarkVerify checks quotations at 100,000 passages, whose documents are
// read through a library: of each kind, the median time and that which 99 of
// 100 keep to, in milliseconds.
func BenchmarkVerify(b *testing.B) {
	passages := largePassages
	if testing.Short() {
		passages = shortPassages
	}
	s := newSynthesizer()
	docs := s.documents(passages)
	dir := b.TempDir()
	folder := filepath.Join(dir, "documents")
	writeDocuments(b, folder, docs)
	a := words.NewAnalyzer()
	corpus := index.NewStore(filepath.Join(dir, "index"), a, time.Now, slog.New(slog.DiscardHandler)).Corpus("large")
	if err := corpus.Sync(b.Context(), inLibrary(b, folder), nil); err != nil {
		b.Fatal(err)
	}
	view, err := index.NewView(corpus)
	if err != nil {
		b.Fatal(err)
	}
	sentence := func() []string {
		d := docs[s.random.IntN(len(docs))]
		list := strings.Split(d.Passages[s.random.IntN(len(d.Passages))].Text, ". ")
		return strings.Fields(strings.TrimSuffix(list[0], "."))
	}
	kinds := []struct {
		name string
		want quote.Verdict
		make func() string
	}{
		{"exact", quote.Exact, func() string { return strings.Join(sentence(), " ") }},
		{"elided", quote.Exact, func() string {
			list := sentence()
			return strings.Join(slices.Concat(list[:6], []string{"…"}, list[9:]), " ")
		}},
		{"altered", quote.Altered, func() string {
			list := slices.Clone(sentence())
			list[s.random.IntN(len(list))] = "zyzzyva"
			return strings.Join(list, " ")
		}},
		{"joined", quote.Altered, func() string { return strings.Join(append(slices.Clone(sentence()), sentence()...), " ") }},
		{"absent", quote.Absent, func() string { return s.sentence(wordsPerSentence) }},
		{"passage", quote.Exact, func() string {
			d := docs[s.random.IntN(len(docs))]
			return d.Passages[s.random.IntN(len(d.Passages))].Text
		}},
		{"phrase", "", func() string { // three words on end, of which one at least is no function word
			for {
				list := sentence()[1:4]
				if !slices.ContainsFunc(list, func(w string) bool { return !slices.Contains(s.function, w) }) {
					continue
				}
				return strings.Join(list, " ")
			}
		}},
	}
	checker := quote.New(a)
	for _, k := range kinds {
		quotations := make([]string, quotationsPerKind)
		for i := range quotations {
			quotations[i] = k.make()
		}
		b.Run(k.name, func(b *testing.B) {
			b.ReportAllocs()
			var times []time.Duration
			wrong := 0
			for b.Loop() {
				for _, q := range quotations {
					times = append(times, timed(b, func() error {
						r, err := checker.Check(b.Context(), view, q)
						if err == nil && k.want != "" && r.Verdict != k.want {
							wrong++
						}
						return err
					}))
				}
			}
			slices.Sort(times)
			at := func(percent int) float64 {
				return float64(times[(len(times)*percent+99)/100-1].Microseconds()) / 1000
			}
			b.ReportMetric(at(50), "p50-ms")
			b.ReportMetric(at(99), "p99-ms")
			b.ReportMetric(float64(wrong)/float64(len(times)), "wrong")
		})
	}
}
