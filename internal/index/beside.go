package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pincite/internal/document"
)

// signature says of pairs of words whether they may stand side by side in a
// passage: a bit is set for each pair that does, function words included, which
// have no postings. A phrase of common words is in few passages and its words are
// in thousands; with the signatures most of these need not be read. A passage of
// 80 words sets one bit in seven.
type signature [8]uint64

// signatureSize is what one takes in a file, in bytes.
const signatureSize = len(signature{}) * 8

// maxOpen is how many words one behind another may be markers. A passage with
// more of them, such as a table of numbers, may have any pair.
const maxOpen = 8

// sign makes the signature of a passage. The word before a footnote's marker and
// the one behind it stand side by side, too, since a quotation leaves markers
// out; so do those around any number in square brackets.
func sign(p *document.Passage) signature {
	var s signature
	var open []uint32 // the words that the next may stand beside
	markers := p.Markers
	eachRun(p.Text, func(word uint32, start, end int) {
		for len(markers) > 0 && markers[0].End <= start {
			markers = markers[1:]
		}
		for _, before := range open {
			s.set(pair(before, word))
		}
		calls := len(markers) > 0 && markers[0].Start < end ||
			start > 0 && p.Text[start-1] == '[' && end < len(p.Text) && p.Text[end] == ']' && strings.Trim(p.Text[start:end], "0123456789") == ""
		switch {
		case !calls:
			open = open[:0]
		case len(open) == maxOpen:
			for i := range s {
				s[i] = ^uint64(0)
			}
			open = open[:0]
		}
		open = append(open, word)
	})
	return s
}

func (s *signature) set(bit uint32)      { s[bit>>6] |= 1 << (bit & 63) }
func (s *signature) has(bit uint32) bool { return s[bit>>6]>>(bit&63)&1 != 0 }

// pair is the bit of two words, by their hashes.
func pair(a, b uint32) uint32 {
	h := (a*fnvPrime ^ b) * fnvPrime
	return (h ^ h>>9 ^ h>>18) & uint32(64*len(signature{})-1)
}

// The FNV-1a hash of 32 bits.
const (
	fnvBasis = 2166136261
	fnvPrime = 16777619
)

// eachRun hands out the runs of letters and digits of a text by the hash of what
// they are when folded in case, composed, and with ligatures taken apart.
// Whatever else a quotation may have in other form than its source, a quotation
// mark, a dash, a space, a sign that is not seen, stands between two runs or is
// none of a run.
func eachRun(text string, yield func(word uint32, start, end int)) {
	hash, start, end, ascii := uint32(fnvBasis), -1, 0, true
	flush := func() {
		if start < 0 {
			return
		}
		if !ascii {
			hash = fnvBasis
			for _, c := range []byte(foldRun(text[start:end])) {
				hash = (hash ^ uint32(c)) * fnvPrime
			}
		}
		yield(hash, start, end)
		hash, start, ascii = fnvBasis, -1, true
	}
	for i, r := range text {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			hash = (hash ^ uint32(r)) * fnvPrime
		case r >= 'A' && r <= 'Z':
			hash = (hash ^ uint32(r+'a'-'A')) * fnvPrime
		case r < utf8.RuneSelf:
			flush()
			continue
		case isUnseen(r):
			continue // also within a word
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			ascii = false
		default:
			flush()
			continue
		}
		if start < 0 {
			start = i
		}
		end = i + utf8.RuneLen(r)
	}
	flush()
}

// foldRun folds a run that is not of ASCII letters alone.
func foldRun(run string) string {
	run = strings.Map(func(r rune) rune {
		if isUnseen(r) {
			return -1
		}
		return r
	}, run)
	return strings.ToLower(norm.NFC.String(ligatures.Replace(run)))
}

// isUnseen is true for what a reader does not see within a word: soft hyphens,
// joiners, marks of direction, selectors of a glyph's form.
func isUnseen(r rune) bool { return unicode.Is(unicode.Cf, r) || r >= '\ufe00' && r <= '\ufe0f' }

// ligatures are the letters that typesetters join.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// Beside keeps the passages of a list that may have all of some phrases: the
// words of a phrase that stand side by side in it do so in the passage, markers
// left out of account. It keeps every passage that has them, and some that do
// not. A phrase is plain text; the list is used up.
func (v *View) Beside(list []Sharer, phrases []string) []Sharer {
	var wanted []uint32
	for _, p := range phrases {
		before, first := uint32(0), true
		eachRun(p, func(word uint32, _, _ int) {
			if !first {
				wanted = append(wanted, pair(before, word))
			}
			before, first = word, false
		})
	}
	kept := list[:0]
passages:
	for _, s := range list {
		of := &v.parts[s.part].signatures[s.ordinal]
		for _, bit := range wanted {
			if !of.has(bit) {
				continue passages
			}
		}
		kept = append(kept, s)
	}
	return kept
}
