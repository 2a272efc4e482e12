package discord

import (
	"fmt"
	"strings"
	"testing"

	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

// changesOfAll alters every passage of a document, and adds and removes it too.
func changesOfAll(d *document.Document) []desk.Change {
	var changes []desk.Change
	for i := range d.Passages {
		p := &d.Passages[i]
		here := desk.Side{Pincite: p.Pincite(), Text: p.Text}
		other := desk.Side{Pincite: document.Pincite{Kind: p.Kind, Number: p.Number + 1}, Text: "It began otherwise. " + p.Text}
		changes = append(changes,
			desk.Change{Kind: desk.PassageAltered, Before: other, After: here},
			desk.Change{Kind: desk.PassageAdded, After: here},
			desk.Change{Kind: desk.PassageRemoved, Before: here})
	}
	return changes
}

// showVersions shows one of each message about versions of a document.
func showVersions(t testing.TB, d *document.Document, entry library.Entry, show func(name, asks string) func(*message, error), l locale) {
	earlier := *d
	earlier.Title = "Closing the *Harbour*"
	first := entry
	first.Version, first.Hash, first.AddedBy = 1, strings.Repeat("fedcba9876543210", 4), "Ada_B"
	entry.AddedBy = "123456789012345678"
	para := func(n int, text string) desk.Side { return desk.Side{Pincite: paragraph(n), Text: text} }
	changes := []desk.Change{
		{Kind: desk.PassageAltered, Before: para(1, "The harbour master closed the port. It was raining."), After: para(2, "The harbour master closed the port. It was a Sunday.")},
		{Kind: desk.PassageRemoved, Before: para(3, "Nobody *protested*.")},
		{Kind: desk.PassageAdded, After: para(1, "@everyone was surprised.")},
	}
	many := changes
	for n := 10; n < 400; n++ {
		many = append(many, desk.Change{Kind: desk.PassageAltered, Before: para(n, "Old text."), After: para(n+1, "Old text now new.")})
	}
	reading := &ingest.Reading{Document: &earlier, Format: ingest.Markdown, Doubts: []ingest.Doubt{{Text: "Nothing calls footnote 4."}}}
	show("replacement", "")(replacementMessage(reading, entry, changes, "0123456789abcdef", l))
	show("replacement-large", "")(replacementMessage(reading, entry, many, "0123456789abcdef", l))
	reading = &ingest.Reading{Document: d, Format: ingest.Markdown}
	show("replacement-same", "")(replacementMessage(reading, entry, nil, "0123456789abcdef", l))

	base := desk.Version{Entry: library.Entry{Corpus: library.Base, ID: "base-text", Title: "A Text That Everyone Has", Paragraphs: 1}}
	show("history-base", "")(historyMessage([]desk.Version{base}, 0, l))
	versions := []desk.Version{{Entry: entry, Changes: changes}, {Entry: first, Unknown: true}, {Entry: first}, {Entry: first}}
	show("history", "")(historyMessage(versions, 0, l))
	versions[0].Changes = many
	for n := range 3 {
		show(fmt.Sprint("history-page-", n+1), "")(historyMessage(versions, n, l))
	}
	show("undo", "")(undoMessage(&desk.Reversal{Current: entry, Earlier: first, Changes: changes}, l))
	show("undone", "")(undoneMessage(first, entry, l))
	show("export", "")(exportMessage(2, []byte("an archive"), l))

	const text = "barge => vessel\n"
	show("lexicon", "")(lexiconMessage(&desk.Lexicon{Text: text, Entries: 1}, l))
	show("lexicon-none", "")(lexiconMessage(&desk.Lexicon{}, l))
	show("lexicon-unread", "")(lexiconMessage(&desk.Lexicon{Text: text}, l))
	show("lexicon-set", "")(lexiconSetMessage(1, "", l))
	show("lexicon-replaced", "")(lexiconSetMessage(20, text, l))
	show("lexicon-cleared", "")(lexiconClearedMessage(text, l))

	then := handed(t, d, paragraph(2), "A harbour master may *suspend* traffic for two days, and no longer.[2]")
	then.Entry = first
	now := handed(t, d, paragraph(3))
	same := handed(t, d, paragraph(2))
	show("former-altered", "")(formerMessage(&desk.Quoted{Entry: entry, Then: &then, Now: &now}, l))
	show("former-same", "")(formerMessage(&desk.Quoted{Entry: entry, Then: &then, Now: &same}, l))
	show("former-gone", "")(formerMessage(&desk.Quoted{Entry: entry, Then: &then}, l))
	a := suspension(t)
	show("more-outdated", a.Question)(answerMessage(a, question{text: a.Question, outdated: []string{"A_b", "harbour"}}, 3, l))
}

// TestHistoryNamesEveryChange: however much a version changed, each changed
// passage is named on some page, once.
func TestHistoryNamesEveryChange(t *testing.T) {
	var changes []desk.Change
	want := map[string]bool{}
	for n := 1; n <= 3000; n++ {
		at := document.Pincite{Kind: document.Paragraph, Number: 3*n + 1}
		before := document.Pincite{Kind: document.Paragraph, Number: 3 * n}
		changes = append(changes, desk.Change{
			Kind: desk.PassageAltered, Before: desk.Side{Pincite: before, Text: "a"}, After: desk.Side{Pincite: at, Text: "b"},
		})
		want[fmt.Sprintf("%s (was %s)", at, before)] = true
	}
	entry := handed(t, harbour(), paragraph(1)).Entry
	versions := []desk.Version{{Entry: entry, Changes: changes}, {Entry: entry}}
	for page := 0; ; page++ {
		m, err := historyMessage(versions, page, english)
		if err != nil {
			t.Fatal(err)
		}
		checkLimits(t, m)
		for line := range strings.SplitSeq(m.Embeds[0].Description, "\n") {
			if places, ok := strings.CutPrefix(line, "**Altered:** "); ok {
				for place := range strings.SplitSeq(places, ", ") {
					if !want[place] {
						t.Fatalf("page %d: %q is named twice, or is none", page, place)
					}
					delete(want, place)
				}
			}
		}
		buttons := buttonsOf(m)
		if buttons[len(buttons)-1].Label != english.words().ButtonNext {
			t.Logf("%d pages", page+1)
			break
		}
	}
	if len(want) > 0 {
		t.Errorf("%d of the changes are on no page", len(want))
	}
}
