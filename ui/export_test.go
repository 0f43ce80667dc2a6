package ui

// Waiting reports whether the desk is writing.
func (s *Shell) Waiting() bool { return s.waiting }
