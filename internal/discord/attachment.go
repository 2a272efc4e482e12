package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"pincite/internal/fault"
)

const (
	// downloadTimeout bounds a download, all attempts included.
	downloadTimeout = 30 * time.Second
	// downloadAttempts bounds how often a download is begun.
	downloadAttempts = 3
	// downloadRedirects bounds the redirects followed in one attempt.
	downloadRedirects = 3
)

// errForeign marks an address that is not Discord's.
var errForeign = errors.New("not an attachment of Discord's")

// download fetches an attachment of at most limit bytes. Only Discord's own
// hosts are asked, also after a redirect, and never with the bot's token. The
// errors are faults: Invalid for another address, NotFound for what is gone,
// TooLarge, and Busy where Discord does not deliver.
func (r *rest) download(ctx context.Context, address string, limit int64) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || !isAttachment(u) {
		return nil, fault.Wrap(fault.Invalid, errForeign, "Attach the file to Discord: files from elsewhere are not fetched.")
	}
	ctx, cancel := context.WithTimeout(ctx, downloadTimeout)
	defer cancel()
	for attempt := 1; ; attempt++ {
		data, again, err := r.fetch(ctx, u, limit)
		if err == nil || !again || attempt == downloadAttempts || ctx.Err() != nil {
			return data, err
		}
		mean := firstPause << (attempt - 1)
		pause := mean/2 + time.Duration(r.random()*float64(mean))
		r.log.LogAttrs(ctx, slog.LevelInfo, "discord: trying a download again",
			slog.Any(keyError, err), slog.Duration(keyWait, pause))
		if wait(ctx, r.clock, pause) != nil {
			return nil, err
		}
	}
}

// isAttachment reports whether an address is on one of the hosts that serve
// attachments, by HTTPS on the usual port.
func isAttachment(u *url.URL) bool {
	return u.Scheme == "https" && u.User == nil && (u.Host == hostCDN || u.Host == hostMedia)
}

// fetch downloads once. again says whether another attempt could succeed.
func (r *rest) fetch(ctx context.Context, u *url.URL, limit int64) (data []byte, again bool, err error) {
	late := func(err error) error {
		return fault.Wrap(fault.Busy, fmt.Errorf("downloading an attachment: %w", redactError(err, r.token)),
			"Discord did not deliver the file; try again in a minute.")
	}
	large := fault.New(fault.TooLarge, "The file is larger than %d KiB.", limit>>10)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, false, late(err)
	}
	req.Header.Set("User-Agent", userAgent)
	client := &http.Client{Transport: r.client.Transport, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		switch {
		case !isAttachment(req.URL):
			return errForeign
		case len(via) > downloadRedirects:
			return fmt.Errorf("more than %d redirects", downloadRedirects)
		}
		return nil
	}}
	resp, err := client.Do(req)
	if errors.Is(err, errForeign) {
		return nil, false, fault.Wrap(fault.Invalid, errForeign, "Discord sent on to an address that is not its own; the file was not fetched.")
	}
	if err != nil {
		return nil, true, late(err)
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code == http.StatusNotFound, code == http.StatusForbidden, code == http.StatusGone:
		return nil, false, fault.Wrap(fault.NotFound, errors.New(resp.Status), "That file is no longer on Discord; attach it again.")
	case code != http.StatusOK:
		return nil, code >= http.StatusInternalServerError, late(errors.New(resp.Status))
	case resp.ContentLength > limit:
		return nil, false, large
	}
	data, err = io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, true, late(err)
	}
	if int64(len(data)) > limit {
		return nil, false, large
	}
	return data, false, nil
}
