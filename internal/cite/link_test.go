package cite_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"pincite/internal/cite"
	"pincite/internal/document"
)

const harbour = "https://example.org/notes/harbour"

// memo is a document of paragraphs and, after a nil, footnotes; "[n]" in the
// texts become markers.
func memo(paragraphs, footnotes []string) *document.Document {
	d := &document.Document{ID: "memo", Title: "Harbour memo", URL: harbour}
	add := func(kind document.Kind, texts []string) {
		for i, text := range texts {
			p := document.Passage{Kind: kind, Number: i + 1, Text: text}
			for at := range text {
				for n := range footnotes {
					if mark := fmt.Sprintf("[%d]", n+1); strings.HasPrefix(text[at:], mark) {
						p.Markers = append(p.Markers, document.Marker{Start: at, End: at + len(mark), Note: n + 1})
					}
				}
			}
			d.Passages = append(d.Passages, p)
		}
	}
	add(document.Paragraph, paragraphs)
	add(document.Footnote, footnotes)
	return d
}

func para(n int) document.Pincite { return document.Pincite{Kind: document.Paragraph, Number: n} }
func note(n int) document.Pincite { return document.Pincite{Kind: document.Footnote, Number: n} }

// spanOf is where a passage holds a quotation; the whole passage for "".
func spanOf(t testing.TB, d *document.Document, at document.Pincite, quotation string) cite.Span {
	t.Helper()
	p, ok := d.Passage(at)
	if !ok {
		t.Fatalf("no %s", at)
	}
	i := strings.Index(p.Text, quotation)
	if i < 0 {
		t.Fatalf("%s does not hold %q", at, quotation)
	}
	return cite.Span{Start: i, End: i + len(quotation)}
}

func TestLink(t *testing.T) {
	d := memo([]string{
		"The pilot boards two miles out. The harbour master decides, within the hour, whether a ship may berth.",
		"The harbour master may refuse a ship (see below) that carries well-known risks, oil & gas among them.[1] Refusal ends the matter.",
		"A ship that is refused may ask again.",
		"A ship that is refused may ask again. It may not wait in the channel.",
		"Nobody[2] waits long, says the résumé of 2025.[3]",
		"The same sentence.",
		"The same sentence.",
	}, []string{
		"Oil is defined in the annex.\nGas is not.",
		"See the log.",
		"See the log.",
	})
	tests := []struct {
		name      string
		at        document.Pincite
		quotation string
		want      string
	}{
		{"a short span is whole", para(1), "boards two miles", "boards%20two%20miles"},
		{"a long span is start and end", para(1), "The pilot boards two miles out. The harbour master decides, within the hour, whether a ship may berth.", "The%20pilot%20boards%20two,ship%20may%20berth"},
		{"words are whole", para(1), "oards two mil", "boards%20two%20miles"},
		{"a word of many places has context", para(1), "harbour master", "harbour%20master,-decides"},
		{"punctuation is encoded", para(2), "well-known risks, oil & gas", "well%2Dknown%20risks%2C%20oil%20%26%20gas"},
		{"context keeps parentheses", para(2), "ship", "ship,-%28see"},
		{"an empty span is the passage", para(1), "", "The%20pilot%20boards%20two,ship%20may%20berth"},
		{"the start of another paragraph", para(3), "", "matter.-,A%20ship%20that%20is%20refused%20may%20ask%20again"},
		{"no marker in a term", para(2), "among them.[1] Refusal ends", "among%20them,Refusal%20ends"},
		{"a word glued to a marker is left out", para(5), "Nobody[2] waits long", "waits%20long"},
		{"a number before a marker is left out", para(5), "the résumé of 2025.", "the%20r%C3%A9sum%C3%A9%20of"},
		{"a footnote", note(1), "Oil is defined in the annex.\nGas is not.", "Oil%20is%20defined%20in,Gas%20is%20not"},
		{"a prefix from the paragraph above", para(7), "", "sentence.-,The%20same%20sentence"},
		{"no prefix from another footnote", note(3), "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := harbour
			if tt.want != "" {
				want += "#:~:text=" + tt.want
			}
			got := cite.Link(d, tt.at, spanOf(t, d, tt.at, tt.quotation))
			if tt.quotation == "" {
				got = cite.Link(d, tt.at, cite.Span{})
			}
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			checkLink(t, d, tt.at, got)
		})
	}
}

func TestLinkAvoidsHeadings(t *testing.T) {
	d := memo([]string{"Costs of delay fall on the owner.", "Delay is rare."}, nil)
	d.Passages[1].Section = "Costs of delay"
	want := harbour + "#:~:text=Costs%20of%20delay,-fall"
	if got := cite.Link(d, para(1), spanOf(t, d, para(1), "Costs of delay")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLinkDoesNotReachOverHeadings(t *testing.T) {
	d := memo([]string{"One thing.", "The same sentence.", "Another thing.", "The same sentence."}, nil)
	d.Passages[3].Section = "Annex"
	if got := cite.Link(d, para(4), cite.Span{}); got != harbour {
		t.Errorf("got %s, want no fragment: a heading stands before the paragraph", got)
	}
	if got, want := cite.Link(d, para(2), cite.Span{}), harbour+"#:~:text=One%20thing.-,The%20same%20sentence"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLinkAddress(t *testing.T) {
	tests := []struct{ url, want string }{
		{"", ""},
		{"ftp://example.org/a", ""},
		{"javascript:alert(1)", ""},
		{"/notes/harbour", ""},
		{"https:///nowhere", ""},
		{" HTTP://Example.org/A ", "http://Example.org/A#:~:text=Only"},
		{"http://example.org/a", "http://example.org/a#:~:text=Only"},
		{"https://example.org/a#part-2", "https://example.org/a#part-2:~:text=Only"},
		{"https://example.org/a#", "https://example.org/a#:~:text=Only"},
		{"https://example.org/a#:~:text=old", "https://example.org/a#:~:text=Only"},
		{"https://example.org/a#b:~:text=old", "https://example.org/a#b:~:text=Only"},
		{"https://example.org/act_(law)", "https://example.org/act_%28law%29#:~:text=Only"},
		{"https://example.org/a b<c>", "https://example.org/a%20b%3Cc%3E#:~:text=Only"},
		{"https://example.org/" + strings.Repeat("long/", 100), "https://example.org/" + strings.Repeat("long/", 100)},
	}
	for _, tt := range tests {
		d := memo([]string{"Only."}, nil)
		d.URL = tt.url
		if got := cite.Link(d, para(1), cite.Span{}); got != tt.want {
			t.Errorf("Link with URL %q = %q, want %q", tt.url, got, tt.want)
		}
	}
	if got := cite.Link(memo([]string{"Only."}, nil), para(2), cite.Span{}); got != harbour {
		t.Errorf("a passage that is not there: %q, want the bare URL", got)
	}
}

// checkLink holds a link to its promise: a browser finds the fragment once,
// and within the passage. It returns the matched range; ok is false for a
// link without a fragment.
func checkLink(t testing.TB, d *document.Document, at document.Pincite, link string) (start, end int, ok bool) {
	t.Helper()
	if strings.ContainsAny(link, "() <>\"`\\") {
		t.Errorf("%s breaks a Markdown link", link)
	}
	_, text, ok := strings.Cut(link, ":~:text=")
	if !ok {
		return 0, 0, false
	}
	if len(link) > cite.MaxURL {
		t.Errorf("the link has %d bytes", len(link))
	}
	matches := browse(t, d, text)
	index, _ := d.Index(at)
	if len(matches) != 1 || matches[0].from.block != index || matches[0].to.block != index {
		t.Fatalf("%s matches %v, want one match in passage %d (%s)", text, matches, index, d.Passages[index].Text)
	}
	m := matches[0]
	text = d.Passages[index].Text
	for _, marker := range d.Passages[index].Markers {
		if strings.Contains(link, url.QueryEscape(text[marker.Start:marker.End])) {
			t.Errorf("%s holds a marker", link)
		}
	}
	return m.from.at, m.to.at, true
}

// The rest is the specification's search, written for clarity: blocks of
// characters, terms that lie within one block, and a scan from the top.

type character struct {
	folded rune
	at     int // offset in the stored text
}

type position struct{ block, at int }

type match struct{ from, to position }

type block []character

func blocksOf(d *document.Document) []block {
	var blocks []block
	for _, p := range d.Passages {
		blocks = append(blocks, blockOf(p.Text))
	}
	return blocks
}

func blockOf(text string) block {
	var b block
	for i, r := range text {
		if unicode.IsSpace(r) {
			r = ' '
			if len(b) > 0 && b[len(b)-1].folded == ' ' {
				continue
			}
		}
		b = append(b, character{unicode.ToLower(unicode.ToUpper(r)), i})
	}
	return append(b, character{-1, len(text)}) // the end
}

// bounded reports whether no word goes on over the gap before character i.
func (b block) bounded(i int) bool {
	word := func(r rune) bool {
		return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r)
	}
	return i == 0 || !word(b[i-1].folded) || !word(b[i].folded)
}

// at matches a term at character i and returns the character after it.
func (b block) at(i int, term block, left, right bool) (int, bool) {
	term = term[:len(term)-1]
	if len(term) == 0 || i+len(term) > len(b)-1 || (left && !b.bounded(i)) || (right && !b.bounded(i+len(term))) {
		return 0, false
	}
	for k, c := range term {
		if b[i+k].folded != c.folded {
			return 0, false
		}
	}
	return i + len(term), true
}

// browse lists every match of a text directive.
func browse(t testing.TB, d *document.Document, text string) []match {
	t.Helper()
	terms := strings.Split(text, ",")
	decode := func(s string) block {
		plain, err := url.PathUnescape(s)
		if err != nil || plain == "" || strings.ContainsAny(s, "&-") {
			t.Fatalf("bad term %q in %q: %v", s, text, err)
		}
		return blockOf(plain)
	}
	var prefix, start, end, suffix block
	if s, ok := strings.CutSuffix(terms[0], "-"); ok {
		prefix, terms = decode(s), terms[1:]
	}
	if s, ok := strings.CutPrefix(terms[len(terms)-1], "-"); ok {
		suffix, terms = decode(s), terms[:len(terms)-1]
	}
	if len(terms) == 0 || len(terms) > 2 {
		t.Fatalf("directive %q", text)
	}
	start = decode(terms[0])
	if len(terms) == 2 {
		end = decode(terms[1])
	}
	blocks := blocksOf(d)
	// next is the next character that is no white space, in the next block too.
	next := func(bi, i int) (int, int) {
		for bi < len(blocks) {
			for ; i < len(blocks[bi])-1; i++ {
				if blocks[bi][i].folded != ' ' {
					return bi, i
				}
			}
			bi, i = bi+1, 0
		}
		return bi, 0
	}
	followed := func(bi, i int) bool {
		if suffix == nil {
			return true
		}
		bi, i = next(bi, i)
		if bi == len(blocks) {
			return false
		}
		_, ok := blocks[bi].at(i, suffix, false, true)
		return ok
	}
	var matches []match
	for bi, b := range blocks {
		for i := range b {
			si, s := bi, i
			if prefix != nil {
				after, ok := b.at(i, prefix, true, false)
				if !ok {
					continue
				}
				if si, s = next(bi, after); si == len(blocks) {
					continue
				}
			}
			stop, ok := blocks[si].at(s, start, prefix == nil, end != nil || suffix == nil)
			if !ok {
				continue
			}
			m := match{from: position{si, blocks[si][s].at}}
			if end == nil {
				if followed(si, stop) {
					m.to = position{si, blocks[si][stop].at}
					matches = append(matches, m)
				}
				continue
			}
		search:
			for ei, from := si, stop; ei < len(blocks); ei, from = ei+1, 0 {
				for e := from; e < len(blocks[ei]); e++ {
					if stop, ok := blocks[ei].at(e, end, true, suffix == nil); ok && followed(ei, stop) {
						m.to = position{ei, blocks[ei][stop].at}
						matches = append(matches, m)
						break search
					}
				}
			}
		}
	}
	return matches
}

// FuzzLink makes documents of few words, so that they repeat themselves, and
// holds every link to its promise.
func FuzzLink(f *testing.F) {
	f.Add(uint64(1), uint16(0), uint16(40), "the ship may Not (berth), well-known risks & l’été 2,025 naïve_x")
	f.Add(uint64(2), uint16(3), uint16(9), "a a a b")
	f.Add(uint64(3), uint16(0), uint16(0), "船は 港に。入る ÅNGSTRÖM Ångström ſ K — § “x” ( ) - , & %41 + #")
	f.Add(uint64(4), uint16(5), uint16(99), "e\u0301 e \u00ad\u00adx x\u200bx x _ _x 1 1.1 [ ] [1]")
	f.Fuzz(func(t *testing.T, seed uint64, from, to uint16, vocabulary string) {
		words := strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(vocabulary, "[", ""), ""))
		if len(words) == 0 || len(vocabulary) > 200 {
			t.Skip()
		}
		d := invented(rand.New(rand.NewPCG(seed, 0)), words)
		if err := d.Validate(); err != nil {
			t.Skip(err)
		}
		for i := range d.Passages {
			p := &d.Passages[i]
			span := cite.Span{Start: int(from) % (len(p.Text) + 1), End: int(to) % (len(p.Text) + 1)}
			link := cite.Link(d, p.Pincite(), span)
			start, end, ok := checkLink(t, d, p.Pincite(), link)
			if !ok {
				continue
			}
			if start >= end {
				t.Errorf("%s matches nothing", link)
			}
			for _, m := range p.Markers {
				if start == m.End || end == m.Start {
					if r := []rune(p.Text[start:end]); unicode.IsLetter(r[0]) && start == m.End || unicode.IsLetter(r[len(r)-1]) && end == m.Start {
						t.Errorf("%s touches a marker in %q", link, p.Text)
					}
				}
			}
		}
	})
}

// invented is a document of random passages over a few words, with markers
// between and within them.
func invented(r *rand.Rand, words []string) *document.Document {
	text := func() string {
		var b strings.Builder
		for range 1 + r.IntN(20) {
			b.WriteString(words[r.IntN(len(words))])
			switch r.IntN(12) {
			case 0:
				b.WriteString(".[1] ")
			case 1:
				b.WriteString("[2]")
			case 2:
				b.WriteString("\u00a0 ")
			case 3:
				b.WriteString(", ")
			default:
				b.WriteString(" ")
			}
		}
		return strings.TrimSpace(b.String())
	}
	var paragraphs []string
	for range 1 + r.IntN(6) {
		paragraphs = append(paragraphs, text())
	}
	if r.IntN(3) == 0 {
		paragraphs = append(paragraphs, paragraphs[0])
	}
	return memo(paragraphs, []string{text(), text() + "\n" + text()})
}

func TestLinkOfUniqueSpanIsTheSpan(t *testing.T) {
	d := book(50)
	r := rand.New(rand.NewPCG(7, 7))
	for range 150 {
		p := &d.Passages[r.IntN(len(d.Passages))]
		words := strings.Fields(p.Text)
		first := r.IntN(len(words))
		last := first + r.IntN(len(words)-first)
		span := cite.Span{Start: len(strings.Join(words[:first], " ")), End: len(strings.Join(words[:last+1], " "))}
		if first > 0 {
			span.Start++
		}
		link := cite.Link(d, p.Pincite(), span)
		start, end, ok := checkLink(t, d, p.Pincite(), link)
		got := strings.TrimRight(p.Text[span.Start:span.End], ".,")
		if !ok || p.Text[start:end] != got && p.Text[start:end] != p.Text[span.Start:span.End] {
			t.Errorf("%s matches %q, want %q", link, p.Text[start:end], got)
		}
	}
}

// book is a long document of made-up words with the frequencies of a language:
// the n-th word is about n times as rare as the first, and of a thousand
// letters in English text so many are each.
func book(passages int) *document.Document {
	r := rand.New(rand.NewPCG(1, 2))
	var letters strings.Builder
	for i, n := range []int{82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1} {
		letters.WriteString(strings.Repeat(string(rune('a'+i)), n))
	}
	lexicon := make([]string, 8000)
	for i := range lexicon {
		word := make([]byte, 2+r.IntN(3)+i%6)
		for k := range word {
			word[k] = letters.String()[r.IntN(letters.Len())]
		}
		lexicon[i] = string(word)
	}
	zipf := rand.NewZipf(r, 1.1, 3, uint64(len(lexicon)-1))
	paragraphs := make([]string, passages)
	for i := range paragraphs {
		words := make([]string, 100)
		for k := range words {
			words[k] = lexicon[zipf.Uint64()]
			if k%17 == 16 || k == len(words)-1 {
				words[k] += "."
			}
		}
		paragraphs[i] = strings.Join(words, " ")
	}
	return memo(paragraphs, nil)
}

func TestLinkOfLongWordsFits(t *testing.T) {
	d := memo([]string{
		"Достопримечательности усовершенствованного судоходства благоприятствовали первооткрывателям.",
		strings.Repeat("д", 300) + " конец",
	}, nil)
	d.URL = "https://example.org/" + strings.Repeat("x", 30)
	for n := range d.Passages {
		// The test of the limit is in checkLink.
		if _, _, ok := checkLink(t, d, para(n+1), cite.Link(d, para(n+1), cite.Span{})); !ok {
			t.Errorf("no fragment for ¶ %d", n+1)
		}
	}
}

// TestLinkOfBoilerplate holds links to passages that differ late or not at
// all.
func TestLinkOfBoilerplate(t *testing.T) {
	clause := strings.Repeat("The parties agree that nothing in this clause binds a third party. ", 4)
	var paragraphs []string
	for _, port := range []string{"Antwerp", "Bergen", "Cadiz", "Antwerp"} {
		paragraphs = append(paragraphs, clause+"It applies in "+port+" alone. "+strings.TrimSpace(clause))
	}
	d := memo(paragraphs, nil)
	for n, port := range map[int]string{2: "Bergen", 3: "Cadiz"} {
		link := cite.Link(d, para(n), cite.Span{})
		if start, end, ok := checkLink(t, d, para(n), link); !ok || !strings.Contains(d.Passages[n-1].Text[start:end], port) {
			t.Errorf("%s does not find %s", link, port)
		}
	}
	for _, n := range []int{1, 4} {
		if link := cite.Link(d, para(n), cite.Span{}); link != harbour {
			t.Errorf("%s for a passage that occurs twice", link)
		}
	}
}

func BenchmarkLink(b *testing.B) {
	d := book(5000)
	text := d.Passages[2500].Text
	spans := map[string]cite.Span{
		"passage":  {},
		"sentence": {Start: strings.Index(text, ".") + 2, End: strings.Index(text, ".") + 90},
		"word":     {Start: 0, End: 1},
	}
	for name, span := range spans {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if cite.Link(d, para(2501), span) == "" {
					b.Fatal("no link")
				}
			}
		})
	}
}
