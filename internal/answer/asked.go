package answer

import (
	"slices"
	"strings"
	"unicode"

	"pincite/internal/words"
)

// asked is the kind of thing that a question wants to know.
type asked int

const (
	askedAny    asked = iota
	askedPerson       // who, whom: a name or an office
	askedDate         // when, on what date, in which year
	askedNumber       // how many, how much, how long
)

// askedBy finds what a question wants from its first words that ask, in English
// or Spanish.
func askedBy(tokens []words.Token) asked {
	for i, tok := range tokens {
		next := ""
		if i+1 < len(tokens) {
			next = tokens[i+1].Word
		}
		switch tok.Word {
		case "who", "whom", "whose", "quien", "quienes":
			return askedPerson
		case "when":
			// "When may a state strike?" asks for a condition, and "When a ship
			// sinks, who pays?" for no time at all.
			if isIn(next, " was were did had ") {
				return askedDate
			}
		case "cuando":
			if isIn(next, spanishPast) {
				return askedDate
			}
		case "cuanto", "cuanta", "cuantos", "cuantas":
			return askedNumber
		case "how":
			if strings.Contains(" many much long often large big far old ", " "+next+" ") {
				return askedNumber
			}
		case "what", "which", "que":
			if strings.Contains(" date day month year fecha dia mes ano ", " "+next+" ") {
				return askedDate
			}
		}
	}
	return askedAny
}

// countedBy finds the stems of what a question wants the number of: the noun after
// "how many", and units of time for "how long" and "how often". It is nil where
// any number will do.
func countedBy(tokens []words.Token) []string {
	for i := 0; i+2 < len(tokens); i++ {
		switch tokens[i].Word + " " + tokens[i+1].Word {
		case "how many":
			if !tokens[i+2].Stop {
				return []string{tokens[i+2].Stem}
			}
		case "how long", "how often":
			return strings.Fields(timeUnits)
		}
	}
	return nil
}

// timeUnits are the stems of units of time.
const timeUnits = "second minut hour day week month year time decad centuri"

// has says how far a sentence names a thing of the kind, from 0 to 1; counted are
// the stems of what a number has to be of.
func (k asked) has(sentence string, tokens []words.Token, language string, counted []string) float64 {
	found := 0.0
	for i, tok := range tokens {
		switch {
		case k == askedNumber && isCount(sentence, tokens, i, language):
			if len(counted) == 0 || isOf(tokens, i, counted) {
				return 1
			}
			found = numberOfOthers
		case k == askedDate && isDate(sentence, tok, language),
			// A name at the start of a sentence may be any word.
			k == askedPerson && !tok.Stop && (isRole(tok.Word) || (i > 0 && startsUpper(sentence[tok.Start:]))):
			return 1
		}
	}
	if k == askedAny {
		return 1
	}
	return found
}

// numberOfOthers is how far a number meets the question that is of something
// else than was asked for, by its words.
const numberOfOthers = 0.6

// isOf reports whether a number is of what was asked for: that stands within
// three words after it.
func isOf(tokens []words.Token, at int, counted []string) bool {
	for i := at + 1; i < min(len(tokens), at+4); i++ {
		if slices.Contains(counted, tokens[i].Stem) {
			return true
		}
	}
	return false
}

// isCount reports whether a token is a number that counts something: no year, no
// marker of a footnote, no number of an article or section.
func isCount(sentence string, tokens []words.Token, at int, language string) bool {
	tok := tokens[at]
	if !isNumber(tok.Word) {
		return isIn(tok.Word, numberWords) || (language == words.Spanish && isIn(tok.Word, spanishNumbers))
	}
	before, after := strings.TrimRight(sentence[:tok.Start], " \u00a0"), sentence[tok.End:]
	switch {
	case isYear(tok.Word),
		strings.HasSuffix(before, "§"), strings.HasSuffix(before, "["), strings.HasSuffix(before, "¶"),
		strings.HasPrefix(after, "]"), strings.HasPrefix(after, "("),
		at > 0 && isIn(tokens[at-1].Word, numbered),
		at+1 < len(tokens) && isIn(tokens[at+1].Word, " u.s.c usc c.f.r cfr stat fed u.s us f.3d f.2d "):
		return false
	}
	return true
}

// isDate reports whether a token tells a time.
func isDate(sentence string, tok words.Token, language string) bool {
	return isYear(tok.Word) || isIn(tok.Word, " century centuries decade decades siglo siglos decada decadas ") ||
		// With a capital: "may" and "march" are months only then.
		(isIn(tok.Word, dateWords) && startsUpper(sentence[tok.Start:])) ||
		(language == words.Spanish && isIn(tok.Word, spanishDates))
}

func isIn(word, list string) bool { return strings.Contains(list, " "+word+" ") }

// isYear reports whether a word is a year of the last ten centuries, or a decade
// ("1970s").
func isYear(word string) bool {
	word = strings.TrimSuffix(word, "s")
	return len(word) == 4 && (strings.HasPrefix(word, "1") || strings.HasPrefix(word, "20")) && strings.Trim(word, "0123456789") == ""
}

// isRole reports whether a word is somebody's office or part (owner, tenant,
// court), in English or Spanish. Endings tell most of them.
func isRole(word string) bool {
	plural := word
	word = strings.TrimSuffix(word, "s")
	if isIn(word, roles) || isIn(word, spanishRoles) || isIn(plural, roles) || isIn(plural, spanishRoles) {
		return true
	}
	if len(word) < 5 || isIn(word, noRoles) {
		return false
	}
	for _, ending := range []string{"er", "or", "ant", "ist", "ian", "ee", "man", "men", "dora", "ista", "nte"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

const (
	// numbered are words whose number is a name, in English and Spanish.
	//nolint:misspell // Spanish
	numbered = " article articles art arts section sections sec title titles chapter paragraph paragraphs para no number rule rules part law resolution order page note " +
		"articulo articulos seccion titulo capitulo parrafo numero regla parte ley resolucion pagina nota january february march april may june july august september october november december "
	numberWords = " one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
		"seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand " +
		"thousands million millions billion billions dozen dozens half third quarter once twice single none no "
	dateWords = " january february march april may june july august september october november december " +
		"jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday "
	roles = " agency ally assembly attorney authority bank board body bodies captain chief child children citizen commission committee company congress " +
		"corporation council country court crew department firm general government group head institution judge jury king " +
		"lawyer legislature man men member military nation national office official parent parliament partner party parties people person " +
		"police president prince public queen representative secretary senate spouse staff state team tribunal troop unit victim witness woman women "
	noRoles = " after another antiwar border center chapter character charter cover danger either enter ever factor favor former further harbor however " +
		"important import instant labor latter letter lower matter minor major manner never number offer order other over paper power prior quarter rather register relevant " +
		"remainder river significant similar sister term terror later transfer tenor under upper water weather whether winter constant restant " +
		"durante presente siguiente mediante ante parte diferente suficiente anterior posterior superior interior exterior mayor menor mejor peor valor favor "
	// Spanish writes months and weekdays with a small letter.
	//nolint:misspell // Spanish
	spanishNumbers = " uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete " +
		"dieciocho diecinueve veinte veintiuno treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos " +
		"trescientos quinientos mil millon millones billon docena docenas medio media mitad tercio cuarto vez dos ningun ninguno ninguna "
	//nolint:misspell // Spanish
	spanishRoles = " acreedor autoridad autoridades banco ciudadano comision comisiones comite congreso consejo corte dueno empleado empresa estado funcionario gobierno hijo hija juez jueces " +
		"jurado madre magistrado miembro ministro mujer hombre organo padre parlamento patron persona policia presidenta rey reina senado socio testigo tribunal tribunales victima "
	spanishPast  = " fue fueron era eran ocurrio sucedio paso murio nacio firmo adopto aprobo publico entro empezo comenzo termino "
	spanishDates = " enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre " +
		"lunes martes miercoles jueves viernes sabado domingo "
)
