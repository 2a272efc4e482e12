// Package eval measures: question sets in, figures of quality and speed out.
//
// A [Suite] is a folder of questions with judgments of which passages answer
// them, and the documents that they are asked of; [Load] reads two layouts,
// BEIR's and that of a list of questions with its documents. [Run] indexes the
// documents, asks every question twice (once deep, for the ranking, and once
// as a user would, for the verdict and the time) and returns the answers and
// a [Report]. [WriteRun] and [WriteAnswers] write the answers for other
// programs, such as trec_eval.
//
// The figures are those of the field and are defined where they are computed,
// in metric.go. Passages go by the ids that the suite gives them. What each part
// of the ranking brings stands in testdata/ablation.txt, which TestAblation
// measures.
//
// testdata/own is a set of questions over the built-in documents, written from
// the documents alone, for whoever changes the ranking, the lexicon or the
// confidence:
//
//	pincite eval internal/eval/testdata/own
//
// Its questions with even ids are for development, and are the suite "own" of
// the committed figures; those with odd ids are the check, "own_check", which
// nobody tunes to. testdata/rules asks of documents of other kinds, rules of
// two countries' agencies, of bank regulation and of Mexican labour law in
// Spanish, which show what helps the built-in documents alone.
package eval
