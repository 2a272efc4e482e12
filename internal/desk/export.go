package desk

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"pincite/internal/fault"
	"pincite/internal/library"
)

// The layout of an archive: a ZIP file with its manifest first, for each
// document two files that are named by its id, and the corpus's own lexicon,
// where it has one.
const (
	archiveFormat    = 1
	archiveManifest  = "pincite.json"
	archiveOriginals = "originals/" // + id: the bytes as they were added
	archiveDocuments = "documents/" // + id + ".json": a DocumentJSON
	archiveLexicon   = "lexicon.txt"
)

// archived is the content of an archive's manifest.
type archived struct {
	Format    int                `json:"format"`
	Documents []archivedDocument `json:"documents"` // by id
	// Lexicon is the SHA-256 of the lexicon's text; empty where there is none.
	Lexicon string `json:"lexicon,omitempty"`
}

// archivedDocument is one document of an archive.
type archivedDocument struct {
	ID         string    `json:"id"`
	Title      string    `json:"title"`
	Name       string    `json:"name"` // of the file, for people
	URL        string    `json:"url"`
	Version    int       `json:"version"`
	Added      time.Time `json:"added"`
	By         string    `json:"by"`
	Hash       string    `json:"hash"`       // SHA-256 of the stored document
	SourceHash string    `json:"sourceHash"` // SHA-256 of the original
	Bytes      int64     `json:"bytes"`      // of the original
}

// Export writes the documents of a corpus of its own, in their current
// versions, as one archive that OpenArchive reads: the originals, the
// documents as JSON, a manifest with names, ids, hashes, dates and who added
// them, and the corpus's own lexicon. The same documents give the same bytes. Its faults are Storage
// where a document cannot be read, and NotFound where there is none.
func (d *Desk) Export(ctx context.Context, who library.CorpusID, w io.Writer) error {
	entries, err := d.cfg.Library.List(ctx, who)
	if err != nil {
		return err
	}
	if len(entries) == 0 || who == library.Base {
		return fault.New(fault.NotFound, "There are no added documents to export.")
	}
	z := zip.NewWriter(w)
	manifest := archived{Format: archiveFormat}
	for _, e := range entries {
		doc, err := d.cfg.Library.Load(ctx, e)
		if err != nil {
			return err
		}
		manifest.Documents = append(manifest.Documents, archivedDocument{
			ID: e.ID, Title: e.Title, Name: e.Name, URL: doc.URL, Version: e.Version, Added: e.AddedAt, By: e.AddedBy,
			Hash: e.Hash, SourceHash: e.SourceHash, Bytes: e.Bytes,
		})
	}
	lexicon, err := d.cfg.Library.Lexicon(ctx, who)
	if err != nil {
		return err
	}
	if lexicon != "" {
		sum := sha256.Sum256([]byte(lexicon))
		manifest.Lexicon = hex.EncodeToString(sum[:])
	}
	if err := archiveJSON(z, archiveManifest, manifest); err != nil {
		return err
	}
	if lexicon != "" {
		if err := archiveFile(z, archiveLexicon, []byte(lexicon)); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if err := d.exportOne(ctx, z, e); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("desk: export %s: %w", who, err)
	}
	return nil
}

func (d *Desk) exportOne(ctx context.Context, z *zip.Writer, e library.Entry) error {
	original, err := d.cfg.Library.Original(ctx, e)
	if err != nil {
		return err
	}
	doc, err := d.cfg.Library.Load(ctx, e)
	if err != nil {
		return err
	}
	if err := archiveFile(z, archiveOriginals+e.ID, original); err != nil {
		return err
	}
	return archiveJSON(z, archiveDocuments+e.ID+".json", NewDocumentJSON(doc, doc.Passages))
}

func archiveFile(z *zip.Writer, name string, data []byte) error {
	f, err := z.Create(name)
	if err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		return fmt.Errorf("desk: export %s: %w", name, err)
	}
	return nil
}

func archiveJSON(z *zip.Writer, name string, value any) error {
	f, err := z.Create(name)
	if err == nil {
		encoder := json.NewEncoder(f)
		encoder.SetEscapeHTML(false)
		err = encoder.Encode(value)
	}
	if err != nil {
		return fmt.Errorf("desk: export %s: %w", name, err)
	}
	return nil
}
