package discord

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"
)

// A reply keeps what was asked, so that its buttons work for ever: the
// question or the keywords are the title of its first embed, which no other
// message of the bot has. One that is too long for a title, or has lines, ends
// there in an ellipsis and stands in full in the last embed, under a heading of
// its own.

// asked opens the first embed with what was asked. earlier is the question that
// it follows up, or empty.
func (p *page) asked(text, earlier string) *discordgo.MessageEmbed {
	text = tidy(text)
	heading := ""
	if earlier = cutPlain(oneLine(tidy(earlier)), maxEarlier); earlier != "" {
		heading = fmt.Sprintf(p.w.After, earlier)
	}
	e := p.open(heading)
	first, _, lines := strings.Cut(text, "\n")
	e.Title = escapeUnlinked(first)
	if lines || measure(e.Title) > maxEmbedTitle || strings.HasSuffix(first, ellipsis) {
		if !strings.HasSuffix(e.Title, ellipsis) || measure(e.Title) > maxEmbedTitle {
			e.Title = cut(e.Title+ellipsis, maxEmbedTitle)
		}
		full := escape(text)
		p.tail = &discordgo.MessageEmbed{Author: &discordgo.MessageEmbedAuthor{Name: p.w.FullAsked}, Description: full}
		p.left -= measure(full) + measure(p.w.FullAsked)
	}
	p.left -= measure(e.Title)
	return e
}

// maxEarlier bounds the earlier question in the heading.
const maxEarlier = 200

// tidy is what was asked as a message keeps it: without white space at the
// ends and without control characters but the ends of lines, for Discord takes
// them away.
func tidy(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, replacement), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
	return strings.TrimFunc(text, scriptSpace)
}

// questionOf reads the question or the keywords back out of a reply; ok is
// false for messages that keep none.
func questionOf(embeds []*discordgo.MessageEmbed) (text string, ok bool) {
	if len(embeds) == 0 || embeds[0] == nil || embeds[0].Title == "" {
		return "", false
	}
	title := unescape(embeds[0].Title)
	head, cutOff := strings.CutSuffix(title, ellipsis)
	if !cutOff {
		return title, true
	}
	last := embeds[len(embeds)-1]
	if len(embeds) > 1 && last != nil && last.Author != nil && slices.Contains(headingsOf(func(w *wording) string { return w.FullAsked }), last.Author.Name) {
		if full := unescape(last.Description); strings.HasPrefix(full, head) {
			return full, true
		}
	}
	return "", false // what is left of a question is another question
}

// earlierOf reads back the question that the one in a reply followed up, as far
// as it is kept; empty where there is none.
func earlierOf(embeds []*discordgo.MessageEmbed) string {
	if len(embeds) == 0 || embeds[0] == nil || embeds[0].Title == "" || embeds[0].Author == nil {
		return ""
	}
	for _, format := range headingsOf(func(w *wording) string { return w.After }) {
		if earlier, ok := strings.CutPrefix(embeds[0].Author.Name, strings.TrimSuffix(format, "%s")); ok {
			return strings.TrimSuffix(earlier, ellipsis)
		}
	}
	return ""
}

// headingsOf is a text in every language.
func headingsOf(text func(*wording) string) []string {
	return []string{text(english.words()), text(spanish.words())}
}
