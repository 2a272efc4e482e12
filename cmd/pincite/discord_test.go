package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"pincite/internal/discord/discordtest"
)

// TestDiscord runs the conversations in testdata/discord: members of a server
// on one side, pincite serve in a process of its own on the other, and a
// Discord on loopback between them.
func TestDiscord(t *testing.T) {
	verbs := &discordtest.Verbs{Timeout: 30 * time.Second}
	commands := verbs.Cmds()
	for name, do := range scriptCommands() {
		commands[name] = do
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/discord",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           condition,
		Cmds:                commands,
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			if err := os.Mkdir(home, 0o700); err != nil {
				return err
			}
			return verbs.Setup(env)
		},
	})
}
