package authority

import (
	"strconv"
	"strings"
)

// The numbers of executive orders. The first cited ones are of 1862; the
// letters "E.O." alone are trusted only with the four or five figures that all
// since 1908 have.
const (
	firstLongOrder = 1000
	lastOrder      = 19999
)

// order reads "Exec. Order No. 12,333", "E.O. 12333", "Executive Orders 12333
// and 13470". A governor's order is numbered by its year.
func (z *scanner) order(i int) int {
	lowest := firstLongOrder
	j := z.first(i, "exec.~ order", "exec.~ ord.", "exec.~ orders", "ex.~ ord.", "ex.~ order", "executive orders", "executive order")
	if j != none {
		if e := z.first(j, " (e.~o.)", " (eo)"); e != none {
			j = e
		}
		if z.first(i, "exec.") != none && !isLetter(z.at(i+4)) {
			lowest = 100
		}
	} else {
		if j = z.first(i, "e.~o.s", "e.~o."); j == none {
			return none
		}
		if !z.lenient && z.at(i+1) != '.' && z.isInitials(i) {
			return none
		}
		if !z.lenient && (!isUpper(z.at(i)) || !isUpper(z.at(z.space(i+1))) && !isUpper(z.at(i+2)) && !isUpper(z.at(i+3))) {
			return none
		}
	}
	k := z.space(z.skip(z.space(j), "nos.", "no.", "numbers", "number", "#"))
	announced := k > z.space(j)
	j = k
	if d := z.dash(j); d != none && z.at(j-1)|0x20 == 'o' {
		j = d
	}
	start, end := i, none
	for {
		n, e := z.grouped(j)
		if e != none && n >= 1900 && n < 2100 && e-j == 4 && !announced {
			return end // a year
		}
		if e == none || n < lowest || n > lastOrder || !z.closes(e) || z.at(e) == '/' ||
			z.dash(e) != none && isDigit(z.at(z.dash(e))) || end != none && z.startsCitation(j) {
			return end
		}
		z.emit("eo/"+strconv.Itoa(n), start, e)
		end = e
		// A second order is as long as the first; "12333 and 50" is not two.
		lowest = firstLongOrder
		if j = z.joined(end); j == none {
			return end
		}
		if n, e := z.grouped(j); e == none || n >= 1900 && n < 2100 {
			return end
		}
		start = j
	}
}

// isInitials reports whether "EO" at an offset is part of a name in capitals,
// such as HANGUL LETTER EO, or hangs on a hyphen.
func (z *scanner) isInitials(i int) bool {
	if z.at(i-1) == '-' {
		return true
	}
	switch word := z.wordBefore(i); word {
	case "", "AND", "BY", "IN", "OF", "OR", "SEE", "THE", "TO", "UNDER", "VIA", "WITH", "BOTH", "US", "USA":
		return false
	default:
		return len(word) > 1 && word == strings.ToUpper(word)
	}
}
