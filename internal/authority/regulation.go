package authority

import (
	"strconv"
	"strings"
)

// regulationMark is how the Code of Federal Regulations is written.
func (z *scanner) regulationMark(i int) int {
	return z.first(i, "c.~f.~r.", "code of federal regulations")
}

// regulationVolume reads what follows the title of a citation of the Code of
// Federal Regulations: "10 C.F.R. pt. 810", "14 CFR 25.1309".
func (z *scanner) regulationVolume(start, title, i int) int {
	if title > lastEcfrTitle {
		return none
	}
	j := z.regulationMark(i)
	if j == none {
		return none
	}
	return z.regulations(start, strconv.Itoa(title), j)
}

func (z *scanner) regulations(start int, title string, j int) int {
	if z.at(j) == ',' || z.at(j) == ':' {
		j++
	}
	j = z.space(z.skip(j, " (cfr)", " (c.f.r.)"))
	if e := z.compilation(title, j); e != none {
		page, end := z.digits(e)
		if end == none || !z.closes(end) {
			return e
		}
		z.emit("cfr/"+title+"/"+strconv.Itoa(page), start, end)
		return end
	}
	marks := 0
	if e := z.first(j, "parts~", "pts.~"); e != none {
		marks, j = 2, e
	} else if e := z.first(j, "part~", "pt.~"); e != none {
		marks, j = 1, e
		if n, e := z.sections(j); n > 0 {
			j = z.space(e)
		}
	} else {
		marks, j = z.marks(j)
	}
	return z.sectionList(start, j, marks, list{
		item: func(i int, several bool) (string, int) { return z.regulationSection(title, i, several) },
		key:  func(n string) string { return "cfr/" + title + "/" + n },
	})
}

// compilation reads "2001 Comp., p.", which stands between title 3, of the
// President's papers, and the page of a year's volume.
func (z *scanner) compilation(title string, i int) int {
	year, e := z.digits(i)
	if title != "3" || e == none || year < 1900 || year >= 2100 {
		return none
	}
	if d := z.dash(e); d != none {
		if _, e = z.digits(d); e == none {
			return none
		}
	}
	return z.first(e, " comp.,~p.~", " comp.~p.~", " comp.,~", " comp.~", " compilation,~p.~", " compilation,~")
}

// regulationSection reads a part, a section, or a range of either.
func (z *scanner) regulationSection(title string, i int, several bool) (of string, end int) {
	of, end = z.regulationNumber(title, i)
	if end == none {
		return "", none
	}
	j := z.subsections(end, false)
	sp := z.space(j)
	to := z.dash(sp)
	if to == none || sp > j && !several {
		to = z.first(j, " to ", " through ", " thru ")
	}
	if to != none {
		to = z.space(to)
		if n, e := z.sections(to); n > 0 {
			to = z.space(e)
		}
		cut := ""
		if part, _, ok := strings.Cut(of, "."); ok && z.at(to) == '.' && isDigit(z.at(to+1)) {
			cut = part
		}
		var last string
		var e int
		if cut != "" {
			e = z.regulationTail(to + 1)
			if e != none {
				last = cut + "." + strings.ToLower(plainDashes(string(z.text[to+1:e])))
			}
		} else {
			last, e = z.regulationNumber(title, to)
		}
		if e != none && !z.startsCitation(to) {
			if _, _, ok := regulationRange(title, of+"-"+last); ok {
				return of + "-" + last, e
			}
		}
	}
	// "46.101-124": the part is said once.
	if part, section, ok := strings.Cut(of, "."); ok && several && title != "26" && title != "41" && title != "48" {
		if from, to, ok := strings.Cut(section, "-"); ok && allDigits(from) && allDigits(to) &&
			len(to) >= len(from) && leading(to) > leading(from) {
			return part + "." + from + "-" + part + "." + to, end
		}
	}
	return of, end
}

// regulationRange splits a range of parts or of sections, as a key has it. A
// part of title 41 has a hyphen within.
func regulationRange(title, of string) (from, to string, ok bool) {
	for i := range len(of) {
		if of[i] != '-' {
			continue
		}
		from, to = of[:i], of[i+1:]
		fp, fs, sectionFrom := strings.Cut(from, ".")
		tp, ts, sectionTo := strings.Cut(to, ".")
		if sectionFrom != sectionTo {
			continue
		}
		if !sectionFrom {
			if title != "41" && allDigits(from) && allDigits(to) && leading(to) > leading(from) {
				return from, to, true
			}
			continue
		}
		if fs == "" || ts == "" || title == "41" && !strings.Contains(tp, "-") {
			continue
		}
		if leading(tp) > leading(fp) || fp == tp && (leading(ts) > leading(fs) || leading(ts) == leading(fs) && ts > fs) {
			if isDigit(tp[0]) {
				return from, to, true
			}
		}
	}
	return of, "", false
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// regulationNumber reads a part, as 25, 708a or 128-1, and the section behind
// its period. It is returned in lower case with plain hyphens.
func (z *scanner) regulationNumber(title string, i int) (of string, end int) {
	_, j := z.digits(i)
	if z.at(i) == '0' && z.at(i+1) == '.' && isDigit(z.at(i+2)) {
		j = i + 1 // title 28 has a part 0
	}
	if j == none || j-i > 5 {
		return "", none
	}
	for n := 0; isLetter(z.at(j)) && n < 2; n++ {
		j++
	}
	if k := z.dash(j); k != none && title == "41" {
		if _, e := z.digits(k); e != none && e-k <= 3 {
			j = e
		}
	}
	if z.at(j) == '.' && (isDigit(z.at(j+1)) || z.at(j+1) == 'T' && isDigit(z.at(j+2))) {
		if e := z.regulationTail(j + 1); e != none {
			j = e
		}
	}
	if !z.ends(j) {
		return "", none
	}
	return strings.ToLower(plainDashes(string(z.text[i:j]))), j
}

// regulationTail reads a section behind the period: 2, 10b-21, 1031(a)-1T,
// 303-DD-254, 301-1.50. Subsections that no hyphen follows are not of it.
func (z *scanner) regulationTail(i int) int {
	j := i
	for isLetter(z.at(j)) || isDigit(z.at(j)) {
		j++
	}
	if j == i || j-i > 12 {
		return none
	}
	for {
		k := j
		for {
			e := z.subsection(k)
			if e == none {
				break
			}
			k = e
		}
		d := z.dash(k)
		if d == none {
			if k == j && z.at(j) == '.' && isDigit(z.at(j+1)) && strings.ContainsAny(plainDashes(string(z.text[i:j])), "-") {
				for j++; isDigit(z.at(j)); {
					j++
				}
				continue
			}
			return j
		}
		e := d
		for isLetter(z.at(e)) || isDigit(z.at(e)) {
			e++
		}
		word := string(z.text[d:e])
		figures := strings.ContainsAny(word, "0123456789")
		switch {
		case e == d || e-d > 8 || d-k > len("–"):
			return j
		case z.at(e) == '.' && isDigit(z.at(e+1)) && figures && j == k && !strings.ContainsAny(plainDashes(string(z.text[i:j])), "-") && z.wholeSection(d, i):
			return j // the end of a range
		case figures && isDigit(word[0]) || len(word) == 1 || word == strings.ToUpper(word) && z.dash(e) != none:
			j = e
		default:
			return j
		}
	}
}

// wholeSection reports whether the number at an offset is a section of the part
// that stands before the section at another, or of a later one.
func (z *scanner) wholeSection(i, section int) bool {
	part := section - 1
	for part > 0 && isDigit(z.at(part-1)) {
		part--
	}
	return isDigit(z.at(part)) && leading(string(z.text[i:])) >= leading(string(z.text[part:]))
}

// plainDashes writes every dash as a hyphen.
func plainDashes(s string) string {
	return strings.Map(func(r rune) rune {
		if isDash(r) {
			return '-'
		}
		return r
	}, s)
}

// codePart reads "part 810 of title 10, Code of Federal Regulations".
func (z *scanner) codePart(i int) int {
	j := z.first(i, "part ", "parts ")
	if j == none {
		return none
	}
	_, e := z.digits(j)
	if e == none || !z.ends(e) {
		return none
	}
	k := z.first(e, " of title ", ", title ", " of ")
	if k == none {
		return none
	}
	n, t := z.digits(k)
	if t == none || n > lastEcfrTitle {
		return none
	}
	end := z.regulationMark(z.skip(z.space(t), ",~", "of the ", "of "))
	if end == none || isDigit(z.at(z.space(end))) {
		return none
	}
	z.emit("cfr/"+strconv.Itoa(n)+"/"+string(z.text[j:e]), i, end)
	return end
}

// regulationSectionOf reads "section 810.2 of title 10, Code of Federal
// Regulations", whose number is at j.
func (z *scanner) regulationSectionOf(i, j int) int {
	_, e := z.digits(j)
	if e == none || z.at(e) != '.' || !isDigit(z.at(e+1)) {
		return none
	}
	k := e + 1
	for isDigit(z.at(k)) || isLetter(z.at(k)) {
		k++
	}
	t := z.first(z.subsections(k, false), " of title ", ", title ")
	n, after := z.digits(max(t, 0))
	if t == none || after == none || n > lastEcfrTitle {
		return none
	}
	end := z.regulationMark(z.skip(z.space(after), ",~", "of the ", "of "))
	if end == none {
		return none
	}
	z.emit("cfr/"+strconv.Itoa(n)+"/"+strings.ToLower(string(z.text[j:k])), i, end)
	return end
}

// Volumes and pages of the Federal Register: one volume a year since 1936, and
// fewer than 110,000 pages in any.
const (
	lastRegisterVolume = 120
	lastRegisterPage   = 110000
)

// registerVolume reads "90 Fed. Reg. 8439".
func (z *scanner) registerVolume(start, volume, i int) int {
	if volume > lastRegisterVolume {
		return none
	}
	j := z.first(i, "fed.~ reg.", "fed.~reg.", "federal register")
	if j == none {
		if j = z.match(i, "f.~r."); j == none || !z.lenient && (!isUpper(z.at(i)) || z.glued(i, j)) {
			return none
		}
	}
	if z.at(j) == ',' {
		j++
	}
	return z.volumePage("fr/"+strconv.Itoa(volume), Regulation, lastRegisterPage, start, j)
}
