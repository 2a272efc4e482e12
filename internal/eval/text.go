package eval

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// WriteText writes the report for people, as aligned columns of ASCII.
func (r *Report) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) } // Flush reports the error
	line("suite\t%s", r.Suite)
	line("documents\t%d", r.Documents)
	line("passages\t%d", r.Passages)
	line("questions\t%d: %d answerable, %d unanswerable, %d not judged, %d refused",
		r.Questions, r.Answerable, r.Unanswerable, r.Unjudged, r.Refused)
	for _, left := range r.Left.lines() {
		line("left out\t%s", left)
	}
	line("\nnDCG@10\tP@1\tR@1\tR@5\thit@3\tMRR@10")
	line("%s\t%s\t%s\t%s\t%s\t%s", figure(r.Ranking.NDCG10), figure(r.Ranking.P1), figure(r.Ranking.R1),
		figure(r.Ranking.R5), figure(r.Ranking.Hit3), figure(r.Ranking.MRR10))
	line("\nanswered of answerable\tof unanswerable\tAUROC of confidence")
	line("%s\t%s\t%s", figure(r.Abstention.Answerable), figure(r.Abstention.Unanswerable), figure(r.Abstention.AUROC))
	if len(r.Styles) > 0 {
		line("\nstyle\tquestions\tP@1\thit@3\tanswered\trelated\tnone")
	}
	for _, s := range r.Styles {
		line("%s\t%d\t%s\t%s\t%d\t%d\t%d", s.Style, s.Questions, figure(s.P1), figure(s.Hit3), s.Answered, s.Related, s.None)
	}
	s := &r.Speed
	line("\nindexing\t%.0f passages/s (%.0f ms)", s.PassagesPerSecond, s.IndexingMillis)
	line("asking\t%.0f questions/s one by one, p50 %.2f ms, p99 %.2f ms", s.QuestionsPerSecond, s.P50Millis, s.P99Millis)
	line("ranking\t%.0f questions/s with %d at a time, %d passages deep", s.RankingsPerSecond, s.Workers, s.Depth)
	if s.Memory.Resident > 0 {
		line("memory\t%.0f MB resident after indexing, %.0f MB at most", megabytes(s.Memory.Resident), megabytes(s.Memory.Peak))
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("eval: write report: %w", err)
	}
	return nil
}

// figure prints a figure to four digits, "-" where there is none.
func figure(f *float64) string {
	if f == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", *f)
}

func megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }

func (l *Left) lines() []string {
	var lines []string
	if l.EmptyPassages > 0 {
		lines = append(lines, fmt.Sprintf("passages without text: %d", l.EmptyPassages))
	}
	if l.UnknownJudgments > 0 {
		lines = append(lines, fmt.Sprintf("judgments of what is not there: %d, the first at %s", l.UnknownJudgments, l.UnknownFirst))
	}
	if len(l.UnreadDocuments) > 0 {
		lines = append(lines, "files that are no documents: "+strings.Join(l.UnreadDocuments, ", "))
	}
	return lines
}

// WriteDetails writes for each judged question what was said and what is
// right: a mark ("ok", the rank of the first right passage, "miss", or "none"
// for a question without an answer), the verdict, the confidence, the
// passages shown and the right ones.
func (o *Outcome) WriteDetails(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i := range o.Results {
		res := &o.Results[i]
		if !res.Query.Judged() {
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%.3f\t%s\twant %s\t%s\n", // Flush reports the error
			res.Query.ID, res.Query.Style, res.mark(), res.Verdict, res.Confidence,
			strings.Join(res.Shown, " "), strings.Join(res.Query.relevant(), " "), strings.Join(strings.Fields(res.Query.Text), " "))
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("eval: write details: %w", err)
	}
	return nil
}

// mark says in a word where the first right passage stands.
func (r *Result) mark() string {
	if !r.Query.Answerable() {
		return "none"
	}
	switch rank := ReciprocalRank(r.IDs(), r.Query.Grades, Depth); rank {
	case 0:
		return "miss"
	case 1:
		return "ok"
	default:
		return fmt.Sprintf("#%.0f", 1/rank)
	}
}
