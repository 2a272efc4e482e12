// Package answer turns a question into an [Answer]: a verdict, the passages
// that answer best first, in each the evidence, and what the corpus never
// mentions. It alone decides what is good enough to say.
//
// A question goes through six steps, each in a file of its own: it is read
// (question.go), words that the corpus does not know are looked for in other
// spellings (compound.go) and mended where they are misspelt (spelling.go), the
// index is searched, the sentence that answers is chosen in each passage
// (evidence.go), repetitions are dropped (list.go), and the verdict is given
// (verdict.go). The answer quotes; it writes nothing.
package answer

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"pincite/internal/document"
	"pincite/internal/index"
	"pincite/internal/lexicon"
	"pincite/internal/words"
)

// Verdict says how far an answer may be relied on.
type Verdict string

// The verdicts.
const (
	// Answered: the first passage answers the question.
	Answered Verdict = "answered"
	// Related: the passages are about the question's subject; whether they
	// answer is left to the reader.
	Related Verdict = "related"
	// None: the corpus holds no answer. Passages are the nearest, no more.
	None Verdict = "none"
)

// Answer is what is said to a question.
type Answer struct {
	Question string
	Verdict  Verdict
	// Confidence is an estimate of the probability, from 0 to 1, that the
	// first passage answers.
	Confidence float64
	// Missing are the question's words that the corpus never mentions, as the
	// questioner wrote them.
	Missing []string
	// Mended are the words that were taken for others, for being misspelt.
	Mended []Mended
	// Chatter is what the text is where it is no question. Its verdict is None,
	// and it has no passages.
	Chatter Chatter
	// Passages are best first; none where nothing matched at all.
	Passages []Passage
}

// Passage is a passage of an answer.
type Passage struct {
	Document *document.Document
	Passage  *document.Passage
	// Evidence is the sentence that answers best, as ranges of the passage's
	// text, in order and disjoint.
	Evidence []words.Span
	// Notes are the footnotes that the passage calls.
	Notes []*document.Passage
	Score float64
}

// Ref is the passage's id.
func (p *Passage) Ref() document.Ref { return p.Document.Ref(p.Passage) }

// Request is a question and where to look for its answer.
type Request struct {
	Question string
	// Earlier is the question that this one follows up, if any. Its words
	// help to find, with less weight.
	Earlier string
	// Document restricts the answer to one document, where not empty.
	Document string
	// Limit is the most passages to return; 0 means DefaultLimit.
	Limit int
	// Weak asks also for passages that have little in common with the question
	// beside the best one, as a measured ranking needs them.
	Weak bool
}

// DefaultLimit is how many passages an answer has: what fits on the screen of
// a telephone without hiding the first.
const DefaultLimit = 3

// Answerer answers questions. It is safe for concurrent use.
type Answerer struct {
	words   *words.Analyzer
	lexicon *lexicon.Lexicon
	// sayings and their words are made when the first text needs them.
	sayings     func() []sayingPattern
	sayingWords func() map[string]struct{}
}

// New makes an Answerer; a is the analyzer of the index that it is asked on, l
// the lexicon that questions are expanded with, or nil for none.
func New(a *words.Analyzer, l *lexicon.Lexicon) *Answerer {
	return &Answerer{words: a, lexicon: l, sayings: sync.OnceValue(compileSayings), sayingWords: sync.OnceValue(readSayingWords)}
}

// With is the Answerer that expands questions with another lexicon, or nil for
// none. It costs nothing to make.
func (a *Answerer) With(l *lexicon.Lexicon) *Answerer {
	other := *a
	other.lexicon = l
	return &other
}

// Answer answers one question from a view. A question that cannot be read (no
// words, too long) is a [fault.Invalid]; one that finds nothing is no error.
func (a *Answerer) Answer(ctx context.Context, view *index.View, r Request) (*Answer, error) {
	ans, _, err := a.answer(ctx, view, r)
	return ans, err
}

// answer is Answer, with what its confidence was computed from.
func (a *Answerer) answer(ctx context.Context, view *index.View, r Request) (*Answer, measures, error) {
	kind, err := a.chatter(ctx, view, discordMarkup.ReplaceAllString(r.Question, " "))
	if err != nil {
		return nil, measures{}, err
	}
	if kind != "" {
		return &Answer{Question: r.Question, Verdict: None, Chatter: kind}, measures{}, nil
	}
	q, err := a.read(r, slices.Contains(view.Languages(), words.Spanish))
	if err != nil {
		return nil, measures{}, err
	}
	limit := r.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	if err := q.know(ctx, view, a); err != nil {
		return nil, measures{}, fmt.Errorf("answer %q: %w", r.Question, err)
	}
	// Repetitions are dropped later, so more are fetched than are wanted.
	hits, err := view.Search(ctx, q.query(r.Document, 2*limit+8))
	if err != nil {
		return nil, measures{}, fmt.Errorf("answer %q: %w", r.Question, err)
	}
	ans := &Answer{Question: r.Question, Missing: q.missing(hits.Frequencies), Mended: a.mendedWords(q, &hits)}
	ans.Passages = a.list(q, &hits, r.Weak, limit)
	var evidence []words.Span
	if len(ans.Passages) > 0 {
		evidence = ans.Passages[0].Evidence
	}
	m := a.measure(q, &hits, evidence)
	ans.Confidence = confidence(m)
	ans.Verdict = verdict(m, len(ans.Passages))
	return ans, m, nil
}
