package discordtest_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"pincite/internal/discord/discordtest"
)

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{})
	if on, why := s.SchemaOn(); !on {
		t.Skip("the OpenAPI check is off: " + why)
	}
	a := rest(t, s)
	commands := "/applications/" + s.BotID() + "/commands"
	messages := "/channels/" + channelID(t, s) + "/messages"
	// The two allowances: permissions are a numeric string, and of a multipart body the payload_json part counts.
	a.want(200, 0, "PUT", commands, []any{command("default_member_permissions", "32", "contexts", []int{0})})
	if v := s.Violations(); len(v) > 0 {
		t.Fatalf("violations %v", v)
	}
	for _, tc := range []struct {
		method, path string
		body         any
	}{
		// Each of these passes the explicit limits.
		{"PUT", commands, []any{command("default_member_permissions", "many")}},
		{"PUT", commands, []any{command("contexts", []int{0, 0})}},
		{"POST", messages, with("tts", "loud")},
		{"POST", messages, with("message_reference", obj{"message_id": "x"})},
		{"POST", "/users/@me/channels", obj{"recipient_id": "alice"}},
		{"GET", messages + "?limit=many", nil},
	} {
		a.want(400, 50035, tc.method, tc.path, tc.body)
		v := s.TakeViolations()
		if len(v) != 1 || !strings.HasPrefix(v[0].Problem, "OpenAPI: ") {
			t.Errorf("%s %s %v: violations %v", tc.method, tc.path, tc.body, v)
		}
	}
}

func TestNoSchema(t *testing.T) {
	t.Setenv("PINCITE_SHARED", t.TempDir())
	s := discordtest.Start(t, discordtest.Options{})
	if on, why := s.SchemaOn(); on || !strings.Contains(why, "openapi.json is missing") {
		t.Errorf("without the file the check is on: %v, because %q", on, why)
	}
	if _, err := discordtest.LoadSchema(filepath.Join(t.TempDir(), "none")); !errors.Is(err, discordtest.ErrNoSchema) {
		t.Errorf("loading nothing: %v", err)
	}
}
