package discord

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/cite"
	"pincite/internal/desk"
	"pincite/internal/words"
)

// citeMessage shows what was quoted and its citations in styles, each in a block
// of code, so that it is copied as it is. Those that people read stand in the
// message's text, since that alone is what "Copy text" gives on a telephone;
// the records for reference managers in an embed. note is what has to be
// said first; empty where the document is still the one that was quoted from. Below
// several styles stands the receipt of what was quoted, if there is room.
func citeMessage(ps *desk.Passage, note string, styles []cite.Style, l locale) (*message, error) {
	p := newPage(l)
	text := sheet{limit: maxContent}
	records := sheet{limit: maxDescription}
	if note != "" {
		text.add("**"+note+"**", "")
	}
	// A button may say anything; what is no range of the text is not quoted.
	evidence := evidenceSpan(ps)
	if spansWithin(ps.Passage.Text, []words.Span{evidence}) == nil {
		evidence = words.Span{}
	}
	if evidence.End > 0 {
		text.add(p.w.CiteText, ps.Passage.Text[evidence.Start:evidence.End])
	}
	var not []string
	for _, style := range styles {
		c, err := cite.Passage(ps.Document, ps.Passage.Pincite(), style, cite.Version{Added: ps.Entry.AddedAt})
		if err != nil {
			return nil, fmt.Errorf("discord: cite %s: %w", ps.Ref(), err)
		}
		sheet := &text
		if slices.Contains([]cite.Style{cite.CSLJSON, cite.BibTeX, cite.RIS}, style) {
			sheet = &records
		}
		if !sheet.add(p.styleName(style), c.Text()) {
			not = append(not, p.styleName(style))
		}
	}
	if len(styles) > 1 {
		// It is no citation; who asks for one style gets that alone.
		text.add(p.w.CiteReceipt, ps.Receipt(evidence).String())
	}
	if len(not) > 0 {
		records.add(fmt.Sprintf(p.w.CiteLeftOut, p.w.list(not)), "")
	}
	p.content = text.String()
	if records.Len() > 0 {
		p.open(p.w.CiteRecords).Description = records.String()
	}
	if link := fitLink(ps.URL, maxButtonLink); link != "" {
		p.buttons(&discordgo.Button{Label: p.linkLabel(link), Style: discordgo.LinkButton, URL: link})
	}
	p.private = true
	return p.finish()
}

// styleName is what a style is called.
func (p *page) styleName(s cite.Style) string {
	switch s {
	case cite.Bluebook:
		return "Bluebook"
	case cite.OSCOLA:
		return "OSCOLA"
	case cite.APA:
		return "APA"
	case cite.CSLJSON:
		return "CSL-JSON"
	case cite.BibTeX:
		return "BibTeX"
	case cite.RIS:
		return "RIS"
	}
	return p.w.CitePlain
}

// sheet gathers texts to be copied, as far as they fit.
type sheet struct {
	strings.Builder
	used, limit int
}

// add adds a heading and, unless it is empty, a text to copy; both or none.
func (s *sheet) add(heading, text string) bool {
	markdown := heading
	if text != "" {
		markdown += "\n" + fenced(text)
	}
	if s.used > 0 {
		markdown = "\n" + markdown
	}
	n := measure(markdown)
	if s.used+n > s.limit {
		return false
	}
	s.used += n
	s.WriteString(markdown)
	return true
}

// fenced puts text into a block of code, where Discord shows all characters as
// they are, backslashes too, and takes off empty lines at both ends. The fence
// stands on a line of its own, or the text's first word would be taken for the
// name of a language. A text that holds a fence cannot be in a block at all, as
// nothing escapes it there; it is written with escapes instead.
func fenced(text string) string {
	text = strings.Trim(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if strings.Contains(text, fence) {
		return escape(text)
	}
	return fence + "\n" + text + "\n" + fence
}
