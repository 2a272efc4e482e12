package discordtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// silence is how long a script waits where it expects that nothing comes.
const silence = 300 * time.Millisecond

// say: say [-bot] [-noping] [-nowait] [-offline] [-reply] [-to KEPT] [-times N] USER CHANNEL TEXT…
func (c *conversation) say(ts *testscript.TestScript, neg bool, args []string) error {
	o, args, err := options(args, "bot noping nowait offline reply", "to times")
	if err != nil {
		return err
	}
	if len(args) < 3 {
		return errors.New("usage: say USER CHANNEL TEXT")
	}
	user, channel := args[0], args[1]
	for i := range args {
		args[i] = fromFile(ts, args[i])
	}
	if o["offline"] == "" {
		if err := c.await(user, channel); err != nil {
			return err
		}
	}
	opts := []SayOption{WithFiles(c.takeFiles()...)}
	if o["bot"] != "" {
		opts = append(opts, FromBot())
	}
	if o["noping"] != "" {
		opts = append(opts, WithoutPing())
	}
	if o["reply"] != "" || o["to"] != "" {
		id, err := c.on(o["to"])
		if err != nil {
			return err
		}
		opts = append(opts, ReplyTo(id))
	}
	times := 1
	if n := o["times"]; n != "" {
		if times, err = strconv.Atoi(n); err != nil || times < 1 {
			return fmt.Errorf("-times %q", n)
		}
	}
	var step *Step
	for range times {
		if step, err = c.server.Say(user, channel, strings.Join(args[2:], " "), opts...); err != nil {
			return err
		}
	}
	nowait := neg || o["nowait"] != "" || o["offline"] != "" || times > 1
	if err := c.took(ts, step, nil, nowait); err != nil || !neg {
		return err
	}
	return step.Quiet(silence)
}

func (c *conversation) takeFiles() []File {
	files := c.files
	c.files = nil
	return files
}

// commandLine splits "/corpus add title=x" into the command and its values.
func commandLine(ts *testscript.TestScript, args []string) (command string, values []Value, err error) {
	if len(args) == 0 || !strings.HasPrefix(args[0], "/") {
		return "", nil, errors.New("the command has to begin with /")
	}
	words := []string{strings.TrimPrefix(args[0], "/")}
	args = args[1:]
	for len(args) > 0 && !strings.Contains(args[0], "=") {
		words, args = append(words, args[0]), args[1:]
	}
	for _, a := range args {
		name, value, isValue := strings.Cut(a, "=")
		if !isValue {
			return "", nil, fmt.Errorf("%q is not of the form option=value", a)
		}
		values = append(values, Value{name, fromFile(ts, value)})
	}
	return strings.Join(words, " "), values, nil
}

// slash: slash [-nowait] USER CHANNEL /COMMAND [SUBCOMMAND] [OPTION=VALUE…]
func (c *conversation) slash(ts *testscript.TestScript, neg bool, args []string) error {
	o, args, err := options(args, "nowait", "")
	if err != nil {
		return err
	}
	if len(args) < 3 {
		return errors.New("usage: slash USER CHANNEL /COMMAND [SUBCOMMAND] [OPTION=VALUE…]")
	}
	command, values, err := commandLine(ts, args[2:])
	if err != nil {
		return err
	}
	if err := c.awaitCommand(args[0], args[1], command, neg); err != nil {
		return err
	}
	for _, f := range c.takeFiles() {
		name, err := c.server.fileOption(command, values)
		if err != nil {
			return err
		}
		values = append(values, Value{name, f})
	}
	step, err := c.server.Slash(args[0], args[1], command, values...)
	if neg {
		if err == nil {
			return errors.New("the client offers the command after all")
		}
		ts.Logf("refused: %v", err)
		return nil
	}
	return c.took(ts, step, err, o["nowait"] != "")
}

// awaitCommand waits until the bot is online and the command is registered, or any command where this one is
// expected to be refused.
func (c *conversation) awaitCommand(user, channel, command string, refused bool) error {
	if err := c.await(user, channel); err != nil {
		return err
	}
	if refused {
		command = ""
	}
	ctx, cancel := c.wait()
	defer cancel()
	return c.server.WaitCommand(ctx, command)
}

// fileOption returns the first attachment option of a command that has no value yet.
func (s *Server) fileOption(command string, values []Value) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	words := strings.Fields(command)
	for _, cmds := range s.world.commands {
		for _, cmd := range cmds {
			if cmd.Name != words[0] {
				continue
			}
			opts := cmd.Options
			for _, word := range words[1:] {
				for _, o := range opts {
					if o.Name == word {
						opts = o.Options
						break
					}
				}
			}
			for _, o := range opts {
				if o.Type == optionAttachment && !given(values, o.Name) {
					return o.Name, nil
				}
			}
		}
	}
	return "", fmt.Errorf("/%s takes no file", command)
}

func given(values []Value, name string) bool {
	for _, v := range values {
		if v.Name == name {
			return true
		}
	}
	return false
}

// complete: complete USER CHANNEL /COMMAND [SUBCOMMAND] [OPTION=VALUE…] OPTION=TYPED
func (c *conversation) complete(ts *testscript.TestScript, neg bool, args []string) error {
	if len(args) < 4 || neg {
		return errors.New("usage: complete USER CHANNEL /COMMAND [SUBCOMMAND] [OPTION=VALUE…] OPTION=TYPED")
	}
	command, values, err := commandLine(ts, args[2:])
	if err != nil {
		return err
	}
	if len(values) == 0 {
		return errors.New("the last argument has to be OPTION=TYPED")
	}
	if err := c.awaitCommand(args[0], args[1], command, false); err != nil {
		return err
	}
	last := values[len(values)-1]
	step, err := c.server.Autocomplete(args[0], args[1], command, last.Name, last.V.(string), values[:len(values)-1]...)
	return c.took(ts, step, err, false)
}

// menu: menu [-on KEPT] [-nowait] USER COMMAND
func (c *conversation) menu(ts *testscript.TestScript, neg bool, args []string) error {
	o, args, err := options(args, "nowait", "on")
	if err != nil {
		return err
	}
	if len(args) != 2 {
		return errors.New("usage: menu [-on KEPT] USER COMMAND")
	}
	id, err := c.on(o["on"])
	if err != nil {
		return err
	}
	ctx, cancel := c.wait()
	defer cancel()
	if err := c.server.WaitCommand(ctx, args[1]); err != nil {
		return err
	}
	if err := c.awaitMessage(id); err != nil {
		return err
	}
	step, err := c.server.MessageCommand(args[0], args[1], id)
	if neg {
		if !errors.Is(err, errNotOffered) && !errors.Is(err, ErrUnknownCommand) {
			return fmt.Errorf("it is offered after all (%w)", err)
		}
		return nil
	}
	return c.took(ts, step, err, o["nowait"] != "")
}

// click: click [-on KEPT] [-nowait] USER BUTTON
func (c *conversation) click(ts *testscript.TestScript, neg bool, args []string) error {
	o, args, err := options(args, "nowait", "on")
	if err != nil {
		return err
	}
	if len(args) != 2 {
		return errors.New("usage: click [-on KEPT] USER BUTTON")
	}
	id, err := c.on(o["on"])
	if err != nil {
		return err
	}
	if err := c.awaitMessage(id); err != nil {
		return err
	}
	step, err := c.server.Click(args[0], id, args[1])
	if neg {
		if err == nil {
			return errors.New("it can be clicked after all")
		}
		ts.Logf("refused: %v", err)
		return nil
	}
	return c.took(ts, step, err, o["nowait"] != "")
}

// awaitMessage waits until the bot is online where a message is.
func (c *conversation) awaitMessage(id string) error {
	c.server.mu.Lock()
	name := ""
	if m := c.server.world.messages[id]; m != nil && m.channel.guild != nil {
		name = m.channel.guild.name
	}
	c.server.mu.Unlock()
	ctx, cancel := c.wait()
	defer cancel()
	if err := c.server.WaitOnline(ctx, name); err != nil {
		return fmt.Errorf("the bot did not come online: %w", err)
	}
	return nil
}

// choose: choose [-on KEPT] [-nowait] USER MENU VALUE…
func (c *conversation) choose(ts *testscript.TestScript, neg bool, args []string) error {
	o, args, err := options(args, "nowait", "on")
	if err != nil {
		return err
	}
	if len(args) < 2 || neg {
		return errors.New("usage: choose [-on KEPT] USER MENU VALUE…")
	}
	id, err := c.on(o["on"])
	if err != nil {
		return err
	}
	if err := c.awaitMessage(id); err != nil {
		return err
	}
	step, err := c.server.Select(args[0], id, args[1], args[2:]...)
	return c.took(ts, step, err, o["nowait"] != "")
}

// modal: modal [-nowait] USER FIELD=VALUE…
func (c *conversation) modal(ts *testscript.TestScript, neg bool, args []string) error {
	o, args, err := options(args, "nowait", "")
	if err != nil {
		return err
	}
	switch {
	case len(args) == 0:
		return errors.New("usage: modal USER FIELD=VALUE…")
	case c.form == nil:
		return errors.New("no form was opened")
	case c.form.step.User != args[0]:
		return fmt.Errorf("the form was opened by %s", c.form.step.User)
	}
	fields := map[string]any{}
	for _, a := range args[1:] {
		name, value, isField := strings.Cut(a, "=")
		if !isField {
			return fmt.Errorf("%q is not of the form FIELD=VALUE", a)
		}
		fields[name] = fromFile(ts, value)
	}
	files := c.takeFiles()
	for f := range components(c.form.Modal.Components) {
		if f.Type == componentFileUpload && len(files) > 0 {
			fields[f.CustomID], files = files[0], files[1:]
		}
	}
	step, err := c.server.SubmitModal(c.form, fields)
	if neg {
		if err == nil {
			return errors.New("the form can be sent after all")
		}
		ts.Logf("refused: %v", err)
		return nil
	}
	return c.took(ts, step, err, o["nowait"] != "")
}

// attach: attach FILE…
func (c *conversation) attach(ts *testscript.TestScript, _ bool, args []string) error {
	for _, name := range args {
		data, err := os.ReadFile(ts.MkAbs(name))
		if err != nil {
			return err
		}
		c.files = append(c.files, File{Name: filepath.Base(name), Data: data})
	}
	return nil
}
