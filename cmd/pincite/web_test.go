package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/signal"
	"path"
	"strings"
	"sync"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"

	"pincite/internal/fault"
	"pincite/internal/ingest"
)

// webHost is the one host of the scripts' web, and webVariable tells
// pincite-web where it is served. The guarded dialer refuses loopback, so that
// the program itself cannot see it.
const (
	webHost     = "pages.example"
	webVariable = "TEST_WEB"
)

// mainOnWeb is main for a program that fetches from the scripts' web. All other
// addresses go to the guarded dialer, as in the program itself.
func mainOnWeb() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	a := &app{stdin: os.Stdin, out: newConsole(os.Stdout, os.Getenv), stderr: os.Stderr, getenv: os.Getenv, fetch: fetchFromSite}
	c, err := a.parse(os.Args[1:])
	if err == nil {
		err = c.run(ctx, a)
	}
	os.Exit(exit(os.Stderr, err))
}

// fetchFromSite fetches a page of webHost.
func fetchFromSite(ctx context.Context, address string, l ingest.Limits) (_ ingest.Source, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host != webHost {
		return ingest.Fetch(ctx, address, l)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, os.Getenv(webVariable)+u.Path, nil)
	if err != nil {
		return ingest.Source{}, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return ingest.Source{}, err
	}
	defer func() {
		if cerr := resp.Body.Close(); err == nil {
			err = cerr
		}
	}()
	if resp.StatusCode != http.StatusOK {
		return ingest.Source{}, fault.New(fault.NotFound, "%s has no such page (%d): check the address.", u.Host, resp.StatusCode)
	}
	raw, err := io.ReadAll(resp.Body)
	return ingest.Source{Name: path.Base(u.Path), Bytes: raw, MediaType: resp.Header.Get("Content-Type"), URL: u.String()}, err
}

// site is a script's web. What is below /held/ is not sent before "deliver".
type site struct {
	held    chan struct{}
	deliver func()
}

type siteKey struct{}

func newSite() *site {
	s := &site{held: make(chan struct{})}
	s.deliver = sync.OnceFunc(func() { close(s.held) })
	return s
}

func siteOf(ts *testscript.TestScript) *site {
	s, ok := ts.Value(siteKey{}).(*site)
	if !ok {
		ts.Fatalf("this script has no web")
	}
	return s
}

// cmdWeb serves a folder as https://pages.example/ to pincite-web: web FOLDER.
func cmdWeb(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: web folder")
	}
	s := siteOf(ts)
	folder := http.FileServer(http.Dir(ts.MkAbs(args[0])))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/held/") {
			select {
			case <-s.held:
			case <-r.Context().Done():
				return
			}
		}
		folder.ServeHTTP(w, r)
	}))
	ts.Defer(func() {
		s.deliver()
		server.Close()
	})
	ts.Setenv(webVariable, server.URL)
}

// cmdDeliver sends what was held.
func cmdDeliver(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: deliver")
	}
	siteOf(ts).deliver()
}
