package ingest

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// maxInlineNote bounds the text of a note that stands in its paragraph, in
// bytes, so that many "^[" that nothing closes cost no more than one another.
const maxInlineNote = 4096

// noteParser parses notes that are written where they are called, pandoc's
// "^[See the treaty.]". The opening mark is kept as a node of its own until
// its bracket closes, so that links and emphasis within are parsed as anywhere.
type noteParser struct {
	m *markdown
	// ends are the positions in the source of the brackets that close the notes
	// which are open, innermost last.
	ends []openNote
}

// openNote is a note whose closing bracket is still to come.
type openNote struct {
	mark ast.Node
	end  int // the position in the source of its "]"
}

// Trigger implements parser.InlineParser.
func (p *noteParser) Trigger() []byte { return []byte{'^', ']'} }

// Parse implements parser.InlineParser.
func (p *noteParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if line[0] == ']' {
		return p.close(parent, block, segment.Start, pc)
	}
	if len(line) < 3 || line[1] != '[' || line[2] == ']' {
		return nil
	}
	end, ok := closing(block)
	if !ok {
		return nil
	}
	mark := &noteMark{}
	p.ends = append(p.ends, openNote{mark, end})
	block.Advance(2)
	return mark
}

// closing finds the bracket that closes the note which begins at the reader,
// and leaves the reader where it was. Brackets within it are paired, and
// those behind a backslash or in code are text.
func closing(block text.Reader) (int, bool) {
	number, at := block.Position()
	defer block.SetPosition(number, at)
	depth, tick, read := 0, 0, 0
	for line, segment := block.PeekLine(); line != nil; line, segment = block.PeekLine() {
		for i := 0; i < len(line); i++ {
			if read++; read > maxInlineNote {
				return 0, false
			}
			switch c := line[i]; {
			case c == '`':
				run := 1
				for i+1 < len(line) && line[i+1] == '`' {
					i, run = i+1, run+1
				}
				if tick == 0 {
					tick = run
				} else if tick == run {
					tick = 0
				}
			case tick > 0:
			case c == '\\':
				i++
			case c == '[':
				depth++
			case c == ']':
				if depth--; depth == 0 {
					return segment.Start + i, true
				}
			}
		}
		block.AdvanceLine()
	}
	return 0, false
}

// close makes a note of what stands between its mark and the bracket at a
// position, where that is the bracket of a note.
func (p *noteParser) close(parent ast.Node, block text.Reader, at int, pc parser.Context) ast.Node {
	for len(p.ends) > 0 && p.ends[len(p.ends)-1].end < at {
		p.ends = p.ends[:len(p.ends)-1] // its bracket went into something else
	}
	if len(p.ends) == 0 || p.ends[len(p.ends)-1].end != at {
		return nil
	}
	open := p.ends[len(p.ends)-1]
	p.ends = p.ends[:len(p.ends)-1]
	if open.mark.Parent() != parent {
		return nil
	}
	// goldmark takes all delimiters for its own where none stands behind the mark.
	if d := pc.LastDelimiter(); d != nil && standsBehind(open.mark, d) {
		parser.ProcessDelimiters(open.mark, pc)
	}
	note := &inlineNote{}
	for c := open.mark.NextSibling(); c != nil; {
		next := c.NextSibling()
		note.AppendChild(note, c)
		c = next
	}
	parent.RemoveChild(parent, open.mark)
	block.Advance(1)
	// No label of the source has a line break in it.
	d := &definition{label: "\n" + strconv.Itoa(len(p.m.all)), node: note}
	p.m.all = append(p.m.all, d)
	p.m.defined[d.label] = d
	return &callNode{label: d.label}
}

// standsBehind reports whether a node stands behind the mark, among its siblings.
func standsBehind(mark, node ast.Node) bool {
	for c := mark.NextSibling(); c != nil; c = c.NextSibling() {
		if c == node {
			return true
		}
	}
	return false
}

// kindNoteMark is the kind of noteMark.
var kindNoteMark = ast.NewNodeKind("InlineNoteMark")

// noteMark is "^[" where a note may begin; where none came of it, it is text.
// It is no ast.Text, since goldmark would join the note's first words to it.
type noteMark struct{ ast.BaseInline }

// Kind implements ast.Node.
func (n *noteMark) Kind() ast.NodeKind { return kindNoteMark }

// Dump implements ast.Node.
func (n *noteMark) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// kindInlineNote is the kind of inlineNote.
var kindInlineNote = ast.NewNodeKind("InlineNote")

// inlineNote holds the text of a note that stands in its paragraph.
type inlineNote struct{ ast.BaseInline }

// Kind implements ast.Node.
func (n *inlineNote) Kind() ast.NodeKind { return kindInlineNote }

// Dump implements ast.Node.
func (n *inlineNote) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
