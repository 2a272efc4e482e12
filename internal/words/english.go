package words

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

func englishStem(word string) string {
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// american rewrites the British spellings that follow a rule, and the few
// words of law and politics that do not. The result need not be a word: it is
// enough that both spellings meet.
func american(word string) string {
	if len(word) < 5 {
		return word
	}
	switch word {
	case "defence", "defences", "offence", "offences", "licence", "licences", "pretence", "pretences":
		return strings.Replace(word, "ence", "ense", 1)
	case "centre", "centres", "theatre", "theatres":
		return strings.Replace(word, "tre", "ter", 1)
	case "programme", "programmes":
		return strings.Replace(word, "mme", "m", 1)
	case "judgement", "judgements":
		return strings.Replace(word, "ge", "g", 1)
	case "cheque", "cheques":
		return strings.Replace(word, "que", "ck", 1)
	}
	for _, rule := range britishEndings {
		if stem, ok := strings.CutSuffix(word, rule.british); ok && len(stem) >= rule.least {
			return stem + rule.american
		}
	}
	return word
}

// britishEndings are tried in order; least is the length of what must stand
// before the ending ("four" and "hour" keep theirs).
var britishEndings = []struct {
	british, american string
	least             int
}{
	{"isation", "ization", 3},
	{"isations", "izations", 3},
	{"ise", "ize", 4},
	{"ised", "ized", 4},
	{"ises", "izes", 4},
	{"ising", "izing", 4},
	{"our", "or", 3},
	{"ours", "ors", 3},
	{"oured", "ored", 3},
	{"elled", "eled", 3},
	{"elling", "eling", 3},
}

// englishStops are the function words of English, contractions without their
// apostrophe. Negations and quantities (not, no, all, more) are among them:
// they decide what a sentence says, but not what it is about.
func englishStops() map[string]struct{} {
	const list = `
a an the this that these those
i me my mine myself we us our ours ourselves you your yours yourself yourselves
he him his himself she her hers herself it its itself they them their theirs themselves one ones
who whom whose which what when where why how whoever whatever whichever
am is are was were be been being do does did doing done have has had having
can could will would shall should may might must ought
and or but nor so yet if then else than as because since while though although unless until whether
of in on at by for to from with without within into onto upon about against between among through during
before after above below under over out off up down again further toward towards across along around via per
not no neither either both each every any some all more most much many few less least other another such own same
only just also too very even still ever never here there now well however therefore thus hence
yes ok okay please
isnt arent wasnt werent dont doesnt didnt havent hasnt hadnt cant couldnt wont wouldnt shouldnt mustnt
im ive id ill youre youve youd youll hes shes thats whats wheres whos hows theres theyre theyve weve lets
gonna wanna gotta
`
	stops := make(map[string]struct{})
	for word := range strings.FieldsSeq(list) {
		stops[word] = struct{}{}
	}
	return stops
}

// designators are what stands before the number of a part of a law, abbreviated
// and written out.
var designators = map[string]string{
	"art": "article", "arts": "articles", "sec": "section", "secs": "sections",
	"para": "paragraph", "paras": "paragraphs", "ch": "chapter", "chs": "chapters", "chap": "chapter",
	"cl": "clause", "cls": "clauses", "reg": "regulation", "regs": "regulations",
	"amend": "amendment", "amdt": "amendment", "tit": "title", "subsec": "subsection",
}
