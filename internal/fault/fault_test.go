package fault_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pincite/internal/fault"
)

func TestTwoReaders(t *testing.T) {
	cause := fmt.Errorf("open /srv/secret: %w", io.ErrUnexpectedEOF)
	err := fmt.Errorf("desk.Add(%q): %w", "x", fault.Wrap(fault.Unreadable, cause, "%s ends too early.", "x.md"))
	if got, want := fault.Sentence(err), "x.md ends too early."; got != want {
		t.Errorf("sentence %q, want %q", got, want)
	}
	if got := fault.KindOf(err); got != fault.Unreadable {
		t.Errorf("kind %v", got)
	}
	if !strings.Contains(err.Error(), "/srv/secret") || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the operator's text %q lost the cause", err)
	}
}

func TestOtherErrorsGiveNothingAway(t *testing.T) {
	err := errors.New("dial tcp 10.0.0.1: refused")
	if s := fault.Sentence(err); strings.Contains(s, "10.0.0.1") || fault.KindOf(err) != fault.Internal {
		t.Errorf("sentence %q, kind %v", s, fault.KindOf(err))
	}
}
