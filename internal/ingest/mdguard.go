package ingest

import (
	"strings"

	"pincite/internal/fault"
)

// The Markdown parser takes time and memory out of proportion for some
// inputs. These bounds, checked in one pass over the text, keep it within a
// few seconds and 256 MB for any; figures are those of goldmark v1.8.7.
const (
	// maxNesting bounds lists and quotes within each other: each line costs
	// as many steps as it is deep (4 MB of a list that deepens with every
	// line took 14 s).
	maxNesting = 48
	// maxMarkup bounds the lines, the characters that begin markup and, three
	// times, the list items and quotes that lines open: so many nodes of
	// about 200 bytes can come of them.
	maxMarkup = 800_000
	// maxEffort bounds the sum, over the blocks of text, of their length
	// times the characters in them that begin markup: each of those may
	// search the rest of its block, at about a nanosecond a byte.
	maxEffort = 3_000_000_000
)

// guard refuses Markdown beyond the bounds.
func (in *input) guard(text string) error {
	var (
		columns []int // where the content of the open list items begins
		markup  int
		effort  int
		length  int // of the block so far
		starts  int // characters in it that begin markup
		at      int // line number
	)
	for l := range strings.SplitSeq(text, "\n") {
		at++
		marks := countMarkup(l)
		markup += marks + 1
		var depth, opened int
		columns, depth, opened = nesting(l, columns)
		markup += 3 * opened
		if depth > maxNesting {
			return fault.New(fault.TooLarge, "%s nests lists or quotes more than %d deep in line %d: write it with fewer levels.", in.name, maxNesting, at)
		}
		if startsBlock(l) {
			length, starts = 0, 0
		}
		// The sum grows with each line to what the block costs in all.
		effort += length*marks + len(l)*(starts+marks)
		length, starts = length+len(l), starts+marks
		if effort > maxEffort || markup > maxMarkup {
			return fault.New(fault.TooLarge, "%s holds too much Markdown markup to be read (up to line %d): give it as plain text or in parts.", in.name, at)
		}
	}
	return nil
}

// countMarkup counts the characters that inline parsers look at.
func countMarkup(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[', ']', '*', '_', '`', '<', '!':
			n++
		}
	}
	return n
}

// startsBlock reports whether a line surely begins a new block of text: it is
// blank, or an item, a heading or a footnote at the margin.
func startsBlock(l string) bool {
	s := strings.TrimLeft(l, " ")
	if strings.TrimSpace(s) == "" {
		return true
	}
	if len(l)-len(s) > 3 {
		return false
	}
	switch s[0] {
	case '#':
		rest := strings.TrimLeft(s, "#")
		return len(s)-len(rest) <= 6 && strings.HasPrefix(rest, " ")
	case '-', '*', '+':
		return len(s) > 2 && s[1] == ' ' && strings.TrimSpace(s[2:]) != ""
	case '[':
		return strings.HasPrefix(s, "[^") && strings.Contains(s[:min(len(s), 100)], "]:")
	}
	return false
}

// nesting counts the quotes and list items that a line opens or goes on with,
// from its beginning and from the items that are open above it. It returns the
// items that are open then, how deep that is, and how many the line itself
// has. It may count more than there are.
func nesting(l string, columns []int) (_ []int, depth, opened int) {
	column, quotes := 0, 0
	for i := 0; i < len(l) && len(columns)+quotes <= maxNesting; {
		switch c := l[i]; {
		case c == ' ':
			column++
			i++
			continue
		case c == '\t':
			column += 4 - column%4
			i++
			continue
		case c == '>':
			quotes++
			opened++
			column++
			i++
			continue
		case (c == '-' || c == '*' || c == '+') && (i+1 == len(l) || l[i+1] == ' ' || l[i+1] == '\t'):
			columns = open(columns, column, column+2)
			opened++
			column++
			i++
			continue
		case isDigit(c):
			end := i
			for end < len(l) && isDigit(l[end]) && end-i < 10 {
				end++
			}
			if end < len(l) && (l[end] == '.' || l[end] == ')') && (end+1 == len(l) || l[end+1] == ' ' || l[end+1] == '\t') {
				columns = open(columns, column, column+end-i+2)
				opened++
				column += end - i + 1
				i = end + 1
				continue
			}
		}
		break
	}
	if opened == 0 {
		return columns, 0, 0
	}
	return columns, len(columns) + quotes, opened
}

// open closes the items whose content begins right of column, and opens one
// whose content begins at content.
func open(columns []int, column, content int) []int {
	for len(columns) > 0 && columns[len(columns)-1] > column {
		columns = columns[:len(columns)-1]
	}
	return append(columns, content)
}
