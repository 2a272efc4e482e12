package cite

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Citation is a printed reference. The zero value is empty.
type Citation struct {
	parts []Part
	// record names the code fence of a reference manager's record; such a
	// citation has one part.
	record string
}

// Part is a stretch of a citation that is set alike. It is never empty.
type Part struct {
	Text string
	Mark Mark
}

// Mark says how a part is set.
type Mark int

// The marks.
const (
	Roman   Mark = iota
	Italic       // a title, in the styles that set it so
	Address      // a web address
)

// add appends a part unless it is empty.
func (c *Citation) add(m Mark, text string) {
	if text != "" {
		c.parts = append(c.parts, Part{Text: text, Mark: m})
	}
}

// Parts is the citation for a renderer of its own; their texts joined are
// Text.
func (c Citation) Parts() []Part { return slices.Clone(c.parts) }

// Text is the citation without markup.
func (c Citation) Text() string {
	var b strings.Builder
	for _, p := range c.parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Markdown is the citation for Discord or a Markdown file: titles in italics
// where the style says so, addresses in angle brackets so that they are links
// without a preview, a record in a code block, and every other character that
// could mark something up behind a backslash. Taking the backslashes and that
// markup away gives Text again.
func (c Citation) Markdown() string {
	if c.record != "" {
		text := strings.ReplaceAll(c.Text(), "\r\n", "\n")
		if fenced := strings.TrimSuffix(text, "\n"); !strings.Contains(fenced, "```") {
			return "```" + c.record + "\n" + fenced + "\n```"
		}
		return escape(text) // Discord has no longer fence
	}
	var b strings.Builder
	for _, p := range c.parts {
		switch p.Mark {
		case Italic:
			b.WriteString("*" + escape(p.Text) + "*")
		case Address:
			b.WriteString("<" + p.Text + ">")
		default:
			b.WriteString(escape(p.Text))
		}
	}
	return b.String()
}

// special holds what starts or ends markup within a line, in CommonMark or in
// Discord: emphasis, spoilers, code, links, mentions, time stamps, entities.
const special = "\\`*_~|<>[]@&"

// escape writes text so that Markdown shows it as it is.
func escape(text string) string {
	var b strings.Builder
	opening := true // nothing stands before on this line
	item := false   // nothing but digits does
	for i, r := range text {
		rest := text[i+utf8.RuneLen(r):]
		switch {
		case strings.ContainsRune(special, r),
			opening && strings.ContainsRune("#+-=", r), // headings, bullets, rules
			item && (r == '.' || r == ')'),             // a numbered list
			// A bare address, or an emoji by its name.
			r == ':' && rest != "" && !strings.HasPrefix(rest, " "):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		item = (opening || item) && '0' <= r && r <= '9'
		opening = r == '\n' || (opening && r == ' ')
	}
	return b.String()
}
