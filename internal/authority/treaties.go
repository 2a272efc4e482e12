package authority

import "strconv"

// series is a series of treaties cited by volume and page.
type series struct {
	key, printed string
	patterns     []string
	lastVolume   int
}

func treatySeries() []series {
	return []series{
		{"unts", "U.N.T.S.", []string{"u.~n.~t.~s."}, 3500},
		{"lnts", "L.N.T.S.", []string{"l.~n.~t.~s."}, 205},
		{"ust", "U.S.T.", []string{"u.~s.~t."}, 40},
		{"bevans", "Bevans", []string{"bevans"}, 13},
	}
}

// treatyVolume reads "1155 U.N.T.S. 331".
func (z *scanner) treatyVolume(start, volume, i int) int {
	for _, s := range treatySeries() {
		j := z.first(i, s.patterns...)
		if j == none || volume > s.lastVolume || !z.lenient && z.text[i] != s.printed[0] && s.key != "unts" {
			continue
		}
		if z.at(j) == ',' {
			j++
		}
		return z.volumePage("treaty/"+s.key+"/"+strconv.Itoa(volume), Treaty, lastPage, start, j)
	}
	return none
}

// unitedNationsSeries reads "United Nations, Treaty Series, vol. 1155, p. 331",
// as the United Nations themselves cite it.
func (z *scanner) unitedNationsSeries(i int) int {
	j := z.first(i, "united nations treaty series", "united nations, treaty series", "u.~n.~t.~s.", "u.~n.~ treaty series")
	if j == none {
		return none
	}
	v := z.first(j, ",~vol.~", ",~volume ", " vol.~", " volume ")
	volume, e := z.digits(max(v, 0))
	if v == none || e == none || volume > 3500 {
		return none
	}
	if n := z.first(e, ",~no.~", ",~i-"); n != none {
		if _, end := z.digits(n); end != none {
			e = end
		}
	}
	p := z.first(e, ",~p.~", ",~pp.~", ",~page ", " p.~")
	if p == none {
		return none
	}
	return z.volumePage("treaty/unts/"+strconv.Itoa(volume), Treaty, lastPage, i, p)
}

// treatySeries reads the series whose treaties are numbered: "T.I.A.S. No.
// 1591", "T.S. No. 993".
func (z *scanner) treatySeries(i int) int {
	key, j := "tias", z.match(i, "t.~i.~a.~s.")
	if j == none {
		if key, j = "ts", z.match(i, "t.s."); j == none || z.at(i+1) != '.' {
			return none
		}
		if z.first(j, " no.") == none {
			return none
		}
	}
	n, end := z.grouped(z.space(z.skip(z.space(j), "no.")))
	if end == none || n > 99999 || !z.closes(end) || z.dash(end) != none || !isUpper(z.at(i)) && !z.lenient {
		return none
	}
	z.emit("treaty/"+key+"/"+strconv.Itoa(n), i, end)
	return end
}

// The years of the reports of the International Court of Justice, from its
// first.
const (
	firstCourtYear = 1947
	lastCourtYear  = 2099
)

// worldCourtVolume reads "1986 I.C.J. 14" and, the year first or in brackets,
// its longer spellings, and the short form "1986 I.C.J. at 100".
func (z *scanner) worldCourtVolume(start, year, i int) int {
	if year < firstCourtYear || year > lastCourtYear {
		return none
	}
	j := z.match(i, "i.~c.~j.")
	if j == none {
		return none
	}
	if c := z.at(start + 4); c == ']' || c == ')' {
		start-- // its bracket opens before it
	}
	reports := z.skip(j, " reports", " rep.", " rpts.")
	short := reports
	if z.at(reports) == ',' {
		reports++
	}
	k := z.skip(z.space(reports), "p.~", "pp.~")
	if e := z.first(short, " at ", ", at ", " ¶¶~", " ¶~", ", ¶~", ", ¶¶~", " para.~", ", para.~"); e != none {
		if _, end := z.pages(e); end != none {
			z.emitAs(z.doc.courts[strconv.Itoa(year)], International, start, end)
			return end
		}
		return none
	}
	return z.worldCourtPage(start, year, k)
}

func (z *scanner) worldCourtPage(start, year, i int) int {
	page, end := z.digits(i)
	if end == none || page > 2999 || !z.closes(end) {
		return none
	}
	key := "icj/" + strconv.Itoa(year) + "/" + strconv.Itoa(page)
	z.emit(key, start, end)
	z.doc.courts.add(strconv.Itoa(year), key)
	return end
}

// worldCourt reads "I.C.J. Reports 1986, p. 14".
func (z *scanner) worldCourt(i int) int {
	j := z.first(i, "i.~c.~j.~ reports", "i.~c.~j.~ rep.", "i.~c.~j.", "international court of justice reports")
	if j == none {
		return none
	}
	j = z.space(j)
	bracket := z.at(j) == '(' || z.at(j) == '['
	if bracket {
		j++
	}
	year, e := z.digits(j)
	if e == none || year < firstCourtYear || year > lastCourtYear {
		return none
	}
	if bracket {
		if z.at(e) != ')' && z.at(e) != ']' {
			return none
		}
		e++
	}
	k := z.space(z.skip(e, ",", ":"))
	if z.at(e) == ',' || z.at(e) == ':' {
		k = z.space(e + 1)
	}
	p := z.skip(k, "at p.~", "at page ", "at ", "pp.~", "p.~", "page ")
	if p == k && k == z.space(e) && z.first(i, "i.~c.~j.~ rep") == none && z.first(i, "i.~c.~j.~ reports") == none {
		return none
	}
	return z.worldCourtPage(i, year, p)
}

// permanentCourt reads "P.C.I.J. (ser. A) No. 10".
func (z *scanner) permanentCourt(i int) int {
	j := z.first(i, "p.~c.~i.~j.")
	if j == none {
		return none
	}
	j = z.skip(z.space(j), "rep.~", "reports~")
	j = z.skip(z.skip(j, ",~"), "(")
	if z.at(j) == '(' {
		j++
	}
	s := z.first(j, "ser.~", "series ")
	if s == none {
		return none
	}
	e := s
	for isLetter(z.at(e)) || z.at(e) == '/' {
		e++
	}
	name := string(z.text[s:e])
	if name != "A" && name != "B" {
		return none // the joint series A/B has numbers of its own
	}
	if z.at(e) == ')' {
		e++
	}
	n, end := z.digits(z.skip(z.skip(z.space(e), ",~"), "no.~"))
	if end == none || n > 99 || !z.closes(end) {
		return none
	}
	z.emit("pcij/"+string(name[0]|0x20)+"/"+strconv.Itoa(n), i, end)
	return end
}
