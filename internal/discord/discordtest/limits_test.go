package discordtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pincite/internal/discord/discordtest"
)

func x(n int) string { return strings.Repeat("x", n) }

// many returns n values made by f.
func many(n int, f func(i int) any) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// with returns a message with more keys.
func with(pairs ...any) obj {
	m := text("hi")
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return m
}

func embed(pairs ...any) obj {
	e := obj{"description": "d"}
	for i := 0; i < len(pairs); i += 2 {
		e[pairs[i].(string)] = pairs[i+1]
	}
	return with("embeds", []any{e})
}

func row(components ...any) obj { return obj{"type": 1, "components": components} }

func button(i int) any {
	return obj{"type": 2, "style": 1, "label": "b", "custom_id": fmt.Sprint("b", i)}
}

func buttonWith(pairs ...any) obj {
	b := button(0).(obj)
	for i := 0; i < len(pairs); i += 2 {
		b[pairs[i].(string)] = pairs[i+1]
	}
	return with("components", []any{row(b)})
}

func menu(pairs ...any) obj {
	m := obj{"type": 3, "custom_id": "m", "options": many(2, option)}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return with("components", []any{row(m)})
}

func option(i int) any { return obj{"label": fmt.Sprint("o", i), "value": fmt.Sprint(i)} }

// broken is a body that breaks one limit: the path and the problem that have to be named.
type broken struct {
	path, problem string
	body          any
}

// refused sends every body and expects exactly the violation named.
func refused(t *testing.T, s *discordtest.Server, a *api, method, path, prefix string, cases []broken) {
	t.Helper()
	for _, b := range cases {
		s.ForgetPace()
		r := a.do(method, path, b.body)
		if r.status != 400 || r.code != 50035 && r.code != 50006 {
			t.Errorf("%s: answered %d %s, want 400", b.problem, r.status, r.body)
		}
		vs := s.TakeViolations()
		if len(vs) != 1 || vs[0].Path != strings.Trim(prefix+b.path, ".") || !strings.HasPrefix(vs[0].Problem, b.problem) {
			t.Errorf("violations %q, want %s: %s", vs, prefix+b.path, b.problem)
		}
	}
}

// messageLimits are the limits of every message.
func messageLimits() []broken {
	text2 := obj{"type": 10, "content": x(2500)}
	return []broken{
		{"content", "has 2001 characters, at most 2000", text(x(2001))},
		{"content", "is not a string", with("content", 5)},
		{"surprise", "unknown key", with("surprise", 1)},
		{"allowed_mentions", "is missing", obj{"content": "hi"}},
		{"allowed_mentions.parse", "must be [], not <nil>", with("allowed_mentions", obj{})},
		{"allowed_mentions.parse", "must be [], not <nil>", with("allowed_mentions", obj{"parse": nil})},
		{"allowed_mentions.parse", "must be [], not [everyone]", with("allowed_mentions", obj{"parse": []string{"everyone"}})},
		{"allowed_mentions.users", "does not belong here", with("allowed_mentions", obj{"parse": []any{}, "users": []string{"1"}})},
		{
			"allowed_mentions.replied_user", "does not belong here",
			with("allowed_mentions", obj{"parse": []any{}, "replied_user": true}),
		},
		{"embeds", "has 11 elements", with("embeds", many(11, func(int) any { return obj{"title": "t"} }))},
		{"embeds.0.title", "has 257 characters, at most 256", embed("title", x(257))},
		{"embeds.0.description", "has 4097 characters, at most 4096", embed("description", x(4097))},
		{"embeds.0.fields", "has 26 elements", embed("fields", many(26, func(int) any { return obj{"name": "n", "value": "v"} }))},
		{"embeds.0.fields.0.name", "has 257 characters, at most 256", embed("fields", []any{obj{"name": x(257), "value": "v"}})},
		{"embeds.0.fields.0.value", "has 1025 characters, at most 1024", embed("fields", []any{obj{"name": "n", "value": x(1025)}})},
		{"embeds.0.fields.0.value", "is required", embed("fields", []any{obj{"name": "n", "value": ""}})},
		{"embeds.0.footer.text", "has 2049 characters, at most 2048", embed("footer", obj{"text": x(2049)})},
		{"embeds.0.author.name", "has 257 characters, at most 256", embed("author", obj{"name": x(257)})},
		{"embeds.0.url", `"ftp://a" is not a link`, embed("url", "ftp://a")},
		{"embeds.0.color", "is 16777216, must be 0 to 16777215", embed("color", 1<<24)},
		{"embeds.0.extra", "unknown key", embed("extra", "e")},
		{"embeds.0", "an embed without anything to show", with("embeds", []any{obj{}})},
		{"embeds", "6001 characters over all embeds, at most 6000", with("embeds", []any{
			obj{"description": x(4000)}, obj{"title": x(1), "description": x(2000)},
		})},
		{"components", "has 6 elements", with("components", many(6, func(i int) any { return row(button(i)) }))},
		{"components.0.components", "has 6 elements", with("components", []any{row(many(6, button)...)})},
		{"components.0.components", "has 0 elements", with("components", []any{row()})},
		{"components.0.type", "type 2 at the top of a message", with("components", []any{button(0)})},
		{"components.0.components.0.label", "has 81 characters, at most 80", buttonWith("label", x(81))},
		{"components.0.components.0", "a button without label and emoji", buttonWith("label", "")},
		{"components.0.components.0.custom_id", "has 101 characters, at most 100", buttonWith("custom_id", x(101))},
		{"components.0.components.0.custom_id", "is required", buttonWith("custom_id", "")},
		{"components.0.components.0.url", "does not belong here", buttonWith("url", "https://a")},
		{"components.0.components.0.style", "no button style 9", buttonWith("style", 9)},
		{
			"components.0.components.0.url", "has 513 characters, at most 512",
			buttonWith("style", 5, "custom_id", nil, "url", "https://a/"+x(503)),
		},
		{"components.0.components.0.url", "is required", buttonWith("style", 5, "custom_id", nil)},
		{"components.0.components.1.custom_id", `"b0" is there twice`, with("components", []any{row(button(0), button(0))})},
		{
			"components.0.components.0", "a select menu fills its row",
			with("components", []any{row(obj{"type": 3, "custom_id": "m", "options": many(2, option)}, button(1))}),
		},
		{"components.0.components.0.type", "type 4 does not belong in a row", with("components", []any{row(obj{"type": 4})})},
		{"components.0.components.0.options", "has 26 elements", menu("options", many(26, option))},
		{"components.0.components.0.options.0.label", "has 101 characters", menu("options", []any{obj{"label": x(101), "value": "v"}})},
		{"components.0.components.0.options.0.value", "has 101 characters", menu("options", []any{obj{"label": "l", "value": x(101)}})},
		{
			"components.0.components.0.options.0.description", "has 101 characters",
			menu("options", []any{obj{"label": "l", "value": "v", "description": x(101)}}),
		},
		{"components.0.components.0.options.1.value", `"0" is there twice`, menu("options", []any{option(0), option(0)})},
		{"components.0.components.0.placeholder", "has 151 characters, at most 150", menu("placeholder", x(151))},
		{"components.0.components.0.max_values", "0 to 3 of 2 options", menu("max_values", 3)},
		{"content", "does not belong here", with("flags", 1<<15, "components", []any{text2})},
		{
			"embeds", "does not belong here",
			with("flags", 1<<15, "content", "", "embeds", []any{obj{"title": "t"}}, "components", []any{text2}),
		},
		{"components", "5000 characters of text, at most 4000", with("flags", 1<<15, "content", "", "components", []any{text2, text2})},
		{"components", "44 components, at most 40", with("flags", 1<<15, "content", "", "components", many(4, func(n int) any {
			return obj{"type": 17, "components": many(10, func(i int) any {
				return obj{"type": 10, "content": fmt.Sprint(n, i)}
			})}
		}))},
		{"attachments.0.id", "is neither the index of a file nor", with("attachments", []any{obj{"filename": "a"}})},
	}
}

func TestMessageLimits(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{NoSchema: true})
	a := rest(t, s)
	path := "/channels/" + channelID(t, s) + "/messages"
	m := a.want(200, 0, "POST", path, with("flags", 4, "nonce", x(25), "enforce_nonce", true,
		"embeds", []any{obj{"title": x(256), "description": x(4096), "footer": obj{"text": x(1648)}}},
		"components", many(5, func(r int) any { return row(many(5, func(i int) any { return button(5*r + i) })...) })))
	if v := s.Violations(); len(v) > 0 {
		t.Fatalf("a message at the limits breaks %v", v)
	}
	cases := append(messageLimits(), []broken{
		{"", "an empty message", with("content", "")},
		{"", "an empty message", with("content", nil, "embeds", []any{}, "components", nil)},
		{"nonce", "has more than 25 characters", with("nonce", x(26))},
		{"enforce_nonce", "there is no nonce to enforce", with("enforce_nonce", true)},
		{"flags", "flags 64 may not be set here", with("flags", 64)},
		{"message_reference.message_id", "is required", with("message_reference", obj{})},
		{"username", "unknown key", with("username", "other")},
	}...)
	patch := append(messageLimits(), broken{"", "an empty message", obj{
		"content": "", "embeds": []any{}, "components": []any{}, "allowed_mentions": obj{"parse": []any{}},
	}})
	refused(t, s, a, "POST", path, "", cases)
	refused(t, s, a, "PATCH", path+"/"+m.id(), "", patch)
	if ms, err := s.Messages("alice", "#general"); err != nil || len(ms) != 1 || ms[0].Content != "hi" {
		t.Errorf("something refused came through: %v, %v", ms, err)
	}
}

func TestCallbackLimits(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{CallbackTimeout: time.Minute, NoSchema: true})
	online(t, s)
	a := rest(t, s)
	slash, err := s.Slash("alice", "#general", "ask", discordtest.Value{"question", "Why?"})
	if err != nil {
		t.Fatal(err)
	}
	callback := func(st *discordtest.Step) string {
		return "/interactions/" + st.InteractionID + "/" + st.InteractionToken + "/callback"
	}
	as := func(typ int, data any) obj { return obj{"type": typ, "data": data} }
	for _, b := range messageLimits() {
		refused(t, s, a, "POST", callback(slash), "data.", []broken{{b.path, b.problem, as(4, b.body)}})
	}
	form := func(pairs ...any) obj {
		m := obj{"custom_id": "f", "title": "Form", "components": []any{row(input())}}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		return as(9, m)
	}
	one := func(pairs ...any) obj { return form("components", []any{row(input(pairs...))}) }
	refused(t, s, a, "POST", callback(slash), "", []broken{
		{"data", "an empty message", obj{"type": 4}},
		{"data", "an empty message", as(4, with("content", ""))},
		{"type", "a callback of type 7 does not answer an interaction of type 2", as(7, text("x"))},
		{"type", "a callback of type 6 does not answer an interaction of type 2", obj{"type": 6}},
		{"type", "a callback of type 8 does not answer an interaction of type 2", as(8, obj{"choices": []any{}})},
		{"type", "a callback of type 1 does not answer an interaction of type 2", obj{"type": 1}},
		{"data.flags", "flags 128 may not be set here", as(5, obj{"flags": 128})},
		{"data.content", "does not belong here", as(5, obj{"content": "x"})},
		{"data.title", "has 46 characters, at most 45", form("title", x(46))},
		{"data.title", "is required", form("title", "")},
		{"data.custom_id", "has 101 characters, at most 100", form("custom_id", x(101))},
		{"data.components", "has 6 elements", form("components", many(6, func(i int) any {
			return row(input("custom_id", fmt.Sprint(i)))
		}))},
		{"data.components.0.components.0.type", "only a text input stands in a row of a form", form("components", []any{
			row(input("type", 2)),
		})},
		{"data.components.0.components.0.label", "has 46 characters, at most 45", one("label", x(46))},
		{"data.components.0.components.0.value", "has 4001 characters, at most 4000", one("value", x(4001))},
		{"data.components.0.components.0.placeholder", "has 101 characters, at most 100", one("placeholder", x(101))},
		{"data.components.0.components.0.max_length", "is 4001, must be 1 to 4000", one("max_length", 4001)},
		{"data.components.0.components.0.max_length", "is 1, min_length is 2", one("min_length", 2, "max_length", 1)},
		{"data.components.0.components.0.style", "is required", one("style", nil)},
		{"data.components.0.label", "has 46 characters, at most 45", form("components", []any{
			obj{"type": 18, "label": x(46), "component": obj{"type": 4, "custom_id": "i", "style": 1}},
		})},
	})
	complete, err := s.Autocomplete("alice", "#general", "ask", "document", "c")
	if err != nil {
		t.Fatal(err)
	}
	choice := func(pairs ...any) any {
		c := obj{"name": "n", "value": "v"}
		for i := 0; i < len(pairs); i += 2 {
			c[pairs[i].(string)] = pairs[i+1]
		}
		return as(8, obj{"choices": []any{c}})
	}
	refused(t, s, a, "POST", callback(complete), "", []broken{
		{"data.choices", "has 26 elements", as(8, obj{"choices": many(26, func(i int) any {
			return obj{"name": fmt.Sprint(i), "value": "v"}
		})})},
		{"data.choices.0.name", "has 101 characters, at most 100", choice("name", x(101))},
		{"data.choices.0.value", "has 101 characters, at most 100", choice("value", x(101))},
		{"data.choices.0.value", "is required", choice("value", nil)},
		{"type", "a callback of type 4 does not answer an interaction of type 4", as(4, text("x"))},
	})
	a.want(204, 0, "POST", callback(complete), choice())
	a.want(204, 0, "POST", callback(slash), as(4, text("at last")))
	hook := "/webhooks/" + s.BotID() + "/" + slash.InteractionToken
	refused(t, s, a, "POST", hook, "", messageLimits())
	refused(t, s, a, "PATCH", hook+"/messages/@original", "", messageLimits())
}

// input is a text input of a form.
func input(pairs ...any) obj {
	in := obj{"type": 4, "custom_id": "i", "label": "Text", "style": 1}
	for i := 0; i < len(pairs); i += 2 {
		in[pairs[i].(string)] = pairs[i+1]
	}
	return in
}

// command is a slash command with changes.
func command(pairs ...any) obj {
	c := obj{"name": "ask", "description": "d"}
	for i := 0; i < len(pairs); i += 2 {
		c[pairs[i].(string)] = pairs[i+1]
	}
	return c
}

// value is an option that takes a string, with changes.
func value(pairs ...any) obj {
	o := obj{"type": 3, "name": "o", "description": "d"}
	for i := 0; i < len(pairs); i += 2 {
		o[pairs[i].(string)] = pairs[i+1]
	}
	return o
}

func TestCommandLimits(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{NoSchema: true})
	a := rest(t, s)
	path := "/applications/" + s.BotID() + "/commands"
	named := func(n, typ int) []any {
		return many(n, func(i int) any {
			c := command("name", fmt.Sprint("c", i))
			if typ != 1 {
				c = obj{"name": fmt.Sprint("C ", i), "type": typ}
			}
			return c
		})
	}
	opts := func(os ...any) []any { return []any{command("options", os)} }
	sub := func(typ int, inner ...any) obj {
		return obj{"type": typ, "name": "s", "description": "d", "options": inner}
	}
	big := many(25, func(i int) any {
		return value("name", fmt.Sprint("o", i), "description", x(100), "choices", many(3, func(j int) any {
			return obj{"name": fmt.Sprint(j, x(99)), "value": x(100)}
		}))
	})
	a.want(200, 0, "PUT", path, append(append(named(100, 1), named(15, 2)...), named(15, 3)...))
	if v := s.Violations(); len(v) > 0 {
		t.Fatalf("commands at the limits break %v", v)
	}
	refused(t, s, a, "PUT", path, "", []broken{
		{"", "101 commands of type 1, at most 100", named(101, 1)},
		{"", "16 commands of type 2, at most 15", named(16, 2)},
		{"", "16 commands of type 3, at most 15", named(16, 3)},
		{"0.name", `"Ask" is not a lower-case name`, []any{command("name", "Ask")}},
		{"0.name", `"a b" is not a lower-case name`, []any{command("name", "a b")}},
		{"0.name", "is required", []any{command("name", "")}},
		{"1.name", `"ask" is there twice`, []any{command(), command()}},
		{"0.name", "has 33 characters, at most 32", []any{obj{"name": x(33), "type": 3}}},
		{"0.description", "is required", []any{obj{"name": "ask"}}},
		{"0.description", "has 101 characters, at most 100", []any{command("description", x(101))}},
		{"0.description", "does not belong here", []any{obj{"name": "Ask", "type": 3, "description": "d"}}},
		{"0.name_localizations.xx", `no locale "xx"`, []any{command("name_localizations", obj{"xx": "y"})}},
		{"0.name_localizations.es-ES", `"Buscar" is not a lower-case name`, []any{command("name_localizations", obj{"es-ES": "Buscar"})}},
		{"0.description_localizations.es-ES", "has 101 characters", []any{command("description_localizations", obj{"es-ES": x(101)})}},
		{"0.type", "no command type 9", []any{command("type", 9)}},
		{"0.color", "unknown key", []any{command("color", 1)}},
		{"0.options", "has 26 elements", []any{command("options", many(26, func(i int) any { return value("name", fmt.Sprint("o", i)) }))}},
		{"0.options.0.name", `"O" is not a lower-case name`, opts(value("name", "O"))},
		{"0.options.0.description", "is required", opts(value("description", ""))},
		{"0.options.1.name", `"o" is there twice`, opts(value(), value())},
		{"0.options.1.required", "a required option after one that is not", opts(value(), value("name", "p", "required", true))},
		{"0.options.0.choices", "has 26 elements", opts(value("choices", many(26, func(i int) any {
			return obj{"name": fmt.Sprint(i), "value": "v"}
		})))},
		{"0.options.0.choices.0.name", "has 101 characters", opts(value("choices", []any{obj{"name": x(101), "value": "v"}}))},
		{"0.options.0.choices.0.value", "has 101 characters", opts(value("choices", []any{obj{"name": "n", "value": x(101)}}))},
		{
			"0.options.0.autocomplete", "autocomplete beside choices",
			opts(value("autocomplete", true, "choices", []any{obj{"name": "n", "value": "v"}})),
		},
		{"0.options.0.autocomplete", "type 5 does not autocomplete", opts(value("type", 5, "autocomplete", true))},
		{"0.options.0.max_length", "is 6001, must be 1 to 6000", opts(value("max_length", 6001))},
		{"0.options", "subcommands beside options", opts(sub(1), value())},
		{"0.options.0.options.0.options.0.type", "nested too deep", opts(sub(2, sub(1, sub(1))))},
		{"0", "17569 characters, at most 8000", []any{command("options", big)}},
	})
}

func TestRequestRules(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	a := rest(t, s)
	a.agent = "curl"
	a.want(400, 50035, "GET", "/users/@me", nil)
	broke(t, s, `User-Agent "curl" is not of the form DiscordBot (url, version)`)
	a = rest(t, s)
	a.want(404, 0, "GET", "/nowhere", nil)
	broke(t, s, "no such route, or not served by this fake")
	a.want(405, 0, "DELETE", "/gateway", nil)
	broke(t, s, "method not allowed, or not served by this fake")
	a.want(400, 50035, "POST", "/channels/"+channelID(t, s)+"/messages", nil)
	broke(t, s, "no body")
	s.ForgetPace()
	for range 50 {
		a.want(200, 0, "GET", "/gateway/bot", nil)
		if t.Failed() {
			break
		}
	}
	var r result
	for range 50 { // a slow machine may need more than a second for 51
		if r = a.do("GET", "/gateway/bot", nil); r.status != 200 {
			break
		}
	}
	if r.status == 429 {
		broke(t, s, "more than 50 requests in a second")
	} else {
		t.Logf("no second had more than 50 requests")
	}
}
