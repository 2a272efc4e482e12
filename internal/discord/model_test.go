package discord

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// model is Discord's side of one interaction, or of one channel: what it
// accepts, and what is seen of it.
type model struct {
	mu    sync.Mutex
	calls []string // what was asked, e.g. "callback 4 private"
	acked bool
	shown []string // messages posted, with what edits made of them
	nonce map[string]bool

	// before is called with each request, without the lock: it may take time,
	// and lose the request or its answer.
	before func(call string) (lose, loseAnswer bool)
}

func (d *model) RoundTrip(q *http.Request) (*http.Response, error) {
	var body struct {
		Type    int
		Content string
		Flags   int
		Nonce   string
		Data    struct {
			Content string
			Flags   int
		}
	}
	if q.Body != nil {
		data, err := io.ReadAll(q.Body)
		if err != nil {
			return nil, err
		}
		_ = json.Unmarshal(data, &body)
	}
	call, path := "", q.URL.Path
	switch {
	case strings.HasSuffix(path, "/callback"):
		call = fmt.Sprint("callback ", body.Type)
	case strings.HasSuffix(path, "/@original"):
		call = "edit"
	case strings.HasSuffix(path, "/typing"):
		call = "typing"
	case strings.Contains(path, "/webhooks/"):
		call = "follow-up"
	default:
		call = "reply"
	}
	if (body.Flags|body.Data.Flags)&int(discordgo.MessageFlagsEphemeral) != 0 {
		call += " private"
	}
	lose, loseAnswer := false, false
	if d.before != nil {
		lose, loseAnswer = d.before(call)
	}
	if lose {
		return nil, io.ErrUnexpectedEOF
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls = append(d.calls, call)
	a := d.accept(q, strings.Fields(call), body.Content+body.Data.Content, body.Nonce)
	if loseAnswer {
		return nil, io.ErrUnexpectedEOF
	}
	return a, nil
}

func (d *model) accept(q *http.Request, call []string, content, nonce string) *http.Response {
	refuse := func(status, code int) *http.Response {
		return answerTo(q, status, fmt.Sprintf(`{"code":%d,"message":"no"}`, code))
	}
	if content == "refused" {
		return refuse(400, 50035)
	}
	switch call[0] {
	case "callback":
		if d.acked {
			return refuse(400, codeAcknowledged)
		}
		d.acked = true
		if call[1] == "4" || call[1] == "7" {
			d.shown = append(d.shown, content)
		}
	case "edit":
		if !d.acked {
			return refuse(404, codeUnknownWebhook)
		}
		if len(d.shown) == 0 {
			d.shown = append(d.shown, "")
		}
		d.shown[0] = content
	case "follow-up":
		d.shown = append(d.shown, content)
	case "reply":
		if !d.nonce[nonce] {
			d.nonce[nonce] = true
			d.shown = append(d.shown, content)
		}
	}
	return answerTo(q, 200, "{}")
}

// expect fails where other requests were made, or other messages are seen.
func (d *model) expect(t *testing.T, shown string, calls ...string) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if got, want := strings.Join(d.calls, ", "), strings.Join(calls, ", "); got != want {
		t.Errorf("asked for %s; want %s", got, want)
	}
	if got := strings.Join(d.shown, ", "); got != shown {
		t.Errorf("shown: %q, want %q", got, shown)
	}
}

func newModel() (*model, *rest) {
	d := &model{nonce: map[string]bool{}}
	return d, memoryRest(d.RoundTrip)
}
