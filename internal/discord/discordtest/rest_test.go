package discordtest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

// api is a plain REST client.
type api struct {
	t     *testing.T
	s     *discordtest.Server
	token string
	agent string
}

func rest(t *testing.T, s *discordtest.Server) *api {
	return &api{t, s, s.Token(), "DiscordBot (https://example.org, 1)"}
}

// result is an answer of REST, with the code that Discord's errors carry.
type result struct {
	status int
	code   int
	body   string
	header http.Header
}

func (a *api) do(method, path string, body any) result {
	a.t.Helper()
	if body == nil {
		return a.send(method, path, "", nil)
	}
	data, err := json.Marshal(body)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.send(method, path, "application/json", bytes.NewReader(data))
}

// send does a request with a body as it is.
func (a *api) send(method, path, contentType string, r io.Reader) result {
	a.t.Helper()
	q, err := http.NewRequestWithContext(a.t.Context(), method, a.s.URL()+"/api/v9"+path, r)
	if err != nil {
		a.t.Fatal(err)
	}
	if contentType != "" {
		q.Header.Set("Content-Type", contentType)
	}
	q.Header.Set("Authorization", "Bot "+a.token)
	q.Header.Set("User-Agent", a.agent)
	c := http.Client{Transport: transport(a.t, a.s)}
	resp, err := c.Do(q)
	if err != nil {
		return result{}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	var e struct{ Code int }
	_ = json.Unmarshal(text, &e)
	return result{resp.StatusCode, e.Code, string(text), resp.Header}
}

// want does a request and compares status and code.
func (a *api) want(status, code int, method, path string, body any) result {
	a.t.Helper()
	r := a.do(method, path, body)
	if r.status != status || r.code != code {
		a.t.Errorf("%s %s: %d, code %d (%s), want %d, code %d", method, path, r.status, r.code, r.body, status, code)
	}
	return r
}

// id reads the id out of an answer.
func (r result) id() string {
	var o struct{ ID string }
	_ = json.Unmarshal([]byte(r.body), &o)
	return o.ID
}

type obj = map[string]any

// text is a message that breaks no rule.
func text(content string) obj {
	return obj{"content": content, "allowed_mentions": obj{"parse": []string{}}}
}

func channelID(t *testing.T, s *discordtest.Server) string {
	t.Helper()
	id, err := s.ChannelID("alice", "#general")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestErrors(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	a := rest(t, s)
	ch := "/channels/" + channelID(t, s)
	for _, path := range []string{
		"/gateway", "/gateway/bot", "/users/@me", "/users/" + s.UserID("bob"), "/oauth2/applications/@me",
		"/applications/@me", "/guilds/" + s.ServerID("law"), "/guilds/" + s.ServerID("law") + "/members/" + s.UserID("bob"),
		ch, ch + "/messages?limit=5", "/applications/" + s.BotID() + "/commands?with_localizations=true",
		"/applications/" + s.BotID() + "/guilds/" + s.ServerID("law") + "/commands",
	} {
		a.want(200, 0, "GET", path, nil)
	}
	a.want(204, 0, "POST", ch+"/typing", nil)
	a.want(404, 10003, "GET", "/channels/1", nil)
	a.want(404, 10003, "POST", "/channels/1/messages", text("hi"))
	a.want(404, 10004, "GET", "/guilds/1", nil)
	a.want(404, 10007, "GET", "/guilds/"+s.ServerID("law")+"/members/1", nil)
	a.want(404, 10008, "GET", ch+"/messages/1", nil)
	a.want(404, 10013, "GET", "/users/1", nil)
	a.want(404, 10002, "GET", "/applications/1/commands", nil)
	a.want(400, 50033, "POST", "/users/@me/channels", obj{"recipient_id": "1"})
	a.want(404, 10062, "POST", "/interactions/1/t/callback", obj{"type": 5})
	a.want(401, 50027, "PATCH", "/webhooks/"+s.BotID()+"/t/messages/@original", text("hi"))
	a.want(404, 10015, "PATCH", "/webhooks/1/t/messages/@original", text("hi"))
	gone := text("hi")
	gone["message_reference"] = obj{"message_id": "1"}
	a.want(400, 50035, "POST", ch+"/messages", gone)
	gone["message_reference"] = obj{"message_id": "1", "fail_if_not_exists": false}
	a.want(200, 0, "POST", ch+"/messages", gone)

	said, err := s.Say("alice", "#general", "hi")
	if err == nil || said != nil {
		t.Fatal("the bot is not connected")
	}
	ms, err := s.Messages("alice", "#general")
	if err != nil || len(ms) != 2 {
		t.Fatalf("%d messages, %v", len(ms), err)
	}
	theirs := ch + "/messages/" + ms[1].ID
	a.want(403, 50005, "PATCH", theirs, text("mine"))
	a.want(403, 50013, "DELETE", theirs, nil)
	mine := ch + "/messages/" + ms[0].ID
	a.want(200, 0, "PATCH", mine, text("changed"))
	a.want(204, 0, "DELETE", mine, nil)
	a.want(404, 10008, "GET", mine, nil)

	if err := s.Outage("law"); err != nil {
		t.Fatal(err)
	}
	a.want(403, 50001, "GET", ch, nil)
	a.token = "wrong"
	a.want(401, 0, "GET", "/users/@me", nil)
	if st := s.Stats(); st.Invalid != 5 || st.Typing != 1 {
		t.Errorf("stats %+v", st)
	}
	if v := s.Violations(); len(v) > 0 {
		t.Errorf("violations %v", v)
	}
}

func TestNonce(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	a := rest(t, s)
	path := "/channels/" + channelID(t, s) + "/messages"
	m := text("once")
	m["nonce"], m["enforce_nonce"] = "n1", true
	if err := s.FailREST(discordtest.RESTFault{
		Route: "POST /channels/*/messages", Kind: discordtest.FaultBadGateway, Applied: true,
	}); err != nil {
		t.Fatal(err)
	}
	a.want(502, 0, "POST", path, m)
	first := a.want(200, 0, "POST", path, m)
	if again := a.want(200, 0, "POST", path, m); again.id() != first.id() {
		t.Errorf("the nonce gave %s, then %s", first.id(), again.id())
	}
	m["enforce_nonce"] = false
	if other := a.want(200, 0, "POST", path, m); other.id() == first.id() {
		t.Error("a nonce that is not enforced gave the first message")
	}
	ms, err := s.Messages("alice", "#general")
	if err != nil || len(ms) != 2 || s.Stats().NonceRepeats != 2 {
		t.Errorf("%d messages, %d repeats, %v", len(ms), s.Stats().NonceRepeats, err)
	}
}

func TestRESTFaults(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	a := rest(t, s)
	fail := func(f discordtest.RESTFault) {
		t.Helper()
		if err := s.FailREST(f); err != nil {
			t.Fatal(err)
		}
	}
	fail(discordtest.RESTFault{
		Route: "GET /users/*", Kind: discordtest.FaultRateLimit, RetryAfter: 50 * time.Millisecond,
	})
	r := a.want(429, 0, "GET", "/users/@me", nil)
	if r.header.Get("Retry-After") != "1" || !strings.Contains(r.body, `"retry_after":0.05`) {
		t.Errorf("429: %v %s", r.header, r.body)
	}
	fail(discordtest.RESTFault{Route: "GET /users/*", Kind: discordtest.FaultCloudflare, RetryAfter: 2 * time.Second})
	r = a.want(429, 0, "GET", "/users/@me", nil)
	if r.header.Get("Retry-After") != "2" || json.Valid([]byte(r.body)) {
		t.Errorf("Cloudflare's 429: %v %s", r.header, r.body)
	}
	fail(discordtest.RESTFault{Route: "*", Kind: discordtest.FaultBadGateway, Times: 2})
	a.want(502, 0, "GET", "/users/@me", nil)
	a.want(502, 0, "GET", "/gateway", nil)
	a.want(200, 0, "GET", "/gateway", nil)
	fail(discordtest.RESTFault{Route: "*", Kind: discordtest.FaultServerError})
	a.want(500, 0, "GET", "/gateway", nil)
	fail(discordtest.RESTFault{Route: "*", Kind: discordtest.FaultDrop})
	a.want(0, 0, "GET", "/gateway", nil)
	fail(discordtest.RESTFault{Route: "*", Kind: discordtest.FaultSlow, Delay: 30 * time.Millisecond})
	begun := time.Now()
	a.want(200, 0, "GET", "/gateway", nil)
	if d := time.Since(begun); d < 30*time.Millisecond {
		t.Errorf("the slow route took %v", d)
	}
	fail(discordtest.RESTFault{Route: "*", Kind: discordtest.FaultBadGateway, Times: -1})
	a.want(502, 0, "GET", "/gateway", nil)
	s.ClearFaults()
	a.want(200, 0, "GET", "/gateway", nil)
	for _, f := range []discordtest.RESTFault{{Route: "GET", Kind: "502"}, {Route: "GET /x[", Kind: "502"}, {Route: "*"}} {
		if s.FailREST(f) == nil {
			t.Errorf("took the fault %+v", f)
		}
	}
	if n := len(s.Requests()); n != 10 {
		t.Errorf("%d requests remembered, want 10", n)
	}
}

func TestCommandsRoundTrip(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	d := session(t, s)
	cmds := commands()
	spanish := map[discordgo.Locale]string{discordgo.SpanishES: "preguntar"}
	cmds[0].NameLocalizations = &spanish
	put, err := d.ApplicationCommandBulkOverwrite(s.BotID(), "", cmds)
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.ApplicationCommands(s.BotID(), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || got[0].ID != put[0].ID || *got[1].DefaultMemberPermissions != discordgo.PermissionManageGuild {
		t.Errorf("registered %+v", got)
	}
	if got[0].NameLocalizations == nil || (*got[0].NameLocalizations)[discordgo.SpanishES] != "preguntar" {
		t.Errorf("with_localizations gave %v", got[0].NameLocalizations)
	}
	bare := rest(t, s).want(200, 0, "GET", "/applications/"+s.BotID()+"/commands", nil)
	if strings.Contains(bare.body, "preguntar") {
		t.Errorf("without with_localizations GET gave %s", bare.body)
	}
	again, err := d.ApplicationCommandBulkOverwrite(s.BotID(), "", cmds[:1])
	if err != nil {
		t.Fatal(err)
	}
	if again[0].ID != put[0].ID || again[0].Version == put[0].Version {
		t.Errorf("overwritten: id %s → %s, version %s → %s", put[0].ID, again[0].ID, put[0].Version, again[0].Version)
	}
	if n := len(s.Commands("")); n != 1 || s.Stats().CommandOverwrites != 2 {
		t.Errorf("%d commands after %d overwrites", n, s.Stats().CommandOverwrites)
	}
	must(t)(d.ApplicationCommandBulkOverwrite(s.BotID(), s.ServerID("law"), cmds))
	if n := len(s.Commands("law")); n != 3 {
		t.Errorf("%d commands of the server", n)
	}
}

func TestCallbackDeadlines(t *testing.T) {
	t.Parallel()
	ask := func(s *discordtest.Server) (callback, hook string) {
		t.Helper()
		st, err := s.Slash("alice", "#general", "ask", discordtest.Value{"question", "Why?"})
		if err != nil {
			t.Fatal(err)
		}
		return "/interactions/" + st.InteractionID + "/" + st.InteractionToken + "/callback",
			"/webhooks/" + s.BotID() + "/" + st.InteractionToken + "/messages/@original"
	}
	answer := obj{"type": 4, "data": text("in time")}

	s := start(t, discordtest.Options{CallbackTimeout: time.Nanosecond, NoSchema: true})
	online(t, s)
	callback, _ := ask(s)
	rest(t, s).want(404, 10062, "POST", callback, answer)

	s = start(t, discordtest.Options{CallbackTimeout: time.Minute, TokenLife: time.Nanosecond, NoSchema: true})
	online(t, s)
	a := rest(t, s)
	callback, hook := ask(s)
	a.want(404, 10015, "PATCH", hook, text("too early"))
	r := a.want(200, 0, "POST", callback+"?with_response=true", answer)
	if !strings.Contains(r.body, `"content":"in time"`) || !strings.Contains(r.body, `"response_message_id"`) {
		t.Errorf("with_response: %s", r.body)
	}
	a.want(400, 40060, "POST", callback, answer)
	a.want(401, 50027, "PATCH", hook, text("too late"))
}

// TestUploads: a file that is too large for the server, and an attachment that
// names no file of the request, are refused.
func TestUploads(t *testing.T) {
	for name, tt := range map[string]struct {
		payload string
		size    int
		want    string // of the violation; empty for none
	}{
		"as it should be":   {`{"content":"x","allowed_mentions":{"parse":[]},"attachments":[{"id":"0","filename":"a.zip"}]}`, 100, ""},
		"too large":         {`{"content":"x","allowed_mentions":{"parse":[]},"attachments":[{"id":"0","filename":"a.zip"}]}`, 101, "has 101 bytes, at most 100"},
		"no such file":      {`{"content":"x","allowed_mentions":{"parse":[]},"attachments":[{"id":"1","filename":"a.zip"}]}`, 1, "attachment 1, and 1 files"},
		"of another's name": {`{"content":"x","allowed_mentions":{"parse":[]},"attachments":[{"id":"0","filename":"b.zip"}]}`, 1, `attachment 0 is "b.zip"`},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := discordtest.New(discordtest.Options{UploadLimit: 100, NoSchema: true})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			if _, err := s.AddServer("law"); err != nil {
				t.Fatal(err)
			}
			if _, err := s.AddMember("alice", "law", false); err != nil {
				t.Fatal(err)
			}
			channel, err := s.ChannelID("alice", "law#general")
			if err != nil {
				t.Fatal(err)
			}
			var form bytes.Buffer
			w := multipart.NewWriter(&form)
			if err := w.WriteField("payload_json", tt.payload); err != nil {
				t.Fatal(err)
			}
			file, err := w.CreateFormFile("files[0]", "a.zip")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := file.Write(make([]byte, tt.size)); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+"/api/v9/channels/"+channel+"/messages", &form)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", w.FormDataContentType())
			req.Header.Set("Authorization", "Bot "+s.Token())
			req.Header.Set("User-Agent", "DiscordBot (test, 1)")
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			violations := s.TakeViolations()
			if tt.want == "" {
				if len(violations) > 0 || resp.StatusCode != http.StatusOK {
					t.Errorf("%s, %v", resp.Status, violations)
				}
				return
			}
			if len(violations) != 1 || !strings.Contains(violations[0].Problem, tt.want) || resp.StatusCode != http.StatusBadRequest {
				t.Errorf("%s, %v; want %q", resp.Status, violations, tt.want)
			}
		})
	}
}
