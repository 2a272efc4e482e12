package discord

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/document"
	"pincite/internal/words"
)

// A quotation is shown as a block quote, and every block quote that the bot
// shows is a quotation: what stands in it is the stored passage, byte for
// byte, once the marks of this file are taken off again:
//
//	"> "      before each line
//	**        around evidence; on each line anew, since bold text that spans
//	          lines is one of the things that clients show differently
//	\         of escape
//	[…]       for text that is left out, a space between it and the text;
//	          at the ends of sentences, unless one alone is too long
const (
	quotePrefix = "> "
	boldMark    = "**"
	elision     = "[…]"
)

// quotation is a passage, or parts of it, as it is shown.
type quotation struct {
	passage  *document.Passage
	kept     []words.Span // what is shown of its text, in order, disjoint, not empty
	markdown string       // without a newline at the end
}

// minQuotation is the least that a quotation is cut to: some words and two
// elisions.
const minQuotation = 60

// quote makes a quotation that measures at most limit, which is raised to
// minQuotation, with the evidence in bold. Where the passage is too long, the
// sentences with evidence are kept and as many around them as fit; without
// evidence, the first ones.
func quote(p *document.Passage, evidence []words.Span, limit int) quotation {
	bold := spansWithin(p.Text, evidence)
	return cutter{text: p.Text, bold: bold, core: bold, limit: max(limit, minQuotation)}.quote(p)
}

// quoteAround is quote with nothing in bold: core only says what has to be
// left in.
func quoteAround(p *document.Passage, core []words.Span, limit int) quotation {
	return cutter{text: p.Text, core: spansWithin(p.Text, core), limit: max(limit, minQuotation)}.quote(p)
}

// plain is what a reader reads in the quotation, cut out of the passage.
func (q *quotation) plain() string {
	return joinKept(q.passage.Text, q.kept, func(s words.Span) string { return q.passage.Text[s.Start:s.End] }, elision)
}

// errNotVerbatim is returned rather than a message with a quotation that is not
// in its passage.
var errNotVerbatim = errors.New("a quotation is not that of its passage")

// verify compares the block quotes of a text, in order, with the passages that
// they were cut from, and returns how many of them it used up.
func verify(markdown string, quotes []quotation) (int, error) {
	blocks := blockQuotes(markdown)
	if len(blocks) > len(quotes) {
		return 0, fmt.Errorf("%w: %d block quotes, %d passages", errNotVerbatim, len(blocks), len(quotes))
	}
	for i, b := range blocks {
		if shown, want := displayed(b), quotes[i].plain(); shown != want {
			return 0, fmt.Errorf("%w: %s reads %.200q, not %.200q", errNotVerbatim, quotes[i].passage.Pincite(), shown, want)
		}
	}
	return len(blocks), nil
}

// blockQuotes lists the block quotes of a text: lines on end that begin with
// quotePrefix.
func blockQuotes(markdown string) []string {
	var blocks []string
	open := false
	for line := range strings.SplitSeq(markdown, "\n") {
		quoted := strings.HasPrefix(line, quotePrefix)
		switch {
		case quoted && open:
			blocks[len(blocks)-1] += "\n" + line
		case quoted:
			blocks = append(blocks, line)
		}
		open = quoted
	}
	return blocks
}

// displayed takes the marks off a block quote.
func displayed(block string) string {
	var lines []string
	for line := range strings.SplitSeq(block, "\n") {
		lines = append(lines, unescape(withoutBold(strings.TrimPrefix(line, quotePrefix))))
	}
	return strings.Join(lines, "\n")
}

// withoutBold takes out the pairs of asterisks that are not escaped.
func withoutBold(markdown string) string {
	var b strings.Builder
	for at := 0; at < len(markdown); {
		switch {
		case escapes(markdown, at):
			b.WriteString(markdown[at : at+2])
			at += 2
		case strings.HasPrefix(markdown[at:], boldMark):
			at += len(boldMark)
		default:
			b.WriteByte(markdown[at])
			at++
		}
	}
	return b.String()
}

// cutter chooses what is shown of a text.
type cutter struct {
	text  string
	bold  []words.Span // in order, disjoint, whole characters
	core  []words.Span // what matters most, likewise
	limit int          // see measure
}

func (c cutter) quote(p *document.Passage) quotation {
	kept := c.choose()
	return quotation{passage: p, kept: kept, markdown: c.markdown(kept)}
}

func (c *cutter) choose() []words.Span {
	whole := words.Span{Start: 0, End: len(c.text)}
	// No text measures less than its characters.
	if utf8.RuneCountInString(c.text) <= c.limit && c.fits(whole) {
		return []words.Span{whole}
	}
	s := newSelection(c.text)
	core := s.with(c.core)
	for i, at := range core {
		if s.try(c, at) {
			continue
		}
		if i == 0 {
			return []words.Span{c.window(s.sentences[at])}
		}
		break
	}
	// The sentences after and before the first of them, in turn.
	after, before := true, true
	for n := 1; after || before; n++ {
		after = after && s.try(c, core[0]+n)
		before = before && s.try(c, core[0]-n)
	}
	return s.kept()
}

// window is as much as fits of a sentence that is too long: from its beginning
// if that has the evidence, else from the evidence on.
func (c *cutter) window(sentence words.Span) words.Span {
	w := c.fill(sentence)
	if len(c.core) == 0 || w.End >= min(c.core[0].End, sentence.End) || c.core[0].Start <= sentence.Start {
		return w
	}
	return c.fill(words.Span{Start: c.core[0].Start, End: sentence.End})
}

// fill is as much of a range as fits, from its beginning: whole words, or
// whole characters where one word is too long, with the marks and joiners that
// belong to them, unless there are hundreds of these.
func (c *cutter) fill(s words.Span) words.Span {
	part := c.text[s.Start:min(s.End, s.Start+4*c.limit)]
	var afterWords, afterCharacters, afterRunes []int
	before := ' '
	for i, r := range part {
		if i > 0 {
			at := s.Start + i
			if unicode.IsSpace(r) && !unicode.IsSpace(before) {
				afterWords = append(afterWords, at)
			}
			if !unicode.In(r, unicode.M, unicode.Join_Control) && !unicode.Is(unicode.Join_Control, before) {
				afterCharacters = append(afterCharacters, at)
			}
			afterRunes = append(afterRunes, at)
		}
		before = r
	}
	if s.Start+len(part) == s.End {
		afterWords = append(afterWords, s.End)
		afterRunes = append(afterRunes, s.End)
	}
	for _, ends := range [][]int{afterWords, afterCharacters, afterRunes} {
		n := sort.Search(len(ends), func(i int) bool { return !c.fits(words.Span{Start: s.Start, End: ends[i]}) })
		if n > 0 {
			return words.Span{Start: s.Start, End: ends[n-1]}
		}
	}
	return s
}

// selection is which sentences of a text are shown.
type selection struct {
	text      string
	sentences []words.Span
	shown     []bool
	used      int // what they measure at most, elisions aside
	ranges    int // how many there are of shown sentences side by side
}

func newSelection(text string) *selection {
	s := &selection{text: text, sentences: words.Sentences(text)}
	s.shown = make([]bool, len(s.sentences))
	return s
}

// try shows a sentence too, if there is one and it fits, and says whether it is
// shown. What it adds is measured by itself: bold text that goes on from one
// sentence to the next measures less than that, and nothing measures more.
func (s *selection) try(c *cutter, at int) bool {
	if at < 0 || at >= len(s.sentences) {
		return false
	}
	if s.shown[at] {
		return true
	}
	used := s.used + c.lines(c.emphasised(s.sentences[at]))
	ranges := s.ranges + 1
	if at > 0 && s.shown[at-1] {
		used += c.lines(s.text[s.sentences[at-1].End:s.sentences[at].Start])
		ranges--
	}
	if at+1 < len(s.shown) && s.shown[at+1] {
		used += c.lines(s.text[s.sentences[at].End:s.sentences[at+1].Start])
		ranges--
	}
	if len(quotePrefix)+used+(ranges+1)*measure(" "+escape(elision)+" ") > c.limit {
		return false
	}
	s.shown[at], s.used, s.ranges = true, used, ranges
	return true
}

// with lists the sentences that spans stand in; the first one if there are no
// spans. Both are in order.
func (s *selection) with(spans []words.Span) []int {
	var list []int
	for i, sentence := range s.sentences {
		for len(spans) > 0 && spans[0].End <= sentence.Start {
			spans = spans[1:]
		}
		if len(spans) > 0 && spans[0].Start < sentence.End {
			list = append(list, i)
		}
	}
	if len(list) == 0 {
		return []int{0}
	}
	return list
}

// kept are the ranges that are shown, with what stands between neighbours.
func (s *selection) kept() []words.Span {
	var kept []words.Span
	for i, sentence := range s.sentences {
		switch {
		case !s.shown[i]:
		case i > 0 && s.shown[i-1]:
			kept[len(kept)-1].End = sentence.End
		default:
			kept = append(kept, sentence)
		}
	}
	return kept
}

// lines is what a part of a quotation measures, with the prefixes of the lines
// that begin in it.
func (c *cutter) lines(markdown string) int {
	return measure(markdown) + len(quotePrefix)*strings.Count(markdown, "\n")
}

func (c *cutter) fits(kept ...words.Span) bool { return measure(c.markdown(kept)) <= c.limit }

// markdown is the block quote of what is kept.
func (c *cutter) markdown(kept []words.Span) string {
	body := joinKept(c.text, kept, c.emphasised, escape(elision))
	return quotePrefix + strings.ReplaceAll(body, "\n", "\n"+quotePrefix)
}

// emphasised escapes a range and makes what is evidence in it bold.
func (c *cutter) emphasised(s words.Span) string {
	var b strings.Builder
	at := s.Start
	for _, e := range c.bold {
		from, to := max(e.Start, at), min(e.End, s.End)
		if from >= to {
			continue
		}
		escapeRange(&b, c.text, at, from, true)
		c.writeBold(&b, from, to)
		at = to
	}
	escapeRange(&b, c.text, at, s.End, true)
	return b.String()
}

// writeBold sets a range in bold, line by line, white space at the ends of a
// line left out of it.
func (c *cutter) writeBold(b *strings.Builder, from, to int) {
	for line := range strings.SplitAfterSeq(c.text[from:to], "\n") {
		lead := len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
		body := strings.TrimSpace(line)
		b.WriteString(line[:lead])
		if body != "" {
			b.WriteString(boldMark)
			escapeRange(b, c.text, from+lead, from+lead+len(body), true)
			b.WriteString(boldMark)
			b.WriteString(line[lead+len(body):])
		}
		from += len(line)
	}
}

// joinKept joins what is kept of a text by elisions.
func joinKept(text string, kept []words.Span, show func(words.Span) string, elided string) string {
	var b strings.Builder
	for i, s := range kept {
		if i > 0 {
			b.WriteByte(' ')
		}
		if i > 0 || s.Start > 0 {
			b.WriteString(elided + " ")
		}
		b.WriteString(show(s))
	}
	if kept[len(kept)-1].End < len(text) {
		b.WriteString(" " + elided)
	}
	return b.String()
}

// spansWithin are those of the spans that are ranges of whole characters of a
// text, in order, joined where they touch.
func spansWithin(text string, spans []words.Span) []words.Span {
	var list []words.Span
	for _, s := range spans {
		if s.Start >= 0 && s.Start < s.End && s.End <= len(text) && boundary(text, s.Start) && boundary(text, s.End) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b words.Span) int { return cmp.Compare(a.Start, b.Start) })
	joined := list[:0]
	for _, s := range list {
		if n := len(joined); n > 0 && s.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, s.End)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

func boundary(text string, at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }

// measure is the length of a text as the stricter of two readings of Discord's
// limits has it: in UTF-16 units, which are never fewer than characters.
func measure(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++ // two units
		}
	}
	return n
}
