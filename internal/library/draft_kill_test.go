package library

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pincite/internal/fault"
)

// runDraftWriter keeps and drops drafts until it is killed; its arguments are
// those of runWriter. It announces each change on out and acknowledges
// it when it was reported as made:
//
//	begin keep ID BODYHASH         done keep ID
//	begin drop ID                  done drop ID
func runDraftWriter(out io.Writer, dir string, args []string) error {
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
	// What is acknowledged must be there at the end.
	l.draftLimits = draftLimits{count: 1 << 30, bytes: 1 << 40}
	ctx := context.Background()
	slots := make([]Draft, 3)
	for n := 0; ; n++ {
		slot := &slots[rnd.IntN(len(slots))]
		if len(slot.Original) > 0 && rnd.IntN(3) > 0 { // else the same is kept again
			p, err := packDraft(*slot)
			if err != nil {
				return err
			}
			if err := say(out, "begin drop %s\n", p.id); err != nil {
				return err
			}
			if err := l.DropDraft(ctx, corpus, p.id); err != nil {
				return err
			}
			if err := say(out, "done drop %s\n", p.id); err != nil {
				return err
			}
			slot.Original = nil
		}
		if len(slot.Original) == 0 {
			body := fmt.Sprint(prefix, " ", n, " ")
			*slot = Draft{Name: body, By: prefix, Original: bytes.Repeat([]byte(body), 1+rnd.IntN(1<<rnd.IntN(15)))}
		}
		p, err := packDraft(*slot)
		if err != nil {
			return err
		}
		if err := say(out, "begin keep %s %s\n", p.id, hashOf(slot.Original)); err != nil {
			return err
		}
		id, err := l.KeepDraft(ctx, corpus, *slot)
		if err != nil {
			return err
		}
		if err := say(out, "done keep %s\n", id); err != nil {
			return err
		}
	}
}

// draftAccount is what a writer has said about one draft.
type draftAccount struct {
	source string // the hash of its bytes
	there  bool   // as was acknowledged last
	open   string // the change that was begun and not acknowledged
}

func draftAccounts(output string) (map[string]*draftAccount, error) {
	all := map[string]*draftAccount{}
	scan := bufio.NewScanner(strings.NewReader(output))
	for scan.Scan() {
		f := strings.Fields(scan.Text())
		if len(f) < 3 {
			return nil, fmt.Errorf("line %q", scan.Text())
		}
		a := all[f[2]]
		switch {
		case f[0] == "begin" && f[1] == "keep" && len(f) == 4:
			if a == nil {
				a = &draftAccount{source: f[3]}
				all[f[2]] = a
			}
			a.open = f[1]
		case f[0] == "begin" && f[1] == "drop" && a != nil:
			a.open = f[1]
		case f[0] == "done" && a != nil && a.open == f[1]:
			a.there, a.open = f[1] == "keep", ""
		default:
			return nil, fmt.Errorf("line %q", scan.Text())
		}
	}
	return all, scan.Err()
}

// TestKillDrafts kills writers of drafts at random instants, two at a time in
// each of two corpora, and then looks whether all that they acknowledged is
// there, whole, and nothing but what they had begun besides.
func TestKillDrafts(t *testing.T) {
	const kills = 40
	dir := filepath.Join(t.TempDir(), "data")
	server, err := Server("81384788765712384")
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	var (
		slots  sync.WaitGroup
		killed atomic.Int64
		mu     sync.Mutex
		want   = map[CorpusID]map[string]*draftAccount{Local: {}, server: {}}
	)
	for slot := range 4 {
		corpus := []CorpusID{Local, server}[slot%2]
		rnd := rand.New(rand.NewPCG(seed, uint64(slot)))
		slots.Go(func() {
			for round := 0; killed.Add(1) <= kills; round++ {
				out, err := killWriter(t.Context(), draftWriterEnv, dir, corpus, fmt.Sprintf("w%d-%d", slot, round), rnd)
				if err != nil {
					t.Error(err)
					return
				}
				said, err := draftAccounts(out)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for id, a := range said {
					want[corpus][id] = a
				}
				mu.Unlock()
			}
		})
	}
	slots.Wait()

	l := open(t, dir)
	l.draftLimits = draftLimits{count: 1 << 30, bytes: 1 << 40}
	kept, cut := 0, 0
	for corpus, accounts := range want {
		mustKeep(t, l, corpus, draft("after"))
		found, err := draftFolders(l.draftsDir(corpus))
		if err != nil || len(found) != draftCount(t, l, corpus) {
			t.Errorf("%d drafts in %d folders (%v)", len(found), draftCount(t, l, corpus), err)
		}
		seen := map[string]bool{}
		for _, f := range found {
			if _, err := readDraft(filepath.Join(l.draftsDir(corpus), f.name()), f); err != nil || seen[f.id] {
				t.Errorf("%s/%s: seen before %t; %v", corpus, f.name(), seen[f.id], err)
			}
			seen[f.id] = true
		}
		for id, a := range accounts {
			d, err := l.Draft(t.Context(), corpus, id)
			there := err == nil
			switch {
			case err != nil && fault.KindOf(err) != fault.NotFound:
				t.Errorf("%s/%s: %v", corpus, id, err)
			case there && hashOf(d.Original) != a.source:
				t.Errorf("%s/%s holds other bytes", corpus, id)
			case a.open == "" && there != a.there, a.open == "keep" && a.there && !there:
				t.Errorf("%s/%s is there: %t, which nobody acknowledged; begun: %q", corpus, id, there, a.open)
			}
			if a.there {
				kept++
			}
			if a.open != "" {
				cut++
			}
			delete(seen, id)
		}
		if len(seen) != 1 { // the one kept after
			t.Errorf("%s has %d drafts from nowhere", corpus, len(seen)-1)
		}
	}
	t.Logf("%d drafts acknowledged and kept, %d changes cut off", kept, cut)
	if kept == 0 || cut == 0 {
		t.Error("the writers were never killed in the middle of anything")
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "tmp")); err != nil || len(left) > 0 {
		t.Errorf("tmp holds %d folders (%v)", len(left), err)
	}
}
