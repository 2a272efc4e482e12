package answer

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"pincite/internal/index"
	"pincite/internal/words"
)

// mendedWeight is the weight of a word that a misspelt one is taken for, and
// inflectedWeight that of another form of an irregular word.
const (
	mendedWeight    = 0.8
	inflectedWeight = 0.95
)

// Mended is a word of the question that the corpus does not know, and the one
// in the corpus that it was taken for.
type Mended struct {
	Written string // as the questioner wrote it
	As      string // as the corpus writes it
}

// know finds out which of the question's words the corpus knows by its titles
// only or in another spelling, and mends those that it does not know at all.
func (q *question) know(ctx context.Context, view *index.View, a *Answerer) error {
	for i := range q.terms {
		t := &q.terms[i]
		if t.stem == "" {
			continue
		}
		var err error
		if t.titled, err = view.Titled(ctx, t.stem); err != nil {
			return err
		}
		if t.foreign != "" && !t.titled {
			if t.titled, err = view.Titled(ctx, t.foreign); err != nil {
				return err
			}
		}
	}
	if err := q.join(ctx, view, a.words); err != nil {
		return err
	}
	return q.mend(ctx, view, a)
}

// mend looks for the words that the corpus does not know among those that it
// knows, in two parts first. A word that the lexicon has is spelt right, and so
// is an irregular form of a word that the corpus has.
func (q *question) mend(ctx context.Context, view *index.View, a *Answerer) error {
	for i := range q.terms {
		t := &q.terms[i]
		if t.filler || t.idiom {
			continue
		}
		known, err := t.known(ctx, view)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		if err := t.part(ctx, view, a.words); err != nil {
			return err
		}
		if t.titled || len(t.compounds) > 0 || strings.ContainsFunc(t.stem, unicode.IsDigit) {
			continue
		}
		if err := t.inflect(ctx, view, a.words); err != nil {
			return err
		}
		if t.earlier || len(t.others) > 0 || len(t.spanish) > 0 || len(t.inflected) > 0 {
			continue
		}
		near, err := view.Nearest(ctx, t.stem)
		if err != nil {
			return err
		}
		if near != "" && !a.isWord(t) {
			t.mended = near
		}
	}
	return nil
}

// isWord reports whether a word that the corpus lacks is known to be spelt
// right: it is an irregular form, or stands in the lexicon, which has the names
// of countries too.
func (a *Answerer) isWord(t *term) bool {
	return len(t.forms()) > 0 || (a.lexicon != nil && a.lexicon.Knows(a.words.Stem(t.word)))
}

// forms are the other forms of an irregular word; a name has none (Drew).
func (t *term) forms() []string {
	if t.name {
		return nil
	}
	return words.Irregular(t.word)
}

// inflect finds the other forms of an irregular word that the corpus has. Where
// the lexicon has any of them for the word, its weights hold.
func (t *term) inflect(ctx context.Context, view *index.View, a *words.Analyzer) error {
	for _, form := range t.forms() {
		stem := a.Stem(form)
		if slices.ContainsFunc(t.others, func(o index.Alternative) bool { return o.Stem == stem && len(o.More) == 0 }) {
			t.inflected = nil
			return nil
		}
		n, err := view.Frequency(ctx, stem)
		if err != nil {
			return err
		}
		if n > 0 && !slices.Contains(t.inflected, stem) {
			t.inflected = append(t.inflected, stem)
		}
	}
	return nil
}

// known reports whether a passage has the word, by its stem in either language.
func (t *term) known(ctx context.Context, view *index.View) (bool, error) {
	for _, stem := range []string{t.stem, t.foreign} {
		if stem == "" {
			continue
		}
		if n, err := view.Frequency(ctx, stem); err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// mendedWords lists what was mended, each word as the best hit that has it
// writes it.
func (a *Answerer) mendedWords(q *question, hits *index.Hits) []Mended {
	var mended []Mended
	for _, t := range q.terms {
		if t.mended != "" {
			mended = append(mended, Mended{Written: t.written, As: a.asWritten(t.mended, hits)})
		}
	}
	return mended
}

// asWritten is how the hits write a word, given its stem.
func (a *Answerer) asWritten(stem string, hits *index.Hits) string {
	for i := range hits.Hits {
		text := hits.Hits[i].Passage.Text
		for _, tok := range a.words.In(hits.Hits[i].Language).Tokens(text) {
			if tok.Stem == stem {
				return text[tok.Start:tok.End]
			}
		}
	}
	return stem
}
