package ingest_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pincite/internal/ingest"
)

// producer is a way to write footnotes in HTML: what calls note n, and the
// notes at the end of the text.
type producer struct {
	name  string
	call  func(n int) string
	notes func(texts []string) string
}

// each writes notes one after another, format being given number and text.
func each(before, format, after string) func([]string) string {
	return func(texts []string) string {
		var b strings.Builder
		b.WriteString(before)
		for i, text := range texts {
			fmt.Fprintf(&b, format, i+1, text)
		}
		return b.String() + after
	}
}

func call(format string) func(int) string {
	return func(n int) string { return fmt.Sprintf(format, n) }
}

func producers() []producer {
	return []producer{
		{
			"kramdown",
			call(`<sup id="fnref:%[1]d" role="doc-noteref"><a href="#fn:%[1]d" class="footnote" rel="footnote">%[1]d</a></sup>`),
			each(`<div class="footnotes" role="doc-endnotes"><ol>`,
				`<li id="fn:%[1]d" role="doc-endnote"><p>%[2]s <a href="#fnref:%[1]d" class="reversefootnote" role="doc-backlink">&#8617;</a></p></li>`, `</ol></div>`),
		},
		{
			"Google Docs",
			call(`<sup><a href="#ftnt%[1]d" id="ftnt_ref%[1]d">[%[1]d]</a></sup>`),
			each(`<hr class="c3">`, `<div><p class="c1"><a href="#ftnt_ref%[1]d" id="ftnt%[1]d">[%[1]d]</a><span class="c2">&nbsp;%[2]s</span></p></div>`, ``),
		},
		{
			"LibreOffice",
			call(`<a class="sdfootnoteanc" name="sdfootnote%[1]danc" href="#sdfootnote%[1]dsym"><sup>%[1]d</sup></a>`),
			each(``, `<div id="sdfootnote%[1]d"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote%[1]dsym" href="#sdfootnote%[1]danc">%[1]d</a>%[2]s</p></div>`, ``),
		},
		{
			"Word, filtered",
			call(`<a href="#_ftn%[1]d" name="_ftnref%[1]d" title=""><span class=MsoFootnoteReference><span class=MsoFootnoteReference><span style='font-size:12.0pt'>[%[1]d]</span></span></span></a>`),
			each(`<div><br clear=all><hr align=left size=1 width="33%">`,
				`<div id=ftn%[1]d><p class=MsoFootnoteText><a href="#_ftnref%[1]d" name="_ftn%[1]d" title=""><span class=MsoFootnoteReference>[%[1]d]</span></a> %[2]s</p></div>`, `</div>`),
		},
		{
			"Word, as saved",
			call(`<a style='mso-footnote-id:ftn%[1]d' href="#_ftn%[1]d" name="_ftnref%[1]d" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>[%[1]d]<![endif]></span></span></a>`),
			each(`<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr size=1><![endif]>`,
				`<div style='mso-element:footnote' id=ftn%[1]d><p class=MsoFootnoteText><a style='mso-footnote-id:ftn%[1]d' href="#_ftnref%[1]d" name="_ftn%[1]d"><span class=MsoFootnoteReference>[%[1]d]</span></a><o:p> </o:p>%[2]s<o:p></o:p></p></div>`, `</div>`),
		},
		{
			"MediaWiki",
			call(`<sup id="cite_ref-%[1]d" class="reference"><a href="#cite_note-%[1]d"><span class="cite-bracket">&#91;</span>%[1]d<span class="cite-bracket">&#93;</span></a></sup>`),
			each(`<div class="mw-references-wrap"><ol class="references">`,
				`<li id="cite_note-%[1]d"><span class="mw-cite-backlink"><b><a href="#cite_ref-%[1]d">^</a></b></span> <span class="reference-text">%[2]s</span></li>`, `</ol></div>`),
		},
		{
			"GitHub",
			call(`<sup><a href="#user-content-fn-%[1]d" id="user-content-fnref-%[1]d" data-footnote-ref="" aria-describedby="footnote-label">%[1]d</a></sup>`),
			each(`<section data-footnotes class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2><ol>`,
				`<li id="user-content-fn-%[1]d"><p>%[2]s <a href="#user-content-fnref-%[1]d" data-footnote-backref="" aria-label="Back to reference %[1]d" class="data-footnote-backref"><g-emoji>↩</g-emoji></a></p></li>`, `</ol></section>`),
		},
		{
			"Asciidoctor",
			call(`<sup class="footnote">[<a id="_footnoteref_%[1]d" class="footnote" href="#_footnotedef_%[1]d" title="View footnote.">%[1]d</a>]</sup>`),
			each(`<div id="footnotes"><hr>`, `<div class="footnote" id="_footnotedef_%[1]d"><a href="#_footnoteref_%[1]d">%[1]d</a>. %[2]s</div>`, `</div>`),
		},
		{
			"docutils",
			call(`<a class="brackets" href="#footnote-%[1]d" id="footnote-reference-%[1]d" role="doc-noteref"><span class="fn-bracket">[</span>%[1]d<span class="fn-bracket">]</span></a>`),
			each(`<aside class="footnote-list brackets">`,
				`<aside class="footnote brackets" id="footnote-%[1]d" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#footnote-reference-%[1]d">%[1]d</a><span class="fn-bracket">]</span></span><p>%[2]s</p></aside>`, `</aside>`),
		},
		{
			"docutils, tables",
			call(`<a class="footnote-reference" href="#id%[1]dn" id="id%[1]dr">[%[1]d]</a>`),
			each(``, `<table class="docutils footnote" frame="void" id="id%[1]dn" rules="none"><colgroup><col class="label"/><col/></colgroup><tbody valign="top"><tr><td class="label"><a class="fn-backref" href="#id%[1]dr">[%[1]d]</a></td><td>%[2]s</td></tr></tbody></table>`, ``),
		},
		{
			"Sphinx, terms",
			call(`<a class="footnote-reference brackets" href="#id%[1]dn" id="id%[1]dr">%[1]d</a>`),
			each(`<p class="rubric">Footnotes</p><dl class="footnote brackets">`,
				`<dt class="label" id="id%[1]dn"><span class="brackets"><a class="fn-backref" href="#id%[1]dr">%[1]d</a></span></dt><dd><p>%[2]s</p></dd>`, `</dl>`),
		},
		{
			"Org",
			call(`<sup><a id="fnr.%[1]d" class="footref" href="#fn.%[1]d" role="doc-backlink">%[1]d</a></sup>`),
			each(`<div id="footnotes"><h2 class="footnotes">Footnotes: </h2><div id="text-footnotes">`,
				`<div class="footdef"><sup><a id="fn.%[1]d" class="footnum" href="#fnr.%[1]d" role="doc-backlink">%[1]d</a></sup> <div class="footpara" role="doc-footnote"><p class="footpara">%[2]s</p></div></div>`, `</div></div>`),
		},
		{
			"Mammoth",
			call(`<sup><a href="#footnote-%[1]d" id="footnote-ref-%[1]d">[%[1]d]</a></sup>`),
			each(`<ol>`, `<li id="footnote-%[1]d"><p> %[2]s <a href="#footnote-ref-%[1]d">↑</a></p></li>`, `</ol>`),
		},
		{
			"WordPress's block",
			call(`<sup data-fn="b%[1]da3f" class="fn"><a href="#b%[1]da3f" id="b%[1]da3f-link">%[1]d</a></sup>`),
			each(`<ol class="wp-block-footnotes">`, `<li id="b%[1]da3f">%[2]s <a href="#b%[1]da3f-link" aria-label="Jump to footnote reference %[1]d">↩︎</a></li>`, `</ol>`),
		},
		{
			"Easy Footnotes",
			call(`<span id="easy-footnote-%[1]d-77" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a href="#easy-footnote-bottom-%[1]d-77" title="A tooltip"><sup>%[1]d</sup></a></span>`),
			each(`<div class="easy-footnote-title"><h4>Notes</h4></div><ol class="easy-footnotes-wrapper">`,
				`<li class="easy-footnote-single"><span id="easy-footnote-bottom-%[1]d-77" class="easy-footnote-margin-adjust"></span>%[2]s<a class="easy-footnote-to-top" href="#easy-footnote-%[1]d-77"></a></li>`, `</ol>`),
		},
		{
			"markdown-it",
			call(`<sup class="footnote-ref"><a href="#fn%[1]d" id="fnref%[1]d">[%[1]d]</a></sup>`),
			each(`<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list">`,
				`<li id="fn%[1]d" class="footnote-item"><p>%[2]s <a href="#fnref%[1]d" class="footnote-backref">↩︎</a></p></li>`, `</ol></section>`),
		},
		{
			"EPUB's types",
			call(`<a epub:type="noteref" href="#n%[1]d">%[1]d</a>`),
			each(`<section epub:type="footnotes">`, `<aside epub:type="footnote" id="n%[1]d"><p>%[2]s</p></aside>`, `</section>`),
		},
		{
			"anchors by hand",
			call(`<a name="r%[1]d"></a><a href="#n%[1]d"><sup>%[1]d</sup></a>`),
			each(`<hr><h3>NOTES</h3>`, `<p><a name="n%[1]d"></a>%[1]d. %[2]s <a href="#r%[1]d">Back to text</a></p>`, ``),
		},
		{
			"anchors, one way only",
			call(`<sup><a href="#note%[1]d">%[1]d</a></sup>`),
			each(`<h2>Endnotes</h2>`, `<p id="note%[1]d"><sup>%[1]d</sup> %[2]s</p>`, ``),
		},
		{
			"notes in one block",
			call(`<a href="#fn%[1]d" id="r%[1]d">[%[1]d]</a>`),
			each(`<hr><p>`, `<a href="#r%[1]d" id="fn%[1]d">[%[1]d]</a> %[2]s<br>`, `</p>`),
		},
		{
			"whole addresses",
			call(`<sup><a href="https://example.org/analysis/covert-oversight#fn%[1]d" id="r%[1]d">%[1]d</a></sup>`),
			each(`<ol>`, `<li id="fn%[1]d">%[2]s <a href="https://example.org/analysis/covert-oversight#r%[1]d">↩</a></li>`, `</ol>`),
		},
		{
			"no links, raised",
			call(`<sup>%[1]d</sup>`),
			each(`<hr>`, `<p><sup>%[1]d</sup> %[2]s</p>`, ``),
		},
		{
			"no links, brackets",
			call(`[%[1]d]`),
			each(`<h2>Notes</h2>`, `<p>[%[1]d] %[2]s</p>`, ``),
		},
		{
			"no links, a list",
			call(`<sup>%[1]d</sup>`),
			each(`<h3>Footnotes</h3><ol>`, `<li>%[2]s</li>`, `</ol>`),
		},
		{
			"Tufte",
			call(``), nil,
		},
		{
			"LaTeXML",
			call(``), nil,
		},
	}
}

// layout is what a site puts around a text. Paragraphs, headings, items and
// quotes are given as their markup.
type layout struct {
	name  string
	write func(blocks []string, notes string) string
}

const (
	siteHead = `<div class="cookie-banner"><p>We use cookies to improve your experience on this site. By continuing you accept our policy.</p><button>Accept</button></div>
<header><a href="/">Example Law Blog</a><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav></header>`
	siteFoot = `<section class="related"><h3>Related posts</h3><ul><li><a href="/x">The War Powers at Fifty</a></li><li><a href="/y">What Counts as Hostilities?</a></li></ul></section>
<section id="comments"><h3>2 Comments</h3><p>I think that this misses the point entirely, but thanks for writing it up for all of us.</p></section>
<aside><h3>Newsletter</h3><p>Get our weekly digest in your inbox every Friday morning, free of charge.</p></aside><footer><p>© 2024 Example Law Blog. All rights reserved.</p></footer>`
	heading = `<h1>Oversight of Covert Action: A Short Analysis</h1><p>By Jane Q. Doe and Richard Roe</p><p>March 17, 2024</p>`
)

func layouts() []layout {
	joined := func(before, between, after string) func([]string, string) string {
		return func(blocks []string, notes string) string {
			return before + strings.Join(blocks, between) + notes + after
		}
	}
	return []layout{
		{"bare", joined(heading, "\n", "")},
		{"article in main", joined(siteHead+`<main><article>`+heading+`<div class="entry-content">`, "\n", `</div><div class="share-buttons"><a href="#">Tweet</a></div></article></main>`+siteFoot)},
		{"divisions without names", joined(
			`<div class="a1"><div class="b2"><a href="/">Home</a> <a href="/about">About</a> <a href="/topics">Topics</a></div><div class="c3"><div class="d4">`+heading+`</div><div class="e5">`, "\n",
			`</div></div><div class="f6"><a href="/x">The War Powers at Fifty</a><br><a href="/y">What Counts as Hostilities?</a></div><div class="g7">© 2024 Example Law Blog</div></div>`)},
		{"a widget for each block", func(blocks []string, notes string) string {
			var b strings.Builder
			b.WriteString(siteHead + `<div class="page"><div class="widget-heading">` + heading + `</div>`)
			for _, block := range blocks {
				b.WriteString(`<div class="el el-widget-text"><div class="el-container">` + block + `</div></div>`)
			}
			return b.String() + `<div class="el el-widget-text"><div class="el-container">` + notes + `</div></div></div>` + siteFoot
		}},
		{"a section for each heading", func(blocks []string, notes string) string {
			var b strings.Builder
			b.WriteString(siteHead + `<div id="content">` + heading)
			open := ""
			for _, block := range blocks {
				if strings.HasPrefix(block, "<h2") {
					b.WriteString(open + `<section class="level1">`)
					open = `</section>`
				}
				b.WriteString(block)
			}
			return b.String() + open + notes + `</div>` + siteFoot
		}},
		{"notes beside the text", func(blocks []string, notes string) string {
			return siteHead + `<main><article>` + heading + strings.Join(blocks, "") + `</article><aside class="notes">` + notes + `</aside></main>` + siteFoot
		}},
		{"tables as layout", joined(
			`<table width="100%"><tr><td colspan=2><a href="/">Home</a> | <a href="/about">About</a></td></tr><tr><td width=150><a href="/x">The War Powers</a><br><a href="/y">Hostilities</a></td><td>`+heading, "\n",
			`</td></tr><tr><td colspan=2>© 2024 Example Law Blog</td></tr></table>`)},
	}
}

// Every producer's footnotes in every layout give the gold.
func TestReadsTheGoldFromEveryProducerAndLayout(t *testing.T) {
	g := readGold(t)
	for _, maker := range producers() {
		for _, l := range layouts() {
			t.Run(maker.name+"/"+l.name, func(t *testing.T) {
				source := ingest.Source{Name: "covert.html", Bytes: []byte(goldPage(g, maker, l))}
				reading, err := ingest.Read(t.Context(), source, ingest.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				g.check(t, reading)
				if t.Failed() {
					t.Logf("%s", source.Bytes)
				}
			})
		}
	}
}

// goldPage writes the gold as a producer and a layout do.
func goldPage(g gold, maker producer, l layout) string {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;")
	inline := map[string]string{
		"Tufte":   `<label for="sn-%[1]d" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-%[1]d" class="margin-toggle"/><span class="sidenote">%[2]s</span>`,
		"LaTeXML": `<span id="footnote%[1]d" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">%[1]d</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">%[1]d</sup><span class="ltx_tag ltx_tag_note">%[1]d</span>%[2]s</span></span></span>`,
	}
	var blocks, texts []string
	var replace []string
	for _, n := range g.Notes {
		texts = append(texts, escape.Replace(n.Text))
		marker := maker.call(n.Number)
		if format, ok := inline[maker.name]; ok {
			marker = fmt.Sprintf(format, n.Number, escape.Replace(n.Text))
		}
		replace = append(replace, "["+strconv.Itoa(n.Number)+"]", marker)
	}
	markers := strings.NewReplacer(replace...)
	section, list := "", false
	for i, p := range g.Paragraphs {
		if p.Section != section {
			section = p.Section
			blocks = append(blocks, "<h2>"+section+"</h2>")
		}
		text := markers.Replace(escape.Replace(p.Text))
		item := strings.HasSuffix(p.Text, ";") || strings.HasSuffix(p.Text, "; and") || list && i > 0
		switch {
		case item && p.Section == g.Paragraphs[i-1].Section:
			open, end := "", ""
			if !list {
				open = "<ol>"
			}
			if last := i+1 == len(g.Paragraphs) || g.Paragraphs[i+1].Section != p.Section; last {
				end = "</ol>"
			}
			item := open + "<li>" + text + "</li>" + end
			if list {
				blocks[len(blocks)-1] += item
			} else {
				blocks = append(blocks, item)
			}
			list = end == ""
		case p.Number == 3:
			blocks = append(blocks, "<blockquote><p>"+text+"</p></blockquote>")
		default:
			list = false
			blocks = append(blocks, "<p>"+text+"</p>")
		}
	}
	notes := ""
	if maker.notes != nil {
		notes = maker.notes(texts)
	}
	return `<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Oversight of Covert Action: A Short Analysis | Example Law Blog</title>
<meta property="og:site_name" content="Example Law Blog"><meta property="article:published_time" content="2024-03-17T09:00:00+0000">
<link rel="canonical" href="https://example.org/analysis/covert-oversight">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","@id":"x"},{"@type":"BlogPosting","author":[{"@id":"#1"},{"name":"Richard Roe"}]},{"@type":"Person","@id":"#1","name":"Jane Q. Doe"}]}</script>
</head><body>` + l.write(blocks, notes) + `</body></html>`
}
