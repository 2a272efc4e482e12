package discordtest

import (
	"fmt"
	"math"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// FaultKind says what a RESTFault does.
type FaultKind string

// The kinds of REST fault.
const (
	FaultRateLimit   FaultKind = "429"      // 429 as Discord words it, with retry_after
	FaultCloudflare  FaultKind = "429-html" // 429 as Cloudflare words it: a page, and only a Retry-After header
	FaultBadGateway  FaultKind = "502"      // 502 with a page
	FaultServerError FaultKind = "500"      // 500 with Discord's JSON
	FaultDrop        FaultKind = "drop"     // the connection is cut without an answer
	FaultSlow        FaultKind = "slow"     // the right answer after Delay
)

// RESTFault makes requests go wrong.
type RESTFault struct {
	// Route is a method and a path below /api/vN where * stands for one segment, such as
	// "POST /channels/*/messages". "*" alone is every request. Downloads are "GET /attachments/*/*/*".
	Route string
	// Kind says how.
	Kind FaultKind
	// Times is how many requests go wrong; 0 means one, -1 all from now on.
	Times int
	// Delay is how long FaultSlow takes.
	Delay time.Duration
	// RetryAfter is what the 429s ask for. The Retry-After header is in whole seconds, rounded up.
	RetryAfter time.Duration
	// Applied makes the request count before its answer goes wrong: the message is posted, but the bot is not told.
	Applied bool
}

// restFault is a RESTFault with what is left of it.
type restFault struct {
	RESTFault
	left int
}

// FailREST adds a fault. Of several for one request, the oldest with times left plays.
func (s *Server) FailREST(f RESTFault) error {
	if _, err := path.Match(f.Route, ""); err != nil || f.Route != "*" && !strings.Contains(f.Route, " /") {
		return fmt.Errorf("discordtest: %q is not a method and a path", f.Route)
	}
	switch f.Kind {
	case FaultRateLimit, FaultCloudflare, FaultBadGateway, FaultServerError, FaultDrop, FaultSlow:
	default:
		return fmt.Errorf("discordtest: no REST fault %q", f.Kind)
	}
	left := f.Times
	if left == 0 {
		left = 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &restFault{f, left})
	return nil
}

// ClearFaults takes back every REST fault.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// takeFault uses up one time of the fault for a request, if there is one.
func (s *Server) takeFault(method, p string) *restFault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.left == 0 {
			continue
		}
		if ok, _ := path.Match(f.Route, method+" "+p); !ok && f.Route != "*" {
			continue
		}
		if f.left > 0 {
			f.left--
		}
		return f
	}
	return nil
}

// play sets the headers of the fault's answer and returns the rest. Status 0 means to drop the connection.
func (f *restFault) play(w http.ResponseWriter) (status int, body []byte) {
	h := w.Header()
	seconds := strconv.Itoa(int(math.Ceil(f.RetryAfter.Seconds())))
	switch f.Kind {
	case FaultRateLimit:
		h.Set("Content-Type", "application/json")
		h.Set("Retry-After", seconds)
		h.Set("X-RateLimit-Scope", "user")
		return http.StatusTooManyRequests, encoded(map[string]any{
			"message": "You are being rate limited.", "retry_after": f.RetryAfter.Seconds(), "global": false,
		})
	case FaultCloudflare:
		h.Set("Content-Type", "text/html; charset=UTF-8")
		h.Set("Retry-After", seconds)
		h.Set("Server", "cloudflare")
		return http.StatusTooManyRequests, []byte("<!doctype html>\n<title>Access denied | discord.com</title>\n" +
			"<h1>Error 1015</h1><p>You are being rate limited</p>\n")
	case FaultBadGateway:
		h.Set("Content-Type", "text/html")
		return http.StatusBadGateway, []byte("<html><h1>502 Bad Gateway</h1></html>\n")
	case FaultServerError:
		h.Set("Content-Type", "application/json")
		return http.StatusInternalServerError, []byte(`{"message": "500: Internal Server Error", "code": 0}`)
	}
	return 0, nil
}
