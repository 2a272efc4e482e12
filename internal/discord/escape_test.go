package discord

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// markdownSeeds are texts that Discord would make something else of.
func markdownSeeds() []string {
	return []string{
		"", "plain", "**bold** *it* _it_ __u__ ~~s~~ ||sp|| `c` ```\nx\n```", `back\slash \* \\ \a`,
		"# h\n## h\n-# small\n- a\n* a\n+ a\n1. a\n12. a\n> q\n>>> q", "  - a\n\t# b\n 3. c", "a\u2028> b\r- c",
		"@everyone @here <@1> <@!1> <@&1> <#1> <a:b:1> <t:1:R> </ask:1> <id:home>", ":smile: 10:30:45 a:b",
		"https://example.org/a_b_c (https://example.org/x_(y)) https://x.org/a*b* http://a.b/c).",
		"xhttps://a.b/c_d_e", `https://a.b/c\_d "https://a.b/c"`, "**https://a.b/c**", "<https://a.b/c_d_>", "steam://run/a_b_",
		"see https://a.b/c_d_, then _x_", "https://a.b/||x||", "https://:_x_", "[a](https://b.c) [1] [a] (b)", "HTTPS://A.B/_c_",
		`¯\_(ツ)_/¯`, "é\\é \\\u00a0 x", "a*b**c***d****", "_a_b_ __", "|||| ~~~~ ````", "1.1. a\n1) b\n2.", "https://a.b/c[1] https://a.b/c~~d~~",
		"https\u00a0://x", "https://a\ufeff_b_", "\u00a0# x", "-#x\n#x\n###### x", "“https://a.b/c_d”", "a\x00b\x7f",
	}
}

// FuzzEscape holds that every client shows escaped text as it was, in the open
// and within a block quote, and that unescape takes the escapes off again.
func FuzzEscape(f *testing.F) {
	for _, seed := range markdownSeeds() {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		for _, c := range clients() {
			markdown := escape(text)
			if !c.linked {
				markdown = escapeUnlinked(text)
			}
			if got := unescape(markdown); got != text {
				t.Fatalf("%q is escaped as %q, which is %q", text, markdown, got)
			}
			quoted := quotePrefix + strings.ReplaceAll(markdown, "\n", "\n"+quotePrefix)
			for _, markdown := range []string{markdown, quoted, "a\n" + quoted} {
				shown := c.read(markdown)
				if got := strings.TrimPrefix(shown.text, "a\n"); got != text && shown.text != text || len(shown.other) > 0 {
					t.Fatalf("%+v shows %q, written %q, as %q with %q", c, text, markdown, shown.text, shown.other)
				}
				for _, bold := range shown.bold {
					if bold {
						t.Fatalf("%+v shows %q, written %q, in bold", c, text, markdown)
					}
				}
			}
		}
	})
}

func TestEscapeLeavesAddressesWhole(t *testing.T) {
	for text, links := range map[string]string{
		"See https://example.org/a_b_c?d=e#f.":       "https://example.org/a_b_c?d=e#f",
		"(https://en.example.org/wiki/War_(policy))": "https://en.example.org/wiki/War_(policy",
		"https://a.example/x, http://b.example/_y_;": "https://a.example/x http://b.example/_y_",
		"https://a.example/x*y":                      "", // not left whole: it could end bold text
		"mailto:a_b@c.example":                       "",
	} {
		got := client{linked: true}.read(escape(text))
		if strings.Join(got.links, " ") != links || got.text != text {
			t.Errorf("%q is shown as %q with the links %q, want %q", text, got.text, got.links, links)
		}
	}
}

// TestClientsSeeMarkdown makes sure that the readers of these tests do see the
// markup that escape is there to prevent.
func TestClientsSeeMarkdown(t *testing.T) {
	for _, c := range clients() {
		for markdown, want := range map[string]string{
			"*a*": "italic", "_a_": "italic", "__a__": "underline", "~~a~~": "strike", "||a||": "spoiler", "`a`": "code",
			"```a```": "code block", "# a": "heading", "-# a": "subtext", "- a": "list", "b\n* a": "list", "1. a": "list",
			"> - a": "list", "<@1>": "angle <@1>", "@everyone": "ping", ":a:": "emoji", "<https://a.b>": "angle <https://a.b>",
			"> # a": "heading", "> x\n> # a": "heading",
		} {
			if got := c.read(markdown).other; len(got) == 0 || got[0] != want {
				t.Errorf("%+v makes %q of %q, want %q", c, got, markdown, want)
			}
		}
		if got := c.read("a **b** c"); got.text != "a b c" || !got.bold[2] || got.bold[0] || got.bold[4] {
			t.Errorf("%+v shows bold text as %+v", c, got)
		}
	}
	if got := (client{linked: true}).read(`https://a.b/c\_d [x](https://a.b/c)`); got.text != `https://a.b/c\_d x` || len(got.links) != 2 {
		t.Errorf("links are shown as %+v", got)
	}
}

func BenchmarkEscape(b *testing.B) {
	text := strings.Repeat("The Charter's Article 51 (see https://example.org/art_51) is *not* the only one.[1] ", 20)
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		escape(text)
	}
}
