package authority

import (
	"strconv"
	"strings"
)

// organ reads the resolutions of the Security Council and the General Assembly
// that say whose they are: "S.C. Res. 1373", "UNSCR 1373", "General Assembly
// resolution 2625 (XXV)". Where only the organ is named, it is kept for the
// resolutions behind it.
func (z *scanner) organ(i int) int {
	j := z.skip(i, "u.~n.~ ", "united nations ")
	for _, o := range []struct {
		body     string
		short    []string // a number may follow at once
		long     []string // "resolution" must follow
		spelling []string // the organ by its name
	}{
		{"unsc", []string{"unscrs", "unscr"}, []string{"u.~n.~s.~c.", "s.~c."}, []string{"security council"}},
		{"unga", []string{"ungars", "ungar"}, []string{"u.~n.~g.~a.", "g.~a."}, []string{"general assembly"}},
	} {
		if e := z.first(j, o.short...); e != none {
			return z.resolutions(i, z.skip(z.space(e), "nos.~", "no.~"), o.body)
		}
		e := z.first(j, o.spelling...)
		named := e != none
		if !named {
			if e = z.first(j, o.long...); e == none {
				continue
			}
			if !z.lenient && !isUpper(z.at(i)) {
				return none
			}
		}
		if named {
			e = z.skip(e, "'s")
		}
		e = z.space(z.skip(e, " (unsc)", " (sc)", " (unga)", " (ga)"))
		if r := z.first(e, "resolutions~", "resolution~", "ress.~", "res.~"); r != none {
			if end := z.resolutions(i, z.skip(r, "nos.~", "no.~"), o.body); end != none {
				z.body, z.bodyAt = o.body, end
				return end
			}
		} else if z.lenient && !named {
			if end := z.resolutions(i, e, o.body); end != none {
				return end
			}
		}
		if named {
			z.body, z.bodyAt = o.body, e
			return e
		}
		return none
	}
	// "U.N. Resolution 242" does not say whose.
	if r := z.first(j, "resolution ", "resolution no.~"); r != none && j > i {
		if n, e := z.grouped(r); e != none && n >= 10 && n <= lastAssemblyResolution && z.closes(e) && z.session(e) == none {
			e = z.year(e)
			z.emitAs(z.doc.resolutions[strconv.Itoa(n)], Resolution, i, e)
			return e
		}
	}
	return none
}

// maxBodyGap is how many bytes may be between an organ and the resolution that
// it is said to have adopted.
const maxBodyGap = 80

// maxNextGap is how many bytes may be between an organ and the resolution of
// the sentence behind: "The Security Council met. Resolution 1973 authorized
// force."
const maxNextGap = 200

// threeFigures reports whether a number of three figures or more is at an
// offset; other bodies number their resolutions lower.
func (z *scanner) threeFigures(i int) bool {
	n, e := z.grouped(i)
	return e != none && n >= 100
}

// resolution reads "resolution 1373 (2001) of the Security Council", and
// "Resolution 1373" behind the organ in the same sentence or where the document
// has cited it as one's.
func (z *scanner) resolution(i int) int {
	j := z.first(i, "resolutions ", "resolution ", "res. ", "resoluciones ", "resolución ")
	if j == none {
		return none
	}
	j = z.skip(j, "nos.~", "no.~")
	probe := z.probe()
	numbers := probe.resolutions(i, j, "unsc")
	body := "unsc"
	if numbers == none {
		probe = z.probe()
		if numbers = probe.resolutions(i, j, "unga"); numbers == none {
			return none
		}
		body = "unga"
	}
	if e := z.first(numbers, " of the ", " of ", ", of the ", " by the ", " del ", " de la "); e != none {
		k := z.skip(e, "u.~n.~ ", "united nations ")
		if end := z.first(k, "security council", "consejo de seguridad"); end != none {
			z.resolutions(i, j, "unsc")
			z.stretch(end)
			return end
		}
		if end := z.first(k, "general assembly", "asamblea general"); end != none {
			if z.resolutions(i, j, "unga") == none {
				return none
			}
			z.stretch(end)
			return end
		}
		if isUpper(z.at(e)) {
			return numbers // another body's
		}
	}
	// "In Resolution 1368, the Security Council recognized".
	if e := z.first(numbers, ", the u.~n.~ ", ", the "); e != none {
		body := ""
		if z.first(e, "security council") != none {
			body = "unsc"
		} else if z.first(e, "general assembly") != none {
			body = "unga"
		}
		if body != "" {
			if end := z.resolutions(i, j, body); end != none {
				return end
			}
		}
	}
	// A year in parentheses is the Council's form, where the passage is about it.
	if z.body == "unsc" && body == "unsc" && z.at(probe.found[0].End-1) == ')' {
		return z.resolutions(i, j, body)
	}
	near := i-z.bodyAt <= maxBodyGap && !z.sentenceBetween(z.bodyAt, i)
	next := i-z.bodyAt <= maxNextGap && isUpper(z.at(i)) && body == z.body && z.threeFigures(j)
	if z.body != "" && (near || next) {
		if end := z.resolutions(i, j, z.body); end != none {
			z.bodyAt = end
			return end
		}
	}
	// The form alone, a year in parentheses behind three or four figures, shows
	// that it is a resolution of the Council's kind, and no more.
	f := probe.found[0]
	if !isUpper(z.at(i)) && !strings.HasSuffix(string(z.text[:f.End]), ")") {
		return none
	}
	_, number, _ := strings.Cut(f.Key, "/")
	if key := z.doc.resolutions[number]; key != "" {
		z.emit(key, f.Start, f.End)
		return f.End
	}
	if body == "unsc" && strings.HasSuffix(string(z.text[:f.End]), ")") || body == "unga" && z.at(f.End-1) == ')' {
		z.emitAs("", Resolution, f.Start, f.End)
		return f.End
	}
	return none
}

// stretch lets what was found last end where its organ is named.
func (z *scanner) stretch(end int) {
	z.found[len(z.found)-1].End = end
}

// sentenceBetween reports whether a sentence ends between two offsets.
func (z *scanner) sentenceBetween(from, to int) bool {
	for i := from; i < to; i++ {
		switch z.text[i] {
		case '!', '?', ';':
			return true
		case '.':
			if i+1 < len(z.text) && (z.text[i+1] == ' ' || z.text[i+1] == '"' || z.text[i+1] >= 0x80) && !isUpper(z.at(i-1)) {
				return true
			}
		}
	}
	return false
}

// The numbers of resolutions. The Security Council had passed some 2,770 by
// the start of 2025; the General Assembly numbered through to 3541 in its
// thirtieth session, and since by session.
const (
	lastCouncilResolution  = 2999
	lastAssemblyResolution = 3541
	firstSlashSession      = 31
	lastSession            = 99
)

// resolutions reads the numbers of one or more resolutions of an organ.
func (z *scanner) resolutions(start, i int, body string) int {
	end := none
	for n := 0; ; n++ {
		number, e := z.resolutionNumber(i, body)
		if e == none || n == maxResolutions || end != none && z.startsCitation(i) {
			return end
		}
		key := body + "/" + number
		z.emit(key, start, e)
		z.doc.resolutions.add(number, key)
		end = e
		j := z.joined(end)
		if j == none {
			return end
		}
		if r := z.first(j, "resolution ", "res. "); r != none {
			j = r
		}
		start, i = j, j
		if n, e := z.digits(i); e != none && (n < 100 && body == "unsc" || n > 1900 && n < 2100 && z.at(z.space(e)) != '(') {
			return end
		}
	}
}

// maxResolutions is how many resolutions one list names: the list is read before
// it is known whose they are.
const maxResolutions = 40

// resolutionNumber reads the number of a resolution, with the year or the
// session in parentheses that may follow it.
func (z *scanner) resolutionNumber(i int, body string) (number string, end int) {
	if body == "unga" {
		return z.assemblyNumber(i)
	}
	n, e := z.grouped(i)
	if e == none || n > lastCouncilResolution || !z.closes(e) || z.at(e) == '/' || z.dash(e) != none && isDigit(z.at(z.dash(e))) {
		return "", none
	}
	if roman := z.session(e); roman != none {
		return "", none // the Assembly's
	}
	return strconv.Itoa(n), z.year(e)
}

// year skips a year in parentheses behind a number.
func (z *scanner) year(i int) int {
	j := z.space(i)
	if z.at(j) != '(' {
		return i
	}
	n, e := z.digits(j + 1)
	if e == none || n < 1945 || n > 2100 || z.at(e) != ')' {
		return i
	}
	return e + 1
}

// session reads a session in Roman numerals: "(XXV)", "A (III)", "(V) A".
func (z *scanner) session(i int) int {
	j := z.space(i)
	if isUpper(z.at(j)) && (z.at(j+1) == '(' || z.at(z.space(j+1)) == '(') {
		j = z.space(j + 1)
	}
	if z.at(j) != '(' {
		return none
	}
	special := z.skip(j+1, "s-")
	if special == j+1 {
		special = z.skip(j+1, "es-")
	}
	_, e := z.roman(special)
	if e == none || z.at(e) != ')' {
		return none
	}
	e++
	if k := z.skip(e, "~"); isUpper(z.at(k)) && z.ends(k+1) && (z.at(k+1) != '.' || !isLetter(z.at(k+2))) {
		return k + 1
	}
	return e
}

func (z *scanner) assemblyNumber(i int) (number string, end int) {
	if e := z.match(i, "es-"); e != none {
		n, j := z.digits(e)
		if j == none || n > 20 || z.at(j) != '/' {
			return "", none
		}
		m, j := z.digits(j + 1)
		if j == none || !z.closes(j) {
			return "", none
		}
		return "es-" + strconv.Itoa(n) + "/" + strconv.Itoa(m), z.year(j)
	}
	n, e := z.digits(i)
	if e == none {
		return "", none
	}
	if z.at(e) == '/' {
		m, j := z.digits(e + 1)
		if j == none || n < firstSlashSession || n > lastSession || m > 999 {
			return "", none
		}
		if isUpper(z.at(j)) && z.ends(j+1) {
			j++
		}
		if !z.closes(j) {
			return "", none
		}
		return strconv.Itoa(n) + "/" + strconv.Itoa(m), z.year(j)
	}
	if n > lastAssemblyResolution {
		return "", none
	}
	if s := z.session(e); s != none {
		return strconv.Itoa(n), s
	}
	if isUpper(z.at(e)) && z.ends(e+1) {
		e++
	}
	if !z.closes(e) || z.dash(e) != none && isDigit(z.at(z.dash(e))) {
		return "", none
	}
	return strconv.Itoa(n), z.year(e)
}

// unDocument reads "U.N. Doc. S/2021/202".
func (z *scanner) unDocument(i int) int {
	j := z.first(i, "u.~n.~ docs.~", "u.~n.~ doc.~", "united nations document ", "un document ", "united nations doc.~")
	if j == none {
		return none
	}
	symbol, end := z.symbolAt(j)
	if end == none {
		return none
	}
	return z.emitSymbol(symbol, i, end)
}

// symbol reads a document's symbol where nothing announces it. Only the organs'
// own series are sure enough: S/2021/202, A/RES/60/1, S/PV.4370.
func (z *scanner) symbol(i int) int {
	if z.at(i+1) != '/' || !z.lenient && !isUpper(z.at(i)) && z.match(i+2, "res/~") == none {
		return none
	}
	if c := z.at(i - 1); c == '/' || c == '.' || c == '-' {
		return none
	}
	symbol, end := z.symbolAt(i)
	if end == none {
		return none
	}
	part := strings.Split(symbol, "/")
	sure := false
	switch second := part[1]; {
	case second == "RES":
		sure = len(part) > 2
	case strings.HasPrefix(second, "PV."):
		sure = true
	case second == "HRC" || second == "AC." || strings.HasPrefix(second, "CN.") || strings.HasPrefix(second, "C.") ||
		second == "INF" || second == "CONF." || strings.HasPrefix(second, "CONF.") || strings.HasPrefix(second, "AC."):
		sure = len(part) > 2
	case allDigits(second):
		n, _ := strconv.Atoi(second)
		sure = len(part) > 2 && allDigits(part[2]) && (n >= firstSlashSession && n <= lastSession && part[0] != "S" || n > 1993 && n < 2100 && part[0] != "A")
		// A year and a number are anything's.
		sure = sure && !countsThings(z.wordBefore(i))
	}
	if !sure {
		return none
	}
	return z.emitSymbol(symbol, i, end)
}

// countsThings reports whether a word before a number says that it is one of
// somebody's own things.
func countsThings(word string) bool {
	switch strings.ToLower(word) {
	case "account", "bay", "bill", "box", "case", "docket", "file", "flight", "gate", "invoice", "item", "lot", "model", "order", "part",
		"product", "receipt", "ref", "reference", "room", "serial", "shelf", "ticket", "unit":
		return true
	}
	return false
}

// emitSymbol finds a document, or the resolution that its symbol is of.
func (z *scanner) emitSymbol(symbol string, start, end int) int {
	part := strings.Split(symbol, "/")
	if len(part) >= 3 && part[1] == "RES" {
		at := strings.LastIndex(strings.ToUpper(string(z.text[start:end])), "/RES/")
		body := map[string]string{"S": "unsc", "A": "unga"}[part[0]]
		if at >= 0 && body != "" {
			if number, e := z.resolutionNumber(start+at+len("/RES/"), body); e != none {
				z.emit(body+"/"+number, start, e)
				z.doc.resolutions.add(number, body+"/"+number)
				return e
			}
		}
		return none
	}
	z.emit("undoc/"+symbol, start, end)
	return end
}

// symbolAt reads a document's symbol: an organ's letters and at least one more
// part with a figure. It is returned in capitals but for the words Add., Corr.,
// Rev. and Sub.
func (z *scanner) symbolAt(i int) (symbol string, end int) {
	j := i
	for isLetter(z.at(j)) {
		j++
	}
	if j == i || j-i > 6 || z.at(j) != '/' {
		return "", none
	}
	last := j
	figures, slashes := false, 0
	for j < len(z.text) && j-i < 60 {
		c := z.text[j]
		switch {
		case c == '/':
			if !isLetter(z.at(j+1)) && !isDigit(z.at(j+1)) {
				return z.finish(i, last, figures, slashes)
			}
			slashes++
			j++
			continue
		case isLetter(c):
		case isDigit(c):
			figures = true
		case c == '.' || c == '-':
			if !isLetter(z.at(j+1)) && !isDigit(z.at(j+1)) {
				return z.finish(i, last, figures, slashes)
			}
			j++
			continue
		case z.match(j, "-") != none && isDigit(z.at(z.match(j, "-"))):
			j = z.match(j, "-")
			continue
		default:
			return z.finish(i, last, figures, slashes)
		}
		j++
		last = j
	}
	return z.finish(i, last, figures, slashes)
}

func (z *scanner) finish(start, end int, figures bool, slashes int) (string, int) {
	if !figures || slashes == 0 || !z.ends(end) {
		return "", none
	}
	s := strings.ToUpper(plainDashes(string(z.text[start:end])))
	for _, w := range []string{"Add.", "Corr.", "Rev.", "Sub."} {
		s = strings.ReplaceAll(s, "/"+strings.ToUpper(w), "/"+w)
	}
	return s, end
}
