package discordtest_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

// answering opens a session whose interactions are answered with what answer returns, as JSON, unless that is nil.
func answering(t *testing.T, s *discordtest.Server, answer func(*discordgo.InteractionCreate) any) *discordgo.Session {
	t.Helper()
	var f failures
	t.Cleanup(func() { f.report(t) })
	return online(t, s, func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		body := answer(i)
		if body == nil {
			return
		}
		endpoint := discordgo.EndpointInteractionResponse(i.ID, i.Token)
		_, err := d.RequestWithBucketID("POST", endpoint, body, "callback")
		f.add(err)
	})
}

// labelled is a form as discordgo cannot write it: labels around a text input, a file upload and a menu's text.
func labelled() obj {
	return obj{"type": 9, "data": obj{"custom_id": "f", "title": "Add", "components": []any{
		obj{"type": 10, "content": "What to add"},
		obj{"type": 18, "label": "Title", "description": "of the document", "component": obj{
			"type": 4, "custom_id": "title", "style": 1, "required": false, "value": "Untitled", "min_length": 2,
		}},
		obj{"type": 18, "label": "File", "component": obj{"type": 19, "custom_id": "file", "required": true}},
	}}}
}

func TestLabelledForm(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	submitted := make(chan string, 1)
	d := answering(t, s, func(i *discordgo.InteractionCreate) any {
		if i.Data == nil || i.Type == discordgo.InteractionModalSubmit {
			return nil // discordgo cannot decode labels
		}
		return labelled()
	})
	d.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == "INTERACTION_CREATE" && strings.Contains(string(e.RawData), `"type":5`) {
			submitted <- string(e.RawData)
		}
	})
	step, err := s.Slash("alice", "#general", "corpus add")
	r := reply(t, step, err)
	shows(t, r, "(form) Add\nWhat to add\nTitle: Untitled (of the document)\nFile*:\n")
	for want, fields := range map[string]map[string]any{
		`field "File" takes a file`:                            {},
		`field "Title" does not take a file`:                   {"Title": discordtest.File{Name: "a"}},
		`field "Title" takes 2 to 4000 characters, not 1`:      {"Title": "x", "File": discordtest.File{Name: "a"}},
		`field "Title" takes no int`:                           {"Title": 1},
		`no field ["Other"]`:                                   {"Other": "x", "File": discordtest.File{Name: "a"}},
		`field "Title" takes 2 to 4000 characters, not 4001`:   {"Title": x(4001), "File": discordtest.File{Name: "a"}},
		`discordtest: form "Add": field "File" takes a file`:   {"Title": "", "File": ""},
		`discordtest: form "Add": no field ["Title2" "other"]`: {"Title2": "", "other": "", "file": discordtest.File{Name: "a"}},
	} {
		if _, err := s.SubmitModal(r, fields); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the form with %v: %v, want %s", fields, err, want)
		}
	}
	if _, err := s.SubmitModal(nil, nil); err == nil {
		t.Error("no form was sent")
	}
	file := discordtest.File{Name: "law.md", Data: []byte("# Law")}
	if step, err = s.SubmitModal(r, map[string]any{"title": "A law", "file": file}); err != nil {
		t.Fatal(err)
	}
	got := receive(t, "the form", submitted)
	for _, want := range []string{`"value":"A law"`, `"filename":"law.md"`, `"type":18`, `"custom_id":"f"`} {
		if !strings.Contains(got, want) {
			t.Errorf("submitted %s, without %s", got, want)
		}
	}
	// The answer to a submitted form cannot be another form.
	callback := "/interactions/" + step.InteractionID + "/" + step.InteractionToken + "/callback"
	rest(t, s).want(400, 50035, "POST", callback, labelled())
	broke(t, s, "a callback of type 9 does not answer an interaction of type 5")
}

// v2 is a message of components v2 with everything in it.
func v2() obj {
	return obj{"flags": 1 << 15, "allowed_mentions": obj{"parse": []any{}}, "components": []any{
		obj{"type": 10, "content": "top"},
		obj{"type": 17, "accent_color": 255, "components": []any{
			obj{
				"type": 9, "components": []any{obj{"type": 10, "content": "beside"}},
				"accessory": obj{"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
			},
			obj{"type": 14, "divider": true, "spacing": 1},
			obj{"type": 12, "items": []any{obj{"media": obj{"url": "https://example.org/a.png"}}}},
			row(obj{"type": 2, "style": 1, "label": "On", "custom_id": "on", "emoji": obj{"name": "👍"}}),
		}},
	}}
}

func TestComponentsV2(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	answering(t, s, func(i *discordgo.InteractionCreate) any {
		if i.Type == discordgo.InteractionMessageComponent {
			m := v2()
			m["components"] = []any{obj{"type": 10, "content": "gone"}}
			return obj{"type": 7, "data": m}
		}
		return obj{"type": 4, "data": v2()}
	})
	step, err := s.Slash("alice", "#general", "ask", discordtest.Value{"question", "a"})
	r := reply(t, step, err)
	shows(t, r, "top\n| beside\n| [Go]\n| ---\n| (component of type 12)\n| [👍 On]\n")
	step, err = s.Click("alice", r.Message.ID, "Go")
	shows(t, reply(t, step, err), "(edited)\ngone\n")
	a := rest(t, s)
	// An edit of such a message may not bring content.
	a.want(400, 50035, "PATCH", "/webhooks/"+s.BotID()+"/"+step.InteractionToken+"/messages/@original", text("x"))
	broke(t, s, "does not belong here")

	bad := func(cs ...any) obj { return with("flags", 1<<15, "content", "", "components", cs) }
	s2 := start(t, discordtest.Options{NoSchema: true})
	refused(t, s2, rest(t, s2), "POST", "/channels/"+channelID(t, s2)+"/messages", "", []broken{
		{"components.0.accessory", "is required", bad(obj{"type": 9, "components": []any{obj{"type": 10, "content": "a"}}})},
		{"components.0.content", "is required", bad(obj{"type": 10})},
		{"components.0.items", "has 0 elements", bad(obj{"type": 12})},
		{"components.0.components.0.type", "type 17 does not belong here", bad(obj{"type": 17, "components": []any{v2()["components"].([]any)[1]}})},
		{"components.0.type", "type 4 does not belong in a message", bad(obj{"type": 4})},
		{"components.0.spacing", "is 3, must be 1 to 2", bad(obj{"type": 14, "spacing": 3})},
	})
}

func TestOptionsOfEveryType(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	d := answering(t, s, func(i *discordgo.InteractionCreate) any {
		var got []string
		for _, o := range i.ApplicationCommandData().Options[0].Options {
			got = append(got, fmt.Sprintf("%s=%v", o.Name, o.Value))
		}
		return obj{"type": 4, "data": text(strings.Join(got, " "))}
	})
	opt := func(typ int, name string, pairs ...any) any {
		o := obj{"type": typ, "name": name, "description": "d"}
		for i := 0; i < len(pairs); i += 2 {
			o[pairs[i].(string)] = pairs[i+1]
		}
		return o
	}
	sub := obj{"type": 1, "name": "all", "description": "d", "options": []any{
		opt(4, "whole", "min_value", 1, "max_value", 9), opt(10, "part", "max_value", 0.5), opt(5, "flag"),
		opt(3, "style", "choices", []any{obj{"name": "Plain", "value": "p"}}), opt(3, "short", "max_length", 3),
	}}
	put := "/applications/" + s.BotID() + "/guilds/" + s.ServerID("law") + "/commands"
	rest(t, s).want(200, 0, "PUT", put, []any{command("name", "try", "options", []any{sub})})
	value := func(name string, v any) discordtest.Value { return discordtest.Value{Name: name, V: v} }
	step, err := s.Slash("bob", "#general", "/try all", value("whole", 3), value("part", "0.25"), value("flag", true),
		value("style", "Plain"), value("short", "abc"))
	shows(t, reply(t, step, err), "whole=3 part=0.25 flag=true style=p short=abc\n")
	for _, v := range []discordtest.Value{
		value("whole", 0), value("whole", "x"), value("part", 0.75), value("part", "x"), value("flag", "x"),
		value("style", "Other"), value("short", "abcd"), value("short", discordtest.File{Name: "f"}),
	} {
		if _, err := s.Slash("bob", "#general", "try all", v); err == nil {
			t.Errorf("the client sent %v", v)
		}
	}
	// A command of one server is offered in no other place.
	if _, err := s.Slash("bob", "@dm", "try all"); !errors.Is(err, discordtest.ErrUnknownCommand) {
		t.Errorf("in a direct message: %v", err)
	}
	global := command("name", "here", "contexts", []int{0})
	must(t)(d.RequestWithBucketID("PUT", discordgo.EndpointApplicationGlobalCommands(s.BotID()), []any{global}, "put"))
	if _, err := s.Slash("bob", "@dm", "here"); err == nil {
		t.Error("a command for servers is offered in a direct message")
	}
}

func TestMessagesOverREST(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	a := rest(t, s)
	open(t, session(t, s))
	theirs, err := s.Say("alice", "#general", "between us")
	if err != nil {
		t.Fatal(err)
	}
	path := "/channels/" + channelID(t, s) + "/messages"
	// REST hides the content as the gateway does.
	if r := a.want(200, 0, "GET", path+"/"+theirs.MessageID, nil); strings.Contains(r.body, "between us") {
		t.Errorf("REST gave %s", r.body)
	}
	m := a.want(200, 0, "POST", path, text("mine"))
	last := a.want(200, 0, "GET", path+"?limit=1", nil)
	before := a.want(200, 0, "GET", path+"?before="+m.id(), nil)
	after := a.want(200, 0, "GET", path+"?after="+m.id(), nil)
	if !strings.Contains(last.body, "mine") || strings.Contains(before.body, "mine") || after.body != "[]" {
		t.Errorf("limit: %s\nbefore: %s\nafter: %s", last.body, before.body, after.body)
	}
	if err := s.Delete(theirs.MessageID); err != nil {
		t.Fatal(err)
	}
	a.want(404, 10008, "GET", path+"/"+theirs.MessageID, nil)
	if err := s.Delete(theirs.MessageID); err == nil {
		t.Error("deleted a message twice")
	}
	dm := a.want(200, 0, "POST", "/users/@me/channels", obj{"recipient_id": s.UserID("carol")})
	a.want(200, 0, "POST", "/channels/"+dm.id()+"/messages", text("hello carol"))
	if ms, err := s.Messages("carol", "@dm"); err != nil || len(ms) != 1 || ms[0].Content != "hello carol" {
		t.Errorf("carol has %v, %v", ms, err)
	}
	if _, err := s.Say("carol", "@dm", x(4001)); err == nil {
		t.Error("a user wrote 4001 characters")
	}
}

func TestHookMessages(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	answering(t, s, func(*discordgo.InteractionCreate) any { return obj{"type": 5} })
	step, err := s.Slash("alice", "@dm", "ask", discordtest.Value{"question", "a"})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the deferral", func() bool { return len(s.Latencies()) == 1 })
	a := rest(t, s)
	hook := "/webhooks/" + s.BotID() + "/" + step.InteractionToken
	// The first followup after a deferral fills the deferred message.
	first := a.want(200, 0, "POST", hook, text("found"))
	r := reply(t, step, nil)
	shows(t, r, "found\n")
	original := a.want(200, 0, "GET", hook+"/messages/@original", nil)
	if original.id() != first.id() || !r.Deferred {
		t.Errorf("the followup %s is not the original %s", first.id(), original.id())
	}
	second := a.want(200, 0, "POST", hook, text("more"))
	a.want(200, 0, "PATCH", hook+"/messages/"+second.id(), text("even more"))
	a.want(404, 10008, "PATCH", hook+"/messages/1", text("what"))
	a.want(204, 0, "DELETE", hook+"/messages/@original", nil)
	a.want(404, 10008, "GET", hook+"/messages/@original", nil)
	var kinds []string
	for _, r := range step.Replies() {
		kinds = append(kinds, string(r.Kind))
	}
	if got := strings.Join(kinds, " "); got != "message message edit delete" {
		t.Errorf("the replies are %s", got)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	a := rest(t, s)
	post := func(payload string, files ...string) result {
		t.Helper()
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		if err := w.WriteField("payload_json", payload); err != nil {
			t.Fatal(err)
		}
		for i, f := range files {
			part, err := w.CreateFormFile(fmt.Sprintf("files[%d]", i), "f.txt")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(part, f); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		return a.send("POST", "/channels/"+channelID(t, s)+"/messages", w.FormDataContentType(), &b)
	}
	quiet := `{"allowed_mentions":{"parse":[]}}`
	if r := post(quiet, "one", "two"); r.status != 200 {
		t.Errorf("two files: %d %s", r.status, r.body)
	}
	for problem, r := range map[string]func() result{
		"11 files, at most 10":                         func() result { return post(quiet, make([]string, 11)...) },
		`"f.txt" has 10485761 bytes, at most 10485760`: func() result { return post(quiet, x(10<<20+1)) },
		"an empty message":                             func() result { return post(quiet) },
		"the body is not JSON: EOF":                    func() result { return post("") },
		`a body of Content-Type "x"`:                   func() result { return a.send("POST", "/users/@me/channels", "x", strings.NewReader("y")) },
		"a body where none belongs":                    func() result { return a.do("GET", "/users/@me", obj{}) },
		"the body is more than one JSON value": func() result {
			return a.send("POST", "/users/@me/channels", "application/json", strings.NewReader("{} {}"))
		},
	} {
		if got := r(); got.status != 400 {
			t.Errorf("%s: answered %d", problem, got.status)
		}
		broke(t, s, problem)
	}
}

func TestCDN(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	open(t, session(t, s))
	must(t)(s.Say("alice", "@dm", "read this", discordtest.WithFiles(discordtest.File{Name: "a.txt", Data: []byte("A")})))
	ms, err := s.Messages("alice", "@dm")
	if err != nil {
		t.Fatal(err)
	}
	c := http.Client{Transport: transport(t, s)}
	get := func(url, token string) (int, string) {
		q, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if token != "" {
			q.Header.Set("Authorization", token)
		}
		resp, err := c.Do(q)
		if err != nil {
			return 0, ""
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(data)
	}
	url := ms[0].Attachments[0].URL
	if status, data := get(url, ""); status != 200 || data != "A" {
		t.Errorf("the attachment is %d %q", status, data)
	}
	get(url, "Bot x")
	broke(t, s, "the bot token was sent to the CDN")
	for _, f := range []discordtest.RESTFault{
		{Kind: discordtest.FaultBadGateway}, {Kind: discordtest.FaultServerError}, {Kind: discordtest.FaultSlow, Delay: 1},
	} {
		f.Route = "GET /attachments/*/*/*"
		if err := s.FailREST(f); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []int{502, 500, 200} {
		if status, _ := get(url, ""); status != want {
			t.Errorf("the attachment with a fault is %d, want %d", status, want)
		}
	}
	if n := s.Stats().Downloads; n != 5 {
		t.Errorf("%d downloads, want 5", n)
	}
}

func TestLongRunLimits(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{NoSchema: true})
	a := rest(t, s)
	a.token = "wrong"
	s.AgeInvalid(10000, time.Now().Add(-11*time.Minute)) // too long ago
	a.want(401, 0, "GET", "/users/@me", nil)
	if v := s.Violations(); len(v) > 0 {
		t.Errorf("violations %v", v)
	}
	s.AgeInvalid(9999, time.Now())
	a.want(401, 0, "GET", "/users/@me", nil)
	broke(t, s, "more than 10,000 answers of 401, 403 and 429 in 10 minutes")

	s.AgeIdentifies(1000)
	c := dial(t, s)
	c.identify()
	c.want("op 10", "READY", "GUILD_CREATE")
	broke(t, s, "more than 1000 IDENTIFY a day")
	for i := range 2500 {
		must(t)(s.AddServer(fmt.Sprint("s", i)))
	}
	crowded := dial(t, s)
	crowded.want("op 10")
	crowded.identify()
	if got := crowded.closed(); got != 4011 {
		t.Errorf("2501 servers on a shard: closed with %d, want 4011", got)
	}
	s.TakeViolations()
}
