package library

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// writerEnv makes the test binary a writer on the data folder that it names.
const writerEnv = "PINCITE_TEST_WRITER"

// draftWriterEnv makes it a writer of drafts.
const draftWriterEnv = "PINCITE_TEST_DRAFT_WRITER"

// killsEnv says how often the kill test kills; 200 by default, 60 with -short.
const killsEnv = "PINCITE_TEST_KILLS"

// runWriter changes a corpus until it is killed. Its arguments are the corpus,
// a prefix of ids that is its alone, and a seed. It announces each change on
// output and acknowledges it when it was reported as made:
//
//	begin add ID SOURCEHASH        done ID VERSION HASH
//	begin remove ID                done ID 0 -
func runWriter(output io.Writer, dir string, args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("want corpus, prefix and seed, not %q", args)
	}
	corpus, prefix := CorpusID(args[0]), args[1]
	seed, err := strconv.ParseUint(args[2], 10, 64)
	if err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(seed, 0))
	l, err := Open(Config{Dir: dir})
	if err != nil {
		return err
	}
	ctx := context.Background()
	there := map[string]bool{}
	for n := 0; ; n++ {
		id := fmt.Sprintf("%s-%d", prefix, rnd.IntN(4))
		if there[id] && rnd.IntN(5) == 0 {
			if err := say(output, "begin remove %s\n", id); err != nil {
				return err
			}
			if err := l.Remove(ctx, corpus, id); err != nil {
				return err
			}
			there[id] = false
			if err := say(output, "done %s 0 -\n", id); err != nil {
				return err
			}
			continue
		}
		// Sizes from a few bytes to half a megabyte, so that some are killed
		// in the middle of a file.
		a := Addition{Document: sample(id, fmt.Sprint(prefix, n)), Original: bytes.Repeat([]byte(fmt.Sprint(prefix, n, " ")), 1+rnd.IntN(1<<rnd.IntN(16))), Name: id}
		if err := say(output, "begin add %s %s\n", id, hashOf(a.Original)); err != nil {
			return err
		}
		out, err := l.Add(ctx, corpus, a)
		if err != nil {
			return err
		}
		there[id] = true
		if err := say(output, "done %s %d %s\n", id, out.Entry.Version, out.Entry.Hash); err != nil {
			return err
		}
	}
}

// say writes a line of a writer's output.
func say(output io.Writer, format string, args ...any) error {
	_, err := fmt.Fprintf(output, format, args...)
	return err
}

// account is what a writer has said about one document.
type account struct {
	versions []string // source hashes of the acknowledged versions, oldest first
	hashes   []string // and the hashes of their documents
	// The change that was begun and not acknowledged: a source hash, "remove",
	// or nothing.
	open string
}

// accounts reads a writer's output.
func accounts(output string) (map[string]*account, error) {
	all := map[string]*account{}
	var source string
	scan := bufio.NewScanner(strings.NewReader(output))
	for scan.Scan() {
		f := strings.Fields(scan.Text())
		switch {
		case len(f) == 4 && f[0] == "begin" && f[1] == "add":
			source = f[3]
		case len(f) == 3 && f[0] == "begin" && f[1] == "remove":
			source = "remove"
		case len(f) == 4 && f[0] == "done":
			a := all[f[1]]
			a.open = ""
			if f[2] == "0" {
				a.versions, a.hashes = nil, nil
				continue
			}
			a.versions, a.hashes = append(a.versions, source), append(a.hashes, f[3])
			if f[2] != strconv.Itoa(len(a.versions)) {
				return nil, fmt.Errorf("%s: version %s after %d", f[1], f[2], len(a.versions)-1)
			}
			continue
		default:
			return nil, fmt.Errorf("line %q", scan.Text())
		}
		if all[f[2]] == nil {
			all[f[2]] = &account{}
		}
		all[f[2]].open = source
	}
	return all, scan.Err()
}

// TestKill kills writers at random instants, four at a time in two corpora, and
// then looks whether all that they acknowledged is there, whole, and nothing
// but what they had begun besides.
func TestKill(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 60
	}
	if s := os.Getenv(killsEnv); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatalf("%s: %v", killsEnv, err)
		}
	}
	dir := filepath.Join(t.TempDir(), "data")
	server, err := Server("81384788765712384")
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	var (
		slots   sync.WaitGroup
		killed  atomic.Int64
		mu      sync.Mutex
		outputs = map[CorpusID][]string{}
	)
	for slot := range 4 {
		corpus := []CorpusID{Local, server}[slot%2]
		rnd := rand.New(rand.NewPCG(seed, uint64(slot)))
		slots.Go(func() {
			for round := 0; killed.Add(1) <= int64(kills); round++ {
				out, err := killWriter(t.Context(), writerEnv, dir, corpus, fmt.Sprintf("w%d-%d", slot, round), rnd)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				outputs[corpus] = append(outputs[corpus], out)
				mu.Unlock()
			}
		})
	}
	slots.Wait()

	left, err := os.ReadDir(filepath.Join(dir, "tmp"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := Open(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	kept, cut := 0, 0
	for corpus, all := range outputs {
		want := map[string]*account{}
		for _, out := range all {
			some, err := accounts(out)
			if err != nil {
				t.Fatal(err)
			}
			for id, a := range some {
				want[id] = a
				kept += len(a.versions)
				if a.open != "" {
					cut++
				}
			}
		}
		audit(t, l, corpus, want)
	}
	t.Logf("%d versions acknowledged and kept, %d changes cut off, %d sessions left", kept, cut, len(left))
	if kept == 0 || cut == 0 {
		t.Error("the writers were never killed in the middle of anything")
	}
	mustAdd(t, l, Local, addition("after", "after"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "tmp")); err != nil || len(left) > 0 {
		t.Errorf("tmp holds %d folders (%v)", len(left), err)
	}
}

// killWriter starts a writer, which one env says, kills it with SIGKILL a random while after its
// first word, and gives its whole lines.
func killWriter(ctx context.Context, env, dir string, corpus CorpusID, prefix string, rnd *rand.Rand) (string, error) {
	cmd := exec.CommandContext(ctx, os.Args[0], string(corpus), prefix, strconv.FormatUint(rnd.Uint64(), 10))
	cmd.Env = append(os.Environ(), env+"="+dir)
	var errors bytes.Buffer
	cmd.Stderr = &errors
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	wait := time.Duration(rnd.Int64N(int64(60 * time.Millisecond)))
	var out strings.Builder
	armed := false
	for read := bufio.NewReader(pipe); ; {
		line, err := read.ReadString('\n')
		if err != nil {
			break // half a line was said by nobody
		}
		out.WriteString(line)
		if !armed {
			armed = true
			// What fails to be killed ends the test by its deadline.
			time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
		}
	}
	err = cmd.Wait()
	if errors.Len() > 0 {
		return "", fmt.Errorf("writer %s: %s (%w)", prefix, errors.String(), err)
	}
	return out.String(), nil
}

// audit compares a corpus with what its writers said.
func audit(t *testing.T, l *Library, corpus CorpusID, want map[string]*account) {
	t.Helper()
	if problems, err := l.Problems(t.Context(), corpus); err != nil || len(problems) > 0 {
		t.Errorf("%s: problems %v (%v)", corpus, problems, err)
	}
	for _, e := range mustList(t, l, corpus) {
		if want[e.ID] == nil {
			t.Errorf("%s/%s came from nowhere", corpus, e.ID)
		}
	}
	for id, a := range want {
		history, err := l.history(corpus, id)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := len(history) - 1; i >= 0; i-- {
			e := history[i]
			got = append(got, e.SourceHash)
			d, err := l.Load(t.Context(), e)
			if err != nil || d.Validate() != nil {
				t.Errorf("%s/%s version %d: %v", corpus, id, e.Version, err)
			}
			if n := len(got); n <= len(a.hashes) && e.Hash != a.hashes[n-1] {
				t.Errorf("%s/%s version %d is another document than was acknowledged", corpus, id, e.Version)
			}
			if _, err := l.Original(t.Context(), e); err != nil {
				t.Errorf("%s/%s version %d: %v", corpus, id, e.Version, err)
			}
		}
		allowed := []string{strings.Join(a.versions, " ")}
		switch a.open {
		case "":
		case "remove":
			allowed = append(allowed, "")
		default:
			allowed = append(allowed, strings.TrimSpace(allowed[0]+" "+a.open))
		}
		if s := strings.Join(got, " "); s != allowed[0] && s != allowed[len(allowed)-1] {
			t.Errorf("%s/%s has versions %q, not one of %q", corpus, id, s, allowed)
		}
		// Every folder of the document is a whole version.
		names, err := folders(l.documentDir(corpus, id))
		if err != nil || len(names) != len(history) {
			t.Errorf("%s/%s: %d folders, %d readable (%v)", corpus, id, len(names), len(history), err)
		}
	}
}
