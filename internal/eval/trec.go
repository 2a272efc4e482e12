package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"

	"pincite/internal/answer"
)

// WriteRun writes the rankings as a TREC run: query, "Q0", passage, rank from
// 1, score and tag, between spaces. trec_eval ignores the rank, sorts by the
// score as a 32-bit number and breaks ties by id; so that it sees the order
// that a user would, a score that is not below the one before it is written
// as the next lower number. An id or tag with white space cannot stand in a
// run and is an error.
func WriteRun(w io.Writer, results []Result, tag string) error {
	b := bufio.NewWriter(w)
	if !isField(tag) {
		return fmt.Errorf("eval: write run: tag %q is empty or has white space", tag)
	}
	for i := range results {
		res := &results[i]
		above := float32(math.Inf(1))
		for j, p := range res.Ranking[:min(Depth, len(res.Ranking))] {
			if !isField(res.Query.ID) || !isField(p.ID) {
				return fmt.Errorf("eval: write run: query %q or passage %q is empty or has white space", res.Query.ID, p.ID)
			}
			score := float32(p.Score)
			if !(score < above) {
				score = math.Nextafter32(above, float32(math.Inf(-1)))
			}
			above = score
			fmt.Fprintf(b, "%s Q0 %s %d %s %s\n", // Flush reports the error
				res.Query.ID, p.ID, j+1, strconv.FormatFloat(float64(score), 'g', -1, 32), tag)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("eval: write run: %w", err)
	}
	return nil
}

func isField(s string) bool { return s != "" && !strings.ContainsFunc(s, unicode.IsSpace) }

// WriteAnswers writes one JSON object a line for each question: its id, the
// verdict, the confidence and the ids of the passages that a user sees.
func WriteAnswers(w io.Writer, results []Result) error {
	b := bufio.NewWriter(w)
	lines := json.NewEncoder(b)
	lines.SetEscapeHTML(false)
	for i := range results {
		res := &results[i]
		shown := res.Shown
		if shown == nil {
			shown = []string{}
		}
		err := lines.Encode(struct {
			ID         string         `json:"id"`
			Verdict    answer.Verdict `json:"verdict"`
			Confidence float64        `json:"confidence"`
			Passages   []string       `json:"passages"`
		}{res.Query.ID, res.Verdict, res.Confidence, shown})
		if err != nil {
			return fmt.Errorf("eval: write answer to %s: %w", res.Query.ID, err)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("eval: write answers: %w", err)
	}
	return nil
}
