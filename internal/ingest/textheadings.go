package ingest

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
)

// maxHeadingLine bounds a line that can be a title or heading, in characters.
const maxHeadingLine = 120

// readHead takes the title and the credits below it from the first block or
// blocks, where there is a title for certain, and returns the blocks that
// remain. What could be a paragraph stays one.
func (t *plain) readHead(blocks [][]line, part int) [][]line {
	first := blocks[0]
	title := first[0].text
	meta := metadata{title: title}
	for _, l := range first[1:] {
		if !meta.takeCredit(l.text) {
			return blocks
		}
	}
	rest := blocks[1:]
	for len(rest) > 0 && len(rest[0]) <= 3 {
		with := meta
		ok := true
		for _, l := range rest[0] {
			ok = ok && with.takeCredit(l.text)
		}
		if !ok {
			break
		}
		meta, rest = with, rest[1:]
	}
	credited := len(meta.authors) > 0
	if !first[0].under && !isTitle(title, credited, t.in.source.Name) {
		return blocks
	}
	if !t.followed(rest, part) {
		return blocks
	}
	t.draft.meta = meta
	t.draft.meta.title = t.unmark(title)
	return rest
}

// followed reports whether prose, or a heading, comes after a title: in the
// remaining blocks of its segment or, where there are none, in later ones.
func (t *plain) followed(rest [][]line, part int) bool {
	if len(rest) == 0 {
		for i := range t.segments[part+1:] {
			if b := blocksOf(t.segments[part+1+i].body()); len(b) > 0 {
				return prose(b[0]) || headingCandidate(b[0])
			}
		}
		return false
	}
	return prose(rest[0]) || len(rest) > 1 && headingCandidate(rest[0])
}

// isTitle reports whether a first line is a title: short, without a full stop
// at its end, and in capitals or title case, or credited to an author on the
// next line, or the file's name over again.
func isTitle(s string, credited bool, name string) bool {
	if utf8.RuneCountInString(s) > maxHeadingLine {
		return false
	}
	bare, _ := stripCall(s)
	question := strings.HasSuffix(bare, "?") && len(strings.Fields(bare)) >= 3
	if terminal(bare) && !question {
		return false
	}
	if _, ok := bulletOf(s); ok {
		return false
	}
	stem := strings.TrimSuffix(baseName(name), path.Ext(name))
	return allCaps(bare) || titleCase(bare) || credited || document.Slug(bare) != "" && document.Slug(bare) == document.Slug(stem)
}

// headingsOf finds the headings among the blocks of a text with blank lines:
// single lines in capitals or title case, numbered or not, without
// punctuation at the end, with a paragraph or a heading that has one below.
// Neighbours numbered in one style are list items, no headings.
func headingsOf(blocks [][]line) []bool {
	headings := make([]bool, len(blocks))
	for i := len(blocks) - 2; i >= 0; i-- {
		if !headingCandidate(blocks[i]) {
			continue
		}
		style := numberingOf(blocks[i][0].text)
		if style != unnumbered && (numberedAlike(blocks[i+1], style) || i > 0 && numberedAlike(blocks[i-1], style)) {
			continue
		}
		headings[i] = headings[i+1] || prose(blocks[i+1])
	}
	return headings
}

// headingCandidate reports whether a block has the form of a heading.
func headingCandidate(b []line) bool {
	if len(b) != 1 {
		return false
	}
	if b[0].under {
		return true
	}
	s, _ := stripCall(b[0].text)
	if utf8.RuneCountInString(s) > maxHeadingLine || terminal(s) || len(strings.Fields(s)) > 16 {
		return false
	}
	if item, ok := bulletOf(s); ok && item.style == signed {
		return false
	}
	s = s[numberLen(s):]
	return allCaps(s) || titleCase(s)
}

// prose reports whether a block is a paragraph or begins a list: several
// lines, or a line that is long or ends in punctuation.
func prose(b []line) bool {
	return len(b) > 1 || terminal(b[0].text) || utf8.RuneCountInString(b[0].text) > maxHeadingLine
}

// numbering is the way in which a heading is numbered.
type numbering int

const (
	unnumbered  numbering = iota
	arabic                // 2. The Law, 2.1 The Law
	romanUpper            // II. THE LAW
	letterUpper           // B. The Law
)

// numberingOf tells how a line is numbered; numberLen is the length of the
// number with its point and space, 0 where there is none.
func numberingOf(s string) numbering {
	mark, _, ok := strings.Cut(s, " ")
	if !ok || len(mark) > 8 {
		return unnumbered
	}
	core := strings.TrimRight(mark, ".)")
	switch {
	case core == "" || mark == core && (core[0] < '0' || core[0] > '9'):
		return unnumbered
	case strings.Trim(core, "0123456789.") == "":
		return arabic
	case strings.Trim(core, "IVXLC") == "" && (len(core) > 1 || strings.Contains("IVX", core)):
		return romanUpper
	case len(core) == 1 && core[0] >= 'A' && core[0] <= 'Z':
		return letterUpper
	}
	return unnumbered
}

func numberLen(s string) int {
	if numberingOf(s) == unnumbered {
		return 0
	}
	mark, rest, _ := strings.Cut(s, " ")
	return len(mark) + 1 + len(rest) - len(strings.TrimLeft(rest, " "))
}

func numberedAlike(b []line, style numbering) bool { return numberingOf(b[0].text) == style }

// allCaps reports a line of two or more letters, all of them capitals.
func allCaps(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// titleCase reports a line whose words have capitals, the first one for
// certain, and the others but for articles, conjunctions and prepositions.
func titleCase(s string) bool {
	capitals, letters := 0, 0
	for i, w := range strings.Fields(s) {
		w = strings.TrimLeft(w, "\"'“‘«([")
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			if i == 0 || !minor[strings.TrimRight(w, ".,:;\"'”’»)]")] {
				return false
			}
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return capitals > 0 && capitals*2 >= letters
}

// minor are the words that title case leaves without a capital.
var minor = map[string]bool{
	"a": true, "an": true, "the": true, "and": true, "but": true, "or": true, "nor": true, "yet": true, "so": true, "if": true,
	"as": true, "at": true, "by": true, "for": true, "from": true, "in": true, "into": true, "of": true, "off": true, "on": true,
	"onto": true, "out": true, "over": true, "per": true, "than": true, "to": true, "up": true, "upon": true, "via": true,
	"with": true, "within": true, "without": true, "about": true, "above": true, "across": true, "after": true, "against": true,
	"along": true, "among": true, "around": true, "before": true, "behind": true, "below": true, "between": true, "beyond": true,
	"during": true, "inside": true, "near": true, "since": true, "through": true, "toward": true, "towards": true, "under": true,
	"until": true, "v": true, "vs": true, "de": true, "del": true, "la": true, "le": true, "les": true, "des": true, "du": true,
	"et": true, "y": true, "von": true, "van": true, "und": true, "der": true,
}
