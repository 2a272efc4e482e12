package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/cite"
	"pincite/internal/document"
	"pincite/internal/fault"
)

// citePassage shows the citation of the passage that somebody named, in one
// style or, where none was chosen, in all.
func (b *Bot) citePassage(ctx context.Context, ev *event, passage, style string) (*message, error) {
	styles := cite.Styles()
	if style != "" {
		s, err := cite.ParseStyle(style)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "There is no citation style %q; choose one of those that are suggested.", style)
		}
		styles = []cite.Style{s}
	}
	id := passage
	if ref, ok := parseRef(passage); ok {
		id = ref.String()
	}
	p, err := b.cfg.Desk.Passage(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	return citeMessage(p, "", styles, ev.locale)
}

// parseRef reads the id of a passage as people type it: with a slash or a space
// before the pincite, which may be a number alone.
func parseRef(typed string) (document.Ref, bool) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	end := strings.IndexAny(typed, "/ \t\u00a0")
	if end < 0 || !document.ValidID(typed[:end]) {
		return document.Ref{}, false
	}
	at, err := readPincite(strings.TrimLeft(typed[end:], "/ \t\u00a0"))
	return document.Ref{Document: typed[:end], Pincite: at}, err == nil
}

// cite shows the citations of a passage that was quoted, from the version that
// it was quoted from where that is kept.
func (b *Bot) cite(ctx context.Context, ev *event, a citeAction) (*message, error) {
	q, err := b.quoted(ctx, ev, a.Ref, a.Version)
	if err != nil {
		return nil, err
	}
	if q.Then == nil {
		return citeMessage(q.Now, ev.locale.words().Replaced, cite.Styles(), ev.locale)
	}
	q.Then.Evidence = evidenceOf(a.Evidence)
	note := ""
	if q.Replaced() {
		note = ev.locale.words().ReplacedThen + " " + becameText(q, ev.locale)
	}
	return citeMessage(q.Then, note, cite.Styles(), ev.locale)
}

// completeRef suggests passages of any document by what was typed of them: a
// document's id and a pincite; a document's name, of which the first passages
// are shown; or words that a passage holds.
func (b *Bot) completeRef(ctx context.Context, ev *event, typed string) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	if id, at, ok := strings.Cut(strings.ToLower(strings.TrimSpace(typed)), "/"); ok && document.ValidID(id) {
		return b.completeIn(ctx, ev, id, at)
	}
	if ref, ok := parseRef(typed); ok {
		return b.completeIn(ctx, ev, ref.Document, ref.Key())
	}
	documents, err := b.completeDocument(ctx, ev, typed, false)
	if err != nil {
		return nil, err
	}
	if len(documents) == 0 {
		return b.completeWords(ctx, ev, typed)
	}
	var choices []*discordgo.ApplicationCommandOptionChoice
	for _, d := range documents {
		id, _ := d.Value.(string)
		of, err := b.completeIn(ctx, ev, id, "")
		if err != nil {
			return nil, err
		}
		choices = append(choices, of[:min(len(of), maxChoices/len(documents))]...)
	}
	return choices, nil
}

// completeIn suggests the passages of one document, by their ids.
func (b *Bot) completeIn(ctx context.Context, ev *event, id, typed string) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	choices, err := b.completePassage(ctx, ev, id, typed)
	for _, c := range choices {
		c.Name, c.Value = choiceName(id+" "+c.Name), id+"/"+c.Value.(string)
	}
	return choices, err
}

// completeWords suggests the passages that a search finds. What cannot be
// searched for yet, such as half a phrase, finds none.
func (b *Bot) completeWords(ctx context.Context, ev *event, typed string) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	results, err := b.cfg.Desk.Search(ctx, ev.who, typed, 0, maxChoices)
	if fault.KindOf(err) == fault.Invalid {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var choices []*discordgo.ApplicationCommandOptionChoice
	for _, hit := range results.Hits {
		choices = append(choices, &discordgo.ApplicationCommandOptionChoice{
			Name: choiceName(hit.Ref().Document + " " + hit.Passage.Pincite().String() + "  " + hit.Passage.Text), Value: hit.Ref().String(),
		})
	}
	return choices, nil
}
