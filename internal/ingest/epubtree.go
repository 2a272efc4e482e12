package ingest

import (
	"bytes"
	"encoding/xml"
	"path"
	"slices"
	"strings"
)

// element is an element of a chapter, or, without a tag, text. There are
// hundreds of thousands in a large book, so that what few have is apart.
type element struct {
	tag    string // of XHTML, in lower case; of other namespaces "x"
	text   string
	says   *attributes // nil where it says nothing
	parent *element
	kids   []*element
	at     int32 // among the parent's kids
	order  int32 // in the order of the book
}

// attributes are what elements say about themselves.
type attributes struct {
	class string
	kind  string  // the epub:type and role
	href  address // of what a link leads to, where that is in the book
}

// readChapter reads a part into a tree. Books are made by many programs, and
// their readers forgive what is not well formed; so does this one.
func (k *book) readChapter(part string) (*element, error) {
	s, err := k.bundle.xml(k.ctx, part, bookPrefixes())
	if err != nil {
		return nil, err
	}
	defer s.close() //nolint:errcheck // reading is what can fail, and was checked
	s.doctypes = true
	s.dec.Strict = false
	s.dec.AutoClose = xml.HTMLAutoClose
	s.dec.Entity = xml.HTMLEntity
	root := &element{says: &attributes{kind: k.guide[partName(part)]}}
	at := root
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case nil:
			return root, nil
		case xml.StartElement:
			at = k.begin(s, t, part, at)
		case xml.EndElement:
			if at.parent != nil {
				at = at.parent
			}
		case xml.CharData:
			if skippedTag(at.tag) || at.between() && len(bytes.TrimSpace(t)) == 0 {
				continue
			}
			if err := s.count(); err != nil {
				return nil, err
			}
			at.append(&element{text: string(t), parent: at})
		}
	}
}

// append adds a child.
func (n *element) append(kid *element) {
	kid.at = int32(len(n.kids)) //nolint:gosec // maxElements is less
	n.kids = append(n.kids, kid)
}

// between reports that what comes next within n stands after a block: white
// space there is no text.
func (n *element) between() bool {
	if len(n.kids) == 0 {
		return blockTag(n.tag)
	}
	last := n.kids[len(n.kids)-1]
	return last.tag != "" && blockTag(last.tag)
}

// begin adds an element to the tree.
func (k *book) begin(s *stream, e xml.StartElement, part string, at *element) *element {
	n := &element{parent: at, tag: "x", order: int32(s.bundle.elements)} //nolint:gosec // maxElements is less
	switch s.prefixes[e.Name.Space] {
	case "h":
		n.tag = strings.ToLower(e.Name.Local)
	case "svg":
		n.tag = "svg"
	default:
		if e.Name.Space == "" {
			n.tag = strings.ToLower(e.Name.Local)
		}
	}
	own := k.number(part)
	var says attributes
	for _, a := range e.Attr {
		switch s.name(a.Name) {
		case "id", "name":
			if at := (address{own, a.Value}); a.Value != "" && k.nodes[at] == nil {
				k.nodes[at] = n
			}
		case "class":
			says.class = strings.ToLower(a.Value)
		case "epub:type", "role":
			says.kind += " " + strings.ToLower(a.Value)
		case "href":
			file, fragment, ok := strings.Cut(a.Value, "#")
			switch {
			case !ok || fragment == "" || strings.Contains(file, ":"):
			case file == "":
				says.href = address{own, unescapePath(fragment)}
			default:
				if to := path.Join(path.Dir(part), unescapePath(file)); k.bundle.has(to) {
					says.href = address{k.number(to), unescapePath(fragment)}
				}
			}
		}
	}
	if says != (attributes{}) {
		n.says = &says
	}
	at.append(n)
	return n
}

// href is where a link leads to within the book; zero for others.
func (n *element) href() address {
	if n.says == nil {
		return address{}
	}
	return n.says.href
}

// is reports whether an element has one of some types or roles.
func (n *element) is(kinds ...string) bool {
	if n.says == nil {
		return false
	}
	for kind := range strings.FieldsSeq(n.says.kind) {
		if slices.Contains(kinds, kind) {
			return true
		}
	}
	return false
}

// named reports whether an element has a class.
func (n *element) named(classes ...string) bool {
	if n.says == nil {
		return false
	}
	for class := range strings.FieldsSeq(n.says.class) {
		if slices.Contains(classes, class) {
			return true
		}
	}
	return false
}

// skippedTag reports the elements whose text is not shown.
func skippedTag(tag string) bool {
	switch tag {
	case "svg", "head", "script", "style", "title", "template", "noscript", "audio", "video", "object", "iframe", "annotation", "rt", "rp", "button", "select", "textarea":
		return true
	}
	return false
}

// blockTag reports the elements that begin a line of their own.
func blockTag(tag string) bool {
	switch tag {
	case "", "html", "body", "p", "div", "section", "article", "aside", "main", "header", "footer", "nav", "blockquote", "pre", "figure", "figcaption",
		"ul", "ol", "dl", "li", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "hr", "address", "center",
		"h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "details", "summary", "form", "fieldset":
		return true
	}
	return false
}

// block is the nearest element around n, or n itself, that begins a line.
func (n *element) block() *element {
	for n.parent != nil && !blockTag(n.tag) {
		n = n.parent
	}
	return n
}

// holdsBlocks reports whether there are blocks within an element.
func (n *element) holdsBlocks() bool {
	for _, k := range n.kids {
		if k.tag != "" && (blockTag(k.tag) || k.holdsBlocks()) {
			return true
		}
	}
	return false
}

// shown is the text within an element on one line, up to limit bytes.
func (n *element) shown(limit int) string {
	var b strings.Builder
	var walk func(n *element)
	walk = func(n *element) {
		for _, k := range n.kids {
			if b.Len() >= limit {
				return
			}
			if k.tag == "" {
				b.WriteString(k.text[:min(len(k.text), limit)])
			} else {
				walk(k)
			}
		}
	}
	walk(n)
	return oneLine(b.String())
}
