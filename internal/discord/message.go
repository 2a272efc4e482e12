package discord

import "github.com/bwmarrin/discordgo"

// message is what the bot says, on whichever way it is sent. Everything that
// renders gives one that fits Discord's limits.
type message struct {
	Content    string
	Embeds     []*discordgo.MessageEmbed
	Components []discordgo.MessageComponent // rows of buttons, at most five
	// Upload is a file that comes with it; nil for none.
	Upload *upload
	// Private is true for a message that only the asker sees. It is settled
	// by the first response to an interaction and cannot change later.
	Private bool
}
