package discordtest

import (
	"fmt"
	"strings"
)

// Render returns a reply as plain text, for a golden. Markdown is kept raw, mentions read @name and #channel, and a
// line has one of these forms:
//
//	(only alice sees this)            an ephemeral reply
//	(reply to alice)                  a reply in a channel
//	(edited) (deleted) (no change)    what became of a message that was there
//	| ~ author                        an embed, or a container of components v2, has a bar at its left:
//	| # title <link>                  its title
//	| ## field                        a field's name, the value below
//	| -- footer
//	[More] [Open](link) [Old, off]    a row of buttons: plain, with a link, disabled
//	{Choose: A | *B}                  a select menu, * before what is selected
//	attached: notes.md (12 bytes)
//	(form) Title                      a modal; below it "Label*: value", * where required, and its hint in ()
//	(suggestions)                     an autocomplete answer; below it "- name = value"
//
// It ends with a newline.
func (r *Reply) Render() string {
	p := &page{}
	if r.server != nil {
		p.name = r.server.readable()
	}
	if r.Ephemeral && r.Message != nil {
		p.line("(only %s sees this)", r.step.User)
	}
	switch r.Kind {
	case KindDelete:
		p.line("(deleted)")
		return p.String()
	case KindAck:
		p.line("(no change)")
	case KindEdit:
		p.line("(edited)")
	case KindModal:
		p.modal(r.Modal)
	case KindChoices:
		p.choices(r.Choices)
	case KindMessage:
	}
	if r.Message != nil {
		p.message(r.Message)
	}
	return p.String()
}

// readable returns a replacer of mentions by what Discord shows for them.
func (s *Server) readable() *strings.Replacer {
	s.mu.Lock()
	defer s.mu.Unlock()
	var pairs []string
	for id, a := range s.world.accountsByID {
		pairs = append(pairs, "<@"+id+">", "@"+a.Username, "<@!"+id+">", "@"+a.Username)
	}
	for id, c := range s.world.channels {
		if c.guild != nil {
			pairs = append(pairs, "<#"+id+">", "#"+c.name)
		}
	}
	return strings.NewReplacer(pairs...)
}

// page gathers lines.
type page struct {
	strings.Builder
	bar  string // what every line begins with
	name *strings.Replacer
}

// line writes one line.
func (p *page) line(format string, args ...any) { p.text(fmt.Sprintf(format, args...)) }

// text writes a text of any number of lines. Mentions become names.
func (p *page) text(t string) {
	if p.name != nil {
		t = p.name.Replace(t)
	}
	for l := range strings.SplitSeq(t, "\n") {
		p.WriteString(strings.TrimRight(p.bar+l, " \t") + "\n")
	}
}

func (p *page) message(m *Message) {
	if m.ReferencedMessage != nil && m.ReferencedMessage.Author != nil {
		p.line("(reply to %s)", m.ReferencedMessage.Author.Username)
	}
	if m.Content != "" {
		p.text(m.Content)
	}
	if m.Flags&flagSuppressEmbeds == 0 {
		for _, e := range m.Embeds {
			p.embed(e)
		}
	}
	for _, a := range m.Attachments {
		p.line("attached: %s (%d bytes)", a.Filename, a.Size)
	}
	p.components(m.Components)
}

func (p *page) embed(e Embed) {
	p.bar += "| "
	defer func() { p.bar = strings.TrimSuffix(p.bar, "| ") }()
	if e.Author != nil {
		p.line("~ %s%s", e.Author.Name, link(e.Author.URL))
	}
	switch {
	case e.Title != "":
		p.line("# %s%s", e.Title, link(e.URL))
	case e.URL != "":
		p.line("#%s", link(e.URL))
	}
	if e.Description != "" {
		p.text(e.Description)
	}
	for _, f := range e.Fields {
		p.line("## %s", f.Name)
		p.text(f.Value)
	}
	if e.Image != nil {
		p.line("[image: %s]", e.Image.URL)
	}
	if e.Footer != nil {
		p.line("-- %s", e.Footer.Text)
	}
}

func link(url string) string {
	if url == "" {
		return ""
	}
	return " <" + url + ">"
}

func (p *page) components(cs []Component) {
	for _, c := range cs {
		switch c.Type {
		case componentRow:
			var parts []string
			for _, in := range c.Components {
				parts = append(parts, in.control())
			}
			p.text(strings.Join(parts, " "))
		case componentText:
			p.text(c.Content)
		case componentSection:
			p.components(c.Components)
			if c.Accessory != nil && c.Accessory.Type == componentButton {
				p.text(c.Accessory.control())
			}
		case componentSeparator:
			p.text("---")
		case componentContainer:
			p.bar += "| "
			p.components(c.Components)
			p.bar = strings.TrimSuffix(p.bar, "| ")
		default:
			p.line("(component of type %d)", c.Type)
		}
	}
}

// control returns a button or a menu as it looks.
func (c Component) control() string {
	if c.Type != componentButton {
		var options []string
		for _, o := range c.Options {
			mark := ""
			if o.Default {
				mark = "*"
			}
			options = append(options, mark+o.Label)
		}
		return "{" + c.Placeholder + ": " + strings.Join(options, " | ") + "}"
	}
	label := c.Label
	if c.Emoji != nil {
		label = strings.TrimSpace(c.Emoji.Name + " " + label)
	}
	switch {
	case c.Disabled:
		return "[" + label + ", off]"
	case c.URL != "":
		return "[" + label + "](" + c.URL + ")"
	}
	return "[" + label + "]"
}

func (p *page) modal(m *Modal) {
	p.line("(form) %s", m.Title)
	for c := range components(m.Components) {
		switch c.Type {
		case componentText:
			p.text(c.Content)
		case componentLabel:
			field := *c.Component
			field.Label = c.Label
			if field.Placeholder == "" {
				field.Placeholder = c.Description
			}
			p.field(field)
		case componentTextInput:
			if c.Label != "" { // a label's own input has been written with it
				p.field(c)
			}
		}
	}
}

func (p *page) field(c Component) {
	star, value := "", ""
	if c.Value != "" {
		value = " " + c.Value
	}
	if c.Required == nil || *c.Required {
		star = "*"
	}
	hint := ""
	if c.Placeholder != "" {
		hint = " (" + c.Placeholder + ")"
	}
	p.line("%s%s:%s%s", c.Label, star, value, hint)
}

func (p *page) choices(cs []Choice) {
	if len(cs) == 0 {
		p.text("(no suggestions)")
		return
	}
	p.text("(suggestions)")
	for _, c := range cs {
		if v := fmt.Sprint(c.Value); v != c.Name {
			p.line("- %s = %s", c.Name, v)
		} else {
			p.line("- %s", c.Name)
		}
	}
}
