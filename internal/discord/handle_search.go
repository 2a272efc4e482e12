package discord

import (
	"context"
	"strings"
)

// searchPage is how many results a page shows: short ones, which a telephone
// shows without much scrolling.
const searchPage = 5

// keywordsOf makes one search of a command's options: what can be chosen can be
// typed as well, so that the message alone tells all of it.
func keywordsOf(o options) string {
	keywords := []string{o.text(optKeywords)}
	if id := o.text(optDocument); id != "" {
		keywords = append(keywords, "in:"+id)
	}
	if k := o.text(optKind); k != "" {
		keywords = append(keywords, "kind:"+k)
	}
	return strings.Join(keywords, " ")
}

// search lists the passages that match keywords, a page from offset on.
func (b *Bot) search(ctx context.Context, ev *event, keywords string, offset int) (*message, error) {
	results, err := b.cfg.Desk.Search(ctx, ev.who, keywords, offset, searchPage)
	if err != nil {
		return nil, err
	}
	return searchMessage(results, keywords, offset, searchPage, ev.locale)
}
