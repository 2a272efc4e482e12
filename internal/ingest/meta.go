package ingest

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// metadata is what a source says about itself.
type metadata struct {
	title, date, site, url, language, note string
	authors                                []string
}

// parseDate reads a date as people print it, to the precision it has:
// 2024-03-17, 2024-03, 2024, 17 March 2024, March 17, 2024, March 2024, and
// timestamps that begin with a date. Dates in figures whose order of day and
// month is open, such as 3/4/2024, are none.
func parseDate(s string) (string, bool) {
	s = strings.TrimRight(oneLine(s), ".")
	for _, l := range []struct{ in, out string }{
		{"2006-1-2", time.DateOnly},
		{"2006/1/2", time.DateOnly},
		{"20060102", time.DateOnly},
		{time.RFC3339Nano, time.DateOnly},
		{"2006-01-02T15:04", time.DateOnly},
		{"2006-01-02T15:04:05", time.DateOnly},
		{"2006-01-02 15:04", time.DateOnly},
		{"2006-01-02 15:04:05", time.DateOnly},
		{"2006-01-02 15:04:05 -0700", time.DateOnly},
		{"2006-01-02 15:04:05 Z07:00", time.DateOnly},
		{time.RFC1123, time.DateOnly},
		{time.RFC1123Z, time.DateOnly},
		{"2006-01", "2006-01"},
		{"2006", "2006"},
	} {
		if t, err := time.Parse(l.in, s); err == nil && t.Year() >= 1000 {
			return t.Format(l.out), true
		}
	}
	return spelledDate(s)
}

// spelledDate reads dates whose month is a word: day, month and year, or
// month and year, with or without a weekday, commas and ordinal endings.
func spelledDate(s string) (string, bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' })
	if len(words) > 0 && isWeekday(words[0]) {
		words = words[1:]
	}
	if len(words) < 2 || len(words) > 3 {
		return "", false
	}
	last := words[len(words)-1]
	if len(words) == 2 {
		for _, layout := range []string{"January 2006", "Jan 2006"} {
			if t, err := time.Parse(layout, month(words[0])+" "+last); err == nil {
				return t.Format("2006-01"), true
			}
		}
		return "", false
	}
	day, name := words[0], words[1]
	if c := name[0]; c >= '0' && c <= '9' {
		day, name = name, day
	}
	day = strings.ToLower(day)
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		day = strings.TrimSuffix(day, ending)
	}
	for _, layout := range []string{"2 January 2006", "2 Jan 2006"} {
		if t, err := time.Parse(layout, day+" "+month(name)+" "+last); err == nil {
			return t.Format(time.DateOnly), true
		}
	}
	return "", false
}

// month writes a month's name as package time knows it: without a dot, and
// Sept as Sep.
func month(name string) string {
	name = strings.TrimSuffix(name, ".")
	if strings.EqualFold(name, "sept") {
		return "Sep"
	}
	return name
}

func isWeekday(word string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(word, d.String()) || strings.EqualFold(strings.TrimSuffix(word, "."), d.String()[:3]) {
			return true
		}
	}
	return false
}

// byline reads "By Jane Doe and Richard Roe": "By" and one or more names of
// two to five words, each with a capital or a particle of names. Whatever
// else begins with "By" is none.
func byline(line string) ([]string, bool) {
	if len(line) > 160 || len(line) < 4 || !strings.EqualFold(line[:3], "by ") {
		return nil, false
	}
	rest := strings.ReplaceAll(line[3:], ", and ", ", ")
	rest = strings.NewReplacer(" and ", ", ", " & ", ", ").Replace(rest)
	var names []string
	for name := range strings.SplitSeq(rest, ", ") {
		name = strings.TrimSpace(name)
		if !isName(name) {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

func isName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		particle := i > 0 && i < len(words)-1 && particles[w]
		if !particle && !unicode.IsUpper(r) || strings.ContainsAny(w, "0123456789:;?!()[]\"“”") {
			return false
		}
		// A full stop ends an initial or "Jr.", else a sentence.
		if strings.HasSuffix(w, ".") && utf8.RuneCountInString(w) > 3 && strings.Count(w, ".") == 1 {
			return false
		}
	}
	return true
}

// particles are the words of names that are written without a capital.
var particles = map[string]bool{
	"af": true, "al": true, "bin": true, "bint": true, "da": true, "de": true, "del": true, "della": true, "der": true,
	"di": true, "dos": true, "du": true, "el": true, "la": true, "le": true, "ibn": true, "of": true, "ten": true, "ter": true,
	"the": true, "van": true, "von": true, "y": true, "zu": true, "den": true,
}

// dateline reads a line that is a date, with or without "Published" and the
// like before it.
func dateline(line string) (string, bool) {
	if len(line) > 80 {
		return "", false
	}
	for _, label := range []string{"published", "posted", "dated", "date"} {
		if len(line) > len(label) && strings.EqualFold(line[:len(label)], label) {
			rest := strings.TrimLeft(line[len(label):], ": ")
			rest = strings.TrimPrefix(rest, "on ")
			return parseDate(rest)
		}
	}
	// A year alone, or a number that could be one, is no dateline.
	if !strings.ContainsAny(line, " -/") {
		return "", false
	}
	return parseDate(line)
}

// takeCredit reads a byline or a date line that stands under a title, and
// reports whether the line was one. What is known already is not replaced.
func (m *metadata) takeCredit(line string) bool {
	if names, ok := byline(line); ok && len(m.authors) == 0 {
		m.authors = names
		return true
	}
	if date, ok := dateline(line); ok && m.date == "" {
		m.date = date
		return true
	}
	return false
}
