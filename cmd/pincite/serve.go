package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"pincite/internal/discord"
	"pincite/internal/fault"
	"pincite/internal/ingest"
	"pincite/internal/library"
)

type serveCommand struct {
	DiscordAPI    string   `name:"discord-api" env:"PINCITE_DISCORD_API" placeholder:"URL" help:"Scheme and host that stand in for Discord's, for a REST proxy or a test. Default: Discord itself."`
	DevServer     string   `env:"PINCITE_DEV_SERVER" placeholder:"ID" help:"Register the commands for this one server only, while developing. Default: for all."`
	MaxAttachment byteSize `env:"PINCITE_MAX_ATTACHMENT" default:"20MB" placeholder:"SIZE" help:"Largest attachment that is fetched. Default: ${default}."`
}

// Help is what is said after the usage.
func (*serveCommand) Help() string {
	return "The bot token comes from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names; never from a flag, which others on the machine could read. " +
		"Stop the bot with SIGTERM: it finishes the answers that it has begun."
}

func (c *serveCommand) run(ctx context.Context, a *app) (err error) {
	if err := a.requireDataFolder(); err != nil {
		return err
	}
	if a.Server != "" {
		return usage("serve answers for all servers: leave out --server.")
	}
	if c.DevServer != "" {
		if _, err := library.Server(c.DevServer); err != nil {
			return usage("--dev-server takes a server's id, which is a number.")
		}
	}
	api, err := discordAPI(c.DiscordAPI)
	if err != nil {
		return err
	}
	token, err := discord.ReadToken(a.getenv, os.ReadFile)
	if err != nil {
		return err
	}
	a.logToOperator()
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	a.log.LogAttrs(ctx, slog.LevelInfo, "serving", slog.String("version", version()), slog.String("data", a.dataFolder()))
	err = discord.New(discord.Config{
		Desk: s.Desk, Library: s.library, Token: token, API: api, Proxy: http.ProxyFromEnvironment, DevServer: c.DevServer,
		MaxAttachment: int64(c.MaxAttachment), Log: a.log,
		Fetch: func(ctx context.Context, address string) (ingest.Source, error) {
			return a.fetch(ctx, address, a.limits())
		},
		Alive: func() { a.touchAlive(ctx) },
	}).Run(ctx)
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.Invalid {
		// Discord's refusal is no wrong use of this command.
		return fault.Wrap(fault.Forbidden, f.Err, "%s", f.Sentence)
	}
	return err
}

// logToOperator makes serve say what it does: it runs unattended.
func (a *app) logToOperator() {
	level := slog.LevelInfo
	if a.Verbose {
		level = slog.LevelDebug
	}
	a.log = slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: level}))
}

// discordAPI reads the address that stands in for Discord's.
func discordAPI(s string) (*url.URL, error) {
	if s == "" {
		return nil, nil
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || (u.Path != "" && u.Path != "/") {
		return nil, usage("--discord-api takes a scheme and a host, such as http://localhost:8080.")
	}
	return u, nil
}

// The file in the data folder whose time says when the bot was last connected,
// and how old it may be while all is well.
const (
	aliveFile   = "serve.alive"
	aliveWithin = 3 * time.Minute
)

// touchAlive leaves a sign that the bot is connected.
func (a *app) touchAlive(ctx context.Context) {
	path := filepath.Join(a.dataFolder(), aliveFile)
	err := os.MkdirAll(a.dataFolder(), 0o700)
	if err == nil {
		err = os.WriteFile(path, []byte(time.Now().UTC().Format(time.RFC3339)+"\n"), 0o600)
	}
	if err != nil {
		a.log.LogAttrs(ctx, slog.LevelWarn, "the sign of life cannot be written", slog.Any("error", err))
	}
}

type healthCommand struct{}

// Help is what is said after the usage.
func (*healthCommand) Help() string {
	return "Exits with 0 where a bot with the same data folder was connected to Discord within the last three minutes, for a container's health check."
}

func (*healthCommand) run(_ context.Context, a *app) error {
	if err := a.requireDataFolder(); err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(a.dataFolder(), aliveFile))
	if errors.Is(err, os.ErrNotExist) {
		return fault.Wrap(fault.NotFound, err, "No bot has been connected with this data folder.")
	}
	if err != nil {
		return fault.Wrap(fault.Storage, err, "The data folder cannot be read: check its permissions.")
	}
	if age := time.Since(info.ModTime()); age > aliveWithin {
		return fault.New(fault.Busy, "The bot was last connected %s ago; its log says why.", age.Round(time.Second))
	}
	a.out.text("", plain, "The bot is connected.")
	return nil
}
