package desk

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pincite/corpus"
	"pincite/internal/authority"
	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

const statutes = `# On notice

The finding goes to the committees under 50 U.S.C. § 3091.[^1] Nobody waits for it.

Hostilities are reported under 50 U.S.C. §§ 1541–1548.

The order is Exec. Order No. 12333, and the treaty's rule is U.N. Charter art. 2(4).

[^1]: See also Pub. L. No. 107-40 and 5 U.S.C. § 551.
`

// refs prints passages as a test wants to read them.
func refs(list []document.Ref) string {
	ids := make([]string, len(list))
	for i, r := range list {
		ids[i] = r.String()
	}
	return strings.Join(ids, " ")
}

func tableText(t *testing.T, d *Desk, who library.CorpusID, id string) string {
	t.Helper()
	table, err := d.Authorities(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range table.Authorities {
		if a.Name != authority.Name(a.Key) || a.Kind != authority.KindOf(a.Key) || a.URL != authority.URL(a.Key) {
			t.Errorf("%s is %+v", a.Key, a)
		}
		fmt.Fprintf(&b, "%s: %s\n", a.Key, refs(a.Passages))
	}
	return b.String()
}

func TestAuthoritiesOfOneDocumentAndOfAll(t *testing.T) {
	d := open(t, t.TempDir())
	add(t, d, library.Local, source("notice.md", statutes))
	add(t, d, library.Local, source("other.md", "Reports are due, 50 U.S.C. § 3091.\n\nThat is so."))
	of := tableText(t, d, library.Local, " Notice ")
	for _, line := range []string{
		"usc/5/551: notice/n1\nusc/50/1541-1548: notice/p2\nusc/50/3091: notice/p1\n",
		"publ/107/40: notice/n1\n", "un-charter/2(4): notice/p3\n", "eo/12333: notice/p3\n",
	} {
		if !strings.Contains(of, line) {
			t.Errorf("the table of one document lacks %q:\n%s", line, of)
		}
	}
	all := tableText(t, d, library.Local, "")
	if want := strings.Replace(of, "usc/50/3091: notice/p1", "usc/50/3091: notice/p1 other/p1", 1); all != want {
		t.Errorf("the table of all is\n%s, want\n%s", all, want)
	}
	if _, err := d.Authorities(t.Context(), library.Local, "atlas"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a document that is not there: %v", err)
	}
}

// TestLawLinks gives an old public law, which has no link of its own, that of the
// Statutes at Large that one of the documents cites beside it.
func TestLawLinks(t *testing.T) {
	d := open(t, t.TempDir())
	add(t, d, library.Local, source("act.md", "The frame is of 1991, Pub. L. No. 102-88.\n\nAs printed: Pub. L. No. 102-88, 105 Stat. 429, 441. So is Pub. L. No. 101-1."))
	for _, id := range []string{"", "act"} {
		table, err := d.Authorities(t.Context(), library.Local, id)
		if err != nil {
			t.Fatal(err)
		}
		links := make(map[string]string)
		for _, a := range table.Authorities {
			links[a.Key] = a.URL
		}
		if got := links["publ/102/88"]; got != "https://www.govinfo.gov/link/statute/105/429" || links["publ/101/1"] != "" {
			t.Errorf("of %q: %v", id, links)
		}
	}
	found, err := d.Citing(t.Context(), library.Local, "Pub. L. No. 102-88", 0, 10)
	if err != nil || found.URL != "https://www.govinfo.gov/link/statute/105/429" {
		t.Errorf("citing: %+v, %v", found, err)
	}
}

func TestUnresolved(t *testing.T) {
	d := open(t, t.TempDir())
	add(t, d, library.Local, source("bare.md", "A strike would have to rest on Article 51 alone.\n\nNothing is named here."))
	table, err := d.Authorities(t.Context(), library.Local, "")
	if err != nil {
		t.Fatal(err)
	}
	if refs(table.Unresolved) != "bare/p1" || len(table.Authorities) != 0 {
		t.Fatalf("the table is %+v", table)
	}
	mentions, err := d.Unresolved(t.Context(), library.Local, table.Unresolved)
	if err != nil || len(mentions) != 1 || mentions[0].Text != "Article 51" || mentions[0].Span.Start != 31 {
		t.Errorf("unresolved are %+v, %v", mentions, err)
	}
}

func TestCiting(t *testing.T) {
	d := open(t, t.TempDir())
	add(t, d, library.Local, source("notice.md", statutes))
	for _, test := range []struct{ asked, key, want string }{
		{"50 USC 3091", "usc/50/3091", `notice/p1 "50 U.S.C. § 3091"`},
		{"50 U.S.C. § 1543", "usc/50/1543", `notice/p2 "50 U.S.C. §§ 1541–1548" as usc/50/1541-1548`},
		{"50 U.S.C. § 1549", "usc/50/1549", ""},
		{"U.N. Charter art. 2", "un-charter/2", `notice/p3 "U.N. Charter art. 2(4)" as un-charter/2(4)`},
		{"Pub. L. No. 107-40", "publ/107/40", `notice/n1 "Pub. L. No. 107-40"`},
	} {
		found, err := d.Citing(t.Context(), library.Local, test.asked, 0, 10)
		if err != nil {
			t.Errorf("%s: %v", test.asked, err)
			continue
		}
		var got []string
		for _, h := range found.Hits {
			line := h.Ref().String()
			for _, e := range h.Evidence {
				line += fmt.Sprintf(" %q", h.Passage.Passage.Text[e.Start:e.End])
			}
			for _, a := range h.As {
				line += " as " + a.Key
			}
			got = append(got, line)
		}
		if found.Key != test.key || found.Total != len(got) || strings.Join(got, "\n") != test.want {
			t.Errorf("%s is %s, %d in all: %s; want %s: %s", test.asked, found.Key, found.Total, got, test.key, test.want)
		}
	}
	add(t, d, library.Local, source("zebra.md", "It is 50 U.S.C. § 1544 that counts."))
	exact, err := d.Citing(t.Context(), library.Local, "50 U.S.C. § 1544", 0, 10)
	if err != nil || len(exact.Hits) != 2 || exact.Hits[0].Document.ID != "zebra" || len(exact.Hits[0].As) != 0 || len(exact.Hits[1].As) != 1 {
		t.Errorf("the passage that names it as such is not first: %+v, %v", exact, err)
	}
	if _, err := d.Citing(t.Context(), library.Local, "the usual rules", 0, 10); fault.KindOf(err) != fault.Invalid {
		t.Errorf("what is no authority: %v", err)
	}
	page, err := d.Citing(t.Context(), library.Local, "50 USC 3091", 1, 10)
	if err != nil || page.Total != 1 || len(page.Hits) != 0 {
		t.Errorf("past the last: %+v, %v", page, err)
	}
}

func TestSearchCites(t *testing.T) {
	d := open(t, t.TempDir())
	add(t, d, library.Local, source("notice.md", statutes))
	for _, test := range []struct{ keywords, want string }{
		{`cites:"50 USC 3091"`, `notice/p1 "50 U.S.C. § 3091"`},
		{`waits cites:“50 U.S.C. § 3091”`, `notice/p1 "50 U.S.C. § 3091" "waits"`},
		{`reported cites:"50 U.S.C. § 3091"`, ``},
		{`reported -cites:"50 U.S.C. § 3091"`, `notice/p2 "reported"`},
		{`cites:"50 U.S.C. § 1543" kind:note`, ``},
		{`cites:"50 U.S.C. § 1543" -hostilities`, ``},
		{`cites:"Pub. L. No. 107-40" cites:"5 U.S.C. § 551"`, `notice/n1 "Pub. L. No. 107-40" "5 U.S.C. § 551"`},
	} {
		found, err := d.Search(t.Context(), library.Local, test.keywords, 0, 10)
		if err != nil {
			t.Errorf("%s: %v", test.keywords, err)
			continue
		}
		var got []string
		for _, h := range found.Hits {
			line := h.Ref().String()
			for _, e := range h.Evidence {
				line += fmt.Sprintf(" %q", h.Passage.Text[e.Start:e.End])
			}
			got = append(got, line)
		}
		if strings.Join(got, "\n") != test.want {
			t.Errorf("%s finds %s, want %s", test.keywords, got, test.want)
		}
	}
}

// TestAuthoritiesOfAnotherServer holds that what one server added shows to no
// other: neither in a table nor in a count, before or after the tables were
// worked out, and that it goes when it is removed.
func TestAuthoritiesOfAnotherServer(t *testing.T) {
	d := open(t, t.TempDir())
	one, other := server(t, "111111111111111111"), server(t, "222222222222222222")
	add(t, d, one, source("secret.md", "The plan rests on 50 U.S.C. § 3091.\n\nArticle 7 too."))
	for range 2 {
		for who, want := range map[library.CorpusID]string{one: "usc/50/3091: secret/p1\n", other: "", library.Base: ""} {
			if got := tableText(t, d, who, ""); got != want {
				t.Errorf("%s sees %q, want %q", who, got, want)
			}
			table, err := d.Authorities(t.Context(), who, "")
			if err != nil || (len(table.Unresolved) > 0) != (who == one) {
				t.Errorf("%s sees as unresolved %v, %v", who, table.Unresolved, err)
			}
			found, err := d.Citing(t.Context(), who, "50 USC 3091", 0, 10)
			if err != nil || (found.Total > 0) != (who == one) {
				t.Errorf("%s is told of %d passages, %v", who, found.Total, err)
			}
		}
	}
	if _, err := d.Authorities(t.Context(), other, "secret"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another server's document: %v", err)
	}
	if _, err := d.Unresolved(t.Context(), other, []document.Ref{{Document: "secret", Pincite: document.Pincite{Kind: document.Paragraph, Number: 2}}}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another server's passage: %v", err)
	}
	// A new version replaces what the old one named.
	add(t, d, one, source("secret.md", "The plan rests on 5 U.S.C. § 551."))
	if got := tableText(t, d, one, ""); got != "usc/5/551: secret/p1\n" {
		t.Errorf("after the change it names %q", got)
	}
	if _, err := d.Remove(t.Context(), one, "secret"); err != nil {
		t.Fatal(err)
	}
	if got := tableText(t, d, one, ""); got != "" {
		t.Errorf("what was removed still names %q", got)
	}
}

// TestShownSpansAreStored holds that every place that is shown as naming an
// authority is cut out of the stored text.
func TestShownSpansAreStored(t *testing.T) {
	d := open(t, t.TempDir())
	add(t, d, library.Local, source("notice.md", statutes))
	doc, _, err := d.Document(t.Context(), library.Local, "notice")
	if err != nil {
		t.Fatal(err)
	}
	table, err := d.Authorities(t.Context(), library.Local, "notice")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, a := range table.Authorities {
		found, err := d.Citing(t.Context(), library.Local, a.Key, 0, 100)
		if err != nil || found.Total < len(a.Passages) {
			t.Errorf("%s: %d passages, the table has %s; %v", a.Key, found.Total, refs(a.Passages), err)
			continue
		}
		for _, h := range found.Hits {
			p, ok := doc.Passage(h.Passage.Passage.Pincite())
			if !ok || len(h.Evidence) == 0 {
				t.Errorf("%s: %s has evidence %v", a.Key, h.Ref(), h.Evidence)
				continue
			}
			for _, e := range h.Evidence {
				named := authority.Find(p.Text[e.Start:e.End])
				if len(named) == 0 || !index.Covers(named[0].Key, a.Key) {
					t.Errorf("%s: %s shows %q", a.Key, h.Ref(), p.Text[e.Start:e.End])
				}
				shown++
			}
		}
	}
	if shown < 6 {
		t.Errorf("only %d places were shown", shown)
	}
}

// TestNamedIsStored holds of the built-in documents, and of those beside the
// checkout where they are, that what a document is said to name are places of
// its text, in order, and that the table tells of no other passages.
func TestNamedIsStored(t *testing.T) {
	var docs []*document.Document
	read := func(files fs.FS, name string) {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		reading, err := ingest.Read(t.Context(), ingest.Source{Name: name, Bytes: raw}, ingest.DefaultLimits())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		docs = append(docs, reading.Document)
	}
	names, err := fs.Glob(corpus.Files(), "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		read(corpus.Files(), name)
	}
	shared := os.DirFS("../../../shared/documents")
	beside, err := fs.Glob(shared, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(beside) == 0 {
		t.Log("../shared/documents is not there; only the built-in documents are read")
	}
	for _, name := range beside {
		if name != "README.md" {
			read(shared, name)
		}
	}
	for _, doc := range docs {
		named := index.Named(doc)
		if len(named) != len(doc.Passages) {
			t.Fatalf("%s: %d lists for %d passages", doc.ID, len(named), len(doc.Passages))
		}
		count := 0
		for i, found := range named {
			text, end := doc.Passages[i].Text, 0
			for _, f := range found {
				if f.Start < end || f.End <= f.Start || f.End > len(text) || !utf8.ValidString(text[f.Start:f.End]) {
					t.Errorf("%s: %s at %d–%d of %d", doc.Ref(&doc.Passages[i]), f.Key, f.Start, f.End, len(text))
				}
				end = f.End
				count++
			}
		}
		told := 0
		for _, a := range authoritiesOf(doc, named) {
			for _, r := range a.Passages {
				at, ok := doc.Index(r.Pincite)
				if !ok || !slices.ContainsFunc(named[at], func(f authority.Found) bool { return f.Key == a.Key }) {
					t.Errorf("%s is said to name %q", r, a.Key)
				}
				told++
			}
		}
		if told > count {
			t.Errorf("%s: %d places in the table of %d in the text", doc.ID, told, count)
		}
	}
}

func TestNamedBy(t *testing.T) {
	d := open(t, t.TempDir())
	add(t, d, library.Local, source("notice.md", statutes))
	p, err := d.Passage(t.Context(), library.Local, "notice/p1")
	if err != nil {
		t.Fatal(err)
	}
	keys := func(list []Authority) string {
		var keys []string
		for _, a := range list {
			keys = append(keys, a.Key)
		}
		return strings.Join(keys, " ")
	}
	if own, note := keys(p.NamedBy(p.Passage)), keys(p.NamedBy(p.Notes[0])); own != "usc/50/3091" || note != "publ/107/40 usc/5/551" {
		t.Errorf("¶ 1 names %q, its footnote %q", own, note)
	}
	bare := Passage{Document: p.Document, Passage: p.Passage}
	if own := keys(bare.NamedBy(p.Passage)); own != "usc/50/3091" {
		t.Errorf("a passage of no desk names %q", own)
	}
	doc := NewDocumentJSON(p.Document, p.Document.Passages)
	if got := strings.Join(doc.Passages[len(doc.Passages)-1].Authorities, " "); got != "publ/107/40 usc/5/551" {
		t.Errorf("as JSON the footnote names %q", got)
	}
}

func TestCacheIsBounded(t *testing.T) {
	c := newCache[int, int](10)
	made := 0
	get := func(key, cost int) {
		v, err := c.get(key, func() (int, int, error) { made++; return 2 * key, cost, nil })
		if err != nil || v != 2*key {
			t.Errorf("%d gives %d, %v", key, v, err)
		}
	}
	get(1, 4)
	get(2, 4)
	get(1, 4) // used again, so that 2 goes first
	get(3, 4)
	if get(1, 4); made != 3 {
		t.Errorf("made %d values, want 3", made)
	}
	if get(2, 4); made != 4 {
		t.Errorf("made %d values, want 4: 2 was dropped", made)
	}
	get(4, 1000) // beyond the limit by itself: the only one that stays
	if c.used.Len() != 1 || c.cost != 1000 {
		t.Errorf("%d values of %d are kept", c.used.Len(), c.cost)
	}
	get(5, 1)
	if c.used.Len() != 1 || c.cost != 1 {
		t.Errorf("%d values of %d are kept", c.used.Len(), c.cost)
	}
	wrong := fault.New(fault.Storage, "gone")
	if _, err := c.get(6, func() (int, int, error) { return 0, 0, wrong }); err == nil {
		t.Error("no error")
	}
	if get(6, 1); c.used.Len() != 2 {
		t.Error("an error was kept")
	}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for j := range 200 {
				if v, err := c.get((i+j)%12, func() (int, int, error) { return 2 * ((i + j) % 12), 2, nil }); err != nil || v != 2*((i+j)%12) {
					t.Errorf("%d gives %d, %v", (i+j)%12, v, err)
				}
			}
		})
	}
	wait.Wait()
	if c.cost > c.limit || c.cost != 2*c.used.Len() {
		t.Errorf("%d values cost %d", c.used.Len(), c.cost)
	}
}
