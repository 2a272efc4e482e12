package ingest

import (
	"context"
	"errors"
	"html"
	"strconv"
	"strings"
	"unicode"
)

// pdfPage is a page as pdftohtml lays it out, in pixels of 1/108 inch from
// its upper left corner.
type pdfPage struct {
	width, height int
	frags         []pdfFragment
}

// fragment is a run of characters in one font on one line.
type pdfFragment struct {
	x0, y0, x1, y1 int
	size           int // of the font, in pixels
	bold, italic   bool
	text           string // with the spaces at its ends
	link           string // the web address that it leads to
}

func (f *pdfFragment) height() int { return f.y1 - f.y0 }

// pdfBookmark is an entry of a PDF's outline.
type pdfBookmark struct {
	page  int // from 0
	title string
}

// pdfLayout is what pdftohtml says about a PDF.
type pdfLayout struct {
	pages   []pdfPage
	outline []pdfBookmark
	damage  damage
}

// The bounds of a layout. A dense page of small print has 500 fragments, one
// that has each word by itself 2,000.
const (
	maxFragments     = 400_000
	maxPageFragments = 20_000
	maxBookmarks     = 10_000
	maxFontSize      = 2000
	maxPixels        = 100_000
)

var errPDFLayout = errors.New("the PDF's layout is beyond bounds")

// parsePDF reads the XML of pdftohtml. It is no XML parser on purpose: tags
// of style and links overlap there, and a stopped child leaves half a file.
// What is not understood is left out.
func parsePDF(ctx context.Context, s string) (*pdfLayout, error) {
	p := pdfParser{layout: &pdfLayout{}, fonts: map[string]int{}}
	for n := 0; s != ""; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		i := strings.IndexByte(s, '<')
		if i < 0 {
			p.characters(s)
			break
		}
		p.characters(s[:i])
		s = s[i+1:]
		end := strings.IndexByte(s, '>')
		if end < 0 {
			break
		}
		if err := p.tag(s[:end]); err != nil {
			return nil, err
		}
		s = s[end+1:]
	}
	return p.layout, nil
}

// pdfParser holds what is open while the tags pass by.
type pdfParser struct {
	layout    *pdfLayout
	fonts     map[string]int // sizes by id
	fragments int

	open         bool // within a text
	frag         pdfFragment
	text         strings.Builder
	bold, italic int // depth
	letters      int // of the text; those that are bold, italic
	bolds        int
	italics      int

	item     bool // within a pdfBookmark
	itemPage int
}

// characters takes what stands between tags.
func (p *pdfParser) characters(s string) {
	if s == "" || !p.open && !p.item {
		return
	}
	s = html.UnescapeString(s)
	p.text.WriteString(s)
	n := len(strings.TrimSpace(s))
	p.letters += n
	if p.bold > 0 {
		p.bolds += n
	}
	if p.italic > 0 {
		p.italics += n
	}
}

// tag takes a tag, without its angle brackets.
func (p *pdfParser) tag(s string) error {
	name, rest, _ := strings.Cut(strings.TrimSuffix(s, "/"), " ")
	switch name {
	case "page":
		if len(p.layout.pages) > pdfPages {
			return errPDFOutput
		}
		p.layout.pages = append(p.layout.pages, pdfPage{width: pixels(rest, "width"), height: pixels(rest, "height")})
	case "fontspec":
		if len(p.fonts) < maxFragments {
			p.fonts[attribute(rest, "id")] = min(max(pixels(rest, "size"), 1), maxFontSize)
		}
	case "text":
		p.close()
		x, y := pixels(rest, "left"), pixels(rest, "top")
		p.open = true
		p.frag = pdfFragment{x0: x, y0: y, x1: x + max(0, pixels(rest, "width")), y1: y + max(1, pixels(rest, "height"))}
		p.frag.size = p.fonts[attribute(rest, "font")]
	case "/text":
		p.close()
	case "br":
		p.text.WriteByte('\n')
	case "b":
		p.bold++
	case "/b":
		p.bold = max(0, p.bold-1)
	case "i":
		p.italic++
	case "/i":
		p.italic = max(0, p.italic-1)
	case "a":
		if p.frag.link == "" {
			p.frag.link = webAddress(html.UnescapeString(attribute(rest, "href")))
		}
	case "item":
		p.close()
		p.item, p.itemPage = true, pixels(rest, "page")-1
	case "/item":
		if title := oneLine(p.text.String()); p.item && title != "" && len(p.layout.outline) < maxBookmarks {
			p.layout.outline = append(p.layout.outline, pdfBookmark{p.itemPage, shorten(ligatures.Replace(title), maxHeading)})
		}
		p.item = false
		p.text.Reset()
	}
	if p.fragments > maxFragments {
		return errPDFLayout
	}
	return nil
}

// close ends a text: each of its lines, for some are merged, is a fragment.
func (p *pdfParser) close() {
	defer func() {
		p.open, p.item, p.bold, p.italic, p.letters, p.bolds, p.italics = false, false, 0, 0, 0, 0, 0
		p.text.Reset()
	}()
	n := len(p.layout.pages)
	if !p.open || n == 0 {
		return
	}
	page := &p.layout.pages[n-1]
	lines := strings.Split(p.text.String(), "\n")
	top, height := p.frag.y0, p.frag.height()
	for i, s := range lines {
		text, d := pdfText(s)
		p.layout.damage.characters += d.characters
		p.layout.damage.controls += d.controls
		p.layout.damage.replacements += d.replacements
		if strings.TrimSpace(text) == "" || len(page.frags) >= maxPageFragments {
			continue
		}
		f := p.frag
		f.text = text
		f.bold, f.italic = p.bolds*2 > p.letters, p.italics*2 > p.letters
		f.y0, f.y1 = top+height*i/len(lines), top+max(1, height*(i+1)/len(lines))
		f.y1 = max(f.y1, f.y0+1)
		if f.size == 0 {
			f.size = f.height()
		}
		page.frags = append(page.frags, f)
		p.fragments++
	}
}

// ligatures are the Latin ones that have characters of their own, U+FB00 to
// U+FB06, and what NFKC makes of them. A PDF's font has them for their look;
// its author wrote letters.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// pdfText brings a fragment's text to the form of all texts here. A soft
// hyphen in a PDF was drawn, so that it is a hyphen; at a fragment's end it
// is one of hyphenation, and stays told apart as U+2010. Bullets from symbol
// fonts have private characters.
func pdfText(s string) (string, damage) {
	if strings.ContainsRune(s, '\u00ad') {
		trimmed := strings.TrimRight(s, " ")
		if cut, ok := strings.CutSuffix(trimmed, "\u00ad"); ok {
			s = cut + "\u2010" + s[len(trimmed):]
		}
		s = strings.ReplaceAll(s, "\u00ad", "-")
	}
	private := 0
	s, d := normalise(ligatures.Replace(strings.ToValidUTF8(s, "\ufffd")))
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case strings.ContainsRune("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf06e\uf0be", r):
			return '•'
		case unicode.Is(unicode.Co, r):
			private++
		}
		return r
	}, s)
	d.replacements += private
	return s, d
}

// attribute is the value of a tag's attribute, entities not resolved.
func attribute(tag, name string) string {
	for {
		i := strings.Index(tag, name+`="`)
		if i < 0 {
			return ""
		}
		value := tag[i+len(name)+2:]
		end := strings.IndexByte(value, '"')
		if end < 0 {
			return ""
		}
		if i == 0 || tag[i-1] == ' ' {
			return value[:end]
		}
		tag = value[end:]
	}
}

// pixels is an attribute's value as a whole number within bounds.
func pixels(tag, name string) int {
	v, err := strconv.ParseFloat(attribute(tag, name), 64)
	if err != nil || v != v {
		return 0
	}
	return int(min(max(v, -maxPixels), maxPixels))
}
