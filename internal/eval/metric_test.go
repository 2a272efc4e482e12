package eval

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestRankingFigures(t *testing.T) {
	// 120 passages of which only the last is relevant.
	long := make([]string, 120)
	for i := range long {
		long[i] = fmt.Sprint("x", i)
	}
	eleven := make(map[string]int)
	for _, id := range long[:11] {
		eleven[id] = 1
	}
	log2of3 := math.Log2(3)
	for name, c := range map[string]struct {
		ranking                  []string
		grades                   map[string]int
		ndcg10, r1, r5, rr, hit3 float64
	}{
		"first": {
			ranking: []string{"a", "b"}, grades: map[string]int{"a": 1},
			ndcg10: 1, r1: 1, r5: 1, rr: 1, hit3: 1,
		},
		"second": {
			ranking: []string{"b", "a"}, grades: map[string]int{"a": 1},
			ndcg10: 1 / log2of3, r5: 1, rr: 0.5, hit3: 1,
		},
		"fourth": {
			ranking: []string{"b", "c", "d", "a"}, grades: map[string]int{"a": 1},
			ndcg10: 1 / math.Log2(5), r5: 1, rr: 0.25,
		},
		"two, one of them not found": {
			ranking: []string{"a", "c"}, grades: map[string]int{"a": 1, "b": 1},
			ndcg10: 1 / (1 + 1/log2of3), r1: 0.5, r5: 0.5, rr: 1, hit3: 1,
		},
		"grades count in full, the lower one first": {
			ranking: []string{"b", "a"}, grades: map[string]int{"a": 2, "b": 1},
			ndcg10: (1 + 2/log2of3) / (2 + 1/log2of3), r1: 0.5, r5: 1, rr: 1, hit3: 1,
		},
		"a grade of 0 or below is not relevant": {
			ranking: []string{"z", "y", "a"}, grades: map[string]int{"z": 0, "y": -1, "a": 1},
			ndcg10: 0.5, r5: 1, rr: 1.0 / 3, hit3: 1,
		},
		"more relevant ones than places": {
			ranking: long, grades: eleven,
			ndcg10: 1, r1: 1.0 / 11, r5: 5.0 / 11, rr: 1, hit3: 1,
		},
		"beyond the tenth": {ranking: long, grades: map[string]int{"x10": 1}},
		"beyond the hundredth": {
			ranking: long, grades: map[string]int{"x119": 1},
		},
		"nothing relevant": {ranking: []string{"a"}, grades: map[string]int{"a": 0}},
		"nothing judged":   {ranking: []string{"a"}},
		"nothing found":    {grades: map[string]int{"a": 1}},
	} {
		for figure, pair := range map[string][2]float64{
			"nDCG@10": {NDCG(c.ranking, c.grades, 10), c.ndcg10},
			"R@1":     {Recall(c.ranking, c.grades, 1), c.r1},
			"R@5":     {Recall(c.ranking, c.grades, 5), c.r5},
			"RR@10":   {ReciprocalRank(c.ranking, c.grades, 10), c.rr},
			"hit@3":   {Hit(c.ranking, c.grades, 3), c.hit3},
			"P@1":     {Hit(c.ranking, c.grades, 1), math.Floor(c.rr)},
		} {
			if !near(pair[0], pair[1]) {
				t.Errorf("%s: %s is %v, want %v", name, figure, pair[0], pair[1])
			}
		}
	}
}

// TestNDCGIsHighestInTheBestOrder shuffles rankings of random grades: the
// figure is from 0 to 1, reaches 1 in the order of the grades, and never rises
// when a better passage is moved behind a worse one.
func TestNDCGIsHighestInTheBestOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		grades := make(map[string]int)
		var ids []string
		for i := range 2 + random.IntN(12) {
			id := fmt.Sprint(i)
			ids = append(ids, id)
			grades[id] = random.IntN(4)
		}
		grades[ids[0]] = 3
		best := slices.Clone(ids)
		slices.SortStableFunc(best, func(a, b string) int { return grades[b] - grades[a] })
		if got := NDCG(best, grades, 10); !near(got, 1) {
			t.Fatalf("the best order of %v gets %v", grades, got)
		}
		random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		before := NDCG(ids, grades, 10)
		if before < 0 || before > 1+1e-9 {
			t.Fatalf("%v of %v gets %v", ids, grades, before)
		}
		i, j := random.IntN(len(ids)), random.IntN(len(ids))
		if i > j {
			i, j = j, i
		}
		if grades[ids[i]] > grades[ids[j]] {
			ids[i], ids[j] = ids[j], ids[i]
			if after := NDCG(ids, grades, 10); after > before+1e-9 {
				t.Fatalf("%v of %v rose from %v to %v", ids, grades, before, after)
			}
		}
	}
}

func TestAUROC(t *testing.T) {
	for name, c := range map[string]struct {
		positive, negative []float64
		want               float64
	}{
		"apart":       {[]float64{0.8, 0.9}, []float64{0.1, 0.7}, 1},
		"the reverse": {[]float64{0.1}, []float64{0.7, 0.8}, 0},
		"all equal":   {[]float64{0.5, 0.5}, []float64{0.5}, 0.5},
		// Of six pairs four are won and one is tied.
		"mixed": {[]float64{0.9, 0.5, 0.2}, []float64{0.5, 0.1}, 4.5 / 6},
	} {
		if got := AUROC(c.positive, c.negative); !near(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	for _, got := range []float64{AUROC(nil, []float64{1}), AUROC([]float64{1}, nil), AUROC(nil, nil)} {
		if !math.IsNaN(got) {
			t.Errorf("without pairs it is %v", got)
		}
	}
}

// TestAUROCCountsPairs compares with the definition, pair by pair. Scores are
// of few values so that many are tied.
func TestAUROCCountsPairs(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	draw := func() []float64 {
		scores := make([]float64, 1+random.IntN(30))
		for i := range scores {
			scores[i] = float64(random.IntN(8)) / 8
		}
		return scores
	}
	for range 500 {
		positive, negative := draw(), draw()
		var wins float64
		for _, p := range positive {
			for _, n := range negative {
				switch {
				case p > n:
					wins++
				case p == n:
					wins += 0.5
				}
			}
		}
		want := wins / float64(len(positive)*len(negative))
		if got := AUROC(positive, negative); !near(got, want) {
			t.Fatalf("%v above %v: %v, want %v", positive, negative, got, want)
		}
		if forth, back := AUROC(positive, negative), AUROC(negative, positive); !near(forth+back, 1) {
			t.Fatalf("%v and %v do not add up to 1", forth, back)
		}
	}
}

func TestPercentile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(100 - i) // from 100 down to 1
	}
	for _, c := range []struct {
		durations []time.Duration
		p         int
		want      time.Duration
	}{
		{hundred, 50, 50},
		{hundred, 99, 99},
		{hundred, 100, 100},
		{hundred[:3], 50, 99},
		{hundred[:3], 99, 100},
		{hundred[:1], 1, 100},
		{nil, 50, 0},
	} {
		if got := percentile(c.durations, c.p); got != c.want {
			t.Errorf("p%d of %d is %d, want %d", c.p, len(c.durations), got, c.want)
		}
	}
	if hundred[0] != 100 {
		t.Error("the durations were sorted in place")
	}
}
