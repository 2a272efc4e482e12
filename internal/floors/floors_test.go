package floors

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestHouse holds the code to the plan.
func TestHouse(t *testing.T) {
	root := moduleRoot(t)
	if text, err := fs.ReadFile(root, "go.mod"); err != nil || !strings.HasPrefix(string(text), "module "+module+"\n") {
		t.Fatalf("go.mod does not start with module %s (%v)", module, err)
	}
	house, err := read(root)
	if err != nil {
		t.Fatal(err)
	}
	// A reader that overlooks things would let everything pass.
	main, searcher := find(house, environmentReader), find(house, "internal/index")
	if main == nil || len(main.environment) == 0 {
		t.Errorf("%s was not seen to read the environment", environmentReader)
	}
	if searcher == nil || !slices.ContainsFunc(searcher.imports, func(path string) bool { return strings.Contains(path, "bleve") }) {
		t.Error("internal/index was not seen to import bleve")
	}
	for _, sentence := range check(plan(), house) {
		t.Error(sentence)
	}
}

// moduleRoot is the nearest folder with a go.mod, from the test's own upwards.
func moduleRoot(t *testing.T) fs.FS {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return os.DirFS(dir)
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the working folder")
		}
		dir = up
	}
}

// find is the package in a folder, nil where there is none.
func find(t tree, folder string) *pack {
	i := slices.IndexFunc(t.packages, func(p pack) bool { return p.folder == folder })
	if i < 0 {
		return nil
	}
	return &t.packages[i]
}

// TestCheck breaks one rule at a time; want holds the start of each sentence.
func TestCheck(t *testing.T) {
	const bleve, discordgo = "github.com/blevesearch/bleve/v2", "github.com/bwmarrin/discordgo"
	tests := []struct {
		name string
		tree tree
		want []string
	}{
		{name: "empty"},
		{
			name: "a house in order",
			tree: tree{
				folders: []string{".ci", ".git", "cmd", "corpus", "internal"},
				packages: []pack{
					{folder: "cmd/pincite", imports: []string{"os", "pincite/corpus", "pincite/internal/desk"}, environment: []string{"cmd/pincite/main.go:9"}},
					{folder: "internal/discord", imports: []string{discordgo, "pincite/internal/desk"}, testImports: []string{"pincite/internal/discord/discordtest", discordgo}},
					{folder: "internal/discord/discordtest", testImports: []string{discordgo}, environment: []string{"internal/discord/discordtest/a.go:3"}},
					{folder: "internal/eval", imports: []string{"pincite/internal/answer"}, testImports: []string{bleve}},
					{folder: "internal/index", imports: []string{bleve, "github.com/blevesearch/bleve_index_api", "pincite/internal/document"}},
					{folder: "internal/words", imports: []string{"github.com/blevesearch/snowballstem"}},
					{folder: "internal/document", imports: []string{"encoding/json"}, testImports: []string{"github.com/google/go-cmp/cmp", "pincite/internal/ingest"}},
				},
			},
		},
		{
			name: "upwards",
			tree: tree{packages: []pack{{folder: "internal/document", imports: []string{"pincite/internal/answer"}}}},
			want: []string{"internal/document on floor 0 imports internal/answer on floor 2;"},
		},
		{
			name: "sideways",
			tree: tree{packages: []pack{{folder: "internal/cite", imports: []string{"pincite/internal/library"}}}},
			want: []string{"internal/cite on floor 1 imports internal/library on floor 1;"},
		},
		{
			name: "a second importer of bleve",
			tree: tree{packages: []pack{{folder: "internal/answer", imports: []string{bleve + "/search"}}}},
			want: []string{"internal/answer imports github.com/blevesearch/bleve/v2/search; only internal/index may"},
		},
		{
			name: "bleve's interfaces without bleve",
			tree: tree{packages: []pack{{folder: "internal/desk", imports: []string{"github.com/blevesearch/bleve_index_api"}}}},
			want: []string{"internal/desk imports github.com/blevesearch/bleve_index_api; only internal/index may"},
		},
		{
			name: "a second importer of discordgo",
			tree: tree{packages: []pack{{folder: "cmd/pincite", imports: []string{discordgo}}}},
			want: []string{"cmd/pincite imports github.com/bwmarrin/discordgo; only internal/discord may"},
		},
		{
			name: "discordgo in the fake",
			tree: tree{packages: []pack{{folder: "internal/discord/discordtest", imports: []string{discordgo}}}},
			want: []string{"internal/discord/discordtest imports github.com/bwmarrin/discordgo;"},
		},
		{
			name: "discordgo in another's test",
			tree: tree{packages: []pack{{folder: "internal/desk", testImports: []string{discordgo}}}},
			want: []string{"a test of internal/desk imports github.com/bwmarrin/discordgo; only those of internal/discord and internal/discord/discordtest may."},
		},
		{
			name: "the fake in the program",
			tree: tree{packages: []pack{{folder: "cmd/pincite", imports: []string{"pincite/internal/discord/discordtest"}}}},
			want: []string{"cmd/pincite imports internal/discord/discordtest, which is for tests only."},
		},
		{
			name: "more than the standard library",
			tree: tree{packages: []pack{
				{folder: "internal/authority", imports: []string{"golang.org/x/text/unicode/norm"}},
				{folder: "internal/document", imports: []string{"pincite/internal/words"}},
			}},
			want: []string{
				"internal/authority imports golang.org/x/text/unicode/norm; it imports the standard library only.",
				"internal/document on floor 0 imports internal/words on floor 0;",
			},
		},
		{
			name: "the environment",
			tree: tree{packages: []pack{{folder: "internal/library", environment: []string{"internal/library/disk.go:7"}}}},
			want: []string{"internal/library/disk.go:7 reads the environment;"},
		},
		{
			name: "init",
			tree: tree{packages: []pack{{folder: "cmd/pincite", inits: []string{"cmd/pincite/main.go:5"}}}},
			want: []string{"cmd/pincite/main.go:5 declares an init function;"},
		},
		{
			name: "a package without a row",
			tree: tree{packages: []pack{
				{folder: "internal/util"},
				{folder: "internal/summary", imports: []string{"fmt", "pincite/internal/answer", "pincite/internal/document"}},
				{folder: ".", imports: []string{"pincite/internal/desk"}},
				{folder: "internal/desk", imports: []string{"pincite/internal/summary"}},
			}},
			want: []string{
				"internal/util is not in the plan; give it a row in internal/floors/plan_test.go, on floor 0 or above.",
				"internal/summary is not in the plan; give it a row in internal/floors/plan_test.go, on floor 3 or above.",
				". is not in the plan;",
				"internal/desk imports internal/summary, which is not in the plan.",
			},
		},
		{
			name: "a folder at the root",
			tree: tree{folders: []string{".ci", "internal", "pkg"}},
			want: []string{"pkg/ stands at the root;"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := check(plan(), test.tree)
			if len(got) != len(test.want) {
				t.Fatalf("%d sentences, want %d:\n%s", len(got), len(test.want), strings.Join(got, "\n"))
			}
			for i, want := range test.want {
				if !strings.HasPrefix(got[i], want) {
					t.Errorf("sentence %d is %q, want %q…", i, got[i], want)
				}
			}
		})
	}
}

// TestRead reads a house in which something is wrong in every room, so that
// nothing that check judges is lost on the way from the source.
func TestRead(t *testing.T) {
	source := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	house, err := read(fstest.MapFS{
		".gitignore":                 source("*.out\n/data/\n"),
		".ci/tool/main.go":           source("not even Go"),
		"_old/x.go":                  source("not even Go"),
		"data/7/x.go":                source("not even Go"),
		"pkg/readme.md":              source("a folder at the root"),
		"cmd/pincite/main.go":        source("package main\nimport \"os\"\nvar home = os.Getenv\n"),
		"internal/a/a.go":            source("package a\nimport (\n\tenv \"os\"\n\t\"pincite/internal/b\"\n)\nfunc f() { b.F(env.Environ()) }\n"),
		"internal/a/a_windows.go":    source("//go:build windows\n\npackage a\nimport . \"os\"\nfunc init() {}\n"),
		"internal/a/a_test.go":       source("package a_test\nimport (\n\t\"os\"\n\t\"testing\"\n)\nfunc init() { os.Getenv(\"\") }\n"),
		"internal/a/testdata/x.go":   source("not even Go"),
		"internal/b/b.go":            source("package b\nimport \"syscall\"\ntype os struct{ Getenv int }\nfunc (o os) init() int { return o.Getenv }\nfunc F(any) { syscall.Getenv(\"\") }\n"),
		"internal/b/deep/below/x.go": source("package below\nimport \"os\"\nvar dir, err = os.UserHomeDir()\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"_old", "cmd", "internal", "pkg"}; !slices.Equal(withoutDots(house.folders), want) {
		t.Errorf("folders %q, want %q", house.folders, want)
	}
	want := map[string]pack{
		"cmd/pincite": {imports: []string{"os"}, environment: []string{"cmd/pincite/main.go:3"}},
		"internal/a": {
			imports:     []string{"os", "pincite/internal/b", "os"},
			testImports: []string{"os", "testing"},
			environment: []string{"internal/a/a.go:6", "internal/a/a_windows.go:4"},
			inits:       []string{"internal/a/a_test.go:6", "internal/a/a_windows.go:5"},
		},
		"internal/b":            {imports: []string{"syscall"}, environment: []string{"internal/b/b.go:5"}},
		"internal/b/deep/below": {imports: []string{"os"}, environment: []string{"internal/b/deep/below/x.go:3"}},
	}
	if len(house.packages) != len(want) {
		t.Errorf("%d packages, want %d", len(house.packages), len(want))
	}
	for _, got := range house.packages {
		w, known := want[got.folder]
		if !known {
			t.Errorf("read %s", got.folder)
			continue
		}
		for what, pair := range map[string][2][]string{
			"imports":      {got.imports, w.imports},
			"test imports": {got.testImports, w.testImports},
			"environment":  {got.environment, w.environment},
			"inits":        {got.inits, w.inits},
		} {
			if !slices.Equal(pair[0], pair[1]) {
				t.Errorf("%s: %s %q, want %q", got.folder, what, pair[0], pair[1])
			}
		}
	}
}

// withoutDots leaves out the folders whose name starts with a dot.
func withoutDots(folders []string) []string {
	return slices.DeleteFunc(slices.Clone(folders), func(name string) bool { return strings.HasPrefix(name, ".") })
}

// TestReadFails: a file that does not parse is said, not skipped.
func TestReadFails(t *testing.T) {
	_, err := read(fstest.MapFS{"internal/a/a.go": {Data: []byte("package a\nfunc {")}})
	if err == nil || !strings.Contains(err.Error(), "internal/a/a.go:2") {
		t.Errorf("err = %v, want the place that does not parse", err)
	}
}
