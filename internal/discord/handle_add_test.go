package discord

import (
	"testing"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/fault"
)

func TestDocumentOf(t *testing.T) {
	file := func(name, kind string) *discordgo.MessageAttachment {
		return &discordgo.MessageAttachment{Filename: name, ContentType: kind}
	}
	pdf, text := file("a.pdf", "application/pdf"), file("b.txt", "text/plain; charset=utf-8")
	chart, song, undeclared := file("c.png", "image/png"), file("d.mp3", "audio/mpeg"), file("e", "")
	for _, c := range []struct {
		name    string
		content string
		files   []*discordgo.MessageAttachment
		file    *discordgo.MessageAttachment
		text    string
	}{
		{"a text", "some words", nil, nil, "some words"},
		{"a file", "", []*discordgo.MessageAttachment{pdf}, pdf, ""},
		{"a file before a text", "see this", []*discordgo.MessageAttachment{pdf}, pdf, ""},
		{"a file of no declared kind", "", []*discordgo.MessageAttachment{undeclared}, undeclared, ""},
		{"a file among pictures", "", []*discordgo.MessageAttachment{chart, song, text}, text, ""},
		{"a picture, which is refused by name later", "see this", []*discordgo.MessageAttachment{chart}, chart, ""},
		{"a text with pictures", "see these", []*discordgo.MessageAttachment{chart, chart}, nil, "see these"},
		{"two files", "see these", []*discordgo.MessageAttachment{pdf, text}, nil, ""},
		{"only pictures", " \n", []*discordgo.MessageAttachment{chart, chart}, nil, ""},
		{"nothing", " \n", nil, nil, ""},
		{"a damaged attachment", "", []*discordgo.MessageAttachment{nil}, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := &discordgo.Message{Content: c.content, Attachments: c.files}
			file, text, err := documentOf(discordgo.ApplicationCommandInteractionData{
				TargetID: "1", Resolved: &discordgo.ApplicationCommandInteractionDataResolved{Messages: map[string]*discordgo.Message{"1": m}},
			})
			if file != c.file || text != c.text {
				t.Errorf("%v, %q, %v", file, text, err)
			}
			if nothing := c.file == nil && c.text == ""; nothing != (fault.KindOf(err) == fault.Invalid) || nothing != (err != nil) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, _, err := documentOf(discordgo.ApplicationCommandInteractionData{TargetID: "1"}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("no message: %v", err)
	}
}

// TestPreviewTitleOf: the title is read back from a preview in both languages,
// and from nothing else.
func TestPreviewTitleOf(t *testing.T) {
	heading := func(s string) []*discordgo.MessageEmbed {
		return []*discordgo.MessageEmbed{{Author: &discordgo.MessageEmbedAuthor{Name: s}}}
	}
	for _, c := range []struct {
		embeds []*discordgo.MessageEmbed
		want   string
	}{
		{heading("To be added: On *Weirs*: a note"), "On *Weirs*: a note"},
		{heading("Para añadir: On Weirs"), "On Weirs"},
		{heading("To be added: A title that was cut" + ellipsis), "A title that was cut"},
		{heading("Documents"), ""},
		{[]*discordgo.MessageEmbed{{}}, ""},
		{[]*discordgo.MessageEmbed{nil}, ""},
		{nil, ""},
	} {
		if got := previewTitleOf(c.embeds); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
