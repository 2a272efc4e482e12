package ingest

import (
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"pincite/internal/fault"
)

// Bounds of one fetch. A page that a person waits for in a channel comes
// within seconds, or not at all.
const (
	fetchTime    = 30 * time.Second // for all of it, redirects included
	fetchStall   = 10 * time.Second // without a byte
	maxRedirects = 5
	maxAddress   = 2048 // bytes of a URL; browsers and servers take little more
)

// userAgent says who asks, as sites may want to know.
const userAgent = "Pincite/1.0 (fetches single pages that a reader asks for)"

// Fetch fetches a source from an http or https URL. It connects to public
// addresses only, at ports 80 and 443, follows up to five redirects under the
// same rules, uses no proxy, and takes no more than 30 seconds and l.Bytes.
// The source has the last address as its URL and the declared media type;
// its name is made of the address.
//
// Errors are faults with one sentence: Invalid for what is no such URL,
// Forbidden for addresses that are not public, NotFound where the site or the
// page is not there, TooLarge beyond l.Bytes, Busy where the site does not
// answer in time or says to come back later, Unreadable for what it refuses
// or sends incompletely.
func Fetch(ctx context.Context, address string, l Limits) (Source, error) {
	return newFetcher(ssrf.New().Safe, fetchTime, fetchStall).fetch(ctx, address, l.orDefault())
}

// guard decides on a connection by the address that a name was resolved to,
// so that neither redirects nor names that change lead to a private network.
type guard func(network, address string, c syscall.RawConn) error

// fetcher fetches sources.
type fetcher struct {
	client *http.Client
	time   time.Duration
	stall  time.Duration
	// ports are those that a URL may name; nil for any, which tests need.
	ports []string
}

func newFetcher(g guard, whole, stall time.Duration) *fetcher {
	f := &fetcher{time: whole, stall: stall, ports: []string{"", "80", "443"}}
	dialer := &net.Dialer{Timeout: stall, Control: g}
	f.client = &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil, // one would connect for us, past the guard
			DialContext:            dialer.DialContext,
			TLSHandshakeTimeout:    stall,
			ResponseHeaderTimeout:  stall,
			MaxResponseHeaderBytes: 64 << 10,
			DisableKeepAlives:      true,
			ForceAttemptHTTP2:      true,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return errRedirects
			}
			return f.check(req.URL)
		},
	}
	return f
}

// What goes wrong in ways that net/http does not tell apart.
var (
	errRedirects = errors.New("too many redirects")
	errScheme    = errors.New("neither http nor https")
	errPort      = errors.New("port is neither 80 nor 443")
	errUser      = errors.New("URL carries a user name")
	errHost      = errors.New("URL names no host")
	errStall     = errors.New("no data within the time")
)

// check reports what about a URL keeps it from being fetched.
func (f *fetcher) check(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return errScheme
	case u.Hostname() == "":
		return errHost
	case u.User != nil:
		return errUser
	}
	for _, port := range f.ports {
		if u.Port() == port {
			return nil
		}
	}
	if f.ports == nil {
		return nil
	}
	return errPort
}

// fetch fetches one source.
func (f *fetcher) fetch(ctx context.Context, address string, l Limits) (Source, error) {
	u, err := f.parse(address)
	if err != nil {
		return Source{}, err
	}
	host := shorten(u.Hostname(), maxLabel)
	parent := ctx
	ctx, cancelTime := context.WithTimeout(ctx, f.time)
	defer cancelTime()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Source{}, fault.Wrap(fault.Invalid, err, "That is no web address: give one that begins with https://.")
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf, */*;q=0.5")
	resp, err := f.client.Do(req)
	if err != nil {
		return Source{}, fetchFault(parent, err, host)
	}
	defer resp.Body.Close()
	if err := statusFault(resp, host); err != nil {
		return Source{}, err
	}
	name := sourceName(resp)
	if resp.ContentLength > l.Bytes {
		return Source{}, tooLarge(fetchedLabel(name), l.Bytes)
	}
	// The limit holds for what is unpacked, so that a few kilobytes cannot
	// become gigabytes.
	watched := &watchedReader{r: io.LimitReader(resp.Body, l.Bytes+1), stall: f.stall, cancel: cancel}
	raw, err := watched.all()
	if err != nil {
		if cause := context.Cause(ctx); cause != nil && errors.Is(cause, errStall) {
			err = cause
		}
		return Source{}, fetchFault(parent, err, host)
	}
	if int64(len(raw)) > l.Bytes {
		return Source{}, tooLarge(fetchedLabel(name), l.Bytes)
	}
	final := *resp.Request.URL
	final.Fragment, final.RawFragment = "", ""
	return Source{Name: name, Bytes: raw, MediaType: resp.Header.Get("Content-Type"), URL: final.String()}, nil
}

// parse reads the address that a user gave.
func (f *fetcher) parse(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if len(address) > maxAddress {
		return nil, fault.New(fault.Invalid, "That address is longer than %d characters: give a shorter one.", maxAddress)
	}
	u, err := url.Parse(address)
	if err == nil {
		err = f.check(u)
	}
	switch {
	case err == nil:
		u.Fragment, u.RawFragment = "", ""
		return u, nil
	case errors.Is(err, errPort):
		return nil, fault.Wrap(fault.Forbidden, err, "Only addresses at ports 80 and 443 are fetched: save the page and give the file.")
	case errors.Is(err, errUser):
		return nil, fault.Wrap(fault.Invalid, err, "Addresses with a user name or password are not fetched: save the page and give the file.")
	}
	return nil, fault.Wrap(fault.Invalid, err, "That is no web address: give one that begins with https:// or http://.")
}

// watchedReader reads to the end and cancels where no byte comes for stall.
type watchedReader struct {
	r      io.Reader
	stall  time.Duration
	cancel context.CancelCauseFunc
}

func (w *watchedReader) all() ([]byte, error) {
	timer := time.AfterFunc(w.stall, func() { w.cancel(errStall) })
	defer timer.Stop()
	return io.ReadAll(readerFunc(func(p []byte) (int, error) {
		n, err := w.r.Read(p)
		if n > 0 {
			timer.Reset(w.stall)
		}
		return n, err
	}))
}

// readerFunc is a function as a reader.
type readerFunc func([]byte) (int, error)

// Read implements io.Reader.
func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// sourceName names a source by the file name that the site gives, or else by
// the last part of its address.
func sourceName(resp *http.Response) string {
	if _, params, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition")); err == nil {
		if name := baseName(params["filename"]); name != "" {
			return shorten(name, maxLabel)
		}
	}
	name := baseName(path.Base(resp.Request.URL.Path))
	return shorten(name, maxLabel)
}

// fetchedLabel names a source in a sentence.
func fetchedLabel(name string) string {
	if name == "" {
		return "The page"
	}
	return name
}
