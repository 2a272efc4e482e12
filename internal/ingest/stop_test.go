package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// counted is a context that ends at its n-th look, and notes the longest time
// between two looks.
type counted struct {
	context.Context
	end     int // 0: never
	looks   int
	after   int // looks after the end
	last    time.Time
	longest time.Duration
}

// Err implements context.Context.
func (c *counted) Err() error {
	now := time.Now()
	if c.looks > 0 {
		c.longest = max(c.longest, now.Sub(c.last))
	}
	c.looks++
	c.last = now
	if c.end == 0 || c.looks < c.end {
		return nil
	}
	if c.looks > c.end {
		c.after++
	}
	return context.Canceled
}

// slow are documents that are long in reading for their size, within what the
// readers' bounds let pass.
func slow() map[string]string {
	fill := func(s string, size int) string { return strings.Repeat(s, size/len(s)) }
	nested, stairs := "", ""
	for depth := range 40 {
		stairs += strings.Repeat("  ", depth) + "- item\n"
	}
	for len(nested) < 1_000_000 {
		nested += stairs
	}
	const prose = "The ferry was late that day, and nobody on the pier could say why it was. "
	return map[string]string{
		"nested.md":   nested,
		"brackets.md": fill("a [b *c _d `e <f ![g\n\n", 1_000_000),
		"emphasis.md": strings.Repeat(strings.Repeat("*a _b ", 500)+"\n\n", 200),
		"table.md":    "|" + strings.Repeat("a|", 20_000) + "\n|" + strings.Repeat("-|", 20_000) + "\n",
		"prose.md":    fill(prose+"\n\n", 4_000_000),
		"prose.txt":   fill(prose+"[1]\n\n", 6_000_000) + "____\n\n[1] Note.\n",
		"deep.html":   "<!DOCTYPE html>" + strings.Repeat("<div>", 400) + fill("<p>"+prose+"</p>", 1_000_000),
		"wide.html":   "<!DOCTYPE html><table><tr>" + fill("<td>"+prose, 3_000_000),
		"breaks.html": "<!DOCTYPE html><div>" + fill(prose+"<br><br>", 2_000_000),
	}
}

// TestReadersStopWithinBoundedWork ends the context of each reader at several
// points of its work, by the count of its looks at it and without a clock. It
// returns the context's error after few more looks, and in between two looks
// there are less than 200 KB of the source on average. The longest times are printed.
func TestReadersStopWithinBoundedWork(t *testing.T) {
	for name, text := range slow() {
		t.Run(name, func(t *testing.T) {
			read := func(end int) (*counted, error) {
				c := &counted{Context: t.Context(), end: end}
				in := &input{name: name, source: Source{Name: name, Bytes: []byte(text)}, limits: DefaultLimits(), doubts: &doubts{}}
				_, err := in.read(c)
				return c, err
			}
			whole, err := read(0)
			t.Logf("%-12s %5d KB, %7d looks at the context, longest between two %v (%v)", name, len(text)/1000, whole.looks, whole.longest.Round(time.Millisecond), err)
			if whole.looks < len(text)/200_000 {
				t.Fatalf("the context was looked at %d times", whole.looks)
			}
			for _, tenth := range []int{1, 3, 5, 7, 9} {
				c, err := read(max(1, whole.looks*tenth/10))
				if !errors.Is(err, context.Canceled) || c.after > 8 {
					t.Errorf("ended after %d tenths: %s, with %d more looks", tenth, fmt.Sprint(err), c.after)
				}
			}
		})
	}
}
