package discord

import (
	"fmt"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/library"
	quoting "pincite/internal/quote"
	"pincite/internal/words"
)

// Sizes of what is said of a quotation.
const (
	checkedQuote     = 400               // of the text that was checked
	verifiedQuote    = 900               // of a passage
	differenceText   = 120               // of each text that a difference has
	leastVerified    = 2 * verifiedQuote // room for a further quotation
	maxDifferences   = 10
	afterDifferences = 700 // other places, and how many were not checked
	maxOtherPlaces   = 6
)

// verifyMessage says of each quotation whether the documents have it; left is
// how many of the message were not checked; those that there is no room for are
// added to them.
func verifyMessage(checked []desk.Verification, left int, l locale) (*message, error) {
	p := newPage(l)
	for i := range checked {
		if i > 0 && p.left < leastVerified {
			left += len(checked) - i
			break
		}
		p.verification(&checked[i], len(checked) > 1)
	}
	if left > 0 {
		p.paragraph(p.w.VerifyLeft.of(left))
	}
	return p.finish()
}

// verification adds an embed about one quotation; several says that there are
// others.
func (p *page) verification(v *desk.Verification, several bool) {
	e := p.open("")
	p.paragraph(fmt.Sprintf(p.w.VerifyChecked, p.snippet(strings.Trim(v.Quote, "\"“”„«» \n"), checkedQuote)))
	if v.Verdict == quoting.Absent {
		p.paragraph(p.w.VerifyAbsent)
		return
	}
	place := &v.Places[0]
	if v.Verdict == quoting.Exact {
		e.Color = colourAnswered
		if place.Marked() {
			p.paragraph(p.w.VerifyMarked)
		} else {
			p.paragraph(p.w.VerifyExact)
		}
	} else {
		e.Color = colourRelated
	}
	var differ []words.Span
	switch {
	case v.Verdict == quoting.Exact:
	case len(place.Passages) > 1:
		p.paragraph(p.w.VerifyJoined)
	default:
		differ = differing(place)
		if len(differ) > 0 {
			p.paragraph(p.w.VerifyAltered)
		} else {
			p.paragraph(p.w.VerifyNear)
		}
	}
	for i := range place.Passages {
		p.verified(&place.Passages[i], differ)
	}
	p.differences(place.Differences)
	p.otherPlaces(v)
	main := &place.Passages[place.Main]
	row := []*discordgo.Button{}
	label := p.w.ButtonContext
	if several {
		label = fmt.Sprintf(p.w.ButtonContextOf, main.Passage.Pincite())
	}
	row = append(row, button(label, quiet, contextAction{main.Ref(), versionOf(main.Entry), evidenceSpan(main)}))
	if !several {
		row = append(row, button(p.w.ButtonCite, quiet, citeAction{main.Ref(), versionOf(main.Entry), evidenceSpan(main)}))
	}
	p.buttons(row...)
}

// differing are the stretches of an altered quotation's one passage that the
// quotation does not have; without those that an ellipsis stands for.
func differing(place *desk.VerifiedPlace) []words.Span {
	var spans []words.Span
	for _, d := range place.Differences {
		if d.Passage == place.Passages[0].Ref() && d.Kind != quoting.Elision && d.Start < d.End {
			spans = append(spans, words.Span{Start: d.Start, End: d.End})
		}
	}
	return spans
}

// verified adds a passage that a quotation is of, with some of it in bold: what
// differs or, where that is nothing, what it has of it.
func (p *page) verified(ps *desk.Passage, differ []words.Span) {
	shown := *ps
	if len(differ) > 0 {
		shown.Evidence = differ
	}
	p.passage(&shown, verifiedQuote)
	p.line(p.versionLine(ps.Entry))
	p.notice(ps.Document)
}

// versionLine says with which version of a document a quotation was compared.
func (p *page) versionLine(e library.Entry) string {
	if e.AddedAt.IsZero() {
		return fmt.Sprintf(p.w.VerifyBase, versionOf(e))
	}
	return fmt.Sprintf(p.w.VerifyVersion, e.Version, fmt.Sprintf(p.w.AddedOn, e.AddedAt.UTC().Format(time.DateOnly)), versionOf(e))
}

// differences lists what there is to name.
func (p *page) differences(list []quoting.Difference) {
	var lines []string
	for _, d := range list[:min(len(list), maxDifferences)] {
		lines = append(lines, "• "+p.difference(d))
	}
	if n := len(list) - len(lines); n > 0 {
		lines = append(lines, "• "+fmt.Sprintf(p.w.OthersToo, n))
	}
	// As many as there is room for, beside what follows.
	for len(lines) > 0 {
		text := strings.Join(lines, "\n")
		if measure(text) <= p.room()-afterDifferences {
			p.paragraph(text)
			return
		}
		lines = lines[:len(lines)-1]
	}
}

// snippet is a stretch of a text within a sentence, in quotation marks.
func (p *page) snippet(text string, limit int) string {
	return fmt.Sprintf(p.w.Snippet, escapeUnlinked(cutPlain(oneLine(text), limit)))
}

// difference says one difference in a sentence.
func (p *page) difference(d quoting.Difference) string {
	w := p.w
	quoted, source := p.snippet(d.Quote, differenceText), p.snippet(d.Source, differenceText)
	switch d.Kind {
	case quoting.Elision:
		if d.Source == "" {
			return w.DiffEllipsis
		}
		return fmt.Sprintf(w.DiffElided, source)
	case quoting.Bracket:
		if d.Source == "" {
			return fmt.Sprintf(w.DiffBracket, quoted)
		}
		return fmt.Sprintf(w.DiffBracketFor, quoted, source)
	case quoting.Marker:
		return fmt.Sprintf(w.DiffMarker, source)
	case quoting.Closing:
		return fmt.Sprintf(w.DiffClosing, quoted)
	case quoting.Reference:
		return fmt.Sprintf(w.DiffReference, quoted)
	case quoting.Joined:
		return fmt.Sprintf(w.DiffJoined, quoted, "`"+d.Passage.String()+"`")
	}
	name := w.differenceKind(d.Kind)
	switch {
	case d.Quote == "":
		return fmt.Sprintf(w.DiffOmitted, name, source)
	case d.Source == "":
		return fmt.Sprintf(w.DiffAdded, name, quoted)
	}
	return fmt.Sprintf(w.DiffChanged, name, quoted, source)
}

// differenceKind is what a change of words is called.
func (w *wording) differenceKind(k quoting.Kind) string {
	switch k {
	case quoting.Number:
		return w.DiffNumber
	case quoting.Negation:
		return w.DiffNegation
	case quoting.Name:
		return w.DiffName
	case quoting.Case:
		return w.DiffCase
	case quoting.Punctuation:
		return w.DiffPunctuation
	}
	return w.DiffWord
}

// otherPlaces names further passages that have an exact quotation.
func (p *page) otherPlaces(v *desk.Verification) {
	if len(v.Places) < 2 {
		return
	}
	var names []string
	for i := range v.Places[1:] {
		if len(names) == maxOtherPlaces {
			break
		}
		names = append(names, "`"+v.Places[1+i].Passages[0].Ref().String()+"`")
	}
	text := fmt.Sprintf(p.w.VerifyAlso, p.w.list(names))
	if v.More || len(names) < len(v.Places)-1 {
		text = fmt.Sprintf(p.w.VerifyAlsoMore, strings.Join(names, ", "))
	}
	p.paragraph(text)
}

// proofMessage says whether a receipt holds, with what it proves, and what has
// become of the passage where its document was replaced since.
func proofMessage(proof *desk.Proof, l locale) (*message, error) {
	p := newPage(l)
	e := p.open("")
	ps := proof.Passage
	if ps == nil {
		p.paragraph(p.failing(proof))
		return p.finish()
	}
	e.Color = colourAnswered
	p.paragraph(p.w.ReceiptHolds)
	p.passage(ps, verifiedQuote)
	p.line(p.versionLine(ps.Entry))
	if proof.Replaced() {
		q := &desk.Quoted{Entry: proof.Present, Then: ps, Now: proof.Now}
		p.paragraph(p.w.ReceiptReplaced + " " + becameText(q, l))
	}
	p.notice(ps.Document)
	p.buttons(button(p.w.ButtonContext, quiet, contextAction{ps.Ref(), versionOf(ps.Entry), evidenceSpan(ps)}))
	return p.finish()
}

// failing says why a receipt does not hold.
func (p *page) failing(proof *desk.Proof) string {
	r := proof.Receipt
	switch proof.Failing {
	case desk.NoSuchDocument:
		return fmt.Sprintf(p.w.ReceiptNoDocument, r.Passage.Document)
	case desk.NoSuchVersion:
		return fmt.Sprintf(p.w.ReceiptNoVersion, r.Version[:versionDigits])
	case desk.NoSuchPassage:
		return fmt.Sprintf(p.w.ReceiptNoPassage, r.Passage)
	case desk.NoSuchRange:
		return fmt.Sprintf(p.w.ReceiptNoRange, r.Passage)
	}
	return fmt.Sprintf(p.w.ReceiptOtherText, r.Passage)
}
