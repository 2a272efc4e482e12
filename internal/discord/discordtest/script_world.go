package discordtest

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// addServer: server NAME [CHANNEL…]
func (c *conversation) addServer(_ *testscript.TestScript, _ bool, args []string) error {
	if len(args) == 0 {
		return errors.New("usage: server NAME [CHANNEL…]")
	}
	_, err := c.server.AddServer(args[0], args[1:]...)
	return err
}

// addMember: member NAME SERVER [manage] [locale=LOCALE]
func (c *conversation) addMember(_ *testscript.TestScript, _ bool, args []string) error {
	if len(args) < 2 {
		return errors.New("usage: member NAME SERVER [manage] [locale=LOCALE]")
	}
	manage := false
	for _, a := range args[2:] {
		locale, isLocale := strings.CutPrefix(a, "locale=")
		switch {
		case a == "manage":
			manage = true
		case isLocale:
			c.server.SetLocale(args[0], locale)
		default:
			return fmt.Errorf("%q is neither manage nor locale=LOCALE", a)
		}
	}
	_, err := c.server.AddMember(args[0], args[1], manage)
	return err
}

// allow: allow USER SERVER /COMMAND
func (c *conversation) allow(_ *testscript.TestScript, _ bool, args []string) error {
	if len(args) != 3 {
		return errors.New("usage: allow USER SERVER /COMMAND")
	}
	return c.server.AllowCommand(args[0], args[1], strings.TrimPrefix(args[2], "/"))
}

// one calls f with the only argument.
func one(f func(string) error, args []string) error {
	if len(args) != 1 {
		return errors.New("takes one server")
	}
	return f(args[0])
}

// leave: leave SERVER
func (c *conversation) leave(_ *testscript.TestScript, _ bool, args []string) error {
	return one(c.server.Leave, args)
}

// outage: outage SERVER
func (c *conversation) outage(_ *testscript.TestScript, _ bool, args []string) error {
	return one(c.server.Outage, args)
}

// endOutage: recover SERVER
func (c *conversation) endOutage(_ *testscript.TestScript, _ bool, args []string) error {
	return one(c.server.Recover, args)
}

// online: online [SERVER]
func (c *conversation) online(_ *testscript.TestScript, _ bool, args []string) error {
	ctx, cancel := c.wait()
	defer cancel()
	return c.server.WaitOnline(ctx, strings.Join(args, " "))
}

// offline: offline
func (c *conversation) offline(_ *testscript.TestScript, _ bool, _ []string) error {
	ctx, cancel := c.wait()
	defer cancel()
	return c.server.WaitOffline(ctx)
}

// keep: keep NAME
func (c *conversation) keep(_ *testscript.TestScript, _ bool, args []string) error {
	if len(args) != 1 || c.reply == nil {
		return errors.New("usage: keep NAME, after a reply")
	}
	c.kept[args[0]] = c.reply
	return nil
}

// showReply: reply [-next | -all | NAME]
func (c *conversation) showReply(ts *testscript.TestScript, _ bool, args []string) error {
	switch {
	case len(args) == 1 && args[0] == "-next":
		return c.next(ts)
	case len(args) == 1 && args[0] == "-all":
		if c.step == nil {
			return errors.New("nobody has done anything yet")
		}
		var all []string
		for _, r := range c.step.Replies() {
			all = append(all, r.Render())
		}
		return writeWork(ts, "reply", strings.Join(all, "---\n"))
	case len(args) == 1:
		r := c.kept[args[0]]
		if r == nil {
			return fmt.Errorf("nothing was kept as %q", args[0])
		}
		return writeWork(ts, "reply", r.Render())
	case c.reply == nil:
		return errors.New("there is no reply yet")
	}
	return writeWork(ts, "reply", c.reply.Render())
}

// quiet: quiet [DURATION]
func (c *conversation) quiet(_ *testscript.TestScript, _ bool, args []string) error {
	d := silence
	if len(args) == 1 {
		var err error
		if d, err = time.ParseDuration(args[0]); err != nil {
			return err
		}
	}
	if c.step == nil {
		return errors.New("nobody has done anything yet")
	}
	return c.step.Quiet(d)
}

// transcript: channel USER CHANNEL
func (c *conversation) transcript(ts *testscript.TestScript, _ bool, args []string) error {
	if len(args) != 2 {
		return errors.New("usage: channel USER CHANNEL")
	}
	ms, err := c.server.Messages(args[0], args[1])
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, m := range ms {
		r := Reply{
			Kind: KindMessage, Message: m, Ephemeral: m.Ephemeral(), server: c.server, step: &Step{User: args[0]},
		}
		b.WriteString(m.Author.Username + ":\n" + r.Render())
	}
	return writeWork(ts, "channel", b.String())
}

// violations: violations; ! violations REGEXP
func (c *conversation) violations(_ *testscript.TestScript, neg bool, args []string) error {
	got := c.server.TakeViolations()
	var lines []string
	for _, v := range got {
		lines = append(lines, v.String())
	}
	all := strings.Join(lines, "\n")
	if !neg {
		if len(got) > 0 {
			return fmt.Errorf("the bot broke rules:\n%s", all)
		}
		return nil
	}
	if len(args) != 1 {
		return errors.New("usage: ! violations REGEXP")
	}
	re, err := regexp.Compile(args[0])
	if err != nil {
		return err
	}
	if !re.MatchString(all) {
		return fmt.Errorf("no violation matches %q, only:\n%s", args[0], all)
	}
	return nil
}

// counters are the counts that a script can ask for.
func counters(st Stats) map[string]int {
	return map[string]int{
		"connections": st.Connections, "identifies": st.Identifies, "resumes": st.Resumes, "heartbeats": st.Heartbeats,
		"requests": st.Requests, "overwrites": st.CommandOverwrites, "repeats": st.NonceRepeats, "typing": st.Typing,
		"downloads": st.Downloads, "invalid": st.Invalid,
	}
}

// count: count COUNTER N
func (c *conversation) count(_ *testscript.TestScript, neg bool, args []string) error {
	if len(args) != 2 {
		return errors.New("usage: count COUNTER N")
	}
	want, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	deadline := time.Now().Add(c.verbs.timeout())
	for {
		got, known := counters(c.server.Stats())[args[0]]
		switch {
		case !known:
			return fmt.Errorf("no counter %q", args[0])
		case (got == want) != neg:
			return nil
		case neg, got > want, time.Now().After(deadline):
			return fmt.Errorf("%s is %d", args[0], got)
		}
		time.Sleep(countEvery)
	}
}

// countEvery is how often a count is looked at that has not been reached.
const countEvery = 10 * time.Millisecond

// secrets: secrets FILE…
func (c *conversation) secrets(ts *testscript.TestScript, _ bool, args []string) error {
	if len(args) == 0 {
		return errors.New("usage: secrets FILE…")
	}
	for _, name := range args {
		text := ""
		switch name {
		case "stdout", "stderr":
			text = ts.ReadFile(name)
		default:
			data, err := os.ReadFile(ts.MkAbs(name))
			if err != nil {
				return err
			}
			text = string(data)
		}
		switch {
		case strings.Contains(text, c.server.Token()):
			return fmt.Errorf("%s holds the bot token", name)
		case strings.Contains(text, interactionTokenPrefix):
			return fmt.Errorf("%s holds an interaction token", name)
		}
	}
	return nil
}
