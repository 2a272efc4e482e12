package authority

import (
	"strconv"
	"strings"
)

// Congresses that public laws are numbered by. The first of which laws are
// cited so met in 1861; a lower number is a territory's or another country's.
const (
	firstNumberedCongress = 37
	lastNumberedCongress  = 125
)

// publicLaw reads "Pub. L. No. 80-253", "P.L. 111-80", "Public Laws 107-40 and
// 107-243", and private laws.
func (z *scanner) publicLaw(i int) int {
	family := "publ"
	j := z.first(i, "public laws", "public law", "pub.~ laws", "pub.~ law", "pub.~l.", "publ.~l.")
	if j == none {
		if j = z.first(i, "private law", "priv.~l."); j != none {
			family = "privl"
		}
	}
	if j == none {
		// "pl." in small letters is a plate, and "P. L." a pair of initials where
		// no number is right behind it.
		j = z.match(i, "p.l.")
		if j == none {
			if j = z.match(i, "p.~l. "); j != none && !isDigit(z.at(j)) {
				return none
			}
		}
		if j == none || !z.lenient && !isUpper(z.at(i)) {
			return none
		}
	}
	j = z.skip(j, " (p.l.)", " (pub.~l.)")
	j = z.space(j)
	j = z.space(z.skip(j, "numbers", "number", "nos.", "no.", "no:", "#"))
	if z.at(j) == ':' {
		j = z.space(j + 1)
	}
	start, end := i, none
	for {
		c, n, e := z.lawNumber(j)
		if e == none {
			return end
		}
		z.emit(family+"/"+strconv.Itoa(c)+"/"+strconv.Itoa(n), start, e)
		end = e
		if j = z.joined(end); j == none {
			return end
		}
		start = j
	}
}

// lawNumber reads the number of a law: its Congress, a dash and its place.
func (z *scanner) lawNumber(i int) (congress, n, end int) {
	congress, j := z.digits(i)
	if j == none || congress < firstNumberedCongress || congress > lastNumberedCongress {
		return 0, 0, none
	}
	if d := z.dash(z.space(j)); d != none {
		j = z.space(d)
	} else {
		return 0, 0, none
	}
	n, end = z.digits(j)
	if end == none || end-j > 4 || !z.closes(end) || z.dash(end) != none && isDigit(z.at(z.dash(end))) {
		return 0, 0, none
	}
	return congress, n, end
}

// lastStatutesVolume bounds the volumes of the Statutes at Large: one for each
// session of Congress, some 138 by 2024.
const lastStatutesVolume = 145

// statutesVolume reads "61 Stat. 495".
func (z *scanner) statutesVolume(start, volume, i int) int {
	if volume > lastStatutesVolume {
		return none
	}
	j := z.first(i, "stat.", "statutes at large")
	if j == none || z.at(j-1) != '.' && !isUpper(z.at(i)) && !z.lenient && z.at(j-1) == 't' && z.at(start-1) != 0 {
		return none
	}
	if z.at(j) == ',' {
		j++
	}
	return z.volumePage("stat/"+strconv.Itoa(volume), Statute, lastPage, start, j)
}

// lastPage bounds the pages of a volume of the Statutes at Large or of a
// series of treaties.
const lastPage = 9999

// volumePage reads the page behind a volume and its series. Behind "at" it is a
// pinpoint: of the one citation of that volume in the document.
func (z *scanner) volumePage(volume string, kind Kind, last, start, i int) int {
	j := z.space(i)
	at := z.match(j, "at ")
	if at != none {
		j = at
	}
	page, end := z.grouped(z.skip(j, "pp.~", "p.~"))
	if end == none || page > last || !z.closes(end) {
		return none
	}
	if at != none {
		z.emitAs(z.doc.volumes[volume], kind, start, end)
		return end
	}
	key := volume + "/" + strconv.Itoa(page)
	z.emit(key, start, end)
	z.doc.volumes.add(volume, key)
	return end
}

// linkLaws gives the older public laws, which have no link of their own, the
// link of the Statutes at Large that is cited right behind them.
func (z *scanner) linkLaws() {
	for i := range len(z.found) - 1 {
		f, next := &z.found[i], z.found[i+1]
		if f.URL != "" || KindOf(f.Key) != Statute || !hasFamily(f.Key, "publ") || !hasFamily(next.Key, "stat") {
			continue
		}
		if gap := next.Start - f.End; gap <= maxParallelGap {
			f.URL = next.URL
		}
	}
}

// maxParallelGap is how many bytes may be between two citations of the same
// law: ", § 102(d)(5), ".
const maxParallelGap = 40

func hasFamily(key, family string) bool {
	return len(key) > len(family) && key[:len(family)] == family && key[len(family)] == '/'
}

// billForm is how bills and resolutions of one kind are cited.
type billForm struct {
	key, printed string
	patterns     []string
}

// billForms are in an order in which a form that another starts with is later.
func billForms() []billForm {
	return []billForm{
		{"hjres", "H.J. Res.", []string{"h.~j.~ res.", "h.~r.~j.~ res.", "house joint resolution", "h.~j.~res."}},
		{"hconres", "H. Con. Res.", []string{"h.~ con.~ res.", "h.~r.~ con.~ res.", "house concurrent resolution"}},
		{"hres", "H. Res.", []string{"h.~ res.", "h.~r.~ res.", "house resolution"}},
		{"hr", "H.R.", []string{"h.~r.~ bill", "h.~r."}},
		{"sjres", "S.J. Res.", []string{"s.~j.~ res.", "senate joint resolution"}},
		{"sconres", "S. Con. Res.", []string{"s.~ con.~ res.", "senate concurrent resolution"}},
		{"sres", "S. Res.", []string{"s.~ res.", "senate resolution"}},
		{"s", "S.", []string{"s.~"}},
	}
}

// bill reads "S. 2226, 118th Cong." Without its Congress a bill is one of many:
// it is resolved only where the document has cited it in full.
func (z *scanner) bill(i int) int {
	for _, form := range z.doc.tables.bills {
		j := z.first(i, form.patterns...)
		if j == none {
			continue
		}
		if form.key == "s" && (!isUpper(z.at(i)) || z.at(i+1) != '.') && !z.lenient {
			return none
		}
		if form.key == "hr" && !z.lenient && !isUpper(z.at(i)) && z.at(i+1) != '.' {
			return none
		}
		j = z.space(z.skip(z.space(j), "nos.", "no.", "number"))
		n, end := z.digits(j)
		if end == none || end-j > 5 || !z.closes(end) || z.dash(end) != none {
			continue
		}
		number := form.key + "/" + strconv.Itoa(n)
		if c, e := z.ofCongress(end); e != none {
			z.emit("bill/"+strconv.Itoa(c)+"/"+number, i, e)
			z.doc.bills.add(number, "bill/"+strconv.Itoa(c)+"/"+number)
			return e
		}
		key := z.doc.bills[number]
		// "S. 12" may be anything, and so may letters without periods.
		if key == "" && (form.key == "s" || strings.IndexByte(string(z.text[i:j]), '.') < 0 && form.key == "hr") {
			return none
		}
		z.emitAs(key, Bill, i, end)
		return end
	}
	return none
}

// ofCongress reads the Congress behind the number of a bill or report, with the
// pinpoint that may stand between: ", § 2(a), 118th Cong."
func (z *scanner) ofCongress(i int) (number, end int) {
	j, bracket := i, false
	for range 8 {
		j = z.space(j)
		if n, e := z.nth(j); e != none {
			if e = z.first(e, " congress", " cong."); e != none && n <= lastNumberedCongress {
				if bracket && z.at(e) == ')' {
					e++
				}
				return n, e
			}
			return 0, none
		}
		switch k := z.first(j, "introduced in the ", "of the ", "in the ", "from the ", "sec.~", "section ", "tit.~", "title ", "div.~"); {
		case k != none:
			j = k
			if _, e := z.digits(k); e != none && z.nthEnd(k) == none {
				j = z.subsections(e, true)
			} else if _, e := z.roman(k); e != none {
				j = e
			}
		case z.at(j) == ',' || z.at(j) == '(':
			bracket = bracket || z.at(j) == '('
			j++
		default:
			signs, k := z.sections(j)
			if signs == 0 {
				return 0, none
			}
			_, e := z.digits(z.space(k))
			if e == none {
				return 0, none
			}
			j = z.subsections(e, true)
		}
	}
	return 0, none
}

func (z *scanner) nthEnd(i int) int {
	_, e := z.nth(i)
	return e
}

// paperForm is how the papers of one kind are cited, and how their keys start.
type paperForm struct {
	prefix   string
	patterns []string
}

func paperForms() []paperForm {
	return []paperForm{
		{"treatydoc", []string{"s.~ treaty doc.", "senate treaty document", "senate treaty doc."}},
		{"execrep", []string{"s.~ exec.~ rep.", "s.~ exec.~ rept.", "senate executive report"}},
		{"congdoc/h", []string{"h.~r.~ doc.", "h.~ doc.", "house document"}},
		{"congdoc/s", []string{"s.~ doc.", "senate document"}},
		{"report/h", []string{
			"h.~r.~ conf.~ rep.", "h.~r.~ rep.", "h.~ rep.", "h.~r.~ rept.", "h.~ rept.", "h.~ conf.~ rep.",
			"h.~ conf.~ rept.", "h.~r.~ conf.~ rept.", "house report", "house conference report",
		}},
		{"report/s", []string{"s.~ conf.~ rep.", "s.~ rep.", "s.~ rept.", "sen.~ rep.", "sen.~ rept.", "senate report"}},
	}
}

// report reads the reports and documents of the committees and chambers:
// "S. Rep. No. 114-8", "H.R. Conf. Rep. No. 102-327", "S. Treaty Doc. No.
// 105-51". Before 1969 their numbers name no Congress, which then follows.
func (z *scanner) report(i int) int {
	prefix, j := "", none
	for _, p := range z.doc.tables.papers {
		if j = z.first(i, p.patterns...); j != none {
			prefix = p.prefix
			break
		}
	}
	if j == none {
		return none
	}
	j = z.space(z.skip(z.space(j), "no.", "number", "nos."))
	if c, n, e := z.lawNumber(j); e != none {
		z.emit(prefix+"/"+strconv.Itoa(c)+"/"+strconv.Itoa(n), i, e)
		return e
	}
	n, e := z.digits(j)
	if e == none || e-j > 4 || !z.closes(e) || z.dash(e) != none {
		return none
	}
	if c, end := z.ofCongress(e); end != none && c > 0 {
		if c < firstNumberedCongress {
			return none
		}
		z.emit(prefix+"/"+strconv.Itoa(c)+"/"+strconv.Itoa(n), i, end)
		return end
	}
	return none
}
