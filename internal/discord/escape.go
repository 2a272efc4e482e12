package discord

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Discord's Markdown is read by rules that are tried in order at each place
// of a text, and a backslash before anything but a letter, a figure or white
// space shows that character as it is. So each character that could open a
// rule gets a backslash, and nothing is ever put in, left out or replaced:
// what a reader copies is the text.
//
// The rules, and what keeps each from firing:
//
//	*a* **a** _a_ __a__    emphasis, bold, underline: every * and _
//	~~a~~ ||a||            struck out, spoiler: every ~ and |
//	`a` ```a```            code: every `
//	[a](url)               masked link: every [ (a ] alone opens nothing)
//	<@1> <#1> <:a:1> <t:1> </a:1> <url>
//	                       mention, channel, emoji, time, command, link: every <
//	@everyone @here        every @
//	:name:                 emoji by its name: the first colon
//	# - + * > -# 1.        heading, list, quote, small print, numbered list:
//	                       at the beginning of a line, also within a block
//	                       quote, where all but the quote are read again
//	scheme://x             a bare address takes all up to the next white space
//	                       or < as it stands, and so shows a backslash as one;
//	                       see address
//	\                      the backslash itself
const anywhere = "\\*_~|`[<@"

// lineStart holds what opens a rule at the beginning of a line only.
const lineStart = "#-+>"

// escape writes text so that Discord shows exactly text. Web addresses are
// left whole, so that they are links; see [escapeUnlinked].
func escape(text string) string {
	var b strings.Builder
	escapeRange(&b, text, 0, len(text), true)
	return b.String()
}

// escapeUnlinked is escape where Discord makes no links of addresses, and so
// reads Markdown within them: the title of an embed.
func escapeUnlinked(text string) string {
	var b strings.Builder
	escapeRange(&b, text, 0, len(text), false)
	return b.String()
}

// escapeRange writes text[start:end], of which the rest stands before and
// after it or is left out behind white space. links says whether addresses are
// left whole.
func escapeRange(b *strings.Builder, text string, start, end int, links bool) {
	copied := start // text before it is written
	for at := start; at < end; at++ {
		c := text[at]
		if c >= utf8.RuneSelf || !mayOpen[c] {
			continue
		}
		if c == 'h' {
			if links && !wordBefore(text, at, start) {
				at += max(address(text, at, end)-1, 0)
			}
			continue
		}
		if strings.IndexByte(anywhere, c) >= 0 ||
			strings.IndexByte(lineStart, c) >= 0 && opensLine(text, at) ||
			c == '.' && opensItem(text, at) ||
			c == ':' && (strings.HasPrefix(text[at:], "://") || namesEmoji(text, at)) {
			b.WriteString(text[copied:at])
			b.WriteByte('\\')
			copied = at
		}
	}
	b.WriteString(text[copied:end])
}

// mayOpen marks the characters at which escapeRange looks twice.
var mayOpen = [utf8.RuneSelf]bool{
	'\\': true, '*': true, '_': true, '~': true, '|': true, '`': true, '[': true, '<': true, '@': true,
	'#': true, '-': true, '+': true, '>': true, '.': true, ':': true, 'h': true,
}

// unescape takes the backslashes of escape away.
func unescape(markdown string) string {
	if strings.IndexByte(markdown, '\\') < 0 {
		return markdown
	}
	var b strings.Builder
	for at := 0; at < len(markdown); at++ {
		if escapes(markdown, at) {
			at++
		}
		b.WriteByte(markdown[at])
	}
	return b.String()
}

// escapes reports whether the byte at a place is a backslash that hides the
// character after it from Discord's rules.
func escapes(markdown string, at int) bool {
	if markdown[at] != '\\' || at+1 == len(markdown) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(markdown[at+1:])
	return !scriptSpace(r) && (r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r))
}

// scriptSpace is \s of JavaScript, in which Discord's rules are written. It
// has the byte order mark and lacks NEL, unlike Unicode's.
func scriptSpace(r rune) bool {
	return r != '\u0085' && unicode.IsSpace(r) || r == '\ufeff'
}

// opensLine reports whether only white space stands before a place on its
// line. What parts lines for some of Discord's rules (^ with the flag m) and
// not for others is a line's end here.
func opensLine(text string, at int) bool {
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		if strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r) {
			return true
		}
		if !scriptSpace(r) {
			return false
		}
		at -= size
	}
	return true
}

// opensItem reports whether only figures stand before a period on its line.
func opensItem(text string, at int) bool {
	first := at
	for first > 0 && '0' <= text[first-1] && text[first-1] <= '9' {
		first--
	}
	return first < at && opensLine(text, first)
}

// namesEmoji reports whether a colon at a place has another one after it and no
// white space in between. What Discord finds there and knows no emoji for, it
// shows as it is written, backslashes too; hence also two colons side by side,
// of which the second may have one.
func namesEmoji(text string, at int) bool {
	for _, r := range text[at+1:] {
		if r == ':' || scriptSpace(r) {
			return r == ':'
		}
	}
	return false
}

// wordBefore reports whether a letter, figure or _ stands directly before a
// place, where it is not the first that is shown. Discord's clients do not
// agree on where a word with an address in it is parted.
func wordBefore(text string, at, start int) bool {
	if at == start {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// address is the length of the web address at a place of text[:end], white
// space excluded, where it can be left whole; else 0. What Discord takes for
// one are all characters up to white space or <, punctuation at the end put
// aside. It cannot be left whole
//   - where it goes on beyond end, as where bold text begins in it,
//   - where it holds a character that other rules look for before this one has
//     its turn (* ends bold text from within an address), about which clients
//     differ, or that ends it and needs a backslash (<), which would be part
//     of it,
//   - where nothing is left of it without the punctuation.
//
// Such an address is escaped like all text, its colon first: it is then no
// link, and reads as it should.
func address(text string, at, end int) int {
	rest := text[at:]
	scheme := "https://"
	if !strings.HasPrefix(rest, scheme) {
		scheme = "http://"
		if !strings.HasPrefix(rest, scheme) {
			return 0
		}
	}
	n := strings.IndexFunc(rest, scriptSpace)
	if n < 0 {
		n = len(rest)
	}
	run := rest[:n]
	switch {
	case at+n > end,
		strings.ContainsAny(run, "\\*`|[<>\u0085"),
		!utf8.ValidString(run),
		strings.ContainsFunc(run, unicode.IsControl),
		len(strings.TrimRight(run[len(scheme):], `.,:;"')]`)) < 2:
		return 0
	}
	return n
}
