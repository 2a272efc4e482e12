package desk

import (
	"cmp"
	"slices"
	"strings"

	"pincite/internal/document"
)

// Bounds of the comparison of two versions.
const (
	// alike is from what share of common words on two passages are the same
	// one, altered: Dice's coefficient over their words, as often as they
	// occur. Half is where what is kept begins to outweigh what is new.
	alike = 0.5
	// maxCells bounds the table in which the passages between two anchors are
	// paired, and maxWords the words that are looked up for it. They are
	// reached where some 300 passages in a row are all new or changed. Beyond
	// them the passages are paired by their place.
	maxCells = 100_000
	maxWords = 20_000_000
)

// changes are what leads from one document to another, paragraphs and
// footnotes apart.
func changes(before, after *document.Document) []Change {
	return append(changesOf(before.Paragraphs(), after.Paragraphs()), changesOf(before.Footnotes(), after.Footnotes())...)
}

// pairing says which passage of one list is which of another; -1: none.
type pairing struct{ before, after int }

// changesOf compares two lists of passages.
func changesOf(before, after []document.Passage) []Change {
	var found []Change
	for _, p := range pair(before, after) {
		var c Change
		if p.before >= 0 {
			c.Before = side(&before[p.before])
		}
		if p.after >= 0 {
			c.After = side(&after[p.after])
		}
		switch {
		case p.before < 0:
			c.Kind = PassageAdded
		case p.after < 0:
			c.Kind = PassageRemoved
		case c.Before.Text == c.After.Text:
			continue
		default:
			c.Kind = PassageAltered
		}
		found = append(found, c)
	}
	return found
}

func side(p *document.Passage) Side { return Side{Pincite: p.Pincite(), Text: p.Text} }

// pair pairs the passages of two lists, each with at most one and none across
// another. It first holds on to the texts that are there once in each list,
// the longest row of them in the same order (patience diff), which costs
// n log n; then it pairs what lies between two of those.
func pair(before, after []document.Passage) []pairing {
	var pairs []pairing
	at := pairing{}
	for _, anchor := range append(anchors(before, after), pairing{len(before), len(after)}) {
		b, a := before[at.before:anchor.before], after[at.after:anchor.after]
		for _, p := range pairBetween(b, a) {
			if p.before >= 0 {
				p.before += at.before
			}
			if p.after >= 0 {
				p.after += at.after
			}
			pairs = append(pairs, p)
		}
		if anchor.before < len(before) {
			pairs = append(pairs, anchor)
		}
		at = pairing{anchor.before + 1, anchor.after + 1}
	}
	return pairs
}

// anchors are the longest row of pairs of one text, unique in both lists, that
// rises in both.
func anchors(before, after []document.Passage) []pairing {
	once := func(passages []document.Passage) map[string]int {
		where := make(map[string]int, len(passages))
		for i := range passages {
			if _, again := where[passages[i].Text]; again {
				where[passages[i].Text] = -1
				continue
			}
			where[passages[i].Text] = i
		}
		return where
	}
	inBefore, inAfter := once(before), once(after)
	var equal []pairing
	for i := range before {
		if j, ok := inAfter[before[i].Text]; ok && j >= 0 && inBefore[before[i].Text] >= 0 {
			equal = append(equal, pairing{i, j})
		}
	}
	// The longest increasing subsequence of the places in after: piles[k] is
	// the pair with the smallest place that ends a row of k+1.
	var piles []int
	previous := make([]int, len(equal))
	for i, p := range equal {
		k, _ := slices.BinarySearchFunc(piles, p.after, func(j, after int) int { return cmp.Compare(equal[j].after, after) })
		previous[i] = -1
		if k > 0 {
			previous[i] = piles[k-1]
		}
		if k == len(piles) {
			piles = append(piles, i)
		} else {
			piles[k] = i
		}
	}
	row := make([]pairing, len(piles))
	if len(piles) > 0 {
		for k, i := len(piles)-1, piles[len(piles)-1]; i >= 0; k, i = k-1, previous[i] {
			row[k] = equal[i]
		}
	}
	return row
}

// pairBetween pairs what lies between two anchors so that the sum of the
// likenesses is greatest. Among what is not paired, what was removed comes
// before what was added.
func pairBetween(before, after []document.Passage) []pairing {
	n, m := len(before), len(after)
	b, a := countAll(before), countAll(after)
	if n*m > maxCells || total(b)*m > maxWords {
		return pairByPlace(b, a)
	}
	// best[i][j] is the sum for before[i:] and after[j:].
	best := make([][]float64, n+1)
	likes := make([][]float64, n)
	for i := range best {
		best[i] = make([]float64, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		likes[i] = make([]float64, m)
		for j := m - 1; j >= 0; j-- {
			likes[i][j] = likeness(&b[i], &a[j])
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if likes[i][j] > 0 {
				best[i][j] = max(best[i][j], likes[i][j]+best[i+1][j+1])
			}
		}
	}
	var pairs []pairing
	i, j := 0, 0
	for i < n && j < m {
		switch {
		case likes[i][j] > 0 && best[i][j] == likes[i][j]+best[i+1][j+1]:
			pairs = append(pairs, pairing{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			pairs = append(pairs, pairing{i, -1})
			i++
		default:
			pairs = append(pairs, pairing{-1, j})
			j++
		}
	}
	for ; i < n; i++ {
		pairs = append(pairs, pairing{i, -1})
	}
	for ; j < m; j++ {
		pairs = append(pairs, pairing{-1, j})
	}
	return pairs
}

// pairByPlace pairs the passages of one place where they are alike.
func pairByPlace(before, after []bag) []pairing {
	var pairs []pairing
	for i := range max(len(before), len(after)) {
		if i < len(before) && i < len(after) && likeness(&before[i], &after[i]) > 0 {
			pairs = append(pairs, pairing{i, i})
			continue
		}
		if i < len(before) {
			pairs = append(pairs, pairing{i, -1})
		}
		if i < len(after) {
			pairs = append(pairs, pairing{-1, i})
		}
	}
	return pairs
}

// bag is a passage's words, as often as they occur.
type bag struct {
	text  string
	words map[string]int
	total int
}

func countAll(passages []document.Passage) []bag {
	bags := make([]bag, len(passages))
	for i := range passages {
		b := bag{text: passages[i].Text, words: make(map[string]int)}
		for word := range strings.FieldsSeq(b.text) {
			b.words[strings.ToLower(word)]++
			b.total++
		}
		bags[i] = b
	}
	return bags
}

func total(bags []bag) int {
	n := 0
	for i := range bags {
		n += bags[i].total
	}
	return n
}

// likeness is 2 for one text, from alike to 1 for passages that are the same
// one altered, 0 for others.
func likeness(b, a *bag) float64 {
	if b.text == a.text {
		return 2
	}
	if len(a.words) < len(b.words) {
		b, a = a, b
	}
	common := 0
	for word, n := range b.words {
		common += min(n, a.words[word])
	}
	if share := 2 * float64(common) / float64(b.total+a.total); share >= alike {
		return share
	}
	return 0
}
