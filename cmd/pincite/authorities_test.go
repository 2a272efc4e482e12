package main

import (
	"testing"

	"pincite/internal/authority"
)

// TestKindNames holds that each kind of authority has a heading of its own.
func TestKindNames(t *testing.T) {
	seen := map[string]authority.Kind{}
	for _, k := range authority.Kinds() {
		name := kindName(k)
		if name == string(k) || seen[name] != "" {
			t.Errorf("%s is called %q, as is %q", k, name, seen[name])
		}
		seen[name] = k
	}
}
