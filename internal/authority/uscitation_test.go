package authority_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"pincite/internal/authority"
)

// usCitationCases are the inputs of another library's tests, in shared, with
// what that library finds in them.
const usCitationCases = "../../../shared/citations/uscitation_cases.jsonl"

// usCitationLeast is the share of the places where the library finds the United
// States Code, the Code of Federal Regulations or a public law at which the same
// is to be found.
const usCitationLeast = 0.97

// usCitationDisagreements are the finds of the library that are not found
// here, by the line of the case, from 0, and the library's id, each with its
// reason.
func usCitationDisagreements() map[string]string {
	const split = "the library lists every reading of a hyphen; it is in the section's number here, " +
		"as what follows it is less than what stands before"
	return map[string]string{
		"187 usc/50/404o":   split,
		"187 usc/50/1":      split,
		"193 usc/16/460nnn": split,
		"193 usc/16/101":    split,
		"194 usc/42/288":    split,
		"194 usc/42/1":      split,
		"196 usc/42/285t":   split,
		"196 usc/42/2":      split,
	}
}

// usCitationCase is a line of the file.
type usCitationCase struct {
	Text      string `json:"text"`
	Generated []struct {
		Type  string `json:"type"`
		Match string `json:"match"`
		Index *int   `json:"index"`
		USC   struct {
			Title, Section string
		} `json:"usc"`
		CFR struct {
			Title   string
			Part    string
			Section *string
		} `json:"cfr"`
		Law struct {
			Type             string
			Congress, Number string
		} `json:"law"`
	} `json:"generated"`
}

// TestUSCitation compares with what the library finds. A find is met where the
// same key, or a range that the library gives as its two ends, is found in a
// span that overlaps the library's. The library lists all readings of a place
// that it is not certain of, of which at most one is right: a place is met where
// one of its readings is.
func TestUSCitation(t *testing.T) {
	f, err := os.Open(filepath.FromSlash(usCitationCases))
	if err != nil {
		t.Skipf("%s is missing", usCitationCases)
	}
	defer f.Close()
	disagreements := usCitationDisagreements()
	used := make(map[string]bool)
	wanted, met := 0, 0
	places := make(map[[2]int]bool)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for line := 0; lines.Scan(); line++ {
		var c usCitationCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("line %d: %v", line, err)
		}
		found := authority.Find(c.Text)
		for _, g := range c.Generated {
			key := ""
			switch g.Type {
			case "usc":
				key = "usc/" + g.USC.Title + "/" + g.USC.Section
			case "cfr":
				key = "cfr/" + g.CFR.Title + "/" + g.CFR.Part
				if g.CFR.Section != nil {
					key = "cfr/" + g.CFR.Title + "/" + *g.CFR.Section
				}
			case "law":
				key = map[string]string{"public": "publ/", "private": "privl/"}[g.Law.Type] + g.Law.Congress + "/" + g.Law.Number
			default:
				continue
			}
			key = strings.ToLower(strings.ReplaceAll(key, "–", "-"))
			start := strings.Index(c.Text, g.Match)
			if g.Index != nil {
				start = byteOffset(c.Text, *g.Index)
			}
			wanted++
			place := [2]int{line, start}
			if covers(found, key, start, start+len(g.Match)) {
				met++
				places[place] = true
				continue
			}
			places[place] = places[place] || false
			id := usCitationID(line, key)
			if reason := disagreements[id]; reason == "" {
				t.Errorf("%s is not found in %q: %v", id, c.Text, found)
			}
			used[id] = true
		}
	}
	for id := range disagreements {
		if !used[id] {
			t.Errorf("%s is found, and is listed as a disagreement", id)
		}
	}
	metPlaces := 0
	for _, ok := range places {
		if ok {
			metPlaces++
		}
	}
	share := float64(metPlaces) / float64(len(places))
	t.Logf("%d of %d places (%.1f %%), %d of %d readings of them (%.1f %%)",
		metPlaces, len(places), 100*share, met, wanted, 100*float64(met)/float64(wanted))
	if share < usCitationLeast {
		t.Errorf("%.3f of the places are met, want at least %.2f", share, usCitationLeast)
	}
}

func usCitationID(line int, key string) string {
	b, _ := json.Marshal(line)
	return string(b) + " " + key
}

// covers reports whether a key was found within a span: itself, or as the end
// of a range.
func covers(found []authority.Found, key string, start, end int) bool {
	for _, f := range found {
		if f.Start >= end || f.End <= start {
			continue
		}
		if f.Key == key {
			return true
		}
		slash := strings.LastIndex(key, "/") + 1
		ranged := strings.Contains(authority.Name(f.Key), "§§") && strings.HasPrefix(f.Key, key[:slash])
		if ranged && (strings.HasPrefix(f.Key, key+"-") || strings.HasSuffix(f.Key, "-"+key[slash:])) {
			return true
		}
	}
	return false
}

// byteOffset turns an offset in UTF-16 units, as JavaScript counts, into bytes.
func byteOffset(s string, units int) int {
	for i, r := range s {
		if units <= 0 {
			return i
		}
		units -= utf16.RuneLen(r)
	}
	return len(s)
}
