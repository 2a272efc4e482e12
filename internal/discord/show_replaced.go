package discord

import (
	"fmt"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
)

// Sizes of a passage of a document that has been replaced.
const (
	formerQuote = 1800 // as it was quoted
	laterQuote  = 1200 // as it is now
)

// formerMessage shows a passage that was quoted from a version that has been
// replaced since: as it was, marked so, and what has become of it.
func formerMessage(q *desk.Quoted, l locale) (*message, error) {
	then := q.Then
	p := newPage(l)
	p.open(then.Document.Title)
	p.paragraph("**" + p.w.ReplacedThen + "**")
	p.section(then.Passage)
	heading, reference := "**"+escape(noteName(then.Passage))+"**", p.reference(then)
	if limit := p.fits(formerQuote, heading, reference); limit > 0 {
		p.quote(heading, quote(then.Passage, then.Evidence, limit))
	}
	p.line(reference)
	p.paragraph(becameText(q, l))
	row := []*discordgo.Button{}
	if now := q.Now; now != nil {
		if now.Passage.Text != then.Passage.Text {
			reference := p.reference(now)
			if limit := p.fits(laterQuote, reference); limit > 0 {
				p.quote("", quote(now.Passage, sentencesNotIn(now.Passage.Text, then.Passage.Text), limit))
				p.line(reference)
			}
		}
		row = append(row, button(p.w.ButtonRead, quiet, readAction{now.Ref()}))
	}
	p.notice(then.Document)
	row = append(row, button(p.w.ButtonCite, quiet, citeAction{then.Ref(), versionOf(then.Entry), evidenceSpan(then)}))
	p.buttons(row...)
	return p.finish()
}

// becameText says what has become of a passage in the present version.
func becameText(q *desk.Quoted, l locale) string {
	w := l.words()
	switch {
	case q.Now == nil:
		return w.BecameGone
	case q.Now.Passage.Text != q.Then.Passage.Text:
		return fmt.Sprintf(w.BecameAltered, q.Now.Passage.Pincite())
	case q.Now.Passage.Pincite() != q.Then.Passage.Pincite():
		return fmt.Sprintf(w.BecameMoved, q.Now.Passage.Pincite())
	}
	return w.BecameSame
}
