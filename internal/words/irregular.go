package words

import "strings"

// Irregular lists the other forms of an irregular English word, written as in
// Token.Word: for "wrote" they are write and written, for "write" wrote and
// written, for most words none. Stems do not join them: measured on questions,
// that brought less than it blurred (found, made, left). They are for words that
// would otherwise be taken for misspelt or missing.
func Irregular(word string) []string {
	at := strings.Index(irregular, " "+word+" ")
	if at < 0 || word == "" || strings.ContainsAny(word, " |") {
		return nil
	}
	family := irregular[strings.LastIndexByte(irregular[:at], '|')+1:]
	family, _, _ = strings.Cut(family, "|")
	var forms []string
	for form := range strings.FieldsSeq(family) {
		if form != word {
			forms = append(forms, form)
		}
	}
	return forms
}

// irregular are families of the forms of irregular verbs and nouns. Forms that
// are more often another word are left out (left, lay, rose, saw, wound, bore),
// as are words that have function words for forms.
const irregular = `
| arise arose arisen | awake awoke awoken | become became | begin began begun | bend bent | bind bound | bite bitten |
| bleed bled | blow blew blown | break broke broken | breed bred | bring brought | build built | burn burnt |
| buy bought | catch caught | choose chose chosen | cling clung | come came | creep crept | deal dealt | dig dug |
| draw drew drawn | drink drank drunk | drive drove driven | eat ate eaten | fall fell fallen | feed fed | feel felt |
| fight fought | find found | flee fled | fly flew flown | forbid forbade forbidden | foresee foresaw foreseen |
| forget forgot forgotten | forgive forgave forgiven | freeze froze frozen | get got gotten | give gave given |
| go went gone | grow grew grown | hang hung | hear heard | hide hid hidden | hold held | keep kept | kneel knelt |
| know knew known | lay laid | lead led | leap leapt | learn learnt | lend lent | lose lost | make made | mean meant |
| meet met | mislead misled | mistake mistook mistaken | overcome overcame | override overrode overridden |
| overrun overran | oversee oversaw overseen | overtake overtook overtaken | overthrow overthrew overthrown |
| pay paid | plead pled | repay repaid | ride rode ridden | ring rang rung | rise risen | run ran | say said |
| see seen | seek sought | sell sold | send sent | shake shook shaken | shine shone | shoot shot | show shown |
| shrink shrank shrunk | sing sang sung | sink sank sunk | sit sat | slay slew slain | sleep slept | slide slid |
| speak spoke spoken | speed sped | spend spent | spin spun | spring sprang sprung | stand stood |
| steal stole stolen | stick stuck | sting stung | strike struck stricken | strive strove | swear swore sworn |
| sweep swept | swell swollen | swim swam | swing swung | take took taken | teach taught | tear torn | tell told |
| think thought | throw threw thrown | undergo underwent undergone | understand understood |
| undertake undertook undertaken | undo undid undone | uphold upheld | wake woke woken | wear wore worn |
| weave wove woven | weep wept | win won | withdraw withdrew withdrawn | withhold withheld | withstand withstood |
| write wrote written | rewrite rewrote rewritten | rebuild rebuilt | retake retook retaken | resell resold |
| foretell foretold | man men | woman women | child children | foot feet | tooth teeth | wife wives | thief thieves |
| knife knives | crisis crises | thesis theses | hypothesis hypotheses | parenthesis parentheses |
| criterion criteria | phenomenon phenomena | appendix appendices | index indices | policeman policemen |
| congressman congressmen | gunman gunmen | fisherman fishermen | businessman businessmen | spokesman spokesmen |
| serviceman servicemen | airman airmen |
`
