package ui

import (
	tea "charm.land/bubbletea/v2"

	"coachdesk/ui/screen"
)

// watch is what the shell knows of what others write into the store.
type watch struct {
	sitting int    // counts desks, so that news of a closed one is told from the open one's
	asking  bool   // a look is on its way
	known   bool   // seen was heard from the desk
	seen    uint64 // what Changed said when the screens last read
	failed  int    // looks in a row
}

// news is what a look at the store found.
type news struct {
	sitting int
	changed uint64
	err     error
}

// look asks, beside the keys, whether anybody has written. What takes long to read
// is read in the same step, so that the screens find it in memory.
func (s *Shell) look() tea.Cmd {
	if s.world.Desk == nil || s.waiting || s.watch.asking {
		return nil
	}
	s.watch.asking = true
	desk, w := s.world.Desk, s.watch
	return guarded(func() tea.Msg {
		n, err := desk.Changed()
		if err == nil && (!w.known || n != w.seen) {
			_, err = desk.Rows()
		}
		return news{w.sitting, n, err}
	})
}

// failuresTold is how many looks fail before it is worth a word: another process may
// be busy for some seconds.
const failuresTold = 5

// hearNews has the screens read again when somebody else has written.
func (s *Shell) hearNews(n news) tea.Cmd {
	if n.sitting != s.watch.sitting {
		return nil
	}
	s.watch.asking = false
	if n.err != nil {
		if s.watch.failed++; s.watch.failed == failuresTold {
			s.said, s.saidBad = "What others write cannot be read: "+n.err.Error(), true
		}
		return nil
	}
	s.watch.failed = 0
	if s.waiting || s.watch.known && n.changed == s.watch.seen {
		return nil // a command is being written: its answer has the screens read
	}
	s.watch.known, s.watch.seen = true, n.changed
	for _, room := range s.stack {
		room.Update(screen.Others{})
	}
	s.reread()
	return nil
}
