package lexicon

import (
	"strings"

	"pincite/internal/words"
)

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

// Language is the language of a question, English or Spanish, or "" where its
// words do not tell. It counts the function words of each language that the
// other does not have and the endings that only one has (-ción, -mente; -tion,
// -ing); the higher count holds. Articles and prepositions that stand in
// Spanish names too count a third each (see words.Evidence).
func Language(tokens []words.Token) string {
	const full, third = 3, 1
	en, es := 0, 0
	for _, tok := range tokens {
		inEnglish, inSpanish := words.Evidence(tok)
		en, es = en+inEnglish, es+inSpanish
		switch {
		case tok.Stop || words.SpanishStop(tok.Word):
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
