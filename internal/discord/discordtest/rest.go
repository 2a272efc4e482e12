package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// route is one REST operation. Its template is the path of Discord's OpenAPI description.
type route struct {
	method, template string
	public           bool // authorised by the token in the path, or by nothing
	check            func(*Server, *call, *checker)
	handle           func(*Server, *call) (answer, error)
}

// call is one request on its way through a route.
type call struct {
	route   *route
	r       *http.Request
	path    string // below /api/vN
	params  map[string]string
	arrived time.Time
	raw     []byte // the JSON body, or the payload_json of a multipart one
	body    any    // raw, decoded with json.Number for numbers; nil where there is none
	files   []File
}

// answer is what a handler says.
type answer struct {
	status int
	body   any // nil for none
}

// apiError is an error as Discord words it.
type apiError struct {
	status, code int
	message      string
	errors       any // nested by path, for 50035
}

func (e *apiError) Error() string { return fmt.Sprintf("%d: %s (%d)", e.status, e.message, e.code) }

// Errors of Discord's, https://discord.com/developers/docs/topics/opcodes-and-status-codes#json.
func errNotFound() error     { return &apiError{404, 0, "404: Not Found", nil} }
func errUnauthorized() error { return &apiError{401, 0, "401: Unauthorized", nil} }
func errUnknown(code int, what string) error {
	return &apiError{404, code, "Unknown " + what, nil}
}

// Request is a REST request that the bot made.
type Request struct {
	Method, Path string // the path below /api/vN, query excluded
	Status       int    // what it was answered, 0 for a dropped connection
	Arrived      time.Time
}

// keptRequests is how many requests Requests remembers.
const keptRequests = 10000

// Requests returns the last REST requests in the order of their answers.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// apiPrefix is what stands before a route's path.
var apiPrefix = regexp.MustCompile(`^/api(/v([0-9]+))?`)

// serveREST answers one request, with any fault that was asked for.
func (s *Server) serveREST(w http.ResponseWriter, r *http.Request, arrived time.Time) {
	path := r.URL.Path[len(apiPrefix.FindString(r.URL.Path)):]
	f := s.takeFault(r.Method, path)
	status, body := 0, []byte(nil)
	if f == nil || f.Applied || f.Kind == FaultSlow {
		if f != nil && !f.Applied && !s.pause(r, f.Delay) {
			return
		}
		status, body = s.handle(r, path, arrived)
		if f != nil && f.Applied && f.Kind == FaultSlow && !s.pause(r, f.Delay) {
			return
		}
	}
	if f != nil && f.Kind != FaultSlow {
		s.opts.Logf("rest: %s %s: fault %s", r.Method, path, f.Kind)
		status, body = f.play(w)
		if status == 0 {
			s.note(Request{r.Method, path, 0, arrived})
			panic(http.ErrAbortHandler) // net/http's way to drop the connection
		}
	} else {
		w.Header().Set("Content-Type", "application/json")
	}
	s.note(Request{r.Method, path, status, arrived})
	s.opts.Logf("rest: %s %s: %d", r.Method, path, status)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// pause waits for d, and reports whether the request is still wanted.
func (s *Server) pause(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.done:
	case <-r.Context().Done():
	}
	return false
}

// handle answers a request as Discord would.
func (s *Server) handle(r *http.Request, path string, arrived time.Time) (int, []byte) {
	a, err := s.route(r, path, arrived)
	var api *apiError
	if errors.As(err, &api) {
		a.status = api.status
		m := map[string]any{"message": api.message, "code": api.code}
		if api.errors != nil {
			m["errors"] = api.errors
		}
		if api.status == http.StatusTooManyRequests {
			m = map[string]any{"message": api.message, "retry_after": 1.0, "global": true}
		}
		a.body = m
	}
	if a.body == nil {
		return a.status, nil
	}
	return a.status, encoded(a.body)
}

func (s *Server) route(r *http.Request, path string, arrived time.Time) (answer, error) {
	c := &call{r: r, path: path, arrived: arrived}
	known := false
	for i := range s.routes {
		params, ok := matchTemplate(s.routes[i].template, path)
		if !ok {
			continue
		}
		known = true
		if s.routes[i].method == r.Method {
			c.route, c.params = &s.routes[i], params
			break
		}
	}
	switch {
	case c.route == nil && known:
		s.violate(Violation{Where: r.Method + " " + path, Problem: "method not allowed, or not served by this fake"})
		return answer{}, &apiError{405, 0, "405: Method Not Allowed", nil}
	case c.route == nil:
		s.violate(Violation{Where: r.Method + " " + path, Problem: "no such route, or not served by this fake"})
		return answer{}, errNotFound()
	}
	if !c.route.public && r.Header.Get("Authorization") != "Bot "+s.opts.Token {
		return answer{}, errUnauthorized()
	}
	if !c.route.public && !s.withinPace(arrived) {
		s.violate(Violation{Where: c.where(), Problem: "more than 50 requests in a second"})
		return answer{}, &apiError{status: 429, message: "You are being rate limited."}
	}
	if err := c.read(); err != nil {
		s.violate(Violation{Where: c.where(), Problem: err.Error()})
		return answer{}, &apiError{400, 50109, "The request body contains invalid JSON.", nil}
	}
	if err := s.check(c); err != nil {
		return answer{}, err
	}
	return c.route.handle(s, c)
}

func (c *call) where() string { return c.route.method + " " + c.route.template }

// matchTemplate matches a path against a template such as /channels/{channel_id}/messages.
func matchTemplate(template, path string) (map[string]string, bool) {
	ts, ps := strings.Split(template, "/"), strings.Split(path, "/")
	if len(ts) != len(ps) {
		return nil, false
	}
	params := map[string]string{}
	for i, t := range ts {
		switch {
		case strings.HasPrefix(t, "{"):
			params[strings.Trim(t, "{}")] = ps[i]
		case t != ps[i]:
			return nil, false
		}
	}
	return params, true
}

// read takes in the body: JSON, or multipart with a payload_json part and files[n] parts.
func (c *call) read() error {
	typ, p, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil {
		typ = ""
	}
	// Two files of the largest size and a payload fit; more is cut off and does not decode.
	data, err := io.ReadAll(http.MaxBytesReader(nil, c.r.Body, 12*attachmentSizeLimit))
	if err != nil {
		return fmt.Errorf("reading the body: %w", err)
	}
	switch {
	case len(data) == 0:
		return nil
	case typ == "application/json":
		c.raw = data
	case typ == "multipart/form-data":
		if err := c.readParts(multipart.NewReader(bytes.NewReader(data), p["boundary"])); err != nil {
			return err
		}
	default:
		return fmt.Errorf("a body of Content-Type %q", c.r.Header.Get("Content-Type"))
	}
	d := json.NewDecoder(bytes.NewReader(c.raw))
	d.UseNumber()
	if err := d.Decode(&c.body); err != nil {
		return fmt.Errorf("the body is not JSON: %w", err)
	}
	if d.More() {
		return errors.New("the body is more than one JSON value")
	}
	return nil
}

func (c *call) readParts(r *multipart.Reader) error {
	for {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the multipart body: %w", err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("reading part %q: %w", part.FormName(), err)
		}
		if part.FormName() == "payload_json" {
			c.raw = data
			continue
		}
		if part.FormName() != "files["+strconv.Itoa(len(c.files))+"]" || part.FileName() == "" {
			return fmt.Errorf("part %q: expected payload_json or files[%d] with a file name", part.FormName(), len(c.files))
		}
		c.files = append(c.files, File{part.FileName(), part.Header.Get("Content-Type"), data})
	}
}

// pace counts requests against the limits of the whole bot.
type pace struct {
	second  []time.Time // requests of the last second
	invalid []time.Time // answers 401, 403 and 429 of the last ten minutes
}

// Limits of the whole bot: 50 requests a second, interaction endpoints exempt; 10,000 invalid answers in 10 minutes
// ban the address.
const (
	maxPerSecond  = 50
	maxInvalid    = 10000
	invalidWindow = 10 * time.Minute
)

// withinPace counts a request.
func (s *Server) withinPace(t time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &s.pace
	for len(p.second) > 0 && t.Sub(p.second[0]) >= time.Second {
		p.second = p.second[1:]
	}
	p.second = append(p.second, t)
	return len(p.second) <= maxPerSecond
}

// note remembers a request and its answer.
func (s *Server) note(q Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Requests++
	if len(s.requests) == keptRequests {
		s.requests = append(s.requests[:0], s.requests[keptRequests/2:]...)
	}
	s.requests = append(s.requests, q)
	switch q.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
	default:
		return
	}
	s.stats.Invalid++
	p := &s.pace
	for len(p.invalid) > 0 && q.Arrived.Sub(p.invalid[0]) > invalidWindow {
		p.invalid = p.invalid[1:]
	}
	p.invalid = append(p.invalid, q.Arrived)
	if len(p.invalid) == maxInvalid+1 {
		s.violations = append(s.violations, Violation{
			Where: q.Method + " " + q.Path, Problem: "more than 10,000 answers of 401, 403 and 429 in 10 minutes",
		})
	}
}

// serveCDN serves an attachment, as cdn.discordapp.com and media.discordapp.net do.
func (s *Server) serveCDN(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.stats.Downloads++
	s.mu.Unlock()
	f := s.takeFault(r.Method, r.URL.Path)
	if f != nil {
		if f.Kind == FaultSlow {
			if !s.pause(r, f.Delay) {
				return
			}
		} else {
			status, body := f.play(w)
			if status == 0 {
				panic(http.ErrAbortHandler)
			}
			w.WriteHeader(status)
			_, _ = w.Write(body)
			return
		}
	}
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	s.mu.Lock()
	var a *stored
	if len(parts) == 4 {
		a = s.world.attachments[parts[2]]
	}
	s.mu.Unlock()
	if a == nil || a.channelID != parts[1] || a.Filename != parts[3] || r.Method != http.MethodGet {
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
		return
	}
	if r.Header.Get("Authorization") != "" {
		s.violate(Violation{Where: "GET " + r.URL.Path, Problem: "the bot token was sent to the CDN"})
	}
	if a.ContentType != "" {
		w.Header().Set("Content-Type", a.ContentType)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.data)))
	_, _ = w.Write(a.data)
}
