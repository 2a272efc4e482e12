package discordtest

import "encoding/json"

// The objects below are Discord's own, with the fields that a bot may meet. They are written out here rather than
// taken from a client library, so that the fake does not share a library's mistakes.

// User is an account, human or bot.
type User struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	Discriminator string  `json:"discriminator"`
	GlobalName    *string `json:"global_name"`
	Avatar        *string `json:"avatar"`
	Bot           bool    `json:"bot,omitempty"`
	PublicFlags   int     `json:"public_flags"`
}

// Member is a user in a server. User is absent in the member of a message, Permissions outside interactions.
type Member struct {
	User        *User    `json:"user,omitempty"`
	Nick        *string  `json:"nick"`
	Avatar      *string  `json:"avatar"`
	Roles       []string `json:"roles"`
	JoinedAt    string   `json:"joined_at"`
	Deaf        bool     `json:"deaf"`
	Mute        bool     `json:"mute"`
	Flags       int      `json:"flags"`
	Permissions string   `json:"permissions,omitempty"`
}

// Role is a server's role. The role whose id is the server's own is everyone's.
type Role struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Color       int    `json:"color"`
	Hoist       bool   `json:"hoist"`
	Position    int    `json:"position"`
	Permissions string `json:"permissions"`
	Managed     bool   `json:"managed"`
	Mentionable bool   `json:"mentionable"`
}

// Channel is a server's text channel (type 0) or a direct message (type 1).
type Channel struct {
	ID          string `json:"id"`
	Type        int    `json:"type"`
	GuildID     string `json:"guild_id,omitempty"`
	Name        string `json:"name,omitempty"`
	Recipients  []User `json:"recipients,omitempty"`
	Permissions string `json:"permissions,omitempty"`
}

// Embed is a message's embed.
type Embed struct {
	Type        string       `json:"type,omitempty"`
	URL         string       `json:"url,omitempty"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Image       *EmbedMedia  `json:"image,omitempty"`
	Thumbnail   *EmbedMedia  `json:"thumbnail,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

// EmbedAuthor is the line above an embed's title.
type EmbedAuthor struct {
	Name    string `json:"name"`
	URL     string `json:"url,omitempty"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedFooter is the line below an embed.
type EmbedFooter struct {
	Text    string `json:"text"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedMedia is an embed's image or thumbnail.
type EmbedMedia struct {
	URL string `json:"url"`
}

// EmbedField is one name and value of an embed.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline"`
}

// Component is any message or modal component: Type says which fields count.
type Component struct {
	Type        int             `json:"type"`
	ID          int             `json:"id,omitempty"`
	CustomID    string          `json:"custom_id,omitempty"`
	Style       int             `json:"style,omitempty"`
	Label       string          `json:"label,omitempty"`
	Description string          `json:"description,omitempty"`
	Emoji       *Emoji          `json:"emoji,omitempty"`
	URL         string          `json:"url,omitempty"`
	Disabled    bool            `json:"disabled,omitempty"`
	Placeholder string          `json:"placeholder,omitempty"`
	Options     []SelectOption  `json:"options,omitempty"`
	MinValues   *int            `json:"min_values,omitempty"`
	MaxValues   *int            `json:"max_values,omitempty"`
	MinLength   *int            `json:"min_length,omitempty"`
	MaxLength   *int            `json:"max_length,omitempty"`
	Required    *bool           `json:"required,omitempty"`
	Value       string          `json:"value,omitempty"`
	Content     string          `json:"content,omitempty"`
	Spoiler     bool            `json:"spoiler,omitempty"`
	AccentColor *int            `json:"accent_color,omitempty"`
	Divider     *bool           `json:"divider,omitempty"`
	Spacing     int             `json:"spacing,omitempty"`
	Items       json.RawMessage `json:"items,omitempty"`
	File        json.RawMessage `json:"file,omitempty"`
	Media       json.RawMessage `json:"media,omitempty"`
	Components  []Component     `json:"components,omitempty"`
	Accessory   *Component      `json:"accessory,omitempty"`
	Component   *Component      `json:"component,omitempty"`
}

// Component types, as https://discord.com/developers/docs/components/reference numbers them.
const (
	componentRow            = 1
	componentButton         = 2
	componentSelect         = 3
	componentTextInput      = 4
	componentUserSelect     = 5
	componentChannel        = 8
	componentSection        = 9
	componentText           = 10
	componentThumbnail      = 11
	componentGallery        = 12
	componentFile           = 13
	componentSeparator      = 14
	componentContainer      = 17
	componentLabel          = 18
	componentFileUpload     = 19
	buttonStyleLink         = 5
	buttonStylePremium      = 6
	textInputStyleShort     = 1
	textInputStyleParagraph = 2
)

// Emoji is a custom emoji (with an ID) or a Unicode one (only a Name).
type Emoji struct {
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	Animated bool   `json:"animated,omitempty"`
}

// SelectOption is one choice of a select menu.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Emoji       *Emoji `json:"emoji,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// Attachment is a file on a message or in a command's options. URL is on cdn.discordapp.com, as Discord's are.
type Attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Size        int    `json:"size"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`
	ContentType string `json:"content_type,omitempty"`
	Description string `json:"description,omitempty"`
}

// Reference points from a reply to the message that it replies to.
type Reference struct {
	Type      int    `json:"type"`
	MessageID string `json:"message_id,omitempty"`
	ChannelID string `json:"channel_id,omitempty"`
	GuildID   string `json:"guild_id,omitempty"`
}

// Message is a message as the gateway and REST show it.
type Message struct {
	ID                  string       `json:"id"`
	Type                int          `json:"type"`
	ChannelID           string       `json:"channel_id"`
	GuildID             string       `json:"guild_id,omitempty"`
	Author              *User        `json:"author"`
	Member              *Member      `json:"member,omitempty"`
	Content             string       `json:"content"`
	Timestamp           string       `json:"timestamp"`
	EditedTimestamp     *string      `json:"edited_timestamp"`
	TTS                 bool         `json:"tts"`
	MentionEveryone     bool         `json:"mention_everyone"`
	Mentions            []User       `json:"mentions"`
	MentionRoles        []string     `json:"mention_roles"`
	Attachments         []Attachment `json:"attachments"`
	Embeds              []Embed      `json:"embeds"`
	Components          []Component  `json:"components"`
	Pinned              bool         `json:"pinned"`
	Flags               int          `json:"flags"`
	Nonce               any          `json:"nonce,omitempty"`
	ApplicationID       string       `json:"application_id,omitempty"`
	WebhookID           string       `json:"webhook_id,omitempty"`
	Reference           *Reference   `json:"message_reference,omitempty"`
	ReferencedMessage   *Message     `json:"referenced_message,omitempty"`
	InteractionMetadata *Metadata    `json:"interaction_metadata,omitempty"`
}

// Metadata says which interaction a message answers.
type Metadata struct {
	ID                           string            `json:"id"`
	Type                         int               `json:"type"`
	User                         User              `json:"user"`
	AuthorizingIntegrationOwners map[string]string `json:"authorizing_integration_owners"`
}

// Message flags that this world knows.
const (
	flagSuppressEmbeds        = 1 << 2
	flagEphemeral             = 1 << 6
	flagLoading               = 1 << 7
	flagSuppressNotifications = 1 << 12
	flagComponentsV2          = 1 << 15
)

// Ephemeral reports whether only one user sees the message.
func (m *Message) Ephemeral() bool { return m.Flags&flagEphemeral != 0 }

// Choice is one suggestion of an autocomplete answer.
type Choice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations,omitempty"`
	Value             any               `json:"value"`
}

// Modal is a form that the bot opened.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// Command is an application command, as GET returns it.
type Command struct {
	ID                       string            `json:"id"`
	ApplicationID            string            `json:"application_id"`
	GuildID                  string            `json:"guild_id,omitempty"`
	Version                  string            `json:"version"`
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Options                  []CommandOption   `json:"options,omitempty"`
	DefaultMemberPermissions *string           `json:"default_member_permissions"`
	DMPermission             *bool             `json:"dm_permission,omitempty"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types"`
	NSFW                     bool              `json:"nsfw"`
}

// Command types and the option types that are told apart here.
const (
	commandSlash   = 1
	commandUser    = 2
	commandMessage = 3

	optionSubcommand = 1
	optionGroup      = 2
	optionString     = 3
	optionInteger    = 4
	optionBoolean    = 5
	optionNumber     = 10
	optionAttachment = 11
)

// CommandOption is an option, subcommand or subcommand group of a slash command. The false and the absent are left
// out, as Discord leaves them out.
type CommandOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
	Choices                  []Choice          `json:"choices,omitempty"`
	ChannelTypes             []int             `json:"channel_types,omitempty"`
	MinValue                 *float64          `json:"min_value,omitempty"`
	MaxValue                 *float64          `json:"max_value,omitempty"`
	MinLength                *int              `json:"min_length,omitempty"`
	MaxLength                *int              `json:"max_length,omitempty"`
	Options                  []CommandOption   `json:"options,omitempty"`
}

// File is a file that a user attaches, or that the bot attached.
type File struct {
	Name        string
	ContentType string // guessed by Discord from the name; empty is allowed
	Data        []byte
}
