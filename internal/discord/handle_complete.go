package discord

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
	"github.com/sahilm/fuzzy"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
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
			// Only what the server added itself can be removed.
			choices, err = b.completeDocument(ctx, ev, typed, data.Name == cmdCorpus && o.sub == subRemove)
		case optPassage:
			choices, err = b.completePassage(ctx, ev, o.text(optDocument), typed)
		}
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return ev.choices(ctx, choices)
}

// documents are entries that can be searched by id and title.
type documents []library.Entry

func (d documents) Len() int            { return len(d) }
func (d documents) String(i int) string { return d[i].Title + " " + d[i].ID }

func (b *Bot) completeDocument(ctx context.Context, ev *event, typed string, ownOnly bool) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	entries, err := b.cfg.Desk.List(ctx, ev.who)
	if err != nil {
		return nil, err
	}
	if ownOnly {
		entries = slices.DeleteFunc(entries, func(e library.Entry) bool { return e.Corpus != ev.who })
	}
	if typed = strings.TrimSpace(typed); typed != "" {
		var found []library.Entry
		for _, m := range fuzzy.FindFrom(typed, documents(entries)) {
			found = append(found, entries[m.Index])
		}
		entries = found
	} else {
		slices.SortFunc(entries, func(a, b library.Entry) int { return cmp.Compare(a.Title, b.Title) })
	}
	var choices []*discordgo.ApplicationCommandOptionChoice
	for _, e := range entries[:min(len(entries), maxChoices)] {
		choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: choiceName(e.Title), Value: e.ID})
	}
	return choices, nil
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
