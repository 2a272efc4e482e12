package cite

import (
	"strings"

	"pincite/internal/document"
)

// MaxURL bounds a link with its fragment, in bytes: Discord's limit for the
// address of a button. A document's own URL may be longer.
const MaxURL = 512

// Span is a range of bytes in a passage's text.
type Span struct{ Start, End int }

// The sizes of a fragment, in words. Longer terms are surer to be unique, but
// break on a page that differs by one character; browsers' own links have
// terms of about three words.
const (
	exactWords   = 10  // a span of at most so many is given whole,
	exactBytes   = 200 // if it is no longer than this when encoded
	startWords   = 4   // of the start of a longer one, at first
	endWords     = 3   // of its end, at first
	anchorWords  = 12  // of the start, where fewer are not unique
	contextWords = 6   // before and after, where even that is not
	maxAnchors   = 16  // starts and ends that are tried within one span
)

// parentheses encodes those of an address, which would end a Markdown link.
var parentheses = strings.NewReplacer("(", "%28", ")", "%29")

// Link is the document's URL with a text fragment that makes a browser scroll
// to the span of a passage and highlight it; an empty span means the whole
// passage. A span that cuts words is widened to whole ones.
//
// The fragment matches once in the document's title, headings and passages,
// and there within the span: case, white space, accents and the shape of
// quotation marks put aside, as browsers do (https://wicg.github.io/
// scroll-to-text-fragment/). No term holds a marker, nor a word or number that
// one is glued to, since pages print "[1]" as a raised 1 or not at all. Where
// the span's first words occur elsewhere too, fewer of its words are
// highlighted or, as the last resort, the passage's; where even they are no
// fragment, as in a passage that occurs twice, Link is the bare URL.
//
// It is safe between the parentheses of a Markdown link, and empty where the
// document has no URL of the web.
func Link(d *document.Document, at document.Pincite, span Span) string {
	address, ok := webAddress(d.URL)
	if !ok {
		return ""
	}
	address = parentheses.Replace(address)
	// A directive that came with the URL points elsewhere.
	address, _, _ = strings.Cut(address, ":~:")
	bare := strings.TrimSuffix(address, "#")
	opening := bare + ":~:text="
	if !strings.Contains(bare, "#") {
		opening = bare + "#:~:text="
	}
	i, ok := d.Index(at)
	if !ok {
		return bare
	}
	f := finder{
		doc:     d,
		passage: i,
		text:    d.Passages[i].Text,
		words:   wordsOf(&d.Passages[i]),
		room:    MaxURL - len(opening),
	}
	first, last := f.within(span)
	if t, ok := f.find(first, last); ok {
		return opening + t.encode()
	}
	if last-first+1 < len(f.words) {
		if t, ok := f.find(0, len(f.words)-1); ok {
			return opening + t.encode()
		}
	}
	return bare
}

// directive is a text directive; only start is never empty.
type directive struct{ prefix, start, end, suffix string }

func (t directive) encode() string {
	var b strings.Builder
	if t.prefix != "" {
		b.WriteString(encodeTerm(t.prefix) + "-,")
	}
	b.WriteString(encodeTerm(t.start))
	if t.end != "" {
		b.WriteString("," + encodeTerm(t.end))
	}
	if t.suffix != "" {
		b.WriteString(",-" + encodeTerm(t.suffix))
	}
	return b.String()
}

// encodeTerm keeps what has no meaning in a directive, in Markdown or at the
// end of an address in running text.
func encodeTerm(term string) string {
	return percentEncode(strings.Join(strings.Fields(term), " "), func(c byte) bool {
		return c == '.' || c == '\'' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
	})
}

// finder looks for the directive of one passage.
type finder struct {
	doc     *document.Document
	passage int // position in doc.Passages
	text    string
	words   []word
	room    int // bytes for the encoded directive
}

// within are the first and the last word that a span touches; of an empty
// span, or one that touches none, all words.
func (f *finder) within(span Span) (first, last int) {
	first, last = -1, -1
	for i, w := range f.words {
		if span.Start < span.End && w.start < span.End && span.Start < w.end {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return 0, len(f.words) - 1
	}
	return first, last
}

// find makes a directive for the words first…last. It tries the start of the
// span, and then, where that is not unique, later starts.
func (f *finder) find(first, last int) (directive, bool) {
	for tries := 0; first <= last && tries < maxAnchors; tries++ {
		t, anchor, ok := f.from(first, last)
		if ok {
			return t, true
		}
		first = max(anchor, first+1)
	}
	return directive{}, false
}

// from makes a directive that starts at the word first. It returns the last
// word of the longest start that it tried.
func (f *finder) from(first, last int) (directive, int, bool) {
	limit := min(f.runEnd(first), last)
	nearest := min(first+startWords-1, limit)
	if limit == last && last-first < exactWords && len(encodeTerm(f.between(first, last))) <= exactBytes {
		nearest = last
	}
	for nearest > first && len(encodeTerm(f.between(first, nearest))) > f.room/2 {
		nearest-- // long words of a script whose letters take six bytes or nine
	}
	for anchor := nearest; ; anchor = min(anchor+startWords, limit) {
		t := directive{start: f.between(first, anchor)}
		if unique(f.doc, pattern("", t.start, "")) {
			return f.complete(t, anchor, last)
		}
		if anchor == limit || anchor-first >= anchorWords-1 {
			if t, ok := f.inContext(first, nearest, nearest == last); ok {
				return f.complete(t, nearest, last)
			}
			return directive{}, anchor, false
		}
	}
}

// complete gives a directive whose start ends at the word anchor its end,
// where there is one and room for it.
func (f *finder) complete(t directive, anchor, last int) (directive, int, bool) {
	t.end = f.end(anchor, last)
	if len(t.encode()) > f.room {
		t.end = ""
	}
	return t, anchor, len(t.encode()) <= f.room
}

// between is the text from one word to another.
func (f *finder) between(first, last int) string {
	return f.text[f.words[first].start:f.words[last].end]
}

// inContext makes a start unique by what stands before it and, where the start
// is the whole span, after it.
func (f *finder) inContext(first, anchor int, exact bool) (directive, bool) {
	l, r := f.words[first], f.words[anchor]
	before := f.before(first)
	var after []string
	if exact {
		after = f.after(anchor)
	}
	// Beside a prefix or suffix, a term has the punctuation on that side.
	for n := range max(len(before), len(after)) {
		var tries []directive
		if n < len(after) {
			tries = append(tries, directive{start: f.text[l.start:r.right], suffix: after[n]})
		}
		if n < len(before) {
			tries = append(tries, directive{prefix: before[n], start: f.text[l.left:r.end]})
		}
		if len(tries) == 2 {
			tries = append(tries, directive{prefix: before[n], start: f.text[l.left:r.right], suffix: after[n]})
		}
		for _, t := range tries {
			if unique(f.doc, pattern(t.prefix, t.start, t.suffix)) {
				return t, true
			}
		}
	}
	return directive{}, false
}

// before lists prefixes of the word first, the shortest first. They are of its
// own run of words, or where it begins its paragraph, of the paragraph above,
// if no heading stands between.
func (f *finder) before(first int) []string {
	text, words, last := f.text, f.words, first-1
	if w := f.words[first]; first == 0 && w.left == 0 {
		if f.passage == 0 {
			return nil
		}
		here, above := &f.doc.Passages[f.passage], &f.doc.Passages[f.passage-1]
		if here.Kind != document.Paragraph || here.Section != above.Section {
			return nil
		}
		text, words = above.Text, wordsOf(above)
		last = len(words) - 1
		if last < 0 || words[last].right != len(text) {
			return nil
		}
	} else if first == 0 || f.words[last].run != w.run {
		return nil
	}
	var out []string
	for i := last; i >= 0 && last-i < contextWords && words[i].run == words[last].run; i-- {
		out = append(out, text[words[i].start:words[last].right])
	}
	return out
}

// after lists suffixes of the word last, the shortest first, of its own run.
func (f *finder) after(last int) []string {
	var out []string
	for i := last + 1; i <= f.runEnd(last) && i-last <= contextWords; i++ {
		out = append(out, f.text[f.words[last+1].left:f.words[i].end])
	}
	return out
}

// end is the end of a span whose start ends at the word anchor; empty where
// that is the span's last. A browser takes the first match after the start, so
// that the end must not occur before its place. Where it does at any length,
// the match ends some words earlier, or with the start.
func (f *finder) end(anchor, last int) string {
	for tries := 0; last > anchor && tries < maxAnchors; tries, last = tries+1, last-1 {
		w := f.words[last]
		first := last
		for first-1 > anchor && f.words[first-1].run == w.run && last-first+1 < anchorWords {
			first--
		}
		for i := max(first, last-endWords+1); i >= first; i-- {
			term := f.between(i, last)
			if firstBounded(f.text, f.words[anchor].end, fold(term)) == f.words[i].start {
				return term
			}
		}
	}
	return ""
}

// runEnd is the last word of the run that word i stands in.
func (f *finder) runEnd(i int) int {
	for i+1 < len(f.words) && f.words[i+1].run == f.words[i].run {
		i++
	}
	return i
}
