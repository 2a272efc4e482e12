package ingest

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.abhg.dev/goldmark/frontmatter"

	"pincite/internal/document"
)

// frontMatter is a text cut at the end of its front matter.
type frontMatter struct {
	format *frontmatter.Format // nil where there is none
	raw    string              // between the delimiters; begins with line 2
	body   string
}

// maxFrontMatter bounds the front matter, in bytes.
const maxFrontMatter = 64 << 10

// unclosed is the error of front matter that never ends. Its text is the end
// of a sentence about the file.
type unclosed struct{ delimiter string }

func (e unclosed) Error() string {
	return fmt.Sprintf("opens front matter with %q in line 1 and does not close it: put a line %q below the last key", e.delimiter, e.delimiter)
}

// firstKey is the first line of front matter that is no comment.
var firstKey = regexp.MustCompile(`^(?:["']?[A-Za-z][\w.-]*["']?\s*[:=](?:\s|$)|\[\[?[\w.-]+\]?\]$|\{\}?$)`)

// splitFrontMatter cuts the front matter off a text: from a first line "---"
// (YAML) or "+++" (TOML) to the next line of the same. The line below the
// first must be a key or a comment, else the first is a rule. Where the end
// is missing and the keys are those of front matter, that is an error.
func splitFrontMatter(text string) (frontMatter, error) {
	none := frontMatter{body: text}
	first, rest, ok := strings.Cut(text, "\n")
	delimiter := strings.TrimRight(first, " \t")
	f, known := delimiters(delimiter)
	if !ok || !known {
		return none, nil
	}
	raw, keyed, familiar := rest, false, false
	for at := 0; at < len(rest); {
		l, _, _ := strings.Cut(rest[at:], "\n")
		next := min(len(rest), at+len(l)+1)
		l = strings.TrimRight(l, " \t")
		switch {
		case l == delimiter:
			return frontMatter{format: &f, raw: raw[:at], body: rest[next:]}, nil
		case at > maxFrontMatter:
			at = len(rest)
			continue
		case keyed || strings.HasPrefix(l, "#"):
		case firstKey.MatchString(l):
			keyed = true
		default:
			return none, nil
		}
		key, _, _ := strings.Cut(l, assign(f))
		familiar = familiar || keys[strings.ToLower(strings.TrimSpace(key))] != ""
		at = next
	}
	if familiar {
		return none, unclosed{delimiter}
	}
	return none, nil
}

// delimiters finds the format of front matter by its first line.
func delimiters(line string) (frontmatter.Format, bool) {
	for _, f := range frontmatter.DefaultFormats {
		if line == strings.Repeat(string(f.Delim), 3) {
			return f, true
		}
	}
	return frontmatter.Format{}, false
}

// keys are those that are understood, each with the field that it fills. The
// others are left alone.
var keys = map[string]string{
	"title": "title", "author": "authors", "authors": "authors", "date": "date", "lang": "language", "language": "language",
	"source": "url", "url": "url", "canonical": "url", "site": "site", "publication": "site", "note": "note",
}

// order is that of reading the keys: of two for one field the first counts.
var order = []string{
	"title", "authors", "author", "date", "lang", "language", "canonical", "url", "source", "site", "publication", "note",
}

// errorLine finds the line that a YAML or TOML error names.
var errorLine = regexp.MustCompile(`line (\d+)`)

// metadata reads the keys. What cannot be read is a doubt that names it.
func (fm *frontMatter) metadata(d *doubts) metadata {
	var m metadata
	if fm.format == nil {
		return m
	}
	values := map[string]any{}
	if err := fm.format.Unmarshal([]byte(fm.raw), &values); err != nil {
		where := "The front matter"
		if found := errorLine.FindStringSubmatch(err.Error()); found != nil {
			if n, err := strconv.Atoi(found[1]); err == nil {
				where = fmt.Sprintf("Line %d, in the front matter,", n+1)
			}
		}
		d.add(DoubtMetadata, document.Pincite{}, "%s is not valid %s; its keys were read line by line.", where, fm.format.Name)
		values = fm.salvage()
	}
	folded := make(map[string]any, len(values))
	for key, v := range values {
		if name := strings.ToLower(key); keys[name] != "" && (folded[name] == nil || name == key) {
			folded[name] = v
		}
	}
	for _, key := range order {
		if v, ok := folded[key]; ok && v != nil {
			m.set(keys[key], key, v, d)
		}
	}
	return m
}

// assign is the sign between key and value.
func assign(f frontmatter.Format) string {
	if f.Delim == '+' {
		return "="
	}
	return ":"
}

// salvage reads the known keys of front matter that does not parse: one a
// line, their values as they stand, and lists of "- " items below a key.
func (fm *frontMatter) salvage() map[string]any {
	values := map[string]any{}
	last := ""
	for l := range strings.SplitSeq(fm.raw, "\n") {
		trimmed := strings.TrimSpace(l)
		if item, ok := strings.CutPrefix(trimmed, "- "); ok && last != "" {
			list, _ := values[last].([]any)
			values[last] = append(list, strings.Trim(strings.TrimSpace(item), `"'`))
			continue
		}
		key, value, ok := strings.Cut(trimmed, assign(*fm.format))
		key = strings.ToLower(strings.TrimSpace(key))
		if last = ""; !ok || keys[key] == "" || l != strings.TrimLeft(l, " \t") {
			continue
		}
		if value = strings.Trim(strings.TrimSpace(value), `"'`); value == "" {
			last = key
			continue
		}
		values[key] = value
	}
	return values
}

// set fills one field from one key's value, unless it is filled.
func (m *metadata) set(field, key string, v any, d *doubts) {
	doubt := func(why string) {
		d.add(DoubtMetadata, document.Pincite{}, "The front matter's %s %s", key, why)
	}
	if field == "authors" {
		names, ok := people(v)
		if !ok {
			doubt("is no name, list of names, or list of entries with a name, and was left out.")
		}
		for _, name := range names {
			if !slices.Contains(m.authors, name) {
				m.authors = append(m.authors, name)
			}
		}
		return
	}
	if field == "date" {
		date, ok := dateOf(v)
		if !ok {
			doubt(fmt.Sprintf("“%s” is not understood and was left out: write it as 2024-03-17.", shorten(oneLine(fmt.Sprint(v)), 40)))
		}
		m.date = date
		return
	}
	s, ok := scalar(v)
	if !ok {
		doubt("is a list or a table and was left out.")
		return
	}
	target := map[string]*string{"title": &m.title, "language": &m.language, "url": &m.url, "site": &m.site, "note": &m.note}[field]
	if s == "" || *target != "" {
		return
	}
	switch field {
	case "url":
		if webAddress(s) == "" {
			doubt(fmt.Sprintf("“%s” is no web address and was left out.", shorten(s, 60)))
			return
		}
		s = webAddress(s)
	case "language":
		if s = strings.ReplaceAll(s, "_", "-"); !languageTag.MatchString(s) {
			doubt(fmt.Sprintf("“%s” is no language tag, such as en or en-US, and was left out.", shorten(s, 40)))
			return
		}
	}
	*target = s
}

// languageTag is the form of BCP 47 tags, without their registry.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$`)

// scalar prints a single value on one line.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return oneLine(v), true
	case int, int64, uint64, bool, float64:
		return fmt.Sprint(v), true
	case time.Time:
		return v.Format(time.DateOnly), true
	}
	return "", false
}

// people reads an author or a list of them, each a string or a table with a
// name.
func people(v any) ([]string, bool) {
	switch v := v.(type) {
	case []any:
		var names []string
		for _, one := range v {
			if _, nested := one.([]any); nested {
				return nil, false
			}
			name, ok := people(one)
			if !ok {
				return nil, false
			}
			names = append(names, name...)
		}
		return names, true
	case []map[string]any:
		var names []string
		for _, one := range v {
			name, ok := people(one)
			if !ok {
				return nil, false
			}
			names = append(names, name...)
		}
		return names, true
	case map[string]any:
		name, ok := v["name"].(string)
		if name = oneLine(name); !ok || name == "" {
			return nil, false
		}
		return []string{name}, true
	}
	name, ok := scalar(v)
	if name == "" {
		return nil, ok
	}
	return []string{name}, ok
}

// dateOf reads a date of any form that YAML, TOML and people give it.
func dateOf(v any) (string, bool) {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly), v.Year() >= 1000 && v.Year() <= 9999
	case float64:
		// 2024.03 is not a date, 2024.0 hardly one
		if v != math.Trunc(v) {
			return "", false
		}
		return parseDate(strconv.FormatFloat(v, 'f', 0, 64))
	}
	s, ok := scalar(v)
	if !ok {
		return "", false
	}
	return parseDate(s)
}
