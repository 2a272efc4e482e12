package ingest

import (
	"bytes"
	"context"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pincite/internal/fault"
)

// Bounds of the markup of one page. The parser's memory does not follow from
// the size of what it reads: tags that format are opened again in each block
// below where they were left open, so that a page of 87 KB became 1.5 GB of
// elements (golang.org/x/net v0.62.0). The filter leaves those tags out, and
// then each start tag gives an element or a few.
const (
	// maxTags bounds the start tags that reach the parser. An element
	// costs about 200 bytes there, and again as much in the tree made of it.
	maxTags = 250_000
	// maxAttribute bounds an attribute's value, in bytes: ids, classes and
	// addresses are shorter, and what is not is of no use here.
	maxAttribute = 1 << 10
	// maxJSONLD bounds the structured data that is looked at, in bytes.
	maxJSONLD = 256 << 10
)

// filtered is a page's markup with all left out that says nothing about its
// text, and what was taken from what was left out.
type filtered struct {
	markup []byte
	jsonLD [][]byte
}

// filter rewrites a page: scripts, styles, comments, images, formatting and
// attributes without use here are left out.
func (in *input) filter(ctx context.Context) (*filtered, error) {
	f := &filtered{markup: make([]byte, 0, len(in.text))}
	f.markup = append(f.markup, "<!doctype html>"...)
	z := html.NewTokenizer(strings.NewReader(in.text))
	var (
		spans    []bool // of the open spans, whether they are kept
		raw      atom.Atom
		jsonLD   bool
		elements int
	)
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		switch z.Next() {
		case html.ErrorToken:
			// A reader of a string ends with io.EOF and nothing else.
			return f, nil
		case html.TextToken:
			f.text(z, raw, jsonLD)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			t := tagOf(name)
			raw, jsonLD = 0, false
			if rawText[t] {
				raw = t
				jsonLD = t == atom.Script && isJSONLD(z, more)
			}
			if dropsTag(t, name) {
				continue
			}
			if elements++; elements > maxTags {
				return nil, fault.New(fault.TooLarge, "%s holds more than %d elements: give its text alone, or split it into parts.", in.name, maxTags)
			}
			spans = f.start(t, name, z, more, spans)
		case html.EndTagToken:
			name, _ := z.TagName()
			t := tagOf(name)
			raw = 0
			if !dropsTag(t, name) {
				spans = f.end(t, name, spans)
			}
		}
	}
}

// tagOf is the tag's atom; 0 for tags that HTML does not know.
func tagOf(name []byte) atom.Atom { return atom.Lookup(name) }

// rawText are the elements whose content the tokenizer takes as it stands.
var rawText = map[atom.Atom]bool{
	atom.Iframe: true, atom.Noembed: true, atom.Noframes: true, atom.Noscript: true, atom.Plaintext: true,
	atom.Script: true, atom.Style: true, atom.Textarea: true, atom.Title: true, atom.Xmp: true,
}

// droppedTags are left out: those with raw text and their content, others
// alone. Bold print is kept, as it may be all that tells a heading.
var droppedTags = map[atom.Atom]bool{
	atom.Iframe: true, atom.Noembed: true, atom.Noframes: true, atom.Noscript: true, atom.Plaintext: true,
	atom.Script: true, atom.Style: true, atom.Textarea: true, atom.Xmp: true, atom.Frameset: true, atom.Frame: true,
	atom.Em: true, atom.I: true, atom.U: true, atom.Font: true, atom.Big: true, atom.Small: true, atom.S: true,
	atom.Strike: true, atom.Tt: true, atom.Code: true, atom.Nobr: true, atom.Abbr: true, atom.Acronym: true,
	atom.Cite: true, atom.Dfn: true, atom.Kbd: true, atom.Mark: true, atom.Samp: true, atom.Var: true, atom.Wbr: true,
	atom.Ins: true, atom.Bdi: true, atom.Bdo: true, atom.Img: true, atom.Source: true, atom.Embed: true,
	atom.Param: true, atom.Track: true, atom.Area: true, atom.Input: true, atom.Keygen: true, atom.Picture: true,
}

// dropsTag reports the tags that are left out; Word's own ("o:p") are among
// them.
func dropsTag(t atom.Atom, name []byte) bool {
	return droppedTags[t] || t == 0 && bytes.IndexByte(name, ':') >= 0
}

// text writes text, or keeps it where it is structured data.
func (f *filtered) text(z *html.Tokenizer, raw atom.Atom, jsonLD bool) {
	if jsonLD {
		if data := z.Raw(); len(data) <= maxJSONLD && len(f.jsonLD) < 16 {
			f.jsonLD = append(f.jsonLD, bytes.Clone(data))
		}
		return
	}
	if raw != 0 && raw != atom.Title {
		return
	}
	// What was left out between two texts must not join them to a tag or a
	// character reference.
	if s := z.Raw(); bytes.IndexByte(s, '<') < 0 && bytes.IndexByte(s, '&') < 0 {
		f.markup = append(f.markup, s...)
		return
	}
	f.escape(z.Text())
}

// escape writes text as markup.
func (f *filtered) escape(s []byte) {
	for _, c := range s {
		switch c {
		case '<':
			f.markup = append(f.markup, "&lt;"...)
		case '&':
			f.markup = append(f.markup, "&amp;"...)
		case '"':
			f.markup = append(f.markup, "&#34;"...)
		default:
			f.markup = append(f.markup, c)
		}
	}
}

// start writes a start tag with the attributes that are of use.
func (f *filtered) start(t atom.Atom, name []byte, z *html.Tokenizer, more bool, spans []bool) []bool {
	begin := len(f.markup)
	f.markup = append(f.markup, '<')
	bold := t == atom.B || t == atom.Strong
	switch {
	case bold:
		f.markup = append(f.markup, "span "+boldAttr...)
	case t == atom.Q:
		f.markup = append(f.markup[:begin], "“"...)
		return spans
	default:
		f.markup = append(f.markup, name...)
	}
	bare := len(f.markup)
	seen := map[string]bool{}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if k, v, ok := attributeOf(string(key), value); ok && !seen[k] {
			seen[k] = true
			f.markup = append(append(append(f.markup, ' '), k...), `="`...)
			f.escape(v)
			f.markup = append(f.markup, '"')
		}
	}
	if t == atom.Span || bold {
		// Spans without attributes, which Word writes by the thousand, are
		// left out.
		kept := bold || len(f.markup) > bare
		spans = append(spans, kept)
		if !kept {
			f.markup = f.markup[:begin]
			return spans
		}
	}
	f.markup = append(f.markup, '>')
	return spans
}

// end writes an end tag.
func (f *filtered) end(t atom.Atom, name []byte, spans []bool) []bool {
	switch t {
	case atom.Q:
		f.markup = append(f.markup, "”"...)
		return spans
	case atom.Span, atom.B, atom.Strong:
		if len(spans) == 0 {
			return spans
		}
		kept := spans[len(spans)-1]
		spans = spans[:len(spans)-1]
		if !kept {
			return spans
		}
		name = []byte("span")
	}
	f.markup = append(append(append(f.markup, "</"...), name...), '>')
	return spans
}

// Attributes of the filter's own.
const (
	boldAttr   = "data-bold"
	hiddenAttr = "hidden"
	// noteAttr marks what the page says is a footnote or calls one, by
	// another way than its class or role.
	noteAttr = "data-note"
)

// keptAttributes are those that tell what an element is.
var keptAttributes = map[string]bool{
	"id": true, "class": true, "href": true, "name": true, "role": true, "lang": true, "xml:lang": true, "rel": true,
	"property": true, "content": true, "itemprop": true, "itemtype": true, "datetime": true, "http-equiv": true,
	"start": true, "value": true, "type": true, "summary": true, "aria-label": true, "pubdate": true,
	"data-footnote-ref": true, "data-footnote-backref": true,
}

// attributeOf keeps an attribute, alters it to one of the filter's own, or
// leaves it out.
func attributeOf(key string, value []byte) (string, []byte, bool) {
	switch key {
	case "style":
		style := strings.ReplaceAll(strings.ToLower(string(value[:min(len(value), maxAttribute)])), " ", "")
		switch {
		case strings.Contains(style, "display:none"), strings.Contains(style, "visibility:hidden"):
			return hiddenAttr, nil, true
		case strings.Contains(style, "mso-element:footnote"), strings.Contains(style, "mso-element:endnote"):
			if !strings.Contains(style, "note-list") {
				return noteAttr, []byte("note"), true
			}
		case strings.Contains(style, "mso-footnote-id"), strings.Contains(style, "mso-endnote-id"):
			return noteAttr, []byte("call"), true
		}
		return "", nil, false
	case "hidden":
		return hiddenAttr, nil, true
	case "aria-hidden":
		return hiddenAttr, nil, string(value) == "true"
	case "epub:type":
		switch string(value) {
		case "noteref":
			return noteAttr, []byte("call"), true
		case "footnote", "endnote", "rearnote", "note":
			return noteAttr, []byte("note"), true
		}
		return "", nil, false
	}
	return key, value, keptAttributes[key] && len(value) <= maxAttribute
}

// isJSONLD reports whether a script holds structured data.
func isJSONLD(z *html.Tokenizer, more bool) bool {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if string(key) == "type" {
			return strings.EqualFold(strings.TrimSpace(string(value)), "application/ld+json")
		}
	}
	return false
}
