package authority

import (
	"strings"
	"unicode/utf8"
)

// scanner reads one text from its start to its end.
type scanner struct {
	text
	// lenient: the text is what somebody typed who means one authority, so
	// that capitals and periods say nothing.
	lenient bool
	found   []Found
	doc     *history
	// instrument is what articles without one belong to.
	instrument instrument
	// named is the offset behind the place that named the instrument.
	named int
	// body is the U.N. organ named last, and bodyAt the offset behind it.
	body   string
	bodyAt int
}

// emit adds what was found.
func (z *scanner) emit(key string, start, end int) {
	z.emitAs(key, KindOf(key), start, end)
}

// emitAs adds what was found, with its kind where there is no key.
func (z *scanner) emitAs(key string, kind Kind, start, end int) {
	z.found = append(z.found, Found{Key: key, Start: start, End: end, URL: URL(key), Kind: kind})
	if rest, ok := strings.CutPrefix(key, "usc/"); ok {
		if title, section, ok := strings.Cut(rest, "/"); ok {
			z.doc.sections.add(section, title)
		}
	}
}

// run reads the text. At each start of a word or a number one reader is tried;
// where it reads nothing the word is skipped.
func (z *scanner) run() {
	inWord := false
	for i := 0; i < len(z.text); {
		c := z.text[i]
		switch {
		case isLetter(c):
			if !inWord {
				if end := z.word(i, lower(c)); end > i {
					i = end
					inWord = !z.ends(i) // never within what was read
					continue
				}
			}
			inWord = true
			i++
		case isDigit(c):
			if !inWord && z.startsNumber(i) {
				if end := z.number(i); end > i {
					i = end
					inWord = false
					continue
				}
			}
			inWord = true
			i++
		case c < utf8.RuneSelf:
			inWord = c == '_' || c == '\'' && inWord
			i++
		default:
			r, n := utf8.DecodeRuneInString(string(z.text[i:]))
			if r == '§' {
				if end := z.bareSection(i); end > i {
					i = end
					inWord = false
					continue
				}
			}
			inWord = isWord(r)
			i += n
		}
	}
}

// startsNumber reports whether the number at an offset is a whole one: no
// decimal, no part of another number, no amount of money.
func (z *scanner) startsNumber(i int) bool {
	switch c := z.at(i - 1); c {
	case '.', ',', ':':
		return !isDigit(z.at(i - 2))
	case '/', '-', '$', '#', '+', '%':
		return false
	case 0xA3, 0xAC, 0x93, 0x91, 0x90, 0xA5: // the last bytes of £ € – ‑ ‐ ¥
		r, _ := utf8.DecodeLastRuneInString(string(z.text[:i]))
		return r != '£' && r != '€' && r != '¥' && !isDash(r)
	}
	return true
}

// word tries the readers of what starts with a word, whose first letter is
// given in lower case.
func (z *scanner) word(i int, c byte) int {
	// A letter behind a period that closes another, as the S of "U.S.", starts
	// nothing.
	if z.at(i-1) == '.' && isLetter(z.at(i-2)) && !isLetter(z.at(i-3)) {
		return none
	}
	// The second letter rules most words out.
	d := lower(z.at(i + 1))
	abbreviated := d == '.' || !isLetter(d)
	end := none
	switch c {
	case 'a':
		switch d {
		case 'r':
			end = z.articles(i)
		case 'm':
			end = z.amendment(i)
		case '/':
			end = z.symbol(i)
		}
	case 'c':
		switch d {
		case 'h', 'a':
			end = z.charter(i)
		case 'o':
			end = z.constitution(i)
		}
	case 'e':
		switch {
		case d == '/':
			end = z.symbol(i)
		case abbreviated || d == 'x' || d == 'o':
			end = z.order(i)
		case d == 'i' || d == 'l':
			end = z.ordinalAmendment(i)
		}
	case 'f':
		if d == 'i' || d == 'o' {
			end = z.ordinalAmendment(i)
		}
	case 'g':
		if abbreviated || d == 'e' || d == 'a' {
			end = z.organ(i)
		}
	case 'h':
		if abbreviated || d == 'o' || d == 'r' || d == 'j' || d == 'c' {
			end = z.try(i, z.bill, z.report)
		}
	case 'i':
		switch {
		case d == 'd' || d == 'b':
			end = z.idem(i)
		case abbreviated || d == 'c' || d == 'r' || d == 'n':
			end = z.try(i, z.worldCourt, z.revenueCode)
		}
	case 'n':
		if d == 'i' {
			end = z.ordinalAmendment(i)
		}
	case 'p':
		switch {
		case d == 'a':
			end = z.codePart(i)
		case abbreviated || d == 'u' || d == 'r' || d == 'l' || d == 'c':
			end = z.try(i, z.publicLaw, z.permanentCourt)
		}
	case 'r':
		if d == 'e' {
			end = z.resolution(i)
		}
	case 's':
		switch {
		case d == '/':
			end = z.symbol(i)
		case d == 'i':
			end = z.ordinalAmendment(i)
		case abbreviated || d == 'e' || d == 'c' || d == 'j':
			end = z.try(i, z.bill, z.report, z.organ, z.sectionOf, z.ordinalAmendment)
		}
	case 't':
		switch {
		case d == 'i':
			end = z.try(i, z.title, z.treatySeries)
		case abbreviated || d == 's':
			end = z.treatySeries(i)
		case d == 'h' || d == 'e' || d == 'w':
			end = z.ordinalAmendment(i)
		}
	case 'u':
		if abbreviated || d == 'n' || d == 's' {
			end = z.try(i, z.organ, z.charter, z.unDocument, z.unitedNationsSeries, z.constitution)
		}
	}
	if end != none {
		return end
	}
	if end = z.namedAct(i); end != none {
		return end
	}
	return z.instrumentWord(i)
}

// try is the first reader's end that reads something.
func (z *scanner) try(i int, readers ...func(int) int) int {
	for _, read := range readers {
		if end := read(i); end != none {
			return end
		}
	}
	return none
}

// number tries the readers of what starts with a number: the volume of a
// reporter, the title of a code, the year of a court's reports, the ordinal of
// an amendment.
func (z *scanner) number(i int) int {
	n, j := z.digits(i)
	if j == none {
		return none
	}
	if z.at(j)|0x20 == 's' || z.at(j)|0x20 == 'n' || z.at(j)|0x20 == 'r' || z.at(j)|0x20 == 't' || z.at(j)|0x20 == 'd' {
		if end := z.ordinalAmendment(i); end != none {
			return end
		}
	}
	// "[1986] ICJ Rep" has its year in brackets.
	k := j
	if z.at(k) == ']' && z.at(i-1) == '[' || z.at(k) == ')' && z.at(i-1) == '(' {
		k++
	}
	k = z.space(k)
	switch lower(z.at(k)) {
	case 'u':
		return z.tryVolume(i, n, k, z.codeVolume, z.treatyVolume, z.reporterVolume)
	case 'c':
		return z.tryVolume(i, n, k, z.regulationVolume, z.reporterVolume)
	case 'f':
		return z.tryVolume(i, n, k, z.registerVolume, z.reporterVolume)
	case 's':
		return z.tryVolume(i, n, k, z.statutesVolume, z.reporterVolume)
	case 'i':
		return z.tryVolume(i, n, k, z.worldCourtVolume)
	case 'p', 'n', 'w':
		return z.tryVolume(i, n, k, z.reporterVolume)
	case 'l', 'b':
		return z.tryVolume(i, n, k, z.treatyVolume, z.reporterVolume)
	case 'a':
		return z.tryVolume(i, n, k, z.forceAuthorization, z.reporterVolume)
	}
	return none
}

// tryVolume is the first reader's end that reads something. A reader gets the
// citation's start, its first number, and the offset of the word behind it.
func (z *scanner) tryVolume(start, n, i int, readers ...func(start, n, i int) int) int {
	for _, read := range readers {
		if end := read(start, n, i); end != none {
			return end
		}
	}
	return none
}

// startsCitation reports whether a citation starts with the number at an
// offset: then the number is no member of a list before it.
func (z *scanner) startsCitation(i int) bool {
	probe := z.probe()
	// A citation probes what follows it, too: in a long list of them all of it
	// would be read again for each.
	probe.text = z.text[:min(len(z.text), i+maxProbe)]
	return probe.number(i) != none
}

// maxProbe is how many bytes tell that a citation starts.
const maxProbe = 160

// joined reads what joins two members of a list: a comma, a semicolon, "and",
// "or", "&", or a comma with one of these.
func (z *scanner) joined(i int) int {
	j := z.space(i)
	k := none
	if c := z.at(j); c == ',' || c == ';' {
		j = z.space(j + 1)
		k = j
	}
	if e := z.first(j, "and ", "or ", "y "); e != none && (j > i || k != none) {
		return e
	}
	if z.at(j) == '&' {
		return z.space(j + 1)
	}
	return k
}

// probe is a scanner of the same text that finds aside.
func (z *scanner) probe() *scanner {
	return &scanner{
		text: z.text, lenient: z.lenient, instrument: z.instrument, named: z.named,
		doc: newHistory(z.doc.tables),
	}
}
