package discord

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"pincite/internal/library"
)

// errFull ends an export that Discord would not take.
var errFull = errors.New("discord: the archive is larger than an upload may be")

// bounded is a buffer that holds so many bytes and no more.
type bounded struct {
	bytes.Buffer
	limit int64
}

func (b *bounded) Write(p []byte) (int, error) {
	if int64(b.Len())+int64(len(p)) > b.limit {
		return 0, errFull
	}
	return b.Buffer.Write(p)
}

// corpusExport sends the server's own documents as one archive.
func (b *Bot) corpusExport(ctx context.Context, ev *event) (*message, error) {
	// A callback has to be there within 3 s, which an upload may take by itself.
	ev.deferNow()
	entries, err := b.cfg.Desk.List(ctx, ev.who)
	if err != nil {
		return nil, err
	}
	own := slices.DeleteFunc(entries, func(e library.Entry) bool { return e.Corpus != ev.who })
	archive := bounded{limit: ev.upload}
	err = b.cfg.Desk.Export(ctx, ev.who, &archive)
	if errors.Is(err, errFull) {
		return exportTooLargeMessage(ev.upload, ev.server, ev.locale), nil
	}
	if err != nil {
		return nil, err
	}
	return exportMessage(len(own), archive.Bytes(), ev.locale)
}
