package discord

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/answer"
	"pincite/internal/cite"
	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

var rewrite = flag.Bool("update-show", false, "rewrite testdata/show")

// shownMessage is a message by the name of its golden.
type shownMessage struct {
	name string
	// asks is what questionOf finds in it; empty for messages that keep none.
	asks    string
	message *message
}

// messages are one of each that the bot shows.
func messages(t testing.TB, l locale) []shownMessage {
	t.Helper()
	var list []shownMessage
	add := func(name, asks string, m *message, err error) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list = append(list, shownMessage{name, asks, m})
	}
	show := func(name, asks string) func(*message, error) {
		return func(m *message, err error) { add(name, asks, m, err) }
	}
	a := suspension(t)
	q := question{text: a.Question}
	show("answered", a.Question)(answerMessage(a, q, 0, l))
	show("more", a.Question)(answerMessage(a, question{text: a.Question, document: "harbour-closure"}, 3, l))
	show("no-more", a.Question)(answerMessage(a, q, 9, l))
	related := *a
	related.Verdict, related.Missing, related.Passages = answer.Related, nil, a.Passages[1:2]
	show("related", a.Question)(answerMessage(&related, question{text: a.Question, earlier: "Who closed the port?"}, 0, l))
	none := *a
	none.Verdict, none.Missing = answer.None, []string{"customs", "of_fice", "Qatar"}
	show("none", a.Question)(answerMessage(&none, question{text: a.Question, document: "harbour-closure"}, 0, l))
	show("nearest", a.Question)(nearestMessage(&none, q, l))
	none.Passages = nil
	show("nothing", a.Question)(answerMessage(&none, q, 0, l))
	long := *a
	long.Question = "First line\nsecond " + strings.Repeat("line ", 80) + "end?"
	show("long-question", long.Question)(answerMessage(&long, question{text: long.Question}, 0, l))

	d := harbour()
	results := &desk.Results{Total: 3, Hits: []desk.Passage{handed(t, d, paragraph(1), "harbour", "port"), handed(t, d, paragraph(3), "port")}}
	show("search", "port OR harbour in:harbour-closure")(searchMessage(results, "port OR harbour in:harbour-closure", 0, 2, l))
	results = &desk.Results{Total: 3, Hits: []desk.Passage{handed(t, d, paragraph(4))}}
	show("search-end", "port")(searchMessage(results, "port", 2, 2, l))
	show("search-nothing", "xyz")(searchMessage(&desk.Results{}, "xyz", 0, 2, l))
	show("search-past", "port")(searchMessage(&desk.Results{Total: 3}, "port", 9, 2, l))

	showAuthorities(t, show, l)

	p2, n3 := handed(t, d, paragraph(2), "A harbour master may *suspend* traffic for two days, and no longer.[2]"), handed(t, d, footnote(3))
	show("read", "")(passageMessage(&p2, l))
	show("read-note", "")(passageMessage(&n3, l))
	show("context", "")(contextMessage(&p2, true, l))
	show("context-replaced", "")(contextMessage(&n3, false, l))
	show("cite", "")(citeMessage(&p2, "", cite.Styles(), l))
	show("cite-one", "")(citeMessage(&p2, "", []cite.Style{cite.Bluebook}, l))
	show("cite-record", "")(citeMessage(&n3, "", []cite.Style{cite.RIS}, l))
	show("cite-replaced", "")(citeMessage(&n3, l.words().Replaced, cite.Styles(), l))

	entry := p2.Entry
	base := library.Entry{Corpus: library.Base, ID: "base-text", Title: "A Text That Everyone Has", Paragraphs: 1}
	reading := &ingest.Reading{Document: d, Format: ingest.Markdown, Doubts: []ingest.Doubt{{Text: "Nothing calls footnote 4."}}}
	show("preview", "")(previewMessage(reading, nil, "draft-1", l))
	show("list", "")(corpusListMessage([]library.Entry{base, entry}, 0, l))
	show("list-empty", "")(corpusListMessage(nil, 0, l))
	show("list-end", "")(corpusListMessage(append(slices.Repeat([]library.Entry{base}, 11), entry), 10, l))
	show("show", "")(corpusShowMessage(d, entry, l))
	for _, c := range []library.Change{library.Added, library.Replaced, library.Reread, library.Unchanged} {
		show(string(c), "")(addedMessage(&desk.Added{Outcome: library.Outcome{Entry: entry, Change: c}, Reading: reading}, l))
	}
	show("remove", "")(removeMessage(entry, l))
	show("removed", "")(removedMessage(entry, l))
	showVersions(t, d, entry, show, l)

	failed := fault.Wrap(fault.NotFound, errors.New("secret"), "There is no document \"a_b\" here.\n# Nor there.")
	for name, m := range map[string]*message{
		"help": helpMessage(l), "privacy": privacyMessage(l), "error": errorMessage(failed, l), "slow-down": slowDownMessage(3, l),
		"busy": busyMessage(l), "cancelled": cancelledMessage(l), "kept": keptMessage(l),
		"left": leftMessage(l), "export-too-large": exportTooLargeMessage(defaultUpload, "123456789012345678", l),
	} {
		add(name, "", m, nil)
	}
	return list
}

// TestShow compares every message with its golden, in both languages.
func TestShow(t *testing.T) {
	for _, l := range []locale{english, spanish} {
		for _, s := range messages(t, l) {
			path := filepath.Join("testdata", "show", string(l), s.name+".txt")
			got := printed(s.message)
			if *rewrite {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Errorf("%v; -update-show writes it", err)
				continue
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", path, diff)
			}
		}
	}
}

// TestQuestionOf holds that what was asked is read back from those messages
// that keep it, and nothing from the others.
func TestQuestionOf(t *testing.T) {
	for _, l := range []locale{english, spanish} {
		for _, s := range messages(t, l) {
			got, ok := questionOf(s.message.Embeds)
			if got != s.asks || ok != (s.asks != "") {
				t.Errorf("%s in %s: %q, %v, want %q", s.name, l, got, ok, s.asks)
			}
		}
	}
}

// TestEveryButtonParses holds that each button of every message is understood
// by the program that made it.
func TestEveryButtonParses(t *testing.T) {
	for _, s := range messages(t, english) {
		for _, b := range buttonsOf(s.message) {
			if b.URL != "" {
				continue
			}
			if _, err := parseAction(b.CustomID); err != nil {
				t.Errorf("%s, %s: %v", s.name, b.Label, err)
			}
		}
	}
}

// TestVerdictIsReadable holds that what an answer is worth is said in words,
// whatever the colour.
func TestVerdictIsReadable(t *testing.T) {
	bodies := map[string]string{}
	for _, s := range messages(t, english) {
		if len(s.message.Embeds) > 0 {
			bodies[s.name] = s.message.Embeds[0].Description
		}
	}
	w := english.words()
	for name, begins := range map[string]string{"answered": quotePrefix, "related": w.Related, "none": w.None, "nearest": w.Nearest} {
		if !strings.HasPrefix(bodies[name], begins) {
			t.Errorf("%s begins %.60q, want %q", name, bodies[name], begins)
		}
	}
}
