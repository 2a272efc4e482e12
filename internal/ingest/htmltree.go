package ingest

import (
	"bytes"
	"context"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pincite/internal/fault"
)

// htmlTree is a page's elements and texts in reading order. Positions in it order
// them: what is within nodes[i] is nodes[i+1:nodes[i].end].
type htmlTree struct {
	nodes []htmlNode
}

// htmlNode is an element or a text.
type htmlNode struct {
	tag    atom.Atom // 0 for texts and for elements that HTML does not know
	isText bool
	block  bool   // an element that parts paragraphs, or has one in it
	gone   bool   // furniture: not part of the text
	text   string // of a text
	attr   []html.Attribute
	parent int32 // -1 for the root
	end    int32
	size   int32 // characters of text within that are no white space
	linked int32 // those of them within links
	note   int32 // 1 + the number of the footnote that this is part of
	call   int32 // 1 + the number of the footnote that this calls
}

// unread are the elements whose content is not text of the page.
var unread = map[atom.Atom]bool{
	atom.Svg: true, atom.Template: true, atom.Object: true, atom.Canvas: true, atom.Audio: true, atom.Video: true,
	atom.Map: true, atom.Select: true, atom.Datalist: true, atom.Button: true, atom.Applet: true, atom.Del: true,
	atom.Rp: true, atom.Rt: true, atom.Annotation: true, atom.AnnotationXml: true, atom.Progress: true, atom.Meter: true,
}

// blockTags are the elements that part paragraphs.
var blockTags = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Dir: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true, atom.H1: true,
	atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hgroup: true,
	atom.Hr: true, atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true,
	atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true,
	atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true, atom.Caption: true, atom.Legend: true,
}

// cancellable is a reader that ends when its context does, so that a parser
// that reads from it does.
type cancellable struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// parseTree parses filtered markup.
func (in *input) parseTree(ctx context.Context, markup []byte) (*htmlTree, error) {
	root, err := html.Parse(cancellable{ctx, bytes.NewReader(markup)})
	if ctxErr := ctx.Err(); ctxErr != nil {
		return nil, ctxErr
	}
	if err != nil {
		// The parser's own bound, 512 elements within each other, is the only
		// other error.
		return nil, fault.Wrap(fault.TooLarge, err, "%s nests its elements too deep to be read: give its text alone.", in.name)
	}
	t := &htmlTree{nodes: make([]htmlNode, 0, len(markup)/40+16)}
	t.add(root, -1)
	t.measure()
	return t, nil
}

// add appends n and what is within it.
func (t *htmlTree) add(n *html.Node, parent int32) {
	at := int32(len(t.nodes))
	switch n.Type {
	case html.TextNode:
		t.nodes = append(t.nodes, htmlNode{isText: true, text: n.Data, parent: parent, end: at + 1})
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	if unread[n.DataAtom] || n.Namespace == "svg" {
		return
	}
	t.nodes = append(t.nodes, htmlNode{tag: n.DataAtom, attr: n.Attr, parent: parent, block: blockTags[n.DataAtom]})
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.add(c, at)
	}
	t.nodes[at].end = int32(len(t.nodes))
}

// measure counts the text within each element, and finds those that have
// blocks within.
func (t *htmlTree) measure() {
	for i := len(t.nodes) - 1; i > 0; i-- {
		n := &t.nodes[i]
		if n.isText {
			n.size = visible(n.text)
		}
		if n.tag == atom.A && hasHTMLAttr(n, "href") {
			n.linked = n.size
		}
		p := &t.nodes[n.parent]
		p.size += n.size
		p.linked += n.linked
		p.block = p.block || n.block
	}
}

// visible counts the characters of s that are no white space, as bytes that
// begin one.
func visible(s string) int32 {
	n := int32(0)
	for i := range len(s) {
		if c := s[i]; c > ' ' && c&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// is reports whether nodes[i] is one of these elements.
func (t *htmlTree) is(i int32, tags ...atom.Atom) bool {
	if i < 0 || t.nodes[i].tag == 0 {
		return false
	}
	for _, tag := range tags {
		if t.nodes[i].tag == tag {
			return true
		}
	}
	return false
}

// holds reports whether j is i or within it.
func (t *htmlTree) holds(i, j int32) bool { return i <= j && j < t.nodes[i].end }

// within finds the nearest of these elements around i, or i itself; -1 where
// there is none.
func (t *htmlTree) within(i int32, tags ...atom.Atom) int32 {
	for i >= 0 && !t.is(i, tags...) {
		i = t.nodes[i].parent
	}
	return i
}

// first finds the first of these elements within i; -1 where there is none.
func (t *htmlTree) first(i int32, tags ...atom.Atom) int32 {
	for j := i + 1; j < t.nodes[i].end; j++ {
		if t.is(j, tags...) {
			return j
		}
	}
	return -1
}

// blockAround is the nearest block around i, or i itself.
func (t *htmlTree) blockAround(i int32) int32 {
	for t.nodes[i].parent >= 0 && !blockTags[t.nodes[i].tag] {
		i = t.nodes[i].parent
	}
	return i
}

// next is the sibling after i that is not white space; -1 where there is none.
func (t *htmlTree) next(i int32) int32 {
	p := t.nodes[i].parent
	if p < 0 {
		return -1
	}
	for c := t.nodes[i].end; c < t.nodes[p].end; c = t.nodes[c].end {
		if !t.nodes[c].isText || t.nodes[c].size > 0 {
			return c
		}
	}
	return -1
}

// plainText is the text from position i up to end on one line, furniture
// included, of at most limit bytes.
func (t *htmlTree) plainText(i, end int32, limit int) string {
	var b strings.Builder
	for ; i < end && b.Len() <= limit; i++ {
		n := &t.nodes[i]
		if n.isText {
			b.WriteString(n.text[:min(len(n.text), limit+1)])
		} else if n.block || n.tag == atom.Br {
			b.WriteByte(' ')
		}
	}
	s := b.String()
	return oneLine(s[:min(len(s), limit)])
}

// htmlAttr is an attribute's value.
func htmlAttr(n *htmlNode, key string) string {
	for i := range n.attr {
		if n.attr[i].Key == key {
			return n.attr[i].Val
		}
	}
	return ""
}

func hasHTMLAttr(n *htmlNode, key string) bool {
	for i := range n.attr {
		if n.attr[i].Key == key {
			return true
		}
	}
	return false
}

// isHeading reports h1 to h6.
func isHeading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}
