package eval

import (
	"maps"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// half is the suite under another name with the questions of even ids, or of
// odd ones.
func half(s *Suite, name string, even bool) *Suite {
	h := &Suite{Name: name, Documents: s.Documents, Left: s.Left, ids: s.ids, gold: s.gold}
	for _, q := range s.Queries {
		if n, err := strconv.Atoi(q.ID); err == nil && (n%2 == 0) == even {
			h.Queries = append(h.Queries, q)
		}
	}
	return h
}

// TestOwnQuestions holds the sets of our own together: every passage that is
// said to answer exists, the questions that nothing answers name none, no
// question is asked twice, and each style has the size that it was written in.
func TestOwnQuestions(t *testing.T) {
	for name, styles := range map[string]map[string]int{
		"own": {
			"keyword": 15, "natural": 30, "paraphrase": 30, "colloquial": 30, "typo": 10, "inference": 15, "citation": 8, "spanish": 12,
			"near": 35, "falsepremise": 15, "offtopic": 62, "other": 38,
		},
		"rules": {
			"plain": 15, "scenario": 21, "colloquial": 9, "spanish": 8, "english": 7,
			"near": 16, "falsepremise": 4, "other": 4,
		},
	} {
		s := load(t, filepath.Join("testdata", name))
		if s.Left.UnknownJudgments > 0 || len(s.Left.UnreadDocuments) > 0 {
			t.Errorf("%s: left out: %+v", name, s.Left)
		}
		unanswerable := map[string]bool{"near": true, "falsepremise": true, "offtopic": true, "other": true}
		got := make(map[string]int)
		asked := make(map[string]string)
		of := make(map[string]int)
		for i := range s.Queries {
			q := &s.Queries[i]
			got[q.Style]++
			if q.Answerable() == unanswerable[q.Style] || !q.Judged() {
				t.Errorf("%s: question %s of style %s has the passages %v", name, q.ID, q.Style, q.relevant())
			}
			if n, err := strconv.Atoi(q.ID); err != nil || n != i+1 {
				t.Errorf("%s: question %d has id %s", name, i+1, q.ID)
			}
			text := strings.ToLower(q.Text)
			if first, twice := asked[text]; twice || strings.TrimSpace(text) == "" {
				t.Errorf("%s: question %s asks what %q asks: %s", name, q.ID, first, q.Text)
			}
			asked[text] = q.ID
			for id := range q.Grades {
				document, _, _ := strings.Cut(id, "/")
				of[document]++
			}
		}
		if !maps.Equal(got, styles) {
			t.Errorf("%s: styles %v, want %v", name, got, styles)
		}
		for _, d := range s.Documents {
			if of[d.ID] == 0 {
				t.Errorf("%s: no question is answered by %s", name, d.ID)
			}
		}
		for _, even := range []bool{true, false} {
			h := half(s, name, even)
			size := make(map[string]int)
			for i := range h.Queries {
				size[h.Queries[i].Style]++
			}
			for style, n := range styles {
				if 2*size[style] < n-1 || 2*size[style] > n+1 {
					t.Errorf("%s: %d of the %d questions of style %s are in one half", name, size[style], n, style)
				}
			}
		}
	}
}
