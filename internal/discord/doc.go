// Package discord is Pincite on Discord: it hears questions as slash commands,
// mentions, direct messages and the message command, and answers with the
// desk. It is the only package that imports discordgo, of which it uses the
// gateway and the types.
//
// An event comes up through these rooms. The supervisor (gateway.go) keeps a
// session with Discord; guard.go lets through what is whole and meant for the
// bot, and seen.go what was not handled before. bot.go makes a responder
// (respond.go), which sees to it that the event gets its one reply in time,
// and puts a job into the pool (pool.go), where no server delays another. The
// job, in handle_*.go, asks the desk and has the result rendered (show_*.go),
// in the bot's words (wording.go), within Discord's limits (fit.go). What it
// says goes out through rest.go, which can mention nobody and leaks no token.
//
// Nothing is remembered between events. What a button needs is in its
// custom_id (customid.go) or in the message that it stands under, so that it
// works after a restart and for ever.
package discord
