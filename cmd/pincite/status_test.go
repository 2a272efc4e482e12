package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pincite/internal/fault"
)

func TestExit(t *testing.T) {
	secret := errors.New("/etc/secret: no such thing")
	tests := []struct {
		err    error
		status int
		said   string
	}{
		{nil, 0, ""},
		{errNoAnswer, 3, ""},
		{errReported, 1, ""},
		{usage("Write %s.", "more"), 2, "pincite: Write more.\n"},
		{fmt.Errorf("open: %w", fault.Wrap(fault.NotFound, secret, "There is no\nfile \x1b[31m.")), 1, "pincite: There is no file \ufffd[31m.\n"},
		{secret, 1, "pincite: Something went wrong; run the command again with --verbose to see what.\n"},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		if got := exit(&b, tt.err); got != tt.status || b.String() != tt.said {
			t.Errorf("%v: status %d and %q, want %d and %q", tt.err, got, &b, tt.status, tt.said)
		}
	}
}

// TestStopped: a signal ends a command with one sentence, whatever it did.
func TestStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"ask", "hostilities"}, {"list"}, {"add", "status_test.go"}} {
		var out, errs bytes.Buffer
		dir := t.TempDir()
		getenv := func(name string) string { return map[string]string{"PINCITE_DATA": dir}[name] }
		err := run(ctx, args, strings.NewReader(""), &out, &errs, getenv)
		if got := exit(&errs, err); got != statusFailed || errs.String() != "pincite: Stopped.\n" {
			t.Errorf("%s: status %d, %q", args, got, &errs)
		}
	}
}

// TestVerbose: the whole chain goes to the log, and only there.
func TestVerbose(t *testing.T) {
	var out, errs bytes.Buffer
	none := func(string) string { return "" }
	err := run(t.Context(), []string{"list", "-v", "--corpus", "nowhere"}, strings.NewReader(""), &out, &errs, none)
	if !strings.Contains(errs.String(), "level=ERROR") || !strings.Contains(errs.String(), "stat nowhere") {
		t.Errorf("the log has %q", &errs)
	}
	if sentence(err) == err.Error() || strings.Contains(sentence(err), "stat nowhere") {
		t.Errorf("the sentence is %q", sentence(err))
	}
}
