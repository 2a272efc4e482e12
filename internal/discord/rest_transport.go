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

// newTransport wraps the client's transport, or net/http's own.
func newTransport(client *http.Client, api *url.URL) *transport {
	t := &transport{next: http.DefaultTransport, api: api}
	if client != nil && client.Transport != nil {
		t.next = client.Transport
	}
	return t
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
