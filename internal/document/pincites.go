package document

import (
	"strconv"
	"strings"
)

// Pincites prints several pincites in the order given, those of one kind that
// follow one another together: "¶¶ 1–3, 8, n. 1".
func Pincites(list []Pincite) string {
	var b strings.Builder
	for at := 0; at < len(list); {
		end := at + 1
		for end < len(list) && list[end].Kind == list[at].Kind {
			end++
		}
		if at > 0 {
			b.WriteString(", ")
		}
		b.WriteString(pincitesOf(list[at:end]))
		at = end
	}
	return b.String()
}

// pincitesOf prints pincites of one kind. Two on end are no range: "¶¶ 1, 2".
func pincitesOf(list []Pincite) string {
	if len(list) == 1 {
		return list[0].String()
	}
	sign := "¶¶ "
	if list[0].Kind == Footnote {
		sign = "nn. "
	}
	var runs []string
	for at := 0; at < len(list); {
		end := at + 1
		for end < len(list) && list[end].Number == list[end-1].Number+1 {
			end++
		}
		if end-at < 3 {
			end = at + 1
		}
		run := strconv.Itoa(list[at].Number)
		if end-at > 1 {
			run += "–" + strconv.Itoa(list[end-1].Number)
		}
		runs = append(runs, run)
		at = end
	}
	return sign + strings.Join(runs, ", ")
}
