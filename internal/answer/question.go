package answer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"pincite/internal/fault"
	"pincite/internal/index"
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
)

// question is a question that was read.
type question struct {
	terms []term
	pairs []index.Pair
}

// term is a word that is searched for.
type term struct {
	written string // as the questioner wrote it
	stem    string
	weight  float64
	// filler marks words such as "explain" or "article", which say nothing of
	// the subject; earlier those of the question before.
	filler, earlier bool
	// mended is the stem in the corpus that a misspelt word is taken for; empty
	// for none.
	mended string
}

// discordMarkup is what Discord writes into a message for mentions, channels,
// custom emoji and times.
var discordMarkup = regexp.MustCompile(`<(?:@[!&]?|#|a?:\w+:|t:)\d+(?::\w)?>`)

// read takes a question apart.
func (a *Answerer) read(r Request) (*question, error) {
	if n := utf8.RuneCountInString(r.Question); n > MaxQuestion {
		return nil, fault.New(fault.Invalid, "The question has %d characters; ask it in at most %d.", n, MaxQuestion)
	}
	text := discordMarkup.ReplaceAllString(r.Question, " ")
	q := &question{}
	seen := a.terms(q, text, make(map[string]int))
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
	before := -1 // the term that the last content word is
	for j, tok := range tokens {
		if tok.Stop {
			continue
		}
		i, known := at[tok.Stem]
		if !known {
			if len(q.terms) == maxTerms {
				break
			}
			i = len(q.terms)
			at[tok.Stem] = i
			_, filler := fillers[tok.Word]
			// In "article 51" it is no filler but half of a name.
			filler = filler && (j+1 == len(tokens) || !isNumber(tokens[j+1].Word))
			weight := 1.0
			if filler {
				weight = fillerWeight
			}
			q.terms = append(q.terms, term{written: text[tok.Start:tok.End], stem: tok.Stem, weight: weight, filler: filler})
		}
		if before >= 0 && before != i && !q.terms[before].filler && !q.terms[i].filler {
			q.pairs = append(q.pairs, index.Pair{First: before, Second: i})
		}
		before = i
	}
	return len(tokens)
}

func isNumber(word string) bool { return word[0] >= '0' && word[0] <= '9' }

// follow adds the words of the question before.
func (q *question) follow(a *Answerer, earlier string) {
	at := make(map[string]int)
	for i, t := range q.terms {
		at[t.stem] = i
	}
	own := len(q.terms)
	before := &question{terms: q.terms}
	a.terms(before, discordMarkup.ReplaceAllString(earlier, " "), at)
	for i := own; i < len(before.terms); i++ {
		before.terms[i].earlier = true
		before.terms[i].weight *= earlierWeight
	}
	q.terms = before.terms
}

// query puts the question in the index's terms.
func (q *question) query(id string, limit int) index.Query {
	query := index.Query{Pairs: q.pairs, Document: id, Limit: limit}
	for _, t := range q.terms {
		c := index.Clause{Alternatives: []index.Alternative{{Stem: t.stem, Weight: t.weight}}}
		if t.mended != "" {
			c.Alternatives = append(c.Alternatives, index.Alternative{Stem: t.mended, Weight: mendedWeight * t.weight})
		}
		query.Clauses = append(query.Clauses, c)
	}
	return query
}

// missing lists the words that no passage has.
func (q *question) missing(frequencies []int) []string {
	var missing []string
	for i, t := range q.terms {
		if frequencies[i] == 0 && !t.filler && !t.earlier {
			missing = append(missing, t.written)
		}
	}
	return missing
}

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
