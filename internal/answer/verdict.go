package answer

import (
	"math"
	"slices"

	"pincite/internal/index"
	"pincite/internal/words"
)

// measures are what the verdict goes by: how much of the question the first
// passage has, and how far that passage stands out. Words count by their rarity,
// fillers and words of the question before not at all.
type measures struct {
	// Coverage is the share of the question that the first passage has, a word
	// that it has almost counting in part; from 0 to 1.
	Coverage float64
	// Names is how many of the names and numbers in the question the first passage
	// has not, one that it has almost counting in part; Unknown is how many of
	// them no passage has.
	Names, Unknown float64
	// Alone is 1 where the first passage has only one of several words or phrases
	// that were asked for, else 0: one word is easily met by chance.
	Alone float64
	// Score is the first passage's score as a share of what a passage approaches
	// that says each word of the question over and over; from 0, and above 1
	// only for a passage with much of the question's wording in its title too.
	Score float64
	// Margin is how far the first passage stands above the second, as a share
	// of its score; from 0 to 1, and 0 where there is no second.
	Margin float64
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
	var all, met float64
	has, lacks := 0, 0
	first := &hits.Hits[0]
	for i, t := range q.terms {
		if t.filler || t.earlier {
			continue
		}
		weight, part := t.weight*hits.Rarity[i], had(t, first.Matched[i], first.Near[i])
		if t.story {
			weight *= storyShare
		}
		all += weight
		met += part * weight
		if part >= 0.5 {
			has++
		} else {
			lacks++
		}
		if t.name || t.figure {
			m.Names += 1 - part
			if hits.Frequencies[i] == 0 && t.mended == "" && !t.titled {
				m.Unknown++
			}
		}
		if hits.Frequencies[i] == 0 {
			m.Missing += weight
		}
	}
	if has <= 1 && lacks > 0 {
		m.Alone = 1
	}
	if all > 0 {
		m.Coverage, m.Missing = met/all, m.Missing/all
		m.Score = first.Score / (all * (1 + index.DefaultWeights().Saturation))
	}
	if len(hits.Hits) > 1 && first.Score > 0 {
		m.Margin = 1 - hits.Hits[1].Score/first.Score
	}
	m.Together = together(hits.Hits)
	m.Kind = a.kind(q, first, evidence)
	return m
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
	return []float64{m.Coverage, m.Names, m.Unknown, m.Alone, m.Score, m.Margin, m.Together, m.Kind}
}

// coefficients are those of a logistic regression on the answerable and the
// unanswerable questions of squad2_oos (every second one), of the article, of
// its edition alone and among all built-in documents, and of our own (the even
// ids), each set and class with the weight that stands in the test, and on the
// questions of or_sharc and scifact, which all have an answer. TestFitConfidence
// fits and prints them, with the figures on the questions that were left out.
func coefficients() []float64 {
	return []float64{-5.49, 2.62, -0.34, -1.21, -1.24, 1.64, 1.95, 1.43, 3.31}
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
