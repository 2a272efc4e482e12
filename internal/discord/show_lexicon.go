package discord

import (
	"fmt"
	"strings"

	"pincite/internal/desk"
	"pincite/internal/lexicon"
)

// lexiconMessage comes with a server's own lexicon; one without text says how
// to write one.
func lexiconMessage(own *desk.Lexicon, l locale) (*message, error) {
	w := l.words()
	switch {
	case own.Text == "":
		return lexiconPage(w.LexiconNone, "", l)
	case own.Entries == 0:
		return lexiconPage(w.LexiconUnread, own.Text, l)
	}
	return lexiconPage(fmt.Sprintf(w.LexiconShown, w.LexiconEntries.of(own.Entries)), own.Text, l)
}

// lexiconSetMessage says that a lexicon of so many entries was set; before is
// the text that it replaces, if any.
func lexiconSetMessage(entries int, before string, l locale) (*message, error) {
	w := l.words()
	return lexiconGonePage(fmt.Sprintf(w.LexiconSet, w.LexiconEntries.of(entries)), before, l)
}

// lexiconClearedMessage says that the lexicon was cleared; before is its text,
// where it could be read.
func lexiconClearedMessage(before string, l locale) (*message, error) {
	return lexiconGonePage(l.words().LexiconCleared, before, l)
}

// lexiconGonePage says something, and hands out what is no more.
func lexiconGonePage(said, before string, l locale) (*message, error) {
	if before != "" {
		said += " " + l.words().LexiconBefore
	}
	return lexiconPage(said, before, l)
}

// lexiconPage says something, and attaches a lexicon that is not empty.
func lexiconPage(said, attached string, l locale) (*message, error) {
	p := newPage(l)
	p.open("")
	p.private = true
	p.paragraph(said)
	m, err := p.finish()
	if err == nil && attached != "" {
		m.Upload = &upload{name: "lexicon.txt", kind: "text/plain; charset=utf-8", data: []byte(attached)}
	}
	return m, err
}

// lexiconRefusal says in Spanish which lines of a lexicon were not understood,
// as its fault says it in English.
func lexiconRefusal(errs *lexicon.ParseError) string {
	const shown = 5
	list := errs.List[:min(shown, len(errs.List))]
	told := make([]string, len(list))
	for i, one := range list {
		told[i] = one.ReasonIn(spanishLexiconReason)
		if one.Line > 0 {
			told[i] = fmt.Sprintf("línea %d (%s): %s", one.Line, one.Text, told[i])
		}
	}
	more := ""
	if n := len(errs.List) - len(list) + errs.More; n > 0 {
		more = fmt.Sprintf("; y %d más", n)
	}
	return "El léxico no se ha entendido: " + strings.Join(told, "; ") + more + "."
}
