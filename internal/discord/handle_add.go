package discord

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pincite/internal/fault"
	"pincite/internal/library"
)

// addFile previews a file on Discord's hosts.
func (b *Bot) addFile(ctx context.Context, ev *event, a *discordgo.MessageAttachment, title string) (*message, error) {
	draft, err := b.fetchFile(ctx, ev, a, title)
	if err != nil {
		return nil, err
	}
	return b.preview(ctx, ev, draft)
}

// fetchFile fetches a file from Discord's hosts.
func (b *Bot) fetchFile(ctx context.Context, ev *event, a *discordgo.MessageAttachment, title string) (library.Draft, error) {
	if int64(a.Size) > b.cfg.MaxAttachment {
		return library.Draft{}, fault.New(fault.TooLarge, "%s is larger than the %s MB that are read here.",
			a.Filename, strconv.FormatFloat(float64(b.cfg.MaxAttachment)/1e6, 'f', -1, 64))
	}
	ev.progress(ev.locale.words().Fetching)
	raw, err := b.rest.download(ctx, a.URL, b.cfg.MaxAttachment)
	return library.Draft{Name: a.Filename, MediaType: a.ContentType, By: ev.member, Title: title, Original: raw}, err
}

// addPage previews what is at an address. The draft keeps what was fetched, so
// that what is added is what was previewed, however the page changes.
func (b *Bot) addPage(address, title string, h handling) handling {
	h.lane = slow
	h.run = func(ctx context.Context, ev *event) (*message, error) {
		draft, err := b.fetchPage(ctx, ev, address, title)
		if err != nil {
			return nil, err
		}
		return b.preview(ctx, ev, draft)
	}
	return h
}

// fetchPage fetches what is at an address.
func (b *Bot) fetchPage(ctx context.Context, ev *event, address, title string) (library.Draft, error) {
	ev.progress(ev.locale.words().Fetching)
	s, err := b.cfg.Fetch(ctx, address)
	return library.Draft{Name: s.Name, MediaType: s.MediaType, URL: s.URL, By: ev.member, Title: title, Original: s.Bytes}, err
}

// attachedTo is a file that came with a command.
func attachedTo(i *discordgo.Interaction, id string) (*discordgo.MessageAttachment, error) {
	if resolved := i.ApplicationCommandData().Resolved; resolved != nil && resolved.Attachments[id] != nil {
		return resolved.Attachments[id], nil
	}
	return nil, fault.New(fault.Invalid, "The file did not arrive; attach it again.")
}

// addMessage handles the message command that adds what a message holds: its
// file, or else its text.
func (b *Bot) addMessage(i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData) handling {
	h := handling{name: data.Name, lane: slow, private: true}
	if err := mayManage(i); err != nil {
		return refused(h.name, err)
	}
	h.run = func(ctx context.Context, ev *event) (*message, error) {
		file, text, err := documentOf(data)
		switch {
		case err != nil:
			return nil, err
		case file != nil:
			return b.addFile(ctx, ev, file, "")
		}
		return b.pasted(ctx, ev, "", text)
	}
	return h
}

// documentOf is what of a message can be added: its one file, pictures, sound
// and films aside where there are others; its text where there is no file.
func documentOf(data discordgo.ApplicationCommandInteractionData) (file *discordgo.MessageAttachment, text string, err error) {
	none := fault.New(fault.Invalid, "That message has no file and no text that could be added.")
	if data.Resolved == nil || data.Resolved.Messages[data.TargetID] == nil {
		return nil, "", none
	}
	m := data.Resolved.Messages[data.TargetID]
	files := slices.DeleteFunc(slices.Clone(m.Attachments), func(a *discordgo.MessageAttachment) bool { return a == nil })
	if len(files) > 1 {
		files = slices.DeleteFunc(files, isMedia)
	}
	switch {
	case len(files) > 1:
		return nil, "", fault.New(fault.Invalid, "That message has %d files; add them one by one with /corpus add.", len(files))
	case len(files) == 1:
		return files[0], "", nil
	case strings.TrimSpace(m.Content) == "":
		return nil, "", none
	}
	return nil, m.Content, nil
}

// isMedia reports whether a file is declared to be a picture, sound or film.
func isMedia(a *discordgo.MessageAttachment) bool {
	kind, _, _ := strings.Cut(a.ContentType, "/")
	return kind == "image" || kind == "audio" || kind == "video"
}

// fixTitle previews a draft anew under another title. The id follows where it
// is made of the title, which is so for pasted text alone: a file's or a page's
// is made of its name, by which its next version replaces it.
func (b *Bot) fixTitle(ctx context.Context, ev *event, id, title string) (*message, error) {
	draft, err := b.cfg.Library.Draft(ctx, ev.who, id)
	if err != nil {
		return nil, err
	}
	draft.Title = title
	m, now, err := b.previewDraft(ctx, ev, draft)
	if err != nil {
		return nil, err
	}
	if now != id { // which the title is part of
		b.dropDraft(ctx, ev, id)
	}
	return m, nil
}
