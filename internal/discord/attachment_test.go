package discord

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pincite/internal/discord/discordtest"
	"pincite/internal/fault"
)

const attachmentURL = "https://" + hostCDN + "/attachments/1/2/a.md?ex=1"

func TestDownload(t *testing.T) {
	t.Parallel()
	s := startDiscord(t, discordtest.Options{})
	o := runGateway(t, s, nil)
	o.waitOnline(t)
	data := bytes.Repeat([]byte("a word, "), 1000)
	if _, err := s.Say("alice", "law#general", "@pincite read this", discordtest.WithFiles(discordtest.File{Name: "a.md", Data: data})); err != nil {
		t.Fatal(err)
	}
	m := receive(t, o.messages, "the message")
	if err := s.FailREST(discordtest.RESTFault{Route: "GET /attachments/*/*/*", Kind: discordtest.FaultBadGateway}); err != nil {
		t.Fatal(err)
	}
	got, err := o.rest.download(t.Context(), m.Attachments[0].URL, int64(len(data)))
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if _, err := o.rest.download(t.Context(), m.Attachments[0].URL, int64(len(data))-1); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("one byte too many: %v", err)
	}
}

// Only Discord's own hosts are asked, by HTTPS, whoever names the address.
func TestDownloadRefusesForeignAddresses(t *testing.T) {
	r := memoryRest(func(q *http.Request) (*http.Response, error) {
		t.Errorf("asked %s", q.URL)
		return answerTo(q, 200, "x"), nil
	})
	for _, address := range []string{
		"", "a.md", "http://cdn.discordapp.com/a", "https://cdn.discordapp.com:8443/a", "https://cdn.discordapp.com.evil.example/a",
		"https://evil.example/cdn.discordapp.com", "https://cdn.discordapp.com@evil.example/a", "https://user@cdn.discordapp.com/a",
		"https://discord.com/api/v9/users/@me", "file:///etc/passwd", "https://127.0.0.1/a", "https://CDN.discordapp.com%2eevil.example/", "::",
	} {
		if _, err := r.download(t.Context(), address, 10); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestDownloadFollowsOnlyDiscord(t *testing.T) {
	for to, kind := range map[string]fault.Kind{
		"https://" + hostMedia + "/attachments/1/2/a.md": -1,
		"https://evil.example/a.md":                      fault.Invalid,
		"http://" + hostCDN + "/a.md":                    fault.Invalid,
		"https://169.254.169.254/latest":                 fault.Invalid,
	} {
		r := memoryRest(func(q *http.Request) (*http.Response, error) {
			if q.Header.Get("Authorization") != "" {
				t.Error("the bot token was sent")
			}
			switch {
			case q.URL.Host == hostCDN && q.URL.Scheme == "https":
				return answerTo(q, 302, "", "Location", to), nil
			case q.URL.Host != hostMedia:
				t.Errorf("asked %s", q.URL)
			}
			return answerTo(q, 200, "text"), nil
		})
		data, err := r.download(t.Context(), attachmentURL, 10)
		if kind == -1 && (err != nil || string(data) != "text") || kind != -1 && fault.KindOf(err) != kind {
			t.Errorf("sent on to %s: %q, %v", to, data, err)
		}
	}
}

func TestDownloadFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer roundTrip
		kind   fault.Kind
		asked  int
	}{
		{"gone", func(q *http.Request) (*http.Response, error) { return answerTo(q, 404, "no longer available"), nil }, fault.NotFound, 1},
		{"expired", func(q *http.Request) (*http.Response, error) { return answerTo(q, 403, ""), nil }, fault.NotFound, 1},
		{"down", func(q *http.Request) (*http.Response, error) { return answerTo(q, 502, ""), nil }, fault.Busy, downloadAttempts},
		{"cut", func(q *http.Request) (*http.Response, error) { return brokenAnswer(q), nil }, fault.Busy, downloadAttempts},
		{"said to be large", func(q *http.Request) (*http.Response, error) {
			a := answerTo(q, 200, "")
			a.ContentLength = 1 << 40
			return a, nil
		}, fault.TooLarge, 1},
		{"large without saying", func(q *http.Request) (*http.Response, error) {
			a := answerTo(q, 200, "")
			a.ContentLength, a.Body = -1, io.NopCloser(endless{})
			return a, nil
		}, fault.TooLarge, 1},
		{"round in circles", func(q *http.Request) (*http.Response, error) {
			return answerTo(q, 302, "", "Location", attachmentURL), nil
		}, fault.Busy, downloadAttempts},
		{"slow", func(q *http.Request) (*http.Response, error) {
			<-q.Context().Done()
			return nil, q.Context().Err()
		}, fault.Busy, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				r := memoryRest(func(q *http.Request) (*http.Response, error) {
					if q.Response == nil { // no redirect
						asked++
					}
					return c.answer(q)
				})
				begin := time.Now()
				_, err := r.download(t.Context(), attachmentURL, 100)
				if fault.KindOf(err) != c.kind || asked != c.asked {
					t.Errorf("asked %d times: %v; want %d and kind %d", asked, err, c.asked, c.kind)
				}
				if took := time.Since(begin); took > downloadTimeout {
					t.Errorf("took %v", took)
				}
				if s := fault.Sentence(err); strings.Contains(s, "http") || !strings.HasSuffix(s, ".") {
					t.Errorf("sentence %q", s)
				}
			})
		})
	}
}

func TestDownloadEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := memoryRest(func(q *http.Request) (*http.Response, error) {
			<-q.Context().Done()
			return nil, q.Context().Err()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		if _, err := r.download(ctx, attachmentURL, 100); err == nil || time.Since(begin) != time.Second {
			t.Errorf("after %v: %v", time.Since(begin), err)
		}
	})
}

// endless is a body without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
