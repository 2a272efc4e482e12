package discord

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"

	"pincite/internal/discord/discordtest"
	"pincite/internal/fault"
)

// connectProxy starts an HTTP proxy that knows only CONNECT.
func connectProxy(t *testing.T) *url.URL {
	t.Helper()
	var wg sync.WaitGroup
	p := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			http.Error(w, "CONNECT only", http.StatusMethodNotAllowed)
			return
		}
		to, err := net.Dial("tcp", r.Host)
		if err != nil {
			http.Error(w, "no way", http.StatusBadGateway)
			return
		}
		from, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			to.Close()
			return
		}
		_, _ = io.WriteString(from, "HTTP/1.1 200 OK\r\n\r\n")
		pipe := func(a, b net.Conn) {
			_, _ = io.Copy(a, b)
			a.Close()
			b.Close()
		}
		wg.Go(func() { pipe(to, from) })
		wg.Go(func() { pipe(from, to) })
	}))
	t.Cleanup(func() {
		p.Close()
		wg.Wait()
	})
	u, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// Discord's gateway is behind TLS: the close code is seen there as well.
func TestGatewayThroughTLS(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	to, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewUnstartedServer(nil)
	front.Config.Handler = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) },
		ModifyResponse: func(resp *http.Response) error {
			if !strings.HasPrefix(resp.Request.URL.Path, "/api/v9/gateway") {
				return nil
			}
			data, err := io.ReadAll(resp.Body)
			if err != nil {
				return err
			}
			secure := "wss://" + front.Listener.Addr().String()
			text := strings.ReplaceAll(string(data), s.GatewayURL(), secure)
			resp.Body, resp.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
			resp.Header.Del("Content-Length")
			return nil
		},
	}
	front.StartTLS()
	t.Cleanup(front.Close)
	roots := x509.NewCertPool()
	roots.AddCert(front.Certificate())
	api, err := url.Parse(front.URL)
	if err != nil {
		t.Fatal(err)
	}
	o := runGateway(t, s, func(c *gatewayConfig) {
		c.tls = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
		c.rest.client.Transport = newTransport(front.Client(), api)
	})
	o.waitOnline(t)
	o.hears(t)
	s.CloseGateway(4004)
	if err := o.result(t); !strings.Contains(fault.Sentence(err), "token") {
		t.Errorf("run ended with %v", err)
	}
	if n := s.Stats().Connections; n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
}
