package ingest

import (
	"slices"
	"strings"

	"pincite/internal/document"
)

// notes reads the footnotes in the order of their first calls, which may be
// in other footnotes, and after them those that nothing calls.
func (m *markdown) notes() error {
	read := 0
	drain := func() error {
		for ; read < len(m.called); read++ {
			if err := m.ctx.Err(); err != nil {
				return err
			}
			var f flat
			m.footnote(m.called[read], &f)
			s, calls := f.trimmed()
			m.draft.notes = append(m.draft.notes, block{text: s, calls: calls})
			m.doubtMarkers(&f, s, footnote(read+1))
		}
		return nil
	}
	if err := drain(); err != nil {
		return err
	}
	for _, d := range m.all {
		if d.number > 0 {
			continue
		}
		m.called = append(m.called, d)
		d.number = len(m.called)
		if err := drain(); err != nil {
			return err
		}
	}
	return nil
}

// footnote gathers the text of a footnote.
func (m *markdown) footnote(d *definition, f *flat) {
	if d.node.Kind() == kindInlineNote {
		m.inline(d.node, f)
		return
	}
	m.joined(d.node, f)
}

// doubtMarkers reports what looks like a marker and is none: "[^x]" without a
// definition, and "[1]" as text.
func (m *markdown) doubtMarkers(f *flat, s string, at document.Pincite) {
	next := 0
	for i := strings.IndexByte(s, '['); i >= 0; {
		for next < len(f.calls) && f.calls[next].end <= i {
			next++
		}
		end := i + 1
		if called := next < len(f.calls) && f.calls[next].start <= i; !called && !f.inCode(i) {
			if mk, ok := looksLikeMarker(s, i); ok {
				m.in.doubts.add(DoubtMarker, at, "“%s” calls no footnote and was taken as text.", mk)
			}
		}
		j := strings.IndexByte(s[end:], '[')
		if j < 0 {
			return
		}
		i = end + j
	}
}

// looksLikeMarker reads "[^label]" or "[1]" at s[i].
func looksLikeMarker(s string, i int) (string, bool) {
	if strings.HasPrefix(s[i:], "[^") {
		label, _, ok := strings.Cut(s[i+2:min(len(s), i+64)], "]")
		if !ok || label == "" || strings.ContainsAny(label, " \n[^") {
			return "", false
		}
		return s[i : i+2+len(label)+1], true
	}
	m, ok := bracketAt(s, i)
	if !ok || !m.numeric() || i == 0 {
		return "", false
	}
	return s[i:m.end], true
}

// maxOpenings bounds the places that are tried as the beginning of notes.
const maxOpenings = 8

// plainNotes takes the last paragraphs of a text without Markdown's footnotes
// for notes where they stand below a rule or a heading "Notes", to the end of
// the text and under no other heading, the first is labelled as notes in
// plain text are, or is a numbered item, and it is called above.
func (m *markdown) plainNotes() error {
	d := m.draft
	first := max(0, len(m.openings)-maxOpenings)
	for _, from := range m.openings[first:] {
		if from == 0 || from >= len(d.paragraphs) {
			continue
		}
		notes, ok := m.notesAmong(from)
		if !ok {
			continue
		}
		d.notes, d.paragraphs = notes, d.paragraphs[:from]
		// What was doubted as a marker may be one now.
		m.in.doubts.list = slices.DeleteFunc(m.in.doubts.list, func(doubt Doubt) bool {
			return doubt.Kind == DoubtMarker && !strings.Contains(doubt.Text, "[^")
		})
		t := plain{in: m.in, draft: d, ofBody: make([]int, len(d.paragraphs)), ofNote: make([]int, len(d.notes))}
		return t.link(m.ctx)
	}
	return nil
}

// notesAmong reads the paragraphs from a position on as notes.
func (m *markdown) notesAmong(from int) ([]block, bool) {
	var notes []block
	style, last := noNote, 0
	for i, p := range m.draft.paragraphs[from:] {
		if p.section != m.draft.paragraphs[from].section {
			return nil, false
		}
		n, ok := noteAt(p.text)
		if number := m.ordinals[from+i]; number > 0 {
			n, ok = newNote(pointed, decimal(number), p.text), true
		} else if ok = ok && n.style.strong() && n.number > 0; !ok {
			n = noteStart{}
		}
		switch {
		case ok && n.rest != "" && (i == 0 || n.style == style && n.follows(last, true)):
			notes = append(notes, block{label: n.label, text: n.rest})
			style, last = n.style, n.number
		case i == 0:
			return nil, false
		default:
			above := &notes[len(notes)-1]
			above.text += "\n" + p.text
		}
	}
	var marks []mark
	for _, p := range m.draft.paragraphs[:from] {
		marks = marksIn(p.text, marks[:0])
		if slices.ContainsFunc(marks, func(mk mark) bool { return mk.label == notes[0].label }) {
			return notes, true
		}
	}
	return nil, false
}
