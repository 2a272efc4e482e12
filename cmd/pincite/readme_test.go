package main

import (
	"os"
	"reflect"
	"strings"
	"testing"
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
