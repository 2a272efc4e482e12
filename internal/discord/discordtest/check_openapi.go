package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// ErrNoSchema is returned where Discord's OpenAPI description is not on this machine.
var ErrNoSchema = errors.New("no OpenAPI description of Discord's")

// Schema is Discord's OpenAPI description of its API v10. It may be shared.
type Schema struct{ doc *openapi3.T }

// FindSchema loads discord/openapi.json from the folder that PINCITE_SHARED names or, without it, from ../shared
// beside the module. The error is ErrNoSchema where there is no such file.
func FindSchema() (*Schema, error) {
	dir := os.Getenv("PINCITE_SHARED")
	if dir == "" {
		root, err := moduleRoot()
		if err != nil {
			return nil, err
		}
		dir = filepath.Join(root, "..", "shared")
	}
	return LoadSchema(filepath.Join(dir, "discord", "openapi.json"))
}

// moduleRoot walks up from the working folder to the one with go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the module: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("%w: no go.mod above the working folder", ErrNoSchema)
		}
		dir = up
	}
}

// LoadSchema loads the description from a file, which takes a few tenths of a second.
func LoadSchema(file string) (*Schema, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %s is missing", ErrNoSchema, file)
	case err != nil:
		return nil, fmt.Errorf("loading %s: %w", file, err)
	}
	return &Schema{doc}, nil
}

// check validates a request against the operation that its path means in API v10: query and body. Paths of v9 and
// v10 do not differ in what this fake serves.
func (s *Schema) check(c *call) []problem {
	template, params, item := s.find(c.path)
	if item == nil || item.GetOperation(c.route.method) == nil {
		return []problem{{"", "OPENAPI", "the operation is not in the description"}}
	}
	r := c.r.Clone(c.r.Context())
	r.URL.Path = "/api/v10" + c.path
	r.Body, r.ContentLength = http.NoBody, 0
	r.Header.Del("Content-Type")
	if c.body != nil {
		// Of a multipart body the payload_json part is what the description can judge.
		body := encoded(numericPermissions(c.body))
		r.Body, r.ContentLength = readCloser{bytes.NewReader(body)}, int64(len(body))
		r.Header.Set("Content-Type", "application/json")
	}
	err := openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, QueryParams: r.URL.Query(),
		Route: &routers.Route{
			Spec: s.doc, Path: template, PathItem: item, Method: c.route.method,
			Operation: item.GetOperation(c.route.method),
		},
		Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true,
		},
	})
	if err == nil {
		return nil
	}
	// The library prints the schema and the value below its first line; the line is enough.
	line, _, _ := strings.Cut(err.Error(), "\n")
	return []problem{{"", "OPENAPI", "OpenAPI: " + line}}
}

// readCloser is a reader with nothing to close.
type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }

// find returns the path item that a path means: the one with the most literal segments.
func (s *Schema) find(path string) (template string, params map[string]string, item *openapi3.PathItem) {
	for t, it := range s.doc.Paths.Map() {
		p, ok := matchTemplate(t, path)
		if ok && (item == nil || len(p) < len(params)) {
			template, params, item = t, p, it
		}
	}
	return template, params, item
}

// numericPermissions turns default_member_permissions of commands from a numeric string into a number: the
// description says integer, and Discord takes and gives strings.
func numericPermissions(body any) any {
	list, isList := body.([]any)
	if !isList {
		return body
	}
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
		o, isObject := v.(map[string]any)
		if !isObject {
			continue
		}
		p, isText := o["default_member_permissions"].(string)
		if _, err := strconv.ParseUint(p, 10, 64); !isText || err != nil {
			continue
		}
		clone := make(map[string]any, len(o))
		for k, v := range o {
			clone[k] = v
		}
		clone["default_member_permissions"] = json.Number(p)
		out[i] = clone
	}
	return out
}
