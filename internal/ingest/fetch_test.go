package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"code.dny.dev/ssrf"

	"pincite/internal/fault"
)

// only allows connections to one server on loopback; for all others the rules
// hold that Fetch has.
func only(server *httptest.Server) guard {
	allowed := server.Listener.Addr().String()
	rules := ssrf.New()
	return func(network, address string, c syscall.RawConn) error {
		if address == allowed {
			return nil
		}
		return rules.Safe(network, address, c)
	}
}

// fetcherFor is a fetcher that may connect to server.
func fetcherFor(server *httptest.Server) *fetcher {
	f := newFetcher(only(server), fetchTime, fetchStall)
	f.ports = nil
	return f
}

// impatient is one that gives up soon, for servers that would keep it.
func impatient(server *httptest.Server) *fetcher {
	f := newFetcher(only(server), 500*time.Millisecond, 200*time.Millisecond)
	f.ports = nil
	return f
}

// pages answers as sites do, good and bad ones.
func pages(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	packed := bomb(t)
	mux.HandleFunc("/analysis/the-ferry", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprintf(w, "<html><title>The Ferry</title><p>It was late, said %s.</p></html>", r.UserAgent())
	})
	mux.HandleFunc("/named", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Disposition", `attachment; filename="../../ferry rules.md"`)
		_, _ = w.Write([]byte("# Rules\n\nNo boarding."))
	})
	redirect := func(from, to string) {
		mux.HandleFunc(from, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		})
	}
	redirect("/moved", "/analysis/the-ferry#end")
	redirect("/loop", "/loop")
	redirect("/metadata", "http://169.254.169.254/latest/meta-data/")
	redirect("/loopback", "http://127.0.0.1:80/")
	redirect("/mapped", "http://[::ffff:127.0.0.1]:80/")
	redirect("/private", "http://10.0.0.1/")
	redirect("/file", "file:///etc/passwd")
	redirect("/gopher", "gopher://127.0.0.1/")
	redirect("/login", "http://user:secret@127.0.0.1/")
	for i := range 7 {
		redirect(fmt.Sprintf("/hop%d", i), fmt.Sprintf("/hop%d", i+1))
	}
	mux.HandleFunc("/hop7", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("There.")) })
	mux.HandleFunc("/stall", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("<p>It begins"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("."))
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5000")
		_, _ = w.Write([]byte("<p>Not five thousand bytes."))
	})
	mux.HandleFunc("/claims", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "30000000")
		w.WriteHeader(http.StatusOK)
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(bytes.Repeat([]byte("more "), 1000)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed)
	})
	mux.HandleFunc("/packed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		_, _ = w.Write([]byte("\x8b\x01"))
	})
	for _, code := range []int{204, 301, 401, 403, 404, 410, 418, 429, 500, 503} {
		mux.HandleFunc(fmt.Sprintf("/status%d", code), func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
	}
	mux.HandleFunc("/hangup", func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			c.Close()
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// bomb is 5 MB of spaces in 5 KB.
func bomb(t *testing.T) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 5 {
		if _, err := z.Write(bytes.Repeat([]byte(" "), 1_000_000)); err != nil {
			t.Error(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Error(err)
	}
	return b.Bytes()
}

func TestFetches(t *testing.T) {
	server := pages(t)
	f := fetcherFor(server)
	for _, tt := range []struct{ path, name, url, media, text string }{
		{"/analysis/the-ferry", "the-ferry", "/analysis/the-ferry", "text/html; charset=utf-8", "<p>It was late, said " + userAgent + "."},
		{"/moved", "the-ferry", "/analysis/the-ferry", "text/html; charset=utf-8", "The Ferry"},
		{"/analysis/the-ferry#part", "the-ferry", "/analysis/the-ferry", "text/html; charset=utf-8", "The Ferry"},
		{"/named", "ferry rules.md", "/named", "text/plain; charset=utf-8", "No boarding."},
		{"/hop3", "hop7", "/hop7", "text/plain; charset=utf-8", "There."},
	} {
		s, err := f.fetch(t.Context(), " "+server.URL+tt.path+"\n", DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.path, err)
			continue
		}
		if s.Name != tt.name || s.URL != server.URL+tt.url || s.MediaType != tt.media || !strings.Contains(string(s.Bytes), tt.text) {
			t.Errorf("%s: name %q, URL %q, type %q, text %q", tt.path, s.Name, s.URL, s.MediaType, s.Bytes)
		}
	}
}

// What is fetched reads as a document that knows where it came from.
func TestReadsWhatWasFetched(t *testing.T) {
	server := pages(t)
	s, err := fetcherFor(server).fetch(t.Context(), server.URL+"/moved", DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(t.Context(), s, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if d := r.Document; r.Format != HTML || d.ID != "the-ferry" || d.Title != "The Ferry" || d.URL != server.URL+"/analysis/the-ferry" {
		t.Errorf("%s: %+v", r.Format, d)
	}
}

// Each failure is one sentence that names the site and not where it led.
func TestFetchRefuses(t *testing.T) {
	server := pages(t)
	for _, tt := range []struct {
		path string
		kind fault.Kind
		want string
	}{
		{"/loop", fault.Unreadable, "127.0.0.1 redirects more than 5 times"},
		{"/hop1", fault.Unreadable, "127.0.0.1 redirects more than 5 times"},
		{"/metadata", fault.Forbidden, "127.0.0.1 leads to an address that is not public"},
		{"/loopback", fault.Forbidden, "127.0.0.1 leads to an address that is not public"},
		{"/mapped", fault.Forbidden, "127.0.0.1 leads to an address that is not public"},
		{"/private", fault.Forbidden, "127.0.0.1 leads to an address that is not public"},
		{"/file", fault.Forbidden, "127.0.0.1 redirects to what is no web page"},
		{"/gopher", fault.Forbidden, "127.0.0.1 redirects to what is no web page"},
		{"/login", fault.Forbidden, "127.0.0.1 redirects to what is no web page"},
		{"/stall", fault.Busy, "127.0.0.1 took too long"},
		{"/silent", fault.Busy, "127.0.0.1 took too long"},
		{"/drip", fault.Busy, "127.0.0.1 took too long"},
		{"/short", fault.Unreadable, "127.0.0.1 ended the page before it was complete"},
		{"/claims", fault.TooLarge, "claims is larger than the 1 MB"},
		{"/endless", fault.TooLarge, "endless is larger than the 1 MB"},
		{"/bomb", fault.TooLarge, "bomb is larger than the 1 MB"},
		{"/packed", fault.Unreadable, "127.0.0.1 sends the page packed"},
		{"/hangup", fault.Unreadable, "127.0.0.1 ended the page before it was complete"},
		{"/status404", fault.NotFound, "127.0.0.1 has no such page (404)"},
		{"/status410", fault.NotFound, "127.0.0.1 has no such page (410)"},
		{"/status401", fault.Unreadable, "127.0.0.1 does not show that page to everyone (401)"},
		{"/status403", fault.Unreadable, "127.0.0.1 does not show that page to everyone (403)"},
		{"/status429", fault.Busy, "127.0.0.1 cannot send the page now (429)"},
		{"/status500", fault.Busy, "127.0.0.1 cannot send the page now (500)"},
		{"/status503", fault.Busy, "127.0.0.1 cannot send the page now (503)"},
		{"/status204", fault.Unreadable, "127.0.0.1 did not send the page (204)"},
		{"/status418", fault.Unreadable, "127.0.0.1 did not send the page (418)"},
	} {
		t.Run(tt.path, func(t *testing.T) {
			t.Parallel()
			f := fetcherFor(server)
			if tt.kind == fault.Busy && !strings.HasPrefix(tt.path, "/status") {
				f = impatient(server)
			}
			s, err := f.fetch(t.Context(), server.URL+tt.path, Limits{Bytes: 1_000_000})
			checkFetchFault(t, s, err, tt.kind, tt.want)
		})
	}
}

func checkFetchFault(t *testing.T, s Source, err error, kind fault.Kind, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("fetched %q", s.Bytes)
	}
	sentence := fault.Sentence(err)
	if fault.KindOf(err) != kind || !strings.HasPrefix(sentence, want) {
		t.Errorf("%q (kind %d: %v), want %q (kind %d)", sentence, fault.KindOf(err), err, want, kind)
	}
	for _, secret := range []string{"169.254", "10.0.0", "secret", "\n"} {
		if strings.Contains(sentence, secret) {
			t.Errorf("%q tells %q", sentence, secret)
		}
	}
	if len(sentence) > 300 || !strings.HasSuffix(sentence, ".") {
		t.Errorf("%q is no short sentence", sentence)
	}
}

// Fetch itself, without the tests' leave, does not connect to this machine or
// a private network, by whatever name, and takes http and https alone.
func TestFetchGuards(t *testing.T) {
	reached := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer server.Close()
	for _, tt := range []struct {
		address string
		kind    fault.Kind
		want    string
	}{
		{server.URL, fault.Forbidden, "Only addresses at ports 80 and 443"},
		{"http://127.0.0.1/", fault.Forbidden, "127.0.0.1 leads to an address that is not public"},
		{"http://127.1.2.3/", fault.Forbidden, "127.1.2.3 leads to an address that is not public"},
		{"http://localhost/", fault.Forbidden, "localhost leads to an address that is not public"},
		{"https://localhost/", fault.Forbidden, "localhost leads to an address that is not public"},
		{"http://[::1]/", fault.Forbidden, "::1 leads to an address that is not public"},
		{"http://[::ffff:127.0.0.1]/", fault.Forbidden, "::ffff:127.0.0.1 leads to an address that is not public"},
		{"http://[64:ff9b::7f00:1]/", fault.Forbidden, "64:ff9b::7f00:1 leads to an address that is not public"},
		{"http://[2002:7f00:1::]/", fault.Forbidden, "2002:7f00:1:: leads to an address that is not public"},
		{"http://[fe80::1]/", fault.Forbidden, "fe80::1 leads to an address that is not public"},
		{"http://192.168.0.1/", fault.Forbidden, "192.168.0.1 leads to an address that is not public"},
		{"http://100.64.0.1/", fault.Forbidden, "100.64.0.1 leads to an address that is not public"},
		{"http://0.0.0.0/", fault.Forbidden, "0.0.0.0 leads to an address that is not public"},
		{"http://example.org:22/", fault.Forbidden, "Only addresses at ports 80 and 443"},
		{"file:///etc/passwd", fault.Invalid, "That is no web address"},
		{"ftp://example.org/a", fault.Invalid, "That is no web address"},
		{"javascript:alert(1)", fault.Invalid, "That is no web address"},
		{"example.org", fault.Invalid, "That is no web address"},
		{"https://", fault.Invalid, "That is no web address"},
		{"http://a b/", fault.Invalid, "That is no web address"},
		{"", fault.Invalid, "That is no web address"},
		{"https://me:secret@example.org/", fault.Invalid, "Addresses with a user name or password"},
		{"https://example.org/" + strings.Repeat("a", 2048), fault.Invalid, "That address is longer than 2048"},
	} {
		s, err := Fetch(t.Context(), tt.address, Limits{})
		checkFetchFault(t, s, err, tt.kind, tt.want)
	}
	if reached {
		t.Error("a server on loopback was reached")
	}
}

// A name that resolves to a private address is refused by that address, even
// where it resolved to a public one before.
func TestFetchLooksAtTheResolvedAddress(t *testing.T) {
	rules := ssrf.New()
	var asked []string
	f := newFetcher(func(network, address string, c syscall.RawConn) error {
		asked = append(asked, address)
		return rules.Safe(network, address, c)
	}, 2*time.Second, time.Second)
	_, err := f.fetch(t.Context(), "http://localhost/", DefaultLimits())
	if fault.KindOf(err) != fault.Forbidden || !errors.Is(err, ssrf.ErrProhibitedIP) {
		t.Errorf("%v", err)
	}
	for _, address := range asked {
		if host, _, err := net.SplitHostPort(address); err != nil || net.ParseIP(host) == nil {
			t.Errorf("the guard was asked about %q, which is no address", address)
		}
	}
	if len(asked) == 0 {
		t.Error("the guard was not asked")
	}
}

func TestFetchIgnoresProxies(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	transport, ok := newFetcher(ssrf.New().Safe, time.Second, time.Second).client.Transport.(*http.Transport)
	if !ok || transport.Proxy != nil {
		t.Error("the fetcher may use a proxy")
	}
}

func TestFetchStopsWithItsContext(t *testing.T) {
	server := pages(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := fetcherFor(server).fetch(ctx, server.URL+"/silent", DefaultLimits())
	if fault.KindOf(err) != fault.Busy || !strings.Contains(fault.Sentence(err), "was cancelled") {
		t.Errorf("%v", err)
	}
}

func TestFetchWantsCertificates(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	// The server reports the handshake that the fetcher breaks off.
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	defer server.Close()
	s, err := fetcherFor(server).fetch(t.Context(), server.URL, DefaultLimits())
	checkFetchFault(t, s, err, fault.Unreadable, "127.0.0.1 has no valid certificate")
	plain := pages(t)
	s, err = fetcherFor(plain).fetch(t.Context(), strings.Replace(plain.URL, "http:", "https:", 1), DefaultLimits())
	checkFetchFault(t, s, err, fault.Unreadable, "127.0.0.1 does not answer as a web site does")
}
