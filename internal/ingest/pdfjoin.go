package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfWords counts a document's words as they stand within its lines, where
// no hyphenation can have parted them.
type pdfWords struct {
	words map[string]int
	// inner counts the hyphens of either kind between letters within lines: a
	// kind that stands at the ends of lines alone is one of hyphenation.
	plain, typographic int
}

func newPDFWords(regions []*pdfRegion) *pdfWords {
	v := &pdfWords{words: map[string]int{}}
	for _, r := range regions {
		for i := range r.lines {
			v.add(r.lines[i].text, i > 0 && hyphenated(r.lines[i-1].text))
		}
	}
	return v
}

// spaceInitial parts a drop cap from what follows where it is a word: "A" and
// "I" before a word that the document has, and has not with the letter.
func (v *pdfWords) spaceInitial(l *pdfLine) {
	s := l.text[:l.initial]
	if s != "A" && s != "I" {
		return
	}
	word, _, _ := strings.Cut(l.text[l.initial:], " ")
	word = bareWord(word)
	if v.words[word] > 0 && v.words[strings.ToLower(s)+word] <= 1 {
		l.prefix(s+" ", l.initial)
	}
}

// add takes a line's words; the first of them where it is not the rest of one.
func (v *pdfWords) add(s string, rest bool) {
	fields := strings.Fields(s)
	for i, w := range fields {
		if i == 0 && rest || i == len(fields)-1 && hyphenated(w) {
			continue
		}
		w = bareWord(w)
		if w == "" || len(w) > 64 {
			continue
		}
		v.words[strings.ReplaceAll(w, "‐", "-")]++
		v.plain += strings.Count(w, "-")
		v.typographic += strings.Count(w, "‐")
	}
}

// bareWord is a word in lower case without a marker behind it and without
// what is no letter at its ends.
func bareWord(w string) string {
	if i := strings.IndexByte(w, '['); i > 0 {
		w = w[:i]
	}
	return strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }))
}

func hyphenated(s string) bool { return strings.HasSuffix(s, "-") || strings.HasSuffix(s, "‐") }

// prefixes are words that stand alone or begin another one, but are not
// joined to what follows by a hyphen.
var prefixes = map[string]bool{
	"a": true, "an": true, "any": true, "be": true, "by": true, "can": true, "every": true, "for": true, "fore": true, "here": true,
	"how": true, "in": true, "is": true, "it": true, "no": true, "not": true, "on": true, "or": true, "out": true, "over": true,
	"so": true, "some": true, "the": true, "there": true, "to": true, "under": true, "up": true, "what": true, "when": true,
	"where": true, "with": true, "i": true, "as": true, "at": true, "he": true, "her": true, "him": true, "his": true, "man": true,
	"me": true, "of": true, "per": true, "we": true, "us": true, "pre": true, "ex": true,
}

// hyphenWords are those that keep a hyphen to what follows.
var hyphenWords = map[string]bool{
	"self": true, "quasi": true, "non": true, "cross": true, "vice": true, "well": true, "so-called": true, "half": true,
	"all": true, "long": true, "short": true, "high": true, "low": true, "two": true, "three": true, "four": true, "five": true,
	"six": true, "seven": true, "eight": true, "nine": true, "ten": true, "twenty": true, "thirty": true, "forty": true, "fifty": true,
	"sixty": true, "seventy": true, "eighty": true, "ninety": true,
}

// keeps reports whether the hyphen between the end of one line and the
// beginning of the next belongs to the word. The rest of the document decides
// where it has the word with the hyphen or without; then whether both halves
// are words there.
func (v *pdfWords) keeps(line, next string) bool {
	r, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsLower(r) {
		return true
	}
	if strings.HasSuffix(line, "‐") && v.typographic == 0 {
		return false
	}
	cut := strings.TrimRight(line, "-‐")
	left := cut[strings.LastIndexByte(cut, ' ')+1:]
	right, _, _ := strings.Cut(next, " ")
	first, second := bareWord(left), bareWord(right)
	if first == "" || second == "" {
		return true
	}
	first = first[strings.LastIndexAny(first, "–—/")+1:]
	if i := strings.IndexAny(second, "–—/’'"); i > 0 {
		second = bareWord(second[:i])
	}
	joined, hyphened := v.words[first+second], v.words[first+"-"+second]
	if joined != hyphened {
		return hyphened > joined
	}
	// "law-en-": the part after the last hyphen is what was cut.
	if i := strings.LastIndexByte(first, '-'); i >= 0 {
		if v.words[first[i+1:]+second] > 0 {
			return false
		}
		first = first[i+1:]
	}
	if hyphenWords[first] {
		return true
	}
	return !prefixes[first] && v.words[first] > 0 && v.words[second] > 0 && len(second) > 2
}

// pdfJoiner writes lines into one text and keeps the markers in step.
type pdfJoiner struct {
	words *pdfWords
	text  []byte
	marks []pdfMark
	last  *pdfLine
}

// tail is the end of the text, as far as it matters for joining.
func (j *pdfJoiner) tail() string {
	s := string(j.text[max(0, len(j.text)-240):])
	return strings.ToValidUTF8(s, "")
}

// add appends a line.
func (j *pdfJoiner) add(l *pdfLine) {
	s := l.text
	if len(j.text) > 0 {
		before := j.tail()
		switch {
		case hyphenated(before) && (spacedDash(before) || shared(s)):
			j.text = append(j.text, ' ')
		case hyphenated(before):
			if !j.words.keeps(before, s) {
				j.text = j.text[:len(j.text)-len(lastChar(before))]
			}
		case !j.closed(before, s, l):
			j.text = append(j.text, ' ')
		}
	}
	at := len(j.text)
	j.text = append(j.text, s...)
	for _, m := range l.marks {
		j.marks = append(j.marks, pdfMark{m.start + at, m.end + at, m.label, m.page})
	}
	j.last = l
}

// closed reports whether nothing stands between the end of a line and the
// beginning of the next: about dashes that touch a word, and within a web
// address.
func (j *pdfJoiner) closed(before, s string, l *pdfLine) bool {
	if strings.HasSuffix(before, "—") || strings.HasSuffix(before, "–") {
		return !spacedDash(before)
	}
	if strings.HasPrefix(s, "—") && !strings.HasPrefix(s, "— ") {
		return true
	}
	tail := before[strings.LastIndexByte(before, ' ')+1:]
	if subsection.MatchString(tail) && subsections.MatchString(s) {
		return true
	}
	if a, b := j.last.link[1], l.link[0]; a != "" && a == b {
		word, _, _ := strings.Cut(s, " ")
		return strings.Contains(a, strings.Trim(tail, "(<[")+strings.TrimRight(word, ".,;:)>]"))
	}
	return (strings.Contains(tail, "://") || strings.HasPrefix(tail, "www.")) && strings.ContainsAny(lastChar(tail), "/_=?&%#")
}

// subsection matches the end of a law's section, such as "3036(d)", and
// subsections what it goes on with: they are one word.
var (
	subsection  = regexp.MustCompile(`[0-9A-Za-z]\([0-9A-Za-z]{1,4}\)$`)
	subsections = regexp.MustCompile(`^\([0-9A-Za-z]{1,4}\)`)
)

// spacedDash reports a dash that stands between spaces.
func spacedDash(s string) bool {
	s = strings.TrimSuffix(s, lastChar(s))
	return s == "" || strings.HasSuffix(s, " ")
}

// shared reports the rest of a pair that shares its second part: "pre- and
// post-war".
func shared(s string) bool {
	word, _, _ := strings.Cut(s, " ")
	return word == "and" || word == "or" || word == "to"
}

func lastChar(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}
