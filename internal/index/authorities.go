package index

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"pincite/internal/authority"
	"pincite/internal/document"
)

// fieldAuthority holds the keys of the authorities that a passage names, as
// they are: a key is no word.
const fieldAuthority = "authority"

// unresolved is the term of a passage that names an authority which could not
// be resolved. No key is like it.
const unresolved = "?"

// Named lists the authorities that each passage of a document names, by the
// passage's position in d.Passages. Short forms refer back in the order of
// d.ReadingOrder: a footnote is read where its marker calls it.
func Named(d *document.Document) [][]authority.Found {
	order := d.ReadingOrder()
	texts := make([]string, len(order))
	for i, at := range order {
		texts[i] = d.Passages[at].Text
	}
	named := make([][]authority.Found, len(order))
	for i, found := range authority.FindAll(texts) {
		named[order[i]] = found
	}
	return named
}

// authorityTerms are the terms of what a passage names.
func authorityTerms(found []authority.Found) []string {
	terms := make([]string, len(found))
	for i, f := range found {
		if terms[i] = f.Key; f.Key == "" {
			terms[i] = unresolved
		}
	}
	return terms
}

// Covers reports whether a passage that names one authority thereby names
// another that is asked for: the same one; a range of sections that the asked
// one is in; or a part of the asked one, such as a section of the article or a
// section within the range. Both are keys.
func Covers(key, asked string) bool {
	if key == asked {
		return true
	}
	if r, ok := sectionRange(key); ok {
		if of, ok := sectionsOf(asked); ok && r.title == of.title && r.includes(of) {
			return true
		}
	}
	if r, ok := sectionRange(asked); ok {
		of, ok := sectionsOf(key)
		return ok && r.title == of.title && r.includes(of)
	}
	part, ok := strings.CutPrefix(key, asked)
	if !ok {
		return false
	}
	switch family, _, _ := strings.Cut(asked, "/"); family {
	case "const":
		return part[0] == '/' // article-2/section-2
	case "un-charter":
		return part[0] == '(' // 2(4)
	case "cfr":
		return part[0] == '.' && !strings.Contains(asked, ".") // 810.2 of part 810
	}
	return false
}

// sections are sections of one title of the United States Code, from first to
// last.
type sections struct {
	title       string
	first, last section
}

// section is a section's number and the letters behind it: 3002a.
type section struct {
	number  int
	letters string
}

func (s section) compare(t section) int {
	if s.number != t.number {
		return s.number - t.number
	}
	return strings.Compare(s.letters, t.letters)
}

func (s sections) includes(t sections) bool {
	return s.first.compare(t.first) <= 0 && t.last.compare(s.last) <= 0
}

// sectionsOf reads a key of one section or of a range. Sections with a hyphen
// in their own number, such as 2000e-5, are not compared with others.
func sectionsOf(key string) (sections, bool) {
	if r, ok := sectionRange(key); ok {
		return r, true
	}
	title, number, ok := codeKey(key)
	if !ok {
		return sections{}, false
	}
	s, ok := parseSection(number)
	return sections{title, s, s}, ok
}

// sectionRange reads a key of a range of sections. What a hyphen joins is a
// range where the second number is greater than the first; else the hyphen is
// part of one number.
func sectionRange(key string) (sections, bool) {
	title, number, ok := codeKey(key)
	if !ok {
		return sections{}, false
	}
	from, to, ok := strings.Cut(number, "-")
	if !ok {
		return sections{}, false
	}
	first, ok := parseSection(from)
	if !ok {
		return sections{}, false
	}
	last, ok := parseSection(to)
	return sections{title, first, last}, ok && first.compare(last) < 0
}

// codeKey takes a key of the United States Code apart.
func codeKey(key string) (title, number string, ok bool) {
	rest, ok := strings.CutPrefix(key, "usc/")
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, "/")
}

func parseSection(s string) (section, bool) {
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(digits)
	return section{n, s[len(digits):]}, err == nil && n > 0
}

// covering lists the terms of the view that Covers has cover a key.
func (v *View) covering(key string) ([]string, error) {
	// A part's key begins as the whole's; a range's, as a section's of its title.
	prefix := key
	if title, _, ok := codeKey(key); ok {
		prefix = "usc/" + title + "/"
	}
	var terms []string
	for i := range v.parts {
		err := v.parts[i].terms(fieldAuthority, prefix, func(term string, _ int) bool {
			if Covers(term, key) && !slices.Contains(terms, term) {
				terms = append(terms, term)
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return terms, nil
}

// Authority is an authority with the passages of a view that name it.
type Authority struct {
	// Key is empty for what could not be resolved.
	Key string
	// Passages are in the order of documents' ids and then of their passages.
	Passages []document.Ref
}

// Authorities lists what the passages of the view name, by key.
func (v *View) Authorities(ctx context.Context) ([]Authority, error) {
	at := make(map[string]int)
	var list []Authority
	for i := range v.parts {
		part := &v.parts[i]
		var terms []string
		err := part.terms(fieldAuthority, "", func(term string, _ int) bool {
			terms = append(terms, term)
			return true
		})
		if err != nil {
			return nil, err
		}
		for _, term := range terms {
			var refs []document.Ref
			err := part.postings(ctx, fieldAuthority, term, func(o uint32, _ int) {
				if part.sees(o) {
					refs = append(refs, part.ref(o))
				}
			})
			if err != nil {
				return nil, err
			}
			if len(refs) == 0 {
				continue // of documents that the view does not see
			}
			key := term
			if term == unresolved {
				key = ""
			}
			n, ok := at[key]
			if !ok {
				n = len(list)
				at[key] = n
				list = append(list, Authority{Key: key})
			}
			list[n].Passages = append(list[n].Passages, refs...)
		}
	}
	slices.SortFunc(list, func(a, b Authority) int { return strings.Compare(a.Key, b.Key) })
	for i := range list {
		slices.SortFunc(list[i].Passages, compareRefs)
	}
	return list, nil
}

// ref is the id of a passage of the part.
func (p *part) ref(ordinal uint32) document.Ref {
	d := &p.docs[p.passages[ordinal].doc]
	n := ordinal - d.first
	if n < d.paragraphs {
		return document.Ref{Document: d.id, Pincite: document.Pincite{Kind: document.Paragraph, Number: int(n) + 1}}
	}
	return document.Ref{Document: d.id, Pincite: document.Pincite{Kind: document.Footnote, Number: int(n-d.paragraphs) + 1}}
}

// compareRefs orders passages by document, paragraphs before footnotes.
func compareRefs(a, b document.Ref) int {
	if c := strings.Compare(a.Document, b.Document); c != 0 {
		return c
	}
	if a.Kind != b.Kind {
		if a.Kind == document.Paragraph {
			return -1
		}
		return 1
	}
	return a.Number - b.Number
}
