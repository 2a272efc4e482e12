package answer

import (
	"math"

	"pincite/internal/index"
)

// measures are what the verdict goes by: how much of the question the first
// passage has, and how much the corpus lacks. Words count by their rarity,
// fillers and words of the question before not at all.
type measures struct {
	// Coverage is the share of the question that the first passage has, a word
	// that it has almost counting in part; from 0 to 1.
	Coverage float64
	// Missing is the share that no passage has; from 0 to 1.
	Missing float64
	// Lacks is 1 where any word is missing, else 0.
	Lacks float64
	// Pairs is n/(n+1) for n pairs of the question's neighbouring words of which
	// the first passage has both; from 0 to 1.
	Pairs float64
	// Score is ln(1 + s), where s is the first passage's score in units of a
	// word that a single passage has.
	Score float64
	// Margin is how far the first passage stands above the second, as a share
	// of its score; from 0 to 1, and 0 where there is no second.
	Margin float64
}

func measure(q *question, hits *index.Hits, passages int) measures {
	if len(hits.Hits) == 0 {
		return measures{Missing: 1, Lacks: 1}
	}
	var m measures
	var all, met float64
	first := &hits.Hits[0]
	for i, t := range q.terms {
		if t.filler || t.earlier {
			continue
		}
		weight := t.weight * hits.Rarity[i]
		all += weight
		met += had(t, first.Matched[i], first.Near[i]) * weight
		if hits.Frequencies[i] == 0 {
			m.Missing += weight
			if !t.idiom {
				m.Lacks = 1
			}
		}
	}
	pairs := 0.0
	for _, p := range q.pairs {
		if first.Matched[p.First] > 0 && first.Matched[p.Second] > 0 {
			pairs++
		}
	}
	m.Pairs = pairs / (pairs + 1)
	if all > 0 {
		m.Coverage, m.Missing = met/all, m.Missing/all
	}
	m.Score = math.Log1p(first.Score / index.Rarity(passages, 1))
	if len(hits.Hits) > 1 && first.Score > 0 {
		m.Margin = 1 - hits.Hits[1].Score/first.Score
	}
	return m
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
	return []float64{m.Coverage, m.Missing, m.Lacks, m.Pairs, m.Score, m.Margin}
}

// coefficients are those of a logistic regression on the answerable and the
// unanswerable questions of squad2_oos (every second one), of the article and
// of its edition, each set and class with the same weight, and on the questions
// of or_sharc and scifact with a third of it. TestFitConfidence fits and prints
// them, with the figures on the questions that were left out.
func coefficients() []float64 { return []float64{-3.60, 4.70, 2.66, -1.27, 0.99, 0.73, 1.37} }

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

func verdict(confidence float64, passages int) Verdict {
	switch {
	case passages == 0 || confidence < relatedFrom:
		return None
	case confidence < answeredFrom:
		return Related
	default:
		return Answered
	}
}
