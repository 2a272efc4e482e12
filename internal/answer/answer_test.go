package answer

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/lexicon"
	"pincite/internal/words"
)

// harbour is a small analysis of an invented dispute.
func harbour() *document.Document {
	d := &document.Document{ID: "harbour", Title: "The Harbour Toll at Redcliff Bay"}
	for i, text := range []string{
		"The council of Veldmoor raised the harbour toll in March 2019. Fishermen objected at once.",
		"Under section 12 of the Ports Act, a toll must be approved by the minister.[1] No approval was sought. The mayor called this an oversight.",
		"Nordlinie refused to pay. It runs a ferry to the islands.",
		"Nordlinie argued that the toll was a tax, and refused to pay it. A tribunal agreed in part.",
		"Whales are seen off the coast in summer.",
	} {
		d.Passages = append(d.Passages, document.Passage{Kind: document.Paragraph, Number: i + 1, Text: text})
	}
	d.Passages[1].Markers = []document.Marker{{Start: 76, End: 79, Note: 1}}
	d.Passages = append(d.Passages, document.Passage{
		Kind: document.Footnote, Number: 1, Text: "The minister of transport, since the reform of 2003.",
	})
	return d
}

func ask(t testing.TB, r Request) (*Answer, error) {
	t.Helper()
	return asker(t)(t.Context(), r)
}

// asker indexes the harbour's document, and any others, and asks questions of them.
func asker(t testing.TB, others ...*document.Document) func(context.Context, Request) (*Answer, error) {
	t.Helper()
	a := words.NewAnalyzer()
	corpus := index.NewStore("", a, time.Now, slog.New(slog.DiscardHandler)).Corpus("base")
	var entries []index.Entry
	for _, d := range append([]*document.Document{harbour()}, others...) {
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		entries = append(entries, index.Entry{
			ID: d.ID, Hash: "1", Passages: len(d.Passages),
			Load: func(context.Context) (*document.Document, error) { return d, nil },
		})
	}
	if err := corpus.Sync(t.Context(), entries, nil); err != nil {
		t.Fatal(err)
	}
	view, err := index.NewView(corpus)
	if err != nil {
		t.Fatal(err)
	}
	answerer := New(a, lexicon.Builtin())
	return func(ctx context.Context, r Request) (*Answer, error) { return answerer.Answer(ctx, view, r) }
}

// said writes an answer in a line: the verdict, what is missing, and each
// passage with its evidence.
func said(a *Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %v", a.Verdict, a.Missing)
	for _, p := range a.Passages {
		fmt.Fprintf(&b, " | %s", p.Ref())
		for _, e := range p.Evidence {
			fmt.Fprintf(&b, " %q", p.Passage.Text[e.Start:e.End])
		}
		for _, n := range p.Notes {
			fmt.Fprintf(&b, " +%s", n.Pincite())
		}
	}
	return b.String()
}

func TestAnswer(t *testing.T) {
	for question, want := range map[string]string{
		"Who must approve a toll?":                    `answered [] | harbour/p2 "Under section 12 of the Ports Act, a toll must be approved by the minister.[1]" +n. 1`,
		"what did the mayor say about it":             `answered [] | harbour/p2 "The mayor called this an oversight." +n. 1`,
		"<@123456> when was the harbor toll raised??": `answered [] | harbour/p1 "The council of Veldmoor raised the harbour toll in March 2019."`,
		"Are there whales in winter?":                 `none [winter] | harbour/p5 "Whales are seen off the coast in summer."`,
		"Which submarine was sold?":                   `none [submarine sold]`,
		"the of and":                                  `none []`,
	} {
		a, err := ask(t, Request{Question: question, Limit: 1})
		if err != nil {
			t.Errorf("%q: %v", question, err)
			continue
		}
		if diff := cmp.Diff(want, said(a)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", question, diff)
		}
	}
}

// TestTitlesMention holds that a word of a title is not called missing.
func TestTitlesMention(t *testing.T) {
	a, err := ask(t, Request{Question: "Was a submarine seen off Redcliff?"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"submarine"}, a.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

func TestUnreadableQuestions(t *testing.T) {
	for _, question := range []string{"", "   ", "?!…", "<@42>", strings.Repeat("why ", 3000)} {
		_, err := ask(t, Request{Question: question})
		if fault.KindOf(err) != fault.Invalid || strings.Contains(fault.Sentence(err), "\n") {
			t.Errorf("%.20q: %v", question, err)
		}
	}
}

func TestNeighboursDoNotRepeat(t *testing.T) {
	a, err := ask(t, Request{Question: "Did Nordlinie say the toll was a tax and refuse to pay it?", Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, p := range a.Passages {
		refs = append(refs, p.Passage.Pincite().Key())
	}
	got := strings.Join(refs, " ")
	if strings.Contains(got, "p3") == strings.Contains(got, "p4") {
		t.Errorf("p3 and p4 say the same; the list is %s", got)
	}
}

func TestEarlierQuestionHelps(t *testing.T) {
	alone, err := ask(t, Request{Question: "and who refused?", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	follow, err := ask(t, Request{Question: "and in what summer month?", Earlier: "Who approves the toll under the Ports Act?", Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := follow.Passages[0].Ref().String(); got != "harbour/p5" {
		t.Errorf("the earlier question outweighs the new one: first is %s", got)
	}
	if len(follow.Passages) < 2 || follow.Passages[1].Ref().String() != "harbour/p2" {
		t.Errorf("the earlier question does not help: %s", said(follow))
	}
	if len(alone.Passages) == 0 || len(follow.Missing) != 1 || follow.Missing[0] != "month" {
		t.Errorf("alone %s; missing %v", said(alone), follow.Missing)
	}
}

// FuzzAnswer holds for any question that either it is refused, or passages are
// distinct, evidence is within them and cuts no character, missing words are
// the question's own, and the confidence is a probability.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{"Who must approve a toll?", "¿quién aprobó el peaje?", "toll toll\x00toll", "*tax* `pay` <#1>", "\xff"} {
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, question, earlier string) {
		a, err := ask(t, Request{Question: question, Earlier: earlier})
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		seen := make(map[string]bool)
		for _, p := range a.Passages {
			if seen[p.Ref().String()] {
				t.Fatalf("%s twice", p.Ref())
			}
			seen[p.Ref().String()] = true
			for _, e := range p.Evidence {
				if e.Start < 0 || e.End > len(p.Passage.Text) || e.Start >= e.End || !utf8.ValidString(p.Passage.Text[e.Start:e.End]) {
					t.Fatalf("%s: evidence %+v", p.Ref(), e)
				}
			}
		}
		for _, word := range a.Missing {
			if !strings.Contains(question, word) {
				t.Fatalf("missing %q is not of the question", word)
			}
		}
		if !(a.Confidence >= 0 && a.Confidence <= 1) || (a.Verdict == Answered && len(a.Passages) == 0) {
			t.Fatalf("confidence %v, verdict %s, %d passages", a.Confidence, a.Verdict, len(a.Passages))
		}
	})
}

// TestIdiomsAreNotMissing holds that a word of an idiom is not called missing where
// the corpus has what the idiom stands for.
func TestIdiomsAreNotMissing(t *testing.T) {
	a := words.NewAnalyzer()
	l, err := lexicon.Parse("own.txt", "pull strings => influence 0.8", a)
	if err != nil {
		t.Fatal(err)
	}
	q, err := New(a, l).read(Request{Question: "Did the mayor pull strings?"}, false)
	if err != nil {
		t.Fatal(err)
	}
	// The mayor, pull, strings, and both together.
	if len(q.terms) != 4 || !q.terms[3].idiom {
		t.Fatalf("%d terms", len(q.terms))
	}
	for _, c := range []struct{ frequencies, want string }{
		{"1 0 0 2", ""},
		{"1 0 0 0", "pull strings"},
		{"0 0 1 2", "mayor"},
	} {
		frequencies := make([]int, 4)
		if _, err := fmt.Sscan(c.frequencies, &frequencies[0], &frequencies[1], &frequencies[2], &frequencies[3]); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(q.missing(frequencies), " "); got != c.want {
			t.Errorf("with %s passages %q is missing, want %q", c.frequencies, got, c.want)
		}
	}
}
