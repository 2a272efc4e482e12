package ingest

import (
	"slices"
	"strings"

	"pincite/internal/document"
)

// maxHead bounds the pieces among which the title is looked for: letterheads
// and legends stand above it.
const maxHead = 10

// head takes the title and the credits off the beginning of the text. What it
// finds there counts more than what the file says about itself: properties
// are often those of a template or of another document.
func (f *flow) head() {
	at, ends := f.findTitle()
	var seen metadata
	kept := f.pieces[:0]
	under := at >= 0 // nothing but credits stood below the title so far
	for i := range f.pieces {
		p := f.pieces[i]
		headed := i < maxHead || i < ends
		below := under && i >= ends
		switch {
		case at >= 0 && i >= at && i < ends:
			f.unprinted(&p)
			seen.title = strings.TrimSpace(seen.title + " " + oneLine(p.text))
			continue
		case p.role == roleAuthor && headed:
			f.unprinted(&p)
			seen.authors = append(seen.authors, credits(p.text)...)
			continue
		case p.role == roleDate && headed && seen.date == "":
			f.date(&p, &seen)
			continue
		case p.role == roleSubtitle && below && seen.takeCredit(p.text):
			continue
		case p.role == roleSubtitle && below:
			f.unprinted(&p)
			seen.title = withSubtitle(seen.title, oneLine(p.text))
			continue
		case p.role == roleBody && below && len(p.refs) == 0 && f.credit(&p, &seen):
			continue
		}
		under = under && i < ends
		switch p.role {
		case roleTitle, roleSubtitle:
			p.role, p.level = roleHeading, 1
		case roleAuthor, roleDate:
			p.role = roleBody
		}
		kept = append(kept, p)
	}
	f.pieces = kept
	if seen.title != "" {
		f.meta.title = seen.title
	}
	if len(seen.authors) > 0 {
		f.meta.authors = unique(seen.authors)
	}
	if seen.date != "" {
		f.meta.date = seen.date
	}
}

// withSubtitle joins a title and its subtitle as catalogues do.
func withSubtitle(title, subtitle string) string {
	if terminal(title) || strings.HasSuffix(title, ":") || strings.HasSuffix(title, "—") {
		return title + " " + subtitle
	}
	return title + ": " + subtitle
}

// date takes the date that a style marks. One that is not understood is no
// paragraph either.
func (f *flow) date(p *piece, seen *metadata) {
	f.unprinted(p)
	date, ok := dateline(p.text)
	if !ok {
		date, ok = parseDate(p.text)
	}
	if !ok {
		f.in.doubts.add(DoubtMetadata, document.Pincite{}, "The date “%s” is not understood and was left out.", shorten(oneLine(p.text), 40))
		return
	}
	seen.date = date
}

// credit takes a line below the title that is a byline or a date, or the
// names of the authors as the properties have them.
func (f *flow) credit(p *piece, seen *metadata) bool {
	if seen.takeCredit(p.text) {
		return true
	}
	names, ok := byline("by " + p.text)
	if !ok || len(seen.authors) > 0 {
		return false
	}
	for _, name := range names {
		if !slices.ContainsFunc(f.meta.authors, func(a string) bool { return strings.EqualFold(a, name) }) {
			return false
		}
	}
	seen.authors = names
	return true
}

// findTitle finds the pieces [at, ends) that are the title: those of that
// style; else the first piece where it is the title of the properties over
// again; else a first-level heading at the beginning that is the only one;
// else a first line that stands out and reads as a title does in plain text.
// Where there is none, at is -1.
func (f *flow) findTitle() (at, ends int) {
	for i := range f.pieces[:min(len(f.pieces), maxHead)] {
		if f.pieces[i].role != roleTitle {
			continue
		}
		ends = i + 1
		for ends < len(f.pieces) && ends < i+4 && f.pieces[ends].role == roleTitle {
			ends++
		}
		return i, ends
	}
	first := slices.IndexFunc(f.pieces, func(p piece) bool {
		return p.role != roleAuthor && p.role != roleDate && p.text != ""
	})
	if first < 0 || first >= maxHead {
		return -1, 0
	}
	p := &f.pieces[first]
	text := oneLine(p.text)
	ones := 0
	for i := range f.pieces {
		if f.pieces[i].role == roleHeading && f.pieces[i].level == 1 {
			ones++
		}
	}
	switch {
	case f.meta.title != "" && strings.EqualFold(f.meta.title, text) && (p.role == roleBody || p.role == roleHeading):
	case p.role == roleHeading && p.level == 1 && ones == 1 && f.meta.title == "":
	case p.role == roleBody && f.unstyledTitle(first, text):
	default:
		return -1, 0
	}
	return first, first + 1
}

// unstyledTitle reports a first line without a style that is the title: it is
// bold, centred or in capitals, and reads as one.
func (f *flow) unstyledTitle(at int, text string) bool {
	p := &f.pieces[at]
	if !p.strong && !p.centred && !allCaps(text) || strings.Contains(p.text, "\n") {
		return false
	}
	var credit metadata
	next := at + 1
	for next < len(f.pieces) && next <= at+4 &&
		(f.pieces[next].role == roleAuthor || f.pieces[next].role == roleDate || f.credit(&f.pieces[next], &credit)) {
		next++
	}
	if next >= len(f.pieces) || !isTitle(text, next > at+1, f.in.source.Name) {
		return false
	}
	below := []line{{text: f.pieces[next].text}}
	return f.pieces[next].role == roleHeading || prose(below) || headingCandidate(below)
}

// headings makes headings of bold lines in a document without any of that
// style: those that would be headings in plain text too.
func (f *flow) headings() {
	blocks := make([][]line, len(f.pieces))
	for i := range f.pieces {
		p := &f.pieces[i]
		if p.role == roleHeading {
			return
		}
		for s := range strings.SplitSeq(p.text, "\n") {
			blocks[i] = append(blocks[i], line{text: s})
		}
	}
	for i, found := range headingsOf(blocks) {
		p := &f.pieces[i]
		if !found || !p.strong && !allCaps(p.text) {
			continue
		}
		listed := func(k int) bool { return k >= 0 && k < len(f.pieces) && f.pieces[k].role == roleItem }
		if p.role == roleBody || p.role == roleItem && !listed(i-1) && !listed(i+1) {
			p.role, p.level = roleHeading, 1
		}
	}
}

// credits reads the names in a line that is set as authors, or in a property:
// they are parted by semicolons.
func credits(s string) []string {
	var names []string
	for name := range strings.FieldsFuncSeq(oneLine(s), func(r rune) bool { return r == ';' }) {
		name = strings.TrimSpace(name)
		if len(name) > 3 && strings.EqualFold(name[:3], "by ") {
			name = strings.TrimSpace(name[3:])
		}
		if name != "" && len(name) <= maxHeading {
			names = append(names, name)
		}
	}
	return unique(names)
}

// creators reads the authors in a property. Those that programs write for
// want of a name are none.
func creators(s string) []string {
	return slices.DeleteFunc(credits(s), func(name string) bool { return nobody[strings.ToLower(name)] })
}

// nobody are the names that programs sign with.
var nobody = map[string]bool{
	"admin": true, "administrator": true, "apache poi": true, "author": true, "calibre": true, "docx4j": true,
	"microsoft": true, "microsoft office user": true, "owner": true, "pandoc": true, "python-docx": true, "un-named": true,
	"unknown": true, "unknown author": true, "user": true, "windows user": true,
}

// property sets a field of the metadata from a property of the file: its key
// is one of those that front matter has. Programs write properties of their
// own under the same names, so that what does not fit is no doubt.
func (m *metadata) property(key, value string) {
	key = strings.ToLower(strings.TrimSpace(key))
	field := keys[key]
	switch {
	case field == "":
	case field == "authors":
		if len(m.authors) == 0 {
			m.authors = creators(value)
		}
	case field == "date" && m.date != "":
	default:
		m.set(field, key, oneLine(value), &doubts{})
	}
}

// titled sets the title from a property, unless it is one that programs make.
func (m *metadata) titled(s string) {
	s = oneLine(s)
	lower := strings.ToLower(s)
	switch lower {
	case "", "untitled", "untitled document", "document", "document1", "word document", "title", "unknown":
		return
	}
	if strings.HasPrefix(lower, "microsoft word - ") || len(document.Slug(s)) == 0 && len(s) < 3 {
		return
	}
	m.title = s
}

// maxAuthors bounds the authors of one document.
const maxAuthors = 100

// unique drops names that came before, and those beyond maxAuthors.
func unique(names []string) []string {
	var kept []string
	for _, n := range names {
		if len(kept) < maxAuthors && !slices.Contains(kept, n) {
			kept = append(kept, n)
		}
	}
	return kept
}
