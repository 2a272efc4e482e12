package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"pincite/internal/discord/discordtest"
)

// TestDiscord runs the conversations in testdata/discord: members of a server
// on one side, pincite serve in a process of its own on the other, and a
// Discord on loopback between them. The base corpus is testdata/discord/corpus,
// documents of invented towns, so that a script holds only what it is about.
func TestDiscord(t *testing.T) {
	corpus, err := filepath.Abs("testdata/discord/corpus")
	if err != nil {
		t.Fatal(err)
	}
	// Whether the bot keeps Discord's three seconds is measured by the benchmarks:
	// here a busy machine must not decide.
	verbs := &discordtest.Verbs{Options: discordtest.Options{CallbackTimeout: 20 * time.Second}, Timeout: 30 * time.Second}
	commands := verbs.Cmds()
	for name, do := range scriptCommands() {
		commands[name] = do
	}
	for name, do := range botCommands() {
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
			env.Setenv("PINCITE_CORPUS", corpus)
			env.Values[siteKey{}] = newSite()
			return verbs.Setup(env)
		},
	})
}

// botCommands are the verbs of the conversations beside those of discordtest
// and of the other scripts.
func botCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"terminate": cmdTerminate,
		"undated":   cmdUndated,
		"fill":      cmdFill,
		"web":       cmdWeb,
		"deliver":   cmdDeliver,
	}
}

// cmdTerminate sends SIGTERM to what runs in the background. "wait" then waits
// for it, and fails where its exit status is not 0.
func cmdTerminate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: terminate")
	}
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(syscall.SIGTERM))
	}
}

// cmdUndated writes DAY for today's date, in a file that shows when a document
// was added: undated FILE. Yesterday is today for a script that began before
// midnight.
func cmdUndated(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: undated file")
	}
	var pairs []string
	for _, day := range []time.Time{time.Now().UTC(), time.Now().UTC().AddDate(0, 0, -1)} {
		for _, format := range []string{"2006-01-02", "Jan. 2, 2006", "January 2, 2006", "2 January 2006"} {
			pairs = append(pairs, day.Format(format), "DAY")
		}
	}
	name := ts.MkAbs(args[0])
	text := strings.NewReplacer(pairs...).Replace(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(name, []byte(text), 0o600))
}

// cmdFill writes a text of exactly N characters, the words given over and over
// again: fill FILE N TEXT.
func cmdFill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || args[2] == "" {
		ts.Fatalf("usage: fill file characters text")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := []rune(strings.Repeat(args[2], n))[:n]
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(string(text)), 0o600))
}
