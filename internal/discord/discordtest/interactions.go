package discordtest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Interaction types.
const (
	interactionCommand      = 2
	interactionComponent    = 3
	interactionAutocomplete = 4
	interactionModal        = 5
)

// Callback types.
const (
	callbackPong         = 1
	callbackMessage      = 4
	callbackDeferMessage = 5
	callbackDeferUpdate  = 6
	callbackUpdate       = 7
	callbackChoices      = 8
	callbackModal        = 9
)

// ErrUnknownCommand is returned where the bot has registered no command of that name for that place.
var ErrUnknownCommand = errors.New("discordtest: no such command is registered there")

// errNotOffered is in the chain where a command is registered, and the client does not show it to this member here.
var errNotOffered = errors.New("discordtest: the command is not offered")

// interactionTokenPrefix begins every interaction token, so that a leak is easy to find.
const interactionTokenPrefix = "interaction-token-"

// attachmentSizeLimit is the size that Discord accepts for one file without boosts, in bytes; see Options.UploadLimit.
const attachmentSizeLimit = 10 << 20

// interaction is what Discord keeps of an interaction while its token lives. Server.mu guards it.
type interaction struct {
	id, token   string
	kind        int
	commandKind int // for commands
	user        *account
	channel     *channel
	step        *Step
	sentAt      time.Time

	acked    int      // the type of the first callback, or 0
	source   *message // the message that carries the component, for clicks and modals opened by one
	original *message // what @original means, once it exists
	modal    *Modal   // the form that was opened, or submitted
}

// begin creates an interaction of the user's in a channel.
func (w *world) begin(s *Server, kind int, a *account, c *channel) *interaction {
	id := w.ids.next(kindInteraction)
	in := &interaction{
		id: id, token: interactionTokenPrefix + id, kind: kind, user: a, channel: c,
		step: newStep(s, a.Username, c.id),
	}
	in.step.InteractionID, in.step.InteractionToken = in.id, in.token
	w.interactions[in.token] = in
	return in
}

// payload returns INTERACTION_CREATE's data.
func (in *interaction) payload(w *world, data any) map[string]any {
	ch := in.channel.wire()
	p := map[string]any{
		"id": in.id, "application_id": w.bot.ID, "type": in.kind, "token": in.token, "version": 1, "data": data,
		"channel_id": in.channel.id, "locale": in.user.locale, "entitlements": []any{},
		"app_permissions": strconv.Itoa(permEveryone), "attachment_size_limit": w.uploadLimit,
		"authorizing_integration_owners": in.owners(),
	}
	if g := in.channel.guild; g != nil {
		perms := strconv.FormatInt(g.permissions(in.user.ID), 10)
		m := g.member(in.user.ID)
		m.User, m.Permissions = &in.user.User, perms
		ch.Permissions = perms
		p["context"], p["guild_id"], p["guild_locale"], p["member"] = 0, g.id, "en-US", m
		p["guild"] = map[string]any{"id": g.id, "locale": "en-US", "features": []string{}}
	} else {
		p["context"], p["user"] = 1, in.user.User
	}
	p["channel"] = ch
	if in.source != nil {
		p["message"] = in.source.snapshot()
	}
	return p
}

// owners says for whom the application is installed: the server, or "0" in a direct message.
func (in *interaction) owners() map[string]string {
	if in.channel.guild == nil {
		return map[string]string{"0": "0"}
	}
	return map[string]string{"0": in.channel.guild.id}
}

// send dispatches the interaction. The caller holds s.mu, which send releases.
func (s *Server) send(in *interaction, data any) (*Step, error) {
	e := event{
		name: "INTERACTION_CREATE", guildID: in.channel.guildID(), user: true,
		payload: encoded(in.payload(&s.world, data)),
	}
	in.sentAt = time.Now()
	in.step.dispatched = in.sentAt
	s.mu.Unlock()
	if !s.gateway.dispatch(e) {
		return nil, ErrNotConnected
	}
	return in.step, nil
}

// place resolves who and where, for an interaction. The caller holds s.mu.
func (s *Server) place(user, channel string) (*account, *channel, error) {
	a := s.world.account(user)
	c, err := s.world.channel(a, channel)
	if err != nil {
		return nil, nil, err
	}
	if !c.visible() {
		return nil, nil, fmt.Errorf("discordtest: %s cannot use the bot in %s: the server is unavailable", user, channel)
	}
	return a, c, nil
}

// Slash runs a slash command: "ask", or "corpus add" with a subcommand. Values are converted to the types that the
// bot registered, and Discord's own checks are made: required options, choices, lengths, who sees the command.
// A command that is not registered gives ErrUnknownCommand, no connection ErrNotConnected.
func (s *Server) Slash(user, channel, command string, values ...Value) (*Step, error) {
	s.mu.Lock()
	a, c, err := s.place(user, channel)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	call, err := s.world.slash(a, c, command, values, "")
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	in := s.world.begin(s, interactionCommand, a, c)
	in.commandKind = commandSlash
	return s.send(in, call)
}

// Autocomplete asks for suggestions for the option named focused, whose text so far is typed; values are the other
// options already filled in.
func (s *Server) Autocomplete(user, channel, command, focused, typed string, values ...Value) (*Step, error) {
	s.mu.Lock()
	a, c, err := s.place(user, channel)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	call, err := s.world.slash(a, c, command, append(slices.Clone(values), Value{focused, typed}), focused)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	return s.send(s.world.begin(s, interactionAutocomplete, a, c), call)
}

// MessageCommand runs a message command, such as "Ask about this", on a message.
func (s *Server) MessageCommand(user, command, messageID string) (*Step, error) {
	s.mu.Lock()
	a, m, err := s.world.see(user, messageID)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	cmd, err := s.world.command(a, m.channel, commandMessage, command)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	in := s.world.begin(s, interactionCommand, a, m.channel)
	in.commandKind = commandMessage
	return s.send(in, map[string]any{
		"id": cmd.ID, "name": cmd.Name, "type": commandMessage, "target_id": m.ID,
		"resolved": map[string]any{"messages": map[string]any{m.ID: m.snapshot()}},
	})
}

// see returns the message as far as the user can see it.
func (w *world) see(user, messageID string) (*account, *message, error) {
	a := w.account(user)
	m := w.messages[messageID]
	if m == nil || m.viewer != "" && m.viewer != a.ID {
		return nil, nil, fmt.Errorf("discordtest: %s sees no message %q", user, messageID)
	}
	if g := m.channel.guild; g != nil && g.members[a.ID] == nil || g == nil && m.channel.with != a {
		return nil, nil, fmt.Errorf("discordtest: %s sees no message %q", user, messageID)
	}
	return a, m, nil
}

// Click presses a button of a message, named by its label or its custom_id, the label first. Of several buttons
// with one label the first is meant. A disabled button and one that opens a link cannot be clicked.
func (s *Server) Click(user, messageID, button string) (*Step, error) {
	return s.press(user, messageID, func(b Component) bool {
		return b.Type == componentButton && (b.Label == button || b.CustomID == button)
	}, button, nil)
}

// Select picks values of a select menu, named by its custom_id or placeholder. A value may be written as its label.
func (s *Server) Select(user, messageID, menu string, values ...string) (*Step, error) {
	return s.press(user, messageID, func(b Component) bool {
		return b.Type == componentSelect && (b.CustomID == menu || b.Placeholder == menu)
	}, menu, values)
}

func (s *Server) press(user, messageID string, is func(Component) bool, name string, picked []string) (*Step, error) {
	s.mu.Lock()
	a, m, err := s.world.see(user, messageID)
	var b Component
	if err == nil {
		b, err = find(m.Components, is, name)
	}
	data := map[string]any{"custom_id": b.CustomID, "component_type": b.Type, "id": b.ID}
	if err == nil && b.Type == componentSelect {
		data["values"], err = pick(b, picked)
	}
	if err == nil && m.Author.ID != s.world.bot.ID {
		err = fmt.Errorf("discordtest: message %s is not the bot's", m.ID)
	}
	if err != nil {
		s.mu.Unlock()
		return nil, fmt.Errorf("discordtest: %s cannot use %q: %w", user, name, err)
	}
	in := s.world.begin(s, interactionComponent, a, m.channel)
	in.source = m
	return s.send(in, data)
}

// find returns the first component that is the one meant, at any depth.
func find(cs []Component, is func(Component) bool, _ string) (Component, error) {
	var there []string
	for c := range components(cs) {
		switch {
		case c.Type == componentButton && c.Label != "":
			there = append(there, c.Label)
		case c.CustomID != "":
			there = append(there, c.CustomID)
		}
		if !is(c) {
			continue
		}
		switch {
		case c.Disabled:
			return c, errors.New("it is disabled")
		case c.URL != "":
			return c, errors.New("it opens a link, which the bot does not hear of")
		}
		return c, nil
	}
	return Component{}, fmt.Errorf("the message has only %q", there)
}

// pick turns labels or values into a select menu's values.
func pick(menu Component, picked []string) ([]string, error) {
	out := []string{}
	for _, p := range picked {
		i := slices.IndexFunc(menu.Options, func(o SelectOption) bool { return o.Value == p || o.Label == p })
		if i < 0 {
			return nil, fmt.Errorf("the menu has no option %q", p)
		}
		out = append(out, menu.Options[i].Value)
	}
	least, most := 1, 1
	if menu.MinValues != nil {
		least = *menu.MinValues
	}
	if menu.MaxValues != nil {
		most = *menu.MaxValues
	}
	if len(out) < least || len(out) > most {
		return nil, fmt.Errorf("the menu takes %d to %d options", least, most)
	}
	return out, nil
}
