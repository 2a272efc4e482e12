package discord

// deferNow asks for time at once, where work will certainly take longer than
// deferAfter. It returns when Discord has been asked.
func (p *responder) deferNow() {
	p.mu.Lock()
	early := p.i != nil && p.timer != nil && p.timer.Stop()
	p.mu.Unlock()
	if early { // else the timer has asked already, or there is nothing to ask
		p.askForTime()
	}
}
