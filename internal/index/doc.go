// Package index makes documents searchable: documents in, hits out.
//
// It is built on bleve's index engine, scorch, and is the only package that
// knows it. bleve keeps the terms and their postings, on disk or in memory;
// what a passage scores is decided here, for three reasons. bleve takes the
// mean length of BM25 from the number of distinct terms divided by documents
// and rounds it, so that passages of uneven length are ranked worse than by
// TF-IDF, and differently after each merge of segments; here it is the true
// mean. A server sees the base corpus and its own documents, two indexes whose
// frequencies must be added up before anything is scored, and added up for
// that server alone. And bleve's collector scores every match one interface
// call at a time, where a sum in an array does.
//
// A document is analysed in its own language, English or Spanish (see
// words.TextLanguage), and the terms of both share the fields: a word that both
// languages write alike meets itself, as names and many terms of law do. Where a
// view has a Spanish document, whoever asks of it gives each word's stems in both
// languages (see [View.Languages]); a view without one pays nothing for this.
//
// From the bottom up: terms.go counts the terms of a passage, and beside.go signs
// it with the pairs of words that stand side by side in it; a part (part.go)
// is an index of a fixed set of documents that never changes, built in memory
// or in a folder (build.go, manifest.go); a [Store] (store.go) keeps the
// folders; a [Corpus] (corpus.go) is as many parts as one corpus of the
// library needs; a [View] (view.go) is the corpora that one server sees, at
// one moment. On a view there are two searches: [View.Search] for questions
// (score.go, then rerank.go word by word, where similar.go counts a word that is
// like the question's, wording.go how the words stand to each other, likelihood.go
// gives a second opinion, and citingnote.go hands the find of a note that only
// cites to the paragraph that calls it), and [View.Find] for keywords
// (keywords.go, match.go). nearest.go finds what a misspelt word may stand for.
//
// Nothing here is worth keeping. A folder is used only when its manifest was
// written by this version of the program for exactly these documents and every
// byte has the right checksum; otherwise it is built again, aside, and renamed
// when whole. Folders are only ever read once they are whole, so that any
// number of processes may have one open and none waits for another's lock.
package index
