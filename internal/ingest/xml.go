package ingest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"pincite/internal/fault"
)

// Bounds of the XML in one document.
const (
	// maxElements bounds the elements of all parts together. A paragraph of
	// Word takes 10 to 20: this is a book of a thousand pages.
	maxElements = 300_000
	// maxDepth bounds the elements within elements. Ten tables within each
	// other take about 60 levels.
	maxDepth = 200
	// maxToken bounds the bytes between two "<", which the decoder keeps in
	// memory whole, with 64 bytes for each attribute. It is more than the
	// text that a passage may have.
	maxToken = 512 << 10
	// maxNames bounds the names that are remembered. A format has hundreds.
	maxNames = 4096
)

// stream reads the XML of one part within bounds. Names are compared as
// "prefix:name", whatever prefixes the part itself uses.
type stream struct {
	ctx      context.Context
	bundle   *bundle
	part     io.Closer
	dec      *xml.Decoder
	prefixes map[string]string
	names    map[xml.Name]string
	depth    int
	tokens   int
	doctypes bool // a document type without declarations is allowed
}

// xml begins to read a part. The prefixes are for the namespaces that matter;
// elements of others have no name.
func (b *bundle) xml(ctx context.Context, part string, prefixes map[string]string) (*stream, error) {
	r, err := b.open(part)
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(&tokenBound{r: r, bundle: b}, 32<<10)
	var src io.Reader = buffered
	// A byte order mark is more certain than the declaration.
	head, _ := buffered.Peek(2) // an error comes up again at the first read
	wide := bytes.Equal(head, []byte("\xff\xfe")) || bytes.Equal(head, []byte("\xfe\xff"))
	if wide {
		src = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(buffered)
	}
	s := &stream{ctx: ctx, bundle: b, part: r, prefixes: prefixes, names: map[xml.Name]string{}}
	s.dec = xml.NewDecoder(src)
	s.dec.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if wide {
			return input, nil
		}
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, fmt.Errorf("charset %q: %w", label, err)
		}
		return enc.NewDecoder().Reader(input), nil
	}
	return s, nil
}

// tokenBound refuses XML with too much between two tags.
type tokenBound struct {
	r      io.Reader
	bundle *bundle
	since  int // bytes since the last "<"
}

// Read implements io.Reader.
func (t *tokenBound) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		t.since = n - i
	} else if t.since += n; t.since > maxToken {
		return 0, fault.New(fault.TooLarge, "%s holds more than %d KB without a paragraph: part its text by paragraphs.", t.bundle.in.name, maxToken>>10)
	}
	return n, err
}

// close ends the reading of the part.
func (s *stream) close() error { return s.part.Close() }

// next is the next start or end of an element, or text. At the end of the
// part it is nil.
func (s *stream) next() (xml.Token, error) {
	for {
		if s.tokens++; s.tokens%256 == 0 {
			if err := s.ctx.Err(); err != nil {
				return nil, err
			}
		}
		t, err := s.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil, nil //nolint:nilnil // the end is no error
		} else if err != nil {
			return nil, s.bundle.readFault(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			return t, s.enter()
		case xml.EndElement:
			s.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			if err := s.declaration(t); err != nil {
				return nil, err
			}
		}
	}
}

// enter counts an element.
func (s *stream) enter() error {
	if s.depth++; s.depth > maxDepth {
		return fault.New(fault.TooLarge, "%s nests its elements more than %d deep: give it as plain text.", s.bundle.in.name, maxDepth)
	}
	return s.count()
}

// count counts an element, or a text that is kept as one.
func (s *stream) count() error {
	name := s.bundle.in.name
	if s.bundle.elements++; s.bundle.elements > maxElements {
		return fault.New(fault.TooLarge, "%s holds more than %d XML elements: split it into parts, or give it as plain text.", name, maxElements)
	}
	return nil
}

// declaration refuses document types: they can declare entities, which grow
// without bound or name files, and no word processor writes them.
func (s *stream) declaration(d xml.Directive) error {
	if s.doctypes && !bytes.ContainsRune(d, '[') && bytes.HasPrefix(bytes.ToUpper(d[:min(len(d), 7)]), []byte("DOCTYPE")) {
		return nil
	}
	return fault.New(fault.Unreadable, "%s declares XML entities, which are not read: save it again, or give it as plain text.", s.bundle.in.name)
}

// name is an element's or attribute's name with the reader's own prefix;
// attributes without a namespace have none. Of other namespaces it is empty.
func (s *stream) name(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	name, ok := s.names[n]
	if !ok {
		if prefix, known := s.prefixes[n.Space]; known {
			name = prefix + ":" + n.Local
		}
		if len(s.names) < maxNames {
			s.names[n] = name
		}
	}
	return name
}

// attr is the value of an attribute, empty where it is not there.
func (s *stream) attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if s.name(a.Name) == name {
			return a.Value
		}
	}
	return ""
}

// children calls element for each element within the one that was entered
// last, and chars, if there is one, for the text between them, up to its end.
// What element leaves unread is skipped.
func (s *stream) children(element func(e xml.StartElement, name string) error, chars func(text []byte)) error {
	inner := s.depth
	for {
		t, err := s.next()
		if err != nil || t == nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := element(t, s.name(t.Name)); err != nil {
				return err
			}
			if err := s.leave(inner); err != nil {
				return err
			}
		case xml.EndElement:
			if s.depth < inner {
				return nil
			}
		case xml.CharData:
			if chars != nil {
				chars(t)
			}
		}
	}
}

// leave skips to where elements are depth deep again.
func (s *stream) leave(depth int) error {
	for s.depth > depth {
		if t, err := s.next(); err != nil || t == nil {
			return err
		}
	}
	return nil
}

// text is the text within the element that was entered last, up to its end.
func (s *stream) text() (string, error) {
	var text []byte
	var within func(xml.StartElement, string) error
	gather := func(b []byte) { text = append(text, b...) }
	within = func(xml.StartElement, string) error { return s.children(within, gather) }
	err := s.children(within, gather)
	return string(text), err
}

// each reads a part and calls element for each element below its root; root
// is called with the root itself first. A part without any element is damaged.
func (b *bundle) each(ctx context.Context, part string, prefixes map[string]string, element func(s *stream, e xml.StartElement, name string) error) error {
	s, err := b.xml(ctx, part, prefixes)
	if err != nil {
		return err
	}
	defer s.close() //nolint:errcheck // reading is what can fail, and was checked
	return s.root(func(xml.StartElement, string) error {
		return s.children(func(e xml.StartElement, name string) error { return element(s, e, name) }, nil)
	})
}

// root calls element for the part's root and reads on to the end of the part,
// where the archive's check sum is compared.
func (s *stream) root(element func(e xml.StartElement, name string) error) error {
	found := false
	for {
		t, err := s.next()
		switch e := t.(type) {
		case nil:
			if err == nil && !found {
				err = s.bundle.damaged(errors.New("a part holds no XML"))
			}
			return err
		case xml.StartElement:
			if err != nil {
				return err
			}
			if found = true; element != nil {
				if err := element(e, s.name(e.Name)); err != nil {
					return err
				}
				if err := s.leave(0); err != nil {
					return err
				}
			}
		}
		if err != nil {
			return err
		}
	}
}
