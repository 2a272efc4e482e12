package quote

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"pincite/internal/document"
)

// folded is a text as it is compared, without the marks around it.
func folded(text string) string {
	var list []string
	for _, t := range tokenize(text, nil, false) {
		list = append(list, t.text)
	}
	s := strings.Trim(strings.Join(list, " "), `" `)
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)) + s[n:]
}

// stretch chooses whole words of a passage, at least one; ok is false where
// there are none.
func stretch(src *source, i, j uint) (from, to int, ok bool) {
	var begins, ends []int
	for k := range src.tokens {
		if src.tokens[k].kind != word {
			continue
		}
		if !cutsBefore(src.tokens, k) {
			begins = append(begins, k)
		}
	}
	if len(begins) == 0 {
		return 0, 0, false
	}
	from = begins[i%uint(len(begins))]
	for k := from; k < len(src.tokens); k++ {
		if src.tokens[k].kind == word && !cutsAfter(src.tokens, k) {
			ends = append(ends, k)
		}
	}
	if len(ends) == 0 {
		return 0, 0, false
	}
	return from, ends[j%uint(len(ends))], true
}

// lookup is what Check does with one passage.
func lookup(text string, src *source) (Occurrence, bool) {
	for _, r := range readings(text) {
		pattern := parse(r.tokens)
		if o, ok := occurrence(text, trims(pattern), substantial(pattern), src, &r); ok {
			return o, true
		}
	}
	return Occurrence{}, false
}

// passageSource is a passage of its own document; nil for a text that none has.
func passageSource(text string) *source {
	text = strings.TrimSpace(text)
	d := &document.Document{ID: "a", Title: "a", Passages: []document.Passage{{Kind: document.Paragraph, Number: 1, Text: text}}}
	if d.Validate() != nil || len(text) > 2000 {
		return nil
	}
	return newSource(d, &d.Passages[0])
}

func seeds(f *testing.F) {
	for _, p := range plain("compact", string(readFile(f, "testdata/compact.txt"))).Passages {
		f.Add(p.Text, uint(3), uint(9))
	}
	for _, text := range hostile() {
		f.Add(text, uint(0), uint(2))
	}
}

// hostile are texts that are hard to fold.
func hostile() []string {
	return []string{
		"a [b] c", "a … b . . . c", "x.[1] y", "“a ‘b’” c", "1,5 %", "a-b-c", "U.S.A. is", "a (…) b", "[…] a", "a [1] b [c d", "é e\u0301 ﬁn",
		"a 'b' (c, p. 3)", "“a” — B", "… a … a b", "can't cant", "a¹²b", "[a]b c[d]", "a -- b - c",
		"x [1] y [12][13] z.[2]w", "caf\u00e9 cafe\u0301 \ufb01\ufb02e", "so\u00adft zero\u200bwidth \u202bx\u202c y", "½ 1½ 10² m³", "№ 5 §§ 6–7",
		"O’Brien's “a’b” ‘c’", "Ⅳ ٣ 中文 字", "İstanbul ISTANBUL ß", "1,000.5 1:30 a.m. U.S.A.", "Å \u212b K \u212a Ω \u2126",
	}
}

// FuzzExact holds that whole words cut out of a passage are exact, and that an
// exact quotation without anything named is, folded, what its span is.
func FuzzExact(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string, i, j uint) {
		src := passageSource(text)
		if src == nil {
			return
		}
		from, to, ok := stretch(src, i, j)
		if !ok {
			return
		}
		quotation := src.passage.Text[src.tokens[from].start:src.tokens[to].end]
		o, found := lookup(quotation, src)
		if !found {
			t.Fatalf("%q of %q is not found", quotation, src.passage.Text)
		}
		if len(o.Differences) > 0 {
			t.Fatalf("%q of %q has %+v", quotation, src.passage.Text, o.Differences)
		}
		span := o.Parts[0].Span
		if got := src.passage.Text[span.Start:span.End]; folded(got) != folded(quotation) {
			t.Fatalf("%q is found as %q: %q, not %q", quotation, got, folded(got), folded(quotation))
		}
	})
}

// FuzzReplaced holds that a quotation of which one word is replaced by one that
// the passage does not have is never exact, unless that word is in what is
// named: a bracket, or a citation.
func FuzzReplaced(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string, i, j uint) {
		const other = "qzxq"
		src := passageSource(text)
		if src == nil || strings.Contains(strings.ToLower(text), "q") {
			return
		}
		from, to, ok := stretch(src, i, j)
		if !ok {
			return
		}
		at := from + int(j>>4)%(to-from+1)
		if src.tokens[at].kind != word {
			at = from
		}
		quotation := src.passage.Text[src.tokens[from].start:src.tokens[at].start] + other + src.passage.Text[src.tokens[at].end:src.tokens[to].end]
		o, found := lookup(quotation, src)
		if !found {
			return
		}
		for _, d := range o.Differences {
			if (d.Kind == Bracket || d.Kind == Reference) && strings.Contains(d.Quote, other) {
				return
			}
		}
		t.Fatalf("%q of %q is exact: %+v", quotation, src.passage.Text, o)
	})
}

// TestCutOut checks through the index what the fuzz tests check of one
// passage, on the built-in documents, on those of the cases and on texts that are
// hard to fold.
func TestCutOut(t *testing.T) {
	docs := append(builtin(t), plain("hostile", strings.Join(hostile(), "\n")))
	for _, id := range []string{"compact", "ferry", "lonja"} {
		docs = append(docs, plain(id, string(readFile(t, "testdata/"+id+".txt"))))
	}
	b := over(t, docs...)
	random := rand.New(rand.NewPCG(3, 5))
	for range 1500 {
		d := docs[random.IntN(len(docs))]
		p := &d.Passages[random.IntN(len(d.Passages))]
		src := newSource(d, p)
		from, to, ok := stretch(src, random.Uint(), random.Uint())
		if !ok {
			continue // as in "1,5 %", of which "1,5" is another number
		}
		quotation := p.Text[src.tokens[from].start:src.tokens[to].end]
		r := b.check(t, quotation)
		if r.Verdict != Exact {
			t.Errorf("%q of %s is %s", quotation, d.Ref(p), r.Verdict)
			continue
		}
		for _, o := range r.Found {
			if len(o.Differences) > 0 {
				continue // another passage, with something to name
			}
			span := o.Parts[0].Span
			bare := strings.NewReplacer("( … )", "…", "[ … ]", "…") // the two stand for each other
			if got := o.Parts[0].Passage.Text[span.Start:span.End]; bare.Replace(folded(got)) != bare.Replace(folded(quotation)) {
				t.Errorf("%q is found as %q", quotation, got)
			}
		}
		at := from
		for src.tokens[at].kind != word {
			at++
		}
		replaced := p.Text[src.tokens[from].start:src.tokens[at].start] + "quagga" + p.Text[src.tokens[at].end:src.tokens[to].end]
		if r := b.check(t, replaced); r.Verdict == Exact {
			t.Errorf("%q is exact in %v", replaced, r.Found[0])
		}
	}
}
