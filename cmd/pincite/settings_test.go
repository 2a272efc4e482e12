package main

import "testing"

func TestByteSize(t *testing.T) {
	good := map[string]int64{"1": 1, "500000": 500_000, "500KB": 500_000, "20MB": 20_000_000, "20 mb": 20_000_000, " 1GB ": 1_000_000_000, "7b": 7}
	for text, want := range good {
		var b byteSize
		if err := b.UnmarshalText([]byte(text)); err != nil || int64(b) != want {
			t.Errorf("%q is %d, %v; want %d", text, b, err, want)
		}
		again, err := b.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var c byteSize
		if err := c.UnmarshalText(again); err != nil || c != b {
			t.Errorf("%q does not read back: %d, %v", again, c, err)
		}
	}
	for _, text := range []string{"", "0", "-1", "MB", "1.5MB", "20MiB", "2 0", "99999999999GB", "9223372036854775807", "1e6"} {
		var b byteSize
		if err := b.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is read as %d", text, b)
		}
	}
}

// TestFlagBeatsVariable: a flag wins over its variable, the variable over the
// default, and an empty variable is none.
func TestFlagBeatsVariable(t *testing.T) {
	set := func(change func(*settings)) settings {
		s := settings{MaxBytes: 20_000_000, MaxDocuments: 1000, MaxPassages: 200_000, MaxServerBytes: 500_000_000}
		change(&s)
		return s
	}
	tests := []struct {
		name string
		env  map[string]string
		args []string
		want settings
	}{
		{"default", nil, nil, set(func(*settings) {})},
		{"variable", map[string]string{"PINCITE_MAX_BYTES": "1MB", "PINCITE_DATA": "d", "PINCITE_CORPUS": "c"}, nil, set(func(s *settings) { s.Data, s.Corpus, s.MaxBytes = "d", "c", 1_000_000 })},
		{"empty", map[string]string{"PINCITE_MAX_BYTES": "", "PINCITE_DATA": ""}, nil, set(func(*settings) {})},
		{"flag", map[string]string{"PINCITE_MAX_BYTES": "1MB", "PINCITE_DATA": "d"}, []string{"--max-bytes=2MB", "--data=e"}, set(func(s *settings) { s.Data, s.MaxBytes = "e", 2_000_000 })},
		{"quota", map[string]string{"PINCITE_MAX_DOCUMENTS": "7", "PINCITE_MAX_PASSAGES": "8", "PINCITE_MAX_SERVER_BYTES": "9MB"}, []string{"--max-documents=5"}, set(func(s *settings) { s.MaxDocuments, s.MaxPassages, s.MaxServerBytes = 5, 8, 9_000_000 })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// What the process itself has in its environment must not matter.
			t.Setenv("PINCITE_DATA", "elsewhere")
			t.Setenv("PINCITE_MAX_BYTES", "nonsense")
			a := &app{getenv: func(name string) string { return tt.env[name] }}
			a.out, _ = testConsole(false, false, defaultWidth)
			if _, err := a.parse(append([]string{"list"}, tt.args...)); err != nil {
				t.Fatal(err)
			}
			if a.settings != tt.want {
				t.Errorf("got %+v, want %+v", a.settings, tt.want)
			}
		})
	}
}

func TestDataFolder(t *testing.T) {
	tests := []struct{ data, xdg, home, want string }{
		{"d", "/x", "/h", "d"},
		{"", "/x", "/h", "/x/pincite"},
		{"", "x", "/h", "/h/.local/share/pincite"},
		{"", "", "/h", "/h/.local/share/pincite"},
		{"", "", "", ""},
		{"", "", "h", ""},
	}
	for _, tt := range tests {
		env := map[string]string{envDataHome: tt.xdg, envHome: tt.home}
		a := &app{settings: settings{Data: tt.data}, getenv: func(name string) string { return env[name] }}
		if got := a.dataFolder(); got != tt.want {
			t.Errorf("%+v: got %q", tt, got)
		}
	}
}
