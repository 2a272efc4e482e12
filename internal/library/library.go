package library

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// Config is what a library is opened with.
type Config struct {
	// Dir is the data folder. It need not exist; the first addition makes it.
	Dir string
	// Base holds the files of the base corpus, in folders of any depth. Files
	// and folders whose name begins with "." or "_" are passed over. Nil: the
	// base corpus is empty.
	Base fs.FS
	// Read reads a file of Base, whose path in it is name. It is called from
	// several goroutines. A nil document without an error passes the file over
	// as none of the corpus, such as a read-me. Required where Base is set.
	Read func(ctx context.Context, name string, raw []byte) (*document.Document, error)
	// MaxBaseFile bounds the size of a file of Base, in bytes; a larger one is
	// reported as a problem. 0: 32 MiB.
	MaxBaseFile int64
	// Clock gives the time of an addition. Nil: time.Now.
	Clock func() time.Time
	// Log gets ids, hashes and errors, and no text of a document. Nil: nothing.
	Log *slog.Logger
	// CacheBytes bounds the documents kept in memory, by an estimate of their
	// size. 0: 64 MiB; below 0: none is kept.
	CacheBytes int64
}

// Entry describes one version of a document.
type Entry struct {
	Corpus CorpusID
	ID     string // the document's id, unique in its corpus
	Title  string
	Name   string // the file's name as it was added; in the base corpus its path
	// Hash is the SHA-256 of the document as stored, in lower-case hex: two
	// entries of one hash hold the same document, word for word.
	Hash string
	// SourceHash is the SHA-256 of the original bytes.
	SourceHash string
	Version    int       // from 1; 0 in the base corpus, which has no versions
	AddedAt    time.Time // UTC, to the millisecond; zero in the base corpus
	AddedBy    string    // as Addition.By gave it
	Paragraphs int
	Footnotes  int
	Bytes      int64 // the length of the original
}

// Problem is a document that is there and cannot be used.
type Problem struct {
	Corpus CorpusID
	Name   string // the document's id; in the base corpus the file's path
	Err    error
}

// Defaults of Config, and the times that tests shorten.
const (
	defaultMaxBaseFile = 32 << 20
	defaultCacheBytes  = 64 << 20
	// lockWait is how long an addition waits for others to the same corpus. A
	// commit takes some milliseconds, so that waiting longer means that one
	// hangs.
	lockWait = 10 * time.Second
)

// Library is all corpora. Its methods may be called from several goroutines,
// and several processes may have one data folder open.
type Library struct {
	cfg   Config
	root  string // the data folder, absolute
	disk  disk
	log   *slog.Logger
	cache *cache

	lockWait    time.Duration
	draftLimits draftLimits
	watchTimes  watchTimes
	newWatcher  func() (*fsnotify.Watcher, error)

	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	wg     sync.WaitGroup // what Close waits for

	mu      sync.Mutex // guards what follows; never held during input or output
	closed  bool
	base    *baseLoad
	heads   map[CorpusID]map[string]head
	damaged map[string]bool        // by path: versions whose document.json failed
	told    map[problemKey]string  // problems in the log, by their text
	queues  map[CorpusID]chan bool // one writer of this process at a time

	sessionMu sync.Mutex // held while a session is opened
	session   *session
}

// Open prepares a library; it reads and writes nothing yet.
func Open(cfg Config) (*Library, error) {
	if cfg.Dir == "" {
		return nil, fault.New(fault.Invalid, "No data folder is set; name one with --data.")
	}
	if cfg.Base != nil && cfg.Read == nil {
		return nil, errors.New("open library: a base corpus and no reader of it")
	}
	root, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, fault.Wrap(fault.Storage, err, "The data folder cannot be found from here; name it with its full path.")
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.MaxBaseFile == 0 {
		cfg.MaxBaseFile = defaultMaxBaseFile
	}
	if cfg.CacheBytes == 0 {
		cfg.CacheBytes = defaultCacheBytes
	}
	ctx, cancel := context.WithCancel(context.Background())
	return &Library{
		cfg: cfg, root: root, disk: osDisk{}, log: cfg.Log, cache: newCache(cfg.CacheBytes),
		lockWait: lockWait, draftLimits: defaultDraftLimits(), watchTimes: defaultWatchTimes(), newWatcher: fsnotify.NewWatcher,
		ctx: ctx, cancel: cancel,
		heads:   map[CorpusID]map[string]head{},
		damaged: map[string]bool{},
		told:    map[problemKey]string{},
		queues:  map[CorpusID]chan bool{},
	}, nil
}

// Close ends the watches, waits for what runs in the background, and deletes
// this process's session folder. Additions under way must have returned.
func (l *Library) Close() error {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.cancel()
	l.wg.Wait()
	return l.closeSession()
}

// start runs f in the background until Close, unless Close was called.
func (l *Library) start(f func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return errClosed
	}
	l.wg.Go(f)
	return nil
}

var errClosed = errors.New("the library is closed")

func (l *Library) corporaDir() string          { return filepath.Join(l.root, "corpora") }
func (l *Library) corpusDir(c CorpusID) string { return filepath.Join(l.corporaDir(), string(c)) }
func (l *Library) documentDir(c CorpusID, id string) string {
	return filepath.Join(l.corpusDir(c), id)
}
