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
		{"Dr. Jane Doe", "Doe, J.", "Jane Doe"},
		{"Prof. Dr. Jane van Doe", "van Doe, J.", "Jane van Doe"},
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
		{"Department of State, Office of the Legal Adviser", "Department of State, Office of the Legal Adviser.", "Department of State, Office of the Legal Adviser"},
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
	f.Add("0", "0", "0", "Http://0", "", "0")
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

// TestMonths holds the names of the months in the four ways that styles print
// them: of The Bluebook's table T12, in full, as BibTeX's macros, and by number.
func TestMonths(t *testing.T) {
	tests := []struct{ date, bluebook, oscola, apa, bibtex string }{
		{"2024-01-09", "Jan. 9, 2024", "9 January 2024", "2024, January 9", "jan"},
		{"2024-02-29", "Feb. 29, 2024", "29 February 2024", "2024, February 29", "feb"},
		{"2024-03-01", "Mar. 1, 2024", "1 March 2024", "2024, March 1", "mar"},
		{"2024-04-01", "Apr. 1, 2024", "1 April 2024", "2024, April 1", "apr"},
		{"2024-05-01", "May 1, 2024", "1 May 2024", "2024, May 1", "may"},
		{"2024-06-01", "June 1, 2024", "1 June 2024", "2024, June 1", "jun"},
		{"2024-07-01", "July 1, 2024", "1 July 2024", "2024, July 1", "jul"},
		{"2024-08-01", "Aug. 1, 2024", "1 August 2024", "2024, August 1", "aug"},
		{"2024-09-01", "Sept. 1, 2024", "1 September 2024", "2024, September 1", "sep"},
		{"2024-10-01", "Oct. 1, 2024", "1 October 2024", "2024, October 1", "oct"},
		{"2024-11-01", "Nov. 1, 2024", "1 November 2024", "2024, November 1", "nov"},
		{"2024-12-31", "Dec. 31, 2024", "31 December 2024", "2024, December 31", "dec"},
	}
	for _, tt := range tests {
		d := shelf(func(d *document.Document) { complete(d); d.Date = tt.date })
		for style, want := range map[cite.Style]string{
			cite.Bluebook: "(" + tt.bluebook + ")", cite.OSCOLA: ", " + tt.oscola + ")", cite.APA: "(" + tt.apa + ").",
			cite.BibTeX: "month = " + tt.bibtex + ",", cite.RIS: "DA  - " + strings.ReplaceAll(tt.date, "-", "/") + "/\r\n",
		} {
			c, err := cite.Passage(d, para(1), style, cite.Version{})
			if err != nil || !strings.Contains(c.Text(), want) {
				t.Errorf("%s of %s: no %q in %s (%v)", style, tt.date, want, c.Text(), err)
			}
		}
	}
}

// TestCSLData holds records to the schema csl-data.json of CSL 1.0.2: no
// property that it does not list, and each of its type.
func TestCSLData(t *testing.T) {
	type name struct {
		Family, Given, Suffix, Literal *string
	}
	type date struct {
		Parts [][]int `json:"date-parts"`
	}
	type item struct {
		ID, Type             string
		Title, URL, Language *string
		Locator, Note        *string
		Container            *string `json:"container-title"`
		Author               []name
		Issued, Accessed     *date
	}
	for _, change := range []func(*document.Document){
		complete,
		func(*document.Document) {},
		func(d *document.Document) {
			complete(d)
			d.Authors = append(family(2), "The Pilots’ Guild", "John Roe Jr.")
		},
		func(d *document.Document) { complete(d); d.Date = "2006-09" },
	} {
		c, err := cite.Passage(shelf(change), note(2), cite.CSLJSON, added)
		if err != nil {
			t.Fatal(err)
		}
		dec := json.NewDecoder(strings.NewReader(c.Text()))
		dec.DisallowUnknownFields()
		var items []item
		if err := dec.Decode(&items); err != nil || len(items) != 1 {
			t.Fatalf("%v in %s", err, c.Text())
		}
		if i := items[0]; i.ID == "" || i.Type != "webpage" && i.Type != "document" || (i.Type == "webpage") != (i.URL != nil) {
			t.Errorf("id %q, type %q", i.ID, i.Type)
		}
		for _, d := range []*date{items[0].Issued, items[0].Accessed} {
			if d != nil && (len(d.Parts) != 1 || len(d.Parts[0]) < 1 || len(d.Parts[0]) > 3) {
				t.Errorf("a date of %v", d.Parts)
			}
		}
		for _, n := range items[0].Author {
			if (n.Literal == nil) != (n.Family != nil && n.Given != nil) {
				t.Errorf("a name that is neither a person's nor a body's in %s", c.Text())
			}
		}
	}
}
