package cite

import (
	"slices"
	"strings"
)

// plain prints: Title, ¶ 8 (version added Nov. 23, 2026).
func plain(w work) Citation {
	var c Citation
	c.add(Italic, w.title)
	c.add(Roman, ", "+w.at.plain())
	if w.added.known() {
		c.add(Roman, " (version added "+w.added.abbreviated()+")")
	}
	c.add(Roman, ".")
	return c
}

// bluebook prints: Author, Title, para. 8, Site (Mar. 17, 2024), URL
// (paragraph numbers counted). Two authors are joined by "&", of more the
// first is named (rule 15.1); an author whom the site is named after is left
// out (rule 18.2.2(a)); a page without a date has the day of the last visit
// after its address instead (rule 18.2.2(c)).
func bluebook(w work) Citation {
	var c Citation
	authors, site := w.authors, w.site
	if w.owner != "" {
		site = w.owner
		authors = slices.DeleteFunc(slices.Clone(authors), func(n name) bool { return strings.EqualFold(n.printed, site) })
	}
	switch len(authors) {
	case 0:
	case 1:
		c.add(Roman, authors[0].display()+", ")
	case 2:
		c.add(Roman, authors[0].display()+" & "+authors[1].display()+", ")
	default:
		c.add(Roman, authors[0].display()+" et al., ")
	}
	c.add(Italic, w.title)
	c.add(Roman, ", "+w.at.bluebook())
	if site != "" {
		c.add(Roman, ", "+site)
	}
	if w.date.known() {
		c.add(Roman, " ("+w.date.abbreviated()+")")
	}
	if w.url != "" {
		c.add(Roman, ", ")
		c.add(Address, w.url)
	}
	if visited := w.accessed(); visited.known() && !w.date.known() {
		c.add(Roman, " (last visited "+visited.abbreviated()+")")
	}
	c.add(Roman, w.at.counted())
	c.end()
	return c
}

// oscola prints: Author, ‘Title’ (Site, 17 March 2024), para 8 <URL> accessed
// 23 November 2026 (paragraph numbers counted). Of more than three authors the
// first is named; the pinpoint goes before the address.
func oscola(w work) Citation {
	var c Citation
	var names []string
	for _, n := range w.authors {
		names = append(names, n.display())
	}
	switch {
	case len(names) > 3:
		c.add(Roman, names[0]+" and others, ")
	case len(names) > 0:
		c.add(Roman, series(names, " and ")+", ")
	}
	c.add(Roman, "‘"+w.title+"’")
	var published []string
	for _, s := range []string{w.site, w.date.dayFirst()} {
		if s != "" {
			published = append(published, s)
		}
	}
	if len(published) > 0 {
		c.add(Roman, " ("+strings.Join(published, ", ")+")")
	}
	c.add(Roman, ", "+w.at.oscola())
	if w.url != "" {
		c.add(Roman, " <")
		c.add(Address, w.url)
		c.add(Roman, ">")
	}
	if accessed := w.accessed(); accessed.known() {
		c.add(Roman, " accessed "+accessed.dayFirst())
	}
	c.add(Roman, w.at.counted())
	c.end()
	return c
}

// apa prints the citation in the text, and below it the entry in the list of
// references:
//
//	(Doe, 2024, para. 8)
//	Doe, J. (2024, March 17). Title. Site. URL
//
// Without an author the title takes its place, without a date stands "n.d.".
// APA has readers count paragraphs, so that nothing marks a number as counted.
func apa(w work) Citation {
	var c Citation
	year := "n.d."
	if w.date.known() {
		year = date{year: w.date.year}.yearFirst()
	}
	c.add(Roman, "(")
	switch len(w.authors) {
	case 0:
		c.add(Italic, w.title)
	case 1:
		c.add(Roman, w.authors[0].short())
	case 2:
		c.add(Roman, w.authors[0].short()+" & "+w.authors[1].short())
	default:
		c.add(Roman, w.authors[0].short()+" et al.")
	}
	c.add(Roman, ", "+year+", "+w.at.apa()+")\n")

	if len(w.authors) == 0 {
		c.add(Italic, w.title)
	} else {
		c.add(Roman, apaAuthors(w.authors))
	}
	c.end()
	if when := w.date.yearFirst(); when != "" {
		c.add(Roman, " ("+when+").")
	} else {
		c.add(Roman, " (n.d.).")
	}
	if len(w.authors) > 0 {
		c.add(Roman, " ")
		c.add(Italic, w.title)
		c.end()
	}
	if w.site != "" {
		c.add(Roman, " "+w.site)
		c.end()
	}
	if w.url != "" {
		c.add(Roman, " ")
		c.add(Address, w.url)
	}
	return c
}

// apaAuthors lists up to 20 authors; of more it names the first 19 and, after
// an ellipsis, the last.
func apaAuthors(authors []name) string {
	var names []string
	for _, n := range authors {
		names = append(names, n.inverted())
	}
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n > 20:
		return strings.Join(names[:19], ", ") + ", . . . " + names[n-1]
	default:
		return strings.Join(names[:n-1], ", ") + ", & " + names[n-1]
	}
}

// series joins names by commas and the last two by a word.
func series(names []string, last string) string {
	n := len(names)
	if n < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:n-1], ", ") + last + names[n-1]
}

// end closes a sentence, unless what stands there closes it already.
func (c *Citation) end() {
	last := strings.TrimRight(c.Text(), `"”’»`)
	for _, mark := range []string{".", "?", "!", "…"} {
		if strings.HasSuffix(last, mark) && !c.endsInAddress() {
			return
		}
	}
	c.add(Roman, ".")
}

func (c *Citation) endsInAddress() bool {
	return len(c.parts) > 0 && c.parts[len(c.parts)-1].Mark == Address
}
