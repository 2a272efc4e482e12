package main

import (
	"strings"

	"pincite/internal/cite"
)

// citationStretches are a citation with its titles in italics. They are taken
// from its Markdown, where a single star begins and ends italics, angle
// brackets stand around an address, and a backslash makes the next character
// an ordinary one.
func citationStretches(c cite.Citation) []stretch {
	var out []stretch
	var b strings.Builder
	now := plain
	end := func(next style) {
		out = append(out, stretch{b.String(), now})
		b.Reset()
		now = next
	}
	escaped := false
	for _, r := range c.Markdown() {
		switch {
		case escaped || !strings.ContainsRune(`\*<>`, r):
			b.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '*' && now == plain:
			end(italic)
		case r == '*':
			end(plain)
		}
	}
	end(plain)
	return out
}
