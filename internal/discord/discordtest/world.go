package discordtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Permission bits, https://discord.com/developers/docs/topics/permissions.
const (
	permManageServer = 1 << 5
	permEveryone     = 1<<10 | // view channel
		1<<11 | // send messages
		1<<14 | // embed links
		1<<15 | // attach files
		1<<16 | // read message history
		1<<31 // use application commands
)

// joinedAt is when every member joined: any fixed instant will do.
const joinedAt = "2025-06-01T00:00:00.000000+00:00"

// world is everything that Discord would keep. Server.mu guards it.
type world struct {
	ids          snowflakes
	bot          *account
	accounts     map[string]*account // by name
	accountsByID map[string]*account
	guilds       map[string]*guild // by name; a left one stays, so that it can be joined again
	guildsByID   map[string]*guild
	channels     map[string]*channel // by id
	messages     map[string]*message // by id
	attachments  map[string]*stored  // by id
	commands     map[string][]Command
	interactions map[string]*interaction // by token
	nonces       map[string]nonceUse
	uploadLimit  int              // bytes
	says         map[string]*Step // by the id of the user's message
}

// account is a user with what Discord knows beside the public part.
type account struct {
	User
	locale string
}

// guild is a server of the world. The bot sees it while joined, and its content while not unavailable.
type guild struct {
	id, name    string
	channels    []*channel
	members     map[string]*membership // by user id
	managers    string                 // id of the role that carries Manage Server
	joined      bool
	unavailable bool
}

// membership is one user's standing in one server.
type membership struct {
	manage  bool
	allowed map[string]bool // commands that the server's integration settings open to this member
}

// channel is a text channel of a server, or a direct message between the bot and one user.
type channel struct {
	id, name string
	guild    *guild   // nil for a direct message
	with     *account // the human side of a direct message
	messages []*message
	lastSay  *Step
}

// stored is the content of an attachment.
type stored struct {
	Attachment
	channelID string
	data      []byte
}

func newWorld(botName string) world {
	w := world{
		accounts:     make(map[string]*account),
		accountsByID: make(map[string]*account),
		guilds:       make(map[string]*guild),
		guildsByID:   make(map[string]*guild),
		channels:     make(map[string]*channel),
		messages:     make(map[string]*message),
		attachments:  make(map[string]*stored),
		commands:     make(map[string][]Command),
		interactions: make(map[string]*interaction),
		nonces:       make(map[string]nonceUse),
		says:         make(map[string]*Step),
	}
	w.bot = w.account(botName)
	w.bot.Bot = true
	w.bot.Discriminator = "0001"
	return w
}

// account returns the user of that name, who is created on first use.
func (w *world) account(name string) *account {
	if a := w.accounts[name]; a != nil {
		return a
	}
	a := &account{User: User{ID: w.ids.next(kindUser), Username: name, Discriminator: "0"}, locale: "en-US"}
	w.accounts[name] = a
	w.accountsByID[a.ID] = a
	return a
}

// dm returns the direct-message channel between the bot and a, created on first use.
func (w *world) dm(a *account) *channel {
	for _, c := range w.channels {
		if c.with == a {
			return c
		}
	}
	c := &channel{id: w.ids.next(kindChannel), with: a}
	w.channels[c.id] = c
	return c
}

// AddServer adds a Discord server that the bot is in, with a channel #general and any others named, and returns its
// id. A connected bot gets GUILD_CREATE. Adding one that the bot has left lets it join again; otherwise a name can
// be used once.
func (s *Server) AddServer(name string, channels ...string) (id string, err error) {
	s.mu.Lock()
	g := s.world.guilds[name]
	switch {
	case g != nil && g.joined:
		s.mu.Unlock()
		return "", fmt.Errorf("discordtest: server %q is there already", name)
	case g != nil:
		g.joined, g.unavailable = true, false
	default:
		g = s.world.addGuild(name, channels)
	}
	e := s.world.guildCreate(g)
	s.mu.Unlock()
	s.gateway.dispatch(e)
	return g.id, nil
}

func (w *world) addGuild(name string, channels []string) *guild {
	g := &guild{id: w.ids.next(kindServer), name: name, members: make(map[string]*membership), joined: true}
	g.managers = w.ids.next(kindRole)
	g.members[w.bot.ID] = &membership{}
	if !slices.Contains(channels, "general") {
		channels = append([]string{"general"}, channels...)
	}
	for _, n := range channels {
		c := &channel{id: w.ids.next(kindChannel), name: strings.TrimPrefix(n, "#"), guild: g}
		w.channels[c.id] = c
		g.channels = append(g.channels, c)
	}
	w.guilds[name], w.guildsByID[g.id] = g, g
	return g
}

// AddMember puts the user into the server, with Manage Server where manage is true, and returns the user's id. A
// user who is in it already only gets the new permission.
func (s *Server) AddMember(user, server string, manage bool) (id string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.world.guilds[server]
	if g == nil {
		return "", fmt.Errorf("discordtest: no server %q", server)
	}
	a := s.world.account(user)
	m := g.members[a.ID]
	if m == nil {
		m = &membership{allowed: make(map[string]bool)}
		g.members[a.ID] = m
	}
	m.manage = manage
	return a.ID, nil
}

// SetLocale sets the language of a user's client, such as "es-ES". It is "en-US" until set.
func (s *Server) SetLocale(user, locale string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.account(user).locale = locale
}

// AllowCommand opens a command to a member who lacks its default_member_permissions, as a server's integration
// settings can. The bot's own check has then to refuse.
func (s *Server) AllowCommand(user, server, command string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.world.guilds[server]
	if g == nil {
		return fmt.Errorf("discordtest: no server %q", server)
	}
	m := g.members[s.world.account(user).ID]
	if m == nil {
		return fmt.Errorf("discordtest: %s is not in %q", user, server)
	}
	m.allowed[command] = true
	return nil
}

// Leave takes the bot out of a server: it gets GUILD_DELETE without `unavailable`.
func (s *Server) Leave(server string) error {
	return s.changeGuild(server, func(g *guild) event {
		g.joined = false
		return event{name: "GUILD_DELETE", guildID: g.id, intent: intentGuilds, payload: map[string]any{"id": g.id}}
	})
}

// Outage makes a server unavailable: the bot gets GUILD_DELETE with unavailable true and sees nothing of the server
// until Recover.
func (s *Server) Outage(server string) error {
	return s.changeGuild(server, func(g *guild) event {
		g.unavailable = true
		return event{
			name: "GUILD_DELETE", guildID: g.id, intent: intentGuilds,
			payload: map[string]any{"id": g.id, "unavailable": true},
		}
	})
}

// Recover ends an Outage: the bot gets GUILD_CREATE.
func (s *Server) Recover(server string) error {
	return s.changeGuild(server, func(g *guild) event {
		g.unavailable = false
		return s.world.guildCreate(g)
	})
}

func (s *Server) changeGuild(server string, change func(*guild) event) error {
	s.mu.Lock()
	g := s.world.guilds[server]
	if g == nil || !g.joined {
		s.mu.Unlock()
		return fmt.Errorf("discordtest: the bot is in no server %q", server)
	}
	e := change(g)
	s.mu.Unlock()
	s.gateway.dispatch(e)
	return nil
}

// BotID is the bot user's id, which is the application's as well.
func (s *Server) BotID() string { return s.world.bot.ID }

// UserID returns the id of the user of that name, who is created on first use.
func (s *Server) UserID(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.account(user).ID
}

// ServerID returns the id of the server of that name, or "".
func (s *Server) ServerID(server string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g := s.world.guilds[server]; g != nil {
		return g.id
	}
	return ""
}

// ChannelID returns the id of a channel as the user would write it: "#name" where the user's servers leave no doubt,
// "server#name", or "@dm" for the user's direct messages with the bot.
func (s *Server) ChannelID(user, channel string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.world.channel(s.world.account(user), channel)
	if err != nil {
		return "", err
	}
	return c.id, nil
}

// channel resolves a channel's name for a; see Server.ChannelID.
func (w *world) channel(a *account, name string) (*channel, error) {
	if name == "@dm" {
		return w.dm(a), nil
	}
	server, ch, ok := strings.Cut(name, "#")
	if !ok {
		return nil, fmt.Errorf("discordtest: channel %q is neither #name, server#name nor @dm", name)
	}
	var found []*channel
	for _, g := range w.guildsByID {
		if server != "" && g.name != server || !g.joined || g.members[a.ID] == nil {
			continue
		}
		for _, c := range g.channels {
			if c.name == ch {
				found = append(found, c)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("discordtest: %s sees no channel %q", a.Username, name)
	}
	return nil, fmt.Errorf("discordtest: %s sees several channels %q: write server#name", a.Username, name)
}

// visible reports whether the bot can see the channel.
func (c *channel) visible() bool {
	return c.guild == nil || c.guild.joined && !c.guild.unavailable
}

func (c *channel) guildID() string {
	if c.guild == nil {
		return ""
	}
	return c.guild.id
}

// wire returns the channel as Discord shows it.
func (c *channel) wire() Channel {
	if c.guild == nil {
		return Channel{ID: c.id, Type: 1, Recipients: []User{c.with.User}}
	}
	return Channel{ID: c.id, Type: 0, GuildID: c.guild.id, Name: c.name}
}

// permissions returns the bits that the user has in the server.
func (g *guild) permissions(userID string) int64 {
	p := int64(permEveryone)
	if m := g.members[userID]; m != nil && m.manage {
		p |= permManageServer
	}
	return p
}

// member returns the user as a member of g, or nil where the user is not in it.
func (g *guild) member(userID string) *Member {
	m := g.members[userID]
	if m == nil {
		return nil
	}
	roles := []string{}
	if m.manage {
		roles = append(roles, g.managers)
	}
	return &Member{Roles: roles, JoinedAt: joinedAt}
}

// guildObject returns the server as GET /guilds/{id} and GUILD_CREATE show it.
func (g *guild) guildObject() map[string]any {
	everyone := strconv.FormatInt(permEveryone, 10)
	return map[string]any{
		"id": g.id, "name": g.name, "icon": nil, "owner_id": "1", "preferred_locale": "en-US",
		"features": []string{}, "premium_tier": 0, "verification_level": 0, "nsfw_level": 0,
		"roles": []Role{
			{ID: g.id, Name: "@everyone", Permissions: everyone},
			{ID: g.managers, Name: "Managers", Position: 1, Permissions: strconv.Itoa(permEveryone | permManageServer)},
		},
		"emojis": []any{},
	}
}

// guildCreate returns the GUILD_CREATE event of g.
func (w *world) guildCreate(g *guild) event {
	o := g.guildObject()
	channels := make([]Channel, 0, len(g.channels))
	for _, c := range g.channels {
		channels = append(channels, c.wire())
	}
	self := g.member(w.bot.ID)
	self.User = &w.bot.User
	o["channels"], o["threads"] = channels, []any{}
	o["members"], o["member_count"] = []*Member{self}, len(g.members)
	o["joined_at"], o["large"], o["unavailable"] = joinedAt, false, false
	o["voice_states"], o["presences"] = []any{}, []any{}
	return event{name: "GUILD_CREATE", guildID: g.id, intent: intentGuilds, payload: o}
}

// timestamp writes the creation time of an id as Discord writes times.
func timestamp(id string) string {
	return snowflakeTime(id).Format("2006-01-02T15:04:05.000000-07:00")
}

// now writes the wall clock's time as Discord writes times.
func now() string { return time.Now().UTC().Format("2006-01-02T15:04:05.000000-07:00") }

// guildsInOrder returns the servers as they were added.
func (w *world) guildsInOrder() []*guild {
	gs := make([]*guild, 0, len(w.guildsByID))
	for _, g := range w.guildsByID {
		gs = append(gs, g)
	}
	slices.SortFunc(gs, func(a, b *guild) int { return strings.Compare(a.id, b.id) })
	return gs
}
