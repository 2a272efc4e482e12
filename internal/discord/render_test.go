package discord

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is how Discord shows Markdown: the characters that a reader sees, and
// for each byte of them whether it is bold; and what else it made of them.
type reading struct {
	text string
	bold []bool
	// other names the rules that fired beside those for bold text, escapes,
	// block quotes, and addresses that show as they stand.
	other []string
	links []string // the targets of links, masked or not
}

// client reads Markdown as one of Discord's clients does: rules tried in order
// at each place, after their published forms in simple-markdown and SimpleAST.
// Where the forms differ, the fields choose.
type client struct {
	// unaware clients end bold and italic text at an escaped asterisk too.
	unaware bool
	// linked clients make links of addresses; titles of embeds are read by one
	// that does not.
	linked bool
}

func clients() []client {
	return []client{{false, true}, {true, true}, {false, false}, {true, false}}
}

func (c client) read(markdown string) *reading {
	r := &reading{}
	c.parse(r, markdown, false, false, true)
	return r
}

func (r *reading) show(text string, bold bool) {
	r.text += text
	for range len(text) {
		r.bold = append(r.bold, bold)
	}
}

// scriptRule compiles a rule of JavaScript, whose \s is that of scriptSpace.
func scriptRule(rule string) *regexp.Regexp {
	const space = `\s\v\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
	return regexp.MustCompile(strings.NewReplacer(`[^\s`, `[^`+space, `\s`, `[`+space+`]`).Replace(rule))
}

var (
	headingRule = scriptRule(`^ *#{1,3}\s+\S`)
	subtextRule = scriptRule(`^ *-#\s+\S`)
	listRule    = scriptRule(`^\s*(?:[*+-]|\d+\.)\s+`)
	quoteRule   = scriptRule(`^(?: *>>> (?s:.*)| *> [^\n]*(?:\n *> [^\n]*)*\n?)`)
	quoteMarks  = scriptRule("(?m)(^|[\r\u2028\u2029]) *> ?")
	angleRule   = scriptRule(`^<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^:>]+:\d+|id:\w+|[^: >]+:/[^ >]+)>`)
	pingRule    = scriptRule(`^@(?:everyone|here)`)
	emojiRule   = scriptRule(`^:[^\s:]+:`)
	codeRule    = scriptRule("^```(?s:.+?)```")
	spoilerRule = scriptRule(`^\|\|(?s:.+?)\|\|`)
	strikeRule  = scriptRule(`^~~(?s:.+?)~~`)
	schemeRule  = scriptRule(`^(?:https?|steam|discord)://[^\s<]+`)
	colonRule   = scriptRule(`^\w+:\S`)
)

func (c client) parse(r *reading, s string, bold, inQuote, lineBegins bool) {
	for s != "" {
		n := c.block(r, s, inQuote, lineBegins && !bold)
		if n == 0 {
			n = c.inline(r, s, bold, inQuote)
		}
		consumed := s[:n]
		if i := strings.LastIndexByte(consumed, '\n'); i >= 0 {
			lineBegins = strings.Trim(consumed[i+1:], " ") == ""
		} else {
			lineBegins = lineBegins && strings.Trim(consumed, " ") == ""
		}
		s = s[n:]
	}
}

// block tries the rules for the beginning of a line.
func (c client) block(r *reading, s string, inQuote, lineBegins bool) int {
	if !lineBegins {
		return 0
	}
	for name, rule := range map[string]*regexp.Regexp{"heading": headingRule, "subtext": subtextRule, "list": listRule} {
		if rule.MatchString(s) {
			r.other = append(r.other, name)
		}
	}
	if q := quoteRule.FindString(s); q != "" && !inQuote {
		inner := quoteMarks.ReplaceAllString(q, "$1")
		c.parse(r, inner, false, true, true)
		return len(q)
	}
	return 0
}

// inline tries the other rules, in order; at least one character is taken.
func (c client) inline(r *reading, s string, bold, inQuote bool) int {
	fired := func(name string, n int) int {
		r.other = append(r.other, name)
		r.show(s[:n], bold)
		return n
	}
	if s[0] == '\n' {
		r.show("\n", bold)
		return 1
	}
	if m := spoilerRule.FindString(s); m != "" {
		return fired("spoiler", len(m))
	}
	if m := codeRule.FindString(s); m != "" {
		return fired("code block", len(m))
	}
	if s[0] == '\\' && len(s) > 1 {
		// The escape of simple-markdown: anything but 0-9, A-Z, a-z and \s.
		if next, size := utf8.DecodeRuneInString(s[1:]); !scriptSpace(next) && !strings.ContainsRune(alphanumeric, next) {
			r.show(s[1:1+size], bold)
			return 1 + size
		}
	}
	if m := angleRule.FindString(s); m != "" {
		return fired("angle "+m, len(m))
	}
	if m := pingRule.FindString(s); m != "" {
		return fired("ping", len(m))
	}
	if c.linked {
		if m := schemeRule.FindString(s); m != "" {
			target := strings.TrimRight(m, `<.,:;"'])`)
			if len(target) > strings.Index(target, "//")+3 {
				r.links = append(r.links, target)
				r.show(target, bold)
				return len(target)
			}
		}
		if n, label, target := maskedLinkRule(s); n > 0 {
			r.links = append(r.links, target)
			r.other = append(r.other, "link")
			c.parse(r, label, bold, inQuote, false)
			return n
		}
	}
	if n := c.emphasis(r, s, bold, inQuote); n > 0 {
		return n
	}
	if m := strikeRule.FindString(s); m != "" {
		return fired("strike", len(m))
	}
	if n := inlineCodeRule(s); n > 0 {
		return fired("code", n)
	}
	if m := emojiRule.FindString(s); m != "" {
		return fired("emoji", len(m))
	}
	if strings.HasPrefix(s, `¯\_(ツ)_/¯`) {
		return fired("shrug", len(`¯\_(ツ)_/¯`))
	}
	n := textRule(s)
	r.show(s[:n], bold)
	return n
}

const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// textRule takes characters up to the next that a rule may begin with.
func textRule(s string) int {
	for i, ch := range s {
		if i == 0 {
			continue
		}
		special := ch < 0xc0 && !unicode.IsSpace(ch) && !strings.ContainsRune(alphanumeric, ch)
		if special || ch == '\n' || colonRule.MatchString(s[i:]) {
			return i
		}
	}
	return len(s)
}

// emphasis tries bold, italic and underlined text; the longest wins.
func (c client) emphasis(r *reading, s string, bold, inQuote bool) int {
	type match struct {
		name    string
		n, mark int
	}
	var best match
	for _, m := range []match{
		{"italic", c.italic(s), 1},
		{"bold", c.pair(s, "**"), 2},
		{"underline", c.pair(s, "__"), 2},
		{"italic", c.italicLow(s), 1},
	} {
		if m.n > best.n {
			best = m
		}
	}
	if best.n == 0 {
		return 0
	}
	if best.name != "bold" {
		r.other = append(r.other, best.name)
	}
	c.parse(r, s[best.mark:best.n-best.mark], bold || best.name == "bold", inQuote, false)
	return best.n
}

// pair is **…** or __…__, the shortest, not followed by the mark's character.
func (c client) pair(s, mark string) int {
	if !strings.HasPrefix(s, mark) {
		return 0
	}
	for at := 2; at < len(s); at++ {
		if at > 2 && strings.HasPrefix(s[at:], mark) && (at+2 == len(s) || s[at+2] != mark[0]) {
			return at + 2
		}
		if !c.unaware && s[at] == '\\' {
			at++
		}
	}
	return 0
}

// italic is *…*.
func (c client) italic(s string) int {
	if len(s) < 3 || s[0] != '*' || unicode.IsSpace(rune(s[1])) {
		return 0
	}
	for at := 1; at < len(s); {
		if at > 1 && s[at] == '*' && (at+1 == len(s) || s[at+1] != '*') {
			return at + 1
		}
		rest := s[at:]
		space := len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
		switch {
		case strings.HasPrefix(rest, "**"):
			at += 2
		case !c.unaware && rest[0] == '\\' && len(rest) > 1:
			at += 2
		case space > 0:
			if after := rest[space:]; after == "" || after[0] == '*' && !strings.HasPrefix(after, "**") {
				return 0
			}
			at += space
		case rest[0] == '*':
			return 0
		default:
			at++
		}
	}
	return 0
}

// italicLow is _…_, at the ends of words.
func (c client) italicLow(s string) int {
	if s[0] != '_' {
		return 0
	}
	for at := 1; at < len(s); {
		if at > 1 && s[at] == '_' && (at+1 == len(s) || !strings.ContainsRune(alphanumeric+"_", rune(s[at+1]))) {
			return at + 1
		}
		switch {
		case strings.HasPrefix(s[at:], "__"), s[at] == '\\':
			at += 2
		case s[at] == '_':
			return 0
		default:
			at++
		}
	}
	return 0
}

// inlineCodeRule is `…` with any number of backticks.
func inlineCodeRule(s string) int {
	ticks := len(s) - len(strings.TrimLeft(s, "`"))
	for n := ticks; n > 0; n-- {
		mark := s[:n]
		for at := n + 1; at+n <= len(s); at++ {
			if s[at-1] != '`' && strings.HasPrefix(s[at:], mark) && !strings.HasPrefix(s[at+n:], "`") {
				return at + n
			}
		}
	}
	return 0
}

// maskedLinkRule is [label](target): brackets in the label are paired, whether
// they are escaped or not.
func maskedLinkRule(s string) (n int, label, target string) {
	if s[0] != '[' {
		return 0, "", ""
	}
	depth := 0
	for at := 0; at < len(s); at++ {
		switch s[at] {
		case '[':
			depth++
		case ']':
			depth--
		}
		if depth == 0 {
			rest := s[at+1:]
			if !strings.HasPrefix(rest, "(") {
				return 0, "", ""
			}
			end := strings.IndexAny(rest, ") \n")
			if end < 0 || rest[end] != ')' || !strings.Contains(rest[:end], "://") {
				return 0, "", ""
			}
			return at + 1 + end + 1, s[1:at], rest[1:end]
		}
	}
	return 0, "", ""
}
