package discord

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// locale is a language that the bot speaks.
type locale string

const (
	english locale = "en"
	spanish locale = "es"
)

// localeOf is the bot's language for a Discord client's: Spanish for both of
// Discord's Spanish locales, else English.
func localeOf(l discordgo.Locale) locale {
	if l == discordgo.SpanishES || l == discordgo.SpanishLATAM {
		return spanish
	}
	return english
}

// wording is every text that the bot says, in one language. Its voice is short
// and plain: what is so, then what to do, without exclamation or excuse. The
// bot says nothing about a document in words of its own; what it says of one
// is quoted.
//
// Fields with verbs are formats of package fmt; those tagged max have at most
// so many units of [measure], verbs filled in. The Markdown in them is meant.
type wording struct {
	// Verdicts. An answered question has none: its quotation stands first.
	Related    string // above passages that may not answer
	None       string // in the place of an answer
	Missing    string // a list of words
	MissingToo string // the same, directly below None
	Nearest    string // above the passages of a question without an answer
	NoMore     string // past the last passage
	Mended     string // a word as it was taken, as it was written

	// Replies to what is no question.
	Greeting string
	Thanks   string
	Farewell string
	AboutBot string
	// SmallTalk, Complaint and Gibberish are the replies to what is no question
	// and no courtesy either.
	SmallTalk string
	Complaint string
	Gibberish string

	After       string `max:"100"` // the question before, up to maxEarlier
	FullAsked   string `max:"100"` // above a question too long for a title
	And         string // joins the last two of a list
	OthersToo   string // how many of a list are left out
	NotesNot    string // a list of footnotes that there was no room for
	CalledIn    string // a paragraph; above the sentence that calls a footnote
	NotCalled   string // of a footnote
	LinkPassage string // of the link to the place in the source
	LinkSource  string // of the link where that cannot be given

	// Buttons.
	ButtonContext   string `max:"80"`
	ButtonContextOf string `max:"80"` // a pincite of up to 12 characters
	ButtonCite      string `max:"80"`
	ButtonMore      string `max:"80"`
	ButtonBack      string `max:"80"`
	ButtonNearest   string `max:"80"`
	ButtonPrevious  string `max:"80"`
	ButtonNext      string `max:"80"`
	ButtonRead      string `max:"80"`
	ButtonAdd       string `max:"80"`
	ButtonCancel    string `max:"80"`
	ButtonFixTitle  string `max:"80"`
	ButtonRemove    string `max:"80"`
	ButtonKeep      string `max:"80"`
	ButtonReplace   string `max:"80"`
	ButtonUndo      string `max:"80"`

	// A search.
	Matches     plural // passages that match
	MatchesPart string // Matches, first and last that are shown
	NoMatch     string
	MatchesPast string // Matches, the number after which none is left

	// A passage.
	Section  string // its section, in bold
	Replaced string // of the document that a button was made for

	// Authorities.
	Authorities      string // a list of linked names, below a quotation
	AuthoritiesTitle string `max:"256"`
	AuthoritiesIn    string // a document's title
	AuthoritiesCount plural
	AuthoritiesPart  string // AuthoritiesCount, first and last row that are shown, of how many
	AuthoritiesNext  string // where to go from there
	AuthoritiesNone  string
	AuthorityOpen    string // of the link to one
	Names            plural // passages that name one
	NamesNone        string
	NamedAs          string // the names by which a passage does
	KindUnresolved   string // what is named and not certain

	// Kinds of authorities, as headings.
	KindConstitution   string
	KindStatute        string
	KindRegulation     string
	KindExecutiveOrder string
	KindBill           string
	KindReport         string
	KindCase           string
	KindTreaty         string
	KindResolution     string
	KindInternational  string
	KindUnitedNations  string

	// Citations.
	CiteText    string // above the text to copy
	CiteRecords string `max:"100"`
	CitePlain   string // the style of its own
	CiteLeftOut string // a list of styles
	CiteReceipt string // above the receipt

	// What came of a receipt.
	ReceiptHolds      string
	ReceiptReplaced   string
	ReceiptNoDocument string // why it does not hold; a document's id
	ReceiptNoVersion  string // a version's hash
	ReceiptNoPassage  string // a passage
	ReceiptNoRange    string // a passage
	ReceiptOtherText  string // a passage

	// Quotations that were checked. A snippet is a text in quotation marks.
	Snippet         string // the text
	VerifyExact     string
	VerifyMarked    string // of one with an ellipsis or a bracket that stands for words
	VerifyAltered   string // above a passage in which what differs is bold
	VerifyNear      string // above one in which what they have in common is
	VerifyJoined    string // above two, likewise
	VerifyAbsent    string
	VerifyChecked   string // a snippet
	VerifyVersion   string // its number, AddedOn, its hash
	VerifyBase      string // the hash of a document that the bot came with
	VerifyAlso      string // a list of passages
	VerifyAlsoMore  string // the first of the passages
	VerifyLeft      plural // quotations
	DiffElided      string // a snippet of the passage
	DiffEllipsis    string
	DiffBracket     string // a snippet of the quotation
	DiffBracketFor  string // the same, one of the passage
	DiffMarker      string // a marker
	DiffClosing     string // a comma or period
	DiffReference   string // a citation
	DiffJoined      string // a snippet of the quotation, a passage
	DiffChanged     string // one of the kinds below, the quotation's, the passage's
	DiffAdded       string // a kind, the quotation's
	DiffOmitted     string // a kind, the passage's
	DiffNumber      string
	DiffNegation    string
	DiffName        string
	DiffCase        string
	DiffPunctuation string
	DiffWord        string

	// Adding documents.
	PreviewTitle string `max:"256"`
	PreviewRead  string // the format; counts; the id
	PreviewFirst string // above the first paragraph
	PreviewLast  string // above the last one
	PreviewNote  string // above the first footnote
	WillReplace  string // when the version that is there was added
	Doubts       plural
	DoubtsNot    plural // that there was no room for
	Authors      string
	Date         string
	Site         string
	Source       string
	Language     string
	Paragraphs   plural
	Footnotes    plural
	Added        string // title, id
	AddedNext    string
	ReplacedNow  string // title, id
	Reread       string // title, id
	Unchanged    string // title, id
	Cancelled    string
	FixTitle     string `max:"45"`
	Fetching     string // what is being done; shown while it takes long
	Reading      string
	Indexing     string
	PasteTitle   string `max:"45"`
	PasteText    string `max:"45"`
	PasteHint    string `max:"100"`
	PasteName    string `max:"45"`

	// Documents.
	ListTitle    string `max:"256"`
	ListEmpty    string
	ListCount    plural
	ListPart     string // ListCount, first and last that are shown
	OfBase       string
	OfServer     string
	AddedOn      string // a day
	VersionOf    string // its number
	RemoveAsk    string // title, id
	Removed      string // title, id
	Kept         string
	SectionsHead string

	// Versions of a document.
	ReplaceTitle    string `max:"256"` // the present title
	ReplaceForm     string `max:"45"`
	ReplaceRead     string // the format, counts
	ReplaceOf       string // the id, a version, AddedOn and AddedBy
	ReplaceRenames  string // the new title
	AddedBy         string // a member
	ChangesNone     string
	ChangesAdded    string // places
	ChangesRemoved  string // places
	ChangesAltered  string // places
	PlaceWas        string // a place, the one before
	ChangeAdded     string // a place; above the passage, as the next three
	ChangeRemoved   string
	ChangeBefore    string
	ChangeAfter     string
	ChangesUnquoted plural
	Versions        plural
	PageOf          string // the id and Versions, a page's number, their number
	HistoryBase     string
	HistoryFirst    string
	HistorySame     string
	HistoryUnknown  string
	UndoAsk         string // title, id
	UndoTo          string // a version, AddedOn and AddedBy, the present version
	Undone          string // title, id, the version that it was, the new one
	Left            string
	Exported        string // ListCount
	ExportLarge     string // a size, the server's id
	LexiconShown    string // LexiconEntries
	LexiconUnread   string
	LexiconNone     string
	LexiconSet      string // LexiconEntries
	LexiconBefore   string
	LexiconCleared  string
	LexiconEntries  plural
	ReplacedThen    string // of a document that a button was made for
	BecameSame      string // what has become of a passage
	BecameMoved     string // a place
	BecameAltered   string // a place
	BecameGone      string
	Outdated        string // titles

	// What does not go.
	SlowDown plural // seconds
	Busy     string

	// Help and privacy, in Markdown. The operator's own texts are added by
	// none; Discord shows the bot's name above.
	HelpTitle    string `max:"256"`
	Help         string `max:"4096"`
	PrivacyTitle string `max:"256"`
	Privacy      string `max:"4096"`
}

// plural is a format for one and one for any other number.
type plural struct{ One, Many string }

func (p plural) of(n int) string {
	if n == 1 {
		return fmt.Sprintf(p.One, n)
	}
	return fmt.Sprintf(p.Many, n)
}

// words are the texts in a language.
func (l locale) words() *wording {
	if l == spanish {
		return spanishWording()
	}
	return englishWording()
}

// list joins names: "a, b and c".
func (w *wording) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + w.And + " " + names[last]
}

func englishWording() *wording {
	return &wording{
		Related:    "These passages are about this; they may not answer it.",
		None:       "**The documents here do not answer this.**",
		Missing:    "No document here mentions %s.",
		MissingToo: "They never mention %s.",
		Nearest:    "These are the nearest passages. **They do not answer the question.**",
		NoMore:     "There are no further passages.",
		Mended:     "Showing results for “%s” instead of “%s”.",

		Greeting:  "Hello. Ask a question about the documents here, such as: Who may declare war?",
		Thanks:    "You are welcome.",
		Farewell:  "Goodbye.",
		AboutBot:  "This is a program. It answers questions about the documents here with the passage that says so, word for word; /help says how.",
		SmallTalk: "That is beyond this bot: it knows the documents here and nothing else. Ask about them, such as: Who may declare war?",
		Complaint: "Sorry that it was of no help. Other words may find it, above all the names and terms that the documents use; /search looks for them one by one.",
		Gibberish: "That cannot be read as a question. Ask one in words, such as: Who may declare war?",

		After:       "After: %s",
		FullAsked:   "The question in full",
		And:         "and",
		OthersToo:   "%d more",
		NotesNot:    "Footnotes not shown here: %s.",
		CalledIn:    "Called in %s:",
		NotCalled:   "No paragraph calls this footnote.",
		LinkPassage: "Open at the passage",
		LinkSource:  "Open the source",

		ButtonContext:   "In context",
		ButtonContextOf: "%s in context",
		ButtonCite:      "Cite",
		ButtonMore:      "More",
		ButtonBack:      "Back",
		ButtonNearest:   "Nearest passages",
		ButtonPrevious:  "Previous",
		ButtonNext:      "Next",
		ButtonRead:      "Read",
		ButtonAdd:       "Add",
		ButtonCancel:    "Cancel",
		ButtonFixTitle:  "Fix title",
		ButtonRemove:    "Remove",
		ButtonKeep:      "Keep",
		ButtonReplace:   "Replace",
		ButtonUndo:      "Undo",

		Matches:     plural{"%d passage matches", "%d passages match"},
		MatchesPart: "%s; these are %d to %d.",
		NoMatch:     "No passage matches. Try fewer words, or `begin*` for every word that begins so.",
		MatchesPast: "%s; none is left after %d.",

		Section:  "In the section %s",
		Replaced: "This document has been replaced since that message; this is its present text.",

		Authorities:      "Authorities: %s",
		AuthoritiesTitle: "Authorities",
		AuthoritiesIn:    "Authorities in %s",
		AuthoritiesCount: plural{"%d authority.", "%d authorities."},
		AuthoritiesPart:  "%s Rows %d to %d of %d.",
		AuthoritiesNext:  "/citing shows the passages that name one.",
		AuthoritiesNone:  "No law, treaty, case or order is named here.",
		AuthorityOpen:    "Open the text",
		Names:            plural{"%d passage names it", "%d passages name it"},
		NamesNone:        "No passage here names it. /authorities lists what is named.",
		NamedAs:          "As %s:",
		KindUnresolved:   "Named without saying of what",

		KindConstitution:   "Constitution",
		KindStatute:        "Statutes",
		KindRegulation:     "Regulations",
		KindExecutiveOrder: "Executive orders",
		KindBill:           "Bills",
		KindReport:         "Reports of Congress",
		KindCase:           "Cases",
		KindTreaty:         "Treaties",
		KindResolution:     "Resolutions",
		KindInternational:  "International decisions",
		KindUnitedNations:  "Documents of the United Nations",

		CiteText:    "Quotation",
		CiteRecords: "For reference managers",
		CitePlain:   "Plain",
		CiteLeftOut: "Too long to show here: %s.",
		CiteReceipt: "Receipt, which /verify proves",

		ReceiptHolds:      "**The receipt holds.** What was quoted is in bold:",
		ReceiptReplaced:   "The document has been replaced since; this is the text as it was then.",
		ReceiptNoDocument: "**The receipt does not hold.** There is no document `%s` here.",
		ReceiptNoVersion:  "**The receipt does not hold.** No version `%s` of that document is kept here.",
		ReceiptNoPassage:  "**The receipt does not hold.** That version has no `%s`.",
		ReceiptNoRange:    "**The receipt does not hold.** Its range is none of the text of `%s`.",
		ReceiptOtherText:  "**The receipt does not hold.** Its range of `%s` has another text than it was made for.",

		Snippet:         "“%s”",
		VerifyExact:     "**Word for word.** It stands here:",
		VerifyMarked:    "**Word for word, but for what it marks.** It stands here:",
		VerifyAltered:   "**Not word for word.** This is the nearest passage; what differs is in bold.",
		VerifyNear:      "**Not word for word.** This is the nearest passage; what it has of it is in bold.",
		VerifyJoined:    "**Not word for word.** It is joined of two passages; what they have of it is in bold.",
		VerifyAbsent:    "**Not in the documents here.** No passage has it, and none is near it. Titles and headings are not compared.",
		VerifyChecked:   "Checked: %s",
		VerifyVersion:   "Version %d, %s, `%s`.",
		VerifyBase:      "The text that the bot came with, `%s`.",
		VerifyAlso:      "Also in %s.",
		VerifyAlsoMore:  "Also in %s and others.",
		VerifyLeft:      plural{"%d quotation of the message was not checked.", "%d quotations of the message were not checked."},
		DiffElided:      "Ellipsis: %s is left out.",
		DiffEllipsis:    "Ellipsis: it stands for nothing between the words quoted.",
		DiffBracket:     "Brackets: %s is the quoter’s.",
		DiffBracketFor:  "Brackets: %s, where the passage has %s.",
		DiffMarker:      "Footnote marker: %s is left out.",
		DiffClosing:     "Closing: the final %s is not the passage’s.",
		DiffReference:   "Taken for a citation and not checked: %s.",
		DiffJoined:      "Joined: %s is of %s.",
		DiffChanged:     "%s: %s, where the passage has %s.",
		DiffAdded:       "%s: %s is not in the passage.",
		DiffOmitted:     "%s: %s of the passage is left out.",
		DiffNumber:      "Number",
		DiffNegation:    "Negation",
		DiffName:        "Name",
		DiffCase:        "Case",
		DiffPunctuation: "Punctuation",
		DiffWord:        "Words",

		PreviewTitle: "To be added: %s",
		PreviewRead:  "Read as %s: %s. Its id will be `%s`. Nothing is added yet.",
		PreviewFirst: "It begins, %s:",
		PreviewLast:  "It ends, %s:",
		PreviewNote:  "Its first footnote, %s:",
		WillReplace:  "It will replace the version that was added on %s.",
		Doubts:       plural{"%d thing to check first:", "%d things to check first:"},
		DoubtsNot:    plural{"and %d more.", "and %d more."},
		Authors:      "By %s",
		Date:         "Dated %s",
		Site:         "Published by %s",
		Source:       "Source: %s",
		Language:     "Language: %s",
		Paragraphs:   plural{"%d paragraph", "%d paragraphs"},
		Footnotes:    plural{"%d footnote", "%d footnotes"},
		Added:        "**%s** is added as `%s`.",
		AddedNext:    "Ask about it with a mention of this bot, or with /ask.",
		ReplacedNow:  "**%s** is added as `%s` and replaces the version before.",
		Reread:       "**%s** was there as `%s`; it has been read again, and the new reading is kept.",
		Unchanged:    "The same file is there already, as **%s** under `%s`. Nothing was changed.",
		Cancelled:    "Nothing was added.",
		FixTitle:     "Fix the title",
		Fetching:     "Fetching the document.",
		Reading:      "Reading the document.",
		Indexing:     "Indexing the document.",
		PasteTitle:   "Add a document",
		PasteText:    "Text or Markdown",
		PasteHint:    "A blank line between paragraphs; footnotes as [1] in the text and below it.",
		PasteName:    "Title",

		ListTitle:    "Documents",
		ListEmpty:    "There are no documents here. A moderator adds them with /corpus add.",
		ListCount:    plural{"%d document", "%d documents"},
		ListPart:     "%s; these are %d to %d.",
		OfBase:       "in every server",
		OfServer:     "of this server",
		AddedOn:      "added on %s",
		VersionOf:    "version %d",
		RemoveAsk:    "Remove **%s** (`%s`) from this server, with all its versions? This cannot be undone.",
		Removed:      "**%s** (`%s`) is removed.",
		Kept:         "Nothing was removed.",
		SectionsHead: "Sections:",

		ReplaceTitle:    "To be replaced: %s",
		ReplaceForm:     "Replace a document",
		ReplaceRead:     "The new text, read as %s: %s. Nothing is replaced yet.",
		ReplaceOf:       "It takes the place of `%s`, version %d, %s, which is kept.",
		ReplaceRenames:  "Its title will be %s.",
		AddedBy:         "by %s",
		ChangesNone:     "No passage changes.",
		ChangesAdded:    "**Added:** %s",
		ChangesRemoved:  "**Removed:** %s",
		ChangesAltered:  "**Altered:** %s",
		PlaceWas:        "%s (was %s)",
		ChangeAdded:     "%s, added:",
		ChangeRemoved:   "%s, removed:",
		ChangeBefore:    "%s, before:",
		ChangeAfter:     "%s, after:",
		ChangesUnquoted: plural{"%d change is not quoted here.", "%d changes are not quoted here."},
		Versions:        plural{"%d version", "%d versions"},
		PageOf:          "%s; page %d of %d",
		HistoryBase:     "The bot came with it; it has no earlier versions.",
		HistoryFirst:    "The first version that is kept.",
		HistorySame:     "No passage was changed.",
		HistoryUnknown:  "What it changed is not known: a stored copy is damaged.",
		UndoAsk:         "Undo the last change of **%s** (`%s`)?",
		UndoTo:          "It becomes what it was in version %d, %s. Version %d is kept.",
		Undone:          "**%s** (`%s`) is again what it was in version %d, as version %d.",
		Left:            "Nothing was changed.",
		Exported:        "%s of this server in one archive: the original files, and what was read from them as JSON. `pincite add` reads it back. Earlier versions are not in it.",
		ExportLarge:     "The archive is larger than the %s that Discord takes here. Whoever runs this bot can make it with `pincite export --server %s FILE`.",
		LexiconShown:    "The lexicon of this server: %s. To change it, give the changed file to /corpus lexicon.",
		LexiconUnread:   "The lexicon of this server is not understood by this version of the program, and left out. Here it is.",
		LexiconNone:     "This server has no lexicon of its own; the built-in one is always used. To add words that your members ask with, give a plain text to /corpus lexicon. Each line of it is an entry, with English terms on the right, such as `barge, lighter => cargo vessel 0.8, ship`; below a line `[es]` the left side is Spanish: `gabarra => barge`.",
		LexiconSet:      "The lexicon of this server is set: %s. It counts from the next question on, in this server alone.",
		LexiconBefore:   "What there was before is attached.",
		LexiconCleared:  "This server has no lexicon of its own any more; the built-in one is always used.",
		LexiconEntries:  plural{"%d entry", "%d entries"},
		ReplacedThen:    "This document has been replaced since that message. This is the text as it was then.",
		BecameSame:      "The present version has it unchanged.",
		BecameMoved:     "It has moved: the present version has it unchanged as %s.",
		BecameAltered:   "It has been altered: the present version has it as %s.",
		BecameGone:      "The present version does not have it.",
		Outdated:        "Replaced or removed since that message: %s.",

		SlowDown: plural{"That was too fast. Ask again in %d second.", "That was too fast. Ask again in %d seconds."},
		Busy:     "Too much is being asked here at once. Ask again in a minute.",

		HelpTitle: "What this bot does",
		Help: `It answers questions about the documents in this server with the passage that answers, word for word, and its citation. What stands behind a bar is quoted; **bold** is what answers. Where the documents do not answer, it says so.

**Ask**
Mention the bot with a question, write to it directly, or use /ask. Reply to an answer with a mention to ask on. To ask about a message: Apps, *Ask about this*.
**In context** shows what stands around the passage, **Cite** its citation in every style, **More** further passages.

**Search**
/search finds passages by keywords: ` + "`+must` `-not` `\"a phrase\"` `begin*` `this OR that` `kind:note` `cites:\"50 U.S.C. § 3091\"`" + `.

**Verify**
/verify says whether a quotation is in the documents, word for word, and if it is not, what differs; it also proves the receipt that **Cite** gives. To check what a message quotes: Apps, *Verify quote*.

**Authorities**
/authorities lists the laws, treaties, cases and orders that the documents name, each with the passages that name it; /citing shows the passages that name one, in any spelling.

**Read**
/read shows a passage with its footnotes, by number: ` + "`p8`" + ` is paragraph 8, ` + "`n1`" + ` footnote 1. /cite gives the citation of a passage in any style, and the records for reference managers, ready to copy.

**Documents**
/corpus list shows what is here. Those who may manage the server add documents with /corpus add, or from a message with Apps, *Add to this server's documents*, and take them away with /corpus remove. /corpus replace shows what a new text changes, /corpus history who changed what; /corpus undo takes the last change back, /corpus export hands out all of them in one archive. /corpus lexicon is for words of your own that questions are expanded with.

Paragraphs are counted by the bot, from 1, headings left out. It quotes and does not give legal advice.`,
		PrivacyTitle: "Privacy",
		Privacy: `**Questions** are answered on the machine that runs the bot and go to no other service. They are neither stored nor logged; they stand only in Discord's own messages, where the bot reads them again when a button is pressed. The numbers of handled messages are kept in memory for 15 minutes, so that none is answered twice.

**What is read:** commands, direct messages to the bot, and messages that mention it, reply to it, or are handed to it with a command under Apps. No others. A web address that is given to /corpus add is fetched from its site.

**Documents** that a server adds are stored with the original file, the day, and the Discord id of the member who added them. What was previewed and not added is deleted after about a week, or at once with Cancel. Only that server can search them. When one is replaced, its earlier versions are kept, and shown to members under answers that quoted them. /corpus remove deletes a document with all its versions; when the bot leaves a server, all documents of that server and its lexicon are deleted.

For anything else, ask whoever runs this bot.`,
	}
}
