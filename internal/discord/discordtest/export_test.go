package discordtest

import "time"

// ForgetPace forgets the requests of the last second, for tests that send many.
func (s *Server) ForgetPace() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pace.second = nil
}

// AgeInvalid counts n answers of 401, 403 and 429 at t.
func (s *Server) AgeInvalid(n int, t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.pace.invalid = append(s.pace.invalid, t)
	}
}

// AgeIdentifies counts n IDENTIFYs.
func (s *Server) AgeIdentifies(n int) { s.count(func(st *Stats) { st.Identifies += n }) }
