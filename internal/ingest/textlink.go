package ingest

import (
	"context"
	"slices"
	"sort"
)

// resolver finds the note that a label means. Notes are grouped by the
// segment they stand in, and within it in runs, each numbered upwards: a run
// ends where the numbers begin again.
type resolver struct {
	notes   []block
	runs    []run
	runOf   []int // of each note
	byRun   map[runLabel]int
	byLabel map[string][]int // ascending
	called  []bool
	current int // the run that markers are in
}

type run struct{ segment, from, to int }

type runLabel struct {
	run   int
	label string
}

// newResolver groups notes; segments gives the segment of each.
func newResolver(notes []block, segments []int) *resolver {
	r := &resolver{
		notes: notes, runOf: make([]int, len(notes)), called: make([]bool, len(notes)),
		byRun: make(map[runLabel]int, len(notes)), byLabel: make(map[string][]int, len(notes)),
	}
	last := 0
	for i, n := range notes {
		number := newNote(noNote, n.label, "").number
		if i == 0 || segments[i] != segments[i-1] || number > 0 && number <= last {
			r.runs = append(r.runs, run{segment: segments[i], from: i})
			last = 0
		}
		last = max(last, number)
		k := len(r.runs) - 1
		r.runs[k].to = i + 1
		r.runOf[i] = k
		if _, ok := r.byRun[runLabel{k, n.label}]; !ok {
			r.byRun[runLabel{k, n.label}] = i
		}
		r.byLabel[n.label] = append(r.byLabel[n.label], i)
	}
	return r
}

// resolve finds the note that a marker in a paragraph of the given segment
// calls: one of the first notes at or below it, else of the last ones. Where
// those hold several runs, the markers move to the next run when they begin
// again after the last note of the current one was called. It is to be asked
// in reading order.
func (r *resolver) resolve(label string, segment int) (int, bool) {
	all := r.byLabel[label]
	if len(all) == 0 {
		return 0, false
	}
	low := sort.Search(len(r.runs), func(i int) bool { return r.runs[i].segment >= segment })
	if low == len(r.runs) {
		low--
		for low > 0 && r.runs[low-1].segment == r.runs[low].segment {
			low--
		}
	}
	high := sort.Search(len(r.runs), func(i int) bool { return r.runs[i].segment > r.runs[low].segment })
	if r.current < low || r.current >= high {
		r.current = low
	}
	if next := r.current + 1; next < high && label == r.notes[r.runs[next].from].label && r.called[r.runs[r.current].to-1] {
		r.current = next
	}
	i, ok := r.byRun[runLabel{r.current, label}]
	if !ok {
		// The nearest of that label below the current run, else above, among
		// the notes of the segment.
		from, to := r.runs[low].from, r.runs[high-1].to
		k, _ := slices.BinarySearch(all, r.runs[r.current].to)
		switch {
		case k < len(all) && all[k] < to:
			i = all[k]
		case k > 0 && all[k-1] >= from:
			i = all[k-1]
		default:
			return 0, false
		}
	}
	r.called[i] = true
	return i, true
}

// within finds the note that a marker in the text of note n calls.
func (r *resolver) within(n int, label string) (int, bool) {
	if i, ok := r.byRun[runLabel{r.runOf[n], label}]; ok {
		return i, i != n
	}
	if all := r.byLabel[label]; len(all) == 1 {
		return all[0], true
	}
	return 0, false
}

// unmark takes the marker off a heading, where there is such a note.
func (t *plain) unmark(heading string) string {
	bare, label := stripCall(heading)
	if label == "" || bare == "" {
		return heading
	}
	i := slices.IndexFunc(t.draft.notes, func(b block) bool { return b.label == label })
	if i < 0 {
		return heading
	}
	t.draft.headed[i] = true
	return bare
}

// link finds the markers of paragraphs and notes and connects them.
func (t *plain) link(ctx context.Context) error {
	r := newResolver(t.draft.notes, t.ofNote)
	// Plain digits are markers only where the text has no clearer ones, and
	// only in sequence.
	next, bareOnly := 0, true
	var marks []mark
	for i := range t.draft.paragraphs {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p := &t.draft.paragraphs[i]
		marks = marksIn(p.text, marks[:0])
		for _, m := range marks {
			if m.style == bare {
				continue
			}
			note, ok := r.resolve(m.label, t.ofBody[i])
			switch {
			case ok:
				bareOnly = false
				p.calls = append(p.calls, call{m.start, m.end, note})
			case m.numeric():
				t.in.doubts.add(DoubtMarker, paragraph(i+1), "“%s” calls no footnote and was taken as text.", p.text[m.start:m.end])
			}
		}
	}
	if bareOnly {
		for i := range t.draft.paragraphs {
			if i%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			p := &t.draft.paragraphs[i]
			marks = marksIn(p.text, marks[:0])
			for _, m := range marks {
				if m.style == bare && next < len(t.draft.notes) && t.draft.notes[next].label == m.label {
					p.calls = append(p.calls, call{m.start, m.end, next})
					next++
				}
			}
		}
	}
	for i := range t.draft.notes {
		n := &t.draft.notes[i]
		marks = marksIn(n.text, marks[:0])
		for _, m := range marks {
			if m.style != bracketed && m.style != raised {
				continue
			}
			if note, ok := r.within(i, m.label); ok {
				n.calls = append(n.calls, call{m.start, m.end, note})
			}
		}
	}
	return nil
}
