package discord

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/authority"
	"pincite/internal/desk"
	"pincite/internal/document"
)

// Sizes of what is said of authorities.
const (
	placesText    = 160 // where a row of the table says that one is named
	mentionText   = 80  // of a document, as it names something
	authorityLine = 6   // authorities in the line below a quotation
)

// authoritiesMessage shows a page of a table of authorities: the rows from
// offset on, of the authorities and then of the passages with something
// unresolved. mentions are the latter's of this page. of is the one document
// that the table is of, or nil.
func authoritiesMessage(table *desk.Authorities, mentions []desk.Mention, of *document.Document, offset int, l locale) (*message, error) {
	p := newPage(l)
	heading, id := p.w.AuthoritiesTitle, ""
	if of != nil {
		heading, id = fmt.Sprintf(p.w.AuthoritiesIn, of.Title), of.ID
	}
	p.open(heading)
	total := len(table.Authorities) + len(table.Unresolved)
	if total == 0 {
		p.paragraph(p.w.AuthoritiesNone)
		return p.finish()
	}
	offset = max(0, min(offset, total-1))
	count := p.w.AuthoritiesCount.of(len(table.Authorities))
	part := func(last int) string { return fmt.Sprintf(p.w.AuthoritiesPart, count, offset+1, last, total) + " " }
	// The longest that the line above the rows can be keeps its place.
	room := p.room() - measure(part(total)+p.w.AuthoritiesNext) - paragraphGap
	var rows []string
	kind, shown := "", 0
	for ; shown < authoritiesPage && offset+shown < total; shown++ {
		row, its := p.authorityRow(table, mentions, offset+shown, of == nil)
		if its != kind {
			row = "\n**" + its + "**\n" + row
		}
		if room -= measure(row) + 1; room < 0 {
			break
		}
		rows, kind = append(rows, row), its
	}
	head := count + " "
	if shown < total {
		head = part(offset + shown)
	}
	p.paragraph(head + p.w.AuthoritiesNext)
	p.paragraph(strings.TrimSpace(strings.Join(rows, "\n")))
	var turn []*discordgo.Button
	if offset > 0 {
		turn = append(turn, button(p.w.ButtonPrevious, quiet, authoritiesPageAction{max(0, offset-authoritiesPage), id}))
	}
	if next := offset + shown; shown > 0 && next < total {
		turn = append(turn, button(p.w.ButtonNext, quiet, authoritiesPageAction{next, id}))
	}
	p.buttons(turn...)
	return p.finish()
}

// authorityRow is a row of a table of authorities, and the heading of its kind.
// all says that the table is not of one document, so that a row has to name it.
func (p *page) authorityRow(table *desk.Authorities, mentions []desk.Mention, at int, all bool) (row, kind string) {
	if at < len(table.Authorities) {
		a := &table.Authorities[at]
		return "- " + authorityLink(a) + ": " + cutPlain(places(a.Passages, all), placesText), p.kindName(a.Kind)
	}
	ref := table.Unresolved[at-len(table.Authorities)]
	return "- " + mentioned(mentions, ref) + ": " + places([]document.Ref{ref}, all), p.w.KindUnresolved
}

// kindName is the heading of a kind in a table.
func (p *page) kindName(k authority.Kind) string {
	switch k {
	case authority.Constitution:
		return p.w.KindConstitution
	case authority.Statute:
		return p.w.KindStatute
	case authority.Regulation:
		return p.w.KindRegulation
	case authority.ExecutiveOrder:
		return p.w.KindExecutiveOrder
	case authority.Bill:
		return p.w.KindBill
	case authority.Report:
		return p.w.KindReport
	case authority.Case:
		return p.w.KindCase
	case authority.Treaty:
		return p.w.KindTreaty
	case authority.Resolution:
		return p.w.KindResolution
	case authority.International:
		return p.w.KindInternational
	case authority.UnitedNations:
		return p.w.KindUnitedNations
	}
	return string(k)
}

// mentioned is what a passage names without saying of what, in its own words.
func mentioned(mentions []desk.Mention, ref document.Ref) string {
	var texts []string
	for _, m := range mentions {
		if m.Ref == ref {
			texts = append(texts, m.Text)
		}
	}
	return escapeUnlinked(cutPlain(oneLine(strings.Join(texts, ", ")), mentionText))
}

// places lists passages, those of one document together and, unless all are of
// one, below its id.
func places(refs []document.Ref, named bool) string {
	var parts []string
	for at := 0; at < len(refs); {
		var list []document.Pincite
		end := at
		for end < len(refs) && refs[end].Document == refs[at].Document {
			list = append(list, refs[end].Pincite)
			end++
		}
		part := document.Pincites(list)
		if named {
			part = refs[at].Document + " " + part
		}
		parts = append(parts, part)
		at = end
	}
	return strings.Join(parts, "; ")
}

// authorityLink is an authority's name, linked where there is a certain link.
// A name is made of its key and has no Markdown in it; one that has, because a
// document prints a docket or a symbol so, is not linked.
func authorityLink(a *desk.Authority) string {
	if !strings.ContainsAny(a.Name, "[]\\*_~`|<>@") {
		if link := maskedLink(a.Name, a.URL); link != "" {
			return link
		}
	}
	return escapeUnlinked(a.Name)
}

// authorities adds a line with the authorities that a passage of ps's document
// names, as many as there is room for.
func (p *page) authorities(ps *desk.Passage, passage *document.Passage) {
	list := ps.NamedBy(passage)
	if len(list) == 0 {
		return
	}
	for n := min(len(list), authorityLine); n > 0; n-- {
		links := make([]string, 0, n+1)
		for i := range list[:n] {
			links = append(links, authorityLink(&list[i]))
		}
		if n < len(list) {
			links = append(links, fmt.Sprintf(p.w.OthersToo, len(list)-n))
		}
		if p.line(fmt.Sprintf(p.w.Authorities, strings.Join(links, "; "))) {
			return
		}
	}
}

// citingMessage shows a page of the passages that name an authority: found.Hits
// are those from offset on, of found.Total in all, in pages of size.
func citingMessage(found *desk.Citing, offset, size int, l locale) (*message, error) {
	p := newPage(l)
	// The title is what the buttons read to turn the page.
	title := found.Name
	if key, ok := authority.Parse(title); !ok || key != found.Key {
		title = found.Key
	}
	p.asked(title, "")
	if link := maskedLink(p.w.AuthorityOpen, found.URL); link != "" {
		p.paragraph(link)
	}
	names := p.w.Names.of(found.Total)
	switch {
	case found.Total == 0:
		p.paragraph(p.w.NamesNone)
	case len(found.Hits) == 0:
		p.paragraph(fmt.Sprintf(p.w.MatchesPast, names, offset))
	case len(found.Hits) < found.Total:
		p.paragraph(fmt.Sprintf(p.w.MatchesPart, names, offset+1, offset+len(found.Hits)))
	default:
		p.paragraph(names + ".")
	}
	var hits []*discordgo.Button
	for i := range found.Hits {
		h := &found.Hits[i]
		number := strconv.Itoa(offset + i + 1)
		reference := "**" + number + "** " + p.reference(&h.Passage)
		if len(h.As) > 0 {
			reference += "\n" + fmt.Sprintf(p.w.NamedAs, namedAs(h.As))
		}
		share := p.room()/(len(found.Hits)-i) - measure(reference)
		limit := p.fits(min(searchQuote, max(share, minQuotation)), reference)
		if limit == 0 || !p.quote(reference, quote(h.Passage.Passage, h.Evidence, limit)) {
			break
		}
		do := contextAction{Ref: h.Ref(), Version: versionOf(h.Entry)}
		if len(h.Evidence) > 0 {
			do.Evidence = h.Evidence[0]
		}
		hits = append(hits, button(number+": "+h.Passage.Passage.Pincite().String(), quiet, do))
		p.notice(h.Document)
	}
	var turn []*discordgo.Button
	if offset > 0 {
		turn = append(turn, button(p.w.ButtonPrevious, quiet, citingPageAction{max(0, min(offset, found.Total)-size)}))
	}
	if next := offset + len(hits); len(hits) > 0 && next < found.Total {
		turn = append(turn, button(p.w.ButtonNext, quiet, citingPageAction{next}))
	}
	p.buttons(hits...)
	p.buttons(turn...)
	return p.finish()
}

// namedAs lists the names by which a passage names what was asked for, some of
// them where there are many.
func namedAs(list []desk.Authority) string {
	var names []string
	for i := range list[:min(len(list), authorityLine)] {
		names = append(names, escapeUnlinked(list[i].Name))
	}
	return strings.Join(names, "; ")
}
