package discord

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

func TestGuardMessage(t *testing.T) {
	for _, c := range []struct {
		name, event string
		passes      bool
		dropped     int64
	}{
		{"a member's", `{"id":"1","channel_id":"2","author":{"id":"3"},"content":"hi"}`, true, 0},
		{"a reply", `{"id":"1","channel_id":"2","type":19,"author":{"id":"3"},"content":"hi"}`, true, 0},
		{"a bot's", `{"id":"1","channel_id":"2","author":{"id":"3","bot":true}}`, false, 0},
		{"Discord's own", `{"id":"1","channel_id":"2","author":{"id":"3","system":true}}`, false, 0},
		{"a webhook's", `{"id":"1","channel_id":"2","webhook_id":"9","author":{"id":"3"}}`, false, 0},
		{"a notice of a pin", `{"id":"1","channel_id":"2","type":6,"author":{"id":"3"}}`, false, 0},
		{"no author", `{"id":"1","channel_id":"2","content":"hi"}`, false, 1},
		{"an author without id", `{"id":"1","channel_id":"2","author":{}}`, false, 1},
		{"no id", `{"channel_id":"2","author":{"id":"3"}}`, false, 1},
		{"no channel", `{"id":"1","author":{"id":"3"}}`, false, 1},
		{"null", `null`, false, 1},
		{"wrong types", `{"id":5,"channel_id":{},"author":"nobody"}`, false, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			log, _ := newLogs(t, "")
			g := newGuard(log)
			var e discordgo.MessageCreate
			_ = json.Unmarshal([]byte(c.event), &e) // discordgo hands on what did not decode
			if got := g.message(&e); (got != nil) != c.passes || g.dropped.Load() != c.dropped {
				t.Errorf("passed: %t, dropped: %d", got != nil, g.dropped.Load())
			}
		})
	}
}

// FuzzGuard: whatever is sent as an event, what passes has all that handlers
// rely on, so that none of discordgo's accessors panics.
func FuzzGuard(f *testing.F) {
	member := `"member":{"user":{"id":"5"}}`
	for _, s := range []string{
		`{"id":"1","application_id":"2","token":"t","type":2,` + member + `,"data":{"id":"3","name":"ask","type":1,"options":[]}}`,
		`{"id":"1","application_id":"2","token":"t","type":3,"user":{"id":"5"},"message":{"id":"4"},"data":{"custom_id":"x","component_type":2}}`,
		`{"id":"1","application_id":"2","token":"t","type":4,` + member + `,"data":{"id":"3","name":"ask"}}`,
		`{"id":"1","application_id":"2","token":"t","type":5,` + member + `,"data":{"custom_id":"x","components":[]}}`,
		`{"id":"","type":0,"token":""}`, `null`, `[]`, `{"id":"1","type":2,"token":"t","data":{"id":7,"name":{},"options":"none"}}`,
		`{"id":"1","channel_id":"2","author":{"id":"3"},"content":"hi"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, event string) {
		log, _ := newLogs(t, "")
		g := newGuard(log)
		var m discordgo.MessageCreate
		_ = json.Unmarshal([]byte(event), &m)
		if got := g.message(&m); got != nil && (got.ID == "" || got.ChannelID == "" || got.Author == nil || got.Author.Bot) {
			t.Errorf("a message passed: %+v", got)
		}
		var e discordgo.InteractionCreate
		_ = json.Unmarshal([]byte(event), &e)
		i := g.interaction(&e)
		if i == nil {
			return
		}
		if i.ID == "" || i.Token == "" || i.AppID == "" || user(i).ID == "" {
			t.Errorf("an interaction passed: %+v", i)
		}
		switch i.Type {
		case discordgo.InteractionApplicationCommand, discordgo.InteractionApplicationCommandAutocomplete:
			_ = i.ApplicationCommandData()
		case discordgo.InteractionMessageComponent:
			_, _ = i.MessageComponentData(), i.Message.ID
		case discordgo.InteractionModalSubmit:
			_ = i.ModalSubmitData()
		default:
			t.Errorf("an interaction of type %d passed", i.Type)
		}
	})
}

// Row 5: a panic ends nothing, and the log says where without saying what a
// member wrote.
func TestGuardRun(t *testing.T) {
	for name, thrown := range map[string]any{
		"a text": "the member wrote SECRET", "an error": errors.New("in SECRET"), "nothing": nil, "the runtime's": nil,
	} {
		t.Run(name, func(t *testing.T) {
			log, l := newLogs(t, "")
			g := newGuard(log)
			returned := g.run("job", func() {
				if name == "the runtime's" {
					var none []int
					_ = none[len(name)]
				}
				panic(thrown)
			})
			text := l.String()
			if returned || g.panics.Load() != 1 || !strings.Contains(text, "guard_test.go") || strings.Contains(text, "SECRET") {
				t.Errorf("returned %t, %d panics; log %s", returned, g.panics.Load(), text)
			}
			if name == "the runtime's" && !strings.Contains(text, "out of range") {
				t.Errorf("the runtime's words are lost: %s", text)
			}
		})
	}
	log, l := newLogs(t, "")
	if g := newGuard(log); !g.run("job", func() {}) || l.String() != "" {
		t.Error("a job that returned counts as a panic")
	}
}
