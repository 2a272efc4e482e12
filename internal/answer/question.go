package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/lexicon"
	"pincite/internal/words"
)

// Bounds of a question.
const (
	// MaxQuestion is the longest question, in characters: as long as a
	// message on Discord.
	MaxQuestion = 2000
	// maxTerms is how many distinct words of a question are searched for.
	maxTerms = 40
	// fillerWeight is the weight of a word that asks rather than says what is
	// asked about, and earlierWeight that of a word of the question before.
	fillerWeight  = 0.25
	earlierWeight = 0.3
	// othersWeight is what the lexicon's terms count beside their own weights,
	// and withinIdiom what a word counts that is part of an idiom.
	othersWeight = 0.85
	withinIdiom  = 0.3
)

// question is a question that was read.
type question struct {
	terms []term
	pairs []index.Pair
	// bigrams are those of the question itself, not of the one before.
	bigrams []index.Bigram
	// language is that of the question: lexicon.English, lexicon.Spanish, or
	// empty where its words do not tell.
	language string
	// both is true where there are Spanish texts beside English ones: words are
	// searched for by their stems in both languages then.
	both bool
	// asked is the kind of thing that the question wants to know.
	asked asked
	// counted are the stems of what it wants the number of, see countedBy.
	counted []string
}

// term is a word, or an idiom of several, that is searched for.
type term struct {
	written string // as the questioner wrote it
	word    string // the same as words.Token.Word; empty for an idiom
	// stem is the word's own; empty for an idiom, which is searched for by its
	// alternatives only.
	stem string
	// foreign is the word's stem in the other language, where there are texts in
	// both and the stems differ.
	foreign string
	weight  float64
	// name marks a word that is written like a name: with a capital within the
	// sentence, and no acronym; figure one that is a number.
	name, figure bool
	// filler marks words such as "explain" or "article", which say nothing of
	// the subject; earlier those of the question before.
	filler, earlier bool
	// story marks a word of the sentences that tell what the question is about,
	// where another sentence asks it.
	story bool
	// idiom marks several words together, such as "boots on the ground"; own are
	// the stems of those that are no function words.
	idiom bool
	own   []string
	// within are the idioms that a word is part of, by their place among the terms.
	within []int
	// inflected are the stems of its other forms where the corpus has those and
	// not the word: "wrote" for "write".
	inflected []string
	// compounds are other spellings of it that the corpus has: in two words, or
	// as one with the word beside it.
	compounds []index.Alternative
	// others are what the lexicon has for it.
	others []index.Alternative
	// spanish is what Spanish texts may have for it where it was asked in English.
	spanish []index.Alternative
	// titled is true where a title or heading of the corpus has the word.
	titled bool
	// mended is the stem in the corpus that a misspelt word is taken for; empty
	// for none.
	mended string
}

// discordMarkup is what Discord writes into a message for mentions, channels,
// custom emoji and times.
var discordMarkup = regexp.MustCompile(`<(?:@[!&]?|#|a?:\w+:|t:)\d+(?::\w)?>`)

// read takes a question apart; both is that of the question.
func (a *Answerer) read(r Request, both bool) (*question, error) {
	if n := utf8.RuneCountInString(r.Question); n > MaxQuestion {
		return nil, fault.New(fault.Invalid, "The question has %d characters; ask it in at most %d.", n, MaxQuestion)
	}
	text := discordMarkup.ReplaceAllString(r.Question, " ")
	q := &question{both: both}
	seen := a.terms(q, text, make(map[string]int))
	q.markStory(a, text)
	q.bigrams = a.bigrams(text, both)
	if seen == 0 {
		return nil, fault.New(fault.Invalid, "There is no question here; ask one in words, such as: Who may declare war?")
	}
	if r.Earlier != "" {
		q.follow(a, r.Earlier)
	}
	return q, nil
}

// terms appends the words of a text that are searched for, each once, and
// returns how many words it has in all.
func (a *Answerer) terms(q *question, text string, at map[string]int) int {
	tokens := a.words.Tokens(text)
	q.language, q.asked, q.counted = lexicon.Language(tokens), askedBy(tokens), countedBy(tokens)
	var spanish []words.Token
	if q.both {
		spanish = a.words.In(words.Spanish).Tokens(text)
	}
	before := -1                      // the term that the last content word is
	where := make([]int, len(tokens)) // the term of each token; -1 for none
	for j, tok := range tokens {
		where[j] = -1
		if a.stops(q, tok) {
			continue
		}
		i, known := at[tok.Stem]
		if !known {
			if len(q.terms) == maxTerms {
				continue
			}
			i = len(q.terms)
			at[tok.Stem] = i
			t := newTerm(tokens, j, text, q.language)
			if q.both {
				t.inBoth(spanish[j], q.language)
			}
			q.terms = append(q.terms, t)
		}
		where[j] = i
		pair := index.Pair{First: before, Second: i}
		if before >= 0 && before != i && !q.terms[before].filler && !q.terms[i].filler && !slices.Contains(q.pairs, pair) {
			q.pairs = append(q.pairs, pair)
		}
		before = i
	}
	a.expand(q, text, tokens, where)
	if q.both {
		a.translate(q, tokens, where)
	}
	return len(tokens)
}

// markStory marks the terms whose words stand in no sentence that asks, where one
// does: "My mother lives with me. Can I claim for her?"
func (q *question) markStory(a *Answerer, text string) {
	asked := make(map[string]struct{})
	for _, s := range words.Sentences(text) {
		if !strings.HasSuffix(text[s.Start:s.End], "?") {
			continue
		}
		for _, tok := range a.words.Tokens(text[s.Start:s.End]) {
			asked[tok.Stem] = struct{}{}
		}
	}
	for i := range q.terms {
		t := &q.terms[i]
		_, inAsked := asked[a.words.Stem(t.word)]
		t.story = len(asked) > 0 && !t.idiom && !inAsked
	}
}

// loose are function words that say nothing of the word beside them. The others
// do: to apply for, out of work, not liable.
const loose = " the a an of in and or el la los las un una unos unas de del en y o al "

// bigrams are the words on end of a question, two function words aside and loose
// ones; both as in read.
func (a *Answerer) bigrams(text string, both bool) []index.Bigram {
	analyzers := []*words.Analyzer{a.words}
	if both {
		analyzers = append(analyzers, a.words.In(words.Spanish))
	}
	var bigrams []index.Bigram
	for _, analyzer := range analyzers {
		tokens := analyzer.Tokens(text)
		for i := 1; i < len(tokens) && len(bigrams) < maxTerms; i++ {
			b := index.Bigram{First: tokens[i-1].Stem, Second: tokens[i].Stem}
			if !binds(tokens[i-1], tokens[i]) || slices.Contains(bigrams, b) {
				continue
			}
			bigrams = append(bigrams, b)
		}
	}
	return bigrams
}

// binds reports whether two words on end say more than each of them.
func binds(first, second words.Token) bool {
	if first.Stop {
		return !second.Stop && !isIn(first.Word, loose)
	}
	return !second.Stop || !isIn(second.Word, loose)
}

// stops reports whether a token is a function word in the question's language.
func (a *Answerer) stops(q *question, tok words.Token) bool {
	return tok.Stop || (q.language == lexicon.Spanish && words.SpanishStop(tok.Word))
}

// inBoth notes a word's stem in Spanish texts, given its token there. The stem
// in the question's own language goes first.
func (t *term) inBoth(spanish words.Token, language string) {
	if spanish.Stop || spanish.Stem == t.stem {
		return
	}
	t.foreign = spanish.Stem
	if language == lexicon.Spanish {
		t.stem, t.foreign = t.foreign, t.stem
	}
}

// translate adds what Spanish texts may have for the words of an English
// question. What they have for several words together stands beside the last of
// those that is no filler.
func (a *Answerer) translate(q *question, tokens []words.Token, where []int) {
	if a.lexicon == nil || q.language == lexicon.Spanish {
		return
	}
	for _, e := range a.lexicon.InSpanish(tokens) {
		for j := e.First + e.Count - 1; j >= e.First; j-- {
			if i := where[j]; i >= 0 && !q.terms[i].filler {
				q.terms[i].spanish = append(q.terms[i].spanish, alternatives(e)...)
				break
			}
		}
	}
}

// newTerm is the term of the word tokens[j].
func newTerm(tokens []words.Token, j int, text, language string) term {
	tok := tokens[j]
	_, filler := fillers[tok.Word]
	if !filler && language == lexicon.Spanish {
		_, filler = spanishFillers[tok.Word]
	}
	// In "article 51" it is no filler but half of a name.
	filler = filler && (j+1 == len(tokens) || !isNumber(tokens[j+1].Word))
	weight := 1.0
	if filler {
		weight = fillerWeight
	}
	written := text[tok.Start:tok.End]
	return term{written: written, word: tok.Word, stem: tok.Stem, weight: weight, name: j > 0 && likeName(written), figure: isNumber(tok.Word), filler: filler}
}

// likeName reports whether a word is written with a capital, and not in capitals.
func likeName(word string) bool { return startsUpper(word) && strings.ToUpper(word) != word }

// expand adds what the lexicon has for the question's words. What it has for a
// single word stands beside that word; several words together, such as "boots
// on the ground", are a term of their own, and its words count for less.
func (a *Answerer) expand(q *question, text string, tokens []words.Token, where []int) {
	if a.lexicon == nil {
		return
	}
	for _, e := range a.lexicon.Expand(tokens) {
		others := alternatives(e)
		if at := ownPlace(tokens, where, e); at >= 0 {
			q.terms[at].others = append(q.terms[at].others, others...)
			continue
		}
		if e.Count == 1 || len(q.terms) == maxTerms {
			continue
		}
		last := e.First + e.Count - 1
		// "How long" asks, whatever the lexicon has for it.
		asks := isIn(tokens[e.First].Word, askingWords)
		t := term{written: text[tokens[e.First].Start:tokens[last].End], weight: 1, idiom: true, filler: asks, others: others}
		for _, i := range where[e.First : last+1] {
			if i >= 0 {
				t.own = append(t.own, q.terms[i].stem)
				q.terms[i].within = append(q.terms[i].within, len(q.terms))
				if !q.terms[i].filler {
					q.terms[i].weight = min(q.terms[i].weight, withinIdiom)
				}
			}
		}
		q.terms = append(q.terms, t)
	}
	for i := range q.terms {
		q.terms[i].addKin(a.lexicon, q.language)
	}
}

// ownPlace is the term that an expansion stands beside, given the term of each
// token, or -1 where it is of several words together. What it has for a number
// ("article 51") stands beside the number, for that is asked literally.
func ownPlace(tokens []words.Token, where []int, e lexicon.Expansion) int {
	for j := e.First; j < e.First+e.Count; j++ {
		if i := where[j]; i >= 0 && (e.Count == 1 || isNumber(tokens[j].Word)) {
			return i
		}
	}
	return -1
}

// addKin adds the lexicon's kin of a term to what it has for it.
func (t *term) addKin(l *lexicon.Lexicon, language string) {
	if t.filler {
		return
	}
	stem := t.stem
	if language == lexicon.Spanish {
		stem = ""
	}
	terms := make([]lexicon.Term, len(t.others))
	for i, other := range t.others {
		terms[i] = lexicon.Term{Stems: append([]string{other.Stem}, other.More...), Weight: other.Weight}
	}
	for _, k := range l.Kin(stem, terms) {
		t.others = append(t.others, index.Alternative{Stem: k.Stems[0], Weight: k.Weight, Kin: true})
	}
}

// alternatives are the lexicon's terms as the index takes them.
func alternatives(e lexicon.Expansion) []index.Alternative {
	var list []index.Alternative
	for _, t := range e.Terms {
		list = append(list, index.Alternative{Stem: t.Stems[0], More: t.Stems[1:], Weight: t.Weight})
	}
	return list
}

func isNumber(word string) bool { return word[0] >= '0' && word[0] <= '9' }

// follow adds the words of the question before.
func (q *question) follow(a *Answerer, earlier string) {
	at := make(map[string]int)
	for i, t := range q.terms {
		at[t.stem] = i
		if t.foreign != "" {
			at[t.foreign] = i
		}
	}
	own := len(q.terms)
	before := &question{terms: q.terms, both: q.both}
	a.terms(before, discordMarkup.ReplaceAllString(earlier, " "), at)
	for i := own; i < len(before.terms); i++ {
		before.terms[i].earlier = true
		before.terms[i].weight *= earlierWeight
	}
	q.terms = before.terms
}

// query puts the question in the index's terms.
func (q *question) query(id string, limit int) index.Query {
	query := index.Query{Pairs: q.pairs, Bigrams: q.bigrams, Document: id, Limit: limit}
	for _, t := range q.terms {
		c := index.Clause{Form: t.word}
		if t.stem != "" {
			c.Alternatives = append(c.Alternatives, index.Alternative{Stem: t.stem, Weight: t.weight})
		}
		if t.foreign != "" {
			c.Alternatives = append(c.Alternatives, index.Alternative{Stem: t.foreign, Weight: t.weight})
		}
		for _, spelling := range t.compounds {
			spelling.Weight *= t.weight
			c.Alternatives = append(c.Alternatives, spelling)
		}
		for _, stem := range t.inflected {
			c.Alternatives = append(c.Alternatives, index.Alternative{Stem: stem, Weight: inflectedWeight * t.weight})
		}
		if len(t.own) > 0 {
			c.Alternatives = append(c.Alternatives, index.Alternative{Stem: t.own[0], More: t.own[1:], Weight: t.weight})
		}
		if t.mended != "" {
			c.Alternatives = append(c.Alternatives, index.Alternative{Stem: t.mended, Weight: mendedWeight * t.weight})
		}
		for _, other := range t.others {
			other.Weight *= t.weight * othersWeight
			c.Alternatives = append(c.Alternatives, other)
		}
		for _, in := range t.spanish {
			in.Weight *= t.weight
			c.Alternatives = append(c.Alternatives, in)
		}
		query.Clauses = append(query.Clauses, c)
	}
	return query
}

// missing lists the words that no passage has, save those of idioms that some
// passage has in other words.
func (q *question) missing(frequencies []int) []string {
	var missing []string
	for i, t := range q.terms {
		said := slices.ContainsFunc(t.within, func(idiom int) bool { return frequencies[idiom] > 0 })
		if frequencies[i] == 0 && !t.filler && !t.earlier && !t.idiom && !t.titled && !said {
			missing = append(missing, t.written)
		}
	}
	return missing
}

const askingWords = " how what when where which who whom whose why como cual cuales cuando cuanto cuanta cuantos cuantas donde que quien quienes "

// fillers are words that ask, greet or colour a question and are no part of
// its subject.
var fillers = func() map[string]struct{} {
	const list = `
ask asking asks question questions answer answers tell tells say says saying said state stated talk talks
explain explained explains explanation describe described describes mention mentioned mentions
mean means meaning know knows known wonder wondering curious understand think thinks thinking thought guess
find show shows give gives given get gets got make makes go goes going come comes want wants need needs try
thing things stuff something anything everything nothing someone anyone anybody somebody everyone everybody
way kind sort lot bit part point case example
article articles text document documents author authors paper piece analysis analyses writer page passage paragraph
hey hi hello yo lol lmao bruh bro dude man guys guy pls plz thx thanks thank tho cuz bc btw idk tbh imo fr ngl wtf omg
kinda sorta basically actually really literally honestly exactly supposedly apparently quick quickly short
like happen happens happened happening wait sure right true maybe
`
	fillers := make(map[string]struct{})
	for word := range strings.FieldsSeq(list) {
		fillers[word] = struct{}{}
	}
	return fillers
}()

// spanishFillers are the same in Spanish questions, without accents.
//
//nolint:misspell // Spanish
var spanishFillers = func() map[string]struct{} {
	const list = `
pregunta preguntas pregunto preguntar respuesta respuestas responde responder contesta contestar
dice dicen decir dijo dicho diga digame dime dinos cuenta cuentame habla hablan hablar trata tratan
explica explican explicar explicame explique explicacion describe describir descripcion menciona mencionan mencionar
significa significan significado quiere quiero quisiera saber sabe saben sabes se conocer conoce entender entiendo piensa pensar cree creer
busca buscar encuentra encontrar muestra mostrar muestrame ensename da dar dan dame
cosa cosas tipo tipos forma formas manera maneras modo parte partes punto puntos caso ejemplo ejemplos especie tema respecto
articulo articulos texto textos documento documentos autor autora autores analisis pagina paginas pasaje pasajes parrafo parrafos escritor
hola oye favor porfavor porfa gracias bueno realmente exactamente basicamente supuestamente segun resumen breve rapido
pasa pasar paso ocurre ocurrir ocurrio sucede suceder sucedio verdad cierto quizas tal vez
`
	fillers := make(map[string]struct{})
	for word := range strings.FieldsSeq(list) {
		fillers[word] = struct{}{}
	}
	return fillers
}()
