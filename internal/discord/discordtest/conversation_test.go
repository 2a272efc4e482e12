package discordtest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/discord/discordtest"
)

func TestMessageAndReply(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	var f failures
	online(t, s, func(d *discordgo.Session, m *discordgo.MessageCreate) {
		if m.Author.Bot || m.Content == "" {
			return
		}
		_, err := d.ChannelMessageSendComplex(m.ChannelID, &discordgo.MessageSend{
			Content: "You said: " + m.Content, AllowedMentions: nobody(), Reference: m.Reference(),
		})
		f.add(err)
	})
	step, err := s.Say("alice", "#general", "@pincite does it hold?")
	r := reply(t, step, err)
	shows(t, r, "(reply to alice)\nYou said: @pincite does it hold?\n")
	if r.Ephemeral || r.Deferred || r.Latency <= 0 {
		t.Errorf("reply %+v", r)
	}
	// A reply to the bot's message mentions it, unless the ping is off.
	step, err = s.Say("bob", "#general", "and then?", discordtest.ReplyTo(r.Message.ID))
	shows(t, reply(t, step, err), "(reply to bob)\nYou said: and then?\n")
	for _, o := range []discordtest.SayOption{discordtest.ReplyTo(r.Message.ID), discordtest.FromBot()} {
		step, err = s.Say("bob", "#general", "not for you", o, discordtest.WithoutPing())
		if err != nil {
			t.Fatal(err)
		}
		if err := step.Quiet(50 * time.Millisecond); err != nil {
			t.Error(err)
		}
	}
	step, err = s.Say("carol", "@dm", "in private")
	shows(t, reply(t, step, err), "(reply to carol)\nYou said: in private\n")
	f.report(t)
}

func TestContentIntent(t *testing.T) {
	t.Parallel()
	for _, granted := range []bool{false, true} {
		s := start(t, discordtest.Options{PrivilegedIntents: int(discordgo.IntentMessageContent)})
		d := session(t, s)
		if granted {
			d.Identify.Intents |= discordgo.IntentMessageContent
		}
		seen := make(chan string, 1)
		d.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { seen <- m.Content })
		open(t, d)
		must(t)(s.Say("alice", "#general", "between us"))
		want := ""
		if granted {
			want = "between us"
		}
		if got := receive(t, "the message", seen); got != want {
			t.Errorf("granted %v: the bot read %q, want %q", granted, got, want)
		}
	}
}

func TestSlash(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	var f failures
	online(t, s, func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		data := i.ApplicationCommandData()
		flags := discordgo.MessageFlags(0)
		if o := data.GetOption("private"); o != nil && o.BoolValue() {
			flags = discordgo.MessageFlagsEphemeral
		}
		f.add(d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{
				Flags: flags, AllowedMentions: nobody(),
				Embeds: []*discordgo.MessageEmbed{{
					Title: data.GetOption("question").StringValue(), Description: "> *word* for word\n¶ 8",
					URL: "https://example.org/a", Footer: &discordgo.MessageEmbedFooter{Text: "the end"},
					Fields: []*discordgo.MessageEmbedField{{Name: "n. 1", Value: "a note"}},
				}},
				Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
					discordgo.Button{Label: "More", Style: discordgo.PrimaryButton, CustomID: "m:1"},
					discordgo.Button{Label: "Source", Style: discordgo.LinkButton, URL: "https://example.org"},
					discordgo.Button{Label: "Less", Style: discordgo.SecondaryButton, CustomID: "m:0", Disabled: true},
				}}},
			},
		}))
	})
	step, err := s.Slash("alice", "#general", "ask", discordtest.Value{"question", "Why?"}, discordtest.Value{"private", "true"})
	r := reply(t, step, err)
	shows(t, r, `(only alice sees this)
| # Why? <https://example.org/a>
| > *word* for word
| ¶ 8
| ## n. 1
| a note
| -- the end
[More] [Source](https://example.org) [Less, off]
`)
	if _, err := s.Click("bob", r.Message.ID, "More"); err == nil {
		t.Error("bob clicked on what only alice sees")
	}
	for _, b := range []string{"Source", "Less", "None"} {
		if _, err := s.Click("alice", r.Message.ID, b); err == nil {
			t.Errorf("clicked %q", b)
		}
	}
	if n := len(s.Latencies()); n != 1 {
		t.Errorf("%d latencies, want 1", n)
	}
	f.report(t)
}

func TestSlashRefusedByTheClient(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	online(t, s)
	for _, tc := range []struct {
		user, command string
		values        []discordtest.Value
	}{
		{"alice", "nothing", nil},
		{"alice", "ask", nil},
		{"alice", "ask", []discordtest.Value{{"question", ""}}},
		{"alice", "ask", []discordtest.Value{{"question", "a"}, {"private", "perhaps"}}},
		{"alice", "ask", []discordtest.Value{{"question", "a"}, {"other", "b"}}},
		{"alice", "corpus", nil},
		{"alice", "corpus remove", nil},
		{"bob", "corpus add", nil},
	} {
		if _, err := s.Slash(tc.user, "#general", tc.command, tc.values...); err == nil {
			t.Errorf("%s could send %q %v", tc.user, tc.command, tc.values)
		}
	}
	if err := s.AllowCommand("bob", "law", "corpus"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Slash("bob", "#general", "corpus add"); err != nil {
		t.Errorf("with the command opened to bob: %v", err)
	}
}

func TestDeferredAndFollowup(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	var f failures
	online(t, s, func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		f.add(d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral},
		}))
		text := "found it"
		_, err := d.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{
			Content: &text, AllowedMentions: nobody(),
		})
		f.add(err)
		m, err := d.FollowupMessageCreate(i.Interaction, true, &discordgo.WebhookParams{
			Content: "and more", AllowedMentions: nobody(),
		})
		f.add(err)
		f.add(d.FollowupMessageDelete(i.Interaction, m.ID))
		f.add(d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: "late", AllowedMentions: nobody()},
		}))
	})
	step, err := s.Slash("bob", "#general", "ask", discordtest.Value{"question", "Why?"})
	r := reply(t, step, err)
	shows(t, r, "(only bob sees this)\nfound it\n")
	if !r.Deferred {
		t.Error("the reply does not say that it was deferred")
	}
	shows(t, reply(t, step, nil), "and more\n")
	shows(t, reply(t, step, nil), "(deleted)\n")
	eventually(t, "the second callback to be refused", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return len(f.errs) > 0
	})
	if len(f.errs) != 1 || !strings.Contains(f.errs[0].Error(), "40060") {
		t.Errorf("errors %v, want only that the interaction is acknowledged already", f.errs)
	}
}

// form is a modal with one text input.
func form() *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseModal,
		Data: &discordgo.InteractionResponseData{
			CustomID: "paste", Title: "Paste a text",
			Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
				discordgo.TextInput{
					CustomID: "text", Label: "Text", Style: discordgo.TextInputParagraph, Required: true, MaxLength: 20,
					Placeholder: "Markdown is fine",
				},
			}}},
		},
	}
}

func TestComponentAndModal(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	var f failures
	online(t, s, func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		var resp discordgo.InteractionResponse
		switch i.Type {
		case discordgo.InteractionApplicationCommand:
			resp = discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{
				Content: "one", AllowedMentions: nobody(),
				Components: []discordgo.MessageComponent{
					discordgo.ActionsRow{Components: []discordgo.MessageComponent{
						discordgo.Button{Label: "Paste", Style: discordgo.PrimaryButton, CustomID: "paste"},
						discordgo.Button{Label: "Next", Style: discordgo.PrimaryButton, CustomID: "next"},
						discordgo.Button{Label: "Nod", Style: discordgo.PrimaryButton, CustomID: "nod"},
						discordgo.Button{Label: "Think", Style: discordgo.PrimaryButton, CustomID: "think"},
					}},
					discordgo.ActionsRow{Components: []discordgo.MessageComponent{
						discordgo.SelectMenu{CustomID: "style", Placeholder: "Style", Options: []discordgo.SelectMenuOption{
							{Label: "Plain", Value: "plain", Default: true}, {Label: "OSCOLA", Value: "oscola"},
						}},
					}},
				},
			}}
		case discordgo.InteractionMessageComponent:
			switch data := i.MessageComponentData(); data.CustomID {
			case "paste":
				resp = *form()
			case "next":
				resp = discordgo.InteractionResponse{Type: 7, Data: &discordgo.InteractionResponseData{
					Content: "two, after " + i.Message.Content, AllowedMentions: nobody(),
				}}
			case "style":
				resp = discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{
					Content: strings.Join(data.Values, ","), AllowedMentions: nobody(),
				}}
			default:
				resp = discordgo.InteractionResponse{Type: 6}
			}
		case discordgo.InteractionModalSubmit:
			text := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput).Value
			resp = discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{
				Content: "got " + text, Flags: discordgo.MessageFlagsEphemeral, AllowedMentions: nobody(),
			}}
		}
		f.add(d.InteractionRespond(i.Interaction, &resp))
		if i.Type == discordgo.InteractionMessageComponent && i.MessageComponentData().CustomID == "think" {
			text := "thought"
			_, err := d.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{
				Content: &text, AllowedMentions: nobody(),
			})
			f.add(err)
		}
	})
	step, err := s.Slash("alice", "#general", "ask", discordtest.Value{"question", "Why?"})
	first := reply(t, step, err)
	shows(t, first, "one\n[Paste] [Next] [Nod] [Think]\n{Style: *Plain | OSCOLA}\n")

	step, err = s.Click("bob", first.Message.ID, "Paste")
	m := reply(t, step, err)
	shows(t, m, "(form) Paste a text\nText*: (Markdown is fine)\n")
	for _, fields := range []map[string]any{{}, {"Text": ""}, {"Text": strings.Repeat("x", 21)}, {"Title": "x"}} {
		if _, err := s.SubmitModal(m, fields); err == nil {
			t.Errorf("the form took %v", fields)
		}
	}
	step, err = s.SubmitModal(m, map[string]any{"Text": "a law"})
	shows(t, reply(t, step, err), "(only bob sees this)\ngot a law\n")

	step, err = s.Select("bob", first.Message.ID, "Style", "OSCOLA")
	shows(t, reply(t, step, err), "oscola\n")

	step, err = s.Click("bob", first.Message.ID, "Nod")
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the acknowledgement", func() bool { return len(s.Latencies()) == 5 })
	nod, err := step.WaitReply(time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if nod.Kind != discordtest.KindAck || !strings.HasPrefix(nod.Render(), "(no change)\n") {
		t.Errorf("a click that changes nothing gave %q", nod.Render())
	}
	step, err = s.Click("bob", first.Message.ID, "Think")
	shows(t, reply(t, step, err), "(edited)\nthought\n[Paste] [Next] [Nod] [Think]\n{Style: *Plain | OSCOLA}\n")
	step, err = s.Click("bob", first.Message.ID, "next")
	shows(t, reply(t, step, err), "(edited)\ntwo, after thought\n")
	f.report(t)
}

func TestAutocompleteAndMessageCommand(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	var f failures
	online(t, s, func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		data := i.ApplicationCommandData()
		if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
			o := data.GetOption("document")
			f.add(d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
				Type: discordgo.InteractionApplicationCommandAutocompleteResult,
				Data: &discordgo.InteractionResponseData{Choices: []*discordgo.ApplicationCommandOptionChoice{
					{Name: "Carta", Value: "carta"}, {Name: o.StringValue(), Value: o.StringValue()},
				}},
			}))
			return
		}
		target := data.Resolved.Messages[data.TargetID]
		f.add(d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: "about: " + target.Content, AllowedMentions: nobody()},
		}))
	})
	step, err := s.Autocomplete("bob", "#general", "ask", "document", "car", discordtest.Value{"question", "Why?"})
	shows(t, reply(t, step, err), "(suggestions)\n- Carta = carta\n- car\n")
	if _, err := s.Autocomplete("bob", "#general", "ask", "question", "car"); err == nil {
		t.Error("an option without autocomplete completes")
	}
	said, err := s.Say("alice", "#general", "a claim")
	if err != nil {
		t.Fatal(err)
	}
	// The target's content comes with a message command, without any intent.
	step, err = s.MessageCommand("bob", "Ask about this", said.MessageID)
	shows(t, reply(t, step, err), "about: a claim\n")
	f.report(t)
}

func TestAttachment(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	var f failures
	online(t, s, func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		data := i.ApplicationCommandData()
		a := data.Resolved.Attachments[data.Options[0].Options[0].Value.(string)]
		resp, err := d.Client.Get(a.URL)
		f.add(err)
		text, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		f.add(err)
		f.add(d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{
				Content: a.Filename + ": " + string(text), AllowedMentions: nobody(),
				Files: []*discordgo.File{{Name: "back.txt", ContentType: "text/plain", Reader: strings.NewReader("12345")}},
			},
		}))
	})
	file := discordtest.File{Name: "law.md", Data: []byte("# A law")}
	step, err := s.Slash("alice", "#general", "corpus add", discordtest.Value{"file", file})
	r := reply(t, step, err)
	shows(t, r, "law.md: # A law\nattached: back.txt (5 bytes)\n")
	c := http.Client{Transport: transport(t, s)}
	resp, err := c.Get(strings.Replace(r.Message.Attachments[0].URL, "back", "other", 1))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusNotFound {
		t.Errorf("a wrong attachment link gave %s", resp.Status)
	}
	f.report(t)
}
