package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pincite/internal/desk"
	"pincite/internal/fault"
	"pincite/internal/ingest"
)

// runWith runs a command line with a stand-in for the network.
func runWith(t *testing.T, data string, fetch fetchFunc, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	getenv := func(name string) string { return map[string]string{"PINCITE_DATA": data}[name] }
	a := &app{
		stdin: strings.NewReader(""), out: newConsole(&out, getenv), stderr: &errs, getenv: getenv,
		log: slog.New(slog.DiscardHandler), fetch: fetch,
	}
	c, err := a.parse(args)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(c.run(t.Context(), a), a.out.flush())
	return out.String(), errs.String(), err
}

// web is a web of two pages, one of which is too large.
func web(_ context.Context, address string, l ingest.Limits) (ingest.Source, error) {
	switch address {
	case "https://example.org/locks?from=mail":
		page := `<!doctype html><html><head><title>Of Locks</title><link rel="canonical" href="https://example.org/locks"></head>` +
			`<body><article><h1>Of Locks</h1><p>The lock keeper rings the bell before the gates close for the night.</p><p>Barges wait below the bridge until the morning comes.</p></article></body></html>`
		return ingest.Source{Name: "locks", Bytes: []byte(page), MediaType: "text/html", URL: address}, nil
	case "https://example.org/huge":
		return ingest.Source{}, fault.New(fault.TooLarge, "huge is larger than %d bytes.", l.Bytes)
	}
	return ingest.Source{}, fault.New(fault.NotFound, "example.org has no such page (404): check the address.")
}

// TestAddURL: a page is added under its canonical URL, which its citations
// link to; one that cannot be had is said in one sentence and costs the others
// nothing.
func TestAddURL(t *testing.T) {
	data := t.TempDir()
	file := filepath.Join(t.TempDir(), "ebb.txt")
	if err := os.WriteFile(file, []byte("At ebb the ferry rests."), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, err := runWith(t, data, web, "add", "https://example.org/gone", "https://example.org/locks?from=mail", "https://example.org/huge", file)
	if !errors.Is(err, errReported) {
		t.Errorf("the error is %v", err)
	}
	for _, want := range []string{"added locks: Of Locks (2 paragraphs, 0 footnotes)\n", "added ebb: ", "\n2 added, 2 failed.\n"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("standard output lacks %q: %q", want, stdout)
		}
	}
	want := "pincite: https://example.org/gone: example.org has no such page (404): check the address.\n" +
		"pincite: https://example.org/huge: huge is larger than 20000000 bytes. Or raise the limit with --max-bytes.\n"
	if stderr != want {
		t.Errorf("standard error is %q, want %q", stderr, want)
	}

	stdout, _, err = runWith(t, data, web, "show", "--json", "locks")
	var shown desk.DocumentJSON
	if err := errors.Join(err, json.Unmarshal([]byte(stdout), &shown)); err != nil {
		t.Fatal(err)
	}
	if shown.URL != "https://example.org/locks" {
		t.Errorf("the source is %q, not the canonical URL", shown.URL)
	}
}

// TestShowURL previews a page and adds nothing.
func TestShowURL(t *testing.T) {
	data := t.TempDir()
	stdout, _, err := runWith(t, data, web, "show", "https://example.org/locks?from=mail")
	if err != nil || !strings.HasPrefix(stdout, "Read as html, 2 paragraphs, 0 footnotes. Not added; add would keep it as locks.\n") {
		t.Errorf("show: %q, %v", stdout, err)
	}
	if stdout, _, err := runWith(t, data, web, "list", "--json"); err != nil || strings.Contains(stdout, `"own"`) {
		t.Errorf("list: %q, %v", stdout, err)
	}
}
