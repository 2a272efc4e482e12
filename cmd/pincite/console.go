package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"

	"pincite/internal/fault"
)

// The width of lines on a terminal, in cells.
const (
	maxWidth     = 100 // longer lines are hard to read
	minWidth     = 20
	defaultWidth = 80 // where the terminal does not say
)

// console writes text for people, to a terminal or into a pipe. A terminal
// gets wrapped lines, colour where it is wanted, and no control character of
// anybody's text. A pipe gets every text as it is, byte for byte, on a line of
// its own.
type console struct {
	w        *bufio.Writer
	terminal bool
	colour   bool
	width    int // cells; only on a terminal
}

// newConsole looks at what w is. NO_COLOR and TERM=dumb do without colour,
// COLUMNS sets the width.
func newConsole(w io.Writer, getenv func(string) string) *console {
	c := &console{w: bufio.NewWriter(w), width: defaultWidth}
	f, ok := terminal(w)
	if !ok {
		return c
	}
	c.terminal = true
	c.colour = getenv(envNoColor) == "" && getenv(envTerm) != "dumb"
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		c.width = width
	}
	if width, err := strconv.Atoi(getenv(envColumns)); err == nil && width > 0 {
		c.width = width
	}
	c.width = max(minWidth, min(c.width, maxWidth))
	return c
}

// terminal reports whether a reader or writer is a terminal.
func terminal(stream any) (*os.File, bool) {
	f, ok := stream.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// Write passes bytes through, for parsers and encoders.
func (c *console) Write(p []byte) (int, error) { return c.w.Write(p) }

// flush sends what was written and says whether all of it arrived.
func (c *console) flush() error {
	if err := c.w.Flush(); err != nil {
		return fault.Wrap(fault.Storage, err, "The output could not be written: is the disk full, or the reader gone?")
	}
	return nil
}

// json writes one value on one line.
func (c *console) json(v any) error {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("encode %T: %w", v, err)
	}
	// encoding/json leaves DEL and the C1 controls as they are, which some
	// terminals obey. They occur within strings only.
	for _, r := range b.String() {
		if r != '\n' && unicode.IsControl(r) {
			fmt.Fprintf(c.w, `\u%04x`, r)
			continue
		}
		c.w.WriteRune(r)
	}
	return nil
}

// style is how a stretch of text stands out on a terminal.
type style int

const (
	plain style = iota
	strong
	faint
	italic
	good
	fair
	poor
)

func (s style) ansi() ansi.Style {
	switch s {
	case strong:
		return ansi.NewStyle().Bold()
	case faint:
		return ansi.NewStyle().Faint()
	case italic:
		return ansi.NewStyle().Italic(true)
	case good:
		return ansi.NewStyle().Bold().ForegroundColor(ansi.Green)
	case fair:
		return ansi.NewStyle().Bold().ForegroundColor(ansi.Yellow)
	case poor:
		return ansi.NewStyle().Bold().ForegroundColor(ansi.Red)
	}
	return nil
}

// stretch is text in one style.
type stretch struct {
	text  string
	style style
}

// line writes stretches as one paragraph. On a terminal it is wrapped, and
// each of its lines begins with indent; in a pipe it is one line without.
func (c *console) line(indent string, stretches ...stretch) {
	var b strings.Builder
	for _, s := range stretches {
		switch {
		case !c.terminal:
			b.WriteString(s.text)
		case c.colour:
			b.WriteString(s.style.ansi().Styled(printable(s.text)))
		default:
			b.WriteString(printable(s.text))
		}
	}
	if !c.terminal {
		c.w.WriteString(b.String() + "\n")
		return
	}
	open, room := "", c.width-len(indent)
	// Wrap overruns by the white space before a word that fills a line.
	for l := range strings.SplitSeq(ansi.Hardwrap(ansi.Wrap(b.String(), room, ""), room, true), "\n") {
		l = open + l
		// A style ends with its line, so that pagers and margins are not drawn
		// into it, and begins again on the next.
		if open = lastStyle(l); open != "" {
			l += ansi.ResetStyle
		}
		c.w.WriteString(strings.TrimRight(indent+l, " ") + "\n")
	}
}

// text writes one paragraph in one style.
func (c *console) text(indent string, s style, text string) {
	c.line(indent, stretch{text, s})
}

// raw writes text with its own line ends; a terminal gets it printable.
func (c *console) raw(text string) {
	if c.terminal {
		text = printable(strings.ReplaceAll(text, "\r\n", "\n"))
	}
	c.w.WriteString(text)
}

// gap writes an empty line.
func (c *console) gap() { c.w.WriteByte('\n') }

// lastStyle is the style that is still on at the end of a line.
func lastStyle(l string) string {
	i := strings.LastIndex(l, "\x1b[")
	if i < 0 {
		return ""
	}
	sequence := l[i : i+strings.IndexByte(l[i:], 'm')+1]
	if sequence == ansi.ResetStyle {
		return ""
	}
	return sequence
}

// printable replaces what a terminal would obey: control characters, those of
// escape sequences among them. Line breaks stay; a tab becomes a space.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
