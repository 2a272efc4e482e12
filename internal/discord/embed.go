package discord

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/cite"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/words"
)

// Colours of an answer's bar. What they say is always said in words as well.
const (
	colourAnswered = 0x2e7d32
	colourRelated  = 0xb26a00
)

// How long the parts of a reply get, in units of measure.
const (
	maxCitation = 400
	maxLink     = 800 // an address within a text; longer ones are left out
	maxNotice   = 300 // a document's note, in the footer
)

// page gathers a message: embeds with paragraphs of Markdown, buttons, and the
// quotations among it, which finish compares with their passages once more.
type page struct {
	w       *wording
	content string
	embeds  []*discordgo.MessageEmbed
	at      *discordgo.MessageEmbed // the one that is being filled
	tail    *discordgo.MessageEmbed // comes last; no quotation
	rows    []discordgo.MessageComponent
	quotes  []quotation
	private bool
	left    int             // of maxEmbedText, what is reserved taken off
	noticed map[string]bool // documents whose note is in a footer
}

func newPage(l locale) *page {
	return &page{w: l.words(), left: maxEmbedText, noticed: map[string]bool{}}
}

// open begins an embed. Its heading, which may be empty, is plain text above
// the body: an embed's author is the one heading that Discord does not read as
// Markdown.
func (p *page) open(heading string) *discordgo.MessageEmbed {
	e := &discordgo.MessageEmbed{}
	if heading = cutPlain(oneLine(heading), min(maxAuthor, p.left)); heading != "" {
		e.Author = &discordgo.MessageEmbedAuthor{Name: heading}
		p.left -= measure(heading)
	}
	p.embeds, p.at = append(p.embeds, e), e
	return e
}

// paragraphGap is what a paragraph takes beside its text, at most.
const paragraphGap = len("\n\n")

// room is how long a further paragraph may be.
func (p *page) room() int {
	return max(0, min(p.left, maxDescription-measure(p.at.Description))-paragraphGap)
}

// add puts Markdown below what the embed has, if there is room for all of
// it, and says whether there was.
func (p *page) add(gap, markdown string) bool {
	n := measure(markdown)
	if n > p.room() {
		return false
	}
	if d := &p.at.Description; *d != "" {
		n += len(gap)
		*d += gap
	}
	p.left -= n
	p.at.Description += markdown
	return true
}

// paragraph adds a paragraph; line adds a line to it.
func (p *page) paragraph(markdown string) bool { return p.add("\n\n", markdown) }
func (p *page) line(markdown string) bool      { return p.add("\n", markdown) }

// quote adds a quotation below a line that says what it is, or as a paragraph of
// its own where that is empty. It says whether there was room; see fits.
func (p *page) quote(heading string, q quotation) bool {
	markdown := q.markdown
	if heading != "" {
		markdown = heading + "\n" + markdown
	}
	if !p.paragraph(markdown) {
		return false
	}
	p.quotes = append(p.quotes, q)
	return true
}

// fits is the limit for a quotation below a heading: the wanted one, or what
// room there is; 0 where that is too little to quote anything.
func (p *page) fits(wanted int, beside ...string) int {
	room := p.room()
	for _, text := range beside {
		room -= measure(text) + paragraphGap
	}
	if room < minQuotation {
		return 0
	}
	return min(wanted, room)
}

// passage adds a passage: the quotation, and below it its citation with the
// link to its source. It says whether there was room.
func (p *page) passage(ps *desk.Passage, limit int) bool {
	reference := p.reference(ps)
	limit = p.fits(limit, reference)
	if limit == 0 || !p.quote("", quote(ps.Passage, ps.Evidence, limit)) {
		return false
	}
	p.line(reference)
	return true
}

// reference is a passage's citation with its link.
func (p *page) reference(ps *desk.Passage) string {
	markdown := citationMarkdown(ps.Citation, maxCitation)
	if link := maskedLink(p.linkLabel(ps.URL), ps.URL); link != "" {
		markdown += " " + link
	}
	return markdown
}

// linkLabel says where a link to a source leads.
func (p *page) linkLabel(url string) string {
	if strings.Contains(url, ":~:text=") {
		return p.w.LinkPassage
	}
	return p.w.LinkSource
}

// citationMarkdown prints a citation of at most limit. Of one that is longer the
// longest part, a title, is cut: the pinpoint stays.
func citationMarkdown(c cite.Citation, limit int) string {
	parts := c.Parts()
	markdown := partsMarkdown(parts)
	if measure(markdown) > limit {
		longest, rest := 0, limit
		for i, part := range parts {
			if len(part.Text) > len(parts[longest].Text) {
				longest = i
			}
			rest -= measure(partsMarkdown(parts[i : i+1]))
		}
		rest += measure(partsMarkdown(parts[longest : longest+1]))
		// Escaped and in italics it may take twice as much, and two.
		parts[longest].Text = cutPlain(parts[longest].Text, max(rest/2-1, 1))
		markdown = partsMarkdown(parts)
	}
	return cut(markdown, limit)
}

// partsMarkdown writes a citation's parts. A title is set in italics unless it
// holds an asterisk, which ends them for some clients even when it is escaped,
// or ends in a space, which does not end them for any.
func partsMarkdown(parts []cite.Part) string {
	var b strings.Builder
	for _, part := range parts {
		italic := part.Mark == cite.Italic && !strings.Contains(part.Text, "*") && strings.TrimSpace(part.Text) == part.Text
		switch {
		case italic:
			// An address would take the closing asterisk for its own.
			b.WriteString("*" + escapeUnlinked(part.Text) + "*")
		case part.Mark == cite.Italic:
			b.WriteString(escapeUnlinked(part.Text))
		default:
			b.WriteString(escape(part.Text))
		}
	}
	return b.String()
}

// parentheses encodes those of an address, which would end a masked link.
var parentheses = strings.NewReplacer("(", "%28", ")", "%29")

// maskedLink is a link behind a label of the wording; empty where the address
// is none that can stand between its parentheses, or is too long. The label is
// never of a document: a ] or [ in it, escaped or not, parts the link.
func maskedLink(label, url string) string {
	url = fitLink(parentheses.Replace(url), maxLink)
	if url == "" || strings.ContainsAny(url, `\<>`) {
		return ""
	}
	return "[" + label + "](" + url + ")"
}

// notes adds footnotes of a passage's document, each whole if it can be and with
// the authorities that it names, and names those that there was no room for.
func (p *page) notes(ps *desk.Passage, notes []*document.Passage, limit, most int) {
	var not []string
	for i, n := range notes {
		heading := "**" + escape(noteName(n)) + "**"
		if wanted := p.fits(limit, heading); i < most && wanted > 0 && p.quote(heading, quote(n, nil, wanted)) {
			p.authorities(ps, n)
			continue
		}
		not = append(not, n.Pincite().String())
	}
	if len(not) > 0 {
		p.paragraph(fmt.Sprintf(p.w.NotesNot, p.listed(not)))
	}
}

// noteName is a footnote's pincite, and in parentheses what the source prints
// before it where that is not its number.
func noteName(n *document.Passage) string {
	if n.Label == "" {
		return n.Pincite().String()
	}
	return n.Pincite().String() + " (" + cutPlain(oneLine(n.Label), 40) + ")"
}

// callers adds the sentences that call a footnote.
func (p *page) callers(ps *desk.Passage, limit, most int) {
	if ps.Passage.Kind != document.Footnote {
		return
	}
	callers := ps.Document.NotedBy(ps.Passage.Pincite())
	if len(callers) == 0 {
		p.paragraph(p.w.NotCalled)
	}
	for _, caller := range callers[:min(len(callers), most)] {
		heading := fmt.Sprintf(p.w.CalledIn, caller.Pincite())
		if wanted := p.fits(limit, heading); wanted > 0 {
			p.quote(heading, quoteAround(caller, callsOf(caller, ps.Passage.Number), wanted))
		}
	}
}

// callsOf are the markers of a passage that call a footnote.
func callsOf(p *document.Passage, note int) []words.Span {
	var calls []words.Span
	for _, m := range p.Markers {
		if m.Note == note {
			calls = append(calls, words.Span{Start: m.Start, End: m.End})
		}
	}
	return calls
}

// notice puts what a document's reader must know into the footer, which is
// small and no Markdown, once for each document.
func (p *page) notice(d *document.Document) {
	if d.Note == "" || p.noticed[d.ID] {
		return
	}
	note := cutPlain(oneLine(d.Note), min(maxNotice, p.left))
	if measure(note) < measure(d.Note) && p.left < maxNotice || note == "" {
		return
	}
	p.left -= measure(note)
	p.at.Footer = &discordgo.MessageEmbedFooter{Text: note}
	p.noticed[d.ID] = true
}

// listed joins names, as many as a line should have.
func (p *page) listed(names []string) string {
	const most = 12
	if len(names) > most {
		names = append(names[:most-1:most-1], fmt.Sprintf(p.w.OthersToo, len(names)-most+1))
	}
	return p.w.list(names)
}

// buttons adds a row of buttons; those that are nil are left out.
func (p *page) buttons(buttons ...*discordgo.Button) {
	var row []discordgo.MessageComponent
	for _, b := range buttons {
		if b != nil {
			row = append(row, *b)
		}
	}
	if len(row) > 0 {
		p.rows = append(p.rows, discordgo.ActionsRow{Components: row})
	}
}

// button is a button that does something.
func button(label string, style discordgo.ButtonStyle, do action) *discordgo.Button {
	return &discordgo.Button{Label: label, Style: style, CustomID: do.customID()}
}

// quiet is the style of a button that is one of several.
const quiet = discordgo.SecondaryButton

// finish is the message. Its error is errNotVerbatim where a quotation in it is
// not in its passage.
func (p *page) finish() (*message, error) {
	embeds := p.embeds
	if p.tail != nil {
		embeds = append(embeds, p.tail)
	}
	m := fit(message{Content: p.content, Embeds: embeds, Components: p.rows, Private: p.private})
	quotes := p.quotes
	for _, e := range m.Embeds {
		if e == p.tail {
			continue // the question
		}
		n, err := verify(e.Description, quotes)
		if err != nil {
			return nil, fmt.Errorf("discord: show: %w", err)
		}
		quotes = quotes[n:]
	}
	if len(quotes) > 0 {
		return nil, fmt.Errorf("discord: show: %w: %d of them are missing", errNotVerbatim, len(quotes))
	}
	return &m, nil
}

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
