package discordtest

import (
	"errors"
	"fmt"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// Download returns the content of the one file that is attached to a message, as a user who sees it gets it.
func (s *Server) Download(user, messageID string) (File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, m, err := s.world.see(user, messageID)
	if err != nil {
		return File{}, err
	}
	if len(m.Attachments) != 1 {
		return File{}, fmt.Errorf("discordtest: the message has %d files", len(m.Attachments))
	}
	a := s.world.attachments[m.Attachments[0].ID]
	if a == nil {
		return File{}, errors.New("discordtest: the file is gone")
	}
	return File{Name: a.Filename, ContentType: a.ContentType, Data: a.data}, nil
}

// download: download [-on KEPT] USER FILE
func (c *conversation) download(ts *testscript.TestScript, neg bool, args []string) error {
	o, args, err := options(args, "", "on")
	if err != nil {
		return err
	}
	if len(args) != 2 || neg {
		return errors.New("usage: download [-on KEPT] USER FILE")
	}
	id, err := c.on(o["on"])
	if err != nil {
		return err
	}
	f, err := c.server.Download(args[0], id)
	if err != nil {
		return err
	}
	return os.WriteFile(ts.MkAbs(args[1]), f.Data, 0o600)
}
