package answer

import (
	"math"
	"slices"

	"pincite/internal/index"
	"pincite/internal/words"
)

// measures are what the verdict goes by: how much of the question the first
// passage has, and what of it. Words count by their rarity where a share is
// meant, fillers and words of the question before not at all.
type measures struct {
	// Coverage is the share of the question that the first passage has, a word
	// that it has almost counting in part; from 0 to 1.
	Coverage float64
	// Own is the part of it that it has in the question's own words; from 0 to 1.
	// What the lexicon has for a word is seldom quite what was asked.
	Own float64
	// Lacking is how many of the words and phrases the first passage has not,
	// one that it has almost counting in part. A long question has more that no
	// passage repeats, and so the same share of it says more.
	Lacking float64
	// Names is how many of the names and numbers in the question the first passage
	// has not, counted in the same way.
	Names float64
	// Particular is how many of the words that the first passage has are none that
	// the lexicon knows, but names and terms of one subject: the others are
	// easily met by chance.
	Particular float64
	// Score is the first passage's score as a share of what a passage approaches
	// that says each word of the question over and over; from 0, and above 1
	// only for a passage with much of the question's wording in its title too.
	Score float64
	// Together is how much of the score of the next passages belongs to the
	// first one's document, from 0 to 1: what the corpus treats of it treats in
	// one place. It is 0.5 where there is nothing to compare.
	Together float64
	// Kind is 1 where the evidence has the kind of thing that was asked for (a
	// number of hours, for "how many hours"), or nothing particular was; less where
	// it is a number of something else, and half where only another sentence of
	// the passage has it; else 0.
	Kind float64
	// Missing is the share that no passage has; from 0 to 1. The confidence does
	// without it, for Coverage says most of it.
	Missing float64
}

// storyShare is what a word of the story counts here: it helps to find, but a
// passage of law seldom has the story.
const storyShare = 0.3

// nextPassages is how many passages after the first tell whether what the corpus
// has is together.
const nextPassages = 9

// measure takes the measures of what was found, of which the first passage has
// that evidence.
func (a *Answerer) measure(q *question, hits *index.Hits, evidence []words.Span) measures {
	if len(hits.Hits) == 0 {
		return measures{}
	}
	var m measures
	var all, met, own float64
	first := &hits.Hits[0]
	for i, t := range q.terms {
		if t.filler || t.earlier {
			continue
		}
		share := 1.0
		if t.story {
			share = storyShare
		}
		weight, part := share*t.weight*hits.Rarity[i], had(t, first.Matched[i], first.Near[i])
		all += weight
		met += part * weight
		if first.Matched[i] >= t.weight {
			own += weight
		}
		m.Lacking += 1 - part
		if t.name || t.figure {
			m.Names += 1 - part
		}
		if a.particular(t) {
			m.Particular += share * t.weight * part
		}
		if hits.Frequencies[i] == 0 {
			m.Missing += weight
		}
	}
	if all > 0 {
		m.Coverage, m.Own, m.Missing = met/all, own/all, m.Missing/all
		m.Score = first.Score / (all * (1 + index.DefaultWeights().Saturation))
	}
	m.Together = together(hits.Hits)
	m.Kind = a.kind(q, first, evidence)
	return m
}

// particular reports whether a term is a word that the lexicon has nowhere.
func (a *Answerer) particular(t term) bool {
	return !t.idiom && len(t.others) == 0 && len(t.spanish) == 0 && a.lexicon != nil && !a.lexicon.Knows(t.stem)
}

// together is measures.Together. A document of one passage has no others, and
// where no other document has anything there is nothing to compare with.
func together(hits []index.Hit) float64 {
	first := hits[0].Document
	var same, sum float64
	for i := 1; i < min(len(hits), 1+nextPassages); i++ {
		sum += hits[i].Score
		if hits[i].Document == first {
			same += hits[i].Score
		}
	}
	if len(first.Passages) == 1 || sum == 0 || !slices.ContainsFunc(hits, func(h index.Hit) bool { return h.Document != first }) {
		return 0.5
	}
	return same / sum
}

// kind is measures.Kind.
func (a *Answerer) kind(q *question, first *index.Hit, evidence []words.Span) float64 {
	text := first.Passage.Text
	has := func(s string) float64 {
		return q.asked.has(s, a.words.In(first.Language).Tokens(s), first.Language, q.counted)
	}
	most := has(text) / 2
	for _, s := range evidence {
		most = max(most, has(text[s.Start:s.End]))
	}
	return most
}

// had is how far a passage has a term, from 0 to 1: wholly where it has the
// word itself, else by the weight of what stands for it, or by the likeness of
// the nearest word. What stands for it says nearly the same, so that its weight,
// made for ranking, counts by its square root.
func had(t term, matched, near float64) float64 {
	return max(math.Sqrt(matched/t.weight), near)
}

// vector is the measures in the order of coefficients, after the constant.
func (m measures) vector() []float64 {
	return []float64{m.Coverage, m.Own, m.Lacking, m.Names, m.Particular, m.Score, m.Together, m.Kind}
}

// coefficients are those of a logistic regression on answerable and unanswerable
// questions: of the article, its edition alone and among all built-in documents,
// of our own (the even ids), and of half of squad2_oos, also asked of parts of its
// corpus and of that of or_sharc, where the questions about other parts have no
// answer, so that it holds for small and large corpora; and on the questions of
// or_sharc and scifact, which all have one. Of a hundred questions 72 are taken to
// have an answer: with more, more than three of the article's 25 unanswerable ones
// are presented as answered. TestFitConfidence fits and prints them, with the
// weight of each set and the figures on the questions that were left out.
func coefficients() []float64 {
	return []float64{-6.57, 4.88, -1.41, 0.53, -1.01, 1.17, 3.79, 2.26, 1.33}
}

// confidence estimates the probability that the corpus answers.
func confidence(m measures) float64 {
	c := coefficients()
	z := c[0]
	for i, x := range m.vector() {
		z += c[i+1] * x
	}
	return 1 / (1 + math.Exp(-z))
}

// The confidences from which an answer is called that, and from which its
// passages are called related.
const (
	answeredFrom = 0.5
	relatedFrom  = 0.25
)

// mostMissing is the share of a question that the corpus may lack for passages
// to be about the same.
const mostMissing = 2.0 / 3

func verdict(m measures, passages int) Verdict {
	c := confidence(m)
	switch {
	case passages == 0 || c < relatedFrom:
		return None
	case c >= answeredFrom:
		return Answered
	case m.Missing > mostMissing:
		return None
	default:
		return Related
	}
}
