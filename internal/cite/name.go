package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// name is an author. Family is empty where the name is not known to be a
// person's, and the name is then printed as it is, in no style inverted or
// cut to initials.
type name struct {
	printed string // as the source prints it
	given   string
	family  string // particles included: "van der Berg"
	suffix  string // "Jr.", "III"
}

// display is the name in reading order, as a byline has it, without the titles
// and degrees that styles leave out of names.
func (n name) display() string {
	if n.family == "" || !strings.Contains(n.printed, ",") && !honorific(strings.Fields(n.printed)[0]) {
		return n.printed
	}
	return strings.Join(strings.Fields(n.given+" "+n.family+" "+n.suffix), " ")
}

// short is the name in a citation in the text: the family's.
func (n name) short() string {
	if n.family == "" {
		return n.printed
	}
	return n.family
}

// inverted is the name with its initials: "Doe, J.-P., Jr."
func (n name) inverted() string {
	if n.family == "" {
		return n.printed
	}
	s := n.family + ", " + initials(n.given)
	if n.suffix != "" {
		s += ", " + n.suffix
	}
	return s
}

// sorted is the whole name, family first: "Doe, Jean-Paul, Jr."
func (n name) sorted() string {
	if n.family == "" {
		return n.printed
	}
	s := n.family + ", " + n.given
	if n.suffix != "" {
		s += ", " + n.suffix
	}
	return s
}

// initials cuts given names: "Jean-Paul Q." gives "J.-P. Q."
func initials(given string) string {
	var out []string
	for _, word := range strings.Fields(given) {
		r, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsLetter(r) {
			continue // a nickname in quotation marks or parentheses
		}
		var hyphened []string
		for _, piece := range strings.Split(word, "-") {
			var letters []string
			for _, stem := range stems(piece) {
				r, _ := utf8.DecodeRuneInString(stem)
				letters = append(letters, string(unicode.ToUpper(r))+".")
			}
			if len(letters) > 0 {
				hyphened = append(hyphened, strings.Join(letters, " "))
			}
		}
		out = append(out, strings.Join(hyphened, "-"))
	}
	return strings.Join(out, " ")
}

// stems parts what stands for several names: "J.R." and "JD" give two.
func stems(piece string) []string {
	if runes := []rune(piece); len(runes) == 2 && unicode.IsUpper(runes[0]) && unicode.IsUpper(runes[1]) {
		return []string{string(runes[0]), string(runes[1])}
	}
	return strings.FieldsFunc(piece, func(r rune) bool { return r == '.' })
}

// parseName reads one author. It takes a name for a person's when it has two
// words or more and nothing marks it as a body's, see [corporate]; the last
// word, with the particles before it, is then the family name. An inverted
// name ("Doe, Jane") is read as such.
func parseName(printed, site string) name {
	n := name{printed: printed}
	if strings.EqualFold(printed, site) || corporate(printed) {
		return n
	}
	pieces := strings.Split(printed, ",")
	var suffixes, rest []string
	for i, piece := range pieces {
		switch piece = strings.TrimSpace(piece); {
		case i == 0:
			rest = append(rest, piece)
		case generation(piece):
			suffixes = append(suffixes, piece)
		case degree(piece) || piece == "":
			// Styles leave degrees out of names.
		default:
			rest = append(rest, piece)
		}
	}
	var words []string
	switch len(rest) {
	case 1:
		words = strings.Fields(rest[0])
		for len(words) > 0 && honorific(words[0]) {
			words = words[1:]
		}
		for len(words) > 2 && generation(words[len(words)-1]) {
			suffixes = append(suffixes, words[len(words)-1])
			words = words[:len(words)-1]
		}
		if len(words) < 2 {
			return n
		}
		at := familyStart(words)
		n.given, n.family = strings.Join(words[:at], " "), strings.Join(words[at:], " ")
	case 2:
		if rest[0] == "" || rest[1] == "" {
			return n
		}
		n.family, n.given = rest[0], rest[1]
	default:
		return n // a list of names or a body with commas
	}
	n.suffix = strings.Join(suffixes, ", ")
	if initials(n.given) == "" {
		return name{printed: printed}
	}
	return n
}

// familyStart is the first word of the family name: the last word, or the
// first particle after the given name.
func familyStart(words []string) int {
	at := len(words) - 1
	for at > 1 && (particle(words[at-1]) || startsLower(words[at-1])) {
		at--
	}
	return at
}

// corporate reports whether a name is a body's: it is one word, begins with
// "The", holds a sign or digit that no personal name has or a function word
// inside, or a word that names a kind of body. Words that are family names as
// well (Law, Church, Post, Court) are no such words: to print a body as a
// person shows at once, while the other error would hide.
func corporate(printed string) bool {
	words := strings.Fields(printed)
	if len(words) < 2 || strings.ContainsAny(printed, "&/@:;|+0123456789") {
		return true
	}
	for i, w := range words {
		w = bare(w)
		inside := i > 0 && i < len(words)-1
		if (i == 0 && w == "the") || (inside && function(w)) || body(w) {
			return true
		}
	}
	return false
}

// bare is a word as the lists below hold it.
func bare(word string) string {
	return strings.ToLower(strings.Trim(strings.ReplaceAll(word, ".", ""), ",'’"))
}

// function knows the words that join the parts of a body's name.
func function(word string) bool {
	switch word {
	case "of", "for", "and", "on", "against", "in", "at", "with", "to", "from", "the", "para", "por", "sobre",
		"contra", "und", "für", "pour", "et":
		return true
	}
	return false
}

// body knows words for kinds of bodies, in English, Spanish, French and
// German.
func body(word string) bool {
	switch word {
	case "academy", "administration", "affairs", "agency", "alliance", "archive", "archives", "army",
		"assembly", "associated", "association", "associates", "authority", "board", "bureau", "campaign",
		"center", "centre", "coalition", "collective", "college", "commission", "committee", "companies",
		"company", "conference", "congress", "consortium", "consulate", "cooperation", "corp", "corporation",
		"council", "counsel", "courts", "defence", "defense", "department", "desk", "directorate", "division",
		"editorial", "editors", "embassy", "enterprise", "faculty", "federal", "federation", "forum",
		"foundation", "fund", "gmbh", "global", "government", "headquarters", "inc", "initiative", "institute",
		"institution", "international", "journal", "laboratory", "league", "library", "llc", "llp", "ltd",
		"magazine", "ministry", "mission", "monitor", "museum", "nation", "national", "nations", "network",
		"news", "newsroom", "observatory", "office", "organisation", "organization", "parliament", "partnership",
		"party", "plc", "policy", "program", "programme", "project", "publishing", "reporters", "republic",
		"research", "review", "rights", "school", "secretariat", "security", "senate", "service", "services",
		"society", "staff", "states", "studies", "supreme", "taskforce", "team", "tribunal", "union", "united",
		"university", "watch", "academia", "agencia", "asociación", "centro", "colegio", "comisión", "comité",
		"consejo", "defensoría", "departamento", "dirección", "embajada", "equipo", "facultad", "federación",
		"fiscalía", "fundación", "gobierno", "instituto", "ministerio", "nacional", "oficina", "organización",
		"redacción", "secretaría", "sindicato", "unidas", "universidad", "agence", "assemblée", "conseil",
		"fondation", "gouvernement", "institut", "ministère", "rédaction", "société", "université", "bundesamt",
		"bundesministerium", "gesellschaft", "ministerium", "redaktion", "stiftung", "universität", "verband",
		"verein":
		return true
	}
	return false
}

func generation(word string) bool {
	switch bare(word) {
	case "jr", "sr", "ii", "iii", "iv":
		return true
	}
	return false
}

func degree(word string) bool {
	switch bare(word) {
	case "phd", "dphil", "jd", "md", "ma", "mba", "ba", "bs", "msc", "llb", "llm", "lld", "esq", "esquire",
		"kc", "qc", "sjd", "edd":
		return true
	}
	return false
}

func honorific(word string) bool {
	switch bare(word) {
	case "dr", "prof", "professor":
		return true
	}
	return false
}

// particle knows the words that begin a family name also where they are
// capitalized, as in Martin Van Buren; a word in lower case before the last
// one always does.
func particle(word string) bool {
	switch bare(word) {
	case "van", "von", "de", "del", "della", "di", "da", "du", "dos", "das", "la", "le", "der", "den", "ter",
		"ten", "bin", "ibn", "al", "el", "st":
		return true
	}
	return false
}

func startsLower(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(r)
}
