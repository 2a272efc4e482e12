package discord

import (
	"net/http"
	"net/url"
)

// Discord's hosts. A deployment can put another in their place.
const (
	hostAPI   = "discord.com"
	hostCDN   = "cdn.discordapp.com"
	hostMedia = "media.discordapp.net"
)

// transport sends what is meant for Discord's hosts to the operator's stand-in
// where there is one; everything else goes where it is addressed.
type transport struct {
	next http.RoundTripper
	api  *url.URL // nil for Discord itself
}

// idleConnections is how many connections to one host are kept for the next
// request. net/http's own 2 would have most of the pool's workers connect anew
// for each answer, where the host speaks no HTTP/2.
const idleConnections = 32

// newTransport wraps the client's transport; without one, a copy of net/http's
// own.
func newTransport(client *http.Client, api *url.URL) *transport {
	if client != nil && client.Transport != nil {
		return &transport{next: client.Transport, api: api}
	}
	next := http.DefaultTransport
	if usual, ok := next.(*http.Transport); ok {
		own := usual.Clone()
		own.MaxIdleConnsPerHost = idleConnections
		next = own
	}
	return &transport{next: next, api: api}
}

// CloseIdleConnections is called through http.Client's method of that name.
func (t *transport) CloseIdleConnections() {
	if c, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if t.api == nil || !isDiscord(req.URL) {
		return t.next.RoundTrip(req)
	}
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = t.api.Scheme, t.api.Host
	req.Host = ""
	return t.next.RoundTrip(req)
}

// isDiscord reports whether an address is of one of the hosts above.
func isDiscord(u *url.URL) bool {
	switch u.Host {
	case hostAPI, hostCDN, hostMedia:
		return true
	}
	return false
}
