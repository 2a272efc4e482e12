package index

import (
	"context"
	"fmt"
	"unicode/utf8"
)

// Frequency is how many passages of the view have a stem in their text.
func (v *View) Frequency(ctx context.Context, stem string) (int, error) {
	n, err := v.frequency(ctx, fieldText, stem)
	if err != nil {
		return 0, fmt.Errorf("index: %w", err)
	}
	return n, nil
}

// Titled reports whether a stem is in the title or a section heading of any
// passage of the view.
func (v *View) Titled(ctx context.Context, stem string) (bool, error) {
	n, err := v.frequency(ctx, fieldHead, stem)
	if err != nil {
		return false, fmt.Errorf("index: %w", err)
	}
	return n > 0, nil
}

// shortestMended is the length in letters of the shortest stem that is taken
// for a misspelling of another: shorter ones are near to too many.
const shortestMended = 5

// maxEdits is how many letters of a stem may be wrong, left out, added or
// swapped with their neighbour: one in four, at most three.
func maxEdits(letters int) int { return min(letters/4, 3) }

// Nearest finds the stem in the view's texts that a misspelt one most probably
// stands for: it begins with the same letter, takes the fewest edits, and of
// those is had by the most passages. near is "" where none is near enough.
func (v *View) Nearest(ctx context.Context, stem string) (near string, err error) {
	typed := []rune(stem)
	limit := maxEdits(len(typed))
	if len(typed) < shortestMended || limit == 0 {
		return "", nil
	}
	_, first := utf8.DecodeRuneInString(stem)
	best, passages := limit+1, 0
	for i := range v.parts {
		p := &v.parts[i]
		err := p.terms(fieldText, stem[:first], func(term string, having int) bool {
			letters := []rune(term)
			if gap := len(letters) - len(typed); gap > limit || -gap > limit || len(letters) < shortestMended {
				return true
			}
			d := edits(typed, letters, limit)
			if d > limit || d > best || (d == best && having <= passages) {
				return true
			}
			best, near, passages = d, term, having
			return true
		})
		if err != nil {
			return "", fmt.Errorf("index: %w", err)
		}
		if ctx.Err() != nil {
			return "", context.Cause(ctx)
		}
	}
	if near == "" {
		return "", nil
	}
	// A part may hold documents that the view does not see.
	if n, err := v.Frequency(ctx, near); err != nil || n == 0 {
		return "", err
	}
	return near, nil
}

// edits is the number of letters to insert, delete, replace or swap with their
// neighbour to make a into b, no letter edited twice (optimal string
// alignment); limit+1 where it is more than limit.
func edits(a, b []rune, limit int) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}
