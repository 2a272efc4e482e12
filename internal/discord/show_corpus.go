package discord

import (
	"fmt"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

// Sizes of what moderators are shown.
const (
	listPage     = 10  // documents
	listTitle    = 120 // of one in a list or a sentence
	previewQuote = 280 // the beginnings and ends that show whether it was read well
	fieldText    = 300 // authors, address and the like
	maxDoubt     = 300
	mostDoubts   = 8
	mostSections = 25
)

// previewMessage shows what was understood of a document before it counts,
// with what should be checked first. replaces is the version that is there
// under the same id, or nil.
func previewMessage(r *ingest.Reading, replaces *library.Entry, draft string, l locale) (*message, error) {
	d := r.Document
	p := newPage(l)
	p.open(fmt.Sprintf(p.w.PreviewTitle, d.Title))
	p.paragraph(fmt.Sprintf(p.w.PreviewRead, string(r.Format), p.counts(len(d.Paragraphs()), len(d.Footnotes())), d.ID))
	if replaces != nil {
		p.paragraph(fmt.Sprintf(p.w.WillReplace, replaces.AddedAt.Format(time.DateOnly)))
	}
	p.about(d)
	p.doubts(r.Doubts)
	paragraphs, footnotes := d.Paragraphs(), d.Footnotes()
	p.sample(p.w.PreviewFirst, &paragraphs[0])
	if last := len(paragraphs) - 1; last > 0 {
		p.sample(p.w.PreviewLast, &paragraphs[last])
	}
	if len(footnotes) > 0 {
		p.sample(p.w.PreviewNote, &footnotes[0])
	}
	p.buttons(
		button(p.w.ButtonAdd, discordgo.SuccessButton, corpusAddAction{draft}),
		button(p.w.ButtonFixTitle, quiet, fixTitleAction{draft}),
		button(p.w.ButtonCancel, quiet, corpusCancelAction{draft}))
	p.private = true
	return p.finish()
}

// sample quotes the beginning of a passage.
func (p *page) sample(format string, ps *document.Passage) {
	heading := fmt.Sprintf(format, ps.Pincite())
	if limit := p.fits(previewQuote, heading); limit > 0 {
		p.quote(heading, quoteAround(ps, nil, limit))
	}
}

// doubts lists what should be checked.
func (p *page) doubts(doubts []ingest.Doubt) {
	if len(doubts) == 0 {
		return
	}
	p.paragraph("**" + p.w.Doubts.of(len(doubts)) + "**")
	for i, d := range doubts {
		text := oneLine(d.Text)
		// Most doubts about a passage do not say which; some do.
		if at := d.At.String(); d.At.Number > 0 && !strings.Contains(text, at) && d.Kind != ingest.DoubtNote {
			text = at + ": " + text
		}
		text = "- " + escapeUnlinked(cutPlain(text, maxDoubt))
		if i == mostDoubts && len(doubts) > mostDoubts+1 || !p.line(text) {
			p.line("- " + p.w.DoubtsNot.of(len(doubts)-i))
			return
		}
	}
}

// about adds what is known of a document beside its text.
func (p *page) about(d *document.Document) {
	var lines []string
	for _, f := range []struct{ format, text string }{
		{p.w.Authors, p.listed(d.Authors)},
		{p.w.Site, d.Site},
		{p.w.Date, d.Date},
		{p.w.Language, d.Language},
		{p.w.Source, d.URL},
	} {
		if text := oneLine(f.text); text != "" {
			lines = append(lines, fmt.Sprintf(f.format, cut(escape(text), fieldText)))
		}
	}
	if len(lines) > 0 {
		p.paragraph(strings.Join(lines, "\n"))
	}
}

// counts are the numbers of a document's passages.
func (p *page) counts(paragraphs, footnotes int) string {
	return p.w.Paragraphs.of(paragraphs) + ", " + p.w.Footnotes.of(footnotes)
}

// addedMessage says what came of adding a document.
func addedMessage(a *desk.Added, l locale) (*message, error) {
	w := l.words()
	format := map[library.Change]string{
		library.Added: w.Added, library.Replaced: w.ReplacedNow, library.Reread: w.Reread, library.Unchanged: w.Unchanged,
	}[a.Change]
	p := newPage(l)
	p.open("")
	p.paragraph(p.naming(format, a.Entry))
	p.paragraph(p.counts(a.Entry.Paragraphs, a.Entry.Footnotes) + ". " + w.AddedNext)
	p.buttons(button(w.ButtonRead, quiet, readAction{firstOf(a.Entry.ID)}))
	p.private = true
	return p.finish()
}

// firstOf is the first paragraph of a document, which every document has.
func firstOf(id string) document.Ref {
	return document.Ref{Document: id, Pincite: document.Pincite{Kind: document.Paragraph, Number: 1}}
}

// naming fills a document's title and id into a sentence.
func (p *page) naming(format string, e library.Entry) string {
	return fmt.Sprintf(format, shortTitle(e.Title), e.ID)
}

func shortTitle(title string) string { return escapeUnlinked(cutPlain(oneLine(title), listTitle)) }

// corpusListMessage lists the documents that a server sees, from offset on.
func corpusListMessage(entries []library.Entry, offset int, l locale) (*message, error) {
	p := newPage(l)
	p.open(p.w.ListTitle)
	p.private = true
	offset = max(0, min(offset, len(entries)-1))
	if len(entries) == 0 {
		p.paragraph(p.w.ListEmpty)
		return p.finish()
	}
	shown := 0
	head := p.w.ListCount.of(len(entries))
	if len(entries) > listPage {
		// Filled in below; the longest that it can be stands for it.
		head = fmt.Sprintf(p.w.ListPart, head, len(entries), len(entries))
	}
	var lines []string
	room := p.room() - measure(head) - paragraphGap
	for _, e := range entries[offset:min(offset+listPage, len(entries))] {
		line := p.entry(e)
		if room -= measure(line) + 1; room < 0 {
			break
		}
		lines = append(lines, line)
		shown++
	}
	if len(entries) > listPage {
		head = fmt.Sprintf(p.w.ListPart, p.w.ListCount.of(len(entries)), offset+1, offset+shown)
	} else {
		head += "."
	}
	p.paragraph(head)
	p.paragraph(strings.Join(lines, "\n"))
	var turn []*discordgo.Button
	if offset > 0 {
		turn = append(turn, button(p.w.ButtonPrevious, quiet, corpusPageAction{max(0, offset-listPage)}))
	}
	if offset+shown < len(entries) && shown > 0 {
		turn = append(turn, button(p.w.ButtonNext, quiet, corpusPageAction{offset + shown}))
	}
	p.buttons(turn...)
	return p.finish()
}

// entry is a document in a list.
func (p *page) entry(e library.Entry) string {
	return "- **" + shortTitle(e.Title) + "** `" + e.ID + "`, " + p.counts(e.Paragraphs, e.Footnotes) + ", " + p.origin(e)
}

// origin says whose a document is and since when. Days are those of UTC.
func (p *page) origin(e library.Entry) string {
	if e.Corpus == library.Base {
		return p.w.OfBase
	}
	origin := p.w.OfServer
	if e.Version > 1 {
		origin += ", " + fmt.Sprintf(p.w.VersionOf, e.Version)
	}
	if !e.AddedAt.IsZero() {
		origin += ", " + fmt.Sprintf(p.w.AddedOn, e.AddedAt.UTC().Format("2006-01-02"))
	}
	return origin
}

// corpusShowMessage shows what is known of a document.
func corpusShowMessage(d *document.Document, e library.Entry, l locale) (*message, error) {
	p := newPage(l)
	p.open(d.Title)
	p.private = true
	p.paragraph("`" + d.ID + "`, " + p.counts(len(d.Paragraphs()), len(d.Footnotes())) + ", " + p.origin(e))
	p.about(d)
	p.sections(d)
	p.notice(d)
	p.buttons(button(p.w.ButtonRead, quiet, readAction{firstOf(d.ID)}))
	return p.finish()
}

// sections lists a document's sections, each with its first paragraph.
func (p *page) sections(d *document.Document) {
	var lines []string
	section := ""
	for _, ps := range d.Paragraphs() {
		if ps.Section != section && ps.Section != "" {
			lines = append(lines, "- "+escapeUnlinked(cutPlain(oneLine(ps.Section), maxSection))+", "+ps.Pincite().String())
		}
		section = ps.Section
	}
	if len(lines) == 0 {
		return
	}
	p.paragraph(p.w.SectionsHead)
	for i, line := range lines {
		if i == mostSections && len(lines) > mostSections+1 || !p.line(line) {
			p.line("- " + fmt.Sprintf(p.w.OthersToo, len(lines)-i))
			return
		}
	}
}

// removeMessage asks before a document is removed.
func removeMessage(e library.Entry, l locale) (*message, error) {
	p := newPage(l)
	p.open("")
	p.private = true
	p.paragraph(p.naming(p.w.RemoveAsk, e))
	p.buttons(
		button(p.w.ButtonRemove, discordgo.DangerButton, corpusRemoveAction{e.ID, versionOf(e)}),
		button(p.w.ButtonKeep, quiet, corpusKeepAction{}))
	return p.finish()
}

// removedMessage says that a document was removed.
func removedMessage(e library.Entry, l locale) (*message, error) {
	p := newPage(l)
	p.open("")
	p.private = true
	p.paragraph(p.naming(p.w.Removed, e))
	return p.finish()
}

// pasteForm is the form into which a document is pasted: its custom_id, its
// title and its rows. title fills in the document's title.
func pasteForm(title string, l locale) (id, heading string, rows []discordgo.MessageComponent) {
	w := l.words()
	return pasteAction{}.customID(), w.PasteTitle, []discordgo.MessageComponent{
		inputRow(discordgo.TextInput{
			CustomID: pasteTitleInput, Label: w.PasteName, Style: discordgo.TextInputShort,
			Value: cutPlain(oneLine(title), maxPastedTitle), MaxLength: maxPastedTitle,
		}),
		inputRow(discordgo.TextInput{
			CustomID: pasteInput, Label: w.PasteText, Style: discordgo.TextInputParagraph,
			Placeholder: w.PasteHint, Required: true, MinLength: 1, MaxLength: maxPasted,
		}),
	}
}

// fixTitleForm is the form in which a preview's title is corrected: its
// custom_id, its title and its one row, which title fills in.
func fixTitleForm(draft, title string, l locale) (id, heading string, rows []discordgo.MessageComponent) {
	w := l.words()
	return fixTitleAction{draft}.customID(), w.FixTitle, []discordgo.MessageComponent{
		inputRow(discordgo.TextInput{
			CustomID: pasteTitleInput, Label: w.PasteName, Style: discordgo.TextInputShort,
			Value: cutPlain(title, maxPastedTitle), Required: true, MinLength: 1, MaxLength: maxPastedTitle,
		}),
	}
}

// previewTitleOf reads the title back out of a preview, in whichever language
// it was shown; empty where there is none. One that was cut for its length
// comes without the ellipsis.
func previewTitleOf(embeds []*discordgo.MessageEmbed) string {
	if len(embeds) == 0 || embeds[0] == nil || embeds[0].Author == nil {
		return ""
	}
	for _, format := range headingsOf(func(w *wording) string { return w.PreviewTitle }) {
		if title, ok := strings.CutPrefix(embeds[0].Author.Name, strings.TrimSuffix(format, "%s")); ok {
			return strings.TrimSuffix(title, ellipsis)
		}
	}
	return ""
}

// inputRow is a row of a form, which holds one input.
func inputRow(in discordgo.TextInput) discordgo.MessageComponent {
	return discordgo.ActionsRow{Components: []discordgo.MessageComponent{in}}
}

// Limits of the forms, in characters.
const (
	maxPasted      = 4000 // Discord's for any input
	maxPastedTitle = 200
)
