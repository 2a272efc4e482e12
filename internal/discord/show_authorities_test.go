package discord

import (
	"fmt"
	"strings"
	"testing"

	"pincite/internal/authority"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/words"
)

// tabled is an authority that passages of one document name.
func tabled(key, id string, paragraphs ...int) desk.Authority {
	a := desk.Authority{Key: key, Name: authority.Name(key), Kind: authority.KindOf(key), URL: authority.URL(key)}
	for _, n := range paragraphs {
		a.Passages = append(a.Passages, document.Ref{Document: id, Pincite: paragraph(n)})
	}
	return a
}

// reports is an invented analysis that names laws.
func reports() *document.Document {
	return &document.Document{ID: "reports", Title: "On Reports", Passages: []document.Passage{
		{
			Kind: document.Paragraph, Number: 1, Text: "A report is due under 50 U.S.C. § 3091.[1] It is short.",
			Markers: []document.Marker{{Start: len("A report is due under 50 U.S.C. § 3091."), End: len("A report is due under 50 U.S.C. § 3091.[1]"), Note: 1}},
		},
		{Kind: document.Footnote, Number: 1, Text: "See 50 U.S.C. §§ 1541–1548; 5 U.S.C. § 551."},
	}}
}

func showAuthorities(t testing.TB, show func(name, asks string) func(*message, error), l locale) {
	t.Helper()
	d := reports()
	table := &desk.Authorities{Authorities: []desk.Authority{
		tabled("usc/5/551", "reports", 2, 3, 4, 8), tabled("usc/50/1541-1548", "reports", 1), tabled("un-charter/51", "reports", 3),
	}}
	more := table.Authorities[0]
	more.Passages = append(more.Passages, document.Ref{Document: "rivers", Pincite: footnote(2)})
	table.Authorities[0] = more
	show("authorities", "")(authoritiesMessage(table, nil, nil, 0, l))
	table.Unresolved = []document.Ref{{Document: "reports", Pincite: paragraph(3)}}
	mentions := []desk.Mention{{Ref: table.Unresolved[0], Span: words.Span{Start: 0, End: 9}, Text: "Article 7"}}
	show("authorities-one", "")(authoritiesMessage(table, mentions, d, 0, l))
	for n := range 20 {
		table.Authorities = append(table.Authorities, tabled(fmt.Sprintf("usc/50/%d", 3091+n), "reports", n+1))
	}
	show("authorities-pages", "")(authoritiesMessage(table, nil, d, 0, l))
	show("authorities-end", "")(authoritiesMessage(table, mentions, d, 15, l))
	show("authorities-none", "")(authoritiesMessage(&desk.Authorities{}, nil, nil, 0, l))

	asked := tabled("usc/50/1544", "")
	note := handed(t, d, footnote(1), "50 U.S.C. §§ 1541–1548")
	hits := []desk.CitingPassage{{Passage: note, As: []desk.Authority{tabled("usc/50/1541-1548", "")}}}
	show("citing", asked.Name)(citingMessage(&desk.Citing{Authority: asked, Hits: hits, Total: 7}, 5, 1, l))
	show("citing-none", asked.Name)(citingMessage(&desk.Citing{Authority: asked}, 0, 5, l))
	show("citing-past", asked.Name)(citingMessage(&desk.Citing{Authority: asked, Total: 7}, 10, 5, l))

	p1 := handed(t, d, paragraph(1), "A report is due under 50 U.S.C. § 3091.[1]")
	show("context-authorities", "")(contextMessage(&p1, true, l))
}

// TestAuthoritiesAreBeside holds that the lines with authorities are no part of
// a quotation, whatever a text is full of, and that the reply fits.
func TestAuthoritiesAreBeside(t *testing.T) {
	var text strings.Builder
	for n := range 200 {
		fmt.Fprintf(&text, "See %d U.S.C. § %d, *so* it is. ", n%50+1, 1000+n)
	}
	d := &document.Document{ID: "full", Title: "Full", Passages: []document.Passage{
		{Kind: document.Paragraph, Number: 1, Text: strings.TrimSpace(text.String())},
		{Kind: document.Footnote, Number: 1, Text: strings.TrimSpace(text.String()[:700])},
	}}
	for _, at := range []document.Pincite{paragraph(1), footnote(1)} {
		ps := handed(t, d, at)
		for name, make := range map[string]func() (*message, error){
			"context": func() (*message, error) { return contextMessage(&ps, true, english) },
			"read":    func() (*message, error) { return passageMessage(&ps, english) },
		} {
			m, err := make()
			if err != nil {
				t.Errorf("%s of %s: %v", name, at, err)
				continue
			}
			lines := 0
			for line := range strings.SplitSeq(m.Embeds[0].Description, "\n") {
				if strings.HasPrefix(line, "Authorities: [") {
					lines++
					if n := strings.Count(line, "]("); n != authorityLine {
						t.Errorf("%s of %s links %d in %q", name, at, n, line)
					}
				}
			}
			if lines != 1 {
				t.Errorf("%s of %s has %d lines of authorities", name, at, lines)
			}
		}
	}
}

// TestLargestTable holds that a page of the table fits whatever it holds, and
// that paging from the first row by Next shows every row once.
func TestLargestTable(t *testing.T) {
	table := &desk.Authorities{}
	for n := range 40 {
		a := tabled(fmt.Sprintf("usc/50/%d", 3000+n), "")
		for i := range 100 {
			a.Passages = append(a.Passages, document.Ref{Document: strings.Repeat("d", document.MaxID-2) + fmt.Sprint(10+i/3), Pincite: paragraph(2*i + 1)})
		}
		a.URL = "https://law.example/" + strings.Repeat("x", maxLink-30)
		table.Authorities = append(table.Authorities, a)
	}
	shown := 0
	for offset, pages := 0, 0; ; pages++ {
		m, err := authoritiesMessage(table, nil, nil, offset, english)
		if err != nil || pages > 40 {
			t.Fatalf("page %d: %v", pages, err)
		}
		if fitted := fit(*m); fitted.Embeds[0].Description != m.Embeds[0].Description {
			t.Errorf("page %d does not fit", pages)
		}
		shown += strings.Count(m.Embeds[0].Description, "\n- ")
		next := -1
		for _, b := range buttonsOf(m) {
			if a, err := parseAction(b.CustomID); err == nil && b.Label == english.words().ButtonNext {
				next = a.(authoritiesPageAction).Offset
			}
		}
		if next < 0 {
			break
		}
		offset = next
	}
	if shown != 40 {
		t.Errorf("the pages show %d rows of 40", shown)
	}
}

// TestAuthorityLink holds that a name is shown as it is, and linked only where
// there is a link and nothing in the name that would part it.
func TestAuthorityLink(t *testing.T) {
	for _, test := range []struct {
		name, url string
		links     int
	}{
		{"50 U.S.C. § 3091", "https://law.example/a(b)", 1},
		{"U.N. Charter art. 2(4)", "https://law.example/", 1},
		{"50 U.S.C. § 3091", "", 0},
		{"A [x](y) B", "https://law.example/", 0},
		{"A *b* _c_", "https://law.example/", 0},
	} {
		a := desk.Authority{Name: test.name, URL: test.url}
		if got := (client{linked: true}).read(authorityLink(&a)); got.text != test.name || len(got.links) != test.links {
			t.Errorf("%s shows %q with links %q", test.name, got.text, got.links)
		}
	}
}

// TestKindNames holds that each kind of authority has a heading of its own, in
// both languages.
func TestKindNames(t *testing.T) {
	for _, l := range []locale{english, spanish} {
		seen := map[string]authority.Kind{}
		for _, k := range authority.Kinds() {
			name := newPage(l).kindName(k)
			if name == string(k) || seen[name] != "" {
				t.Errorf("%s in %s is called %q, as is %q", k, l, name, seen[name])
			}
			seen[name] = k
		}
	}
}
