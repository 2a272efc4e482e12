package index

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	bleve "github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"pincite/internal/document"
	"pincite/internal/words"
)

// batchSize is the number of passages that reach bleve together. From 500 to
// 2000 it makes no difference; one by one is thirty times slower.
const batchSize = 1000

// batch is a run of passages on its way into bleve.
type batch struct {
	docs     []partDoc
	passages []partPassage
	signed   []signature
	terms    []bleveindex.Document
	err      error
}

// built is what a build leaves beside bleve's own files.
type built struct {
	docs     []partDoc
	passages []partPassage
	signed   []signature // by ordinal
}

// build counts the terms of all entries and gives them to write, batch by
// batch. While one batch is written the next is counted, on all cores.
func build(ctx context.Context, a *words.Analyzer, entries []Entry, progress Progress, write func([]bleveindex.Document) error) (built, error) {
	ctx, cancel := context.WithCancel(ctx)
	batches := make(chan batch, 1)
	var producer sync.WaitGroup
	producer.Go(func() { countBatches(ctx, a, entries, batches) })
	defer producer.Wait()
	defer cancel()

	total := 0
	for _, e := range entries {
		total += e.Passages
	}
	var b built
	for next := range batches {
		if next.err != nil {
			return built{}, next.err
		}
		if err := write(next.terms); err != nil {
			return built{}, err
		}
		b.docs = append(b.docs, next.docs...)
		b.passages = append(b.passages, next.passages...)
		b.signed = append(b.signed, next.signed...)
		if progress != nil {
			progress(len(b.passages), max(total, len(b.passages)))
		}
	}
	return b, context.Cause(ctx)
}

// countBatches loads the entries in order, at least batchSize passages at a
// time, and sends them counted. It closes batches when all are sent, ctx ends,
// or one cannot be loaded.
func countBatches(ctx context.Context, a *words.Analyzer, entries []Entry, batches chan<- batch) {
	defer close(batches)
	docs, ordinal := 0, 0
	for len(entries) > 0 {
		var loaded []*document.Document
		var next batch
		size := 0
		for len(entries) > 0 && size < batchSize {
			d, err := entries[0].Load(ctx)
			if err != nil {
				next.err = &LoadError{ID: entries[0].ID, Err: err}
				break
			}
			next.docs = append(next.docs, partDoc{
				identity:   entries[0].identity(),
				language:   a.TextLanguage(d.Language, textsOf(d)),
				first:      uint32(ordinal + size),
				paragraphs: uint32(len(d.Paragraphs())),
				footnotes:  uint32(len(d.Footnotes())),
			})
			loaded = append(loaded, d)
			size += len(d.Passages)
			entries = entries[1:]
		}
		if next.err == nil {
			countBatch(a, loaded, &next, docs, ordinal, size)
			docs, ordinal = docs+len(loaded), ordinal+size
		}
		select {
		case batches <- next:
		case <-ctx.Done():
			return
		}
		if next.err != nil {
			return
		}
	}
}

// textsOf are the texts of a document in reading order.
func textsOf(d *document.Document) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range d.Passages {
			if !yield(d.Passages[i].Text) {
				return
			}
		}
	}
}

// countBatch counts the terms of the documents of one batch on all cores.
func countBatch(a *words.Analyzer, loaded []*document.Document, b *batch, firstDoc, firstOrdinal, size int) {
	b.passages = make([]partPassage, size)
	b.signed = make([]signature, size)
	b.terms = make([]bleveindex.Document, size)
	var wait sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(loaded))
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(loaded); i += workers {
				d, info := loaded[i], &b.docs[i]
				named := Named(d)
				for j := range d.Passages {
					t := countTerms(a.In(info.language), d, &d.Passages[j], named[j])
					at := int(info.first) - firstOrdinal + j
					b.passages[at] = partPassage{
						doc:        uint32(firstDoc + i),
						textLength: uint32(t.textLength),
						headLength: uint32(t.headLength),
					}
					b.signed[at] = sign(&d.Passages[j])
					info.textLength += uint64(t.textLength)
					info.headLength += uint64(t.headLength)
					doc := bleve.NewDocument(ordinalName(info.first + uint32(j)))
					doc.AddField(&counted{name: fieldText, length: t.textLength, freqs: t.text})
					doc.AddField(&counted{name: fieldHead, length: t.headLength, freqs: t.head})
					if len(t.authorities) > 0 {
						doc.AddField(&counted{name: fieldAuthority, length: len(named[j]), freqs: t.authorities})
					}
					b.terms[at] = doc
				}
			}
		})
	}
	wait.Wait()
}

// buildInMemory makes a part that lives as long as the process.
func buildInMemory(ctx context.Context, a *words.Analyzer, entries []Entry, progress Progress) (*part, error) {
	queue := bleveindex.NewAnalysisQueue(1)
	defer queue.Close()
	engine, err := openScorch("", queue)
	if err != nil {
		return nil, fmt.Errorf("open in memory: %w", err)
	}
	b, err := build(ctx, a, entries, progress, func(docs []bleveindex.Document) error {
		batch := bleveindex.NewBatch()
		for _, d := range docs {
			batch.Update(d)
		}
		return engine.Batch(batch)
	})
	if err != nil {
		engine.Close() //nolint:errcheck // the build has failed already
		return nil, fmt.Errorf("build in memory: %w", err)
	}
	return newPart(engine, b, "")
}

// buildInFolder writes bleve's files into the folder "bleve" below aside, and
// returns what the manifest must say beside them.
func buildInFolder(ctx context.Context, a *words.Analyzer, entries []Entry, progress Progress, aside string) (built, error) {
	builder, err := scorch.NewBuilder(map[string]any{
		"path":            filepath.Join(aside, bleveFolder),
		"buildPathPrefix": aside,
		"batchSize":       batchSize,
		// All segments are merged at once: merging them in stages writes
		// everything twice.
		"mergeMax": 1 << 20,
	})
	if err != nil {
		return built{}, fmt.Errorf("open builder: %w", err)
	}
	b, err := build(ctx, a, entries, progress, func(docs []bleveindex.Document) error {
		for _, d := range docs {
			if err := builder.Index(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return built{}, err
	}
	if err := builder.Close(); err != nil {
		return built{}, fmt.Errorf("close builder: %w", err)
	}
	if err := os.Chmod(filepath.Join(aside, bleveFolder), 0o700); err != nil {
		return built{}, err
	}
	return b, nil
}
