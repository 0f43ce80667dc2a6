package ui

import "coachdesk/ui/screen"

// Second is the tick of the shell's clock.
type Second = second

// Waiting reports whether the desk is writing, or is about to be locked.
func (s *Shell) Waiting() bool { return s.waiting || s.lock.due != "" }

// Looking reports whether a look at what others wrote is under way.
func (s *Shell) Looking() bool { return s.watch.asking }

// EverywhereActions are the actions that screens have in common.
func EverywhereActions() []screen.Action { return append(screen.Everywhere(), screen.Always()...) }

// Deaf reports that something was refused and the fingers have not rested since.
func (s *Shell) Deaf() bool { return s.deaf }
