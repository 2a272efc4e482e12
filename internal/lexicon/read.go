package lexicon

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a lexicon that a server brings along. They leave room for some
// twenty times what a reading group has written so far and keep the time to
// read one below a second.
const (
	// MaxSize is the longest text, in bytes.
	MaxSize = 200_000
	// MaxEntries is how many entries it may have.
	MaxEntries = 5000
	// maxLeft and maxRight are how many words and phrases may stand on each
	// side of an entry, maxPairs how many pairs of left and right all entries
	// may make.
	maxLeft, maxRight = 40, 20
	maxPairs          = 100_000
	// maxWords is how many words a phrase may have; the titles of laws are the
	// longest.
	maxWords = 12
)

// source is an entry and where it stands.
type source struct {
	entry
	number int
	line   string
}

// read takes a text apart into entries, without a look at what the words are,
// and notes what cannot be read.
func read(text string, errs *ParseError) []source {
	var entries []source
	language, number := English, 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		number++
		line = strings.TrimSpace(uncomment(line))
		switch {
		case line == "":
		case !utf8.ValidString(line) || strings.ContainsFunc(line, isControl):
			errs.add(number, line, wrongf("this is not plain text; save the file as UTF-8"))
		case line[0] == '[':
			switch strings.ToLower(line) {
			case "[en]":
				language = English
			case "[es]":
				language = Spanish
			default:
				errs.add(number, line, wrongf("a section is [en] or [es]"))
			}
		default:
			e, err := readEntry(line)
			if err != nil {
				errs.add(number, line, err)
				continue
			}
			e.language = language
			if e.both && language != English {
				errs.add(number, line, wrongf("<=> is for [en]; in [%s] write =>", language))
				continue
			}
			entries = append(entries, source{entry: e, number: number, line: line})
		}
	}
	return entries
}

// isControl reports a character that no text editor shows. The byte order mark
// is one, except at the start of a file.
func isControl(r rune) bool { return (unicode.IsControl(r) && r != '\t') || r == '\uFEFF' }

// uncomment cuts the comment off a line.
func uncomment(line string) string {
	before, inQuotes := ' ', false
	for i, r := range line {
		switch {
		case r == '"':
			inQuotes = !inQuotes
		case r == '#' && !inQuotes && unicode.IsSpace(before):
			return line[:i]
		}
		before = r
	}
	return line
}

// readEntry reads a line that is neither empty nor the head of a section.
func readEntry(line string) (entry, error) {
	var e entry
	at, width := findArrow(line)
	if at < 0 {
		return e, wrongf("there is no => between everyday words and terms")
	}
	e.both = width == len("<=>")
	if again, _ := findArrow(line[at+width:]); again >= 0 {
		return e, wrongf("there is more than one =>; begin a new line for each entry")
	}
	left, err := readSide(line[:at])
	if err != nil {
		return e, err
	}
	for _, p := range left {
		text, err := p.phrase()
		if err != nil {
			return e, err
		}
		e.left = append(e.left, text)
	}
	if len(left) == 0 {
		return e, wrongf("nothing stands before the arrow")
	}
	right, err := readSide(line[at+width:])
	if err != nil {
		return e, err
	}
	for _, p := range right {
		term, err := p.term(e.implied())
		if err != nil {
			return e, err
		}
		e.right = append(e.right, term)
	}
	if e.both && len(right) == 0 {
		return e, wrongf("nothing stands behind the <=>")
	}
	if len(left) > maxLeft || len(right) > maxRight {
		return e, wrongf("an entry has at most %d words or phrases before the arrow and %d behind it", maxLeft, maxRight)
	}
	return e, nil
}

// findArrow finds the first => or <=> outside quotation marks; at is -1 where
// there is none.
func findArrow(line string) (at, width int) {
	inQuotes := false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			inQuotes = !inQuotes
		case inQuotes:
		case strings.HasPrefix(line[i:], "<=>"):
			return i, len("<=>")
		case strings.HasPrefix(line[i:], "=>"):
			return i, len("=>")
		}
	}
	return -1, 0
}

// part is what stands between two commas.
type part struct {
	text   string // white space is single
	quoted bool   // text stood in quotation marks
	after  string // what stood behind them
}

// readSide takes one side of an entry apart at its commas. A comma at the end
// is allowed.
func readSide(side string) ([]part, error) {
	var parts []part
	for {
		side = strings.TrimSpace(side)
		if side == "" {
			return parts, nil
		}
		p := part{}
		if side[0] == '"' {
			end := strings.IndexByte(side[1:], '"')
			if end < 0 {
				return nil, wrongf("a quotation mark is not closed")
			}
			p.quoted, p.text, side = true, side[1:1+end], side[end+2:]
		}
		rest, next, _ := strings.Cut(side, ",")
		if strings.Contains(rest, `"`) {
			return nil, wrongf("quotation marks go around a whole word or phrase")
		}
		if p.quoted {
			p.after = strings.TrimSpace(rest)
		} else {
			p.text = rest
		}
		p.text = strings.Join(strings.Fields(p.text), " ")
		if p.text == "" {
			return nil, wrongf("nothing stands between two commas or quotation marks")
		}
		parts = append(parts, p)
		side = next
	}
}

// phrase reads a part of a left side, where weights have no place.
func (p part) phrase() (string, error) {
	_, last := cutLast(p.text)
	if p.after != "" || (!p.quoted && strings.Contains(last, ".") && isNumeric(last)) {
		return "", wrongf("a weight stands behind a term on the right")
	}
	return p.text, nil
}

// term reads a part of a right side.
func (p part) term(implied float64) (weighted, error) {
	t := weighted{text: p.text, weight: implied}
	number := p.after
	if !p.quoted {
		before, last := cutLast(p.text)
		switch {
		case !isNumeric(last):
			return t, nil
		case !strings.Contains(last, "."):
			return t, wrongf("is %s a weight or part of the term? Write a weight with a decimal point (0.5, 1.0), else put quotation marks around the term", last)
		}
		t.text, number = before, last
	}
	if number == "" {
		return t, nil
	}
	w, err := strconv.ParseFloat(number, 64)
	if err != nil || !isNumeric(number) || !strings.Contains(number, ".") || !(w > 0 && w <= 1) {
		return t, wrongf("the weight %s is not a number with a decimal point above 0 and up to 1.0", number)
	}
	if t.text == "" {
		return t, wrongf("a weight stands behind a term")
	}
	t.weight = w
	return t, nil
}

// cutLast parts the last word of a text from those before it.
func cutLast(text string) (before, last string) {
	i := strings.LastIndexByte(text, ' ')
	return text[:max(i, 0)], text[i+1:]
}
