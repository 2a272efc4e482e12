package quote

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is a way to take a text: as a quotation with nothing around it, or
// with a citation behind it.
type reading struct {
	tokens []token
	// aside names the citation.
	aside []Difference
	// own is how many tokens the source must go on with as the citation begins
	// for the citation to be the source's own, with other words.
	own int
}

// Values of reading.own: a parenthesis behind words without quotation marks may
// well be of the source, whatever is in it; quotation marks say where the
// quotation ends, and a line of its own begins as any sentence may.
const (
	ownParenthesis = 1
	ownBehindMarks = 2
	ownLine        = 3
)

// goesOn reports whether the source goes on, from a token, as what was taken
// for a citation begins.
func (r *reading) goesOn(src []token, at int) bool {
	if len(r.aside) == 0 {
		return false
	}
	for at < len(src) && (src[at].kind == note || (src[at].kind == sign && strings.Contains(`".,`, src[at].text))) {
		at++
	}
	begins := tokenize(r.aside[0].Quote, nil, false)
	if len(begins) < r.own || len(src)-at < r.own {
		return false
	}
	for i := range r.own {
		if !same(&begins[i], &src[at+i], true) {
			return false
		}
	}
	return true
}

// readings are the ways to take a text, the plainest first. There is always
// one.
func readings(text string) []reading {
	list := []reading{{tokens: tokenize(text, nil, false)}}
	if start, end, rest, own := withoutCitation(text); end > start {
		tokens := tokenize(text[start:end], nil, false)
		for i := range tokens {
			tokens[i].start += start
			tokens[i].end += start
		}
		if len(wordsOf(tokens)) > 0 {
			list = append(list, reading{tokens: tokens, aside: []Difference{{Kind: Reference, Quote: rest}}, own: own})
		}
	}
	return list
}

// maxCitation is the longest citation that may stand behind a quotation, in
// bytes.
const maxCitation = 300

// pinpoint is what a citation at the end of a text is known by: the number of
// a paragraph, a page or a note.
var pinpoint = regexp.MustCompile(`(?i)(?:¶¶?|\bparas?\.?|\bparagraph|\bn\.|\bfn\.?|\bpp?\.|\bnote)[\s\x{00a0}]*[0-9]+`)

// withoutCitation finds the quotation within a text that has a citation behind
// it: text[start:end], and the citation. Nothing is found where that is not
// plain: behind closing quotation marks, something in brackets, after a dash,
// or with a pinpoint; without quotation marks, a last line or a last
// parenthesis with a pinpoint. own is for the reading.
func withoutCitation(text string) (start, end int, citation string, own int) {
	trimmed := strings.TrimSpace(text)
	offset := strings.Index(text, trimmed)
	first, size := utf8.DecodeRuneInString(trimmed)
	if isQuotationMark(first) {
		for at, r := range trimmed {
			if at == 0 || !isQuotationMark(r) {
				continue
			}
			rest := strings.TrimSpace(trimmed[at+utf8.RuneLen(r):])
			if isCitation(rest) {
				return offset + size, offset + at, rest, ownBehindMarks
			}
		}
	}
	if at := strings.LastIndexByte(trimmed, '\n'); at > 0 {
		if rest := strings.TrimSpace(trimmed[at:]); len(rest) <= maxCitation && (pinpoint.MatchString(rest) || isSigned(rest)) {
			return offset, offset + at, rest, ownLine
		}
	}
	if body := strings.TrimRight(trimmed, ". "); strings.HasSuffix(body, ")") {
		if at := strings.LastIndexByte(body, '('); at > 0 {
			if rest := trimmed[at:]; len(rest) <= maxCitation && pinpoint.MatchString(rest) {
				return offset, offset + at, rest, ownParenthesis
			}
		}
	}
	return 0, 0, "", 0
}

// isCitation reports whether a text behind closing quotation marks is a
// citation.
func isCitation(rest string) bool {
	rest = strings.TrimLeft(rest, ".,; ")
	if rest == "" || len(rest) > maxCitation {
		return false
	}
	body := strings.TrimRight(rest, ". ")
	switch rest[0] {
	case '(':
		return strings.IndexByte(body, ')') == len(body)-1
	case '[':
		return strings.IndexByte(body, ']') == len(body)-1
	}
	return isSigned(rest) || pinpoint.MatchString(rest) && !strings.ContainsAny(rest, ".?!") ||
		strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://")
}

// isSigned reports whether a text is a dash and a name.
func isSigned(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	if !isDash(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest[size:], "-–— *_"))
	return unicode.IsUpper(next) && len(rest) <= maxCitation
}
