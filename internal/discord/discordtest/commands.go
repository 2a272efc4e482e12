package discordtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Value is what a user filled into an option. V is a string, which is converted to the option's type, or a bool, an
// int, a float64 or a File.
type Value struct {
	Name string
	V    any
}

// Commands returns the commands that the bot registered for a server, or the global ones where server is "".
func (s *Server) Commands(server string) []Command {
	id := s.ServerID(server)
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.world.commands[id])
}

// WaitCommand blocks until the bot has registered a command, global or in any server: the one that name begins with,
// or any where name is "".
func (s *Server) WaitCommand(ctx context.Context, name string) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !s.registered(name) {
		select {
		case <-tick.C:
		case <-s.done:
			return ErrUnknownCommand
		case <-ctx.Done():
			return fmt.Errorf("%w: %s", ErrUnknownCommand, name)
		}
	}
	return nil
}

func (s *Server) registered(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, cs := range s.world.commands {
		if slices.ContainsFunc(cs, func(c Command) bool {
			return name == "" || name == c.Name || strings.HasPrefix(name, c.Name+" ")
		}) {
			return true
		}
	}
	return false
}

// command finds a command as a's client would offer it in c: the server's own before the global one.
func (w *world) command(a *account, c *channel, kind int, name string) (*Command, error) {
	scopes := []string{""}
	if c.guild != nil {
		scopes = []string{c.guild.id, ""}
	}
	for _, scope := range scopes {
		i := slices.IndexFunc(w.commands[scope], func(cmd Command) bool { return cmd.Type == kind && cmd.Name == name })
		if i < 0 {
			continue
		}
		cmd := w.commands[scope][i]
		return &cmd, cmd.open(a, c)
	}
	return nil, fmt.Errorf("%w: %s", ErrUnknownCommand, name)
}

// open reports, as an error, why the user's client would not offer the command there.
func (cmd *Command) open(a *account, c *channel) error {
	context := 0
	if c.guild == nil {
		context = 1
	}
	if cmd.Contexts != nil && !slices.Contains(cmd.Contexts, context) ||
		c.guild == nil && cmd.DMPermission != nil && !*cmd.DMPermission {
		return fmt.Errorf("%w: %s, in this kind of channel", errNotOffered, cmd.Name)
	}
	if c.guild == nil || cmd.DefaultMemberPermissions == nil || c.guild.members[a.ID].allowed[cmd.Name] {
		return nil
	}
	need, err := strconv.ParseInt(*cmd.DefaultMemberPermissions, 10, 64)
	if err != nil {
		return fmt.Errorf("discordtest: permissions of %s: %w", cmd.Name, err)
	}
	if need == 0 || c.guild.permissions(a.ID)&need != need {
		return fmt.Errorf("%w: %s is hidden from %s: not enough permissions", errNotOffered, cmd.Name, a.Username)
	}
	return nil
}

// slash resolves a command line into the data of an interaction. Where focused is set, it is for autocompletion of
// that option, and nothing is required yet.
func (w *world) slash(a *account, c *channel, line string, values []Value, focused string) (map[string]any, error) {
	words := strings.Fields(strings.TrimPrefix(line, "/"))
	if len(words) == 0 {
		return nil, fmt.Errorf("%w: %q", ErrUnknownCommand, line)
	}
	cmd, err := w.command(a, c, commandSlash, words[0])
	if err != nil {
		return nil, err
	}
	defs := cmd.Options
	var path []CommandOption
	for _, word := range words[1:] {
		i := slices.IndexFunc(defs, func(o CommandOption) bool { return o.Type <= optionGroup && o.Name == word })
		if i < 0 {
			return nil, fmt.Errorf("%w: %s has no %s", ErrUnknownCommand, cmd.Name, word)
		}
		path, defs = append(path, defs[i]), defs[i].Options
	}
	if len(defs) > 0 && defs[0].Type <= optionGroup {
		return nil, fmt.Errorf("%w: %s needs a subcommand", ErrUnknownCommand, line)
	}
	f := filling{world: w, channel: c, focused: focused, attachments: map[string]any{}}
	options, err := f.fill(defs, values)
	if err != nil {
		return nil, fmt.Errorf("discordtest: /%s: %w", strings.Join(words, " "), err)
	}
	for _, o := range slices.Backward(path) {
		options = []map[string]any{{"name": o.Name, "type": o.Type, "options": options}}
	}
	data := map[string]any{"id": cmd.ID, "name": cmd.Name, "type": commandSlash}
	if len(options) > 0 {
		data["options"] = options
	}
	if cmd.GuildID != "" {
		data["guild_id"] = cmd.GuildID
	}
	if len(f.attachments) > 0 {
		data["resolved"] = map[string]any{"attachments": f.attachments}
	}
	return data, nil
}

// filling turns a user's values into an interaction's options.
type filling struct {
	world       *world
	channel     *channel
	focused     string
	attachments map[string]any
}

func (f *filling) fill(defs []CommandOption, values []Value) ([]map[string]any, error) {
	options := []map[string]any{}
	for _, v := range values {
		i := slices.IndexFunc(defs, func(o CommandOption) bool { return o.Name == v.Name })
		if i < 0 {
			return nil, fmt.Errorf("no option %q", v.Name)
		}
		o := map[string]any{"name": v.Name, "type": defs[i].Type}
		if v.Name == f.focused {
			if !defs[i].Autocomplete {
				return nil, fmt.Errorf("option %q does not autocomplete", v.Name)
			}
			o["focused"], o["value"] = true, v.V
		} else {
			value, err := f.value(defs[i], v.V)
			if err != nil {
				return nil, fmt.Errorf("option %q: %w", v.Name, err)
			}
			o["value"] = value
		}
		options = append(options, o)
	}
	if f.focused != "" {
		return options, nil
	}
	for _, d := range defs {
		if d.Required && !slices.ContainsFunc(values, func(v Value) bool { return v.Name == d.Name }) {
			return nil, fmt.Errorf("option %q is required", d.Name)
		}
	}
	return options, nil
}

// value converts what the user gave into the option's type, with the checks that Discord's client makes.
func (f *filling) value(def CommandOption, v any) (any, error) {
	if file, ok := v.(File); ok {
		if def.Type != optionAttachment {
			return nil, errors.New("does not take a file")
		}
		a := f.world.store(f.channel.id, file, true)
		f.attachments[a.ID] = a
		return a.ID, nil
	}
	text := fmt.Sprint(v)
	if len(def.Choices) > 0 {
		i := slices.IndexFunc(def.Choices, func(c Choice) bool { return c.Name == text || fmt.Sprint(c.Value) == text })
		if i < 0 {
			return nil, fmt.Errorf("%q is not one of the choices", text)
		}
		return def.Choices[i].Value, nil
	}
	switch def.Type {
	case optionString:
		n := utf8.RuneCountInString(text)
		if n == 0 || n > 6000 || def.MinLength != nil && n < *def.MinLength || def.MaxLength != nil && n > *def.MaxLength {
			return nil, fmt.Errorf("%d characters are not allowed", n)
		}
		return text, nil
	case optionInteger:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a whole number", text)
		}
		return n, def.inRange(float64(n))
	case optionNumber:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a number", text)
		}
		return n, def.inRange(n)
	case optionBoolean:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return nil, fmt.Errorf("%q is neither true nor false", text)
		}
		return b, nil
	case optionAttachment:
		return nil, errors.New("takes a file")
	}
	return nil, fmt.Errorf("options of type %d are not supported by this fake", def.Type)
}

func (o CommandOption) inRange(n float64) error {
	if o.MinValue != nil && n < *o.MinValue || o.MaxValue != nil && n > *o.MaxValue {
		return fmt.Errorf("%v is out of range", n)
	}
	return nil
}
