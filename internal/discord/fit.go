package discord

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// Discord's limits for a message, in the units of [measure] or in elements:
// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
// and https://discord.com/developers/docs/components/reference.
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedTitle  = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256
	maxEmbedText   = 6000 // over all embeds of a message
	maxEmbedLink   = 2048 // bytes of an address, which is ASCII
	maxRows        = 5
	maxButtons     = 5 // in a row
	maxLabel       = 80
	maxButtonLink  = 512
)

// fit makes a message fit, whatever it holds: it cuts texts, at a place where
// Markdown can be cut, and leaves out embeds, fields and buttons that are
// empty, too many or not valid. What the show functions make has room as it
// is, so that fit changes nothing in it; it is there for the case that they
// err.
func fit(m message) message {
	m.Content = cut(strings.TrimSpace(strings.ToValidUTF8(m.Content, replacement)), maxContent)
	left := maxEmbedText
	var embeds []*discordgo.MessageEmbed
	for _, e := range m.Embeds {
		if e == nil || len(embeds) == maxEmbeds {
			continue
		}
		if e := fitEmbed(e, &left); !isEmpty(e) {
			embeds = append(embeds, e)
		}
	}
	m.Embeds = embeds
	m.Components = fitRows(m.Components)
	if m.Content == "" && len(m.Embeds) == 0 {
		m.Content = ellipsis // Discord refuses a message without anything
	}
	return m
}

const (
	ellipsis    = "…" // ends what was cut
	replacement = "\ufffd"
)

// fitEmbed is a copy that fits and takes no more than is left of the limit for
// all embeds together: the title first, then what stands below it.
func fitEmbed(e *discordgo.MessageEmbed, left *int) *discordgo.MessageEmbed {
	// Discord takes white space off the ends of each text.
	take := func(text string, limit int, cut func(string, int) string) string {
		text = cut(strings.TrimSpace(strings.ToValidUTF8(text, replacement)), min(limit, *left))
		*left -= measure(text)
		return text
	}
	out := *e
	out.URL = fitLink(e.URL, maxEmbedLink)
	out.Title = take(e.Title, maxEmbedTitle, cut)
	out.Author, out.Footer, out.Fields = nil, nil, nil
	if e.Author != nil {
		a := *e.Author
		a.Name, a.URL = take(a.Name, maxAuthor, cutPlain), fitLink(a.URL, maxEmbedLink)
		if a.Name != "" {
			out.Author = &a
		}
	}
	out.Description = take(e.Description, maxDescription, cut)
	for _, f := range e.Fields {
		if f == nil || len(out.Fields) == maxFields || strings.TrimSpace(f.Name) == "" || strings.TrimSpace(f.Value) == "" || *left < 2 {
			continue
		}
		g := *f
		g.Name = take(f.Name, min(maxFieldName, *left-1), cut)
		g.Value = take(f.Value, maxFieldValue, cut)
		out.Fields = append(out.Fields, &g)
	}
	if e.Footer != nil {
		f := *e.Footer
		if f.Text = take(f.Text, maxFooter, cutPlain); f.Text != "" {
			out.Footer = &f
		}
	}
	return &out
}

// isEmpty reports whether an embed shows nothing.
func isEmpty(e *discordgo.MessageEmbed) bool {
	return e.Title == "" && e.Description == "" && e.Author == nil && e.Footer == nil && len(e.Fields) == 0 &&
		e.Image == nil && e.Thumbnail == nil
}

// fitLink is an address of the web that Discord takes, no longer than limit;
// else nothing.
func fitLink(address string, limit int) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(address) > limit || !utf8.ValidString(address) ||
		strings.ContainsFunc(address, func(r rune) bool { return unicode.IsControl(r) || scriptSpace(r) }) {
		return ""
	}
	return address
}

// fitRows keeps the buttons that are valid, each custom_id once, in rows that
// are not empty. The bot has no other components in its messages.
func fitRows(rows []discordgo.MessageComponent) []discordgo.MessageComponent {
	var fitted []discordgo.MessageComponent
	var seen []string
	for _, c := range rows {
		row, ok := c.(discordgo.ActionsRow)
		if !ok || len(fitted) == maxRows {
			continue
		}
		var buttons []discordgo.MessageComponent
		for _, c := range row.Components {
			b, ok := c.(discordgo.Button)
			if !ok || len(buttons) == maxButtons || !fitButton(&b) || slices.Contains(seen, b.CustomID) {
				continue
			}
			if b.CustomID != "" {
				seen = append(seen, b.CustomID)
			}
			buttons = append(buttons, b)
		}
		if len(buttons) > 0 {
			fitted = append(fitted, discordgo.ActionsRow{Components: buttons})
		}
	}
	return fitted
}

// fitButton cuts a button's label and reports whether the button is valid.
func fitButton(b *discordgo.Button) bool {
	b.Label = cutPlain(strings.TrimSpace(strings.ToValidUTF8(b.Label, replacement)), maxLabel)
	if b.Label == "" {
		return false
	}
	if b.Style == discordgo.LinkButton {
		return b.CustomID == "" && fitLink(b.URL, maxButtonLink) != ""
	}
	return b.URL == "" && b.CustomID != "" && len(b.CustomID) <= maxCustomID && utf8.ValidString(b.CustomID)
}

// cutPlain cuts text without Markdown to limit, between words where there are
// any in its second half, and ends it with an ellipsis.
func cutPlain(text string, limit int) string {
	if measure(text) <= limit {
		return text
	}
	if limit < 1 {
		return ""
	}
	end, used := 0, measure(ellipsis)
	for end < len(text) {
		_, size := utf8.DecodeRuneInString(text[end:])
		if used += measure(text[end : end+size]); used > limit {
			break
		}
		end += size
	}
	if i := strings.LastIndexAny(text[:end], " \n\t"); i > end/2 {
		end = i
	}
	return strings.TrimSpace(text[:end]) + ellipsis
}

// cut cuts Markdown to limit and ends it with an ellipsis: not within an
// escape, an address or a masked link, and so that bold text and code blocks
// that are open at that place are closed.
func cut(markdown string, limit int) string {
	if measure(markdown) <= limit {
		return markdown
	}
	best, used := "", 0
	bold, code := false, false
	for at := 0; ; {
		end := ellipsis
		if bold {
			end += boldMark
		}
		if code {
			end += "\n" + fence
		}
		if used+measure(end) <= limit {
			best = strings.TrimRight(markdown[:at], " \n") + end
		}
		// The end is longer where something is open, so that a later place may
		// do again; none does beyond the limit.
		if used > limit || at == len(markdown) {
			return best
		}
		n := token(markdown[at:], code)
		used += measure(markdown[at : at+n])
		switch markdown[at : at+n] {
		case boldMark:
			bold = !bold && !code
		case fence:
			code = !code
		}
		at += n
	}
}

// fence opens and closes a block of code.
const fence = "```"

// token is the length of what must not be cut at the beginning of Markdown
// that escape and the show functions write.
func token(markdown string, code bool) int {
	_, size := utf8.DecodeRuneInString(markdown)
	switch {
	case strings.HasPrefix(markdown, fence):
		return len(fence)
	case code:
		return size
	case escapes(markdown, 0):
		_, size := utf8.DecodeRuneInString(markdown[1:])
		return 1 + size
	case strings.HasPrefix(markdown, boldMark):
		return len(boldMark)
	case markdown[0] == '[':
		if text, rest, ok := strings.Cut(markdown, "]("); ok && !strings.Contains(text, "\n") {
			if url, _, ok := strings.Cut(rest, ")"); ok && !strings.ContainsAny(url, " \n") {
				return len(text) + len("](") + len(url) + len(")")
			}
		}
	case strings.HasPrefix(markdown, quotePrefix):
		return len(quotePrefix)
	case markdown[0] == 'h':
		if n := address(markdown, 0, len(markdown)); n > 0 {
			return n
		}
	}
	return size
}
