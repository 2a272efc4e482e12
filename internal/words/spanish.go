package words

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/spanish"
)

// SpanishStem is the stem of a Spanish word without accents (see Fold). The
// Snowball stemmer, which needs the accents, is given those back that follow
// from the ending, and the spellings of one sound are made one at the end:
// atacar and ataque, proteger and protejo, alcanzar and alcance meet.
func SpanishStem(word string) string {
	if len(word) < 4 || strings.ContainsAny(word, "0123456789") {
		return word
	}
	env := snowballstem.NewEnv(accented(word))
	spanish.Stem(env)
	stem := Fold(env.Current())
	for _, end := range spanishSpellings {
		if rest, ok := strings.CutSuffix(stem, end.written); ok && len(rest) >= end.least {
			return rest + end.meets
		}
	}
	return stem
}

// spanishSpellings are tried in order; least is the length of what must stand
// before. The last three bring the noun and the verb together: prohibición and
// prohibir, bombardeo and bombardear, prohibió and prohibir.
var spanishSpellings = []struct {
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
	for _, end := range spanishAccents {
		if rest, ok := strings.CutSuffix(word, end.folded); ok && len(rest) >= end.least {
			return rest + end.accented
		}
	}
	return word
}

// spanishAccents are tried in order; least is the length, in bytes, of what must
// stand before the ending.
var spanishAccents = []struct {
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

// SpanishStop reports whether a word, written as in Token.Word, is a function
// word of Spanish.
func SpanishStop(word string) bool {
	_, stop := spanishStops[word]
	return stop
}

// spanishStops are the function words of Spanish without accents: articles,
// prepositions, pronouns, question words, auxiliary and modal verbs. Negations
// and quantities are among them, as in the English list.
var spanishStops = func() map[string]struct{} {
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

// spanishDesignators are what stands before the number of a part of a law,
// abbreviated and written out.
//
//nolint:misspell // Spanish
var spanishDesignators = map[string]string{
	"art": "articulo", "arts": "articulos", "sec": "seccion", "secs": "secciones",
	"parr": "parrafo", "parrs": "parrafos", "cap": "capitulo", "caps": "capitulos", "fracc": "fraccion",
	"num": "numero", "nums": "numeros", "inc": "inciso", "incs": "incisos", "ap": "apartado", "tit": "titulo",
}
