package ingest

import (
	"bytes"
	"regexp"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// charsetMark matches where a page declares its charset: in a meta element,
// in the older form of one, or in an XML declaration.
var charsetMark = regexp.MustCompile(`(?i)<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{1,40})|^<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([a-z0-9_:.-]{1,40})`)

// declaredCharset is the encoding that the source declares, nil where it
// declares none that is known: by its media type, or as a page in its head.
func (in *input) declaredCharset() encoding.Encoding {
	if enc := charset(in.source.MediaType); enc != nil {
		return enc
	}
	// Browsers look at 1,024 bytes; pages whose scripts come first have theirs
	// further down.
	head := bytes.TrimSpace(in.source.Bytes[:min(len(in.source.Bytes), 8<<10)])
	if len(head) == 0 || head[0] != '<' {
		return nil
	}
	m := charsetMark.FindSubmatch(head)
	if m == nil {
		return nil
	}
	enc, err := htmlindex.Get(string(append(m[1], m[2]...)))
	// What could be read as a mark is no encoding of two bytes a character.
	if err != nil || wide(enc) {
		return nil
	}
	return enc
}
