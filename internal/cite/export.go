package cite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Reference managers keep one record a document and have no field for a
// passage of it, save CSL's locator; the pinpoint therefore goes into the
// note, from where their users copy it.
func (w work) note() string {
	return w.at.bluebook() + w.at.counted()
}

// cslItem is the part of csl-data.json that Pincite can fill.
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Issued    *cslDate  `json:"issued,omitempty"`
	Container string    `json:"container-title,omitempty"`
	URL       string    `json:"URL,omitempty"`
	Accessed  *cslDate  `json:"accessed,omitempty"`
	Language  string    `json:"language,omitempty"`
	Locator   string    `json:"locator"`
	Note      string    `json:"note"`
}

type cslName struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Suffix  string `json:"suffix,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

func cslJSON(w work) (Citation, error) {
	item := cslItem{
		ID:        w.id,
		Type:      "document",
		Title:     w.title,
		Issued:    w.date.csl(),
		Container: w.site,
		URL:       w.url,
		Accessed:  w.accessed().csl(),
		Language:  w.language,
		Locator:   w.at.bluebook(),
		Note:      w.note(),
	}
	if w.url != "" {
		item.Type = "webpage"
	}
	for _, n := range w.authors {
		if n.family == "" {
			item.Author = append(item.Author, cslName{Literal: n.printed})
			continue
		}
		item.Author = append(item.Author, cslName{Family: n.family, Given: n.given, Suffix: n.suffix})
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // it is no HTML, and people read it
	enc.SetIndent("", "  ")
	if err := enc.Encode([]cslItem{item}); err != nil {
		return Citation{}, fmt.Errorf("cite %s as CSL-JSON: %w", w.id, err)
	}
	return record("json", datesOnALine(out.String())), nil
}

// indentedDate is a date as package json indents it. No string holds such a
// line break, which would be escaped there.
var indentedDate = regexp.MustCompile(`\[\n\s+\[\n[\d,\s]+\]\n\s+\]`)

// datesOnALine writes each date of indented JSON on one line, so that a record
// is short enough to be read on a telephone.
func datesOnALine(indented string) string {
	return indentedDate.ReplaceAllStringFunc(indented, func(date string) string {
		return strings.ReplaceAll(strings.Join(strings.Fields(date), ""), ",", ", ")
	})
}

func (d date) csl() *cslDate {
	if !d.known() {
		return nil
	}
	parts := []int{d.year}
	if d.month != 0 {
		parts = append(parts, int(d.month))
	}
	if d.day != 0 {
		parts = append(parts, d.day)
	}
	return &cslDate{Parts: [][]int{parts}}
}

func bibTeX(w work) Citation {
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s", w.id)
	// A field is a key and a value that is TeX already.
	field := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, ",\n  %s = {%s}", key, value)
		}
	}
	var authors []string
	for _, n := range w.authors {
		if n.family == "" {
			// Braces keep BibTeX from reading a body's name as a person's.
			authors = append(authors, "{"+tex(n.printed)+"}")
			continue
		}
		s := tex(n.family) + ", "
		if n.suffix != "" {
			s += tex(n.suffix) + ", " // BibTeX wants: von Last, Jr, First
		}
		authors = append(authors, s+tex(n.given))
	}
	field("author", strings.Join(authors, " and "))
	field("title", "{"+tex(w.title)+"}") // inner braces keep its capitals
	field("howpublished", tex(w.site))
	if w.date.known() {
		field("year", fmt.Sprint(w.date.year))
	}
	if w.date.month != 0 {
		// The months are macros, which styles print in their own language.
		fmt.Fprintf(&b, ",\n  month = %s", strings.ToLower(w.date.month.String()[:3]))
	}
	if w.date.day != 0 {
		field("day", fmt.Sprint(w.date.day))
	}
	field("url", w.url)
	field("urldate", w.accessed().iso())
	field("langid", babel(w.language))
	field("note", tex(w.note()))
	b.WriteString("\n}\n")
	return record("bibtex", b.String())
}

// babel is the name of a BCP 47 tag's language in the packages babel and
// polyglossia, by which biblatex hyphenates an entry; empty for one that is not
// listed, since biblatex warns of a name that it does not know.
func babel(tag string) string {
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch language {
	case "ar":
		return "arabic"
	case "de":
		return "ngerman"
	case "en":
		return "english"
	case "es":
		return "spanish"
	case "fr":
		return "french"
	case "it":
		return "italian"
	case "nl":
		return "dutch"
	case "pl":
		return "polish"
	case "pt":
		return "portuguese"
	case "ru":
		return "russian"
	case "uk":
		return "ukrainian"
	}
	return ""
}

// tex writes text so that TeX prints it and BibTeX, which counts braces even
// behind a backslash, still finds the end of the field.
func tex(text string) string {
	return strings.NewReplacer(
		`\`, `{\textbackslash}`, `{`, `{\textbraceleft}`, `}`, `{\textbraceright}`,
		`^`, `{\textasciicircum}`, `~`, `{\textasciitilde}`,
		`#`, `\#`, `$`, `\$`, `%`, `\%`, `&`, `\&`, `_`, `\_`,
	).Replace(text)
}

// ris writes two letters, two spaces, a hyphen and a space before each value,
// and ends each line as the format's description says.
func ris(w work) Citation {
	var b strings.Builder
	tag := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", name, value)
		}
	}
	if w.url != "" {
		tag("TY", "ELEC")
	} else {
		tag("TY", "GEN")
	}
	tag("ID", w.id)
	for _, n := range w.authors {
		tag("AU", n.sorted())
	}
	tag("TI", w.title)
	tag("T2", w.site)
	if w.date.known() {
		tag("PY", fmt.Sprint(w.date.year))
	}
	tag("DA", w.date.ris())
	tag("UR", w.url)
	tag("Y2", w.accessed().ris())
	tag("LA", w.language)
	tag("N1", w.note())
	b.WriteString("ER  - \r\n")
	return record("", b.String())
}

// ris prints "2024/03/17/", "2024/03//" or "2024///".
func (d date) ris() string {
	switch {
	case !d.known():
		return ""
	case d.month == 0:
		return fmt.Sprintf("%04d///", d.year)
	case d.day == 0:
		return fmt.Sprintf("%04d/%02d//", d.year, d.month)
	}
	return fmt.Sprintf("%04d/%02d/%02d/", d.year, d.month, d.day)
}

// record is a citation for a reference manager in a language that Discord may
// colour.
func record(language, text string) Citation {
	if language == "" {
		language = "text"
	}
	return Citation{record: language, parts: []Part{{Text: text}}}
}
