package discord

import (
	"context"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// callbackPatience is how long a first response may wait for a rate limit:
// the interaction is lost 3 s after it was sent.
const callbackPatience = time.Second

// payload is a message as the API takes it. Every field that makes up what is
// shown is always sent, so that an edit replaces all of it.
type payload struct {
	Content    string                       `json:"content"`
	Embeds     []*discordgo.MessageEmbed    `json:"embeds"`
	Components []discordgo.MessageComponent `json:"components"`
	Mentions   mentions                     `json:"allowed_mentions"`
	Uploads    []uploadRef                  `json:"attachments,omitempty"`
	Flags      discordgo.MessageFlags       `json:"flags,omitempty"`

	Nonce     string     `json:"nonce,omitempty"`
	Enforce   bool       `json:"enforce_nonce,omitempty"`
	Reference *reference `json:"message_reference,omitempty"`
}

// mentions allows none: parse has to be there and empty, not null.
type mentions struct {
	Parse       []string `json:"parse"`
	RepliedUser bool     `json:"replied_user"`
}

// reference makes a message a reply. Where that message is gone, it is posted
// all the same.
type reference struct {
	MessageID string `json:"message_id"`
	Fail      bool   `json:"fail_if_not_exists"`
}

func newPayload(m *message) payload {
	p := payload{
		Content: m.Content, Embeds: m.Embeds, Components: m.Components,
		Mentions: mentions{Parse: []string{}},
	}
	if p.Embeds == nil {
		p.Embeds = []*discordgo.MessageEmbed{}
	}
	if p.Components == nil {
		p.Components = []discordgo.MessageComponent{}
	}
	if m.Upload != nil {
		p.Uploads = []uploadRef{{ID: "0", Name: m.Upload.name}}
	}
	if m.Private {
		p.Flags = discordgo.MessageFlagsEphemeral
	}
	return p
}

// callbackBody is the first response to an interaction.
type callbackBody struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// deferral is the data of a response that asks for time.
type deferral struct {
	Flags discordgo.MessageFlags `json:"flags,omitempty"`
}

// callback sends the first response to an interaction. For the deferring kinds
// only Private of m counts; m may be nil. An interaction takes one callback:
// a second attempt after a lost answer is refused as such and counts as done.
func (r *rest) callback(ctx context.Context, i *discordgo.Interaction, kind discordgo.InteractionResponseType, m *message) error {
	body := callbackBody{Type: kind}
	var file *upload
	switch kind {
	case discordgo.InteractionResponseDeferredChannelMessageWithSource:
		if m != nil && m.Private {
			body.Data = deferral{discordgo.MessageFlagsEphemeral}
		}
	case discordgo.InteractionResponseDeferredMessageUpdate:
	default:
		body.Data, file = newPayload(m), m.Upload
	}
	return r.sendCallback(ctx, i, body, file)
}

// autocomplete answers an autocomplete interaction.
func (r *rest) autocomplete(ctx context.Context, i *discordgo.Interaction, choices []*discordgo.ApplicationCommandOptionChoice) error {
	if choices == nil {
		choices = []*discordgo.ApplicationCommandOptionChoice{}
	}
	return r.sendCallback(ctx, i, callbackBody{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: struct {
			Choices []*discordgo.ApplicationCommandOptionChoice `json:"choices"`
		}{choices},
	}, nil)
}

// modal answers an interaction with a form.
func (r *rest) modal(ctx context.Context, i *discordgo.Interaction, customID, title string, rows []discordgo.MessageComponent) error {
	return r.sendCallback(ctx, i, callbackBody{
		Type: discordgo.InteractionResponseModal,
		Data: struct {
			CustomID   string                       `json:"custom_id"`
			Title      string                       `json:"title"`
			Components []discordgo.MessageComponent `json:"components"`
		}{customID, title, rows},
	}, nil)
}

func (r *rest) sendCallback(ctx context.Context, i *discordgo.Interaction, body callbackBody, file *upload) error {
	return r.do(ctx, request{
		method: http.MethodPost, path: "/interactions/" + i.ID + "/" + i.Token + "/callback", route: "callback",
		body: body, upload: file, interaction: true, repeatable: true, once: codeAcknowledged, patience: callbackPatience,
	}, nil)
}

// editOriginal replaces the first response to an interaction, or the message
// of the component that was used where that response was of an update.
func (r *rest) editOriginal(ctx context.Context, i *discordgo.Interaction, m *message) error {
	p := newPayload(m)
	p.Flags = 0 // settled by the first response
	return r.do(ctx, request{
		method: http.MethodPatch, path: "/webhooks/" + i.AppID + "/" + i.Token + "/messages/@original",
		route: "edit of the response", body: p, upload: m.Upload, interaction: true,
	}, nil)
}

// followUp posts a further message to an interaction. It has no nonce, so a
// lost answer is not tried again.
func (r *rest) followUp(ctx context.Context, i *discordgo.Interaction, m *message) error {
	return r.do(ctx, request{
		method: http.MethodPost, path: "/webhooks/" + i.AppID + "/" + i.Token, route: "follow-up",
		body: newPayload(m), upload: m.Upload, interaction: true,
	}, nil)
}

// reply posts a message as a reply to another. The nonce, at most 25
// characters, makes Discord post it once, however often it is sent.
func (r *rest) reply(ctx context.Context, channelID, toMessageID string, m *message, nonce string) error {
	p := newPayload(m)
	p.Flags = 0 // only an interaction's messages can be private
	p.Nonce, p.Enforce = nonce, true
	p.Reference = &reference{MessageID: toMessageID}
	return r.do(ctx, request{
		method: http.MethodPost, path: "/channels/" + channelID + "/messages", route: "reply",
		body: p, upload: m.Upload, repeatable: true,
	}, nil)
}

// typing shows the bot as typing for 10 s, or until it posts.
func (r *rest) typing(ctx context.Context, channelID string) error {
	return r.do(ctx, request{
		method: http.MethodPost, path: "/channels/" + channelID + "/typing", route: "typing",
	}, nil)
}

// commands returns the application's commands, localisations included: those
// of one server, or the global ones where guildID is "".
func (r *rest) commands(ctx context.Context, appID, guildID string) ([]*discordgo.ApplicationCommand, error) {
	var out []*discordgo.ApplicationCommand
	err := r.do(ctx, request{
		method: http.MethodGet, path: commandsPath(appID, guildID) + "?with_localizations=true", route: "reading the commands",
	}, &out)
	return out, err
}

// overwriteCommands replaces all commands of that scope and returns them with
// their ids.
func (r *rest) overwriteCommands(ctx context.Context, appID, guildID string, cmds []*discordgo.ApplicationCommand) ([]*discordgo.ApplicationCommand, error) {
	if cmds == nil {
		cmds = []*discordgo.ApplicationCommand{}
	}
	var out []*discordgo.ApplicationCommand
	err := r.do(ctx, request{
		method: http.MethodPut, path: commandsPath(appID, guildID), route: "overwriting the commands", body: cmds,
	}, &out)
	return out, err
}

func commandsPath(appID, guildID string) string {
	if guildID == "" {
		return "/applications/" + appID + "/commands"
	}
	return "/applications/" + appID + "/guilds/" + guildID + "/commands"
}

// gatewayBot returns the gateway's address, the number of shards that Discord
// asks for, and how many sessions may still be started.
func (r *rest) gatewayBot(ctx context.Context) (*discordgo.GatewayBotResponse, error) {
	var out discordgo.GatewayBotResponse
	err := r.do(ctx, request{method: http.MethodGet, path: "/gateway/bot", route: "reading the gateway's address"}, &out)
	return &out, err
}
