package discord

import (
	"cmp"
	"slices"
	"strings"
	"testing"
)

func TestNameLikeness(t *testing.T) {
	names := []string{
		"The Harbour Code harbour-code", "Ferries of the Lake ferries",
		"Strikes on the Cartels in Mexico cartel-strikes", "The War Powers Resolution war-powers-resolution", "Señales y ley senales",
	}
	for typed, want := range map[string]string{
		"": "The Ferries Strikes The Señales", "ferr": "Ferries", "car": "Strikes", "cartl": "Strikes", "war pow": "The",
		"POWERS": "The", "fery": "Ferries", "harbor": "The", "harbuor": "The", "senal": "Señales", "señ": "Señales", "wpr": "", "xyz": "", "the": "The Ferries Strikes The",
		"mexico strikes": "Strikes", "lake war": "", "-": "The Ferries Strikes The Señales",
	} {
		found := slices.Clone(names)
		found = slices.DeleteFunc(found, func(n string) bool { return nameLikeness(typed, n) == 0 })
		slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(nameLikeness(typed, b), nameLikeness(typed, a)) })
		var first []string
		for _, n := range found {
			first = append(first, strings.Fields(n)[0])
		}
		if got := strings.Join(first, " "); got != want {
			t.Errorf("%q suggests %q, want %q", typed, got, want)
		}
	}
}
