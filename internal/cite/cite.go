// Package cite prints references: a passage's citation in the styles that
// people hand in, its record for a reference manager, and the link that opens
// its source at the passage.
//
// Three rules hold in every style. What the document lacks is left out as the
// style itself leaves it out, and never made up. Titles, names and sites are
// printed as stored, so that no style's capitals or quotation marks change
// them; only white space is folded. Paragraph numbers are counted by Pincite,
// since sources seldom print any, and are marked as counted where the style
// has a way to say so.
package cite

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"pincite/internal/document"
)

// Style names a form in which a passage is cited. The last three are records
// for reference managers.
type Style string

// The styles.
const (
	// Plain is Pincite's own: Title, ¶ 8.
	Plain Style = "plain"
	// Bluebook is rule 18.2.2 of The Bluebook, for a page on the web.
	Bluebook Style = "bluebook"
	// OSCOLA is section 3.4.8 of its fourth edition, for a website.
	OSCOLA Style = "oscola"
	// APA is the seventh edition: the citation in the text, and on a line of
	// its own the entry of the reference list that it points to.
	APA Style = "apa"
	// CSLJSON is an array of one item of the Citation Style Language.
	CSLJSON Style = "csl-json"
	// BibTeX is one @misc entry, which biblatex reads as well.
	BibTeX Style = "bibtex"
	// RIS is one record of Research Information Systems' format.
	RIS Style = "ris"
)

// Styles lists every style, in the order in which a user is offered them.
func Styles() []Style {
	return []Style{Plain, Bluebook, OSCOLA, APA, CSLJSON, BibTeX, RIS}
}

// ParseStyle reads a style's name in any case. The error lists the names.
func ParseStyle(name string) (Style, error) {
	s := Style(strings.ToLower(strings.TrimSpace(name)))
	if slices.Contains(Styles(), s) {
		return s, nil
	}
	var names []string
	for _, s := range Styles() {
		names = append(names, string(s))
	}
	return "", fmt.Errorf("citation style %q: want one of %s", name, strings.Join(names, ", "))
}

// Version says which text of the document is cited.
type Version struct {
	// Added is when this text was read into the corpus; zero for a document
	// that ships with Pincite. Plain always prints it; the other styles print
	// it as the day of access, where they ask for one and the document has a
	// URL. Days are those of UTC.
	Added time.Time
}

// Passage cites the passage of d at a pincite. It fails where d has no such
// passage and where the style is none of [Styles].
func Passage(d *document.Document, at document.Pincite, s Style, v Version) (Citation, error) {
	w, err := newWork(d, at, v)
	if err != nil {
		return Citation{}, err
	}
	switch s {
	case Plain:
		return plain(w), nil
	case Bluebook:
		return bluebook(w), nil
	case OSCOLA:
		return oscola(w), nil
	case APA:
		return apa(w), nil
	case CSLJSON:
		return cslJSON(w)
	case BibTeX:
		return bibTeX(w), nil
	case RIS:
		return ris(w), nil
	}
	_, err = ParseStyle(string(s))
	return Citation{}, err
}

// work is what the styles print of a document and a passage of it.
type work struct {
	id      string
	title   string
	authors []name
	site    string // empty where an author has the same name
	// owner is that name, as the site prints it.
	owner    string
	date     date
	url      string // empty where it is no web address
	language string
	at       pinpoint
	added    date // zero for a document that was not added
}

func newWork(d *document.Document, at document.Pincite, v Version) (work, error) {
	p, ok := d.Passage(at)
	if !ok {
		return work{}, fmt.Errorf("cite %s: %s has no such passage", document.Ref{Document: d.ID, Pincite: at}, d.ID)
	}
	w := work{
		id:       d.ID,
		title:    line(d.Title),
		site:     line(d.Site),
		date:     parseDate(d.Date),
		language: line(d.Language),
		at:       pinpointOf(d, p),
	}
	w.url, _ = webAddress(d.URL)
	if !v.Added.IsZero() {
		w.added = dateOf(v.Added.UTC())
	}
	for _, printed := range d.Authors {
		if printed = line(printed); printed != "" {
			w.authors = append(w.authors, parseName(printed, w.site))
		}
	}
	// Every style names only once who is the author and the site. All but
	// Bluebook keep the author.
	if slices.ContainsFunc(w.authors, func(n name) bool { return strings.EqualFold(n.printed, w.site) }) {
		w.site, w.owner = "", w.site
	}
	return w, nil
}

// accessed is the day on which the cited page was read; zero where that is
// not known or there is no page.
func (w work) accessed() date {
	if w.url == "" {
		return date{}
	}
	return w.added
}

// line folds white space and drops control characters, so that a field stays
// on the line that it is printed on.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
