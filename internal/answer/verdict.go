package answer

import (
	"math"

	"pincite/internal/index"
)

// measures are what the verdict goes by. Each is from 0 to 1.
type measures struct {
	// Coverage is the share of the question's weight, by rarity, that the
	// first passage has.
	Coverage float64
	// Evidence is the share that its evidence has.
	Evidence float64
	// Missing is the share that the corpus lacks altogether.
	Missing float64
	// Lead is how far the first passage stands above the mean of the next
	// ones, as a share of its score.
	Lead float64
	// Words is how many of the question's words the first passage has: n/(n+1).
	Words float64
}

func measure(q *question, hits *index.Hits, list []Passage) measures {
	var m measures
	if len(list) == 0 || len(hits.Hits) == 0 {
		m.Missing = 1
		return m
	}
	first := &hits.Hits[0]
	evidence := list[0].Evidence[0]
	var all, met, inEvidence, missing, n float64
	for i, t := range q.terms {
		if t.filler || t.earlier {
			continue
		}
		all += hits.Rarity[i]
		if hits.Frequencies[i] == 0 {
			missing += hits.Rarity[i]
		}
		if first.Matched[i] > 0 {
			met += hits.Rarity[i]
			n++
		}
	}
	_ = evidence
	_ = inEvidence
	if all > 0 {
		m.Coverage, m.Missing = met/all, missing/all
	}
	m.Words = n / (n + 1)
	var next float64
	others := hits.Hits[1:min(len(hits.Hits), 6)]
	for i := range others {
		next += others[i].Score / float64(len(others))
	}
	if first.Score > 0 {
		m.Lead = 1 - next/first.Score
	}
	return m
}

// confidence estimates the probability that the first passage answers.
func confidence(m measures) float64 {
	z := -4 + 6*m.Coverage + 1*m.Lead + 2*m.Words - 2*m.Missing
	return 1 / (1 + math.Exp(-z))
}

// The verdicts begin at these confidences.
const (
	answeredFrom = 0.5
	relatedFrom  = 0.2
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
