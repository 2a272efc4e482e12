package ingest

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"pincite/internal/document"
)

// headData is what a page says about itself, as it says it: values by the
// lower-case name of the meta element, link or kind of markup.
type headData struct {
	values map[string][]string
	ld     linkedData
}

// maxMeta bounds the values that are kept of one name: pages list authors by
// the dozen, and hostile ones by the million.
const maxMeta = 200

func (h *headData) add(name, value string) {
	name, value = strings.ToLower(strings.TrimSpace(name)), oneLine(value)
	if name == "" || value == "" || len(h.values[name]) >= maxMeta {
		return
	}
	h.values[name] = append(h.values[name], value)
}

// first is the first value of the first of the names that has one.
func (h *headData) first(names ...string) string {
	for _, name := range names {
		if v := h.values[name]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// readHead gathers what the page says about itself, in its head and by marks
// on its elements.
func (p *htmlPage) readHead(jsonLD [][]byte) {
	h := &headData{values: map[string][]string{}}
	for i := range p.nodes {
		n := &p.nodes[i]
		at := int32(i)
		switch n.tag {
		case atom.Html:
			h.add("html:lang", htmlAttr(n, "lang"))
			h.add("html:lang", htmlAttr(n, "xml:lang"))
		case atom.Title:
			h.add("title", p.plainText(at, n.end, 1000))
		case atom.Meta:
			for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
				h.add(htmlAttr(n, key), htmlAttr(n, "content"))
			}
			continue
		case atom.Link:
			if slices.Contains(strings.Fields(strings.ToLower(htmlAttr(n, "rel"))), "canonical") {
				h.add("canonical", htmlAttr(n, "href"))
			}
			continue
		case atom.Base:
			h.add("base", htmlAttr(n, "href"))
		case atom.Time:
			if hasHTMLAttr(n, "pubdate") || strings.Contains(htmlAttr(n, "class"), "published") {
				h.add("time:published", htmlAttr(n, "datetime"))
			}
			h.add("time", htmlAttr(n, "datetime"))
		case atom.A:
			if strings.EqualFold(htmlAttr(n, "rel"), "author") {
				h.add("rel:author", p.plainText(at, n.end, 100))
			}
		}
		if len(n.attr) > 0 {
			p.readItem(h, at)
		}
	}
	h.ld = readLinkedData(jsonLD)
	p.head = h
}

// readItem reads an element that is marked as the author or date.
func (p *htmlPage) readItem(h *headData, at int32) {
	n := &p.nodes[at]
	switch prop := htmlAttr(n, "itemprop"); prop {
	case "author", "creator":
		for i := at + 1; i < n.end && i < at+40; i++ {
			if htmlAttr(&p.nodes[i], "itemprop") == "name" {
				at, n = i, &p.nodes[i]
				break
			}
		}
		h.add("item:author", p.plainText(at, n.end, 200))
	case "datePublished":
		h.add("item:date", htmlAttr(n, "content"))
		h.add("item:date", htmlAttr(n, "datetime"))
	}
}

// metadata weighs what was gathered.
func (p *htmlPage) metadata() {
	h, m := p.head, &p.draft.meta
	m.site = firstOf(h.first("og:site_name", "citation_journal_title"), h.ld.publisher, h.first("application-name"))
	m.title = p.title(m.site)
	m.authors = h.authors()
	p.date()
	m.language = h.language()
	base := p.in.source.URL
	for _, address := range h.values["canonical"] {
		if m.url = webAddress(resolveURL(base, address)); m.url != "" {
			break
		}
	}
	if m.url == "" {
		m.url = webAddress(firstOf(h.first("og:url", "citation_public_url"), h.ld.url))
	}
}

// resolveURL makes an address absolute.
func resolveURL(base, address string) string {
	b, err := url.Parse(base)
	if err != nil {
		return address
	}
	a, err := b.Parse(address)
	if err != nil {
		return ""
	}
	return a.String()
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// title is the page's title without the name of the site: the level-one
// heading, where one of the declared titles begins with it, or else the first
// title that is declared.
func (p *htmlPage) title(site string) string {
	h := p.head
	declared := []string{
		h.first("citation_title"), h.ld.headline, h.first("og:title"), h.first("dcterms.title", "dc.title"),
		h.first("title"), h.first("twitter:title"),
	}
	heading, headings := "", 0
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.tag != atom.H1 || n.size == 0 {
			continue
		}
		headings++
		s := p.headingText(int32(i))
		for _, d := range declared {
			if s != "" && len(d) >= len(s) && strings.EqualFold(d[:len(s)], s) {
				return s
			}
		}
		if headings == 1 {
			heading = s
		}
	}
	for _, d := range declared {
		if d != "" {
			return withoutSite(d, site)
		}
	}
	if headings == 1 {
		return heading
	}
	return ""
}

// withoutSite takes the name of the site off the end of a title, and where it
// is not known, what stands behind the last bar.
func withoutSite(title, site string) string {
	for _, part := range []string{" - ", " | ", " – ", " — ", " · ", " :: ", " » "} {
		i := strings.LastIndex(title, part)
		if i <= 0 {
			continue
		}
		if end := title[i+len(part):]; site != "" && strings.EqualFold(end, site) || part == " | " || part == " :: " {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

// authors are those of the source that lists the most, the more careful
// source where two list as many.
func (h *headData) authors() []string {
	var best []string
	for _, source := range [][]string{
		h.values["citation_author"], h.values["author"], h.ld.authors, h.values["dcterms.creator"], h.values["dc.creator"],
		h.values["article:author"], h.values["parsely-author"], h.values["item:author"], h.values["rel:author"],
	} {
		var names []string
		for _, s := range source {
			for _, name := range authorNames(s) {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		if len(names) > len(best) {
			best = names
		}
	}
	return best
}

// authorNames parts what one element names as author. A comma alone parts
// names only where each part is one, for there is "Doe, Jane".
func authorNames(s string) []string {
	if s == "" || len(s) > 300 || strings.Contains(s, "://") || strings.HasPrefix(s, "@") {
		return nil
	}
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	parts := strings.Split(s, ";")
	if len(parts) == 1 {
		if names, ok := byline("By " + s); ok {
			return names
		}
	}
	var names []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			names = append(names, part)
		}
	}
	return names
}

// date takes the first date that is one, and reports a declared one that is
// none.
func (p *htmlPage) date() {
	h := p.head
	declared := ""
	for _, s := range []string{
		h.first("article:published_time"), h.first("citation_publication_date", "citation_date", "citation_online_date"), h.ld.published,
		h.first("dcterms.date", "dcterms.issued", "dcterms.created", "dc.date", "dc.date.issued", "dcterms.available"),
		h.first("date", "pubdate", "publish-date", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date", "article.published"),
		h.first("item:date", "datepublished"), h.first("time:published"), h.first("time"),
	} {
		if s == "" {
			continue
		}
		if date, ok := pageDate(s); ok {
			p.draft.meta.date = date
			return
		}
		declared = firstOf(declared, s)
	}
	if declared != "" {
		p.in.doubts.add(DoubtMetadata, document.Pincite{}, "The date “%s” was not understood.", shorten(declared, 60))
	}
}

// stamp is a timestamp's date.
var stamp = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ]\d`)

// pageDate reads a date or timestamp as pages declare it.
func pageDate(s string) (string, bool) {
	if m := stamp.FindStringSubmatch(s); m != nil {
		return parseDate(m[1])
	}
	return parseDate(s)
}

func (h *headData) language() string {
	for _, s := range []string{h.first("html:lang"), h.first("content-language", "dcterms.language", "dc.language", "language"), h.ld.language, h.first("og:locale")} {
		s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
		if len(s) <= 35 && languageTag.MatchString(s) {
			return s
		}
	}
	return ""
}
