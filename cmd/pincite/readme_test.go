package main

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"pincite/internal/cite"
	"pincite/internal/lexicon"
	"pincite/internal/words"
)

// TestReadmeHasEverySetting holds the table of the README against the flags
// and variables that the program knows.
func TestReadmeHasEverySetting(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(raw), "\n## Settings\n")
	if !ok {
		t.Fatal("README.md has no section Settings")
	}
	table, _, _ = strings.Cut(table, "\n## ")
	for _, settings := range []reflect.Type{reflect.TypeFor[settings](), reflect.TypeFor[serveCommand]()} {
		for i := range settings.NumField() {
			field := settings.Field(i)
			name := field.Tag.Get("name")
			if name == "" {
				name = flagName(field.Name)
			}
			if name != "version" && !strings.Contains(table, "`--"+name) {
				t.Errorf("the table lacks --%s", name)
			}
			if env := field.Tag.Get("env"); env != "" && !strings.Contains(table, "`"+env+"`") {
				t.Errorf("the table lacks %s", env)
			}
		}
	}
}

// TestReadmeCitations runs the examples of citations in the README.
func TestReadmeCitations(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(raw), "\n## Citing\n")
	section, _, _ = strings.Cut(section, "\n## ")
	seen := map[string]bool{}
	for block := range strings.SplitSeq(section, "\n\n") {
		typed, want, ok := strings.Cut(block, "\n")
		args, of := strings.CutPrefix(typed, "    $ pincite ")
		if !ok || !of {
			continue
		}
		var stdout, stderr strings.Builder
		home := t.TempDir()
		err := run(t.Context(), strings.Fields(args), strings.NewReader(""), &stdout, &stderr, func(key string) string {
			return map[string]string{"HOME": home}[key]
		})
		if err != nil {
			t.Errorf("pincite %s: %v", args, err)
			continue
		}
		var got strings.Builder
		for line := range strings.Lines(stdout.String()) {
			got.WriteString(strings.TrimRight("    "+line, " \r\n") + "\n")
		}
		if strings.TrimSpace(got.String()) != strings.TrimSpace(want) {
			t.Errorf("pincite %s prints\n%s\nnot\n%s", args, got.String(), want)
		}
		_, style, named := strings.Cut(args, "--style ")
		if !named {
			style = string(cite.Plain)
		}
		seen[style] = true
	}
	for _, style := range cite.Styles() {
		if !seen[string(style)] {
			t.Errorf("README.md has no example of %s", style)
		}
	}
}

// TestReadmeAuthorities holds the table of authorities in the README, and the
// example below it, against what the program prints.
func TestReadmeAuthorities(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(raw), "\n## What the documents cite\n")
	section, _, _ = strings.Cut(section, "\n## ")
	blocks := strings.Split(section, "\n```\n")
	if len(blocks) != 5 {
		t.Fatalf("the section has %d parts, want text around two blocks", len(blocks))
	}
	for _, want := range []string{"$ pincite authorities\n" + blocks[1], blocks[3]} {
		typed, want, _ := strings.Cut(want, "\n")
		var stdout, stderr strings.Builder
		home := t.TempDir()
		err := run(t.Context(), strings.Fields(strings.TrimPrefix(typed, "$ pincite ")), strings.NewReader(""), &stdout, &stderr, func(key string) string {
			return map[string]string{"HOME": home}[key]
		})
		if err != nil || strings.TrimSpace(stdout.String()) != strings.TrimSpace(want) {
			t.Errorf("%s prints\n%s\nnot\n%s\n%v", typed, stdout.String(), want, err)
		}
	}
}

// TestReadmeQuotations holds the two examples of quotations in the README
// against what the program prints.
func TestReadmeQuotations(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(raw), "\n## Verifying quotations\n")
	section, _, _ = strings.Cut(section, "\n## ")
	const typed = "\n```\n$ pincite verify \""
	examples := strings.Split(section, typed)[1:]
	if len(examples) != 2 {
		t.Fatalf("the section has %d examples, want 2", len(examples))
	}
	for i, example := range examples {
		quotation, want, _ := strings.Cut(example, "\"\n")
		want, _, _ = strings.Cut(want, "\n```\n")
		var stdout, stderr strings.Builder
		home := t.TempDir()
		err := run(t.Context(), []string{"verify", quotation}, strings.NewReader(""), &stdout, &stderr, func(key string) string {
			return map[string]string{"HOME": home}[key]
		})
		if status := exit(&stderr, err); status != []int{statusDone, statusNone}[i] || strings.TrimSpace(stdout.String()) != strings.TrimSpace(want) {
			t.Errorf("verify %q prints\n%s\nnot\n%s\nstatus %d", quotation, stdout.String(), want, status)
		}
	}
}

// flagName is the flag that kong makes of a field's name.
func flagName(field string) string {
	var b strings.Builder
	for i, r := range field {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

// TestReadmeLexiconParses holds that the example of a lexicon is one.
func TestReadmeLexiconParses(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(raw), "\n## Words of your own\n")
	_, example, _ := strings.Cut(section, "\n```\n")
	example, _, ok := strings.Cut(example, "```\n")
	if !ok {
		t.Fatal("README.md has no section Words of your own with an example")
	}
	l, err := lexicon.Parse("README.md", example, words.NewAnalyzer())
	if err != nil {
		t.Fatal(err)
	}
	if l.Len() < 4 || !strings.Contains(example, "[es]") || !strings.Contains(example, "<=>") {
		t.Errorf("the example shows little of the format:\n%s", example)
	}
}
