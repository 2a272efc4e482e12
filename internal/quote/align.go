package quote

import (
	"math"
	"slices"
	"strings"
)

// The scores of an alignment. Only their order matters: a word of the source's
// that is there counts for more than one that is not costs, so that a changed
// word does not break what is around it; content words hold more than function
// words, and signs hardly anything. Words left out cost little beyond the
// first, or a long omission would hide that both ends are there.
const (
	matchContent  = 20
	matchFunction = 10
	matchSign     = 3
	changeWord    = -7 // rather than both of the two below
	changeSign    = -2
	addWord       = -8
	addSign       = -1
	omitFirst     = -6
	omitNext      = -1
	never         = math.MinInt32 / 2
)

// maxCells bounds the work of comparing one quotation: pairs of a token of it
// and one of a passage, over all passages. Some 20 ns each.
const maxCells = 12_000_000

// action is what an alignment does with a token of the quotation, of the source,
// or one of each.
type action uint8

const (
	keep    action = iota // the same, but for case perhaps
	change                // another in its place
	add                   // the quotation alone has it
	omit                  // the source alone has it
	elideIt               // the source alone has it, and the quotation an ellipsis
)

// op is one step of an alignment; q or s is -1 where there is none.
type op struct {
	action action
	q, s   int
}

// compared is a quotation as it is aligned: its own tokens.
type compared struct {
	tokens  []token
	content []bool // whether a word is none of the function words
	gap     []bool // whether an ellipsis stands before a token
	free    []bool // whether a token is in a bracket
	ending  *token // the first of the closing signs that were taken off; nil for none
	calls   []call // the footnote markers, which are not aligned
}

// call is a footnote marker of a quotation.
type call struct {
	label string // as in a token
	text  string
}

// weight is what a token counts for in the likeness: function words half.
func (c *compared) weight(i int) int {
	switch {
	case c.tokens[i].kind != word || c.free[i]:
		return 0
	case c.content[i]:
		return 2
	}
	return 1
}

func (c *compared) total() int {
	sum := 0
	for i := range c.tokens {
		sum += c.weight(i)
	}
	return sum
}

// align finds the best alignment of all of a quotation with a stretch of a
// source, and its score. Markers are passed over.
func align(c *compared, src []token) ([]op, int32) {
	index := make([]int, 0, len(src))
	for i := range src {
		if src[i].kind != note {
			index = append(index, i)
		}
	}
	index = window(c, src, index)
	m, n := len(c.tokens), len(index)
	if m == 0 || n == 0 {
		return nil, never
	}
	const fromOmit, isAdd, stillOmit = 1, 2, 4
	trace := make([]uint8, (m+1)*(n+1))
	main, omitted := make([]int32, n+1), make([]int32, n+1)
	above, aboveOmitted := make([]int32, n+1), make([]int32, n+1)
	for j := range aboveOmitted {
		aboveOmitted[j] = never
	}
	lower := make([]string, n)
	for j, at := range index {
		lower[j] = strings.ToLower(src[at].text)
	}
	for i := 1; i <= m; i++ {
		q := &c.tokens[i-1]
		folded := strings.ToLower(q.text)
		first, next := int32(omitFirst), int32(omitNext)
		if i < m && c.gap[i] {
			first, next = 0, 0
		}
		adding := int32(addWord)
		switch {
		case c.free[i-1]:
			adding = 0
		case q.kind != word:
			adding = addSign
		}
		for j := 0; j <= n; j++ {
			cell, row := uint8(0), i*(n+1)+j
			// The quotation alone has it.
			best := above[j] + adding
			cell = isAdd
			if aboveOmitted[j] > above[j] {
				best, cell = aboveOmitted[j]+adding, isAdd|fromOmit
			}
			if j > 0 {
				score := pairScore(c, i-1, folded, &src[index[j-1]], lower[j-1])
				if v := above[j-1] + score; v >= best {
					best, cell = v, 0
				}
				if v := aboveOmitted[j-1] + score; v > best {
					best, cell = v, fromOmit
				}
				omitted[j] = main[j-1] + first
				if v := omitted[j-1] + next; v >= omitted[j] {
					omitted[j] = v
					cell |= stillOmit
				}
			} else {
				omitted[j] = never
			}
			main[j] = best
			trace[row] = cell
		}
		main, above = above, main
		omitted, aboveOmitted = aboveOmitted, omitted
	}
	end := 0
	for j := range above {
		if above[j] > above[end] {
			end = j
		}
	}
	var ops []op
	for i, j, omitting := m, end, false; i > 0; {
		cell := trace[i*(n+1)+j]
		switch {
		case omitting:
			act := omit
			if i < m && c.gap[i] {
				act = elideIt
			}
			ops = append(ops, op{act, -1, index[j-1]})
			omitting = cell&stillOmit != 0
			j--
		case cell&isAdd != 0:
			ops = append(ops, op{add, i - 1, -1})
			omitting = cell&fromOmit != 0
			i--
		default:
			s := index[j-1]
			act := change
			if strings.EqualFold(c.tokens[i-1].text, src[s].text) && c.tokens[i-1].kind == src[s].kind {
				act = keep
			}
			ops = append(ops, op{act, i - 1, s})
			omitting = cell&fromOmit != 0
			i, j = i-1, j-1
		}
	}
	slices.Reverse(ops)
	return ops, above[end]
}

// pairScore is what it scores to set two tokens side by side. Words and signs
// are not changed into each other.
func pairScore(c *compared, i int, folded string, s *token, lower string) int32 {
	q := &c.tokens[i]
	switch {
	case q.kind != s.kind:
		return never / 4
	case folded != lower && q.kind == word:
		if c.free[i] {
			return 0
		}
		return changeWord
	case folded != lower:
		return changeSign
	case q.kind != word:
		return matchSign
	case c.content[i]:
		return matchContent
	}
	return matchFunction
}

// window narrows a long source to where most of the quotation's words are: the
// stretch of about its length that has most of them, and as much again on both
// sides, for omissions.
func window(c *compared, src []token, index []int) []int {
	size, slack := len(c.tokens)+len(c.tokens)/4, len(c.tokens)+32
	if len(index) <= size+2*slack {
		return index
	}
	weights := make(map[string]int, len(c.tokens))
	for i := range c.tokens {
		weights[strings.ToLower(c.tokens[i].text)] = c.weight(i)
	}
	at := func(i int) int { return weights[strings.ToLower(src[index[i]].text)] }
	sum, most, end := 0, -1, 0
	for i := range index {
		sum += at(i)
		if i >= size {
			sum -= at(i - size)
		}
		if sum > most {
			most, end = sum, i+1
		}
	}
	return index[max(0, end-size-slack):min(end+slack, len(index))]
}

// runs are, for each token of a quotation, how many words on end both have
// there, side by side; 0 for what is not kept. Signs break no run and make none.
func runs(c *compared, ops []op) []int {
	run := make([]int, len(c.tokens))
	var open []int
	end := func() {
		for _, q := range open {
			run[q] = len(open)
		}
		open = open[:0]
	}
	for _, o := range ops {
		switch {
		case o.action == keep && c.tokens[o.q].kind == word && !c.free[o.q]:
			open = append(open, o.q)
		case o.action == keep:
		case o.q >= 0 && c.tokens[o.q].kind != word:
		default:
			end()
		}
	}
	end()
	return run
}
