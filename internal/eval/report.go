package eval

import (
	"cmp"
	"math"
	"slices"
	"time"

	"pincite/internal/answer"
)

// Report holds the figures of one run. A figure that has no meaning for the
// suite, such as the AUROC where every question has an answer, is nil.
type Report struct {
	Suite     string `json:"suite"`
	Documents int    `json:"documents"`
	Passages  int    `json:"passages"`
	// Questions were asked: Answerable and Unanswerable ones, and those that
	// the suite does not judge. Refused are those of them that could not be
	// read as a question.
	Questions    int        `json:"questions"`
	Answerable   int        `json:"answerable"`
	Unanswerable int        `json:"unanswerable"`
	Unjudged     int        `json:"unjudged"`
	Refused      int        `json:"refused"`
	Left         Left       `json:"left"`
	Ranking      Quality    `json:"ranking"`
	Abstention   Abstention `json:"abstention"`
	// Styles are in alphabetical order, those with an answer first; none
	// where the suite has no styles.
	Styles []Style `json:"styles,omitempty"`
	Speed  Speed   `json:"speed"`
}

// Quality are means over the answerable questions, each from 0 to 1.
type Quality struct {
	NDCG10 *float64 `json:"ndcg10"`
	P1     *float64 `json:"p1"`
	R1     *float64 `json:"r1"`
	R5     *float64 `json:"r5"`
	Hit3   *float64 `json:"hit3"`
	MRR10  *float64 `json:"mrr10"`
}

// Abstention says how well answering and keeping silent were told apart.
type Abstention struct {
	// Answerable and Unanswerable are the shares of these questions that got
	// the verdict [answer.Answered].
	Answerable   *float64 `json:"answerable"`
	Unanswerable *float64 `json:"unanswerable"`
	// AUROC is that of the confidence, see [AUROC].
	AUROC *float64 `json:"auroc"`
}

// Style are the figures of the questions of one style that have an answer, or
// of those that have none.
type Style struct {
	Style      string `json:"style"`
	Questions  int    `json:"questions"`
	Answerable bool   `json:"answerable"`
	// P1 and Hit3 are nil for questions without an answer.
	P1   *float64 `json:"p1"`
	Hit3 *float64 `json:"hit3"`
	// Answered, Related and None count the verdicts.
	Answered int `json:"answered"`
	Related  int `json:"related"`
	None     int `json:"none"`
}

// Speed says how fast it went. Times are in milliseconds.
type Speed struct {
	IndexingMillis    float64 `json:"indexingMillis"`
	PassagesPerSecond float64 `json:"passagesPerSecond"`
	// P50 and P99 are the times of an answer as a user gets it, asked one by
	// one of a warm index; QuestionsPerSecond is at that pace.
	P50Millis          float64 `json:"p50Millis"`
	P99Millis          float64 `json:"p99Millis"`
	QuestionsPerSecond float64 `json:"questionsPerSecond"`
	// Workers asked for the rankings at a time, with Depth passages each.
	Workers           int     `json:"workers"`
	Depth             int     `json:"depth"`
	RankingsPerSecond float64 `json:"rankingsPerSecond"`
	// Memory is of the whole process, right after indexing and a collection.
	// The suite's documents are in it.
	Memory Memory `json:"memory"`
}

func perSecond(n int, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(n) / d.Seconds()
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (s *Speed) indexed(passages int, d time.Duration) {
	s.IndexingMillis, s.PassagesPerSecond = millis(d), perSecond(passages, d)
}

func (s *Speed) ranked(questions int, d time.Duration) {
	s.RankingsPerSecond = perSecond(questions, d)
}

func (s *Speed) asked(results []Result) {
	var all time.Duration
	times := make([]time.Duration, len(results))
	for i := range results {
		times[i] = results[i].Time
		all += results[i].Time
	}
	s.P50Millis, s.P99Millis = millis(percentile(times, 50)), millis(percentile(times, 99))
	s.QuestionsPerSecond = perSecond(len(results), all)
}

// mean collects values; without any it has no value.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(x float64) { m.sum, m.n = m.sum+x, m.n+1 }

func (m *mean) value() *float64 {
	if m.n == 0 {
		return nil
	}
	return new(m.sum / float64(m.n))
}

func newReport(s *Suite, results []Result, speed Speed) Report {
	r := Report{
		Suite: s.Name, Documents: len(s.Documents), Passages: s.Passages(),
		Questions: len(results), Left: s.Left, Speed: speed,
	}
	var ndcg, p1, r1, r5, hit3, mrr, answered, wrongly mean
	var positive, negative []float64
	for i := range results {
		res := &results[i]
		if res.Refusal != "" {
			r.Refused++
		}
		said := 0.0
		if res.Verdict == answer.Answered {
			said = 1
		}
		switch {
		case res.Query.Answerable():
			ids, grades := res.IDs(), res.Query.Grades
			ndcg.add(NDCG(ids, grades, 10))
			p1.add(Hit(ids, grades, 1))
			r1.add(Recall(ids, grades, 1))
			r5.add(Recall(ids, grades, 5))
			hit3.add(Hit(ids, grades, 3))
			mrr.add(ReciprocalRank(ids, grades, 10))
			answered.add(said)
			positive = append(positive, res.Confidence)
		case res.Query.Unanswerable:
			wrongly.add(said)
			negative = append(negative, res.Confidence)
		default:
			r.Unjudged++
		}
	}
	r.Answerable, r.Unanswerable = len(positive), len(negative)
	r.Ranking = Quality{
		NDCG10: ndcg.value(), P1: p1.value(), R1: r1.value(), R5: r5.value(), Hit3: hit3.value(), MRR10: mrr.value(),
	}
	r.Abstention = Abstention{Answerable: answered.value(), Unanswerable: wrongly.value()}
	if area := AUROC(positive, negative); !math.IsNaN(area) {
		r.Abstention.AUROC = &area
	}
	r.Styles = styles(results)
	return r
}

// styles are the figures by style.
func styles(results []Result) []Style {
	type key struct {
		style      string
		answerable bool
	}
	type sums struct {
		Style
		p1, hit3 mean
	}
	by := make(map[key]*sums)
	for i := range results {
		res := &results[i]
		if res.Query.Style == "" || !res.Query.Judged() {
			continue
		}
		k := key{res.Query.Style, res.Query.Answerable()}
		s := by[k]
		if s == nil {
			s = &sums{Style: Style{Style: k.style, Answerable: k.answerable}}
			by[k] = s
		}
		s.Questions++
		switch res.Verdict {
		case answer.Answered:
			s.Answered++
		case answer.Related:
			s.Related++
		default:
			s.None++
		}
		if k.answerable {
			s.p1.add(Hit(res.IDs(), res.Query.Grades, 1))
			s.hit3.add(Hit(res.IDs(), res.Query.Grades, 3))
		}
	}
	var list []Style
	for _, s := range by {
		s.P1, s.Hit3 = s.p1.value(), s.hit3.value()
		list = append(list, s.Style)
	}
	slices.SortFunc(list, func(a, b Style) int {
		if a.Answerable != b.Answerable {
			if a.Answerable {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Style, b.Style)
	})
	return list
}
