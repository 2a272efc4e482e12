package discordtest

// ForgetPace forgets the requests of the last second, for tests that send many.
func (s *Server) ForgetPace() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pace.second = nil
}
