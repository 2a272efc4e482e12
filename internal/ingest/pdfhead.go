package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of a heading: lines, characters and words.
const (
	maxHeadLines = 4
	maxHeadRunes = 240
	maxHeadWords = 30
)

// findHeads marks the blocks that are headings.
func (r *pdfReader) findHeads() {
	outline := map[string]bool{}
	for _, b := range r.layout.outline {
		outline[lettersOf(b.title)] = true
	}
	bold := 0
	for _, b := range r.body {
		if b.first().bold {
			bold += len(b.lines)
		} else {
			bold -= len(b.lines)
		}
	}
	for i, b := range r.body {
		next := i + 1
		b.head = next < len(r.body) && r.isHead(b, outline, bold > 0) && !r.numbered(i)
	}
	// What nothing stands below is no heading.
	for i := len(r.body) - 1; i >= 0 && r.body[i].head; i-- {
		r.body[i].head = false
	}
}

// isHead reports whether a block has the look of a heading: larger or bold
// type, or the words of a bookmark, or, by itself, capitals, italics or a
// number before title case.
func (r *pdfReader) isHead(b *pdfBlock, outline map[string]bool, allBold bool) bool {
	s := b.plain()
	words := len(strings.Fields(s))
	if len(b.lines) > maxHeadLines || words > maxHeadWords || utf8.RuneCountInString(s) > maxHeadRunes || lettersOf(s) == "" {
		return false
	}
	if letters := lettersOf(s); outline[letters] || outline[lettersOf(s[numberLen(s):])] {
		return true
	}
	if b.item.style == signed {
		return false
	}
	ends := lastRune(s)
	sentence := strings.ContainsRune(".;:,", ends) && !(words <= 12 && ends == '.' && numberingOf(s) != unnumbered)
	l := b.first()
	switch {
	case l.size*100 >= r.pdfMeasures.body*108 && l.size > r.pdfMeasures.body:
		return !strings.ContainsRune(";,", ends) && (ends != '.' || !sentence || words <= 12 && b.bold())
	case b.bold() && !allBold:
		return !sentence
	case sentence || len(b.lines) > 2 || words > 16 || !b.spaced && !b.centred() || l.size < r.pdfMeasures.body-1:
		return false
	case allCaps(s):
		return words > 1 || utf8.RuneCountInString(s) > 4
	case b.italic():
		return titleCase(s[numberLen(s):]) && !startsLower(s)
	}
	style := numberingOf(s)
	return b.centred() && titleCase(s[numberLen(s):]) && style != unnumbered ||
		(style == romanUpper || style == letterUpper) && titleCase(s[numberLen(s):]) && b.item.rest == ""
}

// numbered reports whether block i is one of several list items in a row:
// neighbours with numbers of one kind are no headings.
func (r *pdfReader) numbered(i int) bool {
	b := r.body[i]
	if b.item.rest == "" || b.bold() || b.first().size > r.pdfMeasures.body {
		return false
	}
	alike := func(k int) bool {
		return k >= 0 && k < len(r.body) && r.body[k].item.style == b.item.style && r.body[k].item.rest != ""
	}
	return alike(i-1) || alike(i+1)
}

// plain is a block's text for a look at its form: lines joined by spaces,
// without markers.
func (b *pdfBlock) plain() string {
	parts := make([]string, 0, len(b.lines))
	for _, l := range b.lines[:min(len(b.lines), maxHeadLines+1)] {
		parts = append(parts, withoutMarks(l.text, l.marks))
	}
	return strings.Join(parts, " ")
}

func (b *pdfBlock) bold() bool {
	return !slices.ContainsFunc(b.lines, func(l *pdfLine) bool { return !l.bold })
}

func (b *pdfBlock) italic() bool {
	return !slices.ContainsFunc(b.lines, func(l *pdfLine) bool { return !l.italic })
}

// centred reports whether each of a block's lines stands in the middle of its
// column, away from both edges.
func (b *pdfBlock) centred() bool {
	return !slices.ContainsFunc(b.lines, func(l *pdfLine) bool {
		left, right := l.x0-l.region.left, l.region.right-l.x1
		return left < 2*l.size || distance(left, right) > 2*l.size
	})
}

// lettersOf keeps the letters and digits of s in lower case, for comparing.
func lettersOf(s string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), ""))
}

// findTitle takes the title and the credits below it off the body: the first
// block of the largest type on the first page, above all paragraphs.
func (r *pdfReader) findTitle() {
	page := r.body[0].first().page
	largest, end := 0, 0
	for ; end < len(r.body) && r.body[end].first().page == page; end++ {
		b := r.body[end]
		if !b.head && len(b.lines) > 2 && b.first().size*12 <= r.pdfMeasures.body*13 {
			break // a paragraph
		}
		if utf8.RuneCountInString(b.plain()) <= maxHeadRunes && len(b.lines) <= maxHeadLines && lettersOf(b.plain()) != "" {
			largest = max(largest, b.first().size)
		}
	}
	at := slices.IndexFunc(r.body[:end], func(b *pdfBlock) bool {
		return b.first().size >= largest-1 && len(b.lines) <= maxHeadLines && lettersOf(b.plain()) != ""
	})
	if at < 0 || at+1 >= len(r.body) {
		return
	}
	title := r.body[at]
	if !title.head && largest*100 < r.pdfMeasures.body*115 && !title.centred() {
		return
	}
	meta := metadata{title: title.plain()}
	credits := r.credits(&meta, at+1, end)
	if !r.titles(title, at, credits) {
		return
	}
	j := &pdfJoiner{words: r.words}
	for _, l := range title.lines {
		j.add(l)
	}
	text, marks := j.trimmed()
	meta.title = withoutMarks(text, marks)
	r.headed = append(r.headed, marks...)
	// Above a title stand a series' name, a date, a number: nothing to quote.
	kept := slices.DeleteFunc(slices.Clone(r.body[:at]), func(b *pdfBlock) bool {
		if meta.takeCredit(b.plain()) {
			return true
		}
		return len(b.lines) <= 2 && !closes(b.last().text)
	})
	for _, b := range r.body[at+1 : credits] {
		for _, l := range b.lines {
			r.headed = append(r.headed, l.marks...)
		}
	}
	r.body = slices.Concat(kept, r.body[credits:])
	r.draft.meta = meta
}

// titles reports whether a block is a title and not the first of several
// headings that look alike: it is larger than they are, or credits stand
// below it, or it alone is centred, or no other heading has its look.
func (r *pdfReader) titles(title *pdfBlock, at, credits int) bool {
	if credits > at+1 {
		return true
	}
	return !slices.ContainsFunc(r.body[at+1:], func(b *pdfBlock) bool {
		return b.head && b.first().size >= title.first().size && b.centred() == title.centred() && b.bold() == title.bold()
	})
}

// credits reads authors and a date from the blocks below the title, up to the
// first heading or paragraph, and returns where they end. Other short lines
// among them (who the author works for) are left out with them.
func (r *pdfReader) credits(meta *metadata, from, to int) int {
	end := from
	for i := from; i < min(to, from+12); i++ {
		b := r.body[i]
		if len(b.lines) > 3 || b.item.style == signed || closes(b.last().text) && !strings.HasSuffix(b.plain(), ".D.") && !strings.HasSuffix(b.plain(), "r.") {
			break
		}
		if b.head && !isDate(b.plain()) && r.hasLike(b, to) {
			break
		}
		taken := false
		for _, l := range b.lines {
			taken = takeCredits(meta, l) || taken
		}
		switch {
		case taken:
			end = i + 1
		case len(meta.authors) > 0 && !b.head && isAffiliation(b.plain()) || b.first().size < r.pdfMeasures.body && len(b.lines) == 1 && !b.head && end == i && end > from && b.centred():
			end = i + 1
		case b.head:
			return end
		case b.centred() && len(b.lines) == 1 && i == from:
			// A subtitle or the like: read on, and leave it out if credits
			// follow.
		default:
			return end
		}
	}
	return end
}

// hasLike reports whether a heading at or below block from looks as b does,
// which is a heading then and no name; or whether b is a bookmark.
func (r *pdfReader) hasLike(b *pdfBlock, from int) bool {
	for _, o := range r.body[from:] {
		if o.head && o.first().size == b.first().size && o.bold() == b.bold() && o.centred() == b.centred() &&
			allCaps(o.plain()) == allCaps(b.plain()) {
			return true
		}
	}
	return slices.ContainsFunc(r.layout.outline, func(m pdfBookmark) bool { return lettersOf(m.title) == lettersOf(b.plain()) })
}

func isDate(s string) bool {
	_, ok := dateline(s)
	return ok
}

// takeCredits reads a line of names or a date; parts of it that stand wide
// apart are read by themselves.
func takeCredits(meta *metadata, l *pdfLine) bool {
	taken := false
	at := 0
	for _, end := range append(slices.Clone(l.cells), len(l.text)) {
		if end < at {
			continue
		}
		s := l.text[at:end]
		at = end
		for _, m := range l.marks {
			s = strings.ReplaceAll(s, "["+m.label+"]", "")
		}
		s = strings.Trim(s, " *†‡,;")
		if meta.takeCredit(s) {
			taken = true
			continue
		}
		if isNames(s) {
			for name := range strings.SplitSeq(splitNames.Replace(s), "|") {
				meta.authors = append(meta.authors, strings.TrimSpace(name))
			}
			taken = true
		}
	}
	return taken
}

// splitNames parts the names of several authors.
var splitNames = strings.NewReplacer(", and ", "|", " and ", "|", " & ", "|", ", Jr.", ", Jr.", ", ", "|", "; ", "|", " · ", "|", " | ", "|")

// isNames reports a line of personal names and nothing else.
func isNames(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 || isAffiliation(s) {
		return false
	}
	for name := range strings.SplitSeq(splitNames.Replace(s), "|") {
		name = strings.TrimSpace(name)
		if first, _, _ := strings.Cut(strings.ToLower(name), " "); !isName(name) || minor[first] {
			return false
		}
	}
	return true
}

// isAffiliation reports a line that says where an author works or can be
// reached.
func isAffiliation(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc([]string{
		"university", "school", "college", "institut", "center", "centre", "department", "faculty", "professor", "fellow",
		"law", "press", "foundation", "review", "journal", "council", "committee", "commission", "office", "ministry", "@", "http", "www.",
		"attorney", "counsel", "research", "policy", "security", "report", "paper", "project", "program",
	}, func(w string) bool { return strings.Contains(s, w) })
}
