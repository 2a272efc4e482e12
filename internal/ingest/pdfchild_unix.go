//go:build unix

package ingest

import (
	"context"
	"fmt"
	"os/exec"
	"syscall"
)

// limited makes the command that runs a program within limits of memory,
// processor time, output and core dumps. The shell sets them before it
// becomes the program, so that they hold from its first instruction on and
// need no code for each system; a limit that a system does not have is left
// out. ulimit counts files in blocks of 512 bytes.
//
// The child leads a process group, which is killed as a whole.
func limited(ctx context.Context, path string, args ...string) *exec.Cmd {
	script := fmt.Sprintf(
		`for l in "-v %d" "-t %d" "-f %d" "-c 0"; do ulimit $l 2>/dev/null; done; exec "$@"`,
		pdfMemory, pdfCPU, pdfOutput/512)
	cmd := exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", script, "sh", path}, args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}

// limitHit tells which limit ended a child, nil where none did.
func limitHit(exit *exec.ExitError) error {
	status, ok := exit.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() {
		return nil
	}
	switch status.Signal() {
	case syscall.SIGXCPU, syscall.SIGKILL:
		return errPDFTime
	case syscall.SIGXFSZ:
		return errPDFOutput
	}
	return nil
}
