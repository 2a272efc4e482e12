package ingest

import (
	"regexp"
	"strings"
	"unicode"
)

// furniturePhrase matches short lines that sites put around a text.
var furniturePhrase = regexp.MustCompile(`(?i)^(share( this( (post|article|page|story|entry|on.*))?)?|tweet|print( this( page)?)?|e-?mail( this)?|advertisement|sponsored( content)?|loading(…|\.\.\.)?|` +
	`(continue |keep )?read(ing)? (more|next|on|later)|(click )?subscribe( now| today)?|sign up( now)?|sign in|log in|follow( us)?( on .{1,30})?|download( (the )?(pdf|full (text|report|article)))?|skip to (main )?content|` +
	`like this|listen( to this article)?|save( article)?|bookmark|copy( link)?|\d+ (min(ute)?s?\.?) read|reading time.{0,20}|(\d+|no|leave a|post a) (comments?|replies|reply)|(previous|next)( post| article| page)?|back to top|top|` +
	`filed under.{0,80}|tags?|categor(y|ies)|posted in.{0,80}|tagged.{0,80}|home|menu|search|close|accept( all)?( cookies)?|reply|cite( this)?( article)?)[:.!»→←›]?$`)

// isFurniture reports a paragraph that is no part of the text: a phrase that
// sites use, a copyright line, or links and labels in what readability left
// out.
func (p *htmlPage) isFurniture(f *htmlFlow, text string, item bool) bool {
	if len(text) <= 120 && len(f.calls) == 0 {
		if furniturePhrase.MatchString(text) {
			return true
		}
		lower := strings.ToLower(text)
		if strings.HasPrefix(text, "©") || strings.HasPrefix(lower, "copyright ©") || strings.HasPrefix(lower, "copyright (c)") || strings.HasSuffix(strings.TrimRight(lower, "."), "all rights reserved") {
			return true
		}
	}
	if f.first <= 1 || len(f.calls) > 0 || p.keptNear(f.first-1) {
		return false
	}
	switch {
	case f.linked*2 > f.size:
		return true
	case item || !p.surely:
		return false
	}
	return f.size < 60 && !terminal(text) && !strings.HasSuffix(text, ":") && !strings.HasSuffix(text, ";")
}

// keptNear reports whether the text at i, or any other of its block, was
// found to be part of the article.
func (p *htmlPage) keptNear(i int32) bool {
	block := p.blockAround(i)
	for j := block; j < p.nodes[block].end && j < block+64; j++ {
		if p.kept[j] {
			return true
		}
	}
	return false
}

// creditWords may stand in a line that credits a text, beside names and dates.
var creditWords = func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq("by and published posted written on updated last at min minute minutes read the author authors edited st nd rd th " +
		"am pm est edt et gmt utc january february march april may june july august september october november december " +
		"jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun date") {
		words[w] = true
	}
	return words
}()

// isCredit reports a line above the text, where it repeats the title, the
// authors, the date or the site, or gives authors and a date that the page
// does not declare.
func (p *htmlPage) isCredit(text string) bool {
	d := p.draft
	if len(text) > 300 {
		return false
	}
	m := &d.meta
	if m.takeCredit(text) || strings.EqualFold(text, m.title) || strings.EqualFold(text, m.site) {
		return true
	}
	if _, ok := byline(text); ok {
		return true
	}
	if _, ok := dateline(text); ok {
		return true
	}
	if len(m.authors) == 0 && m.date == "" {
		return false
	}
	rest := text
	for _, known := range append([]string{m.site}, m.authors...) {
		if known != "" {
			rest = strings.ReplaceAll(rest, known, " ")
		}
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(rest), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !creditWords[word] {
			return false
		}
	}
	return true
}

// unlabel takes the label off the beginning of a note's text, and what is left
// around it where it was a link that was left out.
func (f *htmlFlow) unlabel(label string, unlinked bool) {
	s, _ := f.whole()
	lead := strings.Index(string(f.buf), s)
	rest := s
	if n, ok := noteAt(s); ok && n.label == label && n.style != noNote {
		rest = n.rest
	} else if after, ok := strings.CutPrefix(s, label); ok && label != "" {
		if trimmed := strings.TrimLeft(after, ".):] "); trimmed != after {
			rest = trimmed
		}
	}
	if unlinked {
		for _, left := range []string{"[]", "()", ".", ":", ")", "]"} {
			rest = strings.TrimPrefix(rest, left)
		}
	}
	rest = strings.TrimLeft(rest, "^↑↩ \ufe0e\n")
	if rest == "" || len(rest) == len(s) {
		return
	}
	cut := lead + len(s) - len(rest)
	if len(f.calls) > 0 && f.calls[0].start < cut-lead {
		return
	}
	f.buf = f.buf[cut:]
	for i := range f.calls {
		f.calls[i].start -= cut - lead
		f.calls[i].end -= cut - lead
	}
}

// trimBack takes the arrow off the end of a note's text.
func trimBack(s string, calls []call) (string, []call) {
	t := strings.TrimSpace(strings.TrimRight(s, " \n\ufe0e\ufe0f↩↑⤴⏎▲⬆↵⮐^"))
	if len(calls) > 0 && calls[len(calls)-1].end > len(t) || t == "" {
		return s, calls
	}
	return t, calls
}
