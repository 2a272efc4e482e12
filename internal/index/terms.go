package index

import (
	bleveindex "github.com/blevesearch/bleve_index_api"

	"pincite/internal/authority"
	"pincite/internal/document"
	"pincite/internal/words"
)

// The fields of a passage in the index that are made of words: its own, and
// those of the title and the section that it stands under. See fieldAuthority
// for the third field.
const (
	fieldText = "text"
	fieldHead = "head"
)

// passageTerms are the terms of one passage, counted.
type passageTerms struct {
	text, head, authorities bleveindex.TokenFrequencies
	textLength, headLength  int // in terms, function words left out
}

// countTerms counts the terms of a passage. Function words are not indexed:
// they tell no two passages apart and fill half of every list. named is what
// the passage names.
func countTerms(a *words.Analyzer, d *document.Document, p *document.Passage, named []authority.Found) passageTerms {
	var t passageTerms
	t.text, t.textLength = count(content(nil, a, p.Text))
	t.head, t.headLength = count(content(content(nil, a, d.Title), a, p.Section))
	t.authorities, _ = count(authorityTerms(named))
	return t
}

// content appends the stems of a text's content words to stems.
func content(stems []string, a *words.Analyzer, text string) []string {
	for _, tok := range a.Tokens(text) {
		if !tok.Stop {
			stems = append(stems, tok.Stem)
		}
	}
	return stems
}

func count(stems []string) (bleveindex.TokenFrequencies, int) {
	freqs := make(bleveindex.TokenFrequencies, len(stems))
	backing := make([]bleveindex.TokenFreq, 0, len(stems))
	for _, stem := range stems {
		f, ok := freqs[stem]
		if !ok {
			backing = append(backing, bleveindex.TokenFreq{Term: []byte(stem)})
			f = &backing[len(backing)-1]
			freqs[stem] = f
		}
		f.SetFrequency(f.Frequency() + 1)
	}
	return freqs, len(stems)
}

// counted is a field whose terms were counted before it reaches bleve: the
// analysis runs on all cores and is the one that queries go through.
type counted struct {
	name   string
	length int
	freqs  bleveindex.TokenFrequencies
}

// The methods of bleve's Field. No value is kept: the library has the text.
func (f *counted) Name() string                                          { return f.name }
func (f *counted) Value() []byte                                         { return nil }
func (f *counted) ArrayPositions() []uint64                              { return nil }
func (f *counted) EncodedFieldType() byte                                { return 't' }
func (f *counted) Analyze()                                              {}
func (f *counted) Options() bleveindex.FieldIndexingOptions              { return bleveindex.IndexField }
func (f *counted) AnalyzedLength() int                                   { return f.length }
func (f *counted) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.freqs }
func (f *counted) NumPlainTextBytes() uint64                             { return 0 }
func (f *counted) Size() int                                             { return 64 * len(f.freqs) }
