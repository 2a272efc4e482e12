package ingest_test

import (
	"strings"
	"testing"

	"pincite/internal/ingest"
)

func TestMarkdownBlocks(t *testing.T) {
	checkOutlines(t, ".md", []outlineTest{
		{"paragraphs and breaks", "One\nruns on.  \nAnd on.\\\nAnd on.\n\nTwo.", `
p1 One runs on. And on. And on.
p2 Two.
`},
		{"sections", "Before any.\n\n## The *Lock*\n\nOne.\n\nThe Keeper\n----------\n\nTwo.\n\n### `Nested`\n\nThree.", `
p1 Before any.
p2 [The Lock] One.
p3 [The Keeper] Two.
p4 [Nested] Three.
`},
		{"the first heading is the title", "# On Ferries\n\nOne.\n\n# The Lock\n\nTwo.", `
title On Ferries
p1 One.
p2 [The Lock] Two.
`},
		{"the only first-level heading is the title", "A line above.\n\n# On Ferries\n\nOne.\n\n## The Lock\n\nTwo.", `
title On Ferries
p1 A line above.
p2 One.
p3 [The Lock] Two.
`},
		{"first-level headings that are sections", "A line above.\n\n# The Lock\n\nOne.\n\n# The Keeper\n\nTwo.", `
p1 A line above.
p2 [The Lock] One.
p3 [The Keeper] Two.
`},
		{"credits below the title", "# On Ferries\n\n*By Ada North*\n\nMarch 3, 2019\n\nBy Ada North the lock was shut.", `
title On Ferries
by Ada North
date 2019-03-03
p1 By Ada North the lock was shut.
`},
		{"lists", "Two:\n\n3. the lock,\n   which leaks;\n\n   and more of it\n4. the keeper\n   - asleep\n   - awake\n\n   in turn\n\nSo it is.", `
p1 Two:
p2 the lock, which leaks;⏎and more of it
p3 the keeper
p4 asleep
p5 awake
p6 in turn
p7 So it is.
`},
		{"a list in a list, right away", "- - one\n  - two\n- three", "p1 one\np2 two\np3 three\n"},
		{"quotes", "> One.\n>\n> Two.\n> - three\n\nlast\n\n> > Four.\n> # Five", `
p1 One.⏎Two.⏎three
p2 last
p3 Four.⏎Five
`},
		{"a quote in an item", "- one\n\n  > two\n- three", "p1 one⏎two\np2 three\n"},
		{"code", "One.\n\n```go\na *b*\n\n  c[1]\n```\n\n    indented &amp;\n\nTwo `a  *b*`.", `
p1 One.
p2 a *b*⏎⏎  c[1]
p3 indented &amp;
p4 Two a  *b*.
`},
		{"thematic breaks", "One.\n\n***\n\nTwo.\n\n____\n\nThree.", "p1 One.\np2 Two.\np3 Three.\n"},
		{"a rule too close below a paragraph", "The board met in order to hear the pilots, who had come in great number, but nobody could say what about or why.\n---\n\nTwo\nlines\n---\n\nThree.", `
p1 The board met in order to hear the pilots, who had come in great number, but nobody could say what about or why.
p2 Two lines
p3 Three.
`},
		{"raw HTML", "One <b>bold</b><br>and <!-- no --> more &lt;b&gt;.\n\n<div class=\"x\">\n<p>Two &amp; <i>three</i>.</p>\n</div>\n\n<!--\ncomment\n-->\n\n<script>\nlet x = 1 < 2\n</script>\n\nFour.", `
p1 One bold and  more <b>.
p2 Two &  three .
p3 Four.
`},
		{"links and images", "See [the *act*](https://example.org \"title\"), [Act][1], <https://example.org/a_b>, <a@example.org> and ![a map](m.png).\n\n[1]: https://example.org/act", `
p1 See the act, Act, https://example.org/a_b, a@example.org and a map.
`},
		{"escapes and entities", "1\\. \\*not\\* \\a &amp; &sect;&nbsp;5 &#8212; &#x2014; &bogus; &; a&b co&shy;op &#0;", `
p1 1. *not* \a & § 5 — — &bogus; &; a&b coop ` + "\ufffd\n"},
		{"typed as it is", "\"It's\" -- he said... (c) 1/2 ~~so~~ 2*3*4 a_b_c", "p1 \"It's\" -- he said... (c) 1/2 ~~so~~ 234 a_b_c\n"},
		{"tables are text", "| a | b |\n|---|---|\n| 1 | 2 |", "p1 | a | b | |---|---| | 1 | 2 |\n"},
	})
}

func TestMarkdownFootnotes(t *testing.T) {
	checkOutlines(t, ".md", []outlineTest{
		{"in the order of their calls", "One.[^b] Two![^a] Again.[^b]\n\n- three[^3]\n\n> four[^4]\n\n[^a]: A.\n[^b]: B,\n    wrapped.\n\n    Its second *paragraph*.\n\n    - item\n[^3]: Three.\n\n[^4]: Four.", `
p1 One.[1]→1 Two![2]→2 Again.[1]→1
p2 three[3]→3
p3 four[4]→4
n1 B, wrapped.⏎Its second paragraph.⏎item
n2 A.
n3 Three.
n4 Four.
`},
		{"calls in footnotes", "One.[^a] Two.[^b]\n\n[^a]: A, but see.[^c]\n[^b]: B, as A.[^a]\n[^c]: C.", `
p1 One.[1]→1 Two.[2]→2
n1 A, but see.[3]→3
n2 B, as A.[1]→1
n3 C.
`},
		{"not called", "One.[^a]\n\n[^x]: X, see.[^y]\n[^a]: A.\n[^y]: Y.\n[^z]: Z.", `
p1 One.[1]→1
n1 A.
n2 X, see.[3]→3
n3 Y.
n4 Z.
? note n2
? note n4
`},
		{"not defined", "One.[^a] Two.[^b] And `[^c]`, [2].\n\n[^a]: A.[^d]", `
p1 One.[1]→1 Two.[^b] And [^c], [2].
n1 A.[^d]
? marker p1
? marker p1
? marker n1
`},
		{"defined as nothing", "One.[^a] Two.[^b]\n\n[^a]:\n[^b]: <!-- nothing -->", `
p1 One.[^a] Two.[^b]
? marker p1
? marker p1
`},
		{"defined twice", "One.[^a]\n\n[^a]: A.\n\n[^a]: B.", `
p1 One.[1]→1
n1 A.
n2 B.
? note n2
`},
		{"called by a heading", "## The Lock[^a]\n\nOne.[^b]\n\n[^a]: A.\n[^b]: B.", `
p1 [The Lock] One.[2]→2
n1 A.
n2 B.
? note n1
`},
		{"plain notes below a rule", "One.[1] Two \\[2\\].[3]\n\n---\n\n[1] A.\n\nMore of A.\n\n[2] B.", `
p1 One.[1]→1 Two [2]→2.[3]
n1 A.⏎More of A.
n2 B.
? marker p1
`},
		{"plain notes in a list", "One.[1] Two.²\n\n## Notes\n\n1. *A*.\n2. B.", `
p1 One.[1]→1 Two.²→2
n1 A.
n2 B.
`},
		{"a numbered list that nothing calls", "One.\n\n## References\n\n1. *A*.\n2. B.", `
p1 One.
p2 [References] A.
p3 [References] B.
`},
		{"text below plain notes", "One.[1]\n\n## Notes\n\n[1] A.\n\n## More\n\nB.", `
p1 One.[1]
p2 [Notes] [1] A.
p3 [More] B.
? marker p1
`},
		{"within emphasis and links", "One *two[^a]* [three[^b]](https://example.org).\n\n[^a]: A.\n[^b]: B.", `
p1 One two[1]→1 three[2]→2.
n1 A.
n2 B.
`},
	})
}

// Each front matter stands above "One."; the outline has no language, address,
// site and note, which are checked here.
func TestFrontMatter(t *testing.T) {
	for _, tt := range []struct{ name, give, want, rest string }{
		{"YAML", "---\ntitle: \"On Ferries: a Study\"\nauthor:\n  - Ada North\n  - name: Bo de South\ndate: 2019-03-03\nlang: en-GB\nsource: https://example.org/f\nsite: The Ferry\nnote: >\n  Two\n  lines.\nother: {a: [b]}\n---\n", `
title On Ferries: a Study
by Ada North; Bo de South
date 2019-03-03
p1 One.
`, "en-GB https://example.org/f The Ferry Two lines."},
		{"TOML", "+++\ntitle = \"On Ferries\"\nauthors = [\"Ada North\", \"Bo de South\"]\ndate = 2019-03-03\npublication = \"The Ferry\"\n+++\n", `
title On Ferries
by Ada North; Bo de South
date 2019-03-03
p1 One.
`, "  The Ferry "},
		{"TOML tables", "+++\ndate = 2019-03-03T10:00:00Z\n[[author]]\nname = \"Ada North\"\n+++\n", `
by Ada North
date 2019-03-03
p1 One.
`, "   "},
		{"CRLF and capitals", "---\r\nTitle: On Ferries\r\nAuthor: Ada North and Bo de South\r\n---\r\n", `
title On Ferries
by Ada North and Bo de South
p1 One.
`, "   "},
		{"a year, a number for a title", "---\ntitle: 1984\ndate: 2019\n---\n", "title 1984\ndate 2019\np1 One.\n", "   "},
		{"a month", "---\ndate: 2019-03\n---\n", "date 2019-03\np1 One.\n", "   "},
		{"a date in words", "---\ndate: Sunday, 3 March 2019\n---\n", "date 2019-03-03\np1 One.\n", "   "},
		{"a date that is none", "---\ndate: 2019-02-31\n---\n", "p1 One.\n? metadata\n", "   "},
		{"a date of open order", "---\ndate: 3/4/2019\n---\n", "p1 One.\n? metadata\n", "   "},
		{"values that are none", "---\ntitle: [a, b]\nauthor: {first: Ada}\nlang: English\nurl: ftp://example.org\n---\n", "p1 One.\n? metadata\n? metadata\n? metadata\n? metadata\n", "   "},
		{"empty values", "---\ntitle:\nauthor: []\ndate:\n---\n", "p1 One.\n", "   "},
		{"nothing", "---\n---\n", "p1 One.\n", "   "},
		{"damaged", "---\ntitle: Ferries: a Study\nauthor:\n- Ada North\ndate: 2019-03-03\n---\n", `
title Ferries: a Study
by Ada North
date 2019-03-03
p1 One.
? metadata
`, "   "},
		{"a comment first", "---\n# draft\ntitle: On Ferries\n---\n", "title On Ferries\np1 One.\n", "   "},
		{"rules, no front matter", "---\n\ntitle: none\n\n---\n\n", "p1 title: none\np2 One.\n", "   "},
		{"repeated as a heading", "---\ntitle: On Ferries\n---\n# On Ferries\n\n", "title On Ferries\np1 One.\n", "   "},
		{"above sections", "---\ntitle: On Ferries\n---\n# The Lock\n\n", "title On Ferries\np1 [The Lock] One.\n", "   "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := read(t, ingest.Source{Name: "case.md", Bytes: []byte(tt.give + "One.")})
			if got, want := outline(r), strings.TrimPrefix(tt.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			d := r.Document
			if got := strings.Join([]string{d.Language, d.URL, d.Site, d.Note}, " "); got != tt.rest {
				t.Errorf("language, URL, site, note: %q, want %q", got, tt.rest)
			}
		})
	}
}

// A doubt about damaged front matter names the line of the file.
func TestDamagedFrontMatterNamesItsLine(t *testing.T) {
	for _, give := range []string{
		"---\nauthor: Ada North\ntitle: Ferries: a Study\n---\nOne.",
		"+++\nauthor = \"Ada North\"\ntitle = Ferries\n+++\nOne.",
	} {
		r := read(t, ingest.Source{Name: "a.md", Bytes: []byte(give)})
		if len(r.Doubts) != 1 || !strings.HasPrefix(r.Doubts[0].Text, "Line 3, in the front matter, is not valid ") {
			t.Errorf("%q: doubts %+v", give, r.Doubts)
		}
	}
}

// What the parser would take minutes for is refused before, or is read within
// the bounds; either way the input is 5 MB and more.
func TestMarkdownBounds(t *testing.T) {
	var deepening strings.Builder
	for i := range 2000 {
		deepening.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	const nests, markup, passages = "a.md nests lists or quotes", "a.md holds too much Markdown markup", "a.md holds more than 100000 passages"
	for _, tt := range []struct{ name, give, want string }{
		{"links that never close", strings.Repeat("[a](", 60_000), markup},
		{"many of them", strings.Repeat("[a](", 1_500_000), markup},
		{"emphasis that is open", strings.Repeat("*a_b", 60_000), markup},
		{"definitions in one block", strings.Repeat("[a]: b\n", 60_000), markup},
		{"a deepening list", deepening.String(), nests},
		{"a deep quote", strings.Repeat("> ", 3_000_000) + "a", nests},
		{"deep numbered items", strings.Repeat("1. ", 2_000_000) + "a", nests},
		{"items", strings.Repeat("- a\n", 1_500_000), markup},
		{"fewer items", strings.Repeat("- a\n", 110_000), passages},
		{"headings", strings.Repeat("# a\n", 1_500_000), markup},
	} {
		_, err := ingest.Read(t.Context(), ingest.Source{Name: "a.md", Bytes: []byte(tt.give)}, ingest.Limits{})
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// A footnote that a heading calls is told from one that nothing calls.
func TestDoubtsTheNotesOfHeadings(t *testing.T) {
	for name, give := range map[string]string{
		"a.md":  "## The Lock[^a]\n\nOne.\n\n[^a]: A.\n",
		"a.txt": "Before any.\n\nThe Lock[1]\n\nOne is here.\n\n____\n\n[1] A.\n",
	} {
		r := read(t, ingest.Source{Name: name, Bytes: []byte(give)})
		if len(r.Doubts) != 1 || r.Doubts[0].Text != "Footnote 1 is called by a heading only, which is no passage." {
			t.Errorf("%s: doubts %+v", name, r.Doubts)
		}
	}
}

func TestMarkdownInlineNotes(t *testing.T) {
	checkOutlines(t, ".md", []outlineTest{
		{"notes in their paragraph", "The lock leaks.^[See *the* [survey](https://a.example), part \\[b\\].] It\nis old.^[Built\nin 1901.]", `
p1 The lock leaks.[1]→1 It is old.[2]→2
n1 See the survey, part [b].
n2 Built in 1901.
`},
		{"beside footnotes with labels", "One.^[First.] Two.[^x] Three.^[Third.[^y]]\n\n[^x]: Second.\n\n[^y]: Fourth.", `
p1 One.[1]→1 Two.[2]→2 Three.[3]→3
n1 First.
n2 Second.
n3 Third.[4]→4
n4 Fourth.
`},
		{"in emphasis, in code, escaped, open or empty", "*A ^[b] c.* `^[d]` \\^[e] and ^[f", `
p1 A [1]→1 c. ^[d] ^[e] and ^[f
n1 b
`},
		{"empty", "One.^[] Two.", "p1 One.^[] Two.\n"},
	})
}
