package discord

import (
	"fmt"
	"strings"

	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/words"
)

// Sizes of what is shown of changes.
const (
	changeQuote = 260 // of one side of a change
	mostQuoted  = 6   // changes that are quoted
	placesLine  = 700 // of a line that names changed passages
)

// changes lists what is changed, by kind and pinpoint, and quotes the first
// ones, the sentences that differ in bold.
func (p *page) changes(changes []desk.Change) {
	if len(changes) == 0 {
		p.paragraph(p.w.ChangesNone)
		return
	}
	named, add := 0, p.paragraph
	for _, line := range p.changeLines(changes) {
		// Half of the room is for the quotations.
		if p.room() < maxDescription/2 || !add(line.text) {
			p.line(p.w.DoubtsNot.of(len(changes) - named))
			break
		}
		named, add = named+line.changes, p.line
	}
	quoted := 0
	for quoted < min(len(changes), mostQuoted) && p.change(&changes[quoted]) {
		quoted++
	}
	if left := len(changes) - quoted; left > 0 {
		p.paragraph(p.w.ChangesUnquoted.of(left))
	}
}

// change quotes one change and says whether there was room for all of it.
func (p *page) change(c *desk.Change) bool {
	var headings []string
	var quotes []quotation
	side := func(format string, s, other desk.Side) {
		ps := &document.Passage{Kind: s.Pincite.Kind, Number: s.Pincite.Number, Text: s.Text}
		headings = append(headings, fmt.Sprintf(format, s.Pincite))
		var differs []words.Span
		if other.Text != "" {
			differs = sentencesNotIn(s.Text, other.Text)
		}
		quotes = append(quotes, quote(ps, differs, changeQuote))
	}
	switch c.Kind {
	case desk.PassageAdded:
		side(p.w.ChangeAdded, c.After, desk.Side{})
	case desk.PassageRemoved:
		side(p.w.ChangeRemoved, c.Before, desk.Side{})
	case desk.PassageAltered:
		side(p.w.ChangeBefore, c.Before, c.After)
		side(p.w.ChangeAfter, c.After, c.Before)
	}
	// One half of an alteration says nothing, and the last line needs room.
	needed := measure(p.w.ChangesUnquoted.of(maxEmbedText)) + 2*paragraphGap
	for i := range quotes {
		needed += measure(headings[i]) + measure(quotes[i].markdown) + 2*paragraphGap
	}
	if p.room() < needed {
		return false
	}
	for i := range quotes {
		p.quote(headings[i], quotes[i])
	}
	return true
}

// sentencesNotIn are the sentences of a text that another one has not.
func sentencesNotIn(text, other string) []words.Span {
	have := map[string]bool{}
	for _, s := range words.Sentences(other) {
		have[strings.TrimSpace(other[s.Start:s.End])] = true
	}
	var spans []words.Span
	for _, s := range words.Sentences(text) {
		if !have[strings.TrimSpace(text[s.Start:s.End])] {
			spans = append(spans, s)
		}
	}
	return spans
}

// changeLine names some changed passages.
type changeLine struct {
	text    string
	changes int // how many
}

// changeLines name the changed passages by kind, in lines of at most
// placesLine and a few.
func (p *page) changeLines(changes []desk.Change) []changeLine {
	var lines []changeLine
	for _, kind := range []struct {
		is     desk.ChangeKind
		format string
	}{
		{desk.PassageAdded, p.w.ChangesAdded}, {desk.PassageRemoved, p.w.ChangesRemoved}, {desk.PassageAltered, p.w.ChangesAltered},
	} {
		var of []desk.Change
		for i := range changes {
			if changes[i].Kind == kind.is {
				of = append(of, changes[i])
			}
		}
		var line changeLine
		for _, place := range p.places(of) {
			if line.text != "" && measure(line.text)+measure(place.text) > placesLine {
				lines = append(lines, changeLine{fmt.Sprintf(kind.format, line.text), line.changes})
				line = changeLine{}
			}
			if line.text != "" {
				line.text += ", "
			}
			line.text += place.text
			line.changes += place.changes
		}
		if line.text != "" {
			lines = append(lines, changeLine{fmt.Sprintf(kind.format, line.text), line.changes})
		}
	}
	return lines
}

// places name the passages of changes of one kind: by their number in the
// later version, with the earlier one where that differs; three or more in a
// row as a range.
func (p *page) places(changes []desk.Change) []changeLine {
	var places []changeLine
	for at := 0; at < len(changes); {
		first, plain := placeOf(&changes[at])
		end := at + 1
		for ; plain && end < len(changes); end++ {
			next, alone := placeOf(&changes[end])
			if !alone || next.Kind != first.Kind || next.Number != first.Number+end-at {
				break
			}
		}
		switch {
		case !plain:
			end = at + 1
			places = append(places, changeLine{fmt.Sprintf(p.w.PlaceWas, first, changes[at].Before.Pincite), 1})
		case end-at >= 3:
			sign := "¶¶"
			if first.Kind == document.Footnote {
				sign = "nn."
			}
			places = append(places, changeLine{fmt.Sprintf("%s %d–%d", sign, first.Number, first.Number+end-at-1), end - at})
		default:
			end = at + 1
			places = append(places, changeLine{first.String(), 1})
		}
		at = end
	}
	return places
}

// placeOf is where a changed passage is, or was; plain says that there is no
// other number to tell.
func placeOf(c *desk.Change) (at document.Pincite, plain bool) {
	before, after := c.Before.Pincite, c.After.Pincite
	if after.Number == 0 {
		return before, true
	}
	return after, before.Number == 0 || before == after
}
