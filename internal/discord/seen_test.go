package discord

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"pincite/internal/discord/discordtest"
)

func TestSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSeen(wallClock{})
		for _, id := range []string{"1", "18446744073709551615", "", "no number"} {
			if !s.first(id) || s.first(id) {
				t.Errorf("id %q: not once", id)
			}
		}
		time.Sleep(seenFor - time.Nanosecond)
		if s.first("1") {
			t.Error("forgotten too soon")
		}
		time.Sleep(time.Nanosecond)
		if !s.first("1") {
			t.Error("remembered too long")
		}
	})
}

// Against a record of everything: an id counts as new exactly when it was not
// handled in the last 15 minutes.
func TestSeenRemembers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(4, 4))
		s, handled := newSeen(wallClock{}), map[string]time.Time{}
		for range 20_000 {
			time.Sleep(time.Duration(rng.IntN(4000)) * time.Millisecond)
			id := fmt.Sprint(rng.IntN(600))
			at, ok := handled[id]
			want := !ok || time.Since(at) >= seenFor
			if got := s.first(id); got != want {
				t.Fatalf("id %s: first %t, handled %v ago", id, got, time.Since(at))
			}
			if want {
				handled[id] = time.Now()
			}
		}
	})
}

func TestSeenIsBounded(t *testing.T) {
	s := newSeen(wallClock{})
	for n := range 5 * seenMost {
		s.first(fmt.Sprint(n))
	}
	if n := len(s.current) + len(s.last); n > 2*seenMost {
		t.Errorf("%d ids remembered, want at most %d", n, 2*seenMost)
	}
	if s.first(fmt.Sprint(5*seenMost - 1)) {
		t.Error("the last id was forgotten")
	}
}

// Discord delivers an event twice: it is one to handle.
func TestSeenTwiceDelivered(t *testing.T) {
	t.Parallel()
	srv := startDiscord(t, discordtest.Options{})
	o := runGateway(t, srv, nil)
	o.waitOnline(t)
	srv.DeliverTwice(1)
	if _, err := srv.Say("alice", "law#general", "@pincite once, please"); err != nil {
		t.Fatal(err)
	}
	s := newSeen(wallClock{})
	for n := range 2 {
		if m := receive(t, o.messages, "the message"); s.first(m.ID) != (n == 0) {
			t.Errorf("delivery %d: to be handled %t", n, n != 0)
		}
	}
}

func BenchmarkSeen(b *testing.B) {
	s := newSeen(wallClock{})
	ids := make([]string, 1<<16)
	for n := range ids {
		ids[n] = fmt.Sprint(1_400_000_000_000_000_000 + n)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		s.first(ids[n%len(ids)])
		n++
	}
}
