package discord

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"
)

func TestFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFlood(wallClock{}, floodBurst, floodEvery)
		for n := range floodBurst {
			if a := f.admit("alice"); !a.ok {
				t.Fatalf("question %d refused", n)
			}
		}
		if a := f.admit("alice"); a.ok || !a.tell || a.seconds != 2 {
			t.Errorf("the first too many: %+v, want to be told 2 s", a)
		}
		if a := f.admit("alice"); a.ok || a.tell {
			t.Errorf("the second too many: %+v, want silence", a)
		}
		if a := f.admit("bob"); !a.ok {
			t.Error("another member was refused")
		}
		time.Sleep(floodEvery)
		if a := f.admit("alice"); !a.ok {
			t.Errorf("refused after a wait of %v", floodEvery)
		}
		if a := f.admit("alice"); a.ok || a.tell {
			t.Errorf("still flooding: %+v, want silence", a)
		}
		time.Sleep(floodBurst * floodEvery)
		for range floodBurst {
			if a := f.admit("alice"); !a.ok {
				t.Error("refused with a full allowance")
			}
		}
		if a := f.admit("alice"); a.ok || !a.tell {
			t.Errorf("a new flood: %+v, want to be told", a)
		}
	})
}

// Whenever a member asks: never more than the burst and one for each interval,
// and who waits as told is admitted.
func TestFloodBounds(t *testing.T) {
	for seed := range uint64(200) {
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 3))
			f := newFlood(wallClock{}, floodBurst, floodEvery)
			begin, admitted := time.Now(), 0
			for range 100 {
				time.Sleep(time.Duration(rng.IntN(2000)) * time.Millisecond)
				a := f.admit("alice")
				if !a.ok && rng.IntN(4) == 0 {
					time.Sleep(time.Duration(a.seconds) * time.Second)
					if a = f.admit("alice"); !a.ok {
						t.Errorf("seed %d: refused after the wait that was asked for", seed)
					}
				}
				if a.ok {
					admitted++
				}
				if most := floodBurst + int(math.Floor(float64(time.Since(begin))/float64(floodEvery))); admitted > most {
					t.Fatalf("seed %d: %d admitted in %v", seed, admitted, time.Since(begin))
				}
			}
		})
	}
}

func TestFloodForgets(t *testing.T) {
	f := newFlood(wallClock{}, floodBurst, floodEvery)
	for range floodBurst + 1 {
		f.admit("flooder")
	}
	for n := range 3 * floodMost {
		f.admit(fmt.Sprint(n))
		if n%100 == 0 && f.admit("flooder").tell {
			t.Fatal("one who keeps flooding was forgotten")
		}
	}
	if len(f.members) > floodMost || f.order.Len() != len(f.members) {
		t.Errorf("%d members remembered, %d in order; want at most %d", len(f.members), f.order.Len(), floodMost)
	}
}
