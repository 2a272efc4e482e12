package answer

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"pincite/internal/index"
	"pincite/internal/words"
)

// Chatter is what was said to the bot rather than asked of the documents; empty
// for a question.
type Chatter string

// The kinds of chatter, those that tell more of what was meant first.
const (
	// AboutBot asks what or who answers, or what it can do.
	AboutBot Chatter = "about"
	// Complaint says that the bot is of no use, or insults it.
	Complaint Chatter = "complaint"
	Thanks    Chatter = "thanks"
	Farewell  Chatter = "farewell"
	// SmallTalk is talk that no document answers: jokes, laughter, feelings, the
	// time of day, a test.
	SmallTalk Chatter = "smalltalk"
	Greeting  Chatter = "greeting"
	// Gibberish has no word of any language.
	Gibberish Chatter = "gibberish"
)

// chatterOrder is what a text is called that has several kinds: what is said
// beside a greeting or thanks tells more than they do.
func chatterOrder() []Chatter {
	return []Chatter{AboutBot, Complaint, Thanks, Farewell, SmallTalk, Greeting}
}

// chatterWords are the words that make a text chatter where it has no others
// but function words, fillers and neutral words. English and Spanish.
func chatterWords(kind Chatter) string {
	switch kind {
	case Greeting:
		return " hi hello hey heya heyo hiya hii howdy yo sup gm hallo hullo greetings salutations morning afternoon evening gday ello oi ahoy " +
			"hola ola ey holi holis holaa buenos buenas buen saludos wassup wazzup whatsup whaddup aloha bonjour ciao bienvenido bienvenida "
	case Thanks:
		return " thanks thank thx thnx thanx tnx tx ty tysm tyvm tyty cheers appreciated appreciate kudos props gracias grax grasias merci " +
			"helpful helped helps nice great awesome perfect cool amazing brilliant excellent wonderful fantastic superb splendid neat goat " +
			"genial excelente perfecto estupendo maravilloso agradezco agradecido agradecida crack bravo util gj wp lifesaver legend genius "
	case Farewell:
		return " bye byebye byee goodbye cya cu later laters night goodnight gn nite farewell ttyl gtg brb peace toodles cheerio " +
			"adios chao chau hasta bai nos vemos vemo luego despedida "
	case SmallTalk:
		return " lol lul lool lel lmao lmfao rofl roflmao xd kek ok okay okey okie oki k kk kay yep yup yeah yea yah yes nope nah no sure fine wow whoa omg omfg wtf " +
			"hmm hm hmmm mm mhm uh um er huh meh oof bruh yay yikes oops welp smh idk idc idgaf rip gg pog poggers based cringe sheesh bet aight alright " +
			"test testing tested tester prueba probando ping pong check mic " +
			"vale dale claro si sip sep nop ajam aja uy ay ups guau listo bueno ok oki pues jaj "
	case Complaint:
		return " sucks suck useless stupid dumb idiot moron trash garbage terrible horrible awful worst bad lame annoying boring wrong " +
			"inutil tonto tonta estupido estupida idiota malo mala pesimo pesima basura peor "
	default:
		return " "
	}
}

// neutralWords go with chatter of any kind.
const neutralWords = " you your u ur ya yall there good gud best day today tonight tomorrow weekend dia dias tarde tardes noche noches estas esta que tal muchas muchos mucho muchisimas muchisimo mil " +
	"todo todos todas bien lot lots bunch ton tons million millions so much all everyone everybody folks team friend friends buddy pal mate chat channel people sir maam dear amigo amigos amiga amigas gente " +
	"again very really pincite bot is are am im r eres un una el la lo le les te a an the doing see luego manana pronto proxima later soon ahi nuevo nuevamente gusto placer " +
	"nice meet meeting wish help helping time job work works bot answer respuesta trabajo ayuda for your por de verdad buen buena quick super muy tan y o two three one 1 2 3 12 123 1234 " +
	"next man men bro dude partner wey guey tio world girl boy guys feliz semana finde have had heart from thats it its was this that just love "

// asksWords are the words that a question begins with. Where one stands in a
// clause, only a whole saying that is known makes it chatter.
const asksWords = " who whom whose what whats which when where why how quien quienes que cual cuales cuando donde adonde como cuanto cuanta cuantos cuantas porque "

// documentWords are fillers that speak of the documents or of a subject: "what
// is the paper about?" and "test case" are no chatter.
const documentWords = " case cases point part example way kind sort means meaning article articles text document documents author authors paper piece analysis analyses writer page passage paragraph question questions mention mentions mentioned state stated "

// chatter recognises what is no question. Every clause of the text has to be a
// saying that is known, or to consist of words that are; a text with any other
// clause is a question.
func (a *Answerer) chatter(ctx context.Context, view *index.View, text string) (Chatter, error) {
	text = strings.ReplaceAll(text, "<3", " love ")
	found := make(map[Chatter]bool)
	tokens, only := 0, true
	for clause := range clausesOf(text) {
		spoken := spokenWords(a.words.Tokens(clause))
		if len(spoken) == 0 {
			continue
		}
		tokens += len(spoken)
		kind, ok := a.clauseChatter(spoken)
		only = only && ok
		if kind != "" {
			found[kind] = true
		}
	}
	if tokens == 0 || tokens > maxChatter {
		return "", nil
	}
	if !only {
		return a.gibberish(ctx, view, text)
	}
	for _, kind := range chatterOrder() {
		if found[kind] {
			return kind, nil
		}
	}
	return "", nil
}

// maxChatter is the most words that chatter has.
const maxChatter = 40

// clausesOf parts a text at its punctuation, dashes and lines.
func clausesOf(text string) func(func(string) bool) {
	return strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(".,;:!?¡¿…()\n—–\"*", r) })
}

// spokenWords are the words of a clause, drawn-out letters written once or
// twice ("heyyyy", "sooo").
func spokenWords(tokens []words.Token) []string {
	var spoken []string
	for _, tok := range tokens {
		spoken = append(spoken, undrawn(tok.Word))
	}
	return spoken
}

// undrawn writes a letter that stands three times or more in a row once, or
// twice where that is a word of chatter ("goood", "looool").
func undrawn(word string) string {
	var once, twice strings.Builder
	runes := []rune(word)
	drawn := false
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && runes[j] == runes[i] {
			j++
		}
		n := min(j-i, 2)
		twice.WriteString(string(runes[i : i+n]))
		if j-i > 2 {
			n, drawn = 1, true
		}
		once.WriteString(string(runes[i : i+n]))
		i = j
	}
	if drawn && !isNumber(word) {
		if isChatterWord(twice.String()) && !isChatterWord(once.String()) {
			return twice.String()
		}
		return once.String()
	}
	return word
}

func isChatterWord(word string) bool {
	if isIn(word, neutralWords) {
		return true
	}
	_, ok := chatterWord(word)
	return ok
}

// chatterWord is the kind of chatter that a word speaks for, if any.
func chatterWord(word string) (Chatter, bool) {
	if laughter.MatchString(word) {
		return SmallTalk, true
	}
	for _, kind := range chatterOrder() {
		if isIn(word, chatterWords(kind)) {
			return kind, true
		}
	}
	return "", false
}

var laughter = regexp.MustCompile(`^(?:(?:[jh][aeiou]+){2,}[jh]?|a?(?:ha)+h?|a?(?:ja)+j?|(?:lo)+l+|x+d+|k{3,}|mu?aha(?:ha)*)$`)

// clauseChatter is the kind of a clause; ok is false where it is none. A clause
// of neutral words is of no kind, and does no harm beside others.
func (a *Answerer) clauseChatter(spoken []string) (kind Chatter, ok bool) {
	if kind := a.saying(spoken); kind != "" {
		return kind, true
	}
	found := make(map[Chatter]bool)
	asks, documents := false, false
	for _, word := range spoken {
		kind, isChatter := chatterWord(word)
		_, filler := fillers[word]
		switch {
		case isIn(word, documentWords):
			documents = true
		case isIn(word, asksWords):
			asks = true
		case isChatter:
			found[kind] = true
		case !filler && !isIn(word, neutralWords) && !isIn(word, smallWords):
			return "", false
		}
	}
	if asks || documents {
		return "", false
	}
	for _, kind := range chatterOrder() {
		if found[kind] {
			return kind, true
		}
	}
	return "", true
}

// smallWords are function words that chatter is strung together with.
const smallWords = " i me my we us they and or but of in on at by to with as if then than too also not dont didnt not been be do did does have has will would can could should " +
	"youre youve theyre ive id ill here now well ever again out up down some any more most many please very still only " +
	"yo mi me nos se su sus en con sin al del es son soy muy mas pero ya no si tu usted vos ti por para ser fue ha he has las los "

// saying is the kind of a clause that is a known saying as a whole, but for a
// greeting or politeness around it.
func (a *Answerer) saying(spoken []string) Chatter {
	if !a.maySay(spoken) {
		return ""
	}
	for start := 0; start < len(spoken); start++ {
		for end := len(spoken); end > start; end-- {
			clause := strings.Join(spoken[start:end], " ")
			for _, s := range a.sayings() {
				if s.pattern.MatchString(clause) {
					return s.kind
				}
			}
			if !polite(spoken[end-1]) {
				break
			}
		}
		if !polite(spoken[start]) {
			break
		}
	}
	return ""
}

// polite reports whether a word may stand before or after a saying.
func polite(word string) bool {
	return isIn(word, politeWords) || isIn(word, chatterWords(Greeting))
}

const politeWords = " partner oh ok okay so well and but um uh lol lmao haha please pls plz pincite bot dude bro bruh man mate buddy friend tho though then today now again " +
	"anyway btw hola oye eh che pues bueno y pero ay por favor porfa porfavor amigo hoy jaja ahora gracias thanks thx there everyone guys all just quick question can you could "

// longestSaying is the most words of a clause that is compared with sayings, and
// maxStrange how many of them may be no word of a saying, where the bot is
// addressed: sayings have places for any word ("do you like …").
const (
	longestSaying = 14
	maxStrange    = 2
)

// maySay reports whether a clause has the words of sayings. Most questions have
// not, and are not compared with them.
func (a *Answerer) maySay(spoken []string) bool {
	if len(spoken) > longestSaying {
		return false
	}
	vocabulary, strange, addressed := a.sayingWords(), 0, false
	for _, word := range spoken {
		addressed = addressed || isIn(word, " you u your ur ya tu te ")
		if _, ok := vocabulary[word]; !ok && !polite(word) {
			strange++
		}
	}
	return strange == 0 || (addressed && strange <= maxStrange)
}

// readSayingWords lists the words of sayingLines, those with a letter, a space or
// an ending that may be left out in both forms.
func readSayingWords() map[string]struct{} {
	vocabulary := make(map[string]struct{})
	optional, ending := regexp.MustCompile(`[a-z ]\?`), regexp.MustCompile(`([a-z])\(([a-z]+)\)\?`)
	for _, lines := range sayingLines {
		for _, text := range []string{lines, optional.ReplaceAllString(lines, ""), ending.ReplaceAllString(lines, "$1$2")} {
			for word := range strings.FieldsFuncSeq(strings.ReplaceAll(text, "?", ""), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				vocabulary[word] = struct{}{}
			}
		}
	}
	return vocabulary
}

type sayingPattern struct {
	kind    Chatter
	pattern *regexp.Regexp
}

// compileSayings compiles the lines of sayingLines, in the order of kinds.
func compileSayings() []sayingPattern {
	var list []sayingPattern
	for _, kind := range chatterOrder() {
		for line := range strings.Lines(sayingLines[kind]) {
			if line = strings.TrimSpace(line); line != "" {
				list = append(list, sayingPattern{kind, regexp.MustCompile("^(?:" + line + ")$")})
			}
		}
	}
	return list
}

// sayingLines are what people say to a bot, as regular expressions over words
// in lower case without accents and apostrophes; "what's" is "what" there.
//
//nolint:misspell // Spanish
var sayingLines = map[Chatter]string{
	AboutBot: `
(who|what|whos|whats)( the (hell|heck))? (are|r) (you|u)( exactly| really| anyway| supposed to be)?
(so )?(are|r) (you|u|ya) (a |an |the |really |real |just |some |kind |of |even |like |actually |still )*(bot|robot|ai|chatbot|gpt|chatgpt|llm|language model|human|humans|person|machine|program|computer|real|alive|sentient|conscious|siri|alexa|claude|gemini|online|awake|working|man|woman|boy|girl|guy|male|female|lawyer)( or (not|a |an |the |real |just )*(bot|robot|ai|human|person|machine|program|real|fake|man|woman|boy|girl)?)?
(are|r) (you|u) (made|powered|run|built|written|created|programmed|trained|owned) (by|with|in|on)( \w+){1,2}
(you|u|youre|ur)( are)? (just |really |only |not )*(a |an )?(bot|robot|ai|human|machine|program|person|real)
(is )?(this|that)( just| really)? (a |an )?(bot|robot|ai|chatbot|human|real person)
what(s|is)?( is)? (your|ur)( full| real)? (name|job|purpose|deal|function|age|gender|version|model|source code)
(do|does) (you|u) have (a |an |any |real )*(name|feelings|emotions|soul|brain|mind|body|face|gender|consciousness|family|friends|parents|memory)
who( the hell)? (made|created|built|programmed|wrote|developed|coded|designed|owns|runs|trained|invented|maintains|hosts|controls|is) (you|u|this bot|the bot|this robot|your (creator|maker|developer|owner|author|boss|master))
who( is|s)? (your|ur) (creator|maker|developer|owner|author|boss|master|daddy|father|mother|dev)
how (old|smart|tall|big|intelligent|clever|fast|good|accurate) are (you|u)
when (were|are) (you|u) (born|made|created|built|programmed)
(when|what)( is|s)? your birthday
where (are|do|did) (you|u)( now| live| from| come from)?
how (do|does|did) (you|u|this bot|the bot|this thing) (work|function|think|learn|know( that| this| all that| all this)?)
how do (i|we) (use|talk to|ask|work) (you|u|this bot|the bot|this)
what (can|do|could) (you|u) (do|know|offer|answer|help with|help me with)( for (me|us))?
what are (you|u) (for|capable of|good for|good at|able to do|doing( here)?|made of|made for|up to|thinking( about)?)
what (is|does) (this|the) bot( do| for)?
(can|could|will|would) (you|u) help( me| us)?( out)?( with (something|this))?
(i need |give me |need )?(some |your )?help( me| us)?( out)?
(do|can|could) (you|u) (speak|understand|talk|talk in) (spanish|english|french|german|espanol|ingles|portuguese|italian|other languages|any other languages?)( too)?
(can|do|could) (you|u) (even |really |actually )?(think|feel|dream|sleep|eat|talk|hear( me)?|read( my mind)?|learn|speak|see( me)?|breathe|understand me|remember me|know me|know who i am|know my name)
(what|which) (language model|model|llm|ai|version|language|programming language|company) (are you|do you use|are you based on|do you speak|do you run on|were you written in|made you|powers you)
(quien|que) (eres|es usted|sos)( tu| vos)?( en realidad)?
(como|cual es) (te llamas|se llama|(tu|su) nombre)( tu)?
(tu )?(eres|es usted|sos) (tu |un |una |de |la |el |realmente |acaso |solo )*(bot|robot|ia|inteligencia artificial|humano|humana|persona|maquina|real|verdad|programa|chatbot|chatgpt|consciente|abogado|abogada|hombre|mujer)( real| de verdad| normal)?( o (no|un |una |de )*(bot|robot|ia|humano|persona|maquina|verdad|mujer|hombre)?)?
(esto )?es( esto)? (un |una )?(bot|robot|ia|chatbot)
(quien|quienes) (te|lo) (hizo|hicieron|creo|crearon|programo|construyo|diseno|desarrollo|invento|entreno|mantiene)
quien es tu (creador|creadora|dueno|jefe|autor|padre|madre)
(que edad|cuantos anos) (tienes|tiene)
(de )?donde (eres|vives|estas|vienes|sale|es usted)
(que|cuales cosas|que cosas) (puedes|sabes|puede|sabe) (hacer|responder|contestar)( por mi)?
(para|a) que (sirves|te dedicas|eres|sirve( esto| este bot)?)
como (funcionas|funciona( esto| este bot| el bot)?|se usa( esto| este bot)?|te uso|sabes (eso|tanto|todo eso))
(tu )?(hablas|entiendes|habla|entiende|sabes)( tambien)? (espanol|ingles|frances|castellano|catalan|portugues|otros idiomas)
(me )?(puedes|puede|podrias) (ayudar|ayudarme|ayudarnos)( con algo)?
(me )?(ayuda|ayudame|ayudanos|necesito ayuda|auxilio|socorro)
(tienes|tiene) (sentimientos|emociones|nombre|alma|cerebro|familia|amigos|conciencia|memoria|novia|novio)
que (modelo|version|idioma|idiomas) (eres|usas|hablas)
`,
	Complaint: `
(shut up|shut it|stop|stop it|go away|be quiet|get lost|piss off|fuck off|fuck you|screw you|die|stfu|damn you)
(you|u|this bot|the bot|it|this|that)( really| just| still)? (suck|sucks|blows|is broken|are broken|doesnt work|does not work|dont work|never works|is not working|isnt working|is useless)
(you|u|youre|this bot|the bot|this|that|it)( are| is| was| were)? (a |an |so |such |very |really |totally |completely |not |the |just |pretty |still )*(useless|stupid|dumb|bad|wrong|annoying|boring|lame|broken|worst|terrible|horrible|awful|an idiot|idiot|moron|liar|lying|dumbass|trash|garbage|helpful at all|crap|joke|ugly)( bot| answer| thing)?
(that|this|it)( is| was)?( not| isnt| wasnt)( even)? (what i (asked|meant|wanted)|right|correct|true|helpful|an answer|the answer|my question|it)
thats?( is)?( not| wrong)( what i (asked|meant|wanted)| right| an answer)?
(bad|stupid|dumb|worst|useless|silly|shitty|terrible|wrong|awful|horrible|lousy) (bot|answer|robot|ai|reply|response)
(i )?(hate|dislike|cant stand) (you|u|this|this bot|this thing)( so much)?
(you|u) (dont|do not|didnt|cant) (know|understand|help|answer|get)( me| it| anything| anything at all| shit| my question| nothing)?
callate( ya)?|largate|vete( ya)?|dejame en paz|basta( ya)?|vete a la mierda|que te den
(no )?(eres|es|sos) (un |una |muy |tan |el |la |de lo |mas )*(inutil|tonto|tonta|estupido|estupida|idiota|malo|mala|peor|aburrido|aburrida|pesado|pesada|feo|fea|torpe|basura|burro|mentiroso)
que (inutil|tonto|tonta|malo|mala|estupido|estupida|idiota|pesado|torpe|lento)( eres| es| sos)?
(no )?(sirves|sirve)( para)?( nada)?
(eso |esto )?no es (lo que (pregunte|queria|pedi)|correcto|cierto|verdad|asi|util)
(eso |esto )?(esta|es) mal
(mal|mala|pesimo|pesima) (bot|respuesta|servicio)
te (odio|detesto)( mucho)?
no (entiendes|sabes|ayudas|funcionas|funciona|respondes)( nada| esto)?
`,
	Thanks: `
(good|nice|great|best|clever|smart|well|awesome|amazing|excellent|cool|sweet|lovely|bravo) (bot|robot|ai|one|job|work|answer|done|played|reply|response|boy|girl|stuff)( ever)?
(you|u|youre|this bot|this)( are| is)? (so |very |really |pretty |quite |a |an |the |such |too |just |super )*(cute|funny|smart|cool|great|good|nice|kind|clever|amazing|awesome|helpful|best|perfect|brilliant|genius|legend|lifesaver|sweet|useful|hero|goat|wonderful|beautiful|pretty|fast|handy)( bot| robot| one)?
(that|this|it)( is| was|s)? (so |very |really |pretty |quite |a |super |just |exactly )*(helpful|useful|great|perfect|awesome|good|nice|cool|amazing|brilliant|what i (needed|wanted|was looking for)|it|quick|fast|right|correct|interesting)( answer)?
thats? (is )?(so |very |really |a |exactly |just )*(helpful|useful|great|perfect|awesome|good|nice|cool|what i (needed|wanted)|it|all|right|correct|interesting|all i needed)
(got it|makes sense|understood|i see|good to know|noted|fair enough|that helps|much obliged|problem solved|you rock|you rule|you saved me|youre the best|fair point)( now| a lot)?
(i )?(really |so )*(appreciate|appreciated) (it|this|that|your help|you|the help)( so much| a lot)?
(you have|youve) been( very| so| really)? (helpful|great|kind)
(buen|buena|gran|excelente|mejor|bonita|buenisima|buenisimo) (bot|robot|trabajo|respuesta|ia|dato)
(tu )?(eres|es|sos) (un |una |muy |tan |el |la |lo |de )*(genial|lindo|linda|listo|lista|inteligente|gracioso|graciosa|bueno|buena|mejor|amable|crack|genio|util|guapo|guapa|simpatico|maquina|grande|maravilla|encanto)
(te |se )?(lo )?(agradezco|agradecemos)( mucho| la ayuda| tu ayuda)?
(me )?(sirvio|ayudo|ayudaste|sirve|ayuda|ha servido|has ayudado)( mucho| bastante| un monton)
(muy |que )(amable|bien|bueno|buena|util|genial|interesante|guay|chulo|padre|listo)
((muy )?bien hecho|entendido|ya veo|ya entendi|entiendo|tiene sentido|te pasaste|eso era|era eso|justo lo que (buscaba|necesitaba|queria))
(no se como|como)( te| puedo)? agradecer(te|telo)?
`,
	Farewell: `
(see|c|cu|catch|talk to|speak to) (you|u|ya)( all| guys)?( later| soon| around| tomorrow| next time| again| then)?
(have|enjoy) (a |the |your )?(good |nice |great |lovely |rest of )*(your |the )?(day|night|evening|weekend|one|time|week|afternoon)
(i |ive )?(have to|gotta|got to|must|need to|should|will|am|im|ill)( be)?( off to| now)? (go|going|run|leave|leaving|sleep|bed|off|heading (out|home|off)|be going|get going)( to (bed|sleep|work|school))?( now)?
(take care|until next time|so long|later (gator|alligator)|sweet dreams|sleep (well|tight)|good ?night|thats?( is)? all( for (now|today))?( folks)?|im (off|out|done|leaving)|peace out|signing off|over and out|till tomorrow|until (then|tomorrow|later))
hasta( la)? (luego|manana|pronto|vista|otra|proxima|siempre|nunca|ahora|entonces)
(nos|te|les) (vemos|veo|leemos|hablamos)( luego| manana| pronto| despues| otro dia)?
(que )?(tengas|tenga|pases|pase|descanses|descanse|duermas|te vaya|le vaya)( un| una)?( buen| buena| lindo| linda| bien| feliz)?( dia| noche| tarde| finde| fin de semana)?
(me )?(voy|tengo que ir|tengo que irme|debo irme|despido|retiro)( ya| a dormir| a la cama| ahora)?
(cuidate|cuidese|feliz (dia|noche|tarde|finde)|buenas noches|eso es todo|a dormir|dulces suenos|que descanses)
`,
	SmallTalk: `
(can you |could you |please |do you know |know |say |got )*(tell|give|know|have|make|write|show|sing|read)? ?(me|us)? ?(a|an|another|some|any|something|one|good|bad|the|your best|dad|knock knock)*( good| bad| funny| dad)* ?(jokes?|riddles?|poems?|songs?|haiku|fun facts?|bedtime story|love story|secret|funny|interesting|pun)
(tell|read|write) (me|us) (a |another )(story|fairy tale|tale|limerick|rap)
(say|tell me|do|show me) (something|anything|sth)( funny| nice| interesting| cool| smart| else| random)?
make me (laugh|smile|happy|a sandwich|coffee|rich)
sing( me| us| for me)?( a| something)?( song)?|dance( for me| with me)?|beatbox|rap( for me)?|flip a coin|roll a (die|dice|d20)|play (a game|music|chess)( with me)?|count to \w+|knock knock
i (really |so |just |still |also |kinda )*(love|like|miss|adore|luv|heart|want|trust|need) (you|u|ya|this bot|this)( so much| too| all| very much| a lot| bot)?
(do|would|will|can|could) (you|u) (love|like|hate|miss|marry|date|kiss|hug|trust|want|be (my|friends with)|go out with|hang out with|sing|dance|rap|play|tell|make)( (me|us|my|a|the|some|with me|for me|girlfriend|boyfriend|friend|valentine|joke|song|game|games|music|chess|coffee))*
do (you|u) (like|enjoy|prefer|eat|drink|watch|play) \w+( or (do you like )?\w+)?
(will you )?marry me|kiss me|hug me|be my (friend|girlfriend|boyfriend|valentine)|lets (be friends|play|party|chat|talk|dance)|i wanna (talk|chat|play|die|cry)|talk to me|chat with me
(i am|im|am|i feel|we are|were|me) (so |very |really |just |a bit |kinda |feeling |super |too )*(bored|tired|sad|happy|hungry|sleepy|back|here|lonely|drunk|sick|thirsty|excited|cold|hot|stressed|confused|depressed|ok|okay|fine|good|well|great|new here|alive|dead|home|testing|kidding|joking|just kidding)( today| now| too| af)?
(you|u) (there|up|ok|okay|awake|good|alive|serious|kidding( me)?|sure|mad|bro|wanna (chat|talk|play|fight))
(are|r) (you|u) (there|up|ok|okay|awake|good|serious|kidding( me)?|sure|mad|happy|sad|bored|tired|hungry|single|married|free|busy|drunk|high|crazy|feeling ok|a virgin|cute|hot|listening|angry)( tonight| today| about that)?
what (do|did|would|will) (you|u) (like|eat|think|drink|dream|wear|watch|want|do for fun|do all day|have for (breakfast|lunch|dinner))( about)?( me| us| for fun| of me| to (eat|do|drink)| today)?
(what|who)( is|s)? (your|ur)? ?(favou?rite|fav) \w+( \w+)?
what time is it( now)?|what( is|s)? the time|what day is it( today)?|what( is|s)? (todays|the) date( today)?|what( is)? today
(what|how)( is|s)? the weather( like)?( today| tomorrow| outside| there| now)?|(is it|will it) (rain|raining|snow|snowing|sunny|cold|hot)( today| tomorrow| outside)?
(just )?(a )?(test|testing|tests|ping|mic check|check)( test| testing)*( only| message| run)?( one two( three)?| 1 2( 3)?| 12| 123)?
(this is |its )(just |only )?(a )?(test|joke)( message)?
(is|does) (this|it|the bot)( thing| bot)? (on|work|working|alive|up|online|down)( yet| now)?|(anyone|anybody|someone) (here|there|home|around|online)
what( is|s)? (2|two|1|one) (\+|plus|and)? ?(2|two|1|one)|(what|whats|what is) the meaning of life|(why did )?the chicken cross the road|why did the chicken cross the road|how much wood would a woodchuck chuck( if .*)?|to be or not to be|never gonna give you up|(merry|happy) (christmas|xmas|birthday|new year|easter|halloween|friday|monday)( to (me|you))?|happy holidays|congrats|congratulations|good luck( with that)?|bless you|same( here| bro)?|me too|nothing( much)?|never ?mind|forget (it|about it)|just (kidding|joking|curious|saying)|no (problem|worries|way|thanks?)|of course|for real|oh (no|my god|well|boy|wow)|my bad|(im )?sorry( about that| bot)?|you too|who cares|so what|whatever|what(ever)? you say|do a (barrel roll|flip)|good (point|question|luck)
(me |nos )?(cuenta|cuentame|cuentanos|dime|dinos|sabes|haz|di|conoces|puedes contar|puedes contarme|contame)( me| nos)? (un|otro|algun|una|unos|algo)( buen| buenos)? ?(chiste|chistes|historia|cuento|broma|adivinanza|poema|secreto|gracioso|divertido|interesante|bonito|lindo)?
hazme (reir|feliz|un favor|un cafe)|canta(me)?( una cancion| algo)?|baila( conmigo| para mi)?|juguemos|hablame|charlemos|quiero (hablar|charlar|jugar|llorar)( contigo)?
(yo )?(te|los|os) (quiero|amo|extrano|adoro|echo de menos)( mucho| tanto| un monton| bot)?
(tu )?(me )?(quieres|amas|extranas|odias|adoras)( mucho| tu| casarte conmigo| ser mi (amigo|amiga|novio|novia)| salir conmigo| bailar| jugar)?|casate conmigo|dame un (beso|abrazo)
(yo )?(estoy|ando|me siento) (muy |tan |un poco |bien |re )*(aburrido|aburrida|triste|cansado|cansada|feliz|enojado|enojada|solo|sola|enfermo|enferma|mal|bien|contento|contenta|borracho|borracha|bromeando|probando|perdido|perdida)( hoy)?|tengo (hambre|sueno|sed|frio|calor|miedo)
(que|cual)( es)?( tu)? (musica|comida|color|pelicula|cancion|equipo)( te)?( gusta| favorita| favorito| es tu favorit[ao])( mas)?|cual es tu (color|comida|pelicula|cancion|equipo|animal|musica) (favorito|favorita)
que (te gusta|comes|sonaste|piensas de mi|opinas de mi|desayunaste|almorzaste)( comer| hacer)?|que hora es|que dia es( hoy)?|que (clima|tiempo) hace( hoy)?|que fecha es( hoy)?|va a llover( hoy)?|hace (frio|calor)
(esto |esta )?(es )?(solo |solamente |nada mas )?(una )?(prueba|probando|pruebas)( de sonido)?( uno dos( tres)?| 1 2( 3)?)?
(estas|sigues) (ahi|vivo|despierto|soltero|soltera|casado|casada|bien|loco|loca|ocupado|ocupada|feliz|triste)|hay alguien( ahi| aqui)?|funciona( esto)?
feliz (navidad|cumpleanos|ano|ano nuevo|lunes|viernes|pascua)|felicidades|felicitaciones|(buena )?suerte|igualmente|yo tambien|de nada|no importa|olvidalo|da igual|lo siento|perdon|disculpa|por supuesto|claro que (si|no)|no pasa nada|que (risa|gracioso|divertido|loco|locura|fuerte|asco|pena|lastima|miedo)|ay (dios|no)|dios mio|en serio|no me digas|es broma|era broma|me da igual|cual es el sentido de la vida
(todo bien|todo tranquilo|aqui andamos|bien y tu|muy bien y tu|nada y tu)
`,
	Greeting: `
how( are| r| is|s)? (you|u|ya|yall|everyone|everybody|everything|things|it|life|we)( all| guys)?( doing| going| feeling| been| today| hanging| holding up)*
hows (it|life|everything|things|your (day|morning|night|week)|you)( going| been| doing)?( so far)?( today)?
how (have|has) (you|u|your day|everything) been( lately)?|how do you do|how( is| was)? your (day|weekend|week|morning|night|evening)( going| so far)*|how (ya|you) doin
(what|whats|wat|wuts|wassup)( is|s)? (up|new|good|happening|cracking|poppin|crackin|going on|cooking)( with you| bot| dog| dawg| my (dude|man|friend))?
wyd|what (are )?(you|u) (doing|up to)( today| now| rn)?
(nice|pleased|good|great|lovely) to (meet|see) (you|u|ya)( all| again)?|(long time no see|im back|welcome( back)?|good to be (here|back)|top of the morning( to you)?|rise and shine|is anybody here|anyone home)
(good|gud|gd) (morning|afternoon|evening|day)( to you| everyone| all| bot| sir| yall| people)*
(que|q|k) (tal|onda|hay|haces|pasa|hubo|paso|mas|cuentas|hace|hubole|hay de nuevo)( estas| estan| va todo| todo| por (ahi|aqui)| amigo| bro| wey| tio)*
(como|komo) (estas|esta|estan|vas|andas|van|te va|le va|te sientes|has estado|esta todo|va( todo)?|va el dia|te encuentras|amaneciste|amanecio|anda|andan|lo llevas|te fue|estuvo tu dia)( hoy| tu| usted| todo| ustedes| todos| bot| amigo)*
(muy )?(buen|buena|buenos|buenas)( dia| dias| tarde| tardes| noche)?( a todos| a todas| bot| gente| amigos)*
(mucho gusto|encantado|encantada|un gusto|un placer|tanto tiempo|cuanto tiempo|ya (llegue|volvi)|bienvenido|bienvenida|un saludo|saludos( a todos)?)( de)?( conocerte| verte)?
`,
}
