//go:build !unix

package ingest

import (
	"context"
	"os/exec"
)

// limited runs a program with a limit of time alone: there is no portable way
// to set others here.
func limited(ctx context.Context, path string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, path, args...)
}

// limitHit tells which limit ended a child: none, where there are none.
func limitHit(*exec.ExitError) error { return nil }
