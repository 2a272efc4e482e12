package discord

import (
	"fmt"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
)

// searchQuote is how long a result's quotation is.
const searchQuote = 300

// searchMessage shows a page of results: r.Hits are those from offset on, of
// r.Total in all, in pages of size. Each result has its number, by which its
// button is called.
func searchMessage(r *desk.Results, keywords string, offset, size int, l locale) (*message, error) {
	p := newPage(l)
	p.asked(keywords, "")
	matches := p.w.Matches.of(r.Total)
	switch {
	case r.Total == 0:
		p.paragraph(p.w.NoMatch)
	case len(r.Hits) == 0:
		p.paragraph(fmt.Sprintf(p.w.MatchesPast, matches, offset))
	case len(r.Hits) < r.Total:
		p.paragraph(fmt.Sprintf(p.w.MatchesPart, matches, offset+1, offset+len(r.Hits)))
	default:
		p.paragraph(matches + ".")
	}
	var hits []*discordgo.Button
	for i := range r.Hits {
		h := &r.Hits[i]
		number := strconv.Itoa(offset + i + 1)
		reference := "**" + number + "** " + p.reference(h)
		// Results that are still to come get their share of the room.
		share := p.room()/(len(r.Hits)-i) - measure(reference)
		limit := p.fits(min(searchQuote, max(share, minQuotation)), reference)
		if limit == 0 || !p.quote(reference, quote(h.Passage, h.Evidence, limit)) {
			break
		}
		hits = append(hits, button(number+": "+h.Passage.Pincite().String(), quiet, contextAction{Ref: h.Ref(), Version: versionOf(h.Entry)}))
		p.notice(h.Document)
	}
	var turn []*discordgo.Button
	if offset > 0 {
		turn = append(turn, button(p.w.ButtonPrevious, quiet, searchPageAction{max(0, min(offset, r.Total)-size)}))
	}
	if next := offset + len(hits); len(hits) > 0 && next < r.Total {
		turn = append(turn, button(p.w.ButtonNext, quiet, searchPageAction{next}))
	}
	for len(hits) > 0 {
		n := min(len(hits), maxButtons)
		p.buttons(hits[:n]...)
		hits = hits[n:]
	}
	p.buttons(turn...)
	return p.finish()
}
