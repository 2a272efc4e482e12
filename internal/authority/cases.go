package authority

import (
	"strconv"
	"strings"
)

// reporter is a series of law reports.
type reporter struct {
	// key is the printed form in lower case, without periods and spaces.
	key, printed string
	patterns     []string
	// lastVolume bounds the volumes; 0 is 999.
	lastVolume int
	// doubtful: its letters mean other things too, so that a case's name, a
	// court or a year must show that it is one.
	doubtful bool
}

// reporters are in an order in which a pattern that starts another is later.
func reporters() []reporter {
	return []reporter{
		{key: "us", printed: "U.S.", patterns: []string{"u.~s."}, lastVolume: 610, doubtful: true},
		{key: "sct", printed: "S. Ct.", patterns: []string{"s.~ct.", "sup.~ct."}, lastVolume: 150},
		{key: "led2d", printed: "L. Ed. 2d", patterns: []string{"l.~ed.~2d", "l.~ed.~2nd"}},
		{key: "led", printed: "L. Ed.", patterns: []string{"l.~ed."}, lastVolume: 100},
		{key: "fsupp3d", printed: "F. Supp. 3d", patterns: []string{"f.~supp.~3d", "f.~supp.~3rd"}},
		{key: "fsupp2d", printed: "F. Supp. 2d", patterns: []string{"f.~supp.~2d", "f.~supp.~2nd"}},
		{key: "fsupp", printed: "F. Supp.", patterns: []string{"f.~supp."}},
		{key: "fappx", printed: "F. App'x", patterns: []string{"f.~app'x", "f.~appx.", "fed.~ appx.", "fed.~app'x"}},
		{key: "f4th", printed: "F.4th", patterns: []string{"f.~4th"}},
		{key: "f3d", printed: "F.3d", patterns: []string{"f.~3d", "f.~3rd"}},
		{key: "f2d", printed: "F.2d", patterns: []string{"f.~2d", "f.~2nd"}},
		{key: "fcas", printed: "F. Cas.", patterns: []string{"f.~cas.", "fed.~cas."}, lastVolume: 30},
		{key: "frd", printed: "F.R.D.", patterns: []string{"f.~r.~d."}},
		{key: "fedcl", printed: "Fed. Cl.", patterns: []string{"fed.~cl."}},
		{key: "f", printed: "F.", patterns: []string{"f."}, lastVolume: 300, doubtful: true},
		{key: "br", printed: "B.R.", patterns: []string{"b.~r."}, doubtful: true},
		{key: "mj", printed: "M.J.", patterns: []string{"m.~j."}, lastVolume: 99, doubtful: true},
		{key: "a3d", printed: "A.3d", patterns: []string{"a.~3d"}},
		{key: "a2d", printed: "A.2d", patterns: []string{"a.~2d"}},
		{key: "a", printed: "A.", patterns: []string{"a."}, lastVolume: 200, doubtful: true},
		{key: "p3d", printed: "P.3d", patterns: []string{"p.~3d"}},
		{key: "p2d", printed: "P.2d", patterns: []string{"p.~2d"}},
		{key: "p", printed: "P.", patterns: []string{"p."}, lastVolume: 300, doubtful: true},
		{key: "so3d", printed: "So. 3d", patterns: []string{"so.~3d"}},
		{key: "so2d", printed: "So. 2d", patterns: []string{"so.~2d"}},
		{key: "ne3d", printed: "N.E.3d", patterns: []string{"n.~e.~3d"}},
		{key: "ne2d", printed: "N.E.2d", patterns: []string{"n.~e.~2d"}},
		{key: "ne", printed: "N.E.", patterns: []string{"n.~e."}, doubtful: true},
		{key: "nw3d", printed: "N.W.3d", patterns: []string{"n.~w.~3d"}},
		{key: "nw2d", printed: "N.W.2d", patterns: []string{"n.~w.~2d"}},
		{key: "nw", printed: "N.W.", patterns: []string{"n.~w."}, doubtful: true},
		{key: "se2d", printed: "S.E.2d", patterns: []string{"s.~e.~2d"}},
		{key: "se", printed: "S.E.", patterns: []string{"s.~e."}, doubtful: true},
		{key: "sw3d", printed: "S.W.3d", patterns: []string{"s.~w.~3d"}},
		{key: "sw2d", printed: "S.W.2d", patterns: []string{"s.~w.~2d"}},
		{key: "sw", printed: "S.W.", patterns: []string{"s.~w."}, doubtful: true},
		{key: "wl", printed: "WL", patterns: []string{"wl"}, lastVolume: 2100},
		{key: "nys3d", printed: "N.Y.S.3d", patterns: []string{"n.~y.~s.~3d"}},
		{key: "nys2d", printed: "N.Y.S.2d", patterns: []string{"n.~y.~s.~2d"}},
		{key: "ny3d", printed: "N.Y.3d", patterns: []string{"n.~y.~3d"}},
		{key: "ny2d", printed: "N.Y.2d", patterns: []string{"n.~y.~2d"}},
		{key: "cal5th", printed: "Cal. 5th", patterns: []string{"cal.~5th"}},
		{key: "cal4th", printed: "Cal. 4th", patterns: []string{"cal.~4th"}},
		{key: "calrptr3d", printed: "Cal. Rptr. 3d", patterns: []string{"cal.~rptr.~3d"}},
		{key: "calrptr2d", printed: "Cal. Rptr. 2d", patterns: []string{"cal.~rptr.~2d"}},
	}
}

func reporterOf(key string) (reporter, bool) {
	for _, r := range reporters() {
		if r.key == key {
			return r, true
		}
	}
	return reporter{}, false
}

// federalReporter is the printed form of a reporter of the federal courts, which
// CourtListener links to, and empty for the others.
func federalReporter(key string) string {
	switch key {
	case "us":
		return "U.S."
	case "sct":
		return "S. Ct."
	case "fsupp3d":
		return "F. Supp. 3d"
	case "fsupp2d":
		return "F. Supp. 2d"
	case "fsupp":
		return "F. Supp."
	case "f4th":
		return "F.4th"
	case "f3d":
		return "F.3d"
	case "f2d":
		return "F.2d"
	}
	return ""
}

// firstWestlawYear is the first year of the database's numbers, which are by year.
const firstWestlawYear = 1944

// reporterVolume reads "343 U.S. 579", with the volume of the first reporters
// as in "5 U.S. (1 Cranch) 137", and the short form "343 U.S. at 637".
func (z *scanner) reporterVolume(start, volume, i int) int {
	for _, r := range z.doc.tables.reportersOn(lower(z.at(i))) {
		last := r.lastVolume
		if last == 0 {
			last = 999
		}
		if volume > last || r.key == "wl" && volume < firstWestlawYear {
			continue
		}
		j := z.first(i, r.patterns...)
		if j == none {
			continue
		}
		if !z.lenient && !isUpper(z.at(i)) && !hasParties(string(z.text[max(0, start-maxCaseName):start])) {
			return none
		}
		if j == z.space(j) && isLetter(z.at(j)) || !z.lenient && z.glued(i, j) {
			continue
		}
		name := r.key + "/" + strconv.Itoa(volume)
		if e := z.first(j, " at ", ", at "); e != none {
			if _, end := z.pages(e); end != none {
				key := z.doc.cases[name]
				if key == "" && r.doubtful && !z.afterName(start) {
					return none
				}
				z.emitAs(key, Case, start, end)
				return end
			}
			return none
		}
		k := z.space(j)
		if z.at(k) == '(' {
			if n, e := z.nominative(k); n {
				k = z.space(e)
			} else {
				return none
			}
		}
		page, end := z.digits(k)
		if end == none || end-k > 5 && r.key != "wl" || !z.closes(end) || k == j && z.at(j-1) != '.' && !z.lenient {
			return none
		}
		if r.doubtful && !z.lenient && !z.isCase(r, start, end) {
			return none
		}
		if z.at(end) == ',' && z.thousands(end) {
			return none // an amount: "300 U.S. 5,000"
		}
		key := "case/" + name + "/" + strconv.Itoa(page)
		z.emit(key, start, end)
		z.doc.cases.add(name, key)
		return end
	}
	return none
}

// glued reports whether a series stands at its volume's number with no space and
// no period: then the two are more likely one number in hexadecimal figures.
func (z *scanner) glued(i, j int) bool {
	return isDigit(z.at(i-1)) && strings.IndexByte(string(z.text[i:j]), '.') < 0
}

// isCase decides on a reporter of doubtful letters from what stands around the
// citation. The U.S. Reports have a name, a signal, a pinpoint or a year; the
// reporters of one letter or two, which are compass points and initials too,
// the parties or a year.
func (z *scanner) isCase(r reporter, start, end int) bool {
	if start == 0 && end == len(z.text) {
		return true // nothing else is said
	}
	if r.key == "us" {
		return z.afterName(start) || z.courtOrYear(end)
	}
	if hasParties(string(z.text[max(0, start-maxCaseName):start])) {
		return true
	}
	if z.at(end) == ',' {
		if _, e := z.pages(z.space(end + 1)); e != none {
			end = e
		}
	}
	j := z.space(end)
	return z.at(j) == '(' && z.courtOrYear(j)
}

// nominative reads the volume of a reporter that was named after a person:
// "(1 Cranch)", "(19 How.)".
func (z *scanner) nominative(i int) (ok bool, end int) {
	_, j := z.digits(i + 1)
	if j == none {
		return false, none
	}
	j = z.space(j)
	k := j
	for k < len(z.text) && k-j < 12 && (isLetter(z.text[k]) || z.text[k] == '.' || z.text[k] == ' ') {
		k++
	}
	if k == j || !isUpper(z.at(j)) || z.at(k) != ')' {
		return false, none
	}
	return true, k + 1
}

// pages reads a pinpoint: a page, or a range or list of them.
func (z *scanner) pages(i int) (first, end int) {
	first, end = z.grouped(i)
	if end == none || !z.ends(end) {
		return 0, none
	}
	for {
		j := z.dash(end)
		if j == none {
			if z.at(end) == ',' && !z.startsCitation(z.space(end+1)) {
				j = z.space(end + 1)
			}
		}
		if j == none {
			return first, end
		}
		_, e := z.digits(j)
		if e == none || !z.closes(e) || z.first(e, " u.", " f.", " s.") != none {
			return first, end
		}
		end = e
	}
}

// afterName reports whether a citation may start at an offset by what stands
// before it: the start of the text, a comma or a bracket, a signal, or the
// parties of a case.
func (z *scanner) afterName(i int) bool {
	j := i
	for j > 0 && (z.text[j-1] == ' ' || z.text[j-1] == '\n' || z.text[j-1] == 0xA0 || z.text[j-1] == 0xC2) {
		j--
	}
	if j == 0 {
		return z.courtOrYearAfter(i)
	}
	from := max(0, j-maxCaseName)
	before := z.text[from:j]
	if hasParties(string(before)) {
		return true
	}
	switch z.text[j-1] {
	case '(', '[', ';':
		return z.courtOrYearAfter(i)
	case ',', ':':
		return z.courtOrYearAfter(i) || isUpperWord(string(before))
	}
	k := j
	for k > 0 && isLetter(z.text[k-1]) {
		k--
	}
	switch string(z.text[k:j]) {
	case "See", "see", "Cf", "cf", "also", "Accord", "accord", "citing", "quoting", "overruling", "in", "In", "under", "at", "g":
		return z.courtOrYearAfter(i) || k > 0 && z.text[k-1] == '.'
	}
	return false
}

// isUpperWord reports whether the last word before a comma starts with a
// capital, as a party's name does.
func isUpperWord(s string) bool {
	if len(s) == 0 || s[len(s)-1] != ',' {
		return false
	}
	j := len(s) - 1
	for j > 0 && (isLetter(s[j-1]) || s[j-1] == '.' || s[j-1] == '\'') {
		j--
	}
	return isUpper(s[j])
}

// maxCaseName is how far back from its citation a case's "v." is looked for.
const maxCaseName = 100

// hasParties reports whether a text has the "v." of a case's name, or the "in
// re" of one without a defendant.
func hasParties(s string) bool {
	t := text(s)
	for i := 1; i < len(s)-2; i++ {
		if s[i] != 'v' && s[i] != 'i' && s[i] != 'I' && s[i] != 'E' && s[i] != 'e' || s[i-1] != ' ' && s[i-1] != '\n' && s[i-1] != '(' && s[i-1] < 0x80 {
			continue
		}
		if t.first(i, "v. ", "vs. ", "in re ", "ex parte ") != none && (s[i] != 'v' || s[i+1] == '.' || s[i+2] == '.' || s[i+1] == ' ') {
			return true
		}
	}
	return t.first(0, "in re ", "ex parte ") != none
}

// courtOrYearAfter reports whether the citation that starts at an offset is
// followed by what a case's citation is: a year or a court in parentheses, or
// a pinpoint.
func (z *scanner) courtOrYearAfter(i int) bool {
	_, j := z.digits(i)
	for j != none && j < len(z.text) && j < i+40 {
		if j = z.space(j); z.at(j) == '(' {
			_, e := z.nominative(j)
			if e == none {
				return false
			}
			j = e
			continue
		}
		if isDigit(z.at(j)) {
			if _, e := z.digits(j); e != none && z.ends(e) {
				return z.courtOrYear(e)
			}
		}
		j++
	}
	return false
}

// courtOrYear reports whether a year or a court in parentheses, a pinpoint or
// the end follows the page of a case.
func (z *scanner) courtOrYear(i int) bool {
	j := z.space(i)
	if j >= len(z.text) {
		return true
	}
	switch z.text[j] {
	case '.', ';', ')', ']':
		return true
	case ',':
		k := z.space(j + 1)
		_, e := z.digits(k)
		return e != none && z.ends(e) && (z.at(e) == ',' || z.at(e) == '.' || z.at(e) == ';' || z.dash(e) != none || z.at(z.space(e)) == '(' || z.at(e) == ')') ||
			z.startsReporter(k)
	case '(':
		for k := j + 1; k < len(z.text) && k < j+60 && z.text[k] != ')'; k++ {
			if n, e := z.digits(k); e == k+4 && n > 1700 && n < 2100 {
				return true
			}
		}
	}
	return false
}

// startsReporter reports whether a parallel citation starts at an offset.
func (z *scanner) startsReporter(i int) bool {
	n, j := z.digits(i)
	if j == none || n > 999 {
		return false
	}
	return z.first(j, " s.~ct.", " l.~ed.", " f.", " u.~s.") != none
}
