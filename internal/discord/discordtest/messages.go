package discordtest

import (
	"encoding/json"
	"fmt"
	"mime"
	"path"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"
)

// message is a message with what Discord knows beside what it shows.
type message struct {
	Message
	channel     *channel
	mentionsBot bool
	viewer      string // the id of the only user who sees it, or ""
	step        *Step  // what it replies to
	from        *interaction
}

// nonceUse remembers which message a nonce made.
type nonceUse struct {
	messageID string
	at        time.Time
}

// maxSay is how many characters a user's message has at most: those who pay may write 4000, others 2000.
const maxSay = 4000

// nonceWindow is how long a nonce is remembered: Discord says "the past few minutes".
const nonceWindow = 5 * time.Minute

// SayOption changes what Say posts.
type SayOption func(*saying)

type saying struct {
	replyTo string
	noPing  bool
	bot     bool
	files   []File
}

// ReplyTo makes the message a reply to another, by id. As in Discord's client, the author of that one is mentioned.
func ReplyTo(messageID string) SayOption { return func(o *saying) { o.replyTo = messageID } }

// WithoutPing makes a reply that mentions nobody.
func WithoutPing() SayOption { return func(o *saying) { o.noPing = true } }

// FromBot makes the author another bot.
func FromBot() SayOption { return func(o *saying) { o.bot = true } }

// WithFiles attaches files.
func WithFiles(files ...File) SayOption {
	return func(o *saying) { o.files = append(o.files, files...) }
}

// mentionName finds @name, which becomes a mention where somebody has that name.
var mentionName = regexp.MustCompile(`@([A-Za-z0-9_.-]*[A-Za-z0-9_])`)

// mentionID finds a mention.
var mentionID = regexp.MustCompile(`<@!?(\d+)>`)

// Say posts a message of the user's in a channel (see ChannelID for how it is named) and lets the bot know. @name
// becomes a mention of that user, or of the bot. Where the bot is not connected, the error is ErrNotConnected.
func (s *Server) Say(user, channel, content string, opts ...SayOption) (*Step, error) {
	var o saying
	for _, f := range opts {
		f(&o)
	}
	s.mu.Lock()
	m, err := s.world.say(user, channel, content, o)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	step := newStep(s, user, m.ChannelID)
	step.MessageID = m.ID
	step.dispatched = time.Now()
	m.step = step
	m.channel.lastSay = step
	s.world.says[m.ID] = step
	e := s.world.messageEvent("MESSAGE_CREATE", m)
	s.mu.Unlock()
	e.user = true
	if !s.gateway.dispatch(e) {
		return nil, ErrNotConnected
	}
	return step, nil
}

func (w *world) say(user, channel, content string, o saying) (*message, error) {
	a := w.account(user)
	c, err := w.channel(a, channel)
	if err != nil {
		return nil, err
	}
	if !c.visible() {
		return nil, fmt.Errorf("discordtest: %s cannot write in %s: the server is unavailable", user, channel)
	}
	if n := utf8.RuneCountInString(content); n > maxSay {
		return nil, fmt.Errorf("discordtest: %s cannot write %d characters: a message has at most %d", user, n, maxSay)
	}
	a.Bot = a.Bot || o.bot
	content = mentionName.ReplaceAllStringFunc(content, func(at string) string {
		if named := w.accounts[at[1:]]; named != nil {
			return "<@" + named.ID + ">"
		}
		return at
	})
	m := w.newMessage(c, a.User)
	m.Content = content
	var mentioned []string
	for _, sub := range mentionID.FindAllStringSubmatch(content, -1) {
		mentioned = append(mentioned, sub[1])
	}
	if o.replyTo != "" {
		to := w.messages[o.replyTo]
		if to == nil || to.channel != c {
			return nil, fmt.Errorf("discordtest: %s cannot reply to %q: no such message in %s", user, o.replyTo, channel)
		}
		if to.viewer != "" {
			return nil, fmt.Errorf("discordtest: %s cannot reply to %q: it is ephemeral", user, o.replyTo)
		}
		w.reply(m, to)
		if !o.noPing {
			mentioned = append(mentioned, to.Author.ID)
		}
	}
	w.mention(m, mentioned)
	for _, f := range o.files {
		m.Attachments = append(m.Attachments, w.store(c.id, f, false))
	}
	w.post(m)
	return m, nil
}

// newMessage begins a message. It is in no channel until post.
func (w *world) newMessage(c *channel, author User) *message {
	id := w.ids.next(kindMessage)
	return &message{channel: c, Message: Message{
		ID: id, ChannelID: c.id, GuildID: c.guildID(), Author: &author, Timestamp: timestamp(id),
		Mentions: []User{}, MentionRoles: []string{}, Attachments: []Attachment{}, Embeds: []Embed{},
		Components: []Component{},
	}}
}

func (w *world) post(m *message) {
	w.messages[m.ID] = m
	m.channel.messages = append(m.channel.messages, m)
}

// remove takes a message out of the world.
func (w *world) remove(m *message) {
	delete(w.messages, m.ID)
	m.channel.messages = slices.DeleteFunc(m.channel.messages, func(o *message) bool { return o == m })
}

// reply makes m a reply to another message.
func (w *world) reply(m, to *message) {
	m.Type = 19
	m.Reference = &Reference{MessageID: to.ID, ChannelID: to.ChannelID, GuildID: to.GuildID}
	m.ReferencedMessage = w.seen(to)
}

func (w *world) mention(m *message, ids []string) {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if a := w.accountsByID[id]; a != nil {
			m.Mentions = append(m.Mentions, a.User)
			m.mentionsBot = m.mentionsBot || a == w.bot
		}
	}
}

// store keeps a file and returns it as an attachment.
func (w *world) store(channelID string, f File, ephemeral bool) Attachment {
	id := w.ids.next(kindAttachment)
	typ := f.ContentType
	if typ == "" {
		typ = mime.TypeByExtension(path.Ext(f.Name))
	}
	folder := "attachments"
	if ephemeral {
		folder = "ephemeral-attachments"
	}
	// Discord signs attachment links; the signature here is not checked.
	rest := "/" + folder + "/" + channelID + "/" + id + "/" + f.Name + "?ex=6a000000&is=69000000&hm=00"
	a := Attachment{
		ID: id, Filename: f.Name, Size: len(f.Data), ContentType: typ,
		URL: "https://cdn.discordapp.com" + rest, ProxyURL: "https://media.discordapp.net" + rest,
	}
	w.attachments[id] = &stored{Attachment: a, channelID: channelID, data: f.Data}
	return a
}

// seen returns a copy of m as the bot sees it without the message content intent: content, embeds, components and
// attachments are empty, except in direct messages, in the bot's own messages and in those that mention it.
// https://discord.com/developers/docs/events/gateway#message-content-intent
func (w *world) seen(m *message) *Message {
	out := m.Message
	if m.channel.guild == nil || m.mentionsBot || m.Author.ID == w.bot.ID {
		return &out
	}
	out.Content, out.Embeds, out.Components, out.Attachments = "", []Embed{}, []Component{}, []Attachment{}
	return &out
}

// messageEvent returns MESSAGE_CREATE or MESSAGE_UPDATE for m. The payloads are copies.
func (w *world) messageEvent(name string, m *message) event {
	full, redacted := m.Message, w.seen(m)
	intent := intentDirectMessages
	if g := m.channel.guild; g != nil {
		intent = intentGuildMessages
		full.Member = g.member(m.Author.ID)
		redacted.Member = full.Member
	}
	return event{name: name, guildID: m.GuildID, intent: intent, payload: encoded(full), redacted: encoded(redacted)}
}

// encoded freezes a payload, so that later edits of the message do not change an event on its way.
func encoded(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic("discordtest: " + err.Error())
	}
	return data
}

// snapshot returns a deep copy of m as its viewer sees it.
func (m *message) snapshot() *Message {
	var out Message
	if err := json.Unmarshal(encoded(m.Message), &out); err != nil {
		panic("discordtest: " + err.Error())
	}
	return &out
}

// Messages returns the messages of a channel, oldest first, ephemeral ones of the user's included.
func (s *Server) Messages(user, channel string) ([]*Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.world.account(user)
	c, err := s.world.channel(a, channel)
	if err != nil {
		return nil, err
	}
	var out []*Message
	for _, m := range c.messages {
		if m.viewer == "" || m.viewer == a.ID {
			out = append(out, m.snapshot())
		}
	}
	return out, nil
}

// Delete removes a message, as its author or a moderator would.
func (s *Server) Delete(messageID string) error {
	s.mu.Lock()
	m := s.world.messages[messageID]
	if m == nil {
		s.mu.Unlock()
		return fmt.Errorf("discordtest: no message %q", messageID)
	}
	e := s.world.deleteEvent(m)
	s.world.remove(m)
	s.mu.Unlock()
	s.gateway.dispatch(e)
	return nil
}

func (w *world) deleteEvent(m *message) event {
	e := w.messageEvent("MESSAGE_DELETE", m)
	d := map[string]string{"id": m.ID, "channel_id": m.ChannelID}
	if m.GuildID != "" {
		d["guild_id"] = m.GuildID
	}
	e.payload, e.redacted = d, nil
	return e
}
