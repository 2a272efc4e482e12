package discordtest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/rogpeppe/go-internal/testscript"

	"pincite/internal/discord/discordtest"
)

func TestScripts(t *testing.T) {
	t.Parallel()
	v := &discordtest.Verbs{Timeout: 2 * wait}
	testscript.Run(t, testscript.Params{Dir: "testdata", Setup: v.Setup, Cmds: v.Cmds()})
}

// TestScriptsThatFail runs scripts that have to fail, each for the reason in its first line.
func TestScriptsThatFail(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ script, why string }{
		"no discord":   {"server law\n", "no discord yet"},
		"no reply":     {"discord\nmember alice law\n", `no server "law"`},
		"offline":      {"discord\nserver law\nmember alice law\nsay alice '#general' hi\n", "did not come online"},
		"two":          {"discord\ndiscord\n", "one discord a script"},
		"bad fault":    {"discord\nfault flood\n", "no such fault"},
		"bad count":    {"discord\ncount requests 1\n", "requests is 0"},
		"not violated": {"discord\n! violations 'empty message'\n", "no violation matches"},
		"secret":       {"discord token=hidden-token\nsecrets log\n-- log --\nlogin with hidden-token\n", "holds the bot token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(dir+"/s.txtar", []byte(tc.script), 0o600); err != nil {
				t.Fatal(err)
			}
			v := &discordtest.Verbs{Options: discordtest.Options{NoSchema: true}, Timeout: 1}
			f := &failing{}
			f.run(testscript.Params{Dir: dir, Setup: v.Setup, Cmds: v.Cmds()})
			if !f.failed || !strings.Contains(f.log.String(), tc.why) {
				t.Errorf("failed: %v, for %s\nwant %q", f.failed, f.log.String(), tc.why)
			}
		})
	}
}

// failing is a testscript.T that takes note instead of failing.
type failing struct {
	log    strings.Builder
	failed bool
}

func (f *failing) run(p testscript.Params) {
	defer func() {
		if r := recover(); r != nil && r != any(f) {
			panic(r)
		}
	}()
	testscript.RunT(f, p)
}

func (f *failing) Skip(...any)                          { f.FailNow() }
func (f *failing) Fatal(args ...any)                    { f.Log(args...); f.FailNow() }
func (f *failing) Parallel()                            {}
func (f *failing) Log(args ...any)                      { fmt.Fprintln(&f.log, args...) }
func (f *failing) FailNow()                             { f.failed = true; panic(f) }
func (f *failing) Run(_ string, sub func(testscript.T)) { sub(f) }
func (f *failing) Verbose() bool                        { return false }

// echobot is a small bot in a process of its own, as the scripts meet the real one.
func echobot() {
	if err := runEchobot(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func runEchobot() error {
	to, err := url.Parse(os.Getenv("DISCORD_API"))
	if err != nil {
		return err
	}
	d, err := discordgo.New("Bot " + os.Getenv("DISCORD_TOKEN"))
	if err != nil {
		return err
	}
	d.Client = &http.Client{Transport: rewrite{to, &http.Transport{}}}
	d.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	d.AddHandler(echoMessage)
	d.AddHandler(echoInteraction)
	if err := d.Open(); err != nil {
		return err
	}
	if _, err := d.ApplicationCommandBulkOverwrite(d.State.User.ID, "", commands()); err != nil {
		return err
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
	return d.Close()
}

func echoMessage(d *discordgo.Session, m *discordgo.MessageCreate) {
	if m.Author == nil || m.Author.Bot || m.Content == "" {
		return
	}
	send := discordgo.MessageSend{Content: "You said: " + m.Content, AllowedMentions: nobody(), Reference: m.Reference()}
	if strings.Contains(m.Content, "ping me") {
		send.AllowedMentions = nil
	}
	_, _ = d.ChannelMessageSendComplex(m.ChannelID, &send)
}

func echoInteraction(d *discordgo.Session, i *discordgo.InteractionCreate) {
	if i.ID == "" || i.Data == nil {
		return // a malformed event
	}
	resp := &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{AllowedMentions: nobody()},
	}
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		data := i.ApplicationCommandData()
		switch data.Name {
		case "ask":
			resp.Data.Content = data.Options[0].StringValue()
			resp.Data.Components = []discordgo.MessageComponent{discordgo.ActionsRow{
				Components: []discordgo.MessageComponent{
					discordgo.Button{Label: "Paste", Style: discordgo.PrimaryButton, CustomID: "paste"},
					discordgo.Button{Label: "Who", Style: discordgo.PrimaryButton, CustomID: "who"},
				},
			}}
			if o := data.GetOption("private"); o != nil && o.BoolValue() {
				resp.Data.Flags = discordgo.MessageFlagsEphemeral
			}
		case "corpus":
			for _, a := range data.Resolved.Attachments {
				resp.Data.Content = "added " + a.Filename
			}
		default:
			resp.Data.Content = "about: " + data.Resolved.Messages[data.TargetID].Content
		}
	case discordgo.InteractionApplicationCommandAutocomplete:
		resp.Type = discordgo.InteractionApplicationCommandAutocompleteResult
		resp.Data.Choices = []*discordgo.ApplicationCommandOptionChoice{{Name: "Carta", Value: "carta"}}
	case discordgo.InteractionMessageComponent:
		resp.Data.Content = "clicked by " + i.Member.User.Username
		if i.MessageComponentData().CustomID == "paste" {
			resp = form()
		}
	case discordgo.InteractionModalSubmit:
		resp.Data.Content = "pasted"
	default:
		return
	}
	_ = d.InteractionRespond(i.Interaction, resp)
}
