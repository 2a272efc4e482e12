package discordtest

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// restRoutes is the table of what this fake serves. A literal route stands before one with a parameter in its place.
func restRoutes() []route {
	const (
		get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
	)
	app, channel := "/applications/{application_id}", "/channels/{channel_id}"
	hook := "/webhooks/{webhook_id}/{webhook_token}"
	return []route{
		{get, "/gateway", true, nil, getGateway},
		{get, "/gateway/bot", false, nil, getGatewayBot},
		{get, "/users/@me", false, nil, getSelf},
		{get, "/users/{user_id}", false, nil, getUser},
		{post, "/users/@me/channels", false, checkCreateDM, createDM},
		{get, "/applications/@me", false, nil, getApplication},
		{get, "/oauth2/applications/@me", false, nil, getApplication},
		{get, app + "/commands", false, nil, getCommands},
		{put, app + "/commands", false, checkCommandsBody, putCommands},
		{get, app + "/guilds/{guild_id}/commands", false, nil, getCommands},
		{put, app + "/guilds/{guild_id}/commands", false, checkCommandsBody, putCommands},
		{get, "/guilds/{guild_id}", false, nil, getGuild},
		{get, "/guilds/{guild_id}/members/{user_id}", false, nil, getMember},
		{get, channel, false, nil, getChannel},
		{get, channel + "/messages", false, nil, listMessages},
		{post, channel + "/messages", false, checkCreateMessage, createMessage},
		{get, channel + "/messages/{message_id}", false, nil, getMessage},
		{patch, channel + "/messages/{message_id}", false, checkEditMessage, editMessage},
		{del, channel + "/messages/{message_id}", false, nil, deleteMessage},
		{post, channel + "/typing", false, nil, typing},
		{post, "/interactions/{interaction_id}/{interaction_token}/callback", true, checkCallback, callback},
		{post, hook, true, checkFollowup, createFollowup},
		{get, hook + "/messages/{message_id}", true, nil, getHookMessage},
		{patch, hook + "/messages/{message_id}", true, checkEditHookMessage, editHookMessage},
		{del, hook + "/messages/{message_id}", true, nil, deleteHookMessage},
	}
}

func found(body any) (answer, error) { return answer{http.StatusOK, body}, nil }

func noContent() (answer, error) { return answer{http.StatusNoContent, nil}, nil }

func getGateway(s *Server, _ *call) (answer, error) {
	return found(map[string]any{"url": s.GatewayURL()})
}

func getGatewayBot(s *Server, _ *call) (answer, error) {
	return found(map[string]any{
		"url": s.GatewayURL(), "shards": 1,
		"session_start_limit": map[string]any{
			"total": maxIdentifies, "remaining": max(0, maxIdentifies-s.Stats().Identifies),
			"reset_after": 86400000, "max_concurrency": 1,
		},
	})
}

func getSelf(s *Server, _ *call) (answer, error) { return found(s.world.bot.User) }

func getUser(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.world.accountsByID[c.params["user_id"]]; a != nil {
		return found(a.User)
	}
	return answer{}, errUnknown(10013, "User")
}

func getApplication(s *Server, _ *call) (answer, error) {
	return found(map[string]any{
		"id": s.BotID(), "name": s.opts.BotName, "description": "", "icon": nil, "bot": s.world.bot.User,
		"bot_public": true, "bot_require_code_grant": false, "flags": 0, "verify_key": "0",
	})
}

func createDM(s *Server, c *call) (answer, error) {
	var body struct {
		RecipientID string `json:"recipient_id"`
	}
	if err := json.Unmarshal(c.raw, &body); err != nil {
		return answer{}, invalidBody(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.world.accountsByID[body.RecipientID]
	if a == nil || a.Bot {
		return answer{}, &apiError{400, 50033, "Invalid Recipient(s)", nil}
	}
	return found(s.world.dm(a).wire())
}

func getGuild(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.world.guildsByID[c.params["guild_id"]]
	if g == nil || !g.joined {
		return answer{}, errUnknown(10004, "Guild")
	}
	return found(g.guildObject())
}

func getMember(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, a := s.world.guildsByID[c.params["guild_id"]], s.world.accountsByID[c.params["user_id"]]
	if g == nil || !g.joined {
		return answer{}, errUnknown(10004, "Guild")
	}
	if a == nil || g.members[a.ID] == nil {
		return answer{}, errUnknown(10007, "Member")
	}
	m := g.member(a.ID)
	m.User = &a.User
	return found(m)
}

func getChannel(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.world.open(c.params["channel_id"])
	if err != nil {
		return answer{}, err
	}
	return found(ch.wire())
}

// open returns a channel that the bot can see.
func (w *world) open(id string) (*channel, error) {
	ch := w.channels[id]
	if ch == nil {
		return nil, errUnknown(10003, "Channel")
	}
	if !ch.visible() {
		return nil, &apiError{403, 50001, "Missing Access", nil}
	}
	return ch, nil
}

func typing(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.world.open(c.params["channel_id"]); err != nil {
		return answer{}, err
	}
	s.stats.Typing++
	return noContent()
}

// commandScope returns the server whose commands a request is about, "" for the global ones.
func (s *Server) commandScope(c *call) (string, error) {
	if c.params["application_id"] != s.world.bot.ID {
		return "", errUnknown(10002, "Application")
	}
	id, scoped := c.params["guild_id"]
	if !scoped {
		return "", nil
	}
	if g := s.world.guildsByID[id]; g == nil || !g.joined {
		return "", &apiError{403, 50001, "Missing Access", nil}
	}
	return id, nil
}

// getCommands lists commands. As Discord does, it leaves the localisations out unless asked for them.
func getCommands(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	scope, err := s.commandScope(c)
	if err != nil {
		return answer{}, err
	}
	full, _ := strconv.ParseBool(c.r.URL.Query().Get("with_localizations"))
	out := []Command{}
	for _, cmd := range s.world.commands[scope] {
		if !full {
			cmd.NameLocalizations, cmd.DescriptionLocalizations = nil, nil
			cmd.Options = withoutLocales(cmd.Options)
		}
		out = append(out, cmd)
	}
	return found(out)
}

func withoutLocales(options []CommandOption) []CommandOption {
	var out []CommandOption
	for _, o := range options {
		o.NameLocalizations, o.DescriptionLocalizations = nil, nil
		o.Options = withoutLocales(o.Options)
		var choices []Choice
		for _, ch := range o.Choices {
			choices = append(choices, Choice{Name: ch.Name, Value: ch.Value})
		}
		o.Choices = choices
		out = append(out, o)
	}
	return out
}

// putCommands replaces the commands of a scope. A command that keeps its name and type keeps its id.
func putCommands(s *Server, c *call) (answer, error) {
	var cmds []Command
	if err := json.Unmarshal(c.raw, &cmds); err != nil {
		return answer{}, invalidBody(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	scope, err := s.commandScope(c)
	if err != nil {
		return answer{}, err
	}
	ids := map[string]string{}
	for _, old := range s.world.commands[scope] {
		ids[commandKey(old)] = old.ID
	}
	for i := range cmds {
		cmd := &cmds[i]
		if cmd.Type == 0 {
			cmd.Type = commandSlash
		}
		cmd.ID, cmd.ApplicationID, cmd.GuildID = ids[commandKey(*cmd)], s.world.bot.ID, scope
		if cmd.ID == "" {
			cmd.ID = s.world.ids.next(kindCommand)
		}
		cmd.Version = s.world.ids.next(kindCommand)
		if cmd.IntegrationTypes == nil {
			cmd.IntegrationTypes = []int{0}
		}
		if cmd.DMPermission == nil && scope == "" {
			yes := true
			cmd.DMPermission = &yes
		}
	}
	s.world.commands[scope] = cmds
	s.stats.CommandOverwrites++
	return found(cmds)
}

func commandKey(c Command) string { return strconv.Itoa(c.Type) + " " + c.Name }
