package index

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pincite/internal/authority"
	"pincite/internal/document"
	"pincite/internal/words"
)

// Keywords is a keyword search that was parsed. The syntax:
//
//	word            passages with any of the words, those with more of them first
//	"a phrase"      these words, side by side, in any inflection of case
//	+must           only passages that have it
//	-not            only passages that lack it
//	word*           any word that begins so; at least two letters before the star
//	a OR b          either; a sign before the first goes for the whole
//	in:document     only in this document
//	kind:note       only footnotes; kind:paragraph only paragraphs
//	cites:authority only passages that name it, in any spelling, in quotation
//	                marks where it has spaces; -cites: only those that do not
//
// Words meet in their stems; in phrases and before a star letters count, though
// not their case or accents.
type Keywords struct {
	Groups   []Group
	Document string        // of in:
	Kind     document.Kind // of kind:
	// Cites is what passages must name, and must not; see Covers.
	Cites []Cites
}

// Cites is a demand on what a passage names.
type Cites struct {
	Key string // of an authority
	Not bool
}

// Group is one of the things that are searched for: any of its terms.
type Group struct {
	Occurs Occurs
	Terms  []Term
}

// Occurs says what a group demands of a passage.
type Occurs int

// What a group can demand.
const (
	Should  Occurs = iota // having it counts
	Must                  // it must be had
	MustNot               // it must not be had
)

// Term is a word, a phrase or the beginning of a word.
type Term struct {
	// Words are the folded words; more than one is a phrase.
	Words []string
	// Stems are their stems; "" for function words, which are not indexed.
	Stems []string
	// Spanish are their stems in Spanish texts, likewise.
	Spanish []string
	Prefix  bool
}

// indexed reports whether any of the term's words is in the index.
func (t Term) indexed() bool {
	return t.Prefix || slices.ContainsFunc(t.Stems, func(stem string) bool { return stem != "" })
}

// in are the term's stems in a language.
func (t Term) in(language string) []string {
	if language == words.Spanish {
		return t.Spanish
	}
	return t.Stems
}

// SyntaxError says where keywords do not parse and why.
type SyntaxError struct {
	Keywords string
	// At is where the fault begins, in bytes.
	At int
	// Reason is a clause without capital or period.
	Reason string
}

// Error shows the place.
func (e *SyntaxError) Error() string {
	near := e.Keywords[e.At:]
	if cut := []rune(near); len(cut) > 20 {
		near = string(cut[:20]) + "…"
	}
	where := fmt.Sprintf("at character %d (%s)", utf8.RuneCountInString(e.Keywords[:e.At])+1, near)
	if near == "" {
		where = "at the end"
	}
	return where + ", " + e.Reason
}

// Bounds of a keyword search.
const (
	maxKeywords  = 2000 // bytes
	maxTerms     = 40
	minPrefix    = 2 // letters before a star
	maxExpansion = 200
)

// ParseKeywords parses a keyword search. The error is a *SyntaxError.
func ParseKeywords(a *words.Analyzer, s string) (Keywords, error) {
	p := parser{words: a, input: s, common: -1}
	if len(s) > maxKeywords {
		return Keywords{}, p.fail(maxKeywords, "the search is longer than %d characters", maxKeywords)
	}
	if err := p.parse(); err != nil {
		return Keywords{}, err
	}
	return p.found, nil
}

type parser struct {
	words *words.Analyzer
	input string
	at    int
	terms int
	// common is where the first word stood that was passed over as too common;
	// -1 where none was.
	common int
	found  Keywords
}

func (p *parser) fail(at int, format string, args ...any) error {
	for at > 0 && at < len(p.input) && !utf8.RuneStart(p.input[at]) {
		at--
	}
	return &SyntaxError{Keywords: p.input, At: min(at, len(p.input)), Reason: fmt.Sprintf(format, args...)}
}

func (p *parser) space() {
	p.at += len(p.input[p.at:]) - len(strings.TrimLeftFunc(p.input[p.at:], unicode.IsSpace))
}

func (p *parser) parse() error {
	joins := -1 // where an OR waits for its right side
	for p.space(); p.at < len(p.input); p.space() {
		start := p.at
		if word := p.peek(); word == "OR" {
			if len(p.found.Groups) == 0 || joins >= 0 {
				return p.fail(start, "OR needs a word on both sides")
			}
			joins = start
			p.at += len(word)
			continue
		}
		if done, err := p.restriction(joins); err != nil {
			return err
		} else if done {
			continue
		}
		if done, err := p.cites(joins); err != nil {
			return err
		} else if done {
			continue
		}
		occurs, err := p.sign()
		if err != nil {
			return err
		}
		term, err := p.term(start)
		if err != nil {
			return err
		}
		if !term.indexed() {
			// Alone in a search of several words it does no harm.
			if occurs != Should || joins >= 0 || len(term.Words) > 1 {
				return p.fail(start, tooCommon)
			}
			p.common = start
			continue
		}
		if p.terms++; p.terms > maxTerms {
			return p.fail(start, tooMany, maxTerms)
		}
		if joins < 0 {
			p.found.Groups = append(p.found.Groups, Group{Occurs: occurs, Terms: []Term{term}})
			continue
		}
		last := &p.found.Groups[len(p.found.Groups)-1]
		if occurs != Should {
			return p.fail(start, "a sign goes before the first word of an OR")
		}
		last.Terms = append(last.Terms, term)
		joins = -1
	}
	switch {
	case joins >= 0:
		return p.fail(joins, "OR needs a word on both sides")
	case !p.searches() && p.common >= 0:
		return p.fail(p.common, tooCommon)
	case !p.searches():
		return p.fail(len(p.input), "there is no word to search for")
	}
	return nil
}

// searches reports whether anything is asked for that a passage can have.
func (p *parser) searches() bool {
	for _, g := range p.found.Groups {
		if g.Occurs != MustNot {
			return true
		}
	}
	return slices.ContainsFunc(p.found.Cites, func(c Cites) bool { return !c.Not })
}

// peek is the input up to the next white space.
func (p *parser) peek() string {
	rest := p.input[p.at:]
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		return rest[:i]
	}
	return rest
}

// restriction reads in: and kind:. A colon in any other word is punctuation.
func (p *parser) restriction(joins int) (bool, error) {
	start, word := p.at, p.peek()
	name, value, ok := strings.Cut(word, ":")
	if !ok || (name != "in" && name != "kind") {
		return false, nil
	}
	if joins >= 0 {
		return false, p.fail(start, "%s: cannot be joined by OR", name)
	}
	p.at += len(word)
	at := start + len(name) + 1
	if name == "in" {
		if p.found.Document != "" {
			return false, p.fail(start, "in: is given twice")
		}
		if !document.ValidID(value) {
			return false, p.fail(at, "in: takes a document's id, such as in:article")
		}
		p.found.Document = value
		return true, nil
	}
	if p.found.Kind != "" {
		return false, p.fail(start, "kind: is given twice")
	}
	switch value {
	case "note", "notes", "footnote", "footnotes":
		p.found.Kind = document.Footnote
	case "paragraph", "paragraphs":
		p.found.Kind = document.Paragraph
	default:
		return false, p.fail(at, "kind: takes note or paragraph")
	}
	return true, nil
}

// cites reads cites: with its value, which may be in quotation marks, and with
// a sign before it.
func (p *parser) cites(joins int) (bool, error) {
	start := p.at
	rest := p.input[p.at:]
	signed, not := strings.CutPrefix(rest, "-")
	value, ok := strings.CutPrefix(strings.TrimPrefix(signed, "+"), "cites:")
	if !ok || not && strings.HasPrefix(signed, "+") {
		return false, nil
	}
	if joins >= 0 {
		return false, p.fail(start, "cites: cannot be joined by OR")
	}
	p.at += len(rest) - len(value)
	at := p.at
	if r, size := utf8.DecodeRuneInString(value); strings.ContainsRune(quotes, r) {
		end := strings.IndexAny(value[size:], quotes)
		if end < 0 {
			return false, p.fail(at, "the quotation mark has no partner")
		}
		_, closing := utf8.DecodeRuneInString(value[size+end:])
		p.at += size + end + closing
		value = value[size : size+end]
	} else {
		value = p.peek()
		p.at += len(value)
	}
	key, ok := authority.Parse(value)
	if !ok {
		return false, p.fail(at, `cites: takes a law, treaty, case or order, in quotation marks where it has spaces, such as cites:"50 U.S.C. § 3091"`)
	}
	if p.terms++; p.terms > maxTerms {
		return false, p.fail(start, tooMany, maxTerms)
	}
	p.found.Cites = append(p.found.Cites, Cites{Key: key, Not: not})
	return true, nil
}

func (p *parser) sign() (Occurs, error) {
	occurs := Should
	switch p.input[p.at] {
	case '+':
		occurs = Must
	case '-':
		occurs = MustNot
	default:
		return occurs, nil
	}
	p.at++
	if p.at == len(p.input) || p.peek() == "" {
		return occurs, p.fail(p.at-1, "a sign needs a word right behind it")
	}
	return occurs, nil
}

// Reasons that are given in more than one place.
const (
	tooCommon = "this word is too common to search for"
	tooMany   = "a search may have at most %d words and phrases"
)

// quotes are the marks that open a phrase and those that close it.
const quotes = "\"“”„«»"

// term reads a word, a phrase or a prefix. start is where it begins, its sign
// included.
func (p *parser) term(start int) (Term, error) {
	var raw string
	r, size := utf8.DecodeRuneInString(p.input[p.at:])
	quoted := strings.ContainsRune(quotes, r)
	if quoted {
		end := strings.IndexAny(p.input[p.at+size:], quotes)
		if end < 0 {
			return Term{}, p.fail(p.at, "the quotation mark has no partner")
		}
		raw = p.input[p.at+size : p.at+size+end]
		p.at += size + end
		_, size = utf8.DecodeRuneInString(p.input[p.at:])
		p.at += size
	} else {
		raw = p.peek()
		if i := strings.IndexAny(raw, quotes); i > 0 {
			raw = raw[:i]
		}
		p.at += len(raw)
	}
	t := Term{Prefix: !quoted && strings.HasSuffix(raw, "*")}
	if i := strings.IndexByte(raw, '*'); !quoted && i >= 0 && i < len(raw)-1 {
		return Term{}, p.fail(p.at-len(raw)+i, "a star can only end a word")
	}
	for _, tok := range p.words.Tokens(raw) {
		t.Words = append(t.Words, tok.Word)
		if tok.Stop && !t.Prefix {
			t.Stems = append(t.Stems, "")
			continue
		}
		t.Stems = append(t.Stems, tok.Stem)
	}
	for _, tok := range p.words.In(words.Spanish).Tokens(raw) {
		if tok.Stop {
			tok.Stem = ""
		}
		t.Spanish = append(t.Spanish, tok.Stem)
	}
	switch {
	case len(t.Words) == 0:
		return Term{}, p.fail(start, "there is no letter or figure to search for")
	case t.Prefix && len(t.Words) > 1:
		return Term{}, p.fail(start, "a star can only follow a single word")
	case t.Prefix && utf8.RuneCountInString(t.Words[0]) < minPrefix:
		return Term{}, p.fail(start, "type at least %d letters before a star", minPrefix)
	}
	return t, nil
}
