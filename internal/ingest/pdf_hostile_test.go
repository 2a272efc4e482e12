package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pincite/internal/fault"
)

// needPoppler finds pdftohtml and gives it a folder of the test's own, or
// skips the test.
func needPoppler(t *testing.T) poppler {
	t.Helper()
	p, err := findPoppler()
	if err != nil {
		t.Skip("pdftohtml (poppler-utils) is not installed: PDFs cannot be read")
	}
	p.temp = t.TempDir()
	return p
}

// minimal is a PDF of pages that all have one content.
func minimal(content string, pages int) []byte {
	var b bytes.Buffer
	offsets := []int{}
	obj := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	obj("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+i)
	}
	obj("<< /Type /Pages /Count %d /Kids [%s] >>", pages, kids.String())
	obj("<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>")
	obj("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
	for range pages {
		obj("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>")
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return b.Bytes()
}

const someText = "BT /F1 12 Tf 72 700 Td (The board held that a pilot may leave the bridge.) Tj 0 -14 Td (It said no more than that, and rose.) Tj ET"

// fakeProgram writes a script that stands for pdftohtml.
func fakeProgram(t *testing.T, script string) poppler {
	t.Helper()
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("there is no /bin/sh")
	}
	path := filepath.Join(t.TempDir(), "pdftohtml")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return poppler{path: path, wall: time.Minute, temp: t.TempDir()}
}

func (p poppler) read(ctx context.Context, raw []byte) (*draft, *input, error) {
	in := &input{name: "case.pdf", source: Source{Name: "case.pdf", Bytes: raw}, limits: DefaultLimits(), doubts: &doubts{}}
	d, err := in.readPDFWith(ctx, p)
	return d, in, err
}

// nothingLeft fails where a run left a file behind.
func (p poppler) nothingLeft(t *testing.T) {
	t.Helper()
	left, err := os.ReadDir(p.temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		t.Errorf("%s was left behind", e.Name())
	}
}

func TestRefusesPDFs(t *testing.T) {
	p := needPoppler(t)
	whole := minimal(someText, 1)
	for name, tt := range map[string]struct {
		give []byte
		kind fault.Kind
		want string
	}{
		"no bytes":           {nil, fault.Unreadable, "case.pdf is a PDF, but damaged or incomplete"},
		"head alone":         {[]byte("%PDF-1.7\n"), fault.Unreadable, "case.pdf is a PDF, but damaged or incomplete"},
		"cut in half":        {whole[:len(whole)/3], fault.Unreadable, "case.pdf is a PDF, but damaged or incomplete"},
		"zeros":              {append([]byte("%PDF-1.4\n"), make([]byte, 1<<20)...), fault.Unreadable, "case.pdf is a PDF, but damaged or incomplete"},
		"a scan":             {minimal("0 0 612 792 re f", 2), fault.Unreadable, "case.pdf holds pictures of pages and no text (a scan): run text recognition (OCR) on it first."},
		"too many pages":     {minimal(someText, pdfPages+1), fault.TooLarge, "case.pdf has more than 2000 pages: split it into parts."},
		"very many pages":    {minimal(someText, 100_000), fault.TooLarge, "case.pdf "},
		"more text than may": {minimal(strings.Repeat(someText+"\n", 3000), 200), fault.TooLarge, "case.pdf "},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := p.read(t.Context(), tt.give)
			if err == nil {
				t.Fatal("read without an error")
			}
			if got := fault.Sentence(err); !strings.HasPrefix(got, tt.want) || fault.KindOf(err) != tt.kind || !strings.HasSuffix(got, ".") {
				t.Errorf("%q (kind %d), want %q (kind %d): %.300v", got, fault.KindOf(err), tt.want, tt.kind, err)
			}
			p.nothingLeft(t)
		})
	}
}

// A PDF whose index is gone is read all the same, as poppler rebuilds it.
func TestReadsWithoutTheIndex(t *testing.T) {
	p := needPoppler(t)
	raw := bytes.Replace(minimal(someText, 1), []byte("startxref"), []byte("startxxxx"), 1)
	d, _, err := p.read(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.paragraphs) != 1 || !strings.HasSuffix(d.paragraphs[0].text, "It said no more than that, and rose.") {
		t.Errorf("paragraphs %v", d.paragraphs)
	}
}

// What poppler cannot make out within a page is a doubt.
func TestDoubtsADamagedPage(t *testing.T) {
	p := needPoppler(t)
	d, in, err := p.read(t.Context(), minimal(someText+"\nBT /F1 12 Tf 0 -40 Td (And then the", 1))
	if err != nil {
		t.Fatal(err)
	}
	if doubts := in.doubts.all(); len(d.paragraphs) == 0 || len(doubts) == 0 || !strings.Contains(doubts[0].Text, "damaged") {
		t.Errorf("paragraphs %v, doubts %v", d.paragraphs, doubts)
	}
}

// Text behind the pictures of a scan, which is not drawn, is read with a
// doubt.
func TestReadsRecognisedText(t *testing.T) {
	p := needPoppler(t)
	d, in, err := p.read(t.Context(), minimal(strings.Replace(someText, "BT", "BT 3 Tr", 1), 1))
	if err != nil {
		t.Fatal(err)
	}
	if doubts := in.doubts.all(); len(d.paragraphs) != 1 || len(doubts) != 1 || !strings.Contains(doubts[0].Text, "recognised") {
		t.Errorf("paragraphs %v, doubts %v", d.paragraphs, doubts)
	}
}

// Whatever byte is damaged, there is a reading or one clear sentence.
func TestDamagedPDFs(t *testing.T) {
	p := needPoppler(t)
	whole := minimal(someText, 3)
	for i := 9; i < len(whole); i += len(whole) / 23 {
		for name, raw := range map[string][]byte{
			"cut":     whole[:i],
			"altered": append(append(bytes.Clone(whole[:i]), "\x00<<[("...), whole[min(len(whole), i+5):]...),
		} {
			d, _, err := p.read(t.Context(), raw)
			switch {
			case err == nil && len(d.paragraphs) == 0:
				t.Errorf("%s at %d: neither paragraphs nor a fault", name, i)
			case err != nil && (fault.KindOf(err) != fault.Unreadable || !strings.HasPrefix(fault.Sentence(err), "case.pdf ")):
				t.Errorf("%s at %d: %v", name, i, err)
			}
		}
	}
	p.nothingLeft(t)
}

func TestWithoutPoppler(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Read(t.Context(), Source{Name: "a.pdf", Bytes: minimal(someText, 1)}, Limits{})
	want := "a.pdf is a PDF, and the program that reads those is not installed here: install poppler-utils (it has pdftohtml), or give the document in another format."
	if got := fault.Sentence(err); got != want || fault.KindOf(err) != fault.Unreadable {
		t.Errorf("%q, want %q", got, want)
	}
}

// The child knows nothing of the environment and stands in a folder that
// holds the PDF alone.
func TestChildHasNothing(t *testing.T) {
	t.Setenv("PINCITE_TOKEN", "secret")
	p := fakeProgram(t, `{ echo '<page width="600" height="800"><text top="9" left="9" width="9" height="9">Env:'; env; echo 'Files:' *; echo '</text>'; } >out.xml`)
	out, err := p.layOut(t.Context(), []byte("%PDF-1.4"), false)
	if err != nil {
		t.Fatal(err)
	}
	xml := string(out.xml)
	if strings.Contains(xml, "secret") || strings.Contains(xml, "HOME=") || !strings.Contains(xml, "LC_ALL=C.UTF-8") || !strings.Contains(xml, "Files: in.pdf out.xml") {
		t.Errorf("the child saw %s", xml)
	}
	p.nothingLeft(t)
}

// A child beyond its limits is ended by the system and told from a damaged
// file.
func TestChildIsBounded(t *testing.T) {
	for name, tt := range map[string]struct {
		script string
		want   error
	}{
		"output":  {`exec head -c 64000000 /dev/zero >out.xml`, errPDFOutput},
		"stopped": {`kill -XCPU $$`, errPDFTime},
	} {
		t.Run(name, func(t *testing.T) {
			p := fakeProgram(t, tt.script)
			if _, err := p.layOut(t.Context(), nil, false); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			p.nothingLeft(t)
		})
	}
	t.Run("limits", func(t *testing.T) {
		p := fakeProgram(t, `{ ulimit -v; ulimit -t; ulimit -f; ulimit -c; } >out.xml`)
		out, err := p.layOut(t.Context(), nil, false)
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("%d\n%d\n%d\n0\n", pdfMemory, pdfCPU, pdfOutput/512)
		if string(out.xml) != want {
			t.Errorf("limits %q, want %q", out.xml, want)
		}
	})
	t.Run("time", func(t *testing.T) {
		p := fakeProgram(t, `sleep 60`)
		p.wall = 50 * time.Millisecond
		if _, _, err := p.read(t.Context(), nil); !errors.Is(err, errPDFTime) || fault.KindOf(err) != fault.TooLarge {
			t.Errorf("%v", err)
		}
		p.nothingLeft(t)
	})
	t.Run("complaints", func(t *testing.T) {
		p := fakeProgram(t, `head -c 1000000 /dev/zero | tr '\0' x >&2; exit 1`)
		out, err := p.layOut(t.Context(), nil, false)
		if err == nil || len(out.complaints) != pdfErrors {
			t.Errorf("%d bytes of complaints were kept", len(out.complaints))
		}
	})
}

// When the reading is cancelled, the child and its own children are gone, and
// so is its folder.
func TestCancelKillsTheChild(t *testing.T) {
	pids := filepath.Join(t.TempDir(), "pids")
	p := fakeProgram(t, fmt.Sprintf(`sleep 300 & echo $$ $! >%s.new; mv %s.new %s; wait`, pids, pids, pids))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, _, err := p.read(ctx, []byte("%PDF-1.4"))
		done <- err
	}()
	var raw []byte
	for len(raw) == 0 {
		select {
		case err := <-done:
			t.Fatalf("ended early: %v", err)
		case <-time.After(time.Millisecond):
		}
		raw, _ = os.ReadFile(pids)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	p.nothingLeft(t)
	for _, s := range strings.Fields(string(raw)) {
		pid, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		if !gone(pid) {
			t.Errorf("process %d is still there", pid)
		}
	}
}

// gone waits until a process is no more, or is waited for by another.
func gone(pid int) bool {
	for range 500 {
		out, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
		if err != nil || strings.HasPrefix(strings.TrimSpace(string(out)), "Z") {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}
