package desk

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/library"
)

// Quota bounds what one corpus may hold, so that one server cannot take the
// disk and the memory of all. A zero field stands for its default.
type Quota struct {
	Documents int
	Passages  int   // of the current versions, which are what is searched
	Bytes     int64 // of the originals of all versions that are kept
}

// DefaultQuota is 1,000 documents, 200,000 passages, and 500 MB.
func DefaultQuota() Quota {
	return Quota{Documents: 1000, Passages: 200_000, Bytes: 500_000_000}
}

// orDefault fills the fields that are not set.
func (q Quota) orDefault() Quota {
	d := DefaultQuota()
	return Quota{Documents: cmp.Or(q.Documents, d.Documents), Passages: cmp.Or(q.Passages, d.Passages), Bytes: cmp.Or(q.Bytes, d.Bytes)}
}

// checkQuota refuses an addition that would take a corpus beyond its quota,
// with a fault.TooLarge. One that is there already takes no room, and one that
// has fewer passages than what it replaces makes some. The caller holds
// s.adding; another process that adds at the same moment is not seen, so that
// two may each take the last place.
func (d *Desk) checkQuota(ctx context.Context, s *shelf, a library.Addition) error {
	if a.Document == nil || s.id == library.Base {
		return nil // which the library refuses
	}
	entries, err := d.cfg.Library.List(ctx, s.id)
	if err != nil {
		return err
	}
	q := d.cfg.Quota.orDefault()
	documents, passages, old := len(entries)+1, len(a.Document.Passages), 0
	for _, e := range entries {
		n := e.Paragraphs + e.Footnotes
		passages += n
		if e.ID == a.Document.ID {
			documents--
			passages -= n
			old = n
		}
	}
	size, err := d.bytesKept(ctx, s, entries)
	if err != nil {
		return err
	}
	switch {
	case documents > q.Documents && documents > len(entries):
		err = fault.New(fault.TooLarge, "There is room for %s here, and all of it is taken: remove one first.", documentsOf(q.Documents))
	case passages > q.Passages && len(a.Document.Passages) > old:
		err = fault.New(fault.TooLarge, "With %q there would be %d passages here, and there is room for %d: remove a document first.", a.Document.Title, passages, q.Passages)
	case size+int64(len(a.Original)) > q.Bytes:
		err = fault.New(fault.TooLarge, "With %q the documents here and their earlier versions would take more than %s: remove one first.", a.Document.Title, megabytes(q.Bytes))
	default:
		return nil
	}
	there, failed := d.isThere(ctx, s.id, a, entries)
	switch {
	case failed != nil:
		return failed
	case there:
		return nil
	}
	return err
}

// bytesKept is the size of all originals of a corpus. A document's earlier
// versions never change, so that they are counted again only where it has a
// new one.
func (d *Desk) bytesKept(ctx context.Context, s *shelf, entries []library.Entry) (int64, error) {
	kept := make(map[string]keptBytes, len(entries))
	var all int64
	for _, e := range entries {
		k, known := s.kept[e.ID]
		switch {
		case e.Version == 1:
			k = keptBytes{hash: e.Hash, version: 1, bytes: e.Bytes}
		case !known || k.version != e.Version || k.hash != e.Hash:
			versions, err := d.cfg.Library.History(ctx, e.Corpus, e.ID)
			if fault.KindOf(err) == fault.NotFound && err != nil {
				continue // removed meanwhile
			}
			if err != nil {
				return 0, err
			}
			k = keptBytes{hash: e.Hash, version: e.Version}
			for _, v := range versions {
				k.bytes += v.Bytes
			}
		}
		kept[e.ID] = k
		all += k.bytes
	}
	s.kept = kept
	return all, nil
}

// keptBytes is what all versions of a document take, up to one.
type keptBytes struct {
	hash    string
	version int
	bytes   int64
}

// isThere reports whether adding would change nothing: the same bytes are
// current under another id, in the base corpus, or read alike under this one.
func (d *Desk) isThere(ctx context.Context, who library.CorpusID, a library.Addition, own []library.Entry) (bool, error) {
	base, err := d.cfg.Library.List(ctx, library.Base)
	if err != nil {
		return false, err
	}
	sum := sha256.Sum256(a.Original)
	hash := hex.EncodeToString(sum[:])
	for _, e := range append(own, base...) {
		if e.SourceHash != hash {
			continue
		}
		if e.Corpus != who || e.ID != a.Document.ID {
			return true, nil
		}
		doc, err := d.cfg.Library.Load(ctx, e)
		if err != nil {
			return false, err
		}
		return sameDocument(doc, a.Document)
	}
	return false, nil
}

// sameDocument compares documents as they are stored.
func sameDocument(one, two *document.Document) (bool, error) {
	a, err := json.Marshal(one)
	if err != nil {
		return false, fmt.Errorf("desk: compare %s: %w", one.ID, err)
	}
	b, err := json.Marshal(two)
	if err != nil {
		return false, fmt.Errorf("desk: compare %s: %w", two.ID, err)
	}
	return bytes.Equal(a, b), nil
}

// documentsOf prints a number of documents for people.
func documentsOf(n int) string {
	if n == 1 {
		return "1 document"
	}
	return fmt.Sprintf("%d documents", n)
}

// megabytes prints a size for people.
func megabytes(n int64) string {
	if n < 1_000_000 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d MB", n/1_000_000)
}
