package answer

import (
	"os"
	"strings"
	"testing"

	"pincite/internal/fault"
)

// TestChatter goes through what people say to a bot, kind by kind, and what
// looks like it and is a question.
func TestChatter(t *testing.T) {
	raw, err := os.ReadFile("testdata/chatter.txt")
	if err != nil {
		t.Fatal(err)
	}
	ask, kind := asker(t), ""
	tried := make(map[string]int)
	for line := range strings.Lines(string(raw)) {
		text := strings.TrimSpace(line)
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
			continue
		case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"):
			kind = strings.Trim(text, "[]")
			continue
		}
		tried[kind]++
		a, err := ask(t.Context(), Request{Question: text})
		if kind == "wordless" {
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %v, want a request to ask in words", text, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		want := Chatter(kind)
		if kind == "question" {
			want = ""
		}
		if a.Chatter != want {
			t.Errorf("%q is chatter of kind %q, want %q", text, a.Chatter, want)
		}
		if want != "" && (a.Verdict != None || len(a.Passages) > 0) {
			t.Errorf("%q gets the verdict %s and %d passages", text, a.Verdict, len(a.Passages))
		}
	}
	t.Log("texts by kind:", tried)
}

// FuzzChatter holds that chatter never has passages, and that a text with a
// word of the corpus's own that chatter has not is a question.
func FuzzChatter(f *testing.F) {
	for _, seed := range []string{"thanks a lot", "asdfgh", "hola, ¿qué tal?", "tell me a joke", "i <3 you"} {
		f.Add(seed)
	}
	ask := asker(f)
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ask(t.Context(), Request{Question: text})
		if err == nil && a.Chatter != "" && len(a.Passages) > 0 {
			t.Fatalf("%q: chatter with %d passages", text, len(a.Passages))
		}
		if a, err := ask(t.Context(), Request{Question: text + ". Nordlinie fishermen"}); err == nil && a.Chatter != "" {
			t.Fatalf("%q about the fishermen is called %s", text, a.Chatter)
		}
	})
}
