package authority

import "strings"

// namedInstrument is an authority that its name alone identifies.
type namedInstrument struct {
	key string
	// patterns are in the language of text.match.
	patterns []string
	// articles: it has articles, which are cited by number.
	articles bool
}

// namedInstruments are the names that are beyond doubt: official short titles
// with their year, names that no other law has, and multilateral treaties by
// their full names. The keys of acts are those of the laws as enacted, but for
// the few that everybody cites by their place in the Code.
func namedInstruments() []namedInstrument {
	return []namedInstrument{
		{"usc/50/1541-1548", []string{"war powers resolution", "war powers act of 1973"}, false},
		{"publ/80/253", []string{"national security act of 1947"}, false},
		{"publ/107/40", []string{
			"authorization for use of military force of 2001", "authorization for the use of military force of 2001",
			"authorization for use of military force (2001)",
		}, false},
		{"publ/107/243", []string{
			"authorization for use of military force against iraq resolution of 2002",
			"authorization for the use of military force against iraq resolution of 2002",
		}, false},
		{"publ/102/1", []string{"authorization for use of military force against iraq resolution of 1991"}, false},
		{"publ/107/56", []string{"usa patriot act", "uniting and strengthening america by providing appropriate tools"}, false},
		{"publ/95/511", []string{"foreign intelligence surveillance act of 1978"}, false},
		{"publ/108/458", []string{"intelligence reform and terrorism prevention act of 2004"}, false},
		{"publ/107/296", []string{"homeland security act of 2002"}, false},
		{"publ/109/366", []string{"military commissions act of 2006"}, false},
		{"publ/109/148", []string{"detainee treatment act of 2005"}, false},
		{"publ/110/261", []string{"fisa amendments act of 2008"}, false},
		{"publ/99/433", []string{
			"goldwater-nichols department of defense reorganization act of 1986",
		}, false},
		{"publ/90/629", []string{"foreign military sales act of 1968"}, false},
		{"publ/87/195", []string{"foreign assistance act of 1961"}, false},
		{"publ/82/414", []string{"immigration and nationality act of 1952"}, false},
		{"publ/83/703", []string{"atomic energy act of 1954"}, false},
		{"publ/95/452", []string{"inspector general act of 1978"}, false},
		{"publ/96/456", []string{"classified information procedures act of 1980"}, false},
		{"publ/88/408", []string{"gulf of tonkin resolution", "tonkin gulf resolution"}, false},
		{"usc/18/1385", []string{"posse comitatus act"}, false},
		{"treaty/unts/1155/331", []string{"vienna convention on the law of treaties"}, true},
		{"treaty/unts/500/95", []string{"vienna convention on diplomatic relations"}, true},
		{"treaty/unts/596/261", []string{"vienna convention on consular relations"}, true},
		{"treaty/unts/999/171", []string{"international covenant on civil and political rights"}, true},
		{"treaty/unts/993/3", []string{"international covenant on economic, social and cultural rights", "international covenant on economic, social, and cultural rights"}, true},
		{"treaty/unts/78/277", []string{
			"convention on the prevention and punishment of the crime of genocide", "genocide convention",
		}, true},
		{"treaty/unts/1465/85", []string{"convention against torture and other cruel, inhuman or degrading treatment or punishment", "convention against torture"}, true},
		{"treaty/unts/34/243", []string{"north atlantic treaty organization", "north atlantic treaty"}, true},
		{"treaty/unts/729/161", []string{"treaty on the non-proliferation of nuclear weapons", "nuclear non-proliferation treaty", "nuclear nonproliferation treaty"}, true},
		{"treaty/unts/21/77", []string{"inter-american treaty of reciprocal assistance", "rio treaty"}, true},
		{"treaty/unts/610/205", []string{"outer space treaty"}, true},
		{"treaty/unts/75/31", []string{"first geneva convention", "geneva convention i"}, true},
		{"treaty/unts/75/85", []string{"second geneva convention", "geneva convention ii"}, true},
		{"treaty/unts/75/135", []string{"third geneva convention", "geneva convention iii", "geneva convention relative to the treatment of prisoners of war"}, true},
		{"treaty/unts/75/287", []string{
			"fourth geneva convention", "geneva convention iv",
			"geneva convention relative to the protection of civilian persons in time of war",
		}, true},
	}
}

// knownStatutes are the places in the Statutes at Large of laws too old for a
// link of their own.
func knownStatutes() map[string]string {
	return map[string]string{
		"publ/80/253": "stat/61/495",
		"publ/82/414": "stat/66/163",
		"publ/83/703": "stat/68/919",
		"publ/87/195": "stat/75/424",
		"publ/88/408": "stat/78/384",
		"publ/93/148": "stat/87/555",
		"publ/95/511": "stat/92/1783",
		"publ/99/433": "stat/100/992",
		"publ/102/1":  "stat/105/3",
	}
}

// namedAct reads the name of an act or a treaty.
func (z *scanner) namedAct(i int) int {
	e, n := z.nameAt(i)
	if e == none {
		if len(z.doc.names) > 0 {
			return z.shortName(i)
		}
		return none
	}
	// The organization is not its treaty.
	if n.pattern == "north atlantic treaty organization" {
		return e
	}
	if hasFamily(n.key, "treaty") && !isUpper(z.at(i)) && !z.lenient {
		return none
	}
	if z.first(e, " ii", " iii", " iv", " implementation act", " amendments act") != none {
		return none
	}
	if n.articles {
		z.nameInstrument(otherInstrument, e)
		if z.at(e) == ',' || z.at(e) == ' ' {
			if _, end := z.articleList(z.space(z.skip(e, ",~"))); end != none && z.first(end, " of ") == none {
				e = end
			}
		}
	}
	z.emit(n.key, i, e)
	if short, _, ok := strings.Cut(n.pattern, " of "); ok && strings.HasSuffix(short, " act") && !n.articles {
		z.doc.names.add(short, n.key)
	}
	return z.abbreviated(e, n.key)
}

// abbreviated keeps the abbreviation that a name is given behind it: "(WPR)",
// "(the “AUMF”)". It returns the offset behind.
func (z *scanner) abbreviated(i int, key string) int {
	j := z.space(i)
	if z.at(j) != '(' {
		return i
	}
	j = z.skip(j+1, "the ", "hereinafter ", "or ")
	j = z.skip(z.skip(j, "\""), "“")
	k := j
	for k < len(z.text) && k-j < maxAbbreviation && isUpper(z.text[k]) {
		k++
	}
	e := z.skip(z.skip(k, "\""), "”")
	if k-j < 2 || z.at(e) != ')' {
		return i
	}
	z.doc.names.add(string(z.text[j:k]), key)
	return e + 1
}

// maxAbbreviation is the longest abbreviation of an act.
const maxAbbreviation = 8

// shortName reads a name that the document has given to an act.
func (z *scanner) shortName(i int) int {
	for _, n := range z.doc.names {
		short, key := n.short, n.key
		if short[0]|0x20 != z.text[i]|0x20 {
			continue
		}
		e := none
		if isUpper(short[0]) {
			if strings.HasPrefix(string(z.text[i:]), short) && z.ends(i+len(short)) {
				e = i + len(short)
			}
		} else if isUpper(z.at(i)) {
			e = z.match(i, short)
			if z.first(e, " of 1", " of 2", " for ", " amendments") != none {
				e = none
			}
		}
		if e != none {
			z.emitAs(key, Statute, i, e)
			return e
		}
	}
	return none
}

func (z *scanner) nameAt(i int) (end int, n namePattern) {
	if i >= len(z.text) {
		return none, n
	}
	end = none
	if !isLetter(z.text[i]) {
		return none, n
	}
	second := lower(z.at(i + 1))
	for _, m := range z.doc.tables.namesOn(lower(z.text[i])) {
		if m.pattern[1] != second {
			continue
		}
		if e := z.match(i, m.pattern); e != none && e > end {
			end, n = e, m
		}
	}
	return end, n
}

// treatyAt reads the name of a treaty behind one of its articles.
func (z *scanner) treatyAt(i int) (end int, key string) {
	e, n := z.nameAt(i)
	if e == none || !n.articles || n.pattern == "north atlantic treaty organization" {
		return none, ""
	}
	return e, n.key
}

// forceAuthorization reads the authorizations that are told apart by their
// year: "2001 AUMF", "2002 Authorization for Use of Military Force".
func (z *scanner) forceAuthorization(start, year, i int) int {
	key := ""
	switch year {
	case 1991:
		key = "publ/102/1"
	case 2001:
		key = "publ/107/40"
	case 2002:
		key = "publ/107/243"
	default:
		return none
	}
	e := z.first(i, "aumf", "authorization for the use of military force", "authorization for use of military force",
		"authorization to use military force")
	if e == none {
		return none
	}
	if year != 2001 {
		e = z.skip(e, " against iraq resolution", " against iraq")
	}
	z.emit(key, start, e)
	z.doc.names.add("AUMF", key)
	return z.abbreviated(e, key)
}
