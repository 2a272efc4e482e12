package quote

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/words"
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
// well be of the source, whatever is in it; quotation marks, or a remark that is
// always the quoter's, say where the quotation ends; and a line of its own
// begins as any sentence may.
const (
	ownParenthesis = 1
	ownBehindMarks = 2
	ownLine        = 3
)

// goesOn reports whether the source goes on, behind a token, as what was taken
// for a citation begins; a line may begin the next passage.
func (r *reading) goesOn(src *source, last int) bool {
	if len(r.aside) == 0 {
		return false
	}
	begins := tokenize(r.aside[0].Quote, nil, false)
	at := last + 1
	for at < len(src.tokens) && (src.tokens[at].kind == note || (src.tokens[at].kind == sign && strings.Contains(`".,`, src.tokens[at].text))) {
		at++
	}
	if startsWith(src.tokens[at:], begins, r.own) {
		return true
	}
	if r.own != ownLine || at < len(src.tokens) {
		return false
	}
	i, ok := src.document.Index(src.passage.Pincite())
	if !ok || i+1 == len(src.document.Passages) {
		return false
	}
	return startsWith(newSource(src.document, &src.document.Passages[i+1]).tokens, begins, r.own)
}

// startsWith compares the first tokens of two texts.
func startsWith(a, b []token, count int) bool {
	if len(a) < count || len(b) < count {
		return false
	}
	for i := range count {
		if !same(&a[i], &b[i], false) {
			return false
		}
	}
	return true
}

// readings are the ways to take a text, the plainest first. There is always
// one. The marks of a block quotation are none of its text.
func readings(text string) []reading {
	text = withoutBlockQuote(text)
	list := []reading{{tokens: tokenize(text, nil, false)}}
	for _, c := range citationsBehind(text) {
		tokens := tokenize(text[c.start:c.end], nil, false)
		for i := range tokens {
			tokens[i].start += c.start
			tokens[i].end += c.start
		}
		if len(wordsOf(tokens)) > 0 {
			list = append(list, reading{tokens: tokens, aside: []Difference{{Kind: Reference, Quote: c.citation}}, own: c.own})
		}
	}
	return list
}

// withoutBlockQuote puts spaces for the marks of a block quotation before the
// lines of a text that begins with one, or for the one that is for all lines.
func withoutBlockQuote(text string) string {
	trimmed := strings.TrimSpace(text)
	if !strings.HasPrefix(trimmed, ">") {
		return text
	}
	if rest, ok := strings.CutPrefix(trimmed, ">>> "); ok {
		return strings.Replace(text, trimmed, "    "+rest, 1)
	}
	b := []byte(text)
	at := 0
	for line := range strings.Lines(text) {
		if body := strings.TrimLeft(line, " \t"); strings.HasPrefix(body, ">") {
			b[at+len(line)-len(body)] = ' '
		}
		at += len(line)
	}
	return string(b)
}

// maxCitation is the longest citation that may stand behind a quotation, in
// bytes, and maxSigned the longest name behind a dash.
const (
	maxCitation = 500
	maxSigned   = 120
)

// A citation of a passage is known by its pinpoint: the number of a paragraph,
// a page or a note. Behind closing quotation marks any will do; where nothing
// else parts the citation from the quotation it must stand as a pinpoint does,
// behind a comma, and with nothing behind it that could be a sentence's:
// "paragraph 4 of Article 2" is no pinpoint.
var (
	pinpoint       = regexp.MustCompile(`(?i)` + pinpointed)
	strictPinpoint = regexp.MustCompile(`(?i)(?:(?:^|[,;:(])[\s\x{00a0}]*(?:at[\s\x{00a0}]+)?` + pinpointed + `|[\s\x{00a0}]¶¶?[\s\x{00a0}]*[0-9]+)(?:[-–][0-9]+)?` + noted + `(?:$|[\])},;]|\.$|[\s\x{00a0}]*[(<])`)
	link           = regexp.MustCompile(`<?https?://[^\s<>]+>?`)
	asking         = regexp.MustCompile(`[?!](?:[”’"'»)]|,)`) // of a title
	linked         = regexp.MustCompile(`^\W*(?:\[[^\]\n]+\]\()?<?https?://[^\s<>]+>?\)?\W*$`)
)

const (
	pinpointed = `(?:¶¶?|\bparas?\.?|\bpárrs?\.?|\bpárrafo|\bparagraph|\bn\.|\bfn\.?|\bpp?\.|\bpágs?\.?|\bnote|\bfootnote|\bnota)[\s\x{00a0}]*[0-9]+`
	noted      = `(?:,?[\s\x{00a0}]*(?:n\.|fn\.?|note|footnote|nota)[\s\x{00a0}]*[0-9]+)?` // of that paragraph
)

// listed is an entry of a list of references, which stands below a citation by
// author and year.
var listed = regexp.MustCompile(`^[^()\n]{1,200}\((?:[0-9]{4}|n\.d\.|s\.f\.)[^()\n]*\)`)

// remark is what a quoter says of the quotation in parentheses, and no source
// says of itself.
var remark = regexp.MustCompile(`(?i)^\(\s*(?:` +
	`(?:my |our )?(?:emphasis|emphases|italics?|bold)(?: is| are)? (?:added|mine|ours|supplied|omitted|removed|in (?:the )?original)` +
	`|my (?:emphasis|italics|translation)|(?:internal )?(?:footnotes?|notes?|citations?|alterations?|brackets) (?:omitted|added)` +
	`|(?:el )?énfasis (?:es )?(?:añadido|agregado|nuestro|mío|original|(?:en|del) (?:el )?original)` +
	`|(?:las? )?cursivas? (?:es |son )?(?:añadidas?|agregadas?|nuestras?|mías?|(?:en|del) (?:el )?original)` +
	`|(?:notas?|citas?|referencias?) omitidas?|se omiten? (?:las? )?(?:notas?|citas?))[^()]*\)$`)

// cited is a quotation within a text, text[start:end], and the citation behind
// it. own is for the reading.
type cited struct {
	start, end int
	citation   string
	own        int
}

// citationsBehind finds the quotation within a text that has a citation behind
// it. There is none where that is not plain: behind closing quotation marks,
// something in brackets, after a dash, or with a pinpoint; without quotation
// marks, a last line or last parentheses that are one, or a remark. There are
// several where only the last of the parentheses may be.
func citationsBehind(text string) []cited {
	trimmed := strings.TrimSpace(text)
	offset := strings.Index(text, trimmed)
	first, size := utf8.DecodeRuneInString(trimmed)
	if isQuotationMark(first) {
		for at, r := range trimmed {
			if at == 0 || !closes(first, r) {
				continue
			}
			rest := trimmed[at+utf8.RuneLen(r):]
			if len(rest) > maxCitation || within(first, rest)%2 == 1 {
				continue // too long, or a mark within the quotation, or one of the words'
			}
			if rest = strings.TrimSpace(rest); isCitation(rest) {
				return []cited{{offset + size, offset + at, rest, ownBehindMarks}}
			}
		}
	}
	for at := strings.IndexByte(trimmed, '\n'); at > 0; {
		if rest := strings.TrimSpace(trimmed[at:]); isCitationBelow(rest) {
			return []cited{{offset, offset + at, rest, ownLine}}
		}
		next := strings.IndexByte(trimmed[at+1:], '\n')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	var list []cited
	for at := len(trimmed); ; {
		body := strings.TrimRight(trimmed[:at], ". ")
		open := strings.LastIndexByte(body, '(')
		if !strings.HasSuffix(body, ")") || open <= 0 || len(trimmed)-open > maxCitation {
			return list
		}
		own := ownParenthesis
		if remark.MatchString(body[open:]) {
			own = ownBehindMarks
		} else if !strictPinpoint.MatchString(body[open:]) {
			return list
		}
		list = append(list, cited{offset, offset + open, trimmed[open:], own})
		at = open
	}
}

// closes reports whether a mark may close a quotation that another opens.
func closes(opening, r rune) bool {
	return isQuotationMark(r) && isApostrophe(opening) == isApostrophe(r)
}

// within counts the marks of a text that are of the sort of an opening one,
// apostrophes within words left out.
func within(opening rune, text string) int {
	n, before := 0, ' '
	for i, r := range text {
		if closes(opening, r) {
			next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			if !isApostrophe(r) || !unicode.IsLetter(before) || !unicode.IsLetter(next) {
				n++
			}
		}
		before = r
	}
	return n
}

// isCitationBelow reports whether the last lines of a text are a citation.
func isCitationBelow(rest string) bool {
	first, ok := withoutFurther(rest)
	return ok && (isOneSentence(first) && strictPinpoint.MatchString(first) || isSigned(first) || linked.MatchString(first))
}

// withoutFurther is the first line of a citation; ok is false where those below
// it are none of one: a link, or an entry of a list of references.
func withoutFurther(rest string) (first string, ok bool) {
	if len(rest) > maxCitation {
		return "", false
	}
	first, further, _ := strings.Cut(rest, "\n")
	for line := range strings.Lines(further) {
		if line = strings.TrimSpace(line); line != "" && !linked.MatchString(line) && !listed.MatchString(line) {
			return "", false
		}
	}
	return strings.TrimSpace(first), true
}

// isCitation reports whether a text behind closing quotation marks is a
// citation.
func isCitation(rest string) bool {
	rest, ok := withoutFurther(strings.TrimLeft(rest, ".,;: \n"))
	if !ok || rest == "" {
		return false
	}
	switch rest[0] {
	case '(':
		return isEnclosed(rest, '(', ')')
	case '[':
		return isEnclosed(rest, '[', ']') || linked.MatchString(rest)
	}
	begins, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "*_“\"‘'«"))
	return isSigned(rest) || linked.MatchString(rest) ||
		!unicode.IsLower(begins) && isOneSentence(rest) && pinpoint.MatchString(rest) ||
		strictPinpoint.MatchString(rest) && strictPinpoint.FindStringIndex(rest)[0] == 0
}

// isEnclosed reports whether a text is in brackets, once or one after the other,
// but for a period.
func isEnclosed(text string, opening, closing byte) bool {
	body := strings.TrimRight(text, ". ")
	depth := 0
	for i := range len(body) {
		switch body[i] {
		case opening:
			depth++
		case closing:
			if depth--; depth == 0 {
				rest := strings.TrimLeft(body[i+1:], " ")
				return rest == "" || rest[0] == opening && isEnclosed(rest, opening, closing)
			}
		}
	}
	return false
}

// isOneSentence reports whether a text has no second sentence, and asks and
// exclaims nothing.
func isOneSentence(text string) bool {
	text = asking.ReplaceAllLiteralString(link.ReplaceAllLiteralString(text, ""), ",")
	return !strings.ContainsAny(text, "?!") && len(words.Sentences(text)) == 1
}

// isSigned reports whether a text is a dash and a name.
func isSigned(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	if !isDash(r) || len(rest) > maxSigned || !isOneSentence(rest) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest[size:], "-–— *_“\"‘«"))
	return unicode.IsUpper(next)
}
