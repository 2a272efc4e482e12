package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Violation is something that the bot did and that Discord would refuse, or that no good bot does.
type Violation struct {
	Where   string // the operation, such as "POST /channels/{channel_id}/messages", or "gateway"
	Path    string // the place in the body, such as "embeds.0.title", or ""
	Problem string
}

// String is one line.
func (v Violation) String() string {
	if v.Path == "" {
		return v.Where + ": " + v.Problem
	}
	return v.Where + ": " + v.Path + ": " + v.Problem
}

// Violations returns what the bot did wrong so far.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// TakeViolations returns what the bot did wrong so far and forgets it.
func (s *Server) TakeViolations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.violations
	s.violations = nil
	return v
}

func (s *Server) violate(v Violation) {
	s.opts.Logf("violation: %s", v)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.violations = append(s.violations, v)
}

// check holds a request against the limits and Discord's description. Its error is the 400 that Discord would give.
func (s *Server) check(c *call) error {
	k := &checker{}
	if ua := c.r.Header.Get("User-Agent"); !strings.HasPrefix(ua, "DiscordBot (") {
		k.add("", "USER_AGENT", "User-Agent %q is not of the form DiscordBot (url, version)", ua)
	}
	if len(c.files) > 10 {
		k.add("files", "BASE_TYPE_MAX_LENGTH", "%d files, at most 10", len(c.files))
	}
	for _, f := range c.files {
		if len(f.Data) > s.opts.UploadLimit {
			k.add("files", "FILE_TOO_LARGE", "%q has %d bytes, at most %d", f.Name, len(f.Data), s.opts.UploadLimit)
		}
	}
	c.checkRefs(k)
	switch {
	case c.route.check != nil && c.body == nil:
		k.add("", "BASE_TYPE_REQUIRED", "no body")
	case c.route.check != nil:
		c.route.check(s, c, k)
	case c.raw != nil:
		k.add("", "UNEXPECTED_BODY", "a body where none belongs")
	}
	if s.schema != nil {
		k.problems = append(k.problems, s.schema.check(c)...)
	}
	if len(k.problems) == 0 {
		return nil
	}
	for _, p := range k.problems {
		s.violate(Violation{Where: c.where(), Path: p.path, Problem: p.message})
	}
	if k.problems[0].code == codeEmpty {
		return errEmptyMessage()
	}
	return &apiError{400, 50035, "Invalid Form Body", nested(k.problems)}
}

// codeEmpty marks an empty message, which has an error code of its own.
const codeEmpty = "EMPTY_MESSAGE"

// problem is one thing wrong with a body.
type problem struct{ path, code, message string }

// nested arranges problems as Discord does: by path, with the messages under _errors.
func nested(ps []problem) map[string]any {
	root := map[string]any{}
	for _, p := range ps {
		at := root
		for _, key := range strings.FieldsFunc(p.path, func(r rune) bool { return r == '.' }) {
			inner, isMap := at[key].(map[string]any)
			if !isMap {
				inner = map[string]any{}
				at[key] = inner
			}
			at = inner
		}
		list, _ := at["_errors"].([]any)
		at["_errors"] = append(list, map[string]any{"code": p.code, "message": p.message})
	}
	return root
}

// nest is nested for one error.
func nest(path string, err map[string]any) map[string]any {
	return map[string]any{path: map[string]any{"_errors": []any{err}}}
}

// checker collects problems.
type checker struct{ problems []problem }

func (k *checker) add(path, code, format string, args ...any) {
	k.problems = append(k.problems, problem{path, code, fmt.Sprintf(format, args...)})
}

// node is a JSON value with its path. The zero value v of an absent key and null are the same: nil.
type node struct {
	k    *checker
	path string
	v    any
}

func (n node) at(key string) string {
	if n.path == "" {
		return key
	}
	return n.path + "." + key
}

func (n node) fail(code, format string, args ...any) { n.k.add(n.path, code, format, args...) }

// object returns the value's keys, after checking that it knows them all. It returns nil where it is no object.
func (n node) object(known string) map[string]any {
	o, isObject := n.v.(map[string]any)
	if !isObject {
		if n.v != nil {
			n.fail("DICT_TYPE_CONVERT", "is not an object")
		}
		return nil
	}
	keys := strings.Fields(known)
	for key := range o {
		if !slices.Contains(keys, key) {
			n.k.add(n.at(key), "UNKNOWN_KEY", "unknown key")
		}
	}
	return o
}

// get returns a key's value.
func (n node) get(key string) node {
	o, _ := n.v.(map[string]any)
	return node{n.k, n.at(key), o[key]}
}

// has reports whether the object has the key with a value other than null.
func (n node) has(key string) bool { return n.get(key).v != nil }

// text checks a string's length in characters and returns it. Absent and null count as "".
func (n node) text(least, most int) string {
	t, isText := n.v.(string)
	if !isText && n.v != nil {
		n.fail("STRING_TYPE_CONVERT", "is not a string")
		return ""
	}
	switch l := utf8.RuneCountInString(t); {
	case l == 0 && least > 0:
		n.fail("BASE_TYPE_REQUIRED", "is required")
	case l < least:
		n.fail("BASE_TYPE_MIN_LENGTH", "has %d characters, at least %d", l, least)
	case l > most:
		n.fail("BASE_TYPE_MAX_LENGTH", "has %d characters, at most %d", l, most)
	}
	return t
}

// list checks an array's length and returns its elements. Absent and null count as empty.
func (n node) list(least, most int) []node {
	l, isList := n.v.([]any)
	if !isList && n.v != nil {
		n.fail("LIST_TYPE_CONVERT", "is not an array")
		return nil
	}
	if len(l) < least || len(l) > most {
		n.fail("BASE_TYPE_BAD_LENGTH", "has %d elements, must have %d to %d", len(l), least, most)
	}
	out := make([]node, len(l))
	for i, v := range l {
		out[i] = node{n.k, n.at(fmt.Sprint(i)), v}
	}
	return out
}

// whole returns an integer; absent and null count as 0.
func (n node) whole() int {
	num, isNumber := n.v.(json.Number)
	if !isNumber {
		if n.v != nil {
			n.fail("NUMBER_TYPE_COERCE", "is not a number")
		}
		return 0
	}
	i, err := num.Int64()
	if err != nil {
		n.fail("NUMBER_TYPE_COERCE", "is not a whole number")
	}
	return int(i)
}

// within checks an integer's range, where it is there.
func (n node) within(least, most int) int {
	i := n.whole()
	if n.v != nil && (i < least || i > most) {
		n.fail("NUMBER_TYPE_RANGE", "is %d, must be %d to %d", i, least, most)
	}
	return i
}

// yes returns a bool; absent and null count as false.
func (n node) yes() bool {
	b, isBool := n.v.(bool)
	if !isBool && n.v != nil {
		n.fail("BOOLEAN_TYPE_CONVERT", "is not a boolean")
	}
	return b
}

// webLink checks that a text of that many characters is a link that Discord opens.
func (n node) webLink(least, most int) {
	t := n.text(least, most)
	if t != "" && !strings.HasPrefix(t, "https://") && !strings.HasPrefix(t, "http://") &&
		!strings.HasPrefix(t, "attachment://") && !strings.HasPrefix(t, "discord://") {
		n.fail("URL_TYPE_INVALID_SCHEME", "%q is not a link", t)
	}
}
