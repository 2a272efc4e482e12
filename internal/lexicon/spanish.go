package lexicon

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/spanish"

	"pincite/internal/words"
)

// stemES is the stem of a Spanish word without accents (see words.Fold). The
// Snowball stemmer, which needs the accents, is given those back that follow
// from the ending, and the spellings of one sound are made one at the end:
// atacar and ataque, proteger and protejo, alcanzar and alcance meet.
func stemES(word string) string {
	if len(word) < 4 || strings.ContainsAny(word, "0123456789") {
		return word
	}
	env := snowballstem.NewEnv(accented(word))
	spanish.Stem(env)
	stem := words.Fold(env.Current())
	for _, end := range spellingsES {
		if rest, ok := strings.CutSuffix(stem, end.written); ok && len(rest) >= end.least {
			return rest + end.meets
		}
	}
	return stem
}

// spellingsES are tried in order; least is the length of what must stand
// before. The last three bring the noun and the verb together: prohibición and
// prohibir, bombardeo and bombardear, prohibió and prohibir.
var spellingsES = []struct {
	written, meets string
	least          int
}{
	{"qu", "c", 3},
	{"gu", "g", 3},
	{"z", "c", 3},
	{"j", "g", 3},
	{"icion", "", 5},
	{"e", "", 5},
	{"i", "", 3},
}

// accented puts back the accent of the endings that always have one, and of
// the future and the imperfect, which long words in these letters mostly are.
func accented(word string) string {
	for _, end := range accentsES {
		if rest, ok := strings.CutSuffix(word, end.folded); ok && len(rest) >= end.least {
			return rest + end.accented
		}
	}
	return word
}

// accentsES are tried in order; least is the length, in bytes, of what must
// stand before the ending.
var accentsES = []struct {
	folded, accented string
	least            int
}{
	{"cion", "ción", 1},
	{"sion", "sión", 1},
	{"logia", "logía", 2},
	{"arian", "arían", 3},
	{"erian", "erían", 3},
	{"irian", "irían", 3},
	{"iran", "irán", 4},
	{"eran", "erán", 4},
	{"ira", "irá", 4},
	{"era", "erá", 4},
}

// singularsES are the word itself and what it may be the plural of, likeliest
// first.
func singularsES(word string) []string {
	forms := []string{word}
	if len(word) < 4 {
		return forms
	}
	if rest, ok := strings.CutSuffix(word, "ces"); ok {
		forms = append(forms, rest+"z")
	}
	if rest, ok := strings.CutSuffix(word, "s"); ok {
		forms = append(forms, rest)
	}
	if rest, ok := strings.CutSuffix(word, "es"); ok {
		forms = append(forms, rest)
	}
	return forms
}

// StopES reports whether a word, in lower case without accents as in
// words.Token.Word, is a function word of Spanish: articles, prepositions,
// pronouns, question words, auxiliary and modal verbs. Negations and
// quantities are among them, as in the English list of package words.
func StopES(word string) bool {
	_, stop := stopsES[word]
	return stop
}

var stopsES = func() map[string]struct{} {
	const list = `
el la los las lo un una unos unas al del
este esta estos estas esto ese esa esos esas eso aquel aquella aquellos aquellas aquello
yo tu usted ustedes ella ellas ello ellos nosotros nosotras vosotros vosotras vos
me te se nos os le les mi mis tus su sus nuestro nuestra nuestros nuestras vuestro vuestra
mio mia mios mias suyo suya suyos suyas tuyo tuya conmigo contigo consigo ti si
que quien quienes cual cuales cuanto cuanta cuantos cuantas cuando como donde adonde cuyo cuya cuyos cuyas porque
a ante bajo con contra de desde durante en entre hacia hasta mediante para por pa segun sin sobre tras
y e o u ni pero sino aunque mientras pues entonces ademas tambien tampoco asi
no nunca jamas nada nadie ningun ninguna ninguno algun alguna alguno algunos algunas algo alguien
todo toda todos todas cada mas menos muy mucho mucha muchos muchas poco poca pocos pocas tan tanto tanta tantos tantas
otro otra otros otras mismo misma mismos mismas cualquier cualquiera demas ambos ambas
ya aun todavia solo solamente siempre casi aqui ahi alli alla ahora luego despues antes hoy
ser es son soy eres somos era eran fue fueron sea sean seria serian sera seran sido siendo fuera fueran
estar estoy esta estan estaba estaban estado estuvo estuvieron este esten estaria estando
haber he has ha hemos han hay habia habian hubo hubiera hubieran haya hayan habra habria habido
poder puede pueden puedo podemos podia podian podria podrian podra podran pudo pudieron pueda puedan
deber debe deben deberia deberian debera deberan debo debia debian
tener tiene tienen tengo tenemos tenia tenian tuvo tuvieron tenga tengan tendria tendra
hacer hace hacen hizo hicieron hecho haga hagan hacia haciendo haria
ir va van voy vamos iba iban vaya vayan
acaso acerca mediante dentro encima debajo cerca lejos etc
`
	stops := make(map[string]struct{})
	for word := range strings.FieldsSeq(list) {
		stops[word] = struct{}{}
	}
	delete(stops, "estado") // the State, rather than "been"
	return stops
}()

// doubtfulES are the function words of Spanish that mean something in English
// too, as words or abbreviations. They say nothing of the language.
const doubtfulES = " a e eras era etc ha has he me mi mia mas no nos o os pa sea ser so solo son tan te ti tu u va van vos ya "

// nameES are those that stand in English texts in names and loans only ("El
// Paso", "Los Angeles", "Iran-Contra", "UN", "para. 5"): several of them, or one
// beside a clearer word, speak for Spanish.
const nameES = " al ante contra de del el en es la las le les los para se si sin un y "

// Language is the language of a question, English or Spanish, or "" where its
// words do not tell. It counts the function words of each language that the
// other does not have and the endings that only one has (-ción, -mente; -tion,
// -ing); the higher count holds. Articles and prepositions that stand in
// Spanish names too count a third each.
func Language(tokens []words.Token) string {
	const full, third = 3, 1
	en, es := 0, 0
	for _, tok := range tokens {
		listed := " " + tok.Word + " "
		switch {
		case strings.Contains(nameES, listed):
			es += third
		case strings.Contains(doubtfulES, listed):
		case StopES(tok.Word):
			es += full
		case tok.Stop:
			en += full
		case endsLike(tok.Word, endingsES):
			es += full
		case endsLike(tok.Word, endingsEN):
			en += full
		}
	}
	switch {
	case es > en && es >= 2*third:
		return Spanish
	case en > es:
		return English
	}
	return ""
}

// Endings of words that the other language has in names only or not at all.
const (
	endingsES = "ciones siones mente idades lidad ridad miento mientos acion ucion eccion iendo ieron"
	endingsEN = "tion tions ing ings ness ship ght ould ment ments ism ity ly"
)

// endsLike reports whether a word has one of the endings and two letters more.
func endsLike(word, endings string) bool {
	for end := range strings.FieldsSeq(endings) {
		if len(word) >= len(end)+2 && strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}
