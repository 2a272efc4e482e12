package cite_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pincite/internal/cite"
	"pincite/internal/document"
)

func TestParseStyle(t *testing.T) {
	for _, want := range cite.Styles() {
		for _, name := range []string{string(want), " " + strings.ToUpper(string(want)) + "\n"} {
			if got, err := cite.ParseStyle(name); got != want || err != nil {
				t.Errorf("ParseStyle(%q) = %q, %v", name, got, err)
			}
		}
	}
	for _, name := range []string{"", "mla", "plain bluebook"} {
		_, err := cite.ParseStyle(name)
		if err == nil {
			t.Errorf("ParseStyle(%q) succeeded", name)
			continue
		}
		for _, s := range cite.Styles() {
			if !strings.Contains(err.Error(), string(s)) {
				t.Errorf("the error for %q does not name %s: %v", name, s, err)
			}
		}
	}
}

func TestPassageErrors(t *testing.T) {
	d := shelf(complete)
	for _, at := range []document.Pincite{{}, para(0), para(3), note(4), para(-1)} {
		c, err := cite.Passage(d, at, cite.Plain, cite.Version{})
		if err == nil || !strings.Contains(err.Error(), "pilotage/") {
			t.Errorf("Passage(%v): %v", at, err)
		}
		if c.Text() != "" || c.Markdown() != "" {
			t.Errorf("Passage(%v) prints %q beside an error", at, c.Text())
		}
	}
	if _, err := cite.Passage(d, para(1), "mla", cite.Version{}); err == nil || !strings.Contains(err.Error(), "bluebook") {
		t.Errorf("an unknown style: %v", err)
	}
}

// TestNames shows which names are taken for persons': by how APA, which alone
// inverts them, prints them.
func TestNames(t *testing.T) {
	tests := []struct{ printed, apa, bluebook string }{
		{"Jane Doe", "Doe, J.", "Jane Doe"},
		{"Jane Q. Doe", "Doe, J. Q.", "Jane Q. Doe"},
		{"Doe, Jane", "Doe, J.", "Jane Doe"},
		{"Doe, Jane Q., Jr.", "Doe, J. Q., Jr.", "Jane Q. Doe Jr."},
		{"John Roe Jr.", "Roe, J., Jr.", "John Roe Jr."},
		{"John Roe, III", "Roe, J., III.", "John Roe III"},
		{"Dr. Jane Doe", "Doe, J.", "Dr. Jane Doe"},
		{"Jane Doe, J.D., Ph.D.", "Doe, J.", "Jane Doe"},
		{"J.R.R. Roe", "Roe, J. R. R.", "J.R.R. Roe"},
		{"JD Roe", "Roe, J. D.", "JD Roe"},
		{"Jean-Paul Roe", "Roe, J.-P.", "Jean-Paul Roe"},
		{"Robert “Bob” Roe", "Roe, R.", "Robert “Bob” Roe"},
		{"Ludwig van der Berg", "van der Berg, L.", "Ludwig van der Berg"},
		{"Martin Van Buren", "Van Buren, M.", "Martin Van Buren"},
		{"María José de la Cruz", "de la Cruz, M. J.", "María José de la Cruz"},
		{"Émile Zola-Roe", "Zola-Roe, É.", "Émile Zola-Roe"},
		{"Ирина Петрова", "Петрова, И.", "Ирина Петрова"},
		{"Jude Law", "Law, J.", "Jude Law"},
		{"Plato", "Plato.", "Plato"},
		{"山田太郎", "山田太郎.", "山田太郎"},
		{"The Economist", "The Economist.", "The Economist"},
		{"Tide & Lock", "Tide & Lock.", "Tide & Lock"},
		{"Institute of Navigation", "Institute of Navigation.", "Institute of Navigation"},
		{"U.S. Department of State", "U.S. Department of State.", "U.S. Department of State"},
		{"Office of Legal Counsel, Department of Justice", "Office of Legal Counsel, Department of Justice.", "Office of Legal Counsel, Department of Justice"},
		{"Human Rights Watch", "Human Rights Watch.", "Human Rights Watch"},
		{"Masters for Safety", "Masters for Safety.", "Masters for Safety"},
		{"Ministerio de Defensa", "Ministerio de Defensa.", "Ministerio de Defensa"},
		{"Harbour Review Staff", "Harbour Review Staff.", "Harbour Review Staff"},
		{"Studio 54", "Studio 54.", "Studio 54"},
		{"Jane Doe and John Roe", "Jane Doe and John Roe.", "Jane Doe and John Roe"},
		{"Jane Doe, John Roe, Ann Poe", "Jane Doe, John Roe, Ann Poe.", "Jane Doe, John Roe, Ann Poe"},
		{"Dr. Doe", "Dr. Doe.", "Dr. Doe"},
		{", Jane", ", Jane.", ", Jane"},
	}
	for _, tt := range tests {
		d := shelf(func(d *document.Document) { d.Authors = []string{tt.printed} })
		c, err := cite.Passage(d, para(1), cite.APA, cite.Version{})
		if err != nil {
			t.Fatal(err)
		}
		_, entry, _ := strings.Cut(c.Text(), "\n")
		if got, _, _ := strings.Cut(entry, " (n.d.)"); got != tt.apa {
			t.Errorf("APA prints %q as %q, want %q", tt.printed, got, tt.apa)
		}
		if c, err = cite.Passage(d, para(1), cite.Bluebook, cite.Version{}); err != nil {
			t.Fatal(err)
		}
		if got, _, _ := strings.Cut(c.Text(), ", Pilotage"); got != tt.bluebook {
			t.Errorf("Bluebook prints %q as %q, want %q", tt.printed, got, tt.bluebook)
		}
	}
}

func TestParts(t *testing.T) {
	for _, s := range cite.Styles() {
		c, err := cite.Passage(shelf(complete), para(1), s, added)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		marks := map[cite.Mark][]string{}
		for _, p := range c.Parts() {
			text.WriteString(p.Text)
			marks[p.Mark] = append(marks[p.Mark], p.Text)
		}
		if text.String() != c.Text() {
			t.Errorf("%s: the parts make %q, not %q", s, text.String(), c.Text())
		}
		titled := s == cite.Plain || s == cite.Bluebook || s == cite.APA
		if got := len(marks[cite.Italic]) == 1 && marks[cite.Italic][0] == "Pilotage in Narrow Waters"; got != titled {
			t.Errorf("%s sets %q in italics", s, marks[cite.Italic])
		}
	}
}

func TestBlankAuthorsAreNone(t *testing.T) {
	d := shelf(func(d *document.Document) { d.Authors = []string{" ", "\x00"} })
	c, err := cite.Passage(d, para(1), cite.Bluebook, cite.Version{})
	if want := "Pilotage in Narrow Waters, para. 1 (paragraph numbers counted)."; err != nil || c.Text() != want {
		t.Errorf("got %q, %v; want %q", c.Text(), err, want)
	}
}

var (
	webAddress = regexp.MustCompile(`^https?://[^\s<>]+$`)
	risLine    = regexp.MustCompile(`^[A-Z][A-Z0-9]  - [^\r\n]*(\r\n)?$`)
)

// unmarked is a line of Markdown as a reader sees it. It knows no more than
// the citation may hold, so that other markup fails the comparison: a
// backslash before punctuation, one asterisk about italics, and an address in
// angle brackets.
func unmarked(t *testing.T, markdown string) string {
	t.Helper()
	var b strings.Builder
	italics := 0
	for i := 0; i < len(markdown); i++ {
		switch c := markdown[i]; {
		case c == '\\' && i+1 < len(markdown) && unicode.In(rune(markdown[i+1]), unicode.Punct, unicode.Symbol) && markdown[i+1] < utf8.RuneSelf:
			i++
			b.WriteByte(markdown[i])
		case c == '*':
			italics++
		case c == '<':
			end := strings.IndexByte(markdown[i:], '>')
			if end < 0 || !webAddress.MatchString(markdown[i+1:i+end]) {
				t.Errorf("%q has a bare <", markdown)
				return ""
			}
			b.WriteString(markdown[i+1 : i+end])
			i += end
		case strings.ContainsRune("`_~|[]@&>", rune(c)) || strings.HasPrefix(markdown[i:], "://"):
			t.Errorf("%q has a bare %q", markdown, c)
			return ""
		default:
			b.WriteByte(c)
		}
	}
	if italics%2 != 0 {
		t.Errorf("%q leaves italics open", markdown)
	}
	return b.String()
}

// FuzzCitation holds every style to its text: nothing that a document says can
// mark up, cut short or alter a citation.
func FuzzCitation(f *testing.F) {
	f.Add("Title", "Jane Doe", "Site", "https://example.org/a_(b)", "2024-03-17", "iv")
	f.Add("*a*\\", "_b_ **", "`c` ```", "https://example.org/<b>`*_~|", "2024-03", "*")
	f.Add("- {x}\n# y", "1. [x](https://evil.example)", "<@1> @here :smile: &amp;", "http://e.org", "", "1) ")
	f.Add("}", "{", "\\", "https://e.org/}{", "x", "}{")
	f.Fuzz(func(t *testing.T, title, author, site, url, date, label string) {
		for _, s := range []string{title, author, site, url, date, label} {
			if !utf8.ValidString(s) {
				t.Skip()
			}
		}
		d := shelf(func(d *document.Document) {
			d.Title, d.Authors, d.Site, d.URL, d.Date = title, []string{author, "Ann Roe"}, site, url, date
			d.Passages[2].Label = label
		})
		for _, s := range cite.Styles() {
			c, err := cite.Passage(d, note(1), s, added)
			if err != nil {
				t.Fatal(err)
			}
			text, markdown := c.Text(), c.Markdown()
			switch s {
			case cite.CSLJSON:
				var items []struct{ ID, Title string }
				if err := json.Unmarshal([]byte(text), &items); err != nil || len(items) != 1 || items[0].Title != folded(title) {
					t.Errorf("%v in %s", err, text)
				}
			case cite.BibTeX:
				depth := 0
				for i, r := range text {
					switch r {
					case '{':
						depth++
					case '}':
						depth--
					}
					if depth == 0 && i > len("@misc") && i < len(text)-2 {
						t.Fatalf("the entry ends at byte %d of %s", i, text)
					}
				}
				if depth != 0 {
					t.Errorf("braces are open in %s", text)
				}
			case cite.RIS:
				for _, line := range strings.SplitAfter(strings.TrimSuffix(text, "\r\n"), "\r\n") {
					if !risLine.MatchString(line) {
						t.Errorf("bad line %q", line)
					}
				}
			default:
				if !strings.Contains(text, folded(title)) {
					t.Errorf("%s alters the title %q: %q", s, title, text)
				}
				if got := unmarked(t, markdown); got != text {
					t.Errorf("%s shows %q for %q", s, got, text)
				}
				continue
			}
			if strings.HasPrefix(markdown, "```") && strings.Count(markdown, "```") != 2 {
				t.Errorf("the code block ends early: %s", markdown)
			}
		}
	})
}

// folded is what a citation may do to a field.
func folded(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
