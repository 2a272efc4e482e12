package discord

import (
	"errors"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/words"
)

// longest are actions with fields of the greatest length.
func longest() []action {
	ref := document.Ref{Document: strings.Repeat("a", document.MaxID), Pincite: document.Pincite{Kind: document.Paragraph, Number: 100000}}
	span := words.Span{Start: 256<<10 - 1, End: 256 << 10}
	const v version = "89abcdef"
	return []action{
		contextAction{ref, v, span},
		citeAction{ref, v, span},
		readAction{ref},
		moreAction{1 << 40, ref.Document},
		nearestAction{ref.Document},
		searchPageAction{1 << 40},
		authoritiesPageAction{1 << 40, ref.Document},
		citingPageAction{1 << 40},
		corpusPageAction{1 << 40},
		corpusAddAction{strings.Repeat("d", maxDraft)},
		corpusCancelAction{strings.Repeat("d", maxDraft)},
		fixTitleAction{strings.Repeat("d", maxDraft)},
		corpusRemoveAction{ref.Document, v},
		corpusKeepAction{},
		pasteAction{},
		replaceAction{strings.Repeat("d", maxReplaceDraft), ref.Document, v},
		undoAction{ref.Document, v},
		leaveAction{},
		historyAction{ref.Document, 1 << 40},
		repasteAction{ref.Document},
	}
}

func TestCustomID(t *testing.T) {
	actions := append(longest(), moreAction{}, nearestAction{}, contextAction{Ref: document.Ref{Document: "a", Pincite: document.Pincite{Kind: document.Footnote, Number: 1}}})
	for _, a := range actions {
		id := a.customID()
		if len(id) > maxCustomID {
			t.Errorf("%q has %d characters", id, len(id))
		}
		if got, err := parseAction(id); err != nil || got != a {
			t.Errorf("%q is %+v, %v, want %+v", id, got, err, a)
		}
	}
}

func TestParseActionRefuses(t *testing.T) {
	for _, id := range []string{
		"", "1", "1:", "2:keep", "1:keep:", "1:keep:x", "keep", "1:unknown", "1:read", "1:read:a/p0", "1:read:A/p1", "1:read:a/¶ 1", "1:read:a/p1:",
		"1:more:-1:", "1:more:01:", "1:more:x:", "1:more:1", "1:more:1:A", "1:context:a/p1:xyz:", "1:context:a/p1:123456789:", "1:context:a/p1::1",
		"1:context:a/p1::5-5", "1:context:a/p1::9-5", "1:context:a/p1::A-B", "1:add:", "1:add:a b", "1:add:" + strings.Repeat("a", maxDraft+1), "1:remove::",
		"1:replace:d::", "1:replace::a:", "1:replace:" + strings.Repeat("a", maxReplaceDraft+1) + ":a:", "1:undo::", "1:history::0", "1:history:a:-1", "1:leave:", "1:repaste:",
	} {
		if a, err := parseAction(id); !errors.Is(err, errUnknownAction) {
			t.Errorf("%q is %+v, %v", id, a, err)
		}
	}
}

// FuzzCustomID holds that what parses prints as it was read, and fits.
func FuzzCustomID(f *testing.F) {
	for _, a := range longest() {
		f.Add(a.customID())
	}
	f.Add("1:context:a/n1::1-2")
	f.Fuzz(func(t *testing.T, id string) {
		a, err := parseAction(id)
		if err != nil {
			if !errors.Is(err, errUnknownAction) {
				t.Fatalf("%q: %v", id, err)
			}
			return
		}
		if got := a.customID(); got != id || len(id) > maxCustomID {
			t.Fatalf("%q reads as %+v, which prints %q", id, a, got)
		}
	})
}
