package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/library"
	"pincite/internal/quote"
	"pincite/internal/words"
)

type verifyCommand struct {
	Quotation []string `arg:"" optional:"" help:"The quotation, in quotation marks of the shell."`
	Lines     bool     `help:"Read quotations from standard input, one JSON string a line, and print one JSON object a line."`
	Receipt   string   `placeholder:"RECEIPT" help:"Prove a receipt instead, against this version of its document or an earlier one."`
}

// Help is what is said after the usage.
func (*verifyCommand) Help() string {
	return "Exit status 3 means that the corpus does not hold the quotation, or that the receipt does not hold. With --lines each line says so for itself."
}

func (c *verifyCommand) run(ctx context.Context, a *app) (err error) {
	text := strings.Join(c.Quotation, " ")
	ways := 0
	for _, given := range []bool{text != "", c.Lines, c.Receipt != ""} {
		if given {
			ways++
		}
	}
	switch {
	case ways > 1:
		return usage("A quotation, --lines and --receipt exclude each other; use one of them.")
	case ways == 0 || (c.Receipt == "" && !c.Lines && strings.TrimSpace(text) == ""):
		return usage(`No quotation was given; write it behind the command: pincite verify "Congress alone may declare war".`)
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	switch {
	case c.Lines:
		return a.verifyLines(ctx, s)
	case c.Receipt != "":
		return a.proveReceipt(ctx, s, c.Receipt)
	}
	v, err := s.Verify(ctx, s.who, text)
	if err != nil {
		return err
	}
	if a.JSON {
		err = a.out.json(newVerifiedJSON(v))
	} else {
		a.showVerification(v)
	}
	if err == nil && v.Verdict != quote.Exact {
		err = errNoAnswer
	}
	return err
}

// verifyLines checks a quotation a line. A text that cannot be a quotation, such
// as one without a word, is absent, and standard error says why.
func (a *app) verifyLines(ctx context.Context, s *session) error {
	number := 0
	return eachLine(a.stdin, func(text string) error {
		number++
		v, err := s.Verify(ctx, s.who, text)
		if fault.KindOf(err) == fault.Invalid {
			say(a.stderr, fmt.Sprintf("quotation %d: %s", number, sentence(err)))
			v, err = &desk.Verification{Quote: text, Verdict: quote.Absent}, nil
		}
		if err != nil {
			return err
		}
		if err := a.out.json(newVerdictJSON(v)); err != nil {
			return err
		}
		return a.out.flush()
	})
}

// showVerification prints what came of a quotation.
func (a *app) showVerification(v *desk.Verification) {
	out := a.out
	switch v.Verdict {
	case quote.Exact:
		out.text("", good, "Exact")
		place := &v.Places[0]
		if place.Marked() {
			out.text("", plain, "Word for word, but for what it marks:")
		}
		a.showPlace(place, nil)
		a.showDifferences(place)
		if len(v.Places) > 1 {
			out.gap()
			others := make([]string, 0, len(v.Places))
			for i := range v.Places[1:] {
				others = append(others, placeName(&v.Places[1+i]))
			}
			if v.More {
				others = append(others, "and others")
			}
			out.text("", plain, "Also in: "+strings.Join(others, ", ")+".")
		}
	case quote.Altered:
		out.text("", poor, "Altered")
		out.text("", plain, "No passage has it word for word. The nearest:")
		a.showPlace(&v.Places[0], v.Places[0].Differences)
		a.showDifferences(&v.Places[0])
	default:
		out.text("", poor, "Absent")
		out.text("", plain, "No passage has it, and none is near it. Titles and headings are not compared.")
	}
}

// placeName is a place's id: of the passages it is of.
func placeName(place *desk.VerifiedPlace) string {
	ids := make([]string, 0, len(place.Passages))
	for i := range place.Passages {
		ids = append(ids, place.Passages[i].Ref().String())
	}
	return strings.Join(ids, " and ")
}

// showPlace prints the passages of a place, with its evidence set off or, where
// it is altered, what differs.
func (a *app) showPlace(place *desk.VerifiedPlace, differ []quote.Difference) {
	for i := range place.Passages {
		p := &place.Passages[i]
		spans := p.Evidence
		if differ != nil {
			spans = nil
			for _, d := range differ {
				if d.Passage == p.Ref() && d.Kind != quote.Joined && d.Start < d.End {
					spans = append(spans, words.Span{Start: d.Start, End: d.End})
				}
			}
		}
		a.out.gap()
		if p.Passage.Section != "" {
			a.out.text(margin, faint, p.Passage.Section)
		}
		a.out.line(margin, emphasised(p.Passage.Text, 0, len(p.Passage.Text), spans)...)
		a.out.line(margin, citationStretches(p.Citation)...)
		a.out.text(margin, faint, "Version: "+versionText(p.Entry))
		if differ == nil && len(p.Evidence) > 0 {
			a.out.text(margin, faint, "Receipt: "+p.Receipt(p.Evidence[0]).String())
		}
	}
}

// versionDigits is how many digits of a version's hash are shown.
const versionDigits = 8

// versionText says which version of a document was read.
func versionText(e library.Entry) string {
	hash := e.Hash[:min(len(e.Hash), versionDigits)]
	if e.AddedAt.IsZero() {
		return "of the base corpus, " + hash
	}
	return fmt.Sprintf("%d, added %s, %s", e.Version, e.AddedAt.Format(time.DateOnly), hash)
}

// showDifferences lists what there is to name.
func (a *app) showDifferences(place *desk.VerifiedPlace) {
	if len(place.Differences) > 0 {
		a.out.gap()
	}
	for _, d := range place.Differences {
		a.out.text("", plain, "- "+differenceText(d))
	}
}

// differenceText says one difference in a sentence.
func differenceText(d quote.Difference) string {
	has := fmt.Sprintf("“%s”, where %s has “%s”", d.Quote, d.Passage, d.Source)
	switch d.Kind {
	case quote.Elision:
		if d.Source == "" {
			return "Ellipsis: “" + d.Quote + "” stands for nothing between the words quoted."
		}
		return "Ellipsis: “" + d.Source + "” is left out."
	case quote.Bracket:
		if d.Source == "" {
			return "In brackets: “" + d.Quote + "” is the quoter’s."
		}
		return "In brackets: " + has + "."
	case quote.Marker:
		return "Footnote marker: “" + d.Source + "” is left out."
	case quote.Closing:
		return "Closing: the final “" + d.Quote + "” is not the source’s."
	case quote.Reference:
		return "Not checked, taken for a citation: “" + d.Quote + "”."
	case quote.Joined:
		return fmt.Sprintf("Joined: “%s” is of %s.", d.Quote, d.Passage)
	}
	name := differenceName(d.Kind)
	switch {
	case d.Quote == "":
		return fmt.Sprintf("%s: “%s” of %s is left out.", name, d.Source, d.Passage)
	case d.Source == "":
		return fmt.Sprintf("%s: “%s” is not in %s.", name, d.Quote, d.Passage)
	}
	return name + ": " + has + "."
}

func differenceName(k quote.Kind) string {
	switch k {
	case quote.Number:
		return "Number"
	case quote.Negation:
		return "Negation"
	case quote.Name:
		return "Name"
	case quote.Case:
		return "Case"
	case quote.Punctuation:
		return "Punctuation"
	}
	return "Words"
}

// proveReceipt says whether a receipt holds.
func (a *app) proveReceipt(ctx context.Context, s *session, receipt string) error {
	proof, err := s.CheckReceipt(ctx, s.who, receipt)
	if err != nil {
		return err
	}
	if a.JSON {
		err = a.out.json(newProofJSON(proof))
	} else {
		a.showProof(proof)
	}
	if err == nil && proof.Failing != "" {
		err = errNoAnswer
	}
	return err
}

func (a *app) showProof(proof *desk.Proof) {
	if proof.Failing != "" {
		a.out.text("", poor, "The receipt does not hold.")
		a.out.text("", plain, failingText(proof))
		return
	}
	a.out.text("", good, "The receipt holds.")
	a.out.gap()
	a.out.line(margin, emphasised(proof.Passage.Passage.Text, 0, len(proof.Passage.Passage.Text), proof.Passage.Evidence)...)
	a.out.line(margin, citationStretches(proof.Passage.Citation)...)
	a.out.text(margin, faint, "Version: "+versionText(proof.Passage.Entry))
	if !proof.Replaced() {
		return
	}
	a.out.gap()
	a.out.text("", fair, "The document has been replaced since, by version "+versionText(proof.Present)+".")
	switch now := proof.Now; {
	case now == nil:
		a.out.text("", plain, "The passage is not in it any more.")
	case now.Passage.Text == proof.Passage.Passage.Text:
		a.out.text("", plain, "The passage is the same there, "+now.Passage.Pincite().String()+".")
	default:
		a.out.text("", plain, "The passage reads otherwise there, "+now.Passage.Pincite().String()+":")
		a.out.line(margin, stretch{now.Passage.Text, plain})
	}
}

// failingText says why a receipt does not hold.
func failingText(proof *desk.Proof) string {
	r := proof.Receipt
	switch proof.Failing {
	case desk.NoSuchDocument:
		return fmt.Sprintf("There is no document %s here.", r.Passage.Document)
	case desk.NoSuchVersion:
		return fmt.Sprintf("No version %s of %s is kept here.", r.Version[:versionDigits], r.Passage.Document)
	case desk.NoSuchPassage:
		return fmt.Sprintf("Version %s of %s has no %s.", r.Version[:versionDigits], r.Passage.Document, r.Passage.Pincite)
	case desk.NoSuchRange:
		return fmt.Sprintf("%s has no characters at bytes %d to %d.", r.Passage, r.Span.Start, r.Span.End)
	}
	return fmt.Sprintf("Bytes %d to %d of %s are another text than the receipt was made for.", r.Span.Start, r.Span.End, r.Passage)
}
