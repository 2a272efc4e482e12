package authority

import (
	"net/url"
	"strconv"
	"strings"
)

// Kind is a kind of authority, as a table of authorities groups them.
type Kind string

// The kinds of authorities. Their values are stable and can be stored.
const (
	Constitution    Kind = "constitution"
	Statute         Kind = "statute"
	Regulation      Kind = "regulation"
	ExecutiveOrder  Kind = "executive-order"
	Bill            Kind = "bill"
	Report          Kind = "report"
	Case            Kind = "case"
	Treaty          Kind = "treaty"
	Resolution      Kind = "resolution"
	International   Kind = "international-decision"
	UnitedNations   Kind = "un-document"
	lastEcfrTitle        = 50
	lastUSCodeTitle      = 54
)

// Kinds lists the kinds in the order in which a table shows them.
func Kinds() []Kind {
	return []Kind{
		Constitution, Statute, Regulation, ExecutiveOrder, Bill, Report, Case,
		Treaty, Resolution, International, UnitedNations,
	}
}

// KindOf is the kind of a key's authority, and empty for what is no key.
func KindOf(key string) Kind {
	family, rest, _ := strings.Cut(key, "/")
	if rest == "" {
		return ""
	}
	switch family {
	case "usc", "publ", "privl", "stat":
		return Statute
	case "cfr", "fr":
		return Regulation
	case "const":
		return Constitution
	case "un-charter", "treaty":
		return Treaty
	case "case":
		return Case
	case "icj", "pcij":
		return International
	case "eo":
		return ExecutiveOrder
	case "bill":
		return Bill
	case "report", "congdoc", "treatydoc", "execrep":
		return Report
	case "unsc", "unga":
		return Resolution
	case "undoc":
		return UnitedNations
	}
	return ""
}

// Name prints a key's authority as the Bluebook cites it: "50 U.S.C. § 3091".
// Parse reads it back. It is empty for what is no key.
func Name(key string) string {
	part := strings.Split(key, "/")
	family, rest := part[0], part[1:]
	switch {
	case len(rest) == 0:
		return ""
	case family == "undoc":
		return "U.N. Doc. " + strings.Join(rest, "/")
	case family == "unga":
		return "G.A. Res. " + strings.ToUpper(strings.Join(rest, "/"))
	case family == "const":
		return constName(rest)
	case len(rest) == 1:
		switch family {
		case "un-charter":
			return charterName(rest[0])
		case "eo":
			return "Exec. Order No. " + withComma(rest[0])
		case "unsc":
			return "S.C. Res. " + rest[0]
		}
	case len(rest) == 2:
		switch family {
		case "usc":
			return codeName(rest[0], rest[1])
		case "cfr":
			return regulationName(rest[0], rest[1])
		case "publ":
			return "Pub. L. No. " + rest[0] + "-" + rest[1]
		case "privl":
			return "Priv. L. No. " + rest[0] + "-" + rest[1]
		case "stat":
			return rest[0] + " Stat. " + rest[1]
		case "fr":
			return rest[0] + " Fed. Reg. " + rest[1]
		case "icj":
			return rest[0] + " I.C.J. " + rest[1]
		case "pcij":
			return "P.C.I.J. (ser. " + strings.ToUpper(rest[0]) + ") No. " + rest[1]
		case "treatydoc":
			return "S. Treaty Doc. No. " + rest[0] + "-" + rest[1]
		case "execrep":
			return "S. Exec. Rep. No. " + rest[0] + "-" + rest[1]
		case "treaty":
			switch rest[0] {
			case "tias":
				return "T.I.A.S. No. " + rest[1]
			case "ts":
				return "T.S. No. " + rest[1]
			}
		}
	case len(rest) == 3:
		switch family {
		case "case":
			if r, ok := reporterOf(rest[0]); ok {
				return rest[1] + " " + r.printed + " " + rest[2]
			}
		case "treaty":
			for _, s := range treatySeries() {
				if s.key == rest[0] {
					return rest[1] + " " + s.printed + " " + rest[2]
				}
			}
		case "report", "congdoc":
			return chamberPaper(family, rest)
		case "bill":
			return billName(rest)
		}
	}
	return ""
}

func constName(rest []string) string {
	name := "U.S. Const. "
	what, number, _ := strings.Cut(rest[0], "-")
	n, _ := strconv.Atoi(number)
	switch what {
	case "preamble":
		return name + "pmbl."
	case "article":
		name += "art. " + romanOf(n)
	case "amendment":
		name += "amend. " + romanOf(n)
	default:
		return ""
	}
	if len(rest) > 1 {
		if _, section, ok := strings.Cut(rest[1], "-"); ok {
			name += ", § " + section
		}
	}
	return name
}

func charterName(article string) string {
	if article == "preamble" {
		return "U.N. Charter pmbl."
	}
	if strings.Contains(article, "-") {
		return "U.N. Charter arts. " + strings.Replace(article, "-", "–", 1)
	}
	return "U.N. Charter art. " + article
}

func codeName(title, section string) string {
	code := " U.S.C. "
	if t, ok := strings.CutSuffix(title, "-app"); ok {
		title, code = t, " U.S.C. app. "
	}
	if from, to, ok := sectionRange(section); ok {
		return title + code + "§§ " + casedSection(title, from) + "–" + casedSection(title, to)
	}
	return title + code + "§ " + casedSection(title, section)
}

func regulationName(title, of string) string {
	from, to, ranged := regulationRange(title, of)
	switch section := strings.Contains(of, "."); {
	case ranged && section:
		return title + " C.F.R. §§ " + from + "–" + to
	case ranged:
		return title + " C.F.R. pts. " + from + "–" + to
	case section:
		return title + " C.F.R. § " + of
	}
	return title + " C.F.R. pt. " + of
}

// withComma prints a number of five digits with a comma, as the Bluebook does.
func withComma(n string) string {
	if len(n) != 5 {
		return n
	}
	return n[:2] + "," + n[2:]
}

// congress prints a Congress: 118th, 93d, 92d, 101st.
func congress(n string) string {
	v, _ := strconv.Atoi(n)
	switch {
	case v%100 >= 11 && v%100 <= 13:
		return n + "th"
	case v%10 == 1:
		return n + "st"
	case v%10 == 2, v%10 == 3:
		return n + "d"
	}
	return n + "th"
}

func billName(rest []string) string {
	for _, b := range billForms() {
		if b.key == rest[1] {
			return b.printed + " " + rest[2] + ", " + congress(rest[0]) + " Cong."
		}
	}
	return ""
}

func chamberPaper(family string, rest []string) string {
	chamber := "S."
	if rest[0] == "h" {
		chamber = "H.R."
	}
	paper := "Rep."
	if family == "congdoc" {
		paper = "Doc."
	}
	return chamber + " " + paper + " No. " + rest[1] + "-" + rest[2]
}

// The limits of the links, as the publishers state them.
const (
	// firstLinkedCongress is the first whose laws govinfo.gov links to.
	firstLinkedCongress = 104
	// lastCongress is the last that has met.
	lastCongress = 119
	// lastLinkedVolume is the last volume of the Statutes at Large that
	// govinfo.gov links to.
	lastLinkedVolume = 132
	// firstLinkedOrder is the first executive order, of 1937, that
	// federalregister.gov links to.
	firstLinkedOrder = 7532
)

// URL is the link to a key's authority, and empty where there is none or it
// would be doubtful: outside what the publisher has, and for a range.
func URL(key string) string {
	part := strings.Split(key, "/")
	family, rest := part[0], part[1:]
	number := func(i int) int {
		n, _ := strconv.Atoi(rest[i])
		return n
	}
	switch {
	case family == "const" && len(rest) > 0 && Name(key) != "":
		return "https://constitution.congress.gov/constitution/" + rest[0] + "/"
	case family == "un-charter" && len(rest) == 1:
		if chapter := chapterOf(rest[0]); chapter > 0 {
			return "https://www.un.org/en/about-us/un-charter/chapter-" + strconv.Itoa(chapter)
		}
	case family == "eo" && len(rest) == 1:
		if number(0) >= firstLinkedOrder {
			return "https://www.federalregister.gov/executive-order/" + rest[0]
		}
	case family == "case" && len(rest) == 3:
		if r := federalReporter(rest[0]); r != "" {
			return "https://www.courtlistener.com/c/" + url.PathEscape(r) + "/" + rest[1] + "/" + rest[2] + "/"
		}
	case len(rest) != 2:
		return ""
	case family == "usc":
		if _, _, ranged := sectionRange(rest[1]); !ranged && number(0) > 0 {
			return "https://www.govinfo.gov/link/uscode/" + rest[0] + "/" + casedSection(rest[0], rest[1])
		}
	case family == "publ":
		if number(0) >= firstLinkedCongress && number(0) <= lastCongress {
			return "https://www.govinfo.gov/link/plaw/" + rest[0] + "/public/" + rest[1]
		}
		if stat, ok := knownStatutes()[key]; ok {
			return URL(stat)
		}
	case family == "stat":
		if n := number(0); n >= 1 && n <= lastLinkedVolume {
			return "https://www.govinfo.gov/link/statute/" + rest[0] + "/" + rest[1]
		}
	case family == "fr":
		return "https://www.federalregister.gov/citation/" + rest[0] + "-FR-" + rest[1]
	case family == "cfr":
		return regulationURL(rest[0], rest[1])
	}
	return ""
}

// regulationURL links to a section or a part. Title 3 is cited by the page of
// its yearly compilation, which has no link; the letters of a section are of
// one case there, which a key does not keep, but for the common rule "10b-5".
func regulationURL(title, of string) string {
	if _, _, ranged := regulationRange(title, of); ranged || title == "3" {
		return ""
	}
	part, section, ok := strings.Cut(of, ".")
	if !ok {
		return "https://www.ecfr.gov/current/title-" + title + "/part-" + part
	}
	letters := 0
	for i := range len(section) {
		if section[i] >= 'a' && section[i] <= 'z' && (i == 0 || section[i-1] != '(') {
			letters++
		}
	}
	if letters > 1 || letters == 1 && title != "12" && title != "17" {
		return ""
	}
	return "https://www.ecfr.gov/current/title-" + title + "/section-" + of
}

// chapterOf is the chapter of the U.N. Charter that an article is in, 0 for
// none and for a range over several.
func chapterOf(article string) int {
	from, to, ranged := strings.Cut(article, "-")
	if ranged {
		if c := chapterOf(from); c == chapterOf(to) {
			return c
		}
		return 0
	}
	n, _, _ := strings.Cut(article, "(")
	a, _ := strconv.Atoi(n)
	if a < 1 {
		return 0
	}
	// The last article of each chapter.
	for i, last := range []int{2, 6, 8, 22, 32, 38, 51, 54, 60, 72, 74, 85, 91, 96, 101, 105, 107, 109, 111} {
		if a <= last {
			return i + 1
		}
	}
	return 0
}

// casedSection prints a section of the United States Code in the case that its
// title uses: a key is in lower case, and the Code is not. Sections added to
// titles 26, 28, 31 and 38 have capitals, and some of title 18; all others
// small letters.
func casedSection(title, section string) string {
	upper := false
	switch title {
	case "26", "28", "31", "38":
		upper = true
	case "18":
		n := strings.TrimRight(section, "abcdefghijklmnopqrstuvwxyz")
		switch n {
		case "229", "1028", "1466", "2252", "2257", "2260", "2261", "2265", "2319", "2339", "2340", "3600", "3663":
			upper = true
		}
	}
	if upper {
		return strings.ToUpper(section)
	}
	return section
}
