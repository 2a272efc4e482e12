// Package words reads a text as words and sentences, with byte offsets, for
// everybody who compares texts: the index, the choice of evidence, the checks
// on quotations.
//
// Two spellings of one word meet in its stem: letters are folded to lower
// case without accents, British spellings to American ones, and inflections
// are removed by the Snowball stemmer of the text's language, English or
// Spanish. What is folded here is only ever
// compared; what is quoted is cut from the text by the offsets.
package words

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// Token is a word of a text: text[Start:End] is how it stands there.
type Token struct {
	Start, End int
	// Word is the word in lower case without accents, possessive ending and
	// the periods of an acronym.
	Word string
	// Stem is what two inflections of the word have in common.
	Stem string
	// Stop marks function words (the, of, is), which say nothing of what a
	// text is about.
	Stop bool
}

// Analyzer makes tokens of texts in one language. It is safe for concurrent
// use. It remembers the stems of words that it has met, in a bounded table.
type Analyzer struct {
	stem        func(string) string
	stops       map[string]struct{}
	designators map[string]string
	seed        maphash.Seed
	known       []atomic.Pointer[form]

	english *Analyzer
	spanish func() *Analyzer // made when it is first asked for
}

// form is a word as it was met, and what became of it.
type form struct {
	raw, word, stem string
	stop            bool
}

// knownForms is the size of the table of forms. English prose of 100,000
// passages has some 60,000 forms, of which the commonest 10,000 make up more
// than nine tenths of the running text.
const knownForms = 1 << 15

// NewAnalyzer makes an analyzer for English, which knows the one for Spanish.
func NewAnalyzer() *Analyzer {
	a := &Analyzer{
		stem:        func(word string) string { return englishStem(american(word)) },
		stops:       englishStops(),
		designators: designators,
		seed:        maphash.MakeSeed(),
		known:       make([]atomic.Pointer[form], knownForms),
	}
	a.english = a
	a.spanish = sync.OnceValue(func() *Analyzer {
		es := &Analyzer{
			stem:        SpanishStem,
			stops:       spanishStops,
			designators: spanishDesignators,
			seed:        maphash.MakeSeed(),
			known:       make([]atomic.Pointer[form], knownForms),
			english:     a,
		}
		es.spanish = func() *Analyzer { return es }
		return es
	})
	return a
}

// In is the analyzer for texts in a language: Spanish's for Spanish, else
// English's, which does the least harm to others. The tokens of both have the
// same places and words; stems and function words are each language's own.
func (a *Analyzer) In(language string) *Analyzer {
	if language == Spanish {
		return a.spanish()
	}
	return a.english
}

// Tokens lists the words of a text in order.
func (a *Analyzer) Tokens(text string) []Token {
	return a.AppendTokens(make([]Token, 0, len(text)/6+1), text)
}

// AppendTokens appends the words of a text to tokens, for callers that reuse
// the slice.
func (a *Analyzer) AppendTokens(tokens []Token, text string) []Token {
	for at := 0; at < len(text); {
		start, end := nextWord(text, at)
		if start == end {
			break
		}
		f := a.form(text[start:end])
		if f.word != "" {
			tokens = append(tokens, Token{Start: start, End: end, Word: f.word, Stem: f.stem, Stop: f.stop})
			a.designate(tokens)
		}
		at = end
	}
	return tokens
}

// designate writes out the abbreviation before a number that was appended:
// "art. 51" and "Article 51" have the same stems.
func (a *Analyzer) designate(tokens []Token) {
	last := len(tokens) - 1
	if last < 1 || !isDigit(rune(tokens[last].Word[0])) {
		return
	}
	if full, ok := a.designators[tokens[last-1].Word]; ok {
		tokens[last-1].Stem = a.form(full).stem
	}
}

// Stem is the stem of a single word, such as one of a lexicon.
func (a *Analyzer) Stem(word string) string { return a.form(word).stem }

// longestAcronym is the most letters of a Spanish word in capitals that is taken
// for an acronym: a longer one is a word of a title in capitals.
const longestAcronym = 5

func (a *Analyzer) isSpanish() bool { return a.english != a }

func (a *Analyzer) form(raw string) *form {
	slot := &a.known[maphash.String(a.seed, raw)%knownForms]
	if f := slot.Load(); f != nil && f.raw == raw {
		return f
	}
	raw = strings.Clone(raw) // not to keep the whole text alive
	word, acronym := normal(raw)
	if acronym && a.isSpanish() {
		// Spanish titles are often in capitals, and no acronym is a function word.
		_, stop := a.stops[word]
		acronym = !stop && len(word) <= longestAcronym
	}
	f := &form{raw: raw, word: word, stem: word}
	if _, stop := a.stops[word]; stop && !acronym {
		f.stop = true
	} else if !acronym && !strings.ContainsFunc(word, unicode.IsDigit) {
		f.stem = a.stem(word)
	}
	slot.Store(f)
	return f
}

// nextWord finds the first word at or after a position. A word is a run of
// letters, digits and combining marks; an apostrophe between letters, a period
// between the single letters of an acronym, and a period or comma between
// digits belong to it. start == end where there is none.
func nextWord(text string, at int) (start, end int) {
	for at < len(text) {
		r, size := decode(text, at)
		if isWord(r) {
			break
		}
		at += size
	}
	start = at
	prev, letters := rune(0), 0 // letters since the last period or the start
	for at < len(text) {
		r, size := decode(text, at)
		switch {
		case isWord(r):
			letters++
		case at+size >= len(text) || at == start:
			return start, at
		default:
			next, _ := decode(text, at+size)
			switch {
			case (r == '\'' || r == '’') && unicode.IsLetter(prev) && unicode.IsLetter(next):
			case (r == '.' || r == ',') && isDigit(prev) && isDigit(next):
			case r == '.' && letters == 1 && unicode.IsLetter(prev) && unicode.IsLetter(next) && acronymGoesOn(text, at+size):
				letters = 0
			default:
				return start, at
			}
		}
		prev = r
		at += size
	}
	return start, at
}

// acronymGoesOn reports whether what follows the period of a single letter is
// a single letter again, as in U.S., and no word, as in "Plan B.Then".
func acronymGoesOn(text string, at int) bool {
	_, size := decode(text, at)
	if at+size >= len(text) {
		return true
	}
	r, _ := decode(text, at+size)
	return !isWord(r)
}

func decode(text string, at int) (rune, int) {
	if c := text[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[at:])
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isDigit(r) || (r|0x20 >= 'a' && r|0x20 <= 'z')
	}
	// Superscript figures are markers of footnotes; they part words.
	return unicode.IsLetter(r) || unicode.Is(unicode.Nd, r) || unicode.Is(unicode.Mn, r)
}
