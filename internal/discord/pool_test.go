package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// fewWorkers are small limits, so that tests reach them.
func fewWorkers() laneLimits { return laneLimits{workers: 4, perServer: 2, queue: 8, total: 40} }

func newTestPool() *pool {
	return newPool(newGuard(slog.New(slog.DiscardHandler)), fewWorkers(), laneLimits{workers: 1, perServer: 1, queue: 2, total: 4})
}

// A server that floods does not delay another, nor does one slow job its own
// server's next.
func TestPoolServersTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTestPool()
		begin := time.Now()
		job := func(context.Context) { time.Sleep(time.Second) }
		for range 8 {
			p.submit(quick, "flood", job)
			p.submit(quick, "flood too", job)
		}
		var quiet time.Duration
		if !p.submit(quick, "quiet", func(context.Context) { quiet = time.Since(begin) }) {
			t.Fatal("no room for another server")
		}
		var next time.Duration
		p.submit(quick, "slow", func(context.Context) { time.Sleep(time.Hour) })
		p.submit(quick, "slow", func(context.Context) { next = time.Since(begin) })
		if err := p.drain(t.Context()); err != nil {
			t.Error(err)
		}
		if quiet > 2*time.Second || next > 3*time.Second {
			t.Errorf("another server waited %v; the job behind a slow one %v", quiet, next)
		}
	})
}

func TestPoolLanesAreApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTestPool()
		for range 2 {
			p.submit(slow, "law", func(context.Context) { time.Sleep(time.Hour) })
		}
		ran := false
		p.submit(quick, "law", func(context.Context) { ran = true })
		synctest.Wait()
		if !ran {
			t.Error("an answer waited for a document")
		}
		_ = p.drain(t.Context())
	})
}

func TestPoolQueuesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTestPool()
		block := func(context.Context) { time.Sleep(time.Second) }
		accepted := 0
		for range 100 {
			if p.submit(quick, "law", block) {
				accepted++
			}
		}
		if want := fewWorkers().perServer + fewWorkers().queue; accepted != want {
			t.Errorf("%d jobs of one server accepted, want %d", accepted, want)
		}
		for server := range 100 {
			if p.submit(quick, fmt.Sprint(server), block) {
				accepted++
			}
		}
		if want := fewWorkers().workers + fewWorkers().total; accepted != want {
			t.Errorf("%d jobs accepted, want %d", accepted, want)
		}
		if err := p.drain(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestPoolSurvivesPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTestPool()
		for range 6 {
			p.submit(quick, "law", func(context.Context) { panic("a job") })
		}
		ran := false
		p.submit(quick, "law", func(context.Context) { ran = true })
		synctest.Wait()
		if !ran || p.guard.panics.Load() != 6 {
			t.Errorf("ran after panics: %t; %d panics counted", ran, p.guard.panics.Load())
		}
	})
}

func TestPoolDrains(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTestPool()
		var done atomic.Int64
		for range 6 { // more than run at once
			p.submit(quick, "law", func(context.Context) {
				time.Sleep(time.Second)
				done.Add(1)
			})
		}
		ended := make(chan error)
		go func() { ended <- p.drain(t.Context()) }()
		synctest.Wait()
		if p.submit(quick, "law", func(context.Context) {}) {
			t.Error("a job was accepted while draining")
		}
		if err := <-ended; err != nil || done.Load() != 6 {
			t.Errorf("drained after %d of 6 jobs, %v", done.Load(), err)
		}
	})
}

func TestPoolDrainLosesPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTestPool()
		var cancelled, late bool
		p.submit(slow, "law", func(ctx context.Context) {
			<-ctx.Done()
			cancelled = true
		})
		p.submit(slow, "law", func(context.Context) { late = true })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.drain(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("drain: %v", err)
		}
		synctest.Wait()
		if !cancelled || late {
			t.Errorf("running job cancelled: %t; waiting job run: %t", cancelled, late)
		}
	})
}

// Whatever is submitted: the bounds hold, a server's jobs start in order, each
// accepted job runs once, and nothing is left behind.
func TestPoolKeepsItsPromises(t *testing.T) {
	for seed := range uint64(200) {
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 2))
			limits := laneLimits{workers: 1 + rng.IntN(5), perServer: 1 + rng.IntN(3), queue: 1 + rng.IntN(6), total: 1 + rng.IntN(20)}
			p := newPool(newGuard(slog.New(slog.DiscardHandler)), limits, limits)
			var mu sync.Mutex
			running, perServer, started := 0, map[string]int{}, map[string]int{}
			accepted, ran := 0, 0
			order := map[string]int{}
			for range 200 {
				server := fmt.Sprint(rng.IntN(6))
				n, takes := order[server], time.Duration(rng.IntN(1000))*time.Millisecond
				ok := p.submit(quick, server, func(context.Context) {
					mu.Lock()
					running++
					perServer[server]++
					if running > limits.workers || perServer[server] > limits.perServer {
						t.Errorf("seed %d: %d run, %d of one server; limits %+v", seed, running, perServer[server], limits)
					}
					// Jobs that start at one time do so on goroutines of their
					// own, so the order shows only where one runs at once.
					if limits.perServer == 1 && started[server] != n {
						t.Errorf("seed %d: job %d of server %s started as number %d", seed, n, server, started[server])
					}
					started[server]++
					mu.Unlock()
					time.Sleep(takes)
					mu.Lock()
					defer mu.Unlock()
					running--
					perServer[server]--
					ran++
				})
				if ok {
					accepted++
					order[server]++
				}
				if rng.IntN(3) == 0 {
					time.Sleep(time.Duration(rng.IntN(300)) * time.Millisecond)
				}
			}
			if err := p.drain(t.Context()); err != nil {
				t.Error(err)
			}
			if ran != accepted || accepted == 0 {
				t.Errorf("seed %d: %d accepted, %d ran", seed, accepted, ran)
			}
			if s := &p.lanes[quick]; len(s.queues) != 0 || len(s.turns) != 0 || s.waiting != 0 || s.running != 0 || p.busy != 0 {
				t.Errorf("seed %d: left behind: %+v", seed, s)
			}
		})
	}
}

// BenchmarkPool is one job of each of 100 servers in turn.
func BenchmarkPool(b *testing.B) {
	p := newPool(newGuard(slog.New(slog.DiscardHandler)),
		laneLimits{workers: 8, perServer: 2, queue: 1 << 20, total: 1 << 30}, fewWorkers())
	servers := make([]string, 100)
	for i := range servers {
		servers[i] = fmt.Sprint(i)
	}
	var wg sync.WaitGroup
	job := func(context.Context) { wg.Done() }
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		wg.Add(1)
		if !p.submit(quick, servers[n%len(servers)], job) {
			b.Fatal("no room")
		}
		n++
	}
	wg.Wait()
}
