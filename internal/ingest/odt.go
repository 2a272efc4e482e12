package ingest

import (
	"context"
	"encoding/xml"
	"strings"
)

// ODT is the format of OpenDocument texts.
const ODT Format = "odt"

// odfPrefixes are the namespaces of OpenDocument 1.0 to 1.4.
func odfPrefixes() map[string]string {
	const oasis = "urn:oasis:names:tc:opendocument:xmlns:"
	return map[string]string{
		oasis + "office:1.0":                 "office",
		oasis + "text:1.0":                   "text",
		oasis + "style:1.0":                  "style",
		oasis + "table:1.0":                  "table",
		oasis + "drawing:1.0":                "draw",
		oasis + "meta:1.0":                   "meta",
		oasis + "manifest:1.0":               "manifest",
		oasis + "xsl-fo-compatible:1.0":      "fo",
		oasis + "svg-compatible:1.0":         "svg",
		oasis + "presentation:1.0":           "presentation",
		oasis + "form:1.0":                   "form",
		oasis + "script:1.0":                 "script",
		"http://purl.org/dc/elements/1.1/":   "dc",
		"http://www.w3.org/1998/Math/MathML": "math",
	}
}

// odt is an OpenDocument text on its way to a draft.
type odt struct {
	ctx    context.Context
	bundle *bundle
	flow   *flow
	styles map[string]odtStyle
	// bullets are the list styles whose first level has no numbers.
	bullets map[string]bool
}

// odtStyle is what a style says about a paragraph.
type odtStyle struct {
	parent  string
	role    role
	bold    bool
	centred bool
}

// readODT reads an OpenDocument text by the rules of the package's
// documentation.
func readODT(ctx context.Context, in *input) (*draft, error) {
	b, err := openBundle(in, "an OpenDocument text")
	if err != nil {
		return nil, err
	}
	o := &odt{ctx: ctx, bundle: b, flow: &flow{in: in}, styles: map[string]odtStyle{}, bullets: map[string]bool{}}
	for _, step := range []struct {
		part string
		read func(*stream, xml.StartElement, string) error
	}{
		{"META-INF/manifest.xml", o.manifest},
		{"meta.xml", o.properties},
		{"styles.xml", o.readStyles},
	} {
		if !b.has(step.part) {
			continue
		}
		if err := b.each(ctx, step.part, odfPrefixes(), step.read); err != nil {
			return nil, err
		}
	}
	err = b.each(ctx, "content.xml", odfPrefixes(), func(s *stream, e xml.StartElement, name string) error {
		if name != "office:body" {
			return o.readStyles(s, e, name)
		}
		return s.children(func(_ xml.StartElement, name string) error {
			if name != "office:text" {
				return nil
			}
			body := &odtStory{odt: o, s: s, emit: o.flow.add}
			return body.blocks()
		}, nil)
	})
	if err != nil {
		return nil, err
	}
	return o.flow.finish(ctx)
}

// manifest finds out whether the parts are encrypted.
func (o *odt) manifest(s *stream, _ xml.StartElement, name string) error {
	if name == "manifest:encrypted-key" || name == "manifest:keyinfo" {
		return o.bundle.locked()
	}
	return s.children(func(_ xml.StartElement, name string) error {
		if name == "manifest:encryption-data" {
			return o.bundle.locked()
		}
		return nil
	}, nil)
}

// properties reads what the file says about itself. Its dates are those of
// the file; a date of publication is one that a person added. dc:creator is
// who saved it last.
func (o *odt) properties(s *stream, _ xml.StartElement, name string) error {
	if name != "office:meta" {
		return nil
	}
	meta := &o.flow.meta
	saved := ""
	values := map[string]string{}
	err := s.children(func(e xml.StartElement, name string) error {
		text, err := s.text()
		switch name {
		case "dc:title":
			meta.titled(text)
		case "meta:initial-creator":
			meta.authors = creators(text)
		case "dc:creator":
			saved = text
		case "dc:language":
			meta.property("language", text)
		case "meta:user-defined":
			values[strings.ToLower(s.attr(e, "meta:name"))] = text
		}
		return err
	}, nil)
	if len(meta.authors) == 0 {
		meta.authors = creators(saved)
	}
	for _, key := range order {
		if v := values[key]; v != "" {
			meta.property(key, v)
		}
	}
	return err
}

// readStyles reads the styles below the root of a part.
func (o *odt) readStyles(s *stream, _ xml.StartElement, name string) error {
	switch name {
	case "office:styles", "office:automatic-styles":
	default:
		return nil
	}
	return s.children(func(e xml.StartElement, name string) error {
		switch name {
		case "style:style", "style:default-style":
			return o.readStyle(s, e, name)
		case "text:list-style":
			style := s.attr(e, "style:name")
			return s.children(func(e xml.StartElement, name string) error {
				if name == "text:list-level-style-bullet" && s.attr(e, "text:level") == "1" {
					o.bullets[style] = true
				}
				return nil
			}, nil)
		}
		return nil
	}, nil)
}

// readStyle reads one style. Styles of paragraphs and of characters have
// names apart; the family is part of the key.
func (o *odt) readStyle(s *stream, e xml.StartElement, name string) error {
	family := s.attr(e, "style:family")
	style := odtStyle{parent: s.attr(e, "style:parent-style-name")}
	title := s.attr(e, "style:display-name")
	if title == "" {
		title = s.attr(e, "style:name")
	}
	style.role = odtRole(title)
	err := s.children(func(e xml.StartElement, name string) error {
		switch name {
		case "style:text-properties":
			style.bold = s.attr(e, "fo:font-weight") == "bold"
			if language := s.attr(e, "fo:language"); family == "paragraph" && title == "" && language != "none" && o.flow.meta.language == "" {
				if country := s.attr(e, "fo:country"); country != "" && country != "none" {
					language += "-" + country
				}
				o.flow.meta.property("language", language)
			}
		case "style:paragraph-properties":
			style.centred = s.attr(e, "fo:text-align") == "center"
		}
		return nil
	}, nil)
	if name == "style:style" {
		o.styles[family+" "+s.attr(e, "style:name")] = style
	}
	return err
}

// odtRole tells a role by a style's name as people see it.
func odtRole(name string) role {
	r, _ := namedRole(strings.ToLower(strings.ReplaceAll(name, "_20_", " ")))
	if r == roleHeading || r == roleMore {
		// Headings are elements of their own; "Heading" is what they and
		// titles are based on.
		return roleBody
	}
	return r
}

// style is a style with what it inherits.
func (o *odt) style(family, name string) odtStyle {
	style := o.styles[family+" "+name]
	if style.role == roleBody {
		style.role = odtRole(name)
	}
	parent := style.parent
	for range maxBased {
		above, ok := o.styles[family+" "+parent]
		if style.role == roleBody {
			style.role = above.role
			if !ok {
				style.role = odtRole(parent)
			}
		}
		if !ok {
			break
		}
		style.bold = style.bold || above.bold
		style.centred = style.centred || above.centred
		parent = above.parent
	}
	return style
}
