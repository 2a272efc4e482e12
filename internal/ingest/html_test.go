package ingest_test

import (
	"slices"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/ingest"
)

// shown prints a document's passages: "# section", "text", "1: note", each on
// its line, line breaks within a passage as " / ".
func shown(d *document.Document) string {
	var b strings.Builder
	section := ""
	for _, p := range d.Passages {
		if p.Kind == document.Footnote {
			b.WriteString("n" + p.Pincite().Key()[1:])
			if p.Label != "" {
				b.WriteString(" (" + p.Label + ")")
			}
			b.WriteString(": ")
		} else if p.Section != section {
			section = p.Section
			b.WriteString("# " + section + "\n")
		}
		b.WriteString(strings.ReplaceAll(p.Text, "\n", " / ") + "\n")
	}
	return b.String()
}

// ferry and lock are sentences that are long enough to be prose.
const (
	ferry = "The ferry left the north quay at six, an hour before the tide, and nobody on board had been told of it."
	lock  = "The lock keeper, who had slept through the bell, said at the inquiry that no bell had been rung at all."
	weir  = "A third boat waited above the weir until noon, for its master trusted neither the keeper nor the bell."
)

func TestReadsPages(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{
			"headings are sections, items and quotes are paragraphs",
			`<h1>On Ferries</h1><p>` + ferry + `</p><h2>The <em>Lock</em></h2><p>` + lock + `</p><ul><li>first;</li><li>second<ul><li>within</li></ul></li></ul><blockquote><p>One.</p><p>Two.</p></blockquote><h3>Weirs</h3><p>` + weir + `</p>`,
			ferry + "\n# The Lock\n" + lock + "\nfirst;\nsecond\nwithin\nOne. / Two.\n# Weirs\n" + weir + "\n",
		},
		{
			"two line breaks part paragraphs, one does not",
			`<div>` + ferry + `<br><br>` + lock + `<br>` + weir + `</div>`,
			ferry + "\n" + lock + " " + weir + "\n",
		},
		{
			"long lines parted by single breaks are paragraphs",
			`<div>` + ferry + ` ` + lock + ` ` + weir + `<br>` + weir + ` ` + ferry + ` ` + lock + `<br></div>`,
			ferry + " " + lock + " " + weir + "\n" + weir + " " + ferry + " " + lock + "\n",
		},
		{
			"divisions within divisions, and text beside blocks",
			`<div><div><div>` + ferry + `</div></div>` + lock + `<div><p>` + weir + `</p>And so on to the end.</div></div>`,
			ferry + "\n" + lock + "\n" + weir + "\nAnd so on to the end.\n",
		},
		{
			"white space and invisible characters",
			"<p>The\u00a0ferry&nbsp;left&#8203;, so&shy;on,\n\tat <b>six</b>&nbsp;and<span> not </span>before.</p>",
			"The ferry left, soon, at six and not before.\n",
		},
		{
			"code is one paragraph with its lines",
			"<p>" + ferry + "</p><pre><code>a = 1\n\n  b = 2\n</code></pre><p>" + lock + "</p>",
			ferry + "\na = 1 /  /   b = 2\n" + lock + "\n",
		},
		{
			"rows of data are paragraphs, tables for layout are none",
			`<p>` + ferry + `</p><table><caption>Boats</caption><tr><th>Boat</th><th>Hour</th></tr><tr><td>North</td><td>six</td></tr></table><table><tr><td><p>` + lock + `</p></td><td><p>` + weir + `</p></td></tr></table>`,
			ferry + "\nBoat / Hour\nNorth / six\n" + lock + "\n" + weir + "\n",
		},
		{
			"scripts, pictures and their captions, forms, and what is hidden",
			`<p>` + ferry + `</p><script>var p = "<p>no</p>";</script><style>p{}</style><figure><img src=a alt="a boat"><figcaption>A boat at the quay.</figcaption></figure><form><label>Mail</label><input></form><p hidden>No one sees this.</p><p style="display: none">Nor this.</p><noscript><p>Nor that.</p></noscript><!-- nor this --><svg><text>nor that</text></svg><p>` + lock + `</p>`,
			ferry + "\n" + lock + "\n",
		},
		{
			"powers are no markers",
			`<p>It is 12 km<sup>2</sup> of water, and the 2<sup>nd</sup> lock. ` + ferry + `</p>`,
			"It is 12 km² of water, and the 2nd lock. " + ferry + "\n",
		},
		{
			"quotation marks of elements are shown",
			`<p>` + ferry + ` <q>No bell</q>, he said.</p>`,
			ferry + " “No bell”, he said.\n",
		},
		{
			"two markers, a note called twice, a note of two paragraphs, a note in a note",
			`<p>` + ferry + `<sup><a href="#f1" id="r1">1</a>, <a href="#f2" id="r2">2</a></sup></p><p>` + lock + `<sup><a href="#f1">1</a></sup></p><ol><li id="f1"><p>One.</p><p>And more. <a href="#r1">↩</a></p></li><li id="f2">Two, see<sup><a href="#f1">1</a></sup>. <a href="#r2">↩</a></li></ol>`,
			ferry + "[1][2]\n" + lock + "[1]\nn1: One. / And more.\nn2: Two, see[1].\n",
		},
		{
			"a note's paragraphs beside each other",
			`<p>` + ferry + `<a href="#_ftn1" name="_ftnref1">[1]</a></p><p>` + lock + `<a href="#_ftn2" name="_ftnref2">[2]</a></p><hr><p><a href="#_ftnref1" name="_ftn1">[1]</a> One.</p><p>More of one.</p><p><a href="#_ftnref2" name="_ftn2">[2]</a> Two.</p>`,
			ferry + "[1]\n" + lock + "[2]\nn1: One. / More of one.\nn2: Two.\n",
		},
		{
			"signs and numbers together",
			`<h1>On Ferries<a href="#s" id="sr">*</a></h1><p>` + ferry + `<a href="#fn1" id="r1"><sup>1</sup></a></p><p id="s">* The master of a ferry.</p><p id="fn1"><a href="#r1">1</a> One.</p>`,
			ferry + "[1]\nn1 (*): The master of a ferry.\nn2 (1): One.\n",
		},
		{
			"several ways back",
			`<p>` + ferry + `<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1">[1]</a></sup></p><p>` + lock + `<sup id="cite_ref-a_1-1" class="reference"><a href="#cite_note-a-1">[1]</a></sup></p><ol class="references"><li id="cite_note-a-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup><i><b>a</b></i></sup></a> <a href="#cite_ref-a_1-1"><sup><i><b>b</b></i></sup></a></span> <span class="reference-text">One.</span></li></ol>`,
			ferry + "[1]\n" + lock + "[1]\nn1: One.\n",
		},
		{
			"footnotes of each section",
			`<h2>A</h2><p>` + ferry + `<sup><a href="#a1">1</a></sup></p><ol><li id="a1">One of A.</li></ol><h2>B</h2><p>` + lock + `<sup><a href="#b1">1</a></sup></p><ol><li id="b1">One of B.</li></ol>`,
			"# A\n" + ferry + "[1]\n# B\n" + lock + "[1]\nn1: One of A.\nn2 (1): One of B.\n",
		},
		{
			"links to headings, to paragraphs and in words are text",
			`<ul><li><a href="#h1">1</a></li><li><a href="#h2">2</a></li></ul><h2 id="h1">A</h2><p id="p1"><a href="#p1">1</a> ` + ferry + `</p><h2 id="h2">B</h2><p>` + lock + ` See note <a href="#fn1">1</a>.<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1">One, and see <a href="#p1">paragraph 1</a>.</li></ol>`,
			"# A\n1 " + ferry + "\n# B\n" + lock + " See note 1.[1]\nn1: One, and see paragraph 1.\n",
		},
		{
			"a link to a footnote that is missing is text",
			`<p>` + ferry + `<a href="#gone">[1]</a> ` + lock + `</p>`,
			ferry + "[1] " + lock + "\n",
		},
		{
			"bold lines are headings where a page has no others",
			`<p><b>The Quay</b></p><p>` + ferry + `</p><p><strong>The Lock</strong></p><p>` + lock + `</p><p><strong>No.</strong></p><p>` + weir + `</p>`,
			"# The Quay\n" + ferry + "\n# The Lock\n" + lock + "\nNo.\n" + weir + "\n",
		},
		{
			"plain text between tags",
			"<html><body><pre>THE FERRY\n\n" + ferry + "[1]\n\n" + lock + "\n\n" + weir + "\n\n" + weir + "\n\n____\n\n[1] One.</pre></body></html>",
			ferry + "[1]\n" + lock + "\n" + weir + "\n" + weir + "\nn1: One.\n",
		},
		{
			"unclosed and misnested tags",
			`<p>` + ferry + `<p>` + lock + `<ul><li>one<li>two</ul><b><i>` + weir + `</b></i></div></p>`,
			ferry + "\n" + lock + "\none\ntwo\n" + weir + "\n",
		},
		{
			"text that only looks like tags",
			`<p>a &lt; b, a << c, AT&T, AT&<b>amp;</b> and &lt;p&gt;. ` + ferry + `</p>`,
			"a < b, a << c, AT&T, AT&amp; and <p>. " + ferry + "\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := tt.page
			if !strings.Contains(page, "<html") {
				page = `<!DOCTYPE html><title>On Ferries</title>` + page
			}
			r := read(t, ingest.Source{Name: "ferries.html", Bytes: []byte(page)})
			if got := shown(r.Document); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestReadsWhatPagesSayOfThemselves(t *testing.T) {
	for _, tt := range []struct {
		name, head, body                           string
		title, authors, date, site, url, languages string
	}{
		{
			name:  "meta elements",
			head:  `<title>On Ferries | The Quay</title><meta name=author content="Ada North"><meta name="author" content="Ben South"><meta name=dcterms.date content="2019-03"><meta property=og:site_name content="The Quay"><link rel="shortcut canonical" href="https://example.org/ferries">`,
			title: "On Ferries", authors: "Ada North|Ben South", date: "2019-03", site: "The Quay", url: "https://example.org/ferries",
		},
		{
			name:  "several authors in one element",
			head:  `<title>On Ferries</title><meta name=author content="Ada North, Ben South and Cy van East"><meta property="article:published_time" content="2019-03-04T23:30:00-05:00">`,
			title: "On Ferries", authors: "Ada North|Ben South|Cy van East", date: "2019-03-04",
		},
		{
			name:  "a name turned round",
			head:  `<meta name=citation_title content="On Ferries"><meta name=citation_author content="North, Ada"><meta name=citation_author content="South, Ben"><meta name=citation_publication_date content="2019/03/04"><meta name=citation_journal_title content="Quay Review">`,
			title: "On Ferries", authors: "North, Ada|South, Ben", date: "2019-03-04", site: "Quay Review",
		},
		{
			name:  "structured data",
			head:  `<script type="application/ld+json">{"@context":"https://schema.org","@type":["NewsArticle"],"headline":"On &amp; Ferries","author":[{"@type":"Person","name":"Ada North"},"Ben South"],"datePublished":"2019-03-04T00:00:00.000Z","publisher":{"name":"The Quay"},"inLanguage":"en-GB","url":"https://example.org/ld"}</script>`,
			title: "On &amp; Ferries", authors: "Ada North|Ben South", date: "2019-03-04", site: "The Quay", url: "https://example.org/ld", languages: "en-GB",
		},
		{
			name:  "structured data that is broken",
			head:  `<title>On Ferries</title><script type="application/ld+json">{"@type":"Article",</script>`,
			title: "On Ferries",
		},
		{
			name:  "the heading is the title where the declared one begins with it",
			head:  `<title>On Ferries – The Quay</title><meta property=og:locale content=en_GB>`,
			body:  `<h1>On Ferries</h1>`,
			title: "On Ferries", languages: "en-GB",
		},
		{
			name:  "what the text is credited with",
			head:  `<title>On Ferries</title>`,
			body:  `<h1>On Ferries</h1><p class="byline">By <a rel=author href=/a>Ada North</a></p><time datetime="2019-03-04" pubdate>4 March</time>`,
			title: "On Ferries", authors: "Ada North", date: "2019-03-04",
		},
		{
			name:  "a byline and a date in plain lines",
			body:  `<h1>On Ferries</h1><p>By Ada North and Ben South</p><p>4 March 2019</p>`,
			title: "On Ferries", authors: "Ada North|Ben South", date: "2019-03-04",
		},
		{
			name:  "marked elements",
			body:  `<h1>On Ferries</h1><div itemprop="author"><span itemprop="name">Ada North</span>, ferry master</div><meta itemprop="datePublished" content="2019-03-04">`,
			title: "On Ferries", authors: "Ada North", date: "2019-03-04",
		},
		{name: "nothing", title: "Ferries"},
		{name: "a canonical address that is none", head: `<link rel=canonical href="javascript:alert(1)"><title>On Ferries</title>`, title: "On Ferries"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := "<!DOCTYPE html><html><head>" + tt.head + "</head><body>" + tt.body + "<p>" + ferry + "</p><p>" + lock + "</p></body></html>"
			d := read(t, ingest.Source{Name: "ferries.html", Bytes: []byte(page)}).Document
			if d.Title != tt.title || strings.Join(d.Authors, "|") != tt.authors || d.Date != tt.date || d.Site != tt.site || d.URL != tt.url || d.Language != tt.languages {
				t.Errorf("title %q, authors %q, date %q, site %q, URL %q, language %q", d.Title, d.Authors, d.Date, d.Site, d.URL, d.Language)
			}
			if got := shown(d); got != ferry+"\n"+lock+"\n" {
				t.Errorf("passages\n%s", got)
			}
		})
	}
}

// What could be a marker and is none, and a note that nothing calls, are left
// for a person to look at.
func TestDoubtsOfPages(t *testing.T) {
	page := `<!DOCTYPE html><title>On Ferries</title><meta name=date content="soon"><p>` + ferry + `<a href="#gone">[7]</a></p><h2>The Lock<sup><a href="#f1" id=r1>1</a></sup></h2><p>` + lock + `<sup><a href="#f2" id=r2>2</a></sup></p><ol><li id=f1>One. <a href="#r1">↩</a></li><li id=f2>Two. <a href="#r2">↩</a></li></ol>`
	r := read(t, ingest.Source{Name: "ferries.html", Bytes: []byte(page)})
	var got []string
	for _, d := range r.Doubts {
		at := ""
		if d.At != (document.Pincite{}) {
			at = d.At.Key() + ": "
		}
		got = append(got, at+d.Text)
	}
	want := []string{
		"The date “soon” was not understood.",
		"p1: “[7]” calls no footnote and was taken as text.",
		"n1: Footnote 1 is called by a heading only, which is no passage.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("doubts\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPagesKeepTheirAddress(t *testing.T) {
	page := `<!DOCTYPE html><link rel=canonical href="/ferries"><p>` + ferry + `</p>`
	d := read(t, ingest.Source{Bytes: []byte(page), URL: "https://example.org/a?utm=1"}).Document
	if d.URL != "https://example.org/ferries" {
		t.Errorf("URL %q, want the canonical one", d.URL)
	}
	d = read(t, ingest.Source{Bytes: []byte(page[len("<!DOCTYPE html>"):]), MediaType: "text/html", URL: "https://example.org/b"}).Document
	if d.URL != "https://example.org/ferries" {
		t.Errorf("URL %q, want the canonical one", d.URL)
	}
}

func TestDecodesPages(t *testing.T) {
	for _, tt := range []struct{ name, media, page, want string }{
		{"declared in the page", "", "<!DOCTYPE html><meta charset=iso-8859-5><p>\xbf\xd0\xe0\xde\xdc", "Паром"},
		{"declared in the old form", "", `<html><meta http-equiv="Content-Type" content="text/html; charset=shift_jis">` + "<p>\x83\x74\x83\x46\x83\x8a\x81\x5b", "フェリー"},
		{"declared by an XML declaration", "", `<?xml version="1.0" encoding="windows-1251"?><html>` + "<p>\xcf\xe0\xf0\xee\xec", "Паром"},
		{"the header comes first", "text/html; charset=windows-1251", "<!DOCTYPE html><meta charset=iso-8859-5><p>\xcf\xe0\xf0\xee\xec", "Паром"},
		{"UTF-8 whatever is declared", "text/html; charset=iso-8859-1", "<!DOCTYPE html><p>Паром", "Паром"},
		{"nothing declared", "", "<!DOCTYPE html><p>\x93caf\xe9\x94", "“café”"},
		{"a page of bytes that says UTF-16", "", "<!DOCTYPE html><meta charset=utf-16le><p>\x93caf\xe9\x94", "“café”"},
		{"a byte order mark", "", "\xff\xfe<\x00p\x00>\x00h\x00i\x00<\x00/\x00p\x00>\x00", "hi"},
	} {
		d := read(t, ingest.Source{Name: "a.html", MediaType: tt.media, Bytes: []byte(tt.page)}).Document
		if got := d.Passages[0].Text; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What would take the reader's memory or time is refused or read soon.
func TestBoundsHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("reads several pages of 3 MB")
	}
	fill := func(s string, size int) string { return strings.Repeat(s, size/len(s)) }
	const size = 3_000_000
	var fonts strings.Builder
	for i := range 480 {
		fonts.WriteString("<p><font color=" + strings.Repeat("a", i%50) + " size=" + strings.Repeat("b", i/50) + ">")
	}
	for _, tt := range []struct {
		name, page string
		want       string // of the fault; empty where the page is read
	}{
		{"deep divisions", "<!DOCTYPE html>" + strings.Repeat("<div>", 100_000) + ferry, "a.html nests its elements too deep"},
		{"deep quotes", "<!DOCTYPE html>" + strings.Repeat("<blockquote>", 100_000) + ferry, "a.html nests its elements too deep"},
		{"deep emphasis", "<!DOCTYPE html>" + strings.Repeat("<b>", 100_000) + ferry, "a.html nests its elements too deep"},
		{"deep but within bounds", "<!DOCTYPE html>" + strings.Repeat("<div>", 400) + fill("<p>"+ferry+"</p>", 1_000_000), ""},
		{"formatting left open", "<!DOCTYPE html>" + fonts.String() + fill("<p>x", 900_000), "a.html holds more than"},
		{"many elements", "<!DOCTYPE html>" + fill("<p>", size), "a.html holds more than"},
		{"a huge table", "<!DOCTYPE html><table>" + fill("<tr><td>a<td>b", size), "a.html holds more than"},
		{"a wide table", "<!DOCTYPE html><table><tr>" + fill("<td>"+ferry, size), ""},
		{"text beside rows", "<!DOCTYPE html><table>" + fill(ferry+"<tr>", size), "a.html holds a passage (¶ 1) of"},
		{"line breaks", "<!DOCTYPE html><div>" + fill(ferry+"<br>", 200_000), ""},
		{"double line breaks", "<!DOCTYPE html><div>" + fill(ferry+"<br><br>", 2_000_000), ""},
		{"end tags", "<!DOCTYPE html><p>" + ferry + fill("x</div>", size), "a.html holds a passage"},
		{"one attribute", "<!DOCTYPE html><p class=\"" + fill("x", size) + "\">" + ferry, ""},
		{"many attributes", "<!DOCTYPE html><p" + fill(" a=b", size) + ">" + ferry, ""},
		{"one comment", "<!DOCTYPE html><p>" + ferry + "<!--" + fill("x", size), ""},
		{"an open script", "<!DOCTYPE html><p>" + ferry + "<script>" + fill("x", size), ""},
		{"links to one place", "<!DOCTYPE html><p id=a>" + ferry + "<span id=b>" + fill("<a href=#b>1</a>", 1_000_000), ""},
		{"calls of one note", "<!DOCTYPE html><p>" + ferry + fill("<a href=#b>[1]</a>", 100_000) + "<p id=b>One.", ""},
		{"many footnotes", "<!DOCTYPE html>" + manyNotes(5_000), ""},
		{"structured data", `<!DOCTYPE html><script type="application/ld+json">` + strings.Repeat("[", 200_000) + "</script><p>" + ferry, ""},
		{"no text", "<!DOCTYPE html><html><body><script>1</script><img src=a></body></html>", "a.html holds no text."},
		{"a frameset", "<!DOCTYPE html><frameset><frame src=a></frameset>", "a.html holds no text."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := ingest.Read(t.Context(), ingest.Source{Name: "a.html", Bytes: []byte(tt.page)}, ingest.DefaultLimits())
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want == "":
				if !strings.Contains(r.Document.Passages[0].Text, ferry[:40]) {
					t.Errorf("begins %.80q", r.Document.Passages[0].Text)
				}
			case err == nil || !strings.HasPrefix(fault.Sentence(err), tt.want):
				t.Errorf("%v, want %q", err, tt.want)
			default:
				checkFault(t, err)
			}
		})
	}
}

// manyNotes is a page of n paragraphs with a note each.
func manyNotes(n int) string {
	var body, notes strings.Builder
	for i := range n {
		k := string(rune('a'+i%26)) + strings.Repeat("x", i/26%40) + strings.Repeat("y", i/1040)
		body.WriteString("<p>" + ferry + "<sup><a href=#fn" + k + " id=r" + k + ">1</a></sup></p>")
		notes.WriteString("<p id=fn" + k + ">1 See " + k + "</p><p>more</p>")
	}
	return body.String() + notes.String()
}
