// Package corpus holds the built-in documents, so that the program answers as
// soon as it runs. Each file is Markdown with front matter.
package corpus

import (
	"embed"
	"io/fs"
)

//go:embed *.md
var files embed.FS

// Files is the folder of the built-in documents.
func Files() fs.FS { return files }
