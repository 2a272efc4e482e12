package ingest

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// role says what a block is in a document whose blocks have styles.
type role int

const (
	roleBody     role = iota // a paragraph
	roleHeading              // the section of what is below
	roleTitle                // the document's title
	roleSubtitle             // what goes on with it
	roleAuthor               // an author's name
	roleDate                 // the date of publication
	roleQuote                // a block quote; neighbours are one
	roleItem                 // a list item
	roleMore                 // goes on with the list item above
	roleSkip                 // furniture: a table of contents
)

// piece is a block as a format's reader found it: its notes have no numbers
// yet, for they are numbered in reading order, which only the whole shows.
type piece struct {
	role    role
	level   int // of a heading, from 1
	ordinal int // of an item in a numbered list, from 1; else 0
	// strong blocks stand out as headings do: all of their text is bold.
	strong   bool
	centred  bool
	text     string
	refs     []ref
	language string // of most of its text, where it has one of its own
}

// ref is a call of a note at text[at:at], where nothing is printed yet.
type ref struct {
	at   int
	note string // the note's key
	mark string // what the source prints, where it does not number the note
}

// gather is the text of one block as it comes, in pieces, from elements.
// White space is folded as word processors and browsers show it: any run of
// it is one space, at the beginning and end there is none. Invisible
// characters are left out, as in all formats.
type gather struct {
	buf  []byte
	refs []ref
}

// write appends text.
func (g *gather) write(text []byte) {
	for i := 0; i < len(text); {
		c := text[i]
		if c > ' ' && c < 0x7f {
			g.buf = append(g.buf, c)
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case c == ' ' || unicode.IsSpace(r):
			g.space()
		case r < ' ' || r >= 0x7f && r < 0xa0:
		case dropped(r):
			// Arabic, Indic and other letters, and emoji, need their joiners.
			if last, _ := utf8.DecodeLastRune(g.buf); joins(r) && last >= '\u0590' && !dropped(last) && last != utf8.RuneError {
				g.buf = append(g.buf, text[i:i+n]...)
			}
		default:
			g.buf = utf8.AppendRune(g.buf, r)
		}
		i += n
	}
}

// space appends a space, unless one or the beginning of a line is there. A
// call will be printed, so that the text after it begins anew.
func (g *gather) space() {
	n := len(g.buf)
	called := len(g.refs) > 0 && g.refs[len(g.refs)-1].at == n
	if called || n > 0 && g.buf[n-1] != ' ' && g.buf[n-1] != '\n' {
		g.buf = append(g.buf, ' ')
	}
}

// trim cuts white space off the end, down to the last call.
func (g *gather) trim() {
	n := len(bytes.TrimRight(g.buf, " \n"))
	if len(g.refs) > 0 {
		n = max(n, g.refs[len(g.refs)-1].at)
	}
	g.buf = g.buf[:n]
}

// line begins another paragraph of the same block.
func (g *gather) line() {
	if g.trim(); len(g.buf) > 0 || len(g.refs) > 0 {
		g.buf = append(g.buf, '\n')
	}
}

// ref appends a call.
func (g *gather) ref(note, mark string) {
	g.refs = append(g.refs, ref{at: len(g.buf), note: note, mark: mark})
}

// add appends a piece as another paragraph of the same block.
func (g *gather) add(p *piece) {
	g.line()
	start := len(g.buf)
	g.buf = append(g.buf, p.text...)
	for _, r := range p.refs {
		r.at += start
		g.refs = append(g.refs, r)
	}
}

// piece is what was gathered, as a block.
func (g *gather) piece(r role) piece {
	g.trim()
	return piece{role: r, text: string(g.buf), refs: g.refs}
}

// empty reports a block that neither prints nor calls anything.
func (p *piece) empty() bool { return p.text == "" && len(p.refs) == 0 }

// merge joins pieces by line breaks into one that looks like the first.
func merge(pieces []piece) piece {
	switch len(pieces) {
	case 0:
		return piece{}
	case 1:
		return pieces[0]
	}
	var g gather
	for i := range pieces {
		g.add(&pieces[i])
	}
	p := g.piece(pieces[0].role)
	p.level, p.ordinal, p.language = pieces[0].level, pieces[0].ordinal, pieces[0].language
	return p
}
