package discord

import (
	"context"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/answer"
)

// question is what is asked, and where.
type question struct {
	text     string
	earlier  string // the question that it follows up
	document string // only here
	// outdated names the documents that were replaced or removed since the
	// message whose button asks.
	outdated []string
}

// ask answers a question.
func (b *Bot) ask(ctx context.Context, ev *event, q question) (*message, error) {
	return b.answer(ctx, ev, q, 0)
}

// answer answers a question with the passages from offset on. One more than
// are shown is fetched, to know whether there are more.
func (b *Bot) answer(ctx context.Context, ev *event, q question, offset int) (*message, error) {
	a, err := b.cfg.Desk.Ask(ctx, ev.who, answer.Request{
		Question: q.text, Earlier: q.earlier, Document: q.document, Limit: offset + answer.DefaultLimit + 1,
	})
	if err != nil {
		return nil, err
	}
	return answerMessage(a, q, offset, ev.locale)
}

// addressed reports whether a message asks the bot: one sent to it directly,
// or one that mentions it by itself, not through a role or everyone.
func (b *Bot) addressed(m *discordgo.Message) bool {
	if m.GuildID == "" {
		return true
	}
	id := b.userID()
	for _, u := range m.Mentions {
		if u != nil && u.ID == id && id != "" {
			return true
		}
	}
	return false
}

// userMention is how a message mentions somebody.
var userMention = regexp.MustCompile(`<@!?(\d+)>`)

// mention answers a message. One that replies to an answer of the bot's
// follows it up.
func (b *Bot) mention(ctx context.Context, ev *event, m *discordgo.Message) (*message, error) {
	id := b.userID()
	text := userMention.ReplaceAllStringFunc(m.Content, func(mention string) string {
		if userMention.FindStringSubmatch(mention)[1] == id {
			return " "
		}
		return mention
	})
	q := question{text: strings.TrimSpace(text)}
	if r := m.ReferencedMessage; r != nil {
		switch asked, ok := questionOf(r.Embeds); {
		case ok && r.Author != nil && r.Author.ID == id:
			q.earlier = asked
		case q.text == "" && r.Content != "":
			q.text = r.Content // "@pincite" under somebody's question
		}
	}
	if q.text == "" {
		return helpMessage(ev.locale), nil
	}
	return b.ask(ctx, ev, q)
}

// userID is the bot's own id; empty before the first connection.
func (b *Bot) userID() string {
	id, _ := b.id.Load().(string)
	return id
}

// nearest shows the passages nearest to a question that has no answer.
func (b *Bot) nearest(ctx context.Context, ev *event, q question) (*message, error) {
	a, err := b.cfg.Desk.Ask(ctx, ev.who, answer.Request{
		Question: q.text, Earlier: q.earlier, Document: q.document, Limit: answer.DefaultLimit + 1,
	})
	if err != nil {
		return nil, err
	}
	return nearestMessage(a, q, ev.locale)
}
