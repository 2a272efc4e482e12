package ingest

import (
	"context"
	"encoding/xml"
	"path"
	"strings"
)

// DOCX is the format of Word documents since 2007, transitional and strict.
const DOCX Format = "docx"

// The namespaces of Word documents: those of ECMA-376 (transitional), and of
// ISO 29500 Strict.
func wordPrefixes() map[string]string {
	return map[string]string{
		"http://schemas.openxmlformats.org/wordprocessingml/2006/main":            "w",
		"http://purl.oclc.org/ooxml/wordprocessingml/main":                        "w",
		"http://schemas.openxmlformats.org/officeDocument/2006/math":              "m",
		"http://purl.oclc.org/ooxml/officeDocument/math":                          "m",
		"http://schemas.openxmlformats.org/markup-compatibility/2006":             "mc",
		"http://schemas.openxmlformats.org/package/2006/relationships":            "rel",
		"http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
		"http://purl.oclc.org/ooxml/package/metadata/core-properties":             "cp",
		"http://purl.org/dc/elements/1.1/":                                        "dc",
		"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "custom",
		"http://purl.oclc.org/ooxml/officeDocument/customProperties":              "custom",
		"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes":    "vt",
		"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes":                "vt",
		"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":       "wps",
		"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup":       "wpg",
		"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas":      "wpc",
		"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing":  "wp",
		"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":              "wp",
		"http://schemas.openxmlformats.org/drawingml/2006/main":                   "a",
		"http://purl.oclc.org/ooxml/drawingml/main":                               "a",
		"urn:schemas-microsoft-com:vml":                                           "v",
	}
}

// word is a Word document on its way to a draft.
type word struct {
	ctx    context.Context
	bundle *bundle
	flow   *flow
	styles map[string]wordStyle
	lists  map[string]wordList
	// ordinals count the items of each list and level.
	ordinals map[string]int
	// bookmarks are the notes that stand in a bookmark, by its name.
	bookmarks map[string]string
	// language is the document's own; spoken counts the letters of runs that
	// are in others.
	language string
	spoken   map[string]int
	// kept and deleted are the keys of notes that are called in the text, and
	// in text that was deleted.
	kept, deleted map[string]bool
}

// readWord reads a DOCX by the rules of the package's documentation.
func readWord(ctx context.Context, in *input) (*draft, error) {
	b, err := openBundle(in, "a Word document")
	if err != nil {
		return nil, err
	}
	w := &word{
		ctx: ctx, bundle: b, flow: &flow{in: in}, ordinals: map[string]int{}, bookmarks: map[string]string{},
		spoken: map[string]int{}, kept: map[string]bool{}, deleted: map[string]bool{},
	}
	top, err := w.relations("")
	if err != nil {
		return nil, err
	}
	main := top.part("officeDocument", "word/document.xml")
	near, err := w.relations(main)
	if err != nil {
		return nil, err
	}
	dir := path.Dir(main)
	for _, step := range []struct {
		part string
		read func(string) error
	}{
		{near.part("styles", dir+"/styles.xml"), w.readStyles},
		{near.part("numbering", dir+"/numbering.xml"), w.readNumbering},
		{near.part("footnotes", dir+"/footnotes.xml"), func(p string) error { return w.readNotes(p, "w:footnote") }},
		{near.part("endnotes", dir+"/endnotes.xml"), func(p string) error { return w.readNotes(p, "w:endnote") }},
		{top.part("core-properties", "docProps/core.xml"), w.readCore},
		{top.part("custom-properties", "docProps/custom.xml"), w.readCustom},
	} {
		if !b.has(step.part) {
			continue
		}
		if err := step.read(step.part); err != nil {
			return nil, err
		}
	}
	if err := w.readBody(main); err != nil {
		return nil, err
	}
	for key := range w.deleted {
		if i, ok := w.flow.byKey[key]; ok && !w.kept[key] {
			w.flow.notes[i].gone = true
		}
	}
	if w.flow.meta.language == "" {
		w.flow.meta.property("lang", w.mostSpoken())
	}
	return w.flow.finish(ctx)
}

// relations are the parts that a part refers to, by the last element of the
// relation's type, which is the same in transitional and strict documents.
type relations map[string]string

// relations reads those of a part; of the whole package where it is empty.
func (w *word) relations(part string) (relations, error) {
	rels := relations{}
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if !w.bundle.has(name) {
		return rels, nil
	}
	err := w.bundle.each(w.ctx, name, wordPrefixes(), func(s *stream, e xml.StartElement, name string) error {
		kind := path.Base(s.attr(e, "Type"))
		if name != "rel:Relationship" || s.attr(e, "TargetMode") == "External" || rels[kind] != "" {
			return nil
		}
		target := strings.ReplaceAll(s.attr(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		rels[kind] = strings.TrimPrefix(target, "/")
		return nil
	})
	return rels, err
}

// part is the part of a relation, else where it is by custom.
func (r relations) part(kind, custom string) string {
	if p := r[kind]; p != "" {
		return p
	}
	return custom
}

// readCore reads the title, authors and language of the properties. The dates
// there are those of the file, not of publication.
func (w *word) readCore(part string) error {
	meta := &w.flow.meta
	return w.bundle.each(w.ctx, part, wordPrefixes(), func(s *stream, _ xml.StartElement, name string) error {
		switch name {
		case "dc:title", "dc:creator", "dc:language", "dc:identifier":
		default:
			return nil
		}
		text, err := s.text()
		switch name {
		case "dc:title":
			meta.titled(text)
		case "dc:creator":
			meta.authors = creators(text)
		case "dc:language":
			meta.property("language", text)
		case "dc:identifier":
			meta.property("url", text)
		}
		return err
	})
}

// readCustom reads the properties that a person or a converter has added.
func (w *word) readCustom(part string) error {
	values := map[string]string{}
	err := w.bundle.each(w.ctx, part, wordPrefixes(), func(s *stream, e xml.StartElement, name string) error {
		if name != "custom:property" {
			return nil
		}
		value, err := s.text()
		values[strings.ToLower(s.attr(e, "name"))] = value
		return err
	})
	for _, key := range order {
		if v := values[key]; v != "" {
			w.flow.meta.property(key, v)
		}
	}
	return err
}

// mostSpoken is the language of most of the text.
func (w *word) mostSpoken() string {
	best, most := w.language, 0
	for language, n := range w.spoken {
		if n > most || n == most && language < best {
			best, most = language, n
		}
	}
	return best
}
