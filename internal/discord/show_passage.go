package discord

import (
	"fmt"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/words"
)

// Sizes of a passage that is read.
const (
	readQuote   = 2600
	readNote    = 700
	readNotes   = 8
	readCallers = 3
	readCaller  = 500
	aroundQuote = 350 // of the paragraphs before and after, in context
)

// passageMessage shows a passage with its footnotes, or for a footnote the
// sentences that call it, and buttons to the passages before and after.
func passageMessage(ps *desk.Passage, l locale) (*message, error) {
	p := newPage(l)
	p.open(ps.Document.Title)
	p.section(ps.Passage)
	p.passage(ps, readQuote)
	p.authorities(ps, ps.Passage)
	p.below(ps)
	return p.finish()
}

// contextMessage shows a passage that was quoted between its neighbours, with
// the evidence in bold. same says whether the document is still the one that
// was quoted from.
func contextMessage(ps *desk.Passage, same bool, l locale) (*message, error) {
	p := newPage(l)
	p.open(ps.Document.Title)
	if !same {
		p.paragraph("**" + p.w.Replaced + "**")
	}
	p.section(ps.Passage)
	before, after := neighbours(ps)
	if ps.Passage.Kind == document.Footnote {
		before, after = nil, nil // other footnotes are no context; its callers are
	}
	if before != nil {
		sentences := words.Sentences(before.Text)
		p.neighbour(before, sentences[len(sentences)-1:])
	}
	heading, reference := "**"+escape(noteName(ps.Passage))+"**", p.reference(ps)
	if limit := p.fits(readQuote, heading, reference); limit > 0 {
		p.quote(heading, quote(ps.Passage, ps.Evidence, limit))
	}
	p.line(reference)
	p.authorities(ps, ps.Passage)
	if after != nil {
		p.neighbour(after, nil)
	}
	p.below(ps)
	return p.finish()
}

// neighbour adds the passage before or after, cut to what stands around core.
func (p *page) neighbour(ps *document.Passage, core []words.Span) {
	heading := ps.Pincite().String()
	if limit := p.fits(aroundQuote, heading); limit > 0 {
		p.quote(heading, quoteAround(ps, core, limit))
	}
}

// below adds what stands below a passage: its footnotes or its callers, the
// document's note, and the buttons.
func (p *page) below(ps *desk.Passage) {
	p.notes(ps, ps.Document.NotesOf(ps.Passage), readNote, readNotes)
	p.callers(ps, readCaller, readCallers)
	p.notice(ps.Document)
	var row []*discordgo.Button
	before, after := neighbours(ps)
	if before != nil {
		row = append(row, button(p.w.ButtonPrevious, quiet, readAction{ps.Document.Ref(before)}))
	}
	if after != nil {
		row = append(row, button(p.w.ButtonNext, quiet, readAction{ps.Document.Ref(after)}))
	}
	row = append(row, button(p.w.ButtonCite, quiet, citeAction{ps.Ref(), versionOf(ps.Entry), evidenceSpan(ps)}))
	p.buttons(row...)
}

// section names the section that a passage stands in.
func (p *page) section(ps *document.Passage) {
	if ps.Section == "" {
		return
	}
	p.paragraph(fmt.Sprintf(p.w.Section, "**"+escapeUnlinked(cutPlain(oneLine(ps.Section), maxSection))+"**"))
}

const maxSection = 150

// neighbours are the passages of the same kind before and after one; nil at
// the ends.
func neighbours(ps *desk.Passage) (before, after *document.Passage) {
	at := ps.Passage.Pincite()
	before, _ = ps.Document.Passage(document.Pincite{Kind: at.Kind, Number: at.Number - 1})
	after, _ = ps.Document.Passage(document.Pincite{Kind: at.Kind, Number: at.Number + 1})
	return before, after
}
