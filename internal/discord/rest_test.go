package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Row 6: the wait on a 429 is what Discord asks for, and ends with the context.
func TestRestWaitsAsAsked(t *testing.T) {
	for _, c := range []struct {
		name string
		body string
		head []string
		want time.Duration
	}{
		{"JSON", `{"message":"slow down","retry_after":2.5,"global":false}`, []string{"Retry-After", "3"}, 2500 * time.Millisecond},
		{"Cloudflare's page", "<!doctype html><h1>Error 1015</h1>", []string{"Content-Type", "text/html", "Retry-After", "7"}, 7 * time.Second},
		{"no word of how long", `{"message":"slow down"}`, nil, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := 0
				r := memoryRest(func(q *http.Request) (*http.Response, error) {
					if n++; n == 1 {
						return answerTo(q, 429, c.body, c.head...), nil
					}
					return answerTo(q, 200, "[]"), nil
				})
				begin := time.Now()
				if _, err := r.commands(t.Context(), "22", ""); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(begin); took != c.want {
					t.Errorf("waited %v, want %v", took, c.want)
				}
			})
		})
	}
}

func TestRestWaitEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := memoryRest(func(q *http.Request) (*http.Response, error) {
			return answerTo(q, 429, `{"retry_after":30}`), nil
		})
		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err := r.commands(ctx, "22", "")
		if !hasStatus(err, 429) || time.Since(begin) != 0 {
			t.Errorf("after %v: %v; the wait could not have ended in time", time.Since(begin), err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, cancel)
		_, err = r.commands(ctx, "22", "")
		if !hasStatus(err, 429) || time.Since(begin) != 3*time.Second {
			t.Errorf("after %v: %v; cancelled after 3 s", time.Since(begin), err)
		}
	})
}

// A global limit, and Cloudflare's, holds everything back but interactions.
func TestRestGlobalLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limited := true
		r := memoryRest(func(q *http.Request) (*http.Response, error) {
			if limited && strings.Contains(q.URL.Path, "/commands") {
				limited = false
				return answerTo(q, 429, `{"retry_after":4,"global":true}`), nil
			}
			return answerTo(q, 200, `[]`), nil
		})
		begin := time.Now()
		took := make(chan time.Duration, 1)
		go func() {
			_, _ = r.commands(t.Context(), "22", "")
			took <- time.Since(begin)
		}()
		synctest.Wait()
		if err := r.callback(t.Context(), anInteraction(), discordgo.InteractionResponseChannelMessageWithSource, &message{Content: "x"}); err != nil {
			t.Error(err)
		}
		if time.Since(begin) != 0 {
			t.Errorf("an interaction waited %v", time.Since(begin))
		}
		if err := r.typing(t.Context(), "33"); err != nil {
			t.Error(err)
		}
		if d := time.Since(begin); d != 4*time.Second {
			t.Errorf("another request waited %v, want 4 s", d)
		}
		if d := <-took; d != 4*time.Second {
			t.Errorf("the limited request took %v, want 4 s", d)
		}
	})
}

// Row 7: a page is not taken for JSON.
func TestRestPages(t *testing.T) {
	for status, again := range map[int]int{403: 1, 429: maxAttempts, 502: maxAttempts} {
		synctest.Test(t, func(t *testing.T) {
			n := 0
			r := memoryRest(func(q *http.Request) (*http.Response, error) {
				n++
				return answerTo(q, status, "<html>Access denied</html>", "Content-Type", "text/html"), nil
			})
			_, err := r.commands(t.Context(), "22", "")
			if !hasStatus(err, status) || strings.Contains(err.Error(), "invalid character") || n != again {
				t.Errorf("after %d attempts: %v; want %d attempts and status %d", n, err, again, status)
			}
		})
	}
}

// Row 9: 20,000 callbacks leave nothing behind.
func TestRestKeepsNothingOfInteractions(t *testing.T) {
	r := memoryRest(func(q *http.Request) (*http.Response, error) {
		_, _ = io.Copy(io.Discard, q.Body)
		return answerTo(q, 204, ""), nil
	})
	m := &message{Content: "an answer"}
	send := func(from, to int) {
		for n := from; n < to; n++ {
			i := anInteraction()
			i.ID, i.Token = fmt.Sprint(n), fmt.Sprint("token", n)
			if err := r.callback(t.Context(), i, discordgo.InteractionResponseChannelMessageWithSource, m); err != nil {
				t.Fatal(err)
			}
		}
	}
	objects := func() uint64 {
		var s runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&s)
		return s.HeapObjects
	}
	send(0, 100)
	before := objects()
	send(100, 20_100)
	// One object each would be 20,000; the runtime's own come and go by a few.
	if after := objects(); after > before+2000 {
		t.Errorf("20,000 callbacks left %d objects on the heap", after-before)
	}
}

// The bot's own limit: at most 50 requests in any second, interactions exempt.
func TestRestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var at []time.Time
		r := memoryRest(func(q *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			if strings.HasSuffix(q.URL.Path, "/typing") {
				at = append(at, time.Now())
			}
			return answerTo(q, 204, ""), nil
		})
		var wg sync.WaitGroup
		for range 300 {
			wg.Go(func() { _ = r.typing(t.Context(), "33") })
		}
		wg.Wait()
		slices.SortFunc(at, time.Time.Compare)
		for n := 50; n < len(at); n++ {
			if at[n].Sub(at[n-50]) < time.Second {
				t.Fatalf("requests %d to %d within %v", n-50, n, at[n].Sub(at[n-50]))
			}
		}
		begin := time.Now()
		for range 300 {
			_ = r.callback(t.Context(), anInteraction(), discordgo.InteractionResponseChannelMessageWithSource, &message{Content: "x"})
		}
		if time.Since(begin) != 0 {
			t.Errorf("interactions waited %v", time.Since(begin))
		}
	})
}

// everyCall makes each request that the bot can make.
func everyCall(ctx context.Context, r *rest) map[string]error {
	i, m := anInteraction(), &message{Content: "x"}
	_, commands := r.commands(ctx, "22", "")
	_, overwrite := r.overwriteCommands(ctx, "22", "", nil)
	_, address := r.gatewayBot(ctx)
	_, download := r.download(ctx, "https://"+hostCDN+"/ephemeral-attachments/1/2/a.md?sig="+interactionSecret, 10)
	return map[string]error{
		"callback":     r.callback(ctx, i, discordgo.InteractionResponseChannelMessageWithSource, m),
		"autocomplete": r.autocomplete(ctx, i, nil),
		"modal":        r.modal(ctx, i, "id", "title", nil),
		"editOriginal": r.editOriginal(ctx, i, m),
		"followUp":     r.followUp(ctx, i, m),
		"reply":        r.reply(ctx, "33", "44", m, "44"),
		"typing":       r.typing(ctx, "33"),
		"commands":     commands, "overwriteCommands": overwrite, "gatewayBot": address, "download": download,
	}
}

// Row 10: whatever goes wrong, neither the error nor the log holds a secret.
func TestRestKeepsSecrets(t *testing.T) {
	faults := map[string]roundTrip{
		"no connection": func(*http.Request) (*http.Response, error) { return nil, errors.New("dial tcp: refused") },
		"a cause that prints the address": func(q *http.Request) (*http.Response, error) {
			return nil, &url.Error{Op: "Post", URL: q.URL.String(), Err: fmt.Errorf("proxy for %s said %q", q.URL, q.Header)}
		},
		"an answer that quotes the request": func(q *http.Request) (*http.Response, error) {
			text, _ := json.Marshal(q.URL.String() + " " + q.Header.Get("Authorization"))
			return answerTo(q, 400, `{"code":50035,"message":`+string(text)+`}`), nil
		},
		"no JSON":         func(q *http.Request) (*http.Response, error) { return answerTo(q, 404, "nothing here"), nil },
		"half an answer":  func(q *http.Request) (*http.Response, error) { return brokenAnswer(q), nil },
		"no time is left": func(q *http.Request) (*http.Response, error) { <-q.Context().Done(); return nil, q.Context().Err() },
		"a redirect": func(q *http.Request) (*http.Response, error) {
			return answerTo(q, 302, "", "Location", "https://evil.example"+q.URL.Path), nil
		},
	}
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log, l := newLogs(t, botSecret)
				r := memoryRest(func(q *http.Request) (*http.Response, error) {
					if q.URL.Host == "evil.example" {
						t.Errorf("followed to %s", q.URL.Host)
					}
					return f(q)
				})
				r.log = log
				for call, err := range everyCall(t.Context(), r) {
					if err == nil {
						t.Errorf("%s: no error", call)
						continue
					}
					for _, secret := range []string{botSecret, interactionSecret} {
						if strings.Contains(fmt.Sprintf("%v %+v", err, err), secret) {
							t.Errorf("%s: a secret in %v", call, err)
						}
					}
					if errors.As(err, new(*url.Error)) {
						t.Errorf("%s: *url.Error got out", call)
					}
				}
				if strings.Contains(l.String(), interactionSecret) {
					t.Error("an interaction token was logged")
				}
			})
		})
	}
}

// brokenAnswer is a good answer that breaks off.
func brokenAnswer(q *http.Request) *http.Response {
	a := answerTo(q, 200, "")
	a.ContentLength = -1
	a.Body = io.NopCloser(io.MultiReader(strings.NewReader("["), errReader{}))
	return a
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Row 11: nothing that carries a message may mention anyone, and the bot's
// token goes only where it is asked for.
func TestRestBodies(t *testing.T) {
	withMessage := 0
	r := memoryRest(func(q *http.Request) (*http.Response, error) {
		var body map[string]any
		if q.Body != nil {
			data, err := io.ReadAll(q.Body)
			if err != nil {
				t.Fatal(err)
			}
			if len(data) > 0 && data[0] == '{' {
				if err := json.Unmarshal(data, &body); err != nil {
					t.Fatal(err)
				}
			}
			if (len(data) > 0) != (q.Header.Get("Content-Type") != "") {
				t.Errorf("%s: %d bytes of Content-Type %q", q.URL.Path, len(data), q.Header.Get("Content-Type"))
			}
		}
		if data, ok := body["data"].(map[string]any); ok {
			body = data
		}
		if _, ok := body["content"]; ok {
			withMessage++
			got, _ := json.Marshal(body["allowed_mentions"])
			if string(got) != `{"parse":[],"replied_user":false}` {
				t.Errorf("%s: allowed_mentions %s", q.URL.Path, got)
			}
		}
		secretPath := strings.Contains(q.URL.String(), interactionSecret)
		if got := q.Header.Get("Authorization"); (got == "Bot "+botSecret) == secretPath || secretPath && got != "" {
			t.Errorf("%s: Authorization %q", q.URL.Path, got)
		}
		if !strings.HasPrefix(q.Header.Get("User-Agent"), "DiscordBot (") {
			t.Errorf("User-Agent %q", q.Header.Get("User-Agent"))
		}
		return answerTo(q, 200, "{}"), nil
	})
	everyCall(t.Context(), r)
	if withMessage != 4 {
		t.Errorf("%d requests carried a message, want 4: callback, edit, follow-up, reply", withMessage)
	}
}

// BenchmarkRestCallback is a first response without a network.
func BenchmarkRestCallback(b *testing.B) {
	r := memoryRest(func(q *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 204, Body: http.NoBody, Header: http.Header{}, Request: q}, nil
	})
	i := anInteraction()
	m := &message{Content: string(bytes.Repeat([]byte("word "), 300))}
	b.ReportAllocs()
	for b.Loop() {
		if err := r.callback(b.Context(), i, discordgo.InteractionResponseChannelMessageWithSource, m); err != nil {
			b.Fatal(err)
		}
	}
}
