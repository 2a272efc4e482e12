package quote

import "cmp"

// match is a place where a passage has what a pattern says.
type match struct {
	first, last int // tokens of the source
	steps       []step
	elided      int // words of the source behind an ellipsis
	bracketed   int // brackets that stand for other words
}

// step is a place of a match where quotation and source are not the same
// tokens. src[from:to] is what the source has; element is nil for a footnote
// marker that the quotation leaves out.
type step struct {
	element  *element
	from, to int
}

// edges say where a match must begin and end.
type edges struct {
	// atStart and atEnd: with the first and the last token of the passage, its
	// markers left out of account.
	atStart, atEnd bool
	// strict: the first letter's case counts, as it does in the middle of a
	// quotation.
	strict bool
}

// find finds the match of a pattern that leaves out the fewest words, and of
// those the one with the least to name; nil where there is none.
func find(pattern []element, src []token, at edges) *match {
	if len(pattern) == 0 {
		return nil
	}
	m := matcher{pattern: pattern, src: src, edges: at}
	for m.first < len(pattern)-1 && pattern[m.first].form == literal && pattern[m.first].tokens[0].kind == sign {
		m.first++ // such as ¿
	}
	var best *match
	for start := range src {
		if at.atStart && start > 0 {
			break
		}
		if cutsBefore(src, start) || (pattern[0].form == literal && !m.equal(0, start)) {
			continue
		}
		m.start, m.steps = start, m.steps[:0]
		if !m.from(0, start) {
			continue
		}
		found := m.result()
		if best == nil || cmp.Or(cmp.Compare(found.cost(), best.cost()), cmp.Compare(len(found.steps), len(best.steps))) < 0 {
			best = found
		}
		if len(best.steps) == 0 {
			break
		}
	}
	return best
}

func (m *match) cost() int { return m.elided + m.bracketed }

type matcher struct {
	pattern []element
	src     []token
	edges   edges
	first   int // the element whose first letter may differ in case
	start   int
	end     int // set when all of the pattern has matched
	steps   []step
	// failed are pairs of an element and a token from which nothing matches.
	failed map[[2]int]struct{}
	// nowhere is, by ellipsis, the first token from which on the rest matches
	// nowhere.
	nowhere map[int]int
}

// equal compares an element that is literal with a token.
func (m *matcher) equal(e, s int) bool {
	return same(&m.pattern[e].tokens[0], &m.src[s], e == m.first && !m.edges.strict)
}

// from matches the elements from e on with the tokens from s on.
func (m *matcher) from(e, s int) bool {
	began := len(m.steps)
	for ; e < len(m.pattern); e++ {
		el := &m.pattern[e]
		if el.form != literal {
			if m.branch(e, s) {
				return true
			}
			m.steps = m.steps[:began]
			return false
		}
		for s < len(m.src) && m.src[s].kind == note {
			label, ok := el.marker()
			if ok && label == m.src[s].text {
				break
			}
			if s == m.start && e == 0 {
				break // a quotation does not begin with what it leaves out
			}
			m.steps = append(m.steps, step{nil, s, s + 1})
			s++
		}
		if s >= len(m.src) {
			m.steps = m.steps[:began]
			return false
		}
		if m.src[s].kind == note {
			if label, ok := el.marker(); !ok || label != m.src[s].text {
				m.steps = m.steps[:began]
				return false
			}
		} else if !m.equal(e, s) {
			m.steps = m.steps[:began]
			return false
		}
		s++
	}
	if s == m.start || cutsAfter(m.src, s-1) || (m.edges.atEnd && !onlyNotes(m.src[s:])) {
		m.steps = m.steps[:began]
		return false
	}
	m.end = s
	return true
}

func onlyNotes(src []token) bool {
	for i := range src {
		if src[i].kind != note {
			return false
		}
	}
	return true
}

// branch matches an ellipsis or a bracket, and all behind it.
func (m *matcher) branch(e, s int) bool {
	key := [2]int{e, s}
	if _, failed := m.failed[key]; failed {
		return false
	}
	el := &m.pattern[e]
	ok := false
	if el.form == gap {
		ok = m.elide(e, s)
	} else {
		ok = m.bracket(e, s)
	}
	// What failed fails again: only the end of the source and the pattern
	// decide it, except for a match that would be empty.
	if !ok && s > m.start {
		if m.failed == nil {
			m.failed = make(map[[2]int]struct{})
		}
		m.failed[key] = struct{}{}
	}
	return ok
}

// try matches the rest behind a step.
func (m *matcher) try(e int, taken step) bool {
	began := len(m.steps)
	m.steps = append(m.steps, taken)
	if m.from(e+1, taken.to) {
		return true
	}
	m.steps = m.steps[:began]
	return false
}

// elide matches an ellipsis: that of the source, or else the fewest words.
func (m *matcher) elide(e, s int) bool {
	began := len(m.steps)
	el := &m.pattern[e]
	own := []int{m.verbatim(el, s, false)}
	if s < len(m.src) && m.src[s].kind == dots {
		own = append(own, s+1) // which the quotation has set in brackets
	}
	for _, end := range own {
		if end > 0 && m.from(e+1, end) {
			return true
		}
		m.steps = m.steps[:began]
	}
	if e == 0 || (s > m.start && cutsAfter(m.src, s-1)) {
		return false
	}
	// Where the rest matches nowhere behind a token, it does not behind a later
	// one: the source is gone over once for each ellipsis.
	nowhere, known := m.nowhere[e]
	for to := s; to <= len(m.src); to++ {
		if known && to >= nowhere && (to > s || to == len(m.src) || !cutsBefore(m.src, to)) {
			break
		}
		if to < len(m.src) && to > s && cutsBefore(m.src, to) {
			continue
		}
		if m.try(e, step{el, s, to}) {
			return true
		}
	}
	if s > m.start && (!known || s < nowhere) {
		if m.nowhere == nil {
			m.nowhere = make(map[int]int)
		}
		m.nowhere[e] = s
	}
	return false
}

// bracket matches a bracket: the source's own, a marker, a word that it is set
// into, or else the fewest words that it can stand for.
func (m *matcher) bracket(e, s int) bool {
	el := &m.pattern[e]
	began := len(m.steps)
	if end := m.verbatim(el, s, e == 0); end > 0 && m.from(e+1, end) {
		return true
	}
	m.steps = m.steps[:began]
	if label, ok := el.marker(); ok && s < len(m.src) && m.src[s].kind == note && m.src[s].text == label {
		return m.from(e+1, s+1)
	}
	if el.before != "" || el.after != "" {
		at := s
		for at < len(m.src) && m.src[at].kind == note {
			at++
		}
		return at < len(m.src) && m.src[at].kind == word && el.fitsInto(m.src[at].text) &&
			m.try(e, step{el, at, at + 1})
	}
	for e > 0 && s < len(m.src) && m.src[s].kind == note {
		m.steps = append(m.steps, step{nil, s, s + 1})
		s++
	}
	// At the ends of a quotation nothing says what it stands for.
	most := maxBracketed
	if e == 0 || e == len(m.pattern)-1 {
		most = 0
	}
	for to, count := s, 0; to <= len(m.src) && count <= most; to++ {
		if m.try(e, step{el, s, to}) {
			return true
		}
		if to < len(m.src) && m.src[to].kind == word {
			count++
		}
	}
	m.steps = m.steps[:began]
	return false
}

// verbatim is the end of a bracket's own tokens in the source; 0 where they are
// not there.
func (m *matcher) verbatim(el *element, s int, first bool) int {
	if s+len(el.tokens) > len(m.src) {
		return 0
	}
	for i := range el.tokens {
		if !same(&el.tokens[i], &m.src[s+i], first && i == 0 && !m.edges.strict) {
			return 0
		}
	}
	return s + len(el.tokens)
}

// result is the match that was found.
func (m *matcher) result() *match {
	found := &match{first: m.start, last: m.end - 1, steps: append([]step(nil), m.steps...)}
	for _, st := range found.steps {
		switch {
		case st.element == nil:
		case st.element.form == gap:
			for _, t := range m.src[st.from:st.to] {
				if t.kind == word {
					found.elided++
				}
			}
			found.elided++ // an ellipsis of the source's own is better
		default:
			found.bracketed++
		}
	}
	return found
}
