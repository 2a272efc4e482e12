package discordtest

import (
	"encoding/json"
	"net/http"
	"strconv"
)

func errUnknownInteraction() error { return errUnknown(10062, "interaction") }

// callback takes the first response to an interaction: at most one, and in time.
func callback(s *Server, c *call) (answer, error) {
	var body struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(c.raw, &body); err != nil {
		return answer{}, invalidBody(err)
	}
	d, err := readDraft(body.Data)
	if err != nil {
		return answer{}, err
	}
	s.mu.Lock()
	in := s.world.interactions[c.params["interaction_token"]]
	switch {
	case in == nil || in.id != c.params["interaction_id"]:
		err = errUnknownInteraction()
	case in.acked != 0:
		err = &apiError{400, 40060, "Interaction has already been acknowledged.", nil}
	case c.arrived.Sub(in.sentAt) > s.opts.CallbackTimeout:
		err = errUnknownInteraction()
	case body.Type == callbackUpdate && s.world.messages[in.source.ID] != in.source:
		err = errUnknown(10008, "Message")
	}
	if err != nil {
		s.mu.Unlock()
		return answer{}, err
	}
	in.acked = body.Type
	s.latencies = append(s.latencies, c.arrived.Sub(in.sentAt))
	if body.Type == callbackUpdate {
		in.original = in.source
		a, err := s.edit(in.source, c, body.Data, in.step, false) // releases s.mu
		if err != nil {
			return a, err
		}
		return in.respond(c, a.body)
	}
	w := &s.world
	var shown any
	var events []event
	switch body.Type {
	case callbackMessage:
		m := w.answerMessage(in, d.flags())
		w.apply(m, d, c.files)
		w.post(m)
		out := m.snapshot()
		in.original, shown = m, out
		events = m.announcement(w)
		in.step.reply(KindMessage, out, c.arrived, false)
	case callbackDeferMessage:
		m := w.answerMessage(in, d.flags()|flagLoading)
		w.post(m)
		in.original, shown = m, m.snapshot()
		events = m.announcement(w)
	case callbackDeferUpdate:
		in.original = in.source
		in.step.acknowledged(in.source.snapshot())
	case callbackChoices:
		err = s.choose(in, body.Data, c)
	case callbackModal:
		var m Modal
		if err = json.Unmarshal(body.Data, &m); err == nil {
			in.modal = &m
			in.step.add(&Reply{Kind: KindModal, Modal: &m, Ephemeral: true, Latency: c.arrived.Sub(in.sentAt)})
		}
	}
	s.mu.Unlock()
	if err != nil {
		return answer{}, invalidBody(err)
	}
	for _, e := range events {
		s.gateway.dispatch(e)
	}
	return in.respond(c, shown)
}

// choose records the suggestions of an autocomplete answer.
func (s *Server) choose(in *interaction, data json.RawMessage, c *call) error {
	var body struct {
		Choices []Choice `json:"choices"`
	}
	if err := json.Unmarshal(data, &body); err != nil {
		return err
	}
	in.step.add(&Reply{
		Kind: KindChoices, Choices: body.Choices, Ephemeral: true, Latency: c.arrived.Sub(in.sentAt),
	})
	return nil
}

// acknowledged notes that a click was taken in without a change so far.
func (st *Step) acknowledged(source *Message) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.source = source
}

// respond answers a callback: 204, or what came of it where with_response asks.
func (in *interaction) respond(c *call, shown any) (answer, error) {
	if full, _ := strconv.ParseBool(c.r.URL.Query().Get("with_response")); !full {
		return noContent()
	}
	i := map[string]any{"id": in.id, "type": in.kind}
	out := map[string]any{"interaction": i}
	if m, isMessage := shown.(*Message); isMessage {
		i["response_message_id"], i["response_message_ephemeral"] = m.ID, m.Ephemeral()
		i["response_message_loading"] = m.Flags&flagLoading != 0
		out["resource"] = map[string]any{"type": in.acked, "message": m}
	}
	return answer{http.StatusOK, out}, nil
}

// answerMessage begins a message that answers an interaction. Whether it is ephemeral is settled here.
func (w *world) answerMessage(in *interaction, flags int) *message {
	m := w.newMessage(in.channel, w.bot.User)
	m.from, m.step = in, in.step
	m.ApplicationID, m.WebhookID = w.bot.ID, w.bot.ID
	m.InteractionMetadata = &Metadata{
		ID: in.id, Type: in.kind, User: in.user.User, AuthorizingIntegrationOwners: in.owners(),
	}
	switch {
	case in.kind == interactionCommand && in.commandKind == commandSlash:
		m.Type = 20
	case in.kind == interactionCommand:
		m.Type = 23
	}
	m.Flags = flags & (flagEphemeral | flagLoading)
	if m.Ephemeral() {
		m.viewer = in.user.ID
	}
	return m
}

// announcement returns the events that tell of a new message: none for an ephemeral one.
func (m *message) announcement(w *world) []event {
	if m.viewer != "" {
		return nil
	}
	return []event{w.messageEvent("MESSAGE_CREATE", m)}
}

// hook returns the interaction that a webhook path stands for, while its token lives. The caller holds s.mu.
func (s *Server) hook(c *call) (*interaction, error) {
	in := s.world.interactions[c.params["webhook_token"]]
	switch {
	case c.params["webhook_id"] != s.world.bot.ID, in != nil && in.acked == 0:
		return nil, errUnknown(10015, "Webhook")
	case in == nil, c.arrived.Sub(in.sentAt) > s.opts.TokenLife:
		return nil, &apiError{401, 50027, "Invalid Webhook Token", nil}
	}
	return in, nil
}

// hookMessage returns the message that a webhook path means: @original, or a followup by its id.
func (s *Server) hookMessage(c *call) (*interaction, *message, error) {
	in, err := s.hook(c)
	if err != nil {
		return nil, nil, err
	}
	m := in.original
	if id := c.params["message_id"]; id != "@original" {
		m = s.world.messages[id]
		if m != nil && m.from != in && m != in.original {
			m = nil
		}
	}
	if m == nil || s.world.messages[m.ID] != m {
		return nil, nil, errUnknown(10008, "Message")
	}
	return in, m, nil
}

// createFollowup posts a further message. The first one after a deferral fills the deferred message.
func createFollowup(s *Server, c *call) (answer, error) {
	d, err := readDraft(c.raw)
	if err != nil {
		return answer{}, err
	}
	s.mu.Lock()
	in, err := s.hook(c)
	if err != nil {
		s.mu.Unlock()
		return answer{}, err
	}
	if in.original != nil && in.original.Flags&flagLoading != 0 {
		return s.edit(in.original, c, c.raw, in.step, true) // releases s.mu
	}
	w := &s.world
	m := w.answerMessage(in, d.flags()&flagEphemeral)
	w.apply(m, d, c.files)
	w.post(m)
	out, events := m.snapshot(), m.announcement(w)
	s.mu.Unlock()
	in.step.reply(KindMessage, out, c.arrived, false)
	for _, e := range events {
		s.gateway.dispatch(e)
	}
	return found(out)
}

func getHookMessage(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, m, err := s.hookMessage(c)
	if err != nil {
		return answer{}, err
	}
	return found(m.snapshot())
}

func editHookMessage(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	in, m, err := s.hookMessage(c)
	if err != nil {
		s.mu.Unlock()
		return answer{}, err
	}
	deferred := in.acked == callbackDeferMessage || in.acked == callbackDeferUpdate
	return s.edit(m, c, c.raw, in.step, deferred) // releases s.mu
}

func deleteHookMessage(s *Server, c *call) (answer, error) {
	s.mu.Lock()
	in, m, err := s.hookMessage(c)
	if err != nil {
		s.mu.Unlock()
		return answer{}, err
	}
	return s.remove(m, c, in.step) // releases s.mu
}
