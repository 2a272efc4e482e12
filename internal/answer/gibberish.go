package answer

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"pincite/internal/index"
)

// gibberish returns Gibberish for a text whose words, function words aside, are
// all typed at random, and are in no text of the corpus.
func (a *Answerer) gibberish(ctx context.Context, view *index.View, text string) (Chatter, error) {
	found := 0
	for _, tok := range a.words.Tokens(text) {
		switch {
		case tok.Stop:
			continue
		case random(tok.Word):
			found++
		case len(tok.Word) >= noVowels || len(tok.Word) >= shortestRandom && strings.ContainsAny(tok.Word, "aeiouy"):
			// Shorter ones go with others.
			return "", nil
		}
		if n, err := view.Frequency(ctx, tok.Stem); err != nil || n > 0 {
			if err != nil {
				return "", fmt.Errorf("answer %q: %w", text, err)
			}
			return "", nil
		}
	}
	if found == 0 {
		return "", nil
	}
	return Gibberish, nil
}

// Lengths, in letters, of words that are typed at random: of any, of those
// without vowels, of those with one or two different letters, and of what is
// typed twice over. Shorter ones may be abbreviations or words.
const (
	shortestRandom = 4
	noVowels       = 6
	fewLetters     = 6
	typedTwice     = 5
)

// random reports whether a word looks typed at random: neighbouring keys in a
// row, no vowel, one or two letters over and over, or letters side by side that
// stand so in no word of English or Spanish. Names have one such pair at times
// (Dijkstra), and so two are asked for, or one among many consonants.
func random(word string) bool {
	if len(word) < shortestRandom || !isLetters(word) {
		return false
	}
	consonants, pairs := longestCluster(word), 0
	for i := 0; i+2 <= len(word); i++ {
		if isIn(word[i:i+2], strangePairs) {
			pairs++
			i++ // the next one would share a letter
		}
	}
	half := word[:len(word)/2]
	switch {
	case keyRuns(word, 4, keyRunsInWords) >= 1, keyRuns(word, 3, shortKeyRunsInWords) >= 2:
		return true
	case len(word) >= noVowels && !strings.ContainsAny(word, "aeiouy"):
		return true
	case len(word) >= fewLetters && distinct(word) <= 2:
		return true
	case len(half) >= typedTwice && half+half == word && consonants >= 4:
		return true
	}
	return pairs >= 2 || pairs == 1 && consonants >= 6 || consonants >= 7
}

// keyRuns counts the places where n neighbouring keys stand in a row, those
// aside that words have.
func keyRuns(word string, n int, inWords string) int {
	count := 0
	for i := 0; i+n <= len(word); i++ {
		run := word[i : i+n]
		if isIn(run, inWords) {
			continue
		}
		for _, row := range keyRows {
			if strings.Contains(row, run) {
				count++
				break
			}
		}
	}
	return count
}

func isLetters(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) })
}

// distinct counts the different letters of a word.
func distinct(word string) int {
	seen := make(map[rune]bool)
	for _, r := range word {
		seen[r] = true
	}
	return len(seen)
}

// longestCluster is the most letters in a row that are no vowels. English has
// six at most (Knightsbridge, catchphrase).
func longestCluster(word string) int {
	longest, run := 0, 0
	for _, r := range word {
		run++
		if strings.ContainsRune("aeiouy", r) {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// keyRows are the rows of a keyboard, both ways, and its columns.
var keyRows = []string{"qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz", "qazwsxedcrfvtgbyhnujm"}

// The runs of four and of three neighbouring keys that words have (liberty,
// stalwert, Trew; biopsy, windsail, red).
const (
	keyRunsInWords      = " erty wert trew nujm "
	shortKeyRunsInWords = " wer ert rty tre rew ytr uio oiu poi iop dsa sed xed edc num ujm byh gby tgb "
)

// strangePairs are the pairs of letters that stand in no word of English or
// Spanish but for rare names and loans.
const strangePairs = " bk bq bx bz cb cf cj cv cx dx fb fd fh fj fk fp fq fv fw fx fz gc gj gk gq gv gx hj hk hv hx hz iq jb jc jd jf jg jh jk jl jm jn jp jq jr js jt jv jw jx jy jz " +
	"kc kj kq kv kx kz lx mj mq mv mx mz pj pq pv px pz qa qb qc qd qe qf qg qh qi qj qk ql qm qn qo qp qr qs qt qv qw qx qy qz " +
	"sj sx sz tj tq tx vb vc vd vf vg vh vj vk vl vm vn vp vq vt vw vx vz wj wq wv wx wz xb xd xf xg xj xk xl xm xn xr xs xv xw xz yj yq yv zb zc zd zf zg zj zk zn zp zq zr zs zt zv zw zx "
