package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/cite"
)

// Names of commands, subcommands and options, in English; commandTexts has
// their descriptions and the Spanish ones.
const (
	cmdAsk    = "ask"
	cmdSearch = "search"
	cmdRead   = "read"
	cmdCite   = "cite"
	cmdVerify = "verify"
	cmdCorpus = "corpus"

	cmdAuthorities = "authorities"
	cmdCiting      = "citing"

	cmdHelp    = "help"
	cmdPrivacy = "privacy"

	menuAsk = "Ask about this"
	menuAdd = "Add to this server's documents"

	menuVerify = "Verify quote"

	subAdd    = "add"
	subList   = "list"
	subShow   = "show"
	subRemove = "remove"

	subReplace = "replace"
	subHistory = "history"
	subUndo    = "undo"
	subExport  = "export"

	subLexicon = "lexicon"

	optQuestion = "question"
	optKeywords = "keywords"
	optDocument = "document"
	optPassage  = "passage"

	optAuthority = "authority"

	optQuote   = "quote"
	optKind    = "kind"
	optStyle   = "style"
	optPrivate = "private"
	optFile    = "file"
	optURL     = "url"
	optTitle   = "title"
	optClear   = "clear"
)

// Values of the option kind.
const (
	kindParagraph = "paragraph"
	kindNote      = "note"
)

// maxOption is the longest text that Discord takes in an option.
const maxOption = 6000

// commands are all that the bot registers. A command's or an option's texts
// are found in the wording by its path, such as "corpus add file".
func commands() []*discordgo.ApplicationCommand {
	manage := int64(discordgo.PermissionManageGuild)
	everywhere := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
	inServers := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	slash := func(name string, where []discordgo.InteractionContextType, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
		c := &discordgo.ApplicationCommand{
			Type: discordgo.ChatApplicationCommand, Name: name, Contexts: &where, Options: options,
			IntegrationTypes: &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall},
		}
		localise(c)
		return c
	}
	onMessage := func(name string, where []discordgo.InteractionContextType) *discordgo.ApplicationCommand {
		c := slash(name, where)
		c.Type, c.Description, c.DescriptionLocalizations = discordgo.MessageApplicationCommand, "", nil
		return c
	}
	addMessage := onMessage(menuAdd, inServers)
	addMessage.DefaultMemberPermissions = &manage
	corpus := slash(cmdCorpus, inServers,
		group(subAdd, option(optFile, discordgo.ApplicationCommandOptionAttachment), textOption(optURL), titleOption()),
		group(subList),
		group(subShow, required(documentOption())),
		group(subRemove, required(documentOption())),
		group(subReplace, required(documentOption()), option(optFile, discordgo.ApplicationCommandOptionAttachment), textOption(optURL), titleOption()),
		group(subHistory, required(documentOption())),
		group(subUndo, required(documentOption())),
		group(subExport),
		group(subLexicon, option(optFile, discordgo.ApplicationCommandOptionAttachment), option(optClear, discordgo.ApplicationCommandOptionBoolean)),
	)
	corpus.DefaultMemberPermissions = &manage
	return []*discordgo.ApplicationCommand{
		slash(cmdAsk, everywhere, required(textOption(optQuestion)), documentOption(), option(optPrivate, discordgo.ApplicationCommandOptionBoolean)),
		slash(cmdSearch, everywhere, required(textOption(optKeywords)), documentOption(), kindOption(), option(optPrivate, discordgo.ApplicationCommandOptionBoolean)),
		slash(cmdRead, everywhere, required(documentOption()), passageOption()),
		slash(cmdCite, everywhere, required(passageOption()), styleOption()),
		slash(cmdVerify, everywhere, required(textOption(optQuote)), option(optPrivate, discordgo.ApplicationCommandOptionBoolean)),
		slash(cmdAuthorities, everywhere, documentOption(), option(optPrivate, discordgo.ApplicationCommandOptionBoolean)),
		slash(cmdCiting, everywhere, required(authorityOption()), option(optPrivate, discordgo.ApplicationCommandOptionBoolean)),
		corpus,
		slash(cmdHelp, everywhere),
		slash(cmdPrivacy, everywhere),
		onMessage(menuAsk, everywhere),
		onMessage(menuVerify, everywhere),
		addMessage,
	}
}

func option(name string, t discordgo.ApplicationCommandOptionType) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Name: name, Type: t}
}

func required(o *discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o.Required = true
	return o
}

func textOption(name string) *discordgo.ApplicationCommandOption {
	o := option(name, discordgo.ApplicationCommandOptionString)
	o.MaxLength = maxOption
	return o
}

func titleOption() *discordgo.ApplicationCommandOption {
	o := textOption(optTitle)
	o.MaxLength = maxTitle
	return o
}

// maxTitle is the longest title that a moderator may give, in characters.
const maxTitle = 200

func documentOption() *discordgo.ApplicationCommandOption {
	o := option(optDocument, discordgo.ApplicationCommandOptionString)
	o.Autocomplete = true
	return o
}

func passageOption() *discordgo.ApplicationCommandOption {
	o := option(optPassage, discordgo.ApplicationCommandOptionString)
	o.Autocomplete = true
	return o
}

func authorityOption() *discordgo.ApplicationCommandOption {
	o := textOption(optAuthority)
	o.Autocomplete, o.MaxLength = true, maxAuthority
	return o
}

// maxAuthority is the longest spelling of an authority that is taken, in
// characters.
const maxAuthority = 500

func kindOption() *discordgo.ApplicationCommandOption {
	o := option(optKind, discordgo.ApplicationCommandOptionString)
	for _, value := range []string{kindParagraph, kindNote} {
		o.Choices = append(o.Choices, &discordgo.ApplicationCommandOptionChoice{Name: value, Value: value})
	}
	return o
}

func styleOption() *discordgo.ApplicationCommandOption {
	o := option(optStyle, discordgo.ApplicationCommandOptionString)
	p := newPage(english) // localise adds the Spanish names
	for _, style := range cite.Styles() {
		o.Choices = append(o.Choices, &discordgo.ApplicationCommandOptionChoice{Name: p.styleName(style), Value: string(style)})
	}
	return o
}

func group(name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionSubCommand, Name: name, Options: options}
}

// registerCommands makes Discord's commands those of this program, where they
// are not already: to overwrite them counts against a daily limit. With a dev
// server they are that server's alone.
func registerCommands(ctx context.Context, r *rest, appID, devServer string, log *slog.Logger) error {
	have, err := r.commands(ctx, appID, devServer)
	if err != nil {
		return fmt.Errorf("discord: register commands: %w", err)
	}
	want := commands()
	if sameCommands(have, want) {
		log.LogAttrs(ctx, slog.LevelDebug, "discord: commands are up to date", slog.Int("commands", len(want)))
		return nil
	}
	if _, err := r.overwriteCommands(ctx, appID, devServer, want); err != nil {
		return fmt.Errorf("discord: register commands: %w", err)
	}
	log.LogAttrs(ctx, slog.LevelInfo, "discord: commands registered", slog.Int("commands", len(want)))
	return nil
}

// sameCommands compares what Discord has with what the program wants, by all
// that the program sets. Discord sorts the commands and adds ids and defaults.
func sameCommands(have, want []*discordgo.ApplicationCommand) bool {
	if len(have) != len(want) {
		return false
	}
	known := make(map[string]any, len(have))
	for _, c := range have {
		known[commandKey(c)] = settled(c)
	}
	for _, c := range want {
		if !reflect.DeepEqual(known[commandKey(c)], settled(c)) {
			return false
		}
	}
	return true
}

func commandKey(c *discordgo.ApplicationCommand) string { return fmt.Sprint(c.Type, " ", c.Name) }

// settled is a command as JSON values, without what Discord adds and without
// what is empty.
func settled(c *discordgo.ApplicationCommand) any {
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	var fields map[string]any
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	for _, added := range []string{"id", "application_id", "guild_id", "version", "default_permission", "dm_permission", "nsfw"} {
		delete(fields, added)
	}
	return withoutEmpty(fields)
}

// withoutEmpty drops the fields that are null, false, empty or zero, at every
// depth: Discord leaves some out and fills others in.
func withoutEmpty(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, field := range v {
			if field = withoutEmpty(field); field == nil {
				delete(v, key)
			} else {
				v[key] = field
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = withoutEmpty(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	}
	return v
}
