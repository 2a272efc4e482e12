package discord

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

var verb = regexp.MustCompile(`%[sd%]`)

// eachText calls f for every text of a language, those of plurals included.
func eachText(l locale, f func(name, text, most string)) {
	v := reflect.ValueOf(*l.words())
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if p, ok := v.Field(i).Interface().(plural); ok {
			f(field.Name+".One", p.One, field.Tag.Get("max"))
			f(field.Name+".Many", p.Many, field.Tag.Get("max"))
			continue
		}
		f(field.Name, v.Field(i).String(), field.Tag.Get("max"))
	}
}

// TestWording holds that each text is there in both languages, fits where it is
// shown with its verbs filled in, takes the same things in the same order, and
// is no markup but what is meant.
func TestWording(t *testing.T) {
	verbs := map[string]string{}
	eachText(english, func(name, text, _ string) { verbs[name] = fmt.Sprint(verb.FindAllString(text, -1)) })
	for _, l := range []locale{english, spanish} {
		eachText(l, func(name, text, most string) {
			if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
				t.Errorf("%s %s is %q", l, name, text)
			}
			if got := fmt.Sprint(verb.FindAllString(text, -1)); got != verbs[name] {
				t.Errorf("%s %s takes %s, not %s", l, name, got, verbs[name])
			}
			if limit, err := strconv.Atoi(most); err == nil && measure(strings.NewReplacer("%s", strings.Repeat("x", 12), "%d", "10000").Replace(text)) > limit {
				t.Errorf("%s %s has more than %d units", l, name, limit)
			}
			if strings.ContainsAny(text, "!…") {
				t.Errorf("%s %s raises its voice or breaks off: %q", l, name, text)
			}
			for _, other := range (client{linked: true}).read(text).other {
				if other != "code" && other != "italic" {
					t.Errorf("%s %s is read as %s: %q", l, name, other, text)
				}
			}
		})
	}
}

func TestPlural(t *testing.T) {
	p := plural{"%d passage", "%d passages"}
	for n, want := range map[int]string{0: "0 passages", 1: "1 passage", 2: "2 passages"} {
		if got := p.of(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	w := english.words()
	for want, names := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if got := w.list(names); got != want {
			t.Errorf("%q: %q, want %q", names, got, want)
		}
	}
}

func TestLocaleOf(t *testing.T) {
	for l, want := range map[discordgo.Locale]locale{
		discordgo.EnglishUS: english, discordgo.German: english, "": english, discordgo.SpanishES: spanish, discordgo.SpanishLATAM: spanish,
	} {
		if got := localeOf(l); got != want {
			t.Errorf("%q is %q", l, got)
		}
	}
}
