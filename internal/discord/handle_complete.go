package discord

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
	"pincite/internal/words"
)

// maxChoices is how many suggestions Discord shows.
const maxChoices = 25

// complete suggests documents or passages while somebody types: only those
// that the server sees.
func (b *Bot) complete(ctx context.Context, ev *event, data discordgo.ApplicationCommandInteractionData) error {
	o := readOptions(data.Options)
	var choices []*discordgo.ApplicationCommandOptionChoice
	if o.focused != nil {
		typed, _ := o.focused.Value.(string)
		var err error
		switch o.focused.Name {
		case optDocument:
			// Only what the server added itself can be changed.
			own := o.sub == subRemove || o.sub == subReplace || o.sub == subUndo
			choices, err = b.completeDocument(ctx, ev, typed, data.Name == cmdCorpus && own)
		case optPassage:
			if data.Name == cmdCite {
				choices, err = b.completeRef(ctx, ev, typed)
				break
			}
			choices, err = b.completePassage(ctx, ev, o.text(optDocument), typed)
		case optAuthority:
			choices, err = b.completeAuthority(ctx, ev, typed)
		}
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return ev.choices(ctx, choices)
}

func (b *Bot) completeDocument(ctx context.Context, ev *event, typed string, ownOnly bool) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	entries, err := b.cfg.Desk.List(ctx, ev.who)
	if err != nil {
		return nil, err
	}
	if ownOnly {
		entries = slices.DeleteFunc(entries, func(e library.Entry) bool { return e.Corpus != ev.who })
	}
	likeness := make(map[string]float64, len(entries))
	for _, e := range entries {
		likeness[e.ID] = nameLikeness(typed, e.Title+" "+e.ID)
	}
	entries = slices.DeleteFunc(entries, func(e library.Entry) bool { return likeness[e.ID] == 0 })
	slices.SortFunc(entries, func(a, b library.Entry) int {
		return cmp.Or(cmp.Compare(likeness[b.ID], likeness[a.ID]), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	var choices []*discordgo.ApplicationCommandOptionChoice
	for _, e := range entries[:min(len(entries), maxChoices)] {
		choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: choiceName(e.Title), Value: e.ID})
	}
	return choices, nil
}

// nameLikeness is how well what was typed so far fits a name, from 0, not at
// all, to 1. Each typed word has to fit a word of the name: as its beginning,
// within it, or nearly as its beginning, for people mistype. (Matchers of
// scattered letters, as in the search of files, find "car" in "The Harbour".)
func nameLikeness(typed, name string) float64 {
	parts := nameWords(typed)
	if len(parts) == 0 {
		return 1
	}
	known, sum := nameWords(name), 0.0
	for _, part := range parts {
		best := 0.0
		for _, word := range known {
			best = max(best, wordLikeness(part, word))
		}
		if best == 0 {
			return 0
		}
		sum += best
	}
	return sum / float64(len(parts))
}

func nameWords(s string) []string {
	return strings.FieldsFunc(words.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// leastAlike is the share of a typed word's pairs of letters that the beginning
// of a word must have for it to be meant.
const leastAlike = 0.5

func wordLikeness(typed, word string) float64 {
	switch {
	case strings.HasPrefix(word, typed):
		return 1
	case len(typed) > 2 && strings.Contains(word, typed):
		return 0.8
	case len(typed) < 4 || typed[0] != word[0]:
		return 0
	}
	// As long as what was typed, and one more for a letter left out.
	begins, shared := word[:min(len(word), len(typed)+1)], 0
	for i := range len(typed) - 1 {
		if strings.Contains(begins, typed[i:i+2]) {
			shared++
		}
	}
	if alike := float64(shared) / float64(len(typed)-1); alike >= leastAlike {
		return 0.7 * alike
	}
	return 0
}

// completePassage suggests the passages of a document: those whose number or
// whose words begin with what was typed.
func (b *Bot) completePassage(ctx context.Context, ev *event, id, typed string) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	if id == "" {
		return nil, nil
	}
	doc, _, err := b.cfg.Desk.Document(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	typed = strings.ToLower(strings.TrimSpace(typed))
	var choices []*discordgo.ApplicationCommandOptionChoice
	for i := range doc.Passages {
		p := &doc.Passages[i]
		if len(choices) < maxChoices && fitsTyped(p, typed) {
			choices = append(choices, &discordgo.ApplicationCommandOptionChoice{
				Name: choiceName(p.Pincite().String() + "  " + p.Text), Value: p.Pincite().Key(),
			})
		}
	}
	return choices, nil
}

func fitsTyped(p *document.Passage, typed string) bool {
	number := strconv.Itoa(p.Number)
	return typed == "" || strings.HasPrefix(number, typed) || strings.HasPrefix(p.Pincite().Key(), typed) ||
		strings.HasPrefix(p.Pincite().String(), typed) ||
		(len(typed) > 2 && strings.Contains(strings.ToLower(p.Text), typed))
}

// maxChoice is the longest name of a suggestion, in characters.
const maxChoice = 100

// choiceName cuts a suggestion's name to what Discord takes.
func choiceName(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= maxChoice {
		return s
	}
	return string(runes[:maxChoice-1]) + "…"
}
