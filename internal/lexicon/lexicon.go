package lexicon

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"pincite/internal/fault"
	"pincite/internal/words"
)

// Term is what is searched for as well.
type Term struct {
	// Stems are the term's words as the index has them: one, or those of a
	// phrase in order, function words left out. Never empty.
	Stems []string
	// Weight is above 0 and at most 1, where the word that was asked has 1.
	Weight float64
}

// Lexicon expands questions. It never changes and is safe for concurrent use.
type Lexicon struct {
	layers []table // the one that goes first stands first
	own    []entry // what Parse read
	back   func() map[string][]Term
	noKin  bool
}

// newLexicon makes a lexicon of layers and of the entries that Parse read.
func newLexicon(layers []table, own []entry) *Lexicon {
	l := &Lexicon{layers: layers, own: own}
	l.back = sync.OnceValue(l.readBack)
	return l
}

//go:embed builtin.tsv
var builtin string

// Builtin is the lexicon that every server has. It costs nothing to make.
func Builtin() *Lexicon { return newLexicon([]table{table(builtin)}, nil) }

// Parse reads a lexicon in the format that the package's documentation
// describes. name is what errors call the text, such as the name of its file.
// a is the analyzer of the texts that will be searched.
//
// What is wrong comes back as a fault of kind Invalid, or TooLarge above
// MaxSize bytes, that wraps *ParseError with an *Error for each line, and no
// lexicon with it.
func Parse(name, text string, a *words.Analyzer) (*Lexicon, error) {
	if len(text) > MaxSize {
		return nil, fault.New(fault.TooLarge, "A lexicon has at most %d bytes; %s has %d.", MaxSize, name, len(text))
	}
	errs := &ParseError{Name: name}
	sources := read(text, errs)
	if len(sources) > MaxEntries {
		errs.add(0, "", wrongf("there are %d entries; a lexicon has at most %d", len(sources), MaxEntries))
		return nil, invalid(errs)
	}
	c := newCompiler(a)
	entries := make([]entry, len(sources))
	for i, s := range sources {
		entries[i] = s.entry
		err := c.add(s.entry)
		if c.pairs > maxPairs {
			errs.add(s.number, s.line, wrongf("there are too many words up to here; a lexicon pairs at most %d of the left with the right", maxPairs))
			break
		}
		if err != nil {
			errs.add(s.number, s.line, err)
		}
	}
	if len(errs.List) > 0 {
		return nil, invalid(errs)
	}
	return newLexicon([]table{c.table()}, entries), nil
}

// shownErrors is how many errors the user reads at once.
const shownErrors = 5

// invalid makes one sentence for the user of the first errors.
func invalid(errs *ParseError) error {
	slices.SortStableFunc(errs.List, func(a, b *Error) int { return cmp.Compare(a.Line, b.Line) })
	shown := errs.List[:min(shownErrors, len(errs.List))]
	told := make([]string, len(shown))
	for i, one := range shown {
		told[i] = one.Error()
	}
	more := ""
	if n := len(errs.List) - len(shown) + errs.More; n > 0 {
		more = fmt.Sprintf("; and %d more", n)
	}
	return fault.Wrap(fault.Invalid, errs, "The lexicon was not understood: %s%s.", strings.Join(told, "; "), more)
}

// Merge lays one lexicon over another. For a word or phrase that both have,
// own alone holds, also where it expands into nothing. Either may be nil.
func Merge(own, base *Lexicon) *Lexicon {
	var layers []table
	var entries []entry
	for _, l := range []*Lexicon{own, base} {
		if l != nil {
			layers = append(layers, l.layers...)
			entries = append(entries, l.own...)
		}
	}
	return newLexicon(layers, entries)
}

// WithoutKin is the lexicon with no word kin to another, for measuring what kin
// bring.
func (l *Lexicon) WithoutKin() *Lexicon {
	other := newLexicon(l.layers, l.own)
	other.noKin = true
	return other
}

// Len is the number of entries that Parse read.
func (l *Lexicon) Len() int { return len(l.own) }

// String is the entries that Parse read, in the lexicon's format and in their
// order; the built-in ones are left out.
func (l *Lexicon) String() string { return format(l.own) }
