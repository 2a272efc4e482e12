package ingest

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// localLink is a link to a place on the same page.
type localLink struct {
	at, target int32
	fragment   string
	label      string // the label that the link shows; empty where it shows none
	// How sure the link is to call a footnote by its looks: explicit where
	// the page says so, raised where it is printed as callers are.
	explicit, raised bool
}

// readLinks finds the ids of the page and the links to them.
func (p *htmlPage) readLinks() {
	ids := map[string]int32{}
	var links []int32
	for i := range p.nodes {
		n := &p.nodes[i]
		if len(n.attr) == 0 {
			continue
		}
		at := int32(i)
		keys := []string{"id"}
		if n.tag == atom.A {
			keys = append(keys, "name")
			if hasHTMLAttr(n, "href") {
				links = append(links, at)
			}
		}
		for _, key := range keys {
			if id := htmlAttr(n, key); id != "" {
				if _, ok := ids[id]; !ok {
					ids[id] = at
				}
			}
		}
	}
	for _, at := range links {
		fragment, ok := p.fragment(htmlAttr(&p.nodes[at], "href"))
		if !ok {
			continue
		}
		target, ok := ids[fragment]
		if !ok {
			continue
		}
		l := localLink{at: at, target: target, fragment: fragment}
		p.readLabel(&l)
		p.links = append(p.links, l)
	}
}

// fragment is the place on this page that an address names.
func (p *htmlPage) fragment(href string) (string, bool) {
	before, fragment, ok := strings.Cut(href, "#")
	if !ok || fragment == "" {
		return "", false
	}
	if before != "" {
		own := false
		for _, address := range []string{p.in.source.URL, p.head.first("canonical"), p.head.first("og:url"), p.in.source.Name} {
			address, _, _ = strings.Cut(address, "#")
			own = own || address != "" && (before == address || before == path.Base(address))
		}
		if !own {
			return "", false
		}
	}
	if s, err := url.PathUnescape(fragment); err == nil {
		fragment = s
	}
	return fragment, true
}

// worded is a label with a word before its number or letter.
var worded = regexp.MustCompile(`(?i)^(notes?|nb|fn|footnote|endnote|ref|[a-z]+-alpha|[a-z]+-roman)\.? ?(\d{1,4}|[a-z]{1,5})$`)

// readLabel finds the label that a link shows, and how it shows it.
func (p *htmlPage) readLabel(l *localLink) {
	n := &p.nodes[l.at]
	l.explicit = p.saysCall(l.at)
	s := p.plainText(l.at, n.end, 40)
	bare := strings.Trim(s, "[](){} .\u00a0")
	l.raised = p.raised(l.at) || bare != s && bare != "" && strings.IndexByte("[(", s[0]) >= 0
	if digits, end := superscripts(bare); end == len(bare) && digits != "" {
		bare, l.raised = digits, true
	}
	if strings.Trim(bare, "*†‡§¶") == "" && bare != "" && len(bare) <= 9 {
		l.label, l.raised = bare, true
		return
	}
	switch {
	case isLabel(bare), len(bare) == 4 && strings.Trim(bare, "0123456789") == "" && bare[0] != '0',
		len(bare) == 1 && unicode.IsLetter(rune(bare[0])) && l.raised:
		l.label = bare
	case (l.explicit || l.raised) && worded.MatchString(bare):
		l.label = bare
	}
}

// raised reports whether a link is or holds a superscript, and nothing else.
func (p *htmlPage) raised(at int32) bool {
	if p.first(at, atom.Sup) >= 0 {
		return true
	}
	for i := at; i >= 0 && !blockTags[p.nodes[i].tag]; i = p.nodes[i].parent {
		if p.nodes[i].tag == atom.Sup {
			return true
		}
	}
	return false
}

// callClass matches the classes by which producers mark what calls a
// footnote: pandoc, Word, LibreOffice, MediaWiki, Substack, WordPress and
// docutils among them.
var callClass = regexp.MustCompile(`(?i)\b(footnote|endnote|fnref|fn-ref|noteref|note-ref|reference|sdfootnoteanc|sdendnoteanc)|FootnoteReference|EndnoteReference`)

// saysCall reports whether the page itself says that a link calls a footnote.
func (p *htmlPage) saysCall(at int32) bool {
	n := &p.nodes[at]
	if htmlAttr(n, "role") == "doc-noteref" || htmlAttr(n, noteAttr) == "call" || hasHTMLAttr(n, "data-footnote-ref") {
		return true
	}
	if callClass.MatchString(htmlAttr(n, "class")) {
		return true
	}
	for _, i := range []int32{n.parent, at + 1} {
		if i < 0 || i >= int32(len(p.nodes)) || i == at+1 && i >= n.end {
			continue
		}
		if m := &p.nodes[i]; (m.tag == atom.Sup || m.tag == atom.Span) && callClass.MatchString(htmlAttr(m, "class")) {
			return true
		}
	}
	return false
}

// noteFragment matches the ids by which producers name footnotes.
var noteFragment = regexp.MustCompile(`(?i)(^|[_-])(e?fn|ftn|ftnt|edn|foot-?note|end-?note|note|cite[_-]?note|sdfootnote|sdendnote)s?([_:.-]|\d|$)`)

// saysBack reports whether a link says that it leads back from a footnote.
func (p *htmlPage) saysBack(at int32) bool {
	n := &p.nodes[at]
	if htmlAttr(n, "role") == "doc-backlink" || hasHTMLAttr(n, "data-footnote-backref") {
		return true
	}
	class := strings.ToLower(htmlAttr(n, "class"))
	for _, part := range []string{"footnote-back", "backref", "backlink", "reversefootnote", "footnote-return", "footnote-number", "note-back", "back-to"} {
		if strings.Contains(class, part) {
			return true
		}
	}
	return backText(p.plainText(at, n.end, 60))
}

// backText reports the signs and words that lead back from a footnote.
func backText(s string) bool {
	s = strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("()[]. ", r)
	})
	switch strings.ToLower(s) {
	case "", "back", "return", "up", "top", "jump up", "jump back", "go back", "back to text", "return to text", "back to article",
		"back to content", "back to top", "return to article":
		return true
	}
	return strings.Trim(s, "↩↑↵^⤴⏎▲←«⬆↖⮐⇑⇧⤶") == ""
}
