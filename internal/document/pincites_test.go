package document_test

import (
	"strings"
	"testing"

	"pincite/internal/document"
)

func TestPincites(t *testing.T) {
	for keys, want := range map[string]string{
		"":                       "",
		"p1":                     "¶ 1",
		"n4":                     "n. 4",
		"p1 p2":                  "¶¶ 1, 2",
		"p1 p2 p3":               "¶¶ 1–3",
		"p1 p2 p3 p8 n1":         "¶¶ 1–3, 8, n. 1",
		"p7 n1 n2 n3 n4 n6":      "¶ 7, nn. 1–4, 6",
		"p9 p10 p11 p13 p14 p20": "¶¶ 9–11, 13, 14, 20",
		"n1 p1 p2 p2 p1":         "n. 1, ¶¶ 1, 2, 2, 1",
	} {
		var list []document.Pincite
		for key := range strings.FieldsSeq(keys) {
			at, err := document.ParsePincite(key)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, at)
		}
		if got := document.Pincites(list); got != want {
			t.Errorf("%s: %q, want %q", keys, got, want)
		}
	}
}
