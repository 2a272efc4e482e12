package ingest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
)

// pdfNotes finds notes by their labels.
type pdfNotes struct {
	byLabel map[string][]int // in printed order
	places  []pdfPlace
	called  []bool
}

// resolve finds the note that a marker on a page calls: the first one of its
// label on that page or the next ones, else the nearest before.
func (n *pdfNotes) resolve(label string, page int) (int, bool) {
	all := n.byLabel[label]
	if len(all) == 0 {
		return 0, false
	}
	k, _ := slices.BinarySearchFunc(all, page, func(note, page int) int { return cmp.Compare(n.places[note].from, page) })
	if k == len(all) {
		k--
	}
	return all[k], true
}

// link connects the markers with the notes: the raised ones; then, for notes
// that none of them calls, numbers in brackets and numbers that stand
// directly behind a word or its punctuation, for some fonts have raised
// figures that no other size or height gives away.
func (r *pdfReader) link(ctx context.Context) error {
	d := r.draft
	n := &pdfNotes{byLabel: map[string][]int{}, places: r.ofNotes, called: make([]bool, len(d.notes))}
	for i, note := range d.notes {
		n.byLabel[note.label] = append(n.byLabel[note.label], i)
	}
	for label := range n.byLabel {
		slices.SortStableFunc(n.byLabel[label], func(a, b int) int { return cmp.Compare(r.ofNotes[a].from, r.ofNotes[b].from) })
	}
	for _, m := range r.headed {
		if i, ok := n.resolve(m.label, m.page); ok {
			d.headed[i], n.called[i] = true, true
		}
	}
	for i := range d.paragraphs {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r.callRaised(&d.paragraphs[i], r.ofBody[i].marks, n, paragraph(i+1))
	}
	for i := range d.notes {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r.callRaised(&d.notes[i], r.ofNotes[i].marks, n, footnote(i+1))
	}
	r.callTyped(n)
	return ctx.Err()
}

// callRaised connects a text's raised markers; those that call nothing become
// what they were, as far as characters can show it.
func (r *pdfReader) callRaised(b *block, marks []pdfMark, n *pdfNotes, at document.Pincite) {
	if len(marks) == 0 {
		return
	}
	var out strings.Builder
	done := 0
	for _, m := range marks {
		if m.start < done {
			continue
		}
		out.WriteString(b.text[done:m.start])
		done = m.end
		before := out.String()
		note, ok := n.resolve(m.label, m.page)
		number := m.label[0] >= '0' && m.label[0] <= '9'
		power := before != "" && number && isPower(before)
		if ok && !power {
			b.calls = append(b.calls, call{out.Len(), out.Len() + m.end - m.start, note})
			n.called[note] = true
			out.WriteString(b.text[m.start:m.end])
			continue
		}
		if number {
			out.WriteString(superscriptDigits.Replace(m.label))
			if !power {
				r.in.doubts.add(DoubtMarker, at, "A raised “%s” calls no footnote and was taken as text.", m.label)
			}
		} else {
			out.WriteString(m.label)
		}
	}
	out.WriteString(b.text[done:])
	b.text = out.String()
}

// superscriptDigits writes a number raised.
var superscriptDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// typed is a place in a paragraph that looks like a marker without being
// raised.
type typed struct {
	paragraph  int
	start, end int
}

// callTyped finds the markers of notes that nothing calls yet: in brackets or
// as superscript characters anywhere on the pages around the note; as plain
// digits in the notes' order.
func (r *pdfReader) callTyped(n *pdfNotes) {
	if !slices.Contains(n.called, false) {
		return
	}
	places := map[string][]typed{}
	var marks []mark
	for i := range r.draft.paragraphs {
		p := &r.draft.paragraphs[i]
		marks = marksIn(p.text, marks[:0])
		for _, m := range marks {
			if m.style == bracketed || m.style == raised {
				places[m.label] = append(places[m.label], typed{i, m.start, m.end})
			}
		}
		for _, m := range digitsBehind(p.text) {
			label := p.text[m.start:m.end]
			places[label] = append(places[label], typed{i, m.start, m.end})
		}
	}
	found := map[int][]typedCall{}
	last := typed{paragraph: -1}
	for i := range r.draft.notes {
		if n.called[i] {
			if p, ok := r.caller(i); ok {
				last = p
			}
			continue
		}
		all := places[r.draft.notes[i].label]
		k, _ := slices.BinarySearchFunc(all, last, func(a, b typed) int {
			return cmp.Or(cmp.Compare(a.paragraph, b.paragraph), cmp.Compare(a.start, b.end))
		})
		for ; k < len(all); k++ {
			t := all[k]
			if p := r.ofBody[t.paragraph]; r.ofNotes[i].from < p.from || r.taken(t) {
				continue
			}
			found[t.paragraph] = append(found[t.paragraph], typedCall{t, i})
			last = t
			break
		}
	}
	for i, calls := range found {
		r.draft.paragraphs[i].insert(calls)
	}
}

// caller is where a note is called first.
func (r *pdfReader) caller(note int) (typed, bool) {
	for i := range r.draft.paragraphs {
		if r.ofBody[i].from > r.ofNotes[note].to {
			break
		}
		for _, c := range r.draft.paragraphs[i].calls {
			if c.note == note {
				return typed{i, c.start, c.end}, true
			}
		}
	}
	return typed{}, false
}

// taken reports whether a place is within a marker that calls a note already.
func (r *pdfReader) taken(t typed) bool {
	return slices.ContainsFunc(r.draft.paragraphs[t.paragraph].calls, func(c call) bool { return t.start < c.end && c.start < t.end })
}

type typedCall struct {
	typed
	note int
}

// insert makes markers "[n]" of places in a block's text and keeps the calls
// that it has in step.
func (b *block) insert(found []typedCall) {
	slices.SortFunc(found, func(x, y typedCall) int { return x.start - y.start })
	var out strings.Builder
	var calls []call
	done, next := 0, 0
	move := func(to int) {
		for ; next < len(b.calls) && b.calls[next].start < to; next++ {
			c := b.calls[next]
			d := out.Len() - done
			calls = append(calls, call{c.start + d, c.end + d, c.note})
		}
		out.WriteString(b.text[done:to])
		done = to
	}
	for _, f := range found {
		if f.start < done {
			continue
		}
		move(f.start)
		start := out.Len()
		s := b.text[f.start:f.end]
		if s[0] != '[' {
			label, _ := superscripts(s)
			if label == "" {
				label = s
			}
			s = "[" + label + "]"
		}
		out.WriteString(s)
		done = f.end
		calls = append(calls, call{start, out.Len(), f.note})
	}
	move(len(b.text))
	b.text, b.calls = out.String(), calls
}

// digitsBehind finds numbers of up to three digits that stand directly behind
// a word of three letters or more, or behind punctuation that closes, and
// before a space, closing punctuation or the end.
func digitsBehind(s string) []typed {
	var out []typed
	for i := 1; i < len(s); i++ {
		if s[i] < '1' || s[i] > '9' || isDigit(s[i-1]) {
			continue
		}
		end := i
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		after, _ := utf8.DecodeRuneInString(s[end:])
		if end-i <= 3 && (end == len(s) || strings.ContainsRune(" .,;:!?”’)—–", after)) && callsBehind(s, i, end) {
			out = append(out, typed{start: i, end: end})
		}
		i = end
	}
	return out
}

// callsBehind reports whether digits at s[i:end] can be a marker by what
// stands before them.
func callsBehind(s string, i, end int) bool {
	before := s[:i]
	r, _ := utf8.DecodeLastRuneInString(before)
	if unicode.IsLower(r) {
		word := lastWord(before)
		return utf8.RuneCountInString(word) >= 3 && !strings.ContainsAny(word, "0123456789/@_=")
	}
	return behindPunctuation(before) && (end == len(s) || s[end] == ' ') && certainBare(s, i, end)
}
