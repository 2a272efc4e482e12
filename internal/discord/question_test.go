package discord

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/answer"
)

// FuzzQuestion holds that what was asked is read back to the letter, whatever
// it is, and shown as that: a title is read without links, the rest with them.
func FuzzQuestion(f *testing.F) {
	for _, seed := range markdownSeeds() {
		f.Add(seed, "")
		f.Add("Why?", seed)
	}
	for _, seed := range []string{"and then…", "…", "a\n…", strings.Repeat("long ", 100), strings.Repeat("x", 256) + "…", strings.Repeat("_", 300), " a ", "> a\n> b\n"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, asked, earlier string) {
		if !utf8.ValidString(asked) || !utf8.ValidString(earlier) || utf8.RuneCountInString(asked) > answer.MaxQuestion || tidy(asked) == "" {
			return
		}
		if again := tidy(tidy(asked)); again != tidy(asked) {
			t.Fatalf("%q is tidied to %q, and that to %q", asked, tidy(asked), again)
		}
		for _, l := range []locale{english, spanish} {
			p := newPage(l)
			p.asked(asked, earlier)
			p.paragraph(quotePrefix + "An answer.")
			p.quotes = append(p.quotes, quote(&harbour().Passages[0], nil, 500))
			p.at.Description = p.quotes[0].markdown
			m, err := p.finish()
			if err != nil {
				t.Fatal(err)
			}
			checkLimits(t, m)
			if got, ok := questionOf(m.Embeds); !ok || got != tidy(asked) {
				t.Fatalf("asked %q, read back %q, %v", asked, got, ok)
			}
			if got, want := earlierOf(m.Embeds), oneLine(tidy(earlier)); !strings.HasPrefix(want, strings.TrimSuffix(got, ellipsis)) || measure(want) <= maxEarlier && got != strings.TrimSuffix(want, ellipsis) {
				t.Fatalf("followed up %q, read back %q", earlier, got)
			}
			for _, c := range clients()[2:] { // titles do not link
				shown := c.read(m.Embeds[0].Title)
				if !strings.HasPrefix(tidy(asked), strings.TrimSuffix(shown.text, ellipsis)) || len(shown.other) > 0 {
					t.Fatalf("asked %q, the title shows %q with %q", asked, shown.text, shown.other)
				}
			}
		}
	})
}

func TestQuestionOfOthers(t *testing.T) {
	for name, embeds := range map[string][]*discordgo.MessageEmbed{
		"no embed":    nil,
		"nil embed":   {nil},
		"no title":    {{Description: "a"}},
		"cut, alone":  {{Title: "The beginning…"}},
		"cut, others": {{Title: "The beginning…"}, {Author: &discordgo.MessageEmbedAuthor{Name: "The question in full"}, Description: "Another"}},
		"cut, quoted": {{Title: "The beginning…"}, {Description: "The beginning and the end"}},
	} {
		if got, ok := questionOf(embeds); ok {
			t.Errorf("%s: %q", name, got)
		}
	}
}
