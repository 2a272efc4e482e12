package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"pincite/internal/document"
)

// A synthetic corpus has the statistics of English prose that search depends
// on, and says nothing: two words of five are function words, which any
// analyzer drops, the others pseudo-words of a large vocabulary, drawn by
// Zipf's law so that the commonest is in about one passage of five and most
// are in a handful. The same size gives the same corpus, always.
const (
	vocabulary = 60_000
	// zipfExponent and zipfOffset are those of Zipf and Mandelbrot's law:
	// the word of rank k is drawn in proportion to (offset + k) ^ -exponent.
	zipfExponent = 1.1
	zipfOffset   = 40
	// perDocument are the paragraphs of a document, perSection those below
	// one heading, and a passage has from leastWords to mostWords words.
	perDocument, perSection = 40, 8
	leastWords, mostWords   = 60, 120
	wordsPerSentence        = 18
)

const functionWords = "the of and to in a is that for it as was with be by on not at are this have from or an they which"

// synthesizer writes passages.
type synthesizer struct {
	random   *rand.Rand
	zipf     *rand.Zipf
	words    []string
	function []string
}

func newSynthesizer() *synthesizer {
	random := rand.New(rand.NewPCG(20250615, 90))
	s := &synthesizer{
		random:   random,
		zipf:     rand.NewZipf(random, zipfExponent, zipfOffset, vocabulary-1),
		function: strings.Fields(functionWords),
	}
	seen := make(map[string]bool, vocabulary)
	for len(s.words) < vocabulary {
		if w := s.pseudoWord(); !seen[w] {
			seen[w] = true
			s.words = append(s.words, w)
		}
	}
	return s
}

// pseudoWord is two to four syllables.
func (s *synthesizer) pseudoWord() string {
	const consonants, vowels = "bcdfghklmnprstvwz", "aeiou"
	var b strings.Builder
	for range 2 + s.random.IntN(3) {
		b.WriteByte(consonants[s.random.IntN(len(consonants))])
		b.WriteByte(vowels[s.random.IntN(len(vowels))])
	}
	b.WriteByte(consonants[s.random.IntN(len(consonants))])
	return b.String()
}

// sentence is n words without a full stop.
func (s *synthesizer) sentence(n int) string {
	list := make([]string, n)
	for i := range list {
		if s.random.IntN(5) < 2 {
			list[i] = s.function[s.random.IntN(len(s.function))]
		} else {
			list[i] = s.words[s.zipf.Uint64()]
		}
	}
	list[0] = strings.ToUpper(list[0][:1]) + list[0][1:]
	return strings.Join(list, " ")
}

func (s *synthesizer) passage() string {
	var b strings.Builder
	for left := leastWords + s.random.IntN(mostWords-leastWords+1); left > 0; left -= wordsPerSentence {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s.sentence(min(left, wordsPerSentence)))
		b.WriteByte('.')
	}
	return b.String()
}

// documents are passages in documents of perDocument paragraphs each.
func (s *synthesizer) documents(passages int) []*document.Document {
	var docs []*document.Document
	for done := 0; done < passages; done += perDocument {
		d := &document.Document{ID: fmt.Sprintf("synthetic-%d", len(docs)+1), Title: s.sentence(6)}
		section := ""
		for i := range min(perDocument, passages-done) {
			if i%perSection == 0 {
				section = s.sentence(4)
			}
			d.Passages = append(d.Passages, document.Passage{
				Kind: document.Paragraph, Number: i + 1, Section: section, Text: s.passage(),
			})
		}
		docs = append(docs, d)
	}
	return docs
}

// leastContent is how many words of a question are no function words.
const leastContent = 4

// questions are runs of 8 to 12 words of passages drawn at random: most words
// are common, some are rare, and some passage has them all.
func (s *synthesizer) questions(docs []*document.Document, n int) []string {
	var list []string
	for len(list) < n {
		d := docs[s.random.IntN(len(docs))]
		text := strings.Fields(strings.ReplaceAll(d.Passages[s.random.IntN(len(d.Passages))].Text, ".", ""))
		length := 8 + s.random.IntN(5)
		from := s.random.IntN(len(text) - length)
		run := text[from : from+length]
		content := 0
		for _, w := range run {
			if !slices.Contains(s.function, strings.ToLower(w)) {
				content++
			}
		}
		if content >= leastContent {
			list = append(list, strings.Join(run, " ")+"?")
		}
	}
	return list
}
