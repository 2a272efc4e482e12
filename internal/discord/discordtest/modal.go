package discordtest

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"unicode/utf8"
)

// components walks components in the order in which they are shown, containers before what they hold.
func components(cs []Component) iter.Seq[Component] {
	return func(yield func(Component) bool) { walk(cs, yield) }
}

func walk(cs []Component, yield func(Component) bool) bool {
	for _, c := range cs {
		if !yield(c) || !walk(c.Components, yield) {
			return false
		}
		for _, inner := range []*Component{c.Accessory, c.Component} {
			if inner != nil && !walk([]Component{*inner}, yield) {
				return false
			}
		}
	}
	return true
}

// SubmitModal fills in the form of a reply of KindModal and sends it. fields are keyed by label or custom_id; those
// not named keep the value that the bot prefilled. A File fills a file-upload field.
func (s *Server) SubmitModal(form *Reply, fields map[string]any) (*Step, error) {
	if form == nil || form.Modal == nil {
		return nil, errors.New("discordtest: the reply is not a form")
	}
	s.mu.Lock()
	opened := s.world.interactions[form.step.InteractionToken]
	if opened == nil {
		s.mu.Unlock()
		return nil, errors.New("discordtest: the form is unknown")
	}
	f := modalFilling{world: &s.world, channel: opened.channel, fields: maps.Clone(fields), files: map[string]any{}}
	filled, err := f.fill(form.Modal.Components)
	if err == nil && len(f.fields) > 0 {
		err = fmt.Errorf("no field %q", slices.Sorted(maps.Keys(f.fields)))
	}
	if err != nil {
		s.mu.Unlock()
		return nil, fmt.Errorf("discordtest: form %q: %w", form.Modal.Title, err)
	}
	in := s.world.begin(s, interactionModal, opened.user, opened.channel)
	in.source, in.modal = opened.source, form.Modal
	data := map[string]any{"custom_id": form.Modal.CustomID, "components": filled}
	if len(f.files) > 0 {
		data["resolved"] = map[string]any{"attachments": f.files}
	}
	return s.send(in, data)
}

// modalFilling turns a user's fields into a submitted form's components.
type modalFilling struct {
	world   *world
	channel *channel
	fields  map[string]any // what is still unused
	files   map[string]any
}

// fill mirrors rows and labels around the fields, as Discord sends them back.
func (f *modalFilling) fill(cs []Component) ([]map[string]any, error) {
	var out []map[string]any
	for _, c := range cs {
		switch c.Type {
		case componentRow:
			inner, err := f.fill(c.Components)
			if err != nil {
				return nil, err
			}
			out = append(out, map[string]any{"type": c.Type, "components": inner})
		case componentLabel:
			field := *c.Component
			field.Label = c.Label
			v, err := f.field(field)
			if err != nil {
				return nil, err
			}
			out = append(out, map[string]any{"type": c.Type, "id": c.ID, "component": v})
		case componentText:
		default:
			v, err := f.field(c)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
	}
	return out, nil
}

func (f *modalFilling) field(c Component) (map[string]any, error) {
	var given any = c.Value
	for _, key := range []string{c.Label, c.CustomID} {
		if v, ok := f.fields[key]; ok && key != "" {
			given = v
			delete(f.fields, key)
			break
		}
	}
	required := c.Required == nil || *c.Required
	out := map[string]any{"type": c.Type, "custom_id": c.CustomID}
	switch v := given.(type) {
	case File:
		if c.Type != componentFileUpload {
			return nil, fmt.Errorf("field %q does not take a file", c.Label)
		}
		a := f.world.store(f.channel.id, v, true)
		f.files[a.ID] = a
		out["values"] = []string{a.ID}
	case string:
		if c.Type == componentFileUpload {
			if v != "" || required {
				return nil, fmt.Errorf("field %q takes a file", c.Label)
			}
			out["values"] = []string{}
			break
		}
		if c.Type != componentTextInput {
			return nil, fmt.Errorf("fields of type %d are not supported by this fake", c.Type)
		}
		if err := c.fits(v, required); err != nil {
			return nil, err
		}
		out["value"] = v
	default:
		return nil, fmt.Errorf("field %q takes no %T", c.Label, given)
	}
	return out, nil
}

// fits makes the checks that Discord's client makes before a form can be sent.
func (c Component) fits(text string, required bool) error {
	n := utf8.RuneCountInString(text)
	least, most := 0, 4000
	if c.MinLength != nil {
		least = *c.MinLength
	}
	if c.MaxLength != nil {
		most = *c.MaxLength
	}
	switch {
	case n == 0 && required:
		return fmt.Errorf("field %q is required", c.Label)
	case n > 0 && n < least, n > most:
		return fmt.Errorf("field %q takes %d to %d characters, not %d", c.Label, least, most, n)
	}
	return nil
}
