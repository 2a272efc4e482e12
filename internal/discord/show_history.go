package discord

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

// replacementMessage shows what was understood of a document's new text, and
// what it changes.
func replacementMessage(r *ingest.Reading, e library.Entry, changes []desk.Change, draft string, l locale) (*message, error) {
	d := r.Document
	p := newPage(l)
	p.open(fmt.Sprintf(p.w.ReplaceTitle, cutPlain(oneLine(e.Title), listTitle)))
	p.paragraph(fmt.Sprintf(p.w.ReplaceRead, string(r.Format), p.counts(len(d.Paragraphs()), len(d.Footnotes()))))
	p.line(fmt.Sprintf(p.w.ReplaceOf, e.ID, e.Version, p.since(e)))
	if oneLine(d.Title) != oneLine(e.Title) {
		p.line(fmt.Sprintf(p.w.ReplaceRenames, "**"+shortTitle(d.Title)+"**"))
	}
	p.doubts(r.Doubts)
	p.changes(changes)
	p.buttons(
		button(p.w.ButtonReplace, discordgo.SuccessButton, replaceAction{draft, e.ID, versionOf(e)}),
		button(p.w.ButtonCancel, quiet, corpusCancelAction{draft}))
	p.private = true
	return p.finish()
}

// repasteForm is the form into which a document's new text is pasted.
func repasteForm(id, title string, l locale) (customID, heading string, rows []discordgo.MessageComponent) {
	_, _, rows = pasteForm(title, l)
	return repasteAction{id}.customID(), l.words().ReplaceForm, rows
}

// since says when a version was added, and by whom where that is known.
func (p *page) since(e library.Entry) string {
	text := fmt.Sprintf(p.w.AddedOn, e.AddedAt.UTC().Format(time.DateOnly))
	if by := whoMarkdown(e.AddedBy); by != "" {
		text += " " + fmt.Sprintf(p.w.AddedBy, by)
	}
	return text
}

// whoMarkdown names who added a version: a member by the id, since no message
// of the bot's mentions anybody, or whom the command line was told.
func whoMarkdown(by string) string {
	if n := len(by); n >= 17 && n <= 20 && strings.Trim(by, "0123456789") == "" {
		return "`" + by + "`"
	}
	return escapeUnlinked(cutPlain(oneLine(by), maxWho))
}

const maxWho = 60

// Sizes of a page of a history.
const (
	historyPage     = 2600 // units
	historyVersions = 8
)

// historyMessage shows a page of a history, newest version first: who, when,
// and what changed.
func historyMessage(versions []desk.Version, number int, l locale) (*message, error) {
	p := newPage(l)
	p.open(versions[0].Entry.Title)
	p.private = true
	pages := p.historyPages(versions)
	number = min(number, len(pages)-1)
	id := versions[0].Entry.ID
	head := "`" + id + "`, " + p.w.Versions.of(len(versions))
	if len(pages) > 1 {
		head = fmt.Sprintf(p.w.PageOf, head, number+1, len(pages))
	}
	p.paragraph(head)
	for _, block := range pages[number] {
		p.paragraph(block)
	}
	var turn []*discordgo.Button
	if number > 0 {
		turn = append(turn, button(p.w.ButtonPrevious, quiet, historyAction{id, number - 1}))
	}
	if number < len(pages)-1 {
		turn = append(turn, button(p.w.ButtonNext, quiet, historyAction{id, number + 1}))
	}
	p.buttons(turn...)
	return p.finish()
}

// historyPages divides a history into pages of blocks, a block for each
// version, or for a part of one that changed very much.
func (p *page) historyPages(versions []desk.Version) [][]string {
	var pages [][]string
	var page []string
	used := 0
	turn := func() {
		if len(page) > 0 {
			pages, page, used = append(pages, page), nil, 0
		}
	}
	for i := range versions {
		head := p.versionHead(&versions[i].Entry)
		if len(page) == historyVersions {
			turn()
		}
		block := head
		for _, line := range p.versionLines(&versions[i], i == len(versions)-1) {
			if used+measure(block)+measure(line) > historyPage && (len(page) > 0 || block != head) {
				if block != head {
					page = append(page, block)
				}
				turn()
				block = head
			}
			block += "\n" + line
		}
		page, used = append(page, block), used+measure(block)+paragraphGap
	}
	turn()
	return pages
}

// versionHead says which version it is, and who added it when.
func (p *page) versionHead(e *library.Entry) string {
	if e.Corpus == library.Base {
		return "**" + p.w.OfBase + "**, " + p.counts(e.Paragraphs, e.Footnotes)
	}
	return "**" + fmt.Sprintf(p.w.VersionOf, e.Version) + "**, " + p.since(*e) + ", " + p.counts(e.Paragraphs, e.Footnotes)
}

// versionLines say what a version changed.
func (p *page) versionLines(v *desk.Version, oldest bool) []string {
	switch {
	case v.Entry.Corpus == library.Base:
		return []string{p.w.HistoryBase}
	case v.Unknown:
		return []string{p.w.HistoryUnknown}
	case oldest:
		return []string{p.w.HistoryFirst}
	case len(v.Changes) == 0:
		return []string{p.w.HistorySame}
	}
	var lines []string
	for _, line := range p.changeLines(v.Changes) {
		lines = append(lines, line.text)
	}
	return lines
}

// undoMessage asks before a document becomes what it was.
func undoMessage(r *desk.Reversal, l locale) (*message, error) {
	p := newPage(l)
	p.open("")
	p.private = true
	p.paragraph(p.naming(p.w.UndoAsk, r.Current))
	p.line(fmt.Sprintf(p.w.UndoTo, r.Earlier.Version, p.since(r.Earlier), r.Current.Version))
	p.changes(r.Changes)
	p.buttons(
		button(p.w.ButtonUndo, discordgo.DangerButton, undoAction{r.Current.ID, versionOf(r.Current)}),
		button(p.w.ButtonCancel, quiet, leaveAction{}))
	return p.finish()
}

// undoneMessage says that a document is what it was.
func undoneMessage(earlier, now library.Entry, l locale) (*message, error) {
	p := newPage(l)
	p.open("")
	p.private = true
	p.paragraph(fmt.Sprintf(p.w.Undone, shortTitle(now.Title), now.ID, earlier.Version, now.Version))
	p.buttons(button(p.w.ButtonRead, quiet, readAction{firstOf(now.ID)}))
	return p.finish()
}

// exportMessage comes with an archive of so many documents.
func exportMessage(documents int, archive []byte, l locale) (*message, error) {
	p := newPage(l)
	p.open("")
	p.private = true
	p.paragraph(fmt.Sprintf(p.w.Exported, p.w.ListCount.of(documents)))
	m, err := p.finish()
	if err == nil {
		m.Upload = &upload{name: "pincite.zip", kind: "application/zip", data: archive}
	}
	return m, err
}

// exportTooLargeMessage says where an archive can be had that is larger than
// limit bytes.
func exportTooLargeMessage(limit int64, server string, l locale) *message {
	m := statement("", fmt.Sprintf(l.words().ExportLarge, sizeText(limit), server))
	m.Private = true
	return m
}

// sizeText writes a number of bytes in Discord's units, which are of 1024.
func sizeText(n int64) string {
	if n < 1<<20 {
		return strconv.FormatInt(n>>10, 10) + " kB"
	}
	return strconv.FormatInt(n>>20, 10) + " MB"
}

// leftMessage says that nothing was changed.
func leftMessage(l locale) *message { return statement("", l.words().Left) }
