package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// consoles writes to memory as to a pipe, or as to a terminal of a width.
func testConsole(terminal, colour bool, width int) (*console, *bytes.Buffer) {
	var b bytes.Buffer
	c := newConsole(&b, func(string) string { return "" })
	c.terminal, c.colour, c.width = terminal, colour, width
	return c, &b
}

func written(t testing.TB, c *console, b *bytes.Buffer) string {
	t.Helper()
	if err := c.flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sgr are the only escape sequences that a terminal is sent.
var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

// FuzzLine: a pipe gets the stretches byte for byte; a terminal gets lines
// that fit, no control character but the console's own, and the same words.
func FuzzLine(f *testing.F) {
	f.Add("It is, in short, ", "a lighthouse", ".", 40)
	f.Add("\x1b[31mred\x07", "a\tb\r\nc\u009b1m", "\x7f", 20)
	f.Add("東京の灯台は夜に灯る。", "長い一文", strings.Repeat("x", 300), 30)
	f.Add("e\u0301\u0301 👩‍👩‍👧‍👦", " ", "\n\n", 25)
	f.Fuzz(func(t *testing.T, before, evidence, after string, width int) {
		stretches := []stretch{{before, plain}, {evidence, strong}, {after, faint}}
		c, b := testConsole(false, false, defaultWidth)
		c.line(margin, stretches...)
		if got := written(t, c, b); got != before+evidence+after+"\n" {
			t.Errorf("into a pipe: %q", got)
		}
		width = max(minWidth, min(width, maxWidth))
		c, b = testConsole(true, true, width)
		c.line(margin, stretches...)
		got := written(t, c, b)
		for l := range strings.SplitSeq(got, "\n") {
			if n := ansi.StringWidth(l); n > width {
				t.Errorf("%d cells of %d: %q", n, width, l)
			}
			if open := strings.LastIndex(l, "\x1b["); open >= 0 && !strings.HasPrefix(l[open:], ansi.ResetStyle) {
				t.Errorf("a style is left on: %q", l)
			}
		}
		bare := sgr.ReplaceAllString(got, "")
		if i := strings.IndexFunc(bare, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
			t.Errorf("a control character: %q", bare[i:])
		}
		if got, want := letters(bare), letters(printable(before)+printable(evidence)+printable(after)); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		c, b = testConsole(true, false, width)
		c.line(margin, stretches...)
		if got := written(t, c, b); strings.Contains(got, "\x1b") {
			t.Errorf("an escape sequence without colour: %q", got)
		}
	})
}

// letters is a text without what wrapping may move.
func letters(s string) string { return strings.Join(strings.Fields(s), "") }

// FuzzJSON: what is printed is the value, on one line, and nothing in it is
// obeyed by a terminal.
func FuzzJSON(f *testing.F) {
	f.Add("plain")
	f.Add("\x1b[31m\u009b\x7f<&>\u2028\"\\")
	f.Fuzz(func(t *testing.T, text string) {
		c, b := testConsole(true, true, defaultWidth)
		if err := c.json([]string{text}); err != nil {
			t.Fatal(err)
		}
		got := written(t, c, b)
		line, rest, _ := strings.Cut(got, "\n")
		if rest != "" || strings.ContainsFunc(line, unicode.IsControl) {
			t.Errorf("printed %q", got)
		}
		var back []string
		if err := json.Unmarshal([]byte(got), &back); err != nil {
			t.Fatal(err)
		}
		if want := strings.ToValidUTF8(text, "\ufffd"); len(back) != 1 || withoutReplacement(back[0]) != withoutReplacement(want) {
			t.Errorf("read back %q, want %q", back, want)
		}
	})
}

// withoutReplacement is a text without what stands for damaged bytes, of which
// encoders write one each or one together.
func withoutReplacement(s string) string { return strings.ReplaceAll(s, "\ufffd", "") }

func TestOutputThatFails(t *testing.T) {
	c := newConsole(fullDisk{}, func(string) string { return "" })
	c.text("", plain, "a line")
	if err := c.flush(); err == nil {
		t.Error("no error where nothing was written")
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errReported }
