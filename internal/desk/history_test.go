package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
)

// passages makes paragraphs of lines.
func passages(lines ...string) []document.Passage {
	list := make([]document.Passage, len(lines))
	for i, l := range lines {
		list[i] = document.Passage{Kind: document.Paragraph, Number: i + 1, Text: l}
	}
	return list
}

// told prints changes as +2 (added), -1 (removed) and 3~4 (altered).
func told(changes []Change) string {
	var said []string
	for _, c := range changes {
		switch c.Kind {
		case PassageAdded:
			said = append(said, fmt.Sprintf("+%d", c.After.Pincite.Number))
		case PassageRemoved:
			said = append(said, fmt.Sprintf("-%d", c.Before.Pincite.Number))
		case PassageAltered:
			said = append(said, fmt.Sprintf("%d~%d", c.Before.Pincite.Number, c.After.Pincite.Number))
		}
	}
	return strings.Join(said, " ")
}

func TestChanges(t *testing.T) {
	tests := []struct{ name, before, after, want string }{
		{"the same", "a b c|d e f", "a b c|d e f", ""},
		{"added between", "a b c|d e f", "a b c|x y z|d e f", "+2"},
		{"removed at the end", "a b c|d e f", "a b c", "-2"},
		{"altered", "a b c d|e f g h", "a b c x|e f g h", "1~1"},
		{"altered and moved down", "a b c d", "u v w|a b c x", "+1 1~2"},
		{"nothing in common", "a b c", "x y z", "-1 +1"},
		{"half in common is the same", "a b c d", "a b x y", "1~1"},
		{"less than half is not", "a b c d", "a x y z", "-1 +1"},
		{"the likest of two", "a b c d e f", "a b c x y z|a b c d e z", "+1 1~2"},
		{"repeated texts", "a|a|a", "a|a", "-3"},
		{"repeated around one", "r|x|r|y", "r|y", "-2 -3"},
		{"swapped", "a b c|d e f", "d e f|a b c", "-1 +2"},
		{"all new", "", "a|b", "+1 +2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			split := func(s string) []document.Passage {
				if s == "" {
					return nil
				}
				return passages(strings.Split(s, "|")...)
			}
			got := told(changesOf(split(tt.before), split(tt.after)))
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestChangesOfManyPassages: beyond the bounds of the table, the work stays
// linear and what is found still leads from one to the other.
func TestChangesOfManyPassages(t *testing.T) {
	var before, after []string
	for i := range 3000 {
		before = append(before, fmt.Sprintf("entry %d of the register of ships", i))
		after = append(after, fmt.Sprintf("entry %d of the register of boats", i))
	}
	got := changesOf(passages(before...), passages(after...))
	if len(got) != 3000 || slices.ContainsFunc(got, func(c Change) bool { return c.Kind != PassageAltered }) {
		t.Errorf("%d changes", len(got))
	}
}

// FuzzChanges: undoing what is said to have been added and altered, and doing
// again what was removed, gives the list before; nothing is paired across.
func FuzzChanges(f *testing.F) {
	f.Add("a b c|d e f", "d e f|a b c x")
	f.Add("a|a|b", "a|b|b|c")
	f.Add("", "x")
	f.Fuzz(func(t *testing.T, one, two string) {
		before, after := passages(strings.Split(one, "|")...), passages(strings.Split(two, "|")...)
		pairs := pair(before, after)
		at := pairing{}
		var kept int
		for _, p := range pairs {
			if p.before < 0 && p.after < 0 {
				t.Fatal("a pair of nothing")
			}
			if p.before >= 0 {
				if p.before != at.before {
					t.Fatalf("%v after %v", p, at)
				}
				at.before++
			}
			if p.after >= 0 {
				if p.after != at.after {
					t.Fatalf("%v after %v", p, at)
				}
				at.after++
			}
			if p.before >= 0 && p.after >= 0 && before[p.before].Text == after[p.after].Text {
				kept++
			}
		}
		if at.before != len(before) || at.after != len(after) {
			t.Fatalf("ends at %v of %d and %d", at, len(before), len(after))
		}
		if one == two && kept != len(before) {
			t.Fatalf("%d of %d kept of the same", kept, len(before))
		}
	})
}

func TestHistoryAndUndo(t *testing.T) {
	d := open(t, t.TempDir())
	ctx, who := t.Context(), library.Local
	add(t, d, who, source("rules.txt", "Bicycles must ring at the gate.\n\nDogs wait outside."))
	if _, err := d.Undo(ctx, who, "rules", "Bo"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("nothing to undo: %v", err)
	}
	add(t, d, who, source("rules.txt", "Bicycles must stop at the gate.\n\nTrams may pass."))
	versions, err := d.History(ctx, who, "rules")
	if err != nil || len(versions) != 2 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	if got := told(versions[0].Changes); got != "1~1 -2 +2" || versions[0].Entry.Version != 2 || versions[0].Entry.AddedBy != "tester" {
		t.Errorf("the second changed %q: %+v", got, versions[0].Entry)
	}
	if len(versions[1].Changes) > 0 || versions[0].Unknown || versions[1].Unknown {
		t.Errorf("the first: %+v", versions[1])
	}
	for i, want := range []string{"Bicycles must ring at the gate.", "Bicycles must stop at the gate."} {
		undone, err := d.Undo(ctx, who, "rules", "Bo")
		if err != nil || undone.Entry.Version != 3+i || undone.Entry.AddedBy != "Bo" || undone.Entry.Name != "rules.txt" {
			t.Fatalf("undo %d: %+v, %v", i, undone, err)
		}
		if _, evidence := first(t, d, who, "what must bicycles do at the gate"); evidence != want {
			t.Errorf("undo %d: %q answers", i, evidence)
		}
	}
	for id, want := range map[string]fault.Kind{"tolls": fault.Forbidden, "none": fault.NotFound} {
		if _, err := d.Undo(ctx, who, id, "Bo"); fault.KindOf(err) != want {
			t.Errorf("undo %s: %v", id, err)
		}
	}
	if base, err := d.History(ctx, who, "tolls"); err != nil || len(base) != 1 || base[0].Entry.Version != 0 {
		t.Errorf("history of the base corpus's: %+v, %v", base, err)
	}
	if _, err := d.History(ctx, server(t, "111111111111111111"), "rules"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another server reads the history: %v", err)
	}
}

// TestHistoryOfADamagedVersion: what cannot be compared is said to be unknown,
// and the rest of the history stays readable.
func TestHistoryOfADamagedVersion(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	for _, text := range []string{"Ash is grey.", "Ash is green.", "Ash is gone.", "Ash is back."} {
		add(t, d, library.Local, source("ash.txt", text))
	}
	second, err := filepath.Glob(filepath.Join(dir, "corpora", "local", "ash", "000002-*", "document.json"))
	if err != nil || len(second) != 1 {
		t.Fatalf("%q, %v", second, err)
	}
	raw, err := os.ReadFile(second[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(second[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(second[0], []byte(strings.Replace(string(raw), "green", "greed", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	versions, err := open(t, dir).History(t.Context(), library.Local, "ash")
	if err != nil || len(versions) != 4 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	var said []string
	for _, v := range versions {
		said = append(said, fmt.Sprintf("%d %t %s", v.Entry.Version, v.Unknown, told(v.Changes)))
	}
	if want := []string{"4 false 1~1", "3 true ", "2 true ", "1 false "}; !slices.Equal(said, want) {
		t.Errorf("got %q, want %q", said, want)
	}
}
