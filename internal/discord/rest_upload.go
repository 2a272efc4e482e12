package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"time"
)

// upload is a file that the bot sends with a message. Its data must not change
// while it is sent.
type upload struct {
	name string
	kind string // its media type
	data []byte
}

// uploadRef names an upload in a payload: by its place among the files, which
// is "0", as a message has one at most.
type uploadRef struct {
	ID   string `json:"id"`
	Name string `json:"filename"`
}

const (
	// defaultUpload is how many bytes a file may have where Discord does not
	// say: https://discord.com/developers/docs/reference#uploading-files.
	defaultUpload = 10 << 20
	// maxUpload bounds what is held in memory for an upload, whatever Discord
	// allows: it is what a server of boost level 2 may upload.
	maxUpload = 50 << 20
	// uploadTimeout bounds one attempt of a request with a file: maxUpload at
	// some 4 Mbit/s.
	uploadTimeout = 100 * time.Second
)

// uploadLimit reads from an interaction how many bytes a file in the reply may
// have. discordgo does not know the field.
func uploadLimit(raw json.RawMessage) int64 {
	var i struct {
		Limit int64 `json:"attachment_size_limit"`
	}
	if err := json.Unmarshal(raw, &i); err != nil || i.Limit <= 0 {
		return defaultUpload
	}
	return min(i.Limit, maxUpload)
}

// content is the body of a request, in parts that are sent one after another,
// so that a file is in memory once.
type content struct {
	kind  string // its media type; empty for none
	parts [][]byte
}

// reader reads the content from its beginning.
func (c content) reader() io.Reader {
	if len(c.parts) == 0 {
		return http.NoBody
	}
	readers := make([]io.Reader, len(c.parts))
	for i, p := range c.parts {
		readers[i] = bytes.NewReader(p)
	}
	return io.MultiReader(readers...)
}

// size is the length in bytes.
func (c content) size() int64 {
	n := int64(0)
	for _, p := range c.parts {
		n += int64(len(p))
	}
	return n
}

// encode is the body of a request: JSON, or with a file a form of both, see
// https://discord.com/developers/docs/reference#uploading-files.
func encode(q *request) (content, error) {
	if q.body == nil {
		return content{}, nil
	}
	body, err := json.Marshal(q.body)
	if err != nil {
		return content{}, err
	}
	if q.upload == nil {
		return content{kind: "application/json", parts: [][]byte{body}}, nil
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part := func(name, file, kind string) (io.Writer, error) {
		fields := map[string]string{"name": name}
		if file != "" {
			fields["filename"] = file
		}
		return w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {mime.FormatMediaType("form-data", fields)}, "Content-Type": {kind},
		})
	}
	payload, err := part("payload_json", "", "application/json")
	if err == nil {
		_, err = payload.Write(body)
	}
	if err == nil {
		_, err = part("files[0]", q.upload.name, q.upload.kind)
	}
	head := form.Len()
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return content{}, fmt.Errorf("making the form: %w", err)
	}
	return content{
		kind: w.FormDataContentType(), parts: [][]byte{form.Bytes()[:head], q.upload.data, form.Bytes()[head:]},
	}, nil
}
