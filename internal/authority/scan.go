package authority

import (
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
	switch c {
	case 'a':
		return z.try(i, z.articles, z.amendment, z.symbol, z.namedAct)
	case 'b':
		return z.try(i, z.namedAct, z.instrumentWord)
	case 'c':
		return z.try(i, z.charter, z.constitution, z.namedAct, z.instrumentWord)
	case 'd':
		return z.try(i, z.namedAct, z.instrumentWord)
	case 'e':
		return z.try(i, z.order, z.ordinalAmendment, z.symbol, z.namedAct)
	case 'f':
		return z.try(i, z.ordinalAmendment, z.namedAct)
	case 'g':
		return z.try(i, z.organ, z.namedAct)
	case 'h':
		return z.try(i, z.bill, z.report, z.namedAct)
	case 'i':
		return z.try(i, z.worldCourt, z.idem, z.revenueCode, z.namedAct)
	case 'n':
		return z.try(i, z.ordinalAmendment, z.namedAct)
	case 'p':
		return z.try(i, z.publicLaw, z.codePart, z.permanentCourt, z.namedAct, z.instrumentWord)
	case 'r':
		return z.try(i, z.resolution, z.namedAct)
	case 's':
		return z.try(i, z.bill, z.report, z.organ, z.sectionOf, z.ordinalAmendment, z.symbol, z.namedAct, z.instrumentWord)
	case 't':
		return z.try(i, z.title, z.treatySeries, z.ordinalAmendment, z.namedAct, z.instrumentWord)
	case 'u':
		return z.try(i, z.organ, z.charter, z.unDocument, z.constitution, z.namedAct)
	case 'm', 'o', 'v', 'w':
		return z.try(i, z.namedAct)
	}
	return none
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
	if z.at(k) == ']' && z.at(i-1) == '[' {
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
	return probe.number(i) != none
}

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
