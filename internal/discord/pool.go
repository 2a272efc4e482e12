package discord

import (
	"context"
	"sync"
)

// lane is a share of the pool with workers of its own, so that slow work does
// not stand before quick work.
type lane int

// The lanes.
const (
	quick lane = iota // answers, searches, autocomplete
	slow              // documents: download, read, index
	lanes
)

// laneLimits bounds one lane.
type laneLimits struct {
	workers   int // jobs that run at once
	perServer int // of these, jobs of one server
	queue     int // jobs of one server that wait
	total     int // jobs of all servers that wait
}

// pool runs jobs, a bounded number at once. Each server has a first-in
// first-out queue in each lane, and the servers take turns, so that a flood
// from one of them delays no other. It starts a goroutine for each job and has
// none while idle.
type pool struct {
	guard  *guard
	ctx    context.Context // the jobs'
	cancel context.CancelFunc

	mu     sync.Mutex
	lanes  [lanes]laneState
	closed bool
	busy   int           // jobs that wait or run, in all lanes
	idle   chan struct{} // closed once closed and no job is left
}

// laneState is one lane's queues.
type laneState struct {
	laneLimits
	running int
	waiting int
	queues  map[string]*serverQueue // servers with a job that waits or runs
	turns   []*serverQueue          // servers that may start a job, next first
}

// serverQueue is one server's jobs in one lane.
type serverQueue struct {
	server  string
	jobs    []func(context.Context)
	running int
	inTurns bool
}

func newPool(g *guard, quickLimits, slowLimits laneLimits) *pool {
	ctx, cancel := context.WithCancel(context.Background())
	p := &pool{guard: g, ctx: ctx, cancel: cancel, idle: make(chan struct{})}
	p.lanes[quick] = laneState{laneLimits: quickLimits, queues: map[string]*serverQueue{}}
	p.lanes[slow] = laneState{laneLimits: slowLimits, queues: map[string]*serverQueue{}}
	return p
}

// submit queues a job of a server's (of a member's, in direct messages) and
// reports whether there was room. The job's context ends when drain loses
// patience.
func (p *pool) submit(l lane, server string, job func(context.Context)) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := &p.lanes[l]
	q := s.queues[server]
	if p.closed || s.waiting >= s.total || q != nil && len(q.jobs) >= s.queue {
		return false
	}
	if q == nil {
		q = &serverQueue{server: server}
		s.queues[server] = q
	}
	q.jobs = append(q.jobs, job)
	s.waiting++
	p.busy++
	s.line(q)
	p.start(s)
	return true
}

// line gives a server a turn where it has a job that may start.
func (s *laneState) line(q *serverQueue) {
	if !q.inTurns && len(q.jobs) > 0 && q.running < s.perServer {
		q.inTurns = true
		s.turns = append(s.turns, q)
	}
}

// start starts jobs while the lane has workers. The caller holds p.mu.
func (p *pool) start(s *laneState) {
	for s.running < s.workers && len(s.turns) > 0 {
		q := s.turns[0]
		s.turns[0] = nil
		s.turns = s.turns[1:]
		q.inTurns = false
		job := q.jobs[0]
		q.jobs[0] = nil
		q.jobs = q.jobs[1:]
		s.waiting--
		s.running++
		q.running++
		s.line(q)
		go p.work(s, q, job)
	}
}

// work runs a job and hands its worker on.
func (p *pool) work(s *laneState, q *serverQueue, job func(context.Context)) {
	p.guard.run("job", func() { job(p.ctx) })
	p.mu.Lock()
	defer p.mu.Unlock()
	s.running--
	q.running--
	p.busy--
	if len(q.jobs) == 0 && q.running == 0 {
		delete(s.queues, q.server)
	}
	s.line(q)
	p.start(s)
	p.settle()
}

// settle tells drain that nothing is left. The caller holds p.mu.
func (p *pool) settle() {
	if p.closed && p.busy == 0 {
		select {
		case <-p.idle:
		default:
			close(p.idle)
		}
	}
}

// drain refuses new jobs and waits until those accepted have finished. When
// ctx ends first, it drops the jobs that wait, cancels those that run and
// returns ctx's error without waiting for them.
func (p *pool) drain(ctx context.Context) error {
	defer p.cancel()
	p.mu.Lock()
	p.closed = true
	p.settle()
	p.mu.Unlock()
	select {
	case <-p.idle:
		return nil
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.lanes {
		s := &p.lanes[l]
		for _, q := range s.queues {
			p.busy -= len(q.jobs)
			q.jobs = nil
		}
		s.waiting, s.turns = 0, nil
	}
	return ctx.Err()
}
