package eval

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pincite/internal/words"
)

// evidenceShare is the share that was measured: of the answerable questions
// whose first passage is right, those in which a sentence of the evidence was
// marked by hand.
const evidenceShare = 0.79

// TestEvidence holds the choice of evidence on the article to what was
// measured, by the marks in testdata/evidence.txt.
func TestEvidence(t *testing.T) {
	marks := readMarks(t)
	c := config()
	c.JudgedOnly, c.Depth = true, 10
	out, err := Run(t.Context(), suite(t, "article"), c)
	if err != nil {
		t.Fatal(err)
	}
	right, marked, sentences := 0, 0, 0
	for i := range out.Results {
		r := &out.Results[i]
		if !r.Query.Answerable() {
			continue
		}
		of, ok := marks[r.Query.ID]
		if !ok {
			t.Errorf("%s has no marks", r.Query.ID)
			continue
		}
		if r.First == nil || r.Query.Grades[r.Shown[0]] == 0 {
			continue
		}
		right++
		at, holds := sentencesAt(r.First.Passage.Text, r.First.Evidence), of[r.First.Passage.Pincite().Key()]
		if slices.ContainsFunc(at, func(n int) bool { return slices.Contains(holds, n) }) {
			marked++
		} else {
			t.Logf("%s: %s, sentences %d", r.Query.ID, r.Shown[0], at)
		}
		sentences += len(at)
	}
	share := float64(marked) / float64(max(right, 1))
	t.Logf("evidence has a marked sentence in %d of %d with the right passage: %.3f; %.2f sentences each",
		marked, right, share, float64(sentences)/float64(max(right, 1)))
	if math.Abs(share-evidenceShare) > 0.02 { // one of 49 is .020
		t.Errorf("the share is %.3f, committed %.3f", share, evidenceShare)
	}
}

// sentencesAt are the numbers, from 1, of the sentences that are spans.
func sentencesAt(text string, spans []words.Span) []int {
	var numbers []int
	for _, s := range spans {
		numbers = append(numbers, slices.Index(words.Sentences(text), s)+1)
	}
	return numbers
}

// readMarks reads the marks: by question and passage, numbers of sentences.
func readMarks(t *testing.T) map[string]map[string][]int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "evidence.txt"))
	if err != nil {
		t.Fatal(err)
	}
	marks := make(map[string]map[string][]int)
	for line := range strings.Lines(string(raw)) {
		fields := strings.Fields(line)
		if strings.HasPrefix(line, "#") || len(fields) == 0 {
			continue
		}
		of := make(map[string][]int)
		for _, field := range fields[1:] {
			passage, numbers, _ := strings.Cut(field, ":")
			for number := range strings.SplitSeq(numbers, ",") {
				n, err := strconv.Atoi(number)
				if err != nil {
					t.Fatalf("%s: %v", line, err)
				}
				of[passage] = append(of[passage], n)
			}
		}
		marks[fields[0]] = of
	}
	return marks
}
