package discord

import (
	"maps"
	"regexp"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// commandName is what Discord takes for the name of a slash command or option,
// capitals aside.
var commandName = regexp.MustCompile(`^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$`)

// TestCommandTexts holds that each command, option and choice that the bot
// registers has its texts, within Discord's limits, that names beside each
// other differ in both languages, and that no text is left over.
func TestCommandTexts(t *testing.T) {
	left := commandTexts()
	check := func(path, name string, slash bool) {
		text, ok := left[path]
		if !ok {
			t.Errorf("%s has no text", path)
			return
		}
		delete(left, path)
		for _, n := range []string{name, text.Name} {
			if units(n) < 1 || units(n) > 32 || slash && !commandName.MatchString(n) {
				t.Errorf("%s: name %q", path, n)
			}
		}
		for _, about := range []string{text.Description, text.About} {
			if n := units(about); n > 100 || slash && n < 1 {
				t.Errorf("%s: description %q", path, about)
			}
		}
	}
	beside := func(names map[string]bool, path, name string) {
		if names[name] {
			t.Errorf("%s: the name %q is there twice", path, name)
		}
		names[name] = true
	}
	var options func(path string, list []*discordgo.ApplicationCommandOption)
	options = func(path string, list []*discordgo.ApplicationCommandOption) {
		names := map[string]bool{}
		for _, o := range list {
			below := path + " " + o.Name
			beside(names, below, left[below].Name)
			check(below, o.Name, true)
			if o.Description == "" || len(o.NameLocalizations) != 2 || len(o.DescriptionLocalizations) != 2 {
				t.Errorf("%s is not localised: %+v", below, o)
			}
			for _, c := range o.Choices {
				check(below+" "+c.Name, c.Name, false)
				if len(c.NameLocalizations) != 2 {
					t.Errorf("%s %s is not localised", below, c.Name)
				}
			}
			options(below, o.Options)
		}
	}
	names := map[string]bool{}
	for _, c := range commands() {
		slash := c.Type == discordgo.ChatApplicationCommand
		beside(names, c.Name, left[c.Name].Name)
		check(c.Name, c.Name, slash)
		if c.NameLocalizations == nil || len(*c.NameLocalizations) != 2 || slash != (c.DescriptionLocalizations != nil) || slash != (c.Description != "") {
			t.Errorf("%s is not localised: %+v", c.Name, c)
		}
		options(c.Name, c.Options)
	}
	for path := range maps.Keys(left) {
		t.Errorf("nothing is named %q", path)
	}
}
