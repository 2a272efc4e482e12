package index

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/words"
)

// maxVerified is how many passages one search may read word by word to check
// its phrases and prefixes, over all corpora of the view.
const maxVerified = 20000

// Find lists the passages that match keywords, best first: those from offset
// on, at most limit. Total counts all of them.
func (v *View) Find(ctx context.Context, k Keywords, offset, limit int) (hits Hits, err error) {
	defer func() { // see Search
		if r := recover(); r != nil {
			hits, err = Hits{}, fmt.Errorf("index: find panicked: %v", r)
		}
	}()
	f := finder{view: v, scores: newScores(v)}
	defer f.scores.release()
	allowed, err := f.combine(ctx, k)
	if err != nil {
		return Hits{}, err
	}
	var found []scored
	for i := range allowed {
		part := &v.parts[i]
		for o, ok := range allowed[i] {
			if ok && (k.Kind == "" || part.kind(uint32(o)) == k.Kind) {
				found = append(found, scored{i, uint32(o), float64(f.scores.parts[i].sums[o])})
			}
		}
	}
	slices.SortFunc(found, v.compare)
	hits.Total = len(found)
	found = found[min(max(offset, 0), len(found)):]
	for _, s := range found[:min(max(limit, 0), len(found))] {
		h, err := f.hit(ctx, k, s)
		if err != nil {
			return Hits{}, err
		}
		hits.Hits = append(hits.Hits, h)
	}
	return hits, nil
}

// set marks passages, by part and ordinal.
type set [][]bool

func (v *View) newSet() set {
	s := make(set, len(v.parts))
	for i := range s {
		s[i] = make([]bool, len(v.parts[i].passages))
	}
	return s
}

// finder finds the passages for one keyword search.
type finder struct {
	view     *View
	scores   *scores
	verified int
	tokens   []words.Token
}

// combine finds the passages that the groups allow together: any that has a
// term that should occur, unless terms that must occur decide. Of those, or of
// all where no term is searched for, it leaves what names the right
// authorities.
func (f *finder) combine(ctx context.Context, k Keywords) (set, error) {
	allowed := f.view.newSet()
	if k.Document != "" && !f.view.Has(k.Document) {
		return nil, fault.New(fault.NotFound, "There is no document %q here; the list of documents shows their ids.", k.Document)
	}
	demands := slices.ContainsFunc(k.Groups, func(g Group) bool { return g.Occurs == Must })
	first := true
	wordless := !slices.ContainsFunc(k.Groups, func(g Group) bool { return g.Occurs != MustNot })
	if wordless {
		f.all(k, allowed)
	}
	for _, occurs := range []Occurs{Must, Should, MustNot} {
		for _, g := range k.Groups {
			if g.Occurs != occurs {
				continue
			}
			has, err := f.group(ctx, k, g)
			if err != nil {
				return nil, err
			}
			for i := range allowed {
				for o, yes := range has[i] {
					switch {
					case occurs == Must && first, occurs == Should && !demands:
						allowed[i][o] = allowed[i][o] || yes
					case occurs == Must:
						allowed[i][o] = allowed[i][o] && yes
					case occurs == MustNot:
						allowed[i][o] = allowed[i][o] && !yes
					}
				}
			}
			first = false
		}
	}
	for _, c := range k.Cites {
		naming, err := f.naming(ctx, c.Key, wordless && !c.Not)
		if err != nil {
			return nil, err
		}
		for i := range allowed {
			for o, yes := range naming[i] {
				allowed[i][o] = allowed[i][o] && yes != c.Not
			}
		}
	}
	return allowed, nil
}

// all adds every passage that a search is allowed to find.
func (f *finder) all(k Keywords, has set) {
	for i := range has {
		for o := range has[i] {
			has[i][o] = f.allows(k, i, uint32(o))
		}
	}
}

// naming finds the passages that name an authority. With rank, those that name
// it as such come before those that name a range or a part of it.
func (f *finder) naming(ctx context.Context, key string, rank bool) (set, error) {
	terms, err := f.view.covering(key)
	if err != nil {
		return nil, err
	}
	has := f.view.newSet()
	for i := range f.view.parts {
		for _, term := range terms {
			err := f.view.parts[i].postings(ctx, fieldAuthority, term, func(o uint32, _ int) {
				has[i][o] = true
				if rank && term == key {
					f.scores.parts[i].addTo(o, 1)
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return has, nil
}

// group finds the passages that have one of a group's terms.
func (f *finder) group(ctx context.Context, k Keywords, g Group) (set, error) {
	has := f.view.newSet()
	for _, t := range g.Terms {
		var err error
		switch {
		case t.Prefix:
			err = f.prefix(ctx, k, t, has)
		case len(t.Words) > 1:
			err = f.phrase(ctx, k, t, has)
		default:
			err = f.single(ctx, k, t, has)
		}
		if err != nil {
			return nil, err
		}
	}
	return has, nil
}

// allows reports whether a passage is of the view and of the document that the
// search is restricted to.
func (f *finder) allows(k Keywords, part int, ordinal uint32) bool {
	p := &f.view.parts[part]
	if !p.sees(ordinal) {
		return false
	}
	return k.Document == "" || f.view.position[k.Document] == place{part, int(p.passages[ordinal].doc)}
}

// single adds the passages that have a word, each by the word's stem in its
// own language: "parte" is in no English text, though its Spanish stem is.
func (f *finder) single(ctx context.Context, k Keywords, t Term, has set) error {
	if !f.view.spanish || t.Stems[0] == t.Spanish[0] {
		return f.word(ctx, k, t.Stems[0], "", has)
	}
	for _, language := range f.view.Languages() {
		if stem := t.in(language)[0]; stem != "" {
			if err := f.word(ctx, k, stem, language, has); err != nil {
				return err
			}
		}
	}
	return nil
}

// word adds the passages in a language, or in any where it is empty, that have
// a stem, and scores them.
func (f *finder) word(ctx context.Context, k Keywords, stem, language string, has set) error {
	n, err := f.view.frequency(ctx, fieldText, stem)
	if err != nil || n == 0 {
		return err
	}
	for i := range f.view.parts {
		part := &f.view.parts[i]
		err := part.postings(ctx, fieldText, stem, func(o uint32, frequency int) {
			if !f.allows(k, i, o) || (language != "" && part.docs[part.passages[o].doc].language != language) {
				return
			}
			has[i][o] = true
			length := float64(part.passages[o].textLength)
			score := Rarity(f.view.passages, n) * bm25(float64(frequency), length/f.view.meanText, f.view.weights.Saturation, f.view.weights.Length)
			f.scores.parts[i].addTo(o, float32(score))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// phrase adds the passages where a phrase's words stand side by side.
func (f *finder) phrase(ctx context.Context, k Keywords, t Term, has set) error {
	languages := f.view.Languages()
	if slices.Equal(t.Spanish, t.Stems) || len(languages) == 1 {
		languages = []string{""}
	}
	for _, language := range languages {
		common, err := f.together(ctx, k, t, language)
		if err != nil {
			return err
		}
		err = f.verify(ctx, common, has, func(tokens []words.Token) bool {
			return len(phraseSpans(tokens, t.Words)) > 0
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// together finds the passages in a language, or in any where it is empty, that
// have all words of a term; nil where none of them is indexed.
func (f *finder) together(ctx context.Context, k Keywords, t Term, language string) (set, error) {
	var common set
	for _, stem := range t.in(language) {
		if stem == "" {
			continue
		}
		with := f.view.newSet()
		if err := f.word(ctx, k, stem, language, with); err != nil {
			return nil, err
		}
		if common == nil {
			common = with
			continue
		}
		for i := range common {
			for o := range common[i] {
				common[i][o] = common[i][o] && with[i][o]
			}
		}
	}
	return common, nil
}

// phraseSpans lists where a phrase stands.
func phraseSpans(tokens []words.Token, phrase []string) []words.Span {
	var spans []words.Span
	for i := 0; i+len(phrase) <= len(tokens); i++ {
		if slices.EqualFunc(tokens[i:i+len(phrase)], phrase, func(t words.Token, w string) bool { return t.Word == w }) {
			spans = append(spans, words.Span{Start: tokens[i].Start, End: tokens[i+len(phrase)-1].End})
		}
	}
	return spans
}

// prefix adds the passages that have a word with the beginning given. The
// index knows stems only, so stems that such a word may have are looked up and
// the passages read.
func (f *finder) prefix(ctx context.Context, k Keywords, t Term, has set) error {
	prefix := t.Words[0]
	var stems []string
	for i := range f.view.parts {
		err := f.view.parts[i].terms(fieldText, stemPrefix(prefix), func(stem string, _ int) bool {
			if mayBegin(stem, prefix) && !slices.Contains(stems, stem) {
				stems = append(stems, stem)
			}
			return len(stems) <= maxExpansion
		})
		if err != nil {
			return err
		}
	}
	if len(stems) > maxExpansion {
		return fault.New(fault.Invalid, "More than %d words begin with %q; type more letters before the star.", maxExpansion, prefix)
	}
	may := f.view.newSet()
	for _, stem := range stems {
		if err := f.word(ctx, k, stem, "", may); err != nil {
			return err
		}
	}
	return f.verify(ctx, may, has, func(tokens []words.Token) bool {
		return slices.ContainsFunc(tokens, func(tok words.Token) bool { return strings.HasPrefix(tok.Word, prefix) })
	})
}

// shortestStem is how much of a word the stemmer leaves at the least.
const shortestStem = 2

// stemPrefix is what the stems of all words with a prefix have in common: the
// stemmer may cut an ending that the prefix has a part of.
func stemPrefix(prefix string) string {
	runes := []rune(prefix)
	keep := max(len(runes)-len("ization"), min(len(runes), shortestStem))
	return string(runes[:keep])
}

// mayBegin reports whether a word with the prefix may have this stem: one
// begins with the other, but for the stem's last letter, which the stemmer may
// have changed (policy, polici).
func mayBegin(stem, prefix string) bool {
	if strings.HasPrefix(stem, prefix) || strings.HasPrefix(prefix, stem) {
		return true
	}
	body := stem[:len(stem)-1]
	return len(body) >= shortestStem && (strings.HasPrefix(body, prefix) || strings.HasPrefix(prefix, body))
}

// verify reads the passages of may and adds those that pass to has.
func (f *finder) verify(ctx context.Context, may, has set, passes func([]words.Token) bool) error {
	for i := range may {
		for o, yes := range may[i] {
			if !yes || has[i][o] {
				continue
			}
			if f.verified++; f.verified > maxVerified {
				return fault.New(fault.Invalid, "Too many passages have these words; add a rarer word with a + before it.")
			}
			if f.verified%256 == 0 && ctx.Err() != nil {
				return context.Cause(ctx)
			}
			passage, _, err := f.passage(ctx, i, uint32(o))
			if err != nil {
				return err
			}
			f.tokens = f.view.words.In(f.language(i, uint32(o))).AppendTokens(f.tokens[:0], passage.Text)
			has[i][o] = passes(f.tokens)
		}
	}
	return nil
}

// language is the one that a passage was analysed in.
func (f *finder) language(part int, ordinal uint32) string {
	p := &f.view.parts[part]
	return p.docs[p.passages[ordinal].doc].language
}

func (f *finder) passage(ctx context.Context, part int, ordinal uint32) (*document.Passage, *document.Document, error) {
	p := &f.view.parts[part]
	at := int(p.passages[ordinal].doc)
	d, err := f.view.document(ctx, place{part, at})
	if err != nil {
		return nil, nil, err
	}
	return &d.Passages[ordinal-p.docs[at].first], d, nil
}

// hit reads a passage that was found and marks what matched.
func (f *finder) hit(ctx context.Context, k Keywords, s scored) (Hit, error) {
	passage, d, err := f.passage(ctx, s.part, s.ordinal)
	if err != nil {
		return Hit{}, err
	}
	h := Hit{Document: d, Passage: passage, Language: f.language(s.part, s.ordinal), Score: s.score}
	f.tokens = f.view.words.In(h.Language).AppendTokens(f.tokens[:0], passage.Text)
	for _, g := range k.Groups {
		if g.Occurs == MustNot {
			continue
		}
		for _, t := range g.Terms {
			h.Spans = append(h.Spans, f.spans(t, h.Language)...)
		}
	}
	slices.SortFunc(h.Spans, func(a, b words.Span) int { return a.Start - b.Start })
	h.Spans = merge(h.Spans)
	return h, nil
}

// spans lists where a term stands in the passage that was read last.
func (f *finder) spans(t Term, language string) []words.Span {
	if len(t.Words) > 1 {
		return phraseSpans(f.tokens, t.Words)
	}
	stem := t.in(language)[0]
	var spans []words.Span
	for _, tok := range f.tokens {
		if (t.Prefix && strings.HasPrefix(tok.Word, t.Words[0])) || (!t.Prefix && !tok.Stop && tok.Stem == stem) {
			spans = append(spans, words.Span{Start: tok.Start, End: tok.End})
		}
	}
	return spans
}

// merge joins ordered spans that overlap.
func merge(spans []words.Span) []words.Span {
	var merged []words.Span
	for _, s := range spans {
		if last := len(merged) - 1; last >= 0 && s.Start < merged[last].End {
			merged[last].End = max(merged[last].End, s.End)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}
