package lexicon

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pincite/internal/words"
)

var update = flag.Bool("update", false, "write builtin.tsv anew")

// dataFile is one file of the built-in lexicon.
type dataFile struct {
	name    string
	entries []source
}

// readData reads the files that the built-in lexicon is compiled from.
func readData(t testing.TB) []dataFile {
	t.Helper()
	paths, err := filepath.Glob("data/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no data: %v", err)
	}
	var files []dataFile
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		errs := &ParseError{Name: path}
		files = append(files, dataFile{name: filepath.Base(path), entries: read(string(text), errs)})
		if len(errs.List) > 0 {
			t.Fatal(errs)
		}
	}
	return files
}

// TestBuiltin holds that the table in the binary is what the data says.
func TestBuiltin(t *testing.T) {
	c := newCompiler(words.NewAnalyzer())
	for _, f := range readData(t) {
		for _, e := range f.entries {
			if err := c.add(e.entry); err != nil {
				t.Errorf("%s:%d: %s: %v", f.name, e.number, e.line, err)
			}
		}
	}
	want := string(c.table())
	if *update {
		if err := os.WriteFile("builtin.tsv", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if builtin == want {
		return
	}
	got, told := strings.Split(builtin, "\n"), 0
	for i, line := range strings.Split(want, "\n") {
		if i >= len(got) || got[i] != line {
			told++
			t.Errorf("builtin.tsv:%d is not %q", i+1, line)
		}
		if told == 5 {
			break
		}
	}
	t.Error("builtin.tsv is not what data/ and package words give; write it anew: go test ./internal/lexicon -run TestBuiltin -update")
}

// TestCounts counts what is on the left of the built-in data. Inflections of
// an English word count once, and the same Spanish word once.
func TestCounts(t *testing.T) {
	c := newCompiler(words.NewAnalyzer())
	all := map[string]map[string]struct{}{English: {}, Spanish: {}}
	for _, f := range readData(t) {
		own := make(map[string]struct{})
		language := ""
		for _, e := range f.entries {
			language = e.language
			sides := e.left
			if e.both {
				for _, term := range e.right {
					sides = append(sides, term.text)
				}
			}
			for _, text := range sides {
				key, err := leftKey(c, e.language, text)
				if err != nil {
					t.Errorf("%s:%d: %v", f.name, e.number, err)
				}
				own[key], all[e.language][key] = struct{}{}, struct{}{}
			}
		}
		if !strings.HasPrefix(f.name, language+"-") {
			t.Errorf("%s has entries in [%s]", f.name, language)
		}
		t.Logf("%-26s %5d entries %5d words and phrases", f.name, len(f.entries), len(own))
	}
	t.Logf("English %d, Spanish %d", len(all[English]), len(all[Spanish]))
	for language, least := range map[string]int{English: 1200, Spanish: 1500} {
		if n := len(all[language]); n < least {
			t.Errorf("[%s] has %d words and phrases on the left, and should have %d", language, n, least)
		}
	}
}

// leftKey is what makes two left sides the same: for a Spanish word its
// letters, else the key.
func leftKey(c *compiler, language, text string) (string, error) {
	keys, err := c.keys(language, text)
	if err != nil {
		return "", err
	}
	if language == Spanish {
		return keys[len(keys)-1], nil
	}
	return keys[0], nil
}

// TestDuplicates holds that no word or phrase is on the left twice, so that
// whoever changes its terms finds them in one place, and that no pair is given
// twice through <=>.
func TestDuplicates(t *testing.T) {
	c := newCompiler(words.NewAnalyzer())
	lefts, pairs := make(map[string]string), make(map[string]string)
	note := func(seen map[string]string, what, at string) {
		if before, twice := seen[what]; twice {
			t.Errorf("%s: %s stands in %s too", at, what, before)
		}
		seen[what] = at
	}
	for _, f := range readData(t) {
		for _, e := range f.entries {
			at := fmt.Sprintf("%s:%d", f.name, e.number)
			for _, text := range e.left {
				key, err := leftKey(c, e.language, text)
				if err != nil {
					t.Fatalf("%s: %v", at, err)
				}
				note(lefts, key, at)
				for _, term := range e.right {
					stems, err := c.term(term.text)
					if err != nil {
						t.Fatalf("%s: %v", at, err)
					}
					note(pairs, key+" => "+stems, at)
					if !e.both {
						continue
					}
					back, err := leftKey(c, e.language, term.text)
					if err != nil {
						t.Fatalf("%s: %v", at, err)
					}
					if own, err := c.term(text); err == nil && back != "e:"+own {
						note(pairs, back+" => "+own, at)
					}
				}
			}
		}
	}
}

// TestEveryLeftSideExpands asks for each word and phrase of the data.
func TestEveryLeftSideExpands(t *testing.T) {
	a, l := words.NewAnalyzer(), Builtin()
	for _, f := range readData(t) {
		for _, e := range f.entries {
			for _, text := range e.left {
				tokens := a.Tokens(text)
				var got []Expansion
				if e.language == Spanish {
					got = l.appendSpanish(nil, tokens)
				} else {
					got = l.appendEnglish(nil, tokens, nil)
				}
				if len(got) == 0 || got[0].First != 0 || got[0].Count != len(tokens) {
					t.Errorf("%s:%d: %q expands into %v", f.name, e.number, text, got)
				}
			}
		}
	}
}

// TestTermsAreEnglish holds that the right sides are of words that English
// searches know: no Spanish word slipped to the right.
func TestTermsAreEnglish(t *testing.T) {
	a := words.NewAnalyzer()
	for _, f := range readData(t) {
		for _, e := range f.entries {
			for _, term := range e.right {
				if strings.ContainsAny(term.text, "áéíóúñÁÉÍÓÚÑ") || Language(a.Tokens(term.text)) == Spanish {
					t.Errorf("%s:%d: the term %q is Spanish", f.name, e.number, term.text)
				}
				if term.weight < 0.2 || term.weight > 0.9 {
					t.Errorf("%s:%d: the weight %v of %q is outside 0.2 to 0.9", f.name, e.number, term.weight, term.text)
				}
			}
		}
	}
}
