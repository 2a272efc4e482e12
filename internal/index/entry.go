package index

import (
	"context"

	"pincite/internal/document"
)

// Entry is a document to be indexed. ID and Hash together are its identity: a
// changed document has another hash.
type Entry struct {
	ID   string
	Hash string
	// Passages is how many it has; it decides where an index is kept before
	// the document is loaded.
	Passages int
	// Load reads the document. It is called while building and, for the best
	// hits, while searching, so it should remember what it read lately.
	Load func(context.Context) (*document.Document, error)
}

// LoadError says which document could not be loaded while an index was built.
type LoadError struct {
	ID  string
	Err error
}

func (e *LoadError) Error() string { return "load " + e.ID + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *LoadError) Unwrap() error { return e.Err }

// identity is the key under which a part knows a document.
type identity struct{ id, hash string }

func (e Entry) identity() identity { return identity{e.ID, e.Hash} }

// Progress is told how many passages of how many are indexed; nil is allowed.
type Progress func(done, total int)
