package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"pincite/internal/fault"
)

// The bounds of one run of pdftohtml. A 40-page analysis takes 0.1 s, 30 MB
// of address space and 0.3 MB of output.
const (
	pdfWall   = 30 * time.Second // from start to end
	pdfCPU    = 20               // seconds of processor time
	pdfMemory = 256 << 10        // KiB of address space
	pdfOutput = 24 << 20         // bytes of XML
	pdfPages  = 2000             // pages that are read
	pdfErrors = 4 << 10          // bytes kept of what it complains about
)

// poppler is the program that lays a PDF's text out: pdftohtml of poppler,
// which is not part of this one. A PDF is read by it alone, in a process that
// can be stopped and whose memory is not this one's.
type poppler struct {
	path string // of pdftohtml
	wall time.Duration
	temp string // the folder for its folders; empty for the system's
}

// findPoppler looks for pdftohtml where commands are.
func findPoppler() (poppler, error) {
	path, err := exec.LookPath("pdftohtml")
	if err != nil {
		return poppler{}, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return poppler{}, err
	}
	return poppler{path: path, wall: pdfWall}, nil
}

// laidOut is what a run of pdftohtml gave.
type laidOut struct {
	xml []byte
	// complaints are the first lines it wrote to its standard error.
	complaints string
}

// The ways in which a run can end other than well.
var (
	errPDFTime     = errors.New("pdftohtml ran out of time")
	errPDFOutput   = errors.New("pdftohtml wrote more than it may")
	errPDFPassword = errors.New("the PDF needs a password")
	errPDFDenied   = errors.New("the PDF denies copying")
)

// layOut writes a PDF to a folder of its own, runs pdftohtml on it there and
// returns the XML. The child gets no environment but a locale, limits from
// its first instruction on, and a process group that is killed when ctx or
// the time ends. The folder is gone when layOut returns. With hidden, text
// that is not drawn is read too: what a scanner's program recognised.
func (p poppler) layOut(ctx context.Context, raw []byte, hidden bool) (_ laidOut, err error) {
	dir, err := os.MkdirTemp(p.temp, "pincite-pdf-")
	if err != nil {
		return laidOut{}, err
	}
	defer func() {
		if rerr := os.RemoveAll(dir); err == nil && rerr != nil {
			err = rerr
		}
	}()
	if err := os.WriteFile(filepath.Join(dir, "in.pdf"), raw, 0o600); err != nil {
		return laidOut{}, err
	}
	timed, cancel := context.WithTimeoutCause(ctx, p.wall, errPDFTime)
	defer cancel()
	args := []string{"-xml", "-i", "-nomerge", "-enc", "UTF-8", "-l", strconv.Itoa(pdfPages + 1)}
	if hidden {
		args = append(args, "-hidden")
	}
	cmd := limited(timed, p.path, append(args, "in.pdf", "out.xml")...)
	cmd.Dir = dir
	cmd.Env = []string{"LC_ALL=C.UTF-8"}
	complaints := &pdfHead{limit: pdfErrors}
	cmd.Stderr = complaints
	cmd.WaitDelay = time.Second
	ran := cmd.Run()
	out := laidOut{complaints: string(complaints.kept)}
	switch {
	case ctx.Err() != nil:
		return out, ctx.Err()
	case context.Cause(timed) != nil:
		return out, context.Cause(timed)
	case ran != nil:
		return out, pdfFailure(ran, complaints.kept)
	}
	out.xml, err = readBounded(filepath.Join(dir, "out.xml"), pdfOutput)
	return out, err
}

// pdfFailure tells why a run failed: by its complaints, for the exit status
// is the same for most reasons.
func pdfFailure(ran error, complaints []byte) error {
	reason := fmt.Errorf("pdftohtml: %w: %s", ran, bytes.TrimSpace(complaints))
	for _, c := range []struct {
		complaint string
		err       error
	}{
		{"Incorrect password", errPDFPassword},
		{"Unsupported encryption", errPDFPassword},
		{"security handler", errPDFPassword},
		{"not allowed", errPDFDenied},
		{"Out of memory", errPDFOutput},
	} {
		if bytes.Contains(complaints, []byte(c.complaint)) {
			return errors.Join(c.err, reason)
		}
	}
	if exit, ok := errors.AsType[*exec.ExitError](ran); ok {
		if err := limitHit(exit); err != nil {
			return errors.Join(err, reason)
		}
	}
	return reason
}

// readBounded reads a file of up to limit bytes. A child that was stopped at
// its limit leaves exactly that much.
func readBounded(path string, limit int64) (_ []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	raw, err := io.ReadAll(io.LimitReader(f, limit))
	if err == nil && int64(len(raw)) >= limit {
		err = errPDFOutput
	}
	return raw, err
}

// pdfHead keeps the first bytes written to it and lets the rest go.
type pdfHead struct {
	kept  []byte
	limit int
}

// Write implements io.Writer; it never fails.
func (h *pdfHead) Write(p []byte) (int, error) {
	h.kept = append(h.kept, p[:min(len(p), h.limit-len(h.kept))]...)
	return len(p), nil
}

// pdfFault gives the end of a run its sentence.
func (in *input) pdfFault(err error) error {
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return fault.Wrap(fault.Unreadable, err,
			"%s is a PDF, and the program that reads those is not installed here: install poppler-utils (it has pdftohtml), or give the document in another format.", in.name)
	case errors.Is(err, errPDFPassword):
		return fault.Wrap(fault.Unreadable, err, "%s is protected by a password: save a copy without one and give that.", in.name)
	case errors.Is(err, errPDFDenied):
		return fault.Wrap(fault.Unreadable, err, "%s forbids that its text is copied: give a copy that allows it, or the text itself.", in.name)
	case errors.Is(err, errPDFTime):
		return fault.Wrap(fault.TooLarge, err, "%s takes too long to lay out and was stopped: split it into parts.", in.name)
	case errors.Is(err, errPDFOutput):
		return fault.Wrap(fault.TooLarge, err, "%s holds more text than one document may have: split it into parts.", in.name)
	}
	return fault.Wrap(fault.Unreadable, err, "%s is a PDF, but damaged or incomplete: save it anew, or give it in another format.", in.name)
}
