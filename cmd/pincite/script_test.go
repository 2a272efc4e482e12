package main

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"pincite": main,
		// pincite-web has a web of its own, which "web" makes.
		"pincite-web": mainOnWeb,
		// pincite-full has a full disk behind its output.
		"pincite-full": func() {
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			if err != nil {
				panic(err)
			}
			os.Stdout = full
			main()
		},
		// pincite-tty is pincite with its output on the controlling terminal,
		// which a script has after "ttyin".
		"pincite-tty": func() {
			tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
			if err != nil {
				panic(err)
			}
			os.Stdout, os.Stderr = tty, tty
			main()
		},
	})
}

// TestScript runs every conversation in testdata/script against the real
// program. Each has a folder of its own and an empty home.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           condition,
		Cmds:                scriptCommands(),
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Setenv("QUESTION_TOO_LONG", strings.Repeat("why? ", 2000))
			env.Setenv("HOSTILE", "\x1b[31m\nred")
			return os.Mkdir(home, 0o700)
		},
	})
}

// TestEveryCommandHasAScript holds for the commands that are to come, too.
func TestEveryCommandHasAScript(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range scripts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	table := reflect.TypeFor[commands]()
	for i := range table.NumField() {
		field := table.Field(i)
		if _, ok := field.Tag.Lookup("cmd"); !ok {
			continue
		}
		name := strings.ToLower(field.Name)
		if !strings.Contains(all.String(), "pincite "+name+" ") {
			t.Errorf("no script runs pincite %s", name)
		}
		if !strings.Contains(all.String(), "pincite "+name+" --help") {
			t.Errorf("no script reads the help of pincite %s", name)
		}
	}
}

// sharedFolder finds the folder of published texts beside the module, if it is
// there.
func sharedFolder(t testing.TB) (string, bool) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = parent
	}
	shared := filepath.Join(filepath.Dir(dir), "shared")
	info, err := os.Stat(shared)
	return shared, err == nil && info.IsDir()
}

// files lists the regular files below a folder.
func files(dir string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			found = append(found, path)
		}
		return err
	})
	return found, err
}
