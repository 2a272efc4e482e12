package discordtest

import (
	"encoding/json"
	"strconv"
)

// checkRefs holds the attachments that a body names against the files that came with it: one that is no attachment's
// id, which has 17 digits or more, is the index of a file, and names it as the file's part does.
func (c *call) checkRefs(k *checker) {
	type ref struct {
		ID       json.Number `json:"id"`
		Filename string      `json:"filename"`
	}
	var body struct {
		Attachments []ref `json:"attachments"`
		Data        struct {
			Attachments []ref `json:"attachments"`
		} `json:"data"`
	}
	if json.Unmarshal(c.raw, &body) != nil {
		return // said by others
	}
	for _, a := range append(body.Attachments, body.Data.Attachments...) {
		i, err := strconv.Atoi(a.ID.String())
		switch {
		case err != nil || len(a.ID) >= 17:
		case i < 0 || i >= len(c.files):
			k.add("attachments", "ATTACHMENT_NOT_FOUND", "attachment %d, and %d files", i, len(c.files))
		case a.Filename != "" && a.Filename != c.files[i].Name:
			k.add("attachments", "ATTACHMENT_NAME", "attachment %d is %q, and the file %q", i, a.Filename, c.files[i].Name)
		}
	}
}
