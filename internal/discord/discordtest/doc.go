// Package discordtest is a Discord for tests: a gateway (WebSocket), the REST API v9 and the CDN on one loopback
// address, with a world of servers, members, channels and messages behind them. A bot talks to it by replacing the
// scheme and host of discord.com, cdn.discordapp.com and media.discordapp.net with Server.URL; GET /gateway answers
// with a ws:// address of the same server.
//
// # A test in Go
//
// Start makes a Server. AddServer and AddMember people it. Then a test does what users do (Say, Slash, Autocomplete,
// MessageCommand, Click, Select, SubmitModal) and gets a Step, whose WaitReply returns what the bot did about it:
// a Reply, which Render turns into plain text for a golden. Ids and message times are the same in each run that does
// the same things in the same order.
//
// # What is checked
//
// Every REST request is held against Discord's limits and, where the description is at hand (see FindSchema and
// SchemaOn), against Discord's OpenAPI description. What breaks a rule is answered as Discord would, mostly with 400
// and code 50035, and recorded: Violations returns it, and Start fails the test for it. Beyond Discord's rules, every
// message has to carry allowed_mentions with parse [] and nothing else allowed, and keys that Discord does not know
// are refused.
//
// # What goes wrong on demand
//
// On the gateway: Reconnect (op 7), InvalidateSession (op 9), FirstPacket, Zombie (no ACKs), CloseGateway,
// RefuseIdentify, Drop, SetHeartbeatInterval, DeliverTwice, Redeliver, SendMalformed and DispatchRaw; Leave, Outage
// and Recover for servers. On REST: FailREST with 429 as JSON and as HTML, 502, 500, a dropped connection or a delay,
// before or after the request counts.
//
// # What it does not have
//
// Threads, roles beyond "may manage the server", channel permissions, reactions, voice, user installs, rate-limit
// buckets of single routes, and compression of the gateway's packets (which Discord leaves to itself as well).
// The content of a message reaches the bot as with Discord: without the message content intent only in direct
// messages and where the bot is mentioned or, with the ping on, replied to.
//
// # Verbs for testscript
//
// Verbs gives these to scripts. USER is a name. CHANNEL is '#general', 'server#general' where that is not enough, or
// @dm. In a text, @pincite mentions the bot. A text or value <FILE is the content of that file. Every verb that makes
// the bot reply waits for it and writes Render's text to $WORK/reply, so that `cmp reply want.md` compares it and
// testscript's UpdateScripts rewrites it. Verbs that need the bot wait until it is connected.
//
//	discord [heartbeat=D] [callback=D] [upload=BYTES] [token=T]  start Discord; sets DISCORD_API and DISCORD_TOKEN
//	server NAME [CHANNEL…]           a server that the bot is in, with #general and the channels named;
//	                                 after leave, the bot is invited again
//	member NAME SERVER [manage] [locale=es-ES]    a member, with Manage Server or without
//	allow USER SERVER /COMMAND       the server's settings open a command to a member who may not use it by default
//	leave SERVER                     the bot is removed; outage SERVER, recover SERVER: an outage and its end
//	online [SERVER] · offline        wait until the bot is connected, or is not (after killing it)
//
//	say USER CHANNEL TEXT…           a message; the bot's reply is waited for
//	    -reply | -to KEPT            as a reply to the last message, or to a kept one; -noping: without mentioning
//	    -bot                         by another bot
//	    -times N                     N times, without waiting; -nowait: without waiting; -offline: without waiting
//	                                 for the bot to be connected either
//	! say …                          the bot is expected to keep quiet
//	slash USER CHANNEL /ask question='…' private=true
//	                                 a slash command; subcommands are further words: /corpus add title=x
//	! slash …                        Discord is expected not to offer or send it: hidden, unknown, incomplete
//	complete USER CHANNEL /read document=car      suggestions for the last option
//	menu USER 'Ask about this'       a message command on the last message, or -on KEPT; ! menu: it is not offered
//	click USER BUTTON                a button of the last message by its label or custom_id, or -on KEPT;
//	                                 ! click: it cannot be clicked
//	choose USER MENU VALUE…          a select menu, by placeholder or custom_id
//	modal USER FIELD=VALUE…          fill in and send the last form, fields by label or custom_id;
//	                                 ! modal: it cannot be sent
//	attach FILE…                     for the next say, slash or modal
//
//	download USER FILE               save the one file that is attached to the last message, or -on KEPT, as USER
//	                                 would, in the script's folder
//
//	keep NAME                        remember the last reply, for -on and -to
//	reply                            write the last reply to $WORK/reply again; reply NAME: a kept one;
//	                                 reply -next: wait for one more to the last step;
//	                                 reply -all: all replies to the last step, with --- between them
//	quiet [DURATION]                 no further reply to the last step comes
//	channel USER CHANNEL             write all messages of a channel, as USER sees them, to $WORK/channel
//	violations                       fail where the bot broke a rule (also done at the end of each script);
//	                                 ! violations REGEXP: one that matches is expected, and all are forgotten
//	count COUNTER N                  wait until a count is N: connections, identifies, resumes, heartbeats, requests,
//	                                 overwrites, repeats, typing, downloads, invalid (see Stats)
//	secrets FILE…                    fail where a file (or stdout, stderr) holds the bot's or an interaction's token
//
//	fault reconnect                  op 7
//	fault invalid-session [resumable]             op 9
//	fault first-packet OP hello|ready [TIMES]     op 7, 9 or 11 where HELLO or READY is due
//	fault zombie                     no ACK and no event on the present connections
//	fault close CODE                 close the present connections
//	fault refuse CODE [TIMES]        close on IDENTIFY
//	fault drop                       cut the present connections
//	fault malformed [KIND]           message-undecodable, message-no-author, interaction-empty,
//	                                 interaction-undecodable, or all four
//	fault twice [N]                  deliver the next N messages or interactions twice
//	fault again                      deliver the last one again
//	fault heartbeat D                ask new connections for a heartbeat each D
//	fault rest 'POST /channels/*/messages' KIND [times=N] [delay=D] [after=D] [applied]
//	                                 429, 429-html, 502, 500, drop or slow; applied: after the request counted
//	fault clear                      take back what is left of the REST faults
package discordtest
