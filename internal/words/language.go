package words

import (
	"iter"
	"strings"
)

// The languages that texts are analysed in, as BCP 47 tags.
const (
	English = "en"
	Spanish = "es"
)

// Evidence for a language is counted in thirds of a function word.
const (
	fullWord = 3
	nameWord = 1
	// sampled is how many words of a document are looked at, at most, in pieces
	// of pieceBytes, and surely how much evidence for English, against next to
	// none, ends the look.
	sampled    = 600
	pieceBytes = 1 << 12
	surely     = 12 * fullWord
	// clearly is by how many times one language's evidence must outweigh the
	// other's against what a document says of itself, which web pages often say
	// of their frame alone, and much how much of it there must be.
	clearly = 8
	much    = 30 * fullWord
)

// TextLanguage is the language that a document is analysed in, Spanish or
// English, by what it says of itself (declared, a BCP 47 tag or a name; may be
// empty) and by the function words of its texts. What it says holds unless the
// texts speak clearly against it. English stands for all other languages.
func (a *Analyzer) TextLanguage(declared string, texts iter.Seq[string]) string {
	declared = primaryLanguage(declared)
	en, es, others, seen := 0, 0, 0, 0
	var tokens []Token
	for text := range texts {
		tokens = a.english.AppendTokens(tokens[:0], text[:min(len(text), pieceBytes)])
		for _, tok := range tokens {
			inEnglish, inSpanish := Evidence(tok)
			en, es = en+inEnglish, es+inSpanish
			if inEnglish+inSpanish == 0 && listed(otherRomance, tok.Word) {
				others += fullWord
			}
		}
		seen += len(tokens)
		if seen > sampled || (declared != Spanish && en > surely && en > clearly*es) {
			break
		}
	}
	switch declared {
	case Spanish:
		if en > much && en > clearly*es {
			return English
		}
		return Spanish
	case "":
		if es >= 2*nameWord && es > en && es > others {
			return Spanish
		}
	case English:
		if es > much && es > clearly*en && es > others {
			return Spanish
		}
	}
	return English
}

// Evidence is how far a word, by an English analyzer, speaks for each language:
// 3 for a function word that only one has, 1 for one of Spanish that stands in
// names in English texts (El Paso, Los Angeles), else 0.
func Evidence(tok Token) (english, spanish int) {
	switch {
	case listed(spanishInNames, tok.Word):
		return 0, nameWord
	case listed(inBoth, tok.Word):
		return 0, 0
	case SpanishStop(tok.Word):
		return 0, fullWord
	case tok.Stop:
		return fullWord, 0
	}
	return 0, 0
}

func listed(list, word string) bool { return strings.Contains(list, " "+word+" ") }

// primaryLanguage is the primary language of a tag such as es-MX, or of a name;
// empty for none.
func primaryLanguage(tag string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(Fold(strings.TrimSpace(tag)), "_", "-"), "-")
	switch primary {
	case "es", "spa", "spanish", "espanol", "castellano", "castilian":
		return Spanish
	case "en", "eng", "english", "ingles":
		return English
	case "und", "mul", "zxx":
		return ""
	}
	return primary
}

// inBoth are the function words of Spanish that mean something in English too,
// as words or abbreviations. They say nothing of the language.
const inBoth = " a e eras era etc ha has he me mi mia mas no nos o os pa sea ser so solo son tan te ti tu u va van vos ya "

// spanishInNames are those that stand in English texts in names and loans only
// ("El Paso", "Iran-Contra", "UN", "para. 5").
const spanishInNames = " al ante contra de del el en es la las le les los para se si sin un y "

// otherRomance are function words of Portuguese, French, Italian and Catalan
// that Spanish has not.
const otherRomance = " nao um uma em com das do dos na nas ao pelo pela sao foi voce mais isso isto " +
	"et des une est dans pour qui avec pas au aux ce cette sont ne plus il elle nous vous " +
	"di che della delle degli gli nel alla sono per non ed anche questo questa " +
	"els amb dels aquest aquesta pel perque tambe "
