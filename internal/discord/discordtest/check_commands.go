package discordtest

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of commands, https://discord.com/developers/docs/interactions/application-commands.
const (
	maxSlashCommands   = 100
	maxUserCommands    = 15
	maxMessageCommands = 15
	maxName            = 32
	maxCommandText     = 100 // a description
	maxOptions         = 25
	maxChoices         = 25
	maxChoice          = 100  // name or value of a choice
	maxCommandSize     = 8000 // names, descriptions and values of a command together
	maxOptionLength    = 6000
)

const (
	commandKeys = "id application_id guild_id version type name name_localizations description " +
		"description_localizations options default_member_permissions default_permission dm_permission contexts " +
		"integration_types nsfw handler"
	optionKeys = "type name name_localizations description description_localizations required autocomplete choices " +
		"channel_types min_value max_value min_length max_length options"
)

// slashName is what the name of a slash command or an option looks like; letters that have a lower case are in it.
var slashName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

func checkCommandsBody(_ *Server, c *call, k *checker) {
	n := node{k, "", c.body}
	counts := map[int]int{}
	names := map[string]bool{}
	for _, cmd := range n.list(0, maxSlashCommands+maxUserCommands+maxMessageCommands) {
		typ := cmd.command()
		counts[typ]++
		name, _ := cmd.get("name").v.(string)
		if key := string(rune('0'+typ)) + name; names[key] {
			cmd.get("name").fail("APPLICATION_COMMANDS_DUPLICATE_NAME", "%q is there twice", name)
		} else {
			names[key] = true
		}
	}
	for typ, most := range map[int]int{
		commandSlash: maxSlashCommands, commandUser: maxUserCommands, commandMessage: maxMessageCommands,
	} {
		if counts[typ] > most {
			n.fail("MAX_COMMANDS", "%d commands of type %d, at most %d", counts[typ], typ, most)
		}
	}
}

// command checks one command and returns its type.
func (n node) command() int {
	n.object(commandKeys)
	typ := commandSlash
	if n.has("type") {
		typ = n.get("type").whole()
	}
	switch typ {
	case commandSlash:
		n.named()
		n.options(0)
	case commandUser, commandMessage:
		n.get("name").text(1, maxName)
		n.get("name_localizations").localised(1, maxName)
		n.without("description", "options", "description_localizations")
	default:
		n.get("type").fail("BASE_TYPE_CHOICES", "no command type %d", typ)
	}
	if size := n.commandSize(); size > maxCommandSize {
		n.fail("APPLICATION_COMMAND_TOO_LARGE", "%d characters, at most %d", size, maxCommandSize)
	}
	return typ
}

// named checks the name and description that slash commands and options share.
func (n node) named() {
	n.get("name").slashName()
	n.get("description").text(1, maxCommandText)
	n.get("description_localizations").localised(1, maxCommandText)
	if l, isMap := n.get("name_localizations").v.(map[string]any); isMap {
		for locale := range l {
			n.get("name_localizations").get(locale).slashName()
		}
	}
	n.get("name_localizations").localised(1, maxName)
}

func (n node) slashName() {
	name := n.text(1, maxName)
	if name != "" && (!slashName.MatchString(name) || name != strings.ToLower(name)) {
		n.fail("APPLICATION_COMMAND_INVALID_NAME", "%q is not a lower-case name", name)
	}
}

// localised checks the texts of a map by locale.
func (n node) localised(least, most int) {
	if n.v == nil {
		return
	}
	l, isMap := n.v.(map[string]any)
	if !isMap {
		n.fail("DICT_TYPE_CONVERT", "is not an object")
		return
	}
	for locale := range l {
		if !slices.Contains(strings.Fields(locales), locale) {
			n.get(locale).fail("BASE_TYPE_CHOICES", "no locale %q", locale)
		}
		n.get(locale).text(least, most)
	}
}

// locales are those of https://discord.com/developers/docs/reference#locales.
const locales = "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi " +
	"th zh-CN ja zh-TW ko"

// options checks the options of a command (depth 0), of a group (1) or of a subcommand.
func (n node) options(depth int) {
	names := map[string]bool{}
	optional, nested, plain := false, false, false
	for _, o := range n.get("options").list(0, maxOptions) {
		o.object(optionKeys)
		o.named()
		name, _ := o.get("name").v.(string)
		if names[name] {
			o.get("name").fail("APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "%q is there twice", name)
		}
		names[name] = true
		typ := o.get("type").within(optionSubcommand, optionAttachment)
		if typ == optionSubcommand || typ == optionGroup {
			nested = true
			if depth > 0 && typ == optionGroup || depth > 1 {
				o.get("type").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "nested too deep")
			}
			below := 2 // a subcommand holds options only
			if typ == optionGroup {
				below = 1
			}
			o.without("required", "choices", "autocomplete")
			o.options(below)
			continue
		}
		plain = true
		o.plainOption(typ)
		switch required := o.get("required").yes(); {
		case !required:
			optional = true
		case optional:
			o.get("required").fail("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
				"a required option after one that is not")
		}
	}
	if nested && plain {
		n.get("options").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "subcommands beside options")
	}
}

// plainOption checks an option that takes a value.
func (n node) plainOption(typ int) {
	n.without("options")
	takesText := typ == optionString
	takesChoices := takesText || typ == optionInteger || typ == optionNumber
	choices := n.get("choices").list(0, maxChoices)
	seen := map[string]bool{}
	for _, c := range choices {
		c.choice()
		name, _ := c.get("name").v.(string)
		if seen[name] {
			c.get("name").fail("APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", "%q is there twice", name)
		}
		seen[name] = true
	}
	auto := n.get("autocomplete").yes()
	switch {
	case auto && len(choices) > 0:
		n.get("autocomplete").fail("APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE", "autocomplete beside choices")
	case auto && !takesChoices:
		n.get("autocomplete").fail("APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE", "type %d does not autocomplete", typ)
	case len(choices) > 0 && !takesChoices:
		n.get("choices").fail("APPLICATION_COMMAND_OPTIONS_CHOICES", "type %d has no choices", typ)
	}
	if !takesText {
		n.without("min_length", "max_length")
		return
	}
	least, most := n.get("min_length").within(0, maxOptionLength), n.get("max_length").within(1, maxOptionLength)
	if n.has("max_length") && least > most {
		n.get("max_length").fail("NUMBER_TYPE_RANGE", "is %d, min_length is %d", most, least)
	}
}

// commandSize adds up a command's names, descriptions and values, at every depth. Of a text with translations the
// longest counts.
func (n node) commandSize() int {
	size := 0
	for _, key := range []string{"name", "description"} {
		text, _ := n.get(key).v.(string)
		longest := utf8.RuneCountInString(text)
		if l, isMap := n.get(key + "_localizations").v.(map[string]any); isMap {
			for _, t := range l {
				if t, isText := t.(string); isText {
					longest = max(longest, utf8.RuneCountInString(t))
				}
			}
		}
		size += longest
	}
	if v, isText := n.get("value").v.(string); isText {
		size += utf8.RuneCountInString(v)
	}
	for _, key := range []string{"options", "choices"} {
		l, _ := n.get(key).v.([]any)
		for _, v := range l {
			size += node{&checker{}, "", v}.commandSize()
		}
	}
	return size
}
