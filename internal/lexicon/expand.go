package lexicon

import (
	"cmp"
	"slices"
	"strings"

	"pincite/internal/words"
)

// Expansion is what a word or phrase of a question is searched for as well.
type Expansion struct {
	// First and Count are the tokens that it is about: tokens[First:First+Count].
	First, Count int
	// Terms are by falling weight, then in the order of their letters. There
	// is at least one.
	Terms []Term
	// Language is that of the words that were asked: English or Spanish.
	Language string
}

// Expand finds the lexicon's words and phrases in a question's tokens, which
// are those of the analyzer that was given to Parse.
//
// In an English question Spanish entries are left aside, and in a Spanish one
// English entries serve for what Spanish ones do not cover (FTO). Where the
// language is in doubt (see Language), as in a few keywords, that language
// serves whose entries alone know more of the words, else both.
//
// Of phrases that begin at a word the longest holds. Articles and pronouns may
// stand within one that is written without them ("freeze their accounts" is
// "freeze accounts"), and an object between an English verb and its adverb
// ("kick a visitor out"), where the expansion is about the verb alone. What stands inside an
// English phrase is not expanded by itself, for that is seldom what is meant
// (the house of "White House"), while phrases that overlap in part both hold.
// Inside a Spanish phrase each word is expanded too, at half its weight, since
// it would otherwise find nothing. A function word expands in phrases only.
//
// An acronym that was typed in small letters and would be read as an inflected
// word ("irs") expands as the acronym, and into the acronym itself.
//
// No term repeats the words that it expands. Expansions are ordered by First,
// then the longer first, then English before Spanish.
func (l *Lexicon) Expand(tokens []words.Token) []Expansion {
	var found []Expansion
	switch Language(tokens) {
	case English:
		found = l.appendEnglish(found, tokens, nil)
	case Spanish:
		found = l.appendSpanish(found, tokens)
		found = l.appendEnglish(found, tokens, covered(found, len(tokens)))
	default:
		found = likelier(l.appendEnglish(nil, tokens, nil), l.appendSpanish(nil, tokens), len(tokens))
	}
	slices.SortFunc(found, func(a, b Expansion) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Count, a.Count), strings.Compare(a.Language, b.Language))
	})
	return found
}

// likelier is the expansions in the language in which more tokens have some
// that have none in the other, or both where that does not tell.
func likelier(english, spanish []Expansion, tokens int) []Expansion {
	inEnglish, inSpanish := covered(english, tokens), covered(spanish, tokens)
	lead := 0
	for i := range tokens {
		switch {
		case inEnglish[i] && !inSpanish[i]:
			lead++
		case inSpanish[i] && !inEnglish[i]:
			lead--
		}
	}
	switch {
	case lead > 0:
		return english
	case lead < 0:
		return spanish
	}
	return append(english, spanish...)
}

// covered marks the tokens that expansions are about.
func covered(found []Expansion, tokens int) []bool {
	marks := make([]bool, tokens)
	for _, e := range found {
		for i := range e.Count {
			marks[e.First+i] = true
		}
	}
	return marks
}

// appendEnglish appends what English entries give, save for spans that touch
// a token of taken, and for Spanish function words where there is a taken.
func (l *Lexicon) appendEnglish(found []Expansion, tokens []words.Token, taken []bool) []Expansion {
	key := make([]byte, 0, 64)
	reach := 0 // where the phrases so far end
	for first := range tokens {
		line, count := l.longest(&key, "e:", tokens[first:], englishKey, passedEnglish)
		apart := ""
		if count <= 1 && !tokens[first].Stop {
			apart = l.apart(&key, tokens[first:])
		}
		acronym := ""
		if tok := tokens[first]; count <= 1 && !tok.Stop && tok.Word != tok.Stem {
			// An acronym typed in small letters was taken for an inflected word.
			key = append(append(key[:0], "e:"...), tok.Word...)
			if hit, found, _ := l.find(key); found {
				line, count, acronym = hit, 1, tok.Word
			}
		}
		if count == 0 && apart != "" {
			count = 1
		}
		if count == 0 || first+count <= reach {
			continue
		}
		span := tokens[first : first+count]
		if count == 1 && span[0].Stop {
			continue
		}
		if taken != nil && (slices.Contains(taken[first:first+count], true) || count == 1 && words.SpanishStop(span[0].Word)) {
			continue
		}
		if count > 1 {
			reach = first + count
		}
		e := Expansion{First: first, Count: count, Language: English}
		if acronym != "" && line != "" {
			e.Terms = []Term{{Stems: []string{acronym}, Weight: 1}}
		}
		if apart != "" {
			e.Terms = appendTerms(e.Terms, apart)
		}
		found = appendExpansion(found, e, span, line, 1)
	}
	return found
}

// insideWeight is what is left of the weight of a Spanish word that stands in
// a phrase which is expanded as a whole.
const insideWeight = 0.5

// appendSpanish appends what Spanish entries give.
func (l *Lexicon) appendSpanish(found []Expansion, tokens []words.Token) []Expansion {
	key := make([]byte, 0, 64)
	reach := 0
	for first := range tokens {
		line, count := l.longest(&key, "s:", tokens[first:], spanishKey, passedSpanish)
		if count > 1 && first+count > reach {
			reach = first + count
			found = appendExpansion(found, Expansion{First: first, Count: count, Language: Spanish}, tokens[first:reach], line, 1)
		}
		if words.SpanishStop(tokens[first].Word) {
			continue
		}
		weight := 1.0
		if first < reach {
			weight = insideWeight
		}
		if line, ok := l.spanishWord(&key, tokens[first].Word); ok {
			found = appendExpansion(found, Expansion{First: first, Count: 1, Language: Spanish}, tokens[first:first+1], line, weight)
		}
	}
	return found
}

// match is a left side that tokens begin with.
type match struct {
	line  string
	words int // of the left side
	count int // tokens that it takes up; 0 for no match
}

// longest finds the left side of the most words that tokens begin with; count
// is how many tokens that takes up, 0 where there is none. Words that passed
// has may stand within a phrase that is written without them, and a verb's past
// for the verb itself (see irregular).
func (l *Lexicon) longest(buffer *[]byte, prefix string, tokens []words.Token, keyOf func(words.Token) string, passed string) (line string, count int) {
	key := append((*buffer)[:0], prefix...)
	key = append(key, keyOf(tokens[0])...)
	var best match
	hit, found, longer := l.find(key)
	if found {
		best = match{line: hit, words: 1, count: 1}
	}
	if longer {
		best = l.goOn(&key, tokens, 1, best, 1, keyOf, passed)
	}
	if verb, ok := irregular[tokens[0].Word]; ok && prefix == "e:" {
		key = append(append(key[:0], prefix...), verb...)
		best = l.goOn(&key, tokens, 1, best, 1, keyOf, passed)
	}
	*buffer = key
	return best.line, best.count
}

// goOn looks for left sides that go on from key, which has the given number of
// words out of tokens[:at], and returns the longest, or best where none has more
// words than it.
func (l *Lexicon) goOn(key *[]byte, tokens []words.Token, at int, best match, count int, keyOf func(words.Token) string, passed string) match {
	if at == len(tokens) || at-count > maxPassed {
		return best
	}
	end := len(*key)
	*key = append(append(*key, ' '), keyOf(tokens[at])...)
	hit, found, longer := l.find(*key)
	if found && count+1 > best.words {
		best = match{line: hit, words: count + 1, count: at + 1}
	}
	if longer {
		best = l.goOn(key, tokens, at+1, best, count+1, keyOf, passed)
	}
	*key = (*key)[:end]
	if verb, ok := irregular[tokens[at].Word]; ok && !longer && (*key)[0] == 'e' {
		*key = append(append(*key, ' '), verb...)
		hit, found, longer = l.find(*key)
		if found && count+1 > best.words {
			best = match{line: hit, words: count + 1, count: at + 1}
		}
		if longer {
			best = l.goOn(key, tokens, at+1, best, count+1, keyOf, passed)
		}
		*key = (*key)[:end]
	}
	if among(passed, tokens[at].Word) {
		best = l.goOn(key, tokens, at+1, best, count, keyOf, passed)
	}
	return best
}

// Words that are passed over within a phrase, at most maxPassed of them: "freeze
// their accounts" is asked for what "freeze accounts" is.
const (
	maxPassed     = 2
	passedEnglish = " a an the this that these those my your his her its our their some any all it them him us just "
	passedSpanish = " el la los las lo un una unos unas su sus mi mis tu tus este esta estos estas ese esa esos esas "
)

// A phrase whose second word is one of these may have up to maxApart words
// between the two: "kick a visitor out", "get the group off the list". One that
// ends with the second word needs an adverb there, since "talk about" and "live
// in" are no such verbs.
const (
	maxApart     = 3
	adverbs      = " out off up down over back away "
	prepositions = " on in into to from through under at for "
)

// apart finds the longest phrase whose first word tokens begin with and whose
// others follow behind some words, and returns its line, or "".
func (l *Lexicon) apart(buffer *[]byte, tokens []words.Token) string {
	stem := tokens[0].Stem
	if verb, ok := irregular[tokens[0].Word]; ok {
		stem = verb
	}
	start := append(append((*buffer)[:0], "e:"...), stem...)
	defer func() { *buffer = start }()
	if _, _, longer := l.find(start); !longer {
		return ""
	}
	for second := 2; second <= maxApart+1 && second < len(tokens); second++ {
		adverb := among(adverbs, tokens[second].Word)
		if !adverb && !among(prepositions, tokens[second].Word) {
			continue
		}
		least := match{words: 2}
		if adverb {
			least.words = 1
		}
		if best := l.goOn(&start, tokens[second-1:], 1, least, 1, englishKey, passedEnglish); best.count > 0 {
			return best.line
		}
		if adverb {
			break
		}
	}
	return ""
}

// among reports whether a list has a word, with a space on each side.
func among(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

// find looks a key up in the first layer that has it.
func (l *Lexicon) find(key []byte) (line string, found, longer bool) {
	for _, layer := range l.layers {
		hit, has, goesOn := layer.find(key)
		if has && !found {
			line, found = hit, true
		}
		longer = longer || goesOn
	}
	return line, found, longer
}

// spanishWord looks a single word up: as it is written, else in the singular,
// else by its stem. So "casos" is a case and no house, though their stems are
// the same.
func (l *Lexicon) spanishWord(buffer *[]byte, word string) (line string, found bool) {
	key := *buffer
	defer func() { *buffer = key }()
	for _, form := range singularsES(word) {
		key = append(append(key[:0], "w:"...), form...)
		if line, found, _ = l.find(key); found {
			return line, true
		}
	}
	key = append(append(key[:0], "s:"...), words.SpanishStem(word)...)
	line, found, _ = l.find(key)
	return line, found
}

// appendExpansion appends e with the terms of a line after its own, their
// weights times factor, and without those that say nothing but what the span says. It
// appends nothing where no term is left.
func appendExpansion(found []Expansion, e Expansion, span []words.Token, line string, factor float64) []Expansion {
	e.Terms = slices.DeleteFunc(appendTerms(e.Terms, line), func(t Term) bool {
		for _, stem := range t.Stems {
			if !slices.ContainsFunc(span, func(tok words.Token) bool { return !tok.Stop && tok.Stem == stem }) {
				return false
			}
		}
		return true
	})
	if len(e.Terms) == 0 {
		return found
	}
	for i := range e.Terms {
		e.Terms[i].Weight *= factor
	}
	e.Terms = strongest(e.Terms)
	return append(found, e)
}

// strongest orders terms by falling weight, then in the order of their letters,
// and keeps of two that are the same the one of more weight.
func strongest(terms []Term) []Term {
	slices.SortStableFunc(terms, func(a, b Term) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), slices.Compare(a.Stems, b.Stems))
	})
	kept := terms[:0]
	for _, t := range terms {
		if !slices.ContainsFunc(kept, func(k Term) bool { return slices.Equal(k.Stems, t.Stems) }) {
			kept = append(kept, t)
		}
	}
	return kept
}

// Knows reports whether an English stem stands in the lexicon anywhere, as what
// is asked or as what is searched for: then it is a word, and spelt right.
func (l *Lexicon) Knows(stem string) bool {
	for _, layer := range l.layers {
		if layer.has(stem) {
			return true
		}
	}
	return false
}
