package ingest

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bullet is the beginning of a list item in plain text.
type bullet struct {
	style  bulletStyle
	sign   string // of a bulleted item, which is not part of its text
	number int    // of a numbered item, from 1, however it is written
	rest   string
}

type bulletStyle int

const (
	none       bulletStyle = iota
	signed                 // - item
	numbered               // 1. item
	enclosed               // (1) item, 1) item
	lettered               // a. item, a) item
	letteredIn             // (a) item
	romanIn                // (i) item
)

// bulletOf reads the beginning of a list item.
func bulletOf(s string) (bullet, bool) {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("-*+•‣◦▪·–", r) {
		rest := strings.TrimLeft(s[n:], " ")
		return bullet{style: signed, sign: s[:n], rest: rest}, rest != "" && len(rest) < len(s)-n
	}
	mark, rest, ok := strings.Cut(s, " ")
	rest = strings.TrimLeft(rest, " ")
	if !ok || rest == "" || len(mark) < 2 || len(mark) > 6 {
		return bullet{}, false
	}
	open := mark[0] == '('
	last := mark[len(mark)-1]
	core := strings.TrimPrefix(mark[:len(mark)-1], "(")
	if core == "" || last != ')' && (open || last != '.') {
		return bullet{}, false
	}
	if v, err := strconv.Atoi(core); err == nil {
		if v < 1 || v > 999 || core[0] == '0' || core[0] == '+' {
			return bullet{}, false
		}
		style := numbered
		if last == ')' {
			style = enclosed
		}
		return bullet{style: style, number: v, rest: rest}, true
	}
	switch {
	case open && roman(core) > 0 && (len(core) > 1 || core == "i"):
		return bullet{style: romanIn, number: roman(core), rest: rest}, true
	case len(core) == 1 && core[0] >= 'a' && core[0] <= 'z':
		style := lettered
		if open {
			style = letteredIn
		}
		return bullet{style: style, number: int(core[0]-'a') + 1, rest: rest}, true
	}
	return bullet{}, false
}

// first reports whether an item can open a list within a block.
func (b bullet) first() bool { return b.style == signed || b.number == 1 }

// list is the state of a list and those nested in it.
type list struct {
	open bool
	last [romanIn + 1]int // the last number of each style
	dash bool             // it has dashes for bullets
}

// takes reports whether item begins the list or goes on with it: a wrapped
// line can begin with any number, and with a dash.
func (l *list) takes(item bullet, begins bool) bool {
	// (i) after (h) is a letter, (v) after (iv) a numeral.
	letter := item.style == romanIn && l.last[letteredIn] == int('h'-'a')+1 && item.number == 1
	numeral := item.style == letteredIn && l.last[romanIn] > 0 && roman(string(rune('a'+item.number-1))) == l.last[romanIn]+1
	switch {
	case letter:
		item.style, item.number = letteredIn, int('i'-'a')+1
	case numeral:
		item.style, item.number = romanIn, l.last[romanIn]+1
	}
	switch {
	case begins:
	case !l.open:
		return false
	case item.style == signed:
		if item.sign == "–" && !l.dash {
			return false
		}
	case item.number != 1 && item.number != l.last[item.style]+1:
		return false
	}
	l.open = true
	l.last[item.style] = item.number
	l.dash = l.dash || item.sign == "–"
	return true
}

// roman is the value of a small roman numeral in lower case, 0 where s is
// none.
func roman(s string) int {
	value := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	total, last := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		v := value[s[i]]
		if v == 0 {
			return 0
		}
		if v < last {
			total -= v
		} else {
			total, last = total+v, v
		}
	}
	return total
}

// terminal reports whether a text ends as a sentence, a clause or a lead-in
// does, closing quotes, brackets and markers aside.
func terminal(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool {
		return strings.ContainsRune("\"'”’»)]*†‡", r) || superscript(r) >= 0 || unicode.IsSpace(r)
	})
	// A bracketed marker: what stands before it counts.
	if i := strings.LastIndexByte(s, '['); i >= 0 && len(s)-i <= 4 && strings.Trim(s[i+1:], "0123456789") == "" {
		s = strings.TrimRight(s[:i], " \"'”’»)")
	}
	if bare := strings.TrimRight(s, "0123456789"); len(s)-len(bare) <= 3 && behindPunctuation(bare) {
		s = strings.TrimRight(bare, "\"'”’»)]")
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:;,…", r) && s != ""
}
