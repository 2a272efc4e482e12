package lexicon

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"pincite/internal/words"
)

// table is a lexicon as it is searched: lines in the order of their bytes, one
// for each left side,
//
//	key TAB weight SPACE stems {TAB weight SPACE stems} LF
//
// with terms by falling weight. A line without terms says that the left side
// expands into nothing. Keys are these:
//
//	e:stem stem …   English: function words as they are, others by their stem
//	s:stem stem …   Spanish, the same with Spanish stems
//	w:word          Spanish, a single word as it was written
//	k:stem          any stem of an English key or of a term, with the stems of
//	                the English words that expand into it and the weight of that
//
// A tab comes before a space and a space before every letter, so that the
// phrases that go on from a key follow on its line. The built-in table is used
// where it lies in the binary: nothing is done for it when the program starts.
type table string

// lowerBound is the offset of the first line that is not less than prefix.
func (t table) lowerBound(prefix string) int {
	lo, hi := 0, len(t) // offsets of lines
	for lo < hi {
		mid := lo + (hi-lo)/2
		mid = lo + strings.LastIndexByte(string(t[lo:mid]), '\n') + 1
		if string(t[mid:min(mid+len(prefix), len(t))]) < prefix {
			lo = mid + strings.IndexByte(string(t[mid:]), '\n') + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// find looks a key up, without its TAB. line is what stands behind the key,
// and longer whether a longer phrase begins with it.
func (t table) find(key []byte) (line string, found, longer bool) {
	prefix := string(append(key, '\t'))
	rest := string(t[t.lowerBound(prefix):])
	if strings.HasPrefix(rest, prefix) {
		end := strings.IndexByte(rest, '\n')
		line, found, rest = rest[len(prefix):end], true, rest[end+1:]
	}
	longer = len(rest) > len(key) && rest[:len(key)] == string(key) && rest[len(key)] == ' '
	return line, found, longer
}

// has reports whether a stem stands in an English key or in a term.
func (t table) has(stem string) bool {
	_, found, _ := t.find([]byte(kinPrefix + stem))
	return found
}

// appendTerms appends the terms of a line.
func appendTerms(terms []Term, line string) []Term {
	for field := range strings.SplitSeq(line, "\t") {
		number, stems, ok := strings.Cut(field, " ")
		w, err := strconv.ParseFloat(number, 64)
		if !ok || err != nil {
			continue // the line without terms, which has an empty field
		}
		terms = append(terms, Term{Stems: strings.Split(stems, " "), Weight: w})
	}
	return terms
}

// compiler collects what the lines of a table will be.
type compiler struct {
	words *words.Analyzer
	lines map[string]map[string]float64 // key → stems → weight
	pairs int
}

func newCompiler(a *words.Analyzer) *compiler {
	return &compiler{words: a, lines: make(map[string]map[string]float64)}
}

// add analyses an entry. It returns what is wrong with it.
func (c *compiler) add(e entry) error {
	c.pairs += len(e.left) * max(1, len(e.right))
	if err := c.oneWay(e.language, e.left, e.right); err != nil || !e.both {
		return err
	}
	// The way back: a weight on the right holds for both ways.
	for _, term := range e.right {
		back := make([]weighted, len(e.left))
		for i, text := range e.left {
			back[i] = weighted{text: text, weight: term.weight}
		}
		if err := c.oneWay(e.language, []string{term.text}, back); err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) oneWay(language string, left []string, right []weighted) error {
	terms := make(map[string]float64, len(right))
	for _, term := range right {
		stems, err := c.term(term.text)
		if err != nil {
			return err
		}
		terms[stems] = max(terms[stems], term.weight)
	}
	kept := len(right) == 0
	for _, text := range left {
		keys, err := c.keys(language, text)
		if err != nil {
			return err
		}
		for _, key := range keys {
			set := make(map[string]float64, len(terms))
			for stems, w := range terms {
				if key != "e:"+stems { // no word expands into itself
					set[stems] = w
				}
			}
			if len(set) == 0 && len(right) > 0 {
				continue
			}
			kept = true
			if !c.put(key, set) {
				return wrongf("%q expands into nothing in one entry and into something in another", text)
			}
		}
	}
	if !kept {
		return wrongf("the words on both sides are the same here: inflections count as one word")
	}
	return nil
}

// put adds terms to a key; where two entries give one term, the higher weight
// holds. It reports whether it could: a key has terms or has none, not both.
func (c *compiler) put(key string, set map[string]float64) bool {
	old, known := c.lines[key]
	if !known {
		c.lines[key] = set
		return true
	}
	if (len(old) == 0) != (len(set) == 0) {
		return false
	}
	for stems, w := range set {
		old[stems] = max(old[stems], w)
	}
	return true
}

// term is the stems of a term, parted by spaces, its function words left out.
func (c *compiler) term(text string) (string, error) {
	tokens := c.words.Tokens(text)
	stems := make([]string, 0, len(tokens))
	for _, tok := range tokens {
		if !tok.Stop {
			stems = append(stems, tok.Stem)
		}
	}
	switch {
	case len(stems) == 0:
		return "", wrongf("the term %q has no word that can be searched for", text)
	case len(tokens) > maxWords:
		return "", wrongf("the term %q has more than %d words", text, maxWords)
	}
	return strings.Join(stems, " "), nil
}

// keys are the keys of a left side. A Spanish word has two, by its stem and as
// written.
func (c *compiler) keys(language, text string) ([]string, error) {
	tokens := c.words.Tokens(text)
	switch {
	case len(tokens) == 0:
		return nil, wrongf("%q has no letters or digits", text)
	case len(tokens) > maxWords:
		return nil, wrongf("%q has more than %d words", text, maxWords)
	}
	if language == Spanish {
		key := "s:"
		for i, tok := range tokens {
			if i > 0 {
				key += " "
			}
			key += spanishKey(tok)
		}
		if len(tokens) > 1 {
			return []string{key}, nil
		}
		if words.SpanishStop(tokens[0].Word) {
			return nil, functionWord(text)
		}
		return []string{key, "w:" + tokens[0].Word}, nil
	}
	key := "e:"
	for i, tok := range tokens {
		if i > 0 {
			key += " "
		}
		key += englishKey(tok)
	}
	if len(tokens) == 1 && tokens[0].Stop {
		return nil, functionWord(text)
	}
	return []string{key}, nil
}

func functionWord(text string) error {
	return wrongf("%q is a function word, which is not searched for; write a phrase that it stands in", text)
}

// englishKey is how a token stands in an English key. A function word's stem
// is the word itself, so that a phrase with US meets one with us.
func englishKey(tok words.Token) string { return tok.Stem }

// spanishKey is how a token stands in a Spanish key.
func spanishKey(tok words.Token) string {
	if words.SpanishStop(tok.Word) {
		return tok.Word
	}
	return words.SpanishStem(tok.Word)
}

// kinPrefix begins the keys that lead back, see table.
const kinPrefix = "k:"

// kin are the lines that lead back. Those from and to phrases are left out: a
// phrase is seldom met.
func (c *compiler) kin() map[string]map[string]float64 {
	kin := make(map[string]map[string]float64)
	note := func(stem string) map[string]float64 {
		if kin[kinPrefix+stem] == nil {
			kin[kinPrefix+stem] = make(map[string]float64)
		}
		return kin[kinPrefix+stem]
	}
	for key, terms := range c.lines {
		english, isEnglish := strings.CutPrefix(key, "e:")
		if isEnglish {
			for stem := range strings.FieldsSeq(english) {
				note(stem)
			}
		}
		for term, weight := range terms {
			for stem := range strings.FieldsSeq(term) {
				note(stem)
			}
			if isEnglish && !strings.Contains(english, " ") && !strings.Contains(term, " ") {
				note(term)[english] = weight
			}
		}
	}
	return kin
}

// table is what was collected.
func (c *compiler) table() table {
	var b strings.Builder
	all := c.kin()
	maps.Copy(all, c.lines)
	lines := make([]string, 0, len(all))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		b.Reset()
		b.WriteString(key)
		set := all[key]
		stems := slices.SortedFunc(maps.Keys(set), func(x, y string) int {
			switch {
			case set[x] > set[y]:
				return -1
			case set[x] < set[y]:
				return 1
			}
			return strings.Compare(x, y)
		})
		for _, s := range stems {
			b.WriteString("\t" + strconv.FormatFloat(set[s], 'f', -1, 64) + " " + s)
		}
		if len(stems) == 0 {
			b.WriteByte('\t')
		}
		b.WriteByte('\n')
		lines = append(lines, b.String())
	}
	slices.Sort(lines) // by key and TAB, not by key
	return table(strings.Join(lines, ""))
}
