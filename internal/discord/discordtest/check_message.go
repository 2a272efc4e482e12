package discordtest

import (
	"fmt"
	"unicode/utf8"
)

// Limits of a message, https://discord.com/developers/docs/resources/message#create-message and
// https://discord.com/developers/docs/resources/message#embed-object-embed-limits. All in characters.
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedTitle  = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256
	maxEmbedText   = 6000 // over all embeds of a message
	maxLink        = 2048
	maxNonce       = 25
)

// messageUse says where a message stands: what it may carry depends on it.
type messageUse struct {
	keys  string // the keys that belong there
	flags int    // the flags that may be set
	edit  bool   // what is not sent stays
	v2    bool   // the message is one of components v2 already
}

const (
	commonKeys = "content embeds allowed_mentions components attachments flags poll"
	postKeys   = commonKeys + " tts nonce enforce_nonce message_reference sticker_ids"
	hookKeys   = commonKeys + " tts username avatar_url thread_name applied_tags"
	// discordgo writes these into every callback, empty where they do not belong.
	callbackKeys = commonKeys + " tts choices custom_id title"

	postFlags = flagSuppressEmbeds | flagSuppressNotifications | flagComponentsV2
	editFlags = flagSuppressEmbeds | flagComponentsV2
	hookFlags = postFlags | flagEphemeral
)

func checkCreateMessage(_ *Server, c *call, k *checker) {
	n := node{k, "", c.body}
	n.message(messageUse{keys: postKeys, flags: postFlags}, len(c.files))
	if nonce, isText := n.get("nonce").v.(string); isText && utf8.RuneCountInString(nonce) > maxNonce {
		n.get("nonce").fail("BASE_TYPE_MAX_LENGTH", "has more than %d characters", maxNonce)
	}
	if n.get("enforce_nonce").yes() && !n.has("nonce") {
		n.get("enforce_nonce").fail("BASE_TYPE_REQUIRED", "there is no nonce to enforce")
	}
	if r := n.get("message_reference"); r.v != nil {
		r.object("type message_id channel_id guild_id fail_if_not_exists")
		if !r.has("message_id") {
			r.get("message_id").fail("BASE_TYPE_REQUIRED", "is required")
		}
	}
}

func checkEditMessage(s *Server, c *call, k *checker) {
	use := messageUse{keys: commonKeys, flags: editFlags, edit: true}
	use.v2 = s.isV2(func() *message { return s.world.messages[c.params["message_id"]] })
	node{k, "", c.body}.message(use, len(c.files))
}

func checkFollowup(_ *Server, c *call, k *checker) {
	use := messageUse{keys: hookKeys, flags: hookFlags}
	node{k, "", c.body}.message(use, len(c.files))
}

func checkEditHookMessage(s *Server, c *call, k *checker) {
	use := messageUse{keys: commonKeys, flags: editFlags, edit: true}
	use.v2 = s.isV2(func() *message {
		_, m, err := s.hookMessage(c)
		if err != nil {
			return nil
		}
		return m
	})
	node{k, "", c.body}.message(use, len(c.files))
}

// isV2 reports whether the message that find returns is one of components v2.
func (s *Server) isV2(find func() *message) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := find()
	return m != nil && m.Flags&flagComponentsV2 != 0
}

func checkCreateDM(_ *Server, c *call, k *checker) {
	n := node{k, "", c.body}
	n.object("recipient_id")
	n.get("recipient_id").text(1, 20)
}

// checkCallback checks the first response to an interaction: its type by the interaction's, its data by its type.
func checkCallback(s *Server, c *call, k *checker) {
	n := node{k, "", c.body}
	n.object("type data")
	typ, data := n.get("type").whole(), n.get("data")
	s.mu.Lock()
	in := s.world.interactions[c.params["interaction_token"]]
	var kind int
	var clicked, v2 bool
	if in != nil {
		kind, clicked = in.kind, in.source != nil
		v2 = clicked && in.source.Flags&flagComponentsV2 != 0
	}
	s.mu.Unlock()
	if in != nil && !fitsInteraction(typ, kind, clicked) {
		n.get("type").fail("INTERACTION_CALLBACK_TYPE", "a callback of type %d does not answer an interaction of type %d",
			typ, kind)
		return
	}
	switch typ {
	case callbackMessage:
		data.message(messageUse{keys: callbackKeys, flags: hookFlags}, len(c.files))
	case callbackUpdate:
		data.message(messageUse{keys: callbackKeys, flags: hookFlags, edit: true, v2: v2}, len(c.files))
	case callbackDeferMessage:
		data.object(callbackKeys)
		data.flags(flagEphemeral)
		data.without("content", "embeds", "components")
	case callbackChoices:
		data.choices()
	case callbackModal:
		data.modal()
	}
}

// fitsInteraction reports whether a callback type may answer an interaction of that kind. clicked says whether
// there is a message to update: that of the component, or of the component that opened the modal.
func fitsInteraction(typ, kind int, clicked bool) bool {
	switch typ {
	case callbackPong:
		return false // only for Discord's own PING
	case callbackMessage, callbackDeferMessage:
		return kind != interactionAutocomplete
	case callbackDeferUpdate, callbackUpdate:
		return clicked && (kind == interactionComponent || kind == interactionModal)
	case callbackChoices:
		return kind == interactionAutocomplete
	case callbackModal:
		return kind == interactionCommand || kind == interactionComponent
	}
	return false
}

// without reports keys that are set where they do not belong. Empty values do no harm.
func (n node) without(keys ...string) {
	for _, key := range keys {
		switch v := n.get(key).v.(type) {
		case nil:
		case string:
			if v != "" {
				n.get(key).fail("UNEXPECTED_VALUE", "does not belong here")
			}
		case []any:
			if len(v) > 0 {
				n.get(key).fail("UNEXPECTED_VALUE", "does not belong here")
			}
		case bool:
			if v {
				n.get(key).fail("UNEXPECTED_VALUE", "does not belong here")
			}
		default:
			n.get(key).fail("UNEXPECTED_VALUE", "does not belong here")
		}
	}
}

// flags checks that no flag is set beside those allowed, and returns them.
func (n node) flags(allowed int) int {
	f := n.get("flags").whole()
	if f&^allowed != 0 {
		n.get("flags").fail("FLAGS", "flags %d may not be set here", f&^allowed)
	}
	return f
}

// message checks a message body against the limits and the house's rule that nobody is ever pinged.
func (n node) message(use messageUse, files int) {
	if n.object(use.keys) == nil {
		if n.v == nil {
			n.fail(codeEmpty, "an empty message")
		}
		return
	}
	n.without("choices", "custom_id", "title")
	v2 := n.flags(use.flags)&flagComponentsV2 != 0 || use.v2
	n.get("content").text(0, maxContent)
	n.embeds()
	n.messageComponents(v2)
	n.pingsNobody()
	if v2 {
		n.without("content", "embeds", "poll", "sticker_ids")
	}
	for _, a := range n.get("attachments").list(0, 10) {
		a.object("id filename description content_type size url proxy_url height width ephemeral duration_secs " +
			"waveform flags title is_remix")
		if id, err := fmt.Sscan(fmt.Sprint(a.get("id").v), new(uint64)); id != 1 || err != nil {
			a.get("id").fail("BASE_TYPE_REQUIRED", "is neither the index of a file nor an attachment's id")
		}
	}
	if content := n.get("content").v; !use.edit && (content == nil || content == "") && files == 0 && !n.some("embeds") && !n.some("components") &&
		!n.some("sticker_ids") && !n.has("poll") {
		n.fail(codeEmpty, "an empty message")
	}
}

// some reports whether a key holds a list that is not empty.
func (n node) some(key string) bool {
	l, _ := n.get(key).v.([]any)
	return len(l) > 0
}

// pingsNobody checks that allowed_mentions is there and allows nothing.
func (n node) pingsNobody() {
	a := n.get("allowed_mentions")
	if a.v == nil {
		a.fail("ALLOWED_MENTIONS", "is missing: without it everyone can be pinged")
		return
	}
	a.object("parse users roles replied_user")
	if parse, isList := a.get("parse").v.([]any); !isList || len(parse) > 0 {
		a.get("parse").fail("ALLOWED_MENTIONS", "must be [], not %v", a.get("parse").v)
	}
	a.without("users", "roles", "replied_user")
}

// embeds checks the embeds of a message.
func (n node) embeds() {
	total := 0
	for _, e := range n.get("embeds").list(0, maxEmbeds) {
		if e.v == nil {
			e.fail("BASE_TYPE_REQUIRED", "is null")
			continue
		}
		total += e.embed()
	}
	if total > maxEmbedText {
		n.get("embeds").fail("MAX_EMBED_SIZE_EXCEEDED", "%d characters over all embeds, at most %d", total, maxEmbedText)
	}
}

// embed checks one embed and returns the characters that count towards the sum.
func (n node) embed() int {
	n.object("type url title description timestamp color author footer image thumbnail video provider fields")
	size := func(t string) int { return utf8.RuneCountInString(t) }
	total := size(n.get("title").text(0, maxEmbedTitle)) + size(n.get("description").text(0, maxDescription))
	n.get("url").webLink(0, maxLink)
	n.get("color").within(0, 0xFFFFFF)
	if f := n.get("footer"); f.v != nil {
		f.object("text icon_url proxy_icon_url")
		total += size(f.get("text").text(1, maxFooter))
		f.get("icon_url").webLink(0, maxLink)
	}
	if a := n.get("author"); a.v != nil {
		a.object("name url icon_url proxy_icon_url")
		total += size(a.get("name").text(1, maxAuthor))
		a.get("url").webLink(0, maxLink)
	}
	for _, f := range n.get("fields").list(0, maxFields) {
		f.object("name value inline")
		total += size(f.get("name").text(1, maxFieldName)) + size(f.get("value").text(1, maxFieldValue))
	}
	for _, key := range []string{"image", "thumbnail", "video", "provider"} {
		if m := n.get(key); m.v != nil {
			m.object("url proxy_url width height name")
			m.get("url").webLink(0, maxLink)
		}
	}
	if total == 0 && !n.has("image") && !n.has("thumbnail") {
		n.fail("BASE_TYPE_REQUIRED", "an embed without anything to show")
	}
	return total
}
