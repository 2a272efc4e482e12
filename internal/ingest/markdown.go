package ingest

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"pincite/internal/fault"
)

// readMarkdown reads Markdown by the rules of the package's documentation.
func readMarkdown(ctx context.Context, in *input) (*draft, error) {
	fm, err := splitFrontMatter(in.text)
	if open, ok := errors.AsType[unclosed](err); ok {
		return nil, fault.Wrap(fault.Unreadable, err, "%s %s.", in.name, open)
	} else if err != nil {
		return nil, err
	}
	if err := in.guard(fm.body); err != nil {
		return nil, err
	}
	m := &markdown{ctx: ctx, in: in, src: []byte(fm.body), defined: map[string]*definition{}, ordinals: map[int]int{}}
	m.draft = &draft{meta: fm.metadata(in.doubts), headed: map[int]bool{}}
	root, err := m.parse()
	if err != nil {
		return nil, err
	}
	m.forgetEmpty()
	if err := m.body(root); err != nil {
		return nil, err
	}
	if len(m.all) == 0 {
		return m.draft, m.plainNotes()
	}
	return m.draft, m.notes()
}

// markdown is a Markdown text on its way to a draft.
type markdown struct {
	ctx     context.Context
	in      *input
	draft   *draft
	src     []byte
	section string
	title   ast.Node // the heading that is the title, where one is
	// ordinals are the numbers of the paragraphs that are numbered items, and
	// openings the positions where a rule or a heading may open plain notes.
	ordinals map[int]int
	openings []int

	defined map[string]*definition // the footnotes that can be called
	all     []*definition          // in the order of their definition
	called  []*definition          // in the order of their first call
}

// definition is a footnote as it is defined.
type definition struct {
	label  string
	node   ast.Node // an east.Footnote or an inlineNote
	number int      // from 1 in the order of first calls; 0 before that
}

// parse parses the body. Footnotes are recognised by goldmark's extension,
// but numbered and connected here: it drops those that nothing calls and
// searches all of them for each call. It ends within a line or a character of
// markup of the end of the context, whose error it returns then.
func (m *markdown) parse() (root ast.Node, err error) {
	p := parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(&definitions{BlockParser: extension.NewFootnoteBlockParser(), m: m}, 999),
			util.Prioritized(&blockStop{ctx: m.ctx}, 0))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(&callParser{defined: m.defined}, 101),
			util.Prioritized(&noteParser{m: m}, 102),
			util.Prioritized(&inlineStop{ctx: m.ctx}, 0))...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
	defer func() {
		if r := recover(); r != nil {
			stop, ok := r.(parserStop)
			if !ok {
				panic(r)
			}
			root, err = nil, stop.err
		}
	}()
	root = p.Parse(text.NewReader(m.src))
	return root, m.ctx.Err()
}

// definitions notes each footnote as its block is closed, which is before any
// inline text is parsed.
type definitions struct {
	parser.BlockParser
	m *markdown
}

// Close implements parser.BlockParser.
func (p *definitions) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	if note, ok := node.(*east.Footnote); ok {
		d := &definition{label: string(note.Ref), node: note}
		p.m.all = append(p.m.all, d)
		if _, twice := p.m.defined[d.label]; !twice {
			p.m.defined[d.label] = d
		}
	}
	p.BlockParser.Close(node, reader, pc)
}

// kindCall is the kind of callNode.
var kindCall = ast.NewNodeKind("FootnoteCall")

// callNode is "[^label]" where such a footnote is defined.
type callNode struct {
	ast.BaseInline
	label string
}

// Kind implements ast.Node.
func (n *callNode) Kind() ast.NodeKind { return kindCall }

// Dump implements ast.Node.
func (n *callNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Label": n.label}, nil)
}

// callParser parses calls of footnotes that are defined; others stay text.
type callParser struct{ defined map[string]*definition }

// Trigger implements parser.InlineParser. An exclamation mark before a call
// would else be taken for an image.
func (p *callParser) Trigger() []byte { return []byte{'!', '['} }

// Parse implements parser.InlineParser.
func (p *callParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	at := 0
	if line[0] == '!' {
		at = 1
	}
	if len(line) < at+4 || line[at] != '[' || line[at+1] != '^' {
		return nil
	}
	// Labels are as long as link labels at most (CommonMark: 999).
	label := line[at+2 : min(len(line), at+2+999)]
	end := strings.IndexByte(string(label), ']')
	if end < 1 {
		return nil
	}
	name := string(label[:end])
	if p.defined[name] == nil {
		return nil
	}
	if at == 1 {
		parent.AppendChild(parent, ast.NewTextSegment(text.NewSegment(segment.Start, segment.Start+1)))
	}
	block.Advance(at + 2 + end + 1)
	return &callNode{label: name}
}

// forgetEmpty removes the definitions without text: they cannot be passages.
func (m *markdown) forgetEmpty() {
	kept := m.all[:0]
	for _, d := range m.all {
		var f flat
		dry := markdown{src: m.src, defined: map[string]*definition{}}
		dry.footnote(d, &f)
		if s, _ := f.trimmed(); s != "" {
			kept = append(kept, d)
		} else if m.defined[d.label] == d {
			delete(m.defined, d.label)
		}
	}
	m.all = kept
}

// call numbers a footnote when it is first called.
func (m *markdown) call(label string) (*definition, bool) {
	d, ok := m.defined[label]
	if ok && d.number == 0 {
		m.called = append(m.called, d)
		d.number = len(m.called)
	}
	return d, ok
}

// body reads the blocks in reading order into paragraphs.
func (m *markdown) body(root ast.Node) error {
	m.findTitle(root)
	underTitle := false
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok && m.heading(h) {
			underTitle = ast.Node(h) == m.title
			continue
		}
		if underTitle && len(m.draft.paragraphs) == 0 && m.credit(c) {
			continue
		}
		underTitle = false
		if c.Kind() == ast.KindThematicBreak {
			m.openings = append(m.openings, len(m.draft.paragraphs))
		}
		if err := m.block(c); err != nil {
			return err
		}
	}
	return nil
}

// findTitle chooses the heading that is the title: the front matter's title
// over again, else, without one, a first-level heading that is the first
// block or the only one.
func (m *markdown) findTitle(root ast.Node) {
	var only *ast.Heading
	ones, blocks := 0, 0
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.Kind() {
		case east.KindFootnoteList, ast.KindHTMLBlock, ast.KindThematicBreak, ast.KindLinkReferenceDefinition:
			continue
		}
		if blocks++; blocks > 1 && ones > 1 {
			break
		}
		h, ok := c.(*ast.Heading)
		if !ok || h.Level != 1 {
			continue
		}
		if ones++; ones > 1 && only != nil {
			only = nil
			break
		}
		only = h
		if blocks == 1 {
			break
		}
	}
	if only == nil {
		return
	}
	dry := markdown{src: m.src, defined: map[string]*definition{}}
	title, ok := dry.headingText(only)
	if !ok || title == "" || m.draft.meta.title != "" && !strings.EqualFold(m.draft.meta.title, title) {
		return
	}
	m.title = only
}

// heading reads a heading: the title, or the section of what is below. It
// reports false for a heading that is a paragraph with a rule drawn under it.
func (m *markdown) heading(h *ast.Heading) bool {
	s, ok := m.headingText(h)
	if !ok {
		return false
	}
	if ast.Node(h) != m.title {
		m.section = s
		if notesHeading(s) {
			m.openings = append(m.openings, len(m.draft.paragraphs))
		}
		return true
	}
	if m.draft.meta.title == "" {
		m.draft.meta.title = s
	}
	m.section = ""
	return true
}

// headingText is a heading's text on one line, without calls. An underlined
// heading of several lines, or one that is long and ends as a sentence does,
// is none: "---" too close below a paragraph makes one of it unawares.
func (m *markdown) headingText(h *ast.Heading) (string, bool) {
	if h.Lines().Len() > 0 && !m.hashed(h) {
		if h.Lines().Len() > 1 {
			return "", false
		}
		if l := h.Lines().At(0); l.Len() > maxUnderlined && terminal(string(l.Value(m.src))) {
			return "", false
		}
	}
	var f flat
	f.headings = true
	m.inline(h, &f)
	s, _ := f.trimmed()
	for _, number := range f.unprinted {
		m.draft.headed[number-1] = true
	}
	return strings.Join(strings.Fields(s), " "), true
}

// maxUnderlined bounds an underlined heading that ends as a sentence does, in
// bytes.
const maxUnderlined = 80

// hashed reports whether a heading is written with "#".
func (m *markdown) hashed(h *ast.Heading) bool {
	at := h.Lines().At(0).Start
	before := m.src[bytes.LastIndexByte(m.src[:at], '\n')+1 : at]
	return bytes.IndexByte(before, '#') >= 0
}

// credit takes a paragraph below the title that is a byline or a date.
func (m *markdown) credit(n ast.Node) bool {
	if n.Kind() != ast.KindParagraph || n.Lines().Len() > 1 {
		return false
	}
	var f flat
	dry := markdown{src: m.src, defined: map[string]*definition{}}
	dry.inline(n, &f)
	s, _ := f.trimmed()
	return m.draft.meta.takeCredit(s)
}

// block reads one block outside of lists and quotes.
func (m *markdown) block(n ast.Node) error {
	switch n.Kind() {
	case east.KindFootnoteList, ast.KindThematicBreak, ast.KindLinkReferenceDefinition:
		return nil
	case ast.KindList:
		return m.list(n)
	}
	var f flat
	m.part(n, &f)
	return m.paragraph(&f)
}

// list reads each item into a paragraph, and the items of lists within it
// into paragraphs of their own; what stands below such a list is one more.
func (m *markdown) list(n ast.Node) error {
	number, step := 0, 0
	if l, ok := n.(*ast.List); ok && l.IsOrdered() {
		number, step = l.Start, 1
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		at := len(m.draft.paragraphs)
		var f flat
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			if c.Kind() != ast.KindList {
				m.part(c, &f)
				continue
			}
			if err := m.paragraph(&f); err != nil {
				return err
			}
			f = flat{}
			if err := m.list(c); err != nil {
				return err
			}
		}
		if err := m.paragraph(&f); err != nil {
			return err
		}
		if number > 0 && len(m.draft.paragraphs) > at {
			m.ordinals[at] = number
		}
		number += step
	}
	return nil
}

// paragraph appends what was gathered, unless it is empty.
func (m *markdown) paragraph(f *flat) error {
	if err := m.ctx.Err(); err != nil {
		return err
	}
	s, calls := f.trimmed()
	if s == "" {
		return nil
	}
	if len(m.draft.paragraphs) >= m.in.limits.Passages {
		return m.in.tooManyPassages()
	}
	m.draft.paragraphs = append(m.draft.paragraphs, block{section: m.section, text: s, calls: calls})
	m.doubtMarkers(f, s, paragraph(len(m.draft.paragraphs)))
	return nil
}
