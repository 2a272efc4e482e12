package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
	"pincite/internal/words"
)

// Receipt says which bytes of which version of a document were quoted, so that
// anybody who has the library can prove it.
type Receipt struct {
	Passage document.Ref
	// Version is the beginning of the version's library.Entry.Hash.
	Version string
	// Span are the bytes of the passage's text.
	Span words.Span
	// Text is the beginning of the SHA-256 of those bytes, in lower-case hex.
	Text string
}

// receiptDigits is how many hexadecimal digits of a hash a receipt has: 128
// bits, for which nobody finds another text.
const receiptDigits = 32

// receiptWord begins every receipt; its number changes with the form.
const receiptWord = "pincite1"

// String prints the receipt, in ASCII and without white space:
//
//	pincite1:analysis/p8:0b5a…:120-264:9c41…
func (r Receipt) String() string {
	return fmt.Sprintf("%s:%s:%s:%d-%d:%s", receiptWord, r.Passage, r.Version, r.Span.Start, r.Span.End, r.Text)
}

// ParseReceipt reads what String prints, and white space around it. Its fault
// is Invalid for all else.
func ParseReceipt(s string) (Receipt, error) {
	s = strings.TrimSpace(s)
	bad := func() (Receipt, error) {
		return Receipt{}, fault.New(fault.Invalid, "%q is no receipt: one begins with %s: and is copied whole.", s, receiptWord)
	}
	fields := strings.Split(s, ":")
	if len(fields) != 5 {
		return bad()
	}
	ref, err := document.ParseRef(fields[1])
	start, end, _ := strings.Cut(fields[3], "-")
	from, errFrom := strconv.Atoi(start)
	to, errTo := strconv.Atoi(end)
	r := Receipt{Passage: ref, Version: fields[2], Span: words.Span{Start: from, End: to}, Text: fields[4]}
	if err != nil || errFrom != nil || errTo != nil || from < 0 || to <= from ||
		!isDigest(r.Version) || !isDigest(r.Text) || r.String() != s {
		return bad()
	}
	return r, nil
}

func isDigest(s string) bool {
	return len(s) == receiptDigits && strings.Trim(s, "0123456789abcdef") == ""
}

// Receipt is the receipt for a range of a passage's text; for the whole of it
// where the range is the zero one. The range is one of the text's characters,
// as those of Evidence are.
func (p *Passage) Receipt(span words.Span) Receipt {
	if span == (words.Span{}) {
		span.End = len(p.Passage.Text)
	}
	return Receipt{
		Passage: p.Ref(), Version: p.Entry.Hash[:min(len(p.Entry.Hash), receiptDigits)],
		Span: span, Text: digestOf(p.Passage.Text[span.Start:span.End]),
	}
}

func digestOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:receiptDigits]
}

// Failing is why a receipt does not hold.
type Failing string

// The failings; none is empty.
const (
	NoSuchDocument Failing = "document" // no document of that id is here
	NoSuchVersion  Failing = "version"  // it is not kept here, or never was
	NoSuchPassage  Failing = "passage"  // that version has none of that number
	NoSuchRange    Failing = "range"    // outside of the text, or through a character
	OtherText      Failing = "text"     // the bytes there are others
)

// Proof is what came of a receipt.
type Proof struct {
	Receipt Receipt
	// Failing is empty where the receipt holds.
	Failing Failing
	// Passage is what it names, with the bytes as evidence; nil unless it holds.
	Passage *Passage
	// Present is the document's present version; zero where there is none.
	Present library.Entry
	// Now is what the passage has become where the document was replaced since;
	// nil where it was removed, or is the same version.
	Now *Passage
}

// Replaced reports whether the document was replaced since the receipt was made.
func (p *Proof) Replaced() bool { return p.Passage != nil && p.Passage.Entry.Hash != p.Present.Hash }

// CheckReceipt proves a receipt against the versions that the library keeps of
// the documents that a server sees. One that does not hold is no error. The
// faults are Invalid for what is no receipt, and Storage.
func (d *Desk) CheckReceipt(ctx context.Context, who library.CorpusID, receipt string) (*Proof, error) {
	r, err := ParseReceipt(receipt)
	if err != nil {
		return nil, err
	}
	proof := &Proof{Receipt: r}
	fail := func(f Failing) (*Proof, error) {
		proof.Failing = f
		return proof, nil
	}
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	entry, ok := s.entries[r.Passage.Document]
	if !ok {
		return fail(NoSuchDocument)
	}
	proof.Present = entry
	version := entry
	if !strings.HasPrefix(entry.Hash, r.Version) {
		if version, ok, err = d.versionOf(ctx, who, entry.ID, r.Version); err != nil {
			return nil, err
		}
		if !ok {
			return fail(NoSuchVersion)
		}
	}
	p, err := d.passageOf(ctx, version, r.Passage.Pincite)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return fail(NoSuchPassage)
	case err != nil:
		return nil, err
	}
	text := p.Passage.Text
	if r.Span.End > len(text) || !utf8.RuneStart(text[r.Span.Start]) || (r.Span.End < len(text) && !utf8.RuneStart(text[r.Span.End])) {
		return fail(NoSuchRange)
	}
	if digestOf(text[r.Span.Start:r.Span.End]) != r.Text {
		return fail(OtherText)
	}
	p.Evidence = []words.Span{r.Span}
	if err := d.complete(ctx, version, p); err != nil {
		return nil, err
	}
	proof.Passage = p
	if proof.Replaced() {
		q, err := d.Quoted(ctx, who, r.Passage, r.Version)
		if err != nil {
			return nil, err
		}
		proof.Now = q.Now
	}
	return proof, nil
}
