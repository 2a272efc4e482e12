package discord

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"pincite/internal/answer"
	"pincite/internal/cite"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/ingest"
	"pincite/internal/library"
	"pincite/internal/words"
)

// units is the length of a text by the stricter of the two ways to count.
func units(s string) int { return max(len(utf16.Encode([]rune(s))), utf8.RuneCountInString(s)) }

// checkLimits holds a message against Discord's limits, written down here once
// more.
func checkLimits(t *testing.T, m *message) {
	t.Helper()
	limit := func(what, s string, least, most int) int {
		n := units(s)
		if trimmed := units(strings.TrimSpace(s)); trimmed < least || n > most || !utf8.ValidString(s) {
			t.Fatalf("%s has %d units, not %d to %d: %.300q", what, n, least, most, s)
		}
		return n
	}
	limit("content", m.Content, 0, 2000)
	if m.Content == "" && len(m.Embeds) == 0 {
		t.Fatal("an empty message")
	}
	total := 0
	if len(m.Embeds) > 10 {
		t.Fatalf("%d embeds", len(m.Embeds))
	}
	for _, e := range m.Embeds {
		n := limit("title", e.Title, 0, 256) + limit("description", e.Description, 0, 4096)
		if e.Author != nil {
			n += limit("author", e.Author.Name, 1, 256)
		}
		if e.Footer != nil {
			n += limit("footer", e.Footer.Text, 1, 2048)
		}
		if len(e.Fields) > 25 {
			t.Fatalf("%d fields", len(e.Fields))
		}
		for _, f := range e.Fields {
			n += limit("field name", f.Name, 1, 256) + limit("field value", f.Value, 1, 1024)
		}
		if n == 0 {
			t.Fatal("an empty embed")
		}
		total += n
	}
	if total > 6000 {
		t.Fatalf("embeds of %d units", total)
	}
	if len(m.Components) > 5 {
		t.Fatalf("%d rows", len(m.Components))
	}
	ids := map[string]bool{}
	for _, row := range m.Components {
		if n := len(row.(discordgo.ActionsRow).Components); n < 1 || n > 5 {
			t.Fatalf("a row of %d buttons", n)
		}
	}
	for _, b := range buttonsOf(m) {
		limit("label", b.Label, 1, 80)
		if (b.Style == discordgo.LinkButton) != (b.URL != "") || (b.URL == "") != (b.CustomID != "") {
			t.Fatalf("button %+v", b)
		}
		limit("custom_id", b.CustomID, 0, 100)
		limit("url", b.URL, 0, 512)
		if b.CustomID != "" && ids[b.CustomID] {
			t.Fatalf("custom_id %q twice", b.CustomID)
		}
		ids[b.CustomID] = true
	}
}

func buttonsOf(m *message) []discordgo.Button {
	var list []discordgo.Button
	for _, row := range m.Components {
		for _, c := range row.(discordgo.ActionsRow).Components {
			list = append(list, c.(discordgo.Button))
		}
	}
	return list
}

// FuzzFit holds that anything fits after fit, that what fits is left as it is,
// and that what is cut out of escaped text is still that text: no escape,
// address, link or bold text is cut in two.
func FuzzFit(f *testing.F) {
	for i, seed := range markdownSeeds() {
		f.Add(seed, seed, "https://a.example/"+seed, seed, 1+i, i)
	}
	f.Add(strings.Repeat("😀*", 3000), strings.Repeat("a ", 3000), "", strings.Repeat("é", 200), 30, 0)
	f.Fuzz(func(t *testing.T, a, b, url, label string, n, cutAt int) {
		n = min(max(n, 0), 40)
		in := message{Content: a}
		for i := range n {
			e := &discordgo.MessageEmbed{Title: b, Description: a, URL: url, Author: &discordgo.MessageEmbedAuthor{Name: a}, Footer: &discordgo.MessageEmbedFooter{Text: b}}
			for range i {
				e.Fields = append(e.Fields, &discordgo.MessageEmbedField{Name: a, Value: b})
			}
			in.Embeds = append(in.Embeds, e, nil)
			row := discordgo.ActionsRow{}
			for j := range n {
				row.Components = append(row.Components, discordgo.Button{Label: label, CustomID: strings.Repeat(label, j), Style: discordgo.ButtonStyle(1 + j%5), URL: url[:len(url)*(j%2)]})
			}
			in.Components = append(in.Components, row)
		}
		out := fit(in)
		checkLimits(t, &out)
		if diff := cmp.Diff(out, fit(out)); diff != "" {
			t.Fatalf("fits, and is changed (-before +after):\n%s", diff)
		}
		if !utf8.ValidString(a) {
			return
		}
		bold := boldMark + escape(a) + boldMark
		for _, markdown := range []string{escape(a), strings.ReplaceAll(bold, "\n", boldMark+"\n"+boldMark), "[label](https://a.example/x) " + escape(a)} {
			limit := min(max(cutAt, 8), 3000)
			got := cut(markdown, limit)
			if units(got) > limit {
				t.Fatalf("cut to %d: %q", limit, got)
			}
			for _, c := range clients()[:2] {
				whole, part := c.read(markdown), c.read(got)
				if head, ok := strings.CutSuffix(part.text, ellipsis); ok && units(markdown) > limit {
					if !strings.HasPrefix(whole.text, head) || len(part.other) > len(whole.other) {
						t.Fatalf("%q is cut to %q, shown as %q with %q", markdown, got, part.text, part.other)
					}
				} else if got != markdown {
					t.Fatalf("%q is cut to %q", markdown, got)
				}
			}
		}
	})
}

// fuzzDocument makes a document of a text: a paragraph a line, those behind a
// line "--" footnotes, "[1]" and the like calls of them.
func fuzzDocument(title, text string) *document.Document {
	d := &document.Document{ID: strings.Repeat("x", document.MaxID), Title: title, Note: text, Authors: []string{title, text}, URL: "https://a.example/" + strings.Repeat("p", len(title)%700)}
	kind := document.Paragraph
	numbers := map[document.Kind]int{}
	for _, part := range strings.Split(text, "\v") {
		if part == "--" {
			kind = document.Footnote
		}
		if part = strings.TrimSpace(part); part == "" || len(d.Passages) > 40 {
			continue
		}
		numbers[kind]++
		d.Passages = append(d.Passages, document.Passage{Kind: kind, Number: numbers[kind], Section: title, Text: part, Label: title})
	}
	for i := range d.Passages {
		p := &d.Passages[i]
		for n := range min(9, numbers[document.Footnote]) {
			mark := "[" + string(rune('1'+n)) + "]"
			if at := strings.Index(p.Text, mark); at >= 0 && (len(p.Markers) == 0 || p.Markers[len(p.Markers)-1].End <= at) {
				p.Markers = append(p.Markers, document.Marker{Start: at, End: at + len(mark), Note: n + 1})
			}
		}
	}
	return d
}

// FuzzShow holds promises 1 and 8 for whole messages: whatever the document,
// the question and the evidence, a message is made, it fits, every button
// parses, and what was asked is read back. That its quotations are those of the
// passages is what finish checks; it never finds otherwise.
func FuzzShow(f *testing.F) {
	for i, seed := range markdownSeeds() {
		f.Add(seed+"x", "A title "+seed, "Text. "+seed+" More.[1]\v"+seed+"\v--\vA note "+seed, 2, 9+i, i)
	}
	f.Add(strings.Repeat("*_?", 666), strings.Repeat("*A_", 900), strings.Repeat(strings.Repeat("So **it** is. ", 300)+"[1][2]\v", 8)+"--\v"+strings.Repeat("note_ ", 900)+"\v"+strings.Repeat("x", 5000), 40, 90, 3)
	f.Add(strings.Repeat("\n*", 1000), "T", "One.", 0, 3, 0)
	f.Add(strings.Repeat("😀", 2000), strings.Repeat("😀", 400), strings.Repeat("😀", 3000), 4, 8, 0)
	f.Fuzz(func(t *testing.T, asked, title, text string, start, end, offset int) {
		if !utf8.ValidString(asked) || !utf8.ValidString(title) || !utf8.ValidString(text) || utf8.RuneCountInString(asked) > answer.MaxQuestion {
			return
		}
		d := fuzzDocument(title, text)
		if d.Validate() != nil || tidy(asked) == "" {
			return
		}
		l := []locale{english, spanish}[len(title)%2]
		offset = min(max(offset, 0), 100000)
		var passages []desk.Passage
		for i := range d.Passages {
			p := desk.Passage{
				Document: d, Passage: &d.Passages[i], Evidence: spansWithin(d.Passages[i].Text, []words.Span{{Start: start, End: end}}),
				Entry: library.Entry{Corpus: "server-1", ID: d.ID, Title: title, Hash: strings.Repeat("a", 64), AddedAt: time.Unix(1e9, 0)},
			}
			complete(t, &p)
			passages = append(passages, p)
		}
		check := func(keeps bool) func(*message, error) {
			return func(m *message, err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
				checkLimits(t, m)
				for _, b := range buttonsOf(m) {
					if _, err := parseAction(b.CustomID); b.URL == "" && err != nil {
						t.Fatal(err)
					}
				}
				got, ok := questionOf(m.Embeds)
				if ok != keeps || keeps && got != tidy(asked) {
					t.Fatalf("asked %q, read back %q, %v; title %q", asked, got, ok, m.Embeds[0].Title)
				}
			}
		}
		for _, v := range []answer.Verdict{answer.Answered, answer.Related, answer.None} {
			a := &desk.Answer{Question: asked, Verdict: v, Missing: strings.Fields(title), Passages: passages}
			q := question{text: asked, earlier: title, document: d.ID}
			m, err := answerMessage(a, q, 0, l)
			check(true)(m, err)
			if v != answer.None && !strings.Contains(m.Embeds[0].Description, quotePrefix) {
				t.Fatalf("no quotation in %q", m.Embeds[0].Description)
			}
			check(true)(answerMessage(a, q, offset, l))
			check(true)(nearestMessage(a, q, l))
		}
		check(true)(searchMessage(&desk.Results{Hits: passages[:min(5, len(passages))], Total: offset + 9}, asked, offset, 5, l))
		for i := range passages[:min(3, len(passages))] {
			check(false)(passageMessage(&passages[i], l))
			check(false)(contextMessage(&passages[len(passages)-1-i], i == 0, l))
			check(false)(citeMessage(&passages[i], []string{"", l.words().Replaced}[i%2], cite.Styles(), l))
		}
		reading := &ingest.Reading{Document: d, Format: ingest.Text}
		var entries []library.Entry
		for _, p := range passages {
			reading.Doubts = append(reading.Doubts, ingest.Doubt{Text: p.Passage.Text})
			entries = append(entries, p.Entry)
		}
		check(false)(previewMessage(reading, nil, strings.Repeat("d", maxDraft), l))
		check(false)(corpusListMessage(entries, offset%len(entries), l))
		check(false)(corpusShowMessage(d, passages[0].Entry, l))
		check(false)(addedMessage(&desk.Added{Outcome: library.Outcome{Entry: passages[0].Entry, Change: library.Added}, Reading: reading}, l))
		check(false)(removeMessage(passages[0].Entry, l))
		changes := changesOfAll(d)
		entry := passages[0].Entry
		check(false)(replacementMessage(reading, entry, changes, strings.Repeat("d", maxReplaceDraft), l))
		check(false)(undoMessage(&desk.Reversal{Current: entry, Earlier: entry, Changes: changes}, l))
		check(false)(undoneMessage(entry, entry, l))
		entry.AddedBy = title
		versions := []desk.Version{{Entry: entry, Changes: changes}, {Entry: entry, Unknown: true}, {Entry: entry, Changes: changes}, {Entry: entry}}
		check(false)(historyMessage(versions, offset%3, l))
		for i := range passages[:min(3, len(passages))] {
			check(false)(formerMessage(&desk.Quoted{Entry: entry, Then: &passages[i], Now: &passages[len(passages)-1-i]}, l))
			check(false)(formerMessage(&desk.Quoted{Entry: entry, Then: &passages[i]}, l))
		}
	})
}

// TestNoPing holds promise 5 on what is shown: no mention survives in any text
// that Discord reads as Markdown. (That none is sent out is the transport's.)
func TestNoPing(t *testing.T) {
	for _, s := range messages(t, english) {
		for _, e := range s.message.Embeds {
			for _, other := range (client{linked: true}).read(e.Description).other {
				if other == "ping" || strings.HasPrefix(other, "angle") {
					t.Errorf("%s: %s in %q", s.name, other, e.Description)
				}
			}
		}
	}
}

// TestLongCitationKeepsPinpoint: a title is cut, the paragraph's number is not.
func TestLongCitationKeepsPinpoint(t *testing.T) {
	d := harbour()
	d.Title = strings.Repeat("A very long *title* ", 60)
	c, err := cite.Passage(d, paragraph(4), cite.Plain, cite.Version{})
	if err != nil {
		t.Fatal(err)
	}
	got := citationMarkdown(c, maxCitation)
	if units(got) > maxCitation || !strings.HasSuffix(got, "…, ¶ 4.") {
		t.Errorf("%d units: %s", units(got), got)
	}
}

func BenchmarkAnswerMessage(b *testing.B) {
	a := suspension(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := answerMessage(a, question{text: a.Question}, 0, english); err != nil {
			b.Fatal(err)
		}
	}
}
