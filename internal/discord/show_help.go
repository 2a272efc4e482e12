package discord

import (
	"errors"

	"pincite/internal/fault"
	"pincite/internal/lexicon"
)

// statement is a private message of one embed. What it says is fixed or
// escaped, and it quotes nothing.
func statement(heading, markdown string) *message {
	p := newPage(english) // its words are not used
	p.open(heading)
	p.at.Description = markdown
	m := fit(message{Embeds: p.embeds, Private: true})
	return &m
}

// helpMessage says what the bot does and how it is asked.
func helpMessage(l locale) *message { return statement(l.words().HelpTitle, l.words().Help) }

// privacyMessage says what is read, stored and deleted.
func privacyMessage(l locale) *message { return statement(l.words().PrivacyTitle, l.words().Privacy) }

// errorMessage says what went wrong, in the sentence that is safe to read. The
// sentence may name a file or repeat what was typed, and so is escaped.
func errorMessage(err error, l locale) *message {
	if l == spanish {
		if errs, ok := errors.AsType[*lexicon.ParseError](err); ok {
			return statement("", escapeUnlinked(lexiconRefusal(errs)))
		}
		return statement("", escapeUnlinked(fault.In(err, spanishRefusal)))
	}
	return statement("", escapeUnlinked(fault.Sentence(err)))
}

// slowDownMessage tells a member who floods for how many seconds to wait.
func slowDownMessage(seconds int, l locale) *message {
	return statement("", l.words().SlowDown.of(seconds))
}

// busyMessage says that the server's queue is full.
func busyMessage(l locale) *message { return statement("", l.words().Busy) }

// cancelledMessage says that a previewed document was not added.
func cancelledMessage(l locale) *message { return statement("", l.words().Cancelled) }

// keptMessage says that a document was not removed.
func keptMessage(l locale) *message { return statement("", l.words().Kept) }
