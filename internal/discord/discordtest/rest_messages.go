package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// draft is the body of a message or an edit. A key that was sent, null included, replaces what was there.
type draft struct {
	Content     *string         `json:"content"`
	Embeds      []Embed         `json:"embeds"`
	Components  []Component     `json:"components"`
	Flags       *int            `json:"flags"`
	TTS         bool            `json:"tts"`
	Nonce       any             `json:"nonce"`
	EnforceOnce bool            `json:"enforce_nonce"`
	Reference   *draftReference `json:"message_reference"`
	Attachments []struct {
		ID any `json:"id"`
	} `json:"attachments"`

	sent map[string]json.RawMessage
}

type draftReference struct {
	MessageID string `json:"message_id"`
	FailIfNot *bool  `json:"fail_if_not_exists"`
}

func readDraft(raw []byte) (*draft, error) {
	if len(raw) == 0 {
		return &draft{}, nil
	}
	var d draft
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, invalidBody(err)
	}
	if err := json.Unmarshal(raw, &d.sent); err != nil {
		return nil, invalidBody(err)
	}
	return &d, nil
}

// invalidBody is the answer to a body whose values have the wrong types.
func invalidBody(err error) error {
	return &apiError{400, 50035, "Invalid Form Body", map[string]any{
		"_errors": []any{map[string]any{"code": "BASE_TYPE_BAD", "message": err.Error()}},
	}}
}

// flags returns the flags that were sent.
func (d *draft) flags() int {
	if d.Flags == nil {
		return 0
	}
	return *d.Flags
}

func (d *draft) has(key string) bool { _, ok := d.sent[key]; return ok }

// apply writes the draft into m. Files are added to the attachments that the draft keeps.
func (w *world) apply(m *message, d *draft, files []File) {
	if d.has("content") {
		m.Content = ""
		if d.Content != nil {
			m.Content = *d.Content
		}
	}
	if d.has("embeds") {
		m.Embeds = append([]Embed{}, d.Embeds...)
		for i := range m.Embeds {
			m.Embeds[i].Type = "rich"
		}
	}
	if d.has("components") {
		m.Components = append([]Component{}, d.Components...)
		number := 0
		numberComponents(m.Components, &number)
	}
	if d.has("attachments") {
		kept := []Attachment{}
		for _, a := range m.Attachments {
			for _, k := range d.Attachments {
				if fmt.Sprint(k.ID) == a.ID {
					kept = append(kept, a)
				}
			}
		}
		m.Attachments = kept
	}
	for _, f := range files {
		m.Attachments = append(m.Attachments, w.store(m.ChannelID, f, m.Ephemeral()))
	}
	m.Flags |= d.flags() & (flagSuppressEmbeds | flagSuppressNotifications | flagComponentsV2)
	m.Nonce = d.Nonce
}

// numberComponents gives every component that has no id the next one, as Discord does.
func numberComponents(cs []Component, last *int) {
	for i := range cs {
		if *last++; cs[i].ID == 0 {
			cs[i].ID = *last
		}
		numberComponents(cs[i].Components, last)
		for _, inner := range []*Component{cs[i].Accessory, cs[i].Component} {
			if inner != nil {
				one := []Component{*inner}
				numberComponents(one, last)
				*inner = one[0]
			}
		}
	}
}

// empty reports whether a message would show nothing.
func (m *message) empty() bool {
	return m.Content == "" && len(m.Embeds) == 0 && len(m.Components) == 0 && len(m.Attachments) == 0
}

func errEmptyMessage() error { return &apiError{400, 50006, "Cannot send an empty message", nil} }

func createMessage(s *Server, c *call) (answer, error) {
	d, err := readDraft(c.raw)
	if err != nil {
		return answer{}, err
	}
	s.mu.Lock()
	w := &s.world
	ch, err := w.open(c.params["channel_id"])
	if err != nil {
		s.mu.Unlock()
		return answer{}, err
	}
	if first := w.nonced(d, c.arrived); first != nil {
		s.stats.NonceRepeats++
		out := first.snapshot()
		s.mu.Unlock()
		return found(out)
	}
	m := w.newMessage(ch, w.bot.User)
	if r := d.Reference; r != nil {
		to := w.messages[r.MessageID]
		switch {
		case to != nil && to.channel == ch:
			w.reply(m, to)
		case r.FailIfNot == nil || *r.FailIfNot:
			s.mu.Unlock()
			return answer{}, &apiError{400, 50035, "Invalid Form Body", nest("message_reference", map[string]any{
				"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message",
			})}
		}
	}
	w.apply(m, d, c.files)
	w.post(m)
	if d.Nonce != nil {
		w.nonces[fmt.Sprint(d.Nonce)] = nonceUse{m.ID, c.arrived}
	}
	step := ch.lastSay
	if m.Reference != nil && w.says[m.Reference.MessageID] != nil {
		step = w.says[m.Reference.MessageID]
	}
	m.step = step
	out, e := m.snapshot(), w.messageEvent("MESSAGE_CREATE", m)
	s.mu.Unlock()
	step.reply(KindMessage, out, c.arrived, false)
	s.gateway.dispatch(e)
	return found(out)
}

// nonced returns the message that the draft's nonce has made already, where the draft insists on its nonce.
func (w *world) nonced(d *draft, t time.Time) *message {
	if d.Nonce == nil || !d.EnforceOnce {
		return nil
	}
	use, ok := w.nonces[fmt.Sprint(d.Nonce)]
	if !ok || t.Sub(use.at) > nonceWindow {
		return nil
	}
	return w.messages[use.messageID]
}

// reply records a reply that carries a message. st may be nil: nobody asked.
func (st *Step) reply(kind ReplyKind, m *Message, arrived time.Time, deferred bool) {
	if st == nil {
		return
	}
	st.add(&Reply{
		Kind: kind, Message: m, Ephemeral: m.Ephemeral(), Deferred: deferred, Latency: arrived.Sub(st.dispatched),
	})
}

// find returns a message of a channel that the bot can see.
func (w *world) find(channelID, messageID string) (*message, error) {
	ch, err := w.open(channelID)
	if err != nil {
		return nil, err
	}
	m := w.messages[messageID]
	if m == nil || m.channel != ch || m.viewer != "" {
		return nil, errUnknown(10008, "Message")
	}
	return m, nil
}

// shown is a message as REST gives it to the bot, by its intents as an application.
func (s *Server) shown(m *message) any {
	if s.opts.PrivilegedIntents&intentMessageContent != 0 {
		return encoded(m.Message)
	}
	return encoded(s.world.seen(m))
}

func getMessage(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.world.find(c.params["channel_id"], c.params["message_id"])
	if err != nil {
		return answer{}, err
	}
	return found(s.shown(m))
}

// listMessages answers the newest messages first, up to `limit` (default 50), of those `before` or `after` an id.
func listMessages(s *Server, c *call) (answer, error) {
	q := c.r.URL.Query()
	limit := 50
	if v := q.Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 100 {
			return answer{}, &apiError{400, 50035, "Invalid Form Body", nest("limit", map[string]any{
				"code": "NUMBER_TYPE_MAX", "message": "int value should be between 1 and 100.",
			})}
		}
		limit = n
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.world.open(c.params["channel_id"])
	if err != nil {
		return answer{}, err
	}
	out := []any{}
	for i := len(ch.messages) - 1; i >= 0 && len(out) < limit; i-- {
		m := ch.messages[i]
		if b := q.Get("before"); m.viewer != "" || b != "" && m.ID >= b || m.ID <= q.Get("after") {
			continue
		}
		out = append(out, s.shown(m))
	}
	return found(out)
}

func editMessage(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	m, err := s.world.find(c.params["channel_id"], c.params["message_id"])
	if err == nil && m.Author.ID != s.world.bot.ID {
		err = &apiError{403, 50005, "Cannot edit a message authored by another user", nil}
	}
	if err != nil {
		s.mu.Unlock()
		return answer{}, err
	}
	return s.edit(m, c, c.raw, m.step, false)
}

// edit changes a message and tells the step and the gateway. The caller holds s.mu, which edit releases.
func (s *Server) edit(m *message, c *call, raw []byte, step *Step, deferred bool) (answer, error) {
	d, err := readDraft(raw)
	if err != nil {
		s.mu.Unlock()
		return answer{}, err
	}
	kind := KindEdit
	before := m.Message
	if m.Flags&flagLoading != 0 {
		kind = KindMessage // what a deferral promised
		m.Flags &^= flagLoading
	}
	s.world.apply(m, d, c.files)
	if m.empty() {
		m.Message = before
		s.violations = append(s.violations, Violation{Where: c.where(), Problem: "an empty message"})
		s.mu.Unlock()
		return answer{}, errEmptyMessage()
	}
	if kind == KindEdit {
		at := now()
		m.EditedTimestamp = &at
	}
	out, e := m.snapshot(), s.world.messageEvent("MESSAGE_UPDATE", m)
	hidden := m.viewer != ""
	s.mu.Unlock()
	step.reply(kind, out, c.arrived, deferred)
	if !hidden {
		s.gateway.dispatch(e)
	}
	return answer{http.StatusOK, out}, nil
}

func deleteMessage(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	m, err := s.world.find(c.params["channel_id"], c.params["message_id"])
	if err == nil && m.Author.ID != s.world.bot.ID {
		err = &apiError{403, 50013, "Missing Permissions", nil}
	}
	if err != nil {
		s.mu.Unlock()
		return answer{}, err
	}
	return s.remove(m, c, m.step)
}

// remove deletes a message. The caller holds s.mu, which remove releases.
func (s *Server) remove(m *message, c *call, step *Step) (answer, error) {
	out, e := m.snapshot(), s.world.deleteEvent(m)
	s.world.remove(m)
	hidden := m.viewer != ""
	s.mu.Unlock()
	step.reply(KindDelete, out, c.arrived, false)
	if !hidden {
		s.gateway.dispatch(e)
	}
	return noContent()
}
