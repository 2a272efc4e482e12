package authority

import (
	"strconv"
	"strings"
)

// instrument is what an article can be of.
type instrument string

const (
	// noInstrument: none was named.
	noInstrument instrument = ""
	// unCharter is the Charter of the United Nations.
	unCharter instrument = "un-charter"
	// usConstitution is the Constitution of the United States.
	usConstitution instrument = "const"
	// someCharter: "the Charter", whose is said elsewhere.
	someCharter instrument = "charter"
	// otherInstrument is one whose articles have no key.
	otherInstrument instrument = "other"
)

// The articles and amendments that there are.
const (
	lastCharterArticle      = 111
	lastConstitutionArticle = 7
	lastAmendment           = 27
	// lastConstitutionSection is the most sections that an article has.
	lastConstitutionSection = 10
	// lastAmendmentSection is the most that an amendment has.
	lastAmendmentSection = 6
)

// article is one article of a reference, or a range of them.
type article struct {
	number, last int
	// paragraph is the paragraph's number, section the section's; 0 for none.
	paragraph, section int
	// roman: the number was in Roman numerals or words.
	roman, words bool
	start, end   int
}

// articles reads a reference to articles that starts with their word, and the
// instrument that it says, or that was named before.
func (z *scanner) articles(i int) int {
	items, end := z.articleList(i)
	if end == none {
		return none
	}
	// What they are of.
	said := z.skip(z.skip(end, "\""), "”")
	of := z.first(said, ", of the ", ",~de la ", ",~del ", " of the ", " of ", " in the ", " under the ", ",~", " del ", " de la ", " to the ")
	if of == none {
		of = z.space(end)
	}
	if what, e := z.instrumentAt(of); e != none && what != someCharter {
		if keys := z.keys(what, items); keys != nil {
			z.emitArticles(keys, items, i, e)
			z.nameInstrument(what, e)
			return e
		}
		return end
	}
	if e, key := z.treatyAt(z.skip(of, "the ")); e != none {
		z.emit(key, i, e)
		z.nameInstrument(otherInstrument, e)
		return e
	}
	if what, e := z.instrumentAt(of); e != none && what == someCharter {
		if z.doc.charters == unCharter && z.instrument != otherInstrument {
			if keys := z.keys(unCharter, items); keys != nil {
				z.emitArticles(keys, items, i, e)
				return e
			}
		}
		if z.first(e, " of ", " on ", " for ") == none && isUpper(z.at(i)) {
			z.emitUnqualified(items, i, e)
		}
		return e
	}
	if z.isClause(i) && z.first(end, " of ", ", of ") == none {
		if keys := z.keys(usConstitution, items); keys != nil && items[0].roman {
			z.emitArticles(keys, items, i, end)
			z.nameInstrument(usConstitution, end)
			return end
		}
	}
	if z.first(end, " of ", ", of ", " in the ", " under the ", " to the ", " common to ", " de ", " del ") != none {
		return end // of something without a key
	}
	if z.otherFollows(of) {
		return end
	}
	return z.bareArticles(items, i, end)
}

// isClause reports whether the name of a clause stands before an article, as in
// "the Vesting Clause of Article II": so are those of the Constitution called.
func (z *scanner) isClause(i int) bool {
	of := z.text[:i].beforeSpace()
	if of == i || !strings.HasSuffix(string(z.text[:of]), "of") {
		return false
	}
	clause := z.text[:of-len("of")].beforeSpace()
	if !strings.HasSuffix(string(z.text[:clause]), "Clause") {
		return false
	}
	word := z.wordBefore(z.text[:clause-len("Clause")].beforeSpace())
	return word != "" && isUpper(word[0]) && word != "The" && word != "A" && word != "This"
}

// otherFollows reports whether the name of an instrument without a key stands
// behind an article, as in "art. 5 ECHR" or "Article 31 VCLT".
func (z *scanner) otherFollows(i int) bool {
	j := i
	for isUpper(z.at(j)) {
		j++
	}
	if j-i >= 2 {
		return true
	}
	// A capital behind the number: "Article 15 UCMJ", "Article 3 Geneva ...".
	for k := i; k < len(z.text) && k < i+maxInstrumentName; {
		if !isUpper(z.at(k)) {
			return false
		}
		e := k
		for isLetter(z.at(e)) {
			e++
		}
		if otherWord(string(z.text[k:e])) {
			return true
		}
		k = z.space(e)
	}
	return false
}

// maxInstrumentName is how far from an article the word that makes a name an
// instrument's is looked for.
const maxInstrumentName = 60

// bareArticles decides on articles without an instrument: they are of the one
// that was named just before, or unresolved.
func (z *scanner) bareArticles(items []article, start, end int) int {
	capital := isUpper(z.at(start))
	switch strings.ToLower(z.wordBefore(start)) {
	case "this", "our", "an", "my", "your", "his", "her", "their", "new", "news", "recent", "draft", "common", "previous", "next", "first":
		return end
	}
	if z.isBehindName(start) {
		return end
	}
	near := start-z.named <= maxInstrumentGap && z.instrument != noInstrument
	what := z.instrument
	if !near {
		what = noInstrument
		if z.instrument == noInstrument {
			what = z.doc.carried
		}
	}
	if what == unCharter || what == usConstitution {
		fits := true
		for _, a := range items {
			if a.roman != (what == usConstitution) && !a.words {
				fits = false
			}
		}
		if keys := z.keys(what, items); fits && keys != nil {
			z.emitArticles(keys, items, start, end)
			if near {
				z.named = end
			}
			return end
		}
	}
	if !capital || what == otherInstrument {
		if what == otherInstrument && capital {
			z.emitUnqualified(items, start, end)
		}
		return end
	}
	z.emitUnqualified(items, start, end)
	return end
}

// isBehindName reports whether an article stands right behind the name of an
// instrument without a key, and a comma: then it is one of that.
func (z *scanner) isBehindName(start int) bool {
	j := z.text[:start].beforeSpace()
	if z.at(j-1) != ',' {
		return false
	}
	switch z.wordBefore(j - 1) {
	case "Act", "Law", "Ordinance", "Decree", "Rules":
		return true
	}
	return z.instrument == otherInstrument && z.named <= j-1 && j-1-z.named <= maxInstrumentName && !strings.ContainsAny(string(z.text[z.named:j-1]), ",.;:")
}

// maxInstrumentGap is how many bytes behind the name of an instrument an
// article without one still belongs to it.
const maxInstrumentGap = 400

// wordBefore is the word that ends before an offset.
func (z *scanner) wordBefore(i int) string {
	j := i
	for j > 0 && (z.text[j-1] == ' ' || z.text[j-1] == '\n') {
		j--
	}
	k := j
	for k > 0 && isLetter(z.text[k-1]) {
		k--
	}
	return string(z.text[k:j])
}

func (z *scanner) emitUnqualified(items []article, start, end int) {
	for n, a := range items {
		from, to := a.start, a.end
		if n == 0 {
			from = start
		}
		if n == len(items)-1 {
			to = end
		}
		z.emitAs("", "", from, to)
	}
}

// emitArticles finds the articles of a reference. The first span starts with
// the reference, and the last ends with it.
func (z *scanner) emitArticles(keys []string, items []article, start, end int) {
	for n, a := range items {
		from, to := a.start, a.end
		if n == 0 {
			from = start
		}
		if n == len(items)-1 {
			to = max(end, to)
		}
		z.emit(keys[n], from, to)
	}
}

// keys are the keys of articles of an instrument, nil where it does not have
// them all.
func (z *scanner) keys(what instrument, items []article) []string {
	keys := make([]string, len(items))
	for n, a := range items {
		switch what {
		case unCharter:
			if a.number > lastCharterArticle || a.last > lastCharterArticle || a.section > 0 && a.paragraph > 0 {
				return nil
			}
			keys[n] = "un-charter/" + strconv.Itoa(a.number)
			if p := max(a.paragraph, a.section); p > 0 {
				keys[n] += "(" + strconv.Itoa(p) + ")"
			}
			if a.last > 0 {
				keys[n] = "un-charter/" + strconv.Itoa(a.number) + "-" + strconv.Itoa(a.last)
			}
		case usConstitution:
			if a.number > lastConstitutionArticle || a.last > 0 || a.section > lastConstitutionSection || a.paragraph > 0 {
				return nil
			}
			keys[n] = "const/article-" + strconv.Itoa(a.number)
			if a.section > 0 {
				keys[n] += "/section-" + strconv.Itoa(a.section)
			}
		default:
			return nil
		}
	}
	return keys
}

// articleList reads "Article 51", "arts. 39-42", "Articles 2(4) and 51",
// "art. I, § 8, cl. 11", "Article Fifty-One".
func (z *scanner) articleList(i int) (items []article, end int) {
	j := z.first(i, "articles ", "article ", "arts.~", "art.~", "artículos ", "artículo ")
	if j == none {
		return nil, none
	}
	several := z.first(i, "articles ", "arts.", "artículos ") != none
	end = none
	for {
		a, e := z.articleAt(j)
		if e == none {
			return items, end
		}
		if end != none && z.startsCitation(j) {
			return items, end
		}
		items, end = append(items, a), e
		// More sections of the same article: "art. I, §§ 8, 9".
		for a.section > 0 {
			k := z.joined(end)
			if k == none {
				break
			}
			signs, k := z.sections(k)
			if signs == 0 && !z.severalSections(a) {
				break
			}
			k = z.space(k)
			n, e := z.digits(k)
			if e == none || !z.closes(e) || n > lastConstitutionSection || z.startsCitation(k) {
				break
			}
			b := a
			b.section, b.start, b.end = n, k, e
			items, end = append(items, b), z.clause(e)
		}
		k := z.joined(end)
		if k == none {
			return items, end
		}
		again := z.first(k, "article ", "art.~")
		if again == none && !several && !z.listedArticle(k) {
			return items, end
		}
		if again != none {
			k = again
		}
		j = k
	}
}

// listedArticle reports whether an article stands at an offset and its
// instrument behind it, so that "Article 2(4) and 51 of the UN Charter" is two.
func (z *scanner) listedArticle(i int) bool {
	_, e := z.articleAt(i)
	if e == none || !isDigit(z.at(i)) {
		return false
	}
	of := z.first(e, " of the ", " of ")
	if of == none {
		of = z.space(e)
	}
	what, _ := z.instrumentAt(of)
	return what == unCharter
}

// severalSections reports whether the section of an article stands behind "§§".
func (z *scanner) severalSections(a article) bool {
	t := string(z.text[a.start:a.end])
	return strings.Contains(t, "§§") || strings.Contains(strings.ToLower(t), "sections") || strings.Contains(t, "§ §")
}

// articleAt reads one article with its paragraph or section.
func (z *scanner) articleAt(i int) (article, int) {
	a := article{start: i}
	var j int
	if a.number, j = z.digits(i); j == none {
		if a.number, j = z.roman(i); j != none {
			a.roman = true
		} else if a.number, j = z.spelled(i); j != none {
			a.words = true
		} else {
			return a, none
		}
	} else if j-i > 3 {
		return a, none
	}
	// "Article 2.4" is a paragraph too.
	if z.at(j) == '.' && isDigit(z.at(j+1)) {
		n, e := z.digits(j + 1)
		if e == none || e-j > 3 || !z.closes(e) {
			return a, none
		}
		a.paragraph, a.end = n, e
		return a, e
	}
	if !z.ends(j) {
		// "Article 2bis", "Article 36a"
		return a, none
	}
	if d := z.dash(j); d != none || z.first(j, " to ", " through ") != none {
		if d == none {
			d = z.first(j, " to ", " through ")
		}
		if n, e := z.digits(z.space(d)); e != none && z.closes(e) && n > a.number {
			a.last, a.end = n, e
			return a, e
		}
		if z.dash(j) != none && (isLetter(z.at(d)) || isDigit(z.at(d))) {
			return a, none
		}
	}
	j = z.paragraph(&a, j)
	a.end = j
	return a, j
}

// paragraph reads the paragraph or section behind an article's number.
func (z *scanner) paragraph(a *article, i int) int {
	if z.at(i) == '(' {
		if n, e := z.digits(i + 1); e != none && z.at(e) == ')' && e-i <= 3 {
			a.paragraph = n
			return z.subsections(e+1, false)
		}
		if n, e := z.roman(i + 1); e != none && z.at(e) == ')' && n < 10 {
			a.paragraph = n
			return e + 1
		}
	}
	if k := z.space(i); z.at(k) == '(' && k > i {
		if n, e := z.digits(k + 1); e != none && z.at(e) == ')' && e-k <= 2 {
			a.paragraph = n
			return e + 1
		}
	}
	if e := z.first(i, ",~paragraph ", ",~para.~", ",~par.~", ",~¶~", " paragraph ", " para.~", " ¶~", ",~párrafo ", " párrafo "); e != none {
		if n, e := z.paragraphNumber(e); e != none {
			if a.roman {
				return z.clause(e) // the Constitution's paragraphs have no key
			}
			a.paragraph = n
			return e
		}
	}
	k := z.skip(i, ",~")
	k = z.space(k)
	signs, e := z.sections(k)
	if signs == 0 {
		if e = z.first(k, "sections ", "section ", "secs.~", "sec.~"); e == none {
			return z.clause(i)
		}
	}
	n, e := z.paragraphNumber(z.space(e))
	if e == none {
		return i
	}
	a.section = n
	return z.clause(e)
}

// paragraphNumber reads a small number in figures, Roman numerals or words.
func (z *scanner) paragraphNumber(i int) (n, end int) {
	if n, end = z.digits(i); end != none {
		if end-i > 2 || !z.closes(end) {
			return 0, none
		}
		return n, end
	}
	if n, end = z.roman(i); end != none {
		return n, end
	}
	return z.spelled(i)
}

// clause skips a clause behind a section: ", cl. 11".
func (z *scanner) clause(i int) int {
	e := z.first(i, ",~clauses ", ",~clause ", ",~cls.~", ",~cl.~", " cls.~", " cl.~", " clause ")
	if e == none {
		return i
	}
	_, end := z.paragraphNumber(e)
	if end == none {
		return i
	}
	for {
		d := z.dash(end)
		if d == none {
			return end
		}
		_, e := z.paragraphNumber(d)
		if e == none {
			return end
		}
		end = e
	}
}

// instrumentAt reads the name of the Charter or the Constitution.
func (z *scanner) instrumentAt(i int) (instrument, int) {
	j := z.skip(i, "the ")
	if e := z.charterName(j); e != none {
		return unCharter, e
	}
	if e := z.constitutionName(j); e != none {
		return usConstitution, e
	}
	if e := z.first(j, "carta de las naciones unidas", "carta de la onu"); e != none {
		return unCharter, e
	}
	if e := z.first(j, "charter", "carta"); e != none && (isUpper(z.at(j)) || z.lenient) {
		return someCharter, e
	}
	return noInstrument, none
}

func (z *scanner) charterName(i int) int {
	return z.first(i, "u.~n.~ charter", "united nations charter", "charter of the united nations", "charter of the un", "charter of the u.n.")
}

// constitutionName reads the name of the Constitution of the United States.
// "The Constitution" is that one unless another country or state follows.
func (z *scanner) constitutionName(i int) int {
	if e := z.first(i, "u.~s.~ constitution", "united states constitution", "federal constitution", "u.~s.~ const.",
		"constitution of the united states of america", "constitution of the united states", "american constitution",
		"constitution of the u.~s."); e != none {
		return e
	}
	e := z.first(i, "constitution", "const.")
	if e == none || z.at(i) == 'c' && z.first(i, "const.") == e {
		return none
	}
	if z.first(e, " of ", " for ") != none {
		return none
	}
	return e
}

// nameInstrument keeps the instrument that was named last.
func (z *scanner) nameInstrument(what instrument, end int) {
	z.instrument, z.named = what, end
	if what == unCharter {
		z.doc.charters = unCharter
	}
}

// charter reads "U.N. Charter art. 51", and keeps the Charter for the articles
// behind it.
func (z *scanner) charter(i int) int {
	e := z.charterName(i)
	if e == none {
		e = z.first(i, "carta de las naciones unidas")
	}
	if e == none {
		if e = z.match(i, "charter"); e == none || !isUpper(z.at(i)) {
			return none
		}
		// "the Charter" goes on with the one that was named; another's is another.
		if before := z.wordBefore(i); z.first(e, " of ", " on ", " for ") != none || before != "" && isUpper(before[0]) && before != "The" && before != "This" {
			z.nameInstrument(otherInstrument, e)
			return e
		}
		if z.doc.charters != unCharter || z.instrument == otherInstrument {
			return e
		}
		z.nameInstrument(unCharter, e)
	} else {
		z.nameInstrument(unCharter, e)
	}
	return z.ofInstrument(unCharter, i, e)
}

// ofInstrument reads the articles behind the name of an instrument that starts
// at one offset and ends at another.
func (z *scanner) ofInstrument(what instrument, i, e int) int {
	k := z.skip(e, "'s", "’")
	if z.at(k) == ',' {
		k++
	}
	k = z.space(k)
	if k == e && z.lenient {
		return e
	}
	if what == unCharter {
		if p := z.first(k, "pmbl.", "preamble"); p != none && z.first(k, "pmbl.") != none {
			z.emit("un-charter/preamble", i, p)
			return p
		}
	}
	items, end := z.articleList(k)
	if end == none && z.lenient && isDigit(z.at(k)) {
		if a, e := z.articleAt(k); e != none {
			items, end = []article{a}, e
		}
	}
	if end == none {
		return e
	}
	// "the UN Charter. Article 5 of the Treaty" is not; nor is another
	// instrument's that follows its articles.
	if what == usConstitution && len(items) > 0 && z.first(end, " of the u", " of the charter") != none {
		return e
	}
	keys := z.keys(what, items)
	if keys == nil {
		return e
	}
	z.emitArticles(keys, items, i, end)
	z.nameInstrument(what, end)
	return end
}

// constitution reads "U.S. Const. art. II, § 2", "U.S. Const. amends. V, XIV"
// and "the Constitution's Article II", and keeps the Constitution.
func (z *scanner) constitution(i int) int {
	e := z.constitutionName(i)
	if e == none {
		// Another's constitution.
		if e = z.match(i, "constitution"); e != none && isUpper(z.at(i)) {
			z.nameInstrument(otherInstrument, e)
			return e
		}
		return none
	}
	before := z.wordBefore(i)
	if c := lower(z.at(i)); c == 'c' {
		if !isUpper(z.at(i)) && !z.lenient {
			return none
		}
		if before != "" && isUpper(before[0]) && !neutral(before) || z.first(i, "const.") == e && z.at(i-2) == '.' && before == "" {
			z.nameInstrument(otherInstrument, e)
			return e
		}
		if z.first(i, "const.") == e && z.at(i-1) == ' ' && z.at(i-2) == '.' && !z.lenient {
			z.nameInstrument(otherInstrument, e) // "Cal. Const."
			return e
		}
	} else if z.first(i, "u.~s.~ const.", "u.~s.~ constitution", "united states constitution") == none {
		return none
	}
	z.nameInstrument(usConstitution, e)
	k := e
	if z.at(k) == ',' {
		k++
	}
	k = z.space(k)
	if p := z.first(k, "pmbl.", "preamble"); p != none && z.first(k, "pmbl.") != none {
		z.emit("const/preamble", i, p)
		return p
	}
	if end := z.amendmentList(i, k); end != none {
		z.nameInstrument(usConstitution, end)
		return end
	}
	return z.ofInstrument(usConstitution, i, e)
}

// neutral reports whether a capitalised word before "Constitution" says nothing
// about whose it is.
func neutral(word string) bool {
	switch word {
	case "The", "Our", "This", "That", "Under", "In", "By", "But", "And", "If", "When", "Because", "Since", "While",
		"Federal", "American", "US", "States", "See", "Both", "Neither", "As", "To", "For", "With":
		return true
	}
	return false
}

// amendmentList reads "amend. XIV, § 1" and "amends. V, XIV" behind the name of
// the Constitution.
func (z *scanner) amendmentList(start, i int) int {
	j := z.first(i, "amendments ", "amendment ", "amends.~", "amend.~", "amdts.~", "amdt.~")
	if j == none {
		return none
	}
	several := z.first(i, "amendments ", "amends.", "amdts.") != none
	end := none
	for {
		n, e := z.digits(j)
		if e == none {
			n, e = z.roman(j)
		}
		if e == none || n > lastAmendment || !z.closes(e) {
			return end
		}
		whole := "const/amendment-" + strconv.Itoa(n)
		key, at := z.amendmentSection(whole, e)
		z.emit(key, start, at)
		end = at
		if key != whole {
			end = z.moreSections(whole, e, end)
		}
		// "amends. I–X" is found by its ends.
		if j = z.dash(end); j != none && several && key == whole {
			start = j
			continue
		}
		if j = z.joined(end); j == none || !several {
			return end
		}
		start = j
	}
}

// moreSections reads the sections behind the first of "amend. XIV, §§ 1, 5",
// whose signs are at one offset and whose first section ends at another.
func (z *scanner) moreSections(amendment string, i, end int) int {
	if n, _ := z.sections(z.space(z.skip(i, ",~"))); n < 2 && z.first(i, ",~sections ", " sections ") == none {
		return end
	}
	for {
		j := z.joined(end)
		n, e := z.digits(max(j, 0))
		if j == none || e == none || n > lastAmendmentSection || !z.closes(e) || z.startsCitation(j) {
			return end
		}
		z.emit(amendment+"/section-"+strconv.Itoa(n), j, e)
		end = e
	}
}

// amendmentSection reads the section behind an amendment: ", § 3", "'s Section 3".
func (z *scanner) amendmentSection(key string, i int) (string, int) {
	j := z.skip(i, "'s")
	if z.at(j) == ',' {
		j++
	}
	j = z.space(j)
	signs, e := z.sections(j)
	if signs == 0 {
		if e = z.first(j, "sections ", "section ", "sec.~"); e == none {
			return key, z.clause(i)
		}
	}
	n, e := z.paragraphNumber(z.space(e))
	if e == none || n > lastAmendmentSection {
		return key, i
	}
	return key + "/section-" + strconv.Itoa(n), z.clause(e)
}

// amendment reads "Amendment XIV to the Constitution". Without the
// Constitution, an amendment by its number is to anything.
func (z *scanner) amendment(i int) int {
	j := z.first(i, "amendment ", "amend.~")
	if j == none {
		return none
	}
	n, e := z.roman(j)
	if e == none {
		n, e = z.digits(j)
	}
	if e == none || n > lastAmendment || !z.closes(e) {
		return none
	}
	key, k := z.amendmentSection("const/amendment-"+strconv.Itoa(n), e)
	end := z.first(k, " to the ", " of the ", ",~")
	if end == none {
		end = z.space(k)
	}
	if c := z.constitutionName(z.skip(end, "the ")); c != none {
		z.emit(key, i, c)
		z.nameInstrument(usConstitution, c)
		return c
	}
	return none
}

// ordinalAmendment reads "the Fourth Amendment", "First and Fourth Amendments",
// "the 14th Amendment, Section 3".
func (z *scanner) ordinalAmendment(i int) int {
	type one struct{ n, start, end int }
	var list []one
	j := i
	for {
		n, e := z.ordinal(j)
		if e == none || n > lastAmendment {
			return none
		}
		list = append(list, one{n, j, e})
		if k := z.first(e, " amendment", " amendments"); k != none {
			plural := z.first(e, " amendments") != none
			if len(list) > 1 != plural || !z.lenient && !isUpper(z.at(z.space(e))) {
				if !z.ofConstitution(k) {
					return none
				}
			}
			list[len(list)-1].end = k
			break
		}
		if j = z.joined(e); j == none || len(list) > 9 {
			return none
		}
		j = z.skip(j, "the ")
	}
	end := list[len(list)-1].end
	if !z.ofConstitution(end) {
		if z.first(end, " to the ", " to ", " of the ") != none && z.first(end, " to be ") == none {
			k := z.skip(end, " to the ", " to ", " of the ")
			if isUpper(z.at(k)) || z.first(k, "bill", "agreement", "act", "treaty", "contract", "lease", "order", "plan", "credit", "convention", "protocol") != none {
				return none
			}
		}
		if k := z.space(end); k > end && isUpper(z.at(k)) && z.first(k, "act", "agreement", "order", "treaty", "decree", "bill", "and restated", "effective",
			"coalition", "foundation", "project", "center", "centre", "institute", "society", "club", "caucus", "clinic", "lawyers", "museum", "library", "day", "week", "award", "alliance", "network", "forum", "encyclopedia",
			"defense") != none {
			return none
		}
	}
	for n, a := range list {
		key := "const/amendment-" + strconv.Itoa(a.n)
		if n == len(list)-1 {
			key, a.end = z.amendmentSection(key, a.end)
		}
		z.emit(key, a.start, a.end)
		end = a.end
	}
	z.nameInstrument(usConstitution, end)
	return end
}

// ofConstitution reports whether an amendment is said to be the Constitution's.
func (z *scanner) ofConstitution(i int) bool {
	k := z.first(i, " to the ", " of the ", ",~")
	return k != none && (z.constitutionName(k) != none)
}

// ordinal reads an ordinal in a word with a capital, or in figures.
func (z *scanner) ordinal(i int) (n, end int) {
	if isDigit(z.at(i)) {
		return z.nth(i)
	}
	words := z.doc.tables.ordinals
	first, second := lower(z.at(i)), lower(z.at(i+1))
	for n := len(words) - 1; n >= 0; n-- {
		if words[n][0] != first || words[n][1] != second {
			continue
		}
		if e := z.match(i, words[n]); e != none {
			return n + 1, e
		}
	}
	return 0, none
}

// sectionOfConstitution reads what a section is of where that is the
// Constitution: "section 3 of the Fourteenth Amendment", "Section 8 of Article
// I of the Constitution".
func (z *scanner) sectionOfConstitution(start int, section string, i int) int {
	if !allDigits(section) || len(section) > 2 {
		return none
	}
	probe := z.probe()
	if c := lower(z.at(i)); c == 'a' {
		items, end := z.articleList(i)
		if end == none || len(items) != 1 || items[0].section > 0 {
			return none
		}
		probe.articles(i)
	} else {
		probe.ordinalAmendment(i)
	}
	if len(probe.found) != 1 || !hasFamily(probe.found[0].Key, "const") || strings.Contains(probe.found[0].Key, "/section") {
		return none
	}
	f := probe.found[0]
	n, _ := strconv.Atoi(section)
	last := lastConstitutionSection
	if strings.HasPrefix(f.Key, "const/amendment") {
		last = lastAmendmentSection
	}
	if n < 1 || n > last {
		return none
	}
	z.emit(f.Key+"/section-"+section, start, f.End)
	z.nameInstrument(usConstitution, f.End)
	return f.End
}

// otherWord reports whether a word with a capital names an instrument that has
// articles of its own.
func otherWord(word string) bool {
	switch word {
	case "Convention", "Conventions", "Treaty", "Covenant", "Protocol", "Protocols", "Statute", "Agreement",
		"Declaration", "Pact", "Regulations", "Directive", "Code", "Constitution", "Charter",
		"Convenio", "Tratado", "Pacto", "Estatuto", "Protocolo", "Constitución":
		return true
	}
	return false
}

// instrumentWord keeps that another instrument was named, so that an article
// behind it is not taken for the Charter's.
func (z *scanner) instrumentWord(i int) int {
	if !isUpper(z.at(i)) {
		return none
	}
	j := i
	for isLetter(z.at(j)) {
		j++
	}
	if word := string(z.text[i:j]); !otherWord(word) || word == "Code" && strings.HasSuffix(z.wordBefore(i), "States") {
		return none
	}
	z.nameInstrument(otherInstrument, j)
	return j
}
