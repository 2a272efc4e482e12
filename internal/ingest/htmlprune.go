package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"

	"pincite/internal/document"
)

// furnitureClass matches, of one class or id, the words that name what sites
// put around a text. They stand alone or as parts between hyphens and
// underscores, so that "footer" is one and "footnotes" none.
var furnitureClass = regexp.MustCompile(`(?i)^(.*[-_])?(` + strings.Join([]string{
	"cookies?", "gdpr", "consent", "ccpa", "breadcrumbs?", "sharing", "sharedaddy", "share", "social", "socials", "addtoany", "addthis",
	"related", "recommended", "recommendations", "recirc", "newsletter", "subscribe", "subscription", "signup", "optin",
	"comments?", "commentlist", "respond", "disqus", "disqus_thread", "sidebar", "navbar", "nav", "navigation", "menu", "pagination",
	"pager", "advert", "adverts", "advertisement", "ads", "adsense", "sponsor", "sponsored", "promo", "popup", "popover", "tooltip", "modal", "lightbox", "toolbar",
	"masthead", "footer", "colophon", "byline", "bylines", "dateline", "timestamp", "postmeta", "entrymeta", "permalink", "tags", "tagcloud", "taglist", "toc", "toctree",
	"skip", "skiplink", "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "noprint", "no-print", "editsection", "jump-link", "jumplink",
	"navbox", "infobox", "catlinks", "printfooter", "hatnote", "ambox", "donate", "donation", "paywall", "pullquote", "pull-quote",
	"author-bio", "author-box", "authorbox", "author-info", "about-author", "about-the-author", "post-author", "entry-author", "author-card", "author-profile", "bio", "contributors",
	"post-meta", "entry-meta", "article-meta", "posted-on", "entry-date", "post-date", "published", "pubdate", "reading-time", "read-time",
	"table-of-contents", "read-more", "readmore", "read-next", "up-next", "more-from", "prev-next", "post-nav", "siteSub", "contentSub",
	"headerlink", "anchorjs-link", "back-to-top", "backtotop", "call-to-action", "cta", "banner", "announcement", "site-header", "site-title", "tagline",
	"feedback", "rating", "print-link", "download-pdf", "wp-caption-text", "jp-relatedposts", "likes", "like-button", "mw-empty-elt", "cite-accessibility-label",
}, "|") + `)([-_].*)?$`)

// othersClass matches what others wrote below or beside a text, which may be
// longer than it.
var othersClass = regexp.MustCompile(`(?i)^(comments?|comment-?list|comments-area|comment-section|respond|disqus_thread|related|related-(posts|articles|content|stories)|jp-relatedposts|recommended|newsletter|sidebar)$`)

// furnitureRoles are the roles of what sites put around a text.
var furnitureRoles = map[string]bool{
	"navigation": true, "banner": true, "complementary": true, "contentinfo": true, "search": true, "alert": true,
	"alertdialog": true, "dialog": true, "menu": true, "menubar": true, "toolbar": true, "doc-toc": true, "doc-pagelist": true,
	"doc-pullquote": true, "status": true, "tooltip": true,
}

// creditClass matches the classes of what credits a text at its head.
var creditClass = regexp.MustCompile(`(?i)^(author|authors|date|byline|dateline|meta|posted|subtitle-date|published|article-info|entry-info)$`)

// prune takes out what is no part of the text: hidden elements, navigation,
// and what its class, id or role names as furniture. It spares what the text
// itself is in, footnotes and their callers.
func (p *htmlPage) prune() {
	p.countProse()
	for i := p.body + 1; i < p.nodes[p.body].end; i++ {
		n := &p.nodes[i]
		switch {
		case n.isText:
			continue
		case n.gone:
		case n.note != 0 || !p.furniture(i):
			continue
		}
		for j := i; j < n.end; j++ {
			if p.nodes[j].note == 0 {
				p.nodes[j].gone = true
			}
		}
		i = n.end - 1
	}
	// What was taken out counts no more.
	for i := len(p.nodes) - 1; i >= 0; i-- {
		n := &p.nodes[i]
		if !n.isText {
			n.size, n.linked = 0, 0
		}
	}
	for i := len(p.nodes) - 1; i > 0; i-- {
		n := &p.nodes[i]
		if n.gone || n.note != 0 && n.isText {
			if !n.isText {
				continue
			}
			n.size = 0
		}
		if n.tag == atom.A && hasHTMLAttr(n, "href") && n.call == 0 {
			n.linked = n.size
		}
		around := &p.nodes[n.parent]
		around.size += n.size
		around.linked += n.linked
	}
}

// furniture reports an element that is no part of the text.
func (p *htmlPage) furniture(i int32) bool {
	n := &p.nodes[i]
	if len(n.attr) > 0 && (hasHTMLAttr(n, hiddenAttr) || furnitureRoles[htmlAttr(n, "role")]) {
		return true
	}
	if prop := htmlAttr(n, "itemprop"); (prop == "author" || prop == "datePublished") && n.size < 300 {
		return true
	}
	switch n.tag {
	case atom.Nav, atom.Dialog, atom.Menu, atom.Figcaption, atom.Label, atom.Textarea, atom.Hgroup:
		return n.tag != atom.Hgroup || p.first(i, atom.P) >= 0 && n.size < 200
	case atom.Aside, atom.Footer:
		// Notes that no link calls may be kept there.
		if noteFragment.MatchString(htmlAttr(n, "class")) || noteFragment.MatchString(htmlAttr(n, "id")) {
			p.spared = append(p.spared, i)
			return false
		}
		return true
	case atom.Header:
		return p.creditsOnly(i)
	case atom.Figure:
		return p.first(i, atom.Table, atom.Pre, atom.Blockquote) < 0
	case atom.Article, atom.Main, atom.Html, atom.Body, atom.P, atom.Sup, atom.A:
		if n.tag == atom.P {
			return creditClass.MatchString(htmlAttr(n, "class"))
		}
		return false
	case atom.Form:
		return n.size < 400 && p.first(i, atom.P) < 0
	case atom.Ul, atom.Ol, atom.Dl:
		if p.contents(i) {
			return true
		}
	}
	if isHeading(n.tag) || len(n.attr) == 0 {
		return false
	}
	names := strings.Fields(htmlAttr(n, "class"))
	if id := htmlAttr(n, "id"); id != "" && !p.namedByHeading(i, id) {
		names = append(names, id)
	}
	for _, name := range names {
		// Utility classes such as "has-sidebar" tell of what is elsewhere.
		if strings.HasPrefix(name, "has-") || strings.HasPrefix(name, "with-") || strings.HasPrefix(name, "no-") {
			continue
		}
		if othersClass.MatchString(name) {
			return p.first(i, atom.H1) < 0
		}
		if furnitureClass.MatchString(name) || creditClass.MatchString(name) && n.size < 300 {
			return (p.first(i, atom.H1) < 0 || n.size < 300) && !p.mostProse(i)
		}
	}
	return false
}

// namedByHeading reports a section whose id is made of its heading, which may
// hold any word; a heading of one word such as "Comments" aside.
func (p *htmlPage) namedByHeading(i int32, id string) bool {
	for j := i + 1; j < p.nodes[i].end && j < i+20; j++ {
		if isHeading(p.nodes[j].tag) {
			slug := document.Slug(p.headingText(j))
			return strings.Contains(slug, "-") && !othersClass.MatchString(id) && (slug == id || strings.HasPrefix(slug, id) || strings.HasPrefix(id, slug))
		}
	}
	return false
}

// countProse sums up the text before each position that stands in blocks that
// are sentences.
func (p *htmlPage) countProse() {
	kept := p.prose()
	p.proseTo = make([]int32, len(p.nodes)+1)
	for i := range p.nodes {
		p.proseTo[i+1] = p.proseTo[i]
		if kept[i] {
			p.proseTo[i+1] += p.nodes[i].size
		}
	}
}

// mostProse reports what holds a third of the page's sentences: it is the
// text, whatever it is called.
func (p *htmlPage) mostProse(i int32) bool {
	within := p.proseTo[p.nodes[i].end] - p.proseTo[i]
	return within*3 > p.proseTo[len(p.nodes)] && within > 0
}

// creditsOnly reports a header that names and credits the whole text: it has
// no heading below the first level, and no paragraph that is not short.
func (p *htmlPage) creditsOnly(i int32) bool {
	for j := i + 1; j < p.nodes[i].end; j++ {
		if n := &p.nodes[j]; n.tag == atom.P && n.size > 200 && n.linked*2 < n.size || isHeading(n.tag) && n.tag != atom.H1 {
			return false
		}
	}
	return true
}

// contents reports a list that is a table of contents: nearly all of its text
// links to places on the page.
func (p *htmlPage) contents(i int32) bool {
	n := &p.nodes[i]
	if n.linked*10 < n.size*8 || n.size == 0 {
		return false
	}
	local, links := 0, 0
	for j := i + 1; j < n.end; j++ {
		if m := &p.nodes[j]; m.tag == atom.A {
			links++
			if strings.HasPrefix(htmlAttr(m, "href"), "#") {
				local++
			}
		}
	}
	return local*2 > links
}
