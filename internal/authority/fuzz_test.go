package authority_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pincite/internal/authority"
)

// FuzzFind holds what every find promises: spans in bounds, on the bounds of
// runes, in order and apart; a kind and a name for every key; and that the name
// is read back as the key, by Parse and in a text.
func FuzzFind(f *testing.F) {
	for _, s := range sentences(f) {
		for _, p := range s.passages {
			f.Add(p)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, a := range authority.Find(s) {
			if a.Start < last || a.End <= a.Start || a.End > len(s) {
				t.Fatalf("%q: span %d to %d behind %d", s, a.Start, a.End, last)
			}
			last = a.End
			if utf8.ValidString(s) && (!utf8.ValidString(s[a.Start:a.End]) || !utf8.ValidString(s[:a.Start])) {
				t.Fatalf("%q: the span %q cuts a rune", s, s[a.Start:a.End])
			}
			if a.Key == "" {
				if a.URL != "" {
					t.Fatalf("%q: an unresolved reference has a link", s)
				}
				continue
			}
			checkKey(t, a.Key)
		}
	})
}

// checkKey holds what a key promises.
func checkKey(t *testing.T, key string) {
	t.Helper()
	if authority.KindOf(key) == "" {
		t.Fatalf("%q is of no kind", key)
	}
	name := authority.Name(key)
	if name == "" {
		t.Fatalf("%q has no name", key)
	}
	found := authority.Find(name)
	if len(found) != 1 || found[0].Key != key || found[0].Start != 0 || found[0].End != len(name) {
		t.Fatalf("%q is named %q, in which %v is found", key, name, found)
	}
	for _, s := range []string{name, key} {
		if got, ok := authority.Parse(s); !ok || got != key {
			t.Fatalf("Parse(%q) = %q, %v, want %q", s, got, ok, key)
		}
	}
}

// TestLongTexts reads long texts of one thing over and over, each of which could
// be read again from every place in it; then the test's own limit tells.
func TestLongTexts(t *testing.T) {
	for _, part := range []string{
		"Article 1, ", "Articles 1 and ", "§ ", "(", "50 U.S.C. § 1, ", "50 U.S.C. §§ 3091, 3092, ", "section 3091 ", "Id. ", "a v. b, ",
		"Charter, Article 5 ", "Convention, Article 5, ", "1 F. 2 ", "Clause of Article I ", "EO 12333, ", "1(a)(1)(b)", "First and ",
		"Resolution 1373, ", "Security Council ", "Pub. L. No. 80-253, 61 Stat. 495; ", "1986 I.C.J. ", "A/RES/", "\u00a0", "343 U.S. 579, ",
		"S. 12, 118th Cong. ", "3 CFR 2001 Comp., p. ", "10 C.F.R. § 1.1, ", "Art. I, § 1, ",
	} {
		text := strings.Repeat(part, (256<<10)/len(part))
		for _, f := range authority.FindAll([]string{text})[0] {
			if f.Start >= f.End || f.End > len(text) {
				t.Fatalf("%q: %+v is out of bounds", part, f)
			}
		}
	}
}
