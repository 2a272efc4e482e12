package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"pincite/internal/desk"
	"pincite/internal/words"
)

type searchCommand struct {
	Query  []string `arg:"" optional:"" help:"Keywords."`
	Offset int      `help:"Passages to skip."`
	Limit  int      `default:"10" help:"Most passages to show (${default})."`
}

// Help is what is said after the usage.
func (*searchCommand) Help() string {
	return `Keywords:

    word           passages with any of the words, those with more of them first
    "a phrase"     these words side by side
    +must  -not    only passages that have it, or lack it
    word*          any word that begins so
    this OR that   either
    in:DOCUMENT    only in this document
    kind:note      only footnotes; kind:paragraph only paragraphs
    cites:"50 U.S.C. § 3091"   only passages that name it, in any spelling; -cites: none that does

A shell takes quotation marks for itself: put the keywords between single ones, as in pincite search '"armed attack" -necessity'.`
}

func (c *searchCommand) run(ctx context.Context, a *app) (err error) {
	query := unhide(strings.Join(quoteCited(c.Query), " "))
	if strings.TrimSpace(query) == "" {
		return usage("No keywords were given; write them behind the command: pincite search armed attack.")
	}
	if err := checkLimit(c.Limit); err != nil {
		return err
	}
	if c.Offset < 0 {
		return usage("--offset %d is out of range; give 0 or more.", c.Offset)
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	found, err := s.Search(ctx, s.who, query, c.Offset, c.Limit)
	if err != nil {
		return err
	}
	if a.JSON {
		return a.out.json(searchJSON{Hits: passagesJSON(found.Hits), Total: found.Total})
	}
	a.showResults(found, c.Offset)
	return nil
}

func (a *app) showResults(found *desk.Results, offset int) {
	switch n := len(found.Hits); {
	case found.Total == 0:
		a.out.text("", plain, "No passage matches.")
		return
	case n == 0:
		a.out.text("", plain, fmt.Sprintf("%s; none is left after %d.", count(found.Total, "passage matches", "passages match"), offset))
		return
	case n < found.Total:
		a.out.text("", plain, fmt.Sprintf("%s; these are %d to %d.", count(found.Total, "passage matches", "passages match"), offset+1, offset+n))
	default:
		a.out.text("", plain, count(found.Total, "passage matches.", "passages match."))
	}
	for i := range found.Hits {
		p := &found.Hits[i]
		a.out.gap()
		a.out.line("", append([]stretch{{p.Ref().String() + "  ", strong}}, citationStretches(p.Citation)...)...)
		a.out.line(margin, snippet(p.Passage.Text, p.Evidence)...)
	}
}

// count is a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// The size of a snippet, in bytes of its text.
const (
	snippetSize = 280
	snippetLead = 80 // before the first match
)

// snippet is the part of a text around the first match, with all matches in it
// set off. It is cut between words where there are any.
func snippet(text string, spans []words.Span) []stretch {
	if len(text) <= snippetSize {
		return emphasised(text, 0, len(text), spans)
	}
	first := words.Span{}
	if len(spans) > 0 {
		first = spans[0]
	}
	end := min(len(text), max(first.Start-snippetLead+snippetSize, first.End, snippetSize))
	start := max(0, min(first.Start-snippetLead, len(text)-snippetSize))
	if start > 0 {
		start = wordStart(text, start, first.Start)
	}
	if end < len(text) {
		end = wordEnd(text, end, max(first.End, start))
	}
	var out []stretch
	if start > 0 {
		out = append(out, stretch{elision + " ", faint})
	}
	out = append(out, emphasised(text, start, end, spans)...)
	if end < len(text) {
		out = append(out, stretch{" " + elision, faint})
	}
	return out
}

// wordStart is the first place from at to limit where a word begins; else the
// next character.
func wordStart(text string, at, limit int) int {
	if i := strings.IndexFunc(text[runeAt(text, at):max(limit, runeAt(text, at))], unicode.IsSpace); i >= 0 {
		rest := text[runeAt(text, at)+i:]
		return len(text) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	}
	return runeAt(text, at)
}

// wordEnd is the last place from limit to at where a word ends; else the next
// character.
func wordEnd(text string, at, limit int) int {
	at = runeAt(text, at)
	if i := strings.LastIndexFunc(text[limit:at], unicode.IsSpace); i >= 0 {
		return limit + len(strings.TrimRightFunc(text[limit:limit+i], unicode.IsSpace))
	}
	return at
}

// runeAt is the beginning of the first character at or after a place.
func runeAt(text string, at int) int {
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

// quoteCited gives the value of cites: back the quotation marks that a shell has
// taken for its own.
func quoteCited(args []string) []string {
	args = slices.Clone(args)
	for i, arg := range args {
		sign, value, ok := strings.Cut(arg, "cites:")
		if ok && strings.Contains("+"+hidden, sign) && strings.ContainsFunc(value, unicode.IsSpace) && !strings.ContainsAny(value, "\"“”„«»") {
			args[i] = sign + `cites:"` + value + `"`
		}
	}
	return args
}

// hidden stands for the hyphen of an excluded word while the arguments are
// parsed. No argument of a process can hold it.
const hidden = "\x00"

// excludedWords makes "search mexico -syria" mean what it says: behind search,
// an argument with a single hyphen that is no flag is a word, and so is every
// argument behind --. A misspelt --flag still is an error, and so is a flag
// with one hyphen too few.
func excludedWords(root *kong.Node, args []string) ([]string, error) {
	at := slices.Index(args, "search")
	if command, ok := firstWord(root, args); !ok || command != at {
		return args, nil
	}
	node := root.Children[slices.IndexFunc(root.Children, func(n *kong.Node) bool { return n.Name == "search" })]
	args = slices.Clone(args)
	for i := at + 1; i < len(args); i++ {
		switch arg := args[i]; {
		case arg == "--":
			// kong takes no further word behind it once it has one.
			words := slices.Delete(args, i, i+1)
			for j := range words[i:] {
				words[i+j] = hide(words[i+j])
			}
			return words, nil
		case strings.HasPrefix(arg, "--"):
			if f := findFlag(node, arg); f != nil && takesValue(f, arg) {
				i++
			}
		case len(arg) > 1 && arg[0] == '-' && !shortFlags(node, arg):
			if f := findFlag(node, "-"+arg); f != nil {
				return nil, usage("A flag has two hyphens: write --%s. To exclude the word, write it after --, as in pincite search mexico -- %s.", f.Name, arg)
			}
			args[i] = hide(arg)
		}
	}
	return args, nil
}

func hide(arg string) string {
	if word, ok := strings.CutPrefix(arg, "-"); ok {
		return hidden + word
	}
	return arg
}

// unhide gives excluded words their hyphen back.
func unhide(query string) string { return strings.ReplaceAll(query, hidden, "-") }

// firstWord is the place of the command among the arguments.
func firstWord(root *kong.Node, args []string) (int, bool) {
	for i := 0; i < len(args); i++ {
		if !strings.HasPrefix(args[i], "-") {
			return i, true
		}
		if f := findFlag(root, args[i]); f != nil && takesValue(f, args[i]) {
			i++
		}
	}
	return 0, false
}

// findFlag is the flag that an argument --name or --name=value sets.
func findFlag(node *kong.Node, arg string) *kong.Flag {
	name, _, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
	for _, flags := range node.AllFlags(false) {
		for _, f := range flags {
			if f.Name == name {
				return f
			}
		}
	}
	return nil
}

// takesValue reports whether the value of a flag is the next argument.
func takesValue(f *kong.Flag, arg string) bool {
	return !f.IsBool() && !strings.Contains(arg, "=")
}

// shortFlags reports whether an argument is made of short flags, such as -v.
func shortFlags(node *kong.Node, arg string) bool {
	for _, short := range arg[1:] {
		known := slices.ContainsFunc(node.AllFlags(false), func(flags []*kong.Flag) bool {
			return slices.ContainsFunc(flags, func(f *kong.Flag) bool { return f.Short == short })
		})
		if !known {
			return false
		}
	}
	return true
}
