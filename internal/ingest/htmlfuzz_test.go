package ingest_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pincite/internal/document"
	"pincite/internal/ingest"
)

// pageText is all text of a page, scripts included.
func pageText(raw string) string {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(raw)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}

// FuzzHTML holds that whatever a page is, each passage is made of the page's
// letters in their order, and that markers and notes fit.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		`<!DOCTYPE html><title>T</title><p>One.<sup><a href="#f" id="r">1</a></sup></p><ol><li id="f">Note. <a href="#r">↩</a></li></ol>`,
		`<html><p>One<a href=#_ftn1 name=_ftnref1>[1]</a><p>Two<a href=#_ftn2 name=_ftnref2>[2]</a><hr><p><a href=#_ftnref1 name=_ftn1>[1]</a> A<p>B<p><a href=#_ftnref2 name=_ftn2>[2]</a> C`,
		`<html><div>a<br><br>b<br>c</div><blockquote><p>q<p>r</blockquote><ul><li>i<ul><li>j</ul>k<li><p>l<p>m</ul><pre> n
 o</pre>`,
		`<html><table><tr><th>a<th>b<tr><td>c<td>d</table><dl><dt>e<dd>f</dl><h2>g</h2>h<sup>2</sup> &amp; &#233;&nbsp;i<q>j</q>`,
		`<html><nav>a</nav><main><article><h1>b</h1><p class=byline>By Ada North<p>c</article></main><footer>d</footer>`,
		`<html><p>a<sup>1</sup> b[2]<hr><p><sup>1</sup> c<p><sup>2</sup> d`,
		`<html><p>a<label class=sidenote-number></label><span class=sidenote>b</span> c<span class=ltx_note><sup class=ltx_note_mark>2</sup><span class=ltx_note_content>d</span></span>`,
		`<html><dl><dt id=a><a href=#b>1</a><dd>x</dl><p id=b>y<a href=#a>1</a><a href=#b>[*]</a><a name=c></a><a href=#d><sup>1</sup></a><a id=d></a>z`,
		`<html><script type="application/ld+json">{"@type":"Article","author":["A B",{"name":"C D"}]}</script><p><b>Head</b><p>a<span hidden>b</span><del>c</del>`,
		"<html><pre>THE FERRY\n\nIt left.[1]\n\n____\n[1] At six." + strings.Repeat(" And so on.", 30) + "</pre>",
		"<?xml version=\"1.0\" encoding=\"windows-1252\"?><html><p>\x93caf\xe9\x94",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		source := ingest.Source{Name: "case.html", MediaType: "text/html", Bytes: raw}
		r, err := ingest.Read(t.Context(), source, fuzzLimits())
		if err != nil {
			checkFault(t, err)
			return
		}
		checkReading(t, raw, r, fuzzLimits())
		if again, err := ingest.Read(t.Context(), source, fuzzLimits()); err != nil || shown(again.Document) != shown(r.Document) {
			t.Fatalf("read again: %v", err)
		}
		// Tables give up the text that stands beside their cells, and frames,
		// heads and bodies that come twice are moved: order is not theirs.
		lower := strings.ToLower(string(raw))
		if r.Format != ingest.HTML || !utf8.Valid(raw) || raw[0] == 0xfe || raw[0] == 0xff ||
			strings.Contains(lower, "<t") || strings.Contains(lower, "<c") || strings.Contains(lower, "body") || strings.Contains(lower, "head") {
			return
		}
		input, at := alphanumeric(pageText(string(raw))), 0
		for i := range r.Document.Passages {
			p := &r.Document.Passages[i]
			if p.Kind == document.Footnote {
				at = 0 // notes stand anywhere
			}
			end, ok := after(input[at:], alphanumeric(withoutMarkers(p)))
			if !ok {
				t.Fatalf("%s %q is not in the input, or not in order", p.Pincite(), p.Text)
			}
			at += end
		}
	})
}
