package discordtest

import "fmt"

// Limits of components, https://discord.com/developers/docs/components/reference. All in characters or elements.
const (
	maxRows          = 5
	maxButtons       = 5 // in a row
	maxLabel         = 80
	maxButtonLink    = 512
	maxCustomID      = 100
	maxSelectOptions = 25
	maxOptionText    = 100 // label, value and description of a select's option
	maxPlaceholder   = 150
	maxComponents    = 40   // components v2, nested ones counted
	maxDisplayText   = 4000 // components v2, over all text displays
	maxModalTitle    = 45
	maxModalRows     = 5
	maxInputLabel    = 45
	maxInput         = 4000
	maxInputHint     = 100
	maxLabelHint     = 100
)

const selectKeys = "type id custom_id placeholder min_values max_values disabled required options channel_types " +
	"default_values"

// tally is what counts over a whole message or modal.
type tally struct {
	components int
	text       int
	ids        map[string]bool
}

func newTally() *tally { return &tally{ids: map[string]bool{}} }

// messageComponents checks a message's components.
func (n node) messageComponents(v2 bool) {
	t := newTally()
	cs := n.get("components")
	most := maxRows
	if v2 {
		most = maxComponents
	}
	for _, c := range cs.list(0, most) {
		if typ := c.get("type").whole(); !v2 && typ != componentRow {
			c.get("type").fail("COMPONENT_TYPE", "type %d at the top of a message: only rows (1) stand there", typ)
			continue
		}
		c.component(t)
	}
	if v2 && t.components > maxComponents {
		cs.fail("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "%d components, at most %d", t.components, maxComponents)
	}
	if t.text > maxDisplayText {
		cs.fail("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "%d characters of text, at most %d", t.text, maxDisplayText)
	}
}

// component checks a component of a message, with all that it holds.
func (n node) component(t *tally) {
	t.components++
	switch typ := n.get("type").whole(); typ {
	case componentRow:
		n.row(t)
	case componentSection:
		n.object("type id components accessory")
		for _, c := range n.get("components").list(1, 3) {
			c.only(t, componentText)
		}
		if n.get("accessory").v == nil {
			n.get("accessory").fail("BASE_TYPE_REQUIRED", "is required")
			return
		}
		n.get("accessory").only(t, componentButton, componentThumbnail)
	case componentText:
		n.object("type id content")
		t.text += len([]rune(n.get("content").text(1, maxDisplayText)))
	case componentThumbnail:
		n.object("type id media description spoiler")
		n.get("media").object("url")
	case componentGallery:
		n.object("type id items")
		n.get("items").list(1, 10)
	case componentFile:
		n.object("type id file spoiler")
		n.get("file").object("url")
	case componentSeparator:
		n.object("type id divider spacing")
		n.get("spacing").within(1, 2)
	case componentContainer:
		n.object("type id components accent_color spoiler")
		n.get("accent_color").within(0, 0xFFFFFF)
		for _, c := range n.get("components").list(1, maxComponents) {
			c.only(t, componentRow, componentSection, componentText, componentGallery, componentFile,
				componentSeparator)
		}
	case componentButton:
		n.button(t)
	case componentSelect:
		n.menu(t)
	default:
		n.get("type").fail("COMPONENT_TYPE", "type %d does not belong in a message", typ)
	}
}

// only checks a component that has to be of one of some types.
func (n node) only(t *tally, types ...int) {
	typ := n.get("type").whole()
	for _, want := range types {
		if typ == want {
			n.component(t)
			return
		}
	}
	n.get("type").fail("COMPONENT_TYPE", "type %d does not belong here", typ)
}

// row checks an action row: up to five buttons, or one select menu.
func (n node) row(t *tally) {
	n.object("type id components")
	cs := n.get("components").list(1, maxButtons)
	for _, c := range cs {
		t.components++
		switch typ := c.get("type").whole(); {
		case typ == componentButton:
			c.button(t)
		case typ == componentSelect, typ >= componentUserSelect && typ <= componentChannel:
			c.menu(t)
			if len(cs) > 1 {
				c.fail("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "a select menu fills its row")
			}
		default:
			c.get("type").fail("COMPONENT_TYPE", "type %d does not belong in a row", typ)
		}
	}
}

// customID checks a custom_id: required, short, and the only one of its kind.
func (n node) customID(t *tally) {
	id := n.get("custom_id").text(1, maxCustomID)
	if id != "" && t.ids[id] {
		n.get("custom_id").fail("COMPONENT_CUSTOM_ID_DUPLICATED", "%q is there twice", id)
	}
	t.ids[id] = true
}

func (n node) button(t *tally) {
	n.object("type id style label emoji custom_id url disabled sku_id")
	style := n.get("style").whole()
	label := n.get("label").text(0, maxLabel)
	switch {
	case style == buttonStyleLink:
		n.get("url").webLink(1, maxButtonLink)
		n.without("custom_id")
	case style >= 1 && style < buttonStyleLink:
		n.customID(t)
		n.without("url")
	case style != buttonStylePremium:
		n.get("style").fail("BASE_TYPE_CHOICES", "no button style %d", style)
	}
	if e := n.get("emoji"); e.v != nil {
		e.object("id name animated")
	} else if label == "" && style != buttonStylePremium {
		n.fail("BUTTON_COMPONENT_LABEL", "a button without label and emoji")
	}
}

func (n node) menu(t *tally) {
	n.object(selectKeys)
	n.customID(t)
	n.get("placeholder").text(0, maxPlaceholder)
	least, most := n.get("min_values").within(0, maxSelectOptions), n.get("max_values").within(1, maxSelectOptions)
	if n.get("type").whole() != componentSelect {
		n.without("options")
		return
	}
	values := map[string]bool{}
	options := n.get("options").list(1, maxSelectOptions)
	for _, o := range options {
		o.object("label value description emoji default")
		o.get("label").text(1, maxOptionText)
		v := o.get("value").text(1, maxOptionText)
		o.get("description").text(0, maxOptionText)
		if values[v] {
			o.get("value").fail("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "%q is there twice", v)
		}
		values[v] = true
	}
	if most > len(options) || n.has("max_values") && least > most {
		n.get("max_values").fail("SELECT_COMPONENT_MAX_VALUES", "%d to %d of %d options", least, most, len(options))
	}
}

// choices checks the data of an autocomplete answer.
func (n node) choices() {
	n.object(callbackKeys)
	n.without("content", "embeds", "components", "custom_id", "title")
	for _, c := range n.get("choices").list(0, maxChoices) {
		c.choice()
	}
}

// choice checks a choice of an option, or a suggestion.
func (n node) choice() {
	n.object("name name_localizations value")
	n.get("name").text(1, maxChoice)
	n.get("name_localizations").localised(1, maxChoice)
	switch v := n.get("value").v.(type) {
	case nil:
		n.get("value").fail("BASE_TYPE_REQUIRED", "is required")
	case string:
		n.get("value").text(1, maxChoice)
	case bool, []any, map[string]any:
		n.get("value").fail("STRING_TYPE_CONVERT", "is %s", fmt.Sprintf("a %T", v))
	}
}

// modal checks the data that opens a form.
func (n node) modal() {
	n.object(callbackKeys)
	n.without("content", "embeds", "choices")
	n.get("custom_id").text(1, maxCustomID)
	n.get("title").text(1, maxModalTitle)
	t := newTally()
	for _, c := range n.get("components").list(1, maxModalRows) {
		switch typ := c.get("type").whole(); typ {
		case componentRow:
			c.object("type id components")
			for _, in := range c.get("components").list(1, 1) {
				if in.get("type").whole() != componentTextInput {
					in.get("type").fail("COMPONENT_TYPE", "only a text input stands in a row of a form")
				}
				in.get("label").text(1, maxInputLabel)
				in.input(t)
			}
		case componentLabel:
			c.object("type id label description component")
			c.get("label").text(1, maxInputLabel)
			c.get("description").text(0, maxLabelHint)
			c.get("component").field(t)
		case componentText:
			c.object("type id content")
			c.get("content").text(1, maxDisplayText)
		default:
			c.get("type").fail("COMPONENT_TYPE", "type %d does not belong in a form", typ)
		}
	}
}

// field checks what a label of a form holds.
func (n node) field(t *tally) {
	switch typ := n.get("type").whole(); {
	case typ == componentTextInput:
		n.without("label")
		n.input(t)
	case typ == componentFileUpload:
		n.object("type id custom_id min_values max_values required")
		n.customID(t)
		n.get("min_values").within(0, 10)
		n.get("max_values").within(1, 10)
	case typ == componentSelect, typ >= componentUserSelect && typ <= componentChannel:
		n.menu(t)
	default:
		n.get("type").fail("COMPONENT_TYPE", "type %d does not belong in a label", typ)
	}
}

func (n node) input(t *tally) {
	n.object("type id custom_id style label value placeholder required min_length max_length")
	n.customID(t)
	n.get("style").within(textInputStyleShort, textInputStyleParagraph)
	if !n.has("style") {
		n.get("style").fail("BASE_TYPE_REQUIRED", "is required")
	}
	n.get("value").text(0, maxInput)
	n.get("placeholder").text(0, maxInputHint)
	least, most := n.get("min_length").within(0, maxInput), n.get("max_length").within(1, maxInput)
	if n.has("max_length") && least > most {
		n.get("max_length").fail("NUMBER_TYPE_RANGE", "is %d, min_length is %d", most, least)
	}
}
