package lexicon

import (
	"strconv"
	"strings"

	"pincite/internal/words"
)

// The languages of left sides.
const (
	English = words.English
	Spanish = words.Spanish
)

// Weights of terms that have none written beside them.
const (
	defaultWeight     = 0.5
	defaultBothWeight = 0.9
)

// entry is one line of a lexicon as it was written.
type entry struct {
	language string
	left     []string // white space is single; never empty
	both     bool
	right    []weighted // empty: expands into nothing
}

// weighted is a term as it was written, and its weight: above 0, at most 1.
type weighted struct {
	text   string
	weight float64
}

// implied is the weight of a term that has none beside it.
func (e *entry) implied() float64 {
	if e.both {
		return defaultBothWeight
	}
	return defaultWeight
}

// format writes entries so that reading them gives the same entries.
func format(entries []entry) string {
	var b strings.Builder
	language := English
	for _, e := range entries {
		if e.language != language {
			language = e.language
			b.WriteString("[" + language + "]\n")
		}
		for i, text := range e.left {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(quoted(text))
		}
		if e.both {
			b.WriteString(" <=>")
		} else {
			b.WriteString(" =>")
		}
		for i, term := range e.right {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(" " + quoted(term.text))
			if term.weight != e.implied() {
				b.WriteString(" " + formatWeight(term.weight))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// quoted puts quotation marks around a text that reads differently without.
func quoted(text string) string {
	last := text[strings.LastIndexByte(text, ' ')+1:]
	if strings.ContainsAny(text, ",#=<>[]") || isNumeric(last) {
		return `"` + text + `"`
	}
	return text
}

// formatWeight writes a weight with a decimal point, without which it would be
// read as a word.
func formatWeight(w float64) string {
	s := strconv.FormatFloat(w, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// isNumeric reports whether a word looks like a number.
func isNumeric(word string) bool {
	return word != "" && strings.Trim(word, "0123456789.") == ""
}
