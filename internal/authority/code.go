package authority

import (
	"strconv"
	"strings"
)

// codeMarks is how the United States Code is written behind a title's number,
// the annotated editions included.
func (z *scanner) codeMark(i int) int {
	j := z.first(i, "u.~s.~c.~a.", "u.~s.~c.~s.", "u.~s.~c.", "u.~s.~ code", "united states code")
	if j == none {
		return none
	}
	return z.skip(j, "~annotated", "~ann.")
}

// codeVolume reads what follows the title of a citation of the United States
// Code: "50 U.S.C. §§ 3091, 3093".
func (z *scanner) codeVolume(start, title, i int) int {
	if title > lastUSCodeTitle {
		return none
	}
	j := z.codeMark(i)
	if j == none {
		return none
	}
	return z.codeSections(start, strconv.Itoa(title), j)
}

// codeSections reads the sections behind the code's name.
func (z *scanner) codeSections(start int, title string, j int) int {
	if z.at(j) == ',' {
		j++
	}
	if e := z.first(j, "~app.", "~appendix", "~appx."); e != none {
		title += "-app"
		j = e
	}
	if z.at(j) == ',' || z.at(j) == ':' {
		j++
	}
	bare := z.at(j-1) != '.'
	marks, j := z.marks(z.space(j))
	if marks == 0 && bare && !z.lenient {
		// "51 USC 14 UCLA" is a score.
		if _, e := z.digits(j); e != none {
			if k := z.space(e); k > e && isUpper(z.at(k)) && isUpper(z.at(k+1)) {
				return none
			}
		}
	}
	return z.sectionList(start, j, marks, list{
		item: z.codeSection,
		key:  func(n string) string { return "usc/" + title + "/" + n },
	})
}

// marks reads the section signs or words before a section's number, and counts
// them: 0 for none, 1 for one section, 2 for several. It is none before the
// words for other divisions.
func (z *scanner) marks(i int) (count, end int) {
	if n, end := z.sections(i); n > 0 {
		return min(n, 2), z.space(end)
	}
	for _, p := range []string{"sections~", "secs.~", "ss.~"} {
		if e := z.match(i, p); e != none {
			return 2, e
		}
	}
	for _, p := range []string{"section~", "sec.~", "s.~"} {
		if e := z.match(i, p); e != none {
			if n, end := z.sections(e); n > 0 {
				e = z.space(end)
			}
			return 1, e
		}
	}
	return 0, i
}

// list is what sectionList reads: how an item is read, and its key.
type list struct {
	// item reads a section or a range at an offset and returns it in lower
	// case; several is whether the citation says that there are several.
	item func(i int, several bool) (number string, end int)
	key  func(number string) string
	// unowned: what the sections are of follows them.
	unowned bool
}

// sectionList reads the sections of a citation that starts before them, and
// finds each. Where no section sign or only one was printed, a number behind a
// comma is a section only if nothing else can be meant.
func (z *scanner) sectionList(start, i, marks int, l list) int {
	number, end := l.item(i, marks > 1)
	if end == none {
		return none
	}
	if d := z.dash(end); marks == 0 && d != none && isLetter(z.at(d)) && isLetter(z.at(d+1)) && isLetter(z.at(d+2)) {
		return none // "90-day"
	}
	previous, end := number, z.subsections(end, marks > 0)
	z.emit(l.key(number), start, z.tail(end))
	end = z.tail(end)
	for {
		j := z.joined(end)
		if j == none {
			return end
		}
		signs, k := z.sections(j)
		if signs == 0 {
			if k = z.skip(j, "secs.~", "sec.~", "sections~", "section~"); k != j {
				signs = 1
			}
		}
		k = z.space(k)
		if !isDigit(z.at(k)) || signs == 0 && z.startsCitation(k) {
			return end
		}
		number, e := l.item(k, marks > 1 || signs > 1)
		if e == none || number == previous && signs == 0 {
			return end
		}
		e = z.subsections(e, true)
		if !l.unowned && z.first(e, " of title ", " of the ", " of p", ", title ") != none {
			return end // a section of something else
		}
		if k := z.space(e); k > e && signs == 0 && isUpper(z.at(k)) && (z.at(k+1) == '.' || isUpper(z.at(k+1))) {
			return end // the volume or title of another citation
		}
		if signs == 0 && marks < 2 && !z.surelyListed(previous, number, end, e) {
			return end
		}
		if signs > 1 {
			marks = 2
		}
		e = z.tail(e)
		z.emit(l.key(number), k, e)
		previous, end = number, e
	}
}

// surelyListed decides on a number behind a section in a citation that does not
// say that there are several: it is one where it is like the one before in
// length and greater, no year, and the list ends behind it or goes on.
func (z *scanner) surelyListed(previous, number string, before, end int) bool {
	if strings.ContainsAny(number, ".-") && strings.ContainsAny(previous, ".-") {
		return true
	}
	a, b := leading(previous), leading(number)
	if b <= a || len(strconv.Itoa(b)) < len(strconv.Itoa(a)) || b < 100 {
		return false
	}
	if b >= 1900 && b < 2100 {
		return false
	}
	switch c := z.at(z.space(end)); c {
	case 0, ',', ';', '.', ')', ']', '&', ':', '\n':
		return true
	}
	return z.first(end, " and ", " or ") != none && z.at(z.space(before)) == ','
}

// leading is the number that a section starts with.
func leading(section string) int {
	n := 0
	for i := 0; i < len(section) && isDigit(section[i]) && i < maxDigits; i++ {
		n = n*10 + int(section[i]-'0')
	}
	return n
}

// tail reads what marks a section as more than itself, or its note.
func (z *scanner) tail(i int) int {
	i = z.skip(i, " et seq.", ", et seq.", " et. seq.", "~ff.")
	return z.skip(i, " note", " nt.")
}

// subsections reads the subsections behind a section: "(a)(1)", and ranges and
// lists of them. A space before the first is allowed only before a short one;
// a year in parentheses is none.
func (z *scanner) subsections(i int, listed bool) int {
	one := z.subsection(i)
	if one == none {
		one = z.shortSubsection(i)
	}
	if one == none {
		return i
	}
	i = one
	for {
		if j := z.subsection(i); j != none {
			i = j
			continue
		}
		if j := z.dash(i); j != none {
			if k := z.subsection(j); k != none {
				i = k
				continue
			}
		}
		if j := z.joined(i); j != none && listed {
			if k := z.subsection(j); k != none {
				i = k
				continue
			}
		}
		return i
	}
}

// shortSubsection reads a subsection of one letter or figure behind a space.
func (z *scanner) shortSubsection(i int) int {
	j := z.space(i)
	if j == i || z.at(j) != '(' || z.at(j+2) != ')' || !isLetter(z.at(j+1)) && !isDigit(z.at(j+1)) {
		return none
	}
	return j + 3
}

// subsection reads one subsection in its parentheses: a number up to 999, a
// letter, a doubled letter or a small Roman numeral.
func (z *scanner) subsection(i int) int {
	if z.at(i) != '(' {
		return none
	}
	j := i + 1
	figures, letters, same, roman := 0, 0, true, true
	for ; j < len(z.text) && z.text[j] != ')'; j++ {
		switch c := z.text[j]; {
		case isDigit(c):
			figures++
		case isLetter(c):
			letters++
			same = same && c == z.text[i+1]
			roman = roman && strings.IndexByte("ivxlc", lower(c)) >= 0
		default:
			return none
		}
		if j-i > 7 {
			return none
		}
	}
	switch {
	case j >= len(z.text) || j == i+1:
		return none
	case letters == 0 && figures > 3:
		return none
	case letters > 1 && figures == 0 && !same && !roman:
		return none
	case letters > 2 && figures > 0:
		return none
	}
	return j + 1
}

// codeSection reads a section of the United States Code, or a range of them,
// whose end may be cut to two figures ("1541-48"). Hyphens also are within
// sections ("2000e-5"): they make a range only where the number behind is as
// long as the one before, and not less.
func (z *scanner) codeSection(i int, several bool) (number string, end int) {
	first, end := z.codeNumber(i)
	if end == none {
		return "", none
	}
	number = first
	last := ""
	for {
		// Subsections may stand between the ends of a range.
		j := z.subsections(end, false)
		sp := z.space(j)
		to := z.dash(sp)
		word := false
		if to == none || sp > j && !several {
			to = z.first(j, " to ", " through ", " thru ")
			word = to != none
		}
		if to == none {
			break
		}
		to = z.space(to)
		if n, e := z.sections(to); n > 0 {
			to, word = z.space(e), true
		}
		next, e := z.codeNumber(to)
		if e == none || z.startsCitation(to) {
			if e = z.letterEnd(first, to); e == none || last != "" || j != end {
				break
			}
			// "78a-kk" ends in the letters only.
			next = strings.TrimRight(first, "abcdefghijklmnopqrstuvwxyz") + strings.ToLower(string(z.text[to:e]))
		}
		whole, ranged := completed(first, next)
		if figures := strings.TrimRight(next, "abcdefghijklmnopqrstuvwxyz"); !ranged && several && len(figures) == 2 {
			// "§§ 2331-39D"
			whole, ranged = completed(first, figures)
			whole += next[len(figures):]
		}
		switch {
		case ranged && last == "" && !(sp > j && !several && !word):
			last = whole
		case word || sp > j:
			return z.ranged(number, last, end)
		case j == end && e-to <= 5:
			if last == "" {
				number += "-" + next
			} else {
				last += "-" + next
			}
		default:
			return z.ranged(number, last, end)
		}
		end = e
	}
	return z.ranged(number, last, end)
}

// letterEnd reads the letters that alone end a range: the "kk" of "78a-kk".
func (z *scanner) letterEnd(first string, i int) int {
	from := strings.TrimLeft(first, "0123456789")
	if from == "" {
		return none
	}
	j := i
	for isLetter(z.at(j)) && z.at(j) == lower(z.at(j)) {
		j++
	}
	to := string(z.text[i:j])
	if j == i || j-i > 3 || !z.closes(j) || len(to) < len(from) || len(to) == len(from) && to <= from {
		return none
	}
	for k := range to {
		if to[k] != to[0] {
			return none
		}
	}
	return j
}

func (z *scanner) ranged(first, last string, end int) (string, int) {
	if !z.closes(end) {
		return "", none
	}
	if last != "" && last != first {
		first += "-" + last
	}
	return first, end
}

// completed decides whether a number behind a hyphen ends a range, and
// completes one that was cut to its last two figures.
func completed(first, next string) (last string, ranged bool) {
	a, b := leading(first), leading(next)
	la, lb := len(strconv.Itoa(a)), len(strconv.Itoa(b))
	if lb >= la && (b > a || b == a && next >= first) {
		return next, true
	}
	if lb == 2 && la > 2 && len(first) == la && len(next) == lb {
		if whole := a - a%100 + b; whole > a {
			return strconv.Itoa(whole), true
		}
	}
	return "", false
}

// codeNumber reads the figures of a section with the letters behind: 3091,
// 2000e, 300gg, 5318A. It is returned in lower case.
func (z *scanner) codeNumber(i int) (number string, end int) {
	_, j := z.digits(i)
	if j == none || j-i > 5 {
		return "", none
	}
	k := j
	for isLetter(z.at(k)) {
		k++
	}
	if k-j > 5 {
		return "", none
	}
	if k-j > 1 && (z.at(j)|0x20 == 't' && z.at(j+1)|0x20 == 'h' || z.first(j, "st", "nd", "rd") == k && k-j == 2) {
		return "", none // an ordinal
	}
	return strings.ToLower(string(z.text[i:k])), k
}

// sectionRange splits a range of sections, as a key has it.
func sectionRange(section string) (from, to string, ok bool) {
	parts := strings.Split(section, "-")
	for i := 1; i < len(parts); i++ {
		a, b := leading(parts[0]), leading(parts[i])
		if b == 0 || len(strconv.Itoa(b)) < len(strconv.Itoa(a)) {
			continue
		}
		if b > a || b == a && parts[i] >= parts[0] {
			return strings.Join(parts[:i], "-"), strings.Join(parts[i:], "-"), true
		}
	}
	return section, "", false
}

// sectionOf reads "section 3091 of title 50, United States Code", "Section
// 4402(e) of Public Law 107-171", "section 3 of the Fourteenth Amendment" and
// the like. The number is read first, so that what follows it decides.
func (z *scanner) sectionOf(i int) int {
	j := z.first(i, "sections~", "section~", "secs.~", "sec.~")
	if j == none {
		return none
	}
	marks := 1
	if z.first(i, "sections", "secs") != none {
		marks = 2
	}
	if e := z.sectionsOf(i, j, marks); e != none || marks > 1 || isUpper(z.at(i)) {
		return e
	}
	return z.namedSection(i, j)
}

// sectionsOf reads the numbers at j of a reference that starts at i, and what
// they are sections of.
func (z *scanner) sectionsOf(i, j, marks int) int {
	if !isDigit(z.at(j)) {
		return none
	}
	if e := z.regulationSectionOf(i, j); e != none {
		return e
	}
	title, code := "", none
	// The list is read for its numbers; it belongs to nothing yet.
	probe := z.probe()
	end := probe.sectionList(i, j, marks, list{
		item: probe.codeSection,
		key:  func(n string) string { return n }, unowned: true,
	})
	if end == none {
		return none
	}
	k := z.skip(end, " of the ", " of ", " in ", ", ", " under ")
	if k == end {
		return none
	}
	mark := len(z.found)
	if e := z.first(k, "title "); e != none {
		if n, e := z.digits(e); e != none && n <= lastUSCodeTitle && z.closes(e) {
			title = strconv.Itoa(n)
			code = z.first(e, ",~the united states code", ",~united states code", " of the united states code",
				" of the u.~s.~ code", ",~u.~s.~ code", " united states code", " u.~s.~c.", ",~u.~s.~c.", " of the u.~s.~c.")
			if code == none {
				return none
			}
		}
	} else if n, e := z.digits(k); e != none && n <= lastUSCodeTitle && z.closes(e) {
		if e = z.codeMark(z.space(e)); e != none && !isDigit(z.at(z.skip(z.space(e), "§~"))) {
			title, code = strconv.Itoa(n), e
		}
	} else if e := z.first(k, "internal revenue code", "i.~r.~c."); e != none {
		title, code = "26", e
	} else if e := z.publicLaw(k); e != none {
		// "Section 4402(e) of Public Law 107-171" is that law.
		z.found[mark].Start = i
		return e
	} else if at := z.skip(k, "the "); len(probe.found) == 1 {
		n := probe.found[0].Key
		return z.sectionOfConstitution(i, n, at)
	}
	if code == none {
		return none
	}
	for m, f := range probe.found {
		e := f.End
		if m == len(probe.found)-1 {
			e = code
		}
		z.emit("usc/"+title+"/"+f.Key, f.Start, e)
	}
	return code
}

// title reads "title 50, section 3091 of the United States Code", "title 10,
// Code of Federal Regulations, part 810" and the titles of citations that have
// the word, as "title 50 U.S.C. § 3091".
func (z *scanner) title(i int) int {
	j := z.match(i, "title ")
	if j == none {
		return none
	}
	n, e := z.digits(j)
	if e == none || n > lastUSCodeTitle {
		return none
	}
	k := z.skip(z.space(e), ",~", "of the ", "of ")
	if c := z.first(k, "united states code", "u.~s.~c.", "the united states code", "u.~s.~ code"); c != none {
		return z.codeSections(i, strconv.Itoa(n), c)
	}
	if c := z.regulationMark(z.skip(k, "the ")); c != none && n <= lastEcfrTitle {
		return z.regulations(i, strconv.Itoa(n), c)
	}
	// "title 18, section 371, United States Code"
	m := z.first(k, "section ", "sections ", "sec.~", "secs.~", "§§~", "§~")
	if m == none {
		return none
	}
	number, end := z.codeSection(m, false)
	if end == none {
		return none
	}
	end = z.subsections(end, false)
	code := z.first(end, " of the united states code", ",~united states code", ",~of the united states code",
		" of the u.~s.~ code", ",~u.~s.~ code", ",~u.~s.~c.", " of the u.~s.~c.", " united states code")
	if code == none {
		return none
	}
	z.emit("usc/"+strconv.Itoa(n)+"/"+number, i, code)
	return code
}

// revenueCode reads "I.R.C. § 501(c)(3)": the Internal Revenue Code is title 26.
func (z *scanner) revenueCode(i int) int {
	j := z.first(i, "i.~r.~c.", "internal revenue code")
	if j == none {
		return none
	}
	j = z.skip(j, " of 1986", " of 1954")
	if z.at(j) == ',' {
		j++
	}
	if marks, _ := z.marks(z.space(j)); marks == 0 {
		return none
	}
	return z.codeSections(i, "26", j)
}

// bareSection reads sections behind the sign alone: "§ 3 of Pub. L. No. 80-253",
// "§ 3091 of title 50, United States Code", or one of the Code that the document
// has named.
func (z *scanner) bareSection(i int) int {
	signs, end := z.sections(i)
	j := z.space(end)
	if e := z.sectionsOf(i, j, min(signs, 2)); e != none {
		return e
	}
	if e := z.namedSection(i, j); e != none {
		return e
	}
	return end
}

// Bounds of a section whose title is not said. Shorter numbers are those of
// acts; and a section is of the same chapter as the one before in the passage
// where both have four figures or more and are so near that no one would take
// them for two laws.
const (
	leastNamedSection = 100
	leastNearSection  = 1000
	nearSections      = 20
)

// namedSection reads "§ 3093(d)" or "section 3093(d)" where it stands for a section of the Code whose
// title the document has said: the section itself, or one beside the last that
// the passage named. What is behind the name of another code is that code's.
func (z *scanner) namedSection(i, j int) int {
	if k := z.text[:i].beforeSpace(); k > 0 {
		if c := z.text[k-1]; c != '(' && c != ';' && c != '.' {
			if word := z.wordBefore(i); word == "" || isUpper(word[0]) || k == i {
				return none
			}
		}
	}
	number, end := z.codeSection(j, false)
	if end == none || leading(number) < leastNamedSection || z.first(z.subsections(end, true), " of ", ", of ") != none {
		return none
	}
	title := z.doc.sections[number]
	if n := len(z.found); title == "" && n > 0 && hasFamily(z.found[n-1].Key, "usc") {
		part := strings.Split(z.found[n-1].Key, "/")
		a, b := leading(part[2]), leading(number)
		if min(a, b) >= leastNearSection && max(a-b, b-a) <= nearSections {
			title = part[1]
		}
	}
	if title == "" {
		return none
	}
	end = z.subsections(end, true)
	z.emit("usc/"+title+"/"+number, i, end)
	return end
}
