package document

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Pincite is a pinpoint: which paragraph or which footnote of a document.
// The zero value names nothing.
type Pincite struct {
	Kind   Kind
	Number int // from 1
}

// String prints the pincite for readers: "¶ 8" or "n. 1".
func (p Pincite) String() string {
	if p.Kind == Footnote {
		return "n. " + strconv.Itoa(p.Number)
	}
	return "¶ " + strconv.Itoa(p.Number)
}

// Key prints the pincite for ids: "p8" or "n1".
func (p Pincite) Key() string {
	if p.Kind == Footnote {
		return "n" + strconv.Itoa(p.Number)
	}
	return "p" + strconv.Itoa(p.Number)
}

// pincite matches the spellings that people type. The number has at most six
// digits and does not begin with 0.
var pincite = regexp.MustCompile(`(?i)^(?:(p|¶|para\.?|paragraph)|(n|n\.|note|fn\.?|footnote))[\s\x{00a0}]*([1-9][0-9]{0,5})$`)

// ParsePincite reads what String and Key print and what people type instead:
// p8, ¶8, para. 8, paragraph 8; n1, n. 1, note 1, fn. 1, footnote 1.
func ParsePincite(s string) (Pincite, error) {
	m := pincite.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return Pincite{}, fmt.Errorf("pincite %q: want p8 or ¶ 8 for a paragraph, n1 or n. 1 for a footnote", s)
	}
	number, err := strconv.Atoi(m[3])
	if err != nil {
		return Pincite{}, fmt.Errorf("pincite %q: %w", s, err)
	}
	if m[1] != "" {
		return Pincite{Kind: Paragraph, Number: number}, nil
	}
	return Pincite{Kind: Footnote, Number: number}, nil
}

// Ref is the id of a passage across the documents of a corpus.
type Ref struct {
	Document string // the document's id
	Pincite
}

// String prints the id, such as "article/p8".
func (r Ref) String() string { return r.Document + "/" + r.Key() }

// ParseRef reads an id: a document's id, a slash, and a pincite in any
// spelling that [ParsePincite] knows.
func ParseRef(s string) (Ref, error) {
	id, at, ok := strings.Cut(strings.TrimSpace(s), "/")
	if !ok || !ValidID(id) {
		return Ref{}, fmt.Errorf("passage %q: want DOCUMENT/p8 or DOCUMENT/n1", s)
	}
	p, err := ParsePincite(at)
	if err != nil {
		return Ref{}, fmt.Errorf("passage of %s: %w", id, err)
	}
	return Ref{Document: id, Pincite: p}, nil
}
