package cite

import (
	"strconv"
	"strings"

	"pincite/internal/document"
)

// pinpoint names a passage within its document. A footnote is named with the
// paragraph that calls it.
type pinpoint struct {
	paragraph int    // 0 for a footnote that no paragraph calls
	note      int    // 0 for a paragraph
	label     string // what the source prints before the note instead of its number
}

func pinpointOf(d *document.Document, p *document.Passage) pinpoint {
	if p.Kind == document.Paragraph {
		return pinpoint{paragraph: p.Number}
	}
	at := pinpoint{note: p.Number, label: line(p.Label)}
	for _, caller := range d.NotedBy(p.Pincite()) {
		if caller.Kind == document.Paragraph {
			at.paragraph = caller.Number
			break
		}
	}
	return at
}

// counted says that a printed pinpoint names a paragraph by a number that
// Pincite counted. Notes bear the source's own numbers or labels.
const counted = "paragraph numbers counted"

// counted is that label in parentheses, where the pinpoint needs it.
func (p pinpoint) counted() string {
	if p.paragraph == 0 {
		return ""
	}
	return " (" + counted + ")"
}

// noteName is the note as the source prints it.
func (p pinpoint) noteName() string {
	if p.label != "" {
		return p.label
	}
	return strconv.Itoa(p.note)
}

// join prints the pinpoint with a style's words before the two numbers and
// between the two parts.
func (p pinpoint) join(paragraph, between, note, name string) string {
	var parts []string
	if p.paragraph != 0 {
		parts = append(parts, paragraph+strconv.Itoa(p.paragraph))
	}
	if p.note != 0 {
		parts = append(parts, note+name)
	}
	return strings.Join(parts, between)
}

// plain prints "¶ 8" or "¶ 2, n. 1": the numbers by which Pincite finds the
// passage, and the source's label of a note beside its number.
func (p pinpoint) plain() string {
	name := strconv.Itoa(p.note)
	if p.label != "" {
		name += " (printed “" + p.label + "”)"
	}
	return p.join("¶ ", ", ", "n. ", name)
}

// bluebook prints "para. 8" or "para. 2 n.1"; the sign ¶ is for paragraphs
// that the source numbers (rules 3.2 and 3.3).
func (p pinpoint) bluebook() string { return p.join("para. ", " ", "n.", p.noteName()) }

// oscola prints "para 8" or "para 2, fn 1"; fn is a note in another's work.
func (p pinpoint) oscola() string { return p.join("para ", ", ", "fn ", p.noteName()) }

// apa prints "para. 8" or "para. 2, Footnote 1".
func (p pinpoint) apa() string { return p.join("para. ", ", ", "Footnote ", p.noteName()) }
