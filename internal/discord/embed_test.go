package discord

import (
	"errors"
	"strings"
	"testing"

	"pincite/internal/cite"
	"pincite/internal/document"
)

// TestFinishRefuses holds that a message whose quotations are not those that
// were cut out of passages is not handed out.
func TestFinishRefuses(t *testing.T) {
	ps := &harbour().Passages[0]
	for name, spoil := range map[string]func(*page){
		"a letter":        func(p *page) { p.at.Description = strings.Replace(p.at.Description, "closed", "Closed", 1) },
		"one more":        func(p *page) { p.paragraph(quotePrefix + "Made up.") },
		"one less":        func(p *page) { p.at.Description = "Nothing." },
		"a word appended": func(p *page) { p.at.Description += " Today." },
		"another passage": func(p *page) {
			p.quotes[0].passage = &document.Passage{Kind: document.Paragraph, Number: 9, Text: "The harbour master opened the port on 3 March, and it stays open."}
		},
		"too long to fit": func(p *page) { p.at.Description += "\n" + quotePrefix + strings.Repeat("x", maxDescription) },
	} {
		p := newPage(english)
		p.open("")
		p.quote("", quote(ps, nil, 500))
		if _, err := p.finish(); err != nil {
			t.Fatal(err)
		}
		spoil(p)
		if m, err := p.finish(); !errors.Is(err, errNotVerbatim) {
			t.Errorf("%s: %v, %+v", name, err, m)
		}
	}
}

func TestMaskedLink(t *testing.T) {
	for url, want := range map[string]string{
		"https://a.example/x_(y)":             "[L](https://a.example/x_%28y%29)",
		"https://a.example/x#:~:text=A%20b,c": "[L](https://a.example/x#:~:text=A%20b,c)",
		"https://a.example/a b":               "",
		`https://a.example/a\b`:               "",
		"javascript:alert(1)":                 "",
		"https://":                            "",
		"":                                    "",
		"https://a.example/" + strings.Repeat("x", maxLink): "",
		"https://a.example/<b>":                             "",
		"https://a.example/a\u00a0b":                        "",
	} {
		got := maskedLink("L", url)
		if got != want {
			t.Errorf("%q: %q, want %q", url, got, want)
		}
		if links := (client{linked: true}).read(got).links; want != "" && (len(links) != 1 || "[L]("+links[0]+")" != want) {
			t.Errorf("%q leads to %q", got, links)
		}
	}
}

func TestCitationMarkdown(t *testing.T) {
	for title, want := range map[string]string{
		"A Title":                "*A Title*, ¶ 1.",
		"A *starred* Title":      `A \*starred\* Title, ¶ 1.`,
		"Of https://a.example":   `*Of https\://a.example*, ¶ 1.`,
		"[1](https://b.example)": `*\[1](https\://b.example)*, ¶ 1.`,
	} {
		d := harbour()
		d.Title = title
		c, err := cite.Passage(d, paragraph(1), cite.Plain, cite.Version{})
		if err != nil {
			t.Fatal(err)
		}
		got := citationMarkdown(c, maxCitation)
		if got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
		for _, reader := range clients()[:2] {
			if shown := reader.read(got).text; shown != c.Text() {
				t.Errorf("%+v shows %q as %q", reader, got, shown)
			}
		}
	}
}

// TestFenced holds that a text to copy is shown to the letter, as code where it
// can be and with escapes where it holds a fence.
func TestFenced(t *testing.T) {
	for text, code := range map[string]bool{
		"text\nof two lines": true, `back\slash *and* _all_`: true, "a `b` ``c``": true, "ends in `": true, "`": true,
		"holds ``` a fence": false, "```": false, "# ```\n- x": false,
	} {
		for _, c := range clients()[:2] {
			shown := c.read(fenced(text))
			got := shown.text
			if code {
				inner, opened := strings.CutPrefix(got, fence+"\n")
				inner, closed := strings.CutSuffix(inner, "\n"+fence)
				if got = inner; !opened || !closed || len(shown.other) != 1 || shown.other[0] != "code block" {
					t.Errorf("%+v makes %q of %q", c, shown.other, text)
				}
			} else if len(shown.other) > 0 {
				t.Errorf("%+v makes %q of %q", c, shown.other, text)
			}
			if got != text {
				t.Errorf("%+v shows %q as %q", c, text, got)
			}
		}
	}
}

func TestCut(t *testing.T) {
	for _, test := range []struct {
		markdown string
		limit    int
		want     string
	}{
		{"short", 5, "short"},
		{`ab\*cd`, 4, "ab…"},
		{`ab\*cd`, 5, `ab\*…`},
		{"**bold text**", 9, "**bold…**"},
		{"a **b** c d", 9, "a **b**…"},
		{"see [label](https://a.example/x) more", 20, "see…"},
		{"see https://a.example/x more", 20, "see…"},
		{"```\ncode and more\n```", 14, "```\ncode…\n```"},
		{"😀😀😀", 5, "😀😀…"},
		{"😀😀😀", 4, "😀…"},
		{"x", 0, ""},
	} {
		if got := cut(test.markdown, test.limit); got != test.want {
			t.Errorf("%q to %d: %q, want %q", test.markdown, test.limit, got, test.want)
		}
	}
}
