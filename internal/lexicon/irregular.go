package lexicon

// irregular gives the stem of the verb for the forms of it that no stemmer
// joins with it, so that "took to court" is the phrase "take to court". Forms
// that are more often another word ("ground", "wound", "saw") are left out.
var irregular = map[string]string{
	"ate": "eat", "became": "becom", "began": "begin", "begun": "begin", "bent": "bend", "bitten": "bite",
	"blew": "blow", "blown": "blow", "bought": "buy", "broke": "break", "broken": "break", "brought": "bring",
	"built": "build", "came": "come", "caught": "catch", "crept": "creep", "dealt": "deal", "did": "do",
	"done": "do", "drawn": "draw", "drew": "draw", "driven": "drive", "drove": "drive", "dug": "dig",
	"fallen": "fall", "fed": "feed", "fell": "fall", "felt": "feel", "fled": "flee", "flew": "fli",
	"flown": "fli", "forbade": "forbid", "forbidden": "forbid", "forgot": "forget", "forgotten": "forget",
	"fought": "fight", "found": "find", "froze": "freez", "frozen": "freez", "gave": "give", "given": "give",
	"gone": "go", "got": "get", "gotten": "get", "grew": "grow", "grown": "grow", "heard": "hear",
	"held": "hold", "hid": "hide", "hidden": "hide", "hung": "hang", "kept": "keep", "knew": "know",
	"known": "know", "laid": "lay", "led": "lead", "left": "leav", "lent": "lend", "lost": "lose",
	"made": "make", "meant": "mean", "met": "meet", "overthrew": "overthrow", "overthrown": "overthrow",
	"paid": "pay", "ran": "run", "ridden": "ride", "risen": "rise", "rode": "ride", "rose": "rise",
	"said": "say", "sank": "sink", "sat": "sit", "seen": "see", "sent": "send", "shaken": "shake",
	"shook": "shake", "shot": "shoot", "slept": "sleep", "sold": "sell", "sought": "seek", "spent": "spend",
	"spoke": "speak", "spoken": "speak", "stole": "steal", "stolen": "steal", "stood": "stand",
	"struck": "strike", "stuck": "stick", "swept": "sweep", "swore": "swear", "sworn": "swear", "taken": "take",
	"taught": "teach", "thought": "think", "threw": "throw", "thrown": "throw", "told": "tell", "took": "take",
	"tore": "tear", "torn": "tear", "undid": "undo", "undone": "undo", "understood": "understand", "went": "go",
	"withdrawn": "withdraw", "withdrew": "withdraw", "woke": "wake", "won": "win", "wore": "wear",
	"worn": "wear", "written": "write", "wrote": "write",
}
