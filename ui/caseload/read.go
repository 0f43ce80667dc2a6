package caseload

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

var errMistake = errors.New("a mistake in the program")

// reading is what came of reading the rows.
type reading struct {
	turn  int
	index Index
	err   error
}

// read reads and judges everybody. It touches nothing that the screen shows, so it
// may run beside the keys.
func read(desk screen.Desk, old Index) (Index, error) {
	rows, err := desk.Rows()
	if err != nil {
		return old, err
	}
	drafts, err := desk.Drafts()
	if err != nil {
		return old, err
	}
	marked := map[domain.ID]int{}
	for _, d := range drafts {
		marked[d.Participant]++
	}
	return old.next(rows, desk.Queue(), marked), nil
}

// Read implements screen.Screen. What takes longer than patience goes on beside the
// keys, see Rest.
func (c *Caseload) Read() error {
	c.reads++
	turn, desk, old := c.reads, c.world.Desk, *c.index
	if c.world.Patience <= 0 {
		x, err := read(desk, old)
		return c.take(reading{turn, x, err})
	}
	late := make(chan reading, 1)
	go func() {
		r := reading{turn: turn, err: errMistake}
		defer func() {
			_ = recover() // what it says may quote a row
			late <- r
		}()
		r.index, r.err = read(desk, old)
	}()
	wait := time.NewTimer(c.world.Patience)
	defer wait.Stop()
	select {
	case r := <-late:
		return c.take(r)
	case <-wait.C:
		c.late = late
		return nil
	}
}

// Rest implements screen.Slow.
func (c *Caseload) Rest() screen.Effect {
	late := c.late
	if late == nil {
		return nil
	}
	c.late = nil
	return screen.Run{Work: func() tea.Msg { return <-late }}
}

// Busy implements screen.Slow.
func (c *Caseload) Busy() bool { return !c.begun && !c.failed }

// take shows what was read. The cursor stays on the same person.
func (c *Caseload) take(r reading) error {
	if r.turn != c.reads {
		return nil // read again since
	}
	others := c.others
	c.others = false
	if c.failed = r.err != nil; c.failed {
		return r.err
	}
	under := c.under()
	*c.index = r.index
	if len(c.twins.found) > 0 {
		c.markTwins()
	}
	c.count()
	c.unmarkHanded()
	if !c.begun && c.counts[0] == 0 && c.counts[1] > 0 && !c.finding {
		c.tab, c.before = 1, 1 // nobody today, but somebody to look at
	}
	c.begun = true
	c.filter()
	c.lost = !c.follow(under) && others && !under.IsZero()
	return nil
}

// heardRows takes in what came late.
func (c *Caseload) heardRows(r reading) screen.Effect {
	first := !c.begun
	if err := c.take(r); err != nil {
		return screen.Say{Text: err.Error()}
	}
	if first && len(c.search.words) > 0 {
		return c.lookFrom(0) // there was nobody to look at when the words were typed
	}
	return nil
}

// count counts who is on each tab.
func (c *Caseload) count() {
	c.counts = make([]int, len(tabs))
	for _, l := range c.index.lines {
		for t := range tabs {
			c.counts[t] += int(l.tabs >> t & 1)
		}
	}
}
