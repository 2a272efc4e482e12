package discordtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// Verbs gives testscript a Discord to talk to; the package doc lists the verbs. Pass its Cmds and Setup on:
//
//	v := &discordtest.Verbs{}
//	testscript.Run(t, testscript.Params{Dir: "testdata", Setup: v.Setup, Cmds: v.Cmds()})
//
// One Verbs serves any number of scripts at the same time: each has a Discord of its own.
type Verbs struct {
	// Options are those of each script's server.
	Options Options
	// Timeout bounds each wait for the bot. Default: 10 s.
	Timeout time.Duration

	once   sync.Once
	schema *Schema
	err    error
}

// conversation is the state of one script.
type conversation struct {
	verbs   *Verbs
	server  *Server
	step    *Step  // the last thing that a user did
	reply   *Reply // the last reply to anything
	message string // the id of the last message of anybody's
	form    *Reply // the last form
	files   []File // attached, for the next message, command or form
	kept    map[string]*Reply
}

// conversationKey finds the conversation in a script's values.
type conversationKey struct{}

// Setup prepares a script. When the script ends, its server is closed, and violations that it did not look at fail it.
func (v *Verbs) Setup(env *testscript.Env) error {
	c := &conversation{verbs: v, kept: map[string]*Reply{}}
	env.Values[conversationKey{}] = c
	t := env.T()
	env.Defer(func() {
		if c.server == nil {
			return
		}
		c.server.Close()
		left := c.server.TakeViolations()
		for _, violation := range left {
			t.Log("the bot broke a rule: ", violation.String())
		}
		if len(left) > 0 {
			t.FailNow()
		}
	})
	return nil
}

// verb is one verb. Its error fails the script.
type verb func(c *conversation, ts *testscript.TestScript, neg bool, args []string) error

// Cmds returns the verbs for testscript.Params.Cmds.
func (v *Verbs) Cmds() map[string]func(*testscript.TestScript, bool, []string) {
	verbs := map[string]verb{
		"discord": (*conversation).start, "server": (*conversation).addServer, "member": (*conversation).addMember,
		"allow": (*conversation).allow, "leave": (*conversation).leave, "outage": (*conversation).outage,
		"recover": (*conversation).endOutage, "online": (*conversation).online, "offline": (*conversation).offline,
		"say": (*conversation).say, "slash": (*conversation).slash, "complete": (*conversation).complete,
		"menu": (*conversation).menu, "click": (*conversation).click, "choose": (*conversation).choose,
		"modal": (*conversation).modal, "attach": (*conversation).attach, "keep": (*conversation).keep,
		"reply": (*conversation).showReply, "quiet": (*conversation).quiet, "channel": (*conversation).transcript,
		"violations": (*conversation).violations, "count": (*conversation).count, "secrets": (*conversation).secrets,
		"fault": (*conversation).fault, "download": (*conversation).download,
	}
	cmds := make(map[string]func(*testscript.TestScript, bool, []string), len(verbs))
	for name, f := range verbs {
		cmds[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			c, isSet := ts.Value(conversationKey{}).(*conversation)
			if !isSet {
				ts.Fatalf("%s: Verbs.Setup was not called", name)
			}
			if c.server == nil && name != "discord" {
				ts.Fatalf("%s: no discord yet", name)
			}
			if err := f(c, ts, neg, args); err != nil {
				ts.Fatalf("%s: %v", name, err)
			}
		}
	}
	return cmds
}

func (v *Verbs) timeout() time.Duration {
	if v.Timeout > 0 {
		return v.Timeout
	}
	return 10 * time.Second
}

// start: discord [heartbeat=DURATION] [callback=DURATION] [upload=BYTES] [token=TOKEN]
func (c *conversation) start(ts *testscript.TestScript, neg bool, args []string) error {
	if neg || c.server != nil {
		return errors.New("there is one discord a script")
	}
	o := c.verbs.Options
	for _, a := range args {
		key, value, _ := strings.Cut(a, "=")
		var err error
		switch key {
		case "heartbeat":
			o.HeartbeatInterval, err = time.ParseDuration(value)
		case "callback":
			o.CallbackTimeout, err = time.ParseDuration(value)
		case "upload":
			o.UploadLimit, err = strconv.Atoi(value)
		case "token":
			o.Token = value
		default:
			err = fmt.Errorf("no setting %q", key)
		}
		if err != nil {
			return err
		}
	}
	c.verbs.once.Do(func() {
		if o.Schema == nil && !o.NoSchema {
			c.verbs.schema, c.verbs.err = FindSchema()
		}
	})
	switch {
	case errors.Is(c.verbs.err, ErrNoSchema):
		ts.Logf("requests are not checked against OpenAPI: %v", c.verbs.err)
		o.NoSchema = true
	case c.verbs.err != nil:
		return c.verbs.err
	case o.Schema == nil:
		o.Schema = c.verbs.schema
	}
	s, err := New(o)
	if err != nil {
		return err
	}
	c.server = s
	ts.Setenv("DISCORD_API", s.URL())
	ts.Setenv("DISCORD_TOKEN", s.Token())
	return nil
}

// wait returns a context that ends with the time for one wait.
func (c *conversation) wait() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), c.verbs.timeout())
}

// await waits until the bot is online for a channel.
func (c *conversation) await(user, channel string) error {
	server, _, _ := strings.Cut(channel, "#")
	if channel == "@dm" {
		server = ""
	} else if server == "" {
		id, err := c.server.ChannelID(user, channel)
		if err != nil {
			return err
		}
		server = c.server.serverOf(id)
	}
	ctx, cancel := c.wait()
	defer cancel()
	if err := c.server.WaitOnline(ctx, server); err != nil {
		return fmt.Errorf("the bot did not come online: %w", err)
	}
	return nil
}

// serverOf returns the name of the server that a channel is in.
func (s *Server) serverOf(channelID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.world.channels[channelID]; c != nil && c.guild != nil {
		return c.guild.name
	}
	return ""
}

// took goes on after a user did something: it waits for the reply, unless nowait.
func (c *conversation) took(ts *testscript.TestScript, step *Step, err error, nowait bool) error {
	if err != nil {
		return err
	}
	c.step = step
	if step.MessageID != "" {
		c.message = step.MessageID
	}
	if nowait {
		return nil
	}
	return c.next(ts)
}

// next waits for the next reply of the last step and writes it to $WORK/reply.
func (c *conversation) next(ts *testscript.TestScript) error {
	if c.step == nil {
		return errors.New("nobody has done anything yet")
	}
	r, err := c.step.WaitReply(c.verbs.timeout())
	if err != nil {
		return err
	}
	c.reply = r
	if r.Message != nil && r.Kind != KindDelete {
		c.message = r.Message.ID
	}
	if r.Modal != nil {
		c.form = r
	}
	return writeWork(ts, "reply", r.Render())
}

// writeWork writes a file into the script's folder.
func writeWork(ts *testscript.TestScript, name, content string) error {
	return os.WriteFile(filepath.Join(ts.Getenv("WORK"), name), []byte(content), 0o600)
}

// options takes the leading -name options off args. An option in valued takes the next argument as its value.
func options(args []string, plain, valued string) (map[string]string, []string, error) {
	opts := map[string]string{}
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		name := args[0][1:]
		switch {
		case slices.Contains(strings.Fields(plain), name):
			opts[name], args = "yes", args[1:]
		case slices.Contains(strings.Fields(valued), name) && len(args) > 1:
			opts[name], args = args[1], args[2:]
		default:
			return nil, nil, fmt.Errorf("no option -%s, or no value for it", name)
		}
	}
	return opts, args, nil
}

// on returns the message that -on or -reply names: a kept reply's, or the last one.
func (c *conversation) on(name string) (string, error) {
	if name == "" {
		if c.message == "" {
			return "", errors.New("there is no message yet")
		}
		return c.message, nil
	}
	r := c.kept[name]
	if r == nil || r.Message == nil {
		return "", fmt.Errorf("no message was kept as %q; there are %q", name, slices.Sorted(maps.Keys(c.kept)))
	}
	return r.Message.ID, nil
}

// fromFile returns text, or what is in the file where text is <FILE.
func fromFile(ts *testscript.TestScript, text string) string {
	if name, isFile := strings.CutPrefix(text, "<"); isFile && name != "" && !strings.HasSuffix(name, ">") {
		return strings.TrimSuffix(ts.ReadFile(name), "\n")
	}
	return text
}
