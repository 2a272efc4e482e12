package eval

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// The functions below score one ranking, best first and without repetitions,
// against the grades of the judged passages. A passage is relevant where its
// grade is above 0; one without a judgment has grade 0.

// NDCG is the normalised discounted cumulative gain of the first k as
// trec_eval and BEIR define it: a passage gains its grade, divided by the
// binary logarithm of one more than its rank, over what the best order of all
// judged passages would gain. It is 0 where nothing is relevant.
func NDCG(ranking []string, grades map[string]int, k int) float64 {
	best := make([]int, 0, len(grades))
	for _, grade := range grades {
		best = append(best, max(grade, 0))
	}
	slices.SortFunc(best, func(a, b int) int { return cmp.Compare(b, a) })
	var gain, ideal float64
	for i, id := range ranking[:min(k, len(ranking))] {
		gain += float64(max(grades[id], 0)) / math.Log2(float64(i)+2)
	}
	for i, grade := range best[:min(k, len(best))] {
		ideal += float64(grade) / math.Log2(float64(i)+2)
	}
	if ideal == 0 {
		return 0
	}
	return gain / ideal
}

// Recall is the share of the relevant passages that are among the first k
// (BEIR's R@k); 0 where nothing is relevant.
func Recall(ranking []string, grades map[string]int, k int) float64 {
	found, all := 0, 0
	for _, grade := range grades {
		if grade > 0 {
			all++
		}
	}
	for _, id := range ranking[:min(k, len(ranking))] {
		if grades[id] > 0 {
			found++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(found) / float64(all)
}

// ReciprocalRank is 1/rank of the first relevant passage among the first k, 0
// where none is relevant. Its mean over questions is MRR@k.
func ReciprocalRank(ranking []string, grades map[string]int, k int) float64 {
	for i, id := range ranking[:min(k, len(ranking))] {
		if grades[id] > 0 {
			return 1 / float64(i+1)
		}
	}
	return 0
}

// Hit is 1 where a relevant passage is among the first k, else 0. With k = 1
// its mean over questions is P@1.
func Hit(ranking []string, grades map[string]int, k int) float64 {
	if ReciprocalRank(ranking, grades, k) > 0 {
		return 1
	}
	return 0
}

// AUROC is the area under the ROC curve of a score that should be higher for
// the positive than for the negative: the probability that a positive drawn
// at random scores above a negative drawn at random, ties counting half
// (Mann and Whitney's U over the number of pairs). It is NaN where either set
// is empty.
func AUROC(positive, negative []float64) float64 {
	if len(positive) == 0 || len(negative) == 0 {
		return math.NaN()
	}
	below := slices.Sorted(slices.Values(negative))
	var wins float64
	for _, score := range positive {
		first, _ := slices.BinarySearch(below, score)
		end, _ := slices.BinarySearchFunc(below, score, func(x, score float64) int {
			if x <= score {
				return -1
			}
			return 1
		})
		wins += float64(first) + float64(end-first)/2
	}
	return wins / float64(len(positive)) / float64(len(negative))
}

// percentile is the smallest of the durations that at least p percent of them
// do not exceed (nearest rank); 0 of none. p is from 1 to 100.
func percentile(durations []time.Duration, p int) time.Duration {
	if len(durations) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(durations))
	return sorted[(len(sorted)*p+99)/100-1]
}
