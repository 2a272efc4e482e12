package answer

import "pincite/internal/words"

// Chatter is what was said to the bot rather than asked of the documents; empty
// for a question.
type Chatter string

// The kinds of chatter.
const (
	Greeting Chatter = "greeting"
	Thanks   Chatter = "thanks"
	Farewell Chatter = "farewell"
	// AboutBot asks what or who answers.
	AboutBot Chatter = "about"
)

// chatterWords are the words that make a text chatter where it has no others
// but function words, fillers and neutral words. English and Spanish.
var chatterWords = map[Chatter]string{
	Greeting: " hi hello hey heya hiya howdy yo sup greetings morning afternoon evening hola buenas buenos holi saludos wassup whatsup ",
	Thanks:   " thanks thank thx ty tysm cheers appreciated appreciate gracias merci helpful helped helps nice great awesome perfect cool genial ",
	Farewell: " bye goodbye cya ciao adios later night chao farewell hasta ",
	AboutBot: " bot robot ai chatbot gpt chatgpt llm human humano real person persona machine name nombre ",
}

// neutralWords go with chatter of any kind.
const neutralWords = " you your u there good day today dias tardes noches estas esta como que tal muchas mucho todo bien lot so much all everyone " +
	"everybody folks team friend amigo again very pincite are is am im eres un una el la a an the doing going see luego manana pronto "

// chatter recognises what is no question. A text with any other word is one.
func (a *Answerer) chatter(text string) Chatter {
	tokens := a.words.Tokens(text)
	found := make(map[Chatter]int)
	for _, tok := range tokens {
		kind, ok := chatterOf(tok)
		if !ok {
			return ""
		}
		if kind != "" {
			found[kind]++
		}
	}
	// What is said beside a greeting or thanks tells more than they do.
	for _, kind := range []Chatter{AboutBot, Thanks, Farewell, Greeting} {
		if found[kind] > 0 && (kind != AboutBot || addressesBot(tokens)) {
			return kind
		}
	}
	return ""
}

// chatterOf is the kind of chatter that a word speaks for, if any; ok is false
// where it speaks against all of them.
func chatterOf(tok words.Token) (kind Chatter, ok bool) {
	for kind, list := range chatterWords {
		if isIn(tok.Word, list) {
			return kind, true
		}
	}
	if _, filler := fillers[tok.Word]; filler || tok.Stop || isIn(tok.Word, neutralWords) {
		return "", true
	}
	return "", false
}

// addressesBot reports whether a text speaks to the bot, in the second person.
func addressesBot(tokens []words.Token) bool {
	for _, tok := range tokens {
		if isIn(tok.Word, " you your youre u eres tu usted te ") {
			return true
		}
	}
	return false
}
