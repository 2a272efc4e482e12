package desk

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
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

	"pincite/internal/answer"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/ingest"
	"pincite/internal/library"
	"pincite/internal/words"
)

// writerEnv makes the test binary a writer on the data folder that it names.
const writerEnv = "PINCITE_TEST_DESK_WRITER"

// TestMain lets the test binary be a writer that the kill test kills.
func TestMain(m *testing.M) {
	if dir := os.Getenv(writerEnv); dir != "" {
		if err := runWriter(os.Stdout, dir, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// killDesk opens a desk without a base corpus and with room for all that the
// writers add.
func killDesk(dir string, log *slog.Logger) (*Desk, *library.Library, error) {
	lib, err := library.Open(library.Config{Dir: dir, Log: log})
	if err != nil {
		return nil, nil, err
	}
	a := words.NewAnalyzer()
	return New(Config{
		Library: lib, Words: a, Log: log,
		Quota:   Quota{Documents: 1 << 20, Passages: 1 << 30, Bytes: 1 << 40},
		Indexes: index.NewStore(filepath.Join(dir, "index"), a, time.Now, log),
	}), lib, nil
}

// runWriter adds, replaces and removes documents of a server until it is
// killed. Its arguments are the server's corpus, the number of the writer and
// a seed. Each version holds a word that no other does. It announces each
// change and acknowledges it when the desk reported it as made:
//
//	begin ID WORD      done ID WORD
//
// The word of a removal is "-".
func runWriter(out io.Writer, dir string, args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("want corpus, writer and seed, not %q", args)
	}
	who := library.CorpusID(args[0])
	writer, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	seed, err := strconv.ParseUint(args[2], 10, 64)
	if err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(seed, 0))
	d, _, err := killDesk(dir, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for n := 0; ; n++ {
		id := fmt.Sprintf("w%d-%d", writer, rnd.IntN(3))
		word := "-"
		change := func() error { _, err := d.Remove(context.Background(), who, id); return err }
		if !there[id] || rnd.IntN(5) > 0 {
			word = uniqueWord(writer, n)
			text := "The " + word + " stands by the mill.[1]\n\n" + strings.Repeat("It was built of oak.\n\n", rnd.IntN(200)) + "____\n\n[1] Minutes.\n"
			change = func() error {
				_, err := d.Add(context.Background(), who, Addition{ID: id, By: "writer", Source: ingest.Source{Name: id + ".txt", Bytes: []byte(text)}})
				return err
			}
		}
		if _, err := fmt.Fprintf(out, "begin %s %s\n", id, word); err != nil {
			return err
		}
		if err := change(); err != nil {
			return err
		}
		there[id] = word != "-"
		if _, err := fmt.Fprintf(out, "done %s %s\n", id, word); err != nil {
			return err
		}
	}
}

// uniqueWord spells two numbers in letters, so that no two pairs give one
// word and none is mistaken for another's ending.
func uniqueWord(writer, n int) string {
	letters := strings.NewReplacer("0", "b", "1", "d", "2", "f", "3", "g", "4", "k", "5", "m", "6", "p", "7", "r", "8", "t", "9", "v")
	return letters.Replace(fmt.Sprintf("q%04dz%04dq", writer, n))
}

// TestKill kills writers at 200 random instants (50 with -short), six at a
// time in three servers. All that was acknowledged is there and is found by
// its own word; what was being changed is as it was before or as it was to
// be; and no server finds another's.
func TestKill(t *testing.T) {
	kills := int64(200)
	if testing.Short() {
		kills = 50
	}
	dir := filepath.Join(t.TempDir(), "data")
	servers := []library.CorpusID{server(t, "111111111111111111"), server(t, "222222222222222222"), server(t, "333333333333333333")}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	var (
		slots   sync.WaitGroup
		killed  atomic.Int64
		mu      sync.Mutex
		outputs = map[library.CorpusID][]string{}
	)
	for slot := range 6 {
		who := servers[slot%3]
		rnd := rand.New(rand.NewPCG(seed, uint64(slot)))
		slots.Go(func() {
			for {
				n := killed.Add(1)
				if n > kills {
					return
				}
				out, err := killWriter(t.Context(), dir, who, int(n), rnd)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				outputs[who] = append(outputs[who], out)
				mu.Unlock()
			}
		})
	}
	slots.Wait()

	d, lib, err := killDesk(dir, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lib.Close() })
	changes, kept, cut := 0, 0, 0
	for i, who := range servers {
		n, k, c := auditKilled(t, d, who, servers[(i+1)%len(servers)], outputs[who])
		changes, kept, cut = changes+n, kept+k, cut+c
	}
	t.Logf("%d changes acknowledged; %d documents of them kept and found; %d changes cut off", changes, kept, cut)
	if kept == 0 || cut == 0 {
		t.Error("the writers were never killed in the middle of anything")
	}
}

// killWriter starts a writer, kills it with SIGKILL a random while after its
// first word, and gives its whole lines.
func killWriter(ctx context.Context, dir string, who library.CorpusID, writer int, rnd *rand.Rand) (string, error) {
	cmd := exec.CommandContext(ctx, os.Args[0], string(who), strconv.Itoa(writer), strconv.FormatUint(rnd.Uint64(), 10))
	cmd.Env = append(os.Environ(), writerEnv+"="+dir)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	wait := time.Duration(rnd.Int64N(int64(400 * time.Millisecond)))
	var out strings.Builder
	for read := bufio.NewReader(pipe); ; {
		line, err := read.ReadString('\n')
		if err != nil {
			break // half a line was said by nobody
		}
		if out.Len() == 0 {
			// What fails to be killed ends the test by its deadline.
			time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
		}
		out.WriteString(line)
	}
	err = cmd.Wait()
	if complaints.Len() > 0 {
		return "", fmt.Errorf("writer %d: %s (%w)", writer, &complaints, err)
	}
	return out.String(), nil
}

// auditKilled compares what a server has and finds with what its writers
// said. It returns how many changes were acknowledged, the documents kept of
// them, and how many changes were cut off.
func auditKilled(t *testing.T, d *Desk, who, other library.CorpusID, outputs []string) (changes, kept, cut int) {
	t.Helper()
	acknowledged, begun := map[string]string{}, map[string]string{}
	for _, out := range outputs {
		for line := range strings.Lines(out) {
			f := strings.Fields(line)
			if len(f) != 3 {
				t.Fatalf("line %q", line)
			}
			if f[0] == "begin" {
				begun[f[1]] = f[2]
				continue
			}
			acknowledged[f[1]] = f[2]
			changes++
			delete(begun, f[1])
		}
	}
	listed, err := d.List(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for i := range listed {
		has[listed[i].ID] = true
		if acknowledged[listed[i].ID] == "" && begun[listed[i].ID] == "" {
			t.Errorf("%s/%s came from nowhere", who, listed[i].ID)
		}
	}
	ids := map[string]bool{}
	for id := range acknowledged {
		ids[id] = true
	}
	for id := range begun {
		ids[id] = true
		cut++
	}
	for id := range ids {
		word := acknowledged[id]
		document, _, err := d.Document(t.Context(), who, id)
		switch {
		case fault.KindOf(err) == fault.NotFound && !has[id]:
			if word != "" && word != "-" && begun[id] != "-" {
				t.Errorf("%s/%s was acknowledged and is gone", who, id)
			}
			if word != "" && word != "-" {
				notFound(t, d, who, word)
			}
			continue
		case err != nil:
			t.Errorf("%s/%s: %v", who, id, err)
			continue
		}
		text := document.Passages[0].Text
		holds := func(w string) bool { return w != "" && strings.HasPrefix(text, "The "+w+" stands") }
		if !holds(word) && !holds(begun[id]) {
			t.Errorf("%s/%s holds %.60q, want %q or %q", who, id, text, word, begun[id])
			continue
		}
		if len(document.Footnotes()) != 1 || len(document.NotedBy(document.Footnotes()[0].Pincite())) != 1 {
			t.Errorf("%s/%s is not whole", who, id)
		}
		if acknowledged[id] != "" {
			kept++
		}
		word = strings.Fields(text)[1]
		a, err := d.Ask(t.Context(), who, answer.Request{Question: "Where does the " + word + " stand?"})
		if err != nil || len(a.Passages) == 0 || a.Passages[0].Ref().String() != id+"/p1" {
			t.Errorf("%s/%s is not found by %q (%v)", who, id, word, err)
		}
		notFound(t, d, other, word)
	}
	return changes, kept, cut
}

// notFound fails where a server finds a passage with a word.
func notFound(t *testing.T, d *Desk, who library.CorpusID, word string) {
	t.Helper()
	a, err := d.Ask(t.Context(), who, answer.Request{Question: word})
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Passages {
		if strings.Contains(a.Passages[i].Passage.Text, word) {
			t.Errorf("%s finds %q in %s", who, word, a.Passages[i].Ref())
		}
	}
}
