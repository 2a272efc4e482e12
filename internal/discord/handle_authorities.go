package discord

import (
	"cmp"
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/authority"
	"pincite/internal/desk"
	"pincite/internal/document"
	"pincite/internal/index"
)

// authoritiesPage is how many rows a page of the table of authorities has.
const authoritiesPage = 15

// authorities shows a page of the table of authorities, of one document or,
// where id is empty, of all.
func (b *Bot) authorities(ctx context.Context, ev *event, id string, offset int) (*message, error) {
	table, err := b.cfg.Desk.Authorities(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	var of *document.Document
	if id != "" {
		if of, _, err = b.cfg.Desk.Document(ctx, ev.who, id); err != nil {
			return nil, err
		}
	}
	// Of the unresolved, only those on the page are read.
	end := offset + authoritiesPage - len(table.Authorities)
	from := min(max(0, offset-len(table.Authorities)), len(table.Unresolved))
	mentions, err := b.cfg.Desk.Unresolved(ctx, ev.who, table.Unresolved[from:max(from, min(end, len(table.Unresolved)))])
	if err != nil {
		return nil, err
	}
	return authoritiesMessage(table, mentions, of, offset, ev.locale)
}

// citing shows the passages that name an authority, a page from offset on.
func (b *Bot) citing(ctx context.Context, ev *event, spelling string, offset int) (*message, error) {
	found, err := b.cfg.Desk.Citing(ctx, ev.who, spelling, offset, searchPage)
	if err != nil {
		return nil, err
	}
	return citingMessage(found, offset, searchPage, ev.locale)
}

// maxChoiceValue is the longest value of a suggestion, in characters.
const maxChoiceValue = 100

// completeAuthority suggests authorities that the server's documents name:
// first what was typed, where it is one, then those whose names fit, the most
// named first.
func (b *Bot) completeAuthority(ctx context.Context, ev *event, typed string) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	table, err := b.cfg.Desk.Authorities(ctx, ev.who, "")
	if err != nil {
		return nil, err
	}
	type candidate struct {
		*desk.Authority
		likeness float64
	}
	asked, known := authority.Parse(typed)
	var fitting []candidate
	for i := range table.Authorities {
		a := &table.Authorities[i]
		likeness := nameLikeness(typed, a.Name+" "+a.Key)
		switch {
		case known && a.Key == asked:
			likeness = 3
		case known && index.Covers(a.Key, asked):
			likeness = 2
		}
		if likeness > 0 && len(a.Key) <= maxChoiceValue {
			fitting = append(fitting, candidate{a, likeness})
		}
	}
	slices.SortStableFunc(fitting, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(len(b.Passages), len(a.Passages)))
	})
	var choices []*discordgo.ApplicationCommandOptionChoice
	for _, c := range fitting[:min(len(fitting), maxChoices)] {
		choices = append(choices, &discordgo.ApplicationCommandOptionChoice{
			Name: choiceName(c.Name + ": " + places(c.Passages, true)), Value: c.Key,
		})
	}
	return choices, nil
}
