package discord

import (
	"fmt"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/answer"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/words"
)

// Sizes of an answer: the first passage with its footnotes fills a telephone's
// screen, the further ones are there to be chosen from.
const (
	firstQuote   = 1200
	furtherQuote = 450
	answerNote   = 450 // a footnote
	answerNotes  = 3   // footnotes that are shown
	answerCaller = 300 // the sentence that calls a footnote
)

// answerPassages is how many passages of an answer are shown at a time.
const answerPassages = answer.DefaultLimit

// answerMessage shows an answer from the passage offset on: the quotation
// first, where the question is answered; a line above it that says that it may
// not be, where the passages are related; that alone where there is no answer,
// with the nearest passages behind a button. a has one passage more than are
// shown, if there is one, so that the button More can be left out; fewer are
// shown where a long question takes the room.
func answerMessage(a *desk.Answer, q question, offset int, l locale) (*message, error) {
	if a.Chatter != "" {
		return statement("", chatterReply(a.Chatter, l)), nil
	}
	p := newPage(l)
	e := p.asked(a.Question, q.earlier)
	p.mended(a.Mended)
	p.outdated(q.outdated)
	if offset == 0 {
		switch a.Verdict {
		case answer.Answered:
			e.Color = colourAnswered
		case answer.Related:
			e.Color = colourRelated
			p.paragraph(p.w.Related)
		default:
			return p.noAnswer(a, q)
		}
	} else if a.Verdict == answer.None {
		p.paragraph(p.w.Nearest)
	}
	return p.answerPage(a, q, offset)
}

// chatterReply is the short reply to what is no question.
func chatterReply(kind answer.Chatter, l locale) string {
	w := l.words()
	switch kind {
	case answer.Greeting:
		return w.Greeting
	case answer.Thanks:
		return w.Thanks
	case answer.Farewell:
		return w.Farewell
	case answer.SmallTalk:
		return w.SmallTalk
	case answer.Complaint:
		return w.Complaint
	case answer.Gibberish:
		return w.Gibberish
	default:
		return w.AboutBot
	}
}

// outdated says which documents have been replaced or removed since.
func (p *page) outdated(titles []string) {
	if len(titles) == 0 {
		return
	}
	named := make([]string, len(titles))
	for i, title := range titles {
		named[i] = shortTitle(title)
	}
	p.paragraph("**" + fmt.Sprintf(p.w.Outdated, p.listed(named)) + "**")
}

// mended says which words were taken for others.
func (p *page) mended(mended []answer.Mended) {
	for _, m := range mended {
		p.line(fmt.Sprintf(p.w.Mended, shortWord(m.As), shortWord(m.Written)))
	}
}

// shortWord is a word as it is named in a sentence; one that was made up to be
// long is cut.
func shortWord(word string) string {
	const longest = 40
	return escapeUnlinked(cutPlain(oneLine(word), longest))
}

// nearestMessage shows the passages nearest to a question that has no answer.
func nearestMessage(a *desk.Answer, q question, l locale) (*message, error) {
	p := newPage(l)
	p.asked(a.Question, q.earlier)
	p.paragraph(p.w.Nearest)
	return p.answerPage(a, q, 0)
}

// noAnswer says that there is none, and what the corpus never mentions.
func (p *page) noAnswer(a *desk.Answer, q question) (*message, error) {
	p.paragraph(p.w.None)
	p.missing(a.Missing, p.w.MissingToo)
	if len(a.Passages) > 0 {
		p.buttons(button(p.w.ButtonNearest, quiet, nearestAction{Document: q.document}))
	}
	return p.finish()
}

// answerPage adds the passages of an answer from offset on.
func (p *page) answerPage(a *desk.Answer, q question, offset int) (*message, error) {
	passages := a.Passages[min(offset, len(a.Passages)):]
	shown := 0
	for ; shown < min(len(passages), answerPassages); shown++ {
		if !p.answerPassage(&passages[shown], offset == 0 && shown == 0, shown > 0) {
			break
		}
	}
	if shown == 0 {
		p.paragraph(p.w.NoMore)
	}
	p.answerButtons(passages, shown, min(offset, len(a.Passages)), q.document)
	if offset == 0 {
		p.missing(a.Missing, p.w.Missing)
	}
	return p.finish()
}

// answerPassage adds one passage, the first one at length, further ones each in
// an embed of their own. It says whether there was room.
func (p *page) answerPassage(ps *desk.Passage, first, further bool) bool {
	if further {
		// Enough for the citation and for more than a few words of it.
		if p.left < measure(p.reference(ps))+2*minQuotation {
			return false
		}
		p.open("")
	}
	limit := furtherQuote
	if first {
		limit = firstQuote
	}
	if !p.passage(ps, limit) {
		if further {
			p.embeds = p.embeds[:len(p.embeds)-1]
		}
		return false
	}
	if first {
		if ps.Passage.Kind == document.Footnote {
			p.authorities(ps, ps.Passage)
		}
		p.notes(ps, notesCalled(ps), answerNote, answerNotes)
		p.callers(ps, answerCaller, 1)
	}
	p.notice(ps.Document)
	return true
}

// answerButtons adds those of the first passage in a row, and one for each
// further passage in another.
func (p *page) answerButtons(passages []desk.Passage, shown, offset int, only string) {
	var first, further []*discordgo.Button
	for i := range passages[:shown] {
		ps := &passages[i]
		v, evidence := versionOf(ps.Entry), evidenceSpan(ps)
		if i == 0 {
			first = append(first,
				button(p.w.ButtonContext, discordgo.PrimaryButton, contextAction{ps.Ref(), v, evidence}),
				button(p.w.ButtonCite, quiet, citeAction{ps.Ref(), v, evidence}))
			continue
		}
		label := fmt.Sprintf(p.w.ButtonContextOf, ps.Passage.Pincite())
		if ps.Document.ID != passages[0].Document.ID {
			label = fmt.Sprintf(p.w.ButtonContextOf, cutPlain(oneLine(ps.Document.Title), 30)+", "+ps.Passage.Pincite().String())
		}
		further = append(further, button(label, quiet, contextAction{ps.Ref(), v, evidence}))
	}
	if offset > 0 {
		first = append(first, button(p.w.ButtonBack, quiet, moreAction{max(0, offset-answerPassages), only}))
	}
	if shown < len(passages) && shown > 0 {
		first = append(first, button(p.w.ButtonMore, quiet, moreAction{offset + shown, only}))
	}
	p.buttons(first...)
	p.buttons(further...)
}

// missing adds the words that no document mentions, to the first embed.
func (p *page) missing(missing []string, format string) {
	if len(missing) == 0 {
		return
	}
	quoted := make([]string, len(missing))
	for i, word := range missing {
		quoted[i] = "“" + shortWord(word) + "”"
	}
	p.at = p.embeds[0]
	p.paragraph(fmt.Sprintf(format, p.listed(quoted)))
}

// evidenceSpan is the range that a button carries: from the first evidence to
// the end of the last.
func evidenceSpan(ps *desk.Passage) words.Span {
	if len(ps.Evidence) == 0 {
		return words.Span{}
	}
	return words.Span{Start: ps.Evidence[0].Start, End: ps.Evidence[len(ps.Evidence)-1].End}
}

// notesCalled are the footnotes that the sentences with evidence call; all of
// the passage's where there is no evidence.
func notesCalled(ps *desk.Passage) []*document.Passage {
	evidence := spansWithin(ps.Passage.Text, ps.Evidence)
	if len(evidence) == 0 {
		return ps.Document.NotesOf(ps.Passage)
	}
	s := newSelection(ps.Passage.Text)
	called := document.Passage{Kind: ps.Passage.Kind, Number: ps.Passage.Number}
	for _, i := range s.with(evidence) {
		for _, m := range ps.Passage.Markers {
			if m.Start < s.sentences[i].End && s.sentences[i].Start < m.End {
				called.Markers = append(called.Markers, m)
			}
		}
	}
	return ps.Document.NotesOf(&called)
}
