package discord

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/websocket"
)

// dialTimeout bounds connecting: TCP, TLS and the HTTP request together.
const dialTimeout = 10 * time.Second

// dialer makes the connections of one attempt. Each is handed to attach, and
// closed when ctx ends.
type dialer struct {
	ctx    context.Context
	tls    *tls.Config // nil for the usual; for tests
	proxy  func(*http.Request) (*url.URL, error)
	attach func(*gatewayConn)
}

// websocket returns the Dialer for a gateway at the address given. TLS is
// begun here, so that gatewayConn sees what is inside it. Through a proxy that
// is not possible: there the connection is opaque, a close code is known only
// where Open itself runs into it, and the heartbeat is taken to be Discord's
// usual one.
func (d *dialer) websocket(secure bool, host string) *websocket.Dialer {
	w := &websocket.Dialer{HandshakeTimeout: dialTimeout}
	scheme := "http"
	if secure {
		scheme = "https"
	}
	proxied := false
	if d.proxy != nil {
		to, err := d.proxy(&http.Request{URL: &url.URL{Scheme: scheme, Host: host}})
		proxied = err != nil || to != nil
	}
	if proxied {
		w.Proxy, w.TLSClientConfig = d.proxy, d.tls
		w.NetDialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
			return d.dial(ctx, network, addr, true, (&net.Dialer{}).DialContext)
		}
		return w
	}
	w.NetDialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		return d.dial(ctx, network, addr, false, (&net.Dialer{}).DialContext)
	}
	w.NetDialTLSContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		return d.dial(ctx, network, addr, false, (&tls.Dialer{Config: d.tls}).DialContext)
	}
	return w
}

// dial connects and hands the connection to attach.
func (d *dialer) dial(ctx context.Context, network, addr string, opaque bool,
	connect func(context.Context, string, string) (net.Conn, error),
) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.ctx, cancel)()
	raw, err := connect(ctx, network, addr)
	if err != nil {
		return nil, fmt.Errorf("connecting to the gateway: %w", err)
	}
	c := newGatewayConn(raw, opaque)
	context.AfterFunc(d.ctx, func() { _ = c.Close() })
	d.attach(c)
	return c, nil
}

// sessionTransport is the transport of a Session, whose only request is for
// the gateway's address. What is not a success becomes an error here:
// discordgo would take Cloudflare's page for JSON.
type sessionTransport struct {
	next http.RoundTripper
	ctx  context.Context // of the attempt to connect
}

// RoundTrip implements http.RoundTripper.
func (t *sessionTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(req.WithContext(t.ctx))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode/100 == 2 {
		return resp, nil
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	return nil, classify("reading the gateway's address", resp, body)
}
