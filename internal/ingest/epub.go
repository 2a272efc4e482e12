package ingest

import (
	"context"
	"encoding/xml"
	"errors"
	"net/url"
	"path"
	"slices"
	"strings"

	"pincite/internal/fault"
)

// EPUB is the format of electronic books.
const EPUB Format = "epub"

// bookPrefixes are the namespaces of EPUB 2 and 3.
func bookPrefixes() map[string]string {
	return map[string]string{
		"urn:oasis:names:tc:opendocument:xmlns:container": "ocf",
		"http://www.idpf.org/2007/opf":                    "opf",
		"http://purl.org/dc/elements/1.1/":                "dc",
		"http://www.idpf.org/2007/ops":                    "epub",
		"epub":                                            "epub", // not declared
		"http://www.w3.org/1999/xhtml":                    "h",
		"http://www.w3.org/2000/svg":                      "svg",
		"http://www.w3.org/2001/04/xmlenc#":               "enc",
	}
}

// book is an EPUB on its way to a draft.
type book struct {
	ctx    context.Context
	bundle *bundle
	flow   *flow
	dir    string // of the package document, from which parts are named
	items  map[string]bookItem
	spine  []chapter
	// guide tells what some parts are, in EPUB 2.
	guide  map[string]string
	people []person
	roles  map[string]string // of people, by their id
	// nodes are the elements of all chapters by their address; numbers are
	// those of the parts in it.
	nodes   map[address]*element
	numbers map[string]int32
	// notes are the elements that are notes, by the key of the note; calls
	// are the links that call them, and labels what the first of these shows.
	notes, calls, labels map[*element]string
	// goesOn are the paragraphs that go on with the note above.
	goesOn map[*element]bool
}

// bookItem is a row of the manifest.
type bookItem struct{ part, properties string }

// chapter is a part in reading order. What stands beside it is read for its
// notes only.
type chapter struct {
	part   string
	beside bool
	root   *element
}

// address is that of an element: the number of its part, from 1, and its id.
type address struct {
	part int32
	id   string
}

// number is the number of a part.
func (k *book) number(part string) int32 {
	key := partName(part)
	n, ok := k.numbers[key]
	if !ok {
		n = int32(len(k.numbers)) + 1 //nolint:gosec // maxEntries and maxElements are less
		k.numbers[key] = n
	}
	return n
}

// person is somebody who contributed, in a role.
type person struct{ id, name, role string }

// readEPUB reads an EPUB by the rules of the package's documentation.
func readEPUB(ctx context.Context, in *input) (*draft, error) {
	b, err := openBundle(in, "an EPUB")
	if err != nil {
		return nil, err
	}
	k := &book{
		ctx: ctx, bundle: b, flow: &flow{in: in}, items: map[string]bookItem{}, guide: map[string]string{}, roles: map[string]string{},
		nodes: map[address]*element{}, numbers: map[string]int32{}, notes: map[*element]string{}, calls: map[*element]string{}, goesOn: map[*element]bool{}, labels: map[*element]string{},
	}
	rights, err := k.encrypted()
	if err != nil {
		return nil, err
	}
	opf, err := k.findPackage()
	if err != nil {
		return nil, err
	}
	if err := k.readPackage(opf); err != nil {
		return nil, err
	}
	for i := range k.spine {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := &k.spine[i]
		if rights[partName(c.part)] {
			return nil, fault.New(fault.Unreadable, "%s is protected against copying: its text cannot be read.", in.name)
		}
		if c.root, err = k.readChapter(c.part); err != nil {
			return nil, err
		}
	}
	if err := k.findNotes(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, c := range k.spine {
		if c.beside {
			continue
		}
		t := &bookStory{book: k, emit: k.flow.add}
		if err := t.blocks(c.root); err != nil {
			return nil, err
		}
		if err := t.flush(); err != nil {
			return nil, err
		}
	}
	return k.flow.finish(ctx)
}

// encrypted are the parts that only a reader with the rights can open. Fonts
// that are merely obscured are none.
func (k *book) encrypted() (map[string]bool, error) {
	const part = "META-INF/encryption.xml"
	parts := map[string]bool{}
	if !k.bundle.has(part) {
		return parts, nil
	}
	err := k.bundle.each(k.ctx, part, bookPrefixes(), func(s *stream, _ xml.StartElement, _ string) error {
		algorithm, reference := "", ""
		var within func(e xml.StartElement, name string) error
		within = func(e xml.StartElement, name string) error {
			switch name {
			case "enc:EncryptionMethod":
				algorithm = s.attr(e, "Algorithm")
			case "enc:CipherReference":
				reference = s.attr(e, "URI")
			}
			return s.children(within, nil)
		}
		err := s.children(within, nil)
		if algorithm != "http://www.idpf.org/2008/embedding" && algorithm != "http://ns.adobe.com/pdf/enc#RC" {
			parts[partName(unescapePath(reference))] = true
		}
		return err
	})
	return parts, err
}

// findPackage finds the package document.
func (k *book) findPackage() (string, error) {
	opf := ""
	err := k.bundle.each(k.ctx, "META-INF/container.xml", bookPrefixes(), func(s *stream, _ xml.StartElement, name string) error {
		if name != "ocf:rootfiles" {
			return nil
		}
		return s.children(func(e xml.StartElement, name string) error {
			if name == "ocf:rootfile" && opf == "" {
				opf = unescapePath(s.attr(e, "full-path"))
			}
			return nil
		}, nil)
	})
	if err == nil && opf == "" {
		err = k.bundle.damaged(errors.New("the container names no package"))
	}
	return opf, err
}

// readPackage reads the metadata, and which parts come in which order.
func (k *book) readPackage(opf string) error {
	k.dir = path.Dir(opf)
	seen := map[string]bool{}
	err := k.bundle.each(k.ctx, opf, bookPrefixes(), func(s *stream, _ xml.StartElement, name string) error {
		switch name {
		case "opf:metadata":
			return s.children(func(e xml.StartElement, name string) error { return k.metadata(s, e, name) }, nil)
		case "opf:manifest", "opf:spine", "opf:guide":
			return s.children(func(e xml.StartElement, name string) error {
				switch name {
				case "opf:item":
					k.items[s.attr(e, "id")] = bookItem{part: k.resolve(opf, s.attr(e, "href")), properties: s.attr(e, "properties")}
				case "opf:reference":
					k.guide[partName(k.resolve(opf, s.attr(e, "href")))] = s.attr(e, "type")
				case "opf:itemref":
					ref := s.attr(e, "idref")
					if !seen[ref] {
						seen[ref] = true
						k.spine = append(k.spine, chapter{part: ref, beside: s.attr(e, "linear") == "no"})
					}
				}
				return nil
			}, nil)
		}
		return nil
	})
	if err != nil {
		return err
	}
	k.credits()
	spine := k.spine[:0]
	for _, c := range k.spine {
		item, ok := k.items[c.part]
		kind := k.guide[partName(item.part)]
		if !ok || slices.Contains(strings.Fields(item.properties), "nav") || kind == "cover" || kind == "toc" || kind == "copyright-page" {
			continue
		}
		c.part = item.part
		spine = append(spine, c)
	}
	if k.spine = spine; len(spine) == 0 {
		return k.bundle.damaged(errors.New("the spine is empty"))
	}
	return nil
}

// resolve is the part that a reference in another part means, without its
// fragment.
func (k *book) resolve(from, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if href == "" {
		return from
	}
	return path.Join(path.Dir(from), unescapePath(href))
}

// unescapePath resolves percent signs; what is damaged stays as it is.
func unescapePath(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// metadata reads one element of the metadata. A book's date is that of its
// publication; EPUB 2 marks others.
func (k *book) metadata(s *stream, e xml.StartElement, name string) error {
	switch name {
	case "dc:title", "dc:creator", "dc:date", "dc:language", "dc:source", "dc:identifier", "dc:publisher", "opf:meta":
	case "opf:dc-metadata", "opf:x-metadata":
		return s.children(func(e xml.StartElement, name string) error { return k.metadata(s, e, name) }, nil)
	default:
		return nil
	}
	text, err := s.text()
	if err != nil {
		return err
	}
	m := &k.flow.meta
	switch name {
	case "dc:title":
		if m.title == "" {
			m.titled(text)
		}
	case "dc:creator":
		k.people = append(k.people, person{id: s.attr(e, "id"), name: text, role: s.attr(e, "opf:role")})
	case "dc:date":
		if event := s.attr(e, "opf:event"); event == "" || strings.HasSuffix(event, "publication") {
			m.property("date", text)
		}
	case "dc:language":
		m.property("language", text)
	case "dc:source", "dc:identifier":
		m.property("url", text)
	case "opf:meta":
		if s.attr(e, "property") == "role" {
			k.roles[strings.TrimPrefix(s.attr(e, "refines"), "#")] = strings.TrimSpace(text)
		}
	}
	return nil
}

// credits are the people whose role is that of an author, or not said.
func (k *book) credits() {
	var authors []string
	for _, p := range k.people {
		if p.role == "" {
			p.role = k.roles[p.id]
		}
		if p.role == "" || p.role == "aut" {
			authors = append(authors, creators(p.name)...)
		}
	}
	k.flow.meta.authors = unique(authors)
}
