package main

import (
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// defaultPatience is long enough for nearly all commands to end in silence.
const defaultPatience = 500 * time.Millisecond

// progress shows on a terminal how far long work is. Nothing is shown of a
// stage that ends within a moment, nor where standard error is no terminal.
type progress struct {
	stderr   io.Writer
	shows    bool
	patience time.Duration // how long a stage goes on in silence

	mu    sync.Mutex           // guards what follows
	began map[string]time.Time // by stage
	stage string               // that bar shows
	bar   *progressbar.ProgressBar
}

func (a *app) progress() *progress {
	_, shows := terminal(a.stderr)
	return &progress{stderr: a.stderr, shows: shows, patience: defaultPatience, began: make(map[string]time.Time)}
}

// set says how much of a stage is done. A stage that is shown takes the place
// of the one before.
func (p *progress) set(stage string, done, total int) {
	if !p.shows {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	began, under := p.began[stage]
	switch {
	case done >= total:
		delete(p.began, stage)
		if p.stage == stage {
			p.clearLocked()
		}
		return
	case !under:
		p.began[stage] = time.Now()
		return
	case time.Since(began) < p.patience:
		return
	}
	if p.bar == nil || p.stage != stage {
		p.clearLocked()
		p.stage = stage
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.stderr),
			progressbar.OptionSetDescription(stage),
			progressbar.OptionShowCount(),
			progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(65*time.Millisecond),
		)
	}
	p.bar.Set(done) //nolint:errcheck // a bar that cannot be drawn is no fault
}

// clear takes the bar away, for a line of text; the next set draws it again.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clearLocked()
}

func (p *progress) clearLocked() {
	if p.bar != nil {
		p.bar.Clear() //nolint:errcheck // as above
		p.bar = nil
	}
}
