package discord

import "time"

// clock is the time as this package sees it.
type clock interface {
	// Now is the present time.
	Now() time.Time
	// AfterFunc runs f on a goroutine of its own once d has passed, unless
	// the timer is stopped before.
	AfterFunc(d time.Duration, f func()) timer
}

// timer is a call that is still to come.
type timer interface {
	// Stop takes the call back and reports whether it was in time.
	Stop() bool
}

// wallClock is the machine's clock; in a synctest bubble, the bubble's.
type wallClock struct{}

func (wallClock) Now() time.Time { return time.Now() }

func (wallClock) AfterFunc(d time.Duration, f func()) timer { return time.AfterFunc(d, f) }
