package desk

import (
	"strings"
	"testing"

	"pincite/internal/fault"
	"pincite/internal/library"
)

// refuse checks that an addition is refused for its size, with a sentence.
func refuse(t *testing.T, d *Desk, who library.CorpusID, a Addition, want string) {
	t.Helper()
	_, err := d.Add(t.Context(), who, a)
	if fault.KindOf(err) != fault.TooLarge || !strings.Contains(fault.Sentence(err), want) {
		t.Errorf("%s is not refused as it should be: %v", a.Source.Name, err)
	}
}

func TestQuotaOfDocuments(t *testing.T) {
	d := open(t, t.TempDir())
	d.cfg.Quota.Documents = 2
	one, two := server(t, "111111111111111111"), server(t, "222222222222222222")
	add(t, d, one, source("a.txt", "Ash is grey."))
	add(t, d, one, source("b.txt", "Birch is white."))
	refuse(t, d, one, source("c.txt", "Cedar is red."), "room for 2 documents")
	if _, _, err := d.Document(t.Context(), one, "c"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("refused, and there: %v", err)
	}
	// What is there, and a new version, take no place; another server has its own.
	if again := add(t, d, one, source("c.txt", "Ash is grey.")); again.Change != library.Unchanged {
		t.Errorf("the same again is %s", again.Change)
	}
	add(t, d, one, source("b.txt", "Birch is black and white."))
	add(t, d, two, source("c.txt", "Cedar is red."))
	if _, err := d.Remove(t.Context(), one, "a"); err != nil {
		t.Fatal(err)
	}
	add(t, d, one, source("c.txt", "Cedar is red."))
}

func TestQuotaOfPassages(t *testing.T) {
	d := open(t, t.TempDir())
	d.cfg.Quota.Passages = 4
	who := library.Local
	add(t, d, who, source("a.txt", "Ash one.\n\nAsh two.\n\nAsh three."))
	refuse(t, d, who, source("b.txt", "Birch one.\n\nBirch two."), "5 passages here, and there is room for 4")
	add(t, d, who, source("b.txt", "Birch one."))
	refuse(t, d, who, source("b.txt", "Birch one.\n\nBirch two."), "room for 4")
	// Where the limit was lowered, what makes room is allowed.
	d.cfg.Quota.Passages = 1
	add(t, d, who, source("a.txt", "Ash one.\n\nAsh two."))
	refuse(t, d, who, source("a.txt", "Ash one.\n\nAsh two.\n\nAsh four."), "room for 1")
}

// TestQuotaOfBytes: all versions count, also those that an undo makes.
func TestQuotaOfBytes(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	d.cfg.Quota.Bytes = 100
	who := library.Local
	text := func(c string) string { return strings.Repeat(c, 29) + "." }
	add(t, d, who, source("a.txt", text("a")))
	add(t, d, who, source("a.txt", text("b")))
	for _, fresh := range []bool{false, true} {
		if fresh { // nothing is remembered
			d = open(t, dir)
			d.cfg.Quota.Bytes = 100
		} else if _, err := d.Undo(t.Context(), who, "a", ""); err != nil {
			t.Fatal(err)
		}
		refuse(t, d, who, source("c.txt", text("c")), "more than 100 bytes")
		if _, err := d.Undo(t.Context(), who, "a", ""); fault.KindOf(err) != fault.TooLarge {
			t.Errorf("undo beyond the quota: %v", err)
		}
		if again := add(t, d, who, source("a.txt", text("a"))); again.Change != library.Unchanged {
			t.Errorf("the same again is %s", again.Change)
		}
		// The same bytes under another title are a new version.
		titled := source("a.txt", text("a"))
		titled.Title = "Another"
		refuse(t, d, who, titled, "more than 100 bytes")
	}
	if _, err := d.Remove(t.Context(), who, "a"); err != nil {
		t.Fatal(err)
	}
	add(t, d, who, source("c.txt", text("c")))
}

// TestQuotaHoldsTogether: additions at one time do not take one place twice.
func TestQuotaHoldsTogether(t *testing.T) {
	d := open(t, t.TempDir())
	d.cfg.Quota.Documents = 3
	done := make(chan error)
	for _, c := range strings.Split("abcdefgh", "") {
		go func() {
			_, err := d.Add(t.Context(), library.Local, source(c+".txt", strings.ToUpper(c)+" stands here."))
			done <- err
		}()
	}
	refused := 0
	for range 8 {
		if err := <-done; err != nil {
			refused++
			if fault.KindOf(err) != fault.TooLarge {
				t.Error(err)
			}
		}
	}
	if refused != 5 {
		t.Errorf("%d of 8 refused, want 5", refused)
	}
}
