package eval

import (
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en" // the analyzer "en"

	"pincite/internal/document"
	"pincite/internal/words"
)

// Sizes of the benchmark.
const (
	largeDocuments   = 1000
	largeParagraphs  = 100 // of a document
	largeSentences   = 4   // of a paragraph
	largeBareBatches = 1000
)

// BenchmarkAskLarge compares the time of an answer with that of a bare bleve
// query in one run, at 100,000 passages that are made of sentences of the question
// sets, so that questions are expanded as they are in earnest (the words of
// BenchmarkLarge in package index are made up, and no lexicon knows them). The
// figures are metrics of their own; run it with -benchtime=1x.
func BenchmarkAskLarge(b *testing.B) {
	docs := largeDocs(b)
	var questions []string
	for _, name := range []string{"own", "article", "or_sharc"} {
		for _, q := range suite(b, name).Queries {
			questions = append(questions, q.Text)
		}
	}
	r := &runner{Config: config(), suite: &Suite{Name: "large", Documents: docs}}
	r.Progress = func(Stage, int, int) {}
	if err := r.index(b.Context(), b.TempDir()); err != nil {
		b.Fatal(err)
	}
	bare := bareIndex(b, docs)
	ask := func(question string) (ours, theirs time.Duration) {
		began := time.Now()
		_, refusal, err := r.answer(b.Context(), &Query{Text: question}, 0)
		if err != nil {
			b.Fatal(err)
		}
		if refusal != "" {
			return 0, 0 // it has no words
		}
		ours = time.Since(began)
		began = time.Now()
		query := bleve.NewMatchQuery(question)
		query.SetField("text")
		if _, err := bare.Search(bleve.NewSearchRequestOptions(query, 10, 0, false)); err != nil {
			b.Fatal(err)
		}
		return ours, time.Since(began)
	}
	for _, q := range questions { // warm up
		ask(q)
	}
	b.ReportAllocs()
	var our, their []time.Duration
	for b.Loop() {
		for _, q := range questions {
			if ours, theirs := ask(q); ours > 0 {
				our, their = append(our, ours), append(their, theirs)
			}
		}
	}
	at := func(times []time.Duration, p int) float64 { return millis(percentile(times, p)) }
	b.ReportMetric(at(our, 50), "p50-ms")
	b.ReportMetric(at(our, 99), "p99-ms")
	b.ReportMetric(at(their, 50), "bare-p50-ms")
	b.ReportMetric(at(our, 50)/at(their, 50), "p50-of-bare")
}

// largeDocs are documents of sentences that were drawn at random.
func largeDocs(b *testing.B) []*document.Document {
	b.Helper()
	var sentences []string
	for _, name := range []string{"or_sharc", "squad2_oos", "scifact"} {
		for _, d := range suite(b, name).Documents {
			for i := range d.Passages {
				text := d.Passages[i].Text
				for _, s := range words.Sentences(text) {
					sentences = append(sentences, text[s.Start:s.End])
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	docs := make([]*document.Document, largeDocuments)
	for i := range docs {
		docs[i] = &document.Document{ID: "d" + strconv.Itoa(i), Title: "Drawn"}
		for n := range largeParagraphs {
			drawn := make([]string, largeSentences)
			for k := range drawn {
				drawn[k] = sentences[r.IntN(len(sentences))]
			}
			docs[i].Passages = append(docs[i].Passages, document.Passage{Kind: document.Paragraph, Number: n + 1, Text: strings.Join(drawn, " ")})
		}
	}
	return docs
}

// bareIndex is bleve as it comes, with its English analyzer.
func bareIndex(b *testing.B, docs []*document.Document) bleve.Index {
	b.Helper()
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "en"
	bare, err := bleve.New(filepath.Join(b.TempDir(), "bare"), mapping)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { bare.Close() })
	batch := bare.NewBatch()
	flush := func() {
		if err := bare.Batch(batch); err != nil {
			b.Fatal(err)
		}
		batch.Reset()
	}
	for _, d := range docs {
		for i := range d.Passages {
			if err := batch.Index(d.ID+"/"+strconv.Itoa(i), map[string]any{"text": d.Passages[i].Text}); err != nil {
				b.Fatal(err)
			}
			if batch.Size() == largeBareBatches {
				flush()
			}
		}
	}
	flush()
	return bare
}
