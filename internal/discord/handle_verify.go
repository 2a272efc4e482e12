package discord

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/desk"
	"pincite/internal/fault"
	quoting "pincite/internal/quote"
)

// verify says of quotations whether they are in the documents. Of several, one
// that cannot be checked does not hinder the others.
func (b *Bot) verify(ctx context.Context, ev *event, quotations []string) (*message, error) {
	var checked []desk.Verification
	var refusal error
	for _, text := range quotations[:min(len(quotations), maxVerified)] {
		v, err := b.verifyOne(ctx, ev, text)
		if fault.KindOf(err) == fault.Invalid {
			refusal = err
			continue
		}
		if err != nil {
			return nil, err
		}
		checked = append(checked, *v)
	}
	if len(checked) == 0 {
		return nil, refusal
	}
	return verifyMessage(checked, len(quotations)-len(checked), ev.locale)
}

// prove says whether a receipt holds.
func (b *Bot) prove(ctx context.Context, ev *event, receipt string) (*message, error) {
	proof, err := b.cfg.Desk.CheckReceipt(ctx, ev.who, receipt)
	if err != nil {
		return nil, err
	}
	return proofMessage(proof, ev.locale)
}

// maxVerified is how many quotations of one message are checked: each has an
// embed of its own, with a passage in it.
const maxVerified = 3

// verifyOne checks a quotation as it was typed and, where that is not exact,
// without the marks of Discord's Markdown, which are its writer's.
func (b *Bot) verifyOne(ctx context.Context, ev *event, text string) (*desk.Verification, error) {
	v, err := b.cfg.Desk.Verify(ctx, ev.who, text)
	if err != nil || v.Verdict == quoting.Exact {
		return v, err
	}
	bare := withoutMarks(text)
	if bare == text || strings.TrimSpace(bare) == "" {
		return v, nil
	}
	again, err := b.cfg.Desk.Verify(ctx, ev.who, bare)
	if fault.KindOf(err) == fault.Invalid {
		return v, nil
	}
	if err != nil || again.Verdict == quoting.Absent {
		return v, err
	}
	return again, nil
}

// emphasis are the marks that Markdown sets around words; an underscore within
// a word is none.
var emphasis = regexp.MustCompile("\\*+|~~|\\|\\||`+|\\b_+|_+\\b")

func withoutMarks(text string) string { return emphasis.ReplaceAllString(unescape(text), "") }

// quotationsIn are the quotations in the message that a message command was
// used on: its block quotes; or else what it has in quotation marks, titles and
// single words apart; or else all of it. In a message without text of its own,
// such as one of the bot's, they are looked for in its embeds.
func quotationsIn(data discordgo.ApplicationCommandInteractionData) ([]string, error) {
	if data.Resolved != nil {
		if m := data.Resolved.Messages[data.TargetID]; m != nil {
			text := markup.ReplaceAllString(m.Content, "")
			if strings.TrimSpace(text) == "" {
				for _, e := range m.Embeds {
					text += "\n" + strings.Join(quotedBlocks(e.Description), "\n\n")
				}
			}
			if list := quotationsOf(text); len(list) > 0 {
				return list, nil
			}
		}
	}
	return nil, fault.New(fault.Invalid, "That message has no quotation to check.")
}

// markup are Discord's own words in angle brackets, which are no text.
var markup = regexp.MustCompile(`<(?:@[!&]?|#|a?:\w+:|/[^:<>]+:|t:)[-\w:]*>`)

func quotationsOf(text string) []string {
	if blocks := quotedBlocks(text); len(blocks) > 0 {
		return blocks
	}
	if marked := inQuotationMarks(text); len(marked) > 0 {
		return marked
	}
	if text = strings.TrimSpace(text); text != "" {
		return []string{text}
	}
	return nil
}

// quotedBlocks are a message's block quotes: lines on end that begin with "> ",
// and all that is behind ">>> ".
func quotedBlocks(text string) []string {
	var blocks []string
	open := false
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		line = strings.TrimLeft(line, " ")
		if rest, ok := strings.CutPrefix(line, ">>> "); ok {
			all := strings.Join(append([]string{rest}, lines[i+1:]...), "\n")
			return append(blocks, strings.TrimSpace(all))
		}
		body, quoted := strings.CutPrefix(line, quotePrefix)
		if line == ">" {
			body, quoted = "", true
		}
		switch {
		case quoted && open:
			blocks[len(blocks)-1] += "\n" + body
		case quoted:
			blocks = append(blocks, body)
		}
		open = quoted
	}
	kept := blocks[:0]
	for _, b := range blocks {
		if b = strings.TrimSpace(b); b != "" {
			kept = append(kept, b)
		}
	}
	return kept
}

// leastQuoted is how many words in quotation marks are taken for a quotation;
// fewer are a title or a word that is held up.
const leastQuoted = 4

// inQuotationMarks are the stretches of a text between double quotation marks,
// the outermost where they are nested.
func inQuotationMarks(text string) []string {
	var list []string
	var closing rune
	start := -1
	for at, r := range text {
		if start < 0 {
			if at > 0 && r == '"' && isWordBefore(text, at) {
				continue
			}
			if closing = closingMark(r); closing != 0 {
				start = at
			}
			continue
		}
		if r != closing {
			continue
		}
		inside := text[start : at+len(string(r))]
		if len(strings.Fields(inside)) >= leastQuoted {
			list = append(list, inside)
		}
		start = -1
	}
	return list
}

func isWordBefore(text string, at int) bool {
	fields := []rune(text[max(0, at-4):at])
	last := fields[len(fields)-1]
	return unicode.IsLetter(last) || unicode.IsDigit(last)
}

// closingMark is the mark that ends what another begins; 0 where it begins
// nothing.
func closingMark(r rune) rune {
	switch r {
	case '"':
		return '"'
	case '“':
		return '”'
	case '„':
		return '“'
	case '«':
		return '»'
	}
	return 0
}
